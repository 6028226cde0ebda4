import { O, SysError, type Termios } from "../../kernel/sys.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";

/** In the order and with the groups that stty prints; `sane` values are left out of the short report. */
const GROUPS: readonly { readonly name: string; readonly flags: readonly (readonly [flag: string, sane: "on" | "off" | "any"])[] }[] = [
  { name: "control", flags: [["parenb", "any"], ["parodd", "any"], ["cmspar", "any"], ["cs8", "any"], ["hupcl", "any"], ["cstopb", "any"], ["cread", "on"], ["clocal", "any"], ["crtscts", "any"]] },
  { name: "input", flags: [["ignbrk", "off"], ["brkint", "on"], ["ignpar", "any"], ["parmrk", "any"], ["inpck", "any"], ["istrip", "any"], ["inlcr", "off"], ["igncr", "off"], ["icrnl", "on"], ["ixon", "any"],
    ["ixoff", "off"], ["iuclc", "off"], ["ixany", "off"], ["imaxbel", "on"], ["iutf8", "off"]] },
  { name: "output", flags: [["opost", "on"], ["olcuc", "off"], ["ocrnl", "off"], ["onlcr", "on"], ["onocr", "off"], ["onlret", "off"], ["ofill", "off"], ["ofdel", "off"], ["nl0", "on"], ["cr0", "on"], ["tab0", "on"], ["bs0", "on"], ["vt0", "on"], ["ff0", "on"]] },
  { name: "local", flags: [["isig", "on"], ["icanon", "on"], ["iexten", "on"], ["echo", "on"], ["echoe", "on"], ["echok", "on"], ["echonl", "off"], ["noflsh", "off"], ["xcase", "off"], ["tostop", "off"],
    ["echoprt", "off"], ["echoctl", "on"], ["echoke", "on"], ["flusho", "off"], ["extproc", "off"]] },
];

/** Delay styles and character sizes: one of a set is on; the first is what an empty field means. */
const CHOICES: readonly (readonly string[])[] = [["cs8", "cs7", "cs6", "cs5"], ["nl0", "nl1"], ["cr0", "cr1", "cr2", "cr3"], ["tab0", "tab1", "tab2", "tab3"], ["bs0", "bs1"], ["vt0", "vt1"], ["ff0", "ff1"]];

const SYNONYMS = new Map([["hup", "hupcl"], ["tandem", "ixoff"], ["crterase", "echoe"], ["prterase", "echoprt"], ["ctlecho", "echoctl"], ["crtkill", "echoke"]]);

/** Control characters in stty's order with their sane values. */
const CHARACTERS: readonly (readonly [name: string, sane: number])[] = [["intr", 3], ["quit", 28], ["erase", 127], ["kill", 21], ["eof", 4], ["eol", 0], ["eol2", 0], ["swtch", 0], ["start", 17], ["stop", 19], ["susp", 26],
  ["rprnt", 18], ["werase", 23], ["lnext", 22], ["discard", 15]];

const ON_WHEN_SANE = ["cread", "brkint", "icrnl", "imaxbel", "opost", "onlcr", "isig", "icanon", "iexten", "echo", "echoe", "echok", "echoctl", "echoke"];
const OFF_WHEN_SANE = ["ignbrk", "inlcr", "igncr", "ixoff", "iuclc", "ixany", "iutf8", "olcuc", "ocrnl", "onocr", "onlret", "ofill", "ofdel", "echonl", "noflsh", "xcase", "tostop", "echoprt", "flusho", "extproc"];

interface Settings {
  flags: Set<string>;
  cc: Map<string, number>;
  min: number;
  time: number;
  speedBaud: number;
  rows: number | undefined;
  cols: number | undefined;
}

export default gnu({
  name: "stty",
  summary: "show or change the settings of a terminal line",
  synopsis: ["[-F DEVICE | --file=DEVICE] [SETTING]...", "[-F DEVICE | --file=DEVICE] [-a|--all]", "[-F DEVICE | --file=DEVICE] [-g|--save]"],
  description: ["A - in front switches a SETTING off. Characters are written ^C, as a number (0x for hexadecimal, 0 for octal), or ^- and undef for none. These words change several settings at once: sane, raw, cooked, cbreak, ek, evenp, oddp, parity, nl, crt, dec, decctlq, lcase, pass8, litout and tabs."],
  options: {
    all: flag(["-a", "--all"], "show every setting by name"),
    save: flag(["-g", "--save"], "write every setting as one word that can be given to stty again later"),
    file: text(["-F", "--file"], "DEVICE", "use the terminal DEVICE instead of the one on standard input"),
  },
  operands: "none",
  seeAlso: ["termios(3)"],
  // Settings may begin with a dash: only the options above are options.
  rewrite: (args) => {
    const options: string[] = [];
    const settings: string[] = [];
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? "";
      if ((arg === "-F" || arg === "--file") && args[i + 1] !== undefined) options.push(arg, args[++i] ?? "");
      else if (/^(-[ag]+|-F.+|--(a|al|all|s|sa|sav|save|help|version)|--file=.*)$/.test(arg)) options.push(arg);
      else settings.push(arg);
    }
    return [...options, "--", ...settings];
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (options.all && options.save) io.die("the options for verbose and stty-readable output styles are\nmutually exclusive");
    if ((options.all || options.save) && operands.length > 0) io.die("when specifying an output style, modes may not be set");
    if (given.filter(({ option }) => option === "file").length > 1) io.die("only one device may be specified");
    // wrong settings are refused before the terminal is looked at
    applyWords(operands, { flags: new Set(), cc: new Map(), min: 0, time: 0, speedBaud: 0, rows: undefined, cols: undefined }, undefined, io);
    let fd = 0;
    let shownDevice = io.quoteFile("standard input");
    if (options.file !== undefined) {
      try {
        fd = yield* sys.open(options.file, O.RDONLY | O.NONBLOCK);
      } catch (error) {
        io.die(`${io.quoteFile(options.file)}: ${reason(error)}`);
      }
      shownDevice = io.quoteFile(options.file);
    }
    let termios: Termios;
    try {
      termios = sys.tcgetattr(fd);
    } catch (error) {
      io.die(`${shownDevice}: ${reason(error)}`);
    }
    const window = (): { readonly rows: number; readonly cols: number } => {
      try {
        return sys.getWindowSize(fd);
      } catch (error) {
        if (error instanceof SysError) return { rows: 0, cols: 0 };
        throw error;
      }
    };
    let width = window().cols;
    if (width === 0) width = Number(sys.environment.get("COLUMNS") ?? 80) || 80;
    if (operands.length === 0) {
      if (options.save) io.out.put(save(termios) + "\n");
      else io.out.put(options.all ? fullReport(termios, window(), width) : shortReport(termios, width));
      return;
    }
    const settings: Settings = { flags: new Set(termios.flags), cc: new Map(termios.cc), min: termios.min, time: termios.time, speedBaud: termios.speedBaud, rows: undefined, cols: undefined };
    const changed = applyWords(operands, settings, window, io);
    if (settings.rows !== undefined || settings.cols !== undefined) {
      const now = window();
      try {
        sys.setWindowSize(fd, { rows: settings.rows ?? now.rows, cols: settings.cols ?? now.cols });
      } catch (error) {
        io.die(`${shownDevice}: ${reason(error)}`);
      }
    }
    if (!changed) return;
    try {
      yield* sys.tcsetattr(fd, { flags: settings.flags, cc: settings.cc, min: settings.min, time: settings.time, speedBaud: settings.speedBaud });
    } catch (error) {
      io.die(`${shownDevice}: ${reason(error)}`);
    }
  },
});

/** Whether the terminal's settings change. Without `window`, the words are only checked. */
function applyWords(words: readonly string[], settings: Settings, window: (() => { readonly rows: number; readonly cols: number }) | undefined, io: Io): boolean {
  let changed = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const argument = (): string => {
      const value = words[++i];
      if (value === undefined) io.usage(`missing argument to ${io.quote(word)}`);
      return value;
    };
    const number = (): number => {
      const value = argument();
      if (!/^(0[xX][0-9a-fA-F]+|\d+)$/.test(value)) io.die(`invalid integer argument: ${io.quote(value)}`);
      return Number(/^0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : value);
    };
    if (word === "size") {
      const { rows, cols } = window?.() ?? { rows: 0, cols: 0 };
      if (window) io.out.put(`${rows} ${cols}\n`);
    } else if (word === "speed") {
      if (window) io.out.put(`${settings.speedBaud}\n`);
    } else if (word === "rows") settings.rows = number();
    else if (word === "cols" || word === "columns") settings.cols = number();
    else {
      changed = true;
      if (word === "min") settings.min = number();
      else if (word === "time") settings.time = number();
      else if (word === "line") number();
      else if (word === "ispeed" || word === "ospeed") settings.speedBaud = speed(argument(), io);
      else if (CHARACTERS.some(([name]) => name === word)) settings.cc.set(word, character(argument(), io));
      else if (/^\d+$/.test(word)) settings.speedBaud = speed(word, io);
      else if (/^[0-9a-fA-F]+(:[0-9a-fA-F]+)+$/.test(word)) restore(word, settings, io);
      else if (!apply(word, settings)) io.usage(`invalid argument ${io.quote(word)}`);
    }
  }
  return changed;
}

const SPEEDS = [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000];

function speed(value: string, io: Io): number {
  if (!SPEEDS.includes(Number(value))) io.usage(`invalid argument ${io.quote(value)}`);
  return Number(value);
}

function character(value: string, io: Io): number {
  if (value === "^-" || value === "undef") return 0;
  if (/^\^.$/.test(value)) return value === "^?" ? 127 : value.charCodeAt(1) & 31;
  if (value.length === 1) return value.charCodeAt(0);
  const parsed = /^0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number(value);
  if (!(parsed >= 0 && parsed <= 255)) io.die(`invalid integer argument: ${io.quote(value)}`);
  return parsed;
}

function choose(settings: Settings, word: string): void {
  const set = CHOICES.find((choice) => choice.includes(word)) ?? [];
  for (const other of set) settings.flags.delete(other);
  settings.flags.add(word);
}

/** False when there is no such setting. */
function apply(setting: string, settings: Settings): boolean {
  const off = setting.startsWith("-");
  const typed = off ? setting.slice(1) : setting;
  const word = SYNONYMS.get(typed) ?? typed;
  const { flags } = settings;
  const set = (names: readonly string[], on: boolean): void => { for (const name of names) if (on) flags.add(name); else flags.delete(name); };
  if (CHOICES.some((choice) => choice.includes(word))) {
    if (off) return false;
    choose(settings, word);
    return true;
  }
  if (GROUPS.some((group) => group.flags.some(([name]) => name === word))) {
    set([word], !off);
    return true;
  }
  const sane = (): void => {
    set(ON_WHEN_SANE, true);
    set(OFF_WHEN_SANE, false);
    for (const choice of ["nl0", "cr0", "tab0", "bs0", "vt0", "ff0"]) choose(settings, choice);
    for (const [name, value] of CHARACTERS) settings.cc.set(name, value);
    settings.min = 1;
    settings.time = 0;
  };
  switch (word) {
    case "sane": if (off) return false; sane(); return true;
    case "raw": case "cooked":
      if ((word === "raw") !== off) {
        set(["ignbrk", "brkint", "ignpar", "parmrk", "inpck", "istrip", "inlcr", "igncr", "icrnl", "ixon", "ixoff", "iuclc", "ixany", "imaxbel", "opost", "isig", "icanon", "xcase"], false);
        settings.min = 1;
        settings.time = 0;
      } else {
        set(["brkint", "ignpar", "istrip", "icrnl", "ixon", "opost", "isig", "icanon"], true);
        settings.cc.set("eof", 4);
        settings.cc.set("eol", 0);
      }
      return true;
    case "cbreak": set(["icanon"], off); return true;
    case "ek": if (off) return false; settings.cc.set("erase", 127); settings.cc.set("kill", 21); return true;
    case "evenp": case "parity": set(["parenb"], !off); if (!off) set(["parodd"], false); choose(settings, off ? "cs8" : "cs7"); return true;
    case "oddp": set(["parenb"], !off); if (!off) set(["parodd"], true); choose(settings, off ? "cs8" : "cs7"); return true;
    case "nl":
      if (off) { set(["icrnl", "onlcr"], true); set(["inlcr", "igncr", "ocrnl", "onlret"], false); } else set(["icrnl", "onlcr"], false);
      return true;
    case "crt": if (off) return false; set(["echoe", "echoctl", "echoke"], true); return true;
    case "dec":
      if (off) return false;
      for (const [name, value] of [["intr", 3], ["erase", 127], ["kill", 21]] as const) settings.cc.set(name, value);
      set(["echoe", "echoctl", "echoke"], true);
      set(["ixany"], false);
      return true;
    case "decctlq": set(["ixany"], off); return true;
    case "lcase": case "LCASE": set(["xcase", "iuclc", "olcuc"], !off); return true;
    case "pass8": set(["parenb", "istrip"], off); choose(settings, off ? "cs7" : "cs8"); return true;
    case "litout": set(["parenb", "istrip", "opost"], off); choose(settings, off ? "cs7" : "cs8"); return true;
    case "tabs": choose(settings, off ? "tab3" : "tab0"); return true;
    case "drain": return true;
    default: return false;
  }
}

function shownCharacter(byte: number): string {
  if (byte === 0) return "<undef>";
  if (byte === 127) return "^?";
  if (byte < 32) return "^" + String.fromCharCode(byte + 64);
  if (byte >= 128) return "M-" + shownCharacter(byte - 128);
  return String.fromCharCode(byte);
}

/** Is a flag on, where one of a set of choices without any set means the first. */
function isOn(termios: Termios, name: string): boolean {
  const choice = CHOICES.find((one) => one.includes(name));
  if (!choice) return termios.flags.has(name);
  const chosen = choice.find((one) => termios.flags.has(one)) ?? choice[0];
  return chosen === name;
}

class Wrapper {
  readonly #width: number;
  #column = 0;
  text = "";
  constructor(width: number) {
    this.#width = width;
  }

  put(word: string): void {
    if (this.#column > 0) {
      if (this.#column + word.length + 1 >= this.#width) this.endLine();
      else {
        this.text += " ";
        this.#column++;
      }
    }
    this.text += word;
    this.#column += word.length;
  }

  endLine(): void {
    if (this.#column > 0) this.text += "\n";
    this.#column = 0;
  }
}

function flagWords(termios: Termios, group: (typeof GROUPS)[number], onlyUnsane: boolean): string[] {
  const words: string[] = [];
  for (const [name, sane] of group.flags) {
    const choice = CHOICES.find((one) => one.includes(name));
    if (choice) {
      const chosen = choice.find((one) => isOn(termios, one)) ?? name;
      if (!onlyUnsane || (chosen !== choice[0] && name !== "cs8")) words.push(chosen);
      continue;
    }
    const on = termios.flags.has(name);
    if (onlyUnsane && (sane === "any" || on === (sane === "on"))) continue;
    words.push(on ? name : "-" + name);
  }
  return words;
}

function fullReport(termios: Termios, size: { readonly rows: number; readonly cols: number }, width: number): string {
  const out = new Wrapper(width);
  out.put(`speed ${termios.speedBaud} baud;`);
  out.put(`rows ${size.rows};`);
  out.put(`columns ${size.cols};`);
  out.put("line = 0;");
  out.endLine();
  for (const [name] of CHARACTERS) out.put(`${name} = ${shownCharacter(termios.cc.get(name) ?? 0)};`);
  out.put(`min = ${termios.min}; time = ${termios.time};`);
  out.endLine();
  for (const group of GROUPS) {
    for (const word of flagWords(termios, group, false)) out.put(word);
    out.endLine();
  }
  return out.text;
}

function shortReport(termios: Termios, width: number): string {
  const out = new Wrapper(width);
  out.put(`speed ${termios.speedBaud} baud;`);
  out.put("line = 0;");
  out.endLine();
  let any = false;
  for (const [name, sane] of CHARACTERS) {
    const value = termios.cc.get(name) ?? 0;
    if (value === sane) continue;
    out.put(`${name} = ${shownCharacter(value)};`);
    any = true;
  }
  if (!termios.flags.has("icanon")) out.put(`min = ${termios.min}; time = ${termios.time};`);
  if (any || !termios.flags.has("icanon")) out.endLine();
  for (const group of GROUPS) {
    for (const word of flagWords(termios, group, true)) out.put(word);
    out.endLine();
  }
  return out.text;
}

/** Bits of <asm-generic/termbits.h>. */
const BITS: readonly { readonly flags: readonly (readonly [name: string, bits: number])[] }[] = [
  { flags: [["ignbrk", 1], ["brkint", 2], ["ignpar", 4], ["parmrk", 8], ["inpck", 16], ["istrip", 32], ["inlcr", 64], ["igncr", 128], ["icrnl", 256], ["iuclc", 512], ["ixon", 1024], ["ixany", 2048], ["ixoff", 4096], ["imaxbel", 8192], ["iutf8", 16384]] },
  { flags: [["opost", 1], ["olcuc", 2], ["onlcr", 4], ["ocrnl", 8], ["onocr", 16], ["onlret", 32], ["ofill", 64], ["ofdel", 128], ["nl1", 256], ["cr1", 512], ["cr2", 1024], ["cr3", 1536], ["tab1", 2048], ["tab2", 4096], ["tab3", 6144], ["bs1", 8192], ["vt1", 16384], ["ff1", 32768]] },
  { flags: [["cs6", 16], ["cs7", 32], ["cs8", 48], ["cstopb", 64], ["cread", 128], ["parenb", 256], ["parodd", 512], ["hupcl", 1024], ["clocal", 2048], ["cmspar", 0x40000000], ["crtscts", 0x80000000]] },
  { flags: [["isig", 1], ["icanon", 2], ["xcase", 4], ["echo", 8], ["echoe", 16], ["echok", 32], ["echonl", 64], ["noflsh", 128], ["tostop", 256], ["echoctl", 512], ["echoprt", 1024], ["echoke", 2048], ["flusho", 4096], ["iexten", 32768], ["extproc", 65536]] },
];

/** Indices of c_cc in the order that stty -g prints them. */
const CC_ORDER = ["intr", "quit", "erase", "kill", "eof", "time", "min", "swtch", "start", "stop", "susp", "eol", "rprnt", "discard", "werase", "lnext", "eol2"] as const;
const BAUD_CODES = new Map([[9600, 0xd], [19200, 0xe], [38400, 0xf], [115200, 0x1002], [57600, 0x1001], [1200, 9], [2400, 0xb], [4800, 0xc], [300, 7], [600, 8], [0, 0]]);

function save(termios: Termios): string {
  const words = BITS.map(({ flags }) => flags.reduce((sum, [name, bits]) => sum + (isOn(termios, name) ? bits : 0), 0));
  words[2] = (words[2] ?? 0) + (BAUD_CODES.get(termios.speedBaud) ?? 0xf);
  const chars = CC_ORDER.map((name) => (name === "time" ? termios.time : name === "min" ? termios.min : (termios.cc.get(name) ?? 0)));
  while (chars.length < 32) chars.push(0);
  return [...words, ...chars].map((value) => value.toString(16)).join(":");
}

function restore(saved: string, settings: Settings, io: Io): void {
  const values = saved.split(":").map((value) => Number.parseInt(value, 16));
  if (values.length !== 36) io.usage(`invalid argument ${io.quote(saved)}`);
  settings.flags.clear();
  for (const [index, { flags }] of BITS.entries()) {
    const value = values[index] ?? 0;
    for (const [name, bits] of flags) {
      const choice = CHOICES.find((one) => one.includes(name));
      const mask = choice ? flags.filter(([other]) => choice.includes(other)).reduce((all, [, one]) => all | one, 0) : bits;
      if (((value & mask) >>> 0) === bits) settings.flags.add(name);
    }
  }
  for (const [index, name] of CC_ORDER.entries()) {
    const value = values[index + 4] ?? 0;
    if (name === "time") settings.time = value;
    else if (name === "min") settings.min = value;
    else settings.cc.set(name, value);
  }
  const code = (values[2] ?? 0) & 0x100f;
  for (const [baud, known] of BAUD_CODES) if (known === code) settings.speedBaud = baud;
}
