// What master's processes do with a message: cleanup, local delivery by aliases and .forward, deferral of what is for elsewhere, and bounces.

import { ask } from "../../daemons/resolver/api.ts";
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import { PRIORITY, syslog } from "../kit/syslog.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { originOf, parseAliases, PostfixConfiguration, splitTargets } from "./_configuration.ts";
import { newQueueId, type QueuedMessage, storeMessage } from "./_queue.ts";

const MAIL_FACILITY = 2;
const MOST_TARGETS = 100;

export function* logMail(sys: Sys, program: string, message: string): Blocking<void> {
  yield* syslog(sys, { identifier: `postfix/${program}`, facility: MAIL_FACILITY, priority: PRIORITY.info, message, comm: program, withPid: true });
}

interface Target {
  readonly address: string;
  readonly original: string;
}

class Delivery {
  readonly #sys: Sys;
  readonly #configuration: PostfixConfiguration;
  readonly #accounts: Accounts;
  readonly #message: QueuedMessage;
  readonly #origin: string;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;
  readonly #zone: Zone;
  readonly #seen = new Set<string>();
  readonly failed: { readonly address: string; readonly reason: string }[] = [];
  readonly deferred: { readonly address: string; readonly original: string; readonly reason: string }[] = [];

  constructor(sys: Sys, configuration: PostfixConfiguration, accounts: Accounts, message: QueuedMessage, origin: string, aliases: ReadonlyMap<string, readonly string[]>, zone: Zone) {
    this.#zone = zone;
    this.#sys = sys;
    this.#configuration = configuration;
    this.#accounts = accounts;
    this.#message = message;
    this.#origin = origin;
    this.#aliases = aliases;
  }

  *#told(target: Target, relay: string, dsn: string, status: string): Blocking<void> {
    const delay = Math.max(0.01, (this.#sys.clockUs("realtime") - this.#message.arrivedUs) / 1e6);
    const shown = delay < 10 ? delay.toFixed(2).replace(/0$/, "") : delay.toFixed(0);
    yield* logMail(this.#sys, relay === "none" || relay.includes("[") ? "smtp" : relay, `${this.#message.id}: to=<${target.address}>, ${target.original === target.address ? "" : `orig_to=<${target.original}>, `}relay=${relay}, delay=${shown}, delays=${shown}/0/0/0, dsn=${dsn}, status=${status}`);
  }

  *deliver(target: Target): Blocking<void> {
    const address = this.#configuration.qualified(target.address, this.#origin);
    const at = address.lastIndexOf("@");
    const [user, domain] = [address.slice(0, at), address.slice(at + 1)];
    if (this.#seen.has(address) || this.#seen.size > MOST_TARGETS) return;
    this.#seen.add(address);
    const whole = { address, original: target.original };
    if (!this.#configuration.isLocal(domain)) {
      yield* this.#defer(whole, domain);
      return;
    }
    const expansion = this.#aliases.get(user.toLowerCase());
    if (expansion !== undefined) {
      for (const one of expansion) yield* this.#hand(one, whole, undefined);
      return;
    }
    const account = this.#accounts.userByName(user.toLowerCase());
    if (account === undefined) {
      const reason = `unknown user: "${user}"`;
      yield* this.#told(whole, "local", "5.1.1", `bounced (${reason})`);
      this.failed.push({ address, reason });
      return;
    }
    const forward = yield* readTextFile(this.#sys, `${account.home}/.forward`);
    const targets = forward?.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line)).flatMap(splitTargets) ?? [];
    if (targets.length === 0) yield* this.#mailbox(account, whole);
    else for (const one of targets) yield* this.#hand(one, whole, account);
  }

  /** One word of an alias or of .forward. */
  *#hand(word: string, from: Target, owner: User | undefined): Blocking<void> {
    if (word.startsWith("|")) yield* this.#pipe(word.slice(1).trim(), from, owner);
    else if (word.startsWith("/")) yield* this.#append(word, from, owner);
    else if (word.startsWith(":include:")) {
      for (const line of ((yield* readTextFile(this.#sys, word.slice(9).trim())) ?? "").split("\n")) for (const one of splitTargets(line.replace(/#.*$/, ""))) yield* this.#hand(one, from, owner);
    } else if (word.startsWith("\\") || (owner !== undefined && (word === owner.name || word === `${owner.name}@${this.#origin}`))) {
      const account = this.#accounts.userByName(word.replace(/^\\/, "").replace(/@.*$/, ""));
      if (account !== undefined) yield* this.#mailbox(account, { address: this.#configuration.qualified(account.name, this.#origin), original: from.original });
    } else yield* this.deliver({ address: word, original: from.original });
  }

  #text(target: Target): string {
    const escaped = this.#message.text.replace(/^(>*From )/gm, ">$1");
    const stamp = strftime("%a %b %e %H:%M:%S %Y", civilAtUs(this.#zone, this.#sys.clockUs("realtime")));
    return `From ${this.#message.sender === "" ? "MAILER-DAEMON" : this.#message.sender}  ${stamp}\nReturn-Path: <${this.#message.sender}>\nX-Original-To: ${target.original}\nDelivered-To: ${target.address}\n${escaped.endsWith("\n") ? escaped : `${escaped}\n`}\n`;
  }

  *#mailbox(user: User, target: Target): Blocking<void> {
    const own = this.#configuration.value("home_mailbox");
    const path = own === "" ? `${this.#configuration.value("mail_spool_directory").replace(/\/$/, "")}/${user.name}` : `${user.home}/${own}`;
    if (path.endsWith("/")) yield* this.#maildir(path, user, target);
    else if (yield* this.#write(path, this.#text(target), user, 8)) yield* this.#told(target, "local", "2.0.0", "sent (delivered to mailbox)");
    else yield* this.#told(target, "local", "5.2.0", `bounced (cannot update mailbox ${path} for user ${user.name})`);
  }

  *#maildir(path: string, user: User, target: Target): Blocking<void> {
    const sys = this.#sys;
    for (const folder of ["", "cur", "new", "tmp"]) {
      try {
        sys.mkdir(`${path}${folder}`.replace(/\/$/, ""), 0o700);
        sys.chown(`${path}${folder}`.replace(/\/$/, ""), user.uid, user.gid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const us = sys.clockUs("realtime");
    yield* this.#write(`${path}new/${Math.floor(us / 1e6)}.V1I${this.#message.id}M${us % 1e6}.${sys.uname().nodename}`, this.#text(target).replace(/^From .*\n/, "").replace(/\n$/, ""), user, user.gid);
    yield* this.#told(target, "local", "2.0.0", "sent (delivered to maildir)");
  }

  *#append(path: string, target: Target, owner: User | undefined): Blocking<void> {
    yield* this.#write(path, this.#text(target), owner, owner?.gid ?? 65_534);
    yield* this.#told(target, "local", "2.0.0", `sent (delivered to file: ${path})`);
  }

  *#write(path: string, text: string, owner: User | undefined, gid: number): Blocking<boolean> {
    const sys = this.#sys;
    try {
      let fresh = false;
      try {
        sys.stat(path);
      } catch {
        fresh = true;
      }
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o600);
      yield* sys.flock(fd, "exclusive");
      yield* sys.write(fd, encode(text));
      sys.close(fd);
      if (fresh && owner !== undefined) sys.chown(path, owner.uid, gid);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
  }

  *#pipe(command: string, target: Target, owner: User | undefined): Blocking<void> {
    const sys = this.#sys;
    const [readEnd, writeEnd] = sys.pipe();
    const user = owner ?? this.#accounts.userByName("nobody");
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
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      try {
        return yield* child.exec("/bin/sh", ["sh", "-c", command], new Map([["PATH", "/usr/bin:/bin"], ["HOME", user?.home ?? "/"], ["LOGNAME", user?.name ?? "nobody"], ["SENDER", target.address]]));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    sys.close(readEnd);
    try {
      yield* sys.write(writeEnd, encode(this.#text(target)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(writeEnd);
    const status = (yield* sys.waitpid(pid))?.status;
    if (status?.kind === "exited" && status.status === 0) yield* this.#told(target, "local", "2.0.0", `sent (delivered to command: ${command})`);
    else {
      const reason = `Command died with status ${status?.kind === "exited" ? status.status : 1}: "${command}"`;
      yield* this.#told(target, "local", "5.3.0", `bounced (${reason})`);
      this.failed.push({ address: target.address, reason });
    }
  }

  /** Nobody beyond this machine takes mail: it waits. */
  *#defer(target: Target, domain: string): Blocking<void> {
    const server = /^nameserver\s+([\d.]+)/m.exec((yield* readTextFile(this.#sys, "/etc/resolv.conf")) ?? "")?.[1];
    const answer = server === undefined ? undefined : yield* ask(this.#sys, server, domain, 1);
    const address = answer?.records.find((record) => record.type === 1)?.data;
    if (answer !== undefined && address === undefined) {
      const reason = `Host or domain name not found. Name service error for name=${domain} type=AAAA: Host not found`;
      yield* this.#told(target, "none", "5.4.4", `bounced (${reason})`);
      this.failed.push({ address: target.address, reason });
      return;
    }
    const reason = address === undefined ? `Host or domain name not found. Name service error for name=${domain} type=MX: Host not found, try again` : `connect to ${domain}[${address}]:25: Connection refused`;
    yield* this.#told(target, "none", address === undefined ? "4.4.3" : "4.4.1", `deferred (${reason})`);
    this.deferred.push({ ...target, reason });
  }
}

/** From the queue to where it goes. What is not for here waits in the deferred queue. */
export function* deliverMessage(sys: Sys, message: QueuedMessage): Blocking<void> {
  const configuration = yield* PostfixConfiguration.read(sys);
  const origin = yield* originOf(sys, configuration);
  // newaliases makes the table that counts
  const aliases = parseAliases((yield* readTextFile(sys, "/etc/aliases.db")) ?? "");
  yield* logMail(sys, "qmgr", `${message.id}: from=<${message.sender}>, size=${encode(message.text).length}, nrcpt=${message.recipients.length} (queue active)`);
  const delivery = new Delivery(sys, configuration, yield* Accounts.read(sys), message, origin, aliases, yield* readZone(sys));
  for (const { address, original } of message.recipients) yield* delivery.deliver({ address, original });
  if (delivery.failed.length > 0 && message.sender !== "") yield* bounce(sys, configuration, message, delivery.failed);
  if (delivery.deferred.length > 0) yield* storeMessage(sys, "deferred", { ...message, recipients: delivery.deferred });
  else yield* logMail(sys, "qmgr", `${message.id}: removed`);
}

function* bounce(sys: Sys, configuration: PostfixConfiguration, message: QueuedMessage, failed: readonly { readonly address: string; readonly reason: string }[]): Blocking<void> {
  const host = configuration.value("myhostname");
  const id = newQueueId(sys);
  const us = sys.clockUs("realtime");
  const date = strftime("%a, %d %b %Y %H:%M:%S %z (%Z)", civilAtUs(yield* readZone(sys), us));
  yield* logMail(sys, "bounce", `${message.id}: sender non-delivery notification: ${id}`);
  yield* deliverMessage(sys, {
    id, arrivedUs: us, sender: "", senderUid: 0, recipients: [{ address: message.sender, original: message.sender }],
    text: `Received: by ${host} (Postfix)\n\tid ${id}; ${date}\nDate: ${date}\nFrom: MAILER-DAEMON@${host} (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nTo: ${message.sender}\nAuto-Submitted: auto-replied\nMessage-Id: <${strftime("%Y%m%d%H%M%S", civilAtUs(yield* readZone(sys), us))}.${id}@${host}>\n\nThis is the mail system at host ${host}.\n\nYour message could not be delivered:\n\n${failed.map(({ address, reason }) => `<${address}>: ${reason}\n`).join("\n")}\n${message.text}`,
  });
}
