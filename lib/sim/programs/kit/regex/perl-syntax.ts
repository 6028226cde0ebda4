// What the parsers of PCRE2 (grep -P) and of Perl's own patterns share: reading, alternatives, the escapes that mean the same to both
// (perlrebackslash(1), pcre2pattern(3)), and a bound on how large a pattern may grow.
import { type Node, alternate, concat } from "./ast.ts";
import { type CharSet, single } from "./char-set.ts";

export const DIGIT: CharSet = [48, 57];
export const WORD: CharSet = [48, 57, 65, 90, 95, 95, 97, 122];
export const SPACE: CharSet = [9, 13, 32, 32];
export const HORIZONTAL: CharSet = [9, 9, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000];
export const VERTICAL: CharSet = [10, 13, 0x85, 0x85, 0x2028, 0x2029];

const CHARACTERS = new Map([["n", 10], ["t", 9], ["r", 13], ["f", 12], ["e", 27], ["a", 7]]);
const LARGEST_CODE_POINT = 0x10ffff;
const SIZE_LIMIT = 60_000;

/** What went wrong, in a parser's own words. */
interface Words {
  readonly tooLarge: string;
  readonly unterminated: string;
}

type Reference = Extract<Node, { kind: "backref" }>;

export abstract class PerlSyntaxParser<Modes> {
  protected readonly text: string;
  protected at = 0;
  protected groups = 0;
  protected modes: Modes;
  readonly #words: Words;
  #size = 0;

  constructor(text: string, modes: Modes, words: Words) {
    this.text = text;
    this.modes = modes;
    this.#words = words;
  }

  protected abstract fail(message: string): never;
  protected abstract branch(): Node;
  protected abstract literal(codePoint: number): Node;
  /** A reference by name, once all names are known. */
  protected abstract resolveReference(node: Reference): Node;

  protected peek(offset = 0): string {
    return this.text[this.at + offset] ?? "";
  }

  protected accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  protected next(): string {
    const c = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    this.at += c.length;
    return c;
  }

  protected until(close: string): string {
    const end = this.text.indexOf(close, this.at);
    if (end < 0) this.fail(this.#words.unterminated);
    const text = this.text.slice(this.at, end);
    this.at = end + close.length;
    return text;
  }

  protected grow(by: number): void {
    this.#size += by;
    if (this.#size > SIZE_LIMIT) this.fail(this.#words.tooLarge);
  }

  protected set(set: CharSet): Node {
    this.grow(1);
    return { kind: "set", set };
  }

  protected resolve(node: Node): Node {
    switch (node.kind) {
      case "concat":
        return { ...node, items: node.items.map((item) => this.resolve(item)) };
      case "alternate":
        return { ...node, branches: node.branches.map((branch) => this.resolve(branch)) };
      case "group":
      case "repeat":
      case "look":
      case "atomic":
        return { ...node, body: this.resolve(node.body) };
      case "backref":
        return this.resolveReference(node);
      default:
        return node;
    }
  }

  /** Options that were set inside end here. */
  protected alternatives(): Node {
    const { modes } = this;
    const branches = [this.branch()];
    while (this.accept("|")) branches.push(this.branch());
    this.modes = modes;
    return alternate(branches);
  }

  /** White space and comments under /x. */
  protected skipSpace(): void {
    while (this.at < this.text.length) {
      if (/\s/.test(this.peek())) this.at++;
      else if (this.peek() === "#") {
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end + 1;
      } else return;
    }
  }

  /** An escape that stands for a place or a stretch of text; undefined for any other. */
  protected placeEscape(c: string): Node | undefined {
    switch (c) {
      case "b":
        return { kind: "assert", name: "word-boundary" };
      case "B":
        return { kind: "assert", name: "no-word-boundary" };
      case "A":
        return { kind: "assert", name: "text-start" };
      case "z":
        return { kind: "assert", name: "text-end" };
      case "Z":
        return { kind: "assert", name: "text-end-or-newline" };
      case "K":
        return { kind: "keep" };
      case "R":
        return { kind: "atomic", body: alternate([concat([this.set(single(13)), this.set(single(10))]), this.set(VERTICAL)]) };
      case "Q": {
        const end = this.text.indexOf("\\E", this.at);
        const text = this.text.slice(this.at, end < 0 ? undefined : end);
        this.at = end < 0 ? this.text.length : end + 2;
        return concat(Array.from(text, (one) => this.literal(one.codePointAt(0) ?? 0)));
      }
      default:
        return undefined;
    }
  }

  /** The character of \n, \x{263a}, \cA, \101 and so on; undefined for a letter or sign that means none. */
  protected characterEscape(c: string): number | undefined {
    if (c === "x") {
      if (this.accept("{")) return Math.min(Number.parseInt(this.until("}"), 16) || 0, LARGEST_CODE_POINT);
      const digits = /^[0-9a-fA-F]{0,2}/.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? "";
      this.at += digits.length;
      return digits === "" ? 0 : Number.parseInt(digits, 16);
    }
    if (c === "c") return (this.next().toUpperCase().codePointAt(0) ?? 0) ^ 64;
    if (c === "o" && this.accept("{")) return Number.parseInt(this.until("}"), 8) || 0;
    if (c >= "0" && c <= "7") {
      const digits = c + (/^[0-7]{0,2}/.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? "");
      this.at += digits.length - 1;
      return Number.parseInt(digits, 8);
    }
    return CHARACTERS.get(c);
  }
}
