// Public key packets (RFC 4880, section 5.5.2; RFC 6637 and draft-ietf-openpgp-rfc4880bis for the curves) and what they can do.
import { concatBytes } from "../../../kernel/sys.ts";
import { bitLength, bytesOfNumber, numberOf } from "../crypto/big-number.ts";
import { ed25519Verify } from "../crypto/curve25519.ts";
import { digestOf } from "../crypto/named-digest.ts";
import { curveNamed, ecdsaVerify } from "../crypto/nist-curve.ts";
import { rsaVerify } from "../crypto/rsa.ts";
import { toHex } from "../digest/hasher.ts";
import { BadPacket, type BodyReader, mpi, uint32 } from "./packet.ts";

export const ALGORITHM = { RSA: 1, ELGAMAL: 16, DSA: 17, ECDH: 18, ECDSA: 19, EDDSA: 22 } as const;

/** number -> name of kit/crypto */
const HASHES = new Map([[1, "md5"], [2, "sha1"], [3, "rmd160"], [8, "sha256"], [9, "sha384"], [10, "sha512"], [11, "sha224"]]);

export function hashName(number: number): string | undefined {
  return HASHES.get(number);
}

interface CurveFacts {
  readonly name: string;
  /** as GnuPG lists keys of it */
  readonly shown: string;
  readonly bits: number;
  readonly oid: Uint8Array;
  readonly dotted: string;
  readonly nist?: string;
}

const CURVES: readonly CurveFacts[] = [
  { name: "Ed25519", shown: "ed25519", bits: 255, dotted: "1.3.6.1.4.1.11591.15.1", oid: Uint8Array.of(0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01) },
  { name: "Curve25519", shown: "cv25519", bits: 255, dotted: "1.3.6.1.4.1.3029.1.5.1", oid: Uint8Array.of(0x2b, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01) },
  { name: "NIST P-256", shown: "nistp256", bits: 256, dotted: "1.2.840.10045.3.1.7", oid: Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07), nist: "P-256" },
  { name: "NIST P-384", shown: "nistp384", bits: 384, dotted: "1.3.132.0.34", oid: Uint8Array.of(0x2b, 0x81, 0x04, 0x00, 0x22), nist: "P-384" },
  { name: "NIST P-521", shown: "nistp521", bits: 521, dotted: "1.3.132.0.35", oid: Uint8Array.of(0x2b, 0x81, 0x04, 0x00, 0x23), nist: "P-521" },
];

export function curveCalled(shown: string): CurveFacts | undefined {
  return CURVES.find((curve) => curve.shown === shown.toLowerCase() || curve.name === shown);
}

export interface PublicKeyPacket {
  readonly body: Uint8Array;
  readonly createdSeconds: number;
  readonly algorithm: number;
  /** RSA: n, e. DSA and Elgamal: theirs. Curves: the point as a number (04... or 40...) */
  readonly numbers: readonly bigint[];
  readonly curve: CurveFacts | undefined;
  /** ECDH: hash and cipher of its key derivation */
  readonly kdf: readonly [hash: number, cipher: number] | undefined;
  /** twenty bytes */
  readonly fingerprint: Uint8Array;
}

function fingerprintOf(body: Uint8Array): Uint8Array {
  return digestOf("sha1", Uint8Array.of(0x99, body.length >> 8, body.length & 255), body);
}

const COUNTS = new Map<number, number>([[ALGORITHM.RSA, 2], [2, 2], [3, 2], [ALGORITHM.ELGAMAL, 3], [ALGORITHM.DSA, 4]]);

/** Reads the public part; the reader stands behind it afterwards. Throws BadPacket. */
export function readPublicKey(reader: BodyReader): PublicKeyPacket {
  const start = reader.at;
  if (reader.byte() !== 4) throw new BadPacket("unknown version of a key");
  const createdSeconds = reader.uint32();
  const algorithm = reader.byte();
  const numbers: bigint[] = [];
  let curve: CurveFacts | undefined;
  let kdf: readonly [number, number] | undefined;
  const count = COUNTS.get(algorithm);
  if (count !== undefined) for (let i = 0; i < count; i++) numbers.push(reader.mpi());
  else if (algorithm === ALGORITHM.ECDH || algorithm === ALGORITHM.ECDSA || algorithm === ALGORITHM.EDDSA) {
    const oid = toHex(reader.take(reader.byte()));
    curve = CURVES.find((one) => toHex(one.oid) === oid);
    numbers.push(reader.mpi());
    if (algorithm === ALGORITHM.ECDH) {
      const parameters = reader.take(reader.byte());
      kdf = [parameters[1] ?? 8, parameters[2] ?? 7];
    }
  } else throw new BadPacket("unknown algorithm");
  const body = reader.bytes.slice(start, reader.at);
  return { body, createdSeconds, algorithm, numbers, curve, kdf, fingerprint: fingerprintOf(body) };
}

/** The body of a new key's packet. */
export function publicKeyBody(createdSeconds: number, algorithm: number, numbers: readonly bigint[], curve?: CurveFacts): Uint8Array {
  const head = concatBytes([Uint8Array.of(4), uint32(createdSeconds), Uint8Array.of(algorithm)]);
  if (curve === undefined) return concatBytes([head, ...numbers.map(mpi)]);
  const kdf = algorithm !== ALGORITHM.ECDH ? new Uint8Array(0) : curve.bits <= 256 ? Uint8Array.of(3, 1, 8, 7) : curve.bits <= 384 ? Uint8Array.of(3, 1, 9, 8) : Uint8Array.of(3, 1, 10, 9);
  return concatBytes([head, Uint8Array.of(curve.oid.length), curve.oid, ...numbers.map(mpi), kdf]);
}

export function keyBits(key: PublicKeyPacket): number {
  return key.curve?.bits ?? bitLength(key.numbers[0] ?? 0n);
}

/** "rsa3072", "ed25519" */
export function keyLabel(key: PublicKeyPacket): string {
  if (key.curve !== undefined) return key.curve.shown;
  const word = key.algorithm === ALGORITHM.ELGAMAL ? "elg" : key.algorithm === ALGORITHM.DSA ? "dsa" : "rsa";
  return `${word}${keyBits(key)}`;
}

/** As messages name the algorithm. */
export function algorithmName(algorithm: number): string {
  return new Map<number, string>([[ALGORITHM.RSA, "RSA"], [ALGORITHM.ELGAMAL, "ELG"], [ALGORITHM.DSA, "DSA"], [ALGORITHM.ECDH, "ECDH"], [ALGORITHM.ECDSA, "ECDSA"], [ALGORITHM.EDDSA, "EDDSA"]]).get(algorithm) ?? "?";
}

export function fingerprintText(key: PublicKeyPacket): string {
  return toHex(key.fingerprint).toUpperCase();
}

/** Sixteen hexadecimal digits. */
export function keyIdText(key: PublicKeyPacket): string {
  return fingerprintText(key).slice(-16);
}

/** The point without its leading byte. */
export function pointBytes(key: PublicKeyPacket): Uint8Array {
  return bytesOfNumber(key.numbers[0] ?? 0n).slice(1);
}

const P25519 = (1n << 255n) - 19n;
const N25519 = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn;

/** The name of the secret key's file: a digest over the numbers alone (libgcrypt's gcry_pk_get_keygrip). */
export function keygrip(key: PublicKeyPacket): string {
  const unsigned = (value: bigint): Uint8Array => bytesOfNumber(value);
  if (key.curve === undefined) {
    const n = unsigned(key.numbers[0] ?? 0n);
    const signed = ((n[0] ?? 0) & 0x80) === 0 ? n : concatBytes([Uint8Array.of(0), n]);
    return toHex(digestOf("sha1", signed)).toUpperCase();
  }
  const item = (name: string, value: Uint8Array): Uint8Array => {
    const head = `(1:${name}${value.length}:`;
    return concatBytes([Uint8Array.from(head, (c) => c.charCodeAt(0)), value, Uint8Array.of(0x29)]);
  };
  const parts: [string, Uint8Array][] = [];
  const nist = key.curve.nist === undefined ? undefined : curveNamed(key.curve.nist);
  if (nist !== undefined) {
    const base = concatBytes([Uint8Array.of(4), bytesOfNumber(nist.x, nist.bytes), bytesOfNumber(nist.y, nist.bytes)]);
    parts.push(["p", unsigned(nist.p)], ["a", unsigned(nist.p - 3n)], ["b", unsigned(nist.b)], ["g", base], ["n", unsigned(nist.order)], ["q", unsigned(key.numbers[0] ?? 0n)]);
  } else if (key.curve.shown === "ed25519") {
    parts.push(
      ["p", unsigned(P25519)], ["a", Uint8Array.of(1)], ["b", unsigned(0x2dfc9311d490018c7338bf8688861767ff8ff5b2bebe27548a14b235eca6874an)],
      ["g", unsigned(0x04216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a6666666666666666666666666666666666666666666666666666666666666658n)],
      ["n", unsigned(N25519)], ["q", pointBytes(key)],
    );
  } else {
    parts.push(
      ["p", unsigned(P25519)], ["a", Uint8Array.of(1, 0xdb, 0x41)], ["b", Uint8Array.of(1)],
      ["g", unsigned(0x04000000000000000000000000000000000000000000000000000000000000000920ae19a1b8a086b4e01edd2c7748d14c923d4d7e6d7c61b229e9c5a27eced3d9n)],
      ["n", unsigned(N25519)], ["q", pointBytes(key)],
    );
  }
  return toHex(digestOf("sha1", ...parts.map(([name, value]) => item(name, value)))).toUpperCase();
}

/** Whether the numbers of a signature fit a digest. */
export function verifies(key: PublicKeyPacket, hash: number, digest: Uint8Array, numbers: readonly bigint[]): boolean {
  const name = hashName(hash);
  const [first = 0n, second = 0n] = numbers;
  if (name === undefined) return false;
  if (key.algorithm <= 3) return rsaVerify({ n: key.numbers[0] ?? 0n, e: key.numbers[1] ?? 0n }, name, digest, bytesOfNumber(first));
  if (key.algorithm === ALGORITHM.EDDSA) return ed25519Verify(pointBytes(key), digest, concatBytes([bytesOfNumber(first, 32), bytesOfNumber(second, 32)]));
  const curve = key.curve?.nist === undefined ? undefined : curveNamed(key.curve.nist);
  return curve !== undefined && ecdsaVerify(curve, bytesOfNumber(key.numbers[0] ?? 0n), digest, { r: first, s: second });
}

/** What a verification costs. */
export function verifySteps(key: PublicKeyPacket): number {
  return key.curve === undefined ? 400 : 5000;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

export const numberOfPoint = (lead: number, point: Uint8Array): bigint => numberOf(concatBytes([Uint8Array.of(lead), point]));
