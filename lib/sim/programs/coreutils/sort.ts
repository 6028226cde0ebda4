// sort(1). Lines are latin1 strings, so that comparing them is comparing bytes; keys are cut out once for each line. Whole-line byte order, the most
// frequent case, is the engine's own sort of strings. Over 400 lines: options, key parsing and comparison belong to one table.

import { type Blocking, O, type Sys } from "../../kernel/sys.ts";
import { collatesByLetters, collationKey } from "../kit/collate.ts";
import { type Io, flag, gnu, optionalWord, reason, text, texts } from "../kit/gnu.ts";
import { HeldMemory } from "../kit/held-memory.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { decimalPoint, localeOf } from "../kit/locale.ts";
import { Output, WriteError } from "../kit/output.ts";
import { debugLine, type DebugSettings, keyWarnings } from "./_sort-debug.ts";
import { type ScaledNumber, parseScaled } from "../kit/sizes.ts";
import { compareVersions } from "../kit/version-order.ts";

type Order = "text" | "numeric" | "general" | "human" | "month" | "version" | "random";

interface KeySettings {
  ignoreStartBlanks: boolean;
  ignoreEndBlanks: boolean;
  dictionary: boolean;
  foldCase: boolean;
  printable: boolean;
  order: Order;
  /** every order that was asked for: two exclude each other */
  orders: string;
  reverse: boolean;
}

interface Key extends KeySettings {
  /** 0-based field and character where the key begins */
  readonly startField: number;
  readonly startChar: number;
  /** undefined: to the end of the line. Field 0-based; char 0 = the field's end */
  readonly endField: number | undefined;
  readonly endChar: number;
}

const plain = (): KeySettings => ({ ignoreStartBlanks: false, ignoreEndBlanks: false, dictionary: false, foldCase: false, printable: false, order: "text", orders: "", reverse: false });

const ORDER_LETTERS = new Map<string, Order>([["n", "numeric"], ["g", "general"], ["h", "human"], ["M", "month"], ["V", "version"], ["R", "random"]]);

export default gnu({
  name: "sort",
  summary: "put lines of text in order (sort)",
  synopsis: ["[OPTION]... [FILE]...", "[OPTION]... --files0-from=F"],
  description: ["The lines of all FILEs are printed as one sorted text. A KEYDEF says where the key begins and, after a comma, where it ends: field, point, character in the field (both counted from 1), then letters out of bdfgiMhnRrV, which are the options of that key. -k 2,2n sorts by the number in field 2."],
  options: {
    blanks: flag(["-b", "--ignore-leading-blanks"], "ignore blanks at the start of a key"),
    dictionary: flag(["-d", "--dictionary-order"], "compare only letters, digits and blanks"),
    foldCase: flag(["-f", "--ignore-case"], "compare small letters as if they were capital"),
    general: flag(["-g", "--general-numeric-sort"], "compare as numbers of every form: 1e3, -inf, nan"),
    printable: flag(["-i", "--ignore-nonprinting"], "compare only printable characters"),
    month: flag(["-M", "--month-sort"], "compare as names of months; a key that is none comes first"),
    human: flag(["-h", "--human-numeric-sort"], "compare as numbers with a unit, such as 2K and 1G"),
    numeric: flag(["-n", "--numeric-sort"], "compare as whole or decimal numbers"),
    random: flag(["-R", "--random-sort"], "in random order; equal keys stay together"),
    randomSource: text(["--random-source"], "FILE", "take random bytes from FILE"),
    reverse: flag(["-r", "--reverse"], "in reverse order"),
    sort: text(["--sort"], "WORD", "WORD for an option: general-numeric (-g), human-numeric (-h), month (-M), numeric (-n), random (-R) or version (-V)"),
    version: flag(["-V", "--version-sort"], "compare numbers inside names by their value: f2 before f10"),
    batchSize: text(["--batch-size"], "NMERGE", "merge NMERGE inputs at once (accepted, without effect)"),
    check: optionalWord(["--check"], "WHEN", [["quiet", "silent"], ["diagnose-first"]], "do not sort; tell whether it is sorted already"),
    checkShort: flag(["-c"], "do not sort; tell whether it is sorted already"),
    checkQuiet: flag(["-C"], "as -c, without a message: only the exit status tells"),
    compressProgram: text(["--compress-program"], "PROG", "compress temporary files with PROG; here there are none"),
    debug: flag(["--debug"], "underline the part of each line that is compared, and report doubtful keys"),
    files0: text(["--files0-from"], "F", "read the names of the FILEs from F, each followed by NUL"),
    key: texts(["-k", "--key"], "KEYDEF", "sort by the part of the line that KEYDEF says; a second -k decides between equal lines"),
    merge: flag(["-m", "--merge"], "merge FILEs that are in order already, without sorting"),
    output: text(["-o", "--output"], "FILE", "put the result into FILE"),
    stable: flag(["-s", "--stable"], "keep lines with equal keys in the order of the input"),
    bufferSize: text(["-S", "--buffer-size"], "SIZE", "SIZE of the memory that sort may take (accepted, without effect)"),
    separator: texts(["-t", "--field-separator"], "SEP", "SEP separates the fields; without it, a field begins with the blanks in front of it"),
    temporary: texts(["-T", "--temporary-directory"], "DIR", "DIR for temporary files (accepted, without effect)"),
    parallel: text(["--parallel"], "N", "run N sorts at the same time (accepted, without effect)"),
    unique: flag(["-u", "--unique"], "keep only the first of equal lines; with -c, equal lines are an error"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  usageStatus: 2,
  badWordStatus: 1,
  failureStatus: 2,
  parsing: { longOrder: "ignore-leading-blanks check compress-program debug dictionary-order ignore-case files0-from general-numeric-sort ignore-nonprinting key merge month-sort numeric-sort human-numeric-sort version-sort random-sort random-source sort output reverse stable batch-size buffer-size field-separator temporary-directory unique zero-terminated parallel help version" },
  operands: "files",
  seeAlso: ["shuf(1)", "uniq(1)"],
  rewrite: (args) => obsoleteKeys(args),
  *run({ options, operands, given, sys }, io: Io) {
    const global = plain();
    for (const { option, argument } of given) {
      switch (option) {
        case "blanks": global.ignoreStartBlanks = true; global.ignoreEndBlanks = true; break;
        case "dictionary": global.dictionary = true; break;
        case "foldCase": global.foldCase = true; break;
        case "printable": global.printable = true; break;
        case "reverse": global.reverse = true; break;
        case "sort": {
          const words = ["general-numeric", "human-numeric", "month", "numeric", "random", "version"];
          const found = words.filter((word) => word.startsWith(argument ?? ""));
          const order = words.includes(argument ?? "") ? argument : found.length === 1 ? found[0] : undefined;
          if (order === undefined) {
            io.usage(`${found.length > 1 ? "ambiguous" : "invalid"} argument ${io.quote(argument ?? "")} for ${io.quote("--sort")}\nValid arguments are:\n` + words.map((word) => `  - ${io.quote(word)}`).join("\n"), true);
          }
          setOrder(global, order === "general-numeric" ? "general" : order === "human-numeric" ? "human" : order === "month" ? "month" : order === "numeric" ? "numeric" : order === "random" ? "random" : "version");
          break;
        }
        case "general": case "month": case "human": case "numeric": case "random": case "version": setOrder(global, option); break;
        default:
      }
    }
    const keys: Key[] = [];
    for (const spec of options.key) keys.push(parseKey(spec, io));
    let separator: string | undefined;
    for (const word of options.separator) {
      const one = latin1OfText(word);
      if (one === "") io.die("empty tab");
      if (one !== "\\0" && one.length > 1) io.die(`multi-character tab ${io.quote(word)}`);
      const chosen = one === "\\0" ? "\0" : one;
      if (separator !== undefined && separator !== chosen) io.die("incompatible tabs");
      separator = chosen;
    }
    const inherits = (key: KeySettings): boolean => !(key.ignoreStartBlanks || key.ignoreEndBlanks || key.dictionary || key.foldCase || key.printable || key.order !== "text" || key.reverse);
    for (const [index, key] of keys.entries()) if (inherits(key)) keys[index] = { ...key, ...global };
    const globalKey: Key = { ...global, startField: 0, startChar: 0, endField: undefined, endChar: 0 };
    const globalOnly = keys.length === 0 && !inherits({ ...global, reverse: false });
    if (globalOnly) keys.push(globalKey);
    for (const key of keys) {
      const all = `${key.orders}${key.dictionary ? "d" : ""}${key.printable ? "i" : ""}`;
      if (all.replace(/[^nghM]/g, "").length + (/[VRdi]/.test(all) ? 1 : 0) > 1) io.die(`options '-${[..."dfghiMnRV"].filter((letter) => all.includes(letter) || (letter === "f" && key.foldCase)).join("")}' are incompatible`);
    }
    const checks = new Set(given.flatMap(({ option, argument }) => (option === "checkShort" || (option === "check" && (argument ?? "d").startsWith("d")) ? ["c"] : option === "checkQuiet" || option === "check" ? ["C"] : [])));
    if (checks.size > 1) io.die("options '-cC' are incompatible");
    if (new Set(given.filter(({ option }) => option === "output").map(({ argument }) => argument)).size > 1) io.die("multiple output files specified");
    yield* checkResources(given, sys, io);
    const check = options.checkQuiet || options.check === "quiet" ? "quiet" : options.checkShort || options.check !== undefined ? "tell" : undefined;
    const end = options.zero ? "\0" : "\n";
    let names = operands.length === 0 ? ["-"] : [...operands];
    if (options.files0 !== undefined) {
      if (operands[0] !== undefined) {
        yield* io.warn(`extra operand ${io.quoteName(operands[0])}`);
        yield* io.stderr("file operands cannot be combined with --files0-from\n");
        io.usage();
      }
      try {
        const list = yield* io.open(options.files0);
        names = (yield* list.all()).replace(/\0$/, "").split("\0").map(textOfLatin1);
        io.close(list);
      } catch (error) {
        io.die(`open failed: ${options.files0}: ${reason(error)}`);
      }
      if (names.length > 1 || names[0] !== "") {
        for (const [index, name] of names.entries()) {
          if (name === "-" && options.files0 === "-") io.die(`when reading file names from stdin, no file name of ${io.quoteName(name)} allowed`);
          if (name === "") io.die(`${io.quoteFile(options.files0)}:${index + 1}: invalid zero-length file name`);
        }
      }
      if (names.length === 1 && names[0] === "") io.die(`no input from ${io.quoteName(options.files0)}`);
    }
    if (check !== undefined && options.output !== undefined) io.die("options '-co' are incompatible");
    if (check !== undefined && operands[1] !== undefined) io.die(`extra operand ${io.quoteName(operands[1])} not allowed with -c`);

    const debug: DebugSettings | undefined = options.debug ? { keys: [...keys], global: globalKey, globalOnly, separator, stable: options.stable, unique: options.unique, point: decimalPoint(sys), quote: (word) => io.quote(word) } : undefined;
    if (debug) {
      if (check !== undefined || options.output !== undefined) io.die(`options '-${check === undefined ? "o" : check === "quiet" ? "C" : "c"} --debug' are incompatible`);
      const locale = localeOf(sys.environment, "LC_COLLATE");
      for (const warning of [locale === "C" || locale === "POSIX" ? "text ordering performed using simple byte comparison" : `text ordering performed using ${io.quote(locale)} sorting rules`, ...keyWarnings(debug)]) yield* io.warn(warning);
    }
    const byLetters = collatesByLetters(sys);
    if (byLetters && keys.length === 0) keys.push({ ...globalKey, reverse: global.reverse });
    const comparer = new Comparer(keys, separator, global.reverse, options.stable, options.unique, randomSalt(sys), { byLetters, point: decimalPoint(sys) });
    // All inputs must be readable before anything is written; in particular, the output may be one of them.
    const held = new HeldMemory(sys);
    // one list would be copied by the engine in one go when it grows
    const batches: (readonly string[])[] = [];
    let count = 0;
    const starts: number[] = [];
    for (const name of names) {
      starts.push(count);
      try {
        const input = yield* io.open(name);
        for (;;) {
          const batch = yield* input.lines(end);
          if (batch.length === 0) break;
          held.holdAll(batch);
          batches.push(batch.slice());
          count += batch.length;
        }
        io.close(input);
      } catch (error) {
        io.die(`${["Is a directory", "Input/output error"].includes(reason(error)) ? "read failed" : "cannot read"}: ${name === "-" ? "-" : io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    const lines: string[] = [];
    for (const batch of batches.splice(0)) {
      for (const line of batch) lines.push(line);
      if (batch.length < count && sys.charge(1 + (batch.length >> 8))) yield* sys.preempt();
    }
    if (check !== undefined) {
      const prepared = comparer.prepare(lines);
      for (let i = 1; i < lines.length; i++) {
        const order = comparer.compare(prepared, i - 1, i);
        if (order > 0 || (options.unique && order === 0)) {
          if (check === "tell") yield* io.stderr(`${io.argv0}: ${names[0] ?? "-"}:${i + 1}: disorder: ${textOfLatin1(lines[i] ?? "")}\n`);
          return 1;
        }
      }
      return 0;
    }
    let out = io.out;
    if (options.output !== undefined) {
      try {
        out = new Output(sys, yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
      } catch (error) {
        io.die(`open failed: ${io.quoteFile(options.output)}: ${reason(error)}`);
      }
    }
    const sorted = options.merge ? yield* comparer.merge(lines, starts, sys) : yield* comparer.sort(lines, sys);
    try {
      yield* write(debug ? sorted.map((line) => debugLine(line, debug, (text, key) => keyBounds(text, key, separator)).slice(0, -1)) : sorted, debug ? "\n" : end, out);
      if (out !== io.out) yield* out.flush();
    } catch (error) {
      if (error instanceof WriteError && options.output !== undefined) io.die(`write failed: ${io.quoteFile(options.output)}: ${error.message}`);
      if (error instanceof WriteError) io.die(`write failed: ${io.quoteName("standard output")}: ${error.message}`);
      throw error;
    }
    return 0;
  },
});

/** Memory, numbers and files that only bound the real program's work: what it refuses is refused. */
function* checkResources(given: readonly { readonly option: string; readonly name: string; readonly argument: string | undefined }[], sys: Sys, io: Io): Blocking<void> {
  const refuse = (name: string, argument: string, problem: ScaledNumber["problem"]): never =>
    io.die(problem === "overflow" ? `${name} argument ${io.quoteName(argument)} too large` : `${problem === "suffix" ? "invalid suffix in" : "invalid"} ${name} argument ${io.quoteName(argument)}`);
  for (const { option, name, argument = "" } of given) {
    if (option === "bufferSize" && !/^\d+[b%]$/.test(argument)) {
      const { problem } = parseScaled(argument, "EgGkKmMPtTYZ");
      if (problem !== "none") refuse(name, argument, problem);
    } else if (option === "parallel") {
      const { value, problem } = parseScaled(argument, "");
      if (problem !== "none" && problem !== "overflow") refuse(name, argument, problem);
      if (value === 0n) io.die("number in parallel must be nonzero");
    } else if (option === "batchSize") {
      const { value, problem } = parseScaled(argument, "");
      if (problem !== "none" && problem !== "overflow") refuse(name, argument, problem);
      if (value < 2n) {
        yield* io.warn(`invalid ${name} argument ${io.quote(argument)}`);
        io.die(`minimum ${name} argument is ${io.quote("2")}`);
      }
      const most = sys.getrlimit("nofile").soft - 3;
      if (Number(value) > most) {
        yield* io.warn(`${name} argument ${io.quote(argument)} too large`);
        io.die(`maximum ${name} argument with current rlimit is ${most}`);
      }
    } else if (option === "randomSource") {
      try {
        sys.close(yield* sys.open(argument, O.RDONLY));
      } catch (error) {
        io.die(`open failed: ${io.quoteFile(argument)}: ${reason(error)}`);
      }
    }
  }
}

function* write(lines: readonly string[], end: string, out: Output): Blocking<void> {
  for (let at = 0; at < lines.length; at += 512) {
    out.putLatin1(lines.slice(at, at + 512).join(end) + end);
    if (out.full) yield* out.flush();
  }
}

function randomSalt(sys: Sys): number {
  const [a = 1, b = 2, c = 3, d = 4] = sys.random(4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function setOrder(key: KeySettings, order: Order): void {
  key.order = order;
  for (const [letter, one] of ORDER_LETTERS) if (one === order && !key.orders.includes(letter)) key.orders += letter;
}

/** "+POS1 [-POS2]" of old sort, as the real program still takes it when not POSIXLY_CORRECT 2001. */
function obsoleteKeys(args: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return [...out, ...args.slice(i)];
    // what is no key is the name of a file
    const start = /^\+(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)$/.exec(arg);
    const stop = start ? /^-(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)$/.exec(args[i + 1] ?? "") : null;
    if (!start) {
      out.push(arg);
      if (/^(-[koStT]|--(key|output|buffer-size|field-separator|temporary-directory|batch-size|parallel|compress-program|files0-from|random-source))$/.test(arg) && args[i + 1] !== undefined) out.push(args[++i] ?? "");
      continue;
    }
    if (!stop) {
      out.push("-k", `${Number(start[1]) + 1}.${Number(start[2] ?? 0) + 1}${start[3]}`);
      continue;
    }
    const [, field = "0", char, letters = ""] = start;
    const [, endField = "0", endChar, endLetters = ""] = stop;
    const endPart = endChar === undefined || Number(endChar) === 0 ? endField : `${Number(endField) + 1}.${endChar}`;
    out.push("-k", `${Number(field) + 1}.${Number(char ?? 0) + 1}${letters}${Number(endField) > 0 || endChar !== undefined ? "," + endPart + endLetters : ""}`);
    i++;
  }
  return out;
}

function parseKey(spec: string, io: Io): Key {
  const settings = plain();
  const quoted = io.quote(spec);
  let rest = spec;
  const number = (missing: string): number => {
    const match = /^\d+/.exec(rest);
    if (!match) io.die(`${missing}: invalid count at start of ${io.quote(rest)}`);
    rest = rest.slice(match[0].length);
    return Math.min(Number(match[0]), Number.MAX_SAFE_INTEGER);
  };
  const letters = (blank: "ignoreStartBlanks" | "ignoreEndBlanks"): void => {
    for (;;) {
      const letter = rest.charAt(0);
      const order = ORDER_LETTERS.get(letter);
      if (letter === "b") settings[blank] = true;
      else if (letter === "d") settings.dictionary = true;
      else if (letter === "f") settings.foldCase = true;
      else if (letter === "i") settings.printable = true;
      else if (letter === "r") settings.reverse = true;
      else if (order !== undefined) setOrder(settings, order);
      else return;
      rest = rest.slice(1);
    }
  };
  const bad = (what: string): never => io.die(`${what}: invalid field specification ${quoted}`);
  const startField = number("invalid number at field start");
  if (startField === 0) bad("field number is zero");
  let startChar = 1;
  if (rest.startsWith(".")) {
    rest = rest.slice(1);
    startChar = number("invalid number after '.'");
    if (startChar === 0) bad("character offset is zero");
  }
  letters("ignoreStartBlanks");
  let endField: number | undefined;
  let endChar = 0;
  if (rest.startsWith(",")) {
    rest = rest.slice(1);
    endField = number("invalid number after ','");
    if (endField === 0) bad("field number is zero");
    if (rest.startsWith(".")) {
      rest = rest.slice(1);
      endChar = number("invalid number after '.'");
    }
    letters("ignoreEndBlanks");
  }
  if (rest !== "") bad("stray character in field spec");
  return { ...settings, startField: startField - 1, startChar: startChar - 1, endField: endField === undefined ? undefined : endField - 1, endChar };
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10;

/** Where a key lies in a line. */
export function keyBounds(line: string, key: Pick<Key, "startField" | "startChar" | "endField" | "endChar" | "ignoreStartBlanks" | "ignoreEndBlanks">, separator: string | undefined): readonly [number, number] {
  const { length } = line;
  const skipField = (at: number): number => {
    if (separator !== undefined) {
      const found = line.indexOf(separator, at);
      return found < 0 ? length : found;
    }
    let i = at;
    while (i < length && isBlank(line.charCodeAt(i))) i++;
    while (i < length && !isBlank(line.charCodeAt(i))) i++;
    return i;
  };
  const skipBlanks = (at: number): number => {
    let i = at;
    while (i < length && isBlank(line.charCodeAt(i))) i++;
    return i;
  };
  let start = 0;
  for (let field = key.startField; field > 0 && start < length; field--) {
    start = skipField(start);
    if (separator !== undefined && start < length) start++;
  }
  if (key.ignoreStartBlanks) start = skipBlanks(start);
  start = Math.min(length, start + key.startChar);
  if (key.endField === undefined) return [start, length];
  let stop = 0;
  let fields = key.endField + (key.endChar === 0 ? 1 : 0);
  for (; fields > 0 && stop < length; fields--) {
    stop = skipField(stop);
    if (separator !== undefined && stop < length && (fields > 1 || key.endChar > 0)) stop++;
  }
  if (key.endChar > 0) {
    if (key.ignoreEndBlanks) stop = skipBlanks(stop);
    stop = Math.min(length, stop + key.endChar);
  }
  return [start, Math.max(start, stop)];
}

interface Prepared {
  readonly lines: readonly string[];
  /** for each key, one value a line: a text, or a number where that decides alone */
  readonly columns: readonly (readonly (string | number)[])[];
}

interface SortLocale {
  /** LC_COLLATE is none of the C locales: texts compare by their collation keys. */
  readonly byLetters: boolean;
  /** LC_NUMERIC's */
  readonly point: "." | ",";
}

class Comparer {
  readonly #keys: readonly Key[];
  readonly #separator: string | undefined;
  readonly #reverse: boolean;
  readonly #lastResort: boolean;
  readonly #unique: boolean;
  readonly #salt: number;
  readonly #locale: SortLocale;

  constructor(keys: readonly Key[], separator: string | undefined, reverse: boolean, stable: boolean, unique: boolean, salt: number, locale: SortLocale) {
    this.#locale = locale;
    this.#keys = keys;
    this.#separator = separator;
    this.#reverse = reverse;
    this.#lastResort = !stable && !unique;
    this.#unique = unique;
    this.#salt = salt;
  }

  prepare(lines: readonly string[]): Prepared {
    const columns = this.#keys.map((key) => lines.map((line) => this.#value(line, key)));
    return { lines, columns };
  }

  #value(line: string, key: Key): string | number {
    let value = line;
    if (key.startField > 0 || key.startChar > 0 || key.endField !== undefined || key.ignoreStartBlanks) {
      const [start, stop] = keyBounds(line, key, this.#separator);
      value = line.slice(start, stop);
    }
    if (this.#locale.point !== "." && (key.order === "numeric" || key.order === "general" || key.order === "human")) value = value.replace(/[.,]/g, (c) => (c === this.#locale.point ? "." : " "));
    switch (key.order) {
      case "numeric": return numericValue(value);
      case "general": return generalValue(value);
      case "month": return monthValue(value);
      default:
    }
    if (key.dictionary) value = value.replace(/[^A-Za-z0-9 \t\n]/g, "");
    else if (key.printable) value = value.replace(/[^ -~]/g, "");
    if (key.foldCase) value = value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
    return this.#locale.byLetters && key.order === "text" ? collationKey(textOfLatin1(value)) : value;
  }

  compare(prepared: Prepared, a: number, b: number): number {
    const { lines, columns } = prepared;
    for (let i = 0; i < columns.length; i++) {
      const key = this.#keys[i];
      const column = columns[i];
      const left = column?.[a];
      const right = column?.[b];
      if (key === undefined || left === undefined || right === undefined || left === right) continue;
      const order = this.#compareValues(key, left, right);
      if (order !== 0) return key.reverse ? -order : order;
    }
    if (columns.length > 0 && !this.#lastResort) return 0;
    const left = lines[a] ?? "";
    const right = lines[b] ?? "";
    if (left === right) return 0;
    return (left < right ? -1 : 1) * (this.#reverse ? -1 : 1);
  }

  #compareValues(key: Key, left: string | number, right: string | number): number {
    switch (key.order) {
      case "numeric": return compareNumeric(left, right);
      case "human": return compareHuman(String(left), String(right));
      case "version": return compareVersions(String(left), String(right));
      case "random": {
        const [x, y] = [hash(String(left), this.#salt), hash(String(right), this.#salt)];
        return x < y ? -1 : x > y ? 1 : left < right ? -1 : 1;
      }
      default: return left < right ? -1 : left > right ? 1 : 0;
    }
  }

  *sort(lines: string[], sys: Sys): Blocking<readonly string[]> {
    if (this.#keys.length === 0) {
      // Equal lines cannot be told apart, so any order among them is right. The engine compares code units: bytes here.
      const sorted = yield* mergeSort(sys, lines, (run) => run.sort(), (a, b) => a <= b);
      if (this.#reverse) sorted.reverse();
      return this.#unique ? sorted.filter((line, index) => index === 0 || line !== sorted[index - 1]) : sorted;
    }
    const columns: (string | number)[][] = this.#keys.map(() => []);
    for (let from = 0; from < lines.length; from += RUN_LENGTH) {
      const part = this.prepare(lines.slice(from, from + RUN_LENGTH));
      for (const [index, column] of columns.entries()) for (const value of part.columns[index] ?? []) column.push(value);
      if (sys.charge(Math.floor(Math.min(lines.length - from, RUN_LENGTH) * columns.length * STEPS_EACH))) yield* sys.preempt();
    }
    const prepared: Prepared = { lines, columns };
    const compare = (a: number, b: number): number => this.compare(prepared, a, b) || a - b;
    return yield* this.#pick(sys, prepared, yield* mergeSort(sys, [...lines.keys()], (run) => run.sort(compare), (a, b) => compare(a, b) <= 0, KEYED_RUN_LENGTH));
  }

  *#pick(sys: Sys, prepared: Prepared, order: ArrayLike<number>): Blocking<readonly string[]> {
    const sorted: string[] = [];
    for (let i = 0; i < order.length; i++) {
      if ((i & 4095) === 4095 && sys.charge(64)) yield* sys.preempt();
      const index = order[i] ?? 0;
      if (this.#unique && i > 0 && this.compare(prepared, order[i - 1] ?? 0, index) === 0) continue;
      sorted.push(prepared.lines[index] ?? "");
    }
    return sorted;
  }

  /** Merging what is not sorted keeps each input's own order. */
  *merge(lines: readonly string[], starts: readonly number[], sys: Sys): Blocking<readonly string[]> {
    const prepared = this.prepare(lines);
    const heads = [...starts];
    const ends = starts.map((_, index) => starts[index + 1] ?? lines.length);
    const order: number[] = [];
    for (;;) {
      let best = -1;
      for (let i = 0; i < heads.length; i++) {
        const head = heads[i] ?? 0;
        if (head >= (ends[i] ?? 0)) continue;
        if (best < 0 || this.compare(prepared, head, heads[best] ?? 0) < 0) best = i;
      }
      if (best < 0) break;
      order.push(heads[best] ?? 0);
      heads[best] = (heads[best] ?? 0) + 1;
      if ((order.length & 1023) === 0 && sys.charge(1024 * heads.length * STEPS_EACH)) yield* sys.preempt();
    }
    return yield* this.#pick(sys, prepared, order);
  }
}

/** What the engine sorts at once; between two such runs others have their turn. */
const RUN_LENGTH = 4096;
/** with a comparison of ours */
const KEYED_RUN_LENGTH = 1024;
/** A comparison and a move, in steps. */
const STEPS_EACH = 0.2;

function* mergeSort<T>(sys: Sys, items: readonly T[], sortRun: (run: T[]) => T[], inOrder: (a: T, b: T) => boolean, runLength = RUN_LENGTH): Blocking<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += runLength) {
    const run = sortRun(items.slice(at, at + runLength));
    runs.push(run);
    if (sys.charge(1 + Math.floor(run.length * Math.log2(run.length + 1) * STEPS_EACH))) yield* sys.preempt();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at] ?? [], runs[at + 1] ?? []];
      merged.push(yield* merge(sys, left, right, inOrder));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(sys: Sys, left: T[], right: T[], inOrder: (a: T, b: T) => boolean): Blocking<T[]> {
  if (right.length === 0) return left;
  const result: T[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (b === undefined || (a !== undefined && inOrder(a, b))) {
      if (a !== undefined) result.push(a);
      i++;
    } else {
      result.push(b);
      j++;
    }
    if ((result.length & 4095) === 0 && sys.charge(Math.floor(4096 * STEPS_EACH))) yield* sys.preempt();
  }
  return result;
}

function hash(text: string, salt: number): number {
  let value = salt;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

/** A number when a double holds it exactly, else its text without needless zeros. */
function numericValue(text: string): number | string {
  const match = /^[ \t\n]*(-?)(\d*)(?:\.(\d*))?/.exec(text);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (whole === "" && fraction === "") return 0;
  if (whole.length + fraction.length <= 15) {
    const value = Number(`${whole || "0"}.${fraction || "0"}`);
    return sign === "-" ? -value || 0 : value;
  }
  return `${sign}${whole.replace(/^0+/, "") || "0"}.${fraction.replace(/0+$/, "")}`;
}

function compareNumeric(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  const parts = (value: number | string): readonly [boolean, string, string] => {
    const text = typeof value === "number" ? value.toFixed(16) : value;
    const negative = text.startsWith("-");
    const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
    return [negative, whole.replace(/^0+/, ""), fraction.replace(/0+$/, "")];
  };
  const [negativeA, wholeA, fractionA] = parts(a);
  const [negativeB, wholeB, fractionB] = parts(b);
  const zeroA = wholeA === "" && fractionA === "";
  const zeroB = wholeB === "" && fractionB === "";
  const signA = zeroA ? 0 : negativeA ? -1 : 1;
  const signB = zeroB ? 0 : negativeB ? -1 : 1;
  if (signA !== signB) return signA - signB;
  const order = wholeA.length - wholeB.length || (wholeA < wholeB ? -1 : wholeA > wholeB ? 1 : fractionA < fractionB ? -1 : fractionA > fractionB ? 1 : 0);
  return order * (signA || 1);
}

/** strtold: what is no number comes first, then NaN, then by value. */
function generalValue(text: string): number {
  const match = /^\s*([-+]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan))/i.exec(text);
  if (!match) return Number.NEGATIVE_INFINITY;
  const word = (match[1] ?? "").toLowerCase();
  if (/nan$/.test(word)) return -Number.MAX_VALUE;
  if (/inf/.test(word)) return word.startsWith("-") ? -Number.MAX_VALUE : Number.POSITIVE_INFINITY;
  const hex = /^[-+]?0x/i.test(word);
  const value = hex ? Number(word.replace(/^[-+]/, "")) * (word.startsWith("-") ? -1 : 1) : Number(word);
  return value === 0 ? 0 : value;
}

const MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

function monthValue(text: string): number {
  return MONTH_NAMES.indexOf(text.trimStart().slice(0, 3).toUpperCase()) + 1;
}

/** By sign, then suffix, then number. */
function compareHuman(a: string, b: string): number {
  const rank = (text: string): number => {
    const match = /^[ \t\n]*(-?)(\d*(?:\.\d*)?)([kKMGTPEZY]?)/.exec(text);
    const [, sign = "", digits = "", suffix = ""] = match ?? [];
    if (!/[1-9]/.test(digits)) return 0;
    const power = suffix === "" ? 0 : " KMGTPEZY".indexOf(suffix.toUpperCase());
    return sign === "-" ? -power - 0.5 : power + 0.5;
  };
  const [x, y] = [rank(a), rank(b)];
  return x !== y ? (x < y ? -1 : 1) : compareNumeric(numericValue(a), numericValue(b));
}
