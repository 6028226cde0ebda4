// --import, --export, --export-secret-keys, --delete-keys, --export-ownertrust and their kin.
import { type Blocking, concatBytes, decode, encode, SysError } from "../../kernel/sys.ts";
import { armored, dearmor } from "../kit/openpgp/armor.ts";
import { concernsKey, type KeyBlock, keyBlockBytes, keyBlocks, merged, primaryUser, userText } from "../kit/openpgp/key-block.ts";
import { BadPacket, parsePackets, TAG } from "../kit/openpgp/packet.ts";
import { fingerprintText, keyIdText, keyLabel, type PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import { readSecretPart, writeSecretPart } from "../kit/openpgp/secret-key.ts";
import { found, issuerId, parseSignature, SIGNATURE, type Signature, SUBPACKET } from "../kit/openpgp/signature.ts";
import { exists } from "../kit/presence.ts";
import { type Context, GpgFailure, readBytes } from "./_context.ts";
import type { Keyring } from "./_keyring.ts";
import { privateKeyPath, SecretFailure, storeSecret, unlock } from "./_secrets.ts";
import { comments } from "./_write-message.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { askPinentry } from "./_pinentry.ts";
import { givenPassphrase } from "./_secrets.ts";

interface Counts {
  processed: number;
  imported: number;
  unchanged: number;
  newUsers: number;
  newSubkeys: number;
  newSignatures: number;
  newRevocations: number;
  secretRead: number;
  secretImported: number;
  secretUnchanged: number;
  noUser: number;
}

/** The passphrase that the file was exported with. */
function* exportPassphrase(context: Context, key: PublicKeyPacket, name: string): Blocking<string> {
  const given = yield* givenPassphrase(context);
  if (given !== undefined) return given;
  if (context.settings.get("pinentry-mode") === "loopback") {
    const answer = yield* askPassword(context.sys, "Enter passphrase: ");
    if (answer.kind === "text") return answer.text;
    throw new SecretFailure("Operation cancelled");
  }
  const answer = yield* askPinentry(context.sys, { lines: ["Please enter the passphrase to import the OpenPGP secret key:", `"${name}"`, `${keyLabel(key)} key, ID ${keyIdText(key)},`, `created ${context.date(key.createdSeconds)}.`], field: "Passphrase:", ok: "OK", cancel: "Cancel" });
  if (answer.kind === "text") return answer.text;
  throw new SecretFailure(answer.kind === "cancel" ? "Operation cancelled" : "Inappropriate ioctl for device");
}

function* importSecrets(context: Context, keyring: Keyring, block: KeyBlock, counts: Counts): Blocking<void> {
  counts.secretRead++;
  const id = keyIdText(block.key);
  const name = keyring.nameOf(block);
  let [stored, known, passphrase] = [0, 0, undefined as string | undefined];
  for (const key of [block.key, ...block.subkeys.map((subkey) => subkey.key)]) {
    const part = block.secrets.get(keyIdText(key));
    if (part === undefined) continue;
    if (exists(context.sys, privateKeyPath(context, key))) {
      known++;
      continue;
    }
    try {
      // in batch mode the real one keeps the file's own protection until it is used; here it has to be opened once
      let secret = yield* readSecretPart(context.sys, key, part, passphrase);
      if (secret.kind === "locked" || secret.kind === "wrong-passphrase") {
        passphrase = yield* exportPassphrase(context, key, name);
        secret = yield* readSecretPart(context.sys, key, part, passphrase);
      }
      if (secret.kind !== "numbers") throw new SecretFailure(secret.kind === "wrong-passphrase" ? "Bad passphrase" : "Unusable secret key");
      yield* storeSecret(context, key, secret.numbers, part[0] === 0 ? "" : (passphrase ?? ""));
      stored++;
    } catch (error) {
      if (!(error instanceof SecretFailure)) throw error;
      yield* context.log(`key ${id}/${keyIdText(key)}: error sending to agent: ${error.message}`);
      return;
    }
  }
  if (stored > 0) counts.secretImported++;
  else if (known > 0) counts.secretUnchanged++;
  yield* context.note(`key ${id}: secret key imported`);
}

function* importBlock(context: Context, keyring: Keyring, block: KeyBlock, counts: Counts): Blocking<boolean> {
  const id = keyIdText(block.key);
  const old = keyring.byKeyId(fingerprintText(block.key))?.block;
  let stale = false;
  if (block.users.length === 0 && old === undefined) {
    yield* context.log(`key ${id}: no user ID`);
    counts.noUser++;
    return false;
  }
  if (old === undefined) {
    keyring.put({ ...block, secrets: new Map() });
    counts.imported++;
    const primary = primaryUser(block);
    yield* context.note(`key ${id}: public key "${primary === undefined ? "[User ID not found]" : userText(primary)}" imported`);
    yield* context.status(`IMPORT_OK 1 ${fingerprintText(block.key)}`);
    stale = block.users.some((user) => user.signatures.some((one) => issuerId(one) !== id));
  } else {
    const join = merged(old, block);
    keyring.put({ ...join.block, secrets: new Map() });
    const name = `"${keyring.nameOf(join.block)}"`;
    if (join.newUsers + join.newSubkeys + join.newSignatures + join.newRevocations === 0) {
      counts.unchanged++;
      yield* context.note(`key ${id}: ${name} not changed`);
      yield* context.status(`IMPORT_OK 0 ${fingerprintText(block.key)}`);
    } else {
      stale = true;
      counts.newUsers += join.newUsers;
      counts.newSubkeys += join.newSubkeys;
      counts.newSignatures += join.newSignatures;
      counts.newRevocations += join.newRevocations;
      const many = (count: number, word: string): string => `${count} new ${word}${count === 1 ? "" : "s"}`;
      if (join.newUsers > 0) yield* context.note(`key ${id}: ${name} ${many(join.newUsers, "user ID")}`);
      if (join.newSignatures > 0) yield* context.note(`key ${id}: ${name} ${many(join.newSignatures, "signature")}`);
      if (join.newSubkeys > 0) yield* context.note(`key ${id}: ${name} ${many(join.newSubkeys, "subkey")}`);
      if (join.newRevocations > 0) yield* context.note(`key ${id}: ${name} revocation certificate imported`);
    }
  }
  if (block.secrets.size > 0) yield* importSecrets(context, keyring, block, counts);
  return stale;
}

/** A certificate by itself: --gen-revoke's output. */
function* importRevocation(context: Context, keyring: Keyring, signature: Signature, counts: Counts): Blocking<boolean> {
  const id = issuerId(signature);
  const block = keyring.byKeyId(id)?.block;
  if (block === undefined) {
    yield* context.log(`key ${id}: no public key - can't apply revocation certificate`);
    return false;
  }
  if (!concernsKey(signature, block)) {
    yield* context.log(`key ${id}: invalid revocation certificate: Bad signature - rejected`);
    return false;
  }
  if (block.signatures.some((one) => decode(one.body) === decode(signature.body))) {
    counts.unchanged++;
    return false;
  }
  keyring.put({ ...block, signatures: [...block.signatures, signature] });
  counts.newRevocations++;
  yield* context.note(`key ${id}: "${keyring.nameOf(block)}" revocation certificate imported`);
  return true;
}

export function* importFiles(context: Context, keyring: Keyring, files: readonly string[]): Blocking<number> {
  const counts: Counts = { processed: 0, imported: 0, unchanged: 0, newUsers: 0, newSubkeys: 0, newSignatures: 0, newRevocations: 0, secretRead: 0, secretImported: 0, secretUnchanged: 0, noUser: 0 };
  let stale = false;
  let status = 0;
  for (const file of files.length === 0 ? ["-"] : files) {
    let bytes: Uint8Array;
    try {
      bytes = yield* readBytes(context.sys, file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* context.log(`can't open '${file}': ${error.message}`);
      status = 2;
      continue;
    }
    const armor = dearmor(bytes);
    let blocks: KeyBlock[] = [];
    const revocations: Signature[] = [];
    try {
      const packets = armor.kind === "nothing" ? [] : parsePackets(armor.bytes);
      blocks = keyBlocks(packets);
      if (blocks.length === 0) for (const { tag, body } of packets) if (tag === TAG.SIGNATURE) revocations.push(parseSignature(body));
    } catch (error) {
      if (!(error instanceof BadPacket)) throw error;
    }
    if (blocks.length === 0 && revocations.length === 0) {
      yield* context.log("no valid OpenPGP data found.");
      status = 2;
      continue;
    }
    yield* keyring.ensureTrust();
    for (const block of blocks) {
      counts.processed++;
      stale = (yield* importBlock(context, keyring, block, counts)) || stale;
    }
    for (const signature of revocations) {
      counts.processed++;
      if (signature.type === SIGNATURE.REVOKE_KEY) stale = (yield* importRevocation(context, keyring, signature, counts)) || stale;
    }
  }
  if (counts.imported + counts.newUsers + counts.newSubkeys + counts.newSignatures + counts.newRevocations > 0) yield* keyring.save();
  yield* context.note(`Total number processed: ${counts.processed}`);
  const line = function* (label: string, count: number): Blocking<void> {
    if (count > 0) yield* context.note(`${label.padStart(22)}: ${count}`);
  };
  yield* line("w/o user IDs", counts.noUser);
  yield* line("imported", counts.imported);
  yield* line("unchanged", counts.unchanged);
  yield* line("new user IDs", counts.newUsers);
  yield* line("new subkeys", counts.newSubkeys);
  yield* line("new signatures", counts.newSignatures);
  yield* line("new key revocations", counts.newRevocations);
  yield* line("secret keys read", counts.secretRead);
  yield* line("secret keys imported", counts.secretImported);
  yield* line("secret keys unchanged", counts.secretUnchanged);
  yield* context.status(`IMPORT_RES ${counts.processed} ${counts.noUser} ${counts.imported} 0 ${counts.unchanged} ${counts.newUsers} ${counts.newSubkeys} ${counts.newSignatures} ${counts.newRevocations} ${counts.secretRead} ${counts.secretImported} ${counts.secretUnchanged} 0 0 0`);
  if (stale) yield* keyring.checkTrust(true);
  return status;
}

const exportable = (signature: Signature): boolean => (found(signature, SUBPACKET.EXPORTABLE)?.[0] ?? 1) !== 0;

export function* exportKeys(context: Context, keyring: Keyring, names: readonly string[]): Blocking<number> {
  const blocks = names.length === 0 ? keyring.blocks : keyring.blocks.filter((block) => names.some((name) => keyring.all(name).includes(block)));
  if (blocks.length === 0) {
    yield* context.log("WARNING: nothing exported");
    return 0;
  }
  const minimal = (context.settings.get("export-options") ?? "").includes("export-minimal");
  const bytes = concatBytes(blocks.map((block) => keyBlockBytes(block, undefined, (one) => exportable(one) && (!minimal || issuerId(one) === keyIdText(block.key)))));
  yield* context.writeOutput(undefined, context.settings.has("armor") ? encode(armored("PUBLIC KEY BLOCK", bytes, comments(context))) : bytes);
  return 0;
}

export function* exportSecretKeys(context: Context, keyring: Keyring, names: readonly string[], onlySubkeys: boolean): Blocking<number> {
  const blocks = keyring.blocks.filter((block) => keyring.isSecret(block) && (names.length === 0 || names.some((name) => keyring.all(name).includes(block))));
  const parts: Uint8Array[] = [];
  for (const block of blocks) {
    const secrets = new Map<string, Uint8Array>();
    try {
      for (const key of [block.key, ...block.subkeys.map((subkey) => subkey.key)]) {
        // a stub: gnu-dummy S2K
        const dummy = Uint8Array.of(255, 0, 101, 0, 0x47, 0x4e, 0x55, 1);
        if (!keyring.hasSecret(key) || (onlySubkeys && key === block.key)) secrets.set(keyIdText(key), dummy);
        else {
          const { numbers, passphrase } = yield* unlock(context, block, key);
          secrets.set(keyIdText(key), yield* writeSecretPart(context.sys, numbers, passphrase));
        }
      }
    } catch (error) {
      if (!(error instanceof SecretFailure)) throw error;
      yield* context.log(`key ${fingerprintText(block.key)}: error receiving key from agent: ${error.message} - skipped`);
      continue;
    }
    parts.push(keyBlockBytes(block, (key) => secrets.get(keyIdText(key)), exportable));
  }
  if (parts.length === 0) {
    yield* context.log("WARNING: nothing exported");
    return blocks.length > 0 ? 2 : 0;
  }
  const bytes = concatBytes(parts);
  yield* context.writeOutput(undefined, context.settings.has("armor") ? encode(armored("PRIVATE KEY BLOCK", bytes, comments(context))) : bytes);
  return 0;
}

/** `secret`: the private keys go; `open`: the public one. */
export function* deleteKeys(context: Context, keyring: Keyring, names: readonly string[], secret: boolean, open: boolean): Blocking<number> {
  let status = 0;
  for (const name of names) {
    const block = keyring.find(name);
    if (block === undefined) {
      yield* context.log(`key "${name}" not found: Not found`);
      yield* context.log(`${name}: delete key failed: Not found`);
      status = 2;
      continue;
    }
    const hasSecret = keyring.isSecret(block);
    if (!secret && hasSecret) {
      yield* context.log(`there is a secret key for public key "${name}"!`);
      yield* context.log("use option \"--delete-secret-keys\" to delete it first.");
      status = 2;
      continue;
    }
    if (secret && !hasSecret && !open) {
      yield* context.log(`key "${name}" not found`);
      yield* context.log(`${name}: delete key failed: Not found`);
      status = 2;
      continue;
    }
    if (context.batch) {
      if (secret && !/^[0-9A-Fa-f]{40}$/.test(name)) {
        yield* context.log("(unless you specify the key by fingerprint)");
        yield* context.log(`can't do this in batch mode`);
        yield* context.log(`${name}: delete key failed: General error`);
        status = 2;
        continue;
      }
      if (!context.settings.has("yes")) {
        yield* context.log("can't do this in batch mode without \"--yes\"");
        yield* context.log(`${name}: delete key failed: General error`);
        status = 2;
        continue;
      }
    } else {
      const steps = secret && hasSecret ? (open ? [true, false] : [true]) : [false];
      let stopped = false;
      for (const step of steps) {
        yield* context.tell(`\n${step ? "sec" : "pub"}  ${keyLabel(block.key)}/${keyIdText(block.key)} ${context.date(block.key.createdSeconds)} ${keyring.nameOf(block)}\n\n`);
        stopped ||= !(yield* context.agree("Delete this key from the keyring? (y/N) ")) || (step && !(yield* context.agree("This is a secret key! - really delete? (y/N) ")));
        if (stopped) break;
        if (step) yield* deleteSecrets(context, keyring, block);
      }
      if (stopped) continue;
    }
    if (secret) yield* deleteSecrets(context, keyring, block);
    if (open) {
      keyring.remove(block);
      yield* keyring.save();
      yield* keyring.forgetTrust(block);
    }
  }
  return status;
}

function* deleteSecrets(context: Context, keyring: Keyring, block: KeyBlock): Blocking<void> {
  for (const key of [block.key, ...block.subkeys.map((subkey) => subkey.key)]) {
    if (!keyring.hasSecret(key)) continue;
    try {
      context.sys.unlink(privateKeyPath(context, key));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* context.log(`deleting secret key failed: ${error.message}`);
    }
  }
}

export function exportOwnerTrust(context: Context, keyring: Keyring): void {
  context.put(`# List of assigned trustvalues, created ${context.time(context.nowSeconds)}\n# (Use "gpg --import-ownertrust" to restore them)\n`);
  for (const [fingerprint, value] of keyring.trust.owner) if (value > 0) context.put(`${fingerprint}:${value}:\n`);
}

export function* importOwnerTrust(context: Context, keyring: Keyring, file: string | undefined): Blocking<number> {
  let text: string;
  try {
    text = decode(yield* readBytes(context.sys, file ?? "-"));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GpgFailure(`gpg: can't open '${file}': ${error.message}\n`);
  }
  let changed = false;
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, fingerprint, value] = /^([0-9A-Fa-f]{40}):(\d+):?\s*$/.exec(line) ?? [];
    if (fingerprint === undefined) {
      yield* context.log(`error in '${file ?? "[stdin]"}': missing colon`);
      continue;
    }
    const id = fingerprint.toUpperCase();
    const trust = Number(value) & 15;
    const old = keyring.trust.owner.get(id);
    if (old === undefined) yield* context.note(`inserting ownertrust of ${trust}`);
    else if (old !== trust) yield* context.note(`changing ownertrust from ${old} to ${trust}`);
    else continue;
    keyring.trust.owner.set(id, trust);
    changed = true;
  }
  if (changed) yield* keyring.trustIsStale();
  return 0;
}
