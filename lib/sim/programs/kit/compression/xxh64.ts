// XXH64, whose low half zstd checks with. 64-bit arithmetic: four bytes stand in two halves of BigInts, 32 bytes a round.

const MASK = 0xffffffffffffffffn;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const STRIPE = 32;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & MASK;
const round = (lane: bigint, input: bigint): bigint => (rotate((lane + input * P2) & MASK, 31n) * P1) & MASK;

export class Xxh64 {
  readonly #lanes: [bigint, bigint, bigint, bigint] = [(P1 + P2) & MASK, P2, 0n, (-P1) & MASK];
  readonly #rest = new Uint8Array(STRIPE);
  #restLength = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(bytes.length, STRIPE - this.#restLength);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
      this.#restLength = 0;
    }
    const whole = bytes.length - ((bytes.length - at) % STRIPE);
    this.#stripes(bytes, at, whole);
    this.#rest.set(bytes.subarray(whole), 0);
    this.#restLength = bytes.length - whole;
  }

  #stripes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [a, b, c, d] = this.#lanes;
    for (let at = from; at < to; at += STRIPE) {
      a = round(a, view.getBigUint64(at, true));
      b = round(b, view.getBigUint64(at + 8, true));
      c = round(c, view.getBigUint64(at + 16, true));
      d = round(d, view.getBigUint64(at + 24, true));
    }
    this.#lanes[0] = a;
    this.#lanes[1] = b;
    this.#lanes[2] = c;
    this.#lanes[3] = d;
  }

  /** The low 32 bits of the sum. */
  low(): number {
    const [a, b, c, d] = this.#lanes;
    let sum = P5;
    if (this.#length >= STRIPE) {
      sum = rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n);
      for (const lane of this.#lanes) sum = (((sum ^ round(0n, lane)) & MASK) * P1 + P4) & MASK;
    }
    sum = (sum + BigInt(this.#length)) & MASK;
    const view = new DataView(this.#rest.buffer);
    let at = 0;
    for (; at + 8 <= this.#restLength; at += 8) sum = (rotate(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & MASK;
    if (at + 4 <= this.#restLength) {
      sum = (rotate(sum ^ ((BigInt(view.getUint32(at, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
      at += 4;
    }
    for (; at < this.#restLength; at++) sum = (rotate(sum ^ ((BigInt(this.#rest[at] ?? 0) * P5) & MASK), 11n) * P1) & MASK;
    sum = ((sum ^ (sum >> 33n)) * P2) & MASK;
    sum = ((sum ^ (sum >> 29n)) * P3) & MASK;
    sum ^= sum >> 32n;
    return Number(sum & 0xffffffffn);
  }
}
