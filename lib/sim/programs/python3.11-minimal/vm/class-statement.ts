// `class`: runs the body, finds the metaclass, makes the class (PEP 3115).

import { typeError } from "../objects/exception.ts";
import { PyDict, PyNamespaceDict } from "../objects/dictionary.ts";
import {
  begin, type Eventual, type Keywords, linearise, type Namespace, PyBuiltin, PyCell, PyClass, PyObject, PyTuple, PyWrapped, type Run, settle, types, typeOf, type Value,
} from "../objects/value.ts";
import { findAttribute, getAttribute } from "./attribute.ts";
import { call } from "./call.ts";
import { collect } from "./iterate.ts";
import { Frame, PyFunction } from "./frame.ts";
import type { Vm } from "./vm.ts";

export const buildClassFunction = new PyBuiltin(types.builtin, "__build_class__", (vm, args, keywords) => {
  const [body, name, ...bases] = args;
  if (!(body instanceof PyFunction) || typeof name !== "string") throw typeError("__build_class__: func must be a function");
  return begin(buildClass(vm, body, name, bases, keywords));
});

function* buildClass(vm: Vm, body: PyFunction, name: string, given: readonly Value[], keywords: Keywords | undefined): Run<Value> {
  const bases: Value[] = [];
  for (const base of given) {
    const entries = base instanceof PyClass ? undefined : yield* settle(findAttribute(vm, base, "__mro_entries__"));
    if (entries === undefined) bases.push(base);
    else bases.push(...(yield* settle(collect(vm, yield* settle(call(vm, entries, [new PyTuple(given)], undefined))))));
  }
  const more = new Map(keywords ?? []);
  const asked = more.get("metaclass");
  more.delete("metaclass");
  const meta = metaclassOf(asked, bases);
  let namespace: Namespace = new Map();
  let custom: Value | undefined;
  if (meta instanceof PyClass && meta !== types.type) {
    const prepare = meta.lookup("__prepare__");
    if (prepare !== undefined) {
      custom = yield* settle(call(vm, yield* settle(getAttribute(vm, meta, "__prepare__")), [name, new PyTuple(bases)], more.size > 0 ? more : undefined));
      if (custom instanceof PyNamespaceDict) namespace = custom.namespace;
      else if (custom instanceof PyDict) namespace = new Map([...custom.values()].map((entry) => [String(entry.key), entry.value]));
    }
  }
  const frame = new Frame(body.code, body.globals, namespace, [], body.closure);
  const cell = yield* settle(vm.runFrame(frame));
  const dict = custom instanceof PyDict && !(custom instanceof PyNamespaceDict) && custom.cls.heap ? refill(custom, namespace) : new PyNamespaceDict(namespace);
  const cls = yield* settle(call(vm, meta, [name, new PyTuple(bases), dict], more.size > 0 ? more : undefined));
  if (cell instanceof PyCell) cell.content = cls;
  return cls;
}

function refill(dict: PyDict, namespace: Namespace): PyDict {
  for (const [key, value] of namespace) dict.setText(key, value);
  return dict;
}

export function metaclassOf(asked: Value | undefined, bases: readonly Value[]): Value {
  if (asked !== undefined && !(asked instanceof PyClass)) return asked;
  let winner = asked ?? types.type;
  for (const base of bases) {
    const meta = typeOf(base);
    if (winner.isSubclassOf(meta)) continue;
    if (!meta.isSubclassOf(winner)) throw typeError("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    winner = meta;
  }
  return winner;
}

/** type(name, bases, namespace): type.__new__ with what follows it. */
export function makeClass(vm: Vm, meta: PyClass, name: string, given: readonly Value[], namespace: ReadonlyMap<string, Value>, keywords: Keywords | undefined): Eventual<Value> {
  return begin(makeClassSteps(vm, meta, name, given, namespace, keywords));
}

function* makeClassSteps(vm: Vm, meta: PyClass, name: string, given: readonly Value[], namespace: ReadonlyMap<string, Value>, keywords: Keywords | undefined): Run<Value> {
  const bases: PyClass[] = [];
  for (const base of given) {
    if (!(base instanceof PyClass)) throw typeError("bases must be types");
    if (!base.subclassable) throw typeError(`type '${base.name}' is not an acceptable base type`);
    if (bases.includes(base)) throw typeError(`duplicate base class ${base.name}`);
    bases.push(base);
  }
  if (bases.length === 0) bases.push(types.object);
  const members = new Map(namespace);
  const qualified = members.get("__qualname__");
  members.delete("__qualname__");
  const slots = members.has("__slots__") ? yield* slotNames(vm, members.get("__slots__") as Value) : undefined;
  const cls = new PyClass(meta, name, bases, members, true, slots);
  if (typeof qualified === "string") cls.qualifiedName = qualified;
  const mro = linearise(cls, bases);
  if (!mro) throw typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${bases.map((one) => one.name).join(", ")}`);
  cls.mro = mro;
  const layouts = bases.map((one) => one.layout).filter((one) => one !== types.object);
  const layout = layouts.find((one) => layouts.every((other) => one.isSubclassOf(other)));
  if (layouts.length > 0 && !layout) throw typeError("multiple bases have instance lay-out conflict");
  cls.layout = layout ?? types.object;
  if (!members.has("__doc__")) members.set("__doc__", null);
  if (members.has("__eq__") && !members.has("__hash__")) members.set("__hash__", null);
  for (const special of ["__new__", "__init_subclass__", "__class_getitem__"]) {
    const member = members.get(special);
    if (member instanceof PyFunction) members.set(special, new PyWrapped(special === "__new__" ? types.staticmethod : types.classmethod, member));
  }
  for (const base of bases) if (base.heap) base.subclasses.push(cls);
  for (const [key, member] of [...members]) {
    if (!(member instanceof PyObject) || !member.cls.heap) continue;
    const hook = member.cls.lookup("__set_name__");
    if (hook !== undefined) yield* settle(call(vm, hook, [member, cls, key], undefined));
  }
  abstractMethods(cls);
  const parent = cls.mro.slice(1).map((one) => one.members.get("__init_subclass__")).find((one) => one !== undefined);
  if (parent instanceof PyWrapped) yield* settle(call(vm, parent.callee, [cls], keywords));
  else if (keywords && keywords.size > 0) throw typeError(`${name}.__init_subclass__() takes no keyword arguments`);
  vm.heap.note(1064);
  return cls;
}

function* slotNames(vm: Vm, value: Value): Run<ReadonlySet<string>> {
  if (typeof value === "string") return new Set([value]);
  return new Set((yield* settle(collect(vm, value))).map(String));
}

/** What ABCMeta notes: methods marked by @abstractmethod that no class has overridden. */
export function abstractMethods(cls: PyClass): void {
  if (!cls.cls.mro.some((one) => one.name === "ABCMeta")) return;
  const names = new Set<string>();
  for (const one of cls.mro) for (const name of one.members.keys()) {
    const member = cls.lookup(name);
    if (member instanceof PyObject && isAbstract(member)) names.add(name);
  }
  cls.set("__abstractmethods__", new PyTuple([...names]));
}

function isAbstract(member: PyObject): boolean {
  if (member.attributes?.get("__isabstractmethod__") === true) return true;
  if (member instanceof PyWrapped) return member.callee instanceof PyObject && isAbstract(member.callee);
  if ("getter" in member && member.getter instanceof PyObject) return isAbstract(member.getter);
  return false;
}

