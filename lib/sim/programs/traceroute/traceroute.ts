// traceroute: which routers answer for packets whose time to live ends on their way (traceroute(8), 2.1.2). Probes are ICMP echoes whatever the method:
// answers are the same here.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { isAddress, nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import type { OptionDeclaration } from "../kit/command.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, flag, partly, program, text } from "../kit/program.ts";
import { nameOfAddress as nameInHosts } from "../kit/tcp-wrappers.ts";

const MARKS: ReadonlyMap<number, string> = new Map([[0, "!N"], [1, "!H"], [2, "!P"], [9, "!N"], [10, "!H"], [13, "!X"]]);
const MODULES = ["default", "icmp", "tcp", "tcpconn", "udp", "udplite", "dccp", "raw"];

const declaration = {
  name: "traceroute", summary: "show the routers on the way to a host of the network", synopsis: ["[-46dFITnreAUDV] [-f first_ttl] [-m max_ttl] [-q nqueries] [-w waittime] host [packetlen]"], operands: "hosts",
  options: [
    flag(["-4"], "use IPv4"), flag(["-6"], "use IPv6"), flag(["-d", "--debug"], "switch on SO_DEBUG of the sockets"), flag(["-F", "--dont-fragment"], "packets that may not be split"), text(["-f", "--first"], "first_ttl", "start from the first_ttl hop"), partly(text(["-g", "--gateway"], "gate,...", "by way of those gateways"), "the way is what it is"), flag(["-I", "--icmp"], "send ICMP echo requests"), flag(["-T", "--tcp"], "send TCP packets that open a connection (SYN)"),
    text(["-i", "--interface"], "device", "the interface that packets leave by"), text(["-m", "--max-hops"], "max_ttl", "stop at so many hops (30)"), text(["-N", "--sim-queries"], "squeries", "packets on the way at the same time (16)"), flag(["-n"], "addresses only, without names from DNS"), text(["-p", "--port"], "port", "port that packets are sent to"), partly(text(["-t", "--tos"], "tos", "type of service"), "packets have the usual one"), partly(text(["-l", "--flowlabel"], "flow_label", "flow label of IPv6"), "packets have none"),
    text(["-w", "--wait"], "MAX,HERE,NEAR", "wait for a probe"), text(["-q", "--queries"], "nqueries", "packets for every hop (3)"), partly(flag(["-r"], "only to neighbours, past the routing table"), "routes are followed"), text(["-s", "--source"], "src_addr", "use source src_addr"), partly(text(["-z", "--sendwait"], "sendwait", "pause between packets"), "none is needed"), flag(["-e", "--extensions"], "show ICMP extensions"), partly(flag(["-A", "--as-path-lookups"], "ask for the numbers of autonomous systems"), "nobody is asked"),
    text(["-M", "--module"], "name", "the method by its name"), partly(text(["-O", "--options"], "OPTS,...", "options of the method"), "methods have none"), partly(text(["--sport"], "num", "the port on this side"), "any port"), partly(text(["--fwmark"], "num", "mark the packets"), "packets have none"), flag(["-U", "--udp"], "send UDP packets, all to one port (53)"), partly(flag(["-D", "--dccp"], "send DCCP requests"), "ICMP echoes go out"), partly(text(["-P", "--protocol"], "prot", "packets of that protocol"), "ICMP echoes go out"),
    partly(flag(["--mtu"], "find the MTU of the way"), "as -F -N 1"), partly(flag(["--back"], "guess the hops of the way back"), "nothing is guessed"), flag(["-V", "--version"], "show the version"), flag(["--help"], "this help text"),
  ],
} as const;

/** The words of the command line as clif.c reads them: a failure has its line. */
class Refused extends Error {}

interface Words {
  readonly given: ReadonlyMap<string, string>;
  readonly operands: readonly (readonly [word: string, at: number])[];
}

const NUMERIC = new Set(["-f", "-m", "-N", "-p", "-t", "-l", "-q", "--sport", "--fwmark"]);

function readWords(words: readonly string[]): Words {
  const given = new Map<string, string>();
  const operands: (readonly [string, number])[] = [];
  const find = (name: string): OptionDeclaration | undefined => declaration.options.find((one: OptionDeclaration) => one.names.includes(name));
  const take = (option: OptionDeclaration, typed: string, value: string | undefined, at: number): void => {
    const name = option.names[0] ?? "";
    const wrong = (): never => {
      throw new Refused(`Cannot handle \`${typed}' option with arg \`${value ?? ""}' (argc ${at})\n`);
    };
    if (NUMERIC.has(name) && !/^(?:0[xX][0-9a-fA-F]+|-?\d+)$/.test(value ?? "")) wrong();
    if ((name === "-w" || name === "-z") && !/^-?\d*\.?\d+(?:,-?[\d.]+){0,2}$/.test(value ?? "")) wrong();
    given.set(name, value ?? "");
  };
  let onlyOperands = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (onlyOperands || !word.startsWith("-") || word === "-") {
      operands.push([word, at + 1]);
      continue;
    }
    if (word === "--") {
      onlyOperands = true;
      continue;
    }
    if (word.startsWith("--")) {
      const [, name = "", value] = /^(--[^=]*)(?:=(.*))?$/.exec(word) ?? [];
      const option = find(name);
      if (option === undefined) throw new Refused(`Bad option \`${word}'${value === undefined ? "" : ` (with arg \`${value}')`} (argc ${at + 1})\n`);
      if (option.argument !== undefined && value === undefined) throw new Refused(`Option \`${name}' (argc ${at + 1}) requires an argument: \`${name}=${option.argument}'\n`);
      take(option, name, value, at + 1);
      continue;
    }
    if (word === "-UL") {
      given.set("-U", "");
      continue;
    }
    for (let place = 1; place < word.length; place++) {
      const name = `-${word.charAt(place)}`;
      const option = find(name);
      if (option === undefined) throw new Refused(`Bad option \`${name}' (argc ${at + 1})\n`);
      if (option.argument === undefined) {
        take(option, name, undefined, at + 1);
        continue;
      }
      const attached = word.slice(place + 1);
      const argumentAt = attached !== "" ? at : at + 1;
      const value = attached !== "" ? attached : words[++at];
      if (value === undefined) throw new Refused(`Option \`${name}' (argc ${at}) requires an argument: \`${name} ${option.argument}'\n`);
      take(option, name, value, argumentAt + 1);
      break;
    }
  }
  return { given, operands };
}

/** The address of a name in the families that are asked for. Errors: Refused. */
function* addressOf(sys: Sys, host: string, families: ReadonlySet<string>): Blocking<string> {
  const noFamily = `${host}: Address family for hostname not supported\n`;
  if (isAddress(host)) {
    if ((host.includes(":") && families.has("-4") && !families.has("-6")) || (!host.includes(":") && families.has("-6"))) throw new Refused(noFamily);
    return host;
  }
  try {
    if (host === "localhost" && families.has("-6")) return "::1";
    return (yield* lookUpHost(sys, host))[0] ?? host;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new Refused(`${host}: ${error.message}\n`);
  }
}

interface Tracing {
  readonly host: string;
  readonly address: string;
  readonly first: number;
  readonly most: number;
  readonly queries: number;
  readonly length: number;
  readonly numeric: boolean;
  readonly waitUs: number;
}

export default program(
  { ...declaration, path: "/usr/bin/traceroute.db", links: ["/usr/bin/traceroute"] },
  function* (sys, argv, io: Io) {
    try {
      const { given, operands } = readWords(argv.slice(1));
      if (given.has("-V")) {
        io.out.put("Modern traceroute for Linux, version 2.1.2\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later\n");
        return 0;
      }
      if (given.has("--help") || argv.length === 1) {
        io.out.put(`Usage:\n  traceroute [ -46dFITnreAUDV ] [ -f first_ttl ] [ -g gate,... ] [ -i device ] [ -m max_ttl ] [ -N squeries ] [ -p port ] [ -t tos ] [ -l flow_label ] [ -w MAX,HERE,NEAR ] [ -q nqueries ] [ -s src_addr ] [ -z sendwait ] [ --fwmark=num ] host [ packetlen ]\n${helpText(declaration, "traceroute", io.helpDomain).replace(/^Usage:.*\n(?: .*\n)*\n?/, "")}`);
        return 0;
      }
      const module = given.get("-M");
      if (module !== undefined && !MODULES.includes(module)) throw new Refused(`Unknown traceroute module ${module}\n`);
      const [hostWord, lengthWord, extra] = operands;
      if (hostWord === undefined) throw new Refused('Specify "host" missing argument.\n');
      if (extra !== undefined) throw new Refused(`Extra arg \`${extra[0]}' (position 3, argc ${extra[1]})\n`);
      const [host, hostAt] = hostWord;
      let address: string;
      try {
        address = yield* addressOf(sys, host, new Set(given.keys()));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        throw new Refused(`${error.message}Cannot handle "host" cmdline arg \`${host}' on position 1 (argc ${hostAt})\n`);
      }
      if (lengthWord !== undefined && !/^\d+$/.test(lengthWord[0])) throw new Refused(`Cannot handle "packetlen" cmdline arg \`${lengthWord[0]}' on position 2 (argc ${lengthWord[1]})\n`);
      const most = Number(given.get("-m") ?? 30);
      const first = Number(given.get("-f") ?? 1);
      const queries = Number(given.get("-q") ?? 3);
      const head = address.includes(":") ? 40 : 20;
      const length = given.has("--mtu") ? 65_000 : Math.max(head + 8, Number(lengthWord?.[0] ?? head + 40));
      const waits = (given.get("-w") ?? "5").split(",").map(Number);
      if (first < 1 || first > most) throw new Refused("first hop out of range\n");
      if (most > 255) throw new Refused("max hops cannot be more than 255\n");
      if (queries < 1 || queries > 10) throw new Refused("no more than 10 probes per hop\n");
      if (waits.some((one) => one < 0)) throw new Refused(`bad wait specifications \`${waits[0] ?? 0},${waits[1] ?? 0},${waits[2] ?? 0}' used\n`);
      if (length > 65_000) throw new Refused(`too big packetlen ${length} specified\n`);
      const source = given.get("-s");
      if (source !== undefined && !isAddress(source)) {
        try {
          yield* lookUpHost(sys, source);
        } catch (error) {
          if (!(error instanceof ResolveError)) throw error;
          throw new Refused(`${source}: ${error.message}\nCannot handle \`-s' option with arg \`${source}' (argc ${argv.indexOf(source)})\n`);
        }
      }
      io.out.put(`traceroute to ${host} (${address}), ${most} hops max, ${length} byte packets\n`);
      yield* io.out.flush();
      const links = sys.rtnetlink({ op: "link-list" });
      const device = given.get("-i");
      if (device !== undefined && !links.some((link) => link.name === device)) {
        yield* io.stderr("setsockopt SO_BINDTODEVICE: No such device\n");
        return 1;
      }
      if (source !== undefined && isAddress(source) && !sys.rtnetlink({ op: "address-list" }).some((one) => one.address === source)) {
        yield* io.stderr("bind: Cannot assign requested address\n");
        return 1;
      }
      return yield* trace(sys, io, { host, address, first, most, queries, length: given.has("--mtu") ? head + 40 : length, numeric: given.has("-n"), waitUs: (waits[0] === 0 || waits[0] === undefined ? 5 : waits[0]) * 1e6 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      yield* io.stderr(error.message);
      return 2;
    }
  },
);

function* trace(sys: Sys, io: Io, { host, address, first, most, queries, length, numeric, waitUs }: Tracing): Blocking<number> {
  let probe: EchoProbe;
  try {
    probe = new EchoProbe(sys, address);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr("You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n");
    return 1;
  }
  const names = new Map<string, string>();
  const { servers } = yield* resolvers(sys);
  let sequence = 0;
  for (let ttl = first; ttl <= most; ttl++) {
    probe.setTtl(ttl);
    let line = `${String(ttl).padStart(2)} `;
    let last = "";
    let done = false;
    for (let turn = 0; turn < queries; turn++) {
      const startUs = sys.clockUs("monotonic");
      let mark = "";
      let from: string | undefined;
      try {
        yield* probe.send(++sequence, Math.max(0, length - 28));
        const answer = yield* probe.receive(startUs + waitUs);
        from = answer?.from;
        if (answer?.kind === "reply") done = true;
        else if (answer?.kind === "error" && answer.type !== 11) {
          done = true;
          mark = answer.code === 3 ? "" : ` ${MARKS.get(answer.code) ?? `!${answer.code}`}`;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EINTR") return 130;
        const atOnce = sequence === 1 && error.errno === "ENETUNREACH";
        if (!atOnce) io.out.put(`${line}\n`.replace(/ +\n$/, "\n"));
        yield* io.out.flush();
        yield* io.stderr(`${atOnce ? "connect" : "send"}: ${error.message}\n`);
        return 1;
      }
      if (from === undefined) {
        line += " *";
        continue;
      }
      if (from !== last) {
        if (!numeric && !names.has(from)) names.set(from, (yield* nameInHosts(sys, from)) ?? (from === address && host !== address ? host : undefined) ?? (from.includes(":") ? undefined : (yield* nameOfAddress(sys, servers, from))) ?? from);
        line += numeric ? ` ${from}` : ` ${names.get(from) ?? from} (${from})`;
        last = from;
      }
      line += `  ${((sys.clockUs("monotonic") - startUs) / 1000).toFixed(3)} ms${mark}`;
    }
    io.out.put(`${line}\n`);
    yield* io.out.flush();
    if (done) break;
  }
  probe.close();
  return 0;
}
