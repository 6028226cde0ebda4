// Calls: binding arguments to parameters, making instances, and calling from JavaScript.

import { exceptions, type PyRaise, typeError } from "../objects/exception.ts";
import { PyDict } from "../objects/dictionary.ts";
import {
  begin, type Eventual, type Keywords, PyBuiltin, PyClass, PyGetSet, PyInstance, PyMethod, PyTuple, PyWrapped, type Run, settle, Suspended, types, typeOf, type Value,
} from "../objects/value.ts";
import { getAttribute } from "./attribute.ts";
import { Frame, PyFunction, PyGenerator } from "./frame.ts";
import type { Vm } from "./vm.ts";

/** The frame of a call whose arguments lie on a stack; a generator's frame carries its generator and is not to be run. */
export function enterFunction(vm: Vm, fn: PyFunction, stack: readonly Value[], base: number, count: number): Frame {
  const { code } = fn;
  if (code.simpleArgumentCount === count) {
    const slots: (Value | undefined)[] = new Array(code.slotCount);
    for (let i = 0; i < count; i++) slots[i] = stack[base + i];
    const frame = new Frame(code, fn.globals, undefined, slots, fn.closure);
    if (!code.plain) new PyGenerator(frame, fn);
    return frame;
  }
  return makeFrame(vm, fn, stack.slice(base, base + count), undefined);
}

export function makeFrame(vm: Vm, fn: PyFunction, args: readonly Value[], keywords: Keywords | undefined): Frame {
  const slots = bindArguments(fn, args, keywords);
  const frame = new Frame(fn.code, fn.globals, undefined, slots, fn.closure);
  if (!fn.code.plain) new PyGenerator(frame, fn);
  vm.spend(4);
  return frame;
}

function quoted(names: readonly string[]): string {
  const list = names.map((name) => `'${name}'`);
  if (list.length <= 2) return list.join(" and ");
  return `${list.slice(0, -1).join(", ")}, and ${list[list.length - 1]}`;
}

/** ceval.c, initialize_locals: with its messages. */
function bindArguments(fn: PyFunction, args: readonly Value[], keywords: Keywords | undefined): (Value | undefined)[] {
  const { facts } = fn.code;
  const { argumentCount, keywordOnlyCount, positionalOnlyCount, variableNames, hasRest, hasKeywords } = facts;
  const slots: (Value | undefined)[] = new Array(fn.code.slotCount);
  const name = fn.qualifiedName;
  const named = argumentCount + keywordOnlyCount;
  for (let i = 0; i < Math.min(args.length, argumentCount); i++) slots[i] = args[i];
  // The compiler lists parameters in the order: positional, *rest, keyword-only, **keywords.
  const restSlot = hasRest ? argumentCount : -1;
  const keywordOnlyStart = argumentCount + (hasRest ? 1 : 0);
  const keywordSlot = hasKeywords ? keywordOnlyStart + keywordOnlyCount : -1;
  if (hasRest) slots[restSlot] = new PyTuple(args.slice(argumentCount));
  const extra = hasKeywords ? new PyDict() : undefined;
  if (extra) slots[keywordSlot] = extra;
  if (keywords) {
    const positionalNamed: string[] = [];
    for (const [key, value] of keywords) {
      let slot = -1;
      for (let i = positionalOnlyCount; i < named; i++) {
        const at = i < argumentCount ? i : keywordOnlyStart + i - argumentCount;
        if (variableNames[at] === key) {
          slot = at;
          break;
        }
      }
      if (slot < 0) {
        if (extra) {
          extra.setText(key, value);
          continue;
        }
        if (variableNames.slice(0, positionalOnlyCount).includes(key)) {
          positionalNamed.push(key);
          continue;
        }
        throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
      }
      if (slots[slot] !== undefined) throw typeError(`${name}() got multiple values for argument '${key}'`);
      slots[slot] = value;
    }
    if (positionalNamed.length > 0) throw typeError(`${name}() got some positional-only arguments passed as keyword arguments: '${positionalNamed.join(", ")}'`);
  }
  if (args.length > argumentCount && !hasRest) throw tooMany(fn, args.length, slots, keywordOnlyStart);
  const firstDefault = argumentCount - fn.defaults.length;
  if (args.length < argumentCount) {
    const absent: string[] = [];
    for (let i = 0; i < argumentCount; i++) {
      if (slots[i] !== undefined) continue;
      if (i >= firstDefault) slots[i] = fn.defaults[i - firstDefault];
      else absent.push(variableNames[i] ?? "");
    }
    if (absent.length > 0) throw typeError(`${name}() missing ${absent.length} required positional argument${absent.length === 1 ? "" : "s"}: ${quoted(absent)}`);
  }
  if (keywordOnlyCount > 0) {
    const absent: string[] = [];
    for (let i = 0; i < keywordOnlyCount; i++) {
      const slot = keywordOnlyStart + i;
      if (slots[slot] !== undefined) continue;
      const parameter = variableNames[slot] ?? "";
      const value = fn.keywordDefaults?.get(parameter);
      if (value === undefined) absent.push(parameter);
      else slots[slot] = value;
    }
    if (absent.length > 0) throw typeError(`${name}() missing ${absent.length} required keyword-only argument${absent.length === 1 ? "" : "s"}: ${quoted(absent)}`);
  }
  return slots;
}

function tooMany(fn: PyFunction, given: number, slots: readonly (Value | undefined)[], keywordOnlyStart: number): PyRaise {
  const { argumentCount, keywordOnlyCount } = fn.code.facts;
  const fewest = argumentCount - fn.defaults.length;
  const takes = fewest === argumentCount ? String(argumentCount) : `from ${fewest} to ${argumentCount}`;
  const plural = fewest === argumentCount ? argumentCount !== 1 : true;
  const keywordOnly = slots.slice(keywordOnlyStart, keywordOnlyStart + keywordOnlyCount).filter((one) => one !== undefined).length;
  const also = keywordOnly > 0 ? ` positional argument${given === 1 ? "" : "s"} (and ${keywordOnly} keyword-only argument${keywordOnly === 1 ? "" : "s"})` : "";
  return typeError(`${fn.qualifiedName}() takes ${takes} positional argument${plural ? "s" : ""} but ${given}${also} ${given === 1 && keywordOnly === 0 ? "was" : "were"} given`);
}

export function call(vm: Vm, callee: Value, args: readonly Value[], keywords: Keywords | undefined): Eventual<Value> {
  if (callee instanceof PyFunction) {
    const frame = makeFrame(vm, callee, args, keywords);
    return frame.generator ?? vm.runFrame(frame);
  }
  if (callee instanceof PyBuiltin) {
    if (callee.owner !== undefined) checkReceiver(callee, callee.owner, args);
    return callee.native(vm, args, keywords);
  }
  if (callee instanceof PyMethod) return call(vm, callee.callee, [callee.self, ...args], keywords);
  if (callee instanceof PyClass) {
    const made = instantiate(vm, callee, args, keywords);
    if (!(made instanceof Frame)) return made;
    const self = made.slots[0] as Value;
    const done = vm.runFrame(made);
    if (done instanceof Suspended) return begin(afterInitialise(done, self));
    if (done !== null) throw typeError(`__init__() should return None, not '${typeOf(done).name}'`);
    return self;
  }
  if (callee instanceof PyWrapped && callee.cls === types.staticmethod) return call(vm, callee.callee, args, keywords);
  const method = typeOf(callee).lookup("__call__");
  if (method !== undefined && typeof callee === "object" && callee !== null) return call(vm, method, [callee, ...args], keywords);
  throw typeError(`'${typeOf(callee).name}' object is not callable`);
}

function* afterInitialise(run: Suspended<Value>, self: Value): Run<Value> {
  const done = yield* run.resume();
  if (done !== null) throw typeError(`__init__() should return None, not '${typeOf(done).name}'`);
  return self;
}

function checkReceiver(callee: PyBuiltin, owner: PyClass, args: readonly Value[]): void {
  const [self] = args;
  if (self === undefined) throw typeError(`unbound method ${callee.qualifiedName}() needs an argument`);
  if (!typeOf(self).isSubclassOf(owner)) throw typeError(`descriptor '${callee.name}' for '${owner.name}' objects doesn't apply to a '${typeOf(self).name}' object`);
}

export function isCallable(value: Value): boolean {
  if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyMethod || value instanceof PyClass) return true;
  if (value instanceof PyWrapped) return value.cls === types.staticmethod;
  return typeof value === "object" && value !== null && !(value instanceof PyGetSet) && value.cls.lookup("__call__") !== undefined;
}

const isDefault = (member: Value | undefined, cls: PyClass, name: string): boolean => member === cls.members.get(name);

/**
 * Calls a class. When all there is to do is to run an `__init__` written in Python, its frame is returned, not yet run: slot 0 is the new instance.
 */
export function instantiate(vm: Vm, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined): Frame | Eventual<Value> {
  if (cls.cls !== types.type) {
    const metaCall = cls.cls.lookup("__call__");
    if (metaCall instanceof PyFunction) return call(vm, metaCall, [cls, ...args], keywords);
  }
  if (cls === types.type && args.length === 1 && !keywords) return typeOf(args[0] as Value);
  const allocate = cls.lookup("__new__");
  const initialise = cls.lookup("__init__");
  const plainNew = isDefault(allocate, types.object, "__new__");
  if (cls.heap && plainNew && cls.layout === types.object) {
    checkAbstract(cls);
    const self = new PyInstance(cls);
    vm.heap.note(150);
    if (initialise instanceof PyFunction && initialise.code.plain) return makeFrame(vm, initialise, [self, ...args], keywords);
    if (isDefault(initialise, types.object, "__init__")) {
      if (args.length > 0 || (keywords && keywords.size > 0)) throw typeError(`${cls.name}() takes no arguments`);
      return self;
    }
    return begin(initialiseSlowly(vm, cls, self, initialise, args, keywords));
  }
  if (!cls.heap && cls.construct) return cls.construct(vm, cls, args, keywords);
  return begin(instantiateSlowly(vm, cls, allocate, initialise, args, keywords));
}

function* initialiseSlowly(vm: Vm, cls: PyClass, self: Value, initialise: Value | undefined, args: readonly Value[], keywords: Keywords | undefined): Run<Value> {
  if (initialise === undefined) return self;
  const bound = initialise instanceof PyFunction || initialise instanceof PyBuiltin ? undefined : yield* settle(getAttribute(vm, self, "__init__"));
  const done = yield* settle(bound === undefined ? call(vm, initialise, [self, ...args], keywords) : call(vm, bound, args, keywords));
  if (done !== null) throw typeError(`__init__() should return None, not '${typeOf(done).name}'`);
  void cls;
  return self;
}

export function checkAbstract(cls: PyClass): void {
  const abstract = cls.members.get("__abstractmethods__");
  if (!(abstract instanceof PyTuple) || abstract.items.length === 0) return;
  const names = [...abstract.items].map(String).sort();
  throw typeError(`Can't instantiate abstract class ${cls.name} with abstract method${names.length === 1 ? "" : "s"} ${names.join(", ")}`);
}

function* instantiateSlowly(vm: Vm, cls: PyClass, allocate: Value | undefined, initialise: Value | undefined, args: readonly Value[], keywords: Keywords | undefined): Run<Value> {
  let self: Value;
  if (allocate instanceof PyFunction || allocate instanceof PyWrapped) {
    const fn = allocate instanceof PyWrapped ? allocate.callee : allocate;
    self = yield* settle(call(vm, fn, [cls, ...args], keywords));
    if (!typeOf(self).isSubclassOf(cls)) return self;
  } else {
    const custom = initialise !== undefined && !(initialise instanceof PyBuiltin);
    self = yield* settle(allocateInstance(vm, cls, args, keywords, custom));
  }
  if (initialise === undefined || initialise instanceof PyBuiltin) return self;
  return yield* initialiseSlowly(vm, cls, self, initialise, args, keywords);
}

/** object.__new__ and those of the builtin types; `lenient`: an `__init__` takes the arguments. */
export function allocateInstance(vm: Vm, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined, lenient: boolean): Eventual<Value> {
  const { layout } = cls;
  if (layout.construct) {
    // A mutable container is filled by its __init__, and an exception keeps whatever it was given.
    if (cls.heap && lenient && (layout === types.list || layout === types.dict || layout === types.set)) return layout.construct(vm, cls, [], undefined);
    if (layout.isSubclassOf(exceptions.BaseException)) return layout.construct(vm, cls, args, lenient ? undefined : keywords);
    return layout.construct(vm, cls, args, keywords);
  }
  checkAbstract(cls);
  return new PyInstance(cls);
}

/** Calls a method by name; undefined when the object has none. */
export function callMethod(vm: Vm, object: Value, name: string, args: readonly Value[] = []): Eventual<Value> {
  const found = getAttribute(vm, object, name);
  if (!(found instanceof Suspended)) return call(vm, found, args, undefined);
  return begin((function* (): Run<Value> {
    return yield* settle(call(vm, yield* found.resume(), args, undefined));
  })());
}

/** Calls a special method found on the type. */
export function callSpecial(vm: Vm, object: Value, name: string, args: readonly Value[] = []): Eventual<Value> | undefined {
  const method = typeOf(object).lookup(name);
  if (method === undefined || method === null) return undefined;
  if (method instanceof PyFunction || method instanceof PyBuiltin) return call(vm, method, [object, ...args], undefined);
  return callMethod(vm, object, name, args);
}


