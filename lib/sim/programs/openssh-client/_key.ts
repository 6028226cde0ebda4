// Public keys of OpenSSH: what they hold (RFC 4253 section 6.6, RFC 5656, RFC 8709; PROTOCOL.certkeys for certificates), their lines, fingerprints and
// the randomart picture.
import { concatBytes } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { bitLength } from "../kit/crypto/big-number.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { NIST_CURVES, type NistCurve } from "../kit/crypto/nist-curve.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { FieldReader, field } from "./_fields.ts";

export type KeyKind = "rsa" | "dsa" | "ecdsa" | "ed25519";

export interface PublicKey {
  readonly kind: KeyKind;
  /** as on the wire: the type's name, then its numbers */
  readonly blob: Uint8Array;
  readonly comment: string;
}

export interface PrivateKey extends PublicKey {
  /** the private section's fields behind the type's name, as the file holds them */
  readonly secret: Uint8Array;
}

const CERTIFICATE_SUFFIX = "-cert-v01@openssh.com";
const KINDS: ReadonlyMap<string, KeyKind> = new Map([
  ["ssh-rsa", "rsa"], ["ssh-dss", "dsa"], ["ssh-ed25519", "ed25519"], ["ecdsa-sha2-nistp256", "ecdsa"], ["ecdsa-sha2-nistp384", "ecdsa"], ["ecdsa-sha2-nistp521", "ecdsa"],
]);

/** "nistp256" and so on, in names of types and in the keys themselves. */
export function sshCurveName(curve: NistCurve): string {
  return `nistp${curve.nistName.slice(2)}`;
}

export function curveOfSshName(name: string | undefined): NistCurve | undefined {
  return NIST_CURVES.find((curve) => sshCurveName(curve) === name);
}

/** "" for what is no key. */
export function typeNameOf({ blob }: PublicKey): string {
  return new FieldReader(blob).text() ?? "";
}

/** Also of a certificate's name. */
export function kindOfTypeName(name: string): KeyKind | undefined {
  return KINDS.get(name.endsWith(CERTIFICATE_SUFFIX) ? name.slice(0, -CERTIFICATE_SUFFIX.length) : name);
}

export function isCertificate(key: PublicKey): boolean {
  return typeNameOf(key).endsWith(CERTIFICATE_SUFFIX);
}

export function certificateTypeName(key: PublicKey): string {
  return `${typeNameOf(key)}${CERTIFICATE_SUFFIX}`;
}

/** "RSA", "DSA", "ECDSA", "ED25519" */
export function shownKind(kind: KeyKind): string {
  return kind.toUpperCase();
}

/** How many fields of a public key follow the name of its type. */
export const PUBLIC_FIELDS: Readonly<Record<KeyKind, number>> = { rsa: 2, dsa: 4, ecdsa: 2, ed25519: 1 };

/** A certificate's key as it was before it was certified; any other key itself. */
export function plainKey(key: PublicKey): PublicKey {
  const reader = new FieldReader(key.blob);
  const name = reader.text() ?? "";
  if (!name.endsWith(CERTIFICATE_SUFFIX)) return key;
  reader.bytes();
  const from = reader.position;
  for (let left = PUBLIC_FIELDS[key.kind]; left > 0; left--) reader.bytes();
  return { ...key, blob: concatBytes([field(name.slice(0, -CERTIFICATE_SUFFIX.length)), key.blob.slice(from, reader.position)]) };
}

export function sameKey(left: PublicKey, right: PublicKey): boolean {
  return left.blob.length === right.blob.length && left.blob.every((byte, index) => byte === right.blob[index]);
}

export function bitsOf(key: PublicKey): number {
  const reader = new FieldReader(plainKey(key).blob);
  reader.bytes();
  if (key.kind === "ed25519") return 256;
  if (key.kind === "ecdsa") return Number((reader.text() ?? "").slice("nistp".length));
  if (key.kind === "rsa") reader.bytes();
  return bitLength(reader.integer() ?? 0n);
}

/** "ED25519", "ED25519-CERT" */
function shownType(key: PublicKey): string {
  return `${shownKind(key.kind)}${isCertificate(key) ? "-CERT" : ""}`;
}

/** "256 SHA256:... COMMENT (ED25519)" */
export function fingerprintLine(key: PublicKey, algorithm: FingerprintHash = "sha256", comment = key.comment === "" ? "no comment" : key.comment): string {
  return `${bitsOf(key)} ${fingerprint(plainKey(key).blob, algorithm)} ${comment} (${shownType(key)})`;
}

export type FingerprintHash = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

export function fingerprint(blob: Uint8Array, algorithm: FingerprintHash = "sha256"): string {
  const digest = digestOf(algorithm, blob);
  if (algorithm === "md5") return `MD5:${(toHex(digest).match(/../g) ?? []).join(":")}`;
  return `${algorithm.toUpperCase()}:${base64Of(digest).replace(/=+$/, "")}`;
}

/** The walk of the "drunken bishop" over 17 x 9 fields (sshkey.c: key_fingerprint_randomart). */
export function randomart(key: PublicKey, algorithm: FingerprintHash = "sha256"): string {
  const [width, height] = [17, 9];
  const symbols = " .o+=*BOX@%&#/^SE";
  const visits = Array.from({ length: height }, () => Array.from({ length: width }, () => 0));
  let [x, y] = [(width - 1) / 2, (height - 1) / 2];
  for (const byte of digestOf(algorithm, plainKey(key).blob)) {
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
  const title = `[${shownType(key)} ${bitsOf(key)}]`;
  return [border(title.length > width ? `[${shownType(key)}]` : title), ...rows, border(`[${algorithm.toUpperCase()}]`)].join("\n");
}

/** The name of the type and the key, as known_hosts and keyscan write it; a comment follows where there is one. */
export function publicLine(key: PublicKey): string {
  return `${typeNameOf(key)} ${base64Of(key.blob)}${key.comment === "" ? "" : ` ${key.comment}`}`;
}

/** Undefined when the bytes are no key of a known type. */
export function publicKeyOf(blob: Uint8Array, comment = ""): PublicKey | undefined {
  const reader = new FieldReader(blob);
  const name = reader.text() ?? "";
  const kind = kindOfTypeName(name);
  if (kind === undefined) return undefined;
  if (name.endsWith(CERTIFICATE_SUFFIX)) reader.bytes();
  for (let left = PUBLIC_FIELDS[kind]; left > 0; left--) if (reader.bytes() === undefined) return undefined;
  return { kind, blob, comment };
}

/** `TYPE BASE64 [COMMENT]`, with options before it as in authorized_keys; undefined when it is none. */
export function parsePublicLine(line: string): PublicKey | undefined {
  const match = /(?:^|\s)((?:ssh-rsa|ssh-dss|ecdsa-sha2-nistp(?:256|384|521)|ssh-ed25519)(?:-cert-v01@openssh\.com)?)\s+([A-Za-z0-9+/]+=*)(?:\s+(.*?))?\s*$/.exec(line);
  const blob = bytesOfBase64(match?.[2] ?? "");
  const key = blob === undefined ? undefined : publicKeyOf(blob, match?.[3] ?? "");
  return key !== undefined && typeNameOf(key) === match?.[1] ? key : undefined;
}
