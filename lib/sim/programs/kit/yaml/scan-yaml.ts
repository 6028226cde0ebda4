// YAML 1.1 text to tokens, with PyYAML's rules for indentation and simple keys (yaml/scanner.py), so that the same texts are refused at the same
// places. (More than 400 lines: one state, the position and the indentation, is shared by everything that scans.)
import { YamlError, YamlMark } from "./yaml-error.ts";

export type YamlTokenKind =
  | "<stream end>" | "<document start>" | "<document end>" | "<directive>" | "<block sequence start>" | "<block mapping start>" | "<block end>"
  | "[" | "{" | "]" | "}" | "-" | "," | "?" | ":" | "<alias>" | "<anchor>" | "<tag>" | "<scalar>";

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly start: YamlMark;
  readonly end: YamlMark;
  readonly value: string;
  /** of scalars: "" for plain ones */
  readonly style: "" | "'" | '"' | "|" | ">";
}

interface SimpleKey {
  readonly tokenNumber: number;
  readonly required: boolean;
  readonly mark: YamlMark;
}

const BREAKS = new Set(["\n", "\r", "\x85", "\u2028", "\u2029"]);
const blank = (character: string): boolean => character === " " || character === "\t";
const ends = (character: string): boolean => character === "" || BREAKS.has(character);
const spaceOrEnd = (character: string): boolean => ends(character) || blank(character);
const MOST_KEY_LENGTH = 1024;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"], ["a", "\x07"], ["b", "\b"], ["t", "\t"], ["\t", "\t"], ["n", "\n"], ["v", "\v"], ["f", "\f"], ["r", "\r"], ["e", "\x1b"], [" ", " "], ['"', '"'], ["\\", "\\"], ["/", "/"], ["N", "\x85"], ["_", "\xa0"], ["L", "\u2028"], ["P", "\u2029"],
]);
const ESCAPE_LENGTHS: ReadonlyMap<string, number> = new Map([["x", 2], ["u", 4], ["U", 8]]);

const repr = (text: string): string => (text === "" ? "'\\x00'" : text === "\t" ? "'\\t'" : text === "\n" ? "'\\n'" : text === "\\" ? "'\\\\'" : text === "'" ? `"'"` : `'${text}'`);

class YamlScanner {
  readonly tokens: YamlToken[] = [];
  readonly #source: string;
  readonly #text: string;
  #at = 0;
  #line = 0;
  #column = 0;
  #flowLevel = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #allowSimpleKey = true;
  readonly #possibleKeys = new Map<number, SimpleKey>();

  constructor(text: string, source: string) {
    this.#text = text.startsWith("\ufeff") ? text.slice(1) : text;
    this.#source = source;
    const bad = /[^\t\n\r\x20-\x7e\x85\xa0-\uffff]/.exec(this.#text);
    if (bad) throw new YamlError(`unacceptable character #x${(bad[0].charCodeAt(0)).toString(16).padStart(4, "0")}: special characters are not allowed\n  in "${source}", position ${bad.index}`);
  }

  scan(): readonly YamlToken[] {
    for (;;) {
      this.#skipToToken();
      this.#dropStaleKeys();
      this.#unwind(this.#column);
      const character = this.#peek();
      if (character === "") {
        this.#unwind(-1);
        for (const level of [...this.#possibleKeys.keys()]) this.#removeKey(level);
        this.#push("<stream end>", this.#mark());
        return this.tokens;
      }
      this.#fetch(character);
    }
  }

  /** How many tokens are sure: none before the first that may still turn out to be a key. */
  get settledTokens(): number {
    return Math.min(this.tokens.length, ...[...this.#possibleKeys.values()].map((key) => key.tokenNumber));
  }

  // ---- position ---------------------------------------------------------------------------------------------------------------------------

  #peek(offset = 0): string {
    return this.#text.charAt(this.#at + offset);
  }

  #prefix(length: number): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  #mark(): YamlMark {
    return new YamlMark(this.#source, this.#text, this.#at, this.#line, this.#column);
  }

  #forward(count = 1): void {
    for (let done = 0; done < count; done++) {
      const character = this.#text.charAt(this.#at++);
      if (BREAKS.has(character) && !(character === "\r" && this.#peek() === "\n")) {
        this.#line++;
        this.#column = 0;
      } else this.#column++;
    }
  }

  #push(kind: YamlTokenKind, start: YamlMark, value = "", style: YamlToken["style"] = ""): void {
    this.tokens.push({ kind, start, end: this.#mark(), value, style });
  }

  #insert(number: number, kind: YamlTokenKind, mark: YamlMark): void {
    this.tokens.splice(number, 0, { kind, start: mark, end: mark, value: "", style: "" });
  }

  // ---- keys and indentation ---------------------------------------------------------------------------------------------------------------

  #dropStaleKeys(): void {
    for (const [level, key] of this.#possibleKeys) {
      if (key.mark.line === this.#line && this.#at - key.mark.pointer <= MOST_KEY_LENGTH) continue;
      if (key.required) throw new YamlError("could not find expected ':'", this.#mark(), "while scanning a simple key", key.mark);
      this.#possibleKeys.delete(level);
    }
  }

  #savePossibleKey(): void {
    const required = this.#flowLevel === 0 && this.#indent === this.#column;
    if (!this.#allowSimpleKey) return;
    this.#removeKey(this.#flowLevel);
    this.#possibleKeys.set(this.#flowLevel, { tokenNumber: this.tokens.length, required, mark: this.#mark() });
  }

  #removeKey(level: number): void {
    const key = this.#possibleKeys.get(level);
    if (key === undefined) return;
    if (key.required) throw new YamlError("could not find expected ':'", this.#mark(), "while scanning a simple key", key.mark);
    this.#possibleKeys.delete(level);
  }

  #unwind(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#indent = this.#indents.pop() ?? -1;
      this.#push("<block end>", this.#mark());
    }
  }

  #addIndent(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    return true;
  }

  #skipToToken(): void {
    for (;;) {
      while (this.#peek() === " ") this.#forward();
      if (this.#peek() === "#") while (!ends(this.#peek())) this.#forward();
      if (this.#lineBreak() === "") return;
      if (this.#flowLevel === 0) this.#allowSimpleKey = true;
    }
  }

  /** Passes one line break; "\n" for the usual ones, nothing when there is none. */
  #lineBreak(): string {
    const character = this.#peek();
    if (!BREAKS.has(character)) return "";
    if (character === "\r" && this.#peek(1) === "\n") this.#forward(2);
    else this.#forward();
    return character === "\u2028" || character === "\u2029" ? character : "\n";
  }

  // ---- tokens -----------------------------------------------------------------------------------------------------------------------------

  #fetch(character: string): void {
    if (this.#column === 0) {
      if (character === "%") return this.#directive();
      const three = this.#prefix(3);
      if ((three === "---" || three === "...") && spaceOrEnd(this.#peek(3))) return this.#documentMark(three === "---" ? "<document start>" : "<document end>");
    }
    if (character === "[" || character === "{") return this.#flowStart(character);
    if (character === "]" || character === "}") return this.#flowEnd(character);
    if (character === ",") {
      this.#allowSimpleKey = true;
      this.#removeKey(this.#flowLevel);
      return this.#single(",");
    }
    if (character === "-" && spaceOrEnd(this.#peek(1))) return this.#blockEntry();
    if (character === "?" && (this.#flowLevel > 0 || spaceOrEnd(this.#peek(1)))) return this.#key();
    if (character === ":" && (this.#flowLevel > 0 || spaceOrEnd(this.#peek(1)))) return this.#value();
    if (character === "*" || character === "&") return this.#anchor(character);
    if (character === "!") return this.#tag();
    if ((character === "|" || character === ">") && this.#flowLevel === 0) return this.#blockScalar(character);
    if (character === "'" || character === '"') return this.#flowScalar(character);
    if ((!spaceOrEnd(character) && !"-?:,[]{}#&*!|>'\"%@`".includes(character)) || (!spaceOrEnd(this.#peek(1)) && (character === "-" || (this.#flowLevel === 0 && (character === "?" || character === ":"))))) return this.#plain();
    throw new YamlError(`found character ${repr(character)} that cannot start any token`, this.#mark(), "while scanning for the next token");
  }

  #single(kind: YamlTokenKind): void {
    const start = this.#mark();
    this.#forward();
    this.#push(kind, start);
  }

  #directive(): void {
    this.#unwind(-1);
    this.#removeKey(this.#flowLevel);
    this.#allowSimpleKey = false;
    const start = this.#mark();
    let text = "";
    while (!ends(this.#peek())) {
      text += this.#peek();
      this.#forward();
    }
    this.#push("<directive>", start, text);
  }

  #documentMark(kind: "<document start>" | "<document end>"): void {
    this.#unwind(-1);
    this.#removeKey(this.#flowLevel);
    this.#allowSimpleKey = false;
    const start = this.#mark();
    this.#forward(3);
    this.#push(kind, start);
  }

  #flowStart(kind: "[" | "{"): void {
    this.#savePossibleKey();
    this.#flowLevel++;
    this.#allowSimpleKey = true;
    this.#single(kind);
  }

  #flowEnd(kind: "]" | "}"): void {
    this.#removeKey(this.#flowLevel);
    this.#flowLevel = Math.max(0, this.#flowLevel - 1);
    this.#allowSimpleKey = false;
    this.#single(kind);
  }

  #blockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowSimpleKey) throw new YamlError("sequence entries are not allowed here", this.#mark());
      if (this.#addIndent(this.#column)) this.#push("<block sequence start>", this.#mark());
    }
    this.#allowSimpleKey = true;
    this.#removeKey(this.#flowLevel);
    this.#single("-");
  }

  #key(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowSimpleKey) throw new YamlError("mapping keys are not allowed here", this.#mark());
      if (this.#addIndent(this.#column)) this.#push("<block mapping start>", this.#mark());
    }
    this.#allowSimpleKey = this.#flowLevel === 0;
    this.#removeKey(this.#flowLevel);
    this.#single("?");
  }

  #value(): void {
    const key = this.#possibleKeys.get(this.#flowLevel);
    if (key !== undefined) {
      this.#possibleKeys.delete(this.#flowLevel);
      this.#insert(key.tokenNumber, "?", key.mark);
      if (this.#flowLevel === 0 && this.#addIndent(key.mark.column)) this.#insert(key.tokenNumber, "<block mapping start>", key.mark);
      this.#allowSimpleKey = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#allowSimpleKey) throw new YamlError("mapping values are not allowed here", this.#mark());
        if (this.#addIndent(this.#column)) this.#push("<block mapping start>", this.#mark());
      }
      this.#allowSimpleKey = this.#flowLevel === 0;
      this.#removeKey(this.#flowLevel);
    }
    this.#single(":");
  }

  #anchor(sign: "*" | "&"): void {
    this.#savePossibleKey();
    this.#allowSimpleKey = false;
    const start = this.#mark();
    const kind = sign === "*" ? "alias" : "anchor";
    this.#forward();
    let name = "";
    while (/^[0-9A-Za-z_-]$/.test(this.#peek())) {
      name += this.#peek();
      this.#forward();
    }
    const next = this.#peek();
    if (name === "" || !(spaceOrEnd(next) || "?:,]}%@`".includes(next))) throw new YamlError(`expected alphabetic or numeric character, but found ${repr(next)}`, this.#mark(), `while scanning an ${kind}`, start);
    this.#push(sign === "*" ? "<alias>" : "<anchor>", start, name);
  }

  #tag(): void {
    this.#savePossibleKey();
    this.#allowSimpleKey = false;
    const start = this.#mark();
    let text = "";
    while (!spaceOrEnd(this.#peek()) && !(this.#flowLevel > 0 && ",[]{}".includes(this.#peek()))) {
      text += this.#peek();
      this.#forward();
    }
    this.#push("<tag>", start, text);
  }

  // ---- scalars ----------------------------------------------------------------------------------------------------------------------------

  #blockScalar(style: "|" | ">"): void {
    this.#allowSimpleKey = true;
    this.#removeKey(this.#flowLevel);
    const start = this.#mark();
    const context = "while scanning a block scalar";
    this.#forward();
    let chomping = "";
    let increment: number | undefined;
    for (let sign = 0; sign < 2; sign++) {
      const character = this.#peek();
      if ((character === "+" || character === "-") && chomping === "") {
        chomping = character;
        this.#forward();
      } else if (/^[0-9]$/.test(character) && increment === undefined) {
        increment = Number(character);
        if (increment === 0) throw new YamlError("expected indentation indicator in the range 1-9, but found 0", this.#mark(), context, start);
        this.#forward();
      }
    }
    while (this.#peek() === " ") this.#forward();
    if (this.#peek() === "#") while (!ends(this.#peek())) this.#forward();
    if (!ends(this.#peek())) throw new YamlError(/[0-9+-]/.test(this.#text.charAt(start.pointer + 1)) ? `expected a comment or a line break, but found ${repr(this.#peek())}` : `expected chomping or indentation indicators, but found ${repr(this.#peek())}`, this.#mark(), context, start);
    this.#lineBreak();
    const least = Math.max(1, this.#indent + 1);
    let indent: number;
    let breaks: string[];
    if (increment === undefined) {
      let widest = 0;
      breaks = [];
      while (" \r\n\x85\u2028\u2029".includes(this.#peek()) && this.#peek() !== "") {
        if (this.#peek() === " ") {
          this.#forward();
          widest = Math.max(widest, this.#column);
        } else breaks.push(this.#lineBreak());
      }
      indent = Math.max(least, widest);
    } else {
      indent = least + increment - 1;
      breaks = this.#blockBreaks(indent);
    }
    const chunks: string[] = [];
    let lineBreak = "";
    while (this.#column === indent && this.#peek() !== "") {
      chunks.push(...breaks);
      const leadingNonSpace = !blank(this.#peek());
      const from = this.#at;
      while (!ends(this.#peek())) this.#forward();
      chunks.push(this.#text.slice(from, this.#at));
      lineBreak = this.#lineBreak();
      breaks = this.#blockBreaks(indent);
      if (this.#column !== indent || this.#peek() === "") break;
      if (style === ">" && lineBreak === "\n" && leadingNonSpace && !blank(this.#peek())) {
        if (breaks.length === 0) chunks.push(" ");
      } else chunks.push(lineBreak);
    }
    if (chomping !== "-") chunks.push(lineBreak);
    if (chomping === "+") chunks.push(...breaks);
    this.#push("<scalar>", start, chunks.join(""), style);
  }

  #blockBreaks(indent: number): string[] {
    const breaks: string[] = [];
    for (;;) {
      while (this.#column < indent && this.#peek() === " ") this.#forward();
      const one = this.#lineBreak();
      if (one === "") return breaks;
      breaks.push(one);
    }
  }

  #flowScalar(quote: "'" | '"'): void {
    this.#savePossibleKey();
    this.#allowSimpleKey = false;
    const start = this.#mark();
    const chunks: string[] = [];
    this.#forward();
    this.#quotedText(quote, chunks, start);
    while (this.#peek() !== quote) {
      this.#quotedSpaces(chunks, start);
      this.#quotedText(quote, chunks, start);
    }
    this.#forward();
    this.#push("<scalar>", start, chunks.join(""), quote);
  }

  #quotedText(quote: "'" | '"', chunks: string[], start: YamlMark): void {
    for (;;) {
      const from = this.#at;
      while (!spaceOrEnd(this.#peek()) && this.#peek() !== "'" && this.#peek() !== '"' && this.#peek() !== "\\") this.#forward();
      chunks.push(this.#text.slice(from, this.#at));
      const character = this.#peek();
      if (quote === "'" && character === "'" && this.#peek(1) === "'") {
        chunks.push("'");
        this.#forward(2);
      } else if ((quote === '"' && character === "'") || (quote === "'" && (character === '"' || character === "\\"))) {
        chunks.push(character);
        this.#forward();
      } else if (quote === '"' && character === "\\") this.#escape(chunks, start);
      else return;
    }
  }

  #escape(chunks: string[], start: YamlMark): void {
    const context = "while scanning a double-quoted scalar";
    this.#forward();
    const character = this.#peek();
    const plain = character === "" ? undefined : ESCAPES.get(character);
    const length = ESCAPE_LENGTHS.get(character);
    if (plain !== undefined) {
      chunks.push(plain);
      this.#forward();
    } else if (length !== undefined) {
      this.#forward();
      for (let digit = 0; digit < length; digit++) {
        if (!/^[0-9A-Fa-f]$/.test(this.#peek(digit))) throw new YamlError(`expected escape sequence of ${length} hexadecimal numbers, but found ${repr(this.#peek(digit))}`, this.#mark(), context, start);
      }
      const code = Number.parseInt(this.#prefix(length), 16);
      chunks.push(code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");
      this.#forward(length);
    } else if (BREAKS.has(character)) {
      this.#lineBreak();
      chunks.push(...this.#quotedBreaks(start));
    } else throw new YamlError(`found unknown escape character ${repr(character)}`, this.#mark(), context, start);
  }

  #quotedSpaces(chunks: string[], start: YamlMark): void {
    const from = this.#at;
    while (blank(this.#peek())) this.#forward();
    const spaces = this.#text.slice(from, this.#at);
    if (this.#peek() === "") throw new YamlError("found unexpected end of stream", this.#mark(), "while scanning a quoted scalar", start);
    const lineBreak = this.#lineBreak();
    if (lineBreak === "") {
      chunks.push(spaces);
      return;
    }
    const breaks = this.#quotedBreaks(start);
    if (lineBreak !== "\n") chunks.push(lineBreak);
    else if (breaks.length === 0) chunks.push(" ");
    chunks.push(...breaks);
  }

  #quotedBreaks(start: YamlMark): string[] {
    const breaks: string[] = [];
    for (;;) {
      const three = this.#prefix(3);
      if (this.#column === 0 && (three === "---" || three === "...") && spaceOrEnd(this.#peek(3))) throw new YamlError("found unexpected document separator", this.#mark(), "while scanning a quoted scalar", start);
      while (blank(this.#peek())) this.#forward();
      const one = this.#lineBreak();
      if (one === "") return breaks;
      breaks.push(one);
    }
  }

  #plain(): void {
    this.#savePossibleKey();
    this.#allowSimpleKey = false;
    const start = this.#mark();
    let end = start;
    const indent = this.#indent + 1;
    const chunks: string[] = [];
    let spaces: readonly string[] = [];
    for (;;) {
      if (this.#peek() === "#") break;
      const from = this.#at;
      for (;;) {
        const character = this.#peek();
        const next = this.#peek(1);
        if (spaceOrEnd(character) || (character === ":" && (spaceOrEnd(next) || (this.#flowLevel > 0 && ",[]{}".includes(next)))) || (this.#flowLevel > 0 && ",?[]{}".includes(character))) break;
        this.#forward();
      }
      if (this.#at === from) break;
      this.#allowSimpleKey = false;
      chunks.push(...spaces, this.#text.slice(from, this.#at));
      end = this.#mark();
      const found = this.#plainSpaces();
      if (found === undefined || found.length === 0 || this.#peek() === "#" || (this.#flowLevel === 0 && this.#column < indent)) break;
      spaces = found;
    }
    this.tokens.push({ kind: "<scalar>", start, end, value: chunks.join(""), style: "" });
  }

  /** Undefined at a document's mark. */
  #plainSpaces(): readonly string[] | undefined {
    const from = this.#at;
    while (this.#peek() === " ") this.#forward();
    const spaces = this.#text.slice(from, this.#at);
    const lineBreak = this.#lineBreak();
    if (lineBreak === "") return spaces === "" ? [] : [spaces];
    this.#allowSimpleKey = true;
    const breaks: string[] = [];
    const atMark = (): boolean => this.#column === 0 && (this.#prefix(3) === "---" || this.#prefix(3) === "...") && spaceOrEnd(this.#peek(3));
    if (atMark()) return undefined;
    for (;;) {
      if (this.#peek() === " ") {
        this.#forward();
        continue;
      }
      const one = this.#lineBreak();
      if (one === "") break;
      breaks.push(one);
      if (atMark()) return undefined;
    }
    if (lineBreak !== "\n") return [lineBreak, ...breaks];
    return breaks.length === 0 ? [" "] : breaks;
  }
}

/** Scanning stops with the first error; PyYAML's parser may find one of its own before it. The tokens until then are handed over with it. */
export function scanYaml(text: string, source: string): { readonly tokens: readonly YamlToken[]; readonly error: YamlError | undefined } {
  const scanner = new YamlScanner(text, source);
  try {
    scanner.scan();
    return { tokens: scanner.tokens, error: undefined };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { tokens: scanner.tokens.slice(0, scanner.settledTokens), error };
  }
}
