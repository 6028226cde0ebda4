// ntpd of NTPsec 1.2.2: keeps the clock by servers and pools of ntp.conf, gives the time to others, and answers ntpq (ntpd(8)).

import { askTime, decodeNtp, encodeNtp, NTP_PORT } from "../../daemons/ntp/api.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { Association, select, SELECTION, type SourceLine } from "./_association.ts";
import { controlAnswer, parseControl, READ_STATUS, READ_VARIABLES, variablesText } from "./_control.ts";

const STEP_SECONDS = 0.128;
const PANIC_SECONDS = 1000;
const MOST_OF_A_POOL = 4;
const ANSWER_TIMEOUT_US = 1_000_000;
/** how often it looks whether an answer came */
const TURN_US = 500_000;
/** CAP_NET_BIND_SERVICE, CAP_SYS_TIME: what it keeps when it is no longer root */
const KEPT_CAPABILITIES = (1n << 10n) | (1n << 25n);

interface Settings {
  readonly sources: readonly SourceLine[];
  readonly driftFile: string | undefined;
  readonly wrong: readonly string[];
}

function parseConfiguration(source: string): Settings {
  const sources: SourceLine[] = [];
  const wrong: string[] = [];
  let driftFile: string | undefined;
  const known = new Set(["driftfile", "leapfile", "statsdir", "statistics", "filegen", "tos", "tinker", "restrict", "unrestrict", "keys", "trustedkey", "controlkey", "requestkey", "broadcast", "broadcastclient", "disable", "enable", "fudge", "includefile", "interface", "listen", "log", "logfile", "logconfig", "mru", "nts", "refclock", "rlimit", "setvar", "unpeer", "crypto"]);
  for (const [number, raw] of source.split("\n").entries()) {
    const [word = "", name = "", ...options] = raw.replace(/#.*$/, "").trim().split(/\s+/);
    if (word === "") continue;
    if (word === "pool" || word === "server" || word === "peer") {
      const value = (option: string, otherwise: number): number => (options.includes(option) ? Number(options[options.indexOf(option) + 1]) : otherwise);
      sources.push({ kind: word, name, burst: options.includes("iburst"), prefer: options.includes("prefer"), minPoll: value("minpoll", 6), maxPoll: value("maxpoll", 10) });
    } else if (word === "driftfile") driftFile = name;
    else if (!known.has(word)) wrong.push(`CONFIG: line ${number + 1} column 1 syntax error, unexpected T_String`);
  }
  return { sources, driftFile, wrong };
}

class Daemon {
  readonly #settings: Settings;
  readonly #log: (message: string, priority?: number) => Blocking<void>;
  #panicGate: boolean;
  readonly #slewOnly: boolean;
  associations: Association[] = [];
  peer: Association | undefined;
  offsetSeconds = 0;
  updates = 0;
  steps = 0;
  ended: number | undefined;
  #nextId = 20_001;

  constructor(settings: Settings, panicGate: boolean, slewOnly: boolean, log: (message: string, priority?: number) => Blocking<void>) {
    this.#settings = settings;
    this.#panicGate = panicGate;
    this.#slewOnly = slewOnly;
    this.#log = log;
  }

  start(sys: Sys): void {
    const nowUs = sys.clockUs("monotonic");
    for (const line of this.#settings.sources) this.associations.push(new Association(this.#nextId++, line, line.kind !== "pool" && /^[\d.]+$/.test(line.name) ? line.name : "", nowUs));
  }

  /** Threads ask; nothing here waits for them. */
  tick(sys: Sys): void {
    const nowUs = sys.clockUs("monotonic");
    for (const one of this.associations) {
      if (one.nextUs > nowUs) continue;
      one.nextUs = Number.POSITIVE_INFINITY;
      if (one.address === "") sys.fork((thread) => this.#resolve(thread, one), { thread: true });
      else sys.fork((thread) => this.#ask(thread, one), { thread: true });
    }
  }

  *#resolve(sys: Sys, one: Association): Blocking<number> {
    let addresses: readonly string[] = [];
    try {
      addresses = yield* lookUpHost(sys, one.line.name);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* this.#log(`DNS: dns_check: processing ${one.line.name}, 1, 1`);
    }
    const nowUs = sys.clockUs("monotonic");
    const fresh = addresses.filter((address) => !this.associations.some((other) => other.address === address)).slice(0, one.line.kind === "pool" ? MOST_OF_A_POOL : 1);
    for (const address of fresh) {
      yield* this.#log(one.line.kind === "pool" ? `DNS: Pool taking: ${address}` : `DNS: Server taking: ${address}`);
      this.associations.push(new Association(this.#nextId++, one.line, address, nowUs));
    }
    if (one.line.kind !== "pool" && fresh.length > 0) this.associations = this.associations.filter((other) => other !== one);
    one.nextUs = nowUs + (fresh.length > 0 ? 256e6 : 64e6);
    return 0;
  }

  *#ask(sys: Sys, one: Association): Blocking<number> {
    const before = this.peer;
    const { steps } = this;
    const measurement = yield* askTime(sys, one.address, NTP_PORT, one.poll, ANSWER_TIMEOUT_US);
    // what was asked before a step says nothing any more
    if (steps === this.steps) one.note(measurement, sys.clockUs("monotonic"));
    else one.restart(sys.clockUs("monotonic"));
    this.peer = select(this.associations);
    // the first measurements of a burst are not acted upon: they may be far from the rest
    if (this.peer !== undefined && this.peer === one && one.samples >= Math.min(4, one.line.burst ? 4 : 1)) yield* this.#discipline(sys, this.peer);
    if (this.peer === undefined && before !== undefined) yield* this.#log("CLOCK: no_sys_peer", PRIORITY.notice);
    return 0;
  }

  *#discipline(sys: Sys, peer: Association): Blocking<void> {
    const offset = peer.best?.offsetSeconds ?? 0;
    this.offsetSeconds = offset;
    try {
      if (Math.abs(offset) > PANIC_SECONDS && !this.#panicGate) {
        yield* this.#log(`CLOCK: Panic: offset too big: ${offset.toFixed(3)}`, PRIORITY.err);
        this.ended = 1;
        return;
      }
      this.#panicGate = false;
      if (Math.abs(offset) > STEP_SECONDS && !this.#slewOnly) {
        const fromUs = sys.clockUs("realtime");
        sys.setClockUs(fromUs + Math.round(offset * 1e6));
        yield* this.#log(`CLOCK: time stepped by ${offset.toFixed(6)}`, PRIORITY.notice);
        this.steps++;
        for (const one of this.associations) if (one.address !== "") one.restart(sys.clockUs("monotonic"));
        this.peer = undefined;
      } else {
        sys.adjtimex({ shiftUs: Math.round(offset * 1e6) });
        sys.adjtimex({ synchronized: true });
        for (const one of this.associations) if (Math.abs(offset) > 0.001) one.forget();
      }
      this.updates++;
      if (this.#settings.driftFile !== undefined && this.updates === 1) yield* this.#keepDrift(sys, this.#settings.driftFile);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#log(`CLOCK: ${error.message}`, PRIORITY.err);
    }
  }

  /** The simulated clock has no drift of its own. */
  *#keepDrift(sys: Sys, path: string): Blocking<void> {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
    yield* sys.write(fd, encode("0.000\n"));
    sys.close(fd);
  }

  #systemVariables(sys: Sys): readonly (readonly [string, string])[] {
    const { peer } = this;
    const stratum = peer?.packet === undefined ? 16 : peer.packet.stratum + 1;
    const { sysname, release, machine } = sys.uname();
    return [
      ["version", "ntpd ntpsec-1.2.2"], ["processor", machine], ["system", `${sysname}/${release}`], ["leap", peer === undefined ? "3" : "0"], ["stratum", String(stratum)], ["precision", "-24"], ["rootdelay", ((peer?.best?.delaySeconds ?? 0) * 1000).toFixed(4)], ["rootdisp", ((peer?.distanceSeconds ?? 0) * 1000).toFixed(4)],
      ["refid", peer?.address ?? "INIT"], ["peer", String(peer?.id ?? 0)], ["tc", String(peer?.poll ?? 6)], ["mintc", "0"], ["offset", (this.offsetSeconds * 1000).toFixed(6)], ["frequency", "0.000000"], ["sys_jitter", ((peer?.jitterSeconds ?? 0) * 1000).toFixed(6)], ["clk_jitter", "0.000119"], ["clk_wander", "0.000000"], ["tai", "37"],
    ];
  }

  #peerVariables(sys: Sys, one: Association): readonly (readonly [string, string])[] {
    const prototype = one.address === "";
    const reference = one.packet?.referenceId ?? 0;
    const octets = [24, 16, 8, 0].map((shift) => (reference >>> shift) & 255);
    const refid = prototype ? (one.line.kind === "pool" ? "POOL" : "DNS") : one.packet === undefined ? "INIT" : one.packet.stratum <= 1 ? String.fromCharCode(...octets.filter((octet) => octet !== 0)) : octets.join(".");
    return [
      ["srcadr", prototype ? "0.0.0.0" : one.address], ["srcport", "123"], ...(prototype || one.line.kind !== "pool" ? [["srchost", one.line.name] as const] : []), ["dstadr", one.localAddress || "0.0.0.0"], ["dstport", "123"], ["leap", String(one.packet?.leap ?? 3)], ["stratum", String(one.packet?.stratum ?? 16)], ["rootdelay", ((one.packet?.rootDelaySeconds ?? 0) * 1000).toFixed(4)], ["rootdisp", ((one.packet?.rootDispersionSeconds ?? 0) * 1000).toFixed(4)],
      ["refid", refid], ["when", one.lastUs === undefined ? "-1" : String(Math.floor((sys.clockUs("monotonic") - one.lastUs) / 1e6))], ["reach", one.reach.toString(16)], ["hmode", "3"], ["pmode", one.packet === undefined ? "0" : "4"], ["hpoll", String(one.poll)], ["ppoll", String(one.packet?.poll ?? one.poll)],
      ["delay", ((one.best?.delaySeconds ?? 0) * 1000).toFixed(6)], ["offset", ((one.best?.offsetSeconds ?? 0) * 1000).toFixed(6)], ["jitter", (one.jitterSeconds * 1000).toFixed(6)],
    ];
  }

  #status(one: Association): number {
    return (0x80 | (one.reach === 0 ? 0 : 0x10) | one.selection) << 8 | (one.selection === SELECTION.systemPeer ? 0x1a : one.reach === 0 ? 0x11 : 0x14);
  }

  *answer(sys: Sys, fd: number, bytes: Uint8Array, from: SocketAddress | undefined): Blocking<void> {
    if (from === undefined || from.family === "unix") return;
    const receiveUs = sys.clockUs("realtime");
    const request = parseControl(bytes);
    try {
      if (request !== undefined) {
        // restrict default noquery: only this machine may ask
        if (request.response || !from.address.startsWith("127.")) return;
        const one = this.associations.find((each) => each.id === request.association);
        if (request.association !== 0 && one === undefined) return;
        const status = one === undefined ? (this.peer === undefined ? 0xc016 : 0x0615) : this.#status(one);
        let data = new Uint8Array(0);
        if (request.opcode === READ_VARIABLES) data = variablesText(one === undefined ? this.#systemVariables(sys) : this.#peerVariables(sys, one)).slice();
        else if (request.opcode === READ_STATUS) {
          data = new Uint8Array(this.associations.length * 4);
          const view = new DataView(data.buffer);
          for (const [at, each] of this.associations.entries()) {
            view.setUint16(at * 4, each.id);
            view.setUint16(at * 4 + 2, this.#status(each));
          }
        }
        for (const packet of controlAnswer(request, status, data)) yield* sys.sendto(fd, packet, from);
        return;
      }
      const question = decodeNtp(bytes);
      if (question === undefined || question.mode !== 3) return;
      const { peer } = this;
      yield* sys.sendto(fd, encodeNtp({
        leap: peer === undefined ? 3 : 0, version: question.version, mode: 4, stratum: peer?.packet === undefined ? 0 : peer.packet.stratum + 1, poll: question.poll, precision: -24, rootDelaySeconds: peer?.best?.delaySeconds ?? 0, rootDispersionSeconds: peer?.distanceSeconds ?? 0,
        referenceId: peer === undefined ? 0x494e4954 : peer.address.split(".").reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0), referenceUs: receiveUs, originUs: question.transmitUs, receiveUs, transmitUs: sys.clockUs("realtime"),
      }), from);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

function* dropRights(sys: Sys, name: string): Blocking<void> {
  const accounts = yield* Accounts.read(sys);
  const [userName = "", groupName] = name.split(":");
  const user = accounts.userByName(userName);
  if (user === undefined || sys.getcred().euid !== 0) return;
  const gid = accounts.groupByName(groupName ?? userName)?.gid ?? user.gid;
  sys.prctl("keep-capabilities", 1);
  sys.setgroups([]);
  sys.setresgid(gid, gid, gid);
  sys.setresuid(user.uid, user.uid, user.uid);
  const { permitted } = sys.capget();
  sys.capset({ effective: permitted & KEPT_CAPABILITIES, permitted: permitted & KEPT_CAPABILITIES, inheritable: 0n, ambient: 0n });
}

export default gnu({
  name: "ntpd", path: "/usr/sbin/ntpd", manSection: 8, summary: "keep the clock right by the Network Time Protocol", synopsis: ["[OPTION]..."], operands: "none", project: "ntpsec", version: "1.2.2", versionText: "ntpd ntpsec-1.2.2\n", versionLetter: "V",
  description: ["The servers are in /etc/ntpsec/ntp.conf: lines that begin with pool, server or peer. Offsets below 0.128 seconds are slewed away, greater ones are stepped; one of more than 1000 seconds ends it, unless -g was given. ntpq -p shows how it goes."],
  options: {
    configuration: text(["-c", "--configfile"], "FILE", "read this configuration (/etc/ntpsec/ntp.conf)"), panicGate: flag(["-g", "--panicgate"], "the first correction may be great"), foreground: flag(["-n", "--nofork"], "stay in the foreground"), nice: flag(["-N", "--nice"], "run with a high priority"), pidFile: text(["-p", "--pidfile"], "FILE", "write the process's number into this file"),
    quit: flag(["-q", "--quit"], "set the clock and end"), user: text(["-u", "--user"], "USER[:GROUP]", "run as this user"), slew: flag(["-x", "--slew"], "shift the clock slowly up to 600 seconds"), log: text(["-l", "--logfile"], "FILE", "log into this file"), drift: text(["-f", "--driftfile"], "FILE", "keep the drift here"), interfaces: texts(["-I", "--interface"], "NAME", "listen on this interface"), debug: flag(["-d", "--debug-level"], "say more"),
  },
  seeAlso: ["ntpq(1)", "ntpdate(8)", "chronyd(8)", "timedatectl(1)"],
  *run({ options, sys }, io: Io) {
    const path = options.configuration ?? "/etc/ntpsec/ntp.conf";
    const source = yield* readTextFile(sys, path);
    const log = (target: Sys) => (message: string, priority: number = PRIORITY.info): Blocking<void> => syslog(target, { identifier: "ntpd", facility: FACILITY.daemon, priority, message, withPid: true });
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("must be run as root, not uid " + String(sys.getcred().euid) + "\n");
      return 1;
    }
    const settings = parseConfiguration(source ?? "");
    const daemon = function* (own: Sys): Blocking<number> {
      const say = log(own);
      yield* say(`INIT: ntpd ntpsec-1.2.2: Starting`, PRIORITY.notice);
      if (source === undefined) yield* say(`CONFIG: getconfig: Couldn't open <${path}>`, PRIORITY.err);
      for (const line of settings.wrong) yield* say(line, PRIORITY.err);
      for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) own.sigaction(signal, "catch");
      const fd = own.socket("inet", "dgram");
      try {
        own.bind(fd, { family: "inet", address: "0.0.0.0", port: NTP_PORT });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* say(`IO: bind(16) AF_INET 0.0.0.0#123 flags 0x11 failed: ${error.message}`, PRIORITY.err);
        yield* say("IO: unable to bind to wildcard address 0.0.0.0 - another process may be running - EXITING", PRIORITY.err);
        return 1;
      }
      own.setStatusFlags(fd, own.getStatusFlags(fd) | O.NONBLOCK);
      if (options.pidFile !== undefined) {
        const pidFd = yield* own.open(options.pidFile, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
        yield* own.write(pidFd, encode(`${own.getpid()}\n`));
        own.close(pidFd);
      }
      yield* say("IO: Listen and drop on 0 v4wildcard 0.0.0.0:123");
      if (options.user !== undefined) yield* dropRights(own, options.user);
      const state = new Daemon({ ...settings, driftFile: options.drift ?? settings.driftFile }, options.panicGate, options.slew, say);
      state.start(own);
      const startUs = own.clockUs("monotonic");
      for (;;) {
        state.tick(own);
        if (state.ended !== undefined) return state.ended;
        if (options.quit && (state.updates > 0 || own.clockUs("monotonic") - startUs > 20e6)) {
          if (state.updates > 0) yield* io.stderr(`ntpd: time ${Math.abs(state.offsetSeconds) > STEP_SECONDS ? "set" : "slew"} ${state.offsetSeconds >= 0 ? "+" : ""}${state.offsetSeconds.toFixed(6)}s\n`);
          else yield* io.stderr("ntpd: no servers found\n");
          return state.updates > 0 ? 0 : 1;
        }
        try {
          const next = Math.min(...state.associations.map((one) => one.nextUs));
          const nowUs = own.clockUs("monotonic");
          const waiting = state.associations.some((one) => one.nextUs === Number.POSITIVE_INFINITY);
          const leftUs = Math.max(1000, next - nowUs);
          const ready = yield* own.poll([{ fd, events: POLL.IN }], waiting || options.quit ? Math.min(TURN_US, leftUs) : Number.isFinite(next) ? leftUs : null);
          if (ready.length > 0) {
            const { bytes, from } = yield* own.recvfrom(fd, 1024);
            yield* state.answer(own, fd, bytes, from);
          }
        } catch (error) {
          if (!(error instanceof SysError) || (error.errno !== "EINTR" && error.errno !== "EAGAIN")) throw error;
          const signals = own.takeSignals();
          if (signals.includes(SIGNALS.TERM) || signals.includes(SIGNALS.INT)) {
            yield* say(`ERR: ntpd exiting on signal ${signals.includes(SIGNALS.TERM) ? "15 (Terminated)" : "2 (Interrupt)"}`, PRIORITY.notice);
            return 0;
          }
        }
      }
    };
    if (options.foreground || options.quit) return yield* daemon(sys);
    sys.fork(function* (child) {
      child.setsid();
      return yield* daemon(child);
    });
    for (let turn = 0; options.pidFile !== undefined && turn < 50; turn++) {
      try {
        sys.stat(options.pidFile);
        return 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      yield* sys.sleep(2_000);
    }
    return 0;
  },
});
