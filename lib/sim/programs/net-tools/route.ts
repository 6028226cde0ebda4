// route: shows and changes the kernel's IP routing table (route(8), net-tools 2.10).
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, flag, program, text, unsimulated } from "../kit/program.ts";
import { netmaskOf } from "./_interfaces.ts";
import { routingTable, routingTable6 } from "./_routing-table.ts";

const inetUsage = `Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]
                              [netmask N] [mss Mss] [window W] [irtt I]
                              [mod] [dyn] [reinstate] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject
       inet_route [-FC] flush      NOT supported
`;

class Refusal extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

function* addressOf(sys: Sys, name: string): Blocking<string> {
  if (name === "default") return "0.0.0.0";
  if (ipv4.test(name)) return name;
  // 10.1 as a network: the missing bytes are zero
  if (/^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(name)) return [...name.split("."), "0", "0", "0"].slice(0, 4).join(".");
  try {
    const found = (yield* lookUpHost(sys, name))[0];
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    if (error.code === "EAI_AGAIN") throw new Refusal(`${name}: Host name lookup failure\n`, 6);
  }
  throw new Refusal(`${name}: Unknown host\n`, 6);
}

/** The bits that the mask leaves to hosts, as the message names them. */
const hexMask = (mask: string): string => mask.split(".").map((byte) => (255 - Number(byte)).toString(16).padStart(2, "0")).join("");

function* change(sys: Sys, adding: boolean, words: readonly string[]): Blocking<void> {
  const wrong = (message = ""): never => {
    throw new Refusal(`${message === "" ? "" : `route: ${message}\n`}${inetUsage}`, 3);
  };
  let at = 0;
  let kind: "net" | "host" | undefined;
  if (words[at] === "-net" || words[at] === "-host") kind = words[at++] === "-net" ? "net" : "host";
  const target = words[at++];
  if (target === undefined) throw new Refusal(inetUsage, 0);
  const six = target.includes(":");
  const [name = "", bits] = six ? [target] : target.split("/");
  const network = six ? name : yield* addressOf(sys, name);
  kind ??= network === "0.0.0.0" || (name === "default") ? "net" : "host";
  let mask = bits === undefined ? undefined : netmaskOf(Number(bits));
  let gateway: string | undefined;
  let metric: number | undefined;
  let device: string | undefined;
  let reject = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => words[++at] ?? wrong();
    if (word === "metric") metric = Number.parseInt(value(), 10) || 0;
    else if (word === "netmask") mask = yield* addressOf(sys, value());
    else if (word === "gw" || word === "gateway") gateway = six ? value() : yield* addressOf(sys, value());
    else if (word === "reject") reject = true;
    else if (word === "mss" || word === "window" || word === "irtt") value();
    else if (word === "mod" || word === "dyn" || word === "reinstate") continue;
    else if (word === "dev" || word === "device") device = value();
    else if (device === undefined && at === words.length - 1) device = word;
    else wrong();
  }
  const call = adding ? "SIOCADDRT" : "SIOCDELRT";
  let destination = network;
  if (!six) {
    if (kind === "host" && mask !== undefined && mask !== "255.255.255.255") wrong(`netmask ${hexMask(mask)} doesn't make sense with host route`);
    const length = kind === "host" ? 32 : mask === undefined ? (network === "0.0.0.0" ? 0 : undefined) : [...Array(33).keys()].find((one) => netmaskOf(one) === mask);
    if (mask !== undefined && length === undefined) wrong("bogus netmask " + mask);
    if (length === undefined) {
      // a network without its mask
      if (((sys.capget().effective >> 12n) & 1n) === 0n) throw new Refusal(`${call}: Operation not permitted\n`, 7);
      throw new Refusal(`${call}: ${adding ? "Invalid argument" : "No such process"}\n`, 7);
    }
    if (numberOf(network) % 2 ** (32 - length) !== 0) wrong("netmask doesn't match route address");
    destination = length === 0 ? "default" : `${network}/${length}`;
  }
  let linkIndex: number | undefined;
  if (device !== undefined) {
    linkIndex = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === device)?.index;
    if (linkIndex === undefined) throw new Refusal(`${six ? "SIOGIFINDEX" : call}: No such device\n`, 7);
  }
  const base = { destination, ...(gateway !== undefined && { gateway }), ...(linkIndex !== undefined && { linkIndex }) };
  try {
    if (adding) sys.rtnetlink({ op: "route-add", ...base, ...(metric !== undefined && metric > 0 && { metric }), ...(reject && { type: "unreachable" as const, scope: "host" as const }) });
    else sys.rtnetlink({ op: "route-delete", ...base });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Refusal(`${call}: ${error.message}\n`, 7);
  }
}

const OPTIONS = [
  flag(["-n", "--numeric"], "show addresses, not names"), flag(["-e", "--extend"], "the layout of netstat; twice: all columns"), flag(["-v", "--verbose"], "say more"), flag(["-F", "--fib"], "show the forwarding table (the default)"), unsimulated(["-C", "--cache"], "show the routing cache", "Linux has none any more"), text(["-A"], "FAMILY", "inet or inet6"),
  flag(["-4", "--inet"], "routes of IPv4"), flag(["-6", "--inet6"], "routes of IPv6"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show how it is called"),
];

const usage = `Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables
       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.

${OPTIONS.map((option) => optionLines(option)).join("")}`;

export default program({
  name: "route", path: "/sbin/route", manSection: 8, summary: "show or change the IP routing table", synopsis: ["[-CFvnNee] [-A FAMILY | -4 | -6]", "[-v] [-A FAMILY | -4 | -6] add [-net|-host] TARGET [netmask NM] [gw GW] [metric N] [reject] [[dev] IF]", "[-v] [-A FAMILY | -4 | -6] del [-net|-host] TARGET [gw GW] [netmask NM] [metric M] [[dev] IF]"], options: OPTIONS,
  exitStatuses: [["0", "all went well"], ["3", "it was called wrongly"], ["6", "a host is unknown"], ["7", "the kernel refused"]], seeAlso: ["ip-route(8)", "netstat(8)", "ifconfig(8)"],
}, function* (sys, argv, io: Io) {
  let numeric = false;
  let extended = 0;
  let six = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-net" || word === "-host") break;
    if (word === "--inet6") six = true;
    else if (word === "--inet") six = false;
    else if (word === "--numeric") numeric = true;
    else if (word === "--extend") extended++;
    else if (word === "--verbose" || word === "--fib") continue;
    else if (word === "-A") six = argv[++at] === "inet6";
    else if (word === "--version" || word === "-V") {
      io.out.put("net-tools 2.10\n");
      return 0;
    } else if (word === "--help" || word === "-h") {
      yield* io.stderr(usage);
      return 0;
    } else if (word.startsWith("--")) {
      yield* io.stderr(`route: unrecognized option '${word}'\n${usage}`);
      return 3;
    } else {
      for (const letter of word.slice(1)) {
        if (letter === "n") numeric = true;
        else if (letter === "e") extended++;
        else if (letter === "6") six = true;
        else if (letter === "4") six = false;
        else if (!"vFN".includes(letter)) {
          yield* io.stderr(`route: invalid option -- '${letter}'\n${usage}`);
          return 3;
        }
      }
    }
  }
  const [action, ...words] = argv.slice(at);
  if (action === undefined) {
    if (six) io.say(routingTable6(sys, numeric));
    else io.say(yield* routingTable(sys, extended === 0 ? "route" : extended === 1 ? "netstat" : "both", numeric));
    return 0;
  }
  if (action === "flush") {
    yield* io.stderr("Flushing `inet' routing table not supported\n");
    return 3;
  }
  if (action !== "add" && action !== "del" && action !== "delete") {
    yield* io.stderr(usage);
    return 3;
  }
  try {
    // options of the family may follow the action
    const rest = words[0] === "-A" ? words.slice(2) : words.filter((word) => !/^-(?:[46v]|-inet6?)$/.test(word));
    yield* change(sys, action === "add", rest);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* io.stderr(error.message);
    return error.status;
  }
});
