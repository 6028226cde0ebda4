// Lines as ordinary strings (decoded UTF-8, invalid bytes escaped): for the tools that look at characters. Batches, as kit/input.ts.

import { type Blocking, decode } from "../../kernel/sys.ts";
import type { Input } from "./input.ts";

export class TextLines {
  readonly #input: Input;
  readonly #delimiter: string;
  readonly #delimiterByte: number;
  #rest: Uint8Array[] = [];
  #ended = false;
  /** The last line handed out had no delimiter behind it. */
  unterminated = false;

  constructor(input: Input, delimiter = "\n") {
    this.#input = input;
    this.#delimiter = delimiter;
    this.#delimiterByte = delimiter.charCodeAt(0);
  }

  /** The next complete lines without their delimiters; empty at the end. Throws SysError. */
  *batch(): Blocking<string[]> {
    while (!this.#ended) {
      const bytes = yield* this.#input.chunk();
      if (bytes.length === 0) {
        this.#ended = true;
        break;
      }
      const last = bytes.lastIndexOf(this.#delimiterByte);
      if (last < 0) {
        this.#rest.push(bytes);
        continue;
      }
      const body = joined([...this.#rest, bytes.subarray(0, last)]);
      this.#rest = last + 1 < bytes.length ? [bytes.subarray(last + 1)] : [];
      return decode(body).split(this.#delimiter);
    }
    if (this.#rest.length === 0) return [];
    const tail = decode(joined(this.#rest));
    this.#rest = [];
    this.unterminated = true;
    return [tail];
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
