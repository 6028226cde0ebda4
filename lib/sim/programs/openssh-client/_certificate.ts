// Certificates of OpenSSH (PROTOCOL.certkeys): a public key, what it may be used for, and an authority's signature over both.
import { type Blocking, concatBytes, type Sys } from "../../kernel/sys.ts";
import type { Pace, RandomPace } from "../kit/pace.ts";
import { FieldReader, field, uint32, uint64 } from "./_fields.ts";
import { certificateTypeName, isCertificate, PUBLIC_FIELDS, plainKey, type PrivateKey, type PublicKey, publicKeyOf, typeNameOf } from "./_key.ts";
import { signWithKey, verifyWithKey } from "./_private-key.ts";

export type CertificateRole = "user" | "host";

/** A critical option or an extension; without a value it is a flag. */
export interface CertificateOption {
  readonly name: string;
  readonly value: string | undefined;
}

export interface CertificateContent {
  readonly serial: bigint;
  readonly role: CertificateRole;
  readonly keyId: string;
  readonly principals: readonly string[];
  /** seconds since the epoch; 0 and FOREVER: no limit */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  readonly criticalOptions: readonly CertificateOption[];
  readonly extensions: readonly CertificateOption[];
}

export interface SshCertificate extends CertificateContent {
  readonly authority: PublicKey;
  readonly signature: Uint8Array;
  /** what the signature is over */
  readonly signed: Uint8Array;
}

export const FOREVER = (1n << 64n) - 1n;

function optionsField(options: readonly CertificateOption[]): Uint8Array {
  return field(concatBytes(options.flatMap(({ name, value }) => [field(name), field(value === undefined ? new Uint8Array(0) : field(value))])));
}

function optionsOf(bytes: Uint8Array): CertificateOption[] {
  const reader = new FieldReader(bytes);
  const options: CertificateOption[] = [];
  for (;;) {
    const [name, data] = [reader.text(), reader.bytes()];
    if (name === undefined || data === undefined) return options;
    options.push({ name, value: data.length === 0 ? undefined : new FieldReader(data).text() });
  }
}

/** The certified key; its comment stays. */
export function* certify(sys: RandomPace, key: PublicKey, authority: PrivateKey, content: CertificateContent, algorithm?: string): Blocking<PublicKey> {
  const reader = new FieldReader(key.blob);
  reader.bytes();
  const numbers = key.blob.slice(reader.position);
  const inner = concatBytes([
    field(certificateTypeName(key)), field(sys.random(32)), numbers, uint64(content.serial), uint32(content.role === "user" ? 1 : 2), field(content.keyId),
    field(concatBytes(content.principals.map((name) => field(name)))), uint64(content.validAfter), uint64(content.validBefore), optionsField(content.criticalOptions), optionsField(content.extensions), field(""), field(authority.blob),
  ]);
  return { ...key, blob: concatBytes([inner, field(yield* signWithKey(sys, authority, inner, algorithm))]) };
}

/** Undefined for a key that is no certificate. */
export function certificateOf(key: PublicKey): SshCertificate | undefined {
  if (!isCertificate(key)) return undefined;
  const reader = new FieldReader(key.blob);
  for (let left = 2 + PUBLIC_FIELDS[key.kind]; left > 0; left--) reader.bytes();
  const [serial, role, keyId, names, validAfter, validBefore, critical, extensions] = [reader.long(), reader.number(), reader.text(), reader.bytes(), reader.long(), reader.long(), reader.bytes(), reader.bytes()];
  reader.bytes();
  const authority = publicKeyOf(reader.bytes() ?? new Uint8Array(0));
  const signed = key.blob.slice(0, reader.position);
  const signature = reader.bytes();
  if (serial === undefined || role === undefined || keyId === undefined || names === undefined || validAfter === undefined || validBefore === undefined || critical === undefined || extensions === undefined || authority === undefined || signature === undefined) return undefined;
  const principals: string[] = [];
  const list = new FieldReader(names);
  for (let name = list.text(); name !== undefined; name = list.text()) principals.push(name);
  return { serial, role: role === 2 ? "host" : "user", keyId, principals, validAfter, validBefore, criticalOptions: optionsOf(critical), extensions: optionsOf(extensions), authority, signature, signed };
}

/** The algorithm that the authority signed with. */
export function signatureAlgorithmOf({ signature }: SshCertificate): string {
  return new FieldReader(signature).text() ?? "";
}

/** Undefined when the authority's signature holds and the certificate may be used so at that time; else what auth.log calls it (sshkey.c: sshkey_cert_check_authority). */
export function* certificateProblem(sys: Pace & Pick<Sys, "clockUs">, certificate: SshCertificate, role: CertificateRole, principal: string, principalRequired: boolean): Blocking<string | undefined> {
  if (!(yield* verifyWithKey(sys, certificate.authority, certificate.signed, certificate.signature))) return "Certificate invalid: bad signature";
  if (certificate.role !== role) return `Certificate invalid: not a ${role} certificate`;
  const now = BigInt(Math.floor(sys.clockUs("realtime") / 1_000_000));
  if (now < certificate.validAfter) return "Certificate invalid: not yet valid";
  if (now >= certificate.validBefore) return "Certificate invalid: expired";
  if (certificate.principals.length === 0) return principalRequired ? "Certificate lacks principal list" : undefined;
  return certificate.principals.includes(principal) ? undefined : "Certificate invalid: name is not a listed principal";
}

/** A key and its certificate belong together. */
export function certifies(certificate: PublicKey, key: PublicKey): boolean {
  const plain = plainKey(certificate);
  return typeNameOf(plain) === typeNameOf(key) && plain.blob.length === key.blob.length && plain.blob.every((byte, index) => byte === key.blob[index]);
}
