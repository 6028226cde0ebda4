// dialog 1.3: boxes on the terminal for shell scripts (dialog(1)). The answer goes to standard error, or where --stdout and --output-fd say.

import { type Blocking, O, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { defaultSettings, configurationText, readConfiguration } from "./_colours.ts";
import { BUTTON_NAMES } from "./_buttons.ts";
import { type Called, runBox } from "./_boxes.ts";
import { declared } from "./_declared.ts";
import { ALIASES, BOXES, COMMON_OPTIONS } from "./_options.ts";
import { CANCEL, ERROR, ESC, EXTRA, Failure, HELP, ITEM_HELP, Interrupted, OK, Options, Session, TIMEOUT } from "./_session.ts";

const VERSION = "Version: 1.3-20230209\n";
const START = "\u001b[?1049h\u001b[22;0;0t\u001b[1;ROWSr\u001b(B\u001b[m\u001b[4l\u001b[?7h\u001b[H\u001b[2J";
const LEAVE_OTHER_SCREEN = "\u001b[?1049l\u001b[23;0;0t\u001b[H\u001b[2J";
const KEYS_ON = "\u001b[?1h\u001b=";
const MOUSE_ON = "\u001b[?1006;1000h";
const MOUSE_OFF = "\u001b[?1006;1000l";

/** A message before the screen is there, or after it is given back. */
class Mistake extends Error {}

const mistake = (text: string): never => {
  throw new Mistake(`${text}.\nUse --help to list options.\n\n`);
};

interface Words {
  readonly words: readonly string[];
  /** which of them were behind a "--": they are no options */
  readonly literal: ReadonlySet<number>;
}

/** `--file` is replaced by the words of the file, a word behind "--" is no option. */
function* expanded(sys: Sys, given: readonly string[]): Blocking<Words> {
  const words: string[] = [];
  const literal = new Set<number>();
  const rest = [...given];
  for (let files = 0; rest.length > 0; ) {
    const word = rest.shift() ?? "";
    if (word === "--") {
      const next = rest.shift();
      if (next === undefined) break;
      literal.add(words.push(next) - 1);
    } else if (word === "--file") {
      const path = rest.shift();
      if (path === undefined || ++files > 20) throw new Mistake("No value given for --file");
      const text = yield* readTextFile(sys, path);
      if (text === undefined) throw new Mistake(`Cannot open --file ${path}`);
      rest.unshift(...split(text));
    } else words.push(word);
  }
  return { words, literal };
}

/** The words of a file or of DIALOGOPTS: blanks separate them, quotes and backslashes keep them together. */
function split(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "\\" && quote !== "'" && at + 1 < text.length) {
      const next = text.charAt(++at);
      if (next !== "\n") word = `${word ?? ""}${quote === "" || next === '"' || next === "\\" ? next : `\\${next}`}`;
    } else if (quote !== "") {
      if (letter === quote) quote = "";
      else word = `${word ?? ""}${letter}`;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ""}${letter}`;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Reads common options from a place on; what they say goes into `options`. Returns the place behind them. */
function common({ words, literal }: Words, from: number, options: Options): number {
  let at = from;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    const option = isOption(word, at, literal) ? COMMON_OPTIONS.get(word.slice(2)) : undefined;
    if (!option) {
      if (options.has("ignore") && word.startsWith("--") && !BOXES.has(word.slice(2)) && word !== "--and-widget") continue;
      break;
    }
    const name = ALIASES.get(option.name) ?? option.name;
    if (option.values === 0) {
      options.flags.add(name);
      if (name === "topleft") options.begin = { row: 0, column: 0 };
      if (name === "no-lines") options.flags.delete("ascii-lines");
      if (name === "ascii-lines") options.flags.delete("no-lines");
      continue;
    }
    const values: string[] = [];
    for (let count = 0; count < option.values; count++) {
      const value = words[++at];
      if (value === undefined || (option.numeric && !/^[-+]?\d+$/.test(value))) mistake(`Expected a ${option.numeric ? "numeric" : "string"}-parameter for ${word.slice(0, 20)}`);
      values.push(value ?? "");
    }
    const [value = "", second = ""] = values;
    if (name === "begin") options.begin = { row: Number(value), column: Number(second) };
    if (name === "default-button" && !BUTTON_NAMES.has(value.toLowerCase())) mistake(`Button name "${value.slice(0, 20)}" unknown`);
    options.values.set(name, value);
  }
  return at;
}

const isOption = (word: string, at: number, literal: ReadonlySet<number>): boolean => /^--[A-Za-z]/.test(word) && !literal.has(at);
const known = (word: string): boolean => COMMON_OPTIONS.has(word.slice(2)) || BOXES.has(word.slice(2)) || word === "--and-widget" || word === "--help" || word === "--create-rc";

/** The words of a box: up to the next option. */
function boxWords(words: Words, from: number): string[] {
  let end = from + 1;
  while (end < words.words.length && !(isOption(words.words[end] ?? "", end, words.literal) && known(words.words[end] ?? ""))) end++;
  return words.words.slice(from, end);
}

/** The status of the process: variables change those of buttons. */
function statusOf(sys: Sys, status: number): number {
  const variable = (name: string): number | undefined => {
    const value = sys.environment.get(name);
    return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined;
  };
  switch (status) {
    case OK: return variable("DIALOG_OK") ?? 0;
    case CANCEL: return variable("DIALOG_CANCEL") ?? 1;
    case ITEM_HELP: return variable("DIALOG_ITEM_HELP") ?? variable("DIALOG_HELP") ?? 2;
    case HELP: return variable("DIALOG_HELP") ?? 2;
    case EXTRA: return variable("DIALOG_EXTRA") ?? 3;
    case ESC: return variable("DIALOG_ESC") ?? 255;
    case TIMEOUT: return variable("DIALOG_TIMEOUT") ?? variable("DIALOG_ERROR") ?? 255;
    default: return variable("DIALOG_ERROR") ?? 255;
  }
}

export default program(declared, function* (sys, argv, io: Io) {
  try {
    return yield* main(sys, argv, io);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    yield* io.stderr(`\n${error.message}\n`);
    return statusOf(sys, ERROR);
  }
});

function* main(sys: Sys, argv: readonly string[], io: Io): Blocking<number> {
  const all = yield* expanded(sys, argv.slice(1));
  // where the answer goes, and the keyboard: the last word counts, wherever it stands
  let out = 2;
  let input = 0;
  const kept: string[] = [];
  const literal = new Set<number>();
  for (let at = 0; at < all.words.length; at++) {
    const word = all.words[at] ?? "";
    const option = isOption(word, at, all.literal) ? word : "";
    if (option === "--stdout") out = 1;
    else if (option === "--stderr") out = 2;
    else if (option === "--output-fd" || option === "--input-fd") {
      const value = all.words[++at];
      if (value === undefined || !/^\d+$/.test(value)) mistake(`Expected a numeric-parameter for ${option}`);
      const fd = Number(value);
      if (!isOpen(sys, fd)) throw new Mistake(`Cannot open ${option.slice(2)}\n`);
      if (option === "--output-fd") out = fd;
      else input = fd;
    } else if (option === "--version") {
      io.out.put(VERSION);
      return 0;
    } else if (option === "--help") return help(io);
    else {
      if (all.literal.has(at)) literal.add(kept.length);
      kept.push(word);
    }
  }
  const words: Words = { words: kept, literal };
  const [first] = kept;
  if (kept.length === 0) return help(io);
  if (kept.length === 1) {
    if (first === "--print-version") yield* sys.write(out, encode(VERSION));
    else if (first === "--print-maxsize" || first === "--clear") return yield* screenOnly(sys, first, out);
    else if (first !== "--ignore") return help(io);
    return 0;
  }
  const settings = defaultSettings();
  const problem = yield* configure(sys, settings);
  if (problem !== undefined) {
    yield* io.stderr(`${problem}\n`);
    throw new Mistake("init_dialog: dlg_parse_rc");
  }
  if (first === "--create-rc") {
    const path = kept[1] ?? "";
    try {
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o666);
      yield* sys.write(fd, encode(configurationText(settings)));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Mistake("Error opening file for writing in dlg_create_rc().");
    }
    return 0;
  }
  const preset = new Options();
  common({ words: split(sys.environment.get("DIALOGOPTS") ?? ""), literal: new Set() }, 0, preset);
  const probe = new Options();
  if (common(words, 0, probe) >= kept.length) {
    if (probe.has("print-version")) yield* sys.write(out, encode(VERSION));
    if (probe.has("print-maxsize")) return yield* screenOnly(sys, "--print-maxsize", out);
    return 0;
  }
  for (const name of ["print-text-only", "print-text-size", "trace"]) {
    if (probe.text(name) === undefined) continue;
    sys.observe({ kind: "unsimulated", command: "dialog", detail: `--${name}` });
    throw new Mistake(`dialog: --${name} is not simulated here`);
  }
  return yield* screen(sys, io, words, preset, settings, out, input);
}

function isOpen(sys: Sys, fd: number): boolean {
  try {
    sys.fstat(fd);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

function help(io: Io): number {
  io.out.put(helpText(declared, "dialog", io.helpDomain));
  return 0;
}

function* configure(sys: Sys, settings: ReturnType<typeof defaultSettings>): Blocking<string | undefined> {
  const home = sys.environment.get("HOME");
  for (const path of [sys.environment.get("DIALOGRC"), home === undefined ? undefined : `${home.replace(/\/$/, "")}/.dialogrc`, "/etc/dialogrc"]) {
    const text = path === undefined || path === "" ? undefined : yield* readTextFile(sys, path);
    if (text !== undefined) return readConfiguration(path ?? "", text, settings);
  }
  return undefined;
}

const start = (rows: number): string => START.replace("ROWS", String(rows));
const end = (rows: number): string => `\u001b[${rows};1H\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>`;

/** --clear and --print-maxsize alone. */
function* screenOnly(sys: Sys, word: string, out: number): Blocking<number> {
  const size = sys.isatty(1) ? sys.getWindowSize(1) : { rows: 24, cols: 80 };
  const [rows, cols] = [size.rows || 24, size.cols || 80];
  yield* sys.write(1, encode(`${start(rows).replace(/\u001b\[H\u001b\[2J$/, "")}${word === "--clear" ? `\u001b[H\u001b[2J${LEAVE_OTHER_SCREEN}` : ""}${end(rows)}`));
  if (word === "--print-maxsize") yield* sys.write(out, encode(`MaxSize: ${rows}, ${cols}\n`));
  return 0;
}

/** The descriptor of the terminal when one that should be it is not. */
function* openTerminal(sys: Sys, mode: number): Blocking<number> {
  try {
    return yield* sys.open("/dev/tty", mode | O.CLOEXEC);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Mistake(`cannot open tty-${mode === O.RDONLY ? "input" : "output"}`);
  }
}

function* screen(sys: Sys, io: Io, words: Words, preset: Options, settings: ReturnType<typeof defaultSettings>, out: number, input: number): Blocking<number> {
  const screenFd = sys.isatty(1) ? 1 : out === 1 || /^[1-9]/.test(sys.environment.get("DIALOG_TTY") ?? "") ? yield* openTerminal(sys, O.WRONLY) : 1;
  const keysFd = sys.isatty(input) ? input : yield* openTerminal(sys, O.RDONLY);
  if (!sys.isatty(screenFd)) {
    yield* io.stderr("Error opening terminal.\n");
    return statusOf(sys, ERROR);
  }
  const delay = Number(sys.environment.get("ESCDELAY") ?? "1000");
  const terminal = new RawTerminal(sys, keysFd, screenFd, (Number.isFinite(delay) ? delay : 1000) * 1000);
  const session = new Session(sys, terminal, settings, input === 0 ? 0 : 0, (english) => io.word(english));
  const catches = [SIGNALS.WINCH, SIGNALS.INT, SIGNALS.TERM, SIGNALS.HUP].map((signal) => [signal, sys.sigaction(signal, "catch")] as const);
  yield* terminal.enter(["onlcr"]);
  const keepTite = words.words.includes("--keep-tite");
  const mouse = !words.words.includes("--no-mouse");
  yield* terminal.write(`${start(terminal.size.rows)}${keepTite ? "" : LEAVE_OTHER_SCREEN}${KEYS_ON}${mouse ? MOUSE_ON : ""}\u001b[39;49m`);
  let failure: string | undefined;
  let status = OK;
  let killed: number | undefined;
  try {
    status = yield* boxes(session, words, preset, out);
  } catch (error) {
    if (error instanceof Interrupted) killed = error.signal;
    else if (error instanceof Mistake || error instanceof Failure) failure = error.message;
    else throw error;
  }
  yield* terminal.write(`\u001b[39;49m\u001b(B\u001b[m${mouse ? MOUSE_OFF : ""}${end(session.canvas.rows)}`);
  yield* terminal.leave();
  for (const [signal, disposition] of catches) sys.sigaction(signal, disposition);
  if (killed !== undefined) {
    sys.sigaction(killed, "default");
    sys.kill(sys.getpid(), killed);
    return 128 + killed;
  }
  if (failure !== undefined) throw new Mistake(failure);
  return statusOf(sys, status);
}

function* boxes(session: Session, words: Words, preset: Options, out: number): Blocking<number> {
  let status = OK;
  for (let at = 0; at < words.words.length; ) {
    const options = new Options();
    for (const name of preset.flags) options.flags.add(name);
    for (const [name, value] of preset.values) options.values.set(name, value);
    options.begin = preset.begin;
    at = common(words, at, options);
    const word = words.words[at];
    if (word === undefined) {
      if (options.has("ignore")) break;
      mistake("Expected a box option");
    }
    const name = word?.slice(2) ?? "";
    const box = isOption(word ?? "", at, words.literal) ? BOXES.get(name) : undefined;
    if (options.has("separate-output") && !["buildlist", "treeview", "checklist"].includes(name)) mistake(`Unexpected widget with --separate-output ${(word ?? "").slice(0, 20)}`);
    if (!box) mistake(`${known(word ?? "") ? "Unexpected" : "Unknown"} option ${(word ?? "").slice(0, 20)}`);
    const [least = 0, most = 0] = box ?? [];
    const given = boxWords(words, at);
    // 1.3 has the arguments of these two messages in the wrong order
    if (given.length < least) mistake(`Expected at least 20 tokens for ${(word ?? "").slice(0, least - 1)}, have ${given.length - 1}`);
    if (most > 0 && given.length > most) mistake(`Expected no more than 20 tokens for ${(word ?? "").slice(0, most - 1)}, have ${given.length - 1}`);
    session.options = options;
    apply(session, options);
    if (options.has("beep")) yield* session.beep();
    session.answer = "";
    const called: Called = { name, words: given, mistake };
    status = yield* runBox(session, called);
    at += given.length;
    if (options.has("beep-after")) yield* session.beep();
    if (session.sizes !== "" && options.has("print-size")) yield* session.write(out, session.sizes);
    if (status === OK || status === EXTRA || status === HELP || status === ITEM_HELP) {
      const separator = session.answers > 1 && !options.has("separate-output") ? (options.text("separate-widget") ?? (session.settings.separateWidget === "" ? "\t" : session.settings.separateWidget)) : "";
      yield* session.write(out, separator + session.answer);
    }
    if (options.number("sleep") > 0) yield* session.sys.sleep(options.number("sleep") * 1_000_000);
    if (options.has("clear") || options.has("erase-on-exit")) {
      session.canvas.forget();
      session.canvas.clear(session.colour("screen"));
      if (options.has("erase-on-exit")) session.canvas.clear({ foreground: -1, background: -1, bold: false });
      session.canvas.moveCursor(session.canvas.rows - 1, session.canvas.columns - 1);
      yield* session.show();
    } else if (options.has("keep-window")) session.canvas.keep();
    else if (session.canvas.keeps) {
      // what was kept is seen again
      session.canvas.clear(session.colour("screen"));
      yield* session.show();
    }
    if (status !== OK && status !== EXTRA && status !== HELP && status !== ITEM_HELP) break;
    if (words.words[at] === "--and-widget") at++;
    else if (at < words.words.length) mistake(`Expected --and-widget, not ${words.words[at] ?? ""}`);
  }
  return status;
}

/** Options that change the screen rather than the box. */
function apply(session: Session, options: Options): void {
  const { settings, canvas } = session;
  if (options.has("no-shadow")) settings.useShadow = false;
  if (options.has("shadow")) settings.useShadow = true;
  if (options.has("scrollbar")) settings.useScrollbar = true;
  if (options.has("visit-items")) settings.visitItems = true;
  if (options.text("aspect") !== undefined) settings.aspect = options.number("aspect");
  if (options.text("tab-len") !== undefined) settings.tabLength = options.number("tab-len");
  canvas.lines = options.has("ascii-lines") ? "ascii" : options.has("no-lines") ? "none" : "drawn";
}
