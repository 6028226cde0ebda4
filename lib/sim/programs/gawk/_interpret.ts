// Runs a gawk program: BEGIN, the records of the files with BEGINFILE and ENDFILE around each, END. Statements are pieces of code (_code.ts) that say how they ended.
// (More than 400 lines: the run's one state, and a case for each kind of statement.)

import { type Blocking, O, S, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { GawkArray } from "./_array.ts";
import { Completion } from "../kit/awk/completion.ts";
import type { Expression, Redirection, Rule, Statement, SwitchCase } from "../kit/awk/syntax-tree.ts";
import { type Code, evaluate, plain, waiting, with1, withAll } from "./_code.ts";
import { Compiler, type Host, Transfer } from "./_compile.ts";
import { GawkFatalError } from "./_format.ts";
import { stringEscapes } from "./_lexicon.ts";
import { RecordReader, type RecordSeparator } from "../kit/record-reader.ts";
import type { Runtime } from "./_runtime.ts";
import { comparable, InputText, toNumber, TypedRegex, type Value } from "./_value.ts";

const { NORMAL, BREAK, CONTINUE, NEXT, NEXTFILE, EXIT, RETURN } = Completion;

interface RuleCode {
  readonly rule: Rule;
  readonly pattern: Code<boolean> | undefined;
  readonly until: Code<boolean> | undefined;
  readonly action: Code<number> | undefined;
  active: boolean;
}

export class Interpreter implements Host {
  readonly #runtime: Runtime;
  readonly #code: Compiler;
  readonly #bodies = new Map<string, Code<number>>();
  readonly #separator: () => RecordSeparator;
  readonly #beginFile: readonly Code<number>[];
  readonly #endFile: readonly Code<number>[];
  #operand = 1;
  #main: { readonly reader: RecordReader; readonly fd: number } | undefined;
  #mainEnded = false;
  #readFile = false;
  #loops = 0;

  constructor(runtime: Runtime, separator: () => RecordSeparator) {
    this.#runtime = runtime;
    this.#separator = separator;
    this.#code = new Compiler(runtime, this);
    this.#beginFile = runtime.program.beginFile.map((one) => this.#statement(one));
    this.#endFile = runtime.program.endFile.map((one) => this.#statement(one));
  }

  *run(): Blocking<number> {
    const runtime = this.#runtime;
    const { program, io } = runtime;
    let completion: number = NORMAL;
    for (const block of program.begin) {
      completion = yield* this.#block(this.#statement(block));
      if (completion === EXIT) break;
    }
    const reads = program.rules.length > 0 || program.end.length > 0 || program.beginFile.length > 0 || program.endFile.length > 0;
    if (completion !== EXIT && reads) completion = yield* this.#records();
    for (const block of program.end) {
      if ((yield* this.#block(this.#statement(block))) === EXIT) break;
    }
    if (io.out.full) yield* io.out.flush();
    yield* runtime.sayWarnings();
    yield* runtime.streams.closeAll();
    return runtime.exitStatus & 0xff;
  }

  /** A transfer out of a function ends the block as the statement itself would. */
  *#block(code: Code<number>): Blocking<number> {
    try {
      return yield* evaluate(code);
    } catch (error) {
      if (error instanceof Transfer) {
        this.#runtime.locals = [];
        this.#runtime.depth = 0;
        return error.completion;
      }
      throw error;
    }
  }

  *charge(): Blocking<void> {
    const runtime = this.#runtime;
    const { sys, out } = runtime.io;
    const steps = 1 + (runtime.work >> 8);
    runtime.work = 0;
    if (runtime.hasWarnings) yield* runtime.sayWarnings();
    if (sys.charge(steps)) yield* sys.preempt();
    if (out.full) yield* out.flush();
  }

  *runBody(name: string): Blocking<number> {
    let body = this.#bodies.get(name);
    if (!body) {
      const callee = this.#runtime.program.functions.get(name);
      body = callee ? this.#statement(callee.body) : plain(() => NORMAL);
      this.#bodies.set(name, body);
    }
    return yield* evaluate(body);
  }

  // ---- records

  *#records(): Blocking<number> {
    const runtime = this.#runtime;
    const rules = runtime.program.rules.map((rule): RuleCode => ({
      rule, active: false,
      pattern: rule.pattern && this.#code.condition(rule.pattern),
      until: rule.until && this.#code.condition(rule.until),
      action: rule.action && this.#statement(rule.action),
    }));
    for (;;) {
      let record: string | undefined;
      try {
        record = yield* this.nextRecord();
      } catch (error) {
        if (error instanceof Transfer && error.completion === EXIT) return EXIT;
        throw error;
      }
      if (record === undefined) return NORMAL;
      runtime.nr++;
      runtime.fnr++;
      runtime.setRecord(runtime.read(record));
      for (const rule of rules) {
        const { counts } = runtime;
        counts?.set(rule.rule, (counts.get(rule.rule) ?? 0) + 1);
        if (!(yield* this.#applies(rule))) continue;
        let completion: number = NORMAL;
        if (rule.action) completion = yield* this.#block(rule.action);
        else {
          const shown = rule.rule.pattern ?? rule.rule;
          counts?.set(shown, (counts.get(shown) ?? 0) + 1);
          runtime.put(runtime.recordText() + runtime.ors);
        }
        if (completion === NORMAL) continue;
        if (completion === EXIT) return completion;
        if (completion === NEXTFILE && (yield* this.#endOfFile()) === EXIT) return EXIT;
        break;
      }
      runtime.work += 64 + record.length;
      yield* this.charge();
    }
  }

  *#applies(rule: RuleCode): Blocking<boolean> {
    const { pattern, until } = rule;
    if (!until) return pattern === undefined || (pattern.waits ? yield* pattern.at() : pattern.at());
    if (!rule.active) {
      if (!pattern || !(yield* evaluate(pattern))) return false;
      rule.active = true;
    }
    if (yield* evaluate(until)) rule.active = false;
    return true;
  }

  *#endOfFile(): Blocking<number> {
    if (this.#main && this.#main.fd !== 0) this.#runtime.io.sys.close(this.#main.fd);
    this.#main = undefined;
    for (const block of this.#endFile) if ((yield* this.#block(block)) === EXIT) return EXIT;
    return NORMAL;
  }

  *nextRecord(): Blocking<string | undefined> {
    const runtime = this.#runtime;
    for (;;) {
      if (!this.#main && !(yield* this.#openNext())) return undefined;
      if (!this.#main) return undefined;
      const { reader } = this.#main;
      let record: string | undefined;
      try {
        record = yield* reader.next();
      } catch (error) {
        if (error instanceof SysError) throw new GawkFatalError(`error reading input file \`${runtime.native(runtime.filename)}': ${error.message}`);
        throw error;
      }
      if (record !== undefined) {
        runtime.setGlobal("RT", runtime.read(reader.terminator));
        return record;
      }
      if ((yield* this.#endOfFile()) === EXIT) throw new Transfer(EXIT);
    }
  }

  /** BEGINFILE: false when it says nextfile. */
  *#startOfFile(): Blocking<boolean> {
    for (const block of this.#beginFile) {
      const completion = yield* this.#block(block);
      if (completion === EXIT) throw new Transfer(EXIT);
      if (completion === NEXTFILE) return false;
    }
    return true;
  }

  /** The next operand that is a file; assignments on the way are made. */
  *#openNext(): Blocking<boolean> {
    const runtime = this.#runtime;
    if (this.#mainEnded) return false;
    const argv = runtime.globalArray("ARGV");
    for (;;) {
      const argc = toNumber(runtime.getGlobal("ARGC"));
      if (this.#operand >= argc) break;
      const at = String(this.#operand++);
      const held = argv.has(at) ? argv.get(at) : "";
      const operand = held instanceof GawkArray ? "" : runtime.text(held);
      if (operand === "") continue;
      if (assignOperand(runtime, operand)) continue;
      this.#readFile = true;
      runtime.setGlobal("ARGIND", Number(at));
      if (yield* this.#open(operand)) return true;
    }
    this.#mainEnded = true;
    if (this.#readFile) return false;
    this.#readFile = true;
    runtime.setGlobal("FILENAME", "-");
    runtime.fnr = 0;
    this.#main = { reader: new RecordReader(runtime.io.stdin, this.#separator), fd: 0 };
    if (!(yield* this.#startOfFile())) yield* this.#endOfFile();
    return this.#main !== undefined;
  }

  *#open(operand: string): Blocking<boolean> {
    const runtime = this.#runtime;
    const { sys } = runtime.io;
    runtime.fnr = 0;
    runtime.setGlobal("FILENAME", operand);
    runtime.setGlobal("ERRNO", "");
    let fd = operand === "-" || operand === "/dev/stdin" ? 0 : -1;
    let trouble: SysError | undefined;
    if (fd < 0) {
      try {
        const special = /^\/dev\/fd\/(\d{1,4})$/.exec(operand);
        fd = special ? Number(special[1]) : yield* sys.open(runtime.native(operand), O.RDONLY | O.CLOEXEC);
        if ((sys.fstat(fd).mode & S.IFMT) === S.IFDIR) {
          sys.close(fd);
          trouble = new SysError("EISDIR");
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        trouble = error;
      }
    }
    if (trouble) runtime.setGlobal("ERRNO", trouble.message);
    else this.#main = { reader: new RecordReader(fd === 0 ? runtime.io.stdin : new Input(sys, fd, runtime.io.out), this.#separator), fd };
    const wanted = yield* this.#startOfFile();
    if (!wanted) {
      if (this.#main && !trouble && (yield* this.#endOfFile()) === EXIT) throw new Transfer(EXIT);
      return false;
    }
    if (!trouble) return true;
    if (trouble.errno === "EISDIR") {
      if (runtime.dialect.posix || runtime.dialect.traditional) throw new GawkFatalError(`command line argument \`${runtime.native(operand)}' is a directory`);
      yield* runtime.io.stderr(`${runtime.io.argv0}: warning: command line argument \`${runtime.native(operand)}' is a directory: skipped\n`);
      return false;
    }
    throw new GawkFatalError(`cannot open file \`${runtime.native(operand)}' for reading: ${trouble.message}`);
  }

  // ---- statements

  #statement(node: Statement): Code<number> {
    const { line, file } = node;
    const runtime = this.#runtime;
    const code = this.#counted(node, this.#compile(node));
    if (node.kind === "block") return code;
    if (!code.waits) {
      const { at } = code;
      return plain(() => {
        runtime.line = line;
        runtime.file = file;
        return at();
      });
    }
    const { at } = code;
    return waiting(function* () {
      runtime.line = line;
      runtime.file = file;
      return yield* at();
    });
  }

  /** For a profile. */
  #counted(node: Statement, code: Code<number>): Code<number> {
    const { counts } = this.#runtime;
    if (!counts) return code;
    const count = (): void => {
      counts.set(node, (counts.get(node) ?? 0) + 1);
    };
    if (!code.waits) {
      const { at } = code;
      return plain(() => {
        count();
        return at();
      });
    }
    const { at } = code;
    return waiting(function* () {
      count();
      return yield* at();
    });
  }

  #compile(node: Statement): Code<number> {
    const runtime = this.#runtime;
    switch (node.kind) {
      case "expression":
        return with1(this.#code.expression(node.expression), () => NORMAL);
      case "print": {
        const values = withAll(node.args.map((one) => this.#code.expression(one)), (list) => (node.args.length === 0 ? runtime.recordText() : list.map((value) => runtime.shown(value)).join(runtime.ofs)) + runtime.ors);
        return this.#put(node.redirection, values);
      }
      case "printf": {
        const values = withAll(node.args.map((one) => this.#code.expression(one)), ([format, ...rest]) => runtime.format(runtime.text(format), rest));
        return this.#put(node.redirection, values);
      }
      case "block":
        return this.#sequence(node.body);
      case "if": {
        const test = this.#code.condition(node.test);
        const yes = this.#statement(node.yes);
        const no = node.no ? this.#statement(node.no) : plain(() => NORMAL);
        if (!test.waits && !yes.waits && !no.waits) return plain(() => (test.at() ? yes.at() : no.at()));
        return waiting(function* () {
          return yield* evaluate((yield* evaluate(test)) ? yes : no);
        });
      }
      case "while":
        return this.#loop(undefined, node.test, undefined, node.body, false);
      case "do":
        return this.#loop(undefined, node.test, undefined, node.body, true);
      case "for":
        return this.#loop(node.first, node.test, node.step, node.body, false);
      case "for-in":
        return this.#forIn(node);
      case "switch":
        return this.#switch(node.subject, node.cases);
      case "break":
        return plain(() => BREAK);
      case "continue":
        return plain(() => CONTINUE);
      case "next":
        return plain(() => NEXT);
      case "nextfile":
        return plain(() => NEXTFILE);
      case "exit":
        return node.status ? with1(this.#code.expression(node.status), (value) => {
          runtime.exitStatus = Math.trunc(toNumber(value));
          return EXIT;
        }) : plain(() => EXIT);
      case "return":
        return node.value ? with1(this.#code.expression(node.value), (value) => {
          runtime.returned = value;
          return RETURN;
        }) : plain(() => {
          runtime.returned = undefined;
          return RETURN;
        });
      case "delete": {
        const { target } = node;
        if (target.kind === "variable") return with1(this.#code.array(target), (array) => {
          array.clear();
          return NORMAL;
        });
        return with1(withAll<GawkArray | string, readonly (GawkArray | string)[]>([this.#code.array(target.array), this.#code.key(target.index)], (both) => both), ([array, key]) => {
          if (array instanceof GawkArray && typeof key === "string") array.delete(key);
          return NORMAL;
        });
      }
    }
  }

  #sequence(body: readonly Statement[]): Code<number> {
    const codes = body.map((one) => this.#statement(one));
    if (codes.every((one) => !one.waits)) {
      return plain(() => {
        for (const code of codes) {
          const completion = code.waits ? NORMAL : code.at();
          if (completion !== NORMAL) return completion;
        }
        return NORMAL;
      });
    }
    return waiting(function* () {
      for (const code of codes) {
        const completion = code.waits ? yield* code.at() : code.at();
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    });
  }

  #put(redirection: Redirection | undefined, text: Code<string>): Code<number> {
    const runtime = this.#runtime;
    const { out } = runtime.io;
    if (!redirection) {
      if (!text.waits) {
        const { at } = text;
        return plain(() => {
          runtime.put(at());
          return NORMAL;
        });
      }
      return waiting(function* () {
        runtime.put(yield* text.at());
        if (out.full) yield* out.flush();
        return NORMAL;
      });
    }
    const target = this.#code.expression(redirection.target);
    const { kind } = redirection;
    return waiting(function* () {
      const shown = yield* evaluate(text);
      const name = runtime.text(yield* evaluate(target));
      if (runtime.dialect.sandbox) throw new GawkFatalError("redirection not allowed in sandbox mode");
      if (name === "") throw new GawkFatalError(`expression for \`${kind}' redirection has null string value`);
      try {
        const stream = yield* runtime.streams.output(kind, name);
        if (runtime.dialect.bytes) stream.putLatin1(shown);
        else stream.put(shown);
        yield* runtime.streams.wrote(stream, kind);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new GawkFatalError(kind === "|" || kind === "|&" ? `cannot open ${kind === "|&" ? "two way " : ""}pipe \`${runtime.native(name)}' for ${kind === "|&" ? "input/" : ""}output: ${error.message}` : `cannot redirect to \`${runtime.native(name)}': ${error.message}`);
      }
      return NORMAL;
    });
  }

  #loop(first: Statement | undefined, test: Expression | undefined, step: Statement | undefined, body: Statement, bodyFirst: boolean): Code<number> {
    const runtime = this.#runtime;
    const begin = first && this.#statement(first);
    const condition = test ? this.#code.condition(test) : plain(() => true);
    const next = step && this.#statement(step);
    const inner = this.#statement(body);
    const interpreter = this;
    return waiting(function* () {
      if (begin) yield* evaluate(begin);
      for (let skipTest = bodyFirst; ; skipTest = false) {
        if (!skipTest && !(condition.waits ? yield* condition.at() : condition.at())) return NORMAL;
        const completion = inner.waits ? yield* inner.at() : inner.at();
        if (completion === BREAK) return NORMAL;
        if (completion !== NORMAL && completion !== CONTINUE) return completion;
        if (next) {
          if (next.waits) yield* next.at();
          else next.at();
        }
        if ((++interpreter.#loops & 15) === 0) {
          runtime.work += 512;
          yield* interpreter.charge();
        }
      }
    });
  }

  #forIn(node: Extract<Statement, { kind: "for-in" }>): Code<number> {
    const runtime = this.#runtime;
    const set = this.#code.setter(node.variable);
    const array = this.#code.array(node.array);
    const body = this.#statement(node.body);
    const interpreter = this;
    return waiting(function* () {
      for (const key of yield* interpreter.#code.keys(yield* evaluate(array))) {
        set(new InputText(key));
        const completion = body.waits ? yield* body.at() : body.at();
        if (completion === BREAK) return NORMAL;
        if (completion !== NORMAL && completion !== CONTINUE) return completion;
        if ((++interpreter.#loops & 15) === 0) {
          runtime.work += 512;
          yield* interpreter.charge();
        }
      }
      return NORMAL;
    });
  }

  /** Texts are compared as texts, numbers with what is a number; an expression is matched. Without a break the next case follows. */
  #switch(subject: Expression, cases: readonly SwitchCase[]): Code<number> {
    const runtime = this.#runtime;
    const value = this.#code.expression(subject);
    const compiled = cases.map((one) => ({ value: one.value, code: one.value && one.value.kind !== "regex" ? this.#code.expression(one.value) : undefined, body: this.#sequence(one.body), statements: one.body }));
    const fits = (given: Value, wanted: Value): boolean => {
      if (wanted instanceof TypedRegex) return runtime.matches(runtime.regex(wanted.source), runtime.text(given));
      if (typeof wanted === "number") return comparable(given) === wanted;
      return typeof given === "string" || given instanceof InputText ? runtime.compareTexts(runtime.text(given), runtime.text(wanted)) === 0 : false;
    };
    return waiting(function* () {
      const given = yield* evaluate(value);
      let at = -1;
      for (const [i, one] of compiled.entries()) {
        if (!one.value) continue;
        if (one.value.kind === "regex" ? runtime.matches(runtime.regex(one.value.source), runtime.text(given)) : one.code && fits(given, yield* evaluate(one.code))) {
          at = i;
          break;
        }
      }
      if (at < 0) at = compiled.findIndex((one) => !one.value);
      if (at < 0) return NORMAL;
      for (const { body, statements } of compiled.slice(at)) {
        runtime.counts?.set(statements, (runtime.counts.get(statements) ?? 0) + 1);
        const completion = yield* evaluate(body);
        if (completion === BREAK) return NORMAL;
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    });
  }
}

/** "name=value" among the operands or after -v; false when the word is none. */
export function assignOperand(runtime: Runtime, word: string): boolean {
  const found = /^((?:[A-Za-z_][A-Za-z_0-9]*::)?[A-Za-z_][A-Za-z_0-9]*)=([\s\S]*)$/.exec(word);
  if (!found) return false;
  const name = (found[1] ?? "").replace(/^awk::/, "");
  if (runtime.program.functions.has(name)) throw new GawkFatalError(`cannot use function name \`${name}' as variable name`);
  runtime.setGlobal(name, new InputText(stringEscapes(found[2] ?? "", runtime.dialect.bytes, (c) => runtime.warn(`escape sequence \`\\${c}' treated as plain \`${c}'`))));
  return true;
}

