// grep 3.8: options, the files to search, exit status. Lines are searched in _search.ts.
// (More than 400 lines: options, files and the output of one match depend on each other.)

import { type Blocking, S, SysError, type Stat } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Call, counted, flag, gnu, type Io, optionalText, reason, text, texts } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";
import { RegexLimitError, RegexSyntaxError, type RegexSyntax } from "../kit/regex/compile-regex.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { LineMatcher } from "./_line-matcher.ts";
import { coloursFrom, Printer } from "./_printer.ts";
import { Search } from "./_search.ts";

const options = {
  extended: flag(["-E", "--extended-regexp"], "PATTERNS in the extended syntax (ERE)"),
  fixed: flag(["-F", "--fixed-strings"], "the patterns are plain strings"),
  basic: flag(["-G", "--basic-regexp"], "PATTERNS in the basic syntax (BRE), as without options"),
  perl: flag(["-P", "--perl-regexp"], "PATTERNS in the syntax of Perl (PCRE)"),
  matcher: text(["-X"], "MATCHER", "choose the kind of patterns by name"),
  regexp: texts(["-e", "--regexp"], "PATTERNS", "search for these patterns"),
  file: texts(["-f", "--file"], "FILE", "take patterns from FILE, one a line"),
  ignoreCase: flag(["-i", "-y", "--ignore-case"], "capitals and small letters are the same"),
  noIgnoreCase: flag(["--no-ignore-case"], "case matters (default)"),
  word: flag(["-w", "--word-regexp"], "matches must be whole words"),
  line: flag(["-x", "--line-regexp"], "matches must be whole lines"),
  nullData: flag(["-z", "--null-data"], "lines end in a zero byte"),
  noMessages: flag(["-s", "--no-messages"], "say nothing about files that cannot be read"),
  invert: flag(["-v", "--invert-match"], "lines without a match are the selected ones"),
  maxCount: text(["-m", "--max-count"], "NUM", "read no further than the NUMth selected line"),
  byteOffset: flag(["-b", "--byte-offset"], "print where the line or match begins, in bytes"),
  lineNumber: flag(["-n", "--line-number"], "print line numbers"),
  lineBuffered: flag(["--line-buffered"], "write out each line at once"),
  withFilename: flag(["-H", "--with-filename"], "print file names"),
  noFilename: flag(["-h", "--no-filename"], "print no file names"),
  label: text(["--label"], "LABEL", "the name to show for standard input"),
  onlyMatching: flag(["-o", "--only-matching"], "print only what matches, each match on its own line"),
  quiet: flag(["-q", "--quiet", "--silent"], "print nothing, only the exit status tells"),
  binaryFiles: text(["--binary-files"], "TYPE", "how to take binary files: binary, text or without-match"),
  asText: flag(["-a", "--text"], "as --binary-files=text"),
  skipBinary: flag(["-I"], "as --binary-files=without-match"),
  directories: text(["-d", "--directories"], "ACTION", "what to do with directories: read, recurse or skip"),
  devices: text(["-D", "--devices"], "ACTION", "what to do with devices, FIFOs and sockets: read or skip"),
  recursive: flag(["-r", "--recursive"], "search directories with all that is below them"),
  dereferenceRecursive: flag(["-R", "--dereference-recursive"], "as -r, following symbolic links"),
  include: texts(["--include"], "GLOB", "search only files whose names match GLOB"),
  exclude: texts(["--exclude"], "GLOB", "leave out files whose names match GLOB"),
  excludeFrom: texts(["--exclude-from"], "FILE", "leave out files that match a line of FILE"),
  excludeDir: texts(["--exclude-dir"], "GLOB", "leave out directories whose names match GLOB"),
  filesWithoutMatch: flag(["-L", "--files-without-match"], "only names: files that have no selected line"),
  filesWithMatches: flag(["-l", "--files-with-matches"], "only names: files that have a selected line"),
  count: flag(["-c", "--count"], "print only how many lines are selected"),
  initialTab: flag(["-T", "--initial-tab"], "let the line's own text begin at a tab stop"),
  null: flag(["-Z", "--null"], "print a zero byte behind file names"),
  before: text(["-B", "--before-context"], "NUM", "print NUM lines before each selected one"),
  after: text(["-A", "--after-context"], "NUM", "print NUM lines after each selected one"),
  context: text(["-C", "--context"], "NUM", "print NUM lines before and after (also -NUM)"),
  groupSeparator: text(["--group-separator"], "SEP", "print SEP between groups of lines"),
  noGroupSeparator: flag(["--no-group-separator"], "print nothing between groups of lines"),
  color: optionalText(["--color", "--colour"], "WHEN", "mark matches with colours: always, never or auto"),
  binary: flag(["-U", "--binary"], "no effect on this system"),
  unixByteOffsets: counted(["-u", "--unix-byte-offsets"], "no effect"),
};

type Options = Call<typeof options>["options"];
type Given = Call<typeof options>["given"];

const SYNTAX_OF = new Map<string, RegexSyntax>([["extended", "egrep"], ["fixed", "fixed"], ["basic", "grep"], ["perl", "pcre"]]);
const MATCHER_NAMES = new Map<string, RegexSyntax>([["grep", "grep"], ["egrep", "egrep"], ["fgrep", "fixed"], ["perl", "pcre"], ["awk", "awk"], ["gawk", "awk"], ["posixawk", "awk"]]);

export default gnu({
  name: "grep",
  project: "GNU grep",
  versionLetter: "V",
  version: "3.8",
  summary: "search files for lines that a pattern matches",
  synopsis: ["[OPTION]... PATTERNS [FILE]..."],
  description: [
    "Searches for PATTERNS (several are separated by newlines) in each FILE and prints the lines that match. Without FILE it reads standard input, or the working directory with -r. A FILE of '-' is standard input.",
  ],
  options,
  operands: "files",
  usageStatus: 2,
  failureStatus: 2,
  exitStatuses: [["0", "a line was selected"], ["1", "no line was selected"], ["2", "something went wrong"]],
  tryLine: () => "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
  rewrite: contextDigits,
  *run(call, io) {
    const { given, sys } = call;
    const chosen = call.options;
    const syntax = chooseSyntax(given, io);
    const operands = [...call.operands];
    if (chosen.unixByteOffsets > 0) yield* io.warn("warning: --unix-byte-offsets (-u) is obsolete");
    const context = contextLength(chosen.context, io);
    const before = contextLength(chosen.before, io) ?? context ?? 0;
    const after = contextLength(chosen.after, io) ?? context ?? 0;
    const patterns = yield* readPatterns(chosen, given, operands, io);
    const maxCount = readMaxCount(chosen.maxCount, io);
    const directories = directoryAction(given, io);
    if (chosen.devices !== undefined && chosen.devices !== "read" && chosen.devices !== "skip") io.die("unknown devices method");
    const binary = binaryAction(given, chosen.nullData, io);
    const listing = lastOf(given, ["filesWithMatches", "filesWithoutMatch"]);
    const ignoreCase = lastOf(given, ["ignoreCase", "noIgnoreCase"]) === "ignoreCase";
    const coloured = wantsColour(chosen.color, call.options, io);
    const oldColour = coloured && listing === undefined && !chosen.quiet && !chosen.count ? sys.environment.get("GREP_COLOR") : undefined;
    if (oldColour !== undefined && oldColour !== "") yield* io.warn(`warning: GREP_COLOR='${oldColour}' is deprecated; use GREP_COLORS='mt=${oldColour}'`);

    let matcher: LineMatcher;
    try {
      yield* warnOfPatterns(patterns, syntax, io);
      matcher = new LineMatcher(patterns, { syntax, ignoreCase, whole: chosen.line ? "line" : chosen.word ? "word" : undefined, nullData: chosen.nullData });
    } catch (error) {
      if (error instanceof RegexSyntaxError) io.die(error.message);
      throw error;
    }
    // nothing can be selected: no file is read
    if ((maxCount === 0 || (chosen.invert && !chosen.line && !chosen.word && patterns.includes(""))) && listing !== "filesWithoutMatch") return 1;

    const quiet = chosen.quiet;
    const prints = !quiet && !chosen.count && listing === undefined;
    const first = operands[0];
    const names = lastOf(given, ["withFilename", "noFilename"]);
    const several = operands.length > 1 || (directories === "recurse" && (first === undefined || isDirectory(sys, first)));
    const fileNames = names === undefined ? several : names === "withFilename";
    const delimiter = chosen.nullData ? "\0" : "\n";
    const printer = new Printer(io, {
      fileNames, nullAfterName: chosen.null, lineNumbers: chosen.lineNumber, byteOffsets: chosen.byteOffset, initialTab: chosen.initialTab,
      onlyMatching: chosen.onlyMatching, inverted: chosen.invert, colours: coloured ? coloursFrom(sys.environment, chosen.invert) : undefined, delimiter,
    }, matcher);
    const search = new Search(io, matcher, printer, {
      inverted: chosen.invert, context: chosen.context !== undefined || chosen.before !== undefined || chosen.after !== undefined, before: chosen.onlyMatching ? 0 : before, after: chosen.onlyMatching ? 0 : after, maxCount, prints,
      stopAtFirst: quiet || listing !== undefined, binary, delimiter, lineBuffered: chosen.lineBuffered,
      groupSeparator: chosen.noGroupSeparator ? undefined : (chosen.groupSeparator ?? "--"), needsOffsets: chosen.lineNumber || chosen.byteOffset,
    });
    const filter = yield* readFilter(chosen, io);
    const skipDevices = chosen.devices === "skip" || (chosen.devices === undefined && directories === "recurse");
    let selectedAny = false;
    const outputStat = prints && maxCount > 1 ? regularOutput(sys) : undefined;

    const searchInput = function* (input: Input, shown: string): Blocking<void> {
      printer.fileName = shown;
      if (chosen.initialTab) printer.numberWidth = numberWidth(sys, input.fd);
      let result: { readonly selected: number; readonly binaryMatch: boolean };
      try {
        result = yield* search.run(input);
      } catch (error) {
        if (error instanceof RegexLimitError) {
          yield* io.fail(`${shown}: ${error.message}`);
          return;
        }
        throw error;
      }
      if (result.selected > 0) selectedAny = true;
      const end = chosen.null ? "\0" : "\n";
      if (!quiet) {
        if (chosen.count && listing === undefined) {
          io.out.put((fileNames ? printer.name() + (chosen.null ? "\0" : printer.separator(":")) : "") + `${result.selected}\n`);
        }
        if (listing !== undefined && (result.selected > 0) === (listing === "filesWithMatches")) io.out.put(printer.name() + end);
        if (result.binaryMatch && prints) yield* io.warn(`${shown}: binary file matches`);
        if (io.out.full || chosen.lineBuffered) yield* io.out.flush();
      }
    };

    const complain = function* (name: string, error: unknown): Blocking<void> {
      io.status = 2;
      const why = reason(error);
      if (!chosen.noMessages) yield* io.warn(`${name}: ${why}`);
    };

    const searchFile = function* (path: string, shown: string, command: boolean): Blocking<void> {
      let input: Input | undefined;
      try {
        input = path === "-" && command ? io.stdin : yield* io.open(path);
        const facts = sys.fstat(input.fd);
        const type = facts.mode & S.IFMT;
        if (type === S.IFDIR && directories !== "read") return;
        if (skipDevices && !(command && chosen.devices === undefined) && isDevice(type)) return;
        if (outputStat && sameFile(facts, outputStat)) {
          yield* io.fail(`${shown}: input file is also the output`);
          return;
        }
        yield* searchInput(input, shown);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* complain(shown, error);
      } finally {
        if (input && input.fd !== 0) sys.close(input.fd);
      }
    };

    const visit = function* (path: string, command: boolean, ancestors: readonly Stat[]): Blocking<void> {
      if (quiet && selectedAny) return;
      if (sys.charge(2)) yield* sys.preempt();
      let facts: Stat;
      try {
        facts = command || chosen.dereferenceRecursive ? sys.stat(path) : sys.lstat(path);
      } catch (error) {
        yield* complain(path, error);
        return;
      }
      const type = facts.mode & S.IFMT;
      if (type === S.IFLNK) return;
      const base = command ? path : path.slice(path.lastIndexOf("/") + 1);
      if (type === S.IFDIR) {
        if (filter.skipsDirectory(base, command)) return;
        if (ancestors.some((one) => sameFile(one, facts))) {
          if (!chosen.noMessages) yield* io.warn(`${path}: warning: recursive directory loop`);
          return;
        }
        let entries: readonly { readonly name: string }[];
        try {
          entries = sys.readdir(path);
        } catch (error) {
          yield* complain(path, error);
          return;
        }
        const prefix = path.endsWith("/") ? path : `${path}/`;
        for (const entry of entries) yield* visit(prefix + entry.name, false, [...ancestors, facts]);
        return;
      }
      if (filter.skipsFile(base, command)) return;
      if (!command && isDevice(type) && skipDevices) return;
      yield* searchFile(path, path, command);
    };

    if (operands.length === 0) {
      if (directories === "recurse") {
        for (const entry of sys.readdir(".")) yield* visit(entry.name, false, []);
      } else yield* searchFile("-", chosen.label ?? "(standard input)", true);
    }
    for (const operand of operands) {
      if (quiet && selectedAny) break;
      if (operand === "-") yield* searchFile("-", chosen.label ?? "(standard input)", true);
      else if (directories === "recurse") yield* visit(operand, true, []);
      else if (!filter.skipsFile(operand, true)) yield* searchFile(operand, operand, true);
    }
    if (quiet && selectedAny) return 0;
    return io.status !== 0 ? io.status : selectedAny ? 0 : 1;
  },
});

/** -NUM, also in several digits and in a cluster, is -C NUM. */
function contextDigits(args: readonly string[]): readonly string[] {
  const result: string[] = [];
  const withArgument = "XefmdDABC";
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return [...result, ...args.slice(i)];
    if (!arg.startsWith("-") || arg.startsWith("--") || arg === "-") {
      result.push(arg);
      continue;
    }
    let digits = "";
    let kept = "-";
    let takesNext = false;
    for (let k = 1; k < arg.length; k++) {
      const c = arg[k] ?? "";
      if (c >= "0" && c <= "9") digits += c;
      else if (withArgument.includes(c)) {
        kept += arg.slice(k);
        takesNext = k === arg.length - 1;
        break;
      } else kept += c;
    }
    if (digits !== "") result.push("-C", digits);
    if (kept !== "-") result.push(kept);
    if (takesNext && i + 1 < args.length) result.push(args[++i] ?? "");
  }
  return result;
}

function chooseSyntax(given: Given, io: Io): RegexSyntax {
  let syntax: RegexSyntax | undefined;
  for (const { option, argument } of given) {
    const wanted = option === "matcher" ? MATCHER_NAMES.get(argument ?? "") : SYNTAX_OF.get(option);
    if (option === "matcher" && !wanted) io.die(`invalid matcher ${argument}`);
    if (!wanted) continue;
    if (syntax && syntax !== wanted && (syntax === "pcre" || wanted === "pcre" || syntax === "fixed" || wanted === "fixed") && !(syntax === "grep" || wanted === "grep")) {
      io.die("conflicting matchers specified");
    }
    syntax = wanted;
  }
  return syntax ?? "grep";
}

function* readPatterns(chosen: Options, given: Given, operands: string[], io: Io): Blocking<string[]> {
  const patterns: string[] = [];
  if (chosen.regexp.length === 0 && chosen.file.length === 0) {
    const pattern = operands.shift();
    if (pattern === undefined) io.usage();
    return pattern.split("\n");
  }
  for (const { option, argument = "" } of given) {
    if (option === "regexp") patterns.push(...argument.split("\n"));
    else if (option === "file") {
      try {
        const input = yield* io.open(argument);
        const content = textOfLatin1(yield* input.all());
        io.close(input);
        if (content !== "") patterns.push(...(content.endsWith("\n") ? content.slice(0, -1) : content).split("\n"));
      } catch (error) {
        io.die(`${argument}: ${reason(error)}`);
      }
    }
  }
  return [...new Set(patterns)];
}

/** The remarks of grep's own parser on repetitions without anything to repeat, and on [:space:] outside brackets. */
function* warnOfPatterns(patterns: readonly string[], syntax: RegexSyntax, io: Io): Blocking<void> {
  if (syntax !== "egrep" && syntax !== "grep") return;
  for (const pattern of patterns) {
    if (/\[:[a-z]+:\]/.test(pattern) && /(^|[^[\\])\[:[a-z]+:\](?!\])/.test(pattern)) io.die("character class syntax is [[:space:]], not [:space:]");
    if (syntax !== "egrep") continue;
    for (const found of pattern.matchAll(/(^|\\.|\[[^\]]*\]|.)([*+?]|\{[0-9]*,?[0-9]*\})/gs)) {
      const before = found[1] ?? "";
      if (before === "" || before === "(" || before === "|" || before === "^") {
        yield* io.warn(`warning: ${found[2]?.startsWith("{") ? "{...}" : found[2]} at start of expression`);
      }
    }
  }
}

function contextLength(value: string | undefined, io: Io): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\s*\+?\d+$/.test(value)) io.die(`${value}: invalid context length argument`);
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}

function readMaxCount(value: string | undefined, io: Io): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  const found = /^\s*([+-]?\d+)([kKMG]?)$/.exec(value);
  if (!found) io.die("invalid max count");
  const count = Number(found[1]) * 1024 ** " KMG".indexOf((found[2] ?? "").toUpperCase() || " ");
  return count < 0 ? Number.POSITIVE_INFINITY : count;
}

function directoryAction(given: Given, io: Io): "read" | "recurse" | "skip" {
  let action: "read" | "recurse" | "skip" = "read";
  for (const { option, argument } of given) {
    if (option === "recursive" || option === "dereferenceRecursive") action = "recurse";
    else if (option === "directories") {
      if (argument === "read" || argument === "recurse" || argument === "skip") action = argument;
      else io.usage(`invalid argument ${io.quote(argument ?? "")} for ${io.quote("--directories")}\nValid arguments are:\n  - ${io.quote("read")}\n  - ${io.quote("recurse")}\n  - ${io.quote("skip")}`);
    }
  }
  return action;
}

function binaryAction(given: Given, nullData: boolean, io: Io): "binary" | "text" | "without-match" {
  let action: "binary" | "text" | "without-match" = "binary";
  for (const { option, argument } of given) {
    if (option === "asText") action = "text";
    else if (option === "skipBinary") action = "without-match";
    else if (option === "binaryFiles") {
      if (argument === "binary" || argument === "text" || argument === "without-match") action = argument;
      else io.die("unknown binary-files type");
    }
  }
  return nullData && action === "binary" ? "binary" : action;
}

function lastOf<K extends keyof typeof options>(given: Given, names: readonly K[]): K | undefined {
  let last: K | undefined;
  for (const { option } of given) for (const name of names) if (option === name) last = name;
  return last;
}

function wantsColour(when: string | true | undefined, chosen: Options, io: Io): boolean {
  switch (when) {
    case undefined:
    case "never":
    case "no":
    case "none":
      return false;
    case "always":
    case "yes":
    case "force":
      return true;
    case true:
    case "auto":
    case "tty":
    case "if-tty":
      return !chosen.quiet && io.sys.isatty(1) && !["dumb", "", undefined].includes(io.sys.environment.get("TERM"));
    default:
      io.usage();
  }
}

interface Filter {
  skipsFile(name: string, command: boolean): boolean;
  skipsDirectory(name: string, command: boolean): boolean;
}

function* readFilter(chosen: Options, io: Io): Blocking<Filter> {
  const excluded = [...chosen.exclude];
  for (const file of chosen.excludeFrom) {
    try {
      const input = yield* io.open(file);
      excluded.push(...textOfLatin1(yield* input.all()).split("\n").filter((line) => line !== ""));
      io.close(input);
    } catch (error) {
      io.die(`${file}: ${reason(error)}`);
    }
  }
  const matches = (globs: readonly string[]) => {
    const compiled = globs.map((glob) => compileFnmatch(glob));
    return (name: string, command: boolean) => {
      const candidates = command ? suffixes(name) : [name];
      return compiled.some((one) => candidates.some(one));
    };
  };
  const include = matches(chosen.include);
  const exclude = matches(excluded);
  const excludeDir = matches(chosen.excludeDir.map((glob) => (glob.length > 1 ? glob.replace(/\/+$/, "") : glob)));
  return {
    skipsFile: (name, command) => (chosen.include.length > 0 && !include(name, command)) || (excluded.length > 0 && exclude(name, command)),
    skipsDirectory: (name, command) => chosen.excludeDir.length > 0 && excludeDir(command ? name.replace(/(.)\/+$/, "$1") : name, command),
  };
}

/** A name given on the command line may match from any of its slashes on. */
function suffixes(name: string): string[] {
  const found = [name];
  for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) found.push(name.slice(at + 1));
  return found;
}

function isDirectory(sys: Call<typeof options>["sys"], path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function isDevice(type: number): boolean {
  return type === S.IFCHR || type === S.IFBLK || type === S.IFIFO || type === S.IFSOCK;
}

/** -T: as many columns as an offset in this file may need. */
function numberWidth(sys: Call<typeof options>["sys"], fd: number): number {
  const facts = sys.fstat(fd);
  return String((facts.mode & S.IFMT) === S.IFREG ? facts.sizeBytes : Number.MAX_SAFE_INTEGER * 1024).length;
}

function sameFile(a: Stat, b: Stat): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

function regularOutput(sys: Call<typeof options>["sys"]): Stat | undefined {
  try {
    const facts = sys.fstat(1);
    return (facts.mode & S.IFMT) === S.IFREG ? facts : undefined;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
