// What every digest offers: bytes in, the digest out. `update` may be called any number of times; `digest` once.

export interface Hasher {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}

/** Cuts the input into blocks for `compress` and pads it the Merkle-Damgard way (a one bit, zeros, the length in bits). */
export abstract class BlockHasher implements Hasher {
  readonly #blockBytes: number;
  readonly #lengthBytes: 8 | 16;
  readonly #bigEndian: boolean;
  readonly #pending: Uint8Array;
  #pendingLength = 0;
  #totalBytes = 0;

  constructor(blockBytes: number, lengthBytes: 8 | 16, bigEndian: boolean) {
    this.#blockBytes = blockBytes;
    this.#lengthBytes = lengthBytes;
    this.#bigEndian = bigEndian;
    this.#pending = new Uint8Array(blockBytes);
  }

  protected abstract compress(bytes: Uint8Array, at: number): void;
  protected abstract result(): Uint8Array;

  update(bytes: Uint8Array): void {
    this.#totalBytes += bytes.length;
    let at = 0;
    if (this.#pendingLength > 0) {
      const take = Math.min(bytes.length, this.#blockBytes - this.#pendingLength);
      this.#pending.set(bytes.subarray(0, take), this.#pendingLength);
      this.#pendingLength += take;
      at = take;
      if (this.#pendingLength < this.#blockBytes) return;
      this.compress(this.#pending, 0);
      this.#pendingLength = 0;
    }
    for (; at + this.#blockBytes <= bytes.length; at += this.#blockBytes) this.compress(bytes, at);
    this.#pending.set(bytes.subarray(at));
    this.#pendingLength = bytes.length - at;
  }

  digest(): Uint8Array {
    const total = this.#totalBytes;
    const used = this.#pendingLength + 1 + this.#lengthBytes;
    const padding = new Uint8Array((used <= this.#blockBytes ? this.#blockBytes : 2 * this.#blockBytes) - this.#pendingLength);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    const high = Math.floor(total / 0x20000000);
    const low = (total << 3) >>> 0;
    if (this.#bigEndian) {
      view.setUint32(padding.length - 8, high);
      view.setUint32(padding.length - 4, low);
    } else {
      view.setUint32(padding.length - 8, low, true);
      view.setUint32(padding.length - 4, high, true);
    }
    this.update(padding);
    return this.result();
  }
}
