// ssh-keygen: makes keys, shows their fingerprints, keeps known_hosts in order (ssh-keygen(1)).
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { counted, flag, program, text } from "../kit/program.ts";
import type { Io } from "../kit/program.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { bitsOf, fingerprint, type KeyKind, kindOfTypeName, makeKey, type PublicKey, parsePrivateFile, parsePublicLine, privateFile, publicLine, randomart, shownKind } from "./_key.ts";
import { hashedName, matchesHost, parseKnownHosts } from "./_known-hosts.ts";

/** fatal(): one line, status 255. */
class Fatal extends Error {}

const options = {
  all: flag(["-A"], "make the host keys that are missing"),
  bits: text(["-b"], "bits", "size of the key (RSA only)"),
  comment: text(["-C"], "comment", "comment of the new key"),
  changeComment: flag(["-c"], "change the comment of a key file"),
  hash: text(["-E"], "fingerprint_hash", "md5 or sha256"),
  findHost: text(["-F"], "hostname", "look for a host in known_hosts"),
  file: text(["-f"], "filename", "the key file"),
  hashHosts: flag(["-H"], "hash the names in known_hosts"),
  list: flag(["-l"], "show the fingerprint of a key"),
  newPassphrase: text(["-N"], "new_passphrase", "the new passphrase"),
  passphrase: text(["-P"], "passphrase", "the old passphrase"),
  changePassphrase: flag(["-p"], "change the passphrase of a key file"),
  quiet: flag(["-q"], "say nothing while making a key"),
  removeHost: text(["-R"], "hostname", "remove a host from known_hosts"),
  type: text(["-t"], "type", "ecdsa, ed25519 or rsa"),
  verbose: counted(["-v"], "with -l: show the randomart picture too"),
  publicOf: flag(["-y"], "print the public key of a private key file"),
  rounds: text(["-a"], "rounds", "rounds of the key derivation"),
  format: text(["-m"], "key_format", "format of key files"),
  option: text(["-O"], "option", "an option"),
  cipher: text(["-Z"], "cipher", "cipher of the private key file"),
};

function* writeFile(sys: Sys, path: string, content: string, mode: number): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  yield* sys.write(fd, encode(content));
  sys.close(fd);
  sys.chmod(path, mode);
}

/** One line of standard input, read byte by byte as what follows belongs to others; undefined at its end. */
function* answerLine(sys: Sys): Blocking<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) return bytes.length > 0 ? decode(Uint8Array.from(bytes)) : undefined;
    if (byte === 10) return decode(Uint8Array.from(bytes));
    bytes.push(byte);
  }
}

class Keygen {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #given = new Map<string, string>();

  constructor(sys: Sys, io: Io, given: ReadonlyMap<string, string>) {
    this.#sys = sys;
    this.#io = io;
    for (const [name, value] of given) this.#given.set(name, value);
  }

  *#say(line: string): Blocking<void> {
    this.#io.out.put(line);
    yield* this.#io.out.flush();
  }

  *#home(): Blocking<string> {
    return (yield* Accounts.read(this.#sys)).userById(this.#sys.getcred().ruid)?.home ?? "/";
  }

  *#user(): Blocking<string> {
    const { ruid } = this.#sys.getcred();
    return (yield* Accounts.read(this.#sys)).userById(ruid)?.name ?? "unknown";
  }

  *#askFile(prompt: string, kind: KeyKind): Blocking<string> {
    const file = `${yield* this.#home()}/.ssh/id_${kind}`;
    yield* this.#say(`${prompt} (${file}): `);
    const answer = yield* answerLine(this.#sys);
    if (answer === undefined) throw new Fatal("");
    return answer === "" ? file : answer;
  }

  *#newPassphrase(again: string): Blocking<string> {
    for (;;) {
      const first = yield* askPassword(this.#sys, again);
      if (first.kind === "interrupted") throw new Fatal("");
      const second = yield* askPassword(this.#sys, "Enter same passphrase again: ");
      if (second.kind === "interrupted") throw new Fatal("");
      const [one, two] = [first.kind === "text" ? first.text : "", second.kind === "text" ? second.text : ""];
      if (one === two) return one;
      yield* this.#say("Passphrases do not match.  Try again.\n");
    }
  }

  /** Reads a key file's text. Errors: Fatal. */
  *#read(path: string, complaint: (reason: string) => string): Blocking<string> {
    try {
      this.#sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) throw new Fatal(complaint(error.message));
      throw error;
    }
    const content = yield* readTextFile(this.#sys, path);
    if (content === undefined) throw new Fatal(complaint("Permission denied"));
    return content;
  }

  *#keyFile(prompt: string): Blocking<string> {
    return this.#given.get("file") ?? (yield* this.#askFile(prompt, "rsa"));
  }

  *generate(): Blocking<number> {
    const word = this.#given.get("type") ?? "rsa";
    const kind = (["rsa", "dsa", "ecdsa", "ed25519"] as const).find((one) => one === word.toLowerCase()) ?? kindOfTypeName(word);
    if (kind === undefined) throw new Fatal(`unknown key type ${word}`);
    const bits = Number(this.#given.get("bits") ?? (kind === "rsa" ? 3072 : kind === "dsa" ? 1024 : 256));
    if (kind === "rsa" && bits < 1024) throw new Fatal("Invalid RSA key length: minimum is 1024 bits");
    if (kind === "rsa" && bits > 16_384) throw new Fatal("Invalid RSA key length: maximum is 16384 bits");
    if (kind === "dsa" && bits !== 1024) throw new Fatal("Invalid DSA key length: must be 1024 bits");
    if (kind === "ecdsa" && ![256, 384, 521].includes(bits)) throw new Fatal("Invalid ECDSA key length: valid lengths are 256, 384 or 521 bits");
    const quiet = this.#given.has("quiet");
    if (!quiet) yield* this.#say(`Generating public/private ${kind} key pair.\n`);
    const comment = this.#given.get("comment") ?? `${yield* this.#user()}@${this.#sys.uname().nodename}`;
    // the numbers of a large modulus take their time
    if (this.#sys.charge(kind === "rsa" ? Math.round((bits / 3072) ** 3 * 40_000) : 500)) yield* this.#sys.preempt();
    const key = makeKey(kind, bits, comment, (length) => this.#randomBytes(length));
    const path = this.#given.get("file") ?? (yield* this.#askFile("Enter file in which to save the key", kind));
    const directory = path.slice(0, path.lastIndexOf("/"));
    const own = `${yield* this.#home()}/.ssh`;
    if (directory === own && !this.#exists(own)) {
      this.#sys.mkdir(own, 0o700);
      if (!quiet) yield* this.#say(`Created directory '${own}'.\n`);
    }
    if (this.#exists(path)) {
      yield* this.#say(`${path} already exists.\nOverwrite (y/n)? `);
      const answer = yield* answerLine(this.#sys);
      if (answer === undefined || !/^y/i.test(answer)) return 1;
    }
    const passphrase = this.#given.get("newPassphrase") ?? (yield* this.#newPassphrase("Enter passphrase (empty for no passphrase): "));
    try {
      yield* writeFile(this.#sys, path, privateFile(key, passphrase, (length) => this.#randomBytes(length)), 0o600);
      yield* writeFile(this.#sys, `${path}.pub`, `${publicLine(key)}\n`, 0o644);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.stderr(`Saving key "${path}" failed: ${error.message}\r\n`);
      return 1;
    }
    if (!quiet) {
      yield* this.#say(`Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\nThe key fingerprint is:\n${fingerprint(key.blob)} ${comment}\nThe key's randomart image is:\n${randomart(key)}\n`);
    }
    return 0;
  }

  #randomBytes(length: number): Uint8Array {
    return this.#sys.random(length);
  }

  #exists(path: string): boolean {
    try {
      this.#sys.stat(path);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  /** -A */
  *hostKeys(): Blocking<number> {
    const root = this.#given.get("file") ?? "";
    const missing = (["rsa", "ecdsa", "ed25519"] as const).filter((kind) => !this.#exists(`${root}/etc/ssh/ssh_host_${kind}_key`));
    if (missing.length === 0) return 0;
    yield* this.#say("ssh-keygen: generating new host keys: ");
    const comment = `${yield* this.#user()}@${this.#sys.uname().nodename}`;
    for (const kind of missing) {
      yield* this.#say(`${shownKind(kind)} `);
      const key = makeKey(kind, kind === "rsa" ? 3072 : 256, comment, (length) => this.#randomBytes(length));
      const path = `${root}/etc/ssh/ssh_host_${kind}_key`;
      try {
        yield* writeFile(this.#sys, path, privateFile(key, "", (length) => this.#randomBytes(length)), 0o600);
        yield* writeFile(this.#sys, `${path}.pub`, `${publicLine(key)}\n`, 0o644);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Fatal(`Could not save your private key in ${path}: ${error.message}`);
      }
    }
    yield* this.#say("\n");
    return 0;
  }

  *fingerprints(): Blocking<number> {
    const path = yield* this.#keyFile("Enter file in which the key is");
    const algorithm = this.#given.get("hash") ?? "sha256";
    if (algorithm !== "md5" && algorithm !== "sha256") throw new Fatal(`Invalid hash algorithm "${algorithm}"`);
    const shown = path === "-" ? "(stdin)" : path;
    const content = path === "-" ? yield* this.#standardInput() : yield* this.#read(path, (reason) => `ssh-keygen: ${path}: ${reason}`);
    let keys: PublicKey[] = [];
    const file = parsePrivateFile(content, undefined);
    if (file.kind === "key" || file.kind === "locked") {
      const beside = parsePublicLine(((yield* readTextFile(this.#sys, `${path}.pub`)) ?? "").split("\n")[0] ?? "");
      keys = [beside ?? { ...file.key, comment: file.key.comment }];
    } else keys = content.split("\n").flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : (parsePublicLine(line) ?? [])));
    if (keys.length === 0) throw new Fatal(`${shown} is not a public key file.`);
    for (const key of keys) {
      yield* this.#say(`${bitsOf(key)} ${fingerprint(key.blob, algorithm)} ${key.comment === "" ? "no comment" : key.comment} (${shownKind(key.kind)})\n`);
      if (this.#given.has("verbose")) yield* this.#say(`${randomart(key)}\n`);
    }
    return 0;
  }

  *#standardInput(): Blocking<string> {
    let content = "";
    for (;;) {
      const bytes = yield* this.#sys.read(0, 65_536);
      if (bytes.length === 0) return content;
      content += decode(bytes);
    }
  }

  /** The private key of a file, its passphrase asked for when needed. Errors: Fatal. */
  *#unlocked(content: string, failed: (reason: string) => string, prompt: string): Blocking<Extract<ReturnType<typeof parsePrivateFile>, { kind: "key" }>> {
    let file = parsePrivateFile(content, undefined);
    if (file.kind === "locked") {
      const given = this.#given.get("passphrase");
      const answer = given === undefined ? yield* askPassword(this.#sys, prompt) : ({ kind: "text", text: given } as const);
      file = parsePrivateFile(content, answer.kind === "text" ? answer.text : "");
    }
    if (file.kind === "wrong-passphrase") throw new Fatal(failed("incorrect passphrase supplied to decrypt private key"));
    if (file.kind !== "key") throw new Fatal(failed(content.includes("-----BEGIN") ? "error in libcrypto" : "invalid format"));
    return file;
  }

  *printPublic(): Blocking<number> {
    const path = yield* this.#keyFile("Enter file in which the key is");
    const content = yield* this.#read(path, (reason) => `${path}: ${reason}`);
    const file = yield* this.#unlocked(content, (reason) => `Load key "${path}": ${reason}`, "Enter passphrase: ");
    const beside = parsePublicLine(((yield* readTextFile(this.#sys, `${path}.pub`)) ?? "").split("\n")[0] ?? "");
    yield* this.#say(`${publicLine({ ...file.key, comment: file.key.comment || (beside?.comment ?? "") })}\n`);
    return 0;
  }

  *changePassphrase(): Blocking<number> {
    const path = yield* this.#keyFile("Enter file in which the key is");
    const content = yield* this.#read(path, (reason) => `${path}: ${reason}`);
    const file = yield* this.#unlocked(content, (reason) => `Failed to load key ${path}: ${reason}`, "Enter old passphrase: ");
    if (file.key.comment !== "") yield* this.#say(`Key has comment '${file.key.comment}'\n`);
    const passphrase = this.#given.get("newPassphrase") ?? (yield* this.#newPassphrase("Enter new passphrase (empty for no passphrase): "));
    yield* writeFile(this.#sys, path, privateFile(file.key, passphrase, (length) => this.#randomBytes(length)), 0o600);
    yield* this.#say("Your identification has been saved with the new passphrase.\n");
    return 0;
  }

  *changeComment(): Blocking<number> {
    const path = yield* this.#keyFile("Enter file in which the key is");
    const content = yield* this.#read(path, (reason) => `${path}: ${reason}`);
    const file = yield* this.#unlocked(content, (reason) => `Cannot load private key "${path}": ${reason}.`, "Enter passphrase: ");
    yield* this.#say(file.key.comment === "" ? "Key has no comment\n" : `Old comment: ${file.key.comment}\n`);
    let comment = this.#given.get("comment");
    if (comment === undefined) {
      yield* this.#say("New comment: ");
      comment = (yield* answerLine(this.#sys)) ?? "";
    }
    const key = { ...file.key, comment };
    yield* writeFile(this.#sys, path, privateFile(key, this.#given.get("passphrase") ?? "", (length) => this.#randomBytes(length)), 0o600);
    yield* writeFile(this.#sys, `${path}.pub`, `${publicLine(key)}\n`, 0o644);
    yield* this.#say(comment === "" ? "Comment removed\n" : `Comment '${comment}' added\n`);
    return 0;
  }

  *#knownHosts(): Blocking<{ readonly path: string; readonly content: string }> {
    const path = this.#given.get("file") ?? `${yield* this.#home()}/.ssh/known_hosts`;
    return { path, content: yield* this.#read(path, (reason) => `Cannot stat ${path}: ${reason}`) };
  }

  *findHost(name: string): Blocking<number> {
    const { content } = yield* this.#knownHosts();
    let found = false;
    for (const entry of parseKnownHosts(content)) {
      if (!matchesHost(entry.hosts, name)) continue;
      found = true;
      if (this.#given.has("list")) yield* this.#say(`# Host ${name} found: line ${entry.line} \n${name} ${shownKind(entry.key.kind)} ${fingerprint(entry.key.blob)}\n`);
      else yield* this.#say(`# Host ${name} found: line ${entry.line} \n${entry.text}\n`);
    }
    return found ? 0 : 1;
  }

  *removeHost(name: string): Blocking<number> {
    const { path, content } = yield* this.#knownHosts();
    const gone = new Set<number>();
    for (const entry of parseKnownHosts(content)) {
      if (!matchesHost(entry.hosts, name)) continue;
      gone.add(entry.line);
      yield* this.#say(`# Host ${name} found: line ${entry.line}\n`);
    }
    if (gone.size === 0) {
      yield* this.#io.stderr(`Host ${name} not found in ${path}\r\n`);
      return 0;
    }
    yield* writeFile(this.#sys, `${path}.old`, content, 0o600);
    yield* writeFile(this.#sys, path, content.split("\n").filter((_, index) => !gone.has(index + 1)).join("\n"), 0o600);
    yield* this.#say(`${path} updated.\nOriginal contents retained as ${path}.old\n`);
    return 0;
  }

  *hashHosts(): Blocking<number> {
    const { path, content } = yield* this.#knownHosts();
    const lines = content.split("\n");
    for (const entry of parseKnownHosts(content)) {
      if (entry.hosts.startsWith("|") || /[*?!]/.test(entry.hosts)) continue;
      lines[entry.line - 1] = entry.hosts.split(",").map((host) => `${hashedName(host, this.#randomBytes(20))} ${publicLine({ ...entry.key, comment: "" })}`).join("\n");
    }
    yield* writeFile(this.#sys, `${path}.old`, content, 0o600);
    yield* writeFile(this.#sys, path, lines.join("\n"), 0o600);
    yield* this.#say(`${path} updated.\nOriginal contents retained as ${path}.old\n`);
    yield* this.#io.stderr(`WARNING: ${path}.old contains unhashed entries\nDelete this file to ensure privacy of hostnames\n`);
    return 0;
  }
}

const usage = `usage: ssh-keygen [-q] [-a rounds] [-b bits] [-C comment] [-f output_keyfile]
                  [-m format] [-N new_passphrase] [-O option]
                  [-t dsa | ecdsa | ecdsa-sk | ed25519 | ed25519-sk | rsa]
                  [-w provider] [-Z cipher]
       ssh-keygen -p [-a rounds] [-f keyfile] [-m format] [-N new_passphrase]
                   [-P old_passphrase] [-Z cipher]
       ssh-keygen -y [-f input_keyfile]
       ssh-keygen -c [-a rounds] [-C comment] [-f keyfile] [-P passphrase]
       ssh-keygen -l [-v] [-E fingerprint_hash] [-f input_keyfile]
       ssh-keygen -F hostname [-lv] [-f known_hosts_file]
       ssh-keygen -H [-f known_hosts_file]
       ssh-keygen -R hostname [-f known_hosts_file]
       ssh-keygen -A [-a rounds] [-f prefix_path]
`;

export default program(
  {
    name: "ssh-keygen", summary: "OpenSSH authentication key utility", operands: "files",
    synopsis: ["[-q] [-b bits] [-t type] [-N new_passphrase] [-C comment] [-f output_keyfile]", "-p [-f keyfile]", "-l [-f input_keyfile]", "-R hostname [-f known_hosts_file]", "-A"],
    options: Object.values(options),
  },
  function* (sys, argv, io: Io) {
    const given = new Map<string, string>();
    try {
      const parsed = getopt(new Map(Object.entries(options)), argv.slice(1));
      for (const one of parsed.given) given.set(one.option, one.argument ?? "");
      if (parsed.operands.length > 0) {
        yield* io.stderr(`Too many arguments.\n${usage}`);
        return 1;
      }
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`${argv[0]}: ${error.message}\n${usage}`);
      return 1;
    }
    const keygen = new Keygen(sys, io, given);
    try {
      const [find, remove] = [given.get("findHost"), given.get("removeHost")];
      if (find !== undefined) return yield* keygen.findHost(find);
      if (remove !== undefined) return yield* keygen.removeHost(remove);
      if (given.has("hashHosts")) return yield* keygen.hashHosts();
      if (given.has("list")) return yield* keygen.fingerprints();
      if (given.has("publicOf")) return yield* keygen.printPublic();
      if (given.has("changePassphrase")) return yield* keygen.changePassphrase();
      if (given.has("changeComment")) return yield* keygen.changeComment();
      return yield* (given.has("all") ? keygen.hostKeys() : keygen.generate());
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      if (error.message !== "") yield* io.stderr(`${error.message}\r\n`);
      return error.message.startsWith("Load key") ? 1 : 255;
    }
  },
);
