// Patterns of Vim (the manual's pattern.txt): 'magic', \v \m \M \V, made into the expressions of kit/regex.

import { compileRegex, type MatchOffsets, type Regex } from "../kit/regex/compile-regex.ts";

export interface PatternOptions {
  readonly ignoreCase: boolean;
  readonly smartCase: boolean;
  readonly magic: boolean;
  /** for ~: what the last substitution put */
  readonly lastSubstitute: string;
}

type Level = "v" | "m" | "M" | "V";

/** The words of an error, as Vim says it. */
export class PatternError extends Error {}

const CLASSES = new Map<string, string>([
  ["s", "[ \\t]"], ["S", "[^ \\t]"], ["d", "[0-9]"], ["D", "[^0-9]"], ["w", "[0-9A-Za-z_]"], ["W", "[^0-9A-Za-z_]"],
  ["a", "[A-Za-z]"], ["A", "[^A-Za-z]"], ["l", "[a-z]"], ["L", "[^a-z]"], ["u", "[A-Z]"], ["U", "[^A-Z]"], ["x", "[0-9A-Fa-f]"], ["X", "[^0-9A-Fa-f]"],
  ["o", "[0-7]"], ["O", "[^0-7]"], ["h", "[A-Za-z_]"], ["H", "[^A-Za-z_]"], ["i", "[0-9A-Za-z_]"], ["I", "[A-Za-z_]"], ["k", "\\w"], ["K", "(?![0-9])\\w"],
  ["f", "[-/.,_+,#$%~=0-9A-Za-z]"], ["F", "(?![0-9])[-/.,_+,#$%~=A-Za-z]"], ["p", "[^\\x00-\\x1f\\x7f]"], ["P", "(?![0-9])[^\\x00-\\x1f\\x7f]"],
  ["e", "\\x1b"], ["t", "\\t"], ["r", "\\r"], ["b", "\\x08"],
]);

// Which characters act without a backslash at each level of magic.
const BARE: Readonly<Record<Level, string>> = { v: "^$.*[~+=?{@()|<>&%", m: "^$.*[~", M: "^$", V: "" };

export class VimPattern {
  readonly source: string;
  readonly regex: Regex;
  /** it can match over the end of a line */
  readonly multiline: boolean;

  constructor(source: string, options: PatternOptions) {
    this.source = source;
    const translated = new Translator(source, options).translate();
    this.multiline = translated.multiline;
    const ignore = translated.caseFlag ?? (options.ignoreCase && !(options.smartCase && /\p{Lu}/u.test(source.replace(/\\./g, ""))));
    this.regex = compileRegex(translated.text, { syntax: "pcre", ignoreCase: ignore, newlineSensitive: translated.multiline });
  }

  /** The first match that begins at or after `from` in this line. */
  exec(text: string, from: number): MatchOffsets | undefined {
    return this.regex.exec(text, from);
  }
}

class Translator {
  readonly #source: string;
  readonly #options: PatternOptions;
  #at = 0;
  #level: Level;
  #ahead = 0;
  multiline = false;
  #caseFlag: boolean | undefined;

  constructor(source: string, options: PatternOptions) {
    this.#source = source;
    this.#options = options;
    this.#level = options.magic ? "m" : "M";
  }

  translate(): { readonly text: string; readonly multiline: boolean; readonly caseFlag: boolean | undefined } {
    let text = this.#branches();
    if (this.#at < this.#source.length) throw new PatternError(this.#level === "v" ? "E55: Unmatched )" : "E55: Unmatched \\)");
    text += ")".repeat(this.#ahead);
    return { text, multiline: this.multiline, caseFlag: this.#caseFlag };
  }

  /** The operator that stands here ("(", "|", "*" …) and its length, or a plain character. */
  #token(): { readonly operator: string; readonly length: number } | undefined {
    const c = this.#source[this.#at];
    if (c === undefined) return undefined;
    const bare = BARE[this.#level];
    if (c === "\\") {
      const next = this.#source[this.#at + 1];
      if (next === undefined) return { operator: "", length: 1 };
      if ("^$.*[~+=?{@()|<>&%".includes(next)) return { operator: bare.includes(next) ? "" : next, length: 2 };
      return { operator: `\\${next}`, length: 2 };
    }
    return { operator: bare.includes(c) ? c : "", length: 1 };
  }

  #branches(): string {
    let text = "";
    let first = true;
    for (;;) {
      const token = this.#token();
      if (!token || token.operator === ")") return text;
      if (token.operator === "|") {
        this.#at += token.length;
        text += ")".repeat(this.#takeAhead());
        text += "|";
        first = true;
        continue;
      }
      if (token.operator === "&") {
        this.#at += token.length;
        continue;
      }
      text += this.#piece(first);
      first = false;
    }
  }

  #takeAhead(): number {
    const ahead = this.#ahead;
    this.#ahead = 0;
    return ahead;
  }

  #piece(first: boolean): string {
    const atom = this.#atom(first);
    return atom === undefined ? "" : this.#repeats(atom);
  }

  #repeats(atom: string): string {
    let text = atom;
    for (;;) {
      const token = this.#token();
      if (!token) return text;
      if (token.operator === "*") text = `(?:${text})*`;
      else if (token.operator === "+") text = `(?:${text})+`;
      else if (token.operator === "=" || token.operator === "?") text = `(?:${text})?`;
      else if (token.operator === "{") {
        const found = /^(-?)(\d*)(,?)(\d*)\\?\}/.exec(this.#source.slice(this.#at + token.length));
        if (!found) throw new PatternError("E554: Syntax error in \\{...}");
        const [whole, lazy, low, comma, high] = found;
        const bounds = comma === "" ? (low === "" ? "{0,}" : `{${low}}`) : `{${low === "" ? "0" : low},${high ?? ""}}`;
        text = `(?:${text})${bounds}${lazy === "-" ? "?" : ""}`;
        this.#at += whole.length;
      } else if (token.operator === "@") {
        const found = /^(>|=|!|<=|<!)/.exec(this.#source.slice(this.#at + token.length));
        if (!found) throw new PatternError("E59: Invalid character after \\@");
        const opening = found[0] === ">" ? "(?>" : found[0] === "=" ? "(?=" : found[0] === "!" ? "(?!" : found[0] === "<=" ? "(?<=" : "(?<!";
        text = `${opening}${text})`;
        this.#at += found[0].length;
      } else return text;
      this.#at += token.length;
    }
  }

  /** Undefined: a switch that matches nothing itself. */
  #atom(first: boolean): string | undefined {
    const token = this.#token();
    if (!token) return "";
    const start = this.#at;
    this.#at += token.length;
    switch (token.operator) {
      case "":
        return quoteMeta(this.#source.slice(token.length === 2 ? start + 1 : start, this.#at) + this.#lowSurrogate());
      case "^":
        return first || this.#level === "v" ? "^" : "\\^";
      case "$":
        return this.#endsHere() ? "$" : "\\$";
      case ".":
        return "[^\\n]";
      case "*":
        if (first) return "\\*";
        throw new PatternError("E64: * follows nothing");
      case "[":
        return this.#bracket();
      case "~":
        return quoteMeta(this.#options.lastSubstitute);
      case "<":
        return "\\b(?=\\w)";
      case ">":
        return "\\b(?<=\\w)";
      case "(":
        return this.#group("(");
      case "%":
        return this.#percent();
      case "+":
      case "=":
      case "?":
      case "{":
      case "@":
        if (first) return quoteMeta(token.operator);
        throw new PatternError(`E64: ${token.length === 2 ? "\\" : ""}${token.operator} follows nothing`);
      default:
        return this.#escape(token.operator.slice(1));
    }
  }

  #lowSurrogate(): string {
    const code = this.#source.charCodeAt(this.#at - 1);
    if (code < 0xd800 || code > 0xdbff) return "";
    return this.#source[this.#at++] ?? "";
  }

  #endsHere(): boolean {
    const rest = this.#source.slice(this.#at);
    if (rest === "" || this.#level === "v") return true;
    return /^\\[|)&n]/.test(rest);
  }

  #group(opening: string): string {
    const ahead = this.#takeAhead();
    const body = this.#branches() + ")".repeat(this.#takeAhead());
    this.#ahead = ahead;
    const token = this.#token();
    if (token?.operator !== ")") throw new PatternError(this.#level === "v" ? "E54: Unmatched (" : "E54: Unmatched \\(");
    this.#at += token.length;
    return `${opening}${body})`;
  }

  #percent(): string {
    const next = this.#source[this.#at++] ?? "";
    if (next === "(") return this.#group("(?:");
    if (next === "^") return "^";
    if (next === "$") return "$";
    const found = /^(?:d(\d+)|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4}))/.exec(next + this.#source.slice(this.#at));
    if (!found) throw new PatternError("E71: Invalid character after \\%");
    this.#at += found[0].length - 1;
    return `\\x{${(found[1] === undefined ? Number.parseInt(found[2] ?? found[3] ?? "0", 16) : Number(found[1])).toString(16)}}`;
  }

  #escape(c: string): string | undefined {
    const known = CLASSES.get(c);
    if (known !== undefined) return known;
    if (c >= "1" && c <= "9") return `\\${c}`;
    switch (c) {
      case "v":
      case "m":
      case "M":
      case "V":
        this.#level = c;
        return undefined;
      case "c":
        this.#caseFlag = true;
        return undefined;
      case "C":
        this.#caseFlag = false;
        return undefined;
      case "n":
        this.multiline = true;
        return "\\n";
      case "_": {
        const next = this.#source[this.#at++] ?? "";
        this.multiline = true;
        if (next === "^" || next === "$") return next;
        if (next === ".") return "[\\s\\S]";
        if (next === "[") return `(?:${this.#bracket()}|\\n)`;
        return `(?:${CLASSES.get(next) ?? quoteMeta(next)}|\\n)`;
      }
      case "z": {
        const next = this.#source[this.#at++] ?? "";
        if (next === "s") return "\\K";
        if (next === "e") {
          this.#ahead++;
          return "(?=";
        }
        throw new PatternError("E68: Invalid character after \\z");
      }
      default:
        return quoteMeta(c);
    }
  }

  /** A collection; a "[" that nothing closes is a plain character. */
  #bracket(): string {
    const found = /^\^?\]?(?:\[:\w+:\]|\\[\\\]^etrnbd-]|[^\]\\]|\\)*\]/.exec(this.#source.slice(this.#at));
    if (!found) return "\\[";
    this.#at += found[0].length;
    let body = found[0].slice(0, -1);
    let text = "[";
    if (body.startsWith("^")) {
      text += "^";
      body = body.slice(1);
    }
    for (let i = 0; i < body.length; i++) {
      const c = body[i] ?? "";
      const name = c === "[" ? /^\[:\w+:\]/.exec(body.slice(i))?.[0] : undefined;
      if (name !== undefined) {
        text += name;
        i += name.length - 1;
      } else if (c === "\\") {
        const next = body[i + 1] ?? "";
        if ("\\]^-".includes(next) && next !== "") text += `\\${next}`;
        else if ("trn".includes(next) && next !== "") text += `\\${next}`;
        else if (next === "e") text += "\\x1b";
        else {
          text += "\\\\";
          continue;
        }
        i++;
      } else text += c === "]" || c === "[" || c === "^" ? `\\${c}` : c;
    }
    if (text === "[^") return "[^\\n]";
    return `${text}${text.startsWith("[^") ? "\\n" : ""}]`;
  }
}

function quoteMeta(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}#\s-]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`));
}
