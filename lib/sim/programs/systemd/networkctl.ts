// networkctl: links as systemd-networkd sees them, and as they are where it does not run (networkctl(1) of systemd 252).
import { type Blocking, type InterfaceAddress, type Link, type Route, SysError } from "../../kernel/sys.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { globMatch } from "../kit/glob.ts";
import { assignments, runTool } from "./_bus-service.ts";
import { columns, complain, connect, RED, NORMAL, systemdTool, wantsColour, withPager } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

interface Look {
  readonly legend: boolean;
  readonly colour: boolean;
  readonly all: boolean;
}

/** What udev calls the device's type, else the kind of hardware: a veth or a dummy is "ether". */
function typeOf(link: Link): string {
  return link.kind === "loopback" ? "loopback" : link.kind === "bridge" || link.kind === "vlan" || link.kind === "sit" ? link.kind : link.kind === "tun" ? "none" : "ether";
}

/** Links of the names, patterns or numbers; undefined after a complaint about a name that none has. */
function* chosenLinks(io: Io, words: readonly string[]): Blocking<readonly Link[] | undefined> {
  const links = io.sys.rtnetlink({ op: "link-list" });
  const found = new Set<Link>();
  for (const word of words) {
    const own = links.filter((link) => link.name === word || String(link.index) === word || (/[*?[]/.test(word) && globMatch(word, link.name)));
    if (own.length === 0 && !/[*?[]/.test(word)) {
      yield* complain(io, `Interface "${word}" not found.`);
      return undefined;
    }
    for (const link of own) found.add(link);
  }
  return (words.length === 0 ? [...links] : [...found]).sort((a, b) => a.index - b.index);
}

function* list(io: Io, look: Look, words: readonly string[]): Blocking<number> {
  const links = yield* chosenLinks(io, words);
  if (links === undefined) return 1;
  io.out.put(renderTable(io.sys, { header: look.legend ? ["IDX", "LINK", "TYPE", "OPERATIONAL", "SETUP"] : undefined, rows: links.map((link) => [String(link.index), link.name, typeOf(link), "", "unmanaged"]), width: columns(io.sys), colour: look.colour, right: [0], empty: "-", atLeast: new Map([[0, 3]]) }));
  if (look.legend) io.out.put(`\n${links.length} links listed.\n`);
  return 0;
}

type Row = readonly [label: string, value: string];

/** Values under each other behind one label. */
const several = (label: string, values: readonly string[]): readonly Row[] => values.map((value, index) => [index === 0 ? label : "", value]);

function block(io: Io, look: Look, title: string | undefined, rows: readonly Row[]): void {
  const width = Math.max(...rows.map(([label]) => label.length + 1));
  const shown = rows.map(([label, value]) => ["", (label === "" ? "" : `${label}:`).padStart(width), value]);
  const first = title === undefined ? [] : [["●", title.padEnd(width), ""]];
  if (title === undefined && shown[0] !== undefined) shown[0][0] = "●";
  io.out.put(renderTable(io.sys, { header: undefined, rows: [...first, ...shown], width: columns(io.sys), colour: look.colour }));
}

function* linkStatus(io: Io, look: Look, link: Link, addresses: readonly InterfaceAddress[], routes: readonly Route[]): Blocking<void> {
  const { output } = yield* runTool(io.sys, ["/bin/udevadm", "info", "-q", "property", `/sys/class/net/${link.name}`]);
  const device = assignments(output);
  const known = (label: string, ...keys: readonly string[]): readonly Row[] => {
    const value = keys.map((key) => device.get(key)).find((one) => one !== undefined && one !== "");
    return value === undefined ? [] : [[label, value]];
  };
  const ethernet = link.kind !== "loopback" && link.kind !== "tun";
  const rows: Row[] = [
    ["Link File", (link.kind === "loopback" ? undefined : device.get("ID_NET_LINK_FILE")) ?? "n/a"], ["Network File", "n/a"], ["State", "n/a (unmanaged)"], ["Online state", "unknown"], ["Type", typeOf(link)], ...(link.kind === "loopback" || link.kind === "ether" || link.kind === "tun" ? [] : [["Kind", link.kind] as const]),
    ...known("Path", "ID_PATH"), ...known("Driver", "ID_NET_DRIVER"), ...known("Vendor", "ID_VENDOR_FROM_DATABASE", "ID_VENDOR"), ...known("Model", "ID_MODEL_FROM_DATABASE", "ID_MODEL"),
    ["Hardware Address", link.mac], ["MTU", `${link.mtu}${ethernet ? " (min: 68, max: 65535)" : ""}`], ["QDisc", ["ether", "tap", "tun"].includes(link.kind) ? "fq_codel" : "noqueue"], ["IPv6 Address Generation Mode", "eui64"], ["Number of Queues (Tx/Rx)", "1/1"],
    ...(link.kind === "ether" ? [["Auto negotiation", "no"] as const] : []),
    ...several("Address", addresses.filter((one) => one.linkIndex === link.index).map((one) => one.address)), ...several("Gateway", routes.filter((one) => one.linkIndex === link.index && one.destination === "default").flatMap((one) => (one.gateway === undefined ? [] : [one.gateway]))),
  ];
  block(io, look, `${link.index}: ${link.name}`, rows);
}

function* status(io: Io, look: Look, words: readonly string[]): Blocking<number> {
  const { sys } = io;
  const all = sys.rtnetlink({ op: "link-list" });
  const nameOf = (index: number): string => all.find((link) => link.index === index)?.name ?? String(index);
  const addresses = [...sys.rtnetlink({ op: "address-list" })].sort((a, b) => (a.family === b.family ? 0 : a.family === "inet" ? -1 : 1));
  const routes = sys.rtnetlink({ op: "route-list" }).filter((route) => route.table === "main");
  if (words.length === 0 && !look.all) {
    const shown = addresses.filter((one) => one.scope !== "host").map((one) => `${one.address} on ${nameOf(one.linkIndex)}`);
    block(io, look, undefined, [["State", "n/a"], ["Online state", "unknown"], ...several("Address", shown), ...several("Gateway", routes.flatMap((one) => (one.destination === "default" && one.gateway !== undefined ? [`${one.gateway} on ${nameOf(one.linkIndex)}`] : [])))]);
    return 0;
  }
  const links = yield* chosenLinks(io, words);
  if (links === undefined) return 1;
  for (const [index, link] of links.entries()) {
    if (index > 0) io.out.put("\n");
    yield* linkStatus(io, look, link, addresses, routes);
  }
  return 0;
}

const labels: readonly Row[] = [["0", "::1/128"], ["1", "::/0"], ["2", "2002::/16"], ["3", "::/96"], ["4", "::ffff:0.0.0.0/96"], ["5", "fec0::/10"], ["6", "fc00::/7"], ["7", "2001::/32"], ["11", "3ffe::/16"]];

const networkdVerbs: ReadonlyMap<string, string> = new Map([["reload", "Failed to reload network settings"], ["reconfigure", "Failed to reconfigure network interface"], ["renew", "Failed to renew dynamic configuration of interface"], ["forcerenew", "Failed to force-renew dynamic configuration of interface"]]);
const verbs = ["list", "status", "lldp", "label", "delete", "up", "down", "renew", "forcerenew", "reconfigure", "reload"];

export default systemdTool({
  name: "networkctl", path: "/bin/networkctl", summary: "show the network links and what systemd-networkd makes of them", synopsis: ["[OPTIONS...] COMMAND"], operands: "none", seeAlso: ["systemd-networkd.service(8)", "ip(8)"],
  description: [`Commands: ${verbs.join(", ")}.`],
  options: {
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noLegend: flag(["--no-legend"], "no headers and hints"),
    all: flag(["-a", "--all"], "status: every link"),
    stats: flag(["-s", "--stats"], "status: counters too"),
    full: flag(["-l", "--full"], "do not shorten"),
    lines: text(["-n", "--lines"], "INTEGER", "lines of the journal"),
    json: text(["--json"], "MODE", "JSON: short, pretty or off"),
  },
  *run({ options, operands, sys }, io) {
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const state = yield* bus.call({ op: "load", units: ["systemd-networkd.service"] });
    bus.close();
    const colour = wantsColour(sys);
    if (isFailure(state) || state.units[0]?.active !== "active") yield* io.stderr(`${colour ? `${RED}WARNING:${NORMAL}` : "WARNING:"} systemd-networkd is not running, output will be incomplete.\n\n`);
    const [verb = "list", ...words] = operands;
    const look: Look = { legend: !options.noLegend, colour, all: options.all };
    if (!verbs.includes(verb)) {
      yield* complain(io, `Unknown command verb ${verb}.`);
      return 1;
    }
    if (["delete", "up", "down", "renew", "forcerenew", "reconfigure"].includes(verb) && words.length === 0) {
      yield* complain(io, "Too few arguments.");
      return 1;
    }
    switch (verb) {
      case "list":
        return yield* withPager(io, !options.noPager, () => list(io, look, words));
      case "status":
        return yield* withPager(io, !options.noPager, () => status(io, look, words));
      case "lldp":
        io.out.put(renderTable(sys, { header: look.legend ? ["LINK", "CHASSIS-ID", "SYSTEM-NAME", "CAPS       ", "PORT-ID", "PORT-DESCRIPTION"] : undefined, rows: [], width: columns(sys), colour }));
        if (look.legend) io.out.put("\n0 neighbors listed.\n");
        return 0;
      case "label":
        io.out.put(renderTable(sys, { header: look.legend ? ["LABEL", "PREFIX/PREFIXLEN"] : undefined, rows: labels, width: columns(sys), colour, right: [0, 1] }));
        return 0;
      case "delete":
      case "up":
      case "down": {
        const links = yield* chosenLinks(io, words);
        if (links === undefined) return 1;
        for (const link of links) {
          try {
            if (verb === "delete") sys.rtnetlink({ op: "link-delete", index: link.index });
            else sys.rtnetlink({ op: "link-set", index: link.index, up: verb === "up" });
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* complain(io, verb === "delete" ? `Failed to delete interface ${link.name}: ${error.message}` : `Failed to bring ${verb} interface ${link.name}: ${error.message}`);
            return 1;
          }
        }
        return 0;
      }
      default:
        yield* complain(io, `${networkdVerbs.get(verb) ?? ""}${words[0] === undefined ? "" : ` ${words[0]}`}: The name org.freedesktop.network1 was not provided by any .service files`);
        return 1;
    }
  },
});
