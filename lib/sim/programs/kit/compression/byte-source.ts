// Bytes that are asked for one after another, from wherever they come in chunks: the input of the decompressors.

import type { Blocking } from "../../../kernel/sys.ts";

/** The data are not what they should be. */
export class CorruptData extends Error {}

/** The data end too early. */
export class UnexpectedEnd extends Error {}

export class ByteSource {
  readonly #next: () => Blocking<Uint8Array>;
  chunk = new Uint8Array(0);
  at = 0;
  /** bytes of the chunks before this one */
  #before = 0;
  #ended = false;

  /** `next` gives the next chunk, an empty one at the end. */
  constructor(next: () => Blocking<Uint8Array>) {
    this.#next = next;
  }

  get position(): number {
    return this.#before + this.at;
  }

  /** False at the end. */
  *fill(): Blocking<boolean> {
    while (this.at >= this.chunk.length) {
      if (this.#ended) return false;
      this.#before += this.chunk.length;
      this.chunk = new Uint8Array(yield* this.#next());
      this.at = 0;
      if (this.chunk.length === 0) this.#ended = true;
    }
    return true;
  }

  /** Throws UnexpectedEnd. */
  *byte(): Blocking<number> {
    if (this.at >= this.chunk.length && !(yield* this.fill())) throw new UnexpectedEnd();
    return this.chunk[this.at++] ?? 0;
  }

  *bytes(count: number): Blocking<Uint8Array> {
    const result = new Uint8Array(count);
    let done = 0;
    while (done < count) {
      if (!(yield* this.fill())) throw new UnexpectedEnd();
      const step = Math.min(count - done, this.chunk.length - this.at);
      result.set(this.chunk.subarray(this.at, this.at + step), done);
      this.at += step;
      done += step;
    }
    return result;
  }

  *uint32(): Blocking<number> {
    const [a = 0, b = 0, c = 0, d = 0] = yield* this.bytes(4);
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }
}
