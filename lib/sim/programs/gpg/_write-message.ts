// --sign, --clear-sign, --detach-sign, --encrypt, --symmetric and what they combine to.
import { type Blocking, concatBytes, decode, encode, SysError } from "../../kernel/sys.ts";
import { ensureAgent } from "../gpg-agent/_agent-socket.ts";
import { armored, clearSigned } from "../kit/openpgp/armor.ts";
import { type KeyBlock, keyRevocation, preferences, primaryUser, userText } from "../kit/openpgp/key-block.ts";
import { cipherCalled, compressedPacket, encryptedKeyPacket, literalPacket, passwordPacket, protectedPacket, sessionKey } from "../kit/openpgp/message.ts";
import { packet, TAG } from "../kit/openpgp/packet.ts";
import { fingerprintText, keyIdText, keyLabel, type PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import { preferredHash, SIGNATURE, type Signature, SUBPACKET, textSubpacket } from "../kit/openpgp/signature.ts";
import { lastComponent } from "../kit/paths.ts";
import { signed, type Signer } from "./_certify.ts";
import { type Context, GpgFailure, readBytes } from "./_context.ts";
import type { Keyring } from "./_keyring.ts";
import { grouped } from "./_listing.ts";
import { messagePassphrase, SecretFailure, unlock } from "./_secrets.ts";
import { TRUST } from "./_trust-database.ts";

interface ChosenSigner extends Signer {
  readonly block: KeyBlock;
  /** the address that -u named */
  readonly address: string | undefined;
}

/** The address of a user ID. */
export function addressOf(user: string): string | undefined {
  const inner = /<([^<>]+)>\s*$/.exec(user)?.[1] ?? user;
  return /^[^\s@]+@[^\s@]+$/.test(inner) ? inner.toLowerCase() : undefined;
}

/** The keys that sign: those of -u, else the default one. Throws SecretFailure, GpgFailure. */
export function* chooseSigners(context: Context, keyring: Keyring): Blocking<readonly ChosenSigner[]> {
  const { settings } = context;
  const wanted = settings.all("local-user");
  const chosen: { readonly block: KeyBlock; readonly key: PublicKeyPacket; readonly address: string | undefined }[] = [];
  const fallback = settings.get("default-key");
  if (wanted.length === 0) {
    const preferred = fallback === undefined ? undefined : keyring.find(fallback);
    if (fallback !== undefined && preferred !== undefined) yield* context.note(`using "${fallback}" as default secret key for signing`);
    const block = preferred ?? keyring.blocks.find((one) => keyring.isSecret(one) && keyring.keyFor(one, "S") !== undefined);
    const key = block === undefined ? undefined : keyring.keyFor(block, "S");
    if (block === undefined || key === undefined || !keyring.hasSecret(key)) {
      yield* context.log("no default secret key: No secret key");
      throw new SecretFailure("No secret key");
    }
    chosen.push({ block, key, address: undefined });
  }
  for (const name of wanted) {
    const block = keyring.all(name).find((one) => keyring.isSecret(one));
    const key = block === undefined ? undefined : keyring.keyFor(block, "S");
    if (block === undefined || key === undefined) {
      const why = block === undefined ? "No secret key" : "Unusable secret key";
      yield* context.log(`skipped "${name}": ${why}`);
      throw new SecretFailure(why);
    }
    const user = primaryUser(block);
    const named = name.replace(/[^0-9A-Fa-f]/g, "").length < 8 || /[^0-9A-Fa-fx\s]/.test(name);
    chosen.push({ block, key, address: named && user !== undefined ? addressOf(userText(user)) : undefined });
  }
  const signers: ChosenSigner[] = [];
  for (const { block, key, address } of chosen) signers.push({ block, key, address, numbers: (yield* unlock(context, block, key)).numbers });
  return signers;
}

const HASH_NAMES = new Map([[2, "SHA1"], [3, "RIPEMD160"], [8, "SHA256"], [9, "SHA384"], [10, "SHA512"], [11, "SHA224"]]);

function* signData(context: Context, signer: ChosenSigner, type: number, data: Uint8Array): Blocking<Signature> {
  return yield* signed(context, signer, type, signer.address === undefined ? [] : [textSubpacket(SUBPACKET.SIGNER, signer.address)], [data]);
}

/** One-pass packets, the text, the signatures in the other order (RFC 4880, section 11.3). */
function* signedMessage(context: Context, signers: readonly ChosenSigner[], name: string, data: Uint8Array): Blocking<Uint8Array> {
  const heads: Uint8Array[] = [];
  const tails: Uint8Array[] = [];
  for (const [index, signer] of signers.entries()) {
    const last = index + 1 === signers.length ? 1 : 0;
    heads.push(packet(TAG.ONE_PASS, concatBytes([Uint8Array.of(3, 0, preferredHash(signer.key), signer.key.algorithm), signer.key.fingerprint.slice(-8), Uint8Array.of(last)])));
    tails.unshift(packet(TAG.SIGNATURE, (yield* signData(context, signer, SIGNATURE.BINARY, data)).body));
  }
  return concatBytes([...heads, literalPacket(data, name, context.nowSeconds), ...tails]);
}

interface Recipient {
  readonly block: KeyBlock;
  readonly key: PublicKeyPacket;
}

/** Nobody has said whose key it is: asks, or refuses in batch mode. */
function* accepted(context: Context, keyring: Keyring, { block, key }: Recipient): Blocking<boolean> {
  if (keyring.validity(block) >= TRUST.FULL) return true;
  const user = primaryUser(block);
  const marginal = keyring.validity(block) === TRUST.MARGINAL;
  yield* context.log(marginal ? `${keyIdText(key)}: There is limited assurance this key belongs to the named user` : `${keyIdText(key)}: There is no assurance this key belongs to the named user`);
  if (context.batch) return marginal;
  if (marginal) return true;
  const isSubkey = keyIdText(key) !== keyIdText(block.key);
  yield* context.tell(`\n${isSubkey ? "sub" : "pub"}  ${keyLabel(key)}/${keyIdText(key)} ${context.date(key.createdSeconds)} ${user === undefined ? "" : userText(user)}\n Primary key fingerprint: ${grouped(fingerprintText(block.key))}\n${isSubkey ? `      Subkey fingerprint: ${grouped(fingerprintText(key))}\n` : ""}\nIt is NOT certain that the key belongs to the person named\nin the user ID.  If you *really* know what you are doing,\nyou may answer the next question with yes.\n\n`);
  return yield* context.agree("Use this key anyway? (y/N) ");
}

/** Those of -r, or those that the user names. Throws GpgFailure. */
function* chooseRecipients(context: Context, keyring: Keyring, shown: string): Blocking<readonly Recipient[]> {
  const { settings } = context;
  const recipients: Recipient[] = [];
  const failed = (why: string): GpgFailure => new GpgFailure(`gpg: ${shown}: encryption failed: ${why}\n`);
  const add = function* (name: string): Blocking<string | undefined> {
    const block = keyring.find(name);
    const key = block === undefined ? undefined : keyring.keyFor(block, "E");
    // a revoked one is not found at all
    if (block === undefined || keyRevocation(block) !== undefined) return "No public key";
    if (key === undefined) return "Unusable public key";
    if (!recipients.some((one) => keyIdText(one.key) === keyIdText(key))) {
      yield* keyring.checkTrust();
      if (!(yield* accepted(context, keyring, { block, key }))) return "unusable";
      recipients.push({ block, key });
    }
    return undefined;
  };
  for (const name of [...settings.all("encrypt-to"), ...settings.all("recipient"), ...(settings.has("default-recipient-self") && settings.all("recipient").length === 0 ? keyring.blocks.filter((one) => keyring.isSecret(one)).slice(0, 1).map((one) => fingerprintText(one.key)) : [])]) {
    const why = yield* add(name);
    if (why === undefined) continue;
    if (why === "unusable") throw failed("Unusable public key");
    yield* context.log(`${name}: skipped: ${why}`);
    yield* context.status(`INV_RECP ${why === "No public key" ? 1 : 10} ${name}`);
    throw failed(why);
  }
  if (recipients.length > 0) return recipients;
  if (context.batch) {
    yield* context.log("no valid addressees");
    throw failed("No user ID");
  }
  yield* context.tell("You did not specify a user ID. (you may use \"-r\")\n");
  for (;;) {
    yield* context.tell("\nCurrent recipients:\n");
    for (const { key, block } of recipients) yield* context.tell(`${keyLabel(key)}/${keyIdText(key)} ${context.date(key.createdSeconds)} "${keyring.nameOf(block)}"\n`);
    const name = yield* context.ask("\nEnter the user ID.  End with an empty line: ");
    if (name === "") break;
    const why = yield* add(name);
    if (why !== undefined && why !== "unusable") yield* context.tell("No such user ID.\n");
  }
  if (recipients.length === 0) {
    yield* context.log("no valid addressees");
    throw failed("No user ID");
  }
  return recipients;
}

interface WriteRequest {
  readonly sign: boolean;
  readonly encrypt: boolean;
  readonly symmetric: boolean;
  readonly clear: boolean;
  readonly detach: boolean;
}

/** One file (undefined: standard input). The status of gpg. */
export function* writeMessage(context: Context, keyring: Keyring, request: WriteRequest, file: string | undefined): Blocking<number> {
  const { settings, sys } = context;
  const shown = file ?? "[stdin]";
  const { sign, encrypt, symmetric, clear, detach } = request;
  const armor = settings.has("armor");
  const verb = clear ? "clear-sign failed" : encrypt ? (sign ? "sign+encrypt failed" : "encryption failed") : symmetric ? "symmetric encryption failed" : "signing failed";
  const what = sign && !clear && !encrypt ? verb : `${shown}: ${verb}`;
  try {
    const recipients = encrypt ? yield* chooseRecipients(context, keyring, shown) : [];
    if (file !== undefined && file !== "-") sys.access(file, 4);
    const signers = sign ? yield* chooseSigners(context, keyring) : [];
    if (symmetric) yield* ensureAgent(sys, context.home);
    const passphrase = symmetric ? yield* messagePassphrase(context, true) : "";
    const data = yield* readBytes(sys, file ?? "-");
    if (sys.charge(data.length >> 4)) yield* sys.preempt();
    const base = file === undefined || file === "-" ? undefined : file;
    const name = settings.get("set-filename") ?? (base === undefined ? "" : lastComponent(base));
    if (clear) {
      const [first] = signers;
      const { head, signed: text } = clearSigned(decode(data), HASH_NAMES.get(first === undefined ? 10 : preferredHash(first.key)) ?? "SHA512");
      const bodies: Uint8Array[] = [];
      for (const signer of signers) bodies.push(packet(TAG.SIGNATURE, (yield* signData(context, signer, SIGNATURE.TEXT, text)).body));
      yield* context.writeOutput(base === undefined ? undefined : `${base}.asc`, encode(head + armored("SIGNATURE", concatBytes(bodies), comments(context))), `${shown}: clear-sign failed`);
      return 0;
    }
    if (detach) {
      const bodies: Uint8Array[] = [];
      for (const signer of signers) bodies.push(packet(TAG.SIGNATURE, (yield* signData(context, signer, SIGNATURE.BINARY, data)).body));
      const whole = concatBytes(bodies);
      yield* context.writeOutput(base === undefined ? undefined : `${base}.${armor ? "asc" : "sig"}`, armor ? encode(armored("SIGNATURE", whole, comments(context))) : whole);
      return 0;
    }
    const inner = sign ? yield* signedMessage(context, signers, name, data) : literalPacket(data, name, context.nowSeconds);
    const wishes = recipients.map(({ block }) => preferences(block, SUBPACKET.COMPRESSIONS));
    const agreed = [2, 1, 0].find((one) => wishes.every((list) => list.includes(one) || one === 0)) ?? 1;
    const level = settings.get("compress-algo")?.toLowerCase();
    const compression = level === "none" || level === "uncompressed" || settings.get("z") === "0" ? 0 : level === "zip" ? 1 : level === "zlib" ? 2 : encrypt ? agreed : 1;
    let whole = yield* compressedPacket(sys, compression, inner);
    if (encrypt || symmetric) {
      const cipher = cipherCalled(settings.get("cipher-algo") ?? "AES256") ?? 9;
      const heads: Uint8Array[] = [];
      let session = sessionKey(sys, cipher);
      if (symmetric) {
        const made = yield* passwordPacket(sys, passphrase, cipher);
        heads.push(made.bytes);
        session = made.session;
      }
      for (const { key } of recipients) heads.push(encryptedKeyPacket(sys, key, cipher, session));
      whole = concatBytes([...heads, protectedPacket(sys, session, whole)]);
    }
    yield* context.writeOutput(base === undefined ? undefined : `${base}.${armor ? "asc" : "gpg"}`, armor ? encode(armored("MESSAGE", whole, comments(context))) : whole, symmetric && !encrypt ? `symmetric encryption of '${shown}' failed` : what);
    return 0;
  } catch (error) {
    if (error instanceof SysError) {
      yield* context.log(`can't open '${shown}': ${error.message}`);
      yield* context.log(`${what}: ${error.message}`);
      return 2;
    }
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`${what}: ${error.message}`);
    return 2;
  }
}

/** --comment */
export function comments(context: Context): readonly string[] {
  return context.settings.all("comment").map((text) => `Comment: ${text}`);
}
