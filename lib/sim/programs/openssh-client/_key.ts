// Keys of OpenSSH: what the files hold (PROTOCOL.key of OpenSSH, RFC 4253 section 6.6), fingerprints and the randomart picture.
// The numbers are well formed and belong together (an RSA modulus is the product of its factors), but nobody could open a real
// connection with them: factors are not proven prime and public points are derived by a digest. In the simulation a key proves
// itself by its private file.
import { concatBytes, decode, encode } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { Sha256 } from "../kit/digest/sha256.ts";
import { Sha512 } from "../kit/digest/sha512.ts";
import { type Hasher, toHex } from "../kit/digest/hasher.ts";

export type KeyKind = "rsa" | "dsa" | "ecdsa" | "ed25519";

export interface PublicKey {
  readonly kind: KeyKind;
  /** as on the wire: the type's name, then its numbers */
  readonly blob: Uint8Array;
  readonly comment: string;
}

export interface PrivateKey extends PublicKey {
  /** the private section's fields behind the public ones, as the file holds them */
  readonly secret: Uint8Array;
}

const typeNames: Record<KeyKind, string> = { rsa: "ssh-rsa", dsa: "ssh-dss", ecdsa: "ecdsa-sha2-nistp256", ed25519: "ssh-ed25519" };

export function typeName(kind: KeyKind): string {
  return typeNames[kind];
}

export function kindOfTypeName(name: string): KeyKind | undefined {
  for (const kind of ["rsa", "dsa", "ecdsa", "ed25519"] as const) if (typeNames[kind] === name) return kind;
  return undefined;
}

/** "RSA", "DSA", "ECDSA", "ED25519" */
export function shownKind(kind: KeyKind): string {
  return kind.toUpperCase();
}

function digestOf(hasher: Hasher, ...parts: readonly Uint8Array[]): Uint8Array {
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}

function field(bytes: Uint8Array | string): Uint8Array {
  const body = typeof bytes === "string" ? encode(bytes) : bytes;
  const { length } = body;
  return concatBytes([Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length), body]);
}

/** A positive number as an mpint: with a leading zero byte where the highest bit is set. */
function mpint(value: bigint): Uint8Array {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
  return field((bytes[0] ?? 0) >= 128 ? concatBytes([Uint8Array.of(0), bytes]) : bytes);
}

function bigIntOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes) || "0"}`);
}

/** Reads fields one after the other; undefined past the end. */
class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number | undefined {
    if (this.#at + 4 > this.#bytes.length) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = this.#bytes.subarray(this.#at, this.#at + 4);
    this.#at += 4;
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  bytes(): Uint8Array | undefined {
    const length = this.number();
    if (length === undefined || this.#at + length > this.#bytes.length) return undefined;
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  get position(): number {
    return this.#at;
  }
}

function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [oldR, r] = [value % modulus, modulus];
  let [oldS, s] = [1n, 0n];
  while (r !== 0n) {
    const quotient = oldR / r;
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return oldR === 1n ? ((oldS % modulus) + modulus) % modulus : undefined;
}

/** A number of exactly that many bits, odd, the two highest bits set. */
function factor(random: (length: number) => Uint8Array, bits: number): bigint {
  const mask = (1n << BigInt(bits)) - 1n;
  return (bigIntOf(random(Math.ceil(bits / 8))) & mask) | (3n << BigInt(bits - 2)) | 1n;
}

function rsaKey(random: (length: number) => Uint8Array, bits: number, comment: string): PrivateKey {
  const e = 65_537n;
  const p = factor(random, Math.ceil(bits / 2));
  let q = factor(random, Math.floor(bits / 2));
  let d = inverse(e, (p - 1n) * (q - 1n));
  let coefficient = inverse(q, p);
  while (d === undefined || coefficient === undefined) {
    q += 2n;
    d = inverse(e, (p - 1n) * (q - 1n));
    coefficient = inverse(q, p);
  }
  const n = p * q;
  return {
    kind: "rsa", comment, blob: concatBytes([field(typeNames.rsa), mpint(e), mpint(n)]),
    secret: concatBytes([mpint(n), mpint(e), mpint(d), mpint(coefficient), mpint(p), mpint(q)]),
  };
}

/** 1024 bits, the only size of the standard (FIPS 186-2). */
function dsaKey(random: (length: number) => Uint8Array, comment: string): PrivateKey {
  const [p, q, g, y, x] = [factor(random, 1024), factor(random, 160), factor(random, 1023), factor(random, 1023), factor(random, 159)];
  const shown = [mpint(p), mpint(q), mpint(g), mpint(y)];
  return { kind: "dsa", comment, blob: concatBytes([field(typeNames.dsa), ...shown]), secret: concatBytes([...shown, mpint(x)]) };
}

/** `random` as getrandom(2); `bits` matters for RSA only. */
export function makeKey(kind: KeyKind, bits: number, comment: string, random: (length: number) => Uint8Array): PrivateKey {
  if (kind === "rsa") return rsaKey(random, bits, comment);
  if (kind === "dsa") return dsaKey(random, comment);
  const seed = random(32);
  if (kind === "ed25519") {
    const point = digestOf(new Sha512(), seed).slice(0, 32);
    return { kind, comment, blob: concatBytes([field(typeNames.ed25519), field(point)]), secret: concatBytes([field(point), field(concatBytes([seed, point]))]) };
  }
  const point = concatBytes([Uint8Array.of(4), digestOf(new Sha512(), seed)]);
  return {
    kind, comment, blob: concatBytes([field(typeNames.ecdsa), field("nistp256"), field(point)]),
    secret: concatBytes([field("nistp256"), field(point), mpint(bigIntOf(seed))]),
  };
}

export function bitsOf(key: PublicKey): number {
  if (key.kind !== "rsa" && key.kind !== "dsa") return 256;
  const reader = new FieldReader(key.blob);
  reader.bytes();
  if (key.kind === "rsa") reader.bytes();
  return bigIntOf(reader.bytes() ?? new Uint8Array(0)).toString(2).length;
}

export function fingerprint(blob: Uint8Array, algorithm: "sha256" | "md5" = "sha256"): string {
  if (algorithm === "md5") return `MD5:${(toHex(digestOf(new Md5(), blob)).match(/../g) ?? []).join(":")}`;
  return `SHA256:${base64Of(digestOf(new Sha256(), blob)).replace(/=+$/, "")}`;
}

/** The walk of the "drunken bishop" over 17 x 9 fields (sshkey.c: key_fingerprint_randomart). */
export function randomart(key: PublicKey): string {
  const [width, height] = [17, 9];
  const symbols = " .o+=*BOX@%&#/^SE";
  const visits = Array.from({ length: height }, () => Array.from({ length: width }, () => 0));
  let [x, y] = [(width - 1) / 2, (height - 1) / 2];
  for (const byte of digestOf(new Sha256(), key.blob)) {
    let input = byte;
    for (let step = 0; step < 4; step++) {
      x = Math.min(width - 1, Math.max(0, x + ((input & 1) === 1 ? 1 : -1)));
      y = Math.min(height - 1, Math.max(0, y + ((input & 2) === 2 ? 1 : -1)));
      const row = visits[y] ?? [];
      if ((row[x] ?? 0) < symbols.length - 3) row[x] = (row[x] ?? 0) + 1;
      input >>= 2;
    }
  }
  const start = visits[(height - 1) / 2];
  if (start) start[(width - 1) / 2] = symbols.length - 2;
  const end = visits[y];
  if (end) end[x] = symbols.length - 1;
  const border = (title: string): string => {
    const left = Math.floor((width - title.length) / 2);
    return `+${"-".repeat(left)}${title}${"-".repeat(width - title.length - left)}+`;
  };
  const rows = visits.map((row) => `|${row.map((count) => symbols.charAt(Math.min(count, symbols.length - 1))).join("")}|`);
  return [border(`[${shownKind(key.kind)} ${bitsOf(key)}]`), ...rows, border("[SHA256]")].join("\n");
}

export function publicLine(key: PublicKey): string {
  return `${typeNames[key.kind]} ${base64Of(key.blob)}${key.comment === "" ? "" : ` ${key.comment}`}`;
}

/** `TYPE BASE64 [COMMENT]`, with options before it as in authorized_keys; undefined when it is none. */
export function parsePublicLine(line: string): PublicKey | undefined {
  const match = /(?:^|\s)(ssh-rsa|ssh-dss|ecdsa-sha2-nistp256|ssh-ed25519)\s+([A-Za-z0-9+/]+=*)(?:\s+(.*?))?\s*$/.exec(line);
  const kind = kindOfTypeName(match?.[1] ?? "");
  const blob = bytesOfBase64(match?.[2] ?? "");
  if (kind === undefined || blob === undefined) return undefined;
  const named = new FieldReader(blob).bytes();
  return named !== undefined && decode(named) === typeNames[kind] ? { kind, blob, comment: match?.[3] ?? "" } : undefined;
}

const magic = "openssh-key-v1\0";
const beginLine = "-----BEGIN OPENSSH PRIVATE KEY-----";
const endLine = "-----END OPENSSH PRIVATE KEY-----";

/** A stream of bytes that only the passphrase gives again. (Real files use AES under a key of bcrypt; theirs cannot be told from ours by sight.) */
function keyStream(passphrase: string, salt: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let count = 0, made = 0; made < length; count++, made += 64) parts.push(digestOf(new Sha512(), salt, encode(`${count}/${passphrase}`)));
  return concatBytes(parts).subarray(0, length);
}

function combined(bytes: Uint8Array, stream: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => byte ^ (stream[index] ?? 0));
}

export function privateFile(key: PrivateKey, passphrase: string, random: (length: number) => Uint8Array): string {
  const check = random(4);
  const encrypted = passphrase !== "";
  let section = concatBytes([check, check, field(typeNames[key.kind]), key.secret, field(key.comment)]);
  const block = encrypted ? 16 : 8;
  const padding = (block - (section.length % block)) % block;
  section = concatBytes([section, Uint8Array.from({ length: padding }, (_, index) => index + 1)]);
  const salt = encrypted ? random(16) : new Uint8Array(0);
  const options = encrypted ? concatBytes([field(salt), Uint8Array.of(0, 0, 0, 16)]) : new Uint8Array(0);
  const body = concatBytes([
    encode(magic), field(encrypted ? "aes256-ctr" : "none"), field(encrypted ? "bcrypt" : "none"), field(options), Uint8Array.of(0, 0, 0, 1), field(key.blob),
    field(encrypted ? combined(section, keyStream(passphrase, salt, section.length)) : section),
  ]);
  return `${beginLine}\n${(base64Of(body).match(/.{1,70}/g) ?? []).join("\n")}\n${endLine}\n`;
}

export type PrivateFile =
  | { readonly kind: "key"; readonly key: PrivateKey; readonly encrypted: boolean }
  /** without the passphrase only the public half can be read */
  | { readonly kind: "locked"; readonly key: PublicKey }
  | { readonly kind: "wrong-passphrase" }
  | { readonly kind: "invalid" };

/** The last files that were read without a passphrase: every boot of every machine reads the same host keys, twice. */
const recent = new Map<string, PrivateFile>();
const recentFiles = 16;

/** Passphrase undefined: none is known. */
export function parsePrivateFile(text: string, passphrase: string | undefined): PrivateFile {
  const known = passphrase === undefined ? recent.get(text) : undefined;
  if (known !== undefined) return known;
  const file = readPrivateFile(text, passphrase);
  if (passphrase === undefined && text.length < 8192) {
    const [oldest] = recent.keys();
    if (recent.size >= recentFiles && oldest !== undefined) recent.delete(oldest);
    recent.set(text, file);
  }
  return file;
}

function readPrivateFile(text: string, passphrase: string | undefined): PrivateFile {
  const begin = text.indexOf(beginLine);
  const end = text.indexOf(endLine);
  const body = begin < 0 || end < begin ? undefined : bytesOfBase64(text.slice(begin + beginLine.length, end).replace(/\s+/g, ""));
  if (body === undefined || decode(body.subarray(0, magic.length)) !== magic) return { kind: "invalid" };
  const reader = new FieldReader(body.subarray(magic.length));
  const cipher = decode(reader.bytes() ?? new Uint8Array(0));
  reader.bytes();
  const options = reader.bytes();
  reader.number();
  const blob = reader.bytes();
  const stored = reader.bytes();
  if (options === undefined || blob === undefined || stored === undefined) return { kind: "invalid" };
  const kind = kindOfTypeName(decode(new FieldReader(blob).bytes() ?? new Uint8Array(0)));
  if (kind === undefined) return { kind: "invalid" };
  const encrypted = cipher !== "none";
  if (encrypted && passphrase === undefined) return { kind: "locked", key: { kind, blob, comment: "" } };
  const salt = encrypted ? (new FieldReader(options).bytes() ?? new Uint8Array(0)) : new Uint8Array(0);
  const section = encrypted ? combined(stored, keyStream(passphrase ?? "", salt, stored.length)) : stored;
  const inner = new FieldReader(section);
  const [check, again] = [inner.number(), inner.number()];
  if (check !== again) return { kind: encrypted ? "wrong-passphrase" : "invalid" };
  inner.bytes();
  const from = inner.position;
  for (let left = { rsa: 6, dsa: 5, ecdsa: 3, ed25519: 2 }[kind]; left > 0; left--) if (inner.bytes() === undefined) return { kind: "invalid" };
  const secret = section.slice(from, inner.position);
  return { kind: "key", encrypted, key: { kind, blob, secret, comment: decode(inner.bytes() ?? new Uint8Array(0)) } };
}
