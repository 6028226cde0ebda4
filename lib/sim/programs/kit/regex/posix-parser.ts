// POSIX basic and extended regular expressions with the GNU extensions, as glibc's regcomp(3) reads them (regex(7)); the awk dialect adds
// C escapes, inside brackets too. Errors carry glibc's words.
// (More than 400 lines: one grammar in two dialects.)

import { type AssertionName, type Node, type Parsed, alternate, concat, EMPTY } from "./ast.ts";
import { type CharSet, NEWLINE, EVERY_CHARACTER, asciiClass, characterClass, complement, foldCase, single, subtract, union, wordSet } from "./char-set.ts";
import { REGERROR, RegexSyntaxError } from "./regex-syntax-error.ts";

export interface PosixOptions {
  readonly extended: boolean;
  readonly awk: boolean;
  /** gawk's: the awk dialect with GNU's \y \B \< \> \w \W \s \S \` \' */
  readonly gawk?: boolean;
  /** mawk's: a character is a byte, no empty alternatives */
  readonly bytes: boolean;
  readonly ignoreCase: boolean;
  /** REG_NEWLINE: "." and negated brackets skip the newline, ^ and $ match at lines */
  readonly newlineSensitive: boolean;
  /** Nothing matches a newline (grep, whose lines lie together in one text). */
  readonly lineBound: boolean;
  /** A "{" that begins no valid interval is an ordinary character (grep -E, awk). */
  readonly literalBrace: boolean;
  /** GNU's \w \< \+ ... are off in emacs and plain POSIX dialects of find; on elsewhere. */
  readonly gnuEscapes: boolean;
  /** \+ \? (BRE) or + ? (ERE) repeat */
  readonly plusQuestion: boolean;
  /** + and ? repeat without a backslash in a basic expression (emacs) */
  readonly barePlusQuestion: boolean;
  /** Intervals exist. */
  readonly intervals: boolean;
  /** A repetition with nothing before it: refused, dropped, or an ordinary character (RE_CONTEXT_INVALID_OPS, RE_CONTEXT_INDEP_OPS). */
  readonly leadingRepeat: "error" | "skip" | "literal";
  /** "a**" is refused (RE_CONTEXT_INVALID_DUP). */
  readonly doubleStarError: boolean;
  /** A ")" without "(" is an ordinary character (RE_UNMATCHED_RIGHT_PAREN_ORD). */
  readonly closingParenLiteral: boolean;
}

const RE_DUP_MAX = 0x7fff;
const NODE_LIMIT = 60_000;

const ASSERTION_ESCAPES = new Map<string, AssertionName>([
  ["<", "word-start"], [">", "word-end"], ["b", "word-boundary"], ["B", "no-word-boundary"], ["`", "text-start"], ["'", "text-end"],
]);

export function parsePosix(pattern: string, options: PosixOptions): Parsed {
  return new PosixParser(pattern, options).parse();
}

class PosixParser {
  readonly #text: string;
  readonly #options: PosixOptions;
  #at = 0;
  #depth = 0;
  #groups = 0;
  #size = 0;
  readonly #closed = new Set<number>();
  #backrefs = false;

  constructor(text: string, options: PosixOptions) {
    this.#text = text;
    this.#options = options;
  }

  parse(): Parsed {
    const root = this.#alternatives();
    if (this.#at < this.#text.length) throw new RegexSyntaxError(REGERROR.ERPAREN, this.#at);
    return { root, groupCount: this.#groups, groupNames: new Map(), needsBacktracking: this.#backrefs };
  }

  #peek(offset = 0): string {
    return this.#text[this.#at + offset] ?? "";
  }

  /** Whether an operator stands here: "|" in ERE, "\|" in BRE. */
  #isOperator(operator: string): boolean {
    if (this.#options.extended) return this.#peek() === operator;
    return this.#peek() === "\\" && this.#peek(1) === operator;
  }

  #isPlusQuestion(operator: string): boolean {
    return this.#options.barePlusQuestion ? this.#peek() === operator : this.#isOperator(operator);
  }

  #skipPlusQuestion(): void {
    if (this.#options.barePlusQuestion) this.#at++;
    else this.#skipOperator();
  }

  #skipOperator(): void {
    this.#at += this.#options.extended ? 1 : 2;
  }

  #alternatives(): Node {
    const branches = [this.#branch()];
    while (this.#at < this.#text.length && this.#isOperator("|")) {
      this.#skipOperator();
      branches.push(this.#branch());
    }
    return alternate(branches);
  }

  #branch(): Node {
    const items: Node[] = [];
    const start = this.#at;
    while (this.#at < this.#text.length) {
      if (this.#isOperator("|") && (this.#options.extended || this.#options.gnuEscapes)) break;
      if (this.#isOperator(")") && (this.#depth > 0 || !this.#options.closingParenLiteral)) {
        if (this.#depth === 0) throw new RegexSyntaxError(REGERROR.ERPAREN, this.#at);
        break;
      }
      const atom = this.#atom(this.#at === start);
      // An anchor takes no repetition: what follows it begins anew (glibc's parse_expression).
      if (atom) items.push(atom.kind === "assert" ? atom : this.#repeats(atom));
    }
    // mawk has no empty alternatives.
    if (items.length === 0 && this.#options.bytes && this.#depth > 0 && this.#at >= this.#text.length) throw new RegexSyntaxError(REGERROR.EPAREN, this.#at);
    if (items.length === 0 && this.#options.bytes && (this.#depth > 0 || this.#at < this.#text.length || start > 0)) throw new RegexSyntaxError(REGERROR.BADRPT, this.#at);
    return concat(items);
  }

  /** Undefined when what stood there was dropped (a "*" that begins an extended expression). */
  #atom(first: boolean): Node | undefined {
    const { extended, plusQuestion, intervals } = this.#options;
    const c = this.#next();
    switch (c) {
      case "\\":
        return this.#escape(first);
      case "[":
        return this.#bracket();
      case ".":
        return this.#set(this.#options.newlineSensitive ? subtract(EVERY_CHARACTER, NEWLINE) : EVERY_CHARACTER);
      case "^":
        if (extended || first) return { kind: "assert", name: this.#lineStart() };
        return this.#literal(c);
      case "$":
        if (extended || this.#endsHere()) return { kind: "assert", name: this.#lineEnd() };
        return this.#literal(c);
      case "(":
        return extended ? this.#group() : this.#literal(c);
      case "*":
        return first && !extended ? this.#literal(c) : this.#leading(c);
      case "+":
      case "?":
        return extended && plusQuestion ? this.#leading(c) : this.#literal(c);
      case "{":
        if (!extended || !intervals) return this.#literal(c);
        if (this.#options.leadingRepeat === "error") throw new RegexSyntaxError(REGERROR.BADRPT, this.#at);
        return this.#options.leadingRepeat === "skip" && this.#tryInterval() ? undefined : this.#literal(c);
      default:
        return this.#literal(c);
    }
  }

  #leading(c: string): Node | undefined {
    switch (this.#options.leadingRepeat) {
      case "error":
        throw new RegexSyntaxError(REGERROR.BADRPT, this.#at);
      case "skip":
        return undefined;
      case "literal":
        return this.#literal(c);
    }
  }

  /** One whole code point. */
  #next(): string {
    const point = this.#text.codePointAt(this.#at) ?? 0;
    const c = String.fromCodePoint(point);
    this.#at += c.length;
    return c;
  }

  #lineStart(): AssertionName {
    return this.#options.newlineSensitive ? "line-start" : "text-start";
  }

  #lineEnd(): AssertionName {
    return this.#options.newlineSensitive ? "line-end" : "text-end";
  }

  /** In a basic expression: $ is an anchor at the end, before \) and before \|. */
  #endsHere(): boolean {
    if (this.#at >= this.#text.length) return true;
    return this.#peek() === "\\" && ((this.#peek(1) === ")" && this.#depth > 0) || this.#peek(1) === "|");
  }

  #count(nodes: number): void {
    this.#size += nodes;
    if (this.#size > NODE_LIMIT) throw new RegexSyntaxError(REGERROR.ESIZE, this.#at);
  }

  #set(set: CharSet): Node {
    this.#count(1);
    return { kind: "set", set: this.#options.lineBound ? subtract(set, NEWLINE) : set };
  }

  #literal(c: string): Node {
    const set = single(c.codePointAt(0) ?? 0);
    return this.#set(this.#options.ignoreCase ? foldCase(set) : set);
  }

  #group(): Node {
    const index = ++this.#groups;
    this.#depth++;
    const body = !this.#options.bytes && this.#at < this.#text.length && this.#isOperator(")") ? EMPTY : this.#alternatives();
    this.#depth--;
    if (!this.#isOperator(")")) throw new RegexSyntaxError(REGERROR.EPAREN, this.#at);
    this.#skipOperator();
    this.#closed.add(index);
    return { kind: "group", index, body };
  }

  #escape(first: boolean): Node {
    if (this.#at >= this.#text.length) {
      if (this.#options.awk) return this.#literal("\\");
      throw new RegexSyntaxError(REGERROR.EESCAPE, this.#at);
    }
    const c = this.#next();
    const { extended, awk, gnuEscapes } = this.#options;
    if (awk && this.#options.gawk) {
      const known = this.#gnuEscape(c === "y" ? "b" : c === "b" ? "" : c);
      if (known) return known;
    }
    if (awk) return this.#literal(this.#awkEscape(c));
    if (!extended) {
      if (c === "(") return this.#group();
      if (c === "{" && this.#options.intervals) {
        if (this.#options.doubleStarError && first) throw new RegexSyntaxError(REGERROR.BADRPT, this.#at);
        return this.#literal(c);
      }
    }
    if (c >= "1" && c <= "9") {
      const index = Number(c);
      if (!this.#closed.has(index)) throw new RegexSyntaxError(REGERROR.ESUBREG, this.#at);
      this.#backrefs = true;
      this.#count(1);
      return { kind: "backref", index, ignoreCase: this.#options.ignoreCase };
    }
    return (gnuEscapes ? this.#gnuEscape(c) : undefined) ?? this.#literal(c);
  }

  #gnuEscape(c: string): Node | undefined {
    const assertion = ASSERTION_ESCAPES.get(c);
    if (assertion) return { kind: "assert", name: assertion };
    switch (c) {
      case "w":
        return this.#set(wordSet());
      case "W":
        return this.#set(this.#negate(wordSet()));
      case "s":
        return this.#set(characterClass("space") ?? []);
      case "S":
        return this.#set(this.#negate(characterClass("space") ?? []));
      default:
        return undefined;
    }
  }

  #negate(set: CharSet): CharSet {
    const rest = complement(set);
    return this.#options.newlineSensitive ? subtract(rest, NEWLINE) : rest;
  }

  /** C escapes as awk reads them; the backslash and `c` are consumed. */
  #awkEscape(c: string): string {
    const simple = AWK_ESCAPES.get(c);
    if (simple !== undefined) return simple;
    if (c === "x" && (this.#options.bytes || this.#options.gawk)) {
      const digits = /^[0-9a-fA-F]{1,2}/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
      if (digits !== undefined) {
        this.#at += digits.length;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
    }
    if (c >= "0" && c <= "7") {
      let digits = c;
      while (digits.length < 3 && this.#peek() >= "0" && this.#peek() <= "7" && this.#peek() !== "") digits += this.#next();
      return String.fromCharCode(Number.parseInt(digits, 8) & 0xff);
    }
    return c;
  }

  #repeats(atom: Node): Node {
    let node = atom;
    for (;;) {
      const { extended, plusQuestion, intervals } = this.#options;
      let min: number;
      let max: number;
      if (this.#peek() === "*") {
        this.#at++;
        [min, max] = [0, Number.POSITIVE_INFINITY];
      } else if (plusQuestion && this.#isPlusQuestion("+")) {
        this.#skipPlusQuestion();
        [min, max] = [1, Number.POSITIVE_INFINITY];
      } else if (plusQuestion && this.#isPlusQuestion("?")) {
        this.#skipPlusQuestion();
        [min, max] = [0, 1];
      } else if (intervals && this.#isOperator("{")) {
        const start = this.#at;
        this.#skipOperator();
        const bounds = this.#tryInterval();
        if (!bounds) {
          this.#at = start;
          return node;
        }
        [min, max] = bounds;
      } else {
        return node;
      }
      if (!extended && this.#options.doubleStarError && (this.#peek() === "*" || this.#isOperator("{"))) {
        throw new RegexSyntaxError(REGERROR.BADRPT, this.#at);
      }
      node = this.#repeat(node, min, max);
    }
  }

  #repeat(body: Node, min: number, max: number): Node {
    const copies = Number.isFinite(max) ? max : min;
    if (copies > 1) this.#count((copies - 1) * weight(body));
    if (body.kind === "repeat" && body.min === 0 && body.max === Number.POSITIVE_INFINITY && min <= 1 && max === Number.POSITIVE_INFINITY) return body;
    return { kind: "repeat", body, min, max, mode: "greedy" };
  }

  /** The bounds behind "{"; undefined (nothing consumed) when they are no interval and the dialect then takes the brace as it is. */
  #tryInterval(): [number, number] | undefined {
    const start = this.#at;
    const close = this.#options.extended ? "}" : "\\}";
    const min = this.#number();
    let max = min;
    if (this.#peek() === ",") {
      this.#at++;
      max = this.#number() ?? Number.POSITIVE_INFINITY;
    }
    if (!this.#text.startsWith(close, this.#at) || (min === undefined && this.#text[start] !== ",")) {
      if (this.#options.literalBrace) {
        this.#at = start;
        return undefined;
      }
      throw new RegexSyntaxError(this.#at >= this.#text.length ? REGERROR.EBRACE : REGERROR.BADBR, this.#at);
    }
    this.#at += close.length;
    const low = min ?? 0;
    const high = max ?? low;
    if (low > high) throw new RegexSyntaxError(REGERROR.BADBR, this.#at);
    if (low > RE_DUP_MAX || (Number.isFinite(high) && high > RE_DUP_MAX)) throw new RegexSyntaxError(REGERROR.ESIZE, this.#at);
    return [low, high];
  }

  #number(): number | undefined {
    let digits = "";
    while (this.#peek() >= "0" && this.#peek() <= "9" && this.#peek() !== "") digits += this.#next();
    return digits === "" ? undefined : Number(digits);
  }

  #bracket(): Node {
    let negated = false;
    if (this.#peek() === "^") {
      negated = true;
      this.#at++;
    }
    if (this.#at >= this.#text.length) throw new RegexSyntaxError(REGERROR.BADPAT, this.#at);
    const parts: CharSet[] = [];
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) throw new RegexSyntaxError(REGERROR.EBRACK, this.#at);
      if (this.#peek() === "]" && !first) {
        this.#at++;
        break;
      }
      const element = this.#bracketElement();
      if (typeof element !== "number") {
        parts.push(element);
        continue;
      }
      if (this.#peek() === "-" && this.#peek(1) !== "]" && this.#at + 1 < this.#text.length) {
        this.#at++;
        const end = this.#bracketElement();
        if (typeof end === "number" && end < element && this.#options.bytes) {
          parts.push([end, element]);
          continue;
        }
        if (typeof end !== "number" || end < element) throw new RegexSyntaxError(REGERROR.ERANGE, this.#at);
        parts.push([element, end]);
      } else {
        parts.push(single(element));
      }
    }
    let set = union(...parts);
    if (this.#options.ignoreCase) set = foldCase(set);
    return this.#set(negated ? this.#negate(set) : set);
  }

  /** A code point, or the set of a class or of an equivalence class. */
  #bracketElement(): number | CharSet {
    const c = this.#next();
    if (c === "\\" && this.#options.awk && this.#at < this.#text.length) return this.#awkEscape(this.#next()).codePointAt(0) ?? 0;
    const kind = this.#peek();
    if (c !== "[" || (kind !== ":" && kind !== "=" && kind !== ".")) return c.codePointAt(0) ?? 0;
    const end = this.#text.indexOf(`${kind}]`, this.#at + 1);
    if (end < 0) {
      if (kind === ":" ) return 91;
      throw new RegexSyntaxError(REGERROR.EBRACK, this.#at);
    }
    const name = this.#text.slice(this.#at + 1, end);
    if (kind === ":") {
      // "[[:x]" without a class's end inside this bracket is ordinary text for glibc.
      if (!/^[a-zA-Z]*$/.test(name)) return 91;
      const folded = this.#options.ignoreCase && (name === "upper" || name === "lower") ? "alpha" : name;
      const set = this.#options.bytes ? asciiClass(folded) : characterClass(folded);
      if (!set) throw new RegexSyntaxError(REGERROR.ECTYPE, this.#at);
      this.#at = end + 2;
      return set;
    }
    const point = name.codePointAt(0);
    if (point === undefined || String.fromCodePoint(point) !== name) throw new RegexSyntaxError(REGERROR.ECOLLATE, this.#at);
    this.#at = end + 2;
    return kind === "=" ? single(point) : point;
  }
}

const AWK_ESCAPES = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["f", "\f"], ["v", "\v"], ["a", "\u0007"], ["b", "\b"], ['"', '"'], ["/", "/"], ["\\", "\\"]]);

/** How many NFA nodes a copy of the node costs, about. */
export function weight(node: Node): number {
  switch (node.kind) {
    case "concat":
      return node.items.reduce((sum, item) => sum + weight(item), 0);
    case "alternate":
      return node.branches.reduce((sum, item) => sum + weight(item), 1);
    case "group":
    case "atomic":
    case "look":
      return 1 + weight(node.body);
    case "repeat":
      return weight(node.body) * Math.max(1, Number.isFinite(node.max) ? node.max : node.min);
    default:
      return 1;
  }
}
