// --decrypt, --verify and a file without a command: whatever the packets hold is taken apart.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { dearmor } from "../kit/openpgp/armor.ts";
import { primaryUser, userText } from "../kit/openpgp/key-block.ts";
import { cipherName, decompressed, openProtected, parseLiteral, sessionOfPassword } from "../kit/openpgp/message.ts";
import { BadPacket, BodyReader, type Packet, parsePackets, TAG } from "../kit/openpgp/packet.ts";
import { algorithmName, keyBits, keyIdText } from "../kit/openpgp/public-key.ts";
import { decryptSessionKey } from "../kit/openpgp/secret-key.ts";
import { parseSignature, type Signature } from "../kit/openpgp/signature.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { exists } from "../kit/presence.ts";
import { type KeyFinder, reportSignature, type SignedData } from "./_check.ts";
import { type Context, readBytes } from "./_context.ts";
import type { Keyring } from "./_keyring.ts";
import { messagePassphrase, SecretFailure, unlock } from "./_secrets.ts";

export interface Opened {
  text: Uint8Array | undefined;
  name: string;
  readonly signatures: Signature[];
  encrypted: boolean;
}

/** A message that could not be taken apart; the reason is already told. */
export class Stop extends Error {}

function* sessionFor(context: Context, keyring: Keyring, packets: readonly Packet[]): Blocking<{ readonly cipher: number; readonly session: Uint8Array }[]> {
  const found: { readonly cipher: number; readonly session: Uint8Array }[] = [];
  const keys = packets.filter(({ tag }) => tag === TAG.ENCRYPTED_KEY);
  const passwords = packets.filter(({ tag }) => tag === TAG.PASSWORD_KEY);
  const failures: string[] = [];
  for (const { body } of keys) {
    if (found.length > 0) break;
    const id = toHex(body.slice(1, 9)).toUpperCase();
    const known = keyring.byKeyId(id);
    if (known === undefined || !keyring.hasSecret(known.key)) continue;
    try {
      const { numbers } = yield* unlock(context, known.block, known.key);
      const reader = new BodyReader(body.slice(10));
      const message = decryptSessionKey(known.key, numbers, reader);
      if (message !== undefined) found.push({ cipher: message[0] ?? 0, session: message.slice(1, -2) });
    } catch (error) {
      if (error instanceof SecretFailure) failures.push(error.message);
      else if (!(error instanceof BadPacket)) throw error;
    }
  }
  // the recipients are told in the other order, as the packets were kept on a list
  for (const { body } of [...keys].reverse()) {
    const id = toHex(body.slice(1, 9)).toUpperCase();
    const known = keyring.byKeyId(id);
    if (known === undefined) {
      yield* context.log(`encrypted with ${algorithmName(body[9] ?? 0)} key, ID ${id}`);
      continue;
    }
    const user = primaryUser(known.block);
    yield* context.log(`encrypted with ${keyBits(known.key)}-bit ${algorithmName(known.key.algorithm)} key, ID ${keyIdText(known.key)}, created ${context.date(known.key.createdSeconds)}`);
    yield* context.io.stderr(`      "${user === undefined ? "" : userText(user)}"\n`);
  }
  for (const why of failures) yield* context.log(`public key decryption failed: ${why}`);
  if (found.length === 0 && passwords.length > 0) {
    for (const { body } of passwords) yield* context.log(`${cipherName(body[1] ?? 0) ?? "?"}.CFB encrypted data`);
    let passphrase: string | undefined;
    try {
      passphrase = yield* messagePassphrase(context, false);
    } catch (error) {
      if (!(error instanceof SecretFailure)) throw error;
      yield* context.log(`problem with the agent: ${error.message}`);
    }
    yield* context.log(`encrypted with ${passwords.length} passphrase${passwords.length === 1 ? "" : "s"}`);
    for (const { body } of passwords) {
      const session = passphrase === undefined ? undefined : yield* sessionOfPassword(context.sys, body, passphrase);
      if (session !== undefined) found.push(session);
    }
    if (passphrase === undefined) {
      yield* context.log("decryption failed: No secret key");
      throw new Stop();
    }
  } else if (found.length === 0) {
    yield* context.status("DECRYPTION_FAILED");
    yield* context.log("decryption failed: No secret key");
    throw new Stop();
  }
  return found;
}

export function* openPackets(context: Context, keyring: Keyring, packets: readonly Packet[], into: Opened, depth = 0): Blocking<void> {
  if (depth > 16) throw new BadPacket("nested too deep");
  for (const { tag, body } of packets) {
    if (tag === TAG.SIGNATURE) into.signatures.push(parseSignature(body));
    else if (tag === TAG.COMPRESSED) yield* openPackets(context, keyring, parsePackets(yield* decompressed(context.sys, body)), into, depth + 1);
    else if (tag === TAG.LITERAL) {
      const literal = parseLiteral(body);
      into.text = literal.bytes;
      into.name = String.fromCharCode(...literal.name);
    } else if (tag === TAG.PROTECTED_DATA) {
      into.encrypted = true;
      const sessions = yield* sessionFor(context, keyring, packets);
      if (context.sys.charge(body.length >> 3)) yield* context.sys.preempt();
      let opened: ReturnType<typeof openProtected> = "bad-key";
      for (const { cipher, session } of sessions) {
        opened = openProtected(cipher, session, body);
        if (opened !== "bad-key") break;
      }
      if (opened === "bad-key") {
        yield* context.status("DECRYPTION_FAILED");
        yield* context.log("decryption failed: Bad session key");
        throw new Stop();
      }
      if (opened === "bad-sum") {
        yield* context.log("WARNING: encrypted message has been manipulated!");
        yield* context.status("DECRYPTION_FAILED");
        throw new Stop();
      }
      yield* context.status("DECRYPTION_OKAY");
      yield* openPackets(context, keyring, parsePackets(opened), into, depth + 1);
    }
  }
}

function* report(context: Context, keys: KeyFinder, signatures: readonly Signature[], data: SignedData): Blocking<number> {
  let status = 0;
  for (const signature of signatures) {
    const result = yield* reportSignature(context, keys, signature, data);
    if (result === "bad") status = 1;
    else if (result === "missing" && status === 0) status = 2;
  }
  return status;
}

/** --decrypt, and what gpg guesses without a command (`guessed`: the text goes to a file). */
export function* readMessage(context: Context, keyring: Keyring, file: string | undefined, guessed: boolean): Blocking<number> {
  const failed = guessed ? "processing message failed" : "decrypt_message failed";
  let bytes: Uint8Array;
  try {
    bytes = yield* readBytes(context.sys, file ?? "-");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* context.log(`can't open '${file}': ${error.message}`);
    yield* context.log(`${failed}: ${error.message}`);
    return 2;
  }
  const armor = dearmor(bytes);
  if (armor.kind === "nothing") {
    if (bytes.length > 0) yield* context.log("no valid OpenPGP data found.");
    yield* context.log(`${failed}: Unknown system error`);
    return 2;
  }
  const opened: Opened = { text: undefined, name: "", signatures: [], encrypted: false };
  try {
    yield* openPackets(context, keyring, parsePackets(armor.bytes), opened);
  } catch (error) {
    if (error instanceof Stop) return 2;
    if (!(error instanceof BadPacket)) throw error;
    yield* context.log("no valid OpenPGP data found.");
    yield* context.log(`${failed}: Unknown system error`);
    return 2;
  }
  const text = armor.kind === "clear" ? armor.shown : opened.text;
  if (text === undefined) {
    if (opened.signatures.length > 0) return yield* verifyDetached(context, keyring, opened.signatures, file, undefined);
    yield* context.log(`${failed}: Unexpected data`);
    return 2;
  }
  const name = guessed && file !== undefined ? file.replace(/\.(gpg|asc|pgp)$/, "") : undefined;
  yield* context.writeOutput(name === file ? undefined : name, text, "decrypt_message failed");
  yield* context.io.out.flush();
  if (opened.signatures.length > 0) yield* keyring.checkTrust();
  return yield* report(context, keyring, opened.signatures, armor.kind === "clear" ? { bytes: armor.signed, canonical: true } : { bytes: text, canonical: false });
}

function* verifyDetached(context: Context, keys: KeyFinder, signatures: readonly Signature[], file: string | undefined, data: readonly string[] | undefined): Blocking<number> {
  let names = data;
  if (names === undefined) {
    const guess = file === undefined ? undefined : /^(.+)\.(sig|asc|sign)$/.exec(file)?.[1];
    if (guess === undefined || !exists(context.sys, guess)) {
      yield* context.log("no signed data");
      yield* context.log(`can't hash datafile: No data`);
      return 2;
    }
    yield* context.note(`assuming signed data in '${guess}'`);
    names = [guess];
  }
  const parts: Uint8Array[] = [];
  for (const name of names) {
    try {
      parts.push(yield* readBytes(context.sys, name));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* context.log(`can't open signed data '${name}'`);
      yield* context.log(`can't hash datafile: ${error.message}`);
      return 2;
    }
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return yield* report(context, keys, signatures, { bytes: whole, canonical: false });
}

/** --verify SIGNATURE [DATA...], of gpg (a Keyring) and of gpgv (keys only). */
export function* verifyFiles(context: Context, keys: KeyFinder, keyring: Keyring | undefined, files: readonly string[]): Blocking<number> {
  const [file, ...data] = files;
  let bytes: Uint8Array;
  try {
    bytes = yield* readBytes(context.sys, file ?? "-");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* context.log(`can't open '${file}': ${error.message}`);
    yield* context.log(`verify signatures failed: ${error.message}`);
    return 2;
  }
  const nothing = function* (): Blocking<number> {
    yield* context.log("no valid OpenPGP data found.");
    yield* context.log("the signature could not be verified.");
    yield* context.io.stderr("Please remember that the signature file (.sig or .asc)\nshould be the first file given on the command line.\n");
    return 2;
  };
  const armor = dearmor(bytes);
  if (armor.kind === "nothing") return yield* nothing();
  const opened: Opened = { text: undefined, name: "", signatures: [], encrypted: false };
  try {
    const packets = parsePackets(armor.bytes);
    if (keyring !== undefined) {
      yield* keyring.checkTrust();
      yield* openPackets(context, keyring, packets, opened);
    } else {
      for (const { tag, body } of packets) {
        if (tag === TAG.SIGNATURE) opened.signatures.push(parseSignature(body));
        else if (tag === TAG.LITERAL) opened.text = parseLiteral(body).bytes;
      }
    }
  } catch (error) {
    if (error instanceof Stop) return 2;
    if (!(error instanceof BadPacket)) throw error;
    return yield* nothing();
  }
  if (opened.signatures.length === 0) {
    yield* context.log("verify signatures failed: Unexpected data");
    return 2;
  }
  if (armor.kind === "clear") {
    const status = yield* report(context, keys, opened.signatures, { bytes: armor.signed, canonical: true });
    const output = context.settings.get("output");
    if (output !== undefined) yield* context.writeOutput(undefined, armor.shown);
    return status;
  }
  if (opened.text !== undefined) return yield* report(context, keys, opened.signatures, { bytes: opened.text, canonical: false });
  return yield* verifyDetached(context, keys, opened.signatures, file, data.length === 0 ? undefined : data);
}
