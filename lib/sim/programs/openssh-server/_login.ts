// One connection to sshd: who it is, then their session (sshd(8), "LOGIN PROCESS"; auth2.c, session.c). Runs as root in a child of the listener.
// (More than 400 lines: one connection from greeting to the end of its sessions.)
import { type Blocking, concatBytes, encode, O, POLL, S, SIGNALS, type Sys, SysError, signalName } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { noteFailedLogin, noteLastLogin } from "../kit/lastlog.ts";
import { runShell } from "../kit/shell-command.ts";
import { hostsAccess, nameOfAddress } from "../kit/tcp-wrappers.ts";
import { appendWtmp, putUtmp, readUtmp, UT, type UtmpRecord, WTMP_PATH } from "../kit/utmp.ts";
import { UTC } from "../kit/zones.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { type Conversation, PamTransaction } from "../libpam-modules/_transaction.ts";
import { authenticate, logAuthentication, shadowEntry } from "../login/_pam.ts";
import { certificateOf, certificateProblem, type SshCertificate } from "../openssh-client/_certificate.ts";
import { fingerprint, type PublicKey, parsePublicLine, plainKey, publicLine, sameKey, shownKind } from "../openssh-client/_key.ts";
import { verifyWithKey } from "../openssh-client/_private-key.ts";
import { proofData, sessionIdentifier } from "../openssh-client/_public-key-proof.ts";
import { Channels, type ForwardingRules } from "../openssh-client/_forwarding.ts";
import { type AuthMessage, bodyOf, type CloseMessage, IDENTIFICATION, MESSAGE, type Message, type SessionMessage, Wire, type WindowMessage, writeWhole } from "../openssh-client/_wire.ts";
import { serve as serveFiles } from "../rsync/_side.ts";
import { inAddresses, inPatterns, type Person, type ServerConfiguration } from "./_server-configuration.ts";

export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly localPort: number;
}

const rootPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** _PATH_STDPATH of Debian's build */
const userPath = "/usr/local/bin:/usr/bin:/bin:/usr/games";
const info = 6;
/** beyond the priorities of syslog: told from LogLevel VERBOSE on */
const debug = 7;

interface Admitted {
  readonly user: User;
  /** command="..." of the key that was used */
  readonly forcedCommand: string | undefined;
  /** the password has expired: the session is only for changing it */
  readonly mustChangePassword?: boolean;
}

/** %u, %h, %U and %% in the paths of the configuration (TOKENS). */
function expandTokens(text: string, user: User): string {
  return text.replace(/%([uhU%])/g, (_, letter: string) => (letter === "u" ? user.name : letter === "h" ? user.home : letter === "U" ? String(user.uid) : "%"));
}

function isInternal(command: string | undefined): boolean {
  return command !== undefined && /^internal-sftp(?:\s|$)/.test(command);
}

/** AllowTcpForwarding, DisableForwarding, PermitOpen, PermitListen, GatewayPorts. */
function forwardingRules(configuration: ServerConfiguration, person: Person): ForwardingRules {
  const forwarding = configuration.flag("disableforwarding", person) ? "no" : (configuration.get("allowtcpforwarding", person) ?? "yes");
  const permits = (keyword: string, host: string, port: number): boolean => {
    const list = configuration.all(keyword, person)[0] ?? "any";
    return list === "any" || list.split(" ").some((place) => {
      const cut = place.lastIndexOf(":");
      return (place.slice(0, cut) === host || place.slice(0, cut) === "*") && (place.slice(cut + 1) === "*" || place.slice(cut + 1) === String(port));
    });
  };
  const gateway = configuration.get("gatewayports", person) ?? "no";
  return {
    mayConnect: (host, port) => (forwarding === "yes" || forwarding === "local") && permits("permitopen", host, port),
    listenAddress: (address, port) => (forwarding !== "yes" && forwarding !== "remote") || !permits("permitlisten", address === "" ? "localhost" : address, port) ? undefined : gateway === "yes" ? "*" : gateway === "clientspecified" ? address : "localhost",
  };
}

class Login {
  readonly #sys: Sys;
  readonly #wire: Wire;
  readonly #configuration: ServerConfiguration;
  readonly #peer: Peer;
  readonly #accounts: Accounts;
  readonly #session: Uint8Array;
  #channels: Channels | undefined;
  /** what the client sent and the child has not taken */
  #pendingInput: Uint8Array = new Uint8Array(0);
  #inputEnds = false;
  #pam: PamTransaction | undefined;
  /** the password that PAM's module asks for, and what the modules said meanwhile */
  #password: string | undefined;
  #pamMessages = "";

  constructor(sys: Sys, wire: Wire, configuration: ServerConfiguration, peer: Peer, accounts: Accounts, session: Uint8Array) {
    this.#sys = sys;
    this.#wire = wire;
    this.#configuration = configuration;
    this.#peer = peer;
    this.#accounts = accounts;
    this.#session = session;
  }

  /** As much as LogLevel wants. */
  *#log(message: string, priority: number = info): Blocking<void> {
    const level = this.#configuration.get("loglevel", this.#anybody) ?? "INFO";
    const most = level === "QUIET" ? -1 : level === "FATAL" || level === "ERROR" ? 3 : level === "INFO" ? info : debug;
    if (priority <= most) yield* logAuthentication(this.#sys, "sshd", message, Math.min(priority, info));
  }

  get #anybody(): Person {
    return { user: undefined, groups: [], address: this.#peer.address, localAddress: this.#peer.localAddress, localPort: this.#peer.localPort };
  }

  #person(user: User): Person {
    return { ...this.#anybody, user: user.name, groups: this.#accounts.groupsOf(user).map((gid) => this.#accounts.groupName(gid)) };
  }

  /** A pattern of AllowUsers or DenyUsers, with the address where it has one. */
  #isNamed(patterns: readonly string[], user: User): boolean {
    return patterns.some((pattern) => {
      const at = pattern.lastIndexOf("@");
      return at < 0 ? inPatterns(pattern, user.name, /\s+/) : inPatterns(pattern.slice(0, at), user.name, /\s+/) && inAddresses(pattern.slice(at + 1), this.#peer.address);
    });
  }

  *#admits(user: User): Blocking<boolean> {
    const person = this.#person(user);
    const refused = (reason: string) => this.#log(`User ${user.name} from ${this.#peer.address} not allowed because ${reason}`);
    const [denied, allowed] = [this.#configuration.all("denyusers", person), this.#configuration.all("allowusers", person)];
    const [deniedGroups, allowedGroups] = [this.#configuration.all("denygroups", person), this.#configuration.all("allowgroups", person)];
    if (this.#isNamed(denied, user)) yield* refused("listed in DenyUsers");
    else if (allowed.length > 0 && !this.#isNamed(allowed, user)) yield* refused("not listed in AllowUsers");
    else if (deniedGroups.some((list) => person.groups.some((group) => inPatterns(list, group, /\s+/)))) yield* refused("a group is listed in DenyGroups");
    else if (allowedGroups.length > 0 && !allowedGroups.some((list) => person.groups.some((group) => inPatterns(list, group, /\s+/)))) yield* refused("none of user's groups are listed in AllowGroups");
    else if (!((yield* readTextFile(this.#sys, "/etc/shells")) ?? "").split("\n").includes(user.shell) && !this.#exists(user.shell)) yield* refused(`shell ${user.shell} does not exist`);
    else return true;
    return false;
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

  /** StrictModes: nobody else may be able to write the file, nor the way to it from the home directory on. */
  *#trustworthy(user: User, path: string): Blocking<boolean> {
    if (!this.#configuration.flag("strictmodes", this.#person(user))) return true;
    for (let place = path; ; place = place.slice(0, place.lastIndexOf("/")) || "/") {
      const { uid, mode } = this.#sys.stat(place);
      if ((uid !== 0 && uid !== user.uid) || (mode & 0o022) !== 0) {
        yield* this.#log(`Authentication refused: bad ownership or modes for ${(mode & S.IFMT) === S.IFDIR ? "directory" : "file"} ${place}`);
        return false;
      }
      if (place === user.home || place === "/") return true;
    }
  }

  /** The line of authorized_keys that lets the key in. */
  *#authorizedLine(user: User, key: PublicKey): Blocking<string | undefined> {
    const names = (this.#configuration.get("authorizedkeysfile", this.#person(user)) ?? "").split(/\s+/).filter((name) => name !== "" && name !== "none");
    for (const name of names) {
      const expanded = expandTokens(name, user);
      const path = expanded.startsWith("/") ? expanded : `${user.home.replace(/\/$/, "")}/${expanded}`;
      const text = yield* readTextFile(this.#sys, path);
      if (text === undefined || !(yield* this.#trustworthy(user, path))) continue;
      for (const line of text.split("\n")) {
        if (/^\s*(#|$)/.test(line)) continue;
        const known = parsePublicLine(line);
        if (known && sameKey(known, key)) return line;
      }
    }
    return undefined;
  }

  /** A certificate of an authority that is trusted lets the names in that it tells (sshd_config(5), TrustedUserCAKeys and AuthorizedPrincipalsFile; "cert-authority" in authorized_keys).
   * Undefined where it does not; else the command that it forces. */
  *#certified(user: User, key: PublicKey, certificate: SshCertificate): Blocking<{ readonly forced: string | undefined } | undefined> {
    const person = this.#person(user);
    const { authority, criticalOptions } = certificate;
    const path = this.#configuration.get("trustedusercakeys", person) ?? "none";
    const trusted = path === "none" ? "" : ((yield* readTextFile(this.#sys, path)) ?? "");
    const inFile = trusted.split("\n").some((line) => {
      const known = /^\s*#/.test(line) ? undefined : parsePublicLine(line);
      return known !== undefined && sameKey(known, authority);
    });
    const line = inFile ? undefined : yield* this.#authorizedLine(user, authority);
    if (!inFile && (line === undefined || !/(?:^|,)cert-authority(?:,|\s)/.test(line))) {
      yield* this.#log(`Certificate ${shownKind(key.kind)}-CERT ${fingerprint(plainKey(key).blob)} signed by untrusted ${shownKind(authority.kind)} CA ${fingerprint(authority.blob)}`, debug);
      return undefined;
    }
    const listed = this.#configuration.get("authorizedprincipalsfile", person) ?? "none";
    const accepted = listed === "none" || !inFile ? /principals="([^"]*)"/.exec(line ?? "")?.[1]?.split(",") ?? [user.name] : ((yield* readTextFile(this.#sys, expandTokens(listed, user))) ?? "").split("\n").map((one) => one.trim()).filter((one) => one !== "" && !one.startsWith("#"));
    const principal = accepted.find((name) => certificate.principals.includes(name)) ?? user.name;
    const problem = yield* certificateProblem(this.#sys, certificate, "user", principal, inFile);
    const sources = criticalOptions.find(({ name }) => name === "source-address")?.value;
    if (problem !== undefined) yield* this.#log(`error: ${problem}`, 3);
    else if (sources !== undefined && !inAddresses(sources, this.#peer.address)) yield* this.#log(`Authentication tried for ${user.name} with valid certificate but not from a permitted source address (${this.#peer.address}).`);
    else return { forced: criticalOptions.find(({ name }) => name === "force-command")?.value };
    return undefined;
  }

  /** The lists of AuthenticationMethods, or one for each method that is on. */
  #ways(person: Person | undefined): readonly (readonly string[])[] {
    const on = [...(this.#configuration.flag("pubkeyauthentication", person) ? ["publickey"] : []), ...(this.#configuration.flag("passwordauthentication", person) ? ["password"] : []), ...(this.#configuration.flag("kbdinteractiveauthentication", person) ? ["keyboard-interactive"] : [])];
    const lists = this.#configuration.get("authenticationmethods", person) ?? "any";
    if (lists === "any") return on.map((method) => [method]);
    return lists.split(/\s+/).map((list) => list.split(",").map((method) => (method.startsWith("keyboard-interactive:") ? "keyboard-interactive" : method))).filter((list) => list.every((method) => on.includes(method)));
  }

  *authenticate(): Blocking<Admitted | undefined> {
    const grace = Number(this.#configuration.get("logingracetime", this.#anybody) ?? 120);
    const endUs = this.#sys.clockUs("monotonic") + grace * 1e6;
    let failures = 0;
    let user: User | undefined;
    let admitted = false;
    let name: string | undefined;
    const done: string[] = [];
    for (;;) {
      let message = this.#wire.take();
      while (message === undefined && !this.#wire.ended) {
        const ready = yield* this.#sys.poll([{ fd: this.#wire.fd, events: POLL.IN }], grace <= 0 ? null : Math.max(0, endUs - this.#sys.clockUs("monotonic")));
        if (ready.length === 0) {
          yield* this.#log(`fatal: Timeout before authentication for ${this.#peer.address} port ${this.#peer.port}`, 3);
          return undefined;
        }
        yield* this.#wire.fill();
        message = this.#wire.take();
      }
      if (message === undefined) {
        if (name !== undefined) yield* this.#log(`Connection closed by ${user && admitted ? "authenticating" : "invalid"} user ${name} ${this.#peer.address} port ${this.#peer.port} [preauth]`);
        return undefined;
      }
      if (message.type !== MESSAGE.AUTH) continue;
      const request = bodyOf<AuthMessage>(message);
      if (name === undefined) {
        name = request.user ?? "";
        user = this.#accounts.userByName(name);
        if (user === undefined) yield* this.#log(`Invalid user ${name} from ${this.#peer.address} port ${this.#peer.port}`);
        else admitted = yield* this.#admits(user);
        yield* this.#banner(user);
      }
      const person = user === undefined ? this.#anybody : this.#person(user);
      const ways = this.#ways(person);
      const methods = [...new Set(ways.filter((way) => done.every((method, at) => way[at] === method)).flatMap((way) => way.slice(done.length, done.length + 1)))];
      const outcome = yield* this.#try(request, user, admitted, methods);
      if (outcome === "key-ok") continue;
      if (outcome !== undefined) {
        done.push(request.method ?? "");
        if (!ways.some((way) => way.length === done.length && way.every((method, at) => method === done[at]))) {
          yield* this.#wire.send(MESSAGE.AUTH_FAILURE, { methods: [...new Set(ways.filter((way) => done.every((method, at) => way[at] === method)).flatMap((way) => way.slice(done.length, done.length + 1)))] });
          continue;
        }
        const account = this.#configuration.flag("usepam") ? yield* this.#pamFor(outcome.user.name).accountManagement() : "success";
        if (account !== "success" && account !== "new_authtok_reqd") {
          if (this.#pamMessages !== "") yield* this.#wire.send(MESSAGE.BANNER, encode(this.#pamMessages.replaceAll("\n", "\r\n")));
          yield* this.#log(`fatal: Access denied for user ${outcome.user.name} by PAM account configuration [preauth]`);
          return undefined;
        }
        yield* this.#wire.send(MESSAGE.AUTH_SUCCESS, {});
        return { ...outcome, mustChangePassword: account === "new_authtok_reqd" };
      }
      if (request.method !== "none") failures++;
      if (failures >= Number(this.#configuration.get("maxauthtries", person) ?? 6)) {
        yield* this.#log(`error: maximum authentication attempts exceeded for ${user ? "" : "invalid user "}${name} from ${this.#peer.address} port ${this.#peer.port} ssh2 [preauth]`, 3);
        yield* this.#wire.send(MESSAGE.DISCONNECT, encode("Too many authentication failures"));
        return undefined;
      }
      yield* this.#wire.send(MESSAGE.AUTH_FAILURE, { methods });
    }
  }

  #pamFor(name: string): PamTransaction {
    const takePassword = (): string | undefined => this.#password;
    const keep = (text: string): void => {
      this.#pamMessages += `${text}\n`;
    };
    const conversation: Conversation = {
      *ask() {
        return takePassword();
      },
      *tell(text) {
        keep(text);
      },
    };
    if (this.#pam?.userName !== name) this.#pam = new PamTransaction(this.#sys, "sshd", name, conversation, { tty: "ssh", remoteHost: this.#peer.address });
    return this.#pam;
  }

  /** By PAM, or by /etc/shadow alone where UsePAM says no. */
  *#passwordIsRight(name: string, password: string): Blocking<boolean> {
    if (!this.#configuration.flag("usepam")) return yield* authenticate(this.#sys, name, password);
    this.#password = password;
    this.#pamMessages = "";
    const status = yield* this.#pamFor(name).authenticate();
    this.#password = undefined;
    return status === "success";
  }

  *#banner(user: User | undefined): Blocking<void> {
    const path = this.#configuration.get("banner", user === undefined ? this.#anybody : this.#person(user));
    const text = path === undefined ? undefined : yield* readTextFile(this.#sys, path);
    if (text !== undefined) yield* this.#wire.send(MESSAGE.BANNER, encode(text.replaceAll("\n", "\r\n")));
  }

  *#try(request: Partial<AuthMessage>, user: User | undefined, admitted: boolean, methods: readonly string[]): Blocking<Admitted | "key-ok" | undefined> {
    const { method, password } = request;
    const place = `from ${this.#peer.address} port ${this.#peer.port} ssh2`;
    if (method === "publickey" && methods.includes("publickey")) {
      const key = parsePublicLine(request.key ?? "");
      const rootWord = user?.uid === 0 ? this.#configuration.get("permitrootlogin", this.#person(user)) : "yes";
      const rootRefused = rootWord === "no" || (rootWord === "forced-commands-only" && user !== undefined && !/(?:^|,)command="/.test((key && (yield* this.#authorizedLine(user, key))) ?? ""));
      const certificate = key === undefined ? undefined : certificateOf(key);
      const byCertificate = key && user && certificate && admitted && !rootRefused ? yield* this.#certified(user, key, certificate) : undefined;
      const line = key && user && certificate === undefined && admitted && !rootRefused ? yield* this.#authorizedLine(user, key) : undefined;
      if ((line === undefined && byCertificate === undefined) || user === undefined || key === undefined) {
        if (key !== undefined) yield* this.#log(`Failed publickey for ${user && admitted ? "" : "invalid user "}${request.user ?? ""} ${place}: ${shownKind(key.kind)} ${fingerprint(key.blob)}`, debug);
        return undefined;
      }
      if (request.signature === undefined) {
        yield* this.#wire.send(MESSAGE.KEY_OK, {});
        return "key-ok";
      }
      if (!(yield* verifyWithKey(this.#sys, plainKey(key), proofData(this.#session, user.name, key), bytesOfBase64(request.signature) ?? new Uint8Array(0)))) {
        yield* this.#log(`Failed publickey for ${user.name} ${place}: ${shownKind(key.kind)} ${fingerprint(key.blob)}`);
        return undefined;
      }
      yield* this.#log(`Accepted publickey for ${user.name} ${place}: ${shownKind(key.kind)}${certificate === undefined ? "" : "-CERT"} ${fingerprint(plainKey(key).blob)}${certificate === undefined ? "" : ` ID ${certificate.keyId} (serial ${certificate.serial}) CA ${shownKind(certificate.authority.kind)} ${fingerprint(certificate.authority.blob)}`}`);
      return { user, forcedCommand: byCertificate?.forced ?? /(?:^|,)command="((?:[^"\\]|\\.)*)"/.exec(line ?? "")?.[1]?.replaceAll('\\"', '"') };
    }
    if ((method !== "password" && method !== "keyboard-interactive") || !methods.includes(method) || password === undefined) return undefined;
    // without PAM nobody asks the questions of keyboard-interactive
    if (method === "keyboard-interactive" && !this.#configuration.flag("usepam")) return undefined;
    const shown = method === "password" ? "password" : "keyboard-interactive/pam";
    if (user === undefined) {
      yield* this.#passwordIsRight(request.user ?? "", password);
      yield* noteFailedLogin(this.#sys, request.user ?? "", "ssh:notty", this.#peer.address);
      yield* this.#log(`Failed ${shown} for invalid user ${request.user ?? ""} ${place}`);
      return undefined;
    }
    const person = this.#person(user);
    const root = this.#configuration.get("permitrootlogin", person);
    const empty = (yield* shadowEntry(this.#sys, user.name))?.password === "" && !this.#configuration.flag("permitemptypasswords", person);
    const right = yield* this.#passwordIsRight(user.name, password);
    if (right && admitted && !empty && (user.uid !== 0 || root === "yes")) {
      yield* this.#log(`Accepted ${shown} for ${user.name} ${place}`);
      return { user, forcedCommand: undefined };
    }
    yield* noteFailedLogin(this.#sys, user.name, "ssh:notty", this.#peer.address);
    yield* this.#log(`Failed ${shown} for ${admitted ? "" : "invalid user "}${user.name} ${place}`);
    return undefined;
  }

  /** Until the shell or command ends, or the client goes. */
  *session(admitted: Admitted): Blocking<void> {
    const { user } = admitted;
    const person = this.#person(user);
    const channels = new Channels(this.#sys, this.#wire, "server", forwardingRules(this.#configuration, person), function* () {});
    this.#channels = channels;
    let message = this.#wire.take();
    // a connection that only forwards asks for no session
    while (message?.type !== MESSAGE.SESSION) {
      if (message) yield* channels.receive(message);
      else if (this.#wire.ended) return;
      else {
        const ready = yield* this.#sys.poll([{ fd: this.#wire.fd, events: POLL.IN }, ...channels.requests()], null);
        if (ready.some((one) => one.fd === this.#wire.fd)) yield* this.#wire.fill();
        yield* channels.ready(ready.filter((one) => one.fd !== this.#wire.fd));
      }
      message = this.#wire.take();
    }
    const wanted = bodyOf<SessionMessage>(message);
    const pam = this.#configuration.flag("usepam") ? this.#pamFor(user.name) : undefined;
    if (pam !== undefined) yield* pam.end();
    const opened = pam === undefined ? "success" : yield* pam.openSession();
    if (opened !== "success") {
      yield* this.#log(`error: PAM: pam_open_session(): ${pamText(opened)}`, 3);
      yield* this.#wire.send(MESSAGE.CLOSE, { status: 254 });
      return;
    }
    if (admitted.mustChangePassword === true) return yield* this.#changePassword(user, wanted);
    const forced = admitted.forcedCommand ?? this.#configuration.get("forcecommand", person);
    const subsystem = wanted.subsystem === undefined ? undefined : this.#configuration.all("subsystem").map((one) => one.split(/\s+/)).find(([name]) => name === wanted.subsystem)?.slice(1).join(" ");
    if (wanted.subsystem !== undefined && subsystem === undefined) yield* this.#wire.send(MESSAGE.REFUSED, encode(`subsystem request failed on channel 0\r\n`));
    else if (subsystem !== undefined) yield* this.#onPipes(user, wanted, forced ?? subsystem);
    else if (isInternal(forced)) {
      yield* this.#wire.send(MESSAGE.DATA, encode(`This service allows sftp connections only.${wanted.terminal === undefined ? "" : "\r"}\n`));
      yield* this.#wire.send(MESSAGE.CLOSE, { status: 1 });
    } else if (wanted.terminal !== undefined && this.#configuration.flag("permittty", person)) yield* this.#onTerminal(user, wanted, forced ?? wanted.command, wanted.terminal);
    else {
      if (wanted.terminal !== undefined) yield* this.#wire.send(MESSAGE.ERROR_DATA, encode("PTY allocation request failed on channel 0\r\n"));
      yield* this.#onPipes(user, wanted, forced ?? wanted.command ?? "");
    }
    if (pam !== undefined) yield* pam.closeSession();
  }

  #environment(user: User, wanted: Partial<SessionMessage>, command: string | undefined, terminal: string | undefined): Map<string, string> {
    const accepted = this.#configuration.all("acceptenv").flatMap((list) => list.split(/\s+/));
    const environment = new Map<string, string>();
    for (const [name, value] of Object.entries(wanted.environment ?? {})) if (accepted.some((pattern) => inPatterns(pattern, name, /,/)) && typeof value === "string") environment.set(name, value);
    environment.set("USER", user.name).set("LOGNAME", user.name).set("HOME", user.home).set("PATH", user.uid === 0 ? rootPath : userPath).set("SHELL", user.shell);
    environment.set("SSH_CLIENT", `${this.#peer.address} ${this.#peer.port} ${this.#peer.localPort}`).set("SSH_CONNECTION", `${this.#peer.address} ${this.#peer.port} ${this.#peer.localAddress} ${this.#peer.localPort}`);
    for (const setting of this.#configuration.all("setenv", this.#person(user))) environment.set(setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1));
    if (terminal !== undefined) environment.set("SSH_TTY", terminal).set("TERM", wanted.terminal?.name ?? "dumb");
    if (command === undefined) environment.set("MOTD_SHOWN", "pam");
    if (wanted.command !== undefined && command !== wanted.command) environment.set("SSH_ORIGINAL_COMMAND", wanted.command);
    return environment;
  }

  #addPamEnvironment(environment: Map<string, string>): void {
    for (const [name, value] of this.#pam?.environment ?? []) if (!environment.has(name)) environment.set(name, value);
  }

  /** do_pwchange of session.c: nothing but passwd, and only on a terminal. */
  *#changePassword(user: User, wanted: Partial<SessionMessage>): Blocking<void> {
    const told = `${this.#pamMessages}WARNING: Your password has expired.\n`.replaceAll("\n", "\r\n");
    if (wanted.terminal === undefined) {
      yield* this.#wire.send(MESSAGE.ERROR_DATA, encode(`${told}Password change required but no TTY available.\r\n`));
      yield* this.#wire.send(MESSAGE.CLOSE, { status: 1 });
      return;
    }
    yield* this.#wire.send(MESSAGE.DATA, encode(`${told}You must change your password now and login again!\r\n`));
    yield* this.#onTerminal(user, wanted, "exec /usr/bin/passwd", wanted.terminal);
  }

  /** In the child: becomes the user's shell. */
  *#become(own: Sys, user: User, command: string | undefined, environment: ReadonlyMap<string, string>): Blocking<number> {
    if (!(yield* this.#changeRoot(own, user))) return 255;
    // a server of an ordinary user is that user already
    if (own.getcred().euid === 0) {
      own.setgroups(this.#accounts.groupsOf(user));
      own.setresgid(user.gid, user.gid, user.gid);
      own.setresuid(user.uid, user.uid, user.uid);
    }
    try {
      own.chdir(user.home);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (!isInternal(command)) yield* own.write(2, encode(`Could not chdir to home directory ${user.home}: ${error.message}\n`));
      own.chdir("/");
    }
    if (isInternal(command)) {
      const start = /\s-d\s+(\S+)/.exec(command ?? "")?.[1];
      try {
        if (start !== undefined) own.chdir(expandTokens(start, user));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return yield* serveFiles(own);
    }
    const shell = user.shell === "" ? "/bin/sh" : user.shell;
    const base = shell.slice(shell.lastIndexOf("/") + 1);
    try {
      return yield* own.exec(shell, command === undefined ? [`-${base}`] : [base, "-c", command], environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* own.write(2, encode(`${shell}: ${error.message}\n`));
      return 1;
    }
  }

  /** ChrootDirectory: all of the way to it must be root's, and nobody else's to write. */
  *#changeRoot(own: Sys, user: User): Blocking<boolean> {
    const given = this.#configuration.get("chrootdirectory", this.#person(user));
    if (given === undefined) return true;
    const root = expandTokens(given, user);
    const parts = root.split("/").filter((part) => part !== "");
    try {
      for (let depth = 0; depth <= parts.length; depth++) {
        const place = `/${parts.slice(0, depth).join("/")}`;
        const { uid, mode } = own.stat(place);
        if (uid === 0 && (mode & 0o022) === 0 && (mode & S.IFMT) === S.IFDIR) continue;
        yield* this.#log((mode & S.IFMT) === S.IFDIR ? `fatal: bad ownership or modes for chroot directory ${depth === parts.length ? "" : "component "}"${place}${depth === parts.length || depth === 0 ? "" : "/"}"` : `fatal: chroot path "${root}" is not a directory`, 3);
        return false;
      }
      own.chroot(root);
      own.chdir("/");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#log(`fatal: stat("${root}"): ${error.message}`, 3);
      return false;
    }
    yield* this.#log(`Changed root directory to "${root}"`, debug);
    return true;
  }

  *#lastLogin(user: User): Blocking<string | undefined> {
    const last = (yield* readUtmp(this.#sys, WTMP_PATH)).filter((record) => record.type === UT.USER_PROCESS && record.user === user.name).at(-1);
    if (last === undefined) return undefined;
    return `Last login: ${strftime("%a %b %e %H:%M:%S %Y", civilAt(UTC, Math.floor(last.timeUs / 1e6)))}${last.host === "" ? "" : ` from ${last.host}`}\r\n`;
  }

  *#greeting(user: User): Blocking<string> {
    if (this.#exists(`${user.home}/.hushlogin`)) return "";
    const { sysname, nodename, release, version, machine } = this.#sys.uname();
    const motd = (yield* readTextFile(this.#sys, "/etc/motd")) ?? "";
    // PAM tells it, and sshd once more where it is told to
    const again = this.#configuration.flag("printmotd") ? motd : "";
    const last = this.#configuration.flag("printlastlog") ? yield* this.#lastLogin(user) : undefined;
    return `${`${sysname} ${nodename} ${release} ${version} ${machine}\n${motd}`.replaceAll("\n", "\r\n")}${last ?? ""}${again.replaceAll("\n", "\r\n")}`;
  }

  *#onTerminal(user: User, wanted: Partial<SessionMessage>, command: string | undefined, size: WindowMessage): Blocking<void> {
    const sys = this.#sys;
    const { master, slavePath } = sys.openpt();
    sys.setWindowSize(master, { rows: size.rows, cols: size.cols });
    const line = slavePath.replace(/^\/dev\//, "");
    if (sys.getcred().euid === 0) sys.chown(slavePath, user.uid, 5);
    sys.setTitle("sshd", [`sshd: ${user.name}@${line}`]);
    const environment = this.#environment(user, wanted, command, slavePath);
    this.#addPamEnvironment(environment);
    if (command === undefined) yield* this.#wire.send(MESSAGE.DATA, encode(`${this.#pamMessages.replaceAll("\n", "\r\n")}${yield* this.#greeting(user)}`));
    const record: UtmpRecord = {
      pid: sys.getpid(), line, id: line.slice(-4), host: this.#peer.address, type: UT.USER_PROCESS, user: user.name, timeUs: sys.clockUs("realtime"),
      address: Uint8Array.from(this.#peer.address.includes(":") ? [0, 0, 0, 0] : this.#peer.address.split(".").map(Number)),
    };
    yield* this.#note(record);
    yield* noteLastLogin(sys, user.uid, { seconds: Math.floor(record.timeUs / 1e6), line, host: record.host });
    const become = (own: Sys): Blocking<number> => this.#become(own, user, command, environment);
    const pid = sys.fork(function* shell(own) {
      own.setsid();
      for (const fd of own.descriptors()) own.close(fd);
      yield* own.open(slavePath, O.RDWR);
      own.dup(0);
      own.dup(0);
      return yield* become(own);
    });
    yield* this.#carry(pid, { input: master, outputs: [{ fd: master, type: MESSAGE.DATA }], terminal: true });
    sys.close(master);
    yield* this.#note({ ...record, type: UT.DEAD_PROCESS, user: "", host: "", timeUs: sys.clockUs("realtime") });
  }

  *#note(record: UtmpRecord): Blocking<void> {
    try {
      yield* putUtmp(this.#sys, record);
      yield* appendWtmp(this.#sys, record);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#onPipes(user: User, wanted: Partial<SessionMessage>, command: string): Blocking<void> {
    const sys = this.#sys;
    sys.setTitle("sshd", [`sshd: ${user.name}@notty`]);
    const [inRead, inWrite] = sys.pipe();
    const [outRead, outWrite] = sys.pipe();
    const [errorRead, errorWrite] = sys.pipe();
    const environment = this.#environment(user, wanted, command, undefined);
    this.#addPamEnvironment(environment);
    const become = (own: Sys): Blocking<number> => this.#become(own, user, command === "" ? undefined : command, environment);
    const pid = sys.fork(function* shell(own) {
      own.setsid();
      own.dup2(inRead, 0);
      own.dup2(outWrite, 1);
      own.dup2(errorWrite, 2);
      for (const fd of own.descriptors()) if (fd > 2) own.close(fd);
      return yield* become(own);
    });
    for (const fd of [inRead, outWrite, errorWrite]) sys.close(fd);
    yield* this.#carry(pid, { input: inWrite, outputs: [{ fd: outRead, type: MESSAGE.DATA }, { fd: errorRead, type: MESSAGE.ERROR_DATA }], terminal: false });
  }

  /** Bytes both ways until the child has ended and what it wrote is sent, or the client is gone (then the child gets SIGHUP). */
  *#carry(pid: number, streams: { readonly input: number; readonly outputs: readonly { readonly fd: number; readonly type: number }[]; readonly terminal: boolean }): Blocking<void> {
    const sys = this.#sys;
    sys.sigaction(SIGNALS.CHLD, "catch");
    sys.sigaction(SIGNALS.PIPE, "ignore");
    const open = new Set(streams.outputs.map((one) => one.fd));
    let inputOpen = true;
    /** the wire takes no more for now: it is read, the child's output waits */
    let congested = false;
    const reap = function* (): Blocking<CloseMessage | undefined> {
      const waited = yield* sys.waitpid(pid, { nohang: true });
      if (waited?.status.kind === "exited") return { status: waited.status.status };
      return waited?.status.kind === "signaled" ? { signal: (signalName(waited.status.signal) ?? "").replace(/^SIG/, "") } : undefined;
    };
    let ended = yield* reap();
    for (;;) {
      // a terminal has ended with its shell, pipes when nobody holds them any more
      if (ended !== undefined && (streams.terminal ? !(yield* this.#drain(streams.outputs)) : open.size === 0)) break;
      try {
        // what came together with the request for the session was read with it
        for (let message = this.#wire.take(); message !== undefined; message = this.#wire.take()) if (!(this.#channels && (yield* this.#channels.receive(message)))) inputOpen = (yield* this.#receive(message, streams.input, inputOpen, streams.terminal)) && inputOpen;
        if (inputOpen && this.#inputEnds && this.#pendingInput.length === 0) {
          sys.close(streams.input);
          inputOpen = false;
        }
        // nothing more is read from the client while its last input waits for the child
        const waiting = this.#pendingInput.length > 0;
        const wireEvents = (waiting ? 0 : POLL.IN) | (congested ? POLL.OUT : 0);
        const ready = yield* sys.poll([
          ...(wireEvents === 0 ? [] : [{ fd: this.#wire.fd, events: wireEvents }]), ...(waiting ? [{ fd: streams.input, events: POLL.OUT }] : []),
          ...(congested ? [] : [...open].map((fd) => ({ fd, events: POLL.IN }))), ...(this.#channels?.requests() ?? []),
        ], ended === undefined || congested ? null : 1_000_000);
        if (ready.length === 0 && ended !== undefined) break;
        congested = false;
        for (const one of ready) {
          if (one.fd === this.#wire.fd) continue;
          if (waiting && one.fd === streams.input) {
            yield* this.#feed(streams.input);
            continue;
          }
          if (open.has(one.fd) && !(yield* this.#wire.writable())) {
            congested = true;
            continue;
          }
          if (!open.has(one.fd)) {
            yield* this.#channels?.ready([one]) ?? [];
            continue;
          }
          const output = streams.outputs.find((stream) => stream.fd === one.fd);
          const bytes = yield* this.#readOutput(one.fd);
          if (bytes.length === 0) open.delete(one.fd);
          else if (output) yield* this.#wire.send(output.type, bytes);
        }
        if (ready.some((one) => one.fd === this.#wire.fd && one.revents !== POLL.OUT)) {
          yield* this.#wire.fill();
          if (this.#wire.ended) {
            this.#hangUp(pid);
            return;
          }
        }
        if (streams.terminal && open.size === 0 && ended === undefined) yield* sys.sleep(10_000);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
      if (sys.takeSignals().some((signal) => signal === SIGNALS.TERM || signal === SIGNALS.HUP)) this.#hangUp(pid);
      ended ??= yield* reap();
    }
    yield* this.#wire.send(MESSAGE.CLOSE, ended ?? {});
  }

  *#readOutput(fd: number): Blocking<Uint8Array> {
    try {
      return yield* this.#sys.read(fd, 16_384);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      return new Uint8Array(0);
    }
  }

  /** Sends what a terminal still holds; false when there is nothing. */
  *#drain(outputs: readonly { readonly fd: number; readonly type: number }[]): Blocking<boolean> {
    let any = false;
    for (const { fd, type } of outputs) {
      const ready = yield* this.#sys.poll([{ fd, events: POLL.IN }], 0);
      if (!ready.some((one) => (one.revents & POLL.IN) !== 0)) continue;
      const bytes = yield* this.#readOutput(fd);
      if (bytes.length === 0) continue;
      yield* this.#wire.send(type, bytes);
      any = true;
    }
    return any;
  }

  #hangUp(pid: number): void {
    try {
      this.#sys.kill(pid, SIGNALS.HUP);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** What came for the child's pipe, a piece that fits (PIPE_BUF) at a time; all is dropped when nobody reads any more. */
  *#feed(input: number): Blocking<void> {
    const piece = this.#pendingInput.subarray(0, 4096);
    if (yield* writeWhole(this.#sys, input, piece)) this.#pendingInput = this.#pendingInput.subarray(piece.length);
    else this.#pendingInput = new Uint8Array(0);
  }

  /** False once the client has no more input. */
  *#receive(message: Message, input: number, inputOpen: boolean, terminal: boolean): Blocking<boolean> {
    try {
      if (message.type === MESSAGE.DATA && inputOpen) {
        if (terminal) {
          if (!(yield* writeWhole(this.#sys, input, message.body))) return false;
        } else this.#pendingInput = concatBytes([this.#pendingInput, message.body]);
      } else if (message.type === MESSAGE.END && inputOpen) {
        if (!terminal) {
          this.#inputEnds = true;
          return true;
        }
        yield* this.#sys.write(input, Uint8Array.of(4));
        return false;
      } else if (message.type === MESSAGE.WINDOW) {
        const { rows, cols } = bodyOf<WindowMessage>(message);
        if (typeof rows === "number" && typeof cols === "number") this.#sys.setWindowSize(input, { rows, cols });
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      return false;
    }
    return inputOpen;
  }
}

/** Greets, offers the host's keys, then serves. */
export function* serveConnection(sys: Sys, fd: number, configuration: ServerConfiguration, hostKeys: readonly PublicKey[], peer: Peer): Blocking<number> {
  const wire = new Wire(sys, fd);
  sys.setTitle("sshd", ["sshd: [accepted]"]);
  const hostName = yield* nameOfAddress(sys, peer.address);
  const verdict = yield* hostsAccess(sys, { daemon: "sshd", address: peer.address, hostName, localAddress: peer.localAddress });
  for (const command of verdict.spawn) yield* runShell(sys, command);
  if (!verdict.allowed) {
    yield* logAuthentication(sys, "sshd", `refused connect from ${hostName ?? peer.address} (${peer.address})`, info);
    return 255;
  }
  yield* wire.raw(encode(`${IDENTIFICATION}\r\n`));
  const theirs = yield* wire.identification();
  if (theirs?.startsWith("SSH-") !== true) {
    if (theirs !== undefined) {
      yield* wire.raw(encode("Invalid SSH identification string.\r\n"));
      yield* logAuthentication(sys, "sshd", `error: kex_exchange_identification: client sent invalid protocol identifier "${theirs}"`, 3);
    }
    return 255;
  }
  const offer = encode(JSON.stringify({ keys: hostKeys.map((key) => publicLine(key)), cookie: base64Of(sys.random(16)) }));
  yield* wire.send(MESSAGE.KEYS, offer);
  if (["VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"].includes(configuration.get("loglevel") ?? "")) yield* logAuthentication(sys, "sshd", `Connection from ${peer.address} port ${peer.port} on ${peer.localAddress} port ${peer.localPort} rdomain ""`, info);
  const login = new Login(sys, wire, configuration, peer, yield* Accounts.read(sys), sessionIdentifier(offer));
  const admitted = yield* login.authenticate();
  if (admitted !== undefined) {
    yield* login.session(admitted);
    yield* wire.untilClosed();
  }
  if (admitted !== undefined) yield* logAuthentication(sys, "sshd", `Disconnected from user ${admitted.user.name} ${peer.address} port ${peer.port}`, info);
  return 0;
}

