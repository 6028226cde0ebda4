// Private keys of OpenSSH: made, turned into the numbers that the arithmetic takes and back, signing and checking with them (RFC 4253 section 6.6,
// RFC 8332, RFC 5656 section 3.1.2, RFC 8709 section 6).
import { type Blocking, concatBytes } from "../../kernel/sys.ts";
import { bytesOfNumber, numberOf } from "../kit/crypto/big-number.ts";
import { ed25519PublicKey, ed25519Sign, ed25519Verify } from "../kit/crypto/curve25519.ts";
import { type DsaPrivateKey, dsaSign, dsaVerify, makeDsa } from "../kit/crypto/dsa.ts";
import type { OpenKey, SecretKey } from "../kit/crypto/key-der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { ecdsaSign, ecdsaVerify, NIST_CURVES, type NistCurve, nistPublicKey, nistSecret } from "../kit/crypto/nist-curve.ts";
import { stockRsa } from "../kit/crypto/prime-stock.ts";
import { generateRsa, type RsaPrivateKey, rsaSign, rsaSteps, rsaVerify } from "../kit/crypto/rsa.ts";
import type { Pace, RandomPace } from "../kit/pace.ts";
import { FieldReader, field, mpint } from "./_fields.ts";
import { curveOfSshName, type KeyKind, plainKey, type PrivateKey, type PublicKey, sshCurveName, typeNameOf } from "./_key.ts";

type Random = (length: number) => Uint8Array;

/** A key with its parts named: those of kit/crypto and DSA's. */
export type Secret = SecretKey | { readonly kind: "dsa"; readonly dsa: DsaPrivateKey };

function ecdsaBlob(curve: NistCurve, point: Uint8Array): Uint8Array {
  return concatBytes([field(`ecdsa-sha2-${sshCurveName(curve)}`), field(sshCurveName(curve)), field(point)]);
}

function rsaForm({ n, e, d, p, q, coefficient }: RsaPrivateKey, comment: string): PrivateKey {
  return { kind: "rsa", comment, blob: concatBytes([field("ssh-rsa"), mpint(e), mpint(n)]), secret: concatBytes([n, e, d, coefficient, p, q].map(mpint)) };
}

/** The key as the file of OpenSSH holds it. */
export function sshForm(key: Secret, comment: string): PrivateKey {
  if (key.kind === "rsa") return rsaForm(key.rsa, comment);
  if (key.kind === "dsa") {
    const { p, q, g, y, x } = key.dsa;
    const shown = concatBytes([p, q, g, y].map(mpint));
    return { kind: "dsa", comment, blob: concatBytes([field("ssh-dss"), shown]), secret: concatBytes([shown, mpint(x)]) };
  }
  if (key.kind === "ec") return { kind: "ecdsa", comment, blob: ecdsaBlob(key.curve, key.point), secret: concatBytes([field(sshCurveName(key.curve)), field(key.point), mpint(key.secret)]) };
  return { kind: "ed25519", comment, blob: concatBytes([field("ssh-ed25519"), field(key.point)]), secret: concatBytes([field(key.point), field(concatBytes([key.seed, key.point]))]) };
}

/** Undefined when the fields are not those of its kind. */
export function secretOf(key: PrivateKey): Secret | undefined {
  const reader = new FieldReader(key.secret);
  if (key.kind === "ed25519") {
    const [point, both] = [reader.bytes(), reader.bytes()];
    return point === undefined || both?.length !== 64 ? undefined : { kind: "ed25519", point, seed: both.slice(0, 32) };
  }
  if (key.kind === "ecdsa") {
    const curve = curveOfSshName(reader.text());
    const [point, secret] = [reader.bytes(), reader.integer()];
    return curve === undefined || point === undefined || secret === undefined ? undefined : { kind: "ec", curve, point, secret };
  }
  if (key.kind === "dsa") {
    const [p = 0n, q = 0n, g = 0n, y = 0n, x] = Array.from({ length: 5 }, () => reader.integer());
    return x === undefined ? undefined : { kind: "dsa", dsa: { p, q, g, y, x } };
  }
  const [n = 0n, e = 0n, d = 0n, coefficient = 0n, p = 0n, q] = Array.from({ length: 6 }, () => reader.integer());
  return q === undefined ? undefined : { kind: "rsa", rsa: { n, e, d, p, q, coefficient } };
}

/** The public half for the formats of OpenSSL; undefined for DSA, which kit/crypto has no form of. */
export function openKeyOf(key: PublicKey): OpenKey | undefined {
  const reader = new FieldReader(plainKey(key).blob);
  const name = reader.text();
  if (key.kind === "ed25519") return { kind: "ed25519", point: reader.bytes() ?? new Uint8Array(0) };
  if (key.kind === "rsa") {
    const [e = 0n, n = 0n] = [reader.integer(), reader.integer()];
    return { kind: "rsa", rsa: { n, e } };
  }
  const curve = name === undefined || key.kind === "dsa" ? undefined : curveOfSshName(reader.text());
  return curve === undefined ? undefined : { kind: "ec", curve, point: reader.bytes() ?? new Uint8Array(0) };
}

export function sshFormOfOpenKey(key: OpenKey): PublicKey {
  if (key.kind === "rsa") return { kind: "rsa", comment: "", blob: concatBytes([field("ssh-rsa"), mpint(key.rsa.e), mpint(key.rsa.n)]) };
  if (key.kind === "ec") return { kind: "ecdsa", comment: "", blob: ecdsaBlob(key.curve, key.point) };
  return { kind: "ed25519", comment: "", blob: concatBytes([field("ssh-ed25519"), field(key.point)]) };
}

/** From bytes alone, without a search: an RSA key from the stock of primes, undefined for a size that it lacks. `bits` matters for RSA and ECDSA. */
export function keyFrom(kind: KeyKind, bits: number, comment: string, random: Random): PrivateKey | undefined {
  if (kind === "rsa") {
    const rsa = stockRsa(bits, random);
    return rsa === undefined ? undefined : rsaForm(rsa, comment);
  }
  if (kind === "dsa") return sshForm({ kind: "dsa", dsa: makeDsa(random) }, comment);
  if (kind === "ecdsa") {
    const curve = curveOfSshName(`nistp${bits}`) ?? NIST_CURVES[0];
    if (curve === undefined) return undefined;
    const secret = nistSecret(curve, random);
    return sshForm({ kind: "ec", curve, secret, point: nistPublicKey(curve, secret) }, comment);
  }
  const seed = random(32);
  return sshForm({ kind: "ed25519", seed, point: ed25519PublicKey(seed) }, comment);
}

/** Costs the virtual processor what the search for primes costs a real one, also where the stock answers. */
export function* makeKey(sys: RandomPace, kind: KeyKind, bits: number, comment: string): Blocking<PrivateKey> {
  const known = keyFrom(kind, bits, comment, (length) => sys.random(length));
  if (known === undefined) return rsaForm(yield* generateRsa(sys, bits), comment);
  if (sys.charge(kind === "rsa" ? Math.round((bits / 3072) ** 3 * 40_000) : 500)) yield* sys.preempt();
  return known;
}

/** The algorithm that a key signs with where nobody asks for another. */
function signatureAlgorithm(key: PublicKey): string {
  return key.kind === "rsa" ? "rsa-sha2-512" : typeNameOf(plainKey(key));
}

const RSA_DIGESTS = new Map([["rsa-sha2-512", "sha512"], ["rsa-sha2-256", "sha256"], ["ssh-rsa", "sha1"]]);
const ECDSA_DIGESTS = new Map([["nistp256", "sha256"], ["nistp384", "sha384"], ["nistp521", "sha512"]]);

/** The signature as the wire and files hold it: the algorithm's name and the numbers. */
export function* signWithKey(sys: Pace, key: PrivateKey, data: Uint8Array, algorithm = signatureAlgorithm(key)): Blocking<Uint8Array> {
  const secret = secretOf(key);
  if (sys.charge(secret?.kind === "rsa" ? rsaSteps(secret.rsa) : 500)) yield* sys.preempt();
  let numbers: Uint8Array = new Uint8Array(0);
  if (secret?.kind === "ed25519") numbers = ed25519Sign(secret.seed, data);
  else if (secret?.kind === "rsa") {
    const digest = RSA_DIGESTS.get(algorithm) ?? "sha512";
    numbers = rsaSign(secret.rsa, digest, digestOf(digest, data)) ?? numbers;
  } else if (secret?.kind === "ec") {
    const { r, s } = ecdsaSign(secret.curve, secret.secret, digestOf(ECDSA_DIGESTS.get(sshCurveName(secret.curve)) ?? "", data));
    numbers = concatBytes([mpint(r), mpint(s)]);
  } else if (secret?.kind === "dsa") {
    const { r, s } = dsaSign(secret.dsa, digestOf("sha1", data));
    numbers = concatBytes([bytesOfNumber(r, 20), bytesOfNumber(s, 20)]);
  }
  return concatBytes([field(algorithm), field(numbers)]);
}

function verifies(key: PublicKey, data: Uint8Array, algorithm: string, numbers: Uint8Array): boolean {
  if (key.kind === "dsa") {
    const reader = new FieldReader(plainKey(key).blob);
    reader.bytes();
    const [p = 0n, q = 0n, g = 0n, y = 0n] = Array.from({ length: 4 }, () => reader.integer());
    return algorithm === "ssh-dss" && numbers.length === 40 && dsaVerify({ p, q, g, y }, digestOf("sha1", data), { r: numberOf(numbers.subarray(0, 20)), s: numberOf(numbers.subarray(20)) });
  }
  const open = openKeyOf(key);
  if (open?.kind === "rsa") {
    const digest = RSA_DIGESTS.get(algorithm);
    return digest !== undefined && rsaVerify(open.rsa, digest, digestOf(digest, data), numbers);
  }
  if (open === undefined || algorithm !== typeNameOf(plainKey(key))) return false;
  if (open.kind === "ed25519") return ed25519Verify(open.point, data, numbers);
  const reader = new FieldReader(numbers);
  const [r = 0n, s = 0n] = [reader.integer(), reader.integer()];
  return ecdsaVerify(open.curve, open.point, digestOf(ECDSA_DIGESTS.get(sshCurveName(open.curve)) ?? "", data), { r, s });
}

export function* verifyWithKey(sys: Pace, key: PublicKey, data: Uint8Array, signature: Uint8Array): Blocking<boolean> {
  if (sys.charge(500)) yield* sys.preempt();
  const reader = new FieldReader(signature);
  const [algorithm, numbers] = [reader.text(), reader.bytes()];
  return algorithm !== undefined && numbers !== undefined && verifies(key, data, algorithm, numbers);
}
