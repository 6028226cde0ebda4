// --list-keys and its kin, for people and with colons (doc/DETAILS of GnuPG).
import { type KeyBlock, keyExpiry, keyRevocation, keyUsage, certifies, bindsSubkey, concernsKey, primaryUser, selfSignature, type Subkey, subkeyExpiry, subkeyRevocation, subkeyUsage, userText } from "../kit/openpgp/key-block.ts";
import { fingerprintText, keyBits, keygrip, keyIdText, keyLabel, type PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import { createdSeconds, found, issuerId, issuerText, SIGNATURE, type Signature, SUBPACKET } from "../kit/openpgp/signature.ts";
import type { Blocking } from "../../kernel/sys.ts";
import type { Context } from "./_context.ts";
import { type Keyring, userHash } from "./_keyring.ts";

export interface ListingOptions {
  readonly secret: boolean;
  readonly signatures: boolean;
  readonly check: boolean;
  /** how often --fingerprint was given */
  readonly fingerprints: number;
  /** a file's keys, not those of the ring: no validity */
  readonly bare?: boolean;
}

/** "3206 8029 …" in two groups of five. */
export function grouped(fingerprint: string): string {
  return (fingerprint.match(/.{1,4}/g) ?? []).map((part, i) => (i === 5 ? ` ${part}` : part)).join(" ");
}

type IdFormat = "none" | "short" | "long" | "0xshort" | "0xlong";

function idFormat(context: Context): IdFormat {
  const given = context.settings.get("keyid-format")?.toLowerCase();
  return given === "short" || given === "long" || given === "0xshort" || given === "0xlong" ? given : "none";
}

/** As messages write a key id. */
function shownId(context: Context, id: string): string {
  const format = idFormat(context);
  if (format === "short") return id.slice(-8);
  if (format === "0xshort") return `0x${id.slice(-8)}`;
  return format === "0xlong" ? `0x${id}` : id;
}

const USER_INDENT: Record<IdFormat, number> = { none: 11, short: 9, "0xshort": 11, long: 17, "0xlong": 19 };

function idSuffix(context: Context, key: PublicKeyPacket): string {
  return idFormat(context) === "none" ? "" : `/${shownId(context, keyIdText(key))}`;
}

export class Listing {
  readonly #context: Context;
  readonly #keyring: Keyring;
  readonly #options: ListingOptions;
  good = 0;
  bad = 0;
  missing = 0;

  constructor(context: Context, keyring: Keyring, options: ListingOptions) {
    this.#context = context;
    this.#keyring = keyring;
    this.#options = options;
  }

  #ending(revoked: Signature | undefined, until: number | undefined): string {
    const context = this.#context;
    if (revoked !== undefined) return ` [${context.word(`revoked: ${context.date(createdSeconds(revoked))}`)}]`;
    if (until === undefined) return "";
    return ` [${context.word(`${until <= context.nowSeconds ? "expired" : "expires"}: ${context.date(until)}`)}]`;
  }

  #keyLine(word: string, key: PublicKeyPacket, usage: string, ending: string): string {
    return `${word}   ${keyLabel(key)}${idSuffix(this.#context, key)} ${this.#context.date(key.createdSeconds)} [${usage}]${ending}\n`;
  }

  #mark(key: PublicKeyPacket): string {
    return this.#keyring.hasSecret(key) ? " " : "#";
  }

  *block(block: KeyBlock): Blocking<void> {
    if (this.#context.sys.charge(200)) yield* this.#context.sys.preempt();
    if (this.#context.settings.has("with-colons")) this.#colons(block);
    else this.#text(block);
  }

  #text(block: KeyBlock): void {
    const { secret, signatures, fingerprints, bare } = this.#options;
    const context = this.#context;
    const withGrip = context.settings.has("with-keygrip");
    const revoked = keyRevocation(block);
    const mark = secret ? this.#mark(block.key) : " ";
    context.put(this.#keyLine(secret ? `sec${mark}` : "pub ", block.key, keyUsage(block), this.#ending(revoked, keyExpiry(block))).replace(/^(....) {3}/, "$1  "));
    const plain = idFormat(context) === "none" || context.settings.has("with-subkey-fingerprint");
    const fingerprint = fingerprintText(block.key);
    if (fingerprints > 0) context.put(`${idFormat(context) === "none" ? "      " : "      Key fingerprint = "}${grouped(fingerprint)}\n`);
    else if (plain || idFormat(context) !== "none") context.put(`      ${fingerprint}\n`);
    if (withGrip) context.put(`      Keygrip = ${keygrip(block.key)}\n`);
    if (signatures) for (const one of block.signatures) this.#signature(one, block, () => concernsKey(one, block));
    // the primary user ID comes first
    const primary = primaryUser(block);
    const users = [...(primary === undefined ? [] : [primary]), ...block.users.filter((user) => user !== primary)];
    for (const user of users) {
      const validity = bare === true ? "" : `${this.#context.word(`[${this.#keyring.validityWord(block, user)}]`)} `;
      const hidden = revoked === undefined && validity.includes("revoked") && !signatures;
      if (!hidden) context.put(`uid${" ".repeat(Math.max(1, USER_INDENT[idFormat(context)] + 11 - validity.length))}${validity}${userText(user)}\n`);
      if (signatures) for (const one of user.signatures) this.#signature(one, block, (signer) => certifies(one, block, user, signer));
    }
    for (const subkey of block.subkeys) this.#subkey(block, subkey);
    context.put("\n");
  }

  #subkey(block: KeyBlock, subkey: Subkey): void {
    const { secret, signatures, fingerprints } = this.#options;
    const context = this.#context;
    const revoked = subkeyRevocation(block, subkey) ?? keyRevocation(block);
    const until = subkeyExpiry(block, subkey);
    const dead = revoked !== undefined || (until !== undefined && until <= context.nowSeconds);
    const unusual = (context.settings.get("list-options") ?? "").includes("show-unusable-subkeys") || signatures;
    if (dead && !unusual) return;
    const word = secret ? `ssb${this.#mark(subkey.key)}` : "sub ";
    context.put(this.#keyLine(word, subkey.key, subkeyUsage(block, subkey), this.#ending(revoked, until)).replace(/^(....) {3}/, "$1  "));
    if (fingerprints > 1) context.put(`      ${grouped(fingerprintText(subkey.key))}\n`);
    else if (context.settings.has("with-subkey-fingerprint")) context.put(`      ${fingerprintText(subkey.key)}\n`);
    if (context.settings.has("with-keygrip")) context.put(`      Keygrip = ${keygrip(subkey.key)}\n`);
    if (signatures) for (const one of subkey.signatures) this.#signature(one, block, () => bindsSubkey(one, block, subkey));
  }

  #verdict(signature: Signature, holds: (signer: PublicKeyPacket) => boolean): string {
    if (!this.#options.check) return " ";
    const signer = this.#keyring.byKeyId(issuerId(signature));
    if (signer === undefined) {
      this.missing++;
      return "?";
    }
    const result = holds(signer.key);
    if (result) this.good++;
    else this.bad++;
    return result ? "!" : "-";
  }

  #signature(signature: Signature, _block: KeyBlock, holds: (signer: PublicKeyPacket) => boolean): void {
    const context = this.#context;
    const verdict = this.#verdict(signature, holds);
    // what cannot be checked is left out of --check-sigs
    if (verdict === "?") return;
    const id = issuerId(signature);
    const signer = this.#keyring.byKeyId(id)?.block;
    const revocation = [SIGNATURE.REVOKE_KEY, SIGNATURE.REVOKE_SUBKEY, SIGNATURE.REVOKE_USER].some((type) => type === signature.type);
    const level = signature.type >= SIGNATURE.PERSONA && signature.type <= SIGNATURE.POSITIVE ? String(signature.type - SIGNATURE.GENERIC) : " ";
    const local = (found(signature, SUBPACKET.EXPORTABLE)?.[0] ?? 1) === 0 ? "L" : " ";
    const name = signer === undefined ? "[User ID not found]" : this.#keyring.nameOf(signer);
    context.put(`${revocation ? "rev" : "sig"}${verdict}${level} ${local}      ${shownId(context, id)} ${context.date(createdSeconds(signature))}  ${name}\n`);
  }

  #colons(block: KeyBlock): void {
    const { secret, signatures } = this.#options;
    const context = this.#context;
    const keyring = this.#keyring;
    const curve = (key: PublicKeyPacket): string => key.curve?.shown ?? "";
    const until = keyExpiry(block);
    const letter = keyring.validityLetter(block);
    const able = new Set([...(keyring.usable(block) ? keyUsage(block) + block.subkeys.filter((subkey) => subkeyRevocation(block, subkey) === undefined).map((subkey) => subkeyUsage(block, subkey)).join("") : "")]);
    const capabilities = keyUsage(block).toLowerCase().replace(/[^esca]/g, "") + ["E", "S", "C", "A"].filter((one) => able.has(one)).join("");
    const ordered = [...capabilities].filter((one) => one === one.toLowerCase()).sort((a, b) => "esca".indexOf(a) - "esca".indexOf(b)).join("") + [...capabilities].filter((one) => one !== one.toLowerCase()).join("");
    const owner = keyring.ownerTrust(block);
    const ownerLetter = ["-", "e", "q", "n", "m", "f", "u"][owner] ?? "-";
    const token = (key: PublicKeyPacket): string => (secret ? (keyring.hasSecret(key) ? "+" : "#") : "");
    context.put(`${secret ? "sec" : "pub"}:${letter}:${keyBits(block.key)}:${block.key.algorithm}:${keyIdText(block.key)}:${block.key.createdSeconds}:${until ?? ""}::${ownerLetter}:::${ordered}:::${token(block.key)}::${curve(block.key)}:23::0:\n`);
    const grip = secret || context.settings.has("with-keygrip");
    const identity = (key: PublicKeyPacket): void => {
      context.put(`fpr:::::::::${fingerprintText(key)}:\n`);
      if (grip) context.put(`grp:::::::::${keygrip(key)}:\n`);
    };
    identity(block.key);
    const signatureLine = (one: Signature, kind = "sig"): void => {
      const id = issuerId(one);
      const signer = keyring.byKeyId(id)?.block;
      const type = one.type.toString(16).padStart(2, "0");
      context.put(`${kind}:::${one.algorithm}:${id}:${createdSeconds(one)}::::${signer === undefined ? "" : escaped(keyring.nameOf(signer))}:${type}x::${issuerText(one)}:::${one.hash}:\n`);
    };
    if (signatures) for (const one of block.signatures) signatureLine(one, one.type === SIGNATURE.REVOKE_KEY ? "rev" : "sig");
    for (const user of block.users) {
      const own = selfSignature(block, user);
      context.put(`uid:${keyring.validityLetter(block, user)}::::${own === undefined ? "" : createdSeconds(own)}::${userHash(user)}::${escaped(userText(user))}::::::::::0:\n`);
      if (signatures) for (const one of user.signatures) signatureLine(one, one.type === SIGNATURE.REVOKE_USER ? "rev" : "sig");
    }
    for (const subkey of block.subkeys) {
      const subkeyUntil = subkeyExpiry(block, subkey);
      const state = subkeyRevocation(block, subkey) !== undefined ? "r" : subkeyUntil !== undefined && subkeyUntil <= context.nowSeconds ? "e" : letter;
      context.put(`${secret ? "ssb" : "sub"}:${state}:${keyBits(subkey.key)}:${subkey.key.algorithm}:${keyIdText(subkey.key)}:${subkey.key.createdSeconds}:${subkeyUntil ?? ""}:::::${subkeyUsage(block, subkey).toLowerCase()}:::${token(subkey.key)}::${curve(subkey.key)}:23:\n`);
      identity(subkey.key);
      if (signatures) for (const one of subkey.signatures) signatureLine(one);
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\x5c").replaceAll(":", "\\x3a");
}

/** The listing after a key was made: without validity and without its number. */
export function* listNewKey(context: Context, keyring: Keyring, block: KeyBlock): Blocking<void> {
  yield* new Listing(context, keyring, { secret: false, signatures: false, check: false, fingerprints: 0, bare: true }).block(block);
}
