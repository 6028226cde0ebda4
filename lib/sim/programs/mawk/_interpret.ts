// Runs a program: BEGIN, the records, END. Nodes that may wait (marked by _resolve.ts) are walked here in generators; the rest are closures.
// (More than 400 lines: the run's one state, and a case for each thing that a program can do with it.)

import { type Blocking, daysFromCivil, O, S, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { epochOfLocal, readZone, UTC } from "../kit/zones.ts";
import type { AwkArray } from "./_array.ts";
import { Completion } from "../kit/awk/completion.ts";
import { arithmetic, holds } from "../kit/awk/operators.ts";
import { statusNumber } from "../kit/awk/status.ts";
import type { Expression, Lvalue, Redirection, Statement } from "../kit/awk/syntax-tree.ts";
import { Compiler, TooDeepError } from "./_compile.ts";
import { stringEscapes } from "./_lexicon.ts";
import { callBuiltin, matches, matchFunction, regexOf, split, substitute } from "./_operations.ts";
import { RecordReader } from "../kit/record-reader.ts";
import { itemKey, type Runtime } from "./_runtime.ts";
import { AwkFatalError } from "./_streams.ts";
import { InputText, toBoolean, toNumber, type Value } from "./_value.ts";

/** From here on the keys of an array are sorted while others run. */
const MANY_ELEMENTS = 2048;

export class Interpreter {
  readonly #runtime: Runtime;
  readonly #code: Compiler;
  readonly #rangeActive: boolean[] = [];
  #operand = 1;
  #main: { readonly reader: RecordReader; readonly fd: number } | undefined;
  #mainEnded = false;
  #readFile = false;
  #loops = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#code = new Compiler(runtime);
  }

  *run(): Blocking<number> {
    const runtime = this.#runtime;
    const { program, io } = runtime;
    let completion: number = Completion.NORMAL;
    for (const block of program.begin) {
      completion = yield* this.#statement(block);
      if (completion === Completion.EXIT) break;
    }
    if (completion !== Completion.EXIT && (program.rules.length > 0 || program.end.length > 0)) completion = yield* this.#records();
    if (completion !== Completion.EXIT || program.end.length > 0) {
      for (const block of completion === Completion.EXIT && program.rules.length === 0 && program.begin.length > 0 && program.end.length === 0 ? [] : program.end) {
        if ((yield* this.#statement(block)) === Completion.EXIT) break;
      }
    }
    if (io.out.full) yield* io.out.flush();
    yield* runtime.streams.closeAll();
    return runtime.exitStatus & 0xff;
  }

  *#manyKeys(array: AwkArray): Blocking<string[]> {
    const sorting = array.keysInTurns();
    for (;;) {
      const turn = sorting.next();
      if (turn.done) return turn.value;
      this.#runtime.work += turn.value << 5;
      yield* this.#charge();
    }
  }

  *#charge(): Blocking<void> {
    const runtime = this.#runtime;
    const { sys, out } = runtime.io;
    const steps = 1 + (runtime.work >> 8);
    runtime.work = 0;
    if (sys.charge(steps)) yield* sys.preempt();
    if (out.full) yield* out.flush();
  }

  // ---- records

  *#records(): Blocking<number> {
    const runtime = this.#runtime;
    const rules = runtime.program.rules.map((rule, i) => ({
      rule, index: i,
      pattern: rule.pattern && !rule.pattern.blocks ? this.#code.condition(rule.pattern) : undefined,
      action: rule.action && !rule.action.blocks ? this.#code.statement(rule.action) : undefined,
    }));
    for (;;) {
      const record = this.#main?.reader.ready() ?? (yield* this.#nextRecord());
      if (record === undefined) return Completion.NORMAL;
      runtime.nr++;
      runtime.fnr++;
      runtime.setRecord(record);
      for (const { rule, index, pattern, action } of rules) {
        if (rule.until) {
          if (!(yield* this.#inRange(index, rule.pattern, rule.until))) continue;
        } else if (rule.pattern && !(pattern ? pattern() : toBoolean(yield* this.#value(rule.pattern)))) continue;
        let completion: number;
        if (action) completion = action();
        else if (rule.action) completion = yield* this.#statement(rule.action);
        else {
          runtime.io.out.putLatin1(runtime.recordText() + runtime.ors);
          completion = Completion.NORMAL;
        }
        if (completion === Completion.NORMAL) continue;
        if (completion === Completion.EXIT) return completion;
        if (completion === Completion.NEXTFILE) this.#closeMain();
        break;
      }
      runtime.work += 64 + record.length;
      yield* this.#charge();
    }
  }

  *#inRange(index: number, first: Expression | undefined, until: Expression): Blocking<boolean> {
    if (!this.#rangeActive[index]) {
      if (!first || !toBoolean(yield* this.#value(first))) return false;
      this.#rangeActive[index] = true;
    }
    if (toBoolean(yield* this.#value(until))) this.#rangeActive[index] = false;
    return true;
  }

  #closeMain(): void {
    if (this.#main && this.#main.fd !== 0) this.#runtime.io.sys.close(this.#main.fd);
    this.#main = undefined;
  }

  *#nextRecord(): Blocking<string | undefined> {
    for (;;) {
      if (!this.#main && !(yield* this.#openNext())) return undefined;
      if (!this.#main) return undefined;
      let record: string | undefined;
      try {
        record = yield* this.#main.reader.next();
      } catch (error) {
        if (error instanceof SysError) throw new AwkFatalError(`read error (${error.message})`);
        throw error;
      }
      if (record !== undefined) return record;
      this.#closeMain();
    }
  }

  /** The next operand that is a file; assignments on the way are made. */
  *#openNext(): Blocking<boolean> {
    const runtime = this.#runtime;
    const { sys } = runtime.io;
    if (this.#mainEnded) return false;
    const argv = runtime.globalArray("ARGV");
    for (;;) {
      const argc = toNumber(runtime.getGlobal("ARGC"));
      if (this.#operand >= argc) break;
      const operand = argv?.has(String(this.#operand), true) ? runtime.text(argv.get(String(this.#operand), true)) : "";
      this.#operand++;
      if (operand === "") continue;
      if (assignOperand(runtime, operand)) continue;
      this.#readFile = true;
      runtime.fnr = 0;
      runtime.setGlobal("FILENAME", operand);
      if (operand === "-" || operand === "/dev/stdin") {
        this.#main = { reader: new RecordReader(runtime.io.stdin, this.#rs), fd: 0 };
        return true;
      }
      const name = textOfLatin1(operand);
      try {
        const fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
        if ((sys.fstat(fd).mode & S.IFMT) === S.IFDIR) throw new AwkFatalError("read error (Is a directory)");
        this.#main = { reader: new RecordReader(new Input(sys, fd, runtime.io.out), this.#rs), fd };
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new AwkFatalError(`cannot open ${name} (${error.message})`);
      }
    }
    this.#mainEnded = true;
    if (this.#readFile) return false;
    this.#readFile = true;
    runtime.setGlobal("FILENAME", "-");
    this.#main = { reader: new RecordReader(runtime.io.stdin, this.#rs), fd: 0 };
    return true;
  }

  readonly #rs = () => this.#runtime.recordSeparator;

  // ---- statements

  *#statement(node: Statement): Blocking<number> {
    if (!node.blocks) return this.#code.statement(node)();
    const runtime = this.#runtime;
    const { NORMAL, BREAK, CONTINUE } = Completion;
    switch (node.kind) {
      case "expression":
        yield* this.#value(node.expression);
        return NORMAL;
      case "print": {
        const parts: string[] = [];
        for (const arg of node.args) parts.push(runtime.shown(yield* this.#value(arg)));
        yield* this.#put(node.redirection, (node.args.length === 0 ? runtime.recordText() : parts.join(runtime.ofs)) + runtime.ors);
        return NORMAL;
      }
      case "printf": {
        const values: Value[] = [];
        for (const arg of node.args) values.push(yield* this.#value(arg));
        yield* this.#put(node.redirection, runtime.format(runtime.text(values[0]), values.slice(1), "printf"));
        return NORMAL;
      }
      case "block":
        for (const one of node.body) {
          const completion = one.blocks ? yield* this.#statement(one) : this.#code.statement(one)();
          if (completion !== NORMAL) return completion;
        }
        return NORMAL;
      case "if": {
        const test = node.test.blocks ? toBoolean(yield* this.#value(node.test)) : this.#code.condition(node.test)();
        if (test) return yield* this.#statement(node.yes);
        return node.no ? yield* this.#statement(node.no) : NORMAL;
      }
      case "while":
      case "do":
      case "for": {
        if (node.kind === "for" && node.first) yield* this.#statement(node.first);
        const test = node.test && !node.test.blocks ? this.#code.condition(node.test) : undefined;
        const step = node.kind === "for" ? node.step : undefined;
        const stepCode = step && !step.blocks ? this.#code.statement(step) : undefined;
        const body = node.body.blocks ? undefined : this.#code.statement(node.body);
        for (let first = node.kind === "do"; ; first = false) {
          if (!first && node.test && !(test ? test() : toBoolean(yield* this.#value(node.test)))) return NORMAL;
          const completion = body ? body() : yield* this.#statement(node.body);
          if (completion !== NORMAL && completion !== CONTINUE) {
            if (completion === BREAK) return NORMAL;
            return completion;
          }
          if (stepCode) stepCode();
          else if (step) yield* this.#statement(step);
          if ((++this.#loops & 15) === 0) {
            runtime.work += 512;
            yield* this.#charge();
          }
        }
      }
      case "for-in": {
        const set = this.#code.setter(node.variable);
        const array = this.#code.array(node.array);
        const body = node.body.blocks ? undefined : this.#code.statement(node.body);
        const keys = array.size > MANY_ELEMENTS ? yield* this.#manyKeys(array) : array.keys();
        runtime.work += keys.length << 4;
        for (const key of keys) {
          set(key);
          const completion = body ? body() : yield* this.#statement(node.body);
          if (completion !== NORMAL && completion !== CONTINUE) {
            if (completion === BREAK) return NORMAL;
            return completion;
          }
          if ((++this.#loops & 15) === 0) {
            runtime.work += 512;
            yield* this.#charge();
          }
        }
        return NORMAL;
      }
      case "exit":
        if (node.status) runtime.exitStatus = toNumber(yield* this.#value(node.status));
        return Completion.EXIT;
      case "return":
        runtime.returned = node.value ? yield* this.#value(node.value) : undefined;
        return Completion.RETURN;
      case "delete": {
        if (node.target.kind === "variable") return NORMAL;
        const { key, byNumber } = yield* this.#key(node.target.index);
        this.#code.array(node.target.array).delete(key, byNumber);
        return NORMAL;
      }
      default:
        return NORMAL;
    }
  }

  *#put(redirection: Redirection | undefined, text: string): Blocking<void> {
    const runtime = this.#runtime;
    if (!redirection) {
      runtime.io.out.putLatin1(text);
      if (runtime.io.out.full) yield* runtime.io.out.flush();
      return;
    }
    const target = runtime.text(yield* this.#value(redirection.target));
    const out = yield* runtime.streams.output(redirection.kind, target);
    out.putLatin1(text);
    yield* runtime.streams.wrote(out);
  }

  // ---- expressions

  *#key(index: readonly Expression[]): Blocking<{ readonly key: string; readonly byNumber: boolean }> {
    const values: Value[] = [];
    for (const one of index) values.push(yield* this.#value(one));
    return values.length === 1 ? itemKey(this.#runtime, values[0]) : { key: this.#runtime.key(values), byNumber: false };
  }

  /** Evaluates the target's own expressions once; then it can be read and assigned to. */
  *#place(target: Lvalue): Blocking<{ get(): Value; set(value: Value): void }> {
    const runtime = this.#runtime;
    switch (target.kind) {
      case "variable": {
        const code = this.#code.expression(target);
        return { get: () => code.v(), set: this.#code.setter(target) };
      }
      case "field": {
        const index = toNumber(yield* this.#value(target.index));
        return { get: () => runtime.field(index), set: (value) => runtime.setField(index, value) };
      }
      case "item": {
        const { key, byNumber } = yield* this.#key(target.index);
        const array = this.#code.array(target.array);
        return { get: () => array.get(key, byNumber), set: (value) => array.set(key, value, byNumber) };
      }
    }
  }

  *#value(node: Expression): Blocking<Value> {
    if (!node.blocks) return this.#code.expression(node).v();
    const runtime = this.#runtime;
    switch (node.kind) {
      case "field":
        return runtime.field(toNumber(yield* this.#value(node.index)));
      case "item": {
        const { key, byNumber } = yield* this.#key(node.index);
        return this.#code.array(node.array).get(key, byNumber);
      }
      case "assign": {
        if (node.operator === "=") {
          const value = yield* this.#value(node.value);
          (yield* this.#place(node.target)).set(value);
          return value;
        }
        const place = yield* this.#place(node.target);
        const right = toNumber(yield* this.#value(node.value));
        const result = arithmetic(node.operator, toNumber(place.get()), right);
        place.set(result);
        return result;
      }
      case "step": {
        const place = yield* this.#place(node.target);
        const old = toNumber(place.get());
        place.set(old + node.by);
        return node.prefix ? old + node.by : old;
      }
      case "condition":
        return yield* this.#value(toBoolean(yield* this.#value(node.test)) ? node.yes : node.no);
      case "logic": {
        const left = toBoolean(yield* this.#value(node.left));
        if (left === (node.operator === "||")) return left ? 1 : 0;
        return toBoolean(yield* this.#value(node.right)) ? 1 : 0;
      }
      case "binary": {
        const left = toNumber(yield* this.#value(node.left));
        return arithmetic(node.operator, left, toNumber(yield* this.#value(node.right)));
      }
      case "compare": {
        const left = yield* this.#value(node.left);
        return holds(node.operator, runtime.compare(left, yield* this.#value(node.right))) ? 1 : 0;
      }
      case "match": {
        const text = runtime.text(yield* this.#value(node.text));
        const regex = regexOf(runtime, yield* this.#pattern(node.pattern));
        return matches(runtime, regex, text) !== node.negated ? 1 : 0;
      }
      case "concat": {
        const left = runtime.text(yield* this.#value(node.left));
        return runtime.joined(left + runtime.text(yield* this.#value(node.right)));
      }
      case "unary": {
        const operand = yield* this.#value(node.operand);
        if (node.operator === "!") return toBoolean(operand) ? 0 : 1;
        return node.operator === "-" ? -toNumber(operand) : toNumber(operand);
      }
      case "in": {
        const { key, byNumber } = yield* this.#key(node.index);
        return this.#code.array(node.array).has(key, byNumber) ? 1 : 0;
      }
      case "group": {
        let last: Value;
        for (const item of node.items) last = yield* this.#value(item);
        return last;
      }
      case "builtin":
        return yield* this.#builtin(node);
      case "call":
        return yield* this.#call(node);
      case "getline":
        return yield* this.#getline(node);
      default:
        return undefined;
    }
  }

  /** A regular expression's source, not its match of $0. */
  *#pattern(node: Expression): Blocking<Value> {
    return node.kind === "regex" ? node.source : yield* this.#value(node);
  }

  *#builtin(node: Extract<Expression, { kind: "builtin" }>): Blocking<Value> {
    const runtime = this.#runtime;
    const [first, second, third] = node.args;
    switch (node.name) {
      case "system": {
        const command = runtime.text(first && (yield* this.#value(first)));
        yield* runtime.streams.flushAll();
        return statusNumber(yield* runShell(runtime.io.sys, textOfLatin1(command), "/bin/sh"));
      }
      case "close":
        return yield* runtime.streams.close(runtime.text(first && (yield* this.#value(first))));
      case "fflush": {
        if (first) {
          const name = runtime.text(yield* this.#value(first));
          if (name !== "") return yield* runtime.streams.flush(name);
        }
        yield* runtime.streams.flushAll();
        return 0;
      }
      case "length":
        if (first?.kind === "variable" && this.#code.isArray(first)) return this.#code.array(first).size;
        break;
      case "split": {
        const text = runtime.text(first && (yield* this.#value(first)));
        const separator = third ? runtime.text(yield* this.#pattern(third)) : undefined;
        return second?.kind === "variable" ? split(runtime, text, this.#code.array(second), separator) : 0;
      }
      case "sub":
      case "gsub": {
        if (!first || !second) return 0;
        const regex = regexOf(runtime, yield* this.#pattern(first));
        const replacement = runtime.text(yield* this.#value(second));
        if (third && third.kind !== "variable" && third.kind !== "field" && third.kind !== "item") {
          return substitute(runtime, regex, replacement, runtime.text(yield* this.#value(third)), node.name === "gsub").count;
        }
        const place = yield* this.#place(third ?? { kind: "field", index: { kind: "number", value: 0 } });
        const { text, count } = substitute(runtime, regex, replacement, runtime.text(place.get()), node.name === "gsub");
        if (count > 0) place.set(text);
        return count;
      }
      case "match": {
        const text = runtime.text(first && (yield* this.#value(first)));
        return matchFunction(runtime, text, regexOf(runtime, second && (yield* this.#pattern(second))));
      }
      case "strftime": {
        const format = first ? textOfLatin1(runtime.text(yield* this.#value(first))) : "%c";
        const seconds = second ? toNumber(yield* this.#value(second)) : Math.floor(runtime.io.sys.clockUs("realtime") / 1e6);
        const utc = third ? toBoolean(yield* this.#value(third)) : false;
        const zone = utc ? UTC : yield* readZone(runtime.io.sys);
        return latin1OfText(strftime(format, civilAt(zone, seconds)));
      }
      case "mktime": {
        const [year, month, day, hour, minute, second_] = runtime.text(first && (yield* this.#value(first))).trim().split(/\s+/).map(Number);
        if (second_ === undefined) return -1;
        const local = daysFromCivil(year ?? 0, month ?? 0, day ?? 0) * 86400 + (hour ?? 0) * 3600 + (minute ?? 0) * 60 + second_;
        return epochOfLocal(yield* readZone(runtime.io.sys), local);
      }
    }
    const args: Value[] = [];
    for (const arg of node.args) args.push(yield* this.#value(arg));
    return callBuiltin(runtime, node.name, args);
  }

  *#call(node: Extract<Expression, { kind: "call" }>): Blocking<Value> {
    const runtime = this.#runtime;
    const callee = runtime.program.functions.get(node.name);
    if (!callee) return undefined;
    const locals: Value[] = [];
    const localArrays: (AwkArray | undefined)[] = [];
    for (const [i, arg] of node.args.entries()) {
      if (callee.arrays.has(i) && arg.kind === "variable") localArrays[i] = this.#code.array(arg);
      else locals[i] = yield* this.#value(arg);
    }
    if (++runtime.depth > 1500) throw new TooDeepError();
    const [savedLocals, savedArrays] = [runtime.locals, runtime.localArrays];
    runtime.locals = locals;
    runtime.localArrays = localArrays;
    runtime.returned = undefined;
    if ((++this.#loops & 15) === 0) {
      runtime.work += 1024;
      yield* this.#charge();
    }
    yield* this.#statement(callee.body);
    runtime.depth--;
    runtime.locals = savedLocals;
    runtime.localArrays = savedArrays;
    const result = runtime.returned;
    runtime.returned = undefined;
    return result;
  }

  *#getline(node: Extract<Expression, { kind: "getline" }>): Blocking<Value> {
    const runtime = this.#runtime;
    let record: string | undefined;
    if (node.from === "main") {
      record = yield* this.#nextRecord();
      if (record === undefined) return 0;
      runtime.nr++;
      runtime.fnr++;
    } else {
      const source = runtime.text(node.source && (yield* this.#value(node.source)));
      const reader = yield* runtime.streams.input(node.from, source);
      if (!reader) return -1;
      record = yield* reader.next();
      if (record === undefined) return 0;
    }
    if (node.target) (yield* this.#place(node.target)).set(new InputText(record));
    else runtime.setRecord(record);
    runtime.work += 64;
    yield* this.#charge();
    return 1;
  }
}

/** "name=value" among the operands or after -v; false when the word is none. */
export function assignOperand(runtime: Runtime, word: string): boolean {
  const found = /^([A-Za-z_][A-Za-z_0-9]*)=([\s\S]*)$/.exec(word);
  if (!found) return false;
  runtime.setGlobal(found[1] ?? "", new InputText(stringEscapes(found[2] ?? "")));
  return true;
}

