// xargs 4.9.0: builds command lines from standard input.

import { type Blocking, encode, O, SIGNALS, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { type Call, flag, gnu, type Io, optionalText, reason, text } from "../kit/gnu.ts";
import { shellEscape } from "../kit/quote.ts";
import { startCommand } from "./_exec.ts";
import { Items } from "./_xargs-items.ts";

const options = {
  null: flag(["-0", "--null"], "items end in a zero byte; quotes and backslashes are ordinary"),
  argFile: text(["-a", "--arg-file"], "FILE", "read items from FILE"),
  delimiter: text(["-d", "--delimiter"], "CHARACTER", "items end in CHARACTER"),
  eof: text(["-E"], "END", "a line END ends the input"),
  oldEof: optionalText(["-e", "--eof"], "END", "as -E when END is given"),
  replace: text(["-I"], "R", "put each line in place of R, a command a line"),
  oldReplace: optionalText(["-i", "--replace"], "R", "as -I, R being {} when left out"),
  maxLines: text(["-L"], "MAX-LINES", "at most so many lines a command"),
  oldMaxLines: optionalText(["-l", "--max-lines"], "MAX-LINES", "as -L, 1 when left out"),
  maxArgs: text(["-n", "--max-args"], "MAX-ARGS", "at most so many items a command"),
  openTty: flag(["-o", "--open-tty"], "standard input of commands is the terminal"),
  maxProcs: text(["-P", "--max-procs"], "MAX-PROCS", "run so many commands at a time"),
  interactive: flag(["-p", "--interactive"], "ask before each command"),
  slotVariable: text(["--process-slot-var"], "VAR", "give commands their slot's number in VAR"),
  noRunIfEmpty: flag(["-r", "--no-run-if-empty"], "without items run nothing"),
  maxChars: text(["-s", "--max-chars"], "MAX-CHARS", "at most so long a command line"),
  showLimits: flag(["--show-limits"], "show the limits on command lines"),
  verbose: flag(["-t", "--verbose"], "show commands before running them"),
  exit: flag(["-x", "--exit"], "end when a command line gets too long"),
};

const EXCLUSIVE = new Map<string, { readonly long: string; readonly both: string }>([
  ["replace", { long: "--replace", both: "--replace/-I/-i" }], ["oldReplace", { long: "--replace", both: "--replace/-I/-i" }],
  ["maxLines", { long: "--max-lines", both: "-L" }], ["oldMaxLines", { long: "--max-lines", both: "--max-lines/-l" }],
  ["maxArgs", { long: "--max-args", both: "--max-args/-n" }],
]);

type Options = Call<typeof options>["options"];

const DEFAULT_CHARS = 131072;
/** what execve takes, less the room that POSIX wants left */
const ARGUMENT_BYTES = 2_097_152 - 2_048;

export default gnu({
  name: "xargs",
  project: "GNU findutils",
  version: "4.9.0",
  summary: "run commands with arguments from standard input",
  synopsis: ["[OPTION]... COMMAND [INITIAL-ARGS]..."],
  description: ["Reads items (separated by blanks or newlines, with quotes and backslashes) and runs COMMAND (default: echo) with them."],
  options,
  operands: "commands",
  parsing: { stopAtOperand: true },
  exitStatuses: [["0", "success"], ["123", "a command ended with 1 to 125"], ["124", "a command ended with 255"], ["125", "a command was killed"], ["126", "a command cannot be run"], ["127", "the command was not found"], ["1", "another error"]],
  *run({ options: chosen, operands, given }, io) {
    let previous: string | undefined;
    for (const { option } of given) {
      const names = EXCLUSIVE.get(option);
      if (!names) continue;
      if (previous !== undefined && previous !== names.long) yield* io.warn(`warning: options ${previous} and ${names.both} are mutually exclusive, ignoring previous ${previous} value`);
      previous = names.long;
    }
    if (chosen.slotVariable?.includes("=")) return io.die("option --process-slot-var may not be set to a value which includes `='");
    const xargs = new Xargs(chosen, operands.length > 0 ? operands : ["echo"], lastLimit(given), yield* longestCommand(chosen.maxChars, io), io);
    return yield* xargs.run();
  },
});

/** -I, -L and -n exclude one another: the last one counts. */
function lastLimit(given: readonly { readonly option: string }[]): "replace" | "lines" | "args" | undefined {
  let last: "replace" | "lines" | "args" | undefined;
  for (const { option } of given) {
    if (option === "replace" || option === "oldReplace") last = "replace";
    else if (option === "maxLines" || option === "oldMaxLines") last = "lines";
    else if (option === "maxArgs") last = "args";
  }
  return last;
}

/** -s; a length that cannot be is mended, with a word. */
function* longestCommand(value: string | undefined, io: Io): Blocking<number> {
  if (value === undefined) return DEFAULT_CHARS;
  if (!/^[-+]?\d+$/.test(value)) return io.usage(`invalid number "${value}" for -s option`);
  const most = ARGUMENT_BYTES - [...io.sys.environment].reduce((sum, [name, text]) => sum + encode(name).length + encode(text).length + 2, 0);
  const number = Number(value);
  if (number < 1) yield* io.warn(`value ${value} for -s option should be >= 1`);
  if (number > most) yield* io.warn(`value ${value} for -s option should be <= ${most}`);
  return Math.min(Math.max(number, 1), most);
}

function positive(io: Io, value: string, letter: string): number {

  if (!/^[-+]?\d+$/.test(value)) io.usage(`invalid number "${value}" for -${letter} option`);
  const number = Number(value);
  if (letter !== "P" && number < 1) io.usage(`value ${value} for -${letter} option should be >= 1`);
  if (letter === "P" && number < 0) io.usage(`value ${value} for -P option should be >= 0`);
  return number;
}

class Ended extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

class Xargs {
  readonly #io: Io;
  readonly #chosen: Options;
  readonly #command: readonly string[];
  readonly #replace: string | undefined;
  readonly #maxLines: number | undefined;
  readonly #maxArgs: number | undefined;
  readonly #maxProcs: number;
  readonly #maxChars: number;
  #status = 0;
  readonly #running = new Map<number, number>();
  #ran = false;

  constructor(chosen: Options, command: readonly string[], limit: "replace" | "lines" | "args" | undefined, maxChars: number, io: Io) {
    this.#io = io;
    this.#chosen = chosen;
    this.#command = command;
    const replace = chosen.replace ?? (chosen.oldReplace === true ? "{}" : chosen.oldReplace);
    const lines = chosen.maxLines ?? (chosen.oldMaxLines === true ? "1" : chosen.oldMaxLines);
    const maxLines = lines === undefined ? undefined : positive(io, lines, chosen.maxLines === undefined ? "l" : "L");
    const maxArgs = chosen.maxArgs === undefined ? undefined : positive(io, chosen.maxArgs, "n");
    this.#replace = limit === "replace" || (limit === "args" && maxArgs === 1 && replace !== undefined) ? replace : undefined;
    this.#maxLines = limit === "lines" ? maxLines : undefined;
    this.#maxArgs = limit === "args" && this.#replace === undefined ? maxArgs : undefined;
    this.#maxProcs = chosen.maxProcs === undefined ? 1 : positive(io, chosen.maxProcs, "P") || 1_000;
    this.#maxChars = maxChars;
  }

  *run(): Blocking<number> {
    const io = this.#io;
    if (this.#chosen.showLimits) {
      yield* io.stderr(`Your environment variables take up ${[...io.sys.environment].reduce((sum, [name, value]) => sum + name.length + value.length + 2, 0)} bytes\nPOSIX upper limit on argument length (this system): 2094881\nPOSIX smallest allowable upper limit on argument length (all systems): 4096\nMaximum length of command we could actually use: 2093658\nSize of command buffer we are actually using: ${this.#maxChars}\nMaximum parallelism (--max-procs must be no greater): 2147483647\n`);
    }
    try {
      if (this.#replace !== undefined) yield* this.#runReplacing(this.#replace);
      else yield* this.#runGathering();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      this.#status = error.status;
    }
    try {
      while (this.#running.size > 0) yield* this.#reap();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      return error.status;
    }
    return this.#status;
  }

  *#open(): Blocking<Items> {
    const { argFile, delimiter } = this.#chosen;
    const io = this.#io;
    let input = io.stdin;
    if (argFile !== undefined && argFile !== "-") {
      try {
        input = yield* io.open(argFile);
      } catch (error) {
        io.die(`Cannot open input file ${io.quote(argFile)}: ${reason(error)}`);
      }
    }
    const separator = this.#chosen.null ? "\0" : delimiter === undefined ? undefined : delimiterCharacter(delimiter, io);
    if (separator !== undefined && (this.#chosen.eof !== undefined || typeof this.#chosen.oldEof === "string")) yield* io.warn("warning: the -E option has no effect if -0 or -d is used.\n");
    const oldEof = this.#chosen.oldEof === true ? undefined : this.#chosen.oldEof;
    return new Items(input, separator, this.#replace !== undefined, this.#chosen.eof ?? oldEof, io);
  }

  *#runReplacing(placeholder: string): Blocking<void> {
    const items = yield* this.#open();
    for (let item = yield* items.next(); item; item = yield* items.next()) {
      const { text: value } = item;
      const argv = this.#command.map((word, i) => (i === 0 && word === placeholder ? value : word.replaceAll(placeholder, () => value)));
      if (argv.reduce((sum, word) => sum + encode(word).length + 1, 0) > this.#maxChars) {
        yield* this.#io.fail("argument list too long");
        throw new Ended(1);
      }
      yield* this.#start(argv);
      if (this.#io.sys.charge(2)) yield* this.#io.sys.preempt();
    }
    items.check();
  }

  *#runGathering(): Blocking<void> {
    const items = yield* this.#open();
    const fixed = this.#command.reduce((sum, word) => sum + encode(word).length + 1, 0);
    if (fixed > this.#maxChars) {
      yield* this.#io.fail("cannot fit single argument within argument list size limit");
      throw new Ended(1);
    }
    let batch: string[] = [];
    let size = fixed;
    let lines = 0;
    const flush = function* (self: Xargs): Blocking<void> {
      const argv = [...self.#command, ...batch];
      batch = [];
      size = fixed;
      lines = 0;
      yield* self.#start(argv);
    };
    for (let item = yield* items.next(); item; item = yield* items.next()) {
      const length = encode(item.text).length + 1;
      if (fixed + length > this.#maxChars) {
        yield* this.#io.fail("argument line too long");
        throw new Ended(1);
      }
      if (size + length > this.#maxChars) {
        if (this.#chosen.exit && (this.#maxArgs !== undefined || this.#maxLines !== undefined)) {
          yield* this.#io.fail("argument list too long");
          throw new Ended(1);
        }
        yield* flush(this);
      }
      batch.push(item.text);
      size += length;
      if (item.endsLine) lines++;
      if ((this.#maxArgs !== undefined && batch.length >= this.#maxArgs) || (this.#maxLines !== undefined && lines >= this.#maxLines)) yield* flush(this);
      if (this.#io.sys.charge(1)) yield* this.#io.sys.preempt();
    }
    if (batch.length > 0 || (!this.#ran && !this.#chosen.noRunIfEmpty && items.problem === undefined)) yield* flush(this);
    items.check();
  }

  *#start(argv: readonly string[]): Blocking<void> {
    const io = this.#io;
    const { sys } = io;
    this.#ran = true;
    while (this.#running.size >= this.#maxProcs) yield* this.#reap();
    if (this.#chosen.verbose || this.#chosen.interactive) yield* io.stderr(`${argv.map((word) => shellEscape(word, this.#io.utf8, false)).join(" ")}${this.#chosen.interactive ? "" : "\n"}`);
    if (this.#chosen.interactive && !(yield* this.#confirm())) return;
    const slots = new Set(this.#running.values());
    let slot = 0;
    while (slots.has(slot)) slot++;
    const { argFile, openTty } = this.#chosen;
    const pid = startCommand(sys, argv, (error) => `${io.argv0}: ${argv[0]}: ${error.message}\n`, function* (child) {
      if (argFile !== undefined && !openTty) return;
      let fd: number;
      try {
        fd = yield* child.open(openTty ? "/dev/tty" : "/dev/null", O.RDONLY);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* child.write(2, encode(`${io.argv0}: ${openTty ? "'/dev/tty'" : "/dev/null"}: ${error.message}\n`));
        // the real one's child fails an assertion after that message
        child.kill(child.getpid(), SIGNALS.ABRT);
        return yield* child.exit(1);
      }
      child.dup2(fd, 0);
      if (fd > 0) child.close(fd);
    }, this.#chosen.slotVariable === undefined ? undefined : new Map(sys.environment).set(this.#chosen.slotVariable, String(slot)));
    this.#running.set(pid, slot);
    if (this.#maxProcs === 1) yield* this.#reap();
  }

  *#confirm(): Blocking<boolean> {
    const { sys } = this.#io;
    let fd: number;
    try {
      fd = yield* sys.open("/dev/tty", O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.stderr(`${this.#io.argv0}: failed to open /dev/tty for reading: ${error.message}\n`);
      return yield* sys.exit(1);
    }
    yield* this.#io.stderr(" ?...");
    const bytes = yield* sys.read(fd, 256);
    sys.close(fd);
    return bytes[0] === 121 || bytes[0] === 89;
  }

  *#reap(): Blocking<void> {
    let pid: number;
    let status: WaitStatus;
    try {
      const waited = yield* this.#io.sys.waitpid(-1);
      if (!waited) return;
      pid = waited.pid;
      status = waited.status;
    } catch (error) {
      if (error instanceof SysError && error.errno === "EINTR") return;
      throw error;
    }
    if (!this.#running.delete(pid)) return;
    if (status.kind === "signaled") {
      yield* this.#io.warn(`${this.#command[0]}: terminated by signal ${status.signal}`);
      throw new Ended(125);
    }
    if (status.kind !== "exited") return;
    if (status.status === 255) {
      yield* this.#io.warn(`${this.#command[0]}: exited with status 255; aborting`);
      throw new Ended(124);
    }
    if (status.status === 126 || status.status === 127) throw new Ended(status.status);
    if (status.status !== 0) this.#status = 123;
  }
}

function delimiterCharacter(text: string, io: Io): string {
  if ([...text].length === 1) return text;
  const escapes = new Map([["\\n", "\n"], ["\\t", "\t"], ["\\0", "\0"], ["\\a", "\u0007"], ["\\b", "\b"], ["\\f", "\f"], ["\\r", "\r"], ["\\v", "\v"], ["\\\\", "\\"]]);
  const made = escapes.get(text);
  if (/^\\[^0-7x]$/s.test(text) && made === undefined) return io.die(`Invalid escape sequence ${text} in input delimiter specification.`);
  if (made !== undefined) return made;
  const number = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))$/.exec(text);
  if (number) return String.fromCharCode(number[1] === undefined ? Number.parseInt(number[2] ?? "0", 8) : Number.parseInt(number[1], 16));
  return io.die(`Invalid input delimiter specification ${text}: the delimiter must be either a single character or an escape sequence starting with \\.`);
}
