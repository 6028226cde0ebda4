// Signatures over files (PROTOCOL.sshsig): made with a key for a purpose, the namespace, and held against a list of those who may sign (ssh-keygen(1), "ALLOWED SIGNERS").
import { type Blocking, concatBytes, decode, encode } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import type { Pace } from "../kit/pace.ts";
import { FieldReader, field, uint32 } from "./_fields.ts";
import { parsePublicLine, type PrivateKey, type PublicKey, publicKeyOf } from "./_key.ts";
import { signWithKey } from "./_private-key.ts";

const MAGIC = "SSHSIG";
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";

export interface FileSignature {
  readonly key: PublicKey;
  readonly namespace: string;
  readonly hash: string;
  readonly signature: Uint8Array;
}

/** What is really signed. */
export function signedBytes(namespace: string, hash: string, message: Uint8Array): Uint8Array {
  return concatBytes([encode(MAGIC), field(namespace), field(""), field(hash), field(digestOf(hash, message))]);
}

export function* signatureText(sys: Pace, key: PrivateKey, open: PublicKey, namespace: string, hash: string, message: Uint8Array): Blocking<string> {
  const signature = yield* signWithKey(sys, key, signedBytes(namespace, hash, message));
  const body = concatBytes([encode(MAGIC), uint32(1), field(open.blob), field(namespace), field(""), field(hash), field(signature)]);
  return `${BEGIN}\n${(base64Of(body).match(/.{1,70}/g) ?? []).join("\n")}\n${END}\n`;
}

export function parseSignature(text: string): FileSignature | undefined {
  const end = text.indexOf(END);
  const body = text.startsWith(BEGIN) && end >= 0 ? bytesOfBase64(text.slice(BEGIN.length, end).replace(/\s+/g, "")) : undefined;
  if (body === undefined || decode(body.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  const reader = new FieldReader(body.subarray(MAGIC.length));
  reader.number();
  const key = publicKeyOf(reader.bytes() ?? new Uint8Array(0));
  const namespace = reader.text();
  reader.bytes();
  const [hash, signature] = [reader.text(), reader.bytes()];
  return key === undefined || namespace === undefined || signature === undefined || (hash !== "sha256" && hash !== "sha512") ? undefined : { key, namespace, hash, signature };
}

export interface AllowedSigner {
  /** patterns with commas */
  readonly principals: string;
  readonly namespaces: string | undefined;
  readonly isAuthority: boolean;
  readonly validAfter: string | undefined;
  readonly validBefore: string | undefined;
  readonly key: PublicKey;
}

export function matchesPatternList(list: string, name: string): boolean {
  let found = false;
  for (const pattern of list.split(",")) {
    if (!compileFnmatch(pattern.replace(/^!/, ""))(name)) continue;
    if (pattern.startsWith("!")) return false;
    found = true;
  }
  return found;
}

export function parseAllowedSigners(text: string): AllowedSigner[] {
  return text.split("\n").flatMap((line) => {
    const [, quoted, bare, rest = ""] = /^\s*(?:"([^"]*)"|([^#"\s]\S*))\s+(.*)$/.exec(line) ?? [];
    const key = parsePublicLine(rest);
    const principals = quoted ?? bare;
    if (key === undefined || principals === undefined) return [];
    const options = new Map([...rest.slice(0, rest.search(/(?:ssh|ecdsa)-\S+\s+AAAA/)).matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, name = "", value = ""]) => [name.toLowerCase(), value]));
    return [{ principals, namespaces: options.get("namespaces"), isAuthority: options.has("cert-authority"), validAfter: options.get("valid-after"), validBefore: options.get("valid-before"), key }];
  });
}
