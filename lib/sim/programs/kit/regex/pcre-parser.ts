// The part of Perl's syntax that grep -P is used for, with PCRE2's error texts: classes, lazy and possessive repeats, named and
// non-capturing groups, inline options, look-around, atomic groups, \K, back-references. Not here: recursion, conditionals, callouts, verbs.

import { type Node, type Parsed, concat } from "./ast.ts";
import { asciiClass, type CharSet, complement, EVERY_CHARACTER, foldCase, NEWLINE, single, subtract, unicodeProperty, union } from "./char-set.ts";
import { DIGIT, HORIZONTAL, PerlSyntaxParser, SPACE, VERTICAL, WORD } from "./perl-syntax.ts";
import { RegexSyntaxError } from "./regex-syntax-error.ts";
import { weight } from "./posix-parser.ts";

const CLASS_ESCAPES = new Map<string, CharSet>([
  ["d", DIGIT], ["D", complement(DIGIT)], ["w", WORD], ["W", complement(WORD)], ["s", SPACE], ["S", complement(SPACE)],
  ["h", HORIZONTAL], ["H", complement(HORIZONTAL)], ["v", VERTICAL], ["V", complement(VERTICAL)], ["N", subtract(EVERY_CHARACTER, NEWLINE)],
]);

interface Modes {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
}

export function parsePcre(pattern: string, options: { readonly ignoreCase: boolean; readonly multiline: boolean }): Parsed {
  return new PcreParser(pattern, { ignoreCase: options.ignoreCase, dotAll: false, multiline: options.multiline, extended: false, ungreedy: false }).parse();
}

class PcreParser extends PerlSyntaxParser<Modes> {
  readonly #names = new Map<string, number>();
  readonly #references: { readonly index: number | string; readonly offset: number }[] = [];

  constructor(text: string, modes: Modes) {
    super(text, modes, { tooLarge: "regular expression is too large", unterminated: "syntax error in subpattern name (missing terminator?)" });
  }

  parse(): Parsed {
    while (/^\(\*[A-Z_0-9]+\)/.test(this.text.slice(this.at, this.at + 40))) this.at = this.text.indexOf(")", this.at) + 1;
    const root = this.alternatives();
    if (this.at < this.text.length) this.fail("unmatched closing parenthesis");
    for (const { index, offset } of this.#references) {
      if (typeof index === "number" ? index > this.groups : !this.#names.has(index)) {
        throw new RegexSyntaxError("reference to non-existent subpattern", offset);
      }
    }
    return { root: this.resolve(root), groupCount: this.groups, groupNames: this.#names, needsBacktracking: true };
  }

  protected override fail(message: string): never {
    throw new RegexSyntaxError(message, this.at);
  }

  protected override resolveReference(node: Extract<Node, { kind: "backref" }>): Node {
    const name = node.index < 0 ? this.#references[-node.index - 1]?.index : undefined;
    return typeof name === "string" ? { ...node, index: this.#names.get(name) ?? 0 } : node;
  }

  protected override branch(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.modes.extended) this.skipSpace();
      if (this.at >= this.text.length || this.peek() === "|" || this.peek() === ")") break;
      const atom = this.#atom();
      if (atom) items.push(this.#repeats(atom));
    }
    return concat(items);
  }

  protected override literal(codePoint: number): Node {
    const set = single(codePoint);
    return this.set(this.modes.ignoreCase ? foldCase(set) : set);
  }

  #atom(): Node | undefined {
    const c = this.next();
    switch (c) {
      case ".":
        return this.set(this.modes.dotAll ? EVERY_CHARACTER : subtract(EVERY_CHARACTER, NEWLINE));
      case "^":
        return { kind: "assert", name: this.modes.multiline ? "line-start" : "text-start" };
      case "$":
        return { kind: "assert", name: this.modes.multiline ? "line-end" : "text-end-or-newline" };
      case "[":
        return this.#bracket();
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        this.fail("quantifier does not follow a repeatable item");
        break;
      default:
        return this.literal(c.codePointAt(0) ?? 0);
    }
  }

  #escape(): Node | undefined {
    if (this.at >= this.text.length) this.fail("\\ at end of pattern");
    const c = this.next();
    const set = CLASS_ESCAPES.get(c);
    if (set) return this.set(set);
    const place = this.placeEscape(c);
    if (place) return place;
    switch (c) {
      case "G":
        return { kind: "assert", name: "text-start" };
      case "X":
        return this.set(EVERY_CHARACTER);
      case "E":
        return undefined;
      case "p":
      case "P":
        return this.set(this.#property(c === "P"));
      case "k": {
        const close = this.accept("{") ? "}" : this.accept("<") ? ">" : this.accept("'") ? "'" : this.fail("\\k is not followed by a braced, angle-bracketed, or quoted name");
        return this.#namedReference(this.until(close));
      }
      case "g": {
        const braced = this.accept("{");
        const word = braced ? this.until("}") : this.#digits(true);
        if (!/^-?\d+$/.test(word)) return braced ? this.#namedReference(word) : this.fail("a numbered reference must not be zero");
        const number = Number(word);
        return this.#reference(number < 0 ? this.groups + 1 + number : number);
      }
      default: {
        if (c >= "1" && c <= "9") {
          const start = this.at;
          const digits = c + this.#digits(false);
          const number = Number(digits);
          if (number < 10 || number <= this.groups) return this.#reference(number);
          this.at = start;
        }
        return this.literal(this.#codePointEscape(c));
      }
    }
  }

  #digits(sign: boolean): string {
    let digits = sign && this.accept("-") ? "-" : "";
    while (this.peek() >= "0" && this.peek() <= "9" && this.peek() !== "") digits += this.next();
    return digits;
  }

  #reference(index: number): Node {
    this.#references.push({ index, offset: this.at });
    return { kind: "backref", index, ignoreCase: this.modes.ignoreCase };
  }

  #namedReference(name: string): Node {
    this.#references.push({ index: name, offset: this.at });
    return { kind: "backref", index: -this.#references.length, ignoreCase: this.modes.ignoreCase };
  }

  #codePointEscape(c: string): number {
    const known = this.characterEscape(c);
    if (known === undefined && /[a-zA-Z]/.test(c)) this.fail("unrecognized character follows \\");
    return known ?? c.codePointAt(0) ?? 0;
  }

  #property(negated: boolean): CharSet {
    let name = this.accept("{") ? this.until("}") : this.next();
    let invert = negated;
    if (name.startsWith("^")) {
      invert = !invert;
      name = name.slice(1);
    }
    const set = name === "Any" ? EVERY_CHARACTER : unicodeProperty(name);
    if (!set) this.fail("unknown property after \\P or \\p");
    return invert ? complement(set) : set;
  }

  #group(): Node | undefined {
    const modes = this.modes;
    let wrap: (body: Node) => Node;
    if (!this.accept("?")) {
      const index = ++this.groups;
      wrap = (body) => ({ kind: "group", index, body });
    } else if (this.accept(":")) wrap = (body) => body;
    else if (this.accept("=")) wrap = (body) => ({ kind: "look", behind: false, negative: false, body });
    else if (this.accept("!")) wrap = (body) => ({ kind: "look", behind: false, negative: true, body });
    else if (this.accept("<=")) wrap = (body) => ({ kind: "look", behind: true, negative: false, body });
    else if (this.accept("<!")) wrap = (body) => ({ kind: "look", behind: true, negative: true, body });
    else if (this.accept(">")) wrap = (body) => ({ kind: "atomic", body });
    else if (this.accept("P=")) {
      return this.#namedReference(this.until(")"));
    } else if (this.accept("#")) {
      const end = this.text.indexOf(")", this.at);
      if (end < 0) this.fail("missing ) after (?# comment");
      this.at = end + 1;
      return undefined;
    } else if (this.accept("P<") || this.accept("<") || this.accept("'")) {
      const name = this.until(this.text[this.at - 1] === "'" ? "'" : ">");
      if (!/^[A-Za-z_]\w*$/.test(name)) this.fail("subpattern name expected");
      const index = ++this.groups;
      if (this.#names.has(name)) this.fail("two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
      this.#names.set(name, index);
      wrap = (body) => ({ kind: "group", index, body });
    } else {
      const close = this.#inlineOptions();
      if (close === ")") return undefined;
      wrap = (body) => body;
    }
    const body = this.alternatives();
    this.modes = modes;
    if (!this.accept(")")) this.fail("missing closing parenthesis");
    return wrap(body);
  }

  /** (?i-s) up to the enclosing group's end, or (?i: ... ; returns the character that ended it. */
  #inlineOptions(): string {
    let on = true;
    let modes = this.modes;
    for (;;) {
      const c = this.at < this.text.length ? this.next() : "";
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
          this.modes = modes;
          return c;
        default:
          this.fail("unrecognized character after (? or (?-");
      }
    }
  }

  #repeats(atom: Node): Node {
    let node = atom;
    for (;;) {
      let bounds: readonly [number, number] | undefined;
      if (this.accept("*")) bounds = [0, Number.POSITIVE_INFINITY];
      else if (this.accept("+")) bounds = [1, Number.POSITIVE_INFINITY];
      else if (this.accept("?")) bounds = [0, 1];
      else if (this.peek() === "{") bounds = this.#interval();
      if (!bounds) return node;
      const [min, max] = bounds;
      const mode = this.accept("+") ? "possessive" : this.accept("?") !== this.modes.ungreedy ? "lazy" : "greedy";
      this.grow(weight(node) * Math.max(0, (Number.isFinite(max) ? max : min) - 1));
      node = { kind: "repeat", body: node, min, max, mode };
    }
  }

  #interval(): readonly [number, number] | undefined {
    const found = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.text.slice(this.at, this.at + 24));
    if (!found) return undefined;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] ? Number(found[3]) : Number.POSITIVE_INFINITY;
    this.at += found[0].length;
    if (min > 65535 || (Number.isFinite(max) && max > 65535)) this.fail("number too big in {} quantifier");
    if (max < min) this.fail("numbers out of order in {} quantifier");
    return [min, max];
  }

  #bracket(): Node {
    const negated = this.accept("^");
    const parts: CharSet[] = [];
    for (let first = true; ; first = false) {
      if (this.at >= this.text.length) this.fail("missing terminating ] for character class");
      if (!first && this.accept("]")) break;
      const element = this.#bracketElement();
      if (element === undefined) continue;
      if (typeof element !== "number") {
        parts.push(element);
        continue;
      }
      if (this.peek() === "-" && this.peek(1) !== "]" && this.peek(1) !== "") {
        this.at++;
        const end = this.#bracketElement();
        if (typeof end !== "number") this.fail("invalid range in character class");
        if (end < element) this.fail("range out of order in character class");
        parts.push([element, end]);
      } else parts.push(single(element));
    }
    let set = union(...parts);
    if (this.modes.ignoreCase) set = foldCase(set);
    return this.set(negated ? complement(set) : set);
  }

  #bracketElement(): number | CharSet | undefined {
    const c = this.next();
    if (c === "[" && this.peek() === ":") {
      const name = /^:(\^?)([a-z]+):\]/.exec(this.text.slice(this.at, this.at + 20));
      if (name) {
        const set = name[2] === "word" ? WORD : asciiClass(name[2] ?? "");
        if (!set) this.fail("unknown POSIX class name");
        this.at += name[0].length;
        return name[1] ? complement(set) : set;
      }
    }
    if (c !== "\\") return c.codePointAt(0) ?? 0;
    if (this.at >= this.text.length) this.fail("\\ at end of pattern");
    const escaped = this.next();
    const set = CLASS_ESCAPES.get(escaped);
    if (set) return set;
    if (escaped === "b") return 8;
    if (escaped === "E" || escaped === "Q") return undefined;
    if (escaped === "p" || escaped === "P") return this.#property(escaped === "P");
    return this.#codePointEscape(escaped);
  }
}

