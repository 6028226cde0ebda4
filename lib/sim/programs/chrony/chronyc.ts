// chronyc: what chronyd knows, and orders for it (chronyc(1)). Commands stand on the command line or are typed behind a prompt.
// (More than 400 lines: its commands, one by one.)

import { ask, lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, decode, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { readTextFile } from "../kit/accounts.ts";
import { parseDate } from "../kit/date-parse.ts";
import { type Io, program } from "../kit/program.ts";
import { flag, text } from "../kit/option.ts";
import { readZone } from "../kit/zones.ts";
import { COMMAND_PORT, COMMAND_SOCKET, type Reply, STATUS_TEXT } from "./_protocol.ts";
import { activityReport, authenticationReport, clientsReport, counterReport, manualReport, type Naming, ntpReport, referenceName, selectionReport, sourcesReport, statisticsReport, trackingReport } from "./_reports.ts";
import { parseSubnet } from "./_subnets.ts";

const REPLY_TIMEOUT_US = 1_000_000;
const OPTIONS = [
  flag(["-4"], "IPv4 addresses only"), flag(["-6"], "IPv6 addresses only"), flag(["-n"], "show addresses, not names"), flag(["-N"], "names as they stand in the configuration"), flag(["-c"], "comma-separated values"), flag(["-m"], "each word is a command"), text(["-h"], "HOST", `ask this daemon (${COMMAND_SOCKET},127.0.0.1,::1)`),
  text(["-p"], "PORT", `its UDP port (${COMMAND_PORT})`), flag(["-v", "--version"], "print the version and end"), flag(["--help"], "print this and end"),
];

/** SYNTAX, what it does. An empty line between the groups. */
const HELP: readonly (readonly [group: string, commands: readonly (readonly [string, string])[]])[] = [
  ["System clock:", [["tracking", "Show how well the clock follows its source"], ["makestep", "Put the clock right at once"], ["makestep <threshold> <updates>", "Say when the clock may be stepped"], ["maxupdateskew <skew>", "Change the largest skew of an update"], ["waitsync [<max-tries> [<max-correction> [<max-skew> [<interval>]]]]", "Wait until the clock is synchronised"]]],
  ["Time sources:", [["sources [-a] [-v]", "Show the sources"], ["sourcestats [-a] [-v]", "Show what was measured"], ["selectdata [-a] [-v]", "Show why a source was chosen"], ["reselect", "Choose the source again"], ["reselectdist <dist>", "Change the reselection distance"]]],
  ["NTP sources:", [["activity", "Count the sources that are online and offline"], ["authdata [-a] [-v]", "Show authentication"], ["ntpdata [<address>]", "Show the last valid measurement"], ["add server <name> [options]", "Add a server"], ["add pool <name> [options]", "Add a pool of servers"], ["add peer <name> [options]", "Add a peer"], ["delete <address>", "Remove a source"], ["burst <n-good>/<n-max> [[<mask>/]<address>]", "Measure several times in a row"], ["maxdelay <address> <delay>", "Change the largest delay"], ["maxdelayratio <address> <ratio>", "Change the largest ratio of delays"], ["maxdelaydevratio <address> <ratio>", "Change the largest ratio to the deviation"], ["minpoll <address> <poll>", "Change the shortest interval"], ["maxpoll <address> <poll>", "Change the longest interval"], ["minstratum <address> <stratum>", "Change the least stratum"], ["offline [[<mask>/]<address>]", "Ask these sources no more"], ["online [[<mask>/]<address>]", "Ask these sources again"], ["onoffline", "Online or offline, as the routes say"], ["polltarget <address> <target>", "Change the poll target"], ["refresh", "Resolve the names again"], ["reload sources", "Read the *.sources files again"], ["sourcename <address>", "Show the name in the configuration"]]],
  ["Manual time input:", [["manual off|on|reset", "Switch settime off or on, forget its entries"], ["manual list", "Show the entries"], ["manual delete <index>", "Forget one entry"], ["settime <time>", "Tell the daemon the time"]]],
  ["NTP access:", [["accheck <address>", "Tell whether an address may ask"], ["clients [-p <packets>] [-k] [-r]", "Show who asked"], ["serverstats", "Show the server's counters"], ["allow [<subnet>]", "Let a subnet ask"], ["allow all [<subnet>]", "Let a subnet and all within it ask"], ["deny [<subnet>]", "Refuse a subnet"], ["deny all [<subnet>]", "Refuse a subnet and all within it"], ["local [options]", "Serve time without a source"], ["local off", "Serve time only with a source"], ["smoothtime reset|activate", "Reset or start time smoothing"], ["smoothing", "Show time smoothing"]]],
  ["Monitoring access:", [["cmdaccheck <address>", "Tell whether an address may monitor"], ["cmdallow [<subnet>]", "Let a subnet monitor"], ["cmdallow all [<subnet>]", "Let a subnet and all within it monitor"], ["cmddeny [<subnet>]", "Refuse a subnet"], ["cmddeny all [<subnet>]", "Refuse a subnet and all within it"]]],
  ["Real-time clock:", [["rtcdata", "Show how the RTC runs"], ["trimrtc", "Set the RTC by the clock"], ["writertc", "Save what is known of the RTC"]]],
  ["Other daemon commands:", [["cyclelogs", "Open the log files again"], ["dump", "Save the measurements"], ["rekey", "Read the keys again"], ["reset sources", "Forget all measurements"], ["shutdown", "End the daemon"]]],
  ["Client commands:", [["dns -n|+n", "Show addresses or names"], ["dns -4|-6|-46", "Resolve to these addresses"], ["timeout <milliseconds>", "Wait so long for an answer"], ["retries <retries>", "Ask so often"], ["keygen [<id> [<type> [<bits>]]]", "Make a key"], ["exit|quit", "Leave"], ["help", "Show this"]]],
];

const helpPage = (): string => HELP.map(([group, commands]) => `${group.padEnd(28)}\n${commands.map(([syntax, meaning]) => (syntax.length < 28 ? `${syntax.padEnd(28)}${meaning}\n` : `${syntax}\n${" ".repeat(28)}${meaning}\n`)).join("")}${" ".repeat(28)}\n`).join("");

class Session {
  readonly sys: Sys;
  readonly io: Io;
  readonly hosts: readonly string[];
  readonly port: number;
  numeric: boolean;
  originalNames: boolean;
  csv: boolean;
  #fd: number | undefined;
  #ownPath: string | undefined;

  constructor(io: Io, hosts: readonly string[], port: number, flags: ReadonlySet<string>) {
    this.io = io;
    this.sys = io.sys;
    this.hosts = hosts;
    this.port = port;
    this.csv = flags.has("c");
    this.numeric = flags.has("n") || this.csv;
    this.originalNames = flags.has("N");
  }

  close(): void {
    if (this.#fd !== undefined) this.sys.close(this.#fd);
    this.#fd = undefined;
    if (this.#ownPath === undefined) return;
    try {
      this.sys.unlink(this.#ownPath);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    this.#ownPath = undefined;
  }

  /** A socket towards one address of the daemon. */
  *#open(host: string): Blocking<boolean> {
    const { sys } = this;
    this.close();
    let address: SocketAddress = { family: "unix", path: host };
    if (!host.startsWith("/")) {
      try {
        const found = host.includes(":") ? host : (yield* lookUpHost(sys, host))[0];
        if (found === undefined) return false;
        address = { family: found.includes(":") ? "inet6" : "inet", address: found, port: this.port };
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
        return false;
      }
    }
    const fd = sys.socket(address.family === "unix" ? "unix" : address.family === "inet6" ? "inet6" : "inet", "dgram");
    this.#fd = fd;
    try {
      if (address.family === "unix") {
        const own = `${host.slice(0, host.lastIndexOf("/"))}/chronyc.${sys.getpid()}.sock`;
        sys.bind(fd, { family: "unix", path: own });
        this.#ownPath = own;
        sys.chmod(own, 0o666);
      }
      yield* sys.connect(fd, address);
      sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.close();
      return false;
    }
  }

  *#exchange(words: readonly string[]): Blocking<Reply | undefined> {
    const fd = this.#fd;
    if (fd === undefined) return undefined;
    try {
      yield* this.sys.sendto(fd, encode(JSON.stringify(words)));
      if ((yield* this.sys.poll([{ fd, events: POLL.IN }], REPLY_TIMEOUT_US)).length === 0) return undefined;
      const { bytes } = yield* this.sys.recvfrom(fd, 262_144);
      return JSON.parse(decode(bytes)) as Reply;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      return undefined;
    }
  }

  /** Undefined, with a message: nobody answers. */
  *ask(...words: readonly string[]): Blocking<Reply | undefined> {
    const known = yield* this.#exchange(words);
    if (known !== undefined) return known;
    let opened = false;
    for (const host of this.hosts) {
      if (!(yield* this.#open(host))) continue;
      opened = true;
      const reply = yield* this.#exchange(words);
      if (reply !== undefined) return reply;
    }
    this.io.out.put(opened || this.hosts.length > 1 ? "506 Cannot talk to daemon\n" : "Could not open connection to daemon\n");
    return undefined;
  }

  /** How addresses are shown: resolved before the table is made. */
  *naming(addresses: readonly string[]): Blocking<Naming> {
    const names = new Map<string, string>();
    if (!this.numeric && !this.originalNames) for (const address of new Set(addresses)) names.set(address, yield* reverseName(this.sys, address));
    let unresolved = 0;
    return (address, name) => (address === "" ? (this.originalNames ? name : `ID#${String(++unresolved).padStart(10, "0")}`) : this.originalNames ? name : (names.get(address) ?? address));
  }
}

/** The name of an address as the hosts file or the name server tells it. */
function* reverseName(sys: Sys, address: string): Blocking<string> {
  for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
    const [own, name] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (own === address && name !== undefined) return name;
  }
  if (!/^[\d.]+$/.test(address)) return address;
  const server = /^nameserver\s+([\d.]+)/m.exec((yield* readTextFile(sys, "/etc/resolv.conf")) ?? "")?.[1];
  if (server === undefined) return address;
  const answer = yield* ask(sys, server, `${address.split(".").reverse().join(".")}.in-addr.arpa`, 12);
  return answer?.records.find((record) => record.type === 12)?.data ?? address;
}

export default program(
  { name: "chronyc", summary: "watch and steer chronyd", synopsis: ["[OPTION]... [COMMAND]..."], options: OPTIONS, operands: "none", seeAlso: ["chronyd(8)", "chrony.conf(5)"] },
  function* (sys, argv, io) {
    const flags = new Set<string>();
    let hosts: readonly string[] = [COMMAND_SOCKET, "127.0.0.1", "::1"];
    let port = COMMAND_PORT;
    const commands: string[] = [];
    const usage = (): string => `Usage: ${argv[0] ?? "chronyc"} [OPTION]... [COMMAND]...\n\nOptions:\n${OPTIONS.map((option) => `  ${option.names[0] === "--help" ? "    --help" : option.names.join(", ")}${option.argument === undefined ? "" : ` ${option.argument}`}\t${option.names.length === 1 && option.argument === undefined && option.names[0] !== "--help" ? "\t" : ""}${option.help}\n`).join("")}`;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (commands.length > 0 || !word.startsWith("-") || word === "-") {
        commands.push(word);
        continue;
      }
      if (word === "--help" || word === "--version" || word === "-v") {
        io.out.put(word === "--help" ? usage() : "chronyc (chrony) version 4.3 (+READLINE +SECHASH +IPV6 -DEBUG)\n");
        return 0;
      }
      for (let letter = 1; letter < word.length; letter++) {
        const name = word.charAt(letter);
        if (name === "h" || name === "p") {
          const value = word.slice(letter + 1) || argv[++at];
          if (value === undefined) {
            yield* io.warn(`option requires an argument -- '${name}'`);
            io.out.put(usage());
            return 1;
          }
          if (name === "h") hosts = value.split(",");
          else port = Number(value);
          break;
        }
        if (!"46nNcmadf".includes(name)) {
          yield* io.warn(`invalid option -- '${name}'`);
          io.out.put(usage());
          return 1;
        }
        flags.add(name);
      }
    }
    sys.sigaction(SIGNALS.PIPE, "ignore");
    const session = new Session(io, hosts, port, flags);
    try {
      if (commands.length === 0) return yield* interactive(session);
      let good = true;
      for (const line of flags.has("m") ? commands : [commands.join(" ")]) {
        good = (yield* command(session, line.trim().split(/\s+/))) !== false;
        if (!good) break;
      }
      return good ? 0 : 1;
    } finally {
      session.close();
    }
  },
);

function* interactive(session: Session): Blocking<number> {
  const { io, sys } = session;
  const atTerminal = sys.isatty(0);
  if (atTerminal) io.out.put("chrony version 4.3\nCopyright (C) 1997-2003, 2007, 2009-2022 Richard P. Curnow and others\nchrony comes with ABSOLUTELY NO WARRANTY.  (Simulated: own code.)\n\n");
  const reader = atTerminal ? new ProgramLineReader(sys, {
    application: "chronyc",
    *complete(before, word) {
      const all = HELP.flatMap(([, commands]) => commands.flatMap(([syntax]) => syntax.split(" ")[0]?.split("|") ?? []));
      return before.trim() === "" ? all.filter((name) => name.startsWith(word)) : [];
    },
  }) : undefined;
  let good = true;
  for (;;) {
    let line: string | undefined;
    yield* io.out.flush();
    if (reader === undefined) line = yield* io.stdin.line();
    else {
      try {
        line = yield* reader.readLine("chronyc> ");
      } catch (error) {
        if (!(error instanceof LineInterrupted)) throw error;
        return 0;
      }
      if (line !== undefined && line !== "") reader.addHistory(line);
    }
    if (line === undefined) break;
    const outcome = yield* command(session, line.trim().split(/\s+/));
    if (outcome === "quit") break;
    good = outcome;
  }
  return good ? 0 : 1;
}

/** Commands that only carry their words: how many they need, and the numbers among them. */
const PLAIN = new Map<string, readonly [least: number, most: number]>([
  ["reselect", [0, 0]], ["reselectdist", [1, 1]], ["maxupdateskew", [1, 1]], ["refresh", [0, 0]], ["rekey", [0, 0]], ["dump", [0, 0]], ["cyclelogs", [0, 0]], ["writertc", [0, 0]], ["trimrtc", [0, 0]], ["rtcdata", [0, 0]], ["smoothing", [0, 0]], ["smoothtime", [1, 1]], ["onoffline", [0, 0]], ["shutdown", [0, 0]],
  ["online", [0, 1]], ["offline", [0, 1]], ["delete", [1, 1]], ["local", [0, 9]], ["minpoll", [2, 2]], ["maxpoll", [2, 2]], ["minstratum", [2, 2]], ["maxdelay", [2, 2]], ["maxdelayratio", [2, 2]], ["maxdelaydevratio", [2, 2]], ["polltarget", [2, 2]], ["doffset", [1, 1]], ["dfreq", [1, 1]],
]);

/** What is said of a value that is no number: nothing, for some. */
const NUMBERS = new Map([["maxupdateskew", ""], ["reselectdist", ""], ["dfreq", "Invalid value"], ["doffset", "Invalid value"]]);
const SOURCE_SETTINGS = /^(?:minpoll|maxpoll|minstratum|maxdelay|maxdelayratio|maxdelaydevratio|polltarget)$/;

const isAddress = (word: string | undefined): boolean => word !== undefined && (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(word) || /^[0-9a-f:]+:[0-9a-f:.]*$/i.test(word));

function* isHost(sys: Sys, word: string): Blocking<boolean> {
  if (isAddress(word)) return true;
  try {
    return (yield* lookUpHost(sys, word)).length > 0;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    return false;
  }
}

function* command(session: Session, words: readonly string[]): Blocking<boolean | "quit"> {
  const { io, sys } = session;
  const [name = "", first, second] = words;
  const say = (line: string): void => io.out.put(`${line}\n`);
  const refused = (text: string): false => {
    if (text !== "") say(text);
    return false;
  };
  const invalid = (): false => refused(`Invalid syntax for ${name} command`);
  const told = (reply: Reply | undefined): boolean => {
    if (reply !== undefined) say(STATUS_TEXT[reply.status]);
    return reply?.status === "ok" || reply?.status === "allowed" || reply?.status === "denied";
  };
  const shown = (reply: Reply | undefined): reply is Reply => {
    if (reply !== undefined && reply.status !== "ok") say(STATUS_TEXT[reply.status]);
    return reply?.status === "ok";
  };
  const csv = session.csv;
  switch (name) {
    case "": case "#": return true;
    case "quit": case "exit": return "quit";
    case "help":
      io.out.put(helpPage());
      return true;
    case "tracking": {
      const reply = yield* session.ask("tracking");
      if (!shown(reply) || reply.tracking === undefined) return false;
      const { referenceAddress, referenceId, stratum } = reply.tracking;
      const naming = yield* session.naming(referenceAddress === "" ? [] : [referenceAddress]);
      io.out.put(trackingReport(reply.tracking, referenceAddress === "" ? (stratum === 1 ? referenceName(referenceId) : "") : naming(referenceAddress, referenceAddress), csv));
      return true;
    }
    case "sources": case "sourcestats": case "selectdata": case "authdata": {
      const all = words.includes("-a");
      const reply = yield* session.ask(name, all ? "all" : "known");
      if (!shown(reply) || reply.sources === undefined) return false;
      const naming = yield* session.naming(reply.sources.filter((source) => source.address !== "" && source.kind !== "refclock").map((source) => source.address));
      const report = { sources: sourcesReport, sourcestats: statisticsReport, selectdata: selectionReport, authdata: authenticationReport }[name];
      io.out.put(report(name === "authdata" ? reply.sources.filter((source) => source.kind !== "refclock") : reply.sources, naming, csv, words.includes("-v")));
      return true;
    }
    case "activity": {
      const reply = yield* session.ask("activity");
      if (!shown(reply) || reply.activity === undefined) return false;
      if (!csv) say("200 OK");
      io.out.put(activityReport(reply.activity, csv));
      return true;
    }
    case "sourcename": {
      if (!isAddress(first)) return refused("Could not read address");
      const reply = yield* session.ask("sourcename", first ?? "");
      if (!shown(reply)) return false;
      say(reply.name ?? "");
      return true;
    }
    case "ntpdata": {
      if (first !== undefined && !(yield* isHost(sys, first))) return refused("Could not get address for hostname");
      const reply = yield* session.ask(...words.slice(0, 2));
      if (!shown(reply)) return false;
      io.out.put(ntpReport(reply.ntp ?? [], csv));
      return true;
    }
    case "serverstats": {
      const reply = yield* session.ask("serverstats");
      if (!shown(reply)) return false;
      io.out.put(counterReport(reply.counters ?? [], csv));
      return true;
    }
    case "clients": {
      const least = Number(words[words.indexOf("-p") + 1]);
      const reply = yield* session.ask("clients");
      if (!shown(reply)) return false;
      const clients = (reply.clients ?? []).filter((client) => !words.includes("-p") || client.ntp + client.commands >= least);
      io.out.put(clientsReport(clients, yield* session.naming(clients.map((client) => client.address)), csv));
      return true;
    }
    case "makestep":
      if (words.length !== 1 && (words.length !== 3 || [first, second].some((word) => Number.isNaN(Number(word))))) return refused("Bad syntax for makestep command");
      return told(yield* session.ask(...words));
    case "burst":
      if (!/^\d+\/\d+$/.test(first ?? "")) return invalid();
      return told(yield* session.ask(...words));
    case "add": {
      if ((first !== "server" && first !== "pool" && first !== "peer") || second === undefined) return invalid();
      try {
        yield* lookUpHost(sys, second);
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
        say("Invalid host/IP address");
        return false;
      }
      const reply = yield* session.ask(...words);
      return reply?.status === "invalid" ? invalid() : told(reply);
    }
    case "allow": case "deny": case "cmdallow": case "cmddeny": {
      const subnet = first === "all" ? second : first;
      if (subnet !== undefined && parseSubnet(subnet) === undefined) {
        return refused("Could not read address");
      }
      return told(yield* session.ask(...words));
    }
    case "accheck": case "cmdaccheck":
      return isAddress(first) ? told(yield* session.ask(...words)) : refused("Could not read address");
    case "reset": case "reload":
      return first === "sources" ? told(yield* session.ask(...words)) : invalid();
    case "manual": {
      if (first === "list") {
        const reply = yield* session.ask("manual-list");
        if (!shown(reply)) return false;
        io.out.put(manualReport(reply.entries ?? []));
        return true;
      }
      if (first === undefined || !["on", "off", "reset", "delete"].includes(first)) return invalid();
      return told(yield* session.ask(...words));
    }
    case "settime": {
      // the daemon is asked even for nothing
      if (first === undefined && (yield* session.ask("settime", "")) === undefined) return false;
      const nowUs = sys.clockUs("realtime");
      const when = parseDate(words.slice(1).join(" "), yield* readZone(sys, undefined), { epochSeconds: Math.floor(nowUs / 1e6), nanoseconds: 0 });
      if (first === undefined || when === undefined) {
        say("510 - Could not parse date string");
        return invalid();
      }
      const reply = yield* session.ask("settime", String(when.epochSeconds * 1e6));
      if (!told(reply) || reply?.offsetSeconds === undefined) return false;
      say(`Clock was ${Math.abs(reply.offsetSeconds).toFixed(2)} seconds ${reply.offsetSeconds > 0 ? "fast" : "slow"}.  Frequency change = 0.00ppm, new frequency = 0.00ppm`);
      return true;
    }
    case "waitsync": return yield* waitSync(session, words);
    case "dns":
      if (first === "-n" || first === "+n") session.numeric = first === "-n";
      else if (first !== "-4" && first !== "-6" && first !== "-46") {
        say("Unrecognized dns command");
        return false;
      }
      return true;
    case "timeout":
      if (!/^\d+$/.test(first ?? "")) return invalid();
      if (Number(first) < 100) {
        say(`Timeout ${first ?? ""} is too short`);
        return false;
      }
      return true;
    case "retries": return true;
    case "keygen": {
      const bytes = Number(words[3] ?? 160) / 8;
      if ((first !== undefined && !/^\d+$/.test(first)) || !Number.isInteger(bytes) || bytes < 10 || bytes > 512) return invalid();
      say(`${first ?? "1"} ${second ?? "SHA1"} HEX:${[...sys.random(bytes)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("")}`);
      return true;
    }
    default: {
      const counts = PLAIN.get(name);
      if (counts === undefined) {
        say("Unrecognized command");
        return false;
      }
      const numbers = NUMBERS.get(name);
      if (numbers !== undefined && (first === undefined || Number.isNaN(Number(first)))) return refused(numbers);
      if (SOURCE_SETTINGS.test(name) && (first === undefined || second === undefined || Number.isNaN(Number(second)))) return refused("Invalid syntax for address value");
      if (name === "delete" && first === undefined) return refused("Invalid syntax for address");
      if ((name === "online" || name === "offline") && first !== undefined && !first.includes("/") && !(yield* isHost(sys, first))) return refused("Could not get address for hostname");
      if (name === "local" && first !== undefined && !/^(?:off|(?:(?:stratum|distance) [\d.]+ ?|orphan ?)+)$/.test(words.slice(1).join(" "))) return invalid();
      if (words.length - 1 < counts[0] || words.length - 1 > counts[1]) return invalid();
      return told(yield* session.ask(...words));
    }
  }
}

function* waitSync(session: Session, words: readonly string[]): Blocking<boolean> {
  const [most = 0, correction = 0, skew = 0, seconds = 10] = words.slice(1).map(Number);
  for (let attempt = 1; ; attempt++) {
    const tracking = (yield* session.ask("tracking"))?.tracking;
    if (tracking !== undefined) {
      session.io.out.put(`try: ${attempt}, refid: ${(tracking.referenceId >>> 0).toString(16).toUpperCase().padStart(8, "0")}, correction: ${Math.abs(tracking.pendingSeconds).toFixed(9)}, skew: ${tracking.skewPpm.toFixed(3)}\n`);
      yield* session.io.out.flush();
      if (tracking.leap !== 3 && (correction === 0 || Math.abs(tracking.pendingSeconds) <= correction) && (skew === 0 || tracking.skewPpm <= skew)) return true;
    }
    if (most !== 0 && attempt >= most) return false;
    yield* session.sys.sleep(seconds * 1e6);
  }
}
