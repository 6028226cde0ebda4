// Passphrases and what they unlock.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { cachedPassphrase, ensureAgent, rememberPassphrase } from "../gpg-agent/_agent-socket.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type KeyBlock, primaryUser, userText } from "../kit/openpgp/key-block.ts";
import { algorithmName, keyBits, keygrip, keyIdText, type PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import type { SecretNumbers } from "../kit/openpgp/secret-key.ts";
import { rsaSteps } from "../kit/crypto/rsa.ts";
import { exists } from "../kit/presence.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { type Context, readBytes } from "./_context.ts";
import { askPinentry } from "./_pinentry.ts";
import { privateKeyFile, readPrivateKeyFile } from "./_private-keys.ts";

/** Why a secret could not be used: the words of libgpg-error. */
export class SecretFailure extends Error {}

/** --passphrase and its kin; undefined when none is given. */
export function* givenPassphrase(context: Context): Blocking<string | undefined> {
  const { settings, sys } = context;
  const direct = settings.get("passphrase");
  if (direct !== undefined) return direct;
  const file = settings.get("passphrase-file");
  if (file !== undefined) return ((yield* readTextFile(sys, file)) ?? "").split("\n")[0] ?? "";
  const fd = settings.get("passphrase-fd");
  if (fd === undefined) return undefined;
  const bytes = yield* readFdLine(context, Number(fd));
  settings.add("passphrase", bytes);
  return bytes;
}

function* readFdLine(context: Context, fd: number): Blocking<string> {
  let text = "";
  for (;;) {
    const [byte] = yield* context.sys.read(fd, 1);
    if (byte === undefined || byte === 10) return text;
    text += String.fromCharCode(byte);
  }
}

const isLoopback = (context: Context): boolean => context.settings.get("pinentry-mode") === "loopback";

/** --batch alone lets the passphrase be given (for GnuPG below 2.1); with loopback it always may. */
function* option(context: Context): Blocking<string | undefined> {
  return isLoopback(context) || context.batch ? yield* givenPassphrase(context) : undefined;
}

function* ask(context: Context, lines: readonly string[], error?: string): Blocking<string> {
  if (isLoopback(context)) {
    if (context.batch) throw new SecretFailure("No such file or directory");
    const answer = yield* askPassword(context.sys, "Enter passphrase: ");
    if (answer.kind !== "text") throw new SecretFailure("Operation cancelled");
    return answer.text;
  }
  if (context.settings.get("pinentry-mode") === "cancel") throw new SecretFailure("Operation cancelled");
  yield* context.io.out.flush();
  const tty = context.sys.environment.get("GPG_TTY");
  const answer = yield* askPinentry(context.sys, { lines, field: "Passphrase:", ok: "OK", cancel: "Cancel", ...(error === undefined ? {} : { error }) }, tty === undefined || tty === "" || tty === "not a tty" ? "/dev/tty" : tty);
  if (answer.kind === "no-terminal") throw new SecretFailure("Inappropriate ioctl for device");
  if (answer.kind === "cancel") throw new SecretFailure("Operation cancelled");
  return answer.text;
}

/** A new passphrase, asked for twice, with the agent's doubts about weak ones. Throws SecretFailure. */
export function* newPassphrase(context: Context, lines: readonly string[]): Blocking<string> {
  const given = yield* option(context);
  if (given !== undefined) return given;
  if (context.batch && !isLoopback(context)) throw new SecretFailure("Inappropriate ioctl for device");
  let error: string | undefined;
  for (;;) {
    const first = yield* ask(context, lines, error);
    if (isLoopback(context)) return first;
    error = undefined;
    const weak = first.length < 8 || !/[^A-Za-z]/.test(first);
    if (first === "" || weak) {
      const doubt = first === ""
        ? ["You have not entered a passphrase - this is in general a bad idea!", "Please confirm that you do not want to have any protection on your key."]
        : ["Warning: You have entered an insecure passphrase.", "", ...(first.length < 8 ? ["A passphrase should be at least 8 characters long."] : []), ...(/[^A-Za-z]/.test(first) ? [] : ["A passphrase should contain at least 1 digit or", "special character."])];
      const answer = yield* askPinentry(context.sys, { lines: doubt, ok: first === "" ? "Yes, protection is not needed" : "Take this one anyway", cancel: "Enter new passphrase" });
      if (answer.kind !== "text") continue;
      if (first === "") return "";
    }
    const second = yield* ask(context, ["Please re-enter this passphrase"]);
    if (first === second) return first;
    error = "does not match - try again";
  }
}

/** Of a symmetric message. */
export function* messagePassphrase(context: Context, creating: boolean): Blocking<string> {
  const given = yield* option(context);
  if (given !== undefined) return given;
  return creating ? yield* newPassphrase(context, ["Enter passphrase"]) : yield* ask(context, ["Enter passphrase"]);
}

function unlockText(block: KeyBlock, key: PublicKeyPacket, context: Context): readonly string[] {
  const user = primaryUser(block);
  const main = keyIdText(block.key) === keyIdText(key) ? "" : ` (main key ID ${keyIdText(block.key)})`;
  return [
    "Please enter the passphrase to unlock the OpenPGP secret key:", `"${user === undefined ? "" : userText(user)}"`, `${keyBits(key)}-bit ${algorithmName(key.algorithm)} key, ID ${keyIdText(key)},`,
    `created ${context.date(key.createdSeconds)}${main}.`,
  ];
}

export function privateKeyPath(context: Context, key: PublicKeyPacket): string {
  return context.path(`private-keys-v1.d/${keygrip(key)}.key`);
}

interface Unlocked {
  readonly numbers: SecretNumbers;
  readonly passphrase: string;
}

/** The private numbers of a key. Throws SecretFailure. */
export function* unlock(context: Context, block: KeyBlock, key: PublicKeyPacket): Blocking<Unlocked> {
  const { sys } = context;
  const path = privateKeyPath(context, key);
  if (!exists(sys, path)) throw new SecretFailure("No secret key");
  yield* ensureAgent(sys, context.home);
  let file: Uint8Array;
  try {
    file = yield* readBytes(sys, path);
  } catch (error) {
    if (error instanceof SysError) throw new SecretFailure(error.message);
    throw error;
  }
  const rsa = key.curve === undefined ? rsaSteps({ n: key.numbers[0] ?? 1n, e: 1n }) : 5000;
  if (sys.charge(rsa)) yield* sys.preempt();
  const open = yield* readPrivateKeyFile(sys, file, undefined);
  if (open.kind === "numbers") return { numbers: open.numbers, passphrase: "" };
  if (open.kind === "unusable") throw new SecretFailure("Bad secret key");
  const grip = keygrip(key);
  const cached = yield* cachedPassphrase(sys, context.home, grip);
  if (cached !== undefined) {
    const known = yield* readPrivateKeyFile(sys, file, cached);
    if (known.kind === "numbers") return { numbers: known.numbers, passphrase: cached };
  }
  const given = yield* option(context);
  let error: string | undefined;
  for (let round = 1; round <= 3; round++) {
    const passphrase = given ?? (yield* ask(context, unlockText(block, key, context), error));
    const result = yield* readPrivateKeyFile(sys, file, passphrase);
    if (result.kind === "numbers") {
      yield* rememberPassphrase(sys, context.home, grip, passphrase);
      return { numbers: result.numbers, passphrase };
    }
    if (given !== undefined || isLoopback(context)) break;
    error = `Bad Passphrase (try ${round + 1} of 3)`;
  }
  throw new SecretFailure("Bad passphrase");
}

/** Writes the file of a private key. */
export function* storeSecret(context: Context, key: PublicKeyPacket, numbers: SecretNumbers, passphrase: string): Blocking<void> {
  const { sys } = context;
  const directory = context.path("private-keys-v1.d");
  if (!exists(sys, directory)) sys.mkdir(directory, 0o700);
  yield* context.replace(privateKeyPath(context, key), yield* privateKeyFile(sys, key, numbers, passphrase, context.stamp()), 0o600);
  if (passphrase !== "") yield* rememberPassphrase(sys, context.home, keygrip(key), passphrase);
}
