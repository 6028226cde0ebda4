// ssh-keygen -e, -i and -r: public keys in the forms of others (RFC 4716, PKCS #8, PEM) and as SSHFP records (RFC 4255).
import type { Blocking } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { BadDer } from "../kit/crypto/der.ts";
import { type OpenKey, openBits, openKeyDer, parseOpenKey, parseRsaOpenKey } from "../kit/crypto/key-der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { pem, pemBlocks } from "../kit/crypto/pem.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { bitsOf, type KeyKind, plainKey, type PublicKey, publicKeyOf, publicLine, shownKind } from "./_key.ts";
import { Fatal, type KeygenCall } from "./_keygen-call.ts";
import { openKeyOf, sshFormOfOpenKey } from "./_private-key.ts";

const BEGIN = "---- BEGIN SSH2 PUBLIC KEY ----";
const END = "---- END SSH2 PUBLIC KEY ----";

function rfc4716Text(key: PublicKey, author: string): string {
  return `${BEGIN}\nComment: "${bitsOf(key)}-bit ${shownKind(key.kind)}, converted by ${author} from OpenSSH"\n${(base64Of(key.blob).match(/.{1,70}/g) ?? []).join("\n")}\n${END}\n`;
}

/** -e */
export function* exportKey(call: KeygenCall): Blocking<number> {
  const format = call.format;
  const path = yield* call.keyFile();
  const key = yield* call.publicKeyIn(path, (reason) => (reason === "No such file or directory" ? `${path}: ${reason}` : `Load key "${path}": ${reason}`));
  if (format === "openssh") {
    yield* call.say(rfc4716Text(key, yield* call.ownComment()));
    return 0;
  }
  const open: OpenKey | undefined = key.kind === "ed25519" ? undefined : openKeyOf(key);
  if (open === undefined) throw new Fatal(`do_convert_to_${format}: unsupported key type ${shownKind(key.kind)}`);
  yield* call.say(format === "pem" && open.kind === "rsa" ? pem("RSA PUBLIC KEY", openBits(open)) : pem("PUBLIC KEY", openKeyDer(open)));
  return 0;
}

function parseRfc4716(text: string): PublicKey | undefined {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(BEGIN));
  let body = "";
  for (let at = start < 0 ? lines.length : start + 1; at < lines.length && !(lines[at] ?? "").startsWith("----"); at++) {
    const line = (lines[at] ?? "").trim();
    // a header goes on behind a backslash
    if (line.includes(":")) while ((lines[at] ?? "").trimEnd().endsWith("\\")) at++;
    else body += line;
  }
  const blob = body === "" ? undefined : bytesOfBase64(body);
  return blob === undefined ? undefined : publicKeyOf(blob);
}

/** -i */
export function* importKey(call: KeygenCall): Blocking<number> {
  const format = call.format;
  const path = yield* call.keyFile();
  const content = yield* call.read(path, (reason) => `${path}: ${reason}`);
  if (format === "openssh") {
    const key = parseRfc4716(content);
    if (key === undefined) throw new Fatal("do_convert_from_ssh2: base64 decode: invalid format");
    yield* call.say(`${publicLine(key)}\n`);
    return 0;
  }
  const wanted = format === "pem" ? ["RSA PUBLIC KEY"] : ["PUBLIC KEY"];
  const block = pemBlocks(content).find(({ label }) => wanted.includes(label));
  try {
    if (block !== undefined) {
      yield* call.say(`${publicLine(sshFormOfOpenKey(format === "pem" ? parseRsaOpenKey(block.bytes) : parseOpenKey(block.bytes)))}\n`);
      return 0;
    }
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw new Fatal(format === "pem" ? `unrecognised raw private key format: ${path}` : `do_convert_from_pkcs8: ${path} is not a recognised public key format`);
}

const SSHFP_ALGORITHMS: Readonly<Record<KeyKind, number>> = { rsa: 1, dsa: 2, ecdsa: 3, ed25519: 4 };

/** -r: the records of one file, or of the host's keys. */
export function* records(call: KeygenCall, name: string): Blocking<number> {
  const given = call.get("file");
  const paths = given === undefined ? ["rsa", "ecdsa", "ed25519"].map((kind) => `/etc/ssh/ssh_host_${kind}_key.pub`).filter((path) => call.exists(path)) : [given];
  for (const path of paths) {
    const key = plainKey(yield* call.publicKeyIn(path, (reason) => `Failed to read v2 public key from "${path}": ${reason}.`));
    for (const [number, hash] of [[1, "sha1"], [2, "sha256"]] as const) {
      const digest = digestOf(hash, key.blob);
      const body = call.has("generic") ? `TYPE44 \\# ${digest.length + 2} ${toHex(Uint8Array.of(SSHFP_ALGORITHMS[key.kind], number))} ${toHex(digest)}` : `SSHFP ${SSHFP_ALGORITHMS[key.kind]} ${number} ${toHex(digest)}`;
      yield* call.say(`${name} IN ${body}\n`);
    }
  }
  return 0;
}
