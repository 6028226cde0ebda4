// The client's side of a connection up to the session: finding the host, knowing it by its key, proving who asks (ssh(1), sshconnect2.c).
import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { agentKeys, signByAgent } from "./_agent.ts";
import { type Configuration, homeOf, SshFailure } from "./_configuration.ts";
import { certificateOf, certificateProblem, certifies } from "./_certificate.ts";
import { fingerprint, type KeyKind, type PrivateKey, type PublicKey, isCertificate, parsePublicLine, publicLine, sameKey, shownKind } from "./_key.ts";
import { parsePrivateFile, unlockPrivateFile } from "./_private-file.ts";
import { signWithKey } from "./_private-key.ts";
import { proofData, sessionIdentifier } from "./_public-key-proof.ts";
import { type KnownHost, knownHostLine, matchesHost, nameWithPort, readKnownHosts } from "./_known-hosts.ts";
import { type AuthMessage, bodyOf, type FailureMessage, IDENTIFICATION, type KeysMessage, MESSAGE, type Wire } from "./_wire.ts";

export interface Destination {
  /** as it was asked for */
  readonly name: string;
  /** HostName of the configuration, or the name */
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** Asks with the answer shown; undefined when there is no terminal. Ctrl-C ends the program. */
function* askShown(sys: Sys, prompt: string): Blocking<string | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open("/dev/tty", O.RDWR);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  try {
    yield* sys.write(fd, encode(prompt));
    return decode(yield* sys.read(fd, 1024)).replace(/\n$/, "");
  } finally {
    sys.close(fd);
  }
}

/** Addresses of a name, those of IPv6 in /etc/hosts first. Errors: SshFailure. */
function* addressesOf(sys: Sys, host: string, family: "any" | "inet" | "inet6"): Blocking<readonly string[]> {
  if (host.includes(":")) return [host];
  const found: string[] = [];
  if (family !== "inet") {
    for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
      const [address = "", ...names] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      if (address.includes(":") && names.includes(host)) found.push(address);
    }
  }
  if (family === "inet6") {
    if (found.length > 0) return found;
    throw new SshFailure(`ssh: Could not resolve hostname ${host}: Name or service not known`);
  }
  try {
    return [...found, ...(yield* lookUpHost(sys, host))];
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    if (found.length > 0) return found;
    throw new SshFailure(`ssh: Could not resolve hostname ${host}: ${error.message}`);
  }
}

/** A connected socket and the address that answered. Errors: SshFailure. */
export function* connectTo(sys: Sys, host: string, port: number, family: "any" | "inet" | "inet6" = "any"): Blocking<{ readonly fd: number; readonly address: string }> {
  let problem = "Connection refused";
  for (const address of yield* addressesOf(sys, host, family)) {
    const six = address.includes(":");
    let fd: number;
    try {
      fd = sys.socket(six ? "inet6" : "inet", "stream");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      problem = error.message;
      continue;
    }
    try {
      yield* sys.connect(fd, six ? { family: "inet6", address, port } : { family: "inet", address, port });
      return { fd, address };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      problem = error.message;
      sys.close(fd);
    }
  }
  throw new SshFailure(`ssh: connect to host ${host} port ${port}: ${problem}`);
}

/** Both identification lines, then the host's keys. Undefined when the other end does not speak SSH. */
export function* exchangeKeys(wire: Wire): Blocking<{ readonly identification: string; readonly keys: readonly PublicKey[]; readonly session: Uint8Array } | undefined> {
  yield* wire.raw(encode(`${IDENTIFICATION}\r\n`));
  const identification = yield* wire.identification();
  if (identification?.startsWith("SSH-") !== true) return undefined;
  const message = yield* wire.next();
  if (message?.type !== MESSAGE.KEYS) return undefined;
  const keys = (bodyOf<KeysMessage>(message).keys ?? []).flatMap((line) => parsePublicLine(line) ?? []);
  return { identification, keys, session: sessionIdentifier(message.body) };
}

const preference: readonly KeyKind[] = ["ed25519", "ecdsa", "rsa"];

const frame = "@".repeat(59);

export class Client {
  readonly #sys: Sys;
  readonly #configuration: Configuration;
  readonly #destination: Destination;
  readonly #wire: Wire;
  readonly #address: string;
  readonly #session: Uint8Array;

  constructor(sys: Sys, configuration: Configuration, destination: Destination, wire: Wire, address: string, session: Uint8Array) {
    this.#sys = sys;
    this.#configuration = configuration;
    this.#destination = destination;
    this.#wire = wire;
    this.#address = address;
    this.#session = session;
  }

  *#tell(text: string): Blocking<void> {
    if (this.#configuration.get("loglevel")?.toUpperCase() !== "QUIET") yield* this.#sys.write(2, encode(`${text}\r\n`));
  }

  #knownHostsFiles(): readonly string[] {
    const own = this.#configuration.get("userknownhostsfile")?.split(/\s+/) ?? ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"];
    return own.map((path) => (path.startsWith("~/") ? `${homeOf(this.#sys)}${path.slice(1)}` : path));
  }

  get #name(): string {
    return nameWithPort((this.#configuration.get("hostkeyalias") ?? this.#destination.name).toLowerCase(), this.#destination.port);
  }

  /** The host is the one that is known, or becomes known now. Errors: SshFailure. */
  *verifyHost(offers: readonly PublicKey[]): Blocking<void> {
    const files = this.#knownHostsFiles();
    const known: (KnownHost & { readonly file: string })[] = [];
    for (const file of [...files, "/etc/ssh/ssh_known_hosts"]) for (const entry of yield* readKnownHosts(this.#sys, file)) known.push({ ...entry, file });
    const authorities = known.filter((entry) => entry.marker === "@cert-authority" && matchesHost(entry.hosts, this.#name));
    for (const key of offers.filter((one) => isCertificate(one))) {
      const certificate = certificateOf(key);
      if (certificate === undefined || !authorities.some((entry) => sameKey(entry.key, certificate.authority))) continue;
      const problem = yield* certificateProblem(this.#sys, certificate, "host", this.#destination.host, false);
      if (problem === undefined) return;
      yield* this.#tell(problem);
    }
    const keys = offers.filter((one) => !isCertificate(one));
    const mine = known.filter((entry) => entry.marker === undefined && matchesHost(entry.hosts, this.#name));
    // the client asks for the kinds of keys that it knows of this host before others
    const order = [...preference.filter((kind) => mine.some((entry) => entry.key.kind === kind)), ...preference];
    const offered = order.flatMap((kind) => keys.find((key) => key.kind === kind) ?? [])[0];
    if (offered === undefined) throw new SshFailure(`Unable to negotiate with ${this.#address} port ${this.#destination.port}: no matching host key type found.`);
    if (mine.some((entry) => sameKey(entry.key, offered))) return;
    const conflicting = mine.find((entry) => entry.key.kind === offered.kind) ?? mine[0];
    const strict = this.#configuration.get("stricthostkeychecking") ?? "ask";
    if (conflicting !== undefined) yield* this.#changed(offered, conflicting, strict, files[0] ?? "");
    else yield* this.#unknown(offered, known, strict, files[0] ?? "");
  }

  *#changed(offered: PublicKey, old: KnownHost & { readonly file: string }, strict: string, file: string): Blocking<void> {
    for (const line of [
      frame, "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @", frame, "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!",
      "Someone could be eavesdropping on you right now (man-in-the-middle attack)!", "It is also possible that a host key has just been changed.",
      `The fingerprint for the ${shownKind(offered.kind)} key sent by the remote host is\n${fingerprint(offered.blob)}.`, "Please contact your system administrator.",
      `Add correct host key in ${file} to get rid of this message.`, `Offending ${shownKind(old.key.kind)} key in ${old.file}:${old.line}`,
      "  remove with:", `  ssh-keygen -f "${old.file}" -R "${this.#name}"`,
    ]) yield* this.#tell(line);
    if (strict !== "no" && strict !== "off") {
      yield* this.#tell(`Host key for ${this.#name} has changed and you have requested strict checking.`);
      throw new SshFailure("Host key verification failed.");
    }
    yield* this.#tell("Password authentication is disabled to avoid man-in-the-middle attacks.");
    yield* this.#tell("Keyboard-interactive authentication is disabled to avoid man-in-the-middle attacks.");
    this.#configuration.set("passwordauthentication", "no");
  }

  *#unknown(offered: PublicKey, known: readonly (KnownHost & { readonly file: string })[], strict: string, file: string): Blocking<void> {
    const kind = shownKind(offered.kind);
    if (strict === "yes") {
      yield* this.#tell(`No ${kind} host key is known for ${this.#name} and you have requested strict checking.`);
      throw new SshFailure("Host key verification failed.");
    }
    if (strict === "ask") {
      if (this.#configuration.flag("batchmode", false)) throw new SshFailure("Host key verification failed.");
      const others = known.filter((entry) => sameKey(entry.key, offered)).map((entry) => `\n    ${entry.file.replace(homeOf(this.#sys), "~")}:${entry.line}: ${entry.hosts.startsWith("|1|") ? "[hashed name]" : entry.hosts}`);
      const names = others.length === 0 ? "This key is not known by any other names." : `This host key is known by the following other names/addresses:${others.join("")}`;
      const print = fingerprint(offered.blob);
      let answer = yield* askShown(this.#sys, `The authenticity of host '${this.#name} (${this.#address})' can't be established.\n${kind} key fingerprint is ${print}.\n${names}\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `);
      while (answer !== undefined && answer !== "yes" && answer !== print) {
        if (answer === "no" || answer === "") break;
        answer = yield* askShown(this.#sys, "Please type 'yes', 'no' or the fingerprint: ");
      }
      if (answer !== "yes" && answer !== print) throw new SshFailure("Host key verification failed.");
    }
    if (yield* this.#remember(file, [offered])) yield* this.#tell(`Warning: Permanently added '${this.#name}' (${kind}) to the list of known hosts.`);
  }

  /** False when the file could not be written; that is told. */
  *#remember(file: string, keys: readonly PublicKey[]): Blocking<boolean> {
    const hashed = this.#configuration.flag("hashknownhosts", false);
    try {
      const directory = file.slice(0, file.lastIndexOf("/"));
      try {
        this.#sys.mkdir(directory, 0o700);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
      const fd = yield* this.#sys.open(file, O.WRONLY | O.CREAT | O.APPEND, 0o600);
      yield* this.#sys.write(fd, encode(keys.map((key) => `${knownHostLine(this.#name, key, hashed ? this.#sys.random(20) : undefined)}\n`).join("")));
      this.#sys.close(fd);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#tell(`Failed to add the host to the list of known hosts (${file}).`);
      return false;
    }
  }

  /** After a login the other keys of a known host are learnt too (UpdateHostKeys). */
  *learnKeys(offers: readonly PublicKey[]): Blocking<void> {
    const [file] = this.#knownHostsFiles();
    if (file === undefined || file === "/dev/null" || this.#configuration.get("updatehostkeys") === "no" || this.#configuration.get("userknownhostsfile") !== undefined) return;
    const known = (yield* readKnownHosts(this.#sys, file)).filter((entry) => entry.marker === undefined && matchesHost(entry.hosts, this.#name));
    if (known.length === 0) return;
    const missing = preference.flatMap((kind) => offers.find((key) => key.kind === kind && !isCertificate(key)) ?? []).filter((key) => !known.some((entry) => sameKey(entry.key, key)));
    if (missing.length > 0) yield* this.#remember(file, missing);
  }

  /** Errors: SshFailure when nothing was accepted. */
  *authenticate(): Blocking<void> {
    let methods = yield* this.#attempt({ user: this.#destination.user, method: "none" });
    if (methods === undefined) return;
    if (methods.includes("publickey") && this.#configuration.flag("pubkeyauthentication", true)) {
      methods = yield* this.#tryKeys(methods);
      if (methods === undefined) return;
    }
    if (methods.includes("password") && this.#configuration.flag("passwordauthentication", true) && !this.#configuration.flag("batchmode", false)) {
      const rounds = Number(this.#configuration.get("numberofpasswordprompts") ?? 3);
      for (let round = 0; round < rounds; round++) {
        const answer = yield* askPassword(this.#sys, `${this.#destination.user}@${this.#destination.name}'s password: `);
        if (answer.kind === "interrupted") yield* this.#interrupted();
        if (answer.kind !== "text") break;
        methods = yield* this.#attempt({ user: this.#destination.user, method: "password", password: answer.text });
        if (methods === undefined) return;
        if (round + 1 < rounds) yield* this.#tell("Permission denied, please try again.");
      }
    }
    throw new SshFailure(`${this.#destination.user}@${this.#destination.name}: Permission denied (${(methods ?? []).join(",")}).`);
  }

  *#interrupted(): Blocking<void> {
    this.#sys.sigaction(SIGNALS.INT, "default");
    this.#sys.kill(this.#sys.getpid(), SIGNALS.INT);
    yield* this.#sys.preempt();
  }

  /** Undefined when it was accepted, else the methods that are left. Errors: SshFailure when the connection is gone. */
  *#attempt(message: AuthMessage): Blocking<readonly string[] | undefined> {
    yield* this.#wire.send(MESSAGE.AUTH, message);
    for (;;) {
      const answer = yield* this.#wire.next();
      if (answer === undefined) throw new SshFailure(`Connection closed by ${this.#address} port ${this.#destination.port}`);
      if (answer.type === MESSAGE.AUTH_SUCCESS || answer.type === MESSAGE.KEY_OK) return undefined;
      if (answer.type === MESSAGE.AUTH_FAILURE) return bodyOf<FailureMessage>(answer).methods ?? [];
      if (answer.type === MESSAGE.BANNER) yield* this.#sys.write(2, answer.body);
      if (answer.type === MESSAGE.DISCONNECT) {
        throw new SshFailure(`Received disconnect from ${this.#address} port ${this.#destination.port}:2: ${decode(answer.body)}\r\nDisconnected from ${this.#address} port ${this.#destination.port}`);
      }
    }
  }

  /** Offers one key and proves it when the server would take it. Undefined when it let us in, else the methods that are left. */
  *#offer(key: PublicKey, sign: (data: Uint8Array) => Blocking<Uint8Array | undefined>, methods: readonly string[]): Blocking<{ readonly left: readonly string[] | undefined; readonly taken: boolean }> {
    const { user } = this.#destination;
    const refused = yield* this.#attempt({ user, method: "publickey", key: publicLine(key) });
    if (refused !== undefined) return { left: refused, taken: false };
    const signature = yield* sign(proofData(this.#session, user, key));
    if (signature === undefined) return { left: methods, taken: false };
    return { left: yield* this.#attempt({ user, method: "publickey", key: publicLine(key), signature: base64Of(signature) }), taken: true };
  }

  *#tryKeys(methods: readonly string[]): Blocking<readonly string[] | undefined> {
    let left: readonly string[] = methods;
    const given = this.#configuration.all("identityfile");
    const agentLines = yield* agentKeys(this.#sys);
    const offers: { readonly key: PublicKey; readonly sign: (data: Uint8Array) => Blocking<Uint8Array | undefined> }[] = [];
    const sys = this.#sys;
    if (!this.#configuration.flag("identitiesonly", false)) {
      for (const line of agentLines) {
        const key = parsePublicLine(line);
        if (key !== undefined) offers.push({ key, sign: (data) => signByAgent(sys, line, data) });
      }
    }
    const files = given.length > 0 ? given : ["id_rsa", "id_ecdsa", "id_ed25519"].map((name) => `~/.ssh/${name}`);
    for (const name of files) {
      const path = name.startsWith("~/") ? `${homeOf(this.#sys)}${name.slice(1)}` : name;
      const identity = yield* this.#readIdentity(path, given.length > 0);
      if (identity === undefined) continue;
      const held = agentLines.find((line) => {
        const one = parsePublicLine(line);
        return one !== undefined && sameKey(one, identity.public);
      });
      // what the agent has was offered already
      if (held !== undefined && !this.#configuration.flag("identitiesonly", false)) continue;
      let secret: PrivateKey | undefined;
      const unlock = (): Blocking<PrivateKey | undefined> => this.#unlock(path, identity.text);
      const sign = function* (data: Uint8Array): Blocking<Uint8Array | undefined> {
        if (held !== undefined) return yield* signByAgent(sys, held, data);
        secret ??= yield* unlock();
        return secret === undefined ? undefined : yield* signWithKey(sys, secret, data);
      };
      offers.push({ key: identity.public, sign });
      if (identity.certificate !== undefined) offers.push({ key: identity.certificate, sign });
    }
    for (const { key, sign } of offers) {
      const { left: after, taken } = yield* this.#offer(key, sign, left);
      if (after === undefined) return undefined;
      left = after;
      // accepted, and more is asked for (AuthenticationMethods)
      if (taken && !after.includes("publickey")) return after;
    }
    return left;
  }

  *#readIdentity(path: string, named: boolean): Blocking<{ readonly public: PublicKey; readonly certificate: PublicKey | undefined; readonly text: string } | undefined> {
    let mode: number;
    let uid: number;
    try {
      ({ mode, uid } = this.#sys.stat(path));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (named) yield* this.#tell(`Warning: Identity file ${path} not accessible: ${error.message}.`);
      return undefined;
    }
    if (uid === this.#sys.getcred().ruid && (mode & 0o077) !== 0) {
      for (const line of [
        frame, "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @", frame, `Permissions 0${(mode & 0o777).toString(8).padStart(3, "0")} for '${path}' are too open.`,
        "It is required that your private key files are NOT accessible by others.", "This private key will be ignored.", `Load key "${path}": bad permissions`,
      ]) yield* this.#tell(line);
      return undefined;
    }
    const text = yield* readTextFile(this.#sys, path);
    if (text === undefined) {
      yield* this.#tell(`Load key "${path}": Permission denied`);
      return undefined;
    }
    const file = parsePrivateFile(text);
    // of a protected file in PEM only the file beside it tells the public key
    const known = file.kind === "key" || file.kind === "locked" ? (file.key ?? parsePublicLine((yield* readTextFile(this.#sys, `${path}.pub`)) ?? "")) : undefined;
    if (known === undefined) {
      if (file.kind === "invalid") yield* this.#tell(`Load key "${path}": error in libcrypto`);
      return undefined;
    }
    const certificate = parsePublicLine(((yield* readTextFile(this.#sys, `${path}-cert.pub`)) ?? "").split("\n")[0] ?? "");
    return { public: known, certificate: certificate !== undefined && certifies(certificate, known) ? certificate : undefined, text };
  }

  *#unlock(path: string, text: string): Blocking<PrivateKey | undefined> {
    const open = parsePrivateFile(text);
    if (open.kind === "key") return open.key;
    if (this.#configuration.flag("batchmode", false)) return undefined;
    for (let round = 0; round < 3; round++) {
      const answer = yield* askPassword(this.#sys, `Enter passphrase for key '${path}': `);
      if (answer.kind === "interrupted") yield* this.#interrupted();
      if (answer.kind !== "text" || answer.text === "") return undefined;
      const file = yield* unlockPrivateFile(this.#sys, text, answer.text);
      if (file.kind === "key") return file.key;
    }
    return undefined;
  }
}
