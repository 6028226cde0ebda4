// arp: shows and changes the kernel's table of neighbours (arp(8), net-tools 2.10). It shows what is in /proc/net/arp, as the real one does.
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { hostNames } from "./_routing-table.ts";

const VERSION = `net-tools 2.10
+I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW: (ether) +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 
`;

const USAGE = `Usage:
  arp [-vn]  [<HW>] [-i <if>] [-a] [<hostname>]             <-Display ARP cache
  arp [-v]          [-i <if>] -d  <host> [pub]               <-Delete ARP entry
  arp [-vnD] [<HW>] [-i <if>] -f  [<filename>]            <-Add entry from file
  arp [-v]   [<HW>] [-i <if>] -s  <host> <hwaddr> [temp]            <-Add entry
  arp [-v]   [<HW>] [-i <if>] -Ds <host> <if> [netmask <nm>] pub          <-''-

        -a                       list as BSD does
        -e                       list in columns, as usual
        -s, --set                add an address by hand
        -d, --delete             remove an address
        -v, --verbose            say more
        -n, --numeric            addresses without names
        -i, --device             only of this interface (e.g. eth0)
        -D, --use-device         take the hardware address of a device
        -A, -p, --protocol       the family of protocols
        -f, --file               add what a file lists (/etc/ethers)

  <HW>=Use '-H <hw>' to specify hardware address type. Default: ether
  List of possible hardware types (which support ARP):
    ash (Ash) ether (Ethernet) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) arcnet (ARCnet) 
    dlci (Frame Relay DLCI) fddi (Fiber Distributed Data Interface) hippi (HIPPI) 
    irda (IrLAP) x25 (generic X.25) eui64 (Generic EUI-64) 
`;

const HARDWARE = new Set(["ash", "ether", "ax25", "netrom", "rose", "arcnet", "dlci", "fddi", "hippi", "irda", "x25", "eui64"]);

/** A message on standard error and a status: 255 for what failed, 3 for the usage. */
class Refusal extends Error {
  readonly status: number;
  constructor(message: string, status = 255) {
    super(message);
    this.status = status;
  }
}

interface Request {
  readonly action: "show" | "set" | "delete" | "file";
  readonly bsd: boolean;
  readonly verbose: boolean;
  readonly numeric: boolean;
  readonly useDevice: boolean;
  readonly device: string | undefined;
  readonly words: readonly string[];
}

const LONG = new Map([["verbose", "v"], ["version", "V"], ["all", "a"], ["delete", "d"], ["file", "f"], ["numeric", "n"], ["set", "s"], ["protocol", "A"], ["hw-type", "H"], ["device", "i"], ["help", "h"], ["use-device", "D"]]);

function requestOf(argv: readonly string[]): Request | "version" | "help" {
  let action: Request["action"] = "show";
  let [bsd, verbose, numeric, useDevice] = [false, false, false, false];
  let device: string | undefined;
  const words: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const long = word.startsWith("--") && word.length > 2 ? word.slice(2).split("=")[0] : undefined;
    const letters = long !== undefined ? LONG.get(long) : word.startsWith("-") && word.length > 1 ? word.slice(1) : undefined;
    if (long !== undefined && letters === undefined) throw new Refusal(`arp: unrecognized option '--${long}'\n${USAGE}`, 3);
    if (letters === undefined) {
      words.push(word);
      continue;
    }
    for (let from = 0; from < letters.length; from++) {
      const letter = letters.charAt(from);
      if ("AptHi".includes(letter)) {
        const value = long !== undefined && word.includes("=") ? word.slice(word.indexOf("=") + 1) : from + 1 < letters.length ? letters.slice(from + 1) : argv[++at];
        if (value === undefined) throw new Refusal(`arp: option requires an argument -- '${letter}'\n${USAGE}`, 3);
        if (letter === "i") device = value;
        else if ((letter === "H" || letter === "t") && !HARDWARE.has(value)) throw new Refusal(`arp: ${value}: unknown hardware type.\n`);
        else if ((letter === "A" || letter === "p") && value !== "inet") throw new Refusal(`arp: ${value}: kernel only supports 'inet'.\n`);
        break;
      }
      if (letter === "a") bsd = true;
      else if (letter === "e") bsd = false;
      else if (letter === "n") numeric = true;
      else if (letter === "v") verbose = true;
      else if (letter === "D") useDevice = true;
      else if (letter === "s") action = "set";
      else if (letter === "d") action = "delete";
      else if (letter === "f") action = "file";
      else if (letter === "V") return "version";
      else if (letter === "h") return "help";
      else throw new Refusal(`arp: invalid option -- '${letter}'\n${USAGE}`, 3);
    }
  }
  return { action, bsd, verbose, numeric, useDevice, device, words };
}

function* addressOf(sys: Sys, name: string): Blocking<string> {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return name;
  try {
    const found = (yield* lookUpHost(sys, name)).find((one) => !one.includes(":"));
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    if (error.code === "EAI_AGAIN") throw new Refusal(`${name}: Host name lookup failure\n`);
  }
  throw new Refusal(`${name}: Unknown host\n`);
}

/** The interface that the kernel takes for an address of its networks. */
function linkFor(sys: Sys, address: string, device: string | undefined): number {
  if (device !== undefined) {
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === device);
    if (link === undefined) throw new SysError("ENODEV");
    return link.index;
  }
  const route = sys.rtnetlink({ op: "route-get", address });
  if (route.gateway !== undefined) throw new SysError("ENETUNREACH");
  return route.linkIndex;
}

function* set(sys: Sys, io: Io, request: Request, words: readonly string[]): Blocking<void> {
  const [host, hardware, ...rest] = words;
  if (host === undefined) throw new Refusal("arp: need host name\n");
  const address = yield* addressOf(sys, host);
  if (hardware === undefined) throw new Refusal("arp: need hardware address\n");
  let mac = hardware;
  if (request.useDevice) {
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === hardware);
    if (link === undefined) throw new Refusal(`arp: cant get HW-Address for \`${hardware}': No such device.\n`);
    mac = link.mac;
    yield* io.out.flush();
  } else if (!/^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/i.test(mac)) throw new Refusal("arp: invalid hardware address\n");
  let permanent = true;
  let published = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "temp") permanent = false;
    else if (word === "pub") published = true;
    else if (word === "priv" || word === "trail" || word === "dontpub") continue;
    else if (word === "auto" || word === "dev" || word === "netmask") at++;
    else throw new Refusal(USAGE, 3);
  }
  try {
    if (published && request.device === undefined) throw new SysError("ENODEV");
    if (published) {
      sys.observe({ kind: "unsimulated", command: "arp", detail: "pub" });
      throw new Refusal("arp: published entries are not simulated here\n");
    }
    const linkIndex = linkFor(sys, address, request.device);
    sys.rtnetlink({ op: "neighbour-set", mode: "replace", linkIndex, address, mac: mac.split(":").map((byte) => byte.padStart(2, "0")).join(":"), state: permanent ? "PERMANENT" : "STALE" });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Refusal(`SIOCSARP: ${error.message}\n`);
  }
}

function* remove(sys: Sys, request: Request): Blocking<void> {
  const [host] = request.words;
  if (host === undefined) throw new Refusal("arp: need host name\n");
  const address = yield* addressOf(sys, host);
  // without an interface the kernel is asked for each that has it
  if (((sys.capget().effective >> 12n) & 1n) === 0n) throw new Refusal("SIOCDARP(dontpub): Operation not permitted\n");
  const device = request.device === undefined ? undefined : sys.rtnetlink({ op: "link-list" }).find((one) => one.name === request.device);
  if (request.device !== undefined && device === undefined) throw new Refusal("SIOCDARP(dontpub): No such device\n");
  const found = sys.rtnetlink({ op: "neighbour-list" }).filter((one) => one.address === address && (device === undefined || one.linkIndex === device.index));
  if (found.length === 0) throw new Refusal(`No ARP entry for ${host}\n`);
  for (const one of found) sys.rtnetlink({ op: "neighbour-delete", linkIndex: one.linkIndex, address });
}

/** A line of ethers(5) each: host, hardware address, what may follow them at -s. */
function* fromFile(sys: Sys, io: Io, request: Request): Blocking<void> {
  const name = request.words[0] ?? "/etc/ethers";
  const content = yield* readTextFile(sys, name);
  if (content === undefined) throw new Refusal(`arp: cannot open etherfile ${name} !\n`);
  for (const [index, line] of content.split("\n").entries()) {
    const words = line.split("#")[0]?.split(/\s+/).filter((word) => word !== "") ?? [];
    if (words.length === 0) continue;
    if (words.length === 1) {
      yield* io.stderr(`arp: format error on line ${index + 1} of etherfile ${name} !\n`);
      continue;
    }
    try {
      yield* set(sys, io, request, words);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      yield* io.stderr(`${error.message}arp: cannot set entry on line ${index + 1} of etherfile ${name} !\n`);
    }
  }
}

function* show(sys: Sys, io: Io, request: Request): Blocking<void> {
  const names = request.numeric ? new Map<string, string>() : yield* hostNames(sys);
  const [host] = request.words;
  const wanted = host === undefined ? undefined : yield* addressOf(sys, host);
  const entries = ((yield* readTextFile(sys, "/proc/net/arp")) ?? "").split("\n").slice(1).filter((line) => line !== "").map((line) => line.split(/\s+/));
  let shown = 0;
  for (const [address = "", , state = "", mac = "", , device = ""] of entries) {
    if ((request.device !== undefined && device !== request.device) || (wanted !== undefined && address !== wanted)) continue;
    const bits = Number(state);
    const complete = (bits & 2) !== 0;
    const permanent = (bits & 4) !== 0;
    if (request.bsd) io.out.put(`${names.get(address) ?? "?"} (${address}) at ${complete ? `${mac} [ether] ` : "<incomplete> "}${permanent ? "PERM " : ""}on ${device}\n`);
    else {
      if (shown === 0) io.say("Address                  HWtype  HWaddress           Flags Mask            Iface\n");
      io.out.put(`${(names.get(address) ?? address).slice(0, 23).padEnd(23)}  ${complete ? `${"ether".padEnd(7)} ${mac.padEnd(19)} ` : `${"".padEnd(7)} ${"(incomplete)".padEnd(19)} `}${`${complete ? "C" : ""}${permanent ? "M" : ""}`.padEnd(5)} ${"".padEnd(15)} ${device}\n`);
    }
    shown++;
  }
  if (request.verbose) io.say(`Entries: ${entries.length}\tSkipped: ${entries.length - shown}\tFound: ${shown}\n`);
  if (shown > 0) return;
  if (host !== undefined) io.out.put(`${host} (${wanted ?? host}) -- no entry\n`);
  else if (request.device !== undefined) io.say(`arp: in ${entries.length} entries no match found.\n`);
}

export default program({
  name: "arp", showsHelp: true, path: "/usr/sbin/arp", manSection: 8, summary: "show and change the ARP table of the kernel", operands: "hosts",
  synopsis: ["[-vn] [-H TYPE] [-i IF] [-ae] [HOSTNAME]", "[-v] [-i IF] -d HOSTNAME", "[-v] [-H TYPE] [-i IF] -s HOSTNAME HW_ADDR [temp]", "[-vnD] [-H TYPE] [-i IF] -f [FILENAME]"],
  options: [
    flag(["-a"], "one sentence for each host"), flag(["-e"], "a table (the default)"), flag(["-s", "--set"], "make an entry"), flag(["-d", "--delete"], "take an entry away"), flag(["-f", "--file"], "make the entries of a file, /etc/ethers without a name"),
    flag(["-v", "--verbose"], "say how many there are"), flag(["-n", "--numeric"], "show addresses, not names"), text(["-i", "--device"], "IF", "of or on this interface"), flag(["-D", "--use-device"], "the hardware address is that of an interface"),
    text(["-H", "-t", "--hw-type"], "TYPE", "this type of hardware"), text(["-A", "-p", "--protocol"], "FAMILY", "only inet"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show how it is called"),
  ],
  exitStatuses: [["0", "all went well"], ["3", "it was called wrongly"], ["255", "it failed"]], seeAlso: ["ip-neighbour(8)", "ethers(5)"],
}, function* arp(sys, argv, io: Io) {
  try {
    const request = requestOf(argv);
    if (request === "version") {
      io.out.put(VERSION);
      return 0;
    }
    if (request === "help") {
      yield* io.stderr(USAGE);
      return 0;
    }
    if (request.action === "set") yield* set(sys, io, request, request.words);
    else if (request.action === "delete") yield* remove(sys, request);
    else if (request.action === "file") yield* fromFile(sys, io, request);
    else yield* show(sys, io, request);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* io.stderr(error.message);
    return error.status;
  }
});
