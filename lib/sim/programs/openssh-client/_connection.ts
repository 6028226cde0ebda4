// The client's side of a connection up to the session: finding the host, knowing it by its key, proving who asks (ssh(1), sshconnect2.c).
// (More than 400 lines: one connection, whose host, keys and methods share its state.)
import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { exists } from "../kit/presence.ts";
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

function* hasTerminal(sys: Sys): Blocking<boolean> {
  try {
    sys.close(yield* sys.open("/dev/tty", O.RDWR));
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
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

/** What -v says. */
export type Debug = (line: string) => Blocking<void>;

const silent: Debug = function* () {};

/** A connected socket and the address that answered. Errors: SshFailure. */
export function* connectTo(sys: Sys, host: string, port: number, family: "any" | "inet" | "inet6" = "any", debug: Debug = silent): Blocking<{ readonly fd: number; readonly address: string }> {
  let problem = "Connection refused";
  for (const address of yield* addressesOf(sys, host, family)) {
    const six = address.includes(":");
    yield* debug(`Connecting to ${host} [${address}] port ${port}.`);
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
      yield* debug(`connect to address ${address} port ${port}: ${problem}`);
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
  readonly #debug: Debug;

  constructor(sys: Sys, configuration: Configuration, destination: Destination, wire: Wire, address: string, session: Uint8Array, debug: Debug = silent) {
    this.#debug = debug;
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
    yield* this.#missingFiles(files);
    for (const line of ["SSH2_MSG_KEXINIT sent", "SSH2_MSG_KEXINIT received", "kex: algorithm: sntrup761x25519-sha512"]) yield* this.#debug(line);
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
    yield* this.#debug(`kex: host key algorithm: ${{ ed25519: "ssh-ed25519", ecdsa: "ecdsa-sha2-nistp256", rsa: "rsa-sha2-512", dsa: "ssh-dss" }[offered.kind]}`);
    for (const direction of ["server->client", "client->server"]) yield* this.#debug(`kex: ${direction} cipher: chacha20-poly1305@openssh.com MAC: <implicit> compression: ${this.#configuration.flag("compression", false) ? "zlib@openssh.com" : "none"}`);
    for (const line of ["expecting SSH2_MSG_KEX_ECDH_REPLY", "SSH2_MSG_KEX_ECDH_REPLY received", `Server host key: ${publicLine(offered).split(" ")[0] ?? ""} ${fingerprint(offered.blob)}`]) yield* this.#debug(line);
    yield* this.#missingFiles(files);
    const same = mine.find((entry) => sameKey(entry.key, offered));
    if (same !== undefined) {
      yield* this.#debug(`Host '${this.#name}' is known and matches the ${shownKind(offered.kind)} host key.`);
      yield* this.#debug(`Found key in ${same.file}:${same.line}`);
      return;
    }
    const conflicting = mine.find((entry) => entry.key.kind === offered.kind) ?? mine[0];
    const strict = this.#configuration.get("stricthostkeychecking") ?? "ask";
    if (conflicting !== undefined) yield* this.#changed(offered, conflicting, strict, files[0] ?? "");
    else yield* this.#unknown(offered, known, strict, files[0] ?? "");
  }

  *#missingFiles(files: readonly string[]): Blocking<void> {
    for (const file of [...files, "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]) if (!exists(this.#sys, file)) yield* this.#debug(`load_hostkeys: fopen ${file}: No such file or directory`);
  }

  /** a changed key was let pass: nothing is learnt of this host */
  #trusted = true;

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
    this.#configuration.set("kbdinteractiveauthentication", "no");
    yield* this.#tell("UpdateHostkeys is disabled because the host key is not trusted.");
    this.#trusted = false;
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
    if (!this.#trusted || file === undefined || file === "/dev/null" || this.#configuration.get("updatehostkeys") === "no" || this.#configuration.get("userknownhostsfile") !== undefined) return;
    const known = (yield* readKnownHosts(this.#sys, file)).filter((entry) => entry.marker === undefined && matchesHost(entry.hosts, this.#name));
    if (known.length === 0) return;
    // in the server's order
    const missing = offers.filter((key) => !isCertificate(key) && !known.some((entry) => sameKey(entry.key, key)));
    if (missing.length > 0) yield* this.#remember(file, missing);
  }

  /** Errors: SshFailure when nothing was accepted. */
  *authenticate(): Blocking<void> {
    for (const line of ["rekey out after 134217728 blocks", "SSH2_MSG_NEWKEYS sent", "expecting SSH2_MSG_NEWKEYS", "SSH2_MSG_NEWKEYS received", "rekey in after 134217728 blocks", "SSH2_MSG_EXT_INFO received"]) yield* this.#debug(line);
    let methods = yield* this.#attempt({ user: this.#destination.user, method: "none" });
    if (methods === undefined) return;
    yield* this.#debug("SSH2_MSG_SERVICE_ACCEPT received");
    yield* this.#debug(`Authentications that can continue: ${methods.join(",")}`);
    const preferred = this.#configuration.get("preferredauthentications");
    if (methods.includes("publickey") && this.#configuration.flag("pubkeyauthentication", true) && (preferred === undefined || preferred.split(",").includes("publickey"))) {
      yield* this.#debug("Next authentication method: publickey");
      methods = yield* this.#tryKeys(methods);
      if (methods === undefined) return;
    }
    for (const method of ["keyboard-interactive", "password"] as const) {
      if (!methods.includes(method) || this.#configuration.flag("batchmode", false) || !this.#wants(method)) continue;
      yield* this.#debug(`Next authentication method: ${method}`);
      methods = yield* this.#askFor(method, methods);
      if (methods === undefined) return;
    }
    yield* this.#debug("No more authentication methods to try.");
    throw new SshFailure(`${this.#destination.user}@${this.#destination.name}: Permission denied (${(methods ?? []).join(",")}).`);
  }

  /** by what the server let us in */
  usedMethod = "none";

  #wants(method: "keyboard-interactive" | "password"): boolean {
    const list = this.#configuration.get("preferredauthentications");
    return (list === undefined || list.split(",").includes(method)) && this.#configuration.flag(method === "password" ? "passwordauthentication" : "kbdinteractiveauthentication", true);
  }

  /** Asks up to three times. Undefined when it was accepted, else the methods that are left. */
  *#askFor(method: "keyboard-interactive" | "password", given: readonly string[]): Blocking<readonly string[] | undefined> {
    const { user, name } = this.#destination;
    const rounds = Number(this.#configuration.get("numberofpasswordprompts") ?? 3);
    let methods: readonly string[] | undefined = given;
    const terminal = yield* hasTerminal(this.#sys);
    for (let round = 0; round < rounds; round++) {
      // without a terminal nobody is asked: the answer is empty (read_passphrase)
      const answer = terminal ? yield* askPassword(this.#sys, method === "password" ? `${user}@${name}'s password: ` : `(${user}@${name}) Password: `) : ({ kind: "text", text: "" } as const);
      if (answer.kind === "interrupted") yield* this.#interrupted();
      if (answer.kind !== "text") break;
      methods = yield* this.#attempt({ user, method, password: answer.text });
      if (methods === undefined) {
        this.usedMethod = method;
        return undefined;
      }
      yield* this.#debug(`Authentications that can continue: ${methods.join(",")}`);
      if (!methods.includes(method) || (method === "keyboard-interactive" && !terminal)) break;
      if (method === "password" && round + 1 < rounds) yield* this.#tell("Permission denied, please try again.");
    }
    return methods;
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
  *#offer(key: PublicKey, sign: (data: Uint8Array) => Blocking<Uint8Array | undefined>, methods: readonly string[], shown: string): Blocking<{ readonly left: readonly string[] | undefined; readonly taken: boolean }> {
    const { user } = this.#destination;
    const refused = yield* this.#attempt({ user, method: "publickey", key: publicLine(key) });
    if (refused !== undefined) return { left: refused, taken: false };
    yield* this.#debug(`Server accepts key: ${shown}`);
    const signature = yield* sign(proofData(this.#session, user, key));
    if (signature === undefined) return { left: methods, taken: false };
    return { left: yield* this.#attempt({ user, method: "publickey", key: publicLine(key), signature: base64Of(signature) }), taken: true };
  }

  *#tryKeys(methods: readonly string[]): Blocking<readonly string[] | undefined> {
    let left: readonly string[] = methods;
    const given = this.#configuration.all("identityfile");
    const agentLines = yield* agentKeys(this.#sys);
    const offers: { readonly key: PublicKey; readonly shown: string; readonly sign: (data: Uint8Array) => Blocking<Uint8Array | undefined> }[] = [];
    const sys = this.#sys;
    if (!this.#configuration.flag("identitiesonly", false)) {
      for (const line of agentLines) {
        const key = parsePublicLine(line);
        if (key !== undefined) offers.push({ key, shown: `${key.comment} ${shownKind(key.kind)} ${fingerprint(key.blob)} agent`, sign: (data) => signByAgent(sys, line, data) });
      }
    }
    const files = given.length > 0 ? given : ["id_rsa", "id_ecdsa", "id_ed25519"].map((name) => `~/.ssh/${name}`);
    for (const name of files) {
      const path = name.startsWith("~/") ? `${homeOf(this.#sys)}${name.slice(1)}` : name;
      const identity = yield* this.#readIdentity(path);
      if (identity === undefined) {
        yield* this.#debug(`Trying private key: ${path}`);
        continue;
      }
      const shown = `${path} ${shownKind(identity.public.kind)} ${fingerprint(identity.public.blob)}${given.length > 0 ? " explicit" : ""}`;
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
      offers.push({ key: identity.public, shown, sign });
      if (identity.certificate !== undefined) offers.push({ key: identity.certificate, shown, sign });
    }
    for (const { key, shown, sign } of offers) {
      yield* this.#debug(`Offering public key: ${shown}`);
      const { left: after, taken } = yield* this.#offer(key, sign, left, shown);
      if (after === undefined) {
        this.usedMethod = "publickey";
        return undefined;
      }
      left = after;
      yield* this.#debug(`Authentications that can continue: ${left.join(",")}`);
      // accepted, and more is asked for (AuthenticationMethods)
      if (taken && !after.includes("publickey")) return after;
    }
    return left;
  }

  *#readIdentity(path: string): Blocking<{ readonly public: PublicKey; readonly certificate: PublicKey | undefined; readonly text: string } | undefined> {
    let mode: number;
    let uid: number;
    try {
      ({ mode, uid } = this.#sys.stat(path));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
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
