// The curves P-256, P-384 and P-521 (FIPS 186-4, appendix D.1.2) and ECDSA on them; nonces as RFC 6979 makes them from key and message.
import { concatBytes } from "../../../kernel/sys.ts";
import { bitLength, bytesOfNumber, inverse, mod, numberOf } from "./big-number.ts";
import { hmac } from "./hmac.ts";

export interface NistCurve {
  /** as OpenSSL names it */
  readonly name: string;
  readonly nistName: string;
  readonly p: bigint;
  readonly b: bigint;
  readonly order: bigint;
  readonly x: bigint;
  readonly y: bigint;
  /** bytes of a coordinate */
  readonly bytes: number;
}

const P256: NistCurve = {
  name: "prime256v1", nistName: "P-256", bytes: 32,
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

const P384: NistCurve = {
  name: "secp384r1", nistName: "P-384", bytes: 48,
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
  y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
};

const P521: NistCurve = {
  name: "secp521r1", nistName: "P-521", bytes: 66,
  p: (1n << 521n) - 1n,
  b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  order: 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  x: 0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
  y: 0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
};

export const NIST_CURVES: readonly NistCurve[] = [P256, P384, P521];

/** By either name. */
export function curveNamed(name: string): NistCurve | undefined {
  return NIST_CURVES.find((curve) => curve.name === name || curve.nistName === name);
}

interface Jacobian {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

const NOWHERE: Jacobian = { x: 1n, y: 1n, z: 0n };

function double({ p }: NistCurve, { x, y, z }: Jacobian): Jacobian {
  if (z === 0n) return NOWHERE;
  const delta = (z * z) % p;
  const gamma = (y * y) % p;
  const beta = (x * gamma) % p;
  const alpha = mod(3n * (x - delta) * (x + delta), p);
  const x3 = mod(alpha * alpha - 8n * beta, p);
  return { x: x3, z: mod((y + z) * (y + z) - gamma - delta, p), y: mod(alpha * (4n * beta - x3) - 8n * gamma * gamma, p) };
}

function add(curve: NistCurve, one: Jacobian, other: Jacobian): Jacobian {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const { p } = curve;
  const z1 = (one.z * one.z) % p;
  const z2 = (other.z * other.z) % p;
  const u1 = (one.x * z2) % p;
  const u2 = (other.x * z1) % p;
  const s1 = (((one.y * other.z) % p) * z2) % p;
  const s2 = (((other.y * one.z) % p) * z1) % p;
  if (u1 === u2) return s1 === s2 ? double(curve, one) : NOWHERE;
  const h = mod(u2 - u1, p);
  const r = mod(s2 - s1, p);
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x = mod(r * r - hhh - 2n * v, p);
  return { x, y: mod(r * (v - x) - s1 * hhh, p), z: (((h * one.z) % p) * other.z) % p };
}

function times(curve: NistCurve, scalar: bigint, point: Jacobian): Jacobian {
  let result = NOWHERE;
  for (const bit of scalar.toString(2)) {
    result = double(curve, result);
    if (bit === "1") result = add(curve, result, point);
  }
  return result;
}

function affine({ p }: NistCurve, { x, y, z }: Jacobian): { readonly x: bigint; readonly y: bigint } | undefined {
  const reciprocal = z === 0n ? undefined : inverse(z, p);
  if (reciprocal === undefined) return undefined;
  const square = (reciprocal * reciprocal) % p;
  return { x: (x * square) % p, y: (((y * square) % p) * reciprocal) % p };
}

const baseOf = ({ x, y }: NistCurve): Jacobian => ({ x, y, z: 1n });

/** Uncompressed: 04, x, y (SEC 1, section 2.3.3). */
export function nistPublicKey(curve: NistCurve, secret: bigint): Uint8Array {
  const point = affine(curve, times(curve, secret, baseOf(curve))) ?? { x: 0n, y: 0n };
  return concatBytes([Uint8Array.of(4), bytesOfNumber(point.x, curve.bytes), bytesOfNumber(point.y, curve.bytes)]);
}

/** Undefined when it is no point of the curve. */
function pointOf({ p, b, bytes }: NistCurve, encoded: Uint8Array): Jacobian | undefined {
  if (encoded[0] !== 4 || encoded.length !== 1 + 2 * bytes) return undefined;
  const x = numberOf(encoded.subarray(1, 1 + bytes));
  const y = numberOf(encoded.subarray(1 + bytes));
  return mod(y * y - (x * x * x - 3n * x + b), p) === 0n ? { x, y, z: 1n } : undefined;
}

export function nistSecret(curve: NistCurve, random: (length: number) => Uint8Array): bigint {
  for (;;) {
    const value = numberOf(random(curve.bytes)) & ((1n << BigInt(bitLength(curve.order))) - 1n);
    if (value > 0n && value < curve.order) return value;
  }
}

/** The x coordinate that both sides share (ECDH); undefined for a wrong point. */
export function nistShared(curve: NistCurve, secret: bigint, publicKey: Uint8Array): Uint8Array | undefined {
  const point = pointOf(curve, publicKey);
  const shared = point === undefined ? undefined : affine(curve, times(curve, secret, point));
  return shared === undefined ? undefined : bytesOfNumber(shared.x, curve.bytes);
}

/** The leftmost bits of a digest, as many as the order has. */
function truncated({ order }: NistCurve, digest: Uint8Array): bigint {
  const excess = digest.length * 8 - bitLength(order);
  const value = numberOf(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

function* nonces(curve: NistCurve, secret: bigint, digest: Uint8Array): Generator<bigint, never> {
  const { order } = curve;
  const length = Math.ceil(bitLength(order) / 8);
  const seed = concatBytes([bytesOfNumber(secret, length), bytesOfNumber(truncated(curve, digest) % order, length)]);
  let key: Uint8Array = new Uint8Array(32);
  let value: Uint8Array = new Uint8Array(32).fill(1);
  for (const step of [0, 1]) {
    key = hmac("sha256", key, concatBytes([value, Uint8Array.of(step), seed]));
    value = hmac("sha256", key, value);
  }
  for (;;) {
    let made: Uint8Array = new Uint8Array(0);
    while (made.length < length) {
      value = hmac("sha256", key, value);
      made = concatBytes([made, value]);
    }
    const nonce = truncated(curve, made.subarray(0, length));
    if (nonce > 0n && nonce < order) yield nonce;
    key = hmac("sha256", key, concatBytes([value, Uint8Array.of(0)]));
    value = hmac("sha256", key, value);
  }
}

export function ecdsaSign(curve: NistCurve, secret: bigint, digest: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const { order } = curve;
  const message = truncated(curve, digest);
  for (const nonce of nonces(curve, secret, digest)) {
    const r = (affine(curve, times(curve, nonce, baseOf(curve)))?.x ?? 0n) % order;
    const s = mod((inverse(nonce, order) ?? 0n) * (message + r * secret), order);
    if (r !== 0n && s !== 0n) return { r, s };
  }
  return { r: 0n, s: 0n };
}

export function ecdsaVerify(curve: NistCurve, publicKey: Uint8Array, digest: Uint8Array, { r, s }: { readonly r: bigint; readonly s: bigint }): boolean {
  const { order } = curve;
  const point = pointOf(curve, publicKey);
  if (point === undefined || r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const reciprocal = inverse(s, order) ?? 0n;
  const sum = add(curve, times(curve, mod(truncated(curve, digest) * reciprocal, order), baseOf(curve)), times(curve, mod(r * reciprocal, order), point));
  return mod(affine(curve, sum)?.x ?? -1n, order) === r;
}
