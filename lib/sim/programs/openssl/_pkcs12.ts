// PKCS #12 (RFC 7292): certificates and a key in one protected file, as OpenSSL 3.0 writes it (PBES2 with AES-256, a MAC of SHA-256, 2048 rounds).
import type { Blocking } from "../../kernel/sys.ts";
import { BadDer, type DerItem, der, explicit, integer, integerOf, itemsOf, NULL, octets, oid, oidOf, readDer, sequence, setOf, textOf } from "../kit/crypto/der.ts";
import { hmac } from "../kit/crypto/hmac.ts";
import { parsePkcs8, pbes2Decrypt, pbes2Encrypt, type SecretKey, secretKeyDer } from "../kit/crypto/key-der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { sameBytes } from "../kit/openpgp/public-key.ts";
import type { Pace, RandomPace } from "../kit/pace.ts";

const ROUNDS = 2048;
const ID = {
  data: "1.2.840.113549.1.7.1", encrypted: "1.2.840.113549.1.7.6", keyBag: "1.2.840.113549.1.12.10.1.1", shroudedKeyBag: "1.2.840.113549.1.12.10.1.2", certificateBag: "1.2.840.113549.1.12.10.1.3",
  x509: "1.2.840.113549.1.9.22.1", friendlyName: "1.2.840.113549.1.9.20", localKeyId: "1.2.840.113549.1.9.21", sha256: "2.16.840.1.101.3.4.2.1", sha1: "1.3.14.3.2.26",
} as const;

interface BagAttributes {
  readonly friendlyName: string | undefined;
  readonly localKeyId: Uint8Array | undefined;
}

export interface CertificateBag extends BagAttributes {
  readonly certificate: Uint8Array;
}

export interface KeyBag extends BagAttributes {
  readonly key: SecretKey;
  readonly shrouded: boolean;
}

export interface Pkcs12 {
  readonly certificates: readonly CertificateBag[];
  readonly keys: readonly KeyBag[];
  readonly mac: { readonly hash: string; readonly rounds: number; readonly macBytes: number; readonly saltBytes: number };
  /** one line for each part and bag, as -info tells them */
  readonly parts: readonly string[];
}

/** UTF-16, most significant byte first, with its end. */
function bmpString(text: string): Uint8Array {
  return Uint8Array.from([...text, "\0"].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]));
}

function repeated(bytes: Uint8Array, blockBytes: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / blockBytes) * blockBytes);
  for (let i = 0; i < out.length; i++) out[i] = bytes[i % bytes.length] ?? 0;
  return out;
}

/** Appendix B.2, for a key of the MAC (ID 3). */
function* macKey(sys: Pace, hash: string, password: string, salt: Uint8Array, rounds: number): Blocking<Uint8Array> {
  const blockBytes = 64;
  let turn = digestOf(hash, new Uint8Array(blockBytes).fill(3), repeated(salt, blockBytes), repeated(bmpString(password), blockBytes));
  for (let round = 1; round < rounds; round++) {
    turn = digestOf(hash, turn);
    if (sys.charge(2)) yield* sys.preempt();
  }
  return turn;
}

function attributesDer({ friendlyName, localKeyId }: BagAttributes): readonly Uint8Array[] {
  const list = [
    ...(localKeyId === undefined ? [] : [sequence(oid(ID.localKeyId), setOf(octets(localKeyId)))]),
    ...(friendlyName === undefined ? [] : [sequence(oid(ID.friendlyName), setOf(der(0x1e, bmpString(friendlyName).slice(0, -2))))]),
  ];
  return list.length === 0 ? [] : [setOf(...list)];
}

function attributesOf(item: DerItem | undefined): BagAttributes {
  let friendlyName: string | undefined;
  let localKeyId: Uint8Array | undefined;
  for (const one of item === undefined ? [] : itemsOf(item.body)) {
    const [id, values] = itemsOf(one.body);
    const value = values === undefined ? undefined : itemsOf(values.body)[0];
    if (oidOf(id) === ID.friendlyName && value !== undefined) friendlyName = textOf(value);
    if (oidOf(id) === ID.localKeyId) localKeyId = value?.body.slice();
  }
  return { friendlyName, localKeyId };
}

export function* pkcs12Der(sys: RandomPace, certificates: readonly CertificateBag[], key: Omit<KeyBag, "shrouded"> | undefined, password: string): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  if (certificates.length > 0) {
    const bags = sequence(...certificates.map((one) => sequence(oid(ID.certificateBag), explicit(0, sequence(oid(ID.x509), explicit(0, octets(one.certificate)))), ...attributesDer(one))));
    const { algorithm, encrypted } = yield* pbes2Encrypt(sys, bags, password, "AES-256-CBC");
    parts.push(sequence(oid(ID.encrypted), explicit(0, sequence(integer(0), sequence(oid(ID.data), algorithm, der(0x80, encrypted))))));
  }
  if (key !== undefined) {
    const { algorithm, encrypted } = yield* pbes2Encrypt(sys, secretKeyDer(key.key), password, "AES-256-CBC");
    parts.push(sequence(oid(ID.data), explicit(0, octets(sequence(sequence(oid(ID.shroudedKeyBag), explicit(0, sequence(algorithm, octets(encrypted))), ...attributesDer(key)))))));
  }
  const safe = sequence(...parts);
  const salt = sys.random(8);
  const mac = hmac("sha256", yield* macKey(sys, "sha256", password, salt, ROUNDS), safe);
  return sequence(integer(3), sequence(oid(ID.data), explicit(0, octets(safe))), sequence(sequence(sequence(oid(ID.sha256), NULL), octets(mac)), octets(salt), integer(ROUNDS)));
}

const PROTECTION = `PBES2, PBKDF2, AES-256-CBC, Iteration ${ROUNDS}, PRF hmacWithSHA256`;

function* openBags(sys: Pace, bytes: Uint8Array, password: string, certificates: CertificateBag[], keys: KeyBag[], parts: string[]): Blocking<void> {
  for (const bag of itemsOf(readDer(bytes).body)) {
    const [id, value, attributes] = itemsOf(bag.body);
    const inner = value === undefined ? undefined : readDer(value.body);
    const kind = oidOf(id);
    if (inner === undefined) throw new BadDer("empty bag");
    if (kind === ID.certificateBag) {
      const [, body] = itemsOf(inner.body);
      if (body === undefined) throw new BadDer("no certificate");
      certificates.push({ ...attributesOf(attributes), certificate: readDer(body.body).body.slice() });
      parts.push("Certificate bag");
    } else if (kind === ID.keyBag) {
      keys.push({ ...attributesOf(attributes), key: parsePkcs8(inner.whole), shrouded: false });
      parts.push("Key bag");
    } else if (kind === ID.shroudedKeyBag) {
      const [algorithm, data] = itemsOf(inner.body);
      const plain = algorithm === undefined || data === undefined ? undefined : yield* pbes2Decrypt(sys, algorithm.body, data.body, password);
      if (plain === undefined) throw new BadDer("key not opened");
      keys.push({ ...attributesOf(attributes), key: parsePkcs8(plain), shrouded: true });
      parts.push(`Shrouded Keybag: ${PROTECTION}`);
    }
  }
}

/** "password": the MAC says that it is another. Throws BadDer for what is no such file, or one with older protections. */
export function* parsePkcs12(sys: Pace, bytes: Uint8Array, password: string): Blocking<Pkcs12 | "password"> {
  const [version, content, mac] = itemsOf(readDer(bytes).body);
  if (integerOf(version) !== 3n || content === undefined || mac === undefined) throw new BadDer("no PFX");
  const [kind, wrapped] = itemsOf(content.body);
  if (oidOf(kind) !== ID.data || wrapped === undefined) throw new BadDer("no data");
  const safe = readDer(wrapped.body).body;
  const [digest, salt, rounds] = itemsOf(mac.body);
  const [algorithm, sum] = itemsOf(digest?.body ?? bytes);
  const hash = oidOf(itemsOf(algorithm?.body ?? bytes)[0]) === ID.sha1 ? "sha1" : "sha256";
  if (salt === undefined || sum === undefined) throw new BadDer("no MAC");
  const count = rounds === undefined ? 1 : Number(integerOf(rounds));
  if (!sameBytes(hmac(hash, yield* macKey(sys, hash, password, salt.body, count), safe), sum.body)) return "password";
  const [certificates, keys, parts]: [CertificateBag[], KeyBag[], string[]] = [[], [], []];
  for (const part of itemsOf(readDer(safe).body)) {
    const [id, body] = itemsOf(part.body);
    if (body === undefined) continue;
    if (oidOf(id) === ID.data) {
      parts.push("PKCS7 Data");
      yield* openBags(sys, readDer(body.body).body, password, certificates, keys, parts);
      continue;
    }
    const [, inner] = itemsOf(readDer(body.body).body);
    const [, protection, data] = itemsOf(inner?.body ?? part.body);
    const plain = protection === undefined || data === undefined ? undefined : yield* pbes2Decrypt(sys, protection.body, data.body, password);
    if (plain === undefined) throw new BadDer("not opened");
    parts.push(`PKCS7 Encrypted data: ${PROTECTION}`);
    yield* openBags(sys, plain, password, certificates, keys, parts);
  }
  return { certificates, keys, parts, mac: { hash, rounds: count, macBytes: sum.body.length, saltBytes: salt.body.length } };
}

/** Identifies a key's certificate in the file. */
export function localKeyIdOf(certificate: Uint8Array): Uint8Array {
  return digestOf("sha1", certificate);
}
