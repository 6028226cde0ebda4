// CRC-64 of ECMA-182, reflected, as xz checks with; two halves of 32 bits, since JavaScript has no larger ones.

const LOW = new Uint32Array(256);
const HIGH = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let low = i;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (odd) {
      low = (low ^ 0xd7870f42) >>> 0;
      high = (high ^ 0xc96c5795) >>> 0;
    }
  }
  LOW[i] = low;
  HIGH[i] = high;
}

export class Crc64 {
  #low = 0xffffffff;
  #high = 0xffffffff;

  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0);
      high = (high >>> 8) ^ (HIGH[index] ?? 0);
    }
    this.#low = low >>> 0;
    this.#high = high >>> 0;
  }

  /** little endian */
  digest(): Uint8Array {
    return Uint8Array.from([~this.#low, ~this.#high].flatMap((half) => [half & 0xff, (half >>> 8) & 0xff, (half >>> 16) & 0xff, half >>> 24]));
  }
}
