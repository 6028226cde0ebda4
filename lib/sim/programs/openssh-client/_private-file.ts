// Files of private keys: OpenSSH's own (PROTOCOL.key: openssh-key-v1 under bcrypt), PKCS #8, and the older PEM with its "DEK-Info" (PEM of RFC 1421 with
// the key derivation of EVP_BytesToKey(3)).
import { type Blocking, concatBytes, decode, encode } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { aesDecrypt, aesEncrypt, type CipherMode } from "../kit/crypto/aes.ts";
import { bcryptPbkdf } from "../kit/crypto/bcrypt-pbkdf.ts";
import { bytesOfNumber, power } from "../kit/crypto/big-number.ts";
import { BadDer, integer, integerOf, itemsOf, octets, oid, oidOf, readDer, sequence } from "../kit/crypto/der.ts";
import { cbcKeyBytes, decryptPkcs8, padded, pbes2Encrypt, secretKeyDer, secretKeyOfPem, traditionalDer, unpadded } from "../kit/crypto/key-der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { pem, pemBlocks } from "../kit/crypto/pem.ts";
import { toHex } from "../kit/digest/hasher.ts";
import type { Pace, RandomPace } from "../kit/pace.ts";
import { FieldReader, field, uint32 } from "./_fields.ts";
import { type KeyKind, type PrivateKey, type PublicKey, publicKeyOf, typeNameOf } from "./_key.ts";
import { type Secret, secretOf, sshForm } from "./_private-key.ts";

const MAGIC = "openssh-key-v1\0";
const BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END = "-----END OPENSSH PRIVATE KEY-----";
const DEFAULT_ROUNDS = 16;
const SECRET_FIELDS: Readonly<Record<KeyKind, number>> = { rsa: 6, dsa: 5, ecdsa: 3, ed25519: 2 };
const DSA_OID = "1.2.840.10040.4.1";

interface FileCipher {
  readonly mode: CipherMode;
  readonly keyBytes: number;
}

const CIPHERS: ReadonlyMap<string, FileCipher> = new Map(([128, 192, 256] as const).flatMap((size) => (["ctr", "cbc"] as const).map((mode) => [`aes${size}-${mode}`, { mode, keyBytes: size / 8 }] as const)));

export function isFileCipher(name: string): boolean {
  return CIPHERS.has(name);
}

export type KeyFormat = "openssh" | "pem" | "pkcs8";

export interface FileSettings {
  readonly passphrase: string;
  readonly format?: KeyFormat;
  /** of bcrypt */
  readonly rounds?: number;
  readonly cipher?: string;
}

function opensshText(cipher: string, kdf: string, options: Uint8Array, blob: Uint8Array, section: Uint8Array): string {
  const body = concatBytes([encode(MAGIC), field(cipher), field(kdf), field(options), uint32(1), field(blob), field(section)]);
  return `${BEGIN}\n${(base64Of(body).match(/.{1,70}/g) ?? []).join("\n")}\n${END}\n`;
}

function sectionOf(key: PrivateKey, check: Uint8Array, blockBytes: number): Uint8Array {
  const section = concatBytes([check, check, field(typeNameOf(key)), key.secret, field(key.comment)]);
  const padding = (blockBytes - (section.length % blockBytes)) % blockBytes;
  return concatBytes([section, Uint8Array.from({ length: padding }, (_, index) => index + 1)]);
}

/** Without a passphrase, in OpenSSH's own form. */
export function privateFile(key: PrivateKey, random: (length: number) => Uint8Array): string {
  return opensshText("none", "none", new Uint8Array(0), key.blob, sectionOf(key, random(4), 8));
}

function* sealedOpenssh(sys: RandomPace, key: PrivateKey, { passphrase, rounds = DEFAULT_ROUNDS, cipher = "aes256-ctr" }: FileSettings): Blocking<string> {
  const { mode, keyBytes } = CIPHERS.get(cipher) ?? { mode: "ctr", keyBytes: 32 };
  const salt = sys.random(16);
  const material = yield* bcryptPbkdf(sys, encode(passphrase), salt, rounds, keyBytes + 16);
  const section = aesEncrypt(mode, material.subarray(0, keyBytes), material.subarray(keyBytes), sectionOf(key, sys.random(4), 16));
  return opensshText(cipher, "bcrypt", concatBytes([field(salt), uint32(rounds)]), key.blob, section);
}

function plainDer(secret: Secret, format: "pem" | "pkcs8"): { readonly label: string; readonly body: Uint8Array } {
  if (secret.kind === "dsa") {
    const { p, q, g, y, x } = secret.dsa;
    if (format === "pem") return { label: "DSA PRIVATE KEY", body: sequence(integer(0), ...[p, q, g, y, x].map(integer)) };
    return { label: "PRIVATE KEY", body: sequence(integer(0), sequence(oid(DSA_OID), sequence(...[p, q, g].map(integer))), octets(integer(x))) };
  }
  return (format === "pem" ? traditionalDer(secret) : undefined) ?? { label: "PRIVATE KEY", body: secretKeyDer(secret) };
}

/** EVP_BytesToKey with MD5 and one round. */
function legacyKey(passphrase: string, initial: Uint8Array, keyBytes: number): Uint8Array {
  let key: Uint8Array = new Uint8Array(0);
  for (let turn: Uint8Array = new Uint8Array(0); key.length < keyBytes; key = concatBytes([key, turn])) turn = digestOf("md5", turn, encode(passphrase), initial.subarray(0, 8));
  return key.subarray(0, keyBytes);
}

/** With -m PEM a passphrase protects with AES-128-CBC (sshkey.c). Ed25519 keys know only OpenSSH's form. */
export function* keyFile(sys: RandomPace, key: PrivateKey, settings: FileSettings): Blocking<string> {
  const { passphrase, format = "openssh" } = settings;
  const secret = format === "openssh" || key.kind === "ed25519" ? undefined : secretOf(key);
  if (secret === undefined || format === "openssh") return passphrase === "" ? privateFile(key, (length) => sys.random(length)) : yield* sealedOpenssh(sys, key, settings);
  const { label, body } = plainDer(secret, format);
  if (passphrase === "") return pem(label, body);
  if (format === "pkcs8") {
    const { algorithm, encrypted } = yield* pbes2Encrypt(sys, body, passphrase, "AES-128-CBC");
    return pem("ENCRYPTED PRIVATE KEY", sequence(algorithm, octets(encrypted)));
  }
  const initial = sys.random(16);
  const [first = "", ...rest] = pem(label, aesEncrypt("cbc", legacyKey(passphrase, initial, 16), initial, padded(body))).split("\n");
  return [first, "Proc-Type: 4,ENCRYPTED", `DEK-Info: AES-128-CBC,${toHex(initial).toUpperCase()}`, "", ...rest].join("\n");
}

export type PrivateFile =
  | { readonly kind: "key"; readonly key: PrivateKey; readonly encrypted: boolean }
  /** without the passphrase only the public half can be read, and not even that in PEM */
  | { readonly kind: "locked"; readonly key: PublicKey | undefined }
  | { readonly kind: "wrong-passphrase" }
  | { readonly kind: "invalid" };

interface Envelope {
  readonly cipher: string;
  readonly options: Uint8Array;
  readonly open: PublicKey;
  readonly section: Uint8Array;
}

function envelopeOf(text: string): Envelope | undefined {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  const body = begin < 0 || end < begin ? undefined : bytesOfBase64(text.slice(begin + BEGIN.length, end).replace(/\s+/g, ""));
  if (body === undefined || decode(body.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  const reader = new FieldReader(body.subarray(MAGIC.length));
  const cipher = reader.text();
  reader.bytes();
  const options = reader.bytes();
  reader.number();
  const open = publicKeyOf(reader.bytes() ?? new Uint8Array(0));
  const section = reader.bytes();
  return cipher === undefined || options === undefined || open === undefined || section === undefined ? undefined : { cipher, options, open, section };
}

/** Undefined where the two check numbers differ or a field is missing. */
function keyOfSection(section: Uint8Array, { kind, blob }: PublicKey): PrivateKey | undefined {
  const reader = new FieldReader(section);
  const [check, again] = [reader.number(), reader.number()];
  if (check !== again || reader.bytes() === undefined) return undefined;
  const from = reader.position;
  for (let left = SECRET_FIELDS[kind]; left > 0; left--) if (reader.bytes() === undefined) return undefined;
  const secret = section.slice(from, reader.position);
  const comment = reader.text();
  return comment === undefined ? undefined : { kind, blob, secret, comment };
}

/** The key of a block of PEM without protection. Throws BadDer. */
function secretOfBlock(block: { readonly label: string; readonly bytes: Uint8Array }): Secret | undefined {
  const items = block.label.endsWith("PRIVATE KEY") ? itemsOf(readDer(block.bytes).body) : [];
  if (block.label === "DSA PRIVATE KEY") {
    const [, p = 0n, q = 0n, g = 0n, y = 0n, x = 0n] = items.map(integerOf);
    return { kind: "dsa", dsa: { p, q, g, y, x } };
  }
  const [, algorithm, body] = items;
  const [name, group] = block.label === "PRIVATE KEY" ? itemsOf(algorithm?.body ?? block.bytes) : [];
  if (name !== undefined && oidOf(name) === DSA_OID) {
    const [p = 0n, q = 0n, g = 0n] = itemsOf(group?.body ?? block.bytes).map(integerOf);
    const x = integerOf(readDer(body?.body ?? block.bytes));
    return { kind: "dsa", dsa: { p, q, g, y: power(g, x, p), x } };
  }
  return secretKeyOfPem(block);
}

function openedPem(block: { readonly label: string; readonly bytes: Uint8Array }, encrypted: boolean): PrivateFile {
  try {
    const secret = secretOfBlock(block);
    return secret === undefined ? { kind: "invalid" } : { kind: "key", key: sshForm(secret, ""), encrypted };
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
    return { kind: encrypted ? "wrong-passphrase" : "invalid" };
  }
}

/** The cipher and initial vector of an older PEM file that is protected. */
function legacyProtection(text: string): { readonly cipher: string; readonly initial: Uint8Array } | undefined {
  const [, cipher, hex] = /^DEK-Info: ([A-Z0-9-]+),([0-9A-F]+)\s*$/m.exec(text) ?? [];
  return cipher === undefined || hex === undefined ? undefined : { cipher, initial: bytesOfNumber(BigInt(`0x${hex}`), hex.length / 2) };
}

function readPlain(text: string): PrivateFile {
  const envelope = envelopeOf(text);
  if (envelope !== undefined) {
    if (envelope.cipher !== "none") return { kind: "locked", key: envelope.open };
    const key = keyOfSection(envelope.section, envelope.open);
    return key === undefined ? { kind: "invalid" } : { kind: "key", key, encrypted: false };
  }
  const [block] = pemBlocks(text);
  if (block === undefined) return { kind: "invalid" };
  return block.label === "ENCRYPTED PRIVATE KEY" || legacyProtection(text) !== undefined ? { kind: "locked", key: undefined } : openedPem(block, false);
}

/** The last files that were read: every boot of every machine reads the same host keys, twice. */
const recent = new Map<string, PrivateFile>();
const RECENT_FILES = 16;
const LARGEST_KEPT_LETTERS = 8192;

/** What can be read without a passphrase. */
export function parsePrivateFile(text: string): PrivateFile {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const file = readPlain(text);
  if (text.length < LARGEST_KEPT_LETTERS) {
    const [oldest] = recent.keys();
    if (recent.size >= RECENT_FILES && oldest !== undefined) recent.delete(oldest);
    recent.set(text, file);
  }
  return file;
}

function* unlockEnvelope(sys: Pace, { cipher, options, open, section }: Envelope, passphrase: string): Blocking<PrivateFile> {
  const known = CIPHERS.get(cipher);
  const reader = new FieldReader(options);
  const [salt, rounds] = [reader.bytes(), reader.number()];
  if (known === undefined || salt === undefined || rounds === undefined) return { kind: "invalid" };
  const material = yield* bcryptPbkdf(sys, encode(passphrase), salt, rounds, known.keyBytes + 16);
  const key = keyOfSection(aesDecrypt(known.mode, material.subarray(0, known.keyBytes), material.subarray(known.keyBytes), section), open);
  return key === undefined ? { kind: "wrong-passphrase" } : { kind: "key", key, encrypted: true };
}

/** A file that needs no passphrase is opened with any. */
export function* unlockPrivateFile(sys: Pace, text: string, passphrase: string): Blocking<PrivateFile> {
  const plain = parsePrivateFile(text);
  if (plain.kind !== "locked") return plain;
  const envelope = envelopeOf(text);
  if (envelope !== undefined) return yield* unlockEnvelope(sys, envelope, passphrase);
  const [block] = pemBlocks(text);
  if (block === undefined) return { kind: "invalid" };
  try {
    const legacy = legacyProtection(text);
    if (legacy !== undefined) {
      const keyBytes = cbcKeyBytes(legacy.cipher);
      if (keyBytes === undefined) return { kind: "invalid" };
      const body = unpadded(aesDecrypt("cbc", legacyKey(passphrase, legacy.initial, keyBytes), legacy.initial, block.bytes));
      return body === undefined ? { kind: "wrong-passphrase" } : openedPem({ label: block.label, bytes: body }, true);
    }
    const body = yield* decryptPkcs8(sys, block.bytes, passphrase);
    return body === undefined ? { kind: "wrong-passphrase" } : openedPem({ label: "PRIVATE KEY", bytes: body }, true);
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
    return { kind: "invalid" };
  }
}
