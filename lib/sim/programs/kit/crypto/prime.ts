// Prime numbers for keys: a random start, a sieve by small primes, then the test of Miller and Rabin. The search pays for its work as it
// goes and gives way.
import type { Blocking } from "../../../kernel/sys.ts";
import type { RandomPace } from "../pace.ts";
import { numberOf, power } from "./big-number.ts";

let smallPrimes: readonly number[] | undefined;

/** Odd primes below 2^16. */
function sieve(): readonly number[] {
  if (smallPrimes !== undefined) return smallPrimes;
  const composite = new Uint8Array(65_536);
  const found: number[] = [];
  for (let n = 3; n < 65_536; n += 2) {
    if (composite[n] === 1) continue;
    found.push(n);
    for (let multiple = n * n; multiple < 65_536; multiple += 2 * n) composite[multiple] = 1;
  }
  smallPrimes = found;
  return found;
}

function passes(candidate: bigint, base: bigint): boolean {
  let odd = candidate - 1n;
  let twos = 0;
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    twos++;
  }
  let x = power(base, odd, candidate);
  if (x === 1n || x === candidate - 1n) return true;
  for (let i = 1; i < twos; i++) {
    x = (x * x) % candidate;
    if (x === candidate - 1n) return true;
  }
  return false;
}

const BASES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n] as const;

/** Of a random number or a key's factor; a chance of error far below that of the machine's. */
export function isPrime(candidate: bigint): boolean {
  if (candidate < 2n) return false;
  for (const base of BASES) {
    if (candidate === base) return true;
    if (candidate % base === 0n) return false;
  }
  return BASES.every((base) => passes(candidate, base));
}

const SPAN = 8192;

/** Exactly `bits` long with its two highest bits set, so that a product of two has their sum of bits. `tried` is called for each candidate that is tested. */
export function* randomPrime(sys: RandomPace, bits: number, tried?: (passed: boolean) => Blocking<void>): Blocking<bigint> {
  const mask = (1n << BigInt(bits)) - 1n;
  // a test takes about the cube of the length
  const cost = Math.max(20, Math.round((bits / 1024) ** 3 * 2500));
  for (;;) {
    const start = (numberOf(sys.random(Math.ceil(bits / 8))) & mask) | (3n << BigInt(bits - 2)) | 1n;
    const composite = new Uint8Array(SPAN);
    for (const prime of sieve()) {
      if (bits < 17 && BigInt(prime) * BigInt(prime) > start) break;
      const rest = Number(start % BigInt(prime));
      let at = rest === 0 ? 0 : prime - rest;
      if (at % 2 === 1) at += prime;
      for (at /= 2; at < SPAN; at += prime) composite[at] = 1;
    }
    if (sys.charge(3000)) yield* sys.preempt();
    for (let i = 0; i < SPAN; i++) {
      if (composite[i] === 1) continue;
      const candidate = start + BigInt(2 * i);
      if (candidate > mask) break;
      if (sys.charge(cost)) yield* sys.preempt();
      const passed = passes(candidate, 2n);
      if (tried !== undefined) yield* tried(passed);
      // random candidates: few rounds are enough (FIPS 186-4, appendix C.3)
      if (passed && [3n, 5n, 7n].every((base) => passes(candidate, base))) return candidate;
    }
  }
}
