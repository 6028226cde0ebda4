// arp: shows the kernel's table of neighbours (arp(8), net-tools 2.10), read from /proc/net/arp as the real one does.
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";
import { hostNames } from "./_routing-table.ts";

const noEntries = "the kernel here takes no entries from outside";
const OPTIONS = {
  bsd: flag(["-a"], "one sentence for each host"), linux: flag(["-e"], "a table (the default)"), set: unsimulated(["-s", "--set"], "make an entry", noEntries), remove: unsimulated(["-d", "--delete"], "take an entry away", noEntries), file: unsimulated(["-f", "--file"], "make the entries of a file", noEntries),
  verbose: flag(["-v", "--verbose"], "say how many there are"), numeric: flag(["-n", "--numeric"], "show addresses, not names"), device: text(["-i", "--device"], "IF", "only of this interface"), hardware: text(["-H", "--hw-type", "-t"], "TYPE", "only of this hardware type"), version: flag(["-V", "--version"], "show the version"), help: flag(["-h", "--help"], "show how it is called"),
} as const;

const usage = `Usage:
  arp [-vn]  [<HW>] [-i <if>] [-a] [<hostname>]

${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

export default gnu({
  name: "arp", path: "/usr/sbin/arp", manSection: 8, usageStatus: 3, tryLine: () => usage, summary: "show the ARP table of the kernel", synopsis: ["[-vn] [-H TYPE] [-i IF] [-ae] [HOSTNAME]"], options: OPTIONS, operands: "hosts", seeAlso: ["ip-neighbour(8)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("net-tools 2.10\n");
      return 0;
    }
    if (options.help) {
      yield* io.stderr(usage);
      return 0;
    }
    const names = options.numeric ? new Map<string, string>() : yield* hostNames(sys);
    const [host] = operands;
    const wanted = host === undefined ? undefined : ([...(yield* hostNames(sys))].find(([, name]) => name === host)?.[0] ?? host);
    const entries = ((yield* readTextFile(sys, "/proc/net/arp")) ?? "").split("\n").slice(1).filter((line) => line !== "").map((line) => line.split(/\s+/));
    let shown = 0;
    for (const [address = "", , state = "", mac = "", , device = ""] of entries) {
      if ((options.device !== undefined && device !== options.device) || (wanted !== undefined && address !== wanted)) continue;
      const bits = Number(state);
      const complete = (bits & 2) !== 0;
      const permanent = (bits & 4) !== 0;
      if (options.bsd) io.out.put(`${names.get(address) ?? "?"} (${address}) at ${complete ? `${mac} [ether] ` : "<incomplete> "}${permanent ? "PERM " : ""}on ${device}\n`);
      else {
        if (shown === 0) io.out.put("Address                  HWtype  HWaddress           Flags Mask            Iface\n");
        io.out.put(`${(names.get(address) ?? address).slice(0, 23).padEnd(23)}  ${complete ? `${"ether".padEnd(7)} ${mac.padEnd(19)} ` : `${"".padEnd(7)} ${"(incomplete)".padEnd(19)} `}${`${complete ? "C" : ""}${permanent ? "M" : ""}`.padEnd(5)} ${"".padEnd(15)} ${device}\n`);
      }
      shown++;
    }
    if (options.verbose) io.out.put(`Entries: ${entries.length}\tSkipped: ${entries.length - shown}\tFound: ${shown}\n`);
    if (shown > 0) return 0;
    if (host !== undefined) io.out.put(`${host} (${wanted ?? host}) -- no entry\n`);
    else if (options.device !== undefined) io.out.put(`arp: in ${entries.length} entries no match found.\n`);
    return 0;
  },
});
