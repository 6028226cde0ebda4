// exim4: takes mail as sendmail does, delivers it, shows and changes the queue, listens for SMTP (exim4(8)). Called mailq, newaliases, runq, rmail it is these.
// (More than 400 lines: one program with the command lines of sendmail, mailq, the daemon and the administrator.)

import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { accept, smtpSession } from "./_accept.ts";
import { EximConfiguration } from "./_configuration.ts";
import { bounce, complete, deliver, runQueue, type Tell } from "./_deliver.ts";
import { routesShown, Router } from "./_route.ts";
import { dropMessage, isMessageId, logMain, logMessage, messageLogText, queuedIds, readMessage, spoolText, storeMessage } from "./_spool.ts";

const HELP = "Exim is a Mail Transfer Agent. It is normally called by Mail User Agents,\nnot directly from a shell command line. Options and/or arguments control\nwhat it does when called. For a list of options, see the Exim documentation.\n";
const PID_FILE = "/run/exim4/exim.pid";
const KINDS = ["bd", "bdf", "bp", "bpa", "bpc", "bpr", "bpra", "bpru", "bpu", "bP", "bs", "bt", "bv", "bV", "bm", "bi"];
const MESSAGE_ACTIONS = new Set(["M", "Mc", "Mg", "Mrm", "Mf", "Mt", "Mvh", "Mvb", "Mvl", "Mvc", "Mmad", "Mar", "Mes"]);

interface Line {
  readonly mode: string;
  readonly message: string | undefined;
  /** what follows -q; undefined without it */
  readonly queue: string | undefined;
  readonly interval: number;
  readonly verbose: boolean;
  readonly foreground: boolean;
  readonly ignoresDots: boolean;
  readonly fromHeader: boolean;
  readonly sender: string | undefined;
  readonly fullName: string | undefined;
  readonly configuration: string | undefined;
  readonly words: readonly string[];
  readonly unknown: string | undefined;
  readonly empty: boolean;
}

const seconds = (word: string): number => [...word.matchAll(/(\d+)([smhdw]?)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit ?? "s"] ?? 1), 0);

function readLine(called: string, args: readonly string[]): Line {
  let mode = called === "mailq" ? "bp" : called === "newaliases" ? "bi" : "bm";
  let [message, queue, sender, fullName, configuration, unknown]: (string | undefined)[] = [undefined, called === "runq" ? "" : undefined, undefined, undefined, undefined, undefined];
  let [verbose, ignoresDots, fromHeader, foreground] = [false, false, false, false];
  let interval = 0;
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (!word.startsWith("-") || word === "-") words.push(word);
    else if (word === "--") {
      words.push(...args.slice(at + 1));
      break;
    } else if (KINDS.includes(word.slice(1))) mode = word.slice(1);
    else if (MESSAGE_ACTIONS.has(word.slice(1))) {
      message = word.slice(1);
      mode = "M";
    } else if (/^-q[a-z]*(?:\d|$)/.test(word)) {
      const [, kind = "", every = ""] = /^-q([a-z]*)(\d.*)?$/.exec(word) ?? [];
      queue = kind;
      interval = seconds(every);
    } else if (/^-[fr]/.test(word) && word !== "-ft") sender = word.slice(2) || (args[++at] ?? "");
    else if (word.startsWith("-F")) fullName = word.slice(2) || (args[++at] ?? "");
    else if (word.startsWith("-C")) configuration = word.slice(2) || (args[++at] ?? "");
    else if (word === "-v") verbose = true;
    else if (word === "-i" || word === "-oi") ignoresDots = true;
    else if (word === "-t" || word === "-ti") {
      fromHeader = true;
      ignoresDots ||= word === "-ti";
    } else if (word === "-odf") foreground = true;
    else if (/^-d/.test(word) || /^-o[deXPm]/.test(word) || /^-[BhLNORUVX]/.test(word) || word === "-m" || word === "-n" || word === "-G") {
      if (/^-(?:oX|oP|oMr|[BhLNORUVX])$/.test(word)) at++;
    } else unknown ??= word;
  }
  return { mode, message, queue, interval, verbose, foreground, ignoresDots, fromHeader, sender, fullName, configuration, words, unknown, empty: args.length === 0 && !["sendmail", "rmail", "mailq", "newaliases", "runq"].includes(called) };
}

/** Who may see and change the queue: root and the group of Exim. */
function* isAdministrator(sys: Sys): Blocking<boolean> {
  const { ruid, rgid, groups } = sys.getcred();
  if (ruid === 0) return true;
  const group = (yield* Accounts.read(sys)).groupByName("Debian-exim");
  return group !== undefined && (rgid === group.gid || groups.includes(group.gid));
}

function age(sinceUs: number, nowUs: number): string {
  const minutes = Math.floor((nowUs - sinceUs) / 60e6);
  return minutes < 90 ? `${String(minutes).padStart(2)}m` : minutes < 72 * 60 ? `${String(Math.floor(minutes / 60)).padStart(2)}h` : `${String(Math.floor(minutes / 1440)).padStart(2)}d`;
}

const size = (bytes: number): string => (bytes < 1024 ? String(bytes) : bytes < 10_240 ? `${(bytes / 1024).toFixed(1)}K` : `${Math.round(bytes / 1024)}K`);

function* listQueue(io: Io, kind: string): Blocking<void> {
  const { sys } = io;
  const ids = yield* queuedIds(sys);
  if (kind === "bpc") {
    io.out.put(`${ids.length}\n`);
    return;
  }
  for (const id of ids) {
    const message = yield* readMessage(sys, id);
    if (message === undefined) continue;
    const bytes = encode(message.header).length + encode(message.body).length + 1;
    io.out.put(`${age(message.receivedUs, sys.clockUs("realtime"))} ${size(bytes).padStart(5)} ${id} <${message.sender}>${message.frozen ? " *** frozen ***" : ""}\n`);
    for (const one of message.recipients) {
      const done = message.delivered.includes(one);
      if (!(done && kind.includes("u"))) io.out.put(`        ${done ? "D" : " "} ${one}\n`);
    }
    io.out.put("\n");
  }
}

/** After an id on the command line: what is done with that message. */
function* messageAction(io: Io, configuration: EximConfiguration, action: string, ids: readonly string[], tell: Tell): Blocking<number> {
  const { sys } = io;
  if (ids.length === 0) {
    yield* io.stderr(`exim: no message ids given after -${action} option\n`);
    return 1;
  }
  const wrong = ids.find((id) => !isMessageId(id));
  if (wrong !== undefined) {
    yield* io.stderr(`exim: malformed message id ${wrong} after -${action} option\n`);
    return 1;
  }
  if (!(yield* isAdministrator(sys))) {
    yield* io.stderr("exim: permission denied\n");
    return 1;
  }
  const user = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "root";
  let status = 0;
  for (const id of ids) {
    const kind = action === "Mvb" ? "D" : "H";
    if (action === "Mvh" || action === "Mvb") {
      const found = yield* spoolText(sys, id, kind);
      if (found === undefined) {
        yield* io.stderr(`Failed to open input file for ${id}-${kind}: No such file or directory\n`);
        return 1;
      }
      io.out.put(found);
      continue;
    }
    if (action === "Mvl") {
      const found = yield* messageLogText(sys, id);
      if (found === undefined) {
        yield* io.stderr(`Failed to open message log file for ${id}: No such file or directory\n`);
        return 1;
      }
      io.out.put(found);
      continue;
    }
    const message = yield* readMessage(sys, id);
    if (message === undefined) {
      io.out.put(`Spool file ${id}-D not found\n`);
      status = 1;
      continue;
    }
    switch (action) {
      case "Mvc":
        io.out.put(`${message.header}\n${message.body}`);
        break;
      case "Mrm":
        io.out.put(`Message ${id} has been removed\n`);
        yield* logMain(sys, `${id} removed by ${user}`);
        yield* logMain(sys, `${id} Completed`);
        dropMessage(sys, id);
        break;
      case "Mf":
      case "Mt": {
        const frozen = action === "Mf";
        if (message.frozen === frozen) io.out.put(frozen ? `Message ${id} is already frozen\n` : `Message ${id} is not frozen\n`);
        else {
          yield* storeMessage(sys, { ...message, frozen });
          yield* logMain(sys, `${id} ${frozen ? "frozen" : "unfrozen"} by ${user}`);
          yield* logMessage(sys, id, `${frozen ? "frozen" : "unfrozen"} by ${user}`);
          io.out.put(frozen ? `Message ${id} is now frozen\n` : `Message ${id} is no longer frozen\n`);
        }
        break;
      }
      case "Mg": {
        yield* logMain(sys, `${id} cancelled by ${user}`);
        const returned = yield* bounce(sys, configuration, message, message.recipients.filter((one) => !message.delivered.includes(one)).map((address) => ({ address, reason: "delivery cancelled by administrator" })), tell);
        yield* complete(sys, id, tell);
        if (returned !== undefined) yield* deliver(sys, configuration, returned, tell, true);
        break;
      }
      default:
        yield* deliver(sys, configuration, id, tell, true);
    }
  }
  return status;
}

const silent: Tell = function* () {};

/** A process of its own goes on with the work. */
function behind(sys: Sys, work: (child: Sys) => Blocking<void>): number {
  return sys.fork(function* (child) {
    child.setsid();
    // who waits for the end of our output does not wait for the delivery
    for (const fd of [0, 1, 2]) {
      try {
        child.dup2(yield* child.open("/dev/null", O.RDWR), fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    yield* work(child);
    return 0;
  });
}

function* listenOn(sys: Sys, configuration: EximConfiguration): Blocking<readonly { readonly fd: number; readonly shown: string }[]> {
  const opened: { readonly fd: number; readonly shown: string }[] = [];
  for (const address of configuration.interfaces) {
    const inet6 = address.includes(":");
    if (inet6) continue;
    const fd = sys.socket("inet", "stream");
    try {
      sys.bind(fd, { family: "inet", address, port: 25 });
      sys.listen(fd, 20);
      sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
      opened.push({ fd, shown: `[${address}]:25` });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(fd);
      yield* logMain(sys, `socket bind() to port 25 for address ${address} failed: ${error.message}: daemon abandoned`);
    }
  }
  return opened;
}

function* serve(sys: Sys, configuration: EximConfiguration, line: Line): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.CHLD, "ignore");
  const listeners = line.mode === "bd" || line.mode === "bdf" ? yield* listenOn(sys, configuration) : [];
  if (line.mode.startsWith("bd") && listeners.length === 0) return 1;
  try {
    sys.mkdir("/run/exim4", 0o755);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const fd = yield* sys.open(PID_FILE, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
  yield* sys.write(fd, encode(`${sys.getpid()}\n`));
  sys.close(fd);
  yield* logMain(sys, `exim 4.96 daemon started: pid=${sys.getpid()}, ${line.interval > 0 ? `-q${line.interval % 3600 === 0 ? `${line.interval / 3600}h` : `${Math.round(line.interval / 60)}m`}` : "no queue runs"}, ${listeners.length === 0 ? "not listening for SMTP" : `listening for SMTP on ${listeners.map((one) => one.shown).join(" ")}`}`);
  let nextUs = sys.clockUs("monotonic");
  for (;;) {
    if (line.interval > 0 && sys.clockUs("monotonic") >= nextUs) {
      nextUs = sys.clockUs("monotonic") + line.interval * 1e6;
      const ids = yield* queuedIds(sys);
      sys.fork(function* (child) {
        yield* runQueue(child, configuration, ids, "", silent);
        return 0;
      });
    }
    try {
      const ready = yield* sys.poll(listeners.map((one) => ({ fd: one.fd, events: POLL.IN })), line.interval > 0 ? Math.max(0, nextUs - sys.clockUs("monotonic")) : null);
      for (const { fd: listener } of ready) {
        const accepted = yield* sys.accept(listener);
        const { peer } = accepted;
        sys.fork(function* (child) {
          for (const one of listeners) child.close(one.fd);
          yield* smtpSession(child, configuration, accepted.fd, accepted.fd, peer.family === "unix" ? "" : peer.address, function* (id) {
            yield* deliver(child, configuration, id, silent, false);
          });
          return 0;
        });
        sys.close(accepted.fd);
      }
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== "EINTR" && error.errno !== "EAGAIN")) throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.TERM)) {
        sys.unlink(PID_FILE);
        return 0;
      }
      if (signals.includes(SIGNALS.HUP)) {
        yield* logMain(sys, `pid ${sys.getpid()}: SIGHUP received: re-exec daemon`);
        for (const one of listeners) sys.close(one.fd);
        return yield* sys.exec("/usr/sbin/exim4", ["/usr/sbin/exim4", "-bdf", ...(line.interval > 0 ? [`-q${line.interval}s`] : [])], sys.environment);
      }
    }
  }
}

/** Standard input until its end, or a line with a dot alone. */
function* readInput(io: Io, ignoresDots: boolean): Blocking<string> {
  const lines: string[] = [];
  for (;;) {
    const batch = yield* io.stdin.lines();
    if (batch.length === 0) break;
    for (const one of batch) {
      if (!ignoresDots && one === ".") return lines.join("");
      lines.push(`${decode(Uint8Array.from(one, (letter) => letter.charCodeAt(0)))}\n`);
    }
  }
  return lines.join("");
}

export default program(
  {
    name: "exim4", path: "/usr/sbin/exim4", links: ["/usr/sbin/exim", "/usr/sbin/sendmail", "/usr/lib/sendmail", "/usr/bin/mailq", "/usr/bin/newaliases", "/usr/sbin/runq", "/usr/sbin/rmail", "/usr/lib/exim4/exim4"], mode: 0o4755, manSection: 8, summary: "a mail transfer agent", synopsis: ["[OPTION]... [RECIPIENT]..."], operands: "users", seeAlso: ["update-exim4.conf(8)", "mailx(1)", "aliases(5)"],
    description: ["With recipients it takes a message from standard input and delivers it. The queue is in /var/spool/exim4/input, the log in /var/log/exim4/mainlog, aliases are in /etc/aliases, what people want done with their mail in ~/.forward."],
    options: [
      flag(["-bd"], "listen for SMTP in the background"), flag(["-bdf"], "listen for SMTP in the foreground"), flag(["-bi"], "newaliases: nothing, exim reads /etc/aliases itself"), flag(["-bm"], "the message comes from standard input"), flag(["-bp"], "list the queue (mailq)"), flag(["-bpc"], "tell how many messages are in the queue"), flag(["-bpr"], "list the queue as it lies on the disk"), flag(["-bpu"], "list the queue without delivered recipients"), flag(["-bpru"], "both of these"),
      flag(["-bP"], "show the values of options"), flag(["-bs"], "speak SMTP on standard input"), flag(["-bt"], "tell where addresses lead"), flag(["-bv"], "tell whether addresses are good"), flag(["-bV"], "show version and configuration"), flag(["-M"], "deliver these messages now"), flag(["-Mf"], "freeze messages"), flag(["-Mt"], "thaw messages"), flag(["-Mg"], "give messages up, tell the senders"), flag(["-Mrm"], "remove messages"),
      flag(["-Mvh"], "show the header and envelope of a message"), flag(["-Mvb"], "print the text of a message, without its headers"), flag(["-Mvc"], "show a whole message"), flag(["-Mvl"], "show the log of a message"), text(["-q"], "[f|ff][TIME]", "run the queue, once or again and again; f: also what is not due, ff: also what is frozen"), text(["-f", "-r"], "ADDRESS", "address of the sender"), text(["-F"], "NAME", "name of the sender"), text(["-C"], "FILE", "read this configuration"),
      flag(["-i", "-oi"], "a line with a dot does not end the message"), flag(["-t"], "recipients are in the message's header"), flag(["-odf"], "wait for the delivery"), flag(["-v"], "tell what is done"),
    ],
  },
  function* (sys, argv, io: Io) {
    const called = (argv[0] ?? "exim").replace(/^.*\//, "");
    const line = readLine(called, argv.slice(1));
    if (line.unknown === "--help" || line.empty) {
      io.out.put(HELP);
      return 1;
    }
    if (line.unknown !== undefined) {
      yield* io.stderr(`exim abandoned: unknown, malformed, or incomplete option ${line.unknown}\n`);
      return 1;
    }
    const configuration = yield* EximConfiguration.read(sys, line.configuration);
    if (configuration === undefined) {
      yield* io.stderr(`exim: could not open configuration file ${line.configuration ?? "/var/lib/exim4/config.autogenerated"}: No such file or directory\n`);
      return 1;
    }
    const tell: Tell = line.verbose ? (text) => io.stderr(text) : silent;
    if (line.mode === "M") return yield* messageAction(io, configuration, line.message ?? "M", line.words, tell);
    if (line.mode.startsWith("bd") || line.interval > 0) {
      if (sys.getcred().ruid !== 0) {
        yield* io.stderr("exim: permission denied\n");
        return 1;
      }
      if (line.mode === "bdf") return yield* serve(sys, configuration, line);
      behind(sys, function* (child) {
        yield* serve(child, configuration, line);
      });
      for (let turn = 0; turn < 50; turn++) {
        try {
          sys.stat(PID_FILE);
          return 0;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        yield* sys.sleep(2_000);
      }
      return 1;
    }
    if (line.mode.startsWith("bp") || line.queue !== undefined) {
      if (!(yield* isAdministrator(sys))) {
        yield* io.stderr("exim: permission denied\n");
        return 1;
      }
      if (line.queue === undefined) yield* listQueue(io, line.mode);
      else yield* runQueue(sys, configuration, yield* queuedIds(sys), line.queue, tell);
      return 0;
    }
    switch (line.mode) {
      case "bi": return 0;
      case "bV":
        io.out.put(`Exim version 4.96 #2 built 27-May-2026 16:52:26\nCopyright (c) University of Cambridge, 1995 - 2018\n(c) The Exim Maintainers and contributors in ACKNOWLEDGMENTS file, 2007 - 2022\nRouters: accept dnslookup manualroute redirect\nTransports: appendfile/maildir pipe smtp\nFixed never_users: 0\nConfigure owner: 0:0\nSize of off_t: 8\nConfiguration file search path is /etc/exim4/exim4.conf:/var/lib/exim4/config.autogenerated\nConfiguration file is ${configuration.path}\n`);
        return 0;
      case "bP": {
        for (const name of line.words.length > 0 ? line.words : configuration.optionNames()) {
          const value = name === "configure_file" ? undefined : configuration.option(name);
          if (name === "configure_file") io.out.put(`${configuration.path}\n`);
          else if (value === undefined) {
            io.out.put(`${name} is not a known option\n`);
            return 1;
          } else io.out.put(`${name} = ${value}\n`);
        }
        return 0;
      }
      case "bt":
      case "bv": {
        let status = 0;
        for (const word of line.words) {
          const router = yield* Router.read(sys, configuration);
          yield* router.route(word);
          const whole = configuration.qualified(word);
          const bad = router.routes.find((route) => route.outcome.kind === "failed" || route.outcome.kind === "deferred");
          const deferred = bad?.outcome.kind === "deferred";
          if (bad !== undefined) status = Math.max(status, deferred ? 1 : 2);
          if (line.mode === "bt") io.out.put(`${router.trace.map((one) => `${one}\n`).join("")}${routesShown(router.routes)}`);
          else if (bad !== undefined && (bad.outcome.kind === "failed" || bad.outcome.kind === "deferred") && router.routes.length === 1) io.out.put(`${whole} ${deferred ? "cannot be resolved at this time" : "failed to verify"}: ${bad.outcome.reason}\n`);
          else io.out.put(`${whole} verified\n`);
        }
        return status;
      }
      case "bs":
        yield* smtpSession(sys, configuration, 0, 1, "", function* (id) {
          yield* deliver(sys, configuration, id, silent, false);
        });
        return 0;
      default: break;
    }
    if (line.words.length === 0 && !line.fromHeader) {
      yield* io.stderr("exim: no recipients specified\n");
      return 1;
    }
    const taken = yield* accept(sys, configuration, { recipients: line.words.flatMap((word) => word.split(",")).map((word) => (/<([^>]*)>/.exec(word)?.[1] ?? word).trim()).filter((word) => word !== ""), fromHeader: line.fromHeader, sender: line.sender === undefined ? undefined : line.sender.replace(/^<|>$/g, ""), fullName: line.fullName, text: yield* readInput(io, line.ignoresDots) }, tell);
    if ("problem" in taken) {
      yield* io.stderr(`exim: ${taken.problem}\n`);
      return 1;
    }
    if (line.verbose || line.foreground) yield* deliver(sys, configuration, taken.id, tell, false);
    else behind(sys, function* (child) {
      yield* deliver(child, configuration, taken.id, silent, false);
    });
    return 0;
  },
);
