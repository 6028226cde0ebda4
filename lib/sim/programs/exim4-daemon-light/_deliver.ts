// A delivery process: routes the recipients of a message in the spool, hands it to the transports, logs what came of it, and sends bounces.

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { User } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import type { EximConfiguration } from "./_configuration.ts";
import { type Route, Router } from "./_route.ts";
import { sendSmtp, SmtpError } from "./_smtp.ts";
import { dropMessage, logMain, logMessage, newMessageId, readMessage, type SpoolMessage, storeMessage } from "./_spool.ts";

const MAIL_GROUP = 8;

/** Lines for -v. */
export type Tell = (line: string) => Blocking<void>;

class Delivery {
  readonly #sys: Sys;
  readonly #configuration: EximConfiguration;
  readonly #message: SpoolMessage;
  readonly #tell: Tell;
  readonly failed: { readonly address: string; readonly reason: string }[] = [];
  readonly done: string[] = [];

  constructor(sys: Sys, configuration: EximConfiguration, message: SpoolMessage, tell: Tell) {
    this.#sys = sys;
    this.#configuration = configuration;
    this.#message = message;
    this.#tell = tell;
  }

  *#log(line: string): Blocking<void> {
    yield* this.#tell(`LOG: MAIN\n  ${line}\n`);
    yield* logMain(this.#sys, `${this.#message.id} ${line}`);
    yield* logMessage(this.#sys, this.#message.id, line.replace(/^(?:=>|->|\*\*|==) /, ""));
  }

  /** "bob <bob@vm>", "/file <bob@vm>", "x@example.com" */
  #shown({ address, parents, outcome }: Route): string {
    const top = parents.at(-1) ?? address;
    if (outcome.kind === "mailbox" || outcome.kind === "maildir") return `${outcome.user.name} <${top}>`;
    return top === address ? address : `${address} <${top}>`;
  }

  *recipient(recipient: string): Blocking<boolean> {
    const router = yield* Router.read(this.#sys, this.#configuration);
    yield* router.route(recipient);
    for (const line of router.trace) yield* this.#tell(`${line}\n`);
    let finished = true;
    for (const [place, route] of router.routes.entries()) {
      const { outcome } = route;
      const arrow = place === 0 ? "=>" : "->";
      if (outcome.kind === "failed") {
        yield* this.#log(`** ${route.address}${route.parents.length > 0 ? ` <${route.parents.at(-1) ?? ""}>` : ""}${route.router === "" ? "" : ` R=${route.router}`}: ${outcome.reason}`);
        this.failed.push({ address: route.address, reason: outcome.reason });
        continue;
      }
      if (outcome.kind === "deferred") {
        yield* this.#log(`== ${route.address} R=${route.router} defer (-1): ${outcome.reason}`);
        finished = false;
        continue;
      }
      const by = ` R=${route.router} T=${outcome.transport}`;
      if (outcome.kind === "remote") {
        if (yield* this.#remote(route, by)) continue;
        finished = false;
        continue;
      }
      yield* this.#tell(`T: ${outcome.kind === "pipe" ? "pipe" : "appendfile"} for ${route.address}\n`);
      const path = outcome.kind === "mailbox" ? `/var/mail/${outcome.user.name}` : outcome.kind === "maildir" ? `${outcome.user.home}/Maildir` : route.address;
      const problem = outcome.kind === "pipe" ? yield* this.#pipe(route, recipient, outcome.user) : outcome.kind === "maildir" ? yield* this.#maildir(path, recipient, outcome.user) : yield* this.#write(path, this.#stored(recipient, true), outcome.user, outcome.kind === "mailbox" ? MAIL_GROUP : undefined);
      if (problem === undefined) yield* this.#log(`${arrow} ${this.#shown(route)}${by}`);
      else if (problem.startsWith("Child ")) {
        yield* this.#log(`** ${this.#shown(route)}${by}: ${problem}`);
        this.failed.push({ address: route.address, reason: problem });
      } else {
        yield* this.#log(`== ${this.#shown(route)}${by} defer (13): ${problem}`);
        finished = false;
      }
    }
    return finished;
  }

  #stamp: { readonly from: string; readonly date: string } | undefined;

  *stamp(): Blocking<void> {
    const civil = civilAtUs(yield* readZone(this.#sys), this.#sys.clockUs("realtime"));
    this.#stamp = { from: strftime("%a %b %d %H:%M:%S %Y", civil), date: strftime("%a, %d %b %Y %H:%M:%S %z", civil) };
  }

  /** With the lines that a transport adds; `mailbox` with From in front and a blank line behind. */
  #stored(recipient: string, mailbox: boolean): string {
    const { sender, header, body } = this.#message;
    const text = `Return-path: <${sender}>\nEnvelope-to: ${recipient}\nDelivery-date: ${this.#stamp?.date ?? ""}\n${header}\n${mailbox ? body.replace(/^From /gm, ">From ") : body}`;
    return mailbox ? `From ${sender || "MAILER-DAEMON"} ${this.#stamp?.from ?? ""}\n${text}\n` : text;
  }

  *#write(path: string, text: string, user: User | undefined, gid: number | undefined): Blocking<string | undefined> {
    const sys = this.#sys;
    try {
      let fresh = false;
      try {
        sys.stat(path);
      } catch {
        fresh = true;
      }
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, gid === undefined ? 0o600 : 0o660);
      yield* sys.flock(fd, "exclusive");
      yield* sys.write(fd, encode(text));
      sys.close(fd);
      if (fresh && user !== undefined) {
        sys.chown(path, user.uid, gid ?? user.gid);
        sys.chmod(path, gid === undefined ? 0o600 : 0o660);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return `failed to open mailbox ${path}: ${error.message}`;
    }
  }

  *#maildir(path: string, recipient: string, user: User): Blocking<string | undefined> {
    const sys = this.#sys;
    for (const folder of ["", "/cur", "/new", "/tmp"]) {
      try {
        sys.mkdir(`${path}${folder}`, 0o700);
        sys.chown(`${path}${folder}`, user.uid, user.gid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const us = sys.clockUs("realtime");
    return yield* this.#write(`${path}/new/${Math.floor(us / 1e6)}.H${us % 1e6}P${sys.getpid()}.${sys.uname().nodename}`, this.#stored(recipient, false), user, undefined);
  }

  *#pipe(route: Route, recipient: string, user: User | undefined): Blocking<string | undefined> {
    const sys = this.#sys;
    const procmail = route.outcome.kind === "pipe" && route.outcome.transport === "procmail_pipe";
    const command = procmail ? "/usr/bin/procmail" : route.address.slice(1).trim();
    const [readEnd, writeEnd] = sys.pipe();
    const pid = sys.fork(function* (child) {
      child.dup2(readEnd, 0);
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
      try {
        if (user) {
          child.setgroups([]);
          child.setresgid(user.gid, user.gid, user.gid);
          child.setresuid(user.uid, user.uid, user.uid);
          child.chdir(user.home);
        }
        return yield* child.exec("/bin/sh", ["sh", "-c", command], new Map([["PATH", "/bin:/usr/bin"], ["HOME", user?.home ?? "/"], ["LOGNAME", user?.name ?? ""], ["USER", user?.name ?? ""], ["SHELL", "/bin/sh"], ["RECIPIENT", recipient], ["LOCAL_PART", recipient.replace(/@.*/, "")]]));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    sys.close(readEnd);
    try {
      yield* sys.write(writeEnd, encode(this.#stored(recipient, true)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(writeEnd);
    const status = (yield* sys.waitpid(pid))?.status;
    const code = status?.kind === "exited" ? status.status : 1;
    return code === 0 ? undefined : code === 75 ? "temporary failure of the command" : `Child process of ${procmail ? "procmail_pipe" : "address_pipe"} transport returned ${code} from command: ${command.split(/\s/)[0] ?? ""}`;
  }

  /** True: it is over with this one, for good or for bad. */
  *#remote(route: Route, by: string): Blocking<boolean> {
    const { outcome } = route;
    if (outcome.kind !== "remote") return true;
    const { header, body, sender } = this.#message;
    yield* this.#tell(`T: ${outcome.transport} for ${route.address}\nConnecting to ${outcome.host} [${outcome.hostAddress}]:25 ...\n`);
    const host = `H=${outcome.host} [${outcome.hostAddress}]`;
    try {
      const answer = yield* sendSmtp(this.#sys, outcome.hostAddress, this.#configuration.hostName, sender, [route.address], `${header}\n${body}`);
      yield* this.#log(`=> ${this.#shown(route)}${by} ${host} C="${answer}"`);
      return true;
    } catch (error) {
      if (!(error instanceof SmtpError)) throw error;
      if (error.errno !== undefined) yield* this.#log(`${host} ${error.message}`);
      if (error.temporary) {
        yield* this.#log(`== ${this.#shown(route)}${by} defer (${error.errno ?? -46})${error.errno === undefined ? ` ${host}` : ""}: ${error.message}`);
        return false;
      }
      yield* this.#log(`** ${this.#shown(route)}${by} ${host}: ${error.message}`);
      this.failed.push({ address: route.address, reason: error.message });
      return true;
    }
  }
}

/** `force`: frozen messages too. False: it was not there, or stays frozen. */
export function* deliver(sys: Sys, configuration: EximConfiguration, id: string, tell: Tell, force: boolean): Blocking<boolean> {
  const message = yield* readMessage(sys, id);
  if (message === undefined || (message.frozen && !force)) return false;
  yield* tell(`delivering ${id}\n`);
  const delivery = new Delivery(sys, configuration, message, tell);
  yield* delivery.stamp();
  const left: string[] = [];
  const delivered = [...message.delivered];
  for (const recipient of message.recipients) {
    if (message.delivered.includes(recipient)) continue;
    if (yield* delivery.recipient(recipient)) delivered.push(recipient);
    else left.push(recipient);
  }
  const returned = delivery.failed.length > 0 ? yield* bounce(sys, configuration, message, delivery.failed, tell) : undefined;
  if (left.length > 0) yield* storeMessage(sys, { ...message, delivered, frozen: false });
  else yield* complete(sys, id, tell);
  if (returned !== undefined) yield* deliver(sys, configuration, returned, tell, true);
  return true;
}

export function* complete(sys: Sys, id: string, tell: Tell): Blocking<void> {
  yield* tell("LOG: MAIN\n  Completed\n");
  yield* logMain(sys, `${id} Completed`);
  dropMessage(sys, id);
}

/** Tells the sender what could not be delivered: the message's id, which is to be delivered. A bounce itself is answered by none. */
export function* bounce(sys: Sys, configuration: EximConfiguration, message: SpoolMessage, failed: readonly { readonly address: string; readonly reason: string }[], tell: Tell): Blocking<string | undefined> {
  if (message.sender === "") return undefined;
  const id = newMessageId(sys, 1);
  const host = configuration.hostName;
  const us = sys.clockUs("realtime");
  const date = strftime("%a, %d %b %Y %H:%M:%S %z", civilAtUs(yield* readZone(sys), us));
  const header = `Received: from Debian-exim by ${host} with local (Exim 4.96)\n\tid ${id}\n\tfor ${message.sender};\n\t${date}\nX-Failed-Recipients: ${failed.map((one) => one.address).join(", ")}\nAuto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@${configuration.qualifyDomain}>\nTo: ${message.sender}\nReferences: ${/^Message-Id: *(.*)$/im.exec(message.header)?.[1] ?? ""}\nSubject: Mail delivery failed: returning message to sender\nMessage-Id: <E${id}@${host}>\nDate: ${date}\n`;
  const body = `This message was created automatically by mail delivery software.\n\nWhat you sent could not be delivered to:\n\n${failed.map((one) => `  ${one.address}\n    ${one.reason}\n`).join("")}\n------ A copy of your message follows ------\n\n${message.header}\n${message.body}`;
  const size = encode(header).length + encode(body).length + 1;
  const user = "Debian-exim";
  yield* storeMessage(sys, { id, user, uid: 0, gid: 0, sender: "", receivedUs: us, protocol: "local", recipients: [message.sender], delivered: [], frozen: false, header, body });
  yield* tell(`LOG: MAIN\n  <= <> R=${message.id} U=${user} P=local S=${size}\n`);
  yield* logMain(sys, `${id} <= <> R=${message.id} U=${user} P=local S=${size}`);
  return id;
}

/** One message of many: a failed one freezes no other. `kind` as after -q. */
export function* runQueue(sys: Sys, configuration: EximConfiguration, ids: readonly string[], kind: string, tell: Tell): Blocking<void> {
  const more = kind === "" ? "" : ` -q${kind}`;
  yield* tell(`LOG: queue_run MAIN\n  Start queue run: pid=${sys.getpid()}${more}\n`);
  yield* logMain(sys, `Start queue run: pid=${sys.getpid()}${more}`);
  for (const id of ids) yield* deliver(sys, configuration, id, tell, kind.includes("ff"));
  yield* tell(`LOG: queue_run MAIN\n  End queue run: pid=${sys.getpid()}${more}\n`);
  yield* logMain(sys, `End queue run: pid=${sys.getpid()}${more}`);
}
