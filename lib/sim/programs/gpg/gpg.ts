// gpg 2.2: OpenPGP keys and messages (gpg(1)). Below: _context (options, dialogues), _keyring with _keybox and _trust-database, _private-keys and
// _secrets (passphrases), _generate and _key-dialogue, _certify, _edit, _exchange, _write-message and _read-message, _listing. The formats of
// OpenPGP themselves are in kit/openpgp.
import { type Blocking, decode, encode, SysError } from "../../kernel/sys.ts";
import { ensureAgent } from "../gpg-agent/_agent-socket.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { armored, dearmor } from "../kit/openpgp/armor.ts";
import { type KeyBlock, keyBlocks } from "../kit/openpgp/key-block.ts";
import { BadPacket, packet, parsePackets, TAG } from "../kit/openpgp/packet.ts";
import { keyIdText, keyLabel } from "../kit/openpgp/public-key.ts";
import type { OptionDeclaration } from "../kit/command.ts";
import { type Io, program } from "../kit/program.ts";
import { gnupgVersion, optionLines } from "../gpgconf/_gnupg-help.ts";
import { revokeKey } from "./_certify.ts";
import { Context, GpgFailure, readBytes, Settings } from "./_context.ts";
import { askReason, changePassphrase, editKey, quickEdit, signKey } from "./_edit.ts";
import { deleteKeys, exportKeys, exportOwnerTrust, exportSecretKeys, importFiles, importOwnerTrust } from "./_exchange.ts";
import { generateByDialogue, generateFromParameters, quickGenerate } from "./_key-dialogue.ts";
import { Keyring } from "./_keyring.ts";
import { Listing } from "./_listing.ts";
import { COMMANDS, OPTIONS, settingName } from "./_options.ts";
import { listPackets } from "./_packet-list.ts";
import { type Opened, openPackets, readMessage, Stop, verifyFiles } from "./_read-message.ts";
import { SecretFailure, unlock } from "./_secrets.ts";
import { comments, writeMessage } from "./_write-message.ts";

const GREETING = `gpg (GnuPG) 2.2.40; Copyright (C) 2022 g10 Code GmbH
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.

`;

const GREETED = new Set(["generate-key", "full-generate-key", "delete-keys", "delete-secret-keys", "delete-secret-and-public-key", "edit-key", "change-passphrase"]);

const table: ReadonlyMap<string, OptionDeclaration> = new Map([...COMMANDS, ...OPTIONS].map((option) => [settingName(option), option]));
const commandNames = new Set(COMMANDS.map(settingName));

function* listKeys(context: Context, keyring: Keyring, command: string, names: readonly string[], fingerprints: number): Blocking<number> {
  yield* keyring.checkTrust();
  const secret = command === "list-secret-keys";
  if (secret) yield* ensureAgent(context.sys, context.home);
  const signatures = command === "list-signatures" || command === "check-signatures" || context.settings.has("with-sig-list") || context.settings.has("with-sig-check");
  const listing = new Listing(context, keyring, { secret, signatures, check: command === "check-signatures" || context.settings.has("with-sig-check"), fingerprints });
  const wanted = (block: KeyBlock): boolean => !secret || keyring.isSecret(block);
  const found: KeyBlock[] = [];
  let status = 0;
  if (names.length === 0) found.push(...keyring.blocks.filter(wanted));
  for (const name of names) {
    const matching = keyring.all(name).filter(wanted);
    if (matching.length === 0) {
      yield* context.log(`error reading key: ${secret ? "No secret key" : "No public key"}`);
      status = 2;
    }
    found.push(...matching.filter((block) => !found.includes(block)));
  }
  if (context.settings.has("with-colons")) {
    if (!secret && names.length === 0) context.put(`tru::1:${keyring.trust.createdSeconds}:${keyring.trust.nextCheckSeconds}:3:1:5\n`);
  } else if (names.length === 0 && found.length > 0) context.put(`${keyring.keyboxPath}\n${"-".repeat(keyring.keyboxPath.length)}\n`);
  for (const block of found) yield* listing.block(block);
  if (command === "check-signatures" && !context.settings.has("with-colons")) {
    yield* context.io.out.flush();
    const many = (count: number, one: string, several: string): string => (count === 1 ? `1 ${one}` : `${count} ${several}`);
    if (listing.good > 0) yield* context.log(many(listing.good, "good signature", "good signatures"));
    if (listing.bad > 0) yield* context.log(many(listing.bad, "bad signature", "bad signatures"));
    if (listing.missing > 0) yield* context.log(`${many(listing.missing, "signature", "signatures")} not checked due to ${listing.missing === 1 ? "a missing key" : "missing keys"}`);
  }
  return status;
}

function* showKeys(context: Context, keyring: Keyring, files: readonly string[]): Blocking<number> {
  for (const file of files.length === 0 ? ["-"] : files) {
    const armor = dearmor(yield* readBytes(context.sys, file));
    const blocks = armor.kind === "nothing" ? [] : keyBlocks(parsePackets(armor.bytes));
    if (blocks.length === 0) {
      yield* context.log("no valid OpenPGP data found.");
      return 2;
    }
    const listing = new Listing(context, keyring, { secret: false, signatures: false, check: false, fingerprints: 0, bare: true });
    for (const block of blocks) yield* listing.block(block);
  }
  return 0;
}

function* generateRevocation(context: Context, keyring: Keyring, name: string): Blocking<number> {
  const block = keyring.find(name);
  if (block === undefined || !keyring.isSecret(block)) {
    yield* context.log(`secret key "${name}" not found`);
    return 2;
  }
  yield* context.tell(`\nsec  ${keyLabel(block.key)}/${keyIdText(block.key)} ${context.date(block.key.createdSeconds)} ${keyring.nameOf(block)}\n\n`);
  if (!(yield* context.agree("Create a revocation certificate for this key? (y/N) "))) return 0;
  const reason = yield* askReason(context, true, false);
  if (reason === undefined) return 0;
  if (!context.settings.has("armor")) yield* context.tell("ASCII armored output forced.\n");
  const { numbers } = yield* unlock(context, block, block.key);
  const signature = yield* revokeKey(context, { key: block.key, numbers }, reason.code, encode(reason.text));
  yield* context.writeOutput(undefined, encode(armored("PUBLIC KEY BLOCK", packet(TAG.SIGNATURE, signature.body), ["Comment: This is a revocation certificate"])));
  yield* context.io.out.flush();
  yield* context.tell("Revocation certificate created.\n\nPlease move it to a medium which you can hide away; if Mallory gets\naccess to this certificate he can use it to make your key unusable.\nIt is smart to print this certificate and store it away, just in case\nyour media become unreadable.  But have some caution:  The print system of\nyour machine might store the data and make it available to others!\n");
  return 0;
}

/** The digest in groups, as --print-md writes it. */
function digestText(name: string, digest: Uint8Array): string {
  const hex = toHex(digest).toUpperCase();
  if (digest.length === 16) return (hex.match(/../g) ?? []).map((pair, i) => (i === 8 ? ` ${pair}` : pair)).join(" ");
  if (digest.length === 20) return (hex.match(/.{4}/g) ?? []).map((part, i) => (i === 5 ? ` ${part}` : part)).join(" ");
  void name;
  return (hex.match(/.{8}/g) ?? []).join(" ");
}

function* printDigests(context: Context, words: readonly string[], all: boolean): Blocking<number> {
  const names = all ? ["md5", "sha1", "rmd160", "sha224", "sha256", "sha384", "sha512"] : [(words[0] ?? "").toLowerCase().replace("ripemd", "rmd")];
  const files = all ? words : words.slice(1);
  if (!all && !["md5", "sha1", "rmd160", "sha224", "sha256", "sha384", "sha512"].includes(names[0] ?? "")) throw new GpgFailure(`gpg: invalid hash algorithm '${words[0] ?? ""}'\n`);
  for (const file of files.length === 0 ? [undefined] : files) {
    const bytes = yield* readBytes(context.sys, file ?? "-");
    for (const name of names) {
      const label = `${file === undefined ? "" : `${file}: `}${all ? `${name.toUpperCase().padStart(6)} = ` : ""}`;
      const indent = " ".repeat(label.length);
      const text = digestText(name, digestOf(name, bytes));
      const width = 79 - label.length;
      let [line, lines] = ["", [] as string[]];
      for (const part of text.split(/(?<! ) /)) {
        if (line !== "" && line.length + 1 + part.length > width) {
          lines = [...lines, line];
          line = part;
        } else line = line === "" ? part : `${line} ${part}`;
      }
      context.put(`${label}${[...lines, line].join(`\n${indent}`)}\n`);
    }
  }
  return 0;
}

function* keyserver(context: Context, keyring: Keyring, command: string, names: readonly string[]): Blocking<number> {
  if (command === "search-keys" || command === "locate-keys") {
    if (command === "locate-keys" && names.every((name) => keyring.find(name) !== undefined)) return yield* listKeys(context, keyring, "list-keys", names, 0);
    yield* context.log("error searching keyserver: No name");
    yield* context.log("keyserver search failed: No name");
    return 2;
  }
  const ids = names.filter((name) => /^(0x)?[0-9A-Fa-f]{8,40}$/.test(name.replace(/\s/g, "")));
  for (const name of names) if (!ids.includes(name)) yield* context.log(`"${name}" not a key ID: skipping`);
  if (ids.length === 0 && command !== "refresh-keys") return command === "send-keys" ? 0 : 2;
  const verb = command === "send-keys" ? "send" : command === "refresh-keys" ? "refresh" : "receive";
  if (command === "send-keys") for (const id of ids) yield* context.note(`sending key ${id.replace(/^0x/i, "").toUpperCase().slice(-16)} to ${context.settings.get("keyserver") ?? "hkps://keys.openpgp.org"}`);
  yield* context.log(`keyserver ${verb} failed: No name`);
  return 2;
}

function* listing(context: Context, keyring: Keyring, file: string | undefined): Blocking<number> {
  const bytes = yield* readBytes(context.sys, file ?? "-");
  const good = yield* listPackets(context, bytes, function* (packets) {
    const opened: Opened = { text: undefined, name: "", signatures: [], encrypted: false };
    try {
      yield* openPackets(context, keyring, packets, opened);
    } catch (error) {
      if (!(error instanceof BadPacket || error instanceof Stop)) throw error;
    }
    return undefined;
  });
  if (good) return 0;
  yield* context.log("no valid OpenPGP data found.");
  yield* context.log("processing message failed: Unknown system error");
  return 2;
}

function* act(context: Context, commands: ReadonlySet<string>, words: readonly string[], fingerprints: number): Blocking<number> {
  const { settings } = context;
  const [command = ""] = [...commands].filter((name) => !["sign", "encrypt", "symmetric"].includes(name));
  if (command === "version") {
    context.put(`gpg (GnuPG) 2.2.40\nlibgcrypt 1.10.1\nCopyright (C) 2022 g10 Code GmbH\nLicense GNU GPL-3.0-or-later <https://gnu.org/licenses/gpl.html>\nThis is free software: you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n\nHome: ${context.home}\nSupported algorithms:\nPubkey: RSA, ELG, DSA, ECDH, ECDSA, EDDSA\nCipher: IDEA, 3DES, CAST5, BLOWFISH, AES, AES192, AES256, TWOFISH,\n        CAMELLIA128, CAMELLIA192, CAMELLIA256\nHash: SHA1, RIPEMD160, SHA256, SHA384, SHA512, SHA224\nCompression: Uncompressed, ZIP, ZLIB, BZIP2\n`);
    return 0;
  }
  if (command === "print-md" || command === "print-mds") return yield* printDigests(context, words, command === "print-mds");
  if (command === "gen-random") {
    const bytes = context.sys.random(Number(words[1] ?? 16));
    if (settings.has("armor")) context.put(`${base64Of(bytes)}\n`);
    else yield* context.io.out.printBytes(bytes);
    return 0;
  }
  if (command === "enarmor" || command === "dearmor") {
    const bytes = yield* readBytes(context.sys, words[0] ?? "-");
    const armor = dearmor(bytes);
    if (command === "dearmor" && armor.kind === "nothing") {
      yield* context.log("no valid OpenPGP data found.");
      return 2;
    }
    yield* context.writeOutput(words[0] === undefined ? undefined : `${words[0]}.${command === "enarmor" ? "asc" : "gpg"}`, command === "enarmor" ? encode(armored("ARMORED FILE", bytes, ["Comment: Use \"gpg --dearmor\" for unpacking", ...comments(context)])) : armor.kind === "nothing" ? bytes : armor.bytes);
    return 0;
  }
  if (GREETED.has(command) && !context.batch && !settings.has("no-greeting") && !settings.has("quiet")) yield* context.tell(GREETING);
  const keyring = yield* Keyring.open(context);
  const [first] = words;
  const sign = commands.has("sign") || command === "clear-sign" || command === "detach-sign";
  if ((command === "" && commands.size > 0) || command === "clear-sign" || command === "detach-sign") {
    yield* keyring.ensureTrust();
    return yield* writeMessage(context, keyring, { sign, encrypt: commands.has("encrypt"), symmetric: commands.has("symmetric"), clear: command === "clear-sign", detach: command === "detach-sign" }, first);
  }
  switch (command) {
    case "list-keys": case "list-secret-keys": case "list-signatures": case "check-signatures": return yield* listKeys(context, keyring, command, words, fingerprints);
    case "fingerprint": return yield* listKeys(context, keyring, "list-keys", words, Math.max(1, fingerprints));
    case "generate-key": case "full-generate-key":
      if (context.batch) return yield* generateFromParameters(context, keyring, decode(yield* readBytes(context.sys, first ?? "-")));
      return yield* generateByDialogue(context, keyring, command === "full-generate-key");
    case "quick-generate-key": return yield* quickGenerate(context, keyring, words);
    case "quick-add-uid": case "quick-add-key": case "quick-set-expire": return yield* quickEdit(context, keyring, command, words);
    case "quick-sign-key": case "quick-lsign-key": return yield* signKey(context, keyring, first ?? "", command === "quick-lsign-key", true);
    case "sign-key": case "lsign-key": return yield* signKey(context, keyring, first ?? "", command === "lsign-key", false);
    case "edit-key": return yield* editKey(context, keyring, words);
    case "change-passphrase": return yield* changePassphrase(context, keyring, first ?? "");
    case "export": return yield* exportKeys(context, keyring, words);
    case "export-secret-keys": case "export-secret-subkeys": return yield* exportSecretKeys(context, keyring, words, command === "export-secret-subkeys");
    case "import": return yield* importFiles(context, keyring, words);
    case "show-keys": return yield* showKeys(context, keyring, words);
    case "delete-keys": return yield* deleteKeys(context, keyring, words, false, true);
    case "delete-secret-keys": return yield* deleteKeys(context, keyring, words, true, false);
    case "delete-secret-and-public-key": return yield* deleteKeys(context, keyring, words, true, true);
    case "generate-revocation": return yield* generateRevocation(context, keyring, first ?? "");
    case "export-ownertrust":
      yield* keyring.ensureTrust();
      exportOwnerTrust(context, keyring);
      return 0;
    case "import-ownertrust":
      yield* keyring.ensureTrust();
      return yield* importOwnerTrust(context, keyring, first);
    case "check-trustdb": case "update-trustdb": {
      const stale = keyring.trust.nextCheckSeconds === 1;
      if (stale) yield* keyring.checkTrust();
      else yield* context.note("no need for a trustdb check");
      return 0;
    }
    case "send-keys": case "receive-keys": case "search-keys": case "refresh-keys": case "locate-keys": return yield* keyserver(context, keyring, command, words);
    case "card-status":
      yield* context.log("error getting version from 'scdaemon': No SmartCard daemon");
      yield* context.log("OpenPGP card not available: No SmartCard daemon");
      return 2;
    case "list-packets": return yield* listing(context, keyring, first);
    case "verify": return yield* verifyFiles(context, keyring, keyring, words);
    case "decrypt": return yield* readMessage(context, keyring, first, false);
    default:
      yield* context.log("WARNING: no command supplied.  Trying to guess what you mean ...");
      return yield* guess(context, keyring, first);
  }
}

/** A key is shown, a detached signature checked, anything else read. */
function* guess(context: Context, keyring: Keyring, file: string | undefined): Blocking<number> {
  let bytes: Uint8Array;
  try {
    bytes = yield* readBytes(context.sys, file ?? "-");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* context.log(`can't open '${file}'`);
    return 2;
  }
  const armor = dearmor(bytes);
  if (armor.kind !== "nothing" && armor.kind !== "clear" && file !== undefined) {
    try {
      if (keyBlocks(parsePackets(armor.bytes)).length > 0) return yield* showKeys(context, keyring, [file]);
    } catch (error) {
      if (!(error instanceof BadPacket)) throw error;
    }
  }
  return yield* readMessage(context, keyring, file, true);
}

/** NAME VALUE lines of gpg.conf; the command line counts more. */
function* readConfiguration(context: Context, into: Settings, home: string): Blocking<void> {
  for (const line of ((yield* readTextFile(context.sys, into.get("options") ?? `${home}/gpg.conf`)) ?? "").split("\n")) {
    const [, name = "", value = ""] = /^\s*(?:--)?([a-z][-a-z0-9]*)\s*(.*?)\s*$/.exec(line.replace(/^\s*#.*/, "")) ?? [];
    if (name !== "" && table.has(name) && !commandNames.has(name)) into.add(name, value.replace(/^"(.*)"$/, "$1"));
  }
}

export default program(
  {
    name: "gpg", summary: "encrypt, sign and verify data, and look after keys (OpenPGP)", operands: "files", synopsis: ["[options] --sign file", "[options] --encrypt -r recipient file", "[options] --decrypt [file]", "[options] --verify file [files]", "[options] --list-keys [names]"],
    options: [...COMMANDS, ...OPTIONS], failureStatus: 2,
    exitStatuses: [["0", "everything is fine"], ["1", "a signature does not fit its data"], ["2", "anything else"]],
    seeAlso: ["gpgv(1)", "gpg-agent(1)", "gpgconf(1)"],
  },
  function* (sys, argv, io: Io) {
    const given = new Settings();
    const commands = new Set<string>();
    let words: readonly string[] = [];
    let fingerprints = 0;
    try {
      const parsed = getopt(table, argv.slice(1), { stopAtOperand: false });
      words = parsed.operands;
      for (const one of parsed.given) {
        if (one.option === "fingerprint") fingerprints++;
        if (one.option === "with-fingerprint") fingerprints++;
        if (commandNames.has(one.option)) commands.add(one.option);
        else given.add(one.option, one.argument ?? "");
      }
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      const word = /'(-[^']*)'/.exec(error.message)?.[1] ?? /-- '(.)'/.exec(error.message)?.[1] ?? "";
      const shown = word.startsWith("-") ? word : `-${word}`;
      yield* io.stderr(`${error.message.includes("requires an argument") ? "missing argument for" : "invalid"} option "${shown}"\n`);
      return 2;
    }
    if (commands.has("help")) {
      io.out.put(`${gnupgVersion("gpg")}\nSyntax: gpg [options] [files]\nSign, check, encrypt or decrypt\nDefault operation depends on the input data\n\nCommands:\n \n${optionLines(COMMANDS)}\nOptions:\n \n${optionLines(OPTIONS)}`);
      return 0;
    }
    // a list of fingerprints together with another list is that list
    if (commands.size > 1) commands.delete("fingerprint");
    const context = yield* Context.open(sys, io, given);
    if (!given.has("no-options")) yield* readConfiguration(context, given, context.home);
    try {
      return yield* act(context, commands, words, fingerprints);
    } catch (error) {
      if (error instanceof GpgFailure) {
        if (error.message !== "") yield* io.stderr(error.message);
        return error.status;
      }
      if (error instanceof SecretFailure) {
        yield* context.log(`${error.message}`);
        return 2;
      }
      throw error;
    }
  },
);
