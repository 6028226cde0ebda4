import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { Exit } from "../kit/io.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { bytesOfLatin1, textOfLatin1 } from "../kit/latin1.ts";
import { formatInteger } from "../kit/printf-format.ts";
import { type Regex, RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

interface Pattern {
  readonly text: string;
  readonly line: number | undefined;
  readonly regex: Regex | undefined;
  readonly skip: boolean;
  readonly offset: number;
  repeat: number;
}

export default gnu({
  name: "csplit",
  summary: "cut a file into sections at given lines or patterns",
  synopsis: ["[OPTION]... FILE PATTERN..."],
  description: ["The sections of FILE go to the files xx00, xx01 and so on; the size of each in bytes is printed. A PATTERN says where the next section begins: INTEGER (at this line), /REGEXP/[OFFSET] (at a line that matches), %REGEXP%[OFFSET] (the same, and what comes before is dropped); {INTEGER} or {*} repeats the PATTERN in front."],
  options: {
    suffixFormat: text(["-b", "--suffix-format"], "FORMAT", "FORMAT of the numbers in file names, as in printf, instead of %02d"),
    prefix: text(["-f", "--prefix"], "PREFIX", "PREFIX of the file names, instead of xx"),
    keepFiles: flag(["-k", "--keep-files"], "after an error, keep the files made so far"),
    suppressMatched: flag(["--suppress-matched"], "leave out the lines at which the file is cut"),
    digits: text(["-n", "--digits"], "DIGITS", "DIGITS: how many digits the numbers in file names have (2)"),
    quiet: flag(["-s", "-q", "--quiet", "--silent"], "do not print the sizes"),
    elideEmpty: flag(["-z", "--elide-empty-files"], "leave out files that would be empty"),
  },
  parsing: { longOrder: "digits quiet silent keep-files elide-empty-files prefix suffix-format suppress-matched help version" },
  operands: "files",
  seeAlso: ["split(1)"],
  *run({ options, operands, sys }, io: Io) {
    const [name, ...specs] = operands;
    if (name === undefined) io.usage("missing operand");
    if (specs.length === 0) io.usage(`missing operand after ${io.quote(name)}`);
    if (options.digits !== undefined && !/^\d+$/.test(options.digits)) io.die(`invalid number: ${io.quote(options.digits)}`);
    const digits = Number(options.digits ?? 2);
    const format = options.suffixFormat === undefined ? undefined : /^((?:[^%]|%%)*)%([-+ #0]*)(\d*)(?:\.(\d*))?([diuoxX])((?:[^%]|%%)*)$/s.exec(options.suffixFormat);
    const wrong = /%[-+ #0']*\d*(?:\.\d*)?([^%]|$)/s.exec(options.suffixFormat?.replaceAll("%%", "") ?? "")?.[1];
    if (format === null && wrong !== undefined && !"diuoxX".includes(wrong)) io.die(`invalid conversion specifier in suffix: ${wrong}`);
    if (format === null && wrong === "") io.die("missing conversion specifier in suffix");
    if (format === null) io.die((options.suffixFormat?.replaceAll("%%", "").match(/%/g)?.length ?? 0) > 1 ? "too many % conversion specifications in suffix" : options.suffixFormat?.includes("%") ? "invalid conversion specifier in suffix" : "missing % conversion specification in suffix");
    const patterns = yield* parsePatterns(specs, io);
    let input: Input;
    try {
      input = yield* io.open(name);
    } catch (error) {
      io.die(`cannot open ${io.quoteName(name)} for reading: ${reason(error)}`);
    }
    let whole: string;
    try {
      whole = yield* input.all();
    } catch (error) {
      // the first file was begun by then
      yield* io.warn(`read error: ${reason(error)}`);
      if (!options.quiet && patterns[0]?.skip !== true) yield* io.out.print("0\n");
      throw new Exit(1);
    }
    const lines = whole.split("\n");
    const unterminated = lines.at(-1) !== "";
    if (!unterminated) lines.pop();
    const textOf = (from: number, to: number): string => (from >= to ? "" : lines.slice(from, to).join("\n") + (unterminated && to >= lines.length ? "" : "\n"));
    const made: string[] = [];
    let files = 0;
    const fileName = (index: number): string => {
      const prefix = options.prefix ?? "xx";
      if (!format) return prefix + String(index).padStart(digits, "0");
      const [, before = "", flags = "", width = "", precision, conversion = "d", after = ""] = format;
      const number = formatInteger(BigInt(index), {
        minus: flags.includes("-"), plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0"),
        width: Number(width), precision: precision === undefined ? undefined : Number(precision), conversion,
      });
      return prefix + before.replaceAll("%%", "%") + number + after.replaceAll("%%", "%");
    };
    const write = function* (from: number, to: number) {
      const bytes = bytesOfLatin1(textOf(from, to));
      if (bytes.length === 0 && options.elideEmpty) return;
      const path = fileName(files);
      try {
        const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
        made.push(path);
        files++;
        for (let done = 0; done < bytes.length; ) done += yield* sys.write(fd, bytes.subarray(done));
        sys.close(fd);
      } catch (error) {
        fail(`${io.quoteFile(path)}: ${reason(error)}`);
      }
      if (!options.quiet) yield* io.out.print(bytes.length + "\n");
    };
    /** The message comes first, then the size of the file that was begun; then all files go. */
    const stop = function* (message: string, from: number, to: number) {
      yield* io.warn(message);
      yield* write(from, to);
      return fail(undefined);
    };
    const fail = (message: string | undefined): never => {
      if (!options.keepFiles) {
        for (const path of made) {
          try {
            sys.unlink(path);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
      }
      throw new Exit(1, message);
    };
    let at = 0;
    // Where the search for the next expression begins: never on the line that matched last.
    let searchFrom = 0;
    const suppress = options.suppressMatched ? 1 : 0;
    for (const pattern of patterns) {
      for (let round = 0; round <= pattern.repeat; round++) {
        const onRepetition = round > 0 ? ` on repetition ${round}` : "";
        if (pattern.line !== undefined) {
          const target = pattern.line * (round + 1) - 1;
          if (target >= lines.length) {
            yield* stop(`${io.quote(pattern.text)}: line number out of range${onRepetition}`, at, lines.length);
          }
          yield* write(at, target);
          at = target + suppress;
          searchFrom = at;
          continue;
        }
        let found = -1;
        for (let i = searchFrom; i < lines.length && found < 0; i++) if (pattern.regex?.test(textOfLatin1(lines[i] ?? ""))) found = i;
        if (sys.charge(1 + ((pattern.regex?.takeWork() ?? 0) >> 6))) yield* sys.preempt();
        if (found < 0) {
          if (pattern.repeat === Number.POSITIVE_INFINITY) {
            if (pattern.skip) at = lines.length;
            break;
          }
          const message = `${io.quote(pattern.text)}: match not found${onRepetition}`;
          if (pattern.skip) fail(message);
          yield* stop(message, at, lines.length);
        }
        const cut = found + pattern.offset;
        if (cut < at || cut > lines.length) {
          const message = `${io.quote(pattern.text)}: line number out of range`;
          if (pattern.skip) fail(message);
          yield* stop(message, at, Math.min(Math.max(cut, at), lines.length));
        }
        if (!pattern.skip) yield* write(at, cut);
        at = cut + suppress;
        searchFrom = Math.max(found + 1, at);
        if (pattern.offset > 0) searchFrom = Math.max(searchFrom, cut);
      }
    }
    yield* write(at, lines.length);
  },
});

function* parsePatterns(specs: readonly string[], io: Io): Blocking<Pattern[]> {
  const patterns: Pattern[] = [];
  for (const spec of specs) {
    const repeat = /^\{(.*)\}?$/s.exec(spec);
    const last = patterns.at(-1);
    if (spec.startsWith("{") && repeat) {
      if (!spec.endsWith("}")) io.die(`${io.quote(spec)}: '}' is required in repeat count`);
      const count = spec.slice(1, -1);
      if (count !== "*" && !/^\d+$/.test(count)) io.die(`${io.quote(spec.slice(0, -1))}}: integer required between '{' and '}'`);
      if (!last) io.die(`${io.quote(spec)}: invalid pattern`);
      last.repeat = count === "*" ? Number.POSITIVE_INFINITY : Number(count);
      continue;
    }
    if (spec.startsWith("/") || spec.startsWith("%")) {
      const mark = spec.charAt(0);
      const end = spec.lastIndexOf(mark);
      if (end === 0) io.die(`${spec}: closing delimiter '${mark}' missing`);
      const offset = spec.slice(end + 1);
      if (offset !== "" && !/^[-+]?\d+$/.test(offset)) io.die(`${io.quote(spec)}: integer expected after delimiter`);
      try {
        patterns.push({ text: spec, line: undefined, regex: compileRegex(spec.slice(1, end), { syntax: "bre" }), skip: mark === "%", offset: Number(offset || 0), repeat: 0 });
      } catch (error) {
        if (error instanceof RegexSyntaxError) io.die(`${io.quote(spec)}: invalid regular expression: Invalid regular expression`);
        throw error;
      }
      continue;
    }
    if (!/^\d+$/.test(spec)) io.die(`${io.quote(spec)}: invalid pattern`);
    const line = Number(spec);
    if (line === 0) io.die(`${spec}: line number must be greater than zero`);
    const before = patterns.findLast((pattern) => pattern.line !== undefined)?.line ?? 0;
    if (line < before) io.die(`line number ${io.quote(spec)} is smaller than preceding line number, ${before}`);
    if (line === before) yield* io.warn(`warning: line number ${io.quote(spec)} is the same as preceding line number`);
    patterns.push({ text: spec, line, regex: undefined, skip: false, offset: 0, repeat: 0 });
  }
  return patterns;
}
