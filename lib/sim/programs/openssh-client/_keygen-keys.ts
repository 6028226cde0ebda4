// The modes of ssh-keygen that make keys and tell or change what their files say.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { fingerprint, fingerprintLine, isCertificate, type KeyKind, kindOfTypeName, parsePublicLine, type PublicKey, plainKey, publicLine, randomart, shownKind } from "./_key.ts";
import { Fatal, type KeygenCall } from "./_keygen-call.ts";
import { bubblebabble } from "./_bubblebabble.ts";
import { isFileCipher, keyFile, parsePrivateFile, privateFile } from "./_private-file.ts";
import { makeKey } from "./_private-key.ts";

/** -t, also as the type's full name (ecdsa-sha2-nistp384 brings its size). */
function wantedKind(word: string): { readonly kind: KeyKind; readonly bits: number | undefined } {
  const kind = (["rsa", "dsa", "ecdsa", "ed25519"] as const).find((one) => one === word.toLowerCase()) ?? kindOfTypeName(word);
  if (kind === undefined || word.includes("-cert-")) throw new Fatal(`unknown key type ${word}`);
  const size = /nistp(\d+)$/.exec(word)?.[1];
  return { kind, bits: size === undefined ? undefined : Number(size) };
}

function sizeOf(call: KeygenCall, kind: KeyKind, own: number | undefined): number {
  const given = call.get("bits");
  if (given !== undefined && !(/^\d+$/.test(given) && Number(given) > 0)) throw new Fatal(`Invalid number of bits: ${given} is ${/^-/.test(given) || given === "0" ? "too small" : "invalid"}`, 1);
  const bits = given === undefined ? (own ?? (kind === "rsa" ? 3072 : kind === "dsa" ? 1024 : 256)) : Number(given);
  if (kind === "rsa" && bits < 1024) throw new Fatal("Invalid RSA key length: minimum is 1024 bits");
  if (kind === "rsa" && bits > 16_384) throw new Fatal("Invalid RSA key length: maximum is 16384 bits");
  if (kind === "dsa" && bits !== 1024) throw new Fatal("Invalid DSA key length: must be 1024 bits");
  if (kind === "ecdsa" && ![256, 384, 521].includes(bits)) throw new Fatal("Invalid ECDSA key length: valid lengths are 256, 384 or 521 bits");
  return bits;
}

/** How -p, -c and new keys are written. */
function* saved(call: KeygenCall, key: Parameters<typeof keyFile>[1], passphrase: string): Blocking<string> {
  const rounds = call.get("rounds");
  const cipher = call.get("cipher");
  if (cipher !== undefined && !isFileCipher(cipher)) throw new Fatal(`unknown or unsupported cipher ${cipher}`);
  return yield* keyFile(call.sys, key, { passphrase, format: call.format, ...(rounds === undefined ? {} : { rounds: Math.max(1, Number(rounds) || 1) }), ...(cipher === undefined ? {} : { cipher }) });
}

export function* generate(call: KeygenCall): Blocking<number> {
  const { sys, quiet } = call;
  const { kind, bits: own } = wantedKind(call.get("type") ?? "rsa");
  const bits = sizeOf(call, kind, own);
  if (!quiet) yield* call.say(`Generating public/private ${kind} key pair.\n`);
  const comment = call.get("comment") ?? (yield* call.ownComment());
  const key = yield* makeKey(sys, kind, bits, comment);
  const path = call.get("file") ?? (yield* call.askFile("Enter file in which to save the key", kind));
  const home = `${yield* call.home()}/.ssh`;
  if (path.slice(0, path.lastIndexOf("/")) === home && !call.exists(home)) {
    sys.mkdir(home, 0o700);
    if (!quiet) yield* call.say(`Created directory '${home}'.\n`);
  }
  if (!(yield* call.mayOverwrite(path))) return 1;
  const passphrase = call.get("newPassphrase") ?? (yield* call.newPassphrase("Enter passphrase (empty for no passphrase): "));
  try {
    yield* call.write(path, yield* saved(call, key, passphrase), 0o600);
    yield* call.write(`${path}.pub`, `${publicLine(key)}\n`, 0o644);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Fatal(`Saving key "${path}" failed: ${error.message}`, 1);
  }
  if (!quiet) yield* call.say(`Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\nThe key fingerprint is:\n${fingerprint(key.blob, call.hash)} ${comment}\nThe key's randomart image is:\n${randomart(key, call.hash)}\n`);
  return 0;
}

/** -A */
export function* hostKeys(call: KeygenCall): Blocking<number> {
  const root = call.get("file") ?? "";
  const missing = (["rsa", "ecdsa", "ed25519"] as const).filter((kind) => !call.exists(`${root}/etc/ssh/ssh_host_${kind}_key`));
  if (missing.length === 0) return 0;
  yield* call.say("ssh-keygen: generating new host keys: ");
  const comment = yield* call.ownComment();
  for (const kind of missing) {
    yield* call.say(`${shownKind(kind)} `);
    const key = yield* makeKey(call.sys, kind, kind === "rsa" ? 3072 : 256, comment);
    const path = `${root}/etc/ssh/ssh_host_${kind}_key`;
    try {
      yield* call.write(path, privateFile(key, (length) => call.sys.random(length)), 0o600);
      yield* call.write(`${path}.pub`, `${publicLine(key)}\n`, 0o644);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Fatal(`Could not save your private key in ${path}: ${error.message}`);
    }
  }
  yield* call.say("\n");
  return 0;
}

function keysInLines(content: string): PublicKey[] {
  return content.split("\n").flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : (parsePublicLine(line) ?? [])));
}

/** -l and -B */
export function* fingerprints(call: KeygenCall): Blocking<number> {
  const path = yield* call.keyFile();
  const hash = call.hash;
  const content = yield* call.read(path, (reason) => `ssh-keygen: ${path}: ${reason}`);
  const file = parsePrivateFile(content);
  const own = file.kind === "key" || file.kind === "locked" ? ((yield* call.publicBeside(path)) ?? file.key) : undefined;
  const keys = own === undefined ? keysInLines(content) : [own];
  if (keys.length === 0) throw new Fatal(`${path === "-" ? "(stdin)" : path} is not a public key file.`);
  for (const key of keys) {
    if (call.has("babble")) yield* call.say(`${fingerprintLine(key).replace(/ \S+ /, () => ` ${bubblebabble(plainKey(key).blob)} `)}\n`);
    else yield* call.say(`${fingerprintLine(key, hash)}\n`);
    if (call.has("verbose") && !call.has("babble")) yield* call.say(`${randomart(key, hash)}\n`);
  }
  return 0;
}

/** -y */
export function* printPublic(call: KeygenCall): Blocking<number> {
  const path = yield* call.keyFile();
  const content = yield* call.readSecret(path, (reason) => `${path}: ${reason}`);
  const { key } = yield* call.unlocked(content, (reason) => `Load key "${path}": ${reason}`);
  const beside = key.comment === "" ? yield* call.publicBeside(path) : undefined;
  yield* call.say(`${publicLine({ ...key, comment: key.comment || (beside !== undefined && !isCertificate(beside) ? beside.comment : "") })}\n`);
  return 0;
}

/** -p */
export function* changePassphrase(call: KeygenCall): Blocking<number> {
  const path = yield* call.keyFile();
  const content = yield* call.readSecret(path, (reason) => `${path}: ${reason}`);
  const { key } = yield* call.unlocked(content, (reason) => `Failed to load key ${path}: ${reason}`, "Enter old passphrase: ");
  if (key.comment !== "") yield* call.say(`Key has comment '${key.comment}'\n`);
  const passphrase = call.get("newPassphrase") ?? (yield* call.newPassphrase("Enter new passphrase (empty for no passphrase): "));
  yield* call.write(path, yield* saved(call, key, passphrase), 0o600);
  yield* call.say("Your identification has been saved with the new passphrase.\n");
  return 0;
}

/** -c */
export function* changeComment(call: KeygenCall): Blocking<number> {
  const path = yield* call.keyFile();
  const content = yield* call.readSecret(path, (reason) => `${path}: ${reason}`);
  const { key: old, passphrase } = yield* call.unlocked(content, (reason) => `Cannot load private key "${path}": ${reason}`);
  if (!content.includes("OPENSSH PRIVATE KEY")) throw new Fatal("Comments are only supported for keys stored in the new format (-o).");
  yield* call.say(old.comment === "" ? "Key has no comment\n" : `Old comment: ${old.comment}\n`);
  let comment = call.get("comment");
  if (comment === undefined) {
    yield* call.say("New comment: ");
    comment = (yield* call.answerLine()) ?? "";
  }
  const key = { ...old, comment };
  yield* call.write(path, yield* saved(call, key, passphrase), 0o600);
  yield* call.write(`${path}.pub`, `${publicLine(key)}\n`, 0o644);
  yield* call.say(comment === "" ? "Comment removed\n" : `Comment '${comment}' applied\n`);
  return 0;
}
