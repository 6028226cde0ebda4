// more: pages through text without a screen of its own; what was shown scrolls away (util-linux 2.38).
// (More than 400 lines: one screen and its keys.)
import { type Blocking, decode, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { compileRegex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { runShell } from "../kit/shell-command.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Io, flag, reason, text, utilLinux } from "../kit/util-linux.ts";
import { charWidth } from "../kit/width.ts";

const MOST_BYTES = 16 << 20;
const RULE = "-".repeat(79);

const HELP = [
  "A number k before a command says how often or how many. [defaults in brackets]", "A star * marks numbers that are kept for the next time.", RULE,
  "<space>                 the next k lines [a screen]", "z                       the next k lines [a screen]*", "<return>                the next k lines [1]*", "d or ctrl-D             scroll k lines [11 at first]*",
  "q or Q or <interrupt>   leave", "s                       skip k lines [1]", "f                       skip k screens [1]", "b or ctrl-B             back k screens [1]", "'                       where the last search began",
  "=                       number of the line", "/<regular expression>   search for it, the k-th time [1]", "n                       the same search again [1]", "!<cmd> or :!<cmd>       run a command with a shell", "v                       edit with '/usr/bin/vi' at this line",
  "ctrl-L                  draw the screen again", ":n                      the k-th next file [1]", ":p                      the k-th file before [1]", ":f                      name of the file and the line", ".                       the last command again", RULE,
];

interface Source {
  readonly name: string;
  readonly lines: readonly string[];
  /** bytes up to the end of each line; undefined for a pipe, whose size nobody knows */
  readonly ends: readonly number[] | undefined;
  readonly size: number;
}

export default utilLinux({
  name: "more",
  path: "/bin/more",
  summary: "show files in a terminal, a screen at a time",
  synopsis: ["[options] <file>..."],
  description: ["Shows text a screen at a time. Space goes on, Enter shows a line more, q leaves, h lists the other keys."],
  options: {
    silent: flag(["-d", "--silent"], "a wrong key brings a hint, not a bell"), logical: flag(["-f", "--logical"], "a line counts once, even if it wraps"), noPause: flag(["-l", "--no-pause"], "a form feed is no reason to stop"), printOver: flag(["-p", "--print-over"], "each screen begins on an empty terminal"),
    cleanPrint: flag(["-c", "--clean-print"], "write each screen over the last one"), exitOnEof: flag(["-e", "--exit-on-eof"], "leave when the file ends"), squeeze: flag(["-s", "--squeeze"], "several empty lines count as one"), plain: flag(["-u", "--plain"], "no underlines and no bold"),
    lines: text(["-n", "--lines"], "number", "how many lines a screen has"),
  },
  operands: "files",
  rewrite: (args) => args.map((arg) => (/^-\d+$/.test(arg) ? `--lines=${arg.slice(1)}` : arg)),
  *run({ options, operands, sys }, io: Io) {
    let startLine = 0;
    let startPattern: string | undefined;
    const names: string[] = [];
    for (const operand of operands) {
      if (/^\+\d+$/.test(operand)) startLine = Math.max(0, Number(operand.slice(1)) - 1);
      else if (operand.startsWith("+/")) startPattern = operand.slice(2);
      else names.push(operand);
    }
    if (names.length === 0 && sys.isatty(0)) io.usage("bad usage");
    const sources: Source[] = [];
    for (const name of names.length === 0 ? [undefined] : names) {
      try {
        const source = yield* readSource(sys, io, name, options.squeeze);
        if (source) sources.push(source);
        else io.say(`\n*** ${name}: directory ***\n\n`);
      } catch (error) {
        yield* io.fail(`cannot open ${name ?? "stdin"}: ${reason(error)}`);
      }
    }
    if (sources.length === 0) return io.status;
    if (!sys.isatty(1)) {
      for (const source of sources) {
        if (sources.length > 1) io.out.put(banner(source.name));
        for (const line of source.lines.slice(startLine)) yield* io.out.print(`${line}\n`);
      }
      return io.status;
    }
    yield* io.out.flush();
    for (const signal of [SIGNALS.INT, SIGNALS.WINCH, SIGNALS.TERM]) sys.sigaction(signal, "catch");
    const terminal = yield* RawTerminal.open(sys, 1, 200_000);
    yield* terminal.enter(["isig"]);
    const pager = new MorePager(sys, terminal, sources, { page: Number(options.lines) || undefined, exitOnEof: options.exitOnEof, hints: options.silent });
    try {
      yield* pager.run(startLine, startPattern);
    } finally {
      yield* terminal.leave();
    }
    return io.status;
  },
});

function banner(name: string): string {
  return `::::::::::::::\n${name}\n::::::::::::::\n`;
}

/** Undefined for a directory. */
function* readSource(sys: Sys, io: Io, name: string | undefined, squeeze: boolean): Blocking<Source | undefined> {
  if (name !== undefined && (sys.stat(name).mode & 0o170000) === 0o040000) return undefined;
  const input = name === undefined ? io.stdin : yield* io.open(name === "-" ? "./-" : name);
  let whole = "";
  let bytes = 0;
  for (;;) {
    const chunk = yield* input.chunk();
    if (chunk.length === 0 || bytes > MOST_BYTES) break;
    bytes += chunk.length;
    whole += decode(chunk);
    if (sys.charge(1 + (chunk.length >> 8))) yield* sys.preempt();
  }
  if (name !== undefined) io.close(input);
  const lines = whole.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const kept = squeeze ? lines.filter((line, i) => line !== "" || i === 0 || lines[i - 1] !== "") : lines;
  const ends: number[] = [];
  let at = 0;
  for (const line of kept) {
    for (const c of line) at += (c.codePointAt(0) ?? 0) < 0x80 ? 1 : (c.codePointAt(0) ?? 0) < 0x800 ? 2 : (c.codePointAt(0) ?? 0) < 0x10000 ? 3 : 4;
    ends.push(++at);
  }
  return { name: name ?? "stdin", lines: kept, ends: name === undefined ? undefined : ends, size: bytes };
}

class MorePager {
  readonly #sys: Sys;
  readonly #terminal: RawTerminal;
  readonly #sources: readonly Source[];
  readonly #settings: { readonly page: number | undefined; readonly exitOnEof: boolean; readonly hints: boolean };
  #file = 0;
  #line = 0;
  #page: number | undefined;
  #scroll: number | undefined;
  #step = 1;
  #pattern: string | undefined;
  #searchedFrom = 0;
  #last: { readonly key: string; readonly count: number | undefined } | undefined;

  constructor(sys: Sys, terminal: RawTerminal, sources: readonly Source[], settings: { readonly page: number | undefined; readonly exitOnEof: boolean; readonly hints: boolean }) {
    this.#sys = sys;
    this.#terminal = terminal;
    this.#sources = sources;
    this.#settings = settings;
  }

  get #source(): Source {
    return this.#sources[this.#file] ?? { name: "", lines: [], ends: undefined, size: 0 };
  }

  get #screen(): number {
    return this.#settings.page ?? Math.max(1, this.#terminal.size.rows - 1);
  }

  *run(startLine: number, startPattern: string | undefined): Blocking<void> {
    this.#line = Math.min(startLine, this.#source.lines.length);
    if (startPattern !== undefined) yield* this.#search(startPattern, 1);
    if (this.#sources.length > 1) yield* this.#terminal.write(banner(this.#source.name));
    yield* this.#show(this.#screen - (this.#sources.length > 1 ? 3 : 0));
    for (;;) {
      const atEnd = this.#line >= this.#source.lines.length;
      if (atEnd && this.#settings.exitOnEof && this.#file === this.#sources.length - 1) return;
      yield* this.#prompt(atEnd);
      const command = yield* this.#command();
      if (command === undefined) {
        yield* this.#terminal.write("\r\u001b[K");
        return;
      }
      const { key, count } = command;
      if (atEnd && [" ", "\r", "\n", "z", "d", "\u0004", "f"].includes(key)) {
        yield* this.#terminal.write("\r\u001b[K");
        if (this.#file + 1 >= this.#sources.length) return;
        yield* this.#open(this.#file + 1);
        continue;
      }
      yield* this.#perform(key, count);
      if (key !== ".") this.#last = command;
    }
  }

  *#prompt(atEnd: boolean): Blocking<void> {
    const { ends, size } = this.#source;
    const next = this.#sources[this.#file + 1];
    const words = atEnd ? (next ? `--More--(Next file: ${next.name})` : "(END)")
      : `--More--${ends === undefined || size === 0 ? "" : `(${Math.floor(((ends[this.#line - 1] ?? 0) * 100) / size)}%)`}`;
    yield* this.#terminal.write(`\r\u001b[7m${words}${this.#settings.hints ? "[Press space to continue, 'q' to quit.]" : ""}\u001b[27m\u001b[K`);
  }

  /** A key with its count; undefined to leave. */
  *#command(): Blocking<{ readonly key: string; readonly count: number | undefined } | undefined> {
    let digits = "";
    for (;;) {
      const event = yield* this.#terminal.next();
      if (!event) continue;
      if (event.kind === "end" || (event.kind === "signal" && event.signal !== SIGNALS.WINCH)) return undefined;
      if (event.kind !== "key") continue;
      const { key } = event;
      if (/^\d$/.test(key)) {
        digits += key;
        continue;
      }
      if (key === "q" || key === "Q" || key === "\u0003") return undefined;
      if (key === ":") {
        const second = yield* this.#key();
        if (second === "q" || second === "Q") return undefined;
        return { key: `:${second}`, count: digits === "" ? undefined : Number(digits) };
      }
      return { key, count: digits === "" ? undefined : Number(digits) };
    }
  }

  *#key(): Blocking<string> {
    for (;;) {
      const event = yield* this.#terminal.next();
      if (event?.kind === "key") return event.key;
      if (event?.kind === "end" || event?.kind === "signal") return "q";
    }
  }

  *#perform(key: string, count: number | undefined): Blocking<void> {
    const times = count ?? 1;
    switch (key) {
      case " ":
        yield* this.#show(count ?? this.#page ?? this.#screen);
        return;
      case "z":
        if (count !== undefined) this.#page = count;
        yield* this.#show(this.#page ?? this.#screen);
        return;
      case "\r":
      case "\n":
      case "j":
        if (count !== undefined) this.#step = count;
        yield* this.#show(this.#step);
        return;
      case "d":
      case "\u0004":
        if (count !== undefined) this.#scroll = count;
        yield* this.#show(this.#scroll ?? Math.floor(this.#terminal.size.rows / 2) - 1);
        return;
      case "s":
      case "f": {
        const lines = key === "s" ? times : times * this.#screen;
        yield* this.#terminal.write(`\r\u001b[K\n...skipping ${lines} line${lines === 1 ? "" : "s"}\n\n`);
        this.#line = Math.min(this.#source.lines.length, this.#line + lines);
        yield* this.#show(this.#screen - 3);
        return;
      }
      case "b":
      case "\u0002": {
        if (this.#source.ends === undefined) {
          yield* this.#terminal.write("\u0007");
          return;
        }
        yield* this.#terminal.write(`\r\u001b[K...back ${times} page${times === 1 ? "" : "s"}\n\n`);
        this.#line = Math.max(0, this.#line - (times + 1) * this.#screen);
        yield* this.#show(this.#screen);
        return;
      }
      case "'":
        yield* this.#terminal.write("\r\u001b[K\n***Back***\n\n");
        this.#line = this.#searchedFrom;
        yield* this.#show(this.#screen);
        return;
      case "=":
        yield* this.#say(String(this.#line));
        return;
      case "\u000c":
        yield* this.#terminal.write("\u001b[H\u001b[2J");
        this.#line = Math.max(0, this.#line - this.#screen);
        yield* this.#show(this.#screen);
        return;
      case "h":
      case "?":
        yield* this.#terminal.write(`\r\u001b[K\u001b[H\u001b[2J${HELP.join("\n")}\n`);
        return;
      case "/": {
        const typed = yield* this.#ask("/");
        if (typed !== undefined) yield* this.#searchAndShow(typed === "" ? this.#pattern : typed, times);
        return;
      }
      case "n":
        yield* this.#searchAndShow(this.#pattern, times);
        return;
      case "!":
      case ":!": {
        const typed = yield* this.#ask("!");
        if (typed !== undefined) yield* this.#outside(typed);
        return;
      }
      case "v":
        yield* this.#outside(`/usr/bin/vi +${this.#line} ${this.#source.name}`);
        return;
      case ":n":
        yield* this.#move(times);
        return;
      case ":p":
        yield* this.#move(-times);
        return;
      case ":f":
        yield* this.#say(`"${this.#source.name}" line ${this.#line}`);
        return;
      case ".":
        if (this.#last) yield* this.#perform(this.#last.key, this.#last.count);
        return;
      default:
        if (this.#settings.hints) yield* this.#say("[Press 'h' for instructions.]");
        else yield* this.#terminal.write("\u0007");
    }
  }

  /** Says something in the prompt's place until the next key. */
  *#say(words: string): Blocking<void> {
    yield* this.#terminal.write(`\r\u001b[K${words}`);
    const command = yield* this.#command();
    if (command) yield* this.#perform(command.key, command.count);
  }

  *#ask(prompt: string): Blocking<string | undefined> {
    let typed = "";
    for (;;) {
      yield* this.#terminal.write(`\r\u001b[K${prompt}${typed}`);
      const key = yield* this.#key();
      if (key === "\r" || key === "\n") {
        yield* this.#terminal.write("\r\u001b[K");
        return typed;
      }
      if (key === "\u001b" || key === "\u0003") return undefined;
      if (key === "\u007f" || key === "\b") {
        if (typed === "") return undefined;
        typed = typed.slice(0, -1);
      } else if (key === "\u0015") typed = "";
      else typed += key;
    }
  }

  *#outside(command: string): Blocking<void> {
    yield* this.#terminal.write("\r\u001b[K");
    yield* this.#terminal.leave();
    yield* runShell(this.#sys, command);
    yield* this.#terminal.enter(["isig"]);
    yield* this.#terminal.write("------------------------\n");
  }

  *#open(file: number): Blocking<void> {
    this.#file = file;
    this.#line = 0;
    yield* this.#terminal.write(banner(this.#source.name));
    yield* this.#show(this.#screen - 3);
  }

  *#move(by: number): Blocking<void> {
    const to = this.#file + by;
    if (to < 0 || to >= this.#sources.length) {
      yield* this.#terminal.write("\u0007");
      return;
    }
    yield* this.#terminal.write(`\r\u001b[K\n...Skipping ${by > 0 ? "" : "back "}to file ${this.#sources[to]?.name ?? ""}\n\n`);
    yield* this.#open(to);
  }

  /** How many lines were passed to the match; undefined when there is none. */
  *#search(pattern: string, times: number): Blocking<number | undefined> {
    this.#pattern = pattern;
    try {
      const regex = compileRegex(pattern, { syntax: "bre" });
      let left = times;
      for (let line = this.#line; line < this.#source.lines.length; line++) {
        const found = regex.test(this.#source.lines[line] ?? "");
        if (this.#sys.charge(1 + (regex.takeWork() >> 4))) yield* this.#sys.preempt();
        if (found && --left === 0) {
          const passed = line - this.#line + 1;
          this.#searchedFrom = this.#line;
          // Two lines before the match are shown with it.
          this.#line = Math.max(this.#line, line - 2);
          return passed;
        }
      }
      return undefined;
    } catch (error) {
      if (error instanceof RegexSyntaxError || error instanceof RegexLimitError) return undefined;
      throw error;
    }
  }

  *#searchAndShow(pattern: string | undefined, times: number): Blocking<void> {
    if (pattern === undefined) {
      yield* this.#say("No previous regular expression");
      return;
    }
    const passed = yield* this.#search(pattern, times);
    if (passed === undefined) {
      yield* this.#say("Pattern not found");
      return;
    }
    if (passed > 3) {
      yield* this.#terminal.write("\r\u001b[K\n...skipping\n");
      yield* this.#show(this.#screen - 2);
    } else yield* this.#show(5);
  }

  /** Prints so many screen lines and stands behind them. */
  *#show(count: number): Blocking<void> {
    const columns = this.#terminal.size.cols;
    let text = "\r\u001b[K";
    let rows = 0;
    while (rows < count && this.#line < this.#source.lines.length) {
      const line = this.#source.lines[this.#line] ?? "";
      let column = 0;
      for (const c of line) column += c === "\t" ? 8 - (column % 8) : Math.max(0, charWidth(c.codePointAt(0) ?? 0));
      const needed = Math.max(1, Math.ceil(column / columns));
      if (rows > 0 && rows + needed > count) break;
      text += `${line}\n`;
      rows += needed;
      this.#line++;
      if (this.#sys.charge(1)) yield* this.#sys.preempt();
    }
    // A last page that is not full is filled: the prompt stays where it was.
    if (rows < count) text += "\n".repeat(count - rows);
    yield* this.#terminal.write(text);
  }
}
