// A digest of a stream of bytes that grows as they come: two 32-bit FNV-1a lanes with different primes. It finds differences between replays; it is no
// protection against somebody who seeks collisions.

export class RollingDigest {
  #first = 0x811c9dc5;
  #second = 0x9747b28c;

  add(bytes: Uint8Array): void {
    let first = this.#first;
    let second = this.#second;
    for (const byte of bytes) {
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5bd1e995) ^ (second >>> 13);
    }
    this.#first = first;
    this.#second = second;
  }

  hex(): string {
    return (this.#first >>> 0).toString(16).padStart(8, "0") + (this.#second >>> 0).toString(16).padStart(8, "0");
  }
}
