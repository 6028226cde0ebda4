// What gpg and gpgv say of a signature on data.
import { type Blocking, concatBytes } from "../../kernel/sys.ts";
import { type KeyBlock, keyExpiry, keyRevocation, primaryUser, type UserId, userText } from "../kit/openpgp/key-block.ts";
import { algorithmName, fingerprintText, keyIdText, type PublicKeyPacket, verifySteps } from "../kit/openpgp/public-key.ts";
import { checks, createdSeconds, found, issuerId, issuerText, SIGNATURE, type Signature, SUBPACKET } from "../kit/openpgp/signature.ts";
import { decode } from "../../kernel/sys.ts";
import type { Context } from "./_context.ts";
import { grouped } from "./_listing.ts";

export interface KeyFinder {
  byKeyId(id: string): { readonly block: KeyBlock; readonly key: PublicKeyPacket } | undefined;
  /** "ultimate", "  full  "…; undefined where nothing is known of trust (gpgv) */
  validityWord?(block: KeyBlock, user: UserId): string;
}

export interface SignedData {
  readonly bytes: Uint8Array;
  /** of a clear signature: ends of lines are already those that are signed */
  readonly canonical: boolean;
}

/** CR LF at the end of each line: what a signature over text covers. */
function textForm(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 10 && bytes[i - 1] !== 13) out.push(13);
    out.push(bytes[i] ?? 0);
  }
  return Uint8Array.from(out);
}

/** "good", "bad", "missing" (no public key). */
export function* reportSignature(context: Context, keys: KeyFinder, signature: Signature, data: SignedData): Blocking<"good" | "bad" | "missing"> {
  const id = issuerId(signature);
  const named = issuerText(signature);
  const created = createdSeconds(signature);
  yield* context.log(`Signature made ${context.time(created)}`);
  yield* context.log(`               using ${algorithmName(signature.algorithm)} key ${named}`);
  const signer = found(signature, SUBPACKET.SIGNER);
  if (signer !== undefined) yield* context.log(`               issuer "${decode(signer)}"`);
  const known = keys.byKeyId(named) ?? keys.byKeyId(id);
  if (known === undefined) {
    yield* context.status(`ERRSIG ${id} ${signature.algorithm} ${signature.hash} ${signature.type.toString(16).padStart(2, "0")} ${created} 9 ${named}`);
    yield* context.status(`NO_PUBKEY ${id}`);
    yield* context.log("Can't check signature: No public key");
    return "missing";
  }
  if (context.sys.charge(verifySteps(known.key) + (data.bytes.length >> 5))) yield* context.sys.preempt();
  const bytes = signature.type === SIGNATURE.TEXT && !data.canonical ? textForm(data.bytes) : data.bytes;
  const good = checks(signature, [concatBytes([bytes])], known.key);
  const primary = primaryUser(known.block);
  const name = primary === undefined ? "[User ID not found]" : userText(primary);
  const word = primary === undefined || keys.validityWord === undefined ? undefined : keys.validityWord(known.block, primary).trim();
  const suffix = word === undefined ? "" : ` [${word === "expired" || word === "revoked" ? word : word}]`;
  if (!good) {
    yield* context.status(`BADSIG ${id} ${name}`);
    yield* context.log(`BAD signature from "${name}"${suffix}`);
    return "bad";
  }
  yield* context.status(`GOODSIG ${id} ${name}`);
  yield* context.status(`VALIDSIG ${fingerprintText(known.key)} ${context.date(created)} ${created} 0 4 0 ${signature.algorithm} ${signature.hash} ${signature.type.toString(16).padStart(2, "0")} ${fingerprintText(known.block.key)}`);
  yield* context.log(`Good signature from "${name}"${suffix}`);
  for (const user of known.block.users) {
    if (user === primary || keys.validityWord === undefined) continue;
    yield* context.log(`                aka "${userText(user)}" [${keys.validityWord(known.block, user).trim()}]`);
  }
  const until = keyExpiry(known.block);
  if (keys.validityWord === undefined) return "good";
  const isSubkey = keyIdText(known.key) !== keyIdText(known.block.key);
  const fingerprints = function* (): Blocking<void> {
    yield* context.io.stderr(`Primary key fingerprint: ${grouped(fingerprintText(known.block.key))}\n`);
    if (isSubkey) yield* context.io.stderr(`     Subkey fingerprint: ${grouped(fingerprintText(known.key))}\n`);
  };
  if (keyRevocation(known.block) !== undefined) {
    yield* context.log("WARNING: This key has been revoked by its owner!");
    yield* context.log("         This could mean that the signature is forged.");
    yield* context.log("reason for revocation: No reason specified");
    yield* fingerprints();
  } else if (until !== undefined && until <= context.nowSeconds) {
    yield* context.log("Note: This key has expired!");
    yield* fingerprints();
  } else if (word === "unknown" || word === "undef") {
    yield* context.log("WARNING: This key is not certified with a trusted signature!");
    yield* context.log("         There is no indication that the signature belongs to the owner.");
    yield* fingerprints();
  } else if (word === "marginal") {
    yield* context.log("WARNING: This key is not certified with sufficiently trusted signatures!");
    yield* context.log("         It is not certain that the signature belongs to the owner.");
    yield* fingerprints();
  } else if (word === "never") {
    yield* context.log("WARNING: We do NOT trust this key!");
    yield* context.log("         The signature is probably a FORGERY.");
    yield* fingerprints();
  }
  yield* context.status(word === "ultimate" ? "TRUST_ULTIMATE 0 pgp" : word === "full" ? "TRUST_FULLY 0 pgp" : word === "marginal" ? "TRUST_MARGINAL 0 pgp" : "TRUST_UNDEFINED 0 pgp");
  return "good";
}
