// setterm(1): attributes of a terminal by the bytes that set them. Much of it only the Linux console understands (console_codes(4)).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { findEntry } from "../kit/terminfo/database.ts";
import { withoutPadding } from "../kit/terminfo/parameters.ts";
import { flag, type Io, optionalText, text, utilLinux } from "../kit/util-linux.ts";

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** What only the console of Linux has, switched on and off. */
const SWITCHES: ReadonlyMap<string, readonly [on: string, off: string, consoleOnly: boolean]> = new Map([
  ["repeat", ["\x1b[?8h", "\x1b[?8l", true]], ["appcursorkeys", ["\x1b[?1h", "\x1b[?1l", true]], ["linewrap", ["\x1b[?7h", "\x1b[?7l", false]], ["inversescreen", ["\x1b[?5h", "\x1b[?5l", false]],
]);

/** A capability that switches on, what switches off on the console, and elsewhere. */
const ATTRIBUTES: ReadonlyMap<string, readonly [on: string, consoleOff: string, off: string]> = new Map([
  ["bold", ["bold", "\x1b[22m", "sgr0"]], ["halfBright", ["dim", "\x1b[22m", "sgr0"]], ["blink", ["blink", "\x1b[25m", "sgr0"]], ["underline", ["smul", "\x1b[24m", "rmul"]], ["reverse", ["rev", "\x1b[27m", "sgr0"]],
]);

function onOff(io: Io, word: string): boolean {
  if (word !== "on" && word !== "off") io.die(`argument error: '${word}'`);
  return word === "on";
}

function number(io: Io, word: string, least: number, most: number): number {
  if (!/^\d+$/.test(word)) io.die(`argument error: '${word}'`);
  if (Number(word) < least || Number(word) > most) io.die(`argument error: ${word}`);
  return Number(word);
}

function colour(io: Io, word: string): number {
  if (word === "default") return 9;
  const at = COLOURS.indexOf(word);
  return at >= 0 ? at : /^[0-9]$/.test(word) ? Number(word) : word === "grey" ? 8 : io.die(`argument error: '${word}'`);
}

/** "bright" before the colour of underlined and half-bright text. */
function brightColour(io: Io, word: string, rest: readonly string[]): number {
  if (word !== "bright") return colour(io, word);
  const [name = ""] = rest;
  const at = COLOURS.indexOf(name);
  return at > 0 ? at + 8 : io.die(`argument error: 'bright'`);
}

/** A ruler of the line, and a mark where the terminal stops. */
function ruler(columns: number): string {
  let out = "\r         ";
  for (let at = 10; at < columns - 2; at += 10) out += String(at).padEnd(10);
  return `${out}\n${Array.from({ length: columns + 1 }, (_, index) => String((index + 1) % 10)).join("").slice(0, columns)}\n${"\tT\b".repeat(columns)}\n`;
}

function* level(sys: Sys, io: Io, value: string): Blocking<void> {
  try {
    const fd = yield* sys.open("/proc/sys/kernel/printk", O.WRONLY);
    yield* sys.write(fd, encode(value));
    sys.close(fd);
  } catch (error) {
    if (error instanceof SysError) yield* io.warn(`klogctl error: ${error.message}`);
    else throw error;
  }
}

export default utilLinux({
  name: "setterm", summary: "change attributes of the terminal: colours, cursor, bell", synopsis: ["[options]"], operands: "none",
  options: {
    term: text(["--term"], "terminal_name", "the kind of terminal, whatever $TERM says"), reset: flag(["--reset"], "as when the terminal was switched on"), resize: flag(["--resize"], "ask the terminal for its size"), initialize: flag(["--initialize"], "send the terminal what its description begins with"), default: flag(["--default"], "back to the stored colours"), store: flag(["--store"], "keep the colours of now as the stored ones"),
    cursor: text(["--cursor"], "on|off", "whether the cursor can be seen"), repeat: text(["--repeat"], "on|off", "keyboard repeat"), appcursorkeys: text(["--appcursorkeys"], "on|off", "arrows send what applications read"), linewrap: text(["--linewrap"], "on|off", "long lines go on below"), inversescreen: text(["--inversescreen"], "on|off", "dark and light change places on all of the screen"),
    msg: text(["--msg"], "on|off", "whether the kernel writes to the console"), msglevel: text(["--msglevel"], "0-8", "which of them it writes"), foreground: text(["--foreground"], "color", "the colour of the text"), background: text(["--background"], "color", "the colour behind the text"), ulcolor: text(["--ulcolor"], "color", "the colour that stands for underlined text"), hbcolor: text(["--hbcolor"], "color", "the colour of dim text"),
    bold: text(["--bold"], "on|off", "bold"), halfBright: text(["--half-bright"], "on|off", "dim"), blink: text(["--blink"], "on|off", "blink"), underline: text(["--underline"], "on|off", "underline"), reverse: text(["--reverse"], "on|off", "text in the background's colour and the other way round"), clear: optionalText(["--clear"], "all|rest", "empty the screen, or with rest what follows the cursor"),
    tabs: optionalText(["--tabs"], "number", "tab stops at these columns; without any, show them"), clrtabs: optionalText(["--clrtabs"], "number", "no tab stops at these columns, or anywhere"), regtabs: optionalText(["--regtabs"], "1-160", "a tab stop every so many columns"), blank: optionalText(["--blank"], "0-60|force|poke", "minutes until an idle screen goes dark"),
    dump: optionalText(["--dump"], "number", "write a console's screen to a file"), append: text(["--append"], "number", "append a console's screen to a file"), file: text(["--file"], "filename", "where --dump and --append write"), powersave: text(["--powersave"], "mode", "on, vsync, hsync, powerdown or off"), powerdown: optionalText(["--powerdown"], "0-60", "minutes until the screen is powered down"),
    blength: optionalText(["--blength"], "0-2000", "how many milliseconds the bell sounds"), bfreq: optionalText(["--bfreq"], "number", "how high the bell sounds, in hertz"),
  },
  // an argument that may be left out may also stand apart: setterm --blank 5
  rewrite: (args) => args.flatMap((word, index) => {
    const after = (at: string | undefined): boolean => at !== undefined && /^--(?:blank|powerdown|blength|bfreq|regtabs|tabs|clrtabs|dump)$/.test(at);
    if (after(word) && /^(?:\d+|force|poke)$/.test(args[index + 1] ?? "")) return [`${word}=${args[index + 1] ?? ""}`];
    return after(args[index - 1]) && /^(?:\d+|force|poke)$/.test(word) ? [] : [word];
  }),
  description: ["The bytes go to standard output: setterm --cursor off > /dev/tty2 hides another console's cursor."],
  seeAlso: ["stty(1)", "tput(1)"],
  *run({ options, operands, given, sys }, io: Io) {
    if (given.length === 0) io.usage("bad usage");
    const name = options.term ?? sys.environment.get("TERM") ?? "";
    if (name === "") io.die("$TERM is not defined.");
    // wrong words are found before anything is written
    const checked = check(io, options);
    const found = yield* findEntry(sys, name);
    if (found === undefined) io.die(`${name}: unknown terminal type`);
    const { entry } = found;
    const isConsole = name.startsWith("linux") || name.startsWith("con");
    const put = function* (words: string | undefined): Blocking<void> {
      if (words !== undefined && words !== "") yield* io.out.print(withoutPadding(words));
    };
    const consoleOnly = function* (option: string, words: string): Blocking<void> {
      if (isConsole) yield* put(words);
      else yield* io.warn(`terminal ${name} does not support --${option}`);
    };
    const cap = (key: string): string | undefined => entry.strings.get(key);
    const columns = sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : (entry.numbers.get("cols") ?? 80);
    const each = new Set(given.map(({ option }) => option));
    if (each.has("reset")) yield* put(cap("rs1"));
    if (each.has("resize")) yield* io.warn("reset failed");
    if (each.has("initialize")) yield* put(cap("is2"));
    if (checked.cursor !== undefined) yield* put(cap(checked.cursor ? "cnorm" : "civis"));
    for (const [option, [on, off, only]] of SWITCHES) {
      const wish = checked.switches.get(option);
      if (wish === undefined) continue;
      if (only) yield* consoleOnly(option, wish ? on : off);
      else yield* put(wish ? on : off);
    }
    if (each.has("default")) yield* put(isConsole ? "\x1b[0m" : cap("sgr0"));
    if (checked.foreground !== undefined) yield* put(`\x1b[3${checked.foreground}m`);
    if (checked.background !== undefined) yield* put(`\x1b[4${checked.background}m`);
    if (options.ulcolor !== undefined) yield* consoleOnly("ulcolor", `\x1b[1;${brightColour(io, options.ulcolor, operands)}]`);
    if (options.hbcolor !== undefined) yield* put(`\x1b[2;${brightColour(io, options.hbcolor, operands)}]`);
    for (const [option, [on, consoleOff, off]] of ATTRIBUTES) {
      const wish = checked.attributes.get(option);
      if (wish !== undefined) yield* put(wish ? cap(on) : isConsole ? consoleOff : cap(off));
    }
    if (each.has("store")) yield* consoleOnly("store", "\x1b[8]");
    if (options.clear !== undefined) yield* put(options.clear === "rest" ? cap("ed") : cap("clear"));
    if (options.tabs === true) yield* put(ruler(columns));
    else if (options.tabs !== undefined) yield* put(`\r\x1b[${number(io, options.tabs, 1, 160)}G\x1bH\r`);
    if (options.clrtabs !== undefined) yield* consoleOnly("clrtabs", options.clrtabs === true ? "\x1b[3g\r" : `\x1b[${options.clrtabs}G\x1b[g\r`);
    if (options.regtabs !== undefined) {
      const step = options.regtabs === true ? 8 : number(io, options.regtabs, 1, 160);
      yield* consoleOnly("regtabs", `\x1b[3g\r${`\x1b[${step}C\x1bH`.repeat(Math.floor(159 / step))}\r`);
    }
    if (options.blank !== undefined) {
      if (!isConsole) yield* consoleOnly("blank", "");
      else if (options.blank === true || options.blank === "force" || options.blank === "poke") yield* io.warn(`cannot ${options.blank === true ? "get blank status" : options.blank === "force" ? "force blank" : "force unblank"}: Inappropriate ioctl for device`);
      else yield* put(`\x1b[9;${options.blank}]`);
    }
    if (options.powersave !== undefined) yield* io.warn("cannot (un)set powersave mode: Inappropriate ioctl for device");
    if (options.powerdown !== undefined) yield* put(`\x1b[14;${options.powerdown === true ? 0 : options.powerdown}]`);
    if (options.blength !== undefined) yield* consoleOnly("blength", options.blength === true ? "\x1b[11]" : `\x1b[11;${options.blength}]`);
    if (options.bfreq !== undefined) yield* consoleOnly("bfreq", options.bfreq === true ? "\x1b[10]" : `\x1b[10;${options.bfreq}]`);
    if (options.msg !== undefined) {
      if (isConsole) yield* level(sys, io, options.msg === "on" ? "7" : "1");
      else yield* consoleOnly("msg", "");
    }
    if (options.msglevel !== undefined) {
      if (isConsole) yield* level(sys, io, options.msglevel);
      else yield* consoleOnly("msglevel", "");
    }
    if (options.dump !== undefined || options.append !== undefined) {
      const which = options.append ?? (options.dump === true ? "" : options.dump);
      io.die(`cannot read /dev/vcsa${which}: No such file or directory`);
    }
    return 0;
  },
});

type Given = Readonly<Partial<Record<"cursor" | "repeat" | "appcursorkeys" | "linewrap" | "inversescreen" | "msg" | "bold" | "halfBright" | "blink" | "underline" | "reverse" | "foreground" | "background" | "msglevel" | "powersave", string | undefined>> & Partial<Record<"blank" | "powerdown" | "blength" | "bfreq" | "clear", string | true | undefined>>>;

interface Checked {
  readonly cursor: boolean | undefined;
  readonly switches: ReadonlyMap<string, boolean>;
  readonly attributes: ReadonlyMap<string, boolean>;
  readonly foreground: number | undefined;
  readonly background: number | undefined;
}

function check(io: Io, options: Given): Checked {
  const words = (keys: readonly (keyof Given)[]): ReadonlyMap<string, boolean> => new Map(keys.flatMap((key) => {
    const value = options[key];
    return typeof value === "string" ? [[key, onOff(io, value)] as const] : [];
  }));
  const all = words(["cursor", "repeat", "appcursorkeys", "linewrap", "inversescreen", "msg", "bold", "halfBright", "blink", "underline", "reverse"]);
  if (options.msglevel !== undefined) number(io, options.msglevel, 0, 8);
  if (typeof options.blank === "string" && options.blank !== "force" && options.blank !== "poke") number(io, options.blank, 0, 60);
  if (typeof options.powerdown === "string") number(io, options.powerdown, 0, 60);
  if (typeof options.blength === "string") number(io, options.blength, 0, 2000);
  if (typeof options.bfreq === "string") number(io, options.bfreq, 0, 2_147_483_647);
  if (typeof options.clear === "string" && options.clear !== "all" && options.clear !== "rest") io.die(`argument error: '${options.clear}'`);
  if (options.powersave !== undefined && !["on", "vsync", "hsync", "powerdown", "off"].includes(options.powersave)) io.die(`argument error: '${options.powersave}'`);
  return {
    cursor: all.get("cursor"), switches: all, attributes: all,
    foreground: options.foreground === undefined ? undefined : colour(io, options.foreground), background: options.background === undefined ? undefined : colour(io, options.background),
  };
}
