// The questions of --full-generate-key and --generate-key, of adduid and addkey; the parameter file of --batch.
import { type Blocking, encode } from "../../kernel/sys.ts";
import type { KeyBlock } from "../kit/openpgp/key-block.ts";
import { type Context, GpgFailure } from "./_context.ts";
import { DEFAULT_LIFE_SECONDS, generateKey, type KeyPlan, parseLife } from "./_generate.ts";
import type { Keyring } from "./_keyring.ts";
import { listNewKey } from "./_listing.ts";
import { newPassphrase, SecretFailure } from "./_secrets.ts";

const ENTROPY = `We need to generate a lot of random bytes. It is a good idea to perform
some other action (type on the keyboard, move the mouse, utilize the
disks) during the prime generation; this gives the random number
generator a better chance to gain enough entropy.
`;

export function* askLife(context: Context): Blocking<number> {
  yield* context.tell("Please specify how long the key should be valid.\n         0 = key does not expire\n      <n>  = key expires in n days\n      <n>w = key expires in n weeks\n      <n>m = key expires in n months\n      <n>y = key expires in n years\n");
  for (;;) {
    const life = parseLife(context, yield* context.ask("Key is valid for? (0) "));
    if (life === undefined) {
      yield* context.tell("invalid value\n");
      continue;
    }
    yield* context.tell(life === 0 ? "Key does not expire at all\n" : `Key expires at ${context.time(context.nowSeconds + life)}\n`);
    if (yield* context.agree("Is this correct? (y/N) ")) return life;
  }
}

export function* askSize(context: Context, word: string): Blocking<number> {
  yield* context.tell(`${word} keys may be between 1024 and 4096 bits long.\n`);
  for (;;) {
    const text = yield* context.ask("What keysize do you want? (3072) ");
    const bits = text === "" ? 3072 : Number(text);
    if (!Number.isInteger(bits) || bits < 1024 || bits > 4096) {
      yield* context.tell(`${word} keysizes must be in the range 1024-4096\n`);
      continue;
    }
    yield* context.tell(`Requested keysize is ${bits} bits\n`);
    const rounded = Math.ceil(bits / 32) * 32;
    if (rounded !== bits) yield* context.tell(`rounded up to ${rounded} bits\n`);
    return rounded;
  }
}

function* askName(context: Context): Blocking<string> {
  for (;;) {
    const name = yield* context.ask("Real name: ");
    if (name === "" && !context.settings.has("allow-freeform-uid")) {
      // an empty one is fine where an address follows
      return name;
    }
    if (/[<>]/.test(name)) yield* context.tell("Invalid character in name\nThe characters '<' and '>' may not appear in name\n");
    else if (/^\d/.test(name)) yield* context.tell("Name may not start with a digit\n");
    else if (name.length < 5) yield* context.tell("Name must be at least 5 characters long\n");
    else return name;
  }
}

const isAddress = (text: string): boolean => /^[^\s@<>()]+@[^\s@<>()]+$/.test(text) && !text.startsWith(".") && !text.endsWith(".") && !text.includes("..");

function* askAddress(context: Context): Blocking<string> {
  for (;;) {
    const address = yield* context.ask("Email address: ");
    if (address === "" || isAddress(address)) return address;
    yield* context.tell("Not a valid email address\n");
  }
}

/** Undefined when the user gives up. */
export function* askUserId(context: Context, withComment: boolean): Blocking<string | undefined> {
  let name: string | undefined;
  let address: string | undefined;
  let comment: string | undefined;
  for (;;) {
    name ??= yield* askName(context);
    address ??= yield* askAddress(context);
    if (withComment) {
      while (comment === undefined) {
        const given = yield* context.ask("Comment: ");
        if (/[()]/.test(given)) yield* context.tell("Invalid character in comment\n");
        else comment = given;
      }
    }
    const whole = [name, comment === undefined || comment === "" ? "" : `(${comment})`, address === "" ? "" : name === "" && (comment ?? "") === "" ? address : `<${address}>`].filter((part) => part !== "").join(" ");
    if (whole === "") {
      [name, address, comment] = [undefined, undefined, undefined];
      continue;
    }
    if ([...whole].some((c) => (c.codePointAt(0) ?? 0) > 127)) yield* context.tell("You are using the 'utf-8' character set.\n");
    yield* context.tell(`You selected this USER-ID:\n    "${whole}"\n\n`);
    if (address !== "" && name?.includes("@") === true) yield* context.tell("Please don't put the email address into the real name or the comment\n");
    for (;;) {
      const answer = context.answered((yield* context.ask(withComment ? "Change (N)ame, (C)omment, (E)mail or (O)kay/(Q)uit? " : "Change (N)ame, (E)mail, or (O)kay/(Q)uit? ")).toLowerCase(), { a: "e" });
      if (answer === "o") return whole;
      if (answer === "q") return undefined;
      if (answer === "n") name = undefined;
      else if (answer === "e") address = undefined;
      else if (answer === "c" && withComment) comment = undefined;
      else continue;
      break;
    }
  }
}

function* make(context: Context, keyring: Keyring, userId: string, primary: KeyPlan, subkey: KeyPlan | undefined): Blocking<KeyBlock | undefined> {
  yield* context.tell(ENTROPY);
  const passphrase = yield* newPassphrase(context, ["Please enter the passphrase to", "protect your new key"]);
  if (subkey !== undefined) yield* context.tell(ENTROPY);
  return yield* generateKey(context, keyring, userId, primary, subkey, passphrase);
}

function* reported(context: Context, keyring: Keyring, block: KeyBlock | undefined): Blocking<number> {
  if (block === undefined) {
    yield* context.log("key generation failed: Unknown elliptic curve");
    return 2;
  }
  yield* context.tell("public and secret key created and signed.\n");
  if (block.subkeys.length === 0) {
    yield* context.tell("\nNote that this key cannot be used for encryption.  You may want to use\nthe command \"--edit-key\" to generate a subkey for this purpose.\n");
  }
  yield* context.tell("\n");
  yield* listNewKey(context, keyring, block);
  return 0;
}

/** --full-generate-key (`full`) and --generate-key. Throws SecretFailure as a failed generation. */
export function* generateByDialogue(context: Context, keyring: Keyring, full: boolean): Blocking<number> {
  let primary: KeyPlan = { algorithm: "rsa3072", usage: "SC", lifeSeconds: DEFAULT_LIFE_SECONDS };
  let subkey: KeyPlan | undefined = { algorithm: "rsa3072", usage: "E", lifeSeconds: 0 };
  if (full) {
    const expert = context.settings.has("expert");
    yield* context.tell(`Please select what kind of key you want:\n   (1) RSA and RSA (default)\n   (2) DSA and Elgamal\n   (3) DSA (sign only)\n   (4) RSA (sign only)\n${expert ? "   (7) DSA (set your own capabilities)\n   (8) RSA (set your own capabilities)\n   (9) ECC and ECC\n  (10) ECC (sign only)\n  (11) ECC (set your own capabilities)\n  (13) Existing key\n" : ""}  (14) Existing key from card\n`);
    let kind = "";
    while (!["1", "4", ...(expert ? ["9", "10"] : [])].includes(kind)) {
      kind = (yield* context.ask("Your selection? ")) || "1";
      if (["2", "3", "7", "8", "11", "13", "14"].includes(kind)) yield* context.tell("This kind of key is not made here.\n");
      else if (!["1", "4", ...(expert ? ["9", "10"] : [])].includes(kind)) yield* context.tell("Invalid selection.\n");
    }
    let [main, second] = ["", ""];
    if (kind === "1" || kind === "4") main = second = `rsa${yield* askSize(context, "RSA")}`;
    else {
      yield* context.tell("Please select which elliptic curve you want:\n   (1) Curve 25519\n   (3) NIST P-256\n   (4) NIST P-384\n   (5) NIST P-521\n");
      const names = new Map([["1", "ed25519"], ["3", "nistp256"], ["4", "nistp384"], ["5", "nistp521"]]);
      for (;;) {
        const chosen = names.get((yield* context.ask("Your selection? ")) || "1");
        if (chosen === undefined) {
          yield* context.tell("Invalid selection.\n");
          continue;
        }
        [main, second] = [chosen, chosen === "ed25519" ? "cv25519" : chosen];
        break;
      }
    }
    const lifeSeconds = yield* askLife(context);
    primary = { algorithm: main, usage: "SC", lifeSeconds };
    subkey = kind === "1" || kind === "9" ? { algorithm: second, usage: "E", lifeSeconds } : undefined;
  } else yield* context.tell("Note: Use \"gpg --full-generate-key\" for a full featured key generation dialog.\n");
  yield* context.tell("\nGnuPG needs to construct a user ID to identify your key.\n\n");
  const userId = yield* askUserId(context, full);
  if (userId === undefined) {
    yield* context.log("Key generation canceled.");
    return 2;
  }
  try {
    return yield* reported(context, keyring, yield* make(context, keyring, userId, primary, subkey));
  } catch (error) {
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`agent_genkey failed: ${error.message}`);
    throw new GpgFailure(`Key generation failed: ${error.message}\n`);
  }
}

/** --quick-generate-key USER-ID [ALGO [USAGE [EXPIRE]]] */
export function* quickGenerate(context: Context, keyring: Keyring, words: readonly string[]): Blocking<number> {
  const [userId, algorithm = "default", usage = "default", expire] = words;
  if (userId === undefined) {
    yield* context.tell("usage: gpg [options] --quick-generate-key USER-ID [ALGO [USAGE [EXPIRE]]]\n");
    return 2;
  }
  if (!context.settings.has("yes") && keyring.blocks.some((block) => block.users.some((user) => String.fromCharCode(...user.bytes) === String.fromCharCode(...encode(userId))))) {
    yield* context.log(`A key for "${userId}" already exists`);
    if (context.batch) return 2;
    if (!(yield* context.agree("Create anyway? (y/N) "))) return 2;
  } else if (!context.batch) {
    yield* context.tell(`About to create a key for:\n    "${userId}"\n\n`);
    if (!/^(y(es)?|)$/i.test(context.settings.has("yes") ? "y" : context.answered(yield* context.ask("Continue? (Y/n) "), { o: "y", oui: "y" }))) return 2;
  }
  const lifeSeconds = expire === undefined ? DEFAULT_LIFE_SECONDS : parseLife(context, expire);
  if (lifeSeconds === undefined) {
    yield* context.log(`invalid value`);
    return 2;
  }
  const standard = algorithm === "default" || algorithm === "future-default" || algorithm === "-";
  const future = algorithm === "future-default";
  const name = standard ? (future ? "ed25519" : "rsa3072") : algorithm.toLowerCase() === "rsa" ? "rsa3072" : algorithm.toLowerCase();
  const letters = usage === "default" || usage === "-" ? "SC" : usageLetters(usage, true);
  const subkey: KeyPlan | undefined = standard && usage === "default" ? { algorithm: future ? "cv25519" : "rsa3072", usage: "E", lifeSeconds: 0 } : undefined;
  if (!context.batch) yield* context.tell(ENTROPY);
  try {
    const passphrase = yield* newPassphrase(context, ["Please enter the passphrase to", "protect your new key"]);
    const block = yield* generateKey(context, keyring, userId, { algorithm: name, usage: letters, lifeSeconds }, subkey, passphrase);
    if (block === undefined) {
      yield* context.log(`Key generation failed: Unknown algorithm`);
      return 2;
    }
    return context.batch ? 0 : yield* reported(context, keyring, block);
  } catch (error) {
    if (!(error instanceof SecretFailure)) throw error;
    yield* context.log(`agent_genkey failed: ${error.message}`);
    yield* context.log(`key generation failed: ${error.message}`);
    return 2;
  }
}

/** "sign,encrypt" -> "SE"; a primary key certifies always. */
export function usageLetters(words: string, primary: boolean): string {
  const letters = new Set<string>(primary ? ["C"] : []);
  for (const word of words.toLowerCase().split(/[\s,]+/)) {
    if (word.startsWith("sign")) letters.add("S");
    else if (word.startsWith("encr")) letters.add("E");
    else if (word.startsWith("auth")) letters.add("A");
    else if (word.startsWith("cert")) letters.add("C");
  }
  return ["S", "C", "E", "A"].filter((letter) => letters.has(letter)).join("");
}

/** The parameter file of --batch --generate-key. */
export function* generateFromParameters(context: Context, keyring: Keyring, text: string): Blocking<number> {
  let values = new Map<string, string>();
  let protectedKey = true;
  let status = 0;
  const commit = function* (): Blocking<void> {
    if (values.size === 0) return;
    const given = values;
    values = new Map();
    const algorithmOf = (kind: string, length: string | undefined, curve: string | undefined): string => {
      const word = kind.toLowerCase();
      if (word === "default" || word === "1") return "rsa3072";
      if (word === "eddsa" || word === "ecdsa" || word === "ecdh") return (curve ?? (word === "ecdh" ? "cv25519" : "ed25519")).toLowerCase().replace("curve25519", "cv25519");
      return word === "rsa" ? `rsa${length ?? "3072"}` : word;
    };
    const kind = given.get("key-type");
    if (kind === undefined) {
      yield* context.log("no Key-Type specified");
      status = 2;
      return;
    }
    const userId = [given.get("name-real"), given.has("name-comment") ? `(${given.get("name-comment")})` : undefined, given.has("name-email") ? (given.has("name-real") ? `<${given.get("name-email")}>` : given.get("name-email")) : undefined].filter((part) => part !== undefined).join(" ");
    const lifeSeconds = parseLife(context, given.get("expire-date") ?? "0") ?? 0;
    const subkeyKind = given.get("subkey-type") ?? (kind.toLowerCase() === "default" ? "default" : undefined);
    const all = "SCEA";
    const primary: KeyPlan = { algorithm: algorithmOf(kind, given.get("key-length"), given.get("key-curve")), usage: given.has("key-usage") ? usageLetters(given.get("key-usage") ?? "", true) : kind.toLowerCase() === "default" ? "SC" : kind.toLowerCase() === "rsa" ? all : "SCA", lifeSeconds };
    const subkey: KeyPlan | undefined = subkeyKind === undefined ? undefined : { algorithm: algorithmOf(subkeyKind, given.get("subkey-length"), given.get("subkey-curve")), usage: given.has("subkey-usage") ? usageLetters(given.get("subkey-usage") ?? "", false) : subkeyKind.toLowerCase() === "rsa" ? "SEA" : "E", lifeSeconds };
    try {
      const passphrase = given.get("passphrase") ?? (protectedKey ? yield* newPassphrase(context, ["Please enter the passphrase to", "protect your new key"]) : "");
      if ((yield* generateKey(context, keyring, userId, primary, subkey, passphrase)) === undefined) throw new SecretFailure("Unknown elliptic curve");
    } catch (error) {
      if (!(error instanceof SecretFailure)) throw error;
      yield* context.log(`agent_genkey failed: ${error.message}`);
      yield* context.log(`key generation failed: ${error.message}`);
      status = 2;
    }
  };
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const [, control, argument = ""] = /^%(\S+)\s*(.*)$/.exec(trimmed) ?? [];
    if (control === "echo") yield* context.log(argument);
    else if (control === "commit") yield* commit();
    else if (control === "no-protection") protectedKey = false;
    else if (control !== undefined) continue;
    else {
      const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(trimmed) ?? [];
      if (name.toLowerCase() === "key-type") yield* commit();
      values.set(name.trim().toLowerCase(), value.trim());
    }
  }
  yield* commit();
  return status;
}
