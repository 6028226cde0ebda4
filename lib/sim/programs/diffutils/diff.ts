// diff 3.8: operands, directories, options. Formats are in _hunks.ts, the comparison itself in kit/line-difference.ts.
// (More than 400 lines: options, the walk of two trees and the choice of a format; the formats are apart in _hunks.ts and _own-formats.ts.)

import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Call, flag, gnu, type Io, optionalText, reason, text, texts } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { type Change, lineChanges, numberLines } from "../kit/line-difference.ts";
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { type Colours, HunkPrinter, NO_COLOURS } from "./_hunks.ts";
import { cutLines, type FileLines, lineKeys } from "./_lines.ts";
import { type OwnFormats, ownFormat } from "./_own-formats.ts";

const options = {
  normal: flag(["--normal"], "the normal format (default)"),
  brief: flag(["-q", "--brief"], "say only whether files differ"),
  reportIdentical: flag(["-s", "--report-identical-files"], "say when files are identical"),
  contextFlag: flag(["-c"], "context format with 3 lines"),
  contextNumber: text(["-C"], "NUM", "context format with NUM lines"),
  context: optionalText(["--context"], "NUM", "context format with NUM lines (3)"),
  unifiedFlag: flag(["-u"], "unified format with 3 lines"),
  unifiedNumber: text(["-U"], "NUM", "unified format with NUM lines"),
  unified: optionalText(["--unified"], "NUM", "unified format with NUM lines (3)"),
  ed: flag(["-e", "--ed"], "an ed script"),
  rcs: flag(["-n", "--rcs"], "the format of RCS"),
  forwardEd: flag(["-f", "--forward-ed"], "as an ed script, from the beginning to the end"),
  sideBySide: flag(["-y", "--side-by-side"], "two columns"),
  width: text(["-W", "--width"], "NUM", "at most NUM columns (130)"),
  leftColumn: flag(["--left-column"], "with -y: common lines on the left only"),
  suppressCommon: flag(["--suppress-common-lines"], "with -y: no common lines"),
  showFunction: flag(["-p", "--show-c-function"], "show the C function of each change"),
  functionLine: text(["-F", "--show-function-line"], "RE", "show the last line before that matches RE"),
  label: texts(["-L", "--label"], "LABEL", "use LABEL instead of name and time"),
  expandTabs: flag(["-t", "--expand-tabs"], "turn tabs into blanks"),
  initialTab: flag(["-T", "--initial-tab"], "let lines begin at a tab stop"),
  tabSize: text(["--tabsize"], "NUM", "tab stops every NUM columns (8)"),
  suppressBlankEmpty: flag(["--suppress-blank-empty"], "no blank before empty lines"),
  paginate: flag(["-l", "--paginate"], "pass the output through pr"),
  recursive: flag(["-r", "--recursive"], "compare directories with all below them"),
  noDereference: flag(["--no-dereference"], "compare symbolic links themselves"),
  newFile: flag(["-N", "--new-file"], "absent files count as empty"),
  unidirectional: flag(["-P", "--unidirectional-new-file"], "absent first files count as empty"),
  ignoreNameCase: flag(["--ignore-file-name-case"], "file names that differ only in capitals are the same"),
  noIgnoreNameCase: flag(["--no-ignore-file-name-case"], "case matters in names"),
  exclude: texts(["-x", "--exclude"], "PAT", "leave out files that match PAT"),
  excludeFrom: texts(["-X", "--exclude-from"], "FILE", "leave out files that match a line of FILE"),
  startingFile: text(["-S", "--starting-file"], "FILE", "begin with FILE in directories"),
  fromFile: text(["--from-file"], "FILE1", "compare FILE1 with all operands"),
  toFile: text(["--to-file"], "FILE2", "compare all operands with FILE2"),
  ignoreCase: flag(["-i", "--ignore-case"], "capitals equal small letters"),
  ignoreTab: flag(["-E", "--ignore-tab-expansion"], "tabs and blanks are the same"),
  ignoreTrailing: flag(["-Z", "--ignore-trailing-space"], "blanks at the end do not matter"),
  ignoreSpaceChange: flag(["-b", "--ignore-space-change"], "how many blanks does not matter"),
  ignoreAllSpace: flag(["-w", "--ignore-all-space"], "blanks do not matter"),
  ignoreBlankLines: flag(["-B", "--ignore-blank-lines"], "empty lines do not matter"),
  ignoreMatching: texts(["-I", "--ignore-matching-lines"], "RE", "changes whose lines all match RE do not matter"),
  asText: flag(["-a", "--text"], "all files are text"),
  stripCr: flag(["--strip-trailing-cr"], "no carriage return at line ends"),
  ifdef: text(["-D", "--ifdef"], "NAME", "both files merged, with #ifdef NAME"),
  lineFormat: text(["--line-format"], "LFMT", "all lines in the format LFMT"),
  oldLine: text(["--old-line-format"], "LFMT", "lines of the first file in the format LFMT"),
  newLine: text(["--new-line-format"], "LFMT", "lines of the second file in the format LFMT"),
  unchangedLine: text(["--unchanged-line-format"], "LFMT", "common lines in the format LFMT"),
  oldGroup: text(["--old-group-format"], "GFMT", "groups of lines of the first file in the format GFMT"),
  newGroup: text(["--new-group-format"], "GFMT", "groups of lines of the second file in the format GFMT"),
  unchangedGroup: text(["--unchanged-group-format"], "GFMT", "groups of common lines in the format GFMT"),
  changedGroup: text(["--changed-group-format"], "GFMT", "groups of changed lines in the format GFMT"),
  minimal: flag(["-d", "--minimal"], "search longer for fewer changes (always so here)"),
  horizon: text(["--horizon-lines"], "NUM", "no effect"),
  speed: flag(["-H", "--speed-large-files"], "no effect"),
  color: optionalText(["--color"], "WHEN", "colours: never, always or auto"),
  palette: text(["--palette"], "PALETTE", "the colours to use"),
  versionShort: flag(["-v"], "print the version"),
};

/** Changes that are put into text between two chances for others. */
const CHANGES_AT_ONCE = 512;

type Options = Call<typeof options>["options"];

export default gnu({
  name: "diff",
  project: "GNU diffutils",
  version: "3.8",
  summary: "show the lines in which files differ",
  synopsis: ["[OPTION]... FILES"],
  description: ["Compares two files, two directories, or a file with the one of the same name in a directory, and prints how to make the second from the first."],
  options,
  operands: "files",
  usageStatus: 2,
  failureStatus: 2,
  tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`,
  exitStatuses: [["0", "no difference"], ["1", "some differences"], ["2", "trouble"]],
  rewrite: (args, sys) => {
    const words = readWords(args);
    wordsOf.set(sys, words);
    return words.kept.map((word) => (word === "-v" ? "--version" : word));
  },
  *run(call, io) {
    const { sys, operands, options: chosen } = call;
    if (!chosen.paginate) return yield* compareAll(call, io);
    const { pid, fd } = openShellPipe(sys, `exec pr -h ${shellQuoted(`diff${wordsOf.get(sys)?.switches ?? ""} ${operands.join(" ")}`, true)}`, "w");
    sys.dup2(fd, 1);
    sys.close(fd);
    try {
      return yield* compareAll(call, io);
    } finally {
      yield* io.out.flush();
      sys.close(1);
      yield* waitFor(sys, pid);
    }
  },
});

function* compareAll({ sys, operands, options: chosen, argv0 }: Call<typeof options>, io: Io): Blocking<number> {
  const words = wordsOf.get(sys);
  if (chosen.label.length > 2) return io.die("too many file label options", 2);
  if (chosen.fromFile !== undefined && chosen.toFile !== undefined) return io.die("--from-file and --to-file both specified", 2);
  const differ = new Differ(io, chosen, words?.switches ?? "", words?.context, yield* readZone(sys), yield* exclusions(chosen, io), yield* coloursOf(chosen, io));
  if (chosen.fromFile !== undefined || chosen.toFile !== undefined) {
    let status = 0;
    for (const operand of operands) {
      status = Math.max(status, yield* differ.operands(chosen.fromFile ?? operand, chosen.toFile ?? operand));
    }
    return status;
  }
  const [first, second, third] = operands;
  if (first === undefined) return io.usage(`missing operand after '${argv0}'`);
  if (second === undefined) return io.usage(`missing operand after '${first}'`);
  if (third !== undefined) return io.usage(`extra operand '${third}'`);
  return yield* differ.operands(first, second);
}

interface Words {
  /** without -NUM */
  readonly kept: readonly string[];
  /** the options as typed, for the "diff -r a b" lines */
  readonly switches: string;
  /** -NUM */
  readonly context: number | undefined;
}

const wordsOf = new WeakMap<Sys, Words>();
const WITH_ARGUMENT = "CUWFLxXSID";
const LONG_WITH_ARGUMENT = new Set(["--width", "--show-function-line", "--label", "--tabsize", "--exclude", "--exclude-from", "--starting-file", "--from-file", "--to-file", "--ignore-matching-lines", "--ifdef", "--horizon-lines", "--palette",
  "--line-format", "--old-line-format", "--new-line-format", "--unchanged-line-format", "--old-group-format", "--new-group-format", "--unchanged-group-format", "--changed-group-format"]);

function readWords(args: readonly string[]): Words {
  const kept: string[] = [];
  const switches: string[] = [];
  let digits = "";
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (word === "--") {
      kept.push(...args.slice(i));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      kept.push(word);
      continue;
    }
    switches.push(word);
    let rest = word;
    let takesNext = LONG_WITH_ARGUMENT.has(word);
    if (!word.startsWith("--")) {
      rest = "-";
      for (let k = 1; k < word.length; k++) {
        const c = word[k] ?? "";
        if (c >= "0" && c <= "9") digits += c;
        else if (WITH_ARGUMENT.includes(c)) {
          rest += word.slice(k);
          takesNext = k === word.length - 1;
          break;
        } else rest += c;
      }
    }
    if (rest !== "-") kept.push(rest);
    if (takesNext && i + 1 < args.length) {
      const argument = args[++i] ?? "";
      kept.push(argument);
      switches.push(argument);
    }
  }
  return { kept, switches: switches.map((word) => ` ${shellQuoted(word)}`).join(""), context: digits === "" ? undefined : Number(digits) };
}

function* exclusions(chosen: Options, io: Io): Blocking<(name: string) => boolean> {
  const patterns = [...chosen.exclude];
  for (const file of chosen.excludeFrom) {
    try {
      const input = yield* io.open(file);
      patterns.push(...textOfLatin1(yield* input.all()).split("\n").filter((line) => line !== ""));
      io.close(input);
    } catch (error) {
      io.die(`${file}: ${reason(error)}`, 2);
    }
  }
  const compiled = patterns.map((pattern) => compileFnmatch(pattern));
  return (name) => compiled.some((matches) => matches(name));
}

interface Side {
  readonly name: string;
  /** undefined: absent, counts as empty */
  readonly facts: Stat | undefined;
}

class Differ {
  readonly #io: Io;
  readonly #chosen: Options;
  readonly #switches: string;
  readonly #zone: Zone;
  readonly #excluded: (name: string) => boolean;
  readonly #own: OwnFormats | undefined;
  readonly #style: "own" | "normal" | "context" | "unified" | "ed" | "rcs" | "forward-ed" | "side-by-side" | "ifdef" | "brief";
  readonly #contextLines: number;
  readonly #colours: Colours;
  readonly #ignoring: readonly Regex[];
  readonly #isFunction: ((line: string) => boolean) | undefined;
  readonly #tabSize: number;
  readonly #width: number;

  constructor(io: Io, chosen: Options, switches: string, oldContext: number | undefined, zone: Zone, excluded: (name: string) => boolean, colours: Colours) {
    this.#io = io;
    this.#chosen = chosen;
    this.#switches = switches;
    this.#zone = zone;
    this.#excluded = excluded;
    this.#own = ownFormats(chosen);
    const styles = [
      chosen.unified !== undefined || chosen.unifiedNumber !== undefined || chosen.unifiedFlag ? "unified" : undefined, chosen.context !== undefined || chosen.contextNumber !== undefined || chosen.contextFlag ? "context" : undefined,
      chosen.ed ? "ed" : undefined, chosen.rcs ? "rcs" : undefined, chosen.forwardEd ? "forward-ed" : undefined, chosen.sideBySide ? "side-by-side" : undefined, chosen.ifdef !== undefined ? "ifdef" : undefined, this.#own ? "own" : undefined, chosen.normal ? "normal" : undefined,
    ] as const;
    const set = styles.filter((style) => style !== undefined);
    if (set.length > 1) io.usage("conflicting output style options");
    this.#style = chosen.brief ? "brief" : (set[0] ?? (chosen.showFunction || chosen.functionLine !== undefined ? "context" : "normal"));
    const count = (value: string | true | undefined, what: string, least = 0) => {
      if (value === undefined || value === true) return undefined;
      if (!/^\d+$/.test(value) || Number(value) < least) io.usage(`invalid ${what} '${value}'`);
      return Number(value);
    };
    const lengths = [chosen.unified, chosen.unifiedNumber, chosen.context, chosen.contextNumber].map((value) => count(value, "context length")).filter((value) => value !== undefined);
    this.#contextLines = lengths.length > 0 ? Math.max(...lengths) : (oldContext ?? 3);
    this.#tabSize = count(chosen.tabSize, "tabsize", 1) ?? 8;
    this.#width = count(chosen.width, "width", 1) ?? 130;
    count(chosen.horizon, "horizon length");
    this.#colours = colours;
    this.#ignoring = chosen.ignoreMatching.map((source) => this.#compile(source));
    const functionRegex = chosen.functionLine !== undefined ? this.#compile(chosen.functionLine) : undefined;
    if (functionRegex) this.#isFunction = (line) => functionRegex.test(line);
    else if (chosen.showFunction) this.#isFunction = (line) => /^[A-Za-z$_]/.test(line);
  }

  #compile(source: string): Regex {
    try {
      return compileRegex(latin1OfText(source), { syntax: "grep" });
    } catch (error) {
      if (error instanceof RegexSyntaxError) return this.#io.die(`${source}: ${error.message}`, 2);
      throw error;
    }
  }

  *operands(first: string, second: string): Blocking<number> {
    let a = yield* this.#side(first);
    let b = yield* this.#side(second);
    const absent = this.#chosen.newFile || this.#chosen.unidirectional;
    let failed = false;
    for (const [side, other] of [[a, b], [b, a]] as const) {
      if (side.facts) continue;
      if (absent && other.facts && (this.#chosen.newFile || side === a)) continue;
      yield* this.#io.fail(`${side.name}: No such file or directory`);
      failed = true;
    }
    if (failed) return 2;
    const base = (name: string) => name.replace(/(.)\/+$/, "$1").replace(/^.*\//, "");
    if ((isDirectory(a) && second === "-") || (isDirectory(b) && first === "-")) return this.#io.die("cannot compare '-' to a directory", 2);
    const into = (directory: string, name: string) => (directory.endsWith("/") ? directory : `${directory}/`) + base(name);
    if (isDirectory(a) && !isDirectory(b) && b.facts && second !== "-") a = yield* this.#side(into(first, second));
    else if (!isDirectory(a) && isDirectory(b) && a.facts && first !== "-") b = yield* this.#side(into(second, first));
    for (const side of [a, b]) {
      if (side.facts || absent) continue;
      yield* this.#io.fail(`${side.name}: No such file or directory`);
      return 2;
    }
    return yield* this.#compare(a, b, true);
  }

  *#side(name: string): Blocking<Side> {
    const { sys } = this.#io;
    if (name === "-") {
      const facts = sys.fstat(0);
      return { name, facts: (facts.mode & S.IFMT) === S.IFREG ? facts : { ...facts, mtimeUs: sys.clockUs("realtime") } };
    }
    try {
      return { name, facts: this.#chosen.noDereference ? sys.lstat(name) : sys.stat(name) };
    } catch (error) {
      if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR")) return { name, facts: undefined };
      if (error instanceof SysError) {
        yield* this.#io.fail(`${name}: ${error.message}`);
        return { name, facts: undefined };
      }
      throw error;
    }
  }

  *#compare(a: Side, b: Side, top: boolean): Blocking<number> {
    if (this.#io.sys.charge(3)) yield* this.#io.sys.preempt();
    if (isDirectory(a) && isDirectory(b)) {
      if (top || this.#chosen.recursive) return yield* this.#directories(a.name, b.name, top ? this.#chosen.startingFile : undefined);
      this.#print(`Common subdirectories: ${a.name} and ${b.name}\n`);
      return 0;
    }
    const kind = (side: Side) => fileKind(side.facts);
    if (a.facts && b.facts && (isDirectory(a) || isDirectory(b) || ((!top || this.#chosen.noDereference) && kind(a) !== kind(b) && (!isRegular(a) || !isRegular(b))))) {
      this.#print(`File ${a.name} is a ${kind(a)} while file ${b.name} is a ${kind(b)}\n`);
      return 1;
    }
    const silent = !this.#showsAll || (this.#style === "side-by-side" && this.#chosen.suppressCommon);
    if (silent && a.facts && b.facts && a.facts.ino === b.facts.ino && a.facts.dev === b.facts.dev && (a.name !== "-") === (b.name !== "-")) {
      if (this.#chosen.reportIdentical) this.#print(`Files ${a.name} and ${b.name} are identical\n`);
      return 0;
    }
    if (this.#chosen.noDereference && a.facts && b.facts && (a.facts.mode & S.IFMT) === S.IFLNK) {
      if (this.#io.sys.readlink(a.name) === this.#io.sys.readlink(b.name)) return 0;
      this.#print(`Symbolic links ${a.name} and ${b.name} differ\n`);
      return 1;
    }
    return yield* this.#files(a, b, top);
  }

  /** These styles print common lines too. */
  get #showsAll(): boolean {
    return this.#style === "side-by-side" || this.#style === "ifdef" || this.#style === "own";
  }

  #print(line: string): void {
    this.#io.say(line);
  }

  *#read(side: Side): Blocking<string | undefined> {
    if (!side.facts) return "";
    try {
      const input = yield* this.#io.open(side.name);
      const content = yield* input.all();
      this.#io.close(input);
      return content;
    } catch (error) {
      yield* this.#io.fail(`${side.name}: ${reason(error)}`);
      return undefined;
    }
  }

  *#files(a: Side, b: Side, top: boolean): Blocking<number> {
    const io = this.#io;
    const chosen = this.#chosen;
    const exact = !chosen.ignoreCase && !chosen.ignoreTab && !chosen.ignoreTrailing && !chosen.ignoreSpaceChange && !chosen.ignoreAllSpace && !chosen.ignoreBlankLines && chosen.ignoreMatching.length === 0 && !chosen.stripCr;
    if (this.#style === "brief" && exact && a.facts && b.facts && isRegular(a) && isRegular(b) && a.facts.sizeBytes > 0 && b.facts.sizeBytes > 0 && a.facts.sizeBytes !== b.facts.sizeBytes) {
      this.#print(`Files ${a.name} and ${b.name} differ\n`);
      return 1;
    }
    let first = yield* this.#read(a);
    let second = a.name === "-" && b.name === "-" ? first : yield* this.#read(b);
    if (first === undefined || second === undefined) return 2;
    const name = (side: Side) => side.name;
    if (first === second) {
      if (this.#chosen.reportIdentical) this.#print(`Files ${name(a)} and ${name(b)} are identical\n`);
      if (!this.#showsAll) return 0;
    }
    if (!this.#chosen.asText && (first.includes("\0") || second.includes("\0"))) {
      if (first === second) return 0;
      this.#print(this.#style === "brief" ? `Files ${name(a)} and ${name(b)} differ\n` : `Binary files ${name(a)} and ${name(b)} differ\n`);
      return 1;
    }
    if (this.#chosen.stripCr) {
      first = first.replaceAll("\r\n", "\n");
      second = second.replaceAll("\r\n", "\n");
    }
    const linesA = yield* cutLines(io.sys, first);
    const linesB = yield* cutLines(io.sys, second);
    const how = {
      ignoreCase: this.#chosen.ignoreCase, tabExpansion: this.#chosen.ignoreTab, trailingSpace: this.#chosen.ignoreTrailing,
      spaceChange: this.#chosen.ignoreSpaceChange, allSpace: this.#chosen.ignoreAllSpace, tabSize: this.#tabSize,
    };
    // ed cannot say that a newline lacks: there it does not count as a difference.
    const whole = (lines: FileLines) => (this.#style === "ed" || this.#style === "forward-ed" ? { ...lines, incomplete: false } : lines);
    const keysA = lineKeys(whole(linesA), how);
    if (io.sys.charge(keysA.length >> 2)) yield* io.sys.preempt();
    const keysB = lineKeys(whole(linesB), how);
    if (io.sys.charge(keysB.length >> 2)) yield* io.sys.preempt();
    const [numbersA, numbersB] = yield* numberLines(io.sys, keysA, keysB);
    const changes = yield* lineChanges(io.sys, numbersA, numbersB);
    const ignorable = this.#ignorable(linesA, linesB);
    const differs = !changes.every(ignorable);
    if (this.#style === "brief") {
      if (differs) this.#print(`Files ${name(a)} and ${name(b)} differ\n`);
      else if (this.#chosen.reportIdentical) this.#print(`Files ${name(a)} and ${name(b)} are identical\n`);
      return differs ? 1 : 0;
    }
    const incomplete = this.#style !== "ed" && this.#style !== "forward-ed" ? [] : [{ side: a, lines: linesA }, { side: b, lines: linesB }].filter(({ lines }) => lines.incomplete && lines.lines.length > 0);
    for (const { side } of incomplete) yield* io.fail(`${side.name}: No newline at end of file\n`);
    if (!differs && !this.#showsAll) return incomplete.length > 0 ? 2 : 0;
    if (!top) io.out.put(`diff${this.#switches} ${quoted(a.name)} ${quoted(b.name)}\n`);
    const printer = new HunkPrinter(linesA, linesB, {
      context: this.#contextLines, colours: this.#colours, expandTabs: this.#chosen.expandTabs, tabSize: this.#tabSize, initialTab: this.#chosen.initialTab,
      suppressBlankEmpty: this.#chosen.suppressBlankEmpty, isFunction: this.#isFunction, ignorable, width: this.#width,
      leftColumn: this.#chosen.leftColumn, suppressCommon: this.#chosen.suppressCommon,
    });
    switch (this.#style) {
      case "normal":
        for (let at = 0; at < changes.length; at += CHANGES_AT_ONCE) {
          yield* io.out.printLatin1(printer.normal(changes.slice(at, at + CHANGES_AT_ONCE)));
          if (io.sys.charge(CHANGES_AT_ONCE)) yield* io.sys.preempt();
        }
        break;
      case "unified":
        this.#headers(a, b, "---", "+++");
        yield* io.out.printLatin1(printer.unified(changes));
        break;
      case "context":
        this.#headers(a, b, "***", "---");
        yield* io.out.printLatin1(printer.context(changes));
        break;
      case "ed":
        yield* io.out.printLatin1(printer.ed(changes));
        break;
      case "rcs":
        yield* io.out.printLatin1(printer.rcs(changes));
        break;
      case "forward-ed":
        yield* io.out.printLatin1(printer.forwardEd(changes));
        break;
      case "own":
        if (this.#own) yield* io.out.printLatin1(ownFormat(linesA, linesB, changes, this.#own, ignorable));
        break;
      case "side-by-side":
        yield* io.out.printLatin1(printer.sideBySide(changes));
        break;
      case "ifdef":
        yield* io.out.printLatin1(printer.ifdef(changes, latin1OfText(this.#chosen.ifdef ?? "")));
        break;
    }
    return incomplete.length > 0 ? 2 : differs ? 1 : 0;
  }

  #ignorable(a: FileLines, b: FileLines): (change: Change) => boolean {
    const blank = this.#chosen.ignoreBlankLines;
    const regexes = this.#ignoring;
    if (!blank && regexes.length === 0) return () => false;
    const skips = (line: string) => (blank && line.trim() === "" && (line === "" || this.#chosen.ignoreAllSpace || this.#chosen.ignoreSpaceChange)) || regexes.some((regex) => regex.test(line));
    return ({ from, deleted, to, inserted }) => a.lines.slice(from, from + deleted).every(skips) && b.lines.slice(to, to + inserted).every(skips);
  }

  #headers(a: Side, b: Side, markA: string, markB: string): void {
    const { header, reset } = this.#colours;
    const line = (side: Side, mark: string, label: string | undefined) => {
      const time = strftime("%Y-%m-%d %H:%M:%S.%N %z", civilAtUs(this.#zone, side.facts?.mtimeUs ?? 0));
      return `${header}${mark} ${label ?? `${quoted(side.name)}\t${time}`}${header && reset}\n`;
    };
    const [first, second] = this.#chosen.label;
    this.#io.out.put(line(a, markA, first) + line(b, markB, second));
  }

  *#directories(a: string, b: string, start: string | undefined): Blocking<number> {
    const { sys } = this.#io;
    const list = function* (self: Differ, directory: string): Blocking<string[] | undefined> {
      try {
        return sys.readdir(directory).map((entry) => entry.name).filter((name) => !self.#excluded(name)).sort(byBytes);
      } catch (error) {
        yield* self.#io.fail(`${directory}: ${reason(error)}`);
        return undefined;
      }
    };
    const inA = yield* list(this, a);
    const inB = yield* list(this, b);
    if (!inA || !inB) return 2;
    const join = (directory: string, name: string) => (directory.endsWith("/") ? directory : `${directory}/`) + name;
    let status = 0;
    // With --ignore-file-name-case a name of the second directory stands for the one of the first.
    const folds = this.#chosen.ignoreNameCase && !this.#chosen.noIgnoreNameCase;
    const twins = new Map(inB.map((name) => [folds ? (inA.includes(name) ? name : (inA.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name)) : name, name]));
    for (const name of [...new Set([...inA, ...twins.keys()])].sort(byBytes)) {
      if (start !== undefined && name < start) continue;
      const [hasA, hasB] = [inA.includes(name) ? name : undefined, twins.get(name)];
      const alone = (hasA === undefined) !== (hasB === undefined);
      const absentCounts = this.#chosen.newFile || (this.#chosen.unidirectional && hasB !== undefined);
      if (alone && !absentCounts) {
        this.#print(`Only in ${hasA !== undefined ? a : b}: ${name}\n`);
        status = Math.max(status, 1);
        continue;
      }
      const [nameA, nameB] = [join(a, hasA ?? name), join(b, hasB ?? name)];
      const sideA = hasA !== undefined ? yield* this.#side(nameA) : { name: nameA, facts: undefined };
      const sideB = hasB !== undefined ? yield* this.#side(nameB) : { name: nameB, facts: undefined };
      const dangling = [hasA !== undefined && !sideA.facts ? nameA : undefined, hasB !== undefined && !sideB.facts ? nameB : undefined].filter((one) => one !== undefined);
      for (const one of dangling) yield* this.#io.fail(`${one}: No such file or directory`);
      if (dangling.length > 0) {
        status = 2;
        continue;
      }
      const existing = sideA.facts ?? sideB.facts;
      if (existing && (existing.mode & S.IFMT) === S.IFDIR && alone) {
        if (this.#chosen.recursive) status = Math.max(status, yield* this.#oneSided(sideA, sideB));
        continue;
      }
      status = Math.max(status, yield* this.#compare(sideA, sideB, false));
      if (this.#io.out.full) yield* this.#io.out.flush();
    }
    return status;
  }

  /** -N: a directory that only one side has. */
  *#oneSided(a: Side, b: Side): Blocking<number> {
    let status = 0;
    const existing = a.facts ? a.name : b.name;
    for (const { name } of [...this.#io.sys.readdir(existing)].sort((x, y) => byBytes(x.name, y.name))) {
      if (this.#excluded(name)) continue;
      const sideA = a.facts ? yield* this.#side(`${a.name}/${name}`) : { name: `${a.name}/${name}`, facts: undefined };
      const sideB = b.facts ? yield* this.#side(`${b.name}/${name}`) : { name: `${b.name}/${name}`, facts: undefined };
      status = Math.max(status, isDirectory(sideA) || isDirectory(sideB) ? yield* this.#oneSided(sideA, sideB) : yield* this.#compare(sideA, sideB, false));
    }
    return status;
  }
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDirectory(side: Side): boolean {
  return side.facts !== undefined && (side.facts.mode & S.IFMT) === S.IFDIR;
}

function isRegular(side: Side): boolean {
  return side.facts === undefined || (side.facts.mode & S.IFMT) === S.IFREG;
}

/** As gnulib's c_file_type says it. */
function fileKind(facts: Stat | undefined): string {
  switch ((facts?.mode ?? S.IFREG) & S.IFMT) {
    case S.IFREG:
      return facts?.sizeBytes === 0 ? "regular empty file" : "regular file";
    case S.IFDIR:
      return "directory";
    case S.IFLNK:
      return "symbolic link";
    case S.IFBLK:
      return "block special file";
    case S.IFCHR:
      return "character special file";
    case S.IFIFO:
      return "fifo";
    default:
      return "socket";
  }
}

function quoted(name: string): string {
  return /[\s"\\]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"` : name;
}

/** As gnulib's sh_quote puts a word of a command line. */
function shellQuoted(word: string, always = false): string {
  return !always && /^[^\s!"#$&'()*;<=>?[\\^`|~{}:]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function ownFormats(chosen: Options): OwnFormats | undefined {
  const { lineFormat, oldLine, newLine, unchangedLine, oldGroup, newGroup, unchangedGroup, changedGroup } = chosen;
  if ([lineFormat, oldLine, newLine, unchangedLine, oldGroup, newGroup, unchangedGroup, changedGroup].every((format) => format === undefined)) return undefined;
  const latin1 = (format: string | undefined, otherwise: string) => (format === undefined ? otherwise : latin1OfText(format));
  const line = latin1(lineFormat, "%l\n");
  const [old, added] = [latin1(oldGroup ?? changedGroup, "%<"), latin1(newGroup ?? changedGroup, "%>")];
  return {
    group: { old, new: added, unchanged: latin1(unchangedGroup, "%="), changed: latin1(changedGroup, old + added) },
    line: { old: latin1(oldLine, line), new: latin1(newLine, line), unchanged: latin1(unchangedLine, line) },
    tabSize: chosen.expandTabs ? Number(chosen.tabSize ?? 8) : undefined,
  };
}

function* coloursOf(chosen: Options, io: Io): Blocking<Colours> {
  const when = chosen.color === true ? "auto" : (chosen.color ?? "never");
  if (when !== "never" && when !== "always" && when !== "auto") io.usage(`invalid color '${when}'`);
  if (when === "never" || (when === "auto" && !io.sys.isatty(1))) return NO_COLOURS;
  const codes = new Map([["rs", "0"], ["hd", "1"], ["ad", "32"], ["de", "31"], ["ln", "36"]]);
  for (const item of (chosen.palette ?? "").split(":")) {
    const [name, value] = item.split("=");
    if (item === "") continue;
    if (name === undefined || value === undefined || !codes.has(name)) {
      yield* io.warn("unparsable value for --palette");
      return NO_COLOURS;
    }
    codes.set(name, value);
  }
  const sgr = (name: string) => `\u001b[${codes.get(name)}m`;
  return { header: sgr("hd"), line: sgr("ln"), added: sgr("ad"), deleted: sgr("de"), reset: sgr("rs") };
}
