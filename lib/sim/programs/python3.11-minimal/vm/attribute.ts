// Attributes: lookup along the classes, descriptors, `__getattr__`, and where values are stored (docs.python.org, "Descriptor Guide").

import { PyNamespaceDict } from "../objects/dictionary.ts";
import { attributeError, exceptions, PyRaise, typeError } from "../objects/exception.ts";
import {
  begin, type Eventual, PyBuiltin, PyClass, PyGetSet, PyInstance, PyMethod, PyModule, PyObject, PyProperty, PySuper, PyWrapped, type Run, settle, Suspended, types, typeOf, type Value,
} from "../objects/value.ts";
import { call } from "./call.ts";
import { PyFunction } from "./frame.ts";
import type { Vm } from "./vm.ts";

/** What a class's member gives when it is found through `self` (null: through the class itself). */
function bind(vm: Vm, member: Value, self: Value | undefined, cls: PyClass): Eventual<Value> {
  if (!(member instanceof PyObject)) return member;
  if (member instanceof PyFunction) return self === undefined ? member : new PyMethod(member, self);
  if (member instanceof PyBuiltin) {
    if (member.owner === undefined || self === undefined) return member;
    return boundBuiltin(member, self);
  }
  if (member instanceof PyWrapped) return member.cls === types.staticmethod || member.cls.isSubclassOf(types.staticmethod) ? member.callee : new PyMethod(member.callee, cls);
  if (member instanceof PyProperty) return self === undefined ? member : getProperty(vm, member, self);
  if (member instanceof PyGetSet) return self === undefined ? member : member.get(vm, self);
  if (member instanceof PyInstance || member.cls.heap) {
    const get = member.cls.lookup("__get__");
    if (get !== undefined) return call(vm, get, [member, self ?? null, cls], undefined);
  }
  return member;
}

export function boundBuiltin(member: PyBuiltin, self: Value): PyMethod {
  const method = new PyMethod(member, self);
  method.cls = types.builtin;
  return method;
}

function getProperty(vm: Vm, property: PyProperty, self: Value): Eventual<Value> {
  if (property.getter === null) throw attributeError(`property '${property.name}' of '${typeOf(self).name}' object has no getter`, property.name, self);
  return call(vm, property.getter, [self], undefined);
}

/** Whether the member wins over the instance's own attribute. */
function isData(member: Value): boolean {
  if (member instanceof PyProperty || member instanceof PyGetSet) return true;
  return member instanceof PyInstance && (member.cls.lookup("__set__") !== undefined || member.cls.lookup("__delete__") !== undefined);
}

/** Undefined when there is no such attribute. Does not ask `__getattr__`. */
/** What a bound method itself does not have is its function's. */
function plainAttribute(vm: Vm, object: Value, name: string): Eventual<Value | undefined> {
  const found = ownOrClassAttribute(vm, object, name);
  return found === undefined && object instanceof PyMethod ? plainAttribute(vm, object.callee, name) : found;
}

function ownOrClassAttribute(vm: Vm, object: Value, name: string): Eventual<Value | undefined> {
  if (object instanceof PyClass) return classAttribute(vm, object, name);
  if (object instanceof PySuper) return superAttribute(vm, object, name);
  const cls = typeOf(object);
  const member = cls.lookup(name);
  if (member !== undefined && typeof member === "object" && member !== null && isData(member)) return bind(vm, member, object, cls);
  if (object instanceof PyObject) {
    const own = object instanceof PyModule ? object.namespace.get(name) : object.attributes?.get(name);
    if (own !== undefined) return own;
    if (name === "__dict__" && hasDictionary(object)) return new PyNamespaceDict(object instanceof PyModule ? object.namespace : (object.attributes ??= new Map()));
  }
  return member === undefined ? undefined : bind(vm, member, object, cls);
}

export function hasDictionary(object: PyObject): boolean {
  return object instanceof PyModule || object instanceof PyFunction || (object.cls.hasDict && !restrictedBySlots(object.cls));
}

function classAttribute(vm: Vm, object: PyClass, name: string): Eventual<Value | undefined> {
  const meta = object.cls;
  const inMeta = meta.lookup(name);
  if (inMeta !== undefined && typeof inMeta === "object" && inMeta !== null && isData(inMeta)) return bind(vm, inMeta, object, meta);
  const member = object.lookup(name);
  if (member !== undefined) return bind(vm, member, undefined, object);
  return inMeta === undefined ? undefined : bind(vm, inMeta, object, meta);
}

function superAttribute(vm: Vm, object: PySuper, name: string): Eventual<Value | undefined> {
  const { mro } = object.selfClass;
  for (const cls of mro.slice(mro.indexOf(object.start) + 1)) {
    const member = cls.members.get(name);
    if (member !== undefined) return bind(vm, member, object.self instanceof PyClass && object.self === object.selfClass ? undefined : object.self, object.selfClass);
  }
  if (name === "__class__") return types.super;
  return undefined;
}

function missing(object: Value, name: string): PyRaise {
  if (object instanceof PyModule) return attributeError(`module '${object.name}' has no attribute '${name}'`, name, object);
  if (object instanceof PyClass) return attributeError(`type object '${object.name}' has no attribute '${name}'`, name, object);
  return attributeError(`'${typeOf(object).name}' object has no attribute '${name}'`, name, object);
}

export function getAttribute(vm: Vm, object: Value, name: string): Eventual<Value> {
  const cls = typeOf(object);
  if (cls.heap) {
    const custom = cls.lookup("__getattribute__");
    if (custom instanceof PyFunction) return begin(customAttribute(vm, object, cls, custom, name));
  }
  const fallback = cls.heap ? cls.lookup("__getattr__") : object instanceof PyModule ? object.namespace.get("__getattr__") : undefined;
  if (fallback !== undefined) return begin(withFallback(vm, object, name, fallback));
  const found = plainAttribute(vm, object, name);
  if (found === undefined) throw missing(object, name);
  return found as Eventual<Value>;
}

function* customAttribute(vm: Vm, object: Value, cls: PyClass, custom: Value, name: string): Run<Value> {
  try {
    return yield* settle(call(vm, custom, [object, name], undefined));
  } catch (error) {
    const fallback = cls.lookup("__getattr__");
    if (fallback === undefined || !isAttributeError(error)) throw error;
    return yield* settle(call(vm, fallback, [object, name], undefined));
  }
}

function* withFallback(vm: Vm, object: Value, name: string, fallback: Value): Run<Value> {
  try {
    const found = plainAttribute(vm, object, name);
    const value = found instanceof Suspended ? yield* found.resume() : found;
    if (value !== undefined) return value;
  } catch (error) {
    if (!isAttributeError(error)) throw error;
  }
  return yield* settle(call(vm, fallback, object instanceof PyModule ? [name] : [object, name], undefined));
}

export function isAttributeError(error: unknown): boolean {
  return error instanceof PyRaise && error.exception.cls.isSubclassOf(exceptions.AttributeError);
}

/** object.__getattribute__. */
export function genericAttribute(vm: Vm, object: Value, name: string): Eventual<Value> {
  const found = plainAttribute(vm, object, name);
  if (found === undefined) throw missing(object, name);
  return found as Eventual<Value>;
}

/** Undefined instead of AttributeError: hasattr, getattr with a default. */
export function findAttribute(vm: Vm, object: Value, name: string): Eventual<Value | undefined> {
  const cls = typeOf(object);
  if (!cls.heap && !(object instanceof PyModule)) return plainAttribute(vm, object, name);
  return begin((function* (): Run<Value | undefined> {
    try {
      return yield* settle(getAttribute(vm, object, name));
    } catch (error) {
      if (isAttributeError(error)) return undefined;
      throw error;
    }
  })());
}

/** A special method, as the interpreter looks it up: on the type, past the instance. Bound to nothing yet. */
export function specialMethod(value: Value, name: string): Value | undefined {
  return typeOf(value).lookup(name);
}

function restrictedBySlots(cls: PyClass): boolean {
  let restricted = false;
  for (const one of cls.mro) {
    if (!one.heap) continue;
    if (!one.slots || one.slots.has("__dict__")) return false;
    restricted = true;
  }
  return restricted;
}

function slotAllowed(cls: PyClass, name: string): boolean {
  return cls.mro.some((one) => one.slots?.has(name));
}

export function setAttribute(vm: Vm, object: Value, name: string, value: Value): Eventual<void> {
  const cls = typeOf(object);
  if (cls.heap && object instanceof PyObject) {
    const custom = cls.lookup("__setattr__");
    if (custom instanceof PyFunction || (custom instanceof PyObject && custom.cls.heap)) {
      const done = call(vm, custom, [object, name, value], undefined);
      return done instanceof Suspended ? begin(drop(done)) : undefined;
    }
  }
  return genericSetAttribute(vm, object, name, value);
}

function* drop(run: Suspended<Value>): Run<void> {
  yield* run.resume();
}

/** object.__setattr__. */
export function genericSetAttribute(vm: Vm, object: Value, name: string, value: Value): Eventual<void> {
  const cls = typeOf(object);
  const member = cls.lookup(name);
  if (member instanceof PyObject) {
    if (member instanceof PyProperty) {
      if (member.setter === null) throw attributeError(`property '${name}' of '${cls.name}' object has no setter`, name, object);
      const done = call(vm, member.setter, [object, value], undefined);
      return done instanceof Suspended ? begin(drop(done)) : undefined;
    }
    if (member instanceof PyGetSet) {
      if (!member.set) throw attributeError(`attribute '${name}' of '${member.owner.name}' objects is not writable`, name, object);
      return member.set(vm, object, value);
    }
    if (member instanceof PyInstance) {
      const set = member.cls.lookup("__set__");
      if (set !== undefined) {
        const done = call(vm, set, [member, object, value], undefined);
        return done instanceof Suspended ? begin(drop(done)) : undefined;
      }
    }
  }
  if (object instanceof PyClass) {
    if (!object.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${object.name}'`);
    object.set(name, value);
    return;
  }
  if (object instanceof PyModule) {
    object.namespace.set(name, value);
    return;
  }
  if (!(object instanceof PyObject) || !(cls.hasDict || object instanceof PyFunction)) {
    if (member !== undefined) throw attributeError(`'${cls.name}' object attribute '${name}' is read-only`, name, object);
    throw missing(object, name);
  }
  if (restrictedBySlots(cls) && !slotAllowed(cls, name)) {
    if (member !== undefined) throw attributeError(`'${cls.name}' object attribute '${name}' is read-only`, name, object);
    throw missing(object, name);
  }
  (object.attributes ??= new Map()).set(name, value);
  vm.heap.note(100);
}

export function deleteAttribute(vm: Vm, object: Value, name: string): Eventual<void> {
  const cls = typeOf(object);
  if (cls.heap) {
    const custom = cls.lookup("__delattr__");
    if (custom instanceof PyFunction) {
      const done = call(vm, custom, [object, name], undefined);
      return done instanceof Suspended ? begin(drop(done)) : undefined;
    }
  }
  return genericDeleteAttribute(vm, object, name);
}

export function genericDeleteAttribute(vm: Vm, object: Value, name: string): Eventual<void> {
  const cls = typeOf(object);
  const member = cls.lookup(name);
  if (member instanceof PyProperty) {
    if (member.deleter === null) throw attributeError(`property '${name}' of '${cls.name}' object has no deleter`, name, object);
    const done = call(vm, member.deleter, [object], undefined);
    return done instanceof Suspended ? begin(drop(done)) : undefined;
  }
  if (member instanceof PyGetSet && member.set) return member.set(vm, object, undefined);
  if (member instanceof PyInstance) {
    const remove = member.cls.lookup("__delete__");
    if (remove !== undefined) {
      const done = call(vm, remove, [member, object], undefined);
      return done instanceof Suspended ? begin(drop(done)) : undefined;
    }
  }
  if (object instanceof PyClass) {
    if (!object.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${object.name}'`);
    if (!object.remove(name)) throw attributeError(`type object '${object.name}' has no attribute '${name}'`, name, object);
    return;
  }
  const removed = object instanceof PyModule ? object.namespace.delete(name) : object instanceof PyObject && object.attributes?.delete(name);
  if (!removed) throw missing(object, name);
}

/** For natives that hand out an exception's or object's plain attribute. */
export function ownAttribute(object: PyObject, name: string): Value | undefined {
  return object.attributes?.get(name);
}

