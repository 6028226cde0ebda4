// The part of Perl's syntax that grep -P is used for, with PCRE2's error texts: classes, lazy and possessive repeats, named and
// non-capturing groups, inline options, look-around, atomic groups, \K, back-references. Not here: recursion, conditionals, callouts, verbs.
// (More than 400 lines: one grammar.)

import { type Node, type Parsed, alternate, concat } from "./ast.ts";
import { asciiClass, type CharSet, complement, EVERY_CHARACTER, foldCase, NEWLINE, single, subtract, unicodeProperty, union } from "./char-set.ts";
import { RegexSyntaxError } from "./regex-syntax-error.ts";
import { weight } from "./posix-parser.ts";

const DIGIT: CharSet = [48, 57];
const WORD: CharSet = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE: CharSet = [9, 13, 32, 32];
const HORIZONTAL: CharSet = [9, 9, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000];
const VERTICAL: CharSet = [10, 13, 0x85, 0x85, 0x2028, 0x2029];

const CLASS_ESCAPES = new Map<string, CharSet>([
  ["d", DIGIT], ["D", complement(DIGIT)], ["w", WORD], ["W", complement(WORD)], ["s", SPACE], ["S", complement(SPACE)],
  ["h", HORIZONTAL], ["H", complement(HORIZONTAL)], ["v", VERTICAL], ["V", complement(VERTICAL)], ["N", subtract(EVERY_CHARACTER, NEWLINE)],
]);
const CHARACTER_ESCAPES = new Map([["n", 10], ["t", 9], ["r", 13], ["f", 12], ["e", 27], ["a", 7]]);
const SIZE_LIMIT = 60_000;

interface Modes {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
}

export function parsePcre(pattern: string, options: { readonly ignoreCase: boolean; readonly multiline: boolean }): Parsed {
  return new PcreParser(pattern).parse({ ignoreCase: options.ignoreCase, dotAll: false, multiline: options.multiline, extended: false, ungreedy: false });
}

class PcreParser {
  readonly #text: string;
  #at = 0;
  #groups = 0;
  #size = 0;
  readonly #names = new Map<string, number>();
  readonly #references: { readonly index: number | string; readonly offset: number }[] = [];
  #modes: Modes = { ignoreCase: false, dotAll: false, multiline: false, extended: false, ungreedy: false };

  constructor(text: string) {
    this.#text = text;
  }

  parse(modes: Modes): Parsed {
    this.#modes = modes;
    while (/^\(\*[A-Z_0-9]+\)/.test(this.#text.slice(this.#at, this.#at + 40))) this.#at = this.#text.indexOf(")", this.#at) + 1;
    const root = this.#alternatives();
    if (this.#at < this.#text.length) this.#fail("unmatched closing parenthesis");
    for (const { index, offset } of this.#references) {
      if (typeof index === "number" ? index > this.#groups : !this.#names.has(index)) {
        throw new RegexSyntaxError("reference to non-existent subpattern", offset);
      }
    }
    return { root: this.#resolve(root), groupCount: this.#groups, groupNames: this.#names, needsBacktracking: true };
  }

  #fail(message: string): never {
    throw new RegexSyntaxError(message, this.#at);
  }

  #peek(offset = 0): string {
    return this.#text[this.#at + offset] ?? "";
  }

  #accept(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #next(): string {
    const c = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += c.length;
    return c;
  }

  /** Named references get their numbers once all names are known. */
  #resolve(node: Node): Node {
    switch (node.kind) {
      case "concat":
        return { ...node, items: node.items.map((item) => this.#resolve(item)) };
      case "alternate":
        return { ...node, branches: node.branches.map((branch) => this.#resolve(branch)) };
      case "group":
      case "repeat":
      case "look":
      case "atomic":
        return { ...node, body: this.#resolve(node.body) };
      case "backref": {
        const name = node.index < 0 ? this.#references[-node.index - 1]?.index : undefined;
        return typeof name === "string" ? { ...node, index: this.#names.get(name) ?? 0 } : node;
      }
      default:
        return node;
    }
  }

  #alternatives(): Node {
    const modes = this.#modes;
    const branches = [this.#branch()];
    while (this.#accept("|")) branches.push(this.#branch());
    this.#modes = modes;
    return alternate(branches);
  }

  #branch(): Node {
    const items: Node[] = [];
    while (this.#at < this.#text.length && this.#peek() !== "|" && this.#peek() !== ")") {
      if (this.#modes.extended) {
        if (/\s/.test(this.#peek())) {
          this.#at++;
          continue;
        }
        if (this.#peek() === "#") {
          const end = this.#text.indexOf("\n", this.#at);
          this.#at = end < 0 ? this.#text.length : end + 1;
          continue;
        }
      }
      const atom = this.#atom();
      if (atom) items.push(this.#repeats(atom));
    }
    return concat(items);
  }

  #set(set: CharSet): Node {
    if (++this.#size > SIZE_LIMIT) this.#fail("regular expression is too large");
    return { kind: "set", set };
  }

  #literal(codePoint: number): Node {
    const set = single(codePoint);
    return this.#set(this.#modes.ignoreCase ? foldCase(set) : set);
  }

  #atom(): Node | undefined {
    const c = this.#next();
    switch (c) {
      case ".":
        return this.#set(this.#modes.dotAll ? EVERY_CHARACTER : subtract(EVERY_CHARACTER, NEWLINE));
      case "^":
        return { kind: "assert", name: this.#modes.multiline ? "line-start" : "text-start" };
      case "$":
        return { kind: "assert", name: this.#modes.multiline ? "line-end" : "text-end-or-newline" };
      case "[":
        return this.#bracket();
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        this.#fail("quantifier does not follow a repeatable item");
        break;
      default:
        return this.#literal(c.codePointAt(0) ?? 0);
    }
  }

  #escape(): Node | undefined {
    if (this.#at >= this.#text.length) this.#fail("\\ at end of pattern");
    const c = this.#next();
    const set = CLASS_ESCAPES.get(c);
    if (set) return this.#set(set);
    switch (c) {
      case "b":
        return { kind: "assert", name: "word-boundary" };
      case "B":
        return { kind: "assert", name: "no-word-boundary" };
      case "A":
      case "G":
        return { kind: "assert", name: "text-start" };
      case "z":
        return { kind: "assert", name: "text-end" };
      case "Z":
        return { kind: "assert", name: "text-end-or-newline" };
      case "K":
        return { kind: "keep" };
      case "R":
        return { kind: "atomic", body: alternate([concat([this.#set(single(13)), this.#set(single(10))]), this.#set(VERTICAL)]) };
      case "X":
        return this.#set(EVERY_CHARACTER);
      case "E":
        return undefined;
      case "Q": {
        const end = this.#text.indexOf("\\E", this.#at);
        const text = this.#text.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#text.length : end + 2;
        return concat(Array.from(text, (one) => this.#literal(one.codePointAt(0) ?? 0)));
      }
      case "p":
      case "P":
        return this.#set(this.#property(c === "P"));
      case "k": {
        const close = this.#accept("{") ? "}" : this.#accept("<") ? ">" : this.#accept("'") ? "'" : this.#fail("\\k is not followed by a braced, angle-bracketed, or quoted name");
        return this.#namedReference(this.#until(close));
      }
      case "g": {
        const braced = this.#accept("{");
        const word = braced ? this.#until("}") : this.#digits(true);
        if (!/^-?\d+$/.test(word)) return braced ? this.#namedReference(word) : this.#fail("a numbered reference must not be zero");
        const number = Number(word);
        return this.#reference(number < 0 ? this.#groups + 1 + number : number);
      }
      default: {
        if (c >= "1" && c <= "9") {
          const start = this.#at;
          const digits = c + this.#digits(false);
          const number = Number(digits);
          if (number < 10 || number <= this.#groups) return this.#reference(number);
          this.#at = start;
        }
        return this.#literal(this.#codePointEscape(c));
      }
    }
  }

  #digits(sign: boolean): string {
    let digits = sign && this.#accept("-") ? "-" : "";
    while (this.#peek() >= "0" && this.#peek() <= "9" && this.#peek() !== "") digits += this.#next();
    return digits;
  }

  #reference(index: number): Node {
    this.#references.push({ index, offset: this.#at });
    return { kind: "backref", index, ignoreCase: this.#modes.ignoreCase };
  }

  #namedReference(name: string): Node {
    this.#references.push({ index: name, offset: this.#at });
    return { kind: "backref", index: -this.#references.length, ignoreCase: this.#modes.ignoreCase };
  }

  #until(close: string): string {
    const end = this.#text.indexOf(close, this.#at);
    if (end < 0) this.#fail("syntax error in subpattern name (missing terminator?)");
    const text = this.#text.slice(this.#at, end);
    this.#at = end + close.length;
    return text;
  }

  #codePointEscape(c: string): number {
    const simple = CHARACTER_ESCAPES.get(c);
    if (simple !== undefined) return simple;
    if (c === "x") {
      if (this.#accept("{")) return Number.parseInt(this.#until("}"), 16) || 0;
      const digits = /^[0-9a-fA-F]{0,2}/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0] ?? "";
      this.#at += digits.length;
      return digits === "" ? 0 : Number.parseInt(digits, 16);
    }
    if (c === "c") return (this.#next().toUpperCase().codePointAt(0) ?? 0) ^ 64;
    if (c === "o" && this.#accept("{")) return Number.parseInt(this.#until("}"), 8) || 0;
    if (c >= "0" && c <= "7") {
      let digits = c;
      while (digits.length < 3 && /[0-7]/.test(this.#peek())) digits += this.#next();
      return Number.parseInt(digits, 8);
    }
    if (/[a-zA-Z]/.test(c)) this.#fail("unrecognized character follows \\");
    return c.codePointAt(0) ?? 0;
  }

  #property(negated: boolean): CharSet {
    let name = this.#accept("{") ? this.#until("}") : this.#next();
    let invert = negated;
    if (name.startsWith("^")) {
      invert = !invert;
      name = name.slice(1);
    }
    const set = name === "Any" ? EVERY_CHARACTER : unicodeProperty(name);
    if (!set) this.#fail("unknown property after \\P or \\p");
    return invert ? complement(set) : set;
  }

  #group(): Node | undefined {
    const modes = this.#modes;
    let wrap: (body: Node) => Node;
    if (!this.#accept("?")) {
      const index = ++this.#groups;
      wrap = (body) => ({ kind: "group", index, body });
    } else if (this.#accept(":")) wrap = (body) => body;
    else if (this.#accept("=")) wrap = (body) => ({ kind: "look", behind: false, negative: false, body });
    else if (this.#accept("!")) wrap = (body) => ({ kind: "look", behind: false, negative: true, body });
    else if (this.#accept("<=")) wrap = (body) => ({ kind: "look", behind: true, negative: false, body });
    else if (this.#accept("<!")) wrap = (body) => ({ kind: "look", behind: true, negative: true, body });
    else if (this.#accept(">")) wrap = (body) => ({ kind: "atomic", body });
    else if (this.#accept("P=")) {
      return this.#namedReference(this.#until(")"));
    } else if (this.#accept("#")) {
      const end = this.#text.indexOf(")", this.#at);
      if (end < 0) this.#fail("missing ) after (?# comment");
      this.#at = end + 1;
      return undefined;
    } else if (this.#accept("P<") || this.#accept("<") || this.#accept("'")) {
      const name = this.#until(this.#text[this.#at - 1] === "'" ? "'" : ">");
      if (!/^[A-Za-z_]\w*$/.test(name)) this.#fail("subpattern name expected");
      const index = ++this.#groups;
      if (this.#names.has(name)) this.#fail("two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
      this.#names.set(name, index);
      wrap = (body) => ({ kind: "group", index, body });
    } else {
      const close = this.#inlineOptions();
      if (close === ")") return undefined;
      wrap = (body) => body;
    }
    const body = this.#alternatives();
    this.#modes = modes;
    if (!this.#accept(")")) this.#fail("missing closing parenthesis");
    return wrap(body);
  }

  /** (?i-s) up to the enclosing group's end, or (?i: ... ; returns the character that ended it. */
  #inlineOptions(): string {
    let on = true;
    let modes = this.#modes;
    for (;;) {
      const c = this.#at < this.#text.length ? this.#next() : "";
      switch (c) {
        case "-":
          on = false;
          break;
        case "i":
          modes = { ...modes, ignoreCase: on };
          break;
        case "s":
          modes = { ...modes, dotAll: on };
          break;
        case "m":
          modes = { ...modes, multiline: on };
          break;
        case "x":
          modes = { ...modes, extended: on };
          break;
        case "U":
          modes = { ...modes, ungreedy: on };
          break;
        case ")":
        case ":":
          this.#modes = modes;
          return c;
        default:
          this.#fail("unrecognized character after (? or (?-");
      }
    }
  }

  #repeats(atom: Node): Node {
    let node = atom;
    for (;;) {
      let bounds: readonly [number, number] | undefined;
      if (this.#accept("*")) bounds = [0, Number.POSITIVE_INFINITY];
      else if (this.#accept("+")) bounds = [1, Number.POSITIVE_INFINITY];
      else if (this.#accept("?")) bounds = [0, 1];
      else if (this.#peek() === "{") bounds = this.#interval();
      if (!bounds) return node;
      const [min, max] = bounds;
      const mode = this.#accept("+") ? "possessive" : this.#accept("?") !== this.#modes.ungreedy ? "lazy" : "greedy";
      this.#size += weight(node) * Math.max(0, (Number.isFinite(max) ? max : min) - 1);
      if (this.#size > SIZE_LIMIT) this.#fail("regular expression is too large");
      node = { kind: "repeat", body: node, min, max, mode };
    }
  }

  #interval(): readonly [number, number] | undefined {
    const found = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (!found) return undefined;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] ? Number(found[3]) : Number.POSITIVE_INFINITY;
    this.#at += found[0].length;
    if (min > 65535 || (Number.isFinite(max) && max > 65535)) this.#fail("number too big in {} quantifier");
    if (max < min) this.#fail("numbers out of order in {} quantifier");
    return [min, max];
  }

  #bracket(): Node {
    const negated = this.#accept("^");
    const parts: CharSet[] = [];
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) this.#fail("missing terminating ] for character class");
      if (!first && this.#accept("]")) break;
      const element = this.#bracketElement();
      if (element === undefined) continue;
      if (typeof element !== "number") {
        parts.push(element);
        continue;
      }
      if (this.#peek() === "-" && this.#peek(1) !== "]" && this.#peek(1) !== "") {
        this.#at++;
        const end = this.#bracketElement();
        if (typeof end !== "number") this.#fail("invalid range in character class");
        if (end < element) this.#fail("range out of order in character class");
        parts.push([element, end]);
      } else parts.push(single(element));
    }
    let set = union(...parts);
    if (this.#modes.ignoreCase) set = foldCase(set);
    return this.#set(negated ? complement(set) : set);
  }

  #bracketElement(): number | CharSet | undefined {
    const c = this.#next();
    if (c === "[" && this.#peek() === ":") {
      const name = /^:(\^?)([a-z]+):\]/.exec(this.#text.slice(this.#at, this.#at + 20));
      if (name) {
        const set = name[2] === "word" ? WORD : asciiClass(name[2] ?? "");
        if (!set) this.#fail("unknown POSIX class name");
        this.#at += name[0].length;
        return name[1] ? complement(set) : set;
      }
    }
    if (c !== "\\") return c.codePointAt(0) ?? 0;
    if (this.#at >= this.#text.length) this.#fail("\\ at end of pattern");
    const escaped = this.#next();
    const set = CLASS_ESCAPES.get(escaped);
    if (set) return set;
    if (escaped === "b") return 8;
    if (escaped === "E" || escaped === "Q") return undefined;
    if (escaped === "p" || escaped === "P") return this.#property(escaped === "P");
    return this.#codePointEscape(escaped);
  }
}

