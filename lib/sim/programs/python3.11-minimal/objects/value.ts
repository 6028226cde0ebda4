// What a Python value is here; the classes name each other, so they stand in one file. None, bool, int and str are JavaScript's own null, boolean, number | bigint and string; everything else is a
// PyObject. An int is a number while it is a safe integer and a bigint beyond, never a bigint within: so equal ints are `===`. A float is a
// PyFloat, because a JavaScript number cannot tell 1 from 1.0. A str is UTF-16; text.ts counts code points where the two differ.

import type { Wait } from "../../../kernel/sys.ts";
import type { Vm } from "../vm/vm.ts";

export type Value = null | boolean | number | bigint | string | PyObject;
export type Int = number | bigint;

/** A computation that may have to wait for the kernel's scheduler. */
export type Run<T> = Generator<Wait, T, void>;

/** The rest of a computation that had to wait: its first wait has been reached and not yet been handed on. */
export class Suspended<T> {
  readonly #run: Run<T>;
  readonly #first: Wait;
  constructor(run: Run<T>, first: Wait) {
    this.#run = run;
    this.#first = first;
  }

  *resume(): Run<T> {
    let wait = this.#first;
    for (;;) {
      yield wait;
      const turn = this.#run.next();
      if (turn.done) return turn.value;
      wait = turn.value;
    }
  }
}

/** Most operations end at once; one that ran into a wait is handed up as the rest of it. */
export type Eventual<T> = T | Suspended<T>;

/** Runs a generator up to its end or its first wait. */
export function begin<T>(run: Run<T>): Eventual<T> {
  const turn = run.next();
  return turn.done ? turn.value : new Suspended(run, turn.value);
}

export function* settle<T>(eventual: Eventual<T>): Run<T> {
  return eventual instanceof Suspended ? yield* eventual.resume() : eventual;
}

export class PyObject {
  cls: PyClass;
  /** `__dict__`, made when first needed */
  attributes: Map<string, Value> | undefined;
  constructor(cls: PyClass) {
    this.cls = cls;
    this.attributes = undefined;
  }
}

/** An instance of a class written in Python; `base` is the int, str, float... that a subclass of such a type wraps. */
export class PyInstance extends PyObject {
  base: Value | undefined;
  constructor(cls: PyClass, base?: Value) {
    super(cls);
    this.base = base;
  }
}

export type Keywords = ReadonlyMap<string, Value>;
export type Native = (vm: Vm, args: readonly Value[], keywords: Keywords | undefined) => Eventual<Value>;

export class PyBuiltin extends PyObject {
  readonly name: string;
  readonly native: Native;
  /** "int.bit_length" for methods */
  readonly qualifiedName: string;
  /** the receiver of a bound method, or the module of a function */
  readonly self: Value | undefined;
  /** a method in a type's table: the first argument must be an instance of `owner` */
  readonly owner: PyClass | undefined;
  constructor(cls: PyClass, name: string, native: Native, qualifiedName = name, self?: Value, owner?: PyClass) {
    super(cls);
    this.name = name;
    this.native = native;
    this.qualifiedName = qualifiedName;
    this.self = self;
    this.owner = owner;
  }
}

let classVersion = 1;

export class PyClass extends PyObject {
  name: string;
  qualifiedName: string;
  bases: readonly PyClass[];
  mro: readonly PyClass[];
  readonly members: Map<string, Value>;
  /** made by a class statement: its attributes may be set, its instances have a __dict__ */
  readonly heap: boolean;
  /** the nearest class with its own layout: what `__new__` makes */
  layout: PyClass;
  /** builtin types: makes an instance of `cls` (itself or a subclass) */
  construct: ((vm: Vm, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined) => Eventual<Value>) | undefined;
  /** False for bool, NoneType, function...: "type 'bool' is not an acceptable base type" */
  subclassable = true;
  /** instances may have attributes of their own */
  hasDict = true;
  readonly slots: ReadonlySet<string> | undefined;
  subclasses: PyClass[] = [];
  #cache = new Map<string, Value | undefined>();
  #cacheVersion = 0;

  constructor(cls: PyClass | undefined, name: string, bases: readonly PyClass[], members: Map<string, Value>, heap: boolean, slots?: ReadonlySet<string>) {
    super(cls as PyClass);
    this.name = name;
    this.qualifiedName = name;
    this.bases = bases;
    this.members = members;
    this.heap = heap;
    this.slots = slots;
    this.layout = heap ? (bases.find((base) => base.layout.construct !== undefined) ?? bases[0] ?? this).layout : this;
    this.mro = [this];
  }

  /** What the class or the first of its bases that has it says; undefined when none does. */
  lookup(name: string): Value | undefined {
    if (this.#cacheVersion !== classVersion) {
      this.#cache.clear();
      this.#cacheVersion = classVersion;
    } else {
      const known = this.#cache.get(name);
      if (known !== undefined) return known;
      if (this.#cache.has(name)) return undefined;
    }
    let found: Value | undefined;
    for (const cls of this.mro) {
      found = cls.members.get(name);
      if (found !== undefined) break;
    }
    this.#cache.set(name, found);
    return found;
  }

  set(name: string, value: Value): void {
    this.members.set(name, value);
    classVersion++;
  }

  remove(name: string): boolean {
    classVersion++;
    return this.members.delete(name);
  }

  isSubclassOf(other: PyClass): boolean {
    return this === other || this.mro.includes(other);
  }
}

export class PyFloat extends PyObject {
  readonly value: number;
  constructor(value: number) {
    super(types.float);
    this.value = value;
  }
}

export class PyComplex extends PyObject {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    super(types.complex);
    this.real = real;
    this.imag = imag;
  }
}

export class PyTuple extends PyObject {
  readonly items: readonly Value[];
  constructor(items: readonly Value[], cls: PyClass = types.tuple) {
    super(cls);
    this.items = items;
  }
}

export class PyList extends PyObject {
  items: Value[];
  constructor(items: Value[], cls: PyClass = types.list) {
    super(cls);
    this.items = items;
  }
}

/** bytes, and bytearray where `mutable`. */
export class PyBytes extends PyObject {
  bytes: Uint8Array;
  /** these bytes are zeros that nobody has written to: memory that no machine has given yet */
  untouched: Uint8Array | undefined;
  constructor(bytes: Uint8Array, cls: PyClass = types.bytes, untouched = false) {
    super(cls);
    this.bytes = bytes;
    this.untouched = untouched ? bytes : undefined;
  }
}

export class PyRange extends PyObject {
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(start: Int, stop: Int, step: Int, length: Int) {
    super(types.range);
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = length;
  }
}

export class PySlice extends PyObject {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    super(types.slice);
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** Names of a module, a class body's result: a str-keyed dict that globals() and vars() show as a live dict. */
export type Namespace = Map<string, Value>;

export class PyModule extends PyObject {
  readonly name: string;
  readonly namespace: Namespace;
  constructor(name: string, namespace: Namespace) {
    super(types.module);
    this.name = name;
    this.namespace = namespace;
  }
}

export class PyMethod extends PyObject {
  readonly callee: Value;
  readonly self: Value;
  constructor(callee: Value, self: Value) {
    super(types.method);
    this.callee = callee;
    this.self = self;
  }
}

export class PyProperty extends PyObject {
  readonly getter: Value;
  readonly setter: Value;
  readonly deleter: Value;
  documentation: Value;
  name = "";
  constructor(getter: Value, setter: Value, deleter: Value, documentation: Value, cls: PyClass = types.property) {
    super(cls);
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
    this.documentation = documentation;
  }
}

/** staticmethod and classmethod. */
export class PyWrapped extends PyObject {
  readonly callee: Value;
  constructor(cls: PyClass, callee: Value) {
    super(cls);
    this.callee = callee;
  }
}

/** The `**keywords` that a native takes: a JavaScript map in the guise of a value, never seen by Python. */
export class PyDictLike extends PyObject {
  readonly keywords: Map<string, Value>;
  constructor(keywords: Map<string, Value>) {
    super(types.mappingproxy);
    this.keywords = keywords;
  }
}

/** An attribute of a builtin type that is worked out (`int.real`, `function.__name__`), and a slot of `__slots__`. */
export class PyGetSet extends PyObject {
  readonly name: string;
  readonly owner: PyClass;
  readonly get: (vm: Vm, self: Value) => Eventual<Value>;
  readonly set: ((vm: Vm, self: Value, value: Value | undefined) => Eventual<void>) | undefined;
  constructor(name: string, owner: PyClass, get: (vm: Vm, self: Value) => Eventual<Value>, set?: (vm: Vm, self: Value, value: Value | undefined) => Eventual<void>) {
    super(types.getset);
    this.name = name;
    this.owner = owner;
    this.get = get;
    this.set = set;
  }
}

export class PySuper extends PyObject {
  readonly start: PyClass;
  readonly self: Value;
  readonly selfClass: PyClass;
  constructor(start: PyClass, self: Value, selfClass: PyClass) {
    super(types.super);
    this.start = start;
    this.self = self;
    this.selfClass = selfClass;
  }
}

/** An iterator of the machine's own: `next` gives undefined at the end. */
export class PyIterator extends PyObject {
  /** what it walks, for the heap's measure */
  holds: Value = null;
  readonly next: (vm: Vm) => Eventual<Value | undefined>;
  constructor(cls: PyClass, next: (vm: Vm) => Eventual<Value | undefined>) {
    super(cls);
    this.next = next;
  }
}

/** Iterator over something indexable, the one that `for` walks fastest. `items` may grow meanwhile. */
export class PyListIterator extends PyObject {
  readonly source: { readonly items: readonly Value[] };
  at = 0;
  constructor(cls: PyClass, source: { readonly items: readonly Value[] }) {
    super(cls);
    this.source = source;
  }
}

export class PyRangeIterator extends PyObject {
  at: number;
  readonly step: number;
  left: number;
  constructor(at: number, step: number, left: number) {
    super(types.rangeIterator);
    this.at = at;
    this.step = step;
    this.left = left;
  }
}

export class PyCell extends PyObject {
  content: Value | undefined;
  constructor(content?: Value) {
    super(types.cell);
    this.content = content;
  }
}

/** A builtin type of a module: `construct` makes instances. */
export function newType(name: string, module: string, construct?: PyClass["construct"], base: PyClass = types.object): PyClass {
  const cls = makeType(name, base, types.type);
  cls.members.set("__module__", module);
  cls.construct = construct;
  cls.subclassable = construct !== undefined;
  if (base.layout !== types.object && construct === undefined) cls.layout = base.layout;
  return cls;
}

function makeType(name: string, base?: PyClass, meta?: PyClass): PyClass {
  const cls = new PyClass(meta, name, base ? [base] : [], new Map(), false);
  if (base) {
    cls.mro = [cls, ...base.mro];
    cls.hasDict = false;
  } else cls.hasDict = false;
  return cls;
}

const object = makeType("object");
const type = makeType("type", object);
object.cls = type;
type.cls = type;
const make = (name: string, base: PyClass = object): PyClass => makeType(name, base, type);
const final = (name: string, base: PyClass = object): PyClass => {
  const cls = make(name, base);
  cls.subclassable = false;
  return cls;
};
const int = make("int");

/** The builtin types. Their method tables are filled by the file of each; nothing of a running program is kept in them. */
export const types = {
  object, type, int,
  bool: final("bool", int), float: make("float"), complex: make("complex"), str: make("str"), bytes: make("bytes"), bytearray: make("bytearray"),
  list: make("list"), tuple: make("tuple"), dict: make("dict"), set: make("set"), frozenset: make("frozenset"), range: final("range"), slice: final("slice"),
  none: final("NoneType"), ellipsis: final("ellipsis"), notImplemented: final("NotImplementedType"), memoryview: final("memoryview"),
  function: final("function"), builtin: final("builtin_function_or_method"), methodDescriptor: final("method_descriptor"), wrapper: final("wrapper_descriptor"), methodWrapper: final("method-wrapper"),
  method: final("method"), module: make("module"), property: make("property"), staticmethod: make("staticmethod"), classmethod: make("classmethod"), getset: final("getset_descriptor"), member: final("member_descriptor"),
  super: make("super"), cell: final("cell"), code: final("code"), frame: final("frame"), traceback: final("traceback"), mappingproxy: final("mappingproxy"), namespaceDict: make("dict"),
  generator: final("generator"), coroutine: final("coroutine"),
  listIterator: final("list_iterator"), listReverseIterator: final("list_reverseiterator"), tupleIterator: final("tuple_iterator"), strIterator: final("str_ascii_iterator"), rangeIterator: final("range_iterator"),
  setIterator: final("set_iterator"), bytesIterator: final("bytes_iterator"), callableIterator: final("callable_iterator"), sequenceIterator: final("iterator"),
  dictKeyIterator: final("dict_keyiterator"), dictValueIterator: final("dict_valueiterator"), dictItemIterator: final("dict_itemiterator"),
  dictKeys: final("dict_keys"), dictValues: final("dict_values"), dictItems: final("dict_items"),
  enumerate: make("enumerate"), zip: make("zip"), map: make("map"), filter: make("filter"), reversed: make("reversed"),
  genericAlias: final("types.GenericAlias"), union: final("types.UnionType"),
};

/** `...` and NotImplemented. */
export const Ellipsis = new PyObject(types.ellipsis);
export const NotImplemented = new PyObject(types.notImplemented);

export function typeOf(value: Value): PyClass {
  switch (typeof value) {
    case "number":
    case "bigint":
      return types.int;
    case "string":
      return types.str;
    case "boolean":
      return types.bool;
    default:
      return value === null ? types.none : value.cls;
  }
}

/** The builtin value inside an instance of a subclass of int, str, float...; others are themselves. */
export function unwrap(value: Value): Value {
  return value instanceof PyInstance && value.base !== undefined ? value.base : value;
}

/** C3 linearisation (docs.python.org, "The Python 2.3 Method Resolution Order"); undefined when the bases contradict each other. */
export function linearise(cls: PyClass, bases: readonly PyClass[]): readonly PyClass[] | undefined {
  const lists: PyClass[][] = [...bases.map((base) => [...base.mro]), [...bases]];
  const mro = [cls];
  for (;;) {
    const open = lists.filter((list) => list.length > 0);
    if (open.length === 0) return mro;
    let next: PyClass | undefined;
    for (const list of open) {
      const head = list[0];
      if (head && !open.some((other) => other.indexOf(head) > 0)) {
        next = head;
        break;
      }
    }
    if (!next) return undefined;
    mro.push(next);
    for (const list of lists) if (list[0] === next) list.shift();
  }
}
