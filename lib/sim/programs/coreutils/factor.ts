import type { Blocking, Sys } from "../../kernel/sys.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "factor",
  summary: "split numbers into their prime factors",
  synopsis: ["[NUMBER]...", "OPTION"],
  description: ["Numbers come from standard input when none is given."],
  options: {},
  operands: "none",
  *run({ operands, sys }, io: Io) {
    const one = function* (text: string): Blocking<void> {
      const match = /^\s*\+?(\d+)\s*$/.exec(text);
      if (!match) {
        yield* io.fail(`${io.quote(text)} is not a valid positive integer`);
        return;
      }
      const value = BigInt(match[1] ?? "0");
      const factors = yield* factorsOf(value, sys);
      io.out.put(`${value}:${factors.map((factor) => ` ${factor}`).join("")}\n`);
      if (io.out.full) yield* io.out.flush();
    };
    for (const operand of operands) yield* one(operand);
    if (operands.length > 0) return;
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) return;
      for (const line of lines) for (const word of line.split(/\s+/)) if (word !== "") yield* one(textOfLatin1(word));
    }
  },
});

const SMALL_PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/** Ascending, repeated as often as they divide. */
export function* factorsOf(value: bigint, sys: Sys): Blocking<bigint[]> {
  if (value < 2n) return [];
  const factors: bigint[] = [];
  let rest = value;
  for (const small of SMALL_PRIMES) {
    const prime = BigInt(small);
    while (rest % prime === 0n) {
      factors.push(prime);
      rest /= prime;
    }
  }
  if (rest < 10n ** 12n) {
    let number = Number(rest);
    for (let divisor = 41; divisor * divisor <= number; divisor += 2) {
      while (number % divisor === 0) {
        factors.push(BigInt(divisor));
        number /= divisor;
      }
    }
    if (sys.charge(100)) yield* sys.preempt();
    if (number > 1) factors.push(BigInt(number));
    return factors;
  }
  const pending = [rest];
  while (pending.length > 0) {
    const number = pending.pop() ?? 1n;
    if (number === 1n) continue;
    if (isPrime(number)) {
      factors.push(number);
      continue;
    }
    const divisor = yield* pollard(number, sys);
    pending.push(divisor, number / divisor);
  }
  return factors.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Miller and Rabin's test with the first twelve primes: certain below 3.3e24. */
function isPrime(number: bigint): boolean {
  let odd = number - 1n;
  let twos = 0;
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    twos++;
  }
  for (const small of SMALL_PRIMES) {
    if (number === BigInt(small)) return true;
    let x = power(BigInt(small), odd, number);
    if (x === 1n || x === number - 1n) continue;
    let composite = true;
    for (let i = 1; i < twos && composite; i++) {
      x = (x * x) % number;
      if (x === number - 1n) composite = false;
    }
    if (composite) return false;
  }
  return true;
}

/** A proper divisor of a composite odd number (Pollard's rho, Brent's cycle finding). */
function* pollard(number: bigint, sys: Sys): Blocking<bigint> {
  for (let constant = 1n; ; constant++) {
    let slow = 2n;
    let fast = 2n;
    let product = 1n;
    for (let round = 1; ; round++) {
      slow = (slow * slow + constant) % number;
      fast = (fast * fast + constant) % number;
      fast = (fast * fast + constant) % number;
      const difference = slow > fast ? slow - fast : fast - slow;
      if (difference === 0n) break;
      product = (product * difference) % number;
      if (round % 64 === 0 || product === 0n) {
        if (sys.charge(64)) yield* sys.preempt();
        const divisor = gcd(product === 0n ? difference : product, number);
        if (divisor !== 1n && divisor !== number) return divisor;
        if (divisor === number) break;
      }
    }
    // The whole cycle may have passed between two looks: once more, one by one.
    slow = 2n;
    fast = 2n;
    for (;;) {
      slow = (slow * slow + constant) % number;
      fast = (fast * fast + constant) % number;
      fast = (fast * fast + constant) % number;
      if (sys.charge(1)) yield* sys.preempt();
      const divisor = gcd(slow > fast ? slow - fast : fast - slow, number);
      if (divisor === number) break;
      if (divisor > 1n) return divisor;
    }
  }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
