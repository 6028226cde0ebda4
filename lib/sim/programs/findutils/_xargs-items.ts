// What xargs reads: items between blanks, lines or a separator, with quotes and backslashes (xargs(1), 4.9.0).

import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";
import { latin1, textOfLatin1 } from "../kit/latin1.ts";

export interface Item {
  readonly text: string;
  /** It is the last one of its line (a line that ends in a blank goes on). */
  readonly endsLine: boolean;
}

/** Cuts the input into items as it comes. */
export class Items {
  readonly #input: Input;
  #text = "";
  #ended = false;
  readonly #separator: string | undefined;
  readonly #wholeLines: boolean;
  readonly #eof: string | undefined;
  readonly #io: Io;
  #at = 0;
  /** what is wrong with the input: said after the items before it were used */
  problem: string | undefined;

  constructor(input: Input, separator: string | undefined, wholeLines: boolean, eof: string | undefined, io: Io) {
    this.#input = input;
    this.#separator = separator;
    this.#wholeLines = wholeLines;
    this.#eof = eof;
    this.#io = io;
  }

  #toldOfNul = false;

  check(): void {
    if (this.problem !== undefined) this.#io.die(this.problem);
  }

  *next(): Blocking<Item | undefined> {
    for (;;) {
      const start = this.#at;
      const item = this.#take();
      // What reaches the end of what was read may go on.
      if (this.#at < this.#text.length || this.#ended) {
        if (item && this.#separator === undefined && this.#eof !== undefined && this.#eof !== "" && item.text === this.#eof) {
          this.#at = this.#text.length;
          this.#ended = true;
          return undefined;
        }
        const nul = item && this.#separator === undefined ? item.text.indexOf("\0") : -1;
        if (!item || nul < 0) return item;
        if (!this.#toldOfNul) yield* this.#io.warn("WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?");
        this.#toldOfNul = true;
        return { ...item, text: item.text.slice(0, nul) };
      }
      this.problem = undefined;
      const bytes = yield* this.#input.chunk();
      if (bytes.length === 0) this.#ended = true;
      this.#text = this.#text.slice(start) + latin1(bytes);
      this.#at = 0;
    }
  }

  #take(): Item | undefined {
    if (this.#separator === undefined) return this.#quoted();
    if (this.#at >= this.#text.length) return undefined;
    const end = this.#text.indexOf(this.#separator, this.#at);
    const text = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return { text: textOfLatin1(text), endsLine: true };
  }

  #quoted(): Item | undefined {
    const text = this.#text;
    const blank = (c: string | undefined) => c === " " || c === "\t";
    while (/^[ \t\n\v\f\r]/.test(text[this.#at] ?? "")) this.#at++;
    if (this.#at >= text.length) return undefined;
    let value = "";
    let open = "";
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at] ?? "";
      if (open !== "") {
        if (c === "\n") {
          this.problem = `unmatched ${open === '"' ? "double" : "single"} quote; by default quotes are special to xargs unless you use the -0 option`;
          this.#at = text.length;
          return undefined;
        }
        if (c === open) open = "";
        else value += c;
      } else if (c === '"' || c === "'") open = c;
      // A backslash that ends the input stands for nothing.
      else if (c === "\\") value += text[++this.#at] ?? "";
      else if (c === "\n" || (blank(c) && !this.#wholeLines)) break;
      else value += c;
    }
    if (open !== "") {
      this.problem = `unmatched ${open === '"' ? "double" : "single"} quote; by default quotes are special to xargs unless you use the -0 option`;
      return undefined;
    }
    const end = text[this.#at];
    if (end !== undefined) this.#at++;
    if (end === "\n" || end === undefined) return { text: textOfLatin1(value), endsLine: true };
    while (blank(text[this.#at])) this.#at++;
    // A line that ends in a blank goes on in the next one.
    return { text: textOfLatin1(value), endsLine: this.#at >= text.length };
  }
}
