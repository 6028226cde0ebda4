// Earlier occurrences of what comes next: the last megabytes in a ring, and chains of the places with the same hash of three bytes.

const HASH_BITS = 16;
const RING = 1 << 22;
const MASK = RING - 1;
/** How far back matches reach. */
export const MATCH_WINDOW = 1 << 20;
/** Bytes that may be pushed before they are consumed; so much of the ring, the window and a longest chunk fit together. */
export const PUSH_BYTES = 1 << 16;
const SHORTEST = 3;

export class MatchFinder {
  readonly #ring = new Uint8Array(RING);
  readonly #heads = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #chains = new Int32Array(MATCH_WINDOW);
  readonly #depth: number;
  readonly #longest: number;
  #hashed = 0;
  /** all bytes so far; places count from the first one */
  end = 0;
  /** of the last search: 0 = nothing */
  length = 0;
  distance = 0;

  /** `depth`: how many places are tried. */
  constructor(depth: number, longest: number) {
    this.#depth = depth;
    this.#longest = longest;
  }

  push(bytes: Uint8Array): void {
    const place = this.end & MASK;
    const fits = Math.min(bytes.length, RING - place);
    this.#ring.set(bytes.subarray(0, fits), place);
    this.#ring.set(bytes.subarray(fits), 0);
    this.end += bytes.length;
  }

  byte(at: number): number {
    return this.#ring[at & MASK] ?? 0;
  }

  slice(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(to - from);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#ring[(from + i) & MASK] ?? 0;
    return bytes;
  }

  /** How many bytes at `at` are those `distance` further back, at most `most`. */
  common(at: number, distance: number, most: number): number {
    const ring = this.#ring;
    let length = 0;
    while (length < most && ring[(at - distance + length) & MASK] === ring[(at + length) & MASK]) length++;
    return length;
  }

  /** The longest match at `at` that ends before `limit`, the nearest of these. Places must not go back. */
  search(at: number, limit = this.end): void {
    this.length = 0;
    this.distance = 0;
    const most = Math.min(this.#longest, limit - at);
    if (most < SHORTEST) return;
    this.#hashUpTo(at);
    const ring = this.#ring;
    let candidate = this.#heads[this.#hash(at)] ?? -1;
    for (let tries = this.#depth; tries > 0 && candidate >= 0 && at - candidate < MATCH_WINDOW - 1; tries--) {
      if (ring[(candidate + this.length) & MASK] === ring[(at + this.length) & MASK]) {
        const length = this.common(at, at - candidate, most);
        if (length > this.length && length >= SHORTEST) {
          this.length = length;
          this.distance = at - candidate;
          if (length === most) break;
        }
      }
      const next = this.#chains[candidate & (MATCH_WINDOW - 1)] ?? -1;
      if (next >= candidate) break;
      candidate = next;
    }
  }

  /** Puts the places before this one into the chains. */
  #hashUpTo(limit: number): void {
    for (; this.#hashed < limit && this.#hashed + SHORTEST <= this.end; this.#hashed++) {
      const hash = this.#hash(this.#hashed);
      this.#chains[this.#hashed & (MATCH_WINDOW - 1)] = this.#heads[hash] ?? -1;
      this.#heads[hash] = this.#hashed;
    }
  }

  #hash(at: number): number {
    const three = this.byte(at) | (this.byte(at + 1) << 8) | (this.byte(at + 2) << 16);
    return Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS);
  }
}
