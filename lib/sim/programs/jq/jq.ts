// jq 1.6: the command. _syntax reads the filter, _evaluate runs it, _natives and _prelude are the builtins, _inputs reads the files.

import { type Blocking, decode, encode, O, type Sys, SysError, strerror } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { offsetAt, readZone } from "../kit/zones.ts";
import { undefinedNames } from "./_check.ts";
import { type Context, Evaluator, Halt } from "./_evaluate.ts";
import { Inputs } from "./_inputs.ts";
import { JsonFailure, parseJsonTexts } from "./_json-parser.ts";
import { LinkFailure, Linker, located, parseUnit, wrap } from "./_modules.ts";
import { NATIVES, SPECIALS } from "./_natives.ts";
import { prelude } from "./_prelude.ts";
import type { Node } from "./_syntax.ts";
import { dump, type DumpStyle, JqError, type Json, truthy } from "./_value.ts";

const VERSION = "1.6";
const LIBRARIES = ["~/.jq", "$ORIGIN/../lib/jq", "$ORIGIN/lib"] as const;
const MORE = "Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n";
const COLORS = ["1;30", "0;39", "0;39", "0;39", "0;32", "1;39", "1;39"] as const;

const OPTIONS = [
  flag(["-c", "--compact-output"], "each result on one line, without blanks"), flag(["-n", "--null-input"], "read nothing, the input is null"), flag(["-e", "--exit-status"], "status 1 when the last result is false or null"),
  flag(["-s", "--slurp"], "the filter sees one array with all inputs"), flag(["-r", "--raw-output"], "strings are written without quotes"), flag(["-j", "--join-output"], "as -r, without newlines"), flag(["-R", "--raw-input"], "each input line is a string"),
  flag(["-a", "--ascii-output"], "write other characters than ASCII as escapes"), flag(["-C", "--color-output"], "colorize JSON"), flag(["-M", "--monochrome-output"], "don't colorize JSON"), flag(["-S", "--sort-keys"], "the keys of objects in alphabetical order"), flag(["--tab"], "indent with a tab"),
  text(["--indent"], "n", "indent by n blanks (7 at most)"), text(["--arg"], "a v", "in the filter, $a is the string <v>"), text(["--argjson"], "a v", "in the filter, $a is what <v> says in JSON"), text(["--slurpfile"], "a f", "in the filter, $a is an array of what file <f> holds in JSON"),
  text(["--argfile"], "a f", "in the filter, $a is what file <f> holds in JSON, an array of it when there is not one value"),
  text(["--rawfile"], "a f", "set variable $a to the contents of <f>"), flag(["--args"], "the remaining arguments are strings, not files"), flag(["--jsonargs"], "the remaining arguments are JSON texts, not files"), flag(["-f", "--from-file"], "read the filter from the file that stands in its place"),
  flag(["--stream"], "parse the input as a stream of paths and leaves"), flag(["--seq"], "write an RS character before each output"), flag(["--unbuffered"], "flush after each output"), text(["-L"], "directory", "search modules there"), flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "print the version"),
];

interface Settings {
  program: string | undefined;
  fromFile: boolean;
  readonly files: string[];
  readonly named: Map<string, Json>;
  readonly positional: Json[];
  readonly flags: Set<string>;
  /** of -L */
  readonly directories: string[];
  indent: number;
  tab: boolean;
}

const SHORT = new Map([
  ["s", "slurp"], ["r", "raw"], ["j", "join"], ["a", "ascii"], ["c", "compact"], ["C", "color"], ["M", "monochrome"], ["S", "sort"], ["n", "null"], ["f", "file"], ["R", "raw-input"], ["e", "exit-status"], ["h", "help"], ["V", "version"],
]);
const LONG = new Map([
  ["slurp", "slurp"], ["raw-output", "raw"], ["join-output", "join"], ["ascii-output", "ascii"], ["compact-output", "compact"], ["color-output", "color"], ["monochrome-output", "monochrome"], ["sort-keys", "sort"], ["null-input", "null"], ["from-file", "file"],
  ["raw-input", "raw-input"], ["exit-status", "exit-status"], ["help", "help"], ["version", "version"], ["tab", "tab"], ["unbuffered", "unbuffered"], ["stream", "stream"], ["seq", "seq"], ["args", "args"], ["jsonargs", "jsonargs"], ["debug-dump-disasm", "ignored"], ["debug-trace", "ignored"], ["stream-errors", "stream"],
]);
const PAIRS = new Map([["arg", "takes two parameters (e.g. --arg varname value)"], ["argjson", "takes two parameters (e.g. --argjson varname text)"], ["slurpfile", "takes two parameters (e.g. --slurpfile varname filename)"], ["argfile", "takes two parameters (e.g. --argfile varname filename)"], ["rawfile", "takes two parameters (e.g. --rawfile varname filename)"]]);

class BadUsage extends Error {}

function help(): string {
  return `jq - commandline JSON processor [version ${VERSION}]\n\nUsage:\tjq [options] <jq filter> [file...]\n\tjq [options] --args <jq filter> [strings...]\n\tjq [options] --jsonargs <jq filter> [JSON_TEXTS...]\n\n` +
    "Applies the filter to each JSON text of its input and writes the results as JSON.\n\n" +
    `Some of the options include:\n${OPTIONS.map((option) => `  ${[option.names[0] ?? "", option.argument ?? ""].join(" ").padEnd(16)} ${option.help};`).join("\n")}\n\nSee the manpage for more options.\n`;
}

function* readAll(sys: Sys, path: string): Blocking<string> {
  const fd = path === "-" ? 0 : yield* sys.open(path, O.RDONLY);
  let content = "";
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65536);
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  if (fd !== 0) sys.close(fd);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  content = decode(whole);
  return content;
}

function* readOptions(sys: Sys, argv: readonly string[]): Blocking<Settings> {
  const settings: Settings = { program: undefined, fromFile: false, files: [], named: new Map(), positional: [], flags: new Set(), directories: [], indent: 2, tab: false };
  let rest: "files" | "args" | "jsonargs" = "files";
  let done = false;
  const positional = (word: string): void => {
    if (settings.program === undefined) settings.program = word;
    else if (rest === "files") settings.files.push(word);
    else if (rest === "args") settings.positional.push(word);
    else settings.positional.push(jsonOf(word, `invalid JSON text passed to --jsonargs`));
  };
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (done || !/^-[-A-Za-z]/.test(word)) {
      positional(word);
      continue;
    }
    if (word === "--") {
      if (settings.program === undefined) settings.program = argv[++i];
      done = true;
      continue;
    }
    if (!word.startsWith("--")) {
      if (word.startsWith("-L")) {
        const folder = word === "-L" ? argv[++i] : word.slice(2);
        if (folder === undefined) throw new BadUsage("-L takes a parameter: (e.g. -L /search/path or -L/search/path)");
        settings.directories.push(folder.startsWith("/") || folder.startsWith("~") || folder.startsWith("$") ? folder : `${sys.getcwd()}/${folder}`);
        continue;
      }
      const letters = [...word.slice(1)].map((letter) => SHORT.get(letter));
      if (letters.includes(undefined)) throw new BadUsage(`Unknown option ${word}`);
      for (const name of letters) if (name !== undefined) settings.flags.add(name);
      continue;
    }
    const name = word.slice(2);
    const simple = LONG.get(name);
    const pair = PAIRS.get(name);
    if (name === "args" || name === "jsonargs") rest = name;
    else if (name === "tab") settings.tab = true;
    else if (simple !== undefined) settings.flags.add(simple);
    else if (name === "indent") {
      const width = argv[++i];
      if (width === undefined) throw new BadUsage("--indent takes one parameter");
      const number = Number.parseInt(width, 10) || 0;
      if (number < -1 || number > 7) throw new BadUsage("--indent takes a number between -1 and 7");
      settings.indent = number;
      if (number === 0) settings.flags.add("compact");
    } else if (pair !== undefined) {
      const [variable, value] = [argv[i + 1], argv[i + 2]];
      if (variable === undefined || value === undefined) throw new BadUsage(`--${name} ${pair}`);
      i += 2;
      if (settings.named.has(variable)) continue;
      settings.named.set(variable, name === "arg" ? value : name === "argjson" ? jsonOf(value, "invalid JSON text passed to --argjson") : yield* fileValue(sys, name, variable, value));
    } else throw new BadUsage(`Unknown option ${word}`);
  }
  if (settings.flags.has("file")) settings.fromFile = true;
  return settings;
}

function jsonOf(word: string, message: string): Json {
  try {
    const values = parseJsonTexts(word);
    if (values.length === 1 && values[0] !== undefined) return values[0];
  } catch (error) {
    if (!(error instanceof JsonFailure)) throw error;
  }
  throw new BadUsage(message);
}

function* fileValue(sys: Sys, option: string, name: string, path: string): Blocking<Json> {
  let content: string;
  try {
    content = yield* readAll(sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new BadUsage(`Bad JSON in --${option} ${name} ${path}: Could not open ${path}: ${strerror(error.errno)}`);
  }
  if (option === "rawfile") return content;
  try {
    const values = parseJsonTexts(content);
    return option === "argfile" && values.length === 1 && values[0] !== undefined ? values[0] : values;
  } catch (error) {
    if (!(error instanceof JsonFailure)) throw error;
    throw new BadUsage(`Bad JSON in --${option} ${name} ${path}: ${error.message}`);
  }
}

/** The program with what it imports, and the data files it reads. Throws LinkFailure. */
function* compile(sys: Sys, source: string, variables: Iterable<string>, directories: readonly string[]): Blocking<{ readonly node: Node; readonly data: ReadonlyMap<string, Json> }> {
  const known = (name: string): boolean => NATIVES.has(name) || SPECIALS.has(name) || prelude().has(name);
  const check = (node: Node, text: string, where: string, names: Iterable<string>): void => {
    const problems = undefinedNames(node, known, names);
    if (problems.length > 0) throw new LinkFailure(`${problems.map((one) => located(text, one.message, one.at, where)).join("")}jq: ${problems.length} compile error${problems.length > 1 ? "s" : ""}\n`);
  };
  const linker = new Linker(sys, directories, check);
  const unit = parseUnit(source, "<top-level>");
  const brought = yield* linker.imported(unit, sys.getcwd(), true);
  const node = wrap([...brought, ...unit.definitions], unit.body ?? { kind: "identity" });
  check(node, source, "<top-level>", [...variables, ...linker.data.keys()]);
  return { node, data: linker.data };
}

export default program({
  name: "jq",
  summary: "filter and rewrite JSON",
  synopsis: ["[options] <jq filter> [file...]"],
  description: ["Applies the filter to each JSON text of its input and writes the results as JSON."],
  options: OPTIONS,
  operands: "files",
  exitStatuses: [["0", "the filter ran"], ["1", "-e: the last output was false or null"], ["2", "the options, or a file, are wrong"], ["3", "the filter cannot be read"], ["4", "-e: there was no output"], ["5", "the filter ended in an error"]],
}, function* (sys, argv, io) {
  // Messages do not wait for what is still to be written, as stdio's buffers of the real one do not.
  const tty = sys.isatty(1);
  const message = function* (content: string): Blocking<void> {
    if (tty) yield* io.stderr(content);
    else {
      try {
        yield* sys.write(2, encode(content));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  };
  let settings: Settings;
  try {
    settings = yield* readOptions(sys, argv);
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error;
    yield* message(`${error.message.startsWith("-L") ? "" : "jq: "}${error.message}\n${MORE}`);
    return 2;
  }
  const { flags, files, named } = settings;
  if (flags.has("help")) {
    yield* io.out.print(help());
    return 0;
  }
  if (flags.has("version")) {
    yield* io.out.print(`jq-${VERSION}\n`);
    return 0;
  }
  if (settings.program === undefined) {
    if (tty && sys.isatty(0)) {
      yield* message(help());
      return 2;
    }
    settings.program = ".";
  }
  let source = settings.program;
  if (settings.fromFile) {
    try {
      source = yield* readAll(sys, source);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* message(`jq: Could not open ${source}: ${strerror(error.errno)}\n`);
      return 2;
    }
  }
  const environment = new Map<string, Json>(sys.environment);
  const variables = new Map<string, Json>([["ENV", environment], ["ARGS", new Map<string, Json>([["positional", settings.positional], ["named", new Map(named)]])], ...named]);
  try {
    const { node, data } = yield* compile(sys, source, variables.keys(), settings.directories.length > 0 ? settings.directories : LIBRARIES);
    return yield* run(sys, io, node, settings, new Map([...data, ...variables]), environment, message, files);
  } catch (error) {
    if (!(error instanceof LinkFailure)) throw error;
    yield* message(error.message);
    return 3;
  }
});

function* run(
  sys: Sys, io: Io, node: Node, settings: Settings, variables: ReadonlyMap<string, Json>, environment: Json, message: (text: string) => Blocking<void>, files: readonly string[],
): Blocking<number> {
  const { flags } = settings;
  let colors: readonly string[] = COLORS;
  const wanted = sys.environment.get("JQ_COLORS");
  if (wanted !== undefined) {
    // One colour for each kind of value; those that are not named keep theirs.
    const named = wanted.split(":");
    if (named.every((color) => /^[0-9;]*$/.test(color))) colors = COLORS.map((color, at) => named[at] ?? color);
    else if (flags.has("color")) yield* message("Failed to set $JQ_COLORS\n");
  }
  const raw = flags.has("raw") || flags.has("join");
  const style: DumpStyle = {
    indent: flags.has("compact") ? undefined : settings.tab ? "\t" : " ".repeat(Math.max(0, settings.indent)), sortKeys: flags.has("sort"), ascii: flags.has("ascii"),
    colors: flags.has("color") || (sys.isatty(1) && !flags.has("monochrome")) ? colors : undefined,
  };
  const inputs = new Inputs(sys, files, { raw: flags.has("raw-input"), slurp: flags.has("slurp"), stream: flags.has("stream") }, message);
  const zone = yield* readZone(sys);
  const pending: string[] = [];
  const context: Context = {
    *input() {
      while (inputs.queue.length === 0 && !inputs.ended && inputs.broken === undefined) {
        wants = true;
        yield undefined;
      }
      return inputs.queue.shift();
    },
    charge: (steps) => sys.charge(steps),
    message: (content) => pending.push(content),
    environment,
    searchList: settings.directories.length > 0 ? settings.directories : LIBRARIES,
    nowSeconds: () => sys.clockUs("realtime") / 1e6,
    inputName: () => inputs.name ?? null,
    inputLine: () => inputs.line,
    zoneSeconds: (epochSeconds) => {
      const { offsetSeconds, abbreviation } = offsetAt(zone, Math.floor(epochSeconds));
      return { offset: offsetSeconds, name: abbreviation };
    },
  };
  let wants = false;
  const evaluator = new Evaluator(context, NATIVES, SPECIALS, prelude());
  let last: Json | undefined;
  let status = 0;

  /** Runs the filter on one value; the exit status it asks for, if any. */
  function* process(input: Json): Blocking<number | undefined> {
    try {
      for (const out of evaluator.run(node, input, variables)) {
        for (const content of pending.splice(0)) yield* message(content);
        if (!out) {
          if (wants) {
            wants = false;
            yield* inputs.fill();
          } else yield* sys.preempt();
          continue;
        }
        last = out.value;
        yield* io.out.print((flags.has("seq") ? "\x1e" : "") + (raw && typeof out.value === "string" ? out.value : dump(out.value, style)) + (flags.has("join") ? "" : "\n"));
        if (flags.has("unbuffered")) yield* io.out.flush();
      }
      for (const content of pending.splice(0)) yield* message(content);
      return undefined;
    } catch (error) {
      for (const content of pending.splice(0)) yield* message(content);
      if (error instanceof Halt) {
        if (error.value !== undefined && error.value !== null) yield* message(typeof error.value === "string" ? error.value : `${dump(error.value)}\n`);
        return error.status;
      }
      if (!(error instanceof JqError)) throw error;
      status = 5;
      const where = inputs.name ?? (inputs.fromFile || (flags.has("null") && inputs.line === 0 && !inputs.ended) ? "<unknown>" : "<stdin>");
      const place = where === "<unknown>" ? where : `${where}:${inputs.line}`;
      const { value } = error;
      yield* message(typeof value === "string" ? `jq: error (at ${place}): ${value}\n` : `jq: error (at ${place}) (not a string): ${dump(value)}\n`);
      return undefined;
    }
  }

  if (flags.has("null")) {
    const halted = yield* process(null);
    if (halted !== undefined) return halted;
  } else {
    for (;;) {
      yield* inputs.fill();
      const value = inputs.queue.shift();
      if (value === undefined) {
        if (inputs.broken === undefined) break;
        yield* message(`parse error: ${inputs.broken}\n`);
        return 4;
      }
      const halted = yield* process(value);
      if (halted !== undefined) return halted;
    }
  }
  if (inputs.failed) return 2;
  if (status !== 0) return status;
  if (!flags.has("exit-status")) return 0;
  return last === undefined ? 4 : truthy(last) ? 0 : 1;
}
