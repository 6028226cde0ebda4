// ifdata: one fact of a network interface, for scripts.

import type { InterfaceAddress, Link } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program } from "../kit/program.ts";

const OPTIONS = [
  flag(["-e"], "the exit status tells whether it exists"), flag(["-p"], "address, netmask, broadcast and MTU"), flag(["-pe"], "yes or no: whether it exists"), flag(["-pa"], "the IPv4 address"), flag(["-pn"], "the netmask"), flag(["-pN"], "the network's address"), flag(["-pb"], "the broadcast address"),
  flag(["-pm"], "the MTU"), flag(["-ph"], "the hardware address"), flag(["-pf"], "each flag, on or off"), flag(["-si"], "all counters of input"), flag(["-sip"], "packets in"), flag(["-sib"], "bytes in"), flag(["-sie"], "errors in"), flag(["-sid"], "packets dropped at input"),
  flag(["-sif"], "overruns of the input queue"), flag(["-sic"], "compressed packets in"), flag(["-sim"], "multicast packets in"), flag(["-so"], "all counters of output"), flag(["-sop"], "packets out"), flag(["-sob"], "bytes out"), flag(["-soe"], "errors out"), flag(["-sod"], "packets dropped at output"),
  flag(["-sof"], "overruns of the output queue"), flag(["-sox"], "collisions"), flag(["-soc"], "losses of the carrier"), flag(["-som"], "multicast packets out"), flag(["-bips"], "bytes in during one second"), flag(["-bops"], "bytes out during one second"),
];
const KNOWN = new Set(OPTIONS.flatMap(({ names }) => names));
/** In which column of /proc/net/dev a counter is. */
const COUNTERS = new Map([["-sib", 0], ["-sip", 1], ["-sie", 2], ["-sid", 3], ["-sif", 4], ["-sic", 6], ["-sim", 7], ["-sob", 8], ["-sop", 9], ["-soe", 10], ["-sod", 11], ["-sof", 12], ["-sox", 13], ["-soc", 14], ["-som", 15]]);

const number = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const mask = (length: number): number => 2 ** 32 - 2 ** (32 - length);

function flagLines(link: Link): string {
  const ordinary = link.kind !== "loopback" && link.kind !== "sit";
  const rows: readonly (readonly [string, boolean])[] = [
    ["Up", link.up], ["Broadcast", ordinary && link.kind !== "tun"], ["Debugging", false], ["Loopback", link.kind === "loopback"], ["Ppp", link.kind === "tun"], ["No-trailers", false], ["Running", link.up && (link.carrier || link.kind === "loopback")], ["No-arp", link.kind === "tun" || link.kind === "sit" || link.kind === "dummy"],
    ["Promiscuous", link.promiscuous && link.master === undefined], ["All-multicast", false], ["Load-master", false], ["Load-slave", false], ["Multicast", ordinary && link.kind !== "dummy"], ["Port-select", false], ["Auto-detect", false], ["Dynaddr", false], ["Unknown-flags", false],
  ];
  return rows.map(([name, on]) => `${on ? "On " : "Off"} ${name}\n`).join("");
}

export default program(
  { name: "ifdata", summary: "one fact of a network interface", synopsis: ["OPTION... INTERFACE"], options: OPTIONS, operands: "none", showsHelp: true, exitStatuses: [["1", "there is no such interface, or no such fact"]] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    const options = words.filter((word) => word.startsWith("-"));
    const [name, ...more] = words.filter((word) => !word.startsWith("-"));
    if (name === undefined || more.length > 0 || options.length === 0 || options.some((option) => !KNOWN.has(option))) {
      yield* io.stderr(`Usage: ${io.argv0} [options] iface\n`);
      return 1;
    }
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === name);
    const address = link && sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === link.index && one.family === "inet");
    for (const option of options) {
      if (option === "-e") {
        if (link === undefined) return 1;
        continue;
      }
      if (option === "-pe") {
        io.out.put(link === undefined ? "no\n" : "yes\n");
        continue;
      }
      if (link === undefined) {
        yield* io.stderr(option.startsWith("-p") ? `No such network interface: ${name}\n` : `Error getting statistics for ${name}\n`);
        return 1;
      }
      if (option === "-ph" && link.kind === "loopback") {
        yield* io.stderr(`Error: ${name}: no hardware address\n`);
        return 1;
      }
      io.out.put(option.startsWith("-p") ? property(option, link, address) : `${yield* statistic(option, name)}\n`);
    }
    return 0;

    function property(option: string, shown: Link, inet: InterfaceAddress | undefined): string {
      const own = inet?.address ?? "0.0.0.0";
      const netmask = inet === undefined ? "0.0.0.0" : dotted(mask(inet.prefixLength));
      const broadcast = inet?.broadcast ?? "0.0.0.0";
      switch (option) {
        case "-pa": return `${own}\n`;
        case "-pn": return `${netmask}\n`;
        case "-pN": return `${inet === undefined ? own : dotted(Math.floor(number(own) / 2 ** (32 - inet.prefixLength)) * 2 ** (32 - inet.prefixLength))}\n`;
        case "-pb": return `${broadcast}\n`;
        case "-pm": return `${shown.mtu}\n`;
        case "-ph": return `${shown.mac.toUpperCase()}\n`;
        case "-pf": return flagLines(shown);
        default: return `${own} ${netmask} ${broadcast} ${shown.mtu}\n`;
      }
    }
    function* counters(interfaceName: string) {
      const line = ((yield* readTextFile(sys, "/proc/net/dev")) ?? "").split("\n").find((one) => one.trim().startsWith(`${interfaceName}:`)) ?? "";
      return line.slice(line.indexOf(":") + 1).trim().split(/\s+/);
    }
    function* statistic(option: string, interfaceName: string) {
      const now = yield* counters(interfaceName);
      if (option === "-si") return now.slice(0, 8).join(" ");
      if (option === "-so") return now.slice(8).join(" ");
      if (option !== "-bips" && option !== "-bops") return now[COUNTERS.get(option) ?? 0] ?? "0";
      yield* sys.sleep(1_000_000);
      const column = option === "-bips" ? 0 : 8;
      return String(Number((yield* counters(interfaceName))[column] ?? "0") - Number(now[column] ?? "0"));
    }
  },
);
