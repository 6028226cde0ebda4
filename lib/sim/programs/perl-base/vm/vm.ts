// The interpreter: a stack of values, a stack of frames, one loop. Perl's subs never nest in JavaScript's stack, except where our own code calls them (sort, overload).
// (More than 400 lines: the state of a program and the loop that works on it.)

import { errnoNumber, SIGNALS, type Stat, type Sys, SysError } from "../../../kernel/sys.ts";
import type { Op, Place, Unit } from "../code/unit.ts";
import { NO_PRAGMAS } from "../syntax/scanner.ts";
import { looksLikeNumber, text, truthy } from "../values/convert.ts";
import { Code, Glob, Magic, PerlArray, PerlDie, PerlError, PerlExit, Plain, type Referent, type Run, type Scalar, type Value, type Want } from "../values/value.ts";
import type { Handle } from "./handle.ts";
import { pushResult, stringOf } from "./overload.ts";
import { doFile, requireFile } from "./load.ts";
import { Heap } from "./heap.ts";
import { environmentOf, Random } from "./special-variables.ts";
import { textOfLatin1 } from "../../kit/latin1.ts";
import type { MatchState, PerlPattern } from "../regex/pattern.ts";

/** Closures that are as much work as a microsecond of the real interpreter. */
const OPS_PER_STEP = 24;
const OPS_AT_ONCE = 480;
const FRAME_LIMIT = 400_000;

export class Frame {
  readonly code: Code | undefined;
  readonly unit: Unit;
  readonly args: PerlArray;
  readonly want: Want;
  readonly pad: (Referent | undefined)[];
  readonly stackBase: number;
  readonly marksBase: number;
  readonly localsBase: number;
  readonly back: Frame | undefined;
  readonly kind: "sub" | "eval" | "main" | "require";
  /** of the caller, to go on with */
  readonly at: Place;
  readonly savedPc: number;
  readonly match: MatchState | undefined;
  /** its end ends a loop of run() */
  readonly barrier: boolean;
  readonly depth: number;
  readonly handlersBase: number;

  constructor(vm: Vm, unit: Unit, code: Code | undefined, args: PerlArray, want: Want, barrier: boolean, kind: Frame["kind"]) {
    this.unit = unit;
    this.code = code;
    this.args = args;
    this.want = want;
    this.barrier = barrier;
    this.kind = kind;
    this.stackBase = vm.stack.length;
    this.marksBase = vm.marks.length;
    this.localsBase = vm.locals.length;
    this.back = vm.frame;
    this.depth = (vm.frame?.depth ?? 0) + 1;
    this.at = vm.at;
    this.savedPc = vm.pc;
    this.match = vm.match;
    this.handlersBase = vm.handlers.length;
    this.pad = new Array(unit.padSize);
    if (code) {
      const { captures } = unit;
      for (let i = 0; i < captures.length; i++) this.pad[captures[i]?.slot ?? 0] = code.captures[i];
    }
  }
}

/** What local put aside. */
export interface Local {
  undo(): void;
}

/** How a warning calls an operand. */
export type NameOf = (vm: Vm) => string;

interface Handler {
  readonly frame: Frame;
  readonly pc: number;
  readonly stack: number;
  readonly marks: number;
  readonly locals: number;
  readonly at: Place;
}

export class Vm {
  sys: Sys;
  readonly stack: Value[] = [];
  readonly marks: number[] = [];
  readonly locals: Local[] = [];
  readonly handlers: Handler[] = [];
  frame: Frame | undefined;
  ops: Op[] = [];
  pc = 0;
  pad: (Referent | undefined)[] = [];
  at: Place = { file: "-e", line: 0, pkg: "main", pragmas: NO_PRAGMAS };
  match: MatchState | undefined;
  budget = OPS_AT_ONCE;
  readonly globs = new Map<string, Glob>();
  /** Globs by the number that compiled code has for them: a forked process has its own. */
  readonly g: Glob[] = [];
  readonly globNumbers = new Map<string, number>();
  /** containers that named subs captured before the code around them ran */
  readonly prototypes = new Map<Unit, Map<number, Referent>>();
  /** `use overload`: package → operator → sub */
  readonly overloads = new Map<string, Map<string, Value>>();
  /** where a package variable was named first, for "used only once" */
  readonly firstUses = new Map<string, { readonly file: string; readonly line: number }>();
  /** names of the operands of the builtin that runs, for warnings */
  names: readonly (NameOf | undefined)[] = [];

  readonly packages = new Set<string>(["main", "UNIVERSAL"]);
  readonly errno = { value: 0 };
  error: Scalar;
  topic: Glob;
  readonly ends: Code[] = [];
  lastRead: Handle | undefined;
  lastReadName = "STDIN";
  selected: Handle | undefined;
  readonly handles = new Set<Handle>();
  #warnings: string[] = [];
  warnSwitch = false;
  scriptName = "-e";
  startUs = 0;
  childStatus = 0;
  readonly signalHandlers = new Map<number, Code>();
  /** for the memory that the program would hold: containers made since the last count */
  made = 0;
  compileOnly = false;
  inputSeparator: Scalar;
  outputSeparator: Scalar;
  fieldSeparator: Scalar;
  listSeparator: Scalar;
  #working = 0;

  constructor(sys: Sys) {
    this.sys = sys;
    this.error = this.glob("main::@").scalar;
    this.error.v = "";
    this.topic = this.glob("main::_");
    this.inputSeparator = this.glob("main::/").scalar;
    this.inputSeparator.v = "\n";
    this.outputSeparator = this.glob("main::\\").scalar;
    this.fieldSeparator = this.glob("main::,").scalar;
    this.listSeparator = this.glob('main::"').scalar;
    this.listSeparator.v = " ";
  }

  glob(fullName: string): Glob {
    let found = this.globs.get(fullName);
    if (!found) {
      const cut = fullName.lastIndexOf("::");
      found = new Glob(fullName.slice(0, cut), fullName.slice(cut + 2));
      this.globs.set(fullName, found);
      this.packages.add(found.pkg);
    }
    return found;
  }

  globNumber(fullName: string): number {
    let number = this.globNumbers.get(fullName);
    if (number === undefined) {
      number = this.g.push(this.glob(fullName)) - 1;
      this.globNumbers.set(fullName, number);
    }
    return number;
  }

  // ---- stack

  push(value: Value): void {
    this.stack.push(value);
  }
  pop(): Value {
    return this.stack.pop();
  }
  mark(): void {
    this.marks.push(this.stack.length);
  }
  /** The values since the last mark, taken off. */
  taken(): Value[] {
    return this.stack.splice(this.marks.pop() ?? 0);
  }
  pushAll(values: readonly Value[]): void {
    for (const value of values) this.stack.push(value);
  }
  pushFor(want: Want, values: readonly Value[]): void {
    if (want === "list") this.pushAll(values);
    else if (want === "scalar") this.stack.push(values[values.length - 1]);
  }

  // ---- calls

  enter(code: Code, args: PerlArray, want: Want, barrier = false, kind: Frame["kind"] = "sub"): void {
    const { unit } = code;
    if (!unit) throw new PerlError(`Undefined subroutine &${code.pkg}::${code.name} called`);
    this.enterUnit(unit, code, args, want, barrier, kind);
  }

  enterUnit(unit: Unit, code: Code | undefined, args: PerlArray, want: Want, barrier: boolean, kind: Frame["kind"]): void {
    const frame = new Frame(this, unit, code, args, want, barrier, kind);
    if (frame.depth > FRAME_LIMIT) throw new PerlExit(1, "Out of memory!\n");
    this.made += 8;
    this.frame = frame;
    this.ops = unit.ops;
    this.pc = 0;
    this.pad = frame.pad;
  }

  /** Leaves the innermost frame; its results stand on the stack from its base on. */
  leave(): Frame {
    const frame = this.frame as Frame;
    this.unwind(frame.localsBase);
    if (this.marks.length > frame.marksBase) this.marks.length = frame.marksBase;
    if (this.handlers.length > frame.handlersBase) this.handlers.length = frame.handlersBase;
    const { back } = frame;
    this.frame = back;
    this.pc = frame.savedPc;
    this.at = frame.at;
    this.match = frame.match;
    if (back) {
      this.ops = back.unit.ops;
      this.pad = back.pad;
    }
    return frame;
  }

  unwind(to: number): void {
    while (this.locals.length > to) this.locals.pop()?.undo();
  }

  /** Calls a sub from our own code. */
  *call(code: Code, args: Scalar[], want: Want): Run<Value[]> {
    if (code.native) {
      const result = code.native(this, args, want);
      return Array.isArray(result) ? result : yield* result;
    }
    if (code.constant) return code.constant;
    const base = this.stack.length;
    this.enter(code, new PerlArray(args), want, true);
    yield* this.run();
    const values = this.stack.splice(base);
    return values;
  }

  *callScalar(code: Code, args: Scalar[]): Run<Value> {
    const values = yield* this.call(code, args, "scalar");
    return values[values.length - 1];
  }

  /** Until the innermost frame, which is a barrier, has ended. */
  *run(bottom = this.frame as Frame, base = this.handlers.length): Run<void> {
    for (;;) {
      try {
        for (;;) {
          const op = this.ops[this.pc++] as Op;
          const waiting = op(this);
          if (waiting) yield* waiting;
          if (this.ended === bottom) {
            this.ended = undefined;
            return;
          }
          if (--this.budget < 0) yield* this.settle();
        }
      } catch (thrown) {
        if (thrown instanceof PerlExit) throw thrown;
        const die = yield* this.dieOf(thrown);
        const handler = this.handlers.length > base ? this.handlers.pop() : undefined;
        if (!handler) {
          while (this.frame && this.frame !== bottom) this.leave();
          if (this.frame === bottom) this.leave();
          throw die;
        }
        while (this.frame !== handler.frame) this.leave();
        this.unwind(handler.locals);
        this.stack.length = handler.stack;
        this.marks.length = handler.marks;
        this.ops = handler.frame.unit.ops;
        this.pad = handler.frame.pad;
        this.pc = handler.pc;
        this.at = handler.at;
        this.error.v = die.value;
      }
    }
  }

  /** the barrier frame that a return has just left */
  ended: Frame | undefined;

  /** What was thrown, as die's value; $SIG{__DIE__} has been called. */
  *dieOf(thrown: unknown): Run<PerlDie> {
    let die: PerlDie;
    if (thrown instanceof PerlDie) return thrown;
    if (thrown instanceof PerlError) die = new PerlDie(thrown.placed ? thrown.message : `${thrown.message}${this.place()}`);
    else if (thrown instanceof RangeError) {
      if (this.#working++ > 3) throw thrown;
      die = new PerlDie(thrown.message.includes("call stack") ? `Deep recursion limit exceeded${this.place()}` : "Out of memory!\n");
    } else throw thrown;
    const hook = this.hook("__DIE__");
    if (hook) {
      const kept = this.glob("main::SIG").hash.map.get("__DIE__");
      this.glob("main::SIG").hash.map.delete("__DIE__");
      try {
        yield* this.call(hook, [new Plain(die.value)], "scalar");
      } finally {
        if (kept) this.glob("main::SIG").hash.map.set("__DIE__", kept);
      }
    }
    return die;
  }

  hook(name: string): Code | undefined {
    const value = this.glob("main::SIG").hash.map.get(name)?.v;
    if (value instanceof Code) return value;
    if (typeof value !== "string" || value === "" || value === "DEFAULT" || value === "IGNORE") return undefined;
    return this.globs.get(value.includes("::") ? value : `main::${value}`)?.code;
  }

  pushHandler(pc: number): void {
    this.handlers.push({ frame: this.frame as Frame, pc, stack: this.stack.length, marks: this.marks.length, locals: this.locals.length, at: this.at });
  }

  /** Runs a compiled file or string as a frame of its own. */
  *runUnit(code: Code, want: Want, kind: "eval" | "require" | "main"): Run<Value[]> {
    const base = this.stack.length;
    const { unit } = code;
    if (!unit) return [];
    this.enterUnit(unit, code, kind === "eval" ? this.frame?.args ?? new PerlArray() : new PerlArray(), want, true, kind);
    yield* this.run();
    return this.stack.splice(base);
  }

  /** A forked process goes on in its outermost frame. */
  *resume(): Run<void> {
    let bottom = this.frame as Frame;
    while (bottom.back) bottom = bottom.back;
    yield* this.run(bottom, 0);
  }

  takeOver(other: Vm, copier: { of: <T extends object>(one: T) => T }): void {
    const { frame } = this;
    this.ops = other.ops;
    this.pc = other.pc;
    if (frame) this.pad = frame.pad as (Referent | undefined)[];
    this.at = other.at;
    this.match = other.match;
    this.lastPattern = other.lastPattern;
    this.errno.value = other.errno.value;
    this.error = this.glob("main::@").scalar;
    this.topic = this.glob("main::_");
    this.inputSeparator = this.glob("main::/").scalar;
    this.outputSeparator = this.glob("main::\\").scalar;
    this.fieldSeparator = this.glob("main::,").scalar;
    this.listSeparator = this.glob('main::"').scalar;
    this.selected = other.selected && copier.of(other.selected);
    this.lastRead = other.lastRead && copier.of(other.lastRead);
    this.lastReadName = other.lastReadName;
    this.warnSwitch = other.warnSwitch;
    this.scriptName = other.scriptName;
    this.startUs = other.startUs;
    this.hashSeed = other.hashSeed;
    this.includePath = other.includePath;
    this.argvState = other.argvState;
  }

  resetStacks(): void {
    while (this.frame) this.leave();
    this.stack.length = 0;
    this.marks.length = 0;
    this.handlers.length = 0;
    this.ended = undefined;
  }

  doFile(name: string, want: Want): Run<void> {
    return doFile(this, name, want);
  }

  requireModule(name: string): void | Run<void> {
    return requireFile(this, `${name.replaceAll("::", "/")}.pm`, true);
  }

  requireFile(name: string, bare: boolean): Run<void> {
    return requireFile(this, name, bare);
  }

  environment(): Map<string, string> {
    return environmentOf(this);
  }

  /** A path of the program as the system calls take it. */
  path(name: string): string {
    return /[^\0-\xff]/.test(name) ? name : textOfLatin1(name);
  }

  random(): number {
    this.#random ??= new Random(Number(this.randomSeed()));
    return this.#random.next();
  }
  #random: Random | undefined;
  randomSeed(): number {
    const bytes = this.sys.random(4);
    return ((bytes[0] ?? 0) << 24 | (bytes[1] ?? 0) << 16 | (bytes[2] ?? 0) << 8 | (bytes[3] ?? 0)) >>> 0;
  }
  seed(value: number): void {
    this.#random = new Random(value);
  }

  /** Whether the scalar is one that the interpreter itself looks at: local keeps it and puts its value aside. */
  isFixed(scalar: Scalar): boolean {
    return scalar === this.error || scalar === this.inputSeparator || scalar === this.outputSeparator || scalar === this.fieldSeparator || scalar === this.listSeparator;
  }

  /** What was written to files is there for whoever looks: stat, rename... (a handle's scope may have ended long ago) */
  flushFilesNow(): void {
    for (const handle of this.handles) {
      if (handle.output === "" || handle.fd <= 2 || handle.pid !== undefined || handle.isSocket) continue;
      const running = handle.flush(this.sys);
      for (let step = running.next(); !step.done; step = running.next());
    }
  }

  *flushTerminal(): Run<void> {
    const out = this.glob("main::STDOUT").io;
    if (out?.isTerminal) {
      try {
        yield* out.flush(this.sys);
      } catch (error) {
        this.setErrno(error);
      }
    }
  }

  noteDepth(code: Code): void {
    this.deepest += 100;
    if (this.deepest === 100 && this.warns("recursion")) this.warn(code.name === "__ANON__" ? "Deep recursion on anonymous subroutine" : `Deep recursion on subroutine "${code.pkg}::${code.name}"`);
  }

  /** of the list that a builtin got, when it is one array */
  elementNames: ((index: number) => NameOf) | undefined;
  /** variables with texts that were taken for numbers, and told */
  readonly numified = new Set<string>();
  deepest = 0;
  lastPattern: PerlPattern | undefined;
  lastStat: Stat | undefined;
  handleName: string | undefined;
  selectedGlob: Glob | undefined;
  evalCount = 0;
  stateCount = 0;
  passwdAt = 0;
  wantsFlush = false;
  warnsOnce = false;
  /** -n or -p */
  loopSwitch = false;
  argvState: "new" | "reading" | "ended" = "new";
  argvLines = 0;
  hadArgvFailure = false;
  inPlace: string | undefined;
  inPlaceOutput: Handle | undefined;
  includePath: readonly string[] = [];
  readonly declaredPackages = new Set<string>(["main", "UNIVERSAL", "CORE"]);
  readonly arrayIterators = new WeakMap<PerlArray, number>();
  readonly ignoredBySystem = new Set<number>();

  // ---- messages

  /** " at FILE line N.\n", with the last handle read. */
  place(at: Place = this.at): string {
    const handle = this.lastRead;
    const read = handle?.isOpen && handle.lines > 0 ? `, <${this.lastReadName}> ${text(this.inputSeparator.v) === "\n" ? "line" : "chunk"} ${handle.lines}` : "";
    return at.line === 0 ? `${read}.\n` : ` at ${at.file} line ${at.line}${read}.\n`;
  }

  warns(category?: string): boolean {
    const { pragmas } = this.at;
    return (pragmas.warnings || this.warnSwitch) && (category === undefined || !pragmas.quiet.has(category));
  }

  /** A warning of ours at the current statement. */
  warn(message: string): void {
    if (this.at.pragmas.fatal) throw new PerlError(message);
    this.warnText(`${message}${this.place()}`);
  }

  warnText(message: string): void {
    this.#warnings.push(message);
    this.budget = Math.min(this.budget, 0);
  }

  *settle(): Run<void> {
    const done = OPS_AT_ONCE - this.budget;
    this.budget = OPS_AT_ONCE;
    if (this.#warnings.length > 0) yield* this.showWarnings();
    if (this.made > 65536 && this.#heap.look(this, this.made)) this.made = 0;
    if (this.sys.charge(Math.ceil(done / OPS_PER_STEP))) yield* this.rest();
  }

  *rest(): Run<void> {
    yield* this.sys.preempt();
    yield* this.deliverSignals();
  }

  *showWarnings(): Run<void> {
    const warnings = this.#warnings;
    this.#warnings = [];
    for (const message of warnings) {
      const hook = this.hook("__WARN__");
      if (hook && !this.#inHook) {
        this.#inHook = true;
        try {
          yield* this.call(hook, [new Plain(message)], "scalar");
        } finally {
          this.#inHook = false;
        }
      } else {
        yield* this.writeError(message);
      }
    }
  }
  #inHook = false;

  *writeError(message: string): Run<void> {
    const handle = this.glob("main::STDERR").io;
    if (!handle?.isOpen) return;
    handle.put(message, () => undefined);
    try {
      yield* handle.flush(this.sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *deliverSignals(): Run<void> {
    for (const signal of this.sys.takeSignals()) {
      const handler = this.signalHandlers.get(signal);
      if (handler) {
        const name = (Object.entries(SIGNALS).find(([, number]) => number === signal)?.[0] ?? String(signal));
        const kept = { at: this.at, match: this.match };
        yield* this.call(handler, [new Plain(name)], "scalar");
        this.at = kept.at;
        this.match = kept.match;
      }
    }
  }

  /** Pays for work done in one closure: as many ops. */
  spend(units: number): void {
    this.budget -= units;
  }

  /** Containers that were made, or text as long as so many of them. */
  hold(units: number): void {
    this.made += units;
  }

  /** Memory that stays: long strings and large arrays, before they are made. */
  reserve(bytes: number, what = "perl:util:safesysrealloc"): void {
    if (bytes >= 1 << 16) this.#heap.reserve(this, bytes, what);
  }
  readonly #heap = new Heap();

  // ---- errors of the system

  /** the undefined scalar whose value is about to be dereferenced: a fresh array or hash is put there */
  vivify: Scalar | undefined;
  hashSeed = 0x811c9dc5;

  /** Without overloading. */
  truth(value: Value): boolean {
    return truthy(value);
  }

  /** `Argument "abc" isn't numeric` */
  checkNumeric(value: Value, operation: string): void {
    if (typeof value !== "string" || !this.warns("numeric") || looksLikeNumber(value)) return;
    this.warn(`Argument "${quoted(value)}" isn't numeric in ${operation}`);
  }

  pushText(value: Value): void | Run<void> {
    const made = stringOf(this, value);
    if (typeof made === "string") this.stack.push(made);
    else return pushResult(this, made);
  }

  setErrno(error: unknown): void {
    if (!(error instanceof SysError)) throw error;
    this.errno.value = errnoNumber(error.errno);
  }

  *flushAll(): Run<void> {
    for (const handle of this.handles) {
      if (handle.output === "" || !handle.isOpen) continue;
      try {
        yield* handle.flush(this.sys);
      } catch (error) {
        this.setErrno(error);
      }
    }
  }

  magic(fullName: string, get: () => Value, set?: (value: Value) => void): void {
    this.glob(fullName).scalar = new Magic(get, set);
  }
}


function quoted(value: string): string {
  let out = "";
  for (const c of value.slice(0, 32)) {
    const code = c.charCodeAt(0);
    out += c === "\n" ? "\\n" : c === "\t" ? "\\t" : c === "\\" ? "\\\\" : code < 32 ? `\\${code.toString(8)}` : code > 255 ? `\\x{${code.toString(16)}}` : c;
  }
  return value.length > 32 ? `${out}"...` : out;
}
