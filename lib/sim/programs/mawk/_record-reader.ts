// Cuts an input into records. RS may change between two records.

import type { Blocking } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { latin1 } from "../kit/latin1.ts";
import type { RecordSeparator } from "./_separators.ts";

export class RecordReader {
  readonly #input: Input;
  readonly #separator: () => RecordSeparator;
  #buffer = "";
  #at = 0;
  #ended = false;

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

  /** The next record when it lies in the buffer whole; else undefined, and `next` may find it. */
  ready(): string | undefined {
    const separator = this.#separator();
    if (separator.kind !== "text") return undefined;
    const end = this.#buffer.indexOf(separator.text, this.#at);
    if (end < 0) return undefined;
    const record = this.#buffer.slice(this.#at, end);
    this.#at = end + separator.text.length;
    return record;
  }

  /** Undefined at the end. Throws SysError. */
  *next(): Blocking<string | undefined> {
    const separator = this.#separator();
    if (separator.kind === "paragraphs") return yield* this.#paragraph();
    let searched = this.#at;
    for (;;) {
      let begin = -1;
      let end = -1;
      if (separator.kind === "text") {
        begin = this.#buffer.indexOf(separator.text, searched);
        end = begin + separator.text.length;
      } else {
        const found = separator.regex.exec(this.#buffer, searched, false, this.#buffer.length, false);
        // A match at the buffer's end may go on in the next chunk.
        if (found && (found[1] ?? 0) > (found[0] ?? 0) && ((found[1] ?? 0) < this.#buffer.length || this.#ended)) {
          begin = found[0] ?? 0;
          end = found[1] ?? 0;
        }
      }
      if (begin >= 0) {
        const record = this.#buffer.slice(this.#at, begin);
        this.#at = end;
        return record;
      }
      const pending = this.#buffer.length - this.#at;
      if (!(yield* this.#more())) {
        if (separator.kind === "regex" && pending > 0) {
          const found = separator.regex.exec(this.#buffer, this.#at, false, this.#buffer.length, false);
          if (found && (found[1] ?? 0) > (found[0] ?? 0)) {
            const record = this.#buffer.slice(this.#at, found[0]);
            this.#at = found[1] ?? 0;
            return record;
          }
        }
        if (this.#at >= this.#buffer.length) return undefined;
        const record = this.#buffer.slice(this.#at);
        this.#at = this.#buffer.length;
        return record;
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
      const end = this.#buffer.indexOf("\n\n", this.#at);
      if (end >= 0) {
        const record = this.#buffer.slice(this.#at, end);
        this.#at = end + 2;
        return record;
      }
      if (!(yield* this.#more())) {
        const record = this.#buffer.slice(this.#at).replace(/\n$/, "");
        this.#at = this.#buffer.length;
        return record;
      }
    }
  }
}
