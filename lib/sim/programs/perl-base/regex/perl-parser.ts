// Perl's regular expressions (perlre(1)) for the kit's matcher, with the messages of the real parser (perldiag(1)).
// (More than 400 lines: one grammar.)

import { alternate, concat, EMPTY, fixedWidth, type Node } from "../../kit/regex/ast.ts";
import { asciiClass, characterClass, type CharSet, foldCase, NEWLINE, single, subtract, unicodeProperty, union, wordSet } from "../../kit/regex/char-set.ts";
import { DIGIT, HORIZONTAL, PerlSyntaxParser, SPACE, VERTICAL, WORD } from "../../kit/regex/perl-syntax.ts";

export class PatternProblem extends Error {
}

interface Modes {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly xx: boolean;
  readonly n: boolean;
}

export interface ParsedPattern {
  readonly root: Node;
  readonly groupCount: number;
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** \G at the beginning */
  readonly atPosition: boolean;
}

/** Lone surrogates and all: what "." and negated classes hold. */
const ALL: CharSet = [0, 0x10ffff];
const PROPERTY_NAMES = new Map([["Alpha", "L"], ["Alphabetic", "L"], ["Letter", "L"], ["Uppercase", "Lu"], ["Upper", "Lu"], ["Lowercase", "Ll"], ["Lower", "Ll"], ["Digit", "Nd"], ["Punct", "P"], ["Punctuation", "P"], ["IsAlpha", "L"], ["IsUpper", "Lu"], ["IsLower", "Ll"], ["IsDigit", "Nd"], ["IsPunct", "P"], ["Number", "N"], ["Symbol", "S"]]);

export function parsePattern(source: string, flags: string, unicode: boolean): ParsedPattern {
  return new PatternParser(source, flags, unicode).parse();
}

class PatternParser extends PerlSyntaxParser<Modes> {
  readonly #unicode: boolean;
  #open: number[] = [];
  #atPosition = false;
  readonly #names = new Map<string, number[]>();
  readonly #references: { readonly name: string | number; readonly at: number; readonly index: number }[] = [];

  constructor(text: string, flags: string, unicode: boolean) {
    super(text, { i: flags.includes("i"), m: flags.includes("m"), s: flags.includes("s"), x: flags.includes("x"), xx: flags.includes("xx"), n: flags.includes("n") }, { tooLarge: "Regexp too big", unterminated: "Sequence not terminated" });
    this.#unicode = unicode;
  }

  parse(): ParsedPattern {
    const root = this.alternatives();
    if (this.at < this.text.length) {
      this.at++;
      this.fail("Unmatched )");
    }
    for (const { name, at } of this.#references) {
      if (typeof name === "number" ? name > this.groups : !this.#names.has(name)) {
        this.at = at;
        this.fail(typeof name === "number" ? "Reference to nonexistent group" : "Reference to nonexistent named group");
      }
    }
    return { root: this.resolve(root), groupCount: this.groups, names: this.#names, atPosition: this.#atPosition };
  }

  protected override fail(message: string): never {
    throw new PatternProblem(`${message} in regex; marked by <-- HERE in m/${this.text.slice(0, this.at)} <-- HERE ${this.text.slice(this.at)}/`);
  }

  protected override resolveReference(node: Extract<Node, { kind: "backref" }>): Node {
    if (node.index > 0) return node;
    const name = this.#references[-node.index - 1]?.name;
    const numbers = typeof name === "string" ? this.#names.get(name) ?? [] : [];
    return alternate(numbers.map((index) => ({ ...node, index })));
  }

  protected override branch(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.modes.x) this.skipSpace();
      if (this.at >= this.text.length || this.peek() === "|" || this.peek() === ")") break;
      const atom = this.#atom();
      if (this.modes.x) this.skipSpace();
      if (atom) items.push(this.#repeats(atom));
    }
    return concat(items);
  }

  protected override literal(codePoint: number): Node {
    const set = single(codePoint);
    return this.set(this.modes.i ? this.#folded(set) : set);
  }

  #folded(set: CharSet): CharSet {
    if (this.#unicode) return foldCase(set);
    // bytes: only ASCII letters have cases
    const ascii = subtract(set, [128, 0x10ffff]);
    return union(set, subtract(foldCase(ascii), [128, 0x10ffff]));
  }

  #atom(): Node | undefined {
    const c = this.next();
    switch (c) {
      case ".":
        return this.set(this.modes.s ? ALL : subtract(ALL, NEWLINE));
      case "^":
        // with /m after every newline but one at the end
        return this.modes.m ? alternate([{ kind: "assert", name: "text-start" }, concat([{ kind: "assert", name: "line-start" }, { kind: "look", behind: false, negative: false, body: { kind: "set", set: ALL } }])]) : { kind: "assert", name: "text-start" };
      case "$":
        return { kind: "assert", name: this.modes.m ? "line-end" : "text-end-or-newline" };
      case "[":
        return this.#bracket();
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        return this.fail("Quantifier follows nothing");
      default:
        return this.literal(c.codePointAt(0) ?? 0);
    }
  }

  #class(letter: string): CharSet | undefined {
    switch (letter) {
      case "d":
        return this.#unicode ? unicodeProperty("Nd") ?? DIGIT : DIGIT;
      case "w":
        return this.#unicode ? wordSet() : WORD;
      case "s":
        return this.#unicode ? union(characterClass("space") ?? SPACE, SPACE, [0x85, 0x85, 0xa0, 0xa0]) : SPACE;
      case "h":
        return HORIZONTAL;
      case "v":
        return VERTICAL;
      case "D":
      case "W":
      case "S":
      case "H":
      case "V":
        return subtract(ALL, this.#class(letter.toLowerCase()) ?? []);
      case "N":
        return subtract(ALL, NEWLINE);
      default:
        return undefined;
    }
  }

  #escape(): Node | undefined {
    if (this.at >= this.text.length) throw new PatternProblem(`Trailing \\ in regex m/${this.text}/`);
    const start = this.at;
    const c = this.next();
    if (c === "N" && /^\{U\+/.test(this.text.slice(this.at, this.at + 3))) {
      this.at += 3;
      return this.literal(Number.parseInt(this.until("}"), 16));
    }
    const set = this.#class(c);
    if (set) return this.set(set);
    if (c === "b" && this.accept("{")) this.until("}");
    const place = this.placeEscape(c);
    if (place) return place;
    switch (c) {
      case "G":
        if (start <= 1 || /^(?:\(\?[\w^:]*)?\\G$/.test(this.text.slice(0, this.at))) this.#atPosition = true;
        return EMPTY;
      case "X":
        return this.set(ALL);
      case "E":
        return undefined;
      case "p":
      case "P":
        return this.set(this.#property(c === "P"));
      case "k": {
        const close = this.accept("{") ? "}" : this.accept("<") ? ">" : this.accept("'") ? "'" : this.fail("Sequence \\k... not terminated");
        return this.#reference(this.until(close), 1);
      }
      case "g": {
        const braced = this.accept("{");
        const word = braced ? this.until("}") : /^-?\d+/.exec(this.text.slice(this.at, this.at + 6))?.[0] ?? "";
        if (!braced) this.at += word.length;
        if (!/^-?\d+$/.test(word)) return this.#reference(word);
        const number = Number(word);
        return this.#reference(number < 0 ? this.groups + 1 + number : number);
      }
      default: {
        if (c >= "1" && c <= "9") {
          const digits = /^\d*/.exec(this.text.slice(this.at, this.at + 4))?.[0] ?? "";
          const number = Number(c + digits);
          if (number < 10 || number <= this.groups) {
            this.at += digits.length;
            return this.#reference(number);
          }
        }
        return this.literal(this.#codePoint(c));
      }
    }
  }

  #reference(name: string | number, back = 0): Node {
    this.#references.push({ name, at: this.at - back, index: this.#references.length });
    return { kind: "backref", index: typeof name === "number" ? name : -this.#references.length, ignoreCase: this.modes.i };
  }

  #codePoint(c: string): number {
    return this.characterEscape(c) ?? c.codePointAt(0) ?? 0;
  }

  #property(negated: boolean): CharSet {
    const name = this.accept("{") ? this.until("}").trim() : this.next();
    const inverted = name.startsWith("^");
    const plain = (inverted ? name.slice(1) : name).replace(/^(?:Is_?|Script=|sc=|General_Category=|gc=)/, "").replaceAll("_", "");
    const known = /^(?:Word|XPosixWord|w)$/.test(plain) ? wordSet() : /^(?:Space|White_?Space|XPosixSpace|SpacePerl|XPerlSpace)$/.test(plain) ? characterClass("space") ?? SPACE : /^(?:Any|All)$/.test(plain) ? ALL : plain === "ASCII" ? [0, 127] : plain === "Alnum" ? characterClass("alnum") : /^Posix/.test(plain) ? asciiClass(plain.slice(5).toLowerCase()) : /^XPosix/.test(plain) ? characterClass(plain.slice(6).toLowerCase()) : unicodeProperty(PROPERTY_NAMES.get(plain) ?? plain);
    if (!known) throw new PatternProblem(`Can't find Unicode property definition "${name}" in regex; marked by <-- HERE in m/${this.text.slice(0, this.at)} <-- HERE ${this.text.slice(this.at)}/`);
    return negated !== inverted ? subtract(ALL, known) : known;
  }

  #bracket(): Node {
    const opened = this.at;
    const negated = this.accept("^");
    let set: CharSet = [];
    let first = true;
    for (;;) {
      if (this.at >= this.text.length) {
        this.at = opened;
        this.fail("Unmatched [");
      }
      if (this.peek() === "]" && !first) {
        this.at++;
        break;
      }
      first = false;
      if (this.modes.xx && /[ \t]/.test(this.peek())) {
        this.at++;
        continue;
      }
      const begin = this.at;
      const from = this.#bracketItem();
      if (typeof from !== "number") {
        set = union(set, from);
        continue;
      }
      if (this.peek() === "-" && this.text.charAt(this.at + 1) !== "]" && this.at + 1 < this.text.length) {
        this.at++;
        const to = this.#bracketItem();
        if (typeof to !== "number") {
          set = union(set, single(from), single(45), to);
          continue;
        }
        if (to < from) this.fail(`Invalid [] range "${this.text.slice(begin, this.at)}"`);
        set = union(set, [from, to]);
      } else set = union(set, single(from));
    }
    if (this.modes.i) set = this.#folded(set);
    return this.set(negated ? subtract(ALL, set) : set);
  }

  #bracketItem(): number | CharSet {
    const c = this.next();
    if (c === "[" && /[:=.]/.test(this.peek())) {
      const found = /^:(\^?)([a-z]+):\]/.exec(this.text.slice(this.at, this.at + 20));
      if (found) {
        this.at += found[0].length;
        const name = found[2] ?? "";
        const set = name === "word" ? (this.#unicode ? wordSet() : WORD) : name === "ascii" ? [0, 127] : this.#unicode ? characterClass(name) : asciiClass(name);
        if (!set) this.fail(`POSIX class [:${found[1]}${name}:] unknown`);
        return found[1] === "^" ? subtract(ALL, set ?? []) : set ?? [];
      }
    }
    if (c !== "\\") return c.codePointAt(0) ?? 0;
    const e = this.next();
    if (e === "b") return 8;
    if (e === "p" || e === "P") return this.#property(e === "P");
    if (e === "N" && this.accept("{U+")) return Number.parseInt(this.until("}"), 16);
    if (e === "R" || e === "X") return e.codePointAt(0) ?? 0;
    return (e === "N" ? undefined : this.#class(e)) ?? this.#codePoint(e);
  }

  #group(): Node {
    const opened = this.at;
    this.#open.push(opened);
    const close = (body: Node): Node => {
      if (!this.accept(")")) {
        this.at = opened;
        this.fail("Unmatched (");
      }
      this.#open.pop();
      return body;
    };
    const capture = (name?: string): Node => {
      const index = ++this.groups;
      if (name !== undefined) this.#names.set(name, [...(this.#names.get(name) ?? []), index]);
      return close({ kind: "group", index, body: this.alternatives() });
    };
    if (this.peek() === "*") {
      const verb = /^\*(\w+):/.exec(this.text.slice(this.at, this.at + 40));
      const looks = new Map([["pla", [false, false]], ["positive_lookahead", [false, false]], ["nla", [false, true]], ["plb", [true, false]], ["nlb", [true, true]]]);
      const look = verb && looks.get(verb[1] ?? "");
      if (verb && look) {
        this.at += verb[0].length;
        return close({ kind: "look", behind: look[0] ?? false, negative: look[1] ?? false, body: this.alternatives() });
      }
    }
    if (!this.accept("?")) return this.modes.n ? close(this.alternatives()) : capture();
    if (this.accept("#")) {
      const end = this.text.indexOf(")", this.at);
      if (end < 0) this.fail("Sequence (?#... not terminated");
      this.at = end;
      return close(EMPTY);
    }
    if (this.accept(":")) return close(this.alternatives());
    if (this.accept(">")) return close({ kind: "atomic", body: this.alternatives() });
    if (this.accept("=")) return close({ kind: "look", behind: false, negative: false, body: this.alternatives() });
    if (this.accept("!")) return close({ kind: "look", behind: false, negative: true, body: this.alternatives() });
    if (this.accept("<=")) return close({ kind: "look", behind: true, negative: false, body: this.#behind() });
    if (this.accept("<!")) return close({ kind: "look", behind: true, negative: true, body: this.#behind() });
    if (this.accept("|")) {
      // branch reset: each branch numbers its groups from the same place
      const base = this.groups;
      let most = base;
      const branches: Node[] = [];
      const modes = this.modes;
      do {
        this.groups = base;
        branches.push(this.branch());
        most = Math.max(most, this.groups);
      } while (this.accept("|"));
      this.groups = most;
      this.modes = modes;
      return close(alternate(branches));
    }
    const named = /^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(this.text.slice(this.at, this.at + 200));
    if (named) {
      this.at += named[0].length;
      return capture(named[1] ?? named[2] ?? "");
    }
    if (this.accept("P=")) {
      const name = /^\w+/.exec(this.text.slice(this.at))?.[0] ?? "";
      this.at += name.length;
      return close(this.#reference(name));
    }
    const options = /^(\^?)([a-z]*)(?:-([a-z]*))?([:)])/.exec(this.text.slice(this.at, this.at + 40));
    if (!options || /[^msixpnaudl]/.test(`${options[2]}${options[3] ?? ""}`)) {
      const bad = /^\^?[a-z]*(?:-[a-z]*)?/.exec(this.text.slice(this.at))?.[0].length ?? 0;
      this.at += Math.max(1, bad === 0 ? 1 : bad);
      return this.fail(`Sequence (${this.text.slice(opened, this.at)}...) not recognized`);
    }
    this.at += options[0].length - 1;
    const on = options[2] ?? "";
    const off = options[3] ?? "";
    const before = this.modes;
    const base = options[1] === "^" ? { i: false, m: false, s: false, x: false, xx: false, n: false } : before;
    const flag = (c: "i" | "m" | "s" | "x" | "n") => (on.includes(c) ? true : off.includes(c) ? false : base[c]);
    const modes: Modes = { i: flag("i"), m: flag("m"), s: flag("s"), x: flag("x"), xx: on.includes("xx") || (base.xx && !off.includes("x")), n: flag("n") };
    this.modes = modes;
    if (options[4] === ")") {
      this.at++;
      this.#open.pop();
      return EMPTY;
    }
    this.at++;
    const body = this.alternatives();
    this.modes = before;
    return close(body);
  }

  #behind(): Node {
    const body = this.alternatives();
    for (const branch of body.kind === "alternate" ? body.branches : [body]) {
      if (fixedWidth(branch) === undefined && !bounded(branch)) throw new PatternProblem(`Lookbehind longer than 255 not implemented in regex m/${this.text}/`);
    }
    return widths(body);
  }

  #repeats(atom: Node): Node {
    const c = this.peek();
    let min: number;
    let max: number;
    if (c === "*" || c === "+" || c === "?") {
      this.at++;
      min = c === "+" ? 1 : 0;
      max = c === "?" ? 1 : Number.POSITIVE_INFINITY;
    } else {
      const found = c === "{" ? /^\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}/.exec(this.text.slice(this.at, this.at + 30)) : null;
      if (!found || (found[1] === "" && found[3] === "")) return atom;
      this.at += found[0].length;
      min = Number(found[1] || 0);
      max = found[2] === "" ? min : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3]);
      if (min > 65534 || (max !== Number.POSITIVE_INFINITY && max > 65534)) {
        this.at -= found[0].length - 1;
        this.fail("Quantifier in {,} bigger than 65534");
      }
      if (max < min) return { kind: "look", behind: false, negative: true, body: EMPTY };
    }
    const mode = this.accept("?") ? "lazy" : this.accept("+") ? "possessive" : "greedy";
    if (this.modes.x) this.skipSpace();
    if (/[*+?]/.test(this.peek()) || (this.peek() === "{" && /^\{\d+,?\d*\}/.test(this.text.slice(this.at, this.at + 20)))) {
      this.at++;
      this.fail("Nested quantifiers");
    }
    if (atom.kind !== "set") this.grow(weightOf(atom) * Math.min(max === Number.POSITIVE_INFINITY ? min + 1 : max, 70_000));
    return { kind: "repeat", body: atom, min, max, mode };
  }
}

function weightOf(node: Node): number {
  switch (node.kind) {
    case "concat":
      return node.items.reduce((sum, item) => sum + weightOf(item), 0);
    case "alternate":
      return node.branches.reduce((sum, item) => sum + weightOf(item), 0);
    case "group":
    case "look":
    case "atomic":
      return weightOf(node.body);
    case "repeat":
      return weightOf(node.body) * Math.max(1, node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max);
    default:
      return 1;
  }
}

/** Whether a look-behind has an upper bound of its own (255 at most). */
function bounded(node: Node): boolean {
  switch (node.kind) {
    case "concat":
      return node.items.every(bounded);
    case "alternate":
      return node.branches.every(bounded);
    case "group":
    case "atomic":
      return bounded(node.body);
    case "repeat":
      return node.max <= 255 && bounded(node.body);
    case "backref":
      return false;
    default:
      return true;
  }
}

/** A look-behind of several widths becomes one of branches that each have one. */
function widths(node: Node): Node {
  const spread = (one: Node): Node[] => {
    if (fixedWidth(one) !== undefined) return [one];
    switch (one.kind) {
      case "alternate":
        return one.branches.flatMap(spread);
      case "repeat": {
        const made: Node[] = [];
        for (let count = one.min; count <= one.max; count++) made.push({ ...one, min: count, max: count, mode: "greedy" });
        return made;
      }
      case "group":
        return spread(one.body).map((body) => ({ ...one, body }));
      case "concat": {
        let made: Node[][] = [[]];
        for (const item of one.items) made = made.flatMap((head) => spread(item).map((tail) => [...head, tail])).slice(0, 256);
        return made.map((items) => concat(items));
      }
      default:
        return [one];
    }
  };
  return alternate(spread(node));
}

