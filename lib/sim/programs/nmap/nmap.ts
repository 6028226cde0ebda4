// nmap: which hosts are there and which of their ports are open (nmap(1), 7.93). Every scan of TCP is a connection here, whatever its name: answers are the same.
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import { readTextFile } from "../kit/accounts.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, flag, partly, program, text, unsimulated } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { LIKELIEST_PORTS, PORT_NAMES, USUAL_PORTS } from "./_ports.ts";
import { type PortState, type Version, connects, datagrams, isUp, versionOf } from "./_scan.ts";

const HEAD = "Nmap 7.93 ( https://nmap.org )";
const OPTIONS = [
  text(["-iL"], "FILE", "the targets are in FILE"), text(["--exclude"], "HOST,...", "not these"), flag(["-sL"], "only list the targets"), flag(["-sn", "-sP"], "only look who is there"), flag(["-Pn"], "take every host as there"), flag(["-n"], "look no name up"), flag(["-R"], "look every name up"),
  flag(["-sS"], "half-open connections (whole ones here)"), flag(["-sT"], "connections"), flag(["-sU"], "datagrams"), text(["-p"], "PORTS", "these ports: 22, 1-100, http, - for all"), flag(["-F"], "the 100 likeliest ports"), text(["--top-ports"], "NUMBER", "so many of the likeliest ports"), flag(["-r"], "one port after the other"),
  flag(["-sV"], "ask open ports for name and version"), unsimulated(["-sC"], "run the usual scripts", "there are no scripts here"), unsimulated(["-O"], "guess the operating system", "all systems answer alike here"), partly(flag(["-A"], "-sV, -O, scripts and the way"), "only -sV"), text(["-T"], "0-5", "how fast"),
  text(["-oN"], "FILE", "the result into FILE too"), text(["-oG"], "FILE", "for grep into FILE"), unsimulated(["-oX"], "XML into FILE", "nothing here reads it", "FILE"), flag(["-v"], "say more"), flag(["--reason"], "why a port is what it is"), flag(["--open"], "only open ports"), flag(["-6"], "IPv6"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show this"),
];

interface Request {
  readonly mode: "ports" | "ping" | "list";
  readonly udp: boolean;
  readonly connect: boolean;
  readonly assumeUp: boolean;
  readonly names: boolean;
  readonly versions: boolean;
  readonly reason: boolean;
  readonly openOnly: boolean;
  readonly six: boolean;
  readonly ports: string | number | undefined;
  readonly targets: readonly string[];
  readonly excluded: ReadonlySet<string>;
  readonly listFile: string | undefined;
  readonly normalFile: string | undefined;
  readonly grepFile: string | undefined;
  readonly refused: string | undefined;
}

const VALUED = new Set(["-iL", "--exclude", "-p", "--top-ports", "-oN", "-oG", "-oX", "-oA", "-e", "-S", "-g", "--source-port", "--max-retries", "--host-timeout", "--min-rate", "--max-rate", "--version-intensity", "--script", "--dns-servers", "-D", "--ttl", "--scan-delay"]);
const KNOWN = new Set(["-sL", "-sn", "-sP", "-Pn", "-P0", "-PN", "-n", "-R", "-sS", "-sT", "-sU", "-F", "-r", "-sV", "-sC", "-O", "-A", "-v", "-vv", "-d", "--reason", "--open", "-6", "-PE", "-PS", "-PA", "-PU", "--system-dns", "--privileged", "--unprivileged", "--noninteractive", "--send-ip", "--send-eth", "--packet-trace", "--traceroute", "--version-light", "--version-all"]);

/** A text and a status that end it at once. */
class End extends Error {
  readonly status: number;
  readonly standard: boolean;
  constructor(message: string, status: number, standard = false) {
    super(message);
    this.status = status;
    this.standard = standard;
  }
}

function requestOf(argv: readonly string[]): Request {
  const given = new Map<string, string>();
  const targets: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      targets.push(word);
      continue;
    }
    const [long = "", ...inline] = word.startsWith("--") ? word.split("=") : [word];
    const glued = word.startsWith("--") ? undefined : [...VALUED].find((one) => word.startsWith(one) && one.length < word.length && !KNOWN.has(word));
    if (/^-T(?:[0-5]|paranoid|sneaky|polite|normal|aggressive|insane)?$/.test(word)) {
      if (word === "-T") at++;
    } else if (VALUED.has(long)) {
      const value = inline.length > 0 ? inline.join("=") : argv[++at];
      if (value === undefined) throw new End(`nmap: option requires an argument -- '${long.replace(/^-+/, "")}'\nSee the output of nmap -h for a summary of options.\n`, 255);
      given.set(long, value);
    } else if (glued !== undefined) given.set(glued, word.slice(glued.length));
    else if (word === "-V" || word === "--version") throw new End("Nmap version 7.93 ( https://nmap.org )\nPlatform: x86_64-pc-linux-gnu\nCompiled with: liblua-5.3.6 openssl-3.0.8 libssh2-1.10.0 libz-1.2.13 libpcre-8.39 libpcap-1.10.3 nmap-libdnet-1.12 ipv6\nCompiled without:\nAvailable nsock engines: epoll poll select\n", 0, true);
    else if (word === "-h" || word === "--help") throw new End(usage(), 0, true);
    else if (KNOWN.has(word)) given.set(word, "");
    // several scans in one word: -sSV
    else if (/^-s[STUnVCL]{2,}$/.test(word)) for (const letter of word.slice(2)) given.set(`-s${letter}`, "");
    else throw new End(`nmap: unrecognized option '${word}'\nSee the output of nmap -h for a summary of options.\n`, 255);
  }
  const has = (...names: string[]): boolean => names.some((name) => given.has(name));
  return {
    mode: has("-sL") ? "list" : has("-sn", "-sP") ? "ping" : "ports", udp: has("-sU"), connect: has("-sT"), assumeUp: has("-Pn", "-P0", "-PN"), names: !has("-n"), versions: has("-sV", "-A"), reason: has("--reason"), openOnly: has("--open"), six: has("-6"),
    ports: given.get("-p") ?? (has("-F") ? 100 : given.has("--top-ports") ? Number(given.get("--top-ports")) : undefined), targets, excluded: new Set((given.get("--exclude") ?? "").split(",")), listFile: given.get("-iL"), normalFile: given.get("-oN"), grepFile: given.get("-oG"),
    refused: ["-O", "-sC", "--script", "-oX", "-oA"].find((name) => given.has(name)),
  };
}

const usage = (): string => `${HEAD}\nUsage: nmap [Scan Type(s)] [Options] {target specification}\n${OPTIONS.map((option) => optionLines(option)).join("")}SEE THE MAN PAGE (https://nmap.org/book/man.html) FOR MORE OPTIONS AND EXAMPLES\n`;

// ---- ports

function* serviceNames(sys: Sys, kind: "tcp" | "udp"): Blocking<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const match = /^(\S+)\s+(\d+)\/(tcp|udp)/.exec(line);
    if (match !== null && match[3] === kind && !names.has(Number(match[2]))) names.set(Number(match[2]), match[1] ?? "");
  }
  if (kind === "tcp") for (const [port, name] of PORT_NAMES) names.set(port, name);
  return names;
}

function portsOf(given: Request["ports"], names: ReadonlyMap<number, string>): readonly number[] {
  if (typeof given === "number") {
    const first = LIKELIEST_PORTS.slice(0, given);
    const more = given > first.length ? portsOf(USUAL_PORTS, names).filter((port) => !first.includes(port)).slice(0, given - first.length) : [];
    return [...first, ...more].sort((a, b) => a - b);
  }
  const found = new Set<number>();
  for (const raw of (given ?? USUAL_PORTS).split(",")) {
    const word = raw.replace(/^[TU]:/, "");
    const range = /^(\d*)-(\d*)$/.exec(word);
    if (range !== null) {
      const from = range[1] === "" ? 1 : Number(range[1]);
      const to = range[2] === "" ? 65_535 : Number(range[2]);
      if (from > to) throw new End(`Your port range ${from}-${to} is backwards. Did you mean ${to}-${from}?\nQUITTING!\n`, 1);
      if (to > 65_535) throw new End("Ports specified must be between 0 and 65535 inclusive\nQUITTING!\n", 1);
      for (let port = from; port <= to; port++) found.add(port);
    } else if (/^\d+$/.test(word)) {
      if (Number(word) > 65_535) throw new End("Ports specified must be between 0 and 65535 inclusive\nQUITTING!\n", 1);
      found.add(Number(word));
    } else {
      const named = [...names].filter(([, name]) => name === word);
      if (named.length === 0) throw new End(`Found no matches for the service mask '${word}' and your specified protocols\nQUITTING!\n`, 1);
      for (const [port] of named) found.add(port);
    }
  }
  return [...found].sort((a, b) => a - b);
}

// ---- targets

interface Target {
  readonly address: string;
  /** as it was written */
  readonly name: string | undefined;
}

const most = 65_536;

/** 10.0.0.1, 10.0.0.0/24, 10.0.0-3.1-254 or a name. */
function* targetsOf(sys: Sys, io: Io, word: string, six: boolean): Blocking<readonly Target[]> {
  const [base = "", bits] = word.split("/");
  if (six || base.includes(":")) return [{ address: base, name: undefined }];
  const octets = base.split(".");
  if (octets.length === 4 && octets.every((octet) => /^[\d*,-]+$/.test(octet))) {
    const lists = octets.map((octet) => octet.split(",").flatMap((part) => {
      const [from = "", to] = part === "*" ? ["0", "255"] : part.split("-");
      const first = Number(from === "" ? 0 : from);
      const last = to === undefined ? first : Number(to === "" ? 255 : to);
      return Array.from({ length: Math.max(0, Math.min(255, last) - first + 1) }, (_, index) => first + index);
    }));
    const all = lists.reduce<readonly string[]>((made, list) => (made.length * list.length > most ? made : made.flatMap((head) => list.map((octet) => (head === "" ? String(octet) : `${head}.${octet}`)))), [""]);
    if (bits === undefined) return all.map((address) => ({ address, name: undefined }));
    const length = Number(bits);
    if (!(length >= 0 && length <= 32)) throw new End(`Illegal netmask in "${word}". Assuming /32 (one host)\n`, 1);
    const size = 2 ** (32 - Math.max(16, length));
    const value = base.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const first = value - (value % size);
    return Array.from({ length: size }, (_, index) => ({ address: [24, 16, 8, 0].map((shift) => Math.floor((first + index) / 2 ** shift) % 256).join("."), name: undefined }));
  }
  try {
    const [address] = (yield* lookUpHost(sys, base)).filter((one) => !one.includes(":"));
    return address === undefined ? [] : [{ address, name: base }];
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    yield* io.stderr(`Failed to resolve "${word}".\n`);
    return [];
  }
}

// ---- what is written

const latency = (seconds: number): string => {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.max(1e-7, seconds))));
  return `${seconds.toFixed(digits)}s latency`;
};

const VENDORS = new Map([["52:54:00", "QEMU virtual NIC"], ["08:00:27", "Oracle VirtualBox virtual NIC"], ["00:0c:29", "VMware"], ["00:50:56", "VMware"], ["00:16:3e", "Xensource"]]);

class Scan {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #request: Request;
  readonly #root: boolean;
  readonly #hosts = new Map<string, string>();
  #servers: readonly string[] = [];
  text = "";
  grep = "";

  constructor(sys: Sys, io: Io, request: Request) {
    this.#sys = sys;
    this.#io = io;
    this.#request = request;
    this.#root = sys.getcred().euid === 0;
  }

  *#put(text: string): Blocking<void> {
    this.text += text;
    if (this.#request.normalFile !== "-" && this.#request.grepFile !== "-") yield* this.#io.out.print(text);
  }

  *run(names: ReadonlyMap<number, string>, ports: readonly number[]): Blocking<void> {
    const { targets, listFile, mode, excluded, six } = this.#request;
    const startUs = this.#sys.clockUs("monotonic");
    for (const line of ((yield* readTextFile(this.#sys, "/etc/hosts")) ?? "").split("\n")) {
      const [address, name] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      if (address !== undefined && name !== undefined && !this.#hosts.has(address)) this.#hosts.set(address, name);
    }
    ({ servers: this.#servers } = yield* resolvers(this.#sys));
    const listed = listFile === undefined ? [] : ((yield* readTextFile(this.#sys, listFile === "-" ? "/dev/stdin" : listFile)) ?? "").split(/\s+/).filter((word) => word !== "");
    let [hosts, up] = [0, 0];
    for (const word of [...listed, ...targets]) {
      for (const target of yield* targetsOf(this.#sys, this.#io, word, six)) {
        if (excluded.has(target.address)) continue;
        if (!this.#reachable(target.address)) {
          yield* this.#io.stderr(`setup_target: failed to determine route to ${target.address}\n`);
          continue;
        }
        hosts++;
        if (mode === "list") yield* this.#put(`Nmap scan report for ${yield* this.#label(target)}\n`);
        else if (yield* this.#host(target, names, ports)) up++;
      }
    }
    if (hosts === 0) yield* this.#io.stderr("WARNING: No targets were specified, so 0 hosts scanned.\n");
    else if (hosts === 1 && up === 0 && mode !== "list") yield* this.#put("Note: Host seems down. If it is really up, but blocking our ping probes, try -Pn\n");
    if (this.#request.versions && up > 0) yield* this.#put("Service detection performed. Please report any incorrect results at https://nmap.org/submit/ .\n");
    const seconds = ((this.#sys.clockUs("monotonic") - startUs) / 1e6).toFixed(2);
    const done = `${hosts} IP address${hosts === 1 ? "" : "es"} (${up} host${up === 1 ? "" : "s"} up) scanned in ${seconds} seconds`;
    const stamp = dateText(this.#sys, yield* readZone(this.#sys));
    if (this.#request.normalFile === undefined) yield* this.#put(`Nmap done: ${done}\n`);
    else {
      yield* this.#io.out.print(this.#request.normalFile === "-" ? "" : `Nmap done: ${done}\n`);
      this.text += `# Nmap done at ${stamp} -- ${done}\n`;
    }
    this.grep += `# Nmap done at ${stamp} -- ${done}\n`;
  }

  #reachable(address: string): boolean {
    try {
      this.#sys.rtnetlink({ op: "route-get", address });
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
  }

  *#label({ address, name }: Target): Blocking<string> {
    if (name !== undefined) return `${name} (${address})`;
    if (!this.#request.names) return address;
    const found = this.#hosts.get(address) ?? (address.includes(":") ? undefined : (yield* nameOfAddress(this.#sys, this.#servers, address)));
    return found === undefined || address.includes(":") ? address : `${found.replace(/\.$/, "")} (${address})`;
  }

  /** The hardware address of a neighbour, for those who may see it. */
  #hardware(address: string): string {
    const mac = this.#root ? this.#sys.rtnetlink({ op: "neighbour-list" }).find((one) => one.address === address)?.mac : undefined;
    return mac === undefined ? "" : `MAC Address: ${mac.toUpperCase()} (${VENDORS.get(mac.slice(0, 8)) ?? "Unknown"})\n`;
  }

  /** True when it is up. */
  *#host(target: Target, names: ReadonlyMap<number, string>, ports: readonly number[]): Blocking<boolean> {
    const { mode, assumeUp, openOnly, reason } = this.#request;
    const { address } = target;
    const local = address.startsWith("127.") || address === "::1" || this.#sys.rtnetlink({ op: "address-list" }).some((one) => one.address === address);
    const seconds = local ? 0.00005 : yield* isUp(this.#sys, address);
    if (seconds === undefined && !assumeUp) return false;
    const label = yield* this.#label(target);
    const grepLabel = / \((.*)\)$/.test(label) ? label.replace(/^(.*) \((.*)\)$/, "$2 ($1)") : `${address} ()`;
    this.grep += `Host: ${grepLabel}\tStatus: Up\n`;
    const why = reason ? `, received ${local ? "localhost-response" : assumeUp && seconds === undefined ? "user-set" : "echo-reply ttl 64"}` : "";
    const upLine = `Host is up${why}${seconds === undefined || (mode === "ping" && local) ? "" : ` (${latency(seconds)})`}.\n`;
    if (mode === "ping") {
      yield* this.#put(`Nmap scan report for ${label}\n${upLine}${this.#hardware(address)}`);
      return true;
    }
    const states = new Map<number, PortState>();
    for (const port of ports) {
      if (this.#sys.charge(20)) yield* this.#sys.preempt();
      states.set(port, this.#request.udp ? yield* datagrams(this.#sys, address, port) : yield* connects(this.#sys, address, port));
    }
    if (openOnly && ![...states.values()].some((state) => state.startsWith("open"))) return true;
    yield* this.#put(`Nmap scan report for ${label}\n${upLine}`);
    yield* this.#ports(address, label, grepLabel, states, names);
    yield* this.#put(`${this.#hardware(address)}\n`);
    return true;
  }

  #reasonOf(state: PortState): string {
    if (state === "open") return this.#request.udp ? "udp-response" : this.#request.connect || !this.#root ? "syn-ack" : "syn-ack ttl 64";
    if (state === "closed") return this.#request.udp ? "port-unreach" : this.#request.connect || !this.#root ? "conn-refused" : "reset";
    return "no-response";
  }

  *#ports(address: string, label: string, grepLabel: string, states: ReadonlyMap<number, PortState>, names: ReadonlyMap<number, string>): Blocking<void> {
    const kind = this.#request.udp ? "udp" : "tcp";
    const counts = new Map<PortState, number>();
    for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
    // more than 25 of a kind, none of them open, are counted and not listed
    const ignored = [...counts].filter(([state, count]) => state !== "open" && (count > 25 || this.#request.openOnly)).sort((a, b) => b[1] - a[1]);
    const hidden = new Set(ignored.map(([state]) => state));
    const shown = [...states].filter(([, state]) => !hidden.has(state));
    const notShown = ignored.map(([state, count]) => `${count} ${state} ${kind} port${count === 1 ? "" : "s"} (${this.#reasonOf(state)})`).join(", ");
    this.grep += `Host: ${grepLabel}\tPorts: ${shown.map(([port, state]) => `${port}/${state}/${kind}//${names.get(port) ?? ""}///`).join(", ")}${ignored[0] === undefined ? "" : `\tIgnored State: ${ignored[0][0]} (${ignored[0][1]})`}\n`;
    if (shown.length === 0) {
      yield* this.#put(`All ${states.size} scanned ports on ${label} are in ignored states.\nNot shown: ${notShown}\n`);
      return;
    }
    yield* this.#put(ignored.length === 0 ? "\n" : `Not shown: ${notShown}\n`);
    const versions = new Map<number, Version>();
    if (this.#request.versions && kind === "tcp") {
      for (const [port, state] of shown) {
        const version = state === "open" ? yield* versionOf(this.#sys, address, port) : undefined;
        if (version !== undefined) versions.set(port, version);
      }
    }
    const heads = ["PORT", "STATE", "SERVICE", ...(this.#request.reason ? ["REASON"] : []), ...(this.#request.versions ? ["VERSION"] : [])];
    const rows = shown.map(([port, state]) => [`${port}/${kind}`, state, versions.get(port)?.service ?? names.get(port) ?? "unknown", ...(this.#request.reason ? [this.#reasonOf(state)] : []), ...(this.#request.versions ? [versions.get(port)?.text ?? ""] : [])]);
    const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => (row[index] ?? "").length)));
    for (const row of [heads, ...rows]) yield* this.#put(`${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" ").trimEnd()}\n`);
    const systems = [...new Set([...versions.values()].flatMap((version) => (version.system === undefined ? [] : [version.system])))];
    if (systems.length > 0) yield* this.#put(`Service Info: ${systems.sort((a) => (a.startsWith("Host") ? -1 : 1)).join("; ")}\n`);
  }
}

const dateText = (sys: Sys, zone: Zone): string => strftime("%a %b %e %H:%M:%S %Y", civilAtUs(zone, sys.clockUs("realtime")));

function* writeFile(sys: Sys, io: Io, name: string, content: string): Blocking<void> {
  if (name === "-") return void (yield* io.out.print(content));
  const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(content));
  sys.close(fd);
}

export default program({
  name: "nmap", summary: "network exploration tool and port scanner", synopsis: ["[Scan Type...] [Options] {target specification}"], options: OPTIONS, operands: "hosts",
  exitStatuses: [["0", "the scan was made"], ["1", "it could not be"], ["255", "it was called wrongly"]], seeAlso: ["nc(1)", "ss(8)"],
}, function* nmap(sys: Sys, argv: readonly string[], io: Io) {
  try {
    if (argv.length === 1) throw new End(usage(), 255, true);
    const request = requestOf(argv);
    if (request.refused !== undefined) {
      if (request.refused === "-O" && sys.getcred().euid !== 0) throw new End("TCP/IP fingerprinting (for OS scan) requires root privileges.\nQUITTING!\n", 1);
      sys.observe({ kind: "unsimulated", command: "nmap", detail: request.refused });
      throw new End(`nmap: ${request.refused} is not simulated here\nQUITTING!\n`, 1);
    }
    if (argv.includes("-sS") && sys.getcred().euid !== 0) throw new End("You requested a scan type which requires root privileges.\nQUITTING!\n", 1);
    if (request.udp && sys.getcred().euid !== 0) throw new End("You requested a scan type which requires root privileges.\nQUITTING!\n", 1);
    if (request.listFile !== undefined && request.listFile !== "-" && (yield* readTextFile(sys, request.listFile)) === undefined) throw new End(`Failed to open input file ${request.listFile} for reading: No such file or directory (2)\n`, 1);
    const zone = yield* readZone(sys);
    const started = `Starting ${HEAD} at ${strftime("%Y-%m-%d %H:%M %Z", civilAtUs(zone, sys.clockUs("realtime")))}\n`;
    if (request.normalFile !== "-" && request.grepFile !== "-") yield* io.out.print(started);
    const names = yield* serviceNames(sys, request.udp ? "udp" : "tcp");
    const scan = new Scan(sys, io, request);
    const begun = `# Nmap 7.93 scan initiated ${dateText(sys, zone)} as: ${argv.join(" ")}\n`;
    yield* scan.run(names, request.mode === "ports" ? portsOf(request.ports, names) : []);
    if (request.normalFile !== undefined) yield* writeFile(sys, io, request.normalFile, begun + scan.text);
    if (request.grepFile !== undefined) yield* writeFile(sys, io, request.grepFile, begun + scan.grep);
    return 0;
  } catch (error) {
    if (!(error instanceof End)) throw error;
    if (error.standard) io.out.put(error.message);
    else yield* io.stderr(error.message);
    return error.status;
  }
});
