// Cuts an input into the records of awk and remembers what ended each (RT). RS may change between two records.

import type { Blocking } from "../../kernel/sys.ts";
import type { Input } from "./input.ts";
import { latin1 } from "./latin1.ts";
import type { Regex } from "./regex/compile-regex.ts";

/** Texts are bytes as latin1. */
export type RecordSeparator = { readonly kind: "text"; readonly text: string } | { readonly kind: "paragraphs" } | { readonly kind: "regex"; readonly regex: Regex };

export class RecordReader {
  readonly #input: Input;
  readonly #separator: () => RecordSeparator;
  #buffer = "";
  #at = 0;
  #ended = false;
  /** what ended the last record, as latin1 */
  terminator = "";

  constructor(input: Input, separator: () => RecordSeparator) {
    this.#input = input;
    this.#separator = separator;
  }

  *#more(): Blocking<boolean> {
    if (this.#ended) return false;
    const bytes = yield* this.#input.chunk();
    if (bytes.length === 0) {
      this.#ended = true;
      return false;
    }
    this.#buffer = this.#at < this.#buffer.length ? this.#buffer.slice(this.#at) + latin1(bytes) : latin1(bytes);
    this.#at = 0;
    return true;
  }

  #take(begin: number, end: number): string {
    const record = this.#buffer.slice(this.#at, begin);
    this.terminator = this.#buffer.slice(begin, end);
    this.#at = end;
    return record;
  }

  /** The next record when it lies in the buffer whole; else undefined, and `next` may find it. */
  ready(): string | undefined {
    const separator = this.#separator();
    if (separator.kind !== "text") return undefined;
    const begin = this.#buffer.indexOf(separator.text, this.#at);
    return begin < 0 ? undefined : this.#take(begin, begin + separator.text.length);
  }

  /** Undefined at the end, as latin1 otherwise. Throws SysError. */
  *next(): Blocking<string | undefined> {
    const separator = this.#separator();
    if (separator.kind === "paragraphs") return yield* this.#paragraph();
    let searched = this.#at;
    for (;;) {
      if (separator.kind === "text") {
        const begin = this.#buffer.indexOf(separator.text, searched);
        if (begin >= 0) return this.#take(begin, begin + separator.text.length);
      } else {
        const found = separator.regex.exec(this.#buffer, searched, false, this.#buffer.length, false);
        const begin = found?.[0] ?? 0;
        const end = found?.[1] ?? 0;
        // A match at the buffer's end may go on in the next chunk.
        if (end > begin && (end < this.#buffer.length || this.#ended)) return this.#take(begin, end);
      }
      const pending = this.#buffer.length - this.#at;
      if (!(yield* this.#more())) {
        if (this.#at >= this.#buffer.length) return undefined;
        const found = separator.kind === "regex" ? separator.regex.exec(this.#buffer, this.#at, false, this.#buffer.length, false) : undefined;
        if (found && (found[1] ?? 0) > (found[0] ?? 0)) return this.#take(found[0] ?? 0, found[1] ?? 0);
        return this.#take(this.#buffer.length, this.#buffer.length);
      }
      searched = separator.kind === "text" ? Math.max(0, pending - separator.text.length + 1) : 0;
    }
  }

  *#paragraph(): Blocking<string | undefined> {
    for (;;) {
      while (this.#buffer[this.#at] === "\n") this.#at++;
      if (this.#at < this.#buffer.length) break;
      if (!(yield* this.#more())) return undefined;
    }
    for (;;) {
      const begin = this.#buffer.indexOf("\n\n", this.#at);
      if (begin >= 0) {
        let end = begin + 2;
        while (this.#buffer[end] === "\n") end++;
        if (end < this.#buffer.length || this.#ended) return this.#take(begin, end);
      }
      if (!(yield* this.#more())) {
        let begin_ = this.#buffer.length;
        while (this.#buffer[begin_ - 1] === "\n") begin_--;
        return this.#take(begin_, this.#buffer.length);
      }
    }
  }
}
