// Making keys: --quick-generate-key, --generate-key, --full-generate-key and the parameter files of --batch (doc/DETAILS of GnuPG).
import { type Blocking, daysFromCivil, encode } from "../../kernel/sys.ts";
import { ensureAgent } from "../gpg-agent/_agent-socket.ts";
import { inverse, mod, numberOf, numberOfLittleEndian } from "../kit/crypto/big-number.ts";
import { ed25519PublicKey, x25519 } from "../kit/crypto/curve25519.ts";
import { curveNamed, nistPublicKey, nistSecret } from "../kit/crypto/nist-curve.ts";
import { generateRsa } from "../kit/crypto/rsa.ts";
import { armored } from "../kit/openpgp/armor.ts";
import { type KeyBlock, userText } from "../kit/openpgp/key-block.ts";
import { BodyReader, packet, TAG } from "../kit/openpgp/packet.ts";
import { ALGORITHM, curveCalled, fingerprintText, keyLabel, numberOfPoint, publicKeyBody, readPublicKey } from "../kit/openpgp/public-key.ts";
import { exists } from "../kit/presence.ts";
import { bindSubkey, bindUser, revokeKey, type Signer } from "./_certify.ts";
import type { RandomPace } from "../kit/pace.ts";
import type { Context } from "./_context.ts";
import type { Keyring } from "./_keyring.ts";
import { storeSecret } from "./_secrets.ts";
import { TRUST } from "./_trust-database.ts";

export interface KeyPlan {
  /** "rsa3072", "ed25519", "cv25519", "nistp256" */
  readonly algorithm: string;
  /** letters of S, C, E, A */
  readonly usage: string;
  /** 0: for ever */
  readonly lifeSeconds: number;
}

function clamped(secret: Uint8Array): Uint8Array {
  const bytes = secret.slice();
  bytes[0] = (bytes[0] ?? 0) & 248;
  bytes[31] = ((bytes[31] ?? 0) & 127) | 64;
  return bytes;
}

/** Undefined for an algorithm that is not made here. */
export function* makeKeyPair(context: { readonly sys: RandomPace; readonly nowSeconds: number }, algorithm: string, encrypts: boolean): Blocking<Signer | undefined> {
  const { sys } = context;
  const created = context.nowSeconds;
  const packetOf = (body: Uint8Array): Signer["key"] => readPublicKey(new BodyReader(body));
  const rsa = /^rsa(\d+)$/i.exec(algorithm);
  if (rsa !== null) {
    const key = yield* generateRsa(sys, Number(rsa[1]));
    // GnuPG keeps the smaller factor first and its inverse in the other
    const u = inverse(key.q, key.p) ?? 0n;
    return { key: packetOf(publicKeyBody(created, ALGORITHM.RSA, [key.n, key.e])), numbers: [key.d, key.q, key.p, mod(u, key.p)] };
  }
  const curve = curveCalled(algorithm);
  if (curve === undefined) return undefined;
  if (sys.charge(5000)) yield* sys.preempt();
  if (curve.shown === "ed25519") {
    const seed = sys.random(32);
    return { key: packetOf(publicKeyBody(created, ALGORITHM.EDDSA, [numberOfPoint(0x40, ed25519PublicKey(seed))], curve)), numbers: [numberOf(seed)] };
  }
  if (curve.shown === "cv25519") {
    const secret = clamped(sys.random(32));
    return { key: packetOf(publicKeyBody(created, ALGORITHM.ECDH, [numberOfPoint(0x40, x25519(secret))], curve)), numbers: [numberOfLittleEndian(secret)] };
  }
  const nist = curveNamed(curve.nist ?? "");
  if (nist === undefined) return undefined;
  const secret = nistSecret(nist, (length) => sys.random(length));
  return { key: packetOf(publicKeyBody(created, encrypts ? ALGORITHM.ECDH : ALGORITHM.ECDSA, [numberOf(nistPublicKey(nist, secret))], curve)), numbers: [secret] };
}

const REVOCATION_TEXT = `A revocation certificate is a kind of "kill switch" to publicly
declare that a key shall not anymore be used.  It is not possible
to retract such a revocation certificate once it has been published.

Use it to revoke this key in case of a compromise or loss of
the secret key.  However, if the secret key is still accessible,
it is better to generate a new revocation certificate and give
a reason for the revocation.  For details see the description of
of the gpg command "--generate-revocation" in the GnuPG manual.

To avoid an accidental use of this file, a colon has been inserted
before the 5 dashes below.  Remove this colon with a text editor
before importing and publishing this revocation certificate.
`;

function* storeRevocation(context: Context, block: KeyBlock, signer: Signer, lifeSeconds: number): Blocking<void> {
  const directory = context.path("openpgp-revocs.d");
  if (!exists(context.sys, directory)) {
    context.sys.mkdir(directory, 0o700);
    yield* context.note(`directory '${directory}' created`);
  }
  const fingerprint = fingerprintText(block.key);
  const signature = yield* revokeKey(context, signer, 0, new Uint8Array(0));
  const until = lifeSeconds === 0 ? "" : ` [expires: ${context.date(block.key.createdSeconds + lifeSeconds)}]`;
  const users = block.users.map((user) => `uid          ${userText(user)}\n`).join("");
  const head = `This is a revocation certificate for the OpenPGP key:\n\npub   ${keyLabel(block.key)} ${context.date(block.key.createdSeconds)} [SC]${until}\n      ${fingerprint}\n${users}\n`;
  const path = `${directory}/${fingerprint}.rev`;
  yield* context.replace(path, `${head}${REVOCATION_TEXT}\n:${armored("PUBLIC KEY BLOCK", packet(TAG.SIGNATURE, signature.body), ["Comment: This is a revocation certificate"])}`, 0o600);
  yield* context.note(`revocation certificate stored as '${path}'`);
}

/** A primary key with a user ID and perhaps a subkey, stored and trusted. Undefined for an unknown algorithm. Throws SecretFailure. */
export function* generateKey(context: Context, keyring: Keyring, userId: string, primary: KeyPlan, subkey: KeyPlan | undefined, passphrase: string): Blocking<KeyBlock | undefined> {
  yield* ensureAgent(context.sys, context.home);
  const main = yield* makeKeyPair(context, primary.algorithm, false);
  const second = subkey === undefined ? undefined : yield* makeKeyPair(context, subkey.algorithm, subkey.usage === "E");
  if (main === undefined || (subkey !== undefined && second === undefined)) return undefined;
  const bytes = encode(userId);
  const block: KeyBlock = { key: main.key, signatures: [], users: [{ bytes, signatures: [yield* bindUser(context, main, bytes, primary.usage, primary.lifeSeconds)] }], subkeys: [], secrets: new Map() };
  yield* storeSecret(context, main.key, main.numbers, passphrase);
  if (subkey !== undefined && second !== undefined) {
    block.subkeys.push({ key: second.key, signatures: [yield* bindSubkey(context, main, second, subkey.usage, subkey.lifeSeconds)] });
    yield* storeSecret(context, second.key, second.numbers, passphrase);
  }
  keyring.put(block);
  yield* keyring.save();
  yield* keyring.ensureTrust();
  yield* keyring.setOwnerTrust(block, TRUST.ULTIMATE);
  yield* storeRevocation(context, block, main, primary.lifeSeconds);
  return block;
}

/** "0", "5", "3w", "2m", "1y", "2027-01-31", "seconds=N": a life in seconds; undefined when it is none. */
export function parseLife(context: Context, text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (word === "" || word === "0" || word === "none" || word === "never" || word === "-") return 0;
  const seconds = /^seconds=(\d+)$/.exec(word);
  if (seconds !== null) return Number(seconds[1]);
  const match = /^(\d+)([dwmy]?)$/.exec(word);
  if (match !== null) {
    const days = { d: 1, w: 7, m: 30, y: 365, "": 1 }[match[2] as "d" | "w" | "m" | "y" | ""];
    return Number(match[1]) * days * 86_400;
  }
  const date = /^(\d{4})-?(\d\d)-?(\d\d)(?:t(\d\d)(\d\d)(\d\d)z?)?$/.exec(word);
  if (date === null) return undefined;
  const [year, month, day, hour, minute, second] = date.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  // noon, as GnuPG does where no time is given
  const midday = hour === undefined ? 12 : hour;
  const epoch = daysFromCivil(year ?? 1970, month ?? 1, day ?? 1) * 86_400 + midday * 3600 + (minute ?? 0) * 60 + (second ?? 0);
  const life = epoch - context.nowSeconds;
  return life > 0 ? life : undefined;
}

/** Two years, in days of this GnuPG. */
export const DEFAULT_LIFE_SECONDS = 2 * 365 * 86_400;
