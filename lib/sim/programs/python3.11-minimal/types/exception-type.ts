// The methods and attributes of exceptions and tracebacks.

import { declareMethods } from "../objects/declare.ts";
import { exceptions, exceptionTypes, PyException, typeError } from "../objects/exception.ts";
import { PyDict } from "../objects/dictionary.ts";
import { begin, PyBuiltin, type PyClass, PyGetSet, PyInstance, PyList, PyTuple, type Run, settle, types, typeOf, type Value } from "../objects/value.ts";
import { collect } from "../vm/iterate.ts";
import { builtinRepr, exceptionText } from "../vm/text-form.ts";
import { PyTraceback } from "../vm/traceback-object.ts";

const { BaseException } = exceptions;

/** Keywords that some exceptions take: ImportError(name=...), AttributeError(name=..., obj=...). */
const KEYWORDS = new Map<PyClass, readonly string[]>([[exceptions.ImportError, ["name", "path"]], [exceptions.AttributeError, ["name", "obj"]], [exceptions.NameError, ["name"]]]);

BaseException.members.set("__init__", new PyBuiltin(types.wrapper, "__init__", (_vm, args, keywords) => {
  const [self, ...rest] = args;
  if (!(self instanceof PyException)) throw typeError("descriptor '__init__' requires a 'BaseException' object");
  self.args = new PyTuple(rest);
  if (self.cls.isSubclassOf(exceptions.OSError) && rest.length >= 2) {
    self.attributes ??= new Map();
    for (const [i, name] of ["errno", "strerror", "filename", "", "filename2"].entries()) if (name !== "") self.attributes.set(name, rest[i] ?? null);
    if (rest.length > 2) self.args = new PyTuple(rest.slice(0, 2));
  }
  if (keywords && keywords.size > 0) {
    const allowed = [...KEYWORDS].find(([cls]) => self.cls.isSubclassOf(cls))?.[1] ?? [];
    for (const [name, value] of keywords) {
      if (!allowed.includes(name)) throw typeError(`${self.cls.name}() takes no keyword arguments`);
      (self.attributes ??= new Map()).set(name, value);
    }
  }
  return null;
}, "BaseException.__init__", undefined, BaseException));

const construct = BaseException.construct;
for (const cls of exceptionTypes.values()) {
  const allowed = [...KEYWORDS].find(([one]) => cls.isSubclassOf(one))?.[1];
  if (cls.construct === undefined || cls === BaseException) {
    if (cls.isSubclassOf(exceptions.OSError) || cls.isSubclassOf(exceptions.SyntaxError)) {
      cls.construct ??= cls.isSubclassOf(exceptions.OSError) ? exceptions.OSError.construct : exceptions.SyntaxError.construct;
      cls.layout = cls;
      continue;
    }
    cls.construct = (vm, made, args, keywords) => {
      if (keywords && keywords.size > 0) for (const name of keywords.keys()) if (!allowed?.includes(name)) throw typeError(`${made.name}() takes no keyword arguments`);
      const exception = construct?.(vm, made, args, undefined) as PyException;
      if (allowed) exception.attributes = new Map(allowed.map((name) => [name, keywords?.get(name) ?? null]));
      return exception;
    };
    // One layout for all: classes may inherit from several of them.
    cls.layout = BaseException;
  }
}

declareMethods(BaseException, {
  "__str__(self, /)": (vm, self: PyException) => exceptionText(vm, self),
  "__repr__(self, /)": (vm, self: PyException) => builtinRepr(vm, self),
  "with_traceback(self, tb, /)": (_vm, self: PyException, tb: Value) => {
    if (tb === null) self.traceback = [];
    return self;
  },
  "add_note(self, note, /)": (_vm, self: PyException, note: Value) => {
    if (typeof note !== "string") throw typeError(`note must be a str, not '${typeOf(note).name}'`);
    self.attributes ??= new Map();
    const notes = self.attributes.get("__notes__");
    if (notes instanceof PyList) notes.items.push(note);
    else self.attributes.set("__notes__", new PyList([note]));
    return null;
  },
});

function attribute(name: string, get: (self: PyException) => Value, set?: (self: PyException, value: Value) => void): void {
  BaseException.members.set(name, new PyGetSet(name, BaseException, (_vm, self) => get(self as PyException), set && ((_vm, self, value) => set(self as PyException, value ?? null))));
}

attribute("__cause__", (self) => self.cause, (self, value) => {
  self.cause = value instanceof PyException ? value : null;
  self.suppressContext = true;
});
attribute("__context__", (self) => self.context, (self, value) => {
  self.context = value instanceof PyException ? value : null;
});
attribute("__suppress_context__", (self) => self.suppressContext, (self, value) => {
  self.suppressContext = value === true;
});
attribute("__traceback__", (self) => (self.traceback.length === 0 ? null : new PyTraceback(self)), (self, value) => {
  if (value === null) self.traceback = [];
});
BaseException.members.set("args", new PyGetSet("args", BaseException, (_vm, self) => (self as PyException).args, (vm, self, value) => begin((function* (): Run<void> {
  (self as PyException).args = new PyTuple(yield* settle(collect(vm, value ?? null)));
})())));

const first = (self: PyException): Value => self.args.items[0] ?? null;
exceptions.StopIteration.members.set("value", new PyGetSet("value", exceptions.StopIteration, (_vm, self) => self instanceof PyException ? (self.attributes?.get("value") ?? first(self)) : null, (_vm, self, value) => {
  (self as PyException).attributes = new Map([["value", value ?? null]]);
}));
exceptions.SystemExit.members.set("code", new PyGetSet("code", exceptions.SystemExit, (_vm, self) => {
  const { items } = (self as PyException).args;
  return items.length > 1 ? (self as PyException).args : (items[0] ?? null);
}));
exceptions.ImportError.members.set("msg", new PyGetSet("msg", exceptions.ImportError, (_vm, self) => first(self as PyException)));

const tracebackAttribute = (name: string, get: (self: PyTraceback) => Value) => types.traceback.members.set(name, new PyGetSet(name, types.traceback, (_vm, self) => get(self as PyTraceback)));
const entryOf = (self: PyTraceback) => self.exception.traceback[self.exception.traceback.length - 1 - self.skipped];
tracebackAttribute("tb_lineno", (self) => {
  const entry = entryOf(self);
  return entry ? (entry.code.facts.positions[4 * entry.at] ?? 0) : 0;
});
tracebackAttribute("tb_next", (self) => (self.skipped + 1 < self.exception.traceback.length ? new PyTraceback(self.exception, self.skipped + 1) : null));
tracebackAttribute("tb_frame", (self) => {
  const code = entryOf(self)?.code ?? null;
  const frame = new PyInstance(types.frame);
  frame.attributes = new Map<string, Value>([["f_code", code], ["f_globals", new PyDict()], ["f_locals", new PyDict()]]);
  return frame;
});
