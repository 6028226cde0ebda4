// The options of :set that the simulation knows: those that do something, and those that are taken without effect.

interface Kind {
  readonly name: string;
  readonly short: string;
  /** Vi's and Vim's default */
  readonly vi: boolean | number | string;
  readonly vim: boolean | number | string;
}

const ALL_FLAGS = "aAbBcCdDeEfFgHiIjJkKlLmMnoOpPqrRsStuvwWxXyZ$!%*-+<>;";

const DEFAULT_COMMENTS = "s1:/*,mb:*,ex:*/,://,b:#,:%,:XCOMM,n:>,fb:-";

/** Options that each buffer may have of its own, and those that only a buffer has. */
const BUFFER_OPTIONS = new Set(["autoindent", "comments", "commentstring", "expandtab", "filetype", "formatoptions", "indentexpr", "shiftwidth", "softtabstop", "syntax", "tabstop", "textwidth"]);
const OWN_OPTIONS = new Set(["filetype", "syntax"]);

const KINDS: readonly Kind[] = [
  { name: "autoindent", short: "ai", vi: false, vim: false },
  { name: "autowrite", short: "aw", vi: false, vim: false },
  { name: "background", short: "bg", vi: "light", vim: "light" },
  { name: "backspace", short: "bs", vi: "", vim: "" },
  { name: "backup", short: "bk", vi: false, vim: false },
  { name: "comments", short: "com", vi: DEFAULT_COMMENTS, vim: DEFAULT_COMMENTS },
  { name: "commentstring", short: "cms", vi: "/*%s*/", vim: "/*%s*/" },
  { name: "compatible", short: "cp", vi: true, vim: false },
  { name: "cpoptions", short: "cpo", vi: ALL_FLAGS, vim: "aABceFs" },
  { name: "cursorline", short: "cul", vi: false, vim: false },
  { name: "encoding", short: "enc", vi: "utf-8", vim: "utf-8" },
  { name: "equalalways", short: "ea", vi: true, vim: true },
  { name: "errorbells", short: "eb", vi: false, vim: false },
  { name: "esckeys", short: "ek", vi: false, vim: true },
  { name: "expandtab", short: "et", vi: false, vim: false },
  { name: "fileencoding", short: "fenc", vi: "", vim: "" },
  { name: "fileformat", short: "ff", vi: "unix", vim: "unix" },
  { name: "filetype", short: "ft", vi: "", vim: "" },
  { name: "formatoptions", short: "fo", vi: "vt", vim: "tcq" },
  { name: "hidden", short: "hid", vi: false, vim: false },
  { name: "history", short: "hi", vi: 0, vim: 50 },
  { name: "hlsearch", short: "hls", vi: false, vim: false },
  { name: "ignorecase", short: "ic", vi: false, vim: false },
  { name: "incsearch", short: "is", vi: false, vim: false },
  { name: "indentexpr", short: "inde", vi: "", vim: "" },
  { name: "insertmode", short: "im", vi: false, vim: false },
  { name: "joinspaces", short: "js", vi: true, vim: false },
  { name: "laststatus", short: "ls", vi: 1, vim: 1 },
  { name: "lines", short: "", vi: 24, vim: 24 },
  { name: "columns", short: "co", vi: 80, vim: 80 },
  { name: "linebreak", short: "lbr", vi: false, vim: false },
  { name: "list", short: "", vi: false, vim: false },
  { name: "magic", short: "", vi: true, vim: true },
  { name: "modeline", short: "ml", vi: false, vim: false },
  { name: "modified", short: "mod", vi: false, vim: false },
  { name: "mouse", short: "", vi: "", vim: "" },
  { name: "number", short: "nu", vi: false, vim: false },
  { name: "paste", short: "", vi: false, vim: false },
  { name: "readonly", short: "ro", vi: false, vim: false },
  { name: "relativenumber", short: "rnu", vi: false, vim: false },
  { name: "report", short: "", vi: 2, vim: 2 },
  { name: "ruler", short: "ru", vi: false, vim: false },
  { name: "scroll", short: "scr", vi: 0, vim: 0 },
  { name: "scrolloff", short: "so", vi: 0, vim: 0 },
  { name: "shell", short: "sh", vi: "/bin/bash", vim: "/bin/bash" },
  { name: "shiftround", short: "sr", vi: false, vim: false },
  { name: "shiftwidth", short: "sw", vi: 8, vim: 8 },
  { name: "showcmd", short: "sc", vi: false, vim: false },
  { name: "showtabline", short: "stal", vi: 1, vim: 1 },
  { name: "showmatch", short: "sm", vi: false, vim: false },
  { name: "showmode", short: "smd", vi: false, vim: true },
  { name: "smartcase", short: "scs", vi: false, vim: false },
  { name: "smarttab", short: "sta", vi: false, vim: false },
  { name: "softtabstop", short: "sts", vi: 0, vim: 0 },
  { name: "splitbelow", short: "sb", vi: false, vim: false },
  { name: "splitright", short: "spr", vi: false, vim: false },
  { name: "startofline", short: "sol", vi: true, vim: true },
  { name: "swapfile", short: "swf", vi: true, vim: true },
  { name: "syntax", short: "syn", vi: "", vim: "" },
  { name: "tabstop", short: "ts", vi: 8, vim: 8 },
  { name: "term", short: "", vi: "xterm", vim: "xterm" },
  { name: "textwidth", short: "tw", vi: 0, vim: 0 },
  { name: "tildeop", short: "top", vi: false, vim: false },
  { name: "timeoutlen", short: "tm", vi: 1000, vim: 1000 },
  { name: "undolevels", short: "ul", vi: 1000, vim: 1000 },
  { name: "updatecount", short: "uc", vi: 200, vim: 200 },
  { name: "updatetime", short: "ut", vi: 4000, vim: 4000 },
  { name: "visualbell", short: "vb", vi: false, vim: false },
  { name: "warn", short: "", vi: true, vim: true },
  { name: "wrap", short: "", vi: true, vim: true },
  { name: "wrapmargin", short: "wm", vi: 0, vim: 0 },
  { name: "wrapscan", short: "ws", vi: true, vim: true },
  { name: "writebackup", short: "wb", vi: true, vim: true },
];

const BY_NAME = new Map<string, Kind>();
for (const kind of KINDS) {
  BY_NAME.set(kind.name, kind);
  if (kind.short !== "") BY_NAME.set(kind.short, kind);
}

/** Thrown with the words of an error. */
export class OptionError extends Error {}

export class VimOptions {
  readonly #values = new Map<string, boolean | number | string>();

  /** the options of the buffer that the cursor is in */
  readonly #local: () => Map<string, boolean | number | string> | undefined;

  constructor(compatible: boolean, local: () => Map<string, boolean | number | string> | undefined = () => undefined) {
    this.#local = local;
    this.setCompatible(compatible);
  }

  #value(name: string): boolean | number | string | undefined {
    return this.#local()?.get(name) ?? this.#values.get(name);
  }

  /** :set is for all buffers and this one, :setlocal for this one. */
  #store(name: string, value: boolean | number | string, here: boolean): void {
    const local = this.#local();
    if (BUFFER_OPTIONS.has(name) && local && (here || local.has(name) || OWN_OPTIONS.has(name))) local.set(name, value);
    if (!here && !OWN_OPTIONS.has(name)) this.#values.set(name, value);
  }

  setCompatible(compatible: boolean): void {
    for (const kind of KINDS) if (kind.vi !== kind.vim || !this.#values.has(kind.name)) this.#values.set(kind.name, compatible ? kind.vi : kind.vim);
  }

  on(name: string): boolean {
    return this.#value(name) === true;
  }

  number(name: string): number {
    const value = this.#value(name);
    return typeof value === "number" ? value : 0;
  }

  text(name: string): string {
    const value = this.#value(name);
    return typeof value === "string" ? value : "";
  }

  put(name: string, value: boolean | number | string): void {
    this.#values.set(name, value);
  }

  /** Whether 'cpoptions' has the flag. */
  vi(flag: string): boolean {
    return this.text("cpoptions").includes(flag);
  }

  /** Whether 'backspace' allows it. */
  backspaceOver(what: "indent" | "eol" | "start"): boolean {
    const value = this.text("backspace");
    if (/^[0-9]$/.test(value)) return Number(value) >= (what === "start" ? 2 : 1);
    return value.split(",").includes(what);
  }

  #beforePaste: readonly (readonly [string, boolean | number | string])[] = [];

  /** 'paste' switches off what would change typed text, and the ruler with it; when it ends, all is as before. */
  #setPaste(on: boolean): void {
    const off = [["autoindent", false], ["expandtab", false], ["ruler", false], ["showmatch", false], ["smarttab", false], ["softtabstop", 0], ["textwidth", 0], ["wrapmargin", 0]] as const;
    if (on) {
      this.#beforePaste = off.map(([name]) => [name, this.#values.get(name) ?? false]);
      for (const [name, value] of off) this.#values.set(name, value);
    } else for (const [name, value] of this.#beforePaste) this.#values.set(name, value);
  }

  /** How an option is shown: "nonumber", "  tabstop=4". */
  show(name: string): string {
    const value = this.#value(name);
    if (typeof value === "boolean") return `${value ? "  " : "no"}${name}`;
    return `  ${name}=${value ?? ""}`;
  }

  /** What :set without arguments lists. */
  changed(compatible: boolean): string[] {
    return KINDS.filter((kind) => this.#values.get(kind.name) !== (compatible ? kind.vi : kind.vim)).map((kind) => this.show(kind.name));
  }

  all(): string[] {
    return KINDS.map((kind) => this.show(kind.name));
  }

  /** One argument of :set. What is to be shown, if it was a question. Throws OptionError. */
  assign(argument: string, here = false): { readonly name: string; readonly shown: string | undefined } {
    const found = /^(no|inv)?([a-z]+|t_\w\w)([?!&]|(?:[-+^]?[=:])(.*))?$/s.exec(argument);
    if (!found) throw new OptionError(`E518: Unknown option: ${argument}`);
    let [, prefix, word = "", tail = "", text = ""] = found;
    let kind = BY_NAME.get(word);
    if (!kind && prefix !== undefined) {
      kind = BY_NAME.get(prefix + word);
      if (kind) prefix = undefined;
    }
    if (!kind) throw new OptionError(`E518: Unknown option: ${argument}`);
    const { name } = kind;
    const value = this.#value(name);
    if (tail === "?") return { name, shown: this.show(name) };
    if (tail === "&") {
      this.#store(name, kind.vim, here);
      return { name, shown: undefined };
    }
    if (typeof value === "boolean") {
      if (tail !== "" && tail !== "!") throw new OptionError(`E474: Invalid argument: ${argument}`);
      this.#store(name, prefix === "no" ? false : prefix === "inv" || tail === "!" ? !value : true, here);
      if (name === "compatible") this.setCompatible(this.on("compatible"));
      if (name === "paste" && value !== this.on("paste")) this.#setPaste(this.on("paste"));
      return { name, shown: undefined };
    }
    if (prefix !== undefined || tail === "!") throw new OptionError(`E474: Invalid argument: ${argument}`);
    if (tail === "") return { name, shown: this.show(name) };
    const operator = tail[0] ?? "=";
    if (typeof value === "number") {
      if (!/^-?\d+$/.test(text)) throw new OptionError(`E521: Number required after =: ${argument}`);
      const given = Number(text);
      const next = operator === "+" ? value + given : operator === "-" ? value - given : operator === "^" ? value * given : given;
      if (next <= 0 && (name === "tabstop" || name === "lines" || name === "columns")) throw new OptionError(`E487: Argument must be positive: ${argument}`);
      if (next < 0) throw new OptionError(`E487: Argument must be positive: ${argument}`);
      this.#store(name, next, here);
    } else {
      const old = this.text(name);
      text = text.replace(/\\(.)/g, "$1");
      const comma = old !== "" && /^(backspace|mouse)$/.test(name) && name === "backspace" ? "," : "";
      this.#store(name, operator === "+" ? old + comma + text : operator === "-" ? old.replace(text, "") : operator === "^" ? text + comma + old : text, here);
    }
    return { name, shown: undefined };
  }
}
