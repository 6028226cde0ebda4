// What every mode of ssh-keygen has: the options as they came, its messages, files and passphrases.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import { readWhole } from "../kit/read-whole.ts";
import type { Io } from "../kit/program.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { type FingerprintHash, type PrivateKey, type PublicKey, parsePublicLine } from "./_key.ts";
import { type KeyFormat, parsePrivateFile, unlockPrivateFile } from "./_private-file.ts";

/** fatal(): one line, status 255. */
export class Fatal extends Error {
  readonly status: number;
  constructor(message: string, status = 255) {
    super(message);
    this.status = status;
  }
}

const FRAME = "@".repeat(59);

export class KeygenCall {
  readonly sys: Sys;
  readonly io: Io;
  readonly #given: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];

  constructor(sys: Sys, io: Io, given: ReadonlyMap<string, readonly string[]>, operands: readonly string[]) {
    this.sys = sys;
    this.io = io;
    this.#given = given;
    this.operands = operands;
  }

  has(option: string): boolean {
    return this.#given.has(option);
  }

  get(option: string): string | undefined {
    return this.#given.get(option)?.at(-1);
  }

  all(option: string): readonly string[] {
    return this.#given.get(option) ?? [];
  }

  *say(text: string): Blocking<void> {
    this.io.out.put(text);
    yield* this.io.out.flush();
  }

  *complain(line: string): Blocking<void> {
    yield* this.io.stderr(`${line}\r\n`);
  }

  *person(): Blocking<User | undefined> {
    return (yield* Accounts.read(this.sys)).userById(this.sys.getcred().ruid);
  }

  *home(): Blocking<string> {
    return (yield* this.person())?.home ?? "/";
  }

  /** "USER@HOST", a new key's comment */
  *ownComment(): Blocking<string> {
    return `${(yield* this.person())?.name ?? "unknown"}@${this.sys.uname().nodename}`;
  }

  get quiet(): boolean {
    return this.has("quiet");
  }

  get hash(): FingerprintHash {
    const word = this.get("hash") ?? "sha256";
    const found = (["md5", "sha1", "sha256", "sha384", "sha512"] as const).find((one) => one === word.toLowerCase());
    if (found === undefined) throw new Fatal(`Invalid hash algorithm "${word}"`);
    return found;
  }

  /** -m for private files. */
  get format(): KeyFormat {
    const word = (this.get("format") ?? "RFC4716").toUpperCase();
    if (word === "RFC4716") return "openssh";
    if (word === "PKCS8") return "pkcs8";
    if (word === "PEM") return "pem";
    throw new Fatal(`Unsupported conversion format "${this.get("format") ?? ""}"`);
  }

  exists(path: string): boolean {
    try {
      this.sys.stat(path);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  *write(path: string, content: string, mode: number): Blocking<void> {
    const fd = yield* this.sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
    yield* this.sys.write(fd, encode(content));
    this.sys.close(fd);
    this.sys.chmod(path, mode);
  }

  /** One line of standard input, read byte by byte as what follows belongs to others; undefined at its end. */
  *answerLine(): Blocking<string | undefined> {
    const bytes: number[] = [];
    for (;;) {
      const [byte] = yield* this.sys.read(0, 1);
      if (byte === undefined) return bytes.length > 0 ? decode(Uint8Array.from(bytes)) : undefined;
      if (byte === 10) return decode(Uint8Array.from(bytes));
      bytes.push(byte);
    }
  }

  *askFile(prompt: string, kind: string): Blocking<string> {
    const file = `${yield* this.home()}/.ssh/id_${kind}`;
    yield* this.say(`${prompt} (${file}): `);
    const answer = yield* this.answerLine();
    if (answer === undefined) throw new Fatal("");
    return answer === "" ? file : answer;
  }

  /** -f, or asked for. */
  *keyFile(): Blocking<string> {
    return this.get("file") ?? (yield* this.askFile("Enter file in which the key is", "rsa"));
  }

  /** True where nothing is in the way or the answer is yes. */
  *mayOverwrite(path: string): Blocking<boolean> {
    if (!this.exists(path)) return true;
    yield* this.say(`${path} already exists.\nOverwrite (y/n)? `);
    return /^y/i.test((yield* this.answerLine()) ?? "");
  }

  *newPassphrase(prompt: string): Blocking<string> {
    for (;;) {
      const answers: string[] = [];
      for (const one of [prompt, "Enter same passphrase again: "]) {
        const answer = yield* askPassword(this.sys, one);
        if (answer.kind === "interrupted") throw new Fatal("");
        answers.push(answer.kind === "text" ? answer.text : "");
      }
      if (answers[0] === answers[1]) return answers[0] ?? "";
      yield* this.say("Passphrases do not match.  Try again.\n");
    }
  }

  /** A file's text, "-" for standard input. Throws Fatal. */
  *read(path: string, complaint: (reason: string) => string): Blocking<string> {
    if (path === "-") return decode(yield* readWhole(this.sys, 0));
    try {
      this.sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) throw new Fatal(complaint(error.message));
      throw error;
    }
    const content = yield* readTextFile(this.sys, path);
    if (content === undefined) throw new Fatal(complaint("Permission denied"));
    return content;
  }

  /** The text of a private key's file. Throws Fatal when it is not there or others may read it. */
  *readSecret(path: string, complaint: (reason: string) => string): Blocking<string> {
    const content = yield* this.read(path, complaint);
    const { mode, uid } = path === "-" ? { mode: 0o600, uid: 0 } : this.sys.stat(path);
    if (uid !== this.sys.getcred().ruid || (mode & 0o077) === 0) return content;
    for (const line of [
      FRAME, "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @", FRAME, `Permissions 0${(mode & 0o777).toString(8).padStart(3, "0")} for '${path}' are too open.`,
      "It is required that your private key files are NOT accessible by others.", "This private key will be ignored.",
    ]) yield* this.complain(line);
    throw new Fatal(`Load key "${path}": bad permissions`);
  }

  /** The private key in a text, its passphrase taken from -P or asked for. Throws Fatal. */
  *unlocked(content: string, failed: (reason: string) => string, prompt = "Enter passphrase: "): Blocking<{ readonly key: PrivateKey; readonly passphrase: string }> {
    let file = parsePrivateFile(content);
    let passphrase = "";
    if (file.kind === "locked") {
      const given = this.get("passphrase");
      const answer = given === undefined ? yield* askPassword(this.sys, prompt) : ({ kind: "text", text: given } as const);
      passphrase = answer.kind === "text" ? answer.text : "";
      file = yield* unlockPrivateFile(this.sys, content, passphrase);
    }
    if (file.kind === "wrong-passphrase") throw new Fatal(failed("incorrect passphrase supplied to decrypt private key"));
    if (file.kind !== "key") throw new Fatal(failed("error in libcrypto"));
    return { key: file.key, passphrase };
  }

  /** The public key beside a file of a private one. */
  *publicBeside(path: string): Blocking<PublicKey | undefined> {
    return parsePublicLine(((yield* readTextFile(this.sys, `${path}.pub`)) ?? "").split("\n")[0] ?? "");
  }

  /** A public key from its own file, or that of a private key's file. Throws Fatal with what is wrong. */
  *publicKeyIn(path: string, failed: (reason: string) => string): Blocking<PublicKey> {
    const content = yield* this.read(path, failed);
    const line = content.split("\n").map((one) => parsePublicLine(one)).find((one) => one !== undefined);
    if (line !== undefined) return line;
    const file = parsePrivateFile(content);
    const key = (yield* this.publicBeside(path)) ?? (file.kind === "key" || file.kind === "locked" ? file.key : undefined);
    if (key === undefined) throw new Fatal(failed("invalid format"));
    return key;
  }
}
