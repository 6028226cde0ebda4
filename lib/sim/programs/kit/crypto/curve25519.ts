// Ed25519 (RFC 8032) and X25519 (RFC 7748): signatures and shared secrets on one curve.
import { concatBytes } from "../../../kernel/sys.ts";
import { Sha512 } from "../digest/sha512.ts";
import { inverse, littleEndian, mod, numberOfLittleEndian, power } from "./big-number.ts";

const P = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const D = mod(-121665n * (inverse(121666n, P) ?? 0n), P);
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n, P);

interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

const NEUTRAL: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

function add(one: Point, other: Point): Point {
  const a = mod((one.y - one.x) * (other.y - other.x), P);
  const b = mod((one.y + one.x) * (other.y + other.x), P);
  const c = mod(2n * one.t * other.t * D, P);
  const d = mod(2n * one.z * other.z, P);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: mod(e * f, P), y: mod(g * h, P), z: mod(f * g, P), t: mod(e * h, P) };
}

function double({ x, y, z }: Point): Point {
  const a = (x * x) % P;
  const b = (y * y) % P;
  const c = (2n * z * z) % P;
  const h = a + b;
  const e = h - (((x + y) * (x + y)) % P);
  const g = a - b;
  const f = c + g;
  return { x: mod(e * f, P), y: mod(g * h, P), z: mod(f * g, P), t: mod(e * h, P) };
}

function recoverX(y: bigint, odd: boolean): bigint | undefined {
  if (y >= P) return undefined;
  const square = mod((y * y - 1n) * (inverse(mod(D * y * y + 1n, P), P) ?? 0n), P);
  if (square === 0n) return odd ? undefined : 0n;
  let x = power(square, (P + 3n) / 8n, P);
  if (mod(x * x - square, P) !== 0n) x = (x * SQRT_MINUS_ONE) % P;
  if (mod(x * x - square, P) !== 0n) return undefined;
  return ((x & 1n) === 1n) === odd ? x : P - x;
}

const BASE_Y = mod(4n * (inverse(5n, P) ?? 0n), P);
const BASE_X = recoverX(BASE_Y, false) ?? 0n;
const BASE: Point = { x: BASE_X, y: BASE_Y, z: 1n, t: mod(BASE_X * BASE_Y, P) };

/** base * 2^(4i) * digit for each place of a number in base 16: made once. */
let baseTable: readonly (readonly Point[])[] | undefined;

function timesBase(scalar: bigint): Point {
  if (baseTable === undefined) {
    const rows: Point[][] = [];
    let power16 = BASE;
    for (let i = 0; i < 64; i++) {
      const row = [NEUTRAL];
      for (let digit = 1; digit < 16; digit++) row.push(add(row[digit - 1] ?? NEUTRAL, power16));
      rows.push(row);
      power16 = add(row[15] ?? NEUTRAL, power16);
    }
    baseTable = rows;
  }
  let result = NEUTRAL;
  let rest = scalar;
  for (const row of baseTable) {
    const digit = Number(rest & 15n);
    if (digit !== 0) result = add(result, row[digit] ?? NEUTRAL);
    rest >>= 4n;
  }
  return result;
}

function times(scalar: bigint, point: Point): Point {
  let result = NEUTRAL;
  for (const bit of scalar.toString(2)) {
    result = double(result);
    if (bit === "1") result = add(result, point);
  }
  return result;
}

function compressed({ x, y, z }: Point): Uint8Array {
  const reciprocal = inverse(z, P) ?? 0n;
  const affineX = mod(x * reciprocal, P);
  return littleEndian(mod(y * reciprocal, P) | ((affineX & 1n) << 255n), 32);
}

function decompressed(bytes: Uint8Array): Point | undefined {
  if (bytes.length !== 32) return undefined;
  const value = numberOfLittleEndian(bytes);
  const y = value & ((1n << 255n) - 1n);
  const x = recoverX(y, value >> 255n === 1n);
  return x === undefined ? undefined : { x, y, z: 1n, t: mod(x * y, P) };
}

function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  const hasher = new Sha512();
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}

function clamped(bytes: Uint8Array): bigint {
  const copy = bytes.slice(0, 32);
  copy[0] = (copy[0] ?? 0) & 248;
  copy[31] = ((copy[31] ?? 0) & 127) | 64;
  return numberOfLittleEndian(copy);
}

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return compressed(timesBase(clamped(sha512(seed)) % ORDER));
}

export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const hash = sha512(seed);
  const scalar = clamped(hash);
  const publicKey = compressed(timesBase(scalar % ORDER));
  const nonce = numberOfLittleEndian(sha512(hash.subarray(32), message)) % ORDER;
  const r = compressed(timesBase(nonce));
  const challenge = numberOfLittleEndian(sha512(r, publicKey, message)) % ORDER;
  return concatBytes([r, littleEndian((nonce + challenge * scalar) % ORDER, 32)]);
}

export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const a = decompressed(publicKey);
  const r = decompressed(signature.slice(0, 32));
  const s = numberOfLittleEndian(signature.slice(32, 64));
  if (a === undefined || r === undefined || signature.length !== 64 || s >= ORDER) return false;
  const challenge = numberOfLittleEndian(sha512(signature.subarray(0, 32), publicKey, message)) % ORDER;
  const left = timesBase(s);
  const right = add(r, times(challenge, a));
  return mod(left.x * right.z - right.x * left.z, P) === 0n && mod(left.y * right.z - right.y * left.z, P) === 0n;
}

/** The shared secret, or with `point` undefined the public key. */
export function x25519(secret: Uint8Array, point?: Uint8Array): Uint8Array {
  const scalar = clamped(secret);
  const u = point === undefined ? 9n : numberOfLittleEndian(point) & ((1n << 255n) - 1n);
  let [x2, z2, x3, z3] = [1n, 0n, u, 1n];
  let swapped = false;
  for (let i = 254n; i >= 0n; i--) {
    const bit = ((scalar >> i) & 1n) === 1n;
    if (bit !== swapped) [x2, x3, z2, z3] = [x3, x2, z3, z2];
    swapped = bit;
    const a = x2 + z2;
    const b = x2 - z2;
    const aa = (a * a) % P;
    const bb = (b * b) % P;
    const e = aa - bb;
    const da = ((x3 - z3) * a) % P;
    const cb = ((x3 + z3) * b) % P;
    x3 = ((da + cb) * (da + cb)) % P;
    z3 = (u * (((da - cb) * (da - cb)) % P)) % P;
    x2 = (aa * bb) % P;
    z2 = mod(e * (aa + 121665n * e), P);
  }
  if (swapped) [x2, z2] = [x3, z3];
  return littleEndian(mod(x2 * (inverse(z2, P) ?? 0n), P), 32);
}
