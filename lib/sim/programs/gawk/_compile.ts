// Expressions of gawk as pieces of code (_code.ts).
// (More than 400 lines: a case for each kind of node and for each function with manners of its own.)

import { type Blocking, daysFromCivil, SysError } from "../../kernel/sys.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAt, strftime, timeLocale } from "../kit/time-format.ts";
import { epochOfLocal, readZone, UTC } from "../kit/zones.ts";
import { Completion } from "../kit/awk/completion.ts";
import { arithmetic, holds } from "../kit/awk/operators.ts";
import { statusNumber } from "../kit/awk/status.ts";
import { GawkArray } from "./_array.ts";
import type { Expression, Item, Lvalue, Variable } from "../kit/awk/syntax-tree.ts";
import { callBuiltin, charactersBefore, lengthOf, patternSource, substitute } from "./_builtins.ts";
import { type Code, evaluate, plain, waiting, waitingAll, with1, with2, withAll } from "./_code.ts";
import { EXTENSION_FUNCTIONS, SPECIAL_VARIABLES } from "./_dialect.ts";
import { callExtension } from "./_extensions.ts";
import { GawkFatalError } from "./_format.ts";
import { arrayIn, elementArray, elementSlot, elementValue, held, type Place, scalarIn, slotOf } from "./_places.ts";
import type { Runtime } from "./_runtime.ts";
import { sorted } from "./_sort.ts";
import { InputText, type Slot, toBoolean, toNumber, typeName, TypedRegex, UNASSIGNED, type Value } from "./_value.ts";

/** next, nextfile and exit inside a function that an expression called. */
export class Transfer extends Error {
  readonly completion: number;
  constructor(completion: number) {
    super();
    this.completion = completion;
  }
}

const MAX_DEPTH = 1000;

/** What expressions need of the run around them. */
export interface Host {
  /** The next record of the main input; RT is set. */
  nextRecord(): Blocking<string | undefined>;
  charge(): Blocking<void>;
  /** Runs a function's body; how it ended. */
  runBody(name: string): Blocking<number>;
}

export class Compiler {
  readonly #runtime: Runtime;
  readonly #host: Host;
  #calls = 0;

  constructor(runtime: Runtime, host: Host) {
    this.#runtime = runtime;
    this.#host = host;
  }

  // ---- arrays and places

  array(node: Variable | Item): Code<GawkArray> {
    const runtime = this.#runtime;
    if (node.kind === "variable") return plain(() => arrayIn(runtime, node));
    return with2(this.array(node.array), this.key(node.index), (array, key) => elementArray(runtime, array, key, nameOf(node.array)));
  }

  key(index: readonly Expression[]): Code<string> {
    const runtime = this.#runtime;
    const codes = index.map((one) => this.expression(one));
    const [only] = codes;
    if (codes.length === 1 && only) return with1(only, (value) => (typeof value === "string" ? value : runtime.key([value])));
    return withAll(codes, (values) => runtime.key(values));
  }

  place(target: Lvalue): Code<Place> {
    const runtime = this.#runtime;
    switch (target.kind) {
      case "variable": {
        const { name, local } = target;
        const get = (): Value => (local === undefined && SPECIAL_VARIABLES.has(name) ? runtime.getGlobal(name) : scalarIn(runtime, target));
        const set = this.setter(target);
        return plain(() => ({ get, set }));
      }
      case "field":
        return with1(this.expression(target.index), (value) => {
          const index = toNumber(value);
          return { get: () => runtime.field(index), set: (next) => runtime.setField(index, next) };
        });
      case "item":
        return with2(this.array(target.array), this.key(target.index), (array, key) => ({
          get: () => elementValue(array, key, nameOf(target.array)),
          set: (value) => {
            if (array.get(key) instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${nameOf(target.array)}["${key}"]' in a scalar context`);
            array.set(key, value);
          },
        }));
    }
  }

  setter(target: Variable): (value: Value) => void {
    const runtime = this.#runtime;
    const { name, local } = target;
    if (local === undefined && SPECIAL_VARIABLES.has(name)) return (value) => runtime.setGlobal(name, value);
    return (value) => {
      const slot = slotOf(runtime, target);
      if (held(slot) instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${name}' in a scalar context`);
      slot.value = value;
    };
  }

  // ---- expressions

  condition(node: Expression): Code<boolean> {
    return with1(this.expression(node), toBoolean);
  }

  expression(node: Expression): Code {
    const runtime = this.#runtime;
    switch (node.kind) {
      case "number":
      case "string": {
        const { value } = node;
        return plain(() => value);
      }
      case "regex":
        return plain(() => (runtime.matches(runtime.regex(node.source), runtime.recordText()) ? 1 : 0));
      case "typed-regex": {
        const value = new TypedRegex(node.source);
        return plain(() => value);
      }
      case "variable":
        return node.local === undefined && SPECIAL_VARIABLES.has(node.name) ? plain(() => runtime.getGlobal(node.name)) : plain(() => scalarIn(runtime, node));
      case "field":
        return with1(this.expression(node.index), (index) => runtime.field(toNumber(index)));
      case "item":
        return with2(this.array(node.array), this.key(node.index), (array, key) => elementValue(array, key, nameOf(node.array)));
      case "assign":
        return this.#assign(node);
      case "step":
        return with1(this.place(node.target), (place) => {
          const old = toNumber(place.get());
          place.set(old + node.by);
          return node.prefix ? old + node.by : old;
        });
      case "condition": {
        const test = this.condition(node.test);
        const yes = this.expression(node.yes);
        const no = this.expression(node.no);
        if (!test.waits && !yes.waits && !no.waits) return plain(() => (test.at() ? yes.at() : no.at()));
        return waiting(function* () {
          return yield* evaluate((yield* evaluate(test)) ? yes : no);
        });
      }
      case "logic": {
        const left = this.condition(node.left);
        const right = this.condition(node.right);
        const stop = node.operator === "||";
        if (!left.waits && !right.waits) return plain(() => (left.at() === stop ? stop : right.at()) ? 1 : 0);
        return waiting(function* () {
          return ((yield* evaluate(left)) === stop ? stop : yield* evaluate(right)) ? 1 : 0;
        });
      }
      case "binary": {
        const { operator } = node;
        return with2(this.expression(node.left), this.expression(node.right), (a, b) => calculated(operator, toNumber(a), toNumber(b)));
      }
      case "compare": {
        const { operator } = node;
        return with2(this.expression(node.left), this.expression(node.right), (a, b) => {
          if (operator !== "!=" && typeof a === "number" && typeof b === "number" && (Number.isNaN(a) || Number.isNaN(b))) return 0;
          return holds(operator, runtime.compare(a, b)) ? 1 : 0;
        });
      }
      case "match":
        return with2(this.expression(node.text), this.pattern(node.pattern), (text, source) => (runtime.matches(runtime.regex(source), runtime.text(text)) === node.negated ? 0 : 1));
      case "concat":
        return with2(this.expression(node.left), this.expression(node.right), (a, b) => runtime.joined(runtime.text(a) + runtime.text(b)));
      case "unary": {
        const operand = this.expression(node.operand);
        if (node.operator === "!") return with1(operand, (value) => (toBoolean(value) ? 0 : 1));
        return with1(operand, (value) => (node.operator === "-" ? -toNumber(value) : toNumber(value)));
      }
      case "in":
        return with2(this.key(node.index), this.array(node.array), (key, array) => (array.has(key) ? 1 : 0));
      case "builtin":
        return this.#builtin(node);
      case "call":
        return this.#call(node.name, node.args);
      case "indirect":
        return this.#indirect(node);
      case "group": {
        const codes = node.items.map((one) => this.expression(one));
        return codes.length === 1 && codes[0] ? codes[0] : withAll(codes, (values) => runtime.key(values));
      }
      case "getline":
        return this.#getline(node);
    }
  }

  /** A regular expression's source, not its match of $0. */
  pattern(node: Expression): Code<string> {
    if (node.kind === "regex" || node.kind === "typed-regex") {
      const { source } = node;
      return plain(() => source);
    }
    return with1(this.expression(node), (value) => patternSource(this.#runtime, value));
  }

  #assign(node: Extract<Expression, { kind: "assign" }>): Code {
    const { operator, target } = node;
    const value = this.expression(node.value);
    if (operator === "=") {
      // $(i++) = i: the place comes behind the value
      return with2(value, this.place(target), (given, place) => {
        place.set(given);
        return given;
      });
    }
    return with2(this.place(target), value, (place, given) => {
      const result = calculated(operator, toNumber(place.get()), toNumber(given));
      place.set(result);
      return result;
    });
  }

  // ---- functions

  /** What is given for a parameter: an array, a value, or a name that may become an array. */
  #argument(node: Expression): Code<Slot> {
    const runtime = this.#runtime;
    if (node.kind === "variable" && !(node.local === undefined && SPECIAL_VARIABLES.has(node.name) && !(runtime.global(node.name).value instanceof GawkArray))) {
      return plain(() => {
        const slot = slotOf(runtime, node);
        const value = held(slot);
        return value === undefined ? { value, origin: slot } : { value };
      });
    }
    if (node.kind === "item") {
      return with2(this.array(node.array), this.key(node.index), (array, key) => {
        const value = array.get(key);
        if (value === undefined && !array.has(key)) array.set(key, undefined);
        return value === undefined ? { value, origin: elementSlot(array, key) } : { value };
      });
    }
    return with1(this.expression(node), (value) => ({ value }));
  }

  #call(name: string, args: readonly Expression[]): Code {
    const codes = args.map((one) => this.#argument(one));
    return waitingAll(codes, (slots) => this.call(name, slots));
  }

  *call(name: string, slots: Slot[]): Blocking<Value> {
    const runtime = this.#runtime;
    const callee = runtime.program.functions.get(name);
    if (!callee) {
      for (const extension of runtime.program.extensions) if (EXTENSION_FUNCTIONS.get(extension)?.includes(name)) return yield* callExtension(runtime, name, slots.map((slot) => held(slot)));
      throw new GawkFatalError(`function \`${name}' not defined`);
    }
    if (++runtime.depth > MAX_DEPTH) throw new GawkFatalError("function call nesting too deep");
    const saved = [runtime.locals, runtime.file, runtime.line] as const;
    runtime.locals = slots;
    runtime.returned = undefined;
    if ((++this.#calls & 15) === 0) {
      runtime.work += 1024;
      yield* this.#host.charge();
    }
    const completion = yield* this.#host.runBody(name);
    runtime.depth--;
    [runtime.locals, runtime.file, runtime.line] = saved;
    if (completion === Completion.NEXT || completion === Completion.NEXTFILE || completion === Completion.EXIT) throw new Transfer(completion);
    const result = runtime.returned;
    runtime.returned = undefined;
    return result ?? UNASSIGNED;
  }

  #indirect(node: Extract<Expression, { kind: "indirect" }>): Code {
    const runtime = this.#runtime;
    const callee = this.expression(node.callee);
    const codes = node.args.map((one) => this.#argument(one));
    const compiler = this;
    return waiting(function* () {
      const name = runtime.text(yield* evaluate(callee));
      const slots: Slot[] = [];
      for (const code of codes) slots.push(yield* evaluate(code));
      if (runtime.program.functions.has(name)) return yield* compiler.call(name, slots);
      const known = ["length", "substr", "index", "sprintf", "sin", "cos", "atan2", "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "systime", "strtonum", "and", "or", "xor", "compl", "lshift", "rshift"];
      if (!known.includes(name)) throw new GawkFatalError(`\`${name}' is not a function, so it cannot be called indirectly`);
      return callBuiltin(runtime, name, slots.map((slot) => scalarOf(held(slot))));
    });
  }

  #builtin(node: Extract<Expression, { kind: "builtin" }>): Code {
    const runtime = this.#runtime;
    const { name, args } = node;
    const [first, second, third, fourth] = args;
    switch (name) {
      case "length":
        if (first?.kind === "variable" || first?.kind === "item") {
          return with1(this.#argument(first), (slot) => {
            const value = held(slot);
            if (value instanceof GawkArray) return value.size;
            if (value === undefined && slot.origin) slot.origin.value = UNASSIGNED;
            return lengthOf(runtime.text(value));
          });
        }
        break;
      case "isarray":
        return first ? with1(this.#argument(first), (slot) => (held(slot) instanceof GawkArray ? 1 : 0)) : plain(() => 0);
      case "typeof":
        return first ? with1(this.#argument(first), (slot) => {
          const value = held(slot);
          return value instanceof GawkArray ? "array" : typeName(value);
        }) : plain(() => "untyped");
      case "system":
        return waitingAll(first ? [this.expression(first)] : [], function* ([command]) {
          if (runtime.dialect.sandbox) throw new GawkFatalError("'system' function not allowed in sandbox mode");
          yield* runtime.streams.flushAll();
          return statusNumber(yield* runShell(runtime.io.sys, runtime.native(runtime.text(command)), "sh", runtime.environment()));
        });
      case "close":
        return waitingAll(args.map((one) => this.expression(one)), function* ([stream, how]) {
          const status = yield* runtime.streams.close(runtime.text(stream), how === undefined ? undefined : runtime.text(how));
          if (status === undefined) runtime.setGlobal("ERRNO", "close of redirection that was never opened");
          return status ?? -1;
        });
      case "fflush":
        return waitingAll(args.map((one) => this.expression(one)), function* ([stream]) {
          const wanted = stream === undefined ? "" : runtime.text(stream);
          if (wanted !== "") return yield* runtime.streams.flush(wanted);
          yield* runtime.streams.flushAll();
          return 0;
        });
      case "sub":
      case "gsub":
        return first && second ? this.#substitution(name === "gsub", first, second, third) : plain(() => 0);
      case "gensub": {
        if (!first || !second || !third) break;
        const text = fourth ? this.expression(fourth) : plain((): Value => runtime.recordText());
        return with2(with2(this.pattern(first), this.expression(second), (source, replacement) => ({ source, replacement })), with2(this.expression(third), text, (how, subject) => ({ how, subject })), ({ source, replacement }, { how, subject }) => {
          const word = runtime.text(how);
          let which: number | "all" = /^[gG]/.test(word) ? "all" : Math.trunc(toNumber(how));
          if (which !== "all" && which < 1) {
            runtime.warn(`gensub: third argument \`${word}' treated as 1`);
            which = 1;
          }
          return substitute(runtime, runtime.regex(source), runtime.text(replacement), runtime.text(subject), which, true).text;
        });
      }
      case "match":
        return first && second ? this.#match(first, second, third) : plain(() => 0);
      case "split":
      case "patsplit":
        return first && second ? this.#split(name, first, second, third, fourth) : plain(() => 0);
      case "asort":
      case "asorti":
        return first ? this.#sort(name, first, second, third) : plain(() => 0);
      case "strftime":
        return waitingAll(args.map((one) => this.expression(one)), function* ([format, seconds, utc]) {
          const info = runtime.globals.get("PROCINFO")?.value;
          const usual = info instanceof GawkArray ? runtime.text(scalarOf(info.get("strftime"))) : "%a %b %e %H:%M:%S %Z %Y";
          const at = seconds === undefined ? Math.floor(runtime.io.sys.clockUs("realtime") / 1e6) : Math.trunc(toNumber(seconds));
          const zone = toBoolean(utc) ? UTC : yield* readZone(runtime.io.sys);
          return runtime.foreign(strftime(runtime.native(args.length === 0 ? usual : runtime.text(format)), civilAt(zone, at), timeLocale(runtime.io.sys)));
        });
      case "mktime":
        return waitingAll(args.map((one) => this.expression(one)), function* ([spec, utc]) {
          const parts = runtime.text(spec).trim().split(/[ \t\n]+/).map((part) => Number.parseInt(part, 10));
          const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second_ = Number.NaN] = parts;
          if (parts.slice(0, 6).some(Number.isNaN) || Number.isNaN(second_)) return -1;
          // Months beyond the year count on.
          const months = year * 12 + month - 1;
          const local = (daysFromCivil(Math.floor(months / 12), ((months % 12) + 12) % 12 + 1, 1) + day - 1) * 86400 + hour * 3600 + minute * 60 + second_;
          return toBoolean(utc) ? local : epochOfLocal(yield* readZone(runtime.io.sys), local);
        });
      case "intdiv": {
        if (!first || !second || !third || (third.kind !== "variable" && third.kind !== "item")) break;
        return with2(withAll([this.expression(first), this.expression(second)], (values) => values), this.array(third), ([a, b], array) => {
          const divisor = Math.trunc(toNumber(b));
          if (divisor === 0) throw new GawkFatalError("intdiv: division by zero attempted");
          const number = Math.trunc(toNumber(a));
          array.clear();
          array.set("quotient", Math.trunc(number / divisor));
          array.set("remainder", number % divisor);
          return 0;
        });
      }
    }
    return withAll(args.map((one) => this.expression(one)), (values) => callBuiltin(runtime, name, values));
  }

  #substitution(global: boolean, first: Expression, second: Expression, third: Expression | undefined): Code {
    const runtime = this.#runtime;
    const target = third ?? { kind: "field", index: { kind: "number", value: 0 } } as const;
    const pattern = with2(this.pattern(first), this.expression(second), (source, replacement) => ({ source, replacement }));
    const which = global ? "all" : 1;
    if (target.kind !== "variable" && target.kind !== "field" && target.kind !== "item") {
      return with2(pattern, this.expression(target), ({ source, replacement }, text) => substitute(runtime, runtime.regex(source), runtime.text(replacement), runtime.text(text), which, false).count);
    }
    return with2(pattern, this.place(target), ({ source, replacement }, place) => {
      const { text, count } = substitute(runtime, runtime.regex(source), runtime.text(replacement), runtime.text(place.get()), which, false);
      if (count > 0) place.set(text);
      return count;
    });
  }

  #match(first: Expression, second: Expression, third: Expression | undefined): Code {
    const runtime = this.#runtime;
    const into: Code<GawkArray | undefined> = third && (third.kind === "variable" || third.kind === "item") ? this.array(third) : plain(() => undefined);
    return with2(with2(this.expression(first), this.pattern(second), (text, source) => ({ text: runtime.text(text), source })), into, ({ text, source }, array) => {
      const regex = runtime.regex(source);
      const found = regex.exec(text, 0, false, text.length, array !== undefined);
      runtime.work += regex.takeWork();
      array?.clear();
      const begin = found?.[0] ?? 0;
      const end = found?.[1] ?? 0;
      const start = found ? charactersBefore(text, begin) + 1 : 0;
      runtime.setGlobal("RSTART", start);
      runtime.setGlobal("RLENGTH", found ? lengthOf(text.slice(begin, end)) : -1);
      for (let group = 0; array && found && 2 * group < found.length; group++) {
        const from = found[2 * group] ?? -1;
        if (from < 0) continue;
        const part = text.slice(from, found[2 * group + 1]);
        array.set(String(group), new InputText(part));
        array.set(`${group}${runtime.subsep}start`, charactersBefore(text, from) + 1);
        array.set(`${group}${runtime.subsep}length`, lengthOf(part));
      }
      return start;
    });
  }

  #split(name: string, first: Expression, second: Expression, third: Expression | undefined, fourth: Expression | undefined): Code {
    const runtime = this.#runtime;
    if (second.kind !== "variable" && second.kind !== "item") return plain(() => {
      throw new GawkFatalError(`${name}: second argument is not an array`);
    });
    const how = third ? this.pattern(third) : plain((): string | undefined => undefined);
    const isRegex = third?.kind === "regex" || third?.kind === "typed-regex";
    const seps: Code<GawkArray | undefined> = fourth && (fourth.kind === "variable" || fourth.kind === "item") ? this.array(fourth) : plain(() => undefined);
    return with2(with2(this.expression(first), how, (text, source) => ({ text: runtime.text(text), source })), with2(this.array(second), seps, (array, separators) => ({ array, separators })), ({ text, source }, { array, separators }) => {
      const splitter = name === "patsplit" ? ({ kind: "pattern", regex: runtime.regex(source ?? runtime.text(runtime.getGlobal("FPAT"))) } as const)
        : source === undefined ? runtime.splitter
          : isRegex ? ({ kind: "regex", regex: runtime.regex(source), lines: false } as const) : runtime.splitterOf(source);
      const { fields, separators: between } = runtime.cut(text, splitter);
      array.clear();
      separators?.clear();
      fields.forEach((field, i) => array.set(String(i + 1), new InputText(field)));
      if (separators) {
        const blanks = splitter.kind === "blanks";
        for (const [i, separator] of between.entries()) {
          const edge = i === 0 || i === fields.length;
          if (!edge || name === "patsplit" || (blanks && separator !== "")) separators.set(String(i), separator);
        }
      }
      return fields.length;
    });
  }

  #sort(name: string, first: Expression, second: Expression | undefined, third: Expression | undefined): Code {
    const runtime = this.#runtime;
    if ((first.kind !== "variable" && first.kind !== "item") || (second && second.kind !== "variable" && second.kind !== "item")) return plain(() => {
      throw new GawkFatalError(`${name}: ${first.kind === "variable" || first.kind === "item" ? "second" : "first"} argument is not an array`);
    });
    const from = this.array(first);
    const to = second ? this.array(second) : from;
    const how = third ? this.expression(third) : plain((): Value => (name === "asort" ? "@val_type_asc" : "@ind_str_asc"));
    const caller = this.#caller();
    return waiting(function* () {
      const source = yield* evaluate(from);
      const target = yield* evaluate(to);
      const elements = yield* sorted(runtime, source, runtime.text(yield* evaluate(how)), name, caller);
      target.clear();
      elements.forEach(({ key, value }, i) => target.set(String(i + 1), name === "asorti" ? key : value));
      return elements.length;
    });
  }

  #caller(): (name: string, args: readonly (Value | GawkArray)[]) => Blocking<Value> {
    return (name, args) => this.call(name, args.map((value) => ({ value })));
  }

  /** The keys of `for in`, in the order of PROCINFO["sorted_in"]. */
  *keys(array: GawkArray): Blocking<string[]> {
    const runtime = this.#runtime;
    const info = runtime.globals.get("PROCINFO")?.value;
    const how = info instanceof GawkArray && info.has("sorted_in") ? runtime.text(scalarOf(info.get("sorted_in"))) : "";
    runtime.work += array.size << 4;
    if (how === "" || how === "@unsorted") return array.keys();
    return (yield* sorted(runtime, array, how, "sorted_in", this.#caller())).map(({ key }) => key);
  }

  #getline(node: Extract<Expression, { kind: "getline" }>): Code {
    const runtime = this.#runtime;
    const host = this.#host;
    const source = node.source ? this.expression(node.source) : undefined;
    const place = node.target ? this.place(node.target) : undefined;
    return waiting(function* () {
      let record: string | undefined;
      if (node.from === "main") {
        record = yield* host.nextRecord();
        if (record === undefined) return 0;
        runtime.nr++;
        runtime.fnr++;
      } else {
        const name = runtime.text(source && (yield* evaluate(source)));
        if (runtime.dialect.sandbox) throw new GawkFatalError("redirection not allowed in sandbox mode");
        try {
          const reader = yield* runtime.streams.input(node.from, name);
          record = yield* reader.next();
          if (record !== undefined) runtime.setGlobal("RT", runtime.read(reader.terminator));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          runtime.setGlobal("ERRNO", error.message);
          return -1;
        }
        if (record === undefined) return 0;
      }
      const text = runtime.read(record);
      if (place) (yield* evaluate(place)).set(new InputText(text));
      else runtime.setRecord(text);
      runtime.work += 64;
      yield* host.charge();
      return 1;
    });
  }
}

function scalarOf(value: Value | GawkArray): Value {
  return value instanceof GawkArray ? undefined : value;
}

function nameOf(node: Variable | Item): string {
  return node.kind === "variable" ? node.name : nameOf(node.array);
}

/** Division by nothing ends the program. */
function calculated(operator: string, a: number, b: number): number {
  if (b === 0) {
    if (operator === "/" || operator === "/=") throw new GawkFatalError(`division by zero attempted${operator === "/=" ? " in `/='" : ""}`);
    if (operator === "%" || operator === "%=") throw new GawkFatalError(`division by zero attempted in \`${operator}'`);
  }
  return arithmetic(operator, a, b);
}
