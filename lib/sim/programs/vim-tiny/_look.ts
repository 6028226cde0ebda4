// How things are shown: highlight groups, for the colours that the terminal has and for a light or dark background. A style is a text of SGR parameters, "" for plain.

import { GROUP_LINKS, GROUP_ROWS } from "./_groups.ts";

interface Group {
  readonly term: string;
  readonly cterm: string;
  readonly foreground: string;
  readonly background: string;
  readonly gui: string;
}

const FLAGS = new Map([["bold", "1"], ["italic", "3"], ["underline", "4"], ["reverse", "7"], ["inverse", "7"], ["standout", "7"], ["strikethrough", "9"]]);
const NAMES = new Map([
  ["black", 0], ["darkblue", 4], ["darkgreen", 2], ["darkcyan", 6], ["darkred", 1], ["darkmagenta", 5], ["brown", 130], ["darkyellow", 130], ["lightgray", 7], ["lightgrey", 7], ["gray", 248], ["grey", 248],
  ["darkgray", 242], ["darkgrey", 242], ["blue", 12], ["lightblue", 81], ["green", 10], ["lightgreen", 121], ["cyan", 14], ["lightcyan", 159], ["red", 9], ["lightred", 224], ["magenta", 13], ["lightmagenta", 225],
  ["yellow", 11], ["lightyellow", 229], ["white", 15],
]);
/** The same names where there are 8 colours: those above 7 are bold. */
const FEW = new Map([["brown", 3], ["darkyellow", 3], ["lightgray", 7], ["lightgrey", 7], ["gray", 7], ["grey", 7], ["darkgray", 8], ["darkgrey", 8], ["lightblue", 12], ["lightgreen", 10], ["lightcyan", 14], ["lightred", 9], ["lightmagenta", 13], ["lightyellow", 11]]);

export class Look {
  background: "light" | "dark";
  /** 256, 8, or 0 for none */
  readonly colours: number;
  readonly #groups = new Map<string, Group>();
  readonly #links = new Map<string, string>();
  readonly #styles = new Map<string, string>();
  #order: string[] = [];

  constructor(terminal: string, foregroundAndBackground: string | undefined) {
    this.colours = /256col|direct/.test(terminal) ? 256 : /^(?:xterm|linux|screen|tmux|rxvt|konsole|putty|cygwin|ansi|st|vte|gnome|alacritty)/.test(terminal) ? 8 : 0;
    const dark = /^(?:linux|screen\.linux|cygwin|putty)/.test(terminal) || /;(?:[0-6]|8)$/.test(foregroundAndBackground ?? "");
    this.background = dark ? "dark" : "light";
    this.reset();
  }

  /** The groups as the default scheme has them for the background. */
  reset(): void {
    const column = (this.colours === 256 ? 0 : 2) + (this.background === "dark" ? 1 : 0);
    this.#groups.clear();
    this.#links.clear();
    this.#styles.clear();
    for (const row of GROUP_ROWS.trim().split("\n")) {
      const parts = row.split("|");
      const [cterm = "", foreground = "", background = ""] = (parts[2 + column] ?? "").split("/");
      this.#groups.set(parts[0] ?? "", { term: parts[1] ?? "", cterm: cterm.replaceAll("+", ","), foreground, background, gui: parts[this.background === "dark" ? 7 : 6] ?? "" });
    }
    for (const link of GROUP_LINKS.split(" ")) {
      const [from = "", to = ""] = link.split(":");
      if (to !== "") this.#links.set(from, to);
    }
    this.#order = [...this.#groups.keys(), ...GROUP_LINKS.split(" ").map((link) => link.split(":")[0] ?? "")];
  }

  /** The group's own name, however it is written. */
  named(name: string): string | undefined {
    return this.#order.find((one) => one.toLowerCase() === name.toLowerCase());
  }

  get names(): readonly string[] {
    return this.#order;
  }

  /** A group that a file type or :highlight brings. */
  define(name: string): void {
    if (!this.named(name)) this.#order.push(name);
  }

  link(from: string, to: string): void {
    this.define(from);
    if (to.toUpperCase() === "NONE") this.#links.delete(from);
    else this.#links.set(from, this.named(to) ?? to);
    this.#styles.clear();
  }

  clear(name: string): void {
    this.#groups.delete(name);
    this.#links.delete(name);
    this.#styles.clear();
  }

  /** :highlight name key=value */
  set(name: string, key: string, value: string): void {
    this.define(name);
    const old = this.#groups.get(name) ?? { term: "", cterm: "", foreground: "", background: "", gui: "" };
    this.#links.delete(name);
    const given = value.toUpperCase() === "NONE" ? "" : value;
    this.#groups.set(name, {
      term: key === "term" ? given : old.term, cterm: key === "cterm" ? given : old.cterm, foreground: key === "ctermfg" ? this.#number(given) : old.foreground,
      background: key === "ctermbg" ? this.#number(given) : old.background, gui: key.startsWith("gui") && given !== "" ? [...old.gui.split(" ").filter((one) => one !== "" && !one.startsWith(`${key}=`)), `${key}=${given}`].join(" ") : old.gui,
    });
    this.#styles.clear();
  }

  #number(value: string): string {
    const name = value.toLowerCase();
    return String((this.colours === 256 ? undefined : FEW.get(name)) ?? NAMES.get(name) ?? value);
  }

  isColour(value: string): boolean {
    return /^\d+$/.test(value) || NAMES.has(value.toLowerCase()) || /^(?:none|fg|bg)$/i.test(value);
  }

  /** What :highlight says of a group, behind "xxx". */
  shown(name: string): string {
    const link = this.#links.get(name);
    if (link !== undefined) return `links to ${link}`;
    const group = this.#groups.get(name);
    if (!group) return "cleared";
    const parts = [["term", group.term], ["cterm", group.cterm], ["ctermfg", group.foreground], ["ctermbg", group.background]].filter(([, value]) => value !== "").map(([key, value]) => `${key}=${value}`);
    return [...parts, ...(group.gui === "" ? [] : [group.gui])].join(" ");
  }

  style(name: string): string {
    let found = this.#styles.get(name);
    if (found === undefined) {
      let last = name;
      for (let i = 0; i < 10; i++) last = this.#links.get(last) ?? last;
      found = this.#sgr(last);
      this.#styles.set(name, found);
    }
    return found;
  }

  #sgr(name: string): string {
    const own = name === "htmlBold" ? "bold" : name === "htmlItalic" ? "italic" : name === "htmlBoldItalic" ? "bold,italic" : "";
    const group = this.#groups.get(name);
    if (!group) return own.split(",").flatMap((flag) => FLAGS.get(flag) ?? []).join(";");
    const codes = (this.colours === 0 ? group.term : group.cterm).split(",").flatMap((flag) => FLAGS.get(flag) ?? []);
    if (this.colours > 0 && group.foreground !== "") codes.push(this.#colour(Number(group.foreground), false));
    if (this.colours > 0 && group.background !== "") codes.push(this.#colour(Number(group.background), true));
    return codes.join(";");
  }

  #colour(number: number, back: boolean): string {
    const base = back ? 40 : 30;
    if (this.colours === 8) return number >= 8 && !back ? `1;${base + (number % 8)}` : String(base + (number % 8));
    if (number < 8) return String(base + number);
    return number < 16 ? String(base + 60 + number - 8) : `${base + 8};5;${number}`;
  }

  get error(): string {
    return this.style("ErrorMsg");
  }

  get warning(): string {
    return this.style("WarningMsg");
  }

  get question(): string {
    return this.style("Question");
  }

  get mode(): string {
    return this.style("ModeMsg");
  }

  get number(): string {
    return this.style("LineNr");
  }

  get blank(): string {
    return this.style("NonText");
  }

  get reverse(): string {
    return this.style("VertSplit");
  }

  get visual(): string {
    return this.style("Visual");
  }

  get status(): string {
    return this.style("StatusLine");
  }

  get directory(): string {
    return this.style("Directory");
  }

  get tab(): string {
    return this.style("TabLine");
  }

  get added(): string {
    return this.style("DiffAdd");
  }

  get changed(): string {
    return this.style("DiffChange");
  }

  get deleted(): string {
    return this.style("DiffDelete");
  }

  get fold(): string {
    return this.style("Folded");
  }
}

/** One style upon another: what the upper one does not say is that of the lower one. */
export function upon(lower: string, upper: string): string {
  return lower === "" || upper === "" ? lower + upper : `${lower};${upper}`;
}
