// cupsd: queues and jobs. Jobs wait in /var/spool/cups while their printer is disabled or does not answer; a queue of device file:PATH writes there (with FileDevice Yes), socket:, lpd: and ipp: connect.
// (More than 400 lines: one daemon, whose requests share its tables of queues and jobs.)
import { notify } from "../../daemons/systemd/api/notify.ts";
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { daemonize } from "../kit/super-server.ts";
import { strftime, civilAt } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { CUPS_SOCKET, type CupsReply, type CupsRequest, type JobView, type PrinterView } from "./_protocol.ts";
import { documentFile, type Job, loadJobs, loadPrinters, newPrinter, nextJobId, type Printer, removeFiles, saveJob, saveNextJobId, savePrinters, writeFile } from "./_store.ts";
import { readWhole } from "../kit/read-whole.ts";

const SCHEMES = new Set("beh cups-brf dnssd file http https implicitclass ipp ipps lpd parallel serial socket usb".split(" "));
const PORTS: ReadonlyMap<string, number> = new Map([["socket", 9100], ["lpd", 515], ["ipp", 631], ["ipps", 631], ["http", 80], ["https", 443]]);
const KEPT_JOBS = 500;
const PRINT_US = 500_000;
const RETRY_US = 30_000_000;
const NOT_FOUND = "The printer or class does not exist.";

class Refused extends Error {}

class Scheduler {
  readonly sys: Sys;
  #printers = new Map<string, Printer>();
  #jobs = new Map<number, Job>();
  #default: string | undefined;

  constructor(sys: Sys) {
    this.sys = sys;
  }

  *load(): Blocking<void> {
    const { printers, defaultName } = yield* loadPrinters(this.sys);
    this.#printers = printers;
    this.#default = defaultName;
    this.#jobs = yield* loadJobs(this.sys);
    yield* savePrinters(this.sys, this.#printers, this.#default);
    yield* this.#dispatch();
  }

  get #now(): number {
    return Math.floor(this.sys.clockUs("realtime") / 1e6);
  }

  #printer(name: string): Printer {
    const found = this.#printers.get(name);
    if (found === undefined) throw new Refused(NOT_FOUND);
    return found;
  }

  #job(id: number): Job {
    const found = this.#jobs.get(id);
    if (found === undefined) throw new Refused(`Job #${id} does not exist.`);
    return found;
  }

  /** Waiting and running jobs in the order in which they are printed. */
  #active(): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => job.ended === undefined).sort((a, b) => b.priority - a.priority || a.id - b.id);
  }

  state(): CupsReply {
    const printers = [...this.#printers.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one): PrinterView => ({
      name: one.name, class: one.class, members: one.members, uri: one.uri, info: one.info || one.name, location: one.location, model: one.model, state: !one.enabled ? "stopped" : one.printing === undefined ? "idle" : "processing", accepting: one.accepting, message: one.message, changed: one.changed, options: [...one.options],
    }));
    const view = (job: Job): JobView => ({ id: job.id, printer: job.printer, user: job.user, title: job.title, copies: job.copies, priority: job.priority, files: job.sizes.length, kilobytes: job.sizes.reduce((sum, size) => sum + Math.ceil(size / 1024), 0), state: job.state, created: job.created, ended: job.ended });
    const ended = [...this.#jobs.values()].filter((job) => job.ended !== undefined).sort((a, b) => (b.ended ?? 0) - (a.ended ?? 0) || a.id - b.id);
    return { state: { printers, jobs: [...this.#active(), ...ended].map(view), defaultPrinter: this.#default } };
  }

  *serve(request: CupsRequest, documents: Uint8Array, uid: number): Blocking<CupsReply> {
    const accounts = yield* Accounts.read(this.sys);
    const user = accounts.userById(uid);
    const administrator = uid === 0 || (user !== undefined && accounts.groupByName("lpadmin")?.members.includes(user.name) === true);
    if (!["state", "print", "change", "cancel", "move"].includes(request.op) && !administrator) throw new Refused("Forbidden");
    switch (request.op) {
      case "state":
        return this.state();
      case "printer": {
        if (!this.#printers.has(request.name) && request.enable === true && request.uri === undefined) throw new Refused(NOT_FOUND);
        if (!/^[^\s/#]{1,127}$/.test(request.name)) throw new Refused("The printer-uri must be of the form \"ipp://HOSTNAME/printers/PRINTERNAME\".");
        if (request.uri !== undefined) {
          const scheme = request.uri.split(":")[0] ?? "";
          if (!request.uri.includes(":") || !SCHEMES.has(scheme)) throw new Refused(request.uri.includes(":") ? `Bad device-uri scheme "${scheme}".` : `Bad device-uri "${request.uri}".`);
          const files = (yield* readTextFile(this.sys, "/etc/cups/cups-files.conf")) ?? "";
          const path = request.uri.replace(/^file:(?:\/\/(?=\/))?/, "");
          if (scheme === "file" && path !== "/dev/null" && !/^\s*FileDevice\s+(?:yes|on|true)/im.test(files)) throw new Refused('File device URIs have been disabled. To enable, see the FileDevice directive in "/etc/cups/cups-files.conf".');
        }
        const printer = this.#printers.get(request.name) ?? newPrinter(request.name, false, this.#now);
        this.#printers.set(request.name, printer);
        if (request.uri !== undefined) printer.uri = request.uri;
        if (request.info !== undefined) printer.info = request.info;
        if (request.location !== undefined) printer.location = request.location;
        if (request.model !== undefined) printer.model = request.model;
        for (const [key, value] of request.options ?? []) printer.options.set(key, value);
        if (request.enable === true) {
          printer.enabled = printer.accepting = true;
          printer.message = "";
        }
        printer.changed = this.#now;
        break;
      }
      case "delete":
        this.#printer(request.name);
        for (const job of [...this.#jobs.values()].filter((one) => one.printer === request.name)) {
          if (job.ended === undefined) yield* this.#end(job, "canceled");
          removeFiles(this.sys, job, true);
          this.#jobs.delete(job.id);
        }
        this.#printers.delete(request.name);
        for (const one of this.#printers.values()) one.members = one.members.filter((member) => member !== request.name);
        if (this.#default === request.name) this.#default = undefined;
        break;
      case "default":
        this.#default = this.#printer(request.name).name;
        break;
      case "class": {
        this.#printer(request.member);
        const group = this.#printers.get(request.name) ?? (request.remove ? undefined : newPrinter(request.name, true, this.#now));
        if (group === undefined) throw new Refused(NOT_FOUND);
        this.#printers.set(request.name, group);
        group.members = request.remove ? group.members.filter((one) => one !== request.member) : [...new Set([...group.members, request.member])];
        if (group.members.length === 0) this.#printers.delete(request.name);
        break;
      }
      case "enable": case "disable": case "accept": case "reject": {
        const printer = this.#printers.get(request.name);
        if (printer === undefined) throw new Refused("client-error-not-found");
        if (request.op === "enable" || request.op === "disable") printer.enabled = request.op === "enable";
        else printer.accepting = request.op === "accept";
        printer.message = request.op === "disable" ? request.reason ?? "Paused" : request.op === "reject" ? request.reason ?? "Rejecting Jobs" : "";
        printer.changed = this.#now;
        if (request.op === "disable" && printer.printing !== undefined) {
          const job = this.#jobs.get(printer.printing);
          if (job !== undefined) job.state = "pending";
          printer.printing = undefined;
        }
        break;
      }
      case "print": {
        const printer = this.#printer(request.printer);
        if (!printer.accepting) throw new Refused(`Destination "${printer.name}" is not accepting jobs.`);
        const id = Math.max(yield* nextJobId(this.sys), Math.max(0, ...this.#jobs.keys()) + 1);
        yield* saveNextJobId(this.sys, id + 1);
        const job: Job = { id, printer: printer.name, user: user?.name ?? String(uid), title: request.title, copies: request.copies, priority: request.priority, sizes: request.sizes, state: request.hold ? "held" : "pending", created: this.#now, ended: undefined };
        let at = 0;
        for (const [index, size] of request.sizes.entries()) {
          yield* writeFile(this.sys, documentFile(id, index), documents.subarray(at, at + size), 0o640);
          at += size;
        }
        this.#jobs.set(id, job);
        yield* saveJob(this.sys, job);
        this.#forget();
        yield* this.#dispatch();
        return { job: id };
      }
      case "change": {
        const job = this.#job(request.job);
        if (!administrator && job.user !== user?.name) throw new Refused("Forbidden");
        if (job.ended !== undefined && request.hold !== "restart") throw new Refused(`Job #${job.id} is finished and cannot be altered.`);
        if (request.hold === "restart") {
          job.state = "pending";
          job.ended = undefined;
        } else if (request.hold !== undefined) job.state = request.hold === "hold" ? "held" : "pending";
        if (request.priority !== undefined) job.priority = request.priority;
        if (request.title !== undefined) job.title = request.title;
        if (request.copies !== undefined) job.copies = request.copies;
        yield* saveJob(this.sys, job);
        break;
      }
      case "cancel": {
        const job = this.#job(request.job);
        if (!administrator && job.user !== user?.name) throw new Refused("Forbidden");
        if (job.ended !== undefined && !request.purge) throw new Refused(`Job #${job.id} is already ${job.state} - can't cancel.`);
        if (job.ended === undefined) yield* this.#end(job, "canceled");
        if (request.purge) {
          removeFiles(this.sys, job, true);
          this.#jobs.delete(job.id);
        }
        break;
      }
      case "move": {
        const target = this.#printer(request.to);
        if (request.from !== undefined) this.#printer(request.from);
        const moved = request.job === undefined ? this.#active().filter((job) => job.printer === request.from) : [this.#job(request.job)];
        for (const job of moved) {
          if (!administrator && job.user !== user?.name) throw new Refused("Forbidden");
          const before = this.#printers.get(job.printer);
          if (before?.printing === job.id) before.printing = undefined;
          job.printer = target.name;
          if (job.state === "processing") job.state = "pending";
          yield* saveJob(this.sys, job);
        }
        break;
      }
    }
    yield* savePrinters(this.sys, this.#printers, this.#default);
    yield* this.#dispatch();
    return {};
  }

  /** Old jobs go with their files. */
  #forget(): void {
    const ended = [...this.#jobs.values()].filter((job) => job.ended !== undefined);
    for (const job of ended.slice(0, Math.max(0, this.#jobs.size - KEPT_JOBS))) {
      removeFiles(this.sys, job, true);
      this.#jobs.delete(job.id);
    }
  }

  *#end(job: Job, state: Job["state"], sys = this.sys): Blocking<void> {
    job.state = state;
    job.ended = this.#now;
    for (const printer of this.#printers.values()) {
      if (printer.printing !== job.id) continue;
      printer.printing = undefined;
      printer.message = "";
      printer.changed = this.#now;
    }
    yield* saveJob(sys, job);
    if (state !== "completed") return;
    const zone = yield* readZone(sys);
    yield* append(sys, "/var/log/cups/page_log", `${job.printer} ${job.user} ${job.id} [${strftime("%d/%b/%Y:%H:%M:%S %z", civilAt(zone, job.ended))}] total 0 - localhost ${job.title} - -\n`);
  }

  /** Every printer that waits gets the next job of its own, or of a class that it is in. */
  *#dispatch(): Blocking<void> {
    for (const printer of this.#printers.values()) {
      if (printer.class || !printer.enabled || printer.printing !== undefined) continue;
      const job = this.#active().find((one) => one.state === "pending" && (one.printer === printer.name || (this.#printers.get(one.printer)?.members.includes(printer.name) === true && this.#printers.get(one.printer)?.enabled === true)));
      if (job === undefined) continue;
      job.state = "processing";
      printer.printing = job.id;
      printer.changed = this.#now;
      this.sys.fork(function* (this: Scheduler, thread: Sys) {
        yield* this.#print(thread, printer, job);
        return 0;
      }.bind(this), { thread: true });
    }
  }

  *#print(sys: Sys, printer: Printer, job: Job): Blocking<void> {
    const still = (): boolean => printer.printing === job.id && job.state === "processing";
    for (;;) {
      yield* sys.sleep(PRINT_US);
      if (!still()) return;
      const failure = yield* this.#deliver(sys, printer.uri, job);
      if (!still()) return;
      if (failure === undefined) break;
      printer.message = failure;
      yield* sys.sleep(RETRY_US);
      if (!still()) return;
    }
    yield* this.#end(job, "completed", sys);
    yield* savePrinters(sys, this.#printers, this.#default);
    yield* this.#dispatch();
  }

  /** Undefined when the device has it all, else what the backend says. */
  *#deliver(sys: Sys, uri: string, job: Job): Blocking<string | undefined> {
    const documents: Uint8Array[] = [];
    for (let at = 0; at < job.sizes.length; at++) {
      try {
        const fd = yield* sys.open(documentFile(job.id, at), O.RDONLY);
        documents.push(yield* readWhole(sys, fd));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const copies = Array.from({ length: Math.min(job.copies, 999) }, () => documents).flat();
    const [scheme = "", rest = ""] = [uri.slice(0, uri.indexOf(":")), uri.slice(uri.indexOf(":") + 1)];
    let fd: number | undefined;
    try {
      if (scheme === "file") fd = yield* sys.open(rest.replace(/^\/\/(?=\/)/, ""), O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      else {
        const port = PORTS.get(scheme);
        if (port === undefined) return "Waiting for printer to become available.";
        const place = /^\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(rest);
        const host = (place?.[1] ?? "").replace(/^\[|\]$/g, "");
        let address = host.includes(":") ? host : undefined;
        try {
          address ??= (yield* lookUpHost(sys, host))[0];
        } catch (error) {
          if (!(error instanceof ResolveError)) throw error;
        }
        if (address === undefined) return `Unable to locate printer "${host}".`;
        const six = address.includes(":");
        fd = sys.socket(six ? "inet6" : "inet", "stream");
        yield* sys.connect(fd, { family: six ? "inet6" : "inet", address, port: Number(place?.[2] ?? port) });
      }
      for (const bytes of copies) yield* sys.write(fd, bytes);
      return undefined;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return scheme === "file" ? `Unable to open output device file: ${error.message}` : "The printer is not responding.";
    } finally {
      if (fd !== undefined) sys.close(fd);
    }
  }
}

function* append(sys: Sys, path: string, line: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o640);
    yield* sys.write(fd, encode(line));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* answer(sys: Sys, scheduler: Scheduler, fd: number): Blocking<number> {
  try {
    const bytes = yield* readWhole(sys, fd);
    const line = bytes.indexOf(10);
    const { uid } = sys.getPeerCredentials(fd);
    let reply: CupsReply;
    try {
      reply = yield* scheduler.serve(JSON.parse(decode(bytes.subarray(0, line < 0 ? bytes.length : line))) as CupsRequest, bytes.subarray(line + 1), uid);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof SyntaxError)) throw error;
      reply = { error: error instanceof Refused ? error.message : "client-error-bad-request" };
    }
    yield* sys.write(fd, encode(JSON.stringify(reply)));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
  return 0;
}

function* serve(sys: Sys): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP, SIGNALS.INT]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  try {
    sys.mkdir("/run/cups", 0o755);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
  }
  try {
    sys.unlink(CUPS_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const listener = sys.socket("unix", "stream");
  sys.bind(listener, { family: "unix", path: CUPS_SOCKET });
  sys.chmod(CUPS_SOCKET, 0o666);
  sys.listen(listener, 128);
  const listeners = [listener];
  for (const [family, address] of [["inet", "127.0.0.1"], ["inet6", "::1"]] as const) {
    try {
      const fd = sys.socket(family, "stream");
      sys.setsockopt(fd, "reuseaddr", 1);
      if (family === "inet6") sys.setsockopt(fd, "v6only", 1);
      sys.bind(fd, { family, address, port: 631 });
      sys.listen(fd, 128);
      listeners.push(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const scheduler = new Scheduler(sys);
  yield* scheduler.load();
  yield* notify(sys, "READY=1");
  for (;;) {
    try {
      for (const { fd } of yield* sys.poll(listeners.map((one) => ({ fd: one, events: POLL.IN })), null)) {
        const accepted = yield* sys.accept(fd);
        sys.fork((thread) => (fd === listener ? answer(thread, scheduler, accepted.fd) : web(thread, accepted.fd)), { thread: true });
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const signals = sys.takeSignals();
    if (signals.includes(SIGNALS.TERM) || signals.includes(SIGNALS.INT)) {
      sys.unlink(CUPS_SOCKET);
      return 0;
    }
    if (signals.includes(SIGNALS.HUP)) yield* scheduler.load();
  }
}

/** http://localhost:631: that there is a server, and how it is told what to do here. */
function* web(sys: Sys, fd: number): Blocking<number> {
  try {
    yield* sys.read(fd, 65_536);
    const body = "<!DOCTYPE html><title>CUPS</title><h1>OpenPrinting CUPS 2.4.2</h1><p>lpadmin(8), lpstat(1) and lp(1) do here what these pages do.</p>\n";
    yield* sys.write(fd, encode(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nServer: CUPS/2.4 IPP/2.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
  return 0;
}

export default program(
  { name: "cupsd", path: "/usr/sbin/cupsd", manSection: 8, summary: "cups scheduler", synopsis: ["[-c config-file] [-f] [-F] [-h] [-l] [-s cups-files.conf] [-t]"], operands: "none", options: [text(["-c"], "cupsd.conf", "another configuration"), flag(["-f"], "stay in the foreground"), flag(["-F"], "stay in the foreground, detached from the terminal"), flag(["-h"], "show the usage"), flag(["-l"], "started by systemd"), text(["-s"], "cups-files.conf", "another list of files"), flag(["-t"], "check the configuration and end")], description: ["Keeps queues (/etc/cups/printers.conf) and jobs (/var/spool/cups). lpadmin makes queues; lp and lpr print; lpstat and lpq show; cancel and lprm take jobs back."], seeAlso: ["lpadmin(8)", "lp(1)", "lpstat(1)", "cupsd.conf(5)"] },
  function* (sys, argv, io: Io) {
    const args = argv.slice(1);
    const wrong = args.find((word) => word.startsWith("-") && !/^-(?:[fFlth]|[cs].*)$/.test(word));
    if (wrong !== undefined || args.includes("-h")) {
      if (wrong !== undefined) yield* io.stderr(`cupsd: Unknown option "${wrong.replace(/^-+/, "")}" - aborting.\n`);
      io.out.put("Usage: cupsd [options]\nOptions:\n  -c cupsd.conf           Another cupsd.conf.\n  -f                      Stay in the foreground.\n  -F                      Stay in the foreground, but leave the terminal.\n  -h                      Show this help.\n  -l                      End when there is nothing to do.\n  -s cups-files.conf      Another cups-files.conf.\n  -t                      Only check the configuration.\n");
      return wrong === undefined ? 0 : 1;
    }
    const file = args[args.indexOf("-c") + 1];
    const configuration = args.includes("-c") && file !== undefined ? file : "/etc/cups/cupsd.conf";
    if ((yield* readTextFile(sys, configuration)) === undefined) {
      yield* io.stderr(`cupsd: Unable to open ${configuration}: No such file or directory\n`);
      return 1;
    }
    if (args.includes("-t")) {
      io.out.put(`"${configuration}" is OK.\n`);
      return 0;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("cupsd: Must be run as root.\n");
      return 1;
    }
    if (args.some((word) => /^-[fFl]$/.test(word))) return yield* serve(sys);
    daemonize(sys, serve);
    return 0;
  },
);
