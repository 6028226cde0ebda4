// random: the Mersenne Twister (MT19937, Matsumoto and Nishimura 1998) seeded as CPython seeds it, so that a seeded program gets the numbers that it gets anywhere.

import { Sha512 } from "../../kit/digest/sha512.ts";
import { declareFunctions } from "../objects/declare.ts";
import { typeError, valueError } from "../objects/exception.ts";
import * as int from "../objects/number.ts";
import { encode } from "../../../kernel/sys.ts";
import { begin, newType, PyBuiltin, PyBytes, type PyClass, PyFloat, PyInstance, PyTuple, type Run, settle, types, type Value } from "../objects/value.ts";
import { hash } from "../vm/hash.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";
import { source } from "./python/random.ts";

const N = 624;
const M = 397;

class Twister {
  readonly state = new Uint32Array(N);
  index = N;

  seedWord(seed: number): void {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const previous = this.state[i - 1] as number;
      this.state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.index = N;
  }

  seedArray(key: readonly number[]): void {
    this.seedWord(19650218);
    const { state } = this;
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      const previous = state[i - 1] as number;
      state[i] = ((state[i] as number) ^ Math.imul(previous ^ (previous >>> 30), 1664525)) + (key[j] as number) + j;
      i++;
      j++;
      if (i >= N) {
        state[0] = state[N - 1] as number;
        i = 1;
      }
      if (j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      const previous = state[i - 1] as number;
      state[i] = ((state[i] as number) ^ Math.imul(previous ^ (previous >>> 30), 1566083941)) - i;
      i++;
      if (i >= N) {
        state[0] = state[N - 1] as number;
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  next(): number {
    const { state } = this;
    if (this.index >= N) {
      for (let k = 0; k < N; k++) {
        const y = ((state[k] as number) & 0x80000000) | ((state[(k + 1) % N] as number) & 0x7fffffff);
        state[k] = (state[(k + M) % N] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.index = 0;
    }
    let y = state[this.index++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  real(): number {
    const a = this.next() >>> 5;
    const b = this.next() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}

function digestOf(bytes: Uint8Array): Uint8Array {
  const hasher = new Sha512();
  hasher.update(bytes);
  return hasher.digest();
}

class PyTwister extends PyInstance {
  readonly twister = new Twister();
}

function* seed(vm: Vm, self: PyTwister, given: Value): Run<Value> {
  let value: Value = given;
  if (value === null) {
    const bytes = vm.sys.random(32);
    self.twister.seedArray(Array.from({ length: 8 }, (_, i) => ((bytes[4 * i] ?? 0) | ((bytes[4 * i + 1] ?? 0) << 8) | ((bytes[4 * i + 2] ?? 0) << 16) | ((bytes[4 * i + 3] ?? 0) << 24)) >>> 0));
    return null;
  }
  if (typeof value === "string" || value instanceof PyBytes) {
    const bytes = typeof value === "string" ? encode(value) : value.bytes;
    let number = 0n;
    for (const byte of [...bytes, ...digestOf(bytes)]) number = (number << 8n) | BigInt(byte);
    value = int.normalInt(number);
  } else if (value instanceof PyFloat) value = yield* settle(hash(vm, value));
  else if (typeof value === "boolean") value = value ? 1 : 0;
  else if (typeof value !== "number" && typeof value !== "bigint") throw typeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.");
  let rest = BigInt(value as number | bigint);
  if (rest < 0n) rest = -rest;
  const key: number[] = [];
  do {
    key.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  self.twister.seedArray(key);
  return null;
}

const twisterType: PyClass = newType("Random", "_random", (vm, cls, args) => begin((function* (): Run<Value> {
  const self = new PyTwister(cls);
  yield* seed(vm, self, args[0] ?? null);
  return self;
})()));
twisterType.hasDict = true;

function method(name: string, run: (vm: Vm, self: PyTwister, argument: Value) => Value | ReturnType<typeof begin<Value>>): void {
  twisterType.members.set(name, new PyBuiltin(types.methodDescriptor, name, (vm, args) => run(vm, args[0] as PyTwister, args[1] ?? null), `Random.${name}`, undefined, twisterType));
}
method("random", (_vm, self) => new PyFloat(self.twister.real()));
method("seed", (vm, self, argument) => begin(seed(vm, self, argument)));
method("getrandbits", (vm, self, argument) => begin((function* (): Run<Value> {
  const bits = Number(yield* needIndex(vm, argument));
  if (bits < 0) throw valueError("number of bits must be non-negative");
  if (bits === 0) return 0;
  if (bits <= 32) return self.twister.next() >>> (32 - bits);
  let value = 0n;
  for (let done = 0; done < bits; done += 32) {
    const left = bits - done;
    const word = left < 32 ? self.twister.next() >>> (32 - left) : self.twister.next();
    value |= BigInt(word) << BigInt(done);
    vm.spend(1);
  }
  return int.normalInt(value);
})()));
method("getstate", (_vm, self) => new PyTuple([...self.twister.state, self.twister.index]));
method("setstate", (_vm, self, argument) => {
  if (!(argument instanceof PyTuple) || argument.items.length !== N + 1) throw valueError("state vector is the wrong size");
  argument.items.slice(0, N).forEach((word, i) => {
    self.twister.state[i] = Number(word);
  });
  self.twister.index = Number(argument.items[N]);
  return null;
});

registerModule("_random", { names: () => new Map<string, Value>([["Random", twisterType]]) });
registerModule("random", { source, names: () => declareFunctions({ "_urandom(n, /)": (vm, n: number) => new PyBytes(vm.sys.random(n)) }) });

