// What a Perl program handles. A reference is the thing itself that it refers to (a Scalar, a PerlArray...): two references are equal when they are
// the same object. Strings hold one character a unit: bytes as U+0000..U+00FF until something decodes them.
// Integers of at least 1e15 that Perl would keep as IV are bigint (as IV they print all digits, as NV only 15); all other numbers are number.

import type { Wait } from "../../../kernel/sys.ts";
import type { Unit } from "../code/unit.ts";
import type { Handle } from "../vm/handle.ts";
import type { PerlPattern } from "../regex/pattern.ts";
import type { Vm } from "../vm/vm.ts";

export type Run<T> = Generator<Wait, T, void>;

export type Value = undefined | number | bigint | string | Referent | GlobValue | Dual;

/** Whatever a reference can point to. */
export abstract class Referent {
  /** bless: the package's name. Declared and assigned, not initialized: containers are made by the million, and initializers are slow. */
  declare blessed: string | undefined;
  constructor() {
    this.blessed = undefined;
  }
}

export abstract class Scalar extends Referent {
  abstract v: Value;
}

export class Plain extends Scalar {
  declare v: Value;
  constructor(v?: Value) {
    super();
    this.v = v;
  }
}

/** A scalar whose reads and writes do something ($!, $1, substr as an lvalue...). */
export class Magic extends Scalar {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  constructor(get: () => Value, set: (value: Value) => void = readOnly) {
    super();
    this.get = get;
    this.set = set;
  }
  get v(): Value {
    return this.get();
  }
  set v(value: Value) {
    this.set(value);
  }
}

function readOnly(): never {
  throw new PerlError("Modification of a read-only value attempted");
}

export class PerlArray extends Referent {
  items: (Scalar | undefined)[];
  constructor(items: (Scalar | undefined)[] = []) {
    super();
    this.items = items;
  }
  at(index: number): Scalar {
    return (this.items[index] ??= new Plain());
  }
}

export class PerlHash extends Referent {
  map = new Map<string, Scalar>();
  /** of each(), keys left */
  iterator: string[] | undefined;
  /** Hash::Util::lock_keys */
  locked = false;
  /** set for %ENV and %SIG */
  changed: ((key: string | undefined) => void) | undefined = undefined;
  at(key: string): Scalar {
    let found = this.map.get(key);
    if (!found) {
      found = new Plain();
      this.map.set(key, found);
    }
    return found;
  }
}

export type Native = (vm: Vm, args: Scalar[], want: Want) => NativeResult;
export type NativeResult = Value[] | Run<Value[]>;

/** undefined: void */
export type Want = "scalar" | "list" | undefined;

export class Code extends Referent {
  name: string;
  pkg: string;
  unit: Unit | undefined;
  native: Native | undefined;
  captures: Referent[] = [];
  /** of "use constant" and the like: what calls become */
  constant: Value[] | undefined;
  prototype: string | undefined;
  constructor(pkg: string, name: string, unit?: Unit, native?: Native) {
    super();
    this.pkg = pkg;
    this.name = name;
    this.unit = unit;
    this.native = native;
  }
}

export class Glob extends Referent {
  readonly pkg: string;
  readonly name: string;
  scalar: Scalar = new Plain();
  #array: PerlArray | undefined;
  #hash: PerlHash | undefined;
  code: Code | undefined;
  io: Handle | undefined;
  /** how often the source names it: for "used only once" */
  uses = 0;
  /** imported or declared with our: exempt from strict and from "used only once" */
  imported = false;
  constructor(pkg: string, name: string) {
    super();
    this.pkg = pkg;
    this.name = name;
  }
  get array(): PerlArray {
    return (this.#array ??= new PerlArray());
  }
  set array(value: PerlArray | undefined) {
    this.#array = value;
  }
  get hash(): PerlHash {
    return (this.#hash ??= new PerlHash());
  }
  set hash(value: PerlHash | undefined) {
    this.#hash = value;
  }
  get hasArray(): boolean {
    return this.#array !== undefined;
  }
  get hasHash(): boolean {
    return this.#hash !== undefined;
  }
  get fullName(): string {
    return `${this.pkg}::${this.name}`;
  }
}

/** *name as a value; a reference to it is the Glob. */
export class GlobValue {
  readonly glob: Glob;
  constructor(glob: Glob) {
    this.glob = glob;
  }
}

/** A number and a text in one ($!, dualvar). */
export class Dual {
  readonly n: number;
  readonly s: string;
  constructor(n: number, s: string) {
    this.n = n;
    this.s = s;
  }
}

/** What comparisons give when they do not hold: "" and 0 in one, so that neither use of it warns. */
export const NO = new Dual(0, "");

/** qr// */
export class PerlRegex extends Referent {
  readonly pattern: PerlPattern;
  constructor(pattern: PerlPattern) {
    super();
    this.pattern = pattern;
    this.blessed = "Regexp";
  }
}

/** die in our own code: the place is added where it is caught. */
export class PerlError extends Error {
  /** false: the message has its place already */
  readonly placed: boolean;
  constructor(message: string, placed = false) {
    super(message);
    this.placed = placed;
  }
}

/** What die was given: an exception on its way. */
export class PerlDie extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super("die");
    this.value = value;
  }
}

export class PerlExit extends Error {
  readonly status: number;
  /** said on standard error: the interpreter ends itself */
  readonly note: string;
  constructor(status: number, note = "") {
    super("exit");
    this.status = status;
    this.note = note;
  }
}
