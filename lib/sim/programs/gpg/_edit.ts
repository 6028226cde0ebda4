// --edit-key: the menu, and --sign-key, --passwd and the --quick- commands that do one thing of it (gpg(1)).
// (More than 400 lines: one menu, whose commands work on the same key.)
import { type Blocking, encode } from "../../kernel/sys.ts";
import { type KeyBlock, keyExpiry, keyRevocation, keyUsage, primaryUser, selfSignature, subkeyExpiry, subkeyRevocation, subkeyUsage, type UserId, userText, bindingOf } from "../kit/openpgp/key-block.ts";
import { fingerprintText, keygrip, keyIdText, keyLabel } from "../kit/openpgp/public-key.ts";
import { createdSeconds, issuerId } from "../kit/openpgp/signature.ts";
import { bindSubkey, bindUser, certifyUser, revokeKey, revokeSubkey, revokeUser, type Signer } from "./_certify.ts";
import { type Context, GpgFailure } from "./_context.ts";
import { makeKeyPair, parseLife } from "./_generate.ts";
import { askLife, askSize, askUserId, usageLetters } from "./_key-dialogue.ts";
import type { Keyring } from "./_keyring.ts";
import { grouped, Listing } from "./_listing.ts";
import { newPassphrase, SecretFailure, storeSecret, unlock } from "./_secrets.ts";
import { TRUST } from "./_trust-database.ts";
import { chooseSigners } from "./_write-message.ts";

const HELP: readonly (readonly [name: string, text: string, secret: boolean])[] = [
  ["quit", "quit this menu", false], ["save", "save and quit", false], ["help", "show this help", false], ["fpr", "show key fingerprint", false],
  ["grip", "show the keygrip", false], ["list", "list key and user IDs", false], ["uid", "select user ID N", false], ["key", "select subkey N", false],
  ["check", "check signatures", false], ["sign", "sign selected user IDs [* see below for related commands]", false], ["lsign", "sign selected user IDs locally", false],
  ["adduid", "add a user ID", true], ["deluid", "delete selected user IDs", false], ["addkey", "add a subkey", true], ["delkey", "delete selected subkeys", false],
  ["delsig", "delete signatures from the selected user IDs", false], ["expire", "change the expiration date for the key or selected subkeys", true],
  ["primary", "flag the selected user ID as primary", true], ["trust", "change the ownertrust", false], ["revuid", "revoke selected user IDs", true],
  ["revkey", "revoke key or selected subkeys", true], ["passwd", "change the passphrase", true], ["clean", "compact unusable user IDs and remove unusable signatures from key", false],
];

const TRUST_WORDS = ["unknown", "expired", "undefined", "never", "marginal", "full", "ultimate"];

/** The reason of a revocation: its code, its text. Undefined when the user gives up. */
export function* askReason(context: Context, forKey: boolean, forUser: boolean): Blocking<{ readonly code: number; readonly text: string } | undefined> {
  const reasons: readonly (readonly [number, number, string])[] = forUser
    ? [[0, 0, "No reason specified"], [4, 32, "User ID is no longer valid"]]
    : [[0, 0, "No reason specified"], [1, 2, "Key has been compromised"], [2, 1, "Key is superseded"], [3, 3, "Key is no longer used"]];
  for (;;) {
    yield* context.tell("Please select the reason for the revocation:\n");
    for (const [shown, , text] of reasons) yield* context.tell(`  ${shown} = ${text}\n`);
    yield* context.tell("  Q = Cancel\n");
    if (forKey) yield* context.tell("(Probably you want to select 1 here)\n");
    const answer = yield* context.ask("Your decision? ");
    if (/^q/i.test(answer)) return undefined;
    const reason = reasons.find(([shown]) => String(shown) === answer);
    if (reason === undefined) continue;
    yield* context.tell("Enter an optional description; end it with an empty line:\n");
    const lines: string[] = [];
    for (;;) {
      const line = yield* context.ask("> ");
      if (line === "") break;
      lines.push(line);
    }
    yield* context.tell(`Reason for revocation: ${reason[2]}\n${lines.length === 0 ? "(No description given)" : lines.join("\n")}\n`);
    if (yield* context.agree("Is this okay? (y/N) ")) return { code: reason[1], text: lines.join("\n") };
  }
}

class Editor {
  readonly #context: Context;
  readonly #keyring: Keyring;
  #block: KeyBlock;
  readonly #secret: boolean;
  readonly #users = new Set<number>();
  readonly #subkeys = new Set<number>();
  #changed = false;

  constructor(context: Context, keyring: Keyring, block: KeyBlock) {
    this.#context = context;
    this.#keyring = keyring;
    this.#block = block;
    this.#secret = keyring.hasSecret(block.key);
  }

  get secret(): boolean {
    return this.#secret;
  }

  get changed(): boolean {
    return this.#changed;
  }

  *show(fingerprint = false): Blocking<void> {
    const context = this.#context;
    const block = this.#block;
    const revoked = keyRevocation(block);
    const until = keyExpiry(block);
    const ending = (end: number | undefined, dead: number | undefined): string => (dead !== undefined ? `revoked: ${context.date(dead)}` : end === undefined ? "expires: never     " : end <= context.nowSeconds ? `expired: ${context.date(end)}` : `expires: ${context.date(end)}`);
    const line = (word: string, star: string, label: string, id: string, created: number, end: string, usage: string): string => `${word}${star} ${label}/${id}\n     created: ${context.date(created)}  ${end}  usage: ${usage.padEnd(4)}\n`;
    let text = "";
    if (revoked !== undefined) text += `The following key was revoked on ${context.date(createdSeconds(revoked))} by ${keyLabel(block.key).toUpperCase().replace(/\d.*$/, "")} key ${issuerId(revoked)} ${this.#keyring.nameOf(block)}\n`;
    text += line(this.#secret ? "sec" : "pub", " ", keyLabel(block.key), keyIdText(block.key), block.key.createdSeconds, ending(until, revoked === undefined ? undefined : createdSeconds(revoked)), keyUsage(block));
    const validity = revoked !== undefined ? "revoked" : this.#keyring.expired(block) ? "expired" : (TRUST_WORDS[this.#keyring.validity(block)] ?? "unknown");
    text += `     trust: ${(TRUST_WORDS[this.#keyring.ownerTrust(block)] ?? "unknown").padEnd(13)} validity: ${validity}\n`;
    if (fingerprint) text += ` Primary key fingerprint: ${grouped(fingerprintText(block.key))}\n`;
    else {
      for (const [index, subkey] of block.subkeys.entries()) {
        const dead = subkeyRevocation(block, subkey);
        const own = this.#keyring.hasSecret(subkey.key);
        text += line(this.#secret && own ? "ssb" : "sub", this.#subkeys.has(index + 1) ? "*" : " ", keyLabel(subkey.key), keyIdText(subkey.key), subkey.key.createdSeconds, ending(subkeyExpiry(block, subkey), dead === undefined ? undefined : createdSeconds(dead)), subkeyUsage(block, subkey));
      }
      const primary = primaryUser(block);
      for (const [index, user] of block.users.entries()) {
        const mark = this.#users.has(index + 1) ? "*" : user === primary ? "." : " ";
        text += `[${this.#keyring.validityWord(block, user)}] (${index + 1})${mark} ${userText(user)}\n`;
      }
    }
    yield* context.tell(text);
  }

  *#put(block: KeyBlock): Blocking<void> {
    this.#block = block;
    this.#keyring.put(block);
    this.#changed = true;
    if (this.#context.sys.charge(50)) yield* this.#context.sys.preempt();
  }

  *#signer(): Blocking<Signer> {
    const { numbers } = yield* unlock(this.#context, this.#block, this.#block.key);
    return { key: this.#block.key, numbers };
  }

  *save(): Blocking<void> {
    if (!this.#changed) {
      yield* this.#context.tell("Key not changed so no update needed.\n");
      return;
    }
    yield* this.#keyring.save();
    yield* this.#keyring.trustIsStale();
    this.#changed = false;
  }

  *#userLine(user: UserId, signer: KeyBlock): Blocking<boolean> {
    const id = keyIdText(signer.key);
    if (!user.signatures.some((one) => issuerId(one) === id)) return true;
    yield* this.#context.tell(`"${userText(user)}" was already signed by key ${id}\n`);
    return false;
  }

  /** Of the chosen user IDs, or all. */
  *sign(local: boolean, quick = false): Blocking<void> {
    const context = this.#context;
    const signers = yield* chooseSigners(context, this.#keyring);
    const [first] = signers;
    if (first === undefined) return;
    const signer = first.block;
    const chosen = this.#block.users.filter((_, index) => this.#users.size === 0 || this.#users.has(index + 1));
    if (!quick && this.#users.size === 0 && this.#block.users.length > 1 && !(yield* context.agree("Really sign all user IDs? (y/N) "))) {
      yield* context.tell("Hint: Select the user IDs to sign\n");
      return;
    }
    const open: UserId[] = [];
    for (const user of chosen) if (yield* this.#userLine(user, signer)) open.push(user);
    if (open.length === 0) {
      yield* context.tell(`Nothing to sign with key ${keyIdText(signer.key)}\n\n`);
      return;
    }
    yield* context.tell("\n");
    yield* this.show(true);
    yield* context.tell("\n");
    for (const user of open) yield* context.tell(`     ${userText(user)}\n`);
    yield* context.tell("\n");
    const until = keyExpiry(this.#block);
    if (until !== undefined) yield* context.tell(`This key is due to expire on ${context.date(until)}.\n`);
    if (!quick) {
      yield* context.tell(`Are you sure that you want to sign this key with your\nkey "${this.#keyring.nameOf(signer)}" (${keyIdText(signer.key)})\n\n`);
      if (local) yield* context.tell("The signature will be marked as non-exportable.\n\n");
      if (!(yield* context.agree("Really sign? (y/N) "))) return;
    }
    const { numbers } = yield* unlock(context, signer, signer.key);
    const users: UserId[] = [];
    for (const user of this.#block.users) {
      users.push(open.includes(user) ? { bytes: user.bytes, signatures: [...user.signatures, yield* certifyUser(context, { key: signer.key, numbers }, this.#block.key, user.bytes, local)] } : user);
    }
    yield* this.#put({ ...this.#block, users });
  }

  *trust(): Blocking<void> {
    const context = this.#context;
    yield* this.show();
    yield* context.tell("\nPlease decide how far you trust this user to correctly verify other users' keys\n(by looking at passports, checking fingerprints from different sources, etc.)\n\n  1 = I don't know or won't say\n  2 = I do NOT trust\n  3 = I trust marginally\n  4 = I trust fully\n  5 = I trust ultimately\n  m = back to the main menu\n\n");
    for (;;) {
      const answer = yield* context.ask("Your decision? ");
      if (/^m/i.test(answer)) return;
      const value = new Map<string, number>([["1", TRUST.UNDEFINED], ["2", TRUST.NEVER], ["3", TRUST.MARGINAL], ["4", TRUST.FULL], ["5", TRUST.ULTIMATE]]).get(answer);
      if (value === undefined) continue;
      if (value === TRUST.ULTIMATE && !(yield* context.agree("Do you really want to set this key to ultimate trust? (y/N) "))) continue;
      yield* this.#keyring.setOwnerTrust(this.#block, value);
      yield* context.tell("\n");
      yield* this.show();
      yield* context.tell("Please note that the shown key validity is not necessarily correct\nunless you restart the program.\n\n");
      return;
    }
  }

  /** Of the primary key, or of the chosen subkeys. */
  *expire(given?: number): Blocking<void> {
    const context = this.#context;
    const many = this.#subkeys.size;
    if (given === undefined) yield* context.tell(many === 0 ? "Changing expiration time for the primary key.\n" : many === 1 ? "Changing expiration time for a subkey.\n" : "Are you sure you want to change the expiration time for multiple subkeys? (y/N) ");
    const wanted = given ?? (yield* askLife(context));
    const signer = yield* this.#signer();
    const now = context.nowSeconds;
    const lifeOf = (created: number): number => (wanted === 0 ? 0 : now + wanted - created);
    const block = this.#block;
    if (many > 0) {
      const subkeys = [];
      for (const [index, subkey] of block.subkeys.entries()) {
        if (!this.#subkeys.has(index + 1)) {
          subkeys.push(subkey);
          continue;
        }
        const usage = subkeyUsage(block, subkey);
        const own = usage.includes("S") ? { key: subkey.key, numbers: (yield* unlock(context, block, subkey.key)).numbers } : { key: subkey.key, numbers: [] };
        const old = bindingOf(block, subkey);
        subkeys.push({ key: subkey.key, signatures: [...subkey.signatures.filter((one) => one !== old), yield* bindSubkey(context, signer, own, usage, lifeOf(subkey.key.createdSeconds))] });
      }
      yield* this.#put({ ...block, subkeys });
      return;
    }
    yield* this.#resign(signer, lifeOf(block.key.createdSeconds), undefined);
  }

  /** New self-signatures on every user ID; `primary` is flagged, or the flag stays where it is. */
  *#resign(signer: Signer, lifeSeconds: number, primary: UserId | undefined): Blocking<void> {
    const block = this.#block;
    const usage = keyUsage(block);
    const flagged = primary ?? (block.users.length > 1 ? primaryUser(block) : undefined);
    const users: UserId[] = [];
    for (const user of block.users) {
      const old = selfSignature(block, user);
      users.push({ bytes: user.bytes, signatures: [...user.signatures.filter((one) => one !== old), yield* bindUser(this.#context, signer, user.bytes, usage, lifeSeconds, user === flagged)] });
    }
    yield* this.#put({ ...block, users });
  }

  #life(): number {
    const until = keyExpiry(this.#block);
    return until === undefined ? 0 : until - this.#block.key.createdSeconds;
  }

  *addUser(given?: string): Blocking<void> {
    const userId = given ?? (yield* askUserId(this.#context, true));
    if (userId === undefined) return;
    const bytes = encode(userId);
    const signer = yield* this.#signer();
    yield* this.#put({ ...this.#block, users: [...this.#block.users, { bytes, signatures: [yield* bindUser(this.#context, signer, bytes, keyUsage(this.#block), this.#life())] }] });
  }

  *primary(): Blocking<void> {
    const [index] = this.#users;
    const user = this.#users.size === 1 && index !== undefined ? this.#block.users[index - 1] : undefined;
    if (user === undefined) {
      yield* this.#context.tell("Please select exactly one user ID.\n");
      return;
    }
    yield* this.#resign(yield* this.#signer(), this.#life(), user);
  }

  /** Throws SecretFailure. */
  *addKey(plan?: { readonly algorithm: string; readonly usage: string; readonly lifeSeconds: number }): Blocking<void> {
    const context = this.#context;
    let [algorithm, usage, lifeSeconds] = [plan?.algorithm ?? "", plan?.usage ?? "", plan?.lifeSeconds ?? 0];
    if (plan === undefined) {
      yield* context.tell("Please select what kind of key you want:\n   (3) DSA (sign only)\n   (4) RSA (sign only)\n   (5) Elgamal (encrypt only)\n   (6) RSA (encrypt only)\n  (14) Existing key from card\n");
      for (;;) {
        const kind = yield* context.ask("Your selection? ");
        if (kind === "4" || kind === "6") {
          usage = kind === "4" ? "S" : "E";
          break;
        }
        yield* context.tell(kind === "3" || kind === "5" || kind === "14" ? "This kind of key is not made here.\n" : "Invalid selection.\n");
      }
      algorithm = `rsa${yield* askSize(context, "RSA")}`;
      lifeSeconds = yield* askLife(context);
      if (!(yield* context.agree("Really create? (y/N) "))) return;
    }
    const { numbers, passphrase } = yield* unlock(context, this.#block, this.#block.key);
    const subkey = yield* makeKeyPair(context, algorithm, usage === "E");
    if (subkey === undefined) throw new SecretFailure("Unknown elliptic curve");
    yield* storeSecret(context, subkey.key, subkey.numbers, passphrase);
    yield* this.#put({ ...this.#block, subkeys: [...this.#block.subkeys, { key: subkey.key, signatures: [yield* bindSubkey(context, { key: this.#block.key, numbers }, subkey, usage, lifeSeconds)] }] });
  }

  *#remove(what: "user" | "key"): Blocking<void> {
    const chosen = what === "user" ? this.#users : this.#subkeys;
    const all = what === "user" ? this.#block.users.length : this.#block.subkeys.length;
    const context = this.#context;
    if (chosen.size === 0) {
      yield* context.tell(what === "user" ? "You must select at least one user ID.\n(Use the 'uid' command.)\n" : "You must select at least one key.\n(Use the 'key' command.)\n");
      return;
    }
    if (what === "user" && chosen.size === all) {
      yield* context.tell("You can't delete the last user ID!\n");
      return;
    }
    const question = what === "user" ? (chosen.size > 1 ? "Really remove all selected user IDs? (y/N) " : "Really remove this user ID? (y/N) ") : chosen.size > 1 ? "Do you really want to delete the selected keys? (y/N) " : "Do you really want to delete this key? (y/N) ";
    if (!(yield* context.agree(question))) return;
    const keep = <T>(list: readonly T[]): T[] => list.filter((_, index) => !chosen.has(index + 1));
    yield* this.#put(what === "user" ? { ...this.#block, users: keep(this.#block.users) } : { ...this.#block, subkeys: keep(this.#block.subkeys) });
    chosen.clear();
  }

  *#revoke(what: "user" | "key"): Blocking<void> {
    const context = this.#context;
    const chosen = what === "user" ? this.#users : this.#subkeys;
    if (what === "user" && chosen.size === 0) {
      yield* context.tell("You must select at least one user ID.\n(Use the 'uid' command.)\n");
      return;
    }
    const question = what === "user" ? "Really revoke this user ID? (y/N) " : chosen.size > 0 ? "Do you really want to revoke this subkey? (y/N) " : "Do you really want to revoke the entire key? (y/N) ";
    if (!(yield* context.agree(question))) return;
    const reason = yield* askReason(context, what === "key", what === "user");
    if (reason === undefined) return;
    const signer = yield* this.#signer();
    const text = encode(reason.text);
    const block = this.#block;
    if (what === "user") {
      const users: UserId[] = [];
      for (const [index, user] of block.users.entries()) users.push(chosen.has(index + 1) ? { bytes: user.bytes, signatures: [...user.signatures, yield* revokeUser(context, signer, user.bytes, reason.code, text)] } : user);
      yield* this.#put({ ...block, users });
    } else if (chosen.size > 0) {
      const subkeys = [];
      for (const [index, subkey] of block.subkeys.entries()) subkeys.push(chosen.has(index + 1) ? { key: subkey.key, signatures: [...subkey.signatures, yield* revokeSubkey(context, signer, subkey.key, reason.code, text)] } : subkey);
      yield* this.#put({ ...block, subkeys });
    } else yield* this.#put({ ...block, signatures: [...block.signatures, yield* revokeKey(context, signer, reason.code, text)] });
  }

  *changePassphrase(): Blocking<void> {
    const context = this.#context;
    const opened = [];
    for (const key of [this.#block.key, ...this.#block.subkeys.map((subkey) => subkey.key)]) {
      if (this.#keyring.hasSecret(key)) opened.push({ key, numbers: (yield* unlock(context, this.#block, key)).numbers });
    }
    const passphrase = yield* newPassphrase(context, ["Please enter the new passphrase"]);
    for (const { key, numbers } of opened) yield* storeSecret(context, key, numbers, passphrase);
  }

  *#select(set: Set<number>, argument: string, most: number, what: string): Blocking<void> {
    if (argument === "" || argument === "0") set.clear();
    else if (argument === "*") for (let i = 1; i <= most; i++) set.add(i);
    else {
      const number = Number(argument);
      if (!Number.isInteger(number) || number < 1 || number > most) {
        yield* this.#context.tell(`No ${what} with index ${argument}\n`);
        return;
      }
      if (!set.delete(number)) set.add(number);
    }
  }

  /** Whether the menu goes on. */
  *command(line: string): Blocking<boolean> {
    const context = this.#context;
    const [word = "", argument = ""] = line.trim().split(/\s+/);
    const list = function* (this: Editor): Blocking<void> {
      yield* context.tell("\n");
      yield* this.show();
      yield* context.tell("\n");
    }.bind(this);
    if (/^\d+$/.test(word)) {
      yield* this.#select(this.#users, word, this.#block.users.length, "user ID");
      yield* list();
      return true;
    }
    const needsSecret = HELP.find(([name]) => name === word)?.[2] === true;
    if (needsSecret && !this.#secret) {
      yield* context.tell("Need the secret key to do this.\n");
      return true;
    }
    switch (word) {
      case "": case "list": case "l": yield* list(); break;
      case "help": case "?":
        for (const [name, text, secret] of HELP) if (!secret || this.#secret) yield* context.tell(`${name.padEnd(11)} ${text}\n`);
        yield* context.tell("\n* The 'sign' command may be prefixed with an 'l' for local signatures (lsign),\n  a 't' for trust signatures (tsign), an 'nr' for non-revocable signatures\n  (nrsign), or any combination thereof (ltsign, tnrsign, etc.).\n\n");
        break;
      case "quit": case "q":
        if (this.#changed) {
          if (yield* context.agree("Save changes? (y/N) ")) yield* this.save();
          else if (!(yield* context.agree("Quit without saving? (y/N) "))) return true;
        }
        return false;
      case "save": yield* this.save(); return false;
      case "fpr": yield* context.tell(`pub   ${keyLabel(this.#block.key)}/${keyIdText(this.#block.key)} ${context.date(this.#block.key.createdSeconds)} ${this.#keyring.nameOf(this.#block)}\n Primary key fingerprint: ${grouped(fingerprintText(this.#block.key))}\n\n`); break;
      case "grip": yield* context.tell(`${keygrip(this.#block.key)}\n`); break;
      case "uid": yield* this.#select(this.#users, argument, this.#block.users.length, "user ID"); yield* list(); break;
      case "key": yield* this.#select(this.#subkeys, argument, this.#block.subkeys.length, "subkey"); yield* list(); break;
      case "sign": case "s": case "lsign": yield* this.sign(word === "lsign"); yield* context.tell("\n"); break;
      case "trust": yield* this.trust(); break;
      case "expire": yield* this.expire(); yield* list(); break;
      case "adduid": yield* this.addUser(); yield* list(); break;
      case "primary": yield* this.primary(); yield* list(); break;
      case "addkey": yield* this.addKey(); yield* list(); break;
      case "deluid": yield* this.#remove("user"); yield* list(); break;
      case "delkey": yield* this.#remove("key"); yield* list(); break;
      case "revuid": yield* this.#revoke("user"); yield* list(); break;
      case "revkey": yield* this.#revoke("key"); yield* list(); break;
      case "passwd": case "password": yield* this.changePassphrase(); yield* context.tell("\n"); break;
      case "check": {
        const listing = new Listing(context, this.#keyring, { secret: false, signatures: true, check: true, fingerprints: 0 });
        yield* listing.block(this.#block);
        break;
      }
      case "clean": case "minimize": yield* context.tell(`User ID "${this.#keyring.nameOf(this.#block)}": already clean\n`); yield* list(); break;
      default: yield* context.tell("\nInvalid command  (try \"help\")\n\n");
    }
    return true;
  }
}

function wanted(keyring: Keyring, name: string): KeyBlock {
  const block = keyring.find(name);
  if (block === undefined) throw new GpgFailure(`gpg: key "${name}" not found: No public key\n`);
  return block;
}

/** --edit-key NAME [COMMAND...] */
export function* editKey(context: Context, keyring: Keyring, words: readonly string[]): Blocking<number> {
  const [name = "", ...commands] = words;
  const editor = new Editor(context, keyring, wanted(keyring, name));
  if (editor.secret) yield* context.tell("Secret key is available.\n");
  yield* context.tell("\n");
  yield* keyring.checkTrust();
  yield* editor.show();
  yield* context.tell("\n");
  const queue = [...commands];
  for (;;) {
    const line = queue.shift() ?? (yield* context.ask("gpg> "));
    try {
      // a command line of numbers and words: "uid 1" comes as two words
      const full = /^(uid|key)$/.test(line) && /^[\d*]+$/.test(queue[0] ?? "") ? `${line} ${queue.shift()}` : line;
      if (!(yield* editor.command(full))) return 0;
    } catch (error) {
      if (!(error instanceof SecretFailure)) throw error;
      yield* context.log(`${/^(s|sign|lsign)$/.test(line) ? "signing failed" : line === "addkey" ? "Key generation failed" : line === "passwd" ? `key ${keyIdText(wanted(keyring, name).key)}: error changing passphrase` : "signing failed"}: ${error.message}`);
      yield* context.tell("\n");
    }
  }
}

/** --sign-key, --lsign-key, and their quick forms. */
export function* signKey(context: Context, keyring: Keyring, name: string, local: boolean, quick: boolean): Blocking<number> {
  const block = wanted(keyring, name);
  const editor = new Editor(context, keyring, block);
  yield* keyring.checkTrust();
  if (!quick) {
    yield* context.tell("\n");
    yield* editor.show();
    yield* context.tell("\n");
  }
  try {
    yield* editor.sign(local, quick);
    if (editor.changed || !quick) yield* editor.save();
    return 0;
  } catch (error) {
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`signing failed: ${error.message}`);
    return 2;
  }
}

export function* changePassphrase(context: Context, keyring: Keyring, name: string): Blocking<number> {
  const block = keyring.find(name);
  try {
    if (block === undefined || !keyring.isSecret(block)) throw new SecretFailure("No secret key");
    yield* new Editor(context, keyring, block).changePassphrase();
    return 0;
  } catch (error) {
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`error changing the passphrase for '${name}': ${error.message}`);
    return 2;
  }
}

/** --quick-add-uid, --quick-add-key, --quick-set-expire. */
export function* quickEdit(context: Context, keyring: Keyring, command: string, words: readonly string[]): Blocking<number> {
  const [name = "", first = "", second = "", third = ""] = words;
  const block = keyring.find(name);
  if (block === undefined) {
    yield* context.log(`key "${name}" not found: No public key`);
    return 2;
  }
  const editor = new Editor(context, keyring, block);
  const invalid = function* (): Blocking<number> {
    yield* context.log(`'${command === "quick-add-key" ? third : first}' is not a valid expiration time`);
    return 2;
  };
  try {
    if (command === "quick-add-uid") yield* editor.addUser(first);
    else if (command === "quick-set-expire") {
      const life = parseLife(context, first);
      if (life === undefined) return yield* invalid();
      if (second === "*") yield* editor.command("key *");
      yield* editor.expire(life);
    } else {
      const life = parseLife(context, third);
      if (life === undefined) return yield* invalid();
      const algorithm = first === "" || first === "-" || first === "default" ? "rsa3072" : first === "future-default" ? "cv25519" : first.toLowerCase();
      const usage = second === "" || second === "-" || second === "default" ? (algorithm === "ed25519" ? "S" : "E") : usageLetters(second, false);
      yield* editor.addKey({ algorithm, usage, lifeSeconds: life });
    }
    yield* editor.save();
    return 0;
  } catch (error) {
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`${command === "quick-add-key" ? "Key generation failed" : "signing failed"}: ${error.message}`);
    return 2;
  }
}
