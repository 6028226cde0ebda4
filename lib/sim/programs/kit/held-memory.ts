// What a program keeps of its input: told to the kernel, so that who keeps too much is killed as Linux would do it.

import type { Sys } from "../../kernel/sys.ts";

/** Told in pieces of this size: a call for each line would cost more than the line. */
const PIECE_BYTES = 1 << 20;
/** A string or an element beside its characters. */
const EACH_BYTES = 32;

export class HeldMemory {
  readonly #sys: Sys;
  #untold = 0;
  #untoldOwn = 0;
  #told = 0;
  #toldOwn = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  /** `ownBytes`: what of it is not the same again (sys.allocate). Throws SysError("ENOMEM") beyond the process's own limits. */
  hold(bytes: number, ownBytes = bytes): void {
    this.#untold += bytes;
    this.#untoldOwn += ownBytes;
    if (this.#untold >= PIECE_BYTES) this.#tell();
  }

  holdAll(texts: readonly string[]): void {
    let bytes = 0;
    for (const text of texts) bytes += text.length > 1 ? text.length + EACH_BYTES : 8;
    this.hold(bytes);
  }

  #tell(): void {
    const bytes = this.#untold;
    const own = this.#untoldOwn;
    this.#untold = 0;
    this.#untoldOwn = 0;
    this.#sys.allocate(bytes, own);
    this.#told += bytes;
    this.#toldOwn += own;
  }

  release(): void {
    this.#untold = 0;
    this.#untoldOwn = 0;
    if (this.#told > 0) this.#sys.allocate(-this.#told, -this.#toldOwn);
    this.#told = 0;
    this.#toldOwn = 0;
  }
}
