// LS_COLORS (dir_colors(5)): which escape sequence a file's name is shown in.

import { S, type Stat } from "../../kernel/sys.ts";

const DEFAULTS = [
  ["lc", "\x1b["], ["rc", "m"], ["rs", "0"], ["di", "01;34"], ["ln", "01;36"], ["pi", "33"], ["so", "01;35"], ["bd", "01;33"], ["cd", "01;33"], ["ex", "01;32"],
  ["do", "01;35"], ["su", "37;41"], ["sg", "30;43"], ["st", "37;44"], ["ow", "34;42"], ["tw", "30;42"], ["cl", "\x1b[K"],
] as const;

const KEYS = new Set(["lc", "rc", "ec", "rs", "no", "fi", "di", "ln", "pi", "so", "bd", "cd", "mi", "or", "ex", "do", "su", "sg", "st", "ow", "tw", "ca", "mh", "cl"]);

export class ColorsError extends Error {
  /** the key that is none */
  readonly prefix: string | undefined;
  constructor(message: string, prefix?: string) {
    super(message);
    this.prefix = prefix;
  }
}

export class LsColors {
  readonly #values = new Map<string, string>(DEFAULTS);
  readonly #suffixes: (readonly [suffix: string, value: string])[] = [];
  #started = false;

  /** Throws ColorsError. */
  static parse(spec: string, withDefaults = true): LsColors {
    const colors = new LsColors();
    if (!withDefaults) for (const [key] of DEFAULTS) if (!["lc", "rc", "rs", "cl"].includes(key)) colors.#values.delete(key);
    for (let rest = spec; rest !== ""; ) {
      if (rest.startsWith(":")) {
        rest = rest.slice(1);
        continue;
      }
      const key = field(rest.startsWith("*") ? rest.slice(1) : rest, "=");
      if (!key.rest.startsWith("=")) throw new ColorsError("unparsable value for LS_COLORS environment variable");
      const value = field(key.rest.slice(1), ":");
      if (rest.startsWith("*")) colors.#suffixes.unshift([key.text, value.text]);
      else if (!KEYS.has(key.text)) throw new ColorsError(`unrecognized prefix: ${key.text}`, key.text);
      else colors.#values.set(key.text, value.text);
      rest = value.rest;
    }
    return colors;
  }

  /** Symbolic links take their target's colour (ln=target). */
  get linksAsTargets(): boolean {
    return this.#values.get("ln") === "target";
  }

  /** Whether the colour of a link's name, or of what it leads to, depends on where it leads (check_symlink_mode of ls). */
  followsLinks(long: boolean): boolean {
    return this.colored("or") || (this.colored("ex") && this.linksAsTargets) || (this.colored("mi") && long);
  }

  colored(key: string): boolean {
    const value = this.#values.get(key);
    return value !== undefined && value !== "" && value !== "0" && value !== "00";
  }

  /** The value for a file; undefined when its name is shown plainly. `target`: what a link leads to, null when to nothing. */
  valueFor(name: string, stat: Stat | undefined, isLink: boolean, target: Stat | null | undefined, capability: boolean): string | undefined {
    return this.#value(this.#kind(stat, isLink, target, capability), name);
  }

  #kind(stat: Stat | undefined, isLink: boolean, target: Stat | null | undefined, capability: boolean): string {
    if (isLink) {
      if (target === null) return this.linksAsTargets || this.colored("or") ? "or" : "ln";
      if (!this.linksAsTargets || target === undefined) return "ln";
    }
    const subject = isLink && target ? target : stat;
    if (!subject) return "or";
    const { mode } = subject;
    switch (mode & S.IFMT) {
      case S.IFREG:
        if ((mode & S.ISUID) !== 0 && this.colored("su")) return "su";
        if ((mode & S.ISGID) !== 0 && this.colored("sg")) return "sg";
        if (capability && this.colored("ca")) return "ca";
        if ((mode & 0o111) !== 0 && this.colored("ex")) return "ex";
        if (subject.nlink > 1 && this.colored("mh")) return "mh";
        return "fi";
      case S.IFDIR:
        if ((mode & S.ISVTX) !== 0 && (mode & 0o002) !== 0 && this.colored("tw")) return "tw";
        if ((mode & 0o002) !== 0 && this.colored("ow")) return "ow";
        if ((mode & S.ISVTX) !== 0 && this.colored("st")) return "st";
        return "di";
      case S.IFLNK: return "ln";
      case S.IFIFO: return "pi";
      case S.IFSOCK: return "so";
      case S.IFBLK: return "bd";
      case S.IFCHR: return "cd";
      default: return "or";
    }
  }

  /** The target of a broken link, in a long listing. */
  missing(): string | undefined {
    return this.#value("mi", "");
  }

  #value(kind: string, name: string): string | undefined {
    if (kind === "fi") {
      const suffix = this.#suffixes.find(([ending]) => name.endsWith(ending));
      if (suffix) return suffix[1];
    }
    const value = this.#values.get(kind);
    return value !== undefined && this.colored(kind) ? value : undefined;
  }

  get reset(): string {
    const end = this.#values.get("ec");
    return end ?? (this.#values.get("lc") ?? "") + (this.#values.get("rs") ?? "") + (this.#values.get("rc") ?? "");
  }

  get clearToEnd(): string {
    return this.#values.get("cl") ?? "";
  }

  /** The name in its colour. The first one of a listing begins with a reset. */
  paint(value: string | undefined, text: string): string {
    if (value === undefined) {
      // no= and fi= colour what has no colour of its own.
      const normal = this.colored("no") ? this.#values.get("no") : undefined;
      if (normal === undefined) return text;
      return this.paint(normal, text);
    }
    const first = this.#started ? "" : this.reset;
    this.#started = true;
    return first + (this.#values.get("lc") ?? "") + value + (this.#values.get("rc") ?? "") + text + this.reset;
  }
}

/** One part of the string with its escapes: \e \a \n \ooo \xhh ^X. */
const simple = new Map([["a", "\x07"], ["b", "\b"], ["e", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["?", "\x7f"], ["_", " "]]);

function field(text: string, end: string): { readonly text: string; readonly rest: string } {
  const plain = /^[^:=^\\]*/.exec(text)?.[0] ?? "";
  const after = text.charAt(plain.length);
  if (after === "" || after === ":" || after === end) return { text: plain, rest: text.slice(plain.length) };
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === end || char === ":") return { text: out, rest: text.slice(i) };
    if (char === "^" && i + 1 < text.length) {
      const next = text.charAt(++i);
      out += next === "?" ? "\x7f" : String.fromCharCode(next.charCodeAt(0) & 31);
    } else if (char === "\\") {
      const number = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(text.slice(i));
      if (number) {
        out += String.fromCharCode(number[1] !== undefined ? Number.parseInt(number[1], 16) : Number.parseInt(number[2] ?? "0", 8) & 255);
        i += number[0].length - 1;
      } else {
        const next = text.charAt(++i);
        out += simple.get(next) ?? next;
      }
    } else out += char;
  }
  return { text: out, rest: "" };
}

/** TERM values of terminals with colours, as the built-in database of dircolors lists them (globs). */
export const COLOR_TERMS = ["Eterm", "ansi", "*color*", "con[0-9]*x[0-9]*", "cons25", "console", "cygwin", "*direct*", "dtterm", "gnome", "hurd", "jfbterm", "konsole", "kterm",
  "linux", "linux-c", "mlterm", "putty", "rxvt*", "screen*", "st", "terminator", "tmux*", "vt100", "xterm*"] as const;

export function isColorTerm(term: string): boolean {
  return COLOR_TERMS.some((glob) => new RegExp(`^${glob.replaceAll("*", ".*")}$`).test(term));
}
