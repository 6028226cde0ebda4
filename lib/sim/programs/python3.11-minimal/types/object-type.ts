// object and type, and the attributes that functions, methods and the like show.

import type { PyCode } from "../code/code-object.ts";
import { PyDict, PyNamespaceDict } from "../objects/dictionary.ts";
import { declareAttributes, declareClassMethods, declareMethods } from "../objects/declare.ts";
import { attributeError, runtimeError, stopIteration, typeError } from "../objects/exception.ts";
import {
  begin, type Eventual, type Keywords, NotImplemented, PyBuiltin, type PyCell, PyClass, PyGetSet, PyList, PyMethod, PyModule, PyObject, PyProperty, PySuper, PyTuple, PyWrapped, type Run, settle, types, typeOf, type Value,
} from "../objects/value.ts";
import { genericAttribute, genericDeleteAttribute, genericSetAttribute } from "../vm/attribute.ts";
import { allocateInstance, call, isCallable } from "../vm/call.ts";
import { makeClass, metaclassOf } from "../vm/class-statement.ts";
import { isEqual } from "../vm/compare.ts";
import { PyFrameObject, PyFunction, PyGenerator } from "../vm/frame.ts";
import { hash } from "../vm/hash.ts";
import { builtinRepr, format, repr, str } from "../vm/text-form.ts";
import { closeGenerator, sendTo, throwInto } from "../vm/generator.ts";
import { next } from "../vm/iterate.ts";
import type { Vm } from "../vm/vm.ts";

/** Names that dir() lists: of the object, its class and its bases. */
export function namesOf(value: Value): readonly string[] {
  const names = new Set<string>();
  if (value instanceof PyModule) for (const name of value.namespace.keys()) names.add(name);
  else {
    const cls = value instanceof PyClass ? value : typeOf(value);
    for (const one of cls.mro) for (const name of one.members.keys()) names.add(name);
    if (value instanceof PyObject && value.attributes) for (const name of value.attributes.keys()) names.add(name);
  }
  return [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const text = (value: Eventual<string>): Eventual<Value> => value;

declareMethods(types.object, {
  "__repr__(self, /)": (vm, self: Value) => (self instanceof PyObject ? builtinRepr(vm, self) : text(repr(vm, self))),
  "__str__(self, /)": (vm, self: Value) => text(repr(vm, self)),
  "__format__(self, spec, /)": (vm, self: Value, spec: string) => text(spec === "" ? str(vm, self) : format(vm, self, spec)),
  "__eq__(self, other, /)": (_vm, self: Value, other: Value) => (self === other ? true : NotImplemented),
  "__ne__(self, other, /)": (vm, self: Value, other: Value) => begin((function* (): Run<Value> {
    return !(yield* settle(isEqual(vm, self, other)));
  })()),
  "__lt__(self, other, /)": () => NotImplemented,
  "__le__(self, other, /)": () => NotImplemented,
  "__gt__(self, other, /)": () => NotImplemented,
  "__ge__(self, other, /)": () => NotImplemented,
  "__hash__(self, /)": (vm, self: Value) => (self instanceof PyObject ? Math.floor(vm.addressOf(self) / 16) : hash(vm, self)),
  "__getattribute__(self, name, /)": (vm, self: Value, name: string) => genericAttribute(vm, self, name),
  "__setattr__(self, name, value, /)": (vm, self: Value, name: string, value: Value) => done(genericSetAttribute(vm, self, name, value)),
  "__delattr__(self, name, /)": (vm, self: Value, name: string) => done(genericDeleteAttribute(vm, self, name)),
  "__dir__(self, /)": (_vm, self: Value) => new PyList([...namesOf(self)]),
  "__reduce_ex__(self, protocol, /)": () => {
    throw typeError("cannot pickle this object: pickling is not simulated");
  },
  "__sizeof__(self, /)": () => 48,
});

export function done(result: Eventual<void>): Eventual<Value> {
  if (result === undefined) return null;
  return begin((function* (): Run<Value> {
    yield* settle(result);
    return null;
  })());
}

types.object.members.set("__init__", new PyBuiltin(types.methodDescriptor, "__init__", (_vm, args, keywords) => {
  const [self] = args;
  const cls = self === undefined ? types.object : typeOf(self);
  const ownNew = cls.lookup("__new__") !== types.object.members.get("__new__");
  if ((args.length > 1 || (keywords && keywords.size > 0)) && !ownNew && cls.layout === types.object) throw typeError(cls.lookup("__init__") === types.object.members.get("__init__") ? `${cls.name}() takes no arguments` : "object.__init__() takes exactly one argument (the instance to initialize)");
  return null;
}, "object.__init__", undefined, types.object));
types.object.members.set("__new__", new PyBuiltin(types.builtin, "__new__", (vm, args, keywords) => {
  const [cls, ...rest] = args;
  if (!(cls instanceof PyClass)) throw typeError("object.__new__(X): X is not a type object (" + (cls === undefined ? "" : typeOf(cls).name) + ")");
  if (cls === types.type || cls.isSubclassOf(types.type)) return newClass(vm, cls, rest, keywords);
  if (rest.length > 0 && cls.layout === types.object && cls.lookup("__init__") === types.object.members.get("__init__")) throw typeError("object.__new__() takes exactly one argument (the type to instantiate)");
  return allocateInstance(vm, cls, cls.layout === types.object ? [] : rest, cls.layout === types.object ? undefined : keywords, false);
}, "object.__new__"));
types.object.members.set("__init_subclass__", new PyWrapped(types.classmethod, new PyBuiltin(types.builtin, "__init_subclass__", (_vm, args, keywords) => {
  const [cls] = args;
  if (args.length > 1 || (keywords && keywords.size > 0)) throw typeError(`${cls instanceof PyClass ? cls.name : ""}.__init_subclass__() takes no keyword arguments`);
  return null;
}, "object.__init_subclass__")));
types.object.members.set("__class__", new PyGetSet("__class__", types.object, (_vm, self) => typeOf(self), (_vm, self, value) => {
  if (!(value instanceof PyClass)) throw typeError(`__class__ must be set to a class, not '${value === undefined ? "" : typeOf(value).name}' object`);
  if (self instanceof PyObject) self.cls = value;
}));
types.object.members.set("__doc__", null);

function newClass(vm: Vm, meta: PyClass, args: readonly Value[], keywords: Keywords | undefined): Eventual<Value> {
  const [name, bases, namespace] = args;
  if (args.length !== 3 || typeof name !== "string" || !(bases instanceof PyTuple) || !(namespace instanceof PyDict)) throw typeError("type() takes 1 or 3 arguments");
  const members = namespace instanceof PyNamespaceDict ? namespace.namespace : new Map([...namespace.values()].map((entry) => [String(entry.key), entry.value] as const));
  const winner = metaclassOf(meta, bases.items);
  if (winner !== meta) return call(vm, winner, args, keywords);
  return makeClass(vm, meta, name, bases.items, members, keywords);
}

types.type.construct = (vm, cls, args, keywords) => {
  if (args.length === 1 && cls === types.type) return typeOf(args[0] as Value);
  return newClass(vm, cls, args, keywords);
};
types.type.members.set("__call__", new PyBuiltin(types.methodDescriptor, "__call__", (vm, args, keywords) => {
  const [cls, ...rest] = args;
  return begin((function* (): Run<Value> {
    if (!(cls instanceof PyClass)) throw typeError("type.__call__ needs a class");
    const allocate = cls.lookup("__new__");
    const fn = allocate instanceof PyWrapped ? allocate.callee : allocate;
    const self = fn instanceof PyFunction ? yield* settle(call(vm, fn, [cls, ...rest], keywords)) : yield* settle(allocateInstance(vm, cls, rest, keywords, cls.lookup("__init__") instanceof PyFunction));
    const initialise = typeOf(self).isSubclassOf(cls) ? typeOf(self).lookup("__init__") : undefined;
    if (initialise instanceof PyFunction) yield* settle(call(vm, initialise, [self, ...rest], keywords));
    return self;
  })());
}, "type.__call__", undefined, types.type));
declareMethods(types.type, {
  "mro(self, /)": (_vm, self: PyClass) => new PyList([...self.mro]),
  "__subclasses__(self, /)": (_vm, self: PyClass) => new PyList([...self.subclasses]),
  "__instancecheck__(self, instance, /)": (_vm, self: PyClass, instance: Value) => typeOf(instance).isSubclassOf(self),
  "__subclasscheck__(self, subclass, /)": (_vm, self: PyClass, subclass: Value) => subclass instanceof PyClass && subclass.isSubclassOf(self),
  "__or__(self, other, /)": (_vm, self: PyClass, other: Value) => new PyTuple([self, other], types.union),
  "__dir__(self, /)": (_vm, self: PyClass) => new PyList([...namesOf(self)]),
});
types.type.members.set("__init__", new PyBuiltin(types.methodDescriptor, "__init__", () => null, "type.__init__", undefined, types.type));
declareClassMethods(types.type, { "__prepare__(self, name=None, bases=None, /, **keywords)": () => new PyDict() });

function typeAttribute(name: string, get: (self: PyClass) => Value, set?: (self: PyClass, value: Value) => void): void {
  types.type.members.set(name, new PyGetSet(name, types.type, (_vm, self) => get(self as PyClass), set && ((_vm, self, value) => {
    if (self instanceof PyClass && !self.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${self.name}'`);
    set(self as PyClass, value ?? null);
  })));
}

typeAttribute("__name__", (self) => self.name, (self, value) => {
  self.name = String(value);
});
typeAttribute("__qualname__", (self) => self.qualifiedName, (self, value) => {
  self.qualifiedName = String(value);
});
typeAttribute("__module__", (self) => self.members.get("__module__") ?? "builtins", (self, value) => self.set("__module__", value));
typeAttribute("__bases__", (self) => new PyTuple(self.bases));
typeAttribute("__base__", (self) => self.bases[0] ?? null);
typeAttribute("__mro__", (self) => new PyTuple(self.mro));
typeAttribute("__dict__", (self) => mappingProxy(self));
typeAttribute("__doc__", (self) => self.members.get("__doc__") ?? null, (self, value) => self.set("__doc__", value));
typeAttribute("__annotations__", (self) => {
  const known = self.members.get("__annotations__");
  if (known !== undefined) return known;
  if (!self.heap) throw attributeError(`type object '${self.name}' has no attribute '__annotations__'`, "__annotations__", self);
  const made = new PyDict();
  self.members.set("__annotations__", made);
  return made;
}, (self, value) => self.set("__annotations__", value));

function mappingProxy(self: PyClass): PyDict {
  const proxy = new PyNamespaceDict(self.members);
  proxy.cls = types.mappingproxy;
  return proxy;
}

types.mappingproxy.mro = [types.mappingproxy, types.dict, types.object];

// ---- functions and methods --------------------------------------------------------------------------------------------------------------

function functionAttribute(name: string, get: (self: PyFunction) => Value, set?: (self: PyFunction, value: Value) => void): void {
  types.function.members.set(name, new PyGetSet(name, types.function, (_vm, self) => get(self as PyFunction), set && ((_vm, self, value) => set(self as PyFunction, value ?? null))));
}

functionAttribute("__name__", (self) => self.name, (self, value) => {
  self.name = String(value);
});
functionAttribute("__qualname__", (self) => self.qualifiedName, (self, value) => {
  self.qualifiedName = String(value);
});
functionAttribute("__doc__", (self) => self.documentation, (self, value) => {
  self.documentation = value;
});
functionAttribute("__module__", (self) => self.module, (self, value) => {
  self.module = value;
});
functionAttribute("__code__", (self) => self.code);
functionAttribute("__globals__", (self) => new PyNamespaceDict(self.globals));
functionAttribute("__closure__", (self) => (self.closure.length === 0 ? null : new PyTuple(self.closure)));
functionAttribute("__defaults__", (self) => (self.defaults.length === 0 ? null : new PyTuple(self.defaults)), (self, value) => {
  self.defaults = value instanceof PyTuple ? value.items : [];
});
functionAttribute("__kwdefaults__", (self) => (self.keywordDefaults ? PyDict.ofText(self.keywordDefaults) : null));
functionAttribute("__annotations__", (self) => (self.annotations ??= new PyDict()), (self, value) => {
  self.annotations = value;
});
const bindFunction = (_vm: Vm, self: Value, instance: Value) => (instance === null ? self : new PyMethod(self, instance));
declareMethods(types.function, {
  "__get__(self, instance, owner=None, /)": bindFunction,
});
types.function.members.set("__call__", new PyBuiltin(types.methodDescriptor, "__call__", (vm, args, keywords) => call(vm, args[0] as Value, args.slice(1), keywords), "function.__call__", undefined, types.function));

const calleeOf = (value: PyMethod): Value => value.callee;
for (const name of ["__name__", "__qualname__", "__doc__", "__module__"]) {
  types.method.members.set(name, new PyGetSet(name, types.method, (vm, self) => genericAttribute(vm, calleeOf(self as PyMethod), name)));
}
types.method.construct = (_vm, _cls, args) => {
  const [callee, self] = args;
  if (callee === undefined || self === undefined || args.length > 2) throw typeError(`method expected 2 arguments, got ${args.length}`);
  if (!isCallable(callee)) throw typeError("first argument must be callable");
  if (self === null) throw typeError("instance must not be None");
  return new PyMethod(callee, self);
};
types.module.construct = (_vm, _cls, args, keywords) => {
  const name = args[0] ?? keywords?.get("name");
  if (typeof name !== "string") throw typeError(name === undefined ? "module() missing required argument 'name' (pos 1)" : `module() argument 'name' must be str, not ${typeOf(name).name}`);
  return new PyModule(name, new Map<string, Value>([["__name__", name], ["__doc__", args[1] ?? keywords?.get("doc") ?? null], ["__package__", null], ["__loader__", null], ["__spec__", null]]));
};
declareAttributes(types.method, { __self__: (_vm, self: PyMethod) => self.self, __func__: (_vm, self: PyMethod) => self.callee });
for (const cls of [types.builtin, types.methodDescriptor]) {
  const builtinOf = (self: Value): PyBuiltin => (self instanceof PyMethod ? (self.callee as PyBuiltin) : (self as PyBuiltin));
  declareAttributes(cls, {
    __name__: (_vm, self: Value) => builtinOf(self).name,
    __qualname__: (_vm, self: Value) => builtinOf(self).qualifiedName,
    __module__: (_vm, self: Value) => (builtinOf(self).owner ? null : "builtins"),
    __self__: (_vm, self: Value) => (self instanceof PyMethod ? self.self : (builtinOf(self).self ?? null)),
    __doc__: () => null,
  });
  cls.members.set("__call__", new PyBuiltin(types.methodDescriptor, "__call__", (vm, args, keywords) => call(vm, args[0] as Value, args.slice(1), keywords), `${cls.name}.__call__`, undefined, cls));
}
declareAttributes(types.getset, { __name__: (_vm, self: PyGetSet) => self.name, __doc__: () => null });
declareAttributes(types.cell, {
  cell_contents: (_vm, self: PyCell) => {
    if (self.content === undefined) throw typeError("Cell is empty");
    return self.content;
  },
});
declareAttributes(types.code, {
  co_name: (_vm, self: PyCode) => self.facts.name,
  co_filename: (_vm, self: PyCode) => self.facts.source.filename,
  co_argcount: (_vm, self: PyCode) => self.facts.argumentCount,
  co_kwonlyargcount: (_vm, self: PyCode) => self.facts.keywordOnlyCount,
  co_posonlyargcount: (_vm, self: PyCode) => self.facts.positionalOnlyCount,
  co_varnames: (_vm, self: PyCode) => new PyTuple(self.facts.variableNames),
  co_names: (_vm, self: PyCode) => new PyTuple(self.facts.names),
  co_consts: (_vm, self: PyCode) => new PyTuple(self.facts.constants),
  co_freevars: (_vm, self: PyCode) => new PyTuple(self.facts.cellNames.slice(self.facts.ownCellCount)),
  co_firstlineno: (_vm, self: PyCode) => self.facts.firstLine,
  co_flags: (_vm, self: PyCode) => 3 | (self.facts.hasRest ? 4 : 0) | (self.facts.hasKeywords ? 8 : 0) | (self.facts.kind === "generator" ? 32 : 0) | (self.facts.kind === "coroutine" ? 128 : 0),
});
declareAttributes(types.frame, {
  f_code: (_vm, self: PyFrameObject) => self.frame.code,
  f_lineno: (_vm, self: PyFrameObject) => self.frame.code.facts.positions[4 * Math.max(0, self.frame.pc - 1)] ?? 0,
  f_back: (_vm, self: PyFrameObject) => (self.frame.back ? new PyFrameObject(self.frame.back) : null),
  f_globals: (_vm, self: PyFrameObject) => new PyNamespaceDict(self.frame.globals),
  f_locals: (_vm, self: PyFrameObject) => localsOf(self.frame),
});

export function localsOf(frame: PyFrameObject["frame"]): PyDict {
  if (frame.locals) return new PyNamespaceDict(frame.locals);
  if (!frame.code.facts.optimized) return new PyNamespaceDict(frame.globals);
  const dict = new PyDict();
  const { variableNames, cellNames } = frame.code.facts;
  variableNames.forEach((name, i) => {
    const value = frame.slots[i];
    if (value !== undefined && !cellNames.includes(name)) dict.setText(name, value);
  });
  cellNames.forEach((name, i) => {
    const value = frame.cells[i]?.content;
    if (value !== undefined) dict.setText(name, value);
  });
  return dict;
}

// ---- property, staticmethod, classmethod, super --------------------------------------------------------------------------------------------

types.property.construct = (_vm, cls, args, keywords) => {
  const part = (index: number, name: string): Value => args[index] ?? keywords?.get(name) ?? null;
  const getter = part(0, "fget");
  const property = new PyProperty(getter, part(1, "fset"), part(2, "fdel"), part(3, "doc") ?? (getter instanceof PyFunction ? getter.documentation : null), cls);
  if (getter instanceof PyFunction) property.name = getter.name;
  return property;
};
types.property.hasDict = true;
const changed = (self: PyProperty, getter: Value, setter: Value, deleter: Value): PyProperty => {
  const property = new PyProperty(getter, setter, deleter, self.documentation, self.cls);
  property.name = self.name !== "" ? self.name : getter instanceof PyFunction ? getter.name : "";
  return property;
};
declareMethods(types.property, {
  "getter(self, fget, /)": (_vm, self: PyProperty, fget: Value) => changed(self, fget, self.setter, self.deleter),
  "setter(self, fset, /)": (_vm, self: PyProperty, fset: Value) => changed(self, self.getter, fset, self.deleter),
  "deleter(self, fdel, /)": (_vm, self: PyProperty, fdel: Value) => changed(self, self.getter, self.setter, fdel),
  "__get__(self, instance, owner=None, /)": (vm, self: PyProperty, instance: Value) => (instance === null ? self : call(vm, self.getter, [instance], undefined)),
});
declareAttributes(types.property, {
  fget: (_vm, self: PyProperty) => self.getter,
  fset: (_vm, self: PyProperty) => self.setter,
  fdel: (_vm, self: PyProperty) => self.deleter,
  __doc__: (_vm, self: PyProperty) => self.documentation,
});
for (const cls of [types.staticmethod, types.classmethod]) {
  cls.construct = (_vm, made, args) => {
    const [callee] = args;
    if (callee === undefined || args.length !== 1) throw typeError(`${cls.name} expected 1 argument, got ${args.length}`);
    return new PyWrapped(made, callee);
  };
  cls.hasDict = true;
  declareAttributes(cls, { __func__: (_vm, self: PyWrapped) => self.callee, __wrapped__: (_vm, self: PyWrapped) => self.callee });
}
declareMethods(types.staticmethod, { "__get__(self, instance, owner=None, /)": (_vm, self: PyWrapped) => self.callee });
declareMethods(types.classmethod, { "__get__(self, instance, owner=None, /)": (_vm, self: PyWrapped, instance: Value, owner: Value) => new PyMethod(self.callee, owner ?? typeOf(instance)) });

types.super.construct = (vm, _cls, args) => {
  let [start, self] = args;
  if (args.length === 0) {
    const { frame } = vm;
    const index = frame ? frame.code.facts.cellNames.indexOf("__class__") : -1;
    const first = frame && frame.code.facts.argumentCount > 0 ? (frame.slots[0] ?? undefined) : frame?.slots[0];
    if (!frame || first === undefined) throw runtimeError("super(): no arguments");
    start = index >= 0 ? frame.cells[index]?.content : undefined;
    if (index < 0) throw runtimeError("super(): __class__ cell not found");
    const cell = frame.code.facts.cellParameters.indexOf(0);
    self = cell >= 0 ? frame.cells[cell]?.content : first;
  }
  if (!(start instanceof PyClass)) throw typeError(`super() argument 1 must be a type, not ${start === undefined ? "NoneType" : typeOf(start).name}`);
  if (self === undefined) throw typeError("super(): one argument is not simulated");
  if (self instanceof PyClass && self.isSubclassOf(start)) return new PySuper(start, self, self);
  if (!typeOf(self).isSubclassOf(start)) throw typeError("super(type, obj): obj must be an instance or subtype of type");
  return new PySuper(start, self, typeOf(self));
};

// ---- generators ---------------------------------------------------------------------------------------------------------------------------

for (const cls of [types.generator, types.coroutine]) {
  declareMethods(cls, {
    "send(self, value, /)": (vm, self: PyGenerator, value: Value) => begin(sendTo(vm, self, value)),
    "throw(self, type, value=None, traceback=None, /)": (vm, self: PyGenerator, type: Value, value: Value) => begin(throwInto(vm, self, value ?? type)),
    "close(self, /)": (vm, self: PyGenerator) => begin((function* (): Run<Value> {
      yield* closeGenerator(vm, self);
      return null;
    })()),
  });
  declareAttributes(cls, { __name__: (_vm, self: PyGenerator) => self.name, __qualname__: (_vm, self: PyGenerator) => self.qualifiedName, gi_running: (_vm, self: PyGenerator) => self.state === "running" });
}

/** `__iter__` and `__next__` of the machine's own iterators. */
for (const cls of [
  types.generator, types.listIterator, types.listReverseIterator, types.tupleIterator, types.strIterator, types.rangeIterator, types.setIterator, types.bytesIterator, types.callableIterator, types.sequenceIterator, types.dictKeyIterator,
  types.dictValueIterator, types.dictItemIterator, types.enumerate, types.zip, types.map, types.filter, types.reversed,
]) declareIterator(cls);

export function declareIterator(cls: PyClass): void {
  declareMethods(cls, {
    "__iter__(self, /)": (_vm, self: Value) => self,
    "__next__(self, /)": (vm, self: Value) => begin((function* (): Run<Value> {
      if (self instanceof PyGenerator) return yield* sendTo(vm, self, null);
      const value = yield* settle(next(vm, self));
      if (value === undefined) throw stopIteration(undefined);
      return value;
    })()),
  });
}


const partsOf = (value: Value | undefined): readonly Value[] => (value instanceof PyTuple && !value.cls.heap && value.cls === types.tuple ? value.items : value === undefined ? [] : [value]);
declareAttributes(types.genericAlias, {
  __origin__: (_vm, self: PyTuple) => self.items[0] ?? null,
  __args__: (_vm, self: PyTuple) => new PyTuple(partsOf(self.items[1])),
  __parameters__: () => new PyTuple([]),
});
declareAttributes(types.union, { __args__: (_vm, self: PyTuple) => new PyTuple(self.items.map((one) => (one === null ? types.none : one))), __parameters__: () => new PyTuple([]) });
types.genericAlias.members.set("__mro_entries__", new PyBuiltin(types.methodDescriptor, "__mro_entries__", (_vm, args) => new PyTuple([args[0] instanceof PyTuple ? (args[0].items[0] ?? null) : null]), "types.GenericAlias.__mro_entries__", undefined, types.genericAlias));
types.genericAlias.members.set("__call__", new PyBuiltin(types.methodDescriptor, "__call__", (vm, args, keywords) => call(vm, args[0] instanceof PyTuple ? (args[0].items[0] ?? null) : null, args.slice(1), keywords), "types.GenericAlias.__call__", undefined, types.genericAlias));
