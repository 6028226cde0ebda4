import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { IpContext, IpFailure, type IpOptions, enterNamespace, matches } from "./_ip-context.ts";
import { addressCommand } from "./_ip-address.ts";
import { linkCommand } from "./_ip-link.ts";
import { namespaceCommand } from "./_ip-netns.ts";
import { neighbourCommand } from "./_ip-neighbour.ts";
import { routeCommand } from "./_ip-route.ts";
import { ruleCommand } from "./_ip-rule.ts";
import { showSmall } from "./_ip-small.ts";
import { USAGE, usageOf } from "./_ip-usage.ts";

/** In the order in which ip(8) looks for a beginning. */
const OBJECTS: readonly string[] = [
  "address", "addrlabel", "maddress", "route", "rule", "neighbor", "neighbour", "ntable", "ntbl", "link", "l2tp", "fou", "ila", "macsec", "tunnel", "tunl", "tuntap", "tap", "token", "tcpmetrics", "tcp_metrics", "monitor", "xfrm", "mroute", "mrule", "netns", "netconf", "vrf", "sr", "nexthop", "mptcp", "ioam", "help", "stats",
];

function* run(context: IpContext, object: string, words: readonly string[]): Blocking<number> {
  const { sys, io } = context;
  if (words[0] !== undefined && matches(words[0], "help") && !matches(object, "neighbour")) {
    const name = OBJECTS.find((one) => matches(object, one));
    const text = name === undefined ? undefined : usageOf(name);
    if (text !== undefined) {
      yield* io.stderr(text);
      return name === "stats" ? 0 : 255;
    }
  }
  if (matches(object, "address")) yield* addressCommand(context, words);
  else if (matches(object, "link")) yield* linkCommand(context, words);
  else if (matches(object, "route")) yield* routeCommand(context, words);
  else if (matches(object, "rule")) yield* ruleCommand(context, words);
  else if (matches(object, "neighbor") || matches(object, "neighbour")) yield* neighbourCommand(context, words);
  else if (object === "netns") return yield* namespaceCommand(context, words);
  else if (object === "tuntap" || object === "tap") {
    const name = words.includes("dev") ? words[words.indexOf("dev") + 1] : words[1];
    const asked = words.includes("mode") ? words[words.indexOf("mode") + 1] : undefined;
    const changes = words[0] !== undefined && ["add", "del", "delete"].includes(words[0]);
    if (!changes && words[0] !== undefined && !["show", "list", "lst", "ls", "dev", "mode"].includes(words[0])) throw new IpFailure(`Command "${words[0]}" is unknown, try "ip tuntap help".`, 255);
    if (asked !== undefined && asked !== "tun" && asked !== "tap") throw new IpFailure(`Unknown tunnel mode "${asked}"`, 255);
    if (changes && asked === undefined) throw new IpFailure("You failed to specify a tunnel mode", 1);
    const mode = words[words.indexOf("mode") + 1] === "tun" ? "tun" : "tap";
    if (words[0] === "add") {
      try {
        sys.rtnetlink({ op: "link-add", name: name ?? `${mode}0`, kind: mode });
      } catch (error) {
        if (error instanceof SysError) throw new IpFailure(`ioctl(TUNSETIFF): ${error.errno === "EEXIST" ? "Device or resource busy" : error.message}`, 1);
        throw error;
      }
    } else if (words[0] !== undefined && ["del", "delete"].includes(words[0])) sys.rtnetlink({ op: "link-delete", index: context.device(name ?? "").index });
    else for (const link of context.links) if (link.kind === "tap" || link.kind === "tun") io.out.put(`${link.name}: ${link.kind} persist\n`);
  } else if (showSmall(context, object, words)) return 0;
  else if (matches(object, "monitor") || ["maddress", "mroute", "tunnel", "vrf", "xfrm", "nexthop", "addrlabel", "netconf", "token", "tcpmetrics"].some((one) => matches(object, one))) {
    sys.observe({ kind: "unsimulated", command: "ip", detail: object });
    throw new IpFailure(`ip ${object} is not simulated here`, 1);
  } else throw new IpFailure(`Object "${object}" is unknown, try "ip help".`, 1);
  return 0;
}

/** One command a line; # begins a remark, \ goes on in the next line. The first failure ends it, unless -force was given. */
function* runBatch(sys: Sys, io: Io, options: IpOptions, file: string): Blocking<number> {
  const text = file === "-" ? (yield* io.stdin.lines()).join("\n") : yield* readTextFile(sys, file);
  if (text === undefined) throw new IpFailure(`Cannot open file "${file}" for reading: No such file or directory`, 1);
  let status = 0;
  for (const [at, line] of text.replaceAll("\\\n", " ").split("\n").entries()) {
    const [object, ...words] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (object === undefined || object === "") continue;
    try {
      status = yield* run(new IpContext(sys, io, options), object, words);
    } catch (error) {
      if (!(error instanceof IpFailure)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`${error.message}\nCommand failed ${file}:${at + 1}\n`);
      status = 1;
      if (!options.force) return status;
    }
  }
  return status;
}

export default program(
  {
    name: "ip", path: "/bin/ip", links: ["/sbin/ip"], manSection: 8, summary: "show and change addresses, links, routes, tunnels and namespaces of the network", synopsis: ["[OPTIONS] OBJECT {COMMAND | help}"],
    options: [
      flag(["-4"], "only IPv4"), flag(["-6"], "only IPv6"), flag(["-0"], "only the links"), text(["-f", "-family"], "FAMILY", "inet or inet6"), flag(["-br", "-brief"], "a table with one line a device"), flag(["-o", "-oneline"], "one line a record"), flag(["-j", "-json"], "JSON"),
      flag(["-p", "-pretty"], "JSON for reading"), flag(["-s", "-statistics"], "show counters"), flag(["-d", "-details"], "show details"), text(["-n", "-netns"], "NAME", "work in that network namespace"), flag(["-c", "-color"], "use colours"), flag(["-a", "-all"], "all objects"),
      flag(["-V", "-Version"], "display version"), text(["-b", "-batch"], "FILE", "read commands from a file"),
    ],
    description: ["Objects: address, link, route, rule, neighbour, netns, tuntap. `ip OBJECT help` shows the usage."],
  },
  function* (sys, argv, io: Io) {
    const options: IpOptions = { family: undefined, brief: false, oneLine: false, json: false, pretty: false, details: false, statistics: 0, numeric: false, color: false, namespace: undefined, force: false, all: false };
    let at = 1;
    let batch: string | undefined;
    try {
      for (; at < argv.length; at++) {
        const arg = argv[at] ?? "";
        if (!arg.startsWith("-") || arg === "-") break;
        const word = arg.replace(/^--?/, "");
        if (word === "4") options.family = "inet";
        else if (word === "6") options.family = "inet6";
        else if (word === "0") options.family = "link";
        else if (word === "M" || word === "B") continue;
        else if (/^c(?:o(?:l(?:or?)?)?)?(?:=(?:always|auto|never))?$/.test(word)) {
          const when = word.split("=")[1] ?? "always";
          options.color = when === "always" || (when === "auto" && sys.isatty(1));
        } else if (matches(word, "batch")) batch = argv[++at] ?? "";
        else if (matches(word, "loops") || matches(word, "rcvbuf")) at++;
        else if (matches(word, "brief") && word.length >= 2) options.brief = true;
        else if (matches(word, "oneline")) options.oneLine = true;
        else if (matches(word, "json")) options.json = true;
        else if (matches(word, "pretty")) options.pretty = true;
        else if (matches(word, "details")) options.details = true;
        else if (matches(word, "statistics") || matches(word, "stats")) options.statistics++;
        else if (matches(word, "family")) {
          const family = argv[++at] ?? "";
          if (!["inet", "inet6", "link", "mpls", "bridge"].includes(family)) throw new IpFailure(`Error: argument "${family}" is wrong: invalid protocol family\n`, 255);
          options.family = family === "inet6" || family === "inet" || family === "link" ? family : undefined;
        }
        else if (matches(word, "netns")) options.namespace = argv[++at];
        else if (matches(word, "Numeric") || matches(word, "resolve") || matches(word, "human") || word === "iec" || matches(word, "timestamp")) options.numeric ||= word.startsWith("N");
        else if (matches(word, "all")) options.all = true;
        else if (matches(word, "force")) options.force = true;
        else if (matches(word, "Version")) {
          io.out.put("ip utility, iproute2-6.1.0, libbpf 1.1.2\n");
          return 0;
        } else if (matches(word, "help")) {
          yield* io.stderr(USAGE);
          return 255;
        } else throw new IpFailure(`Option "-${word}" is unknown, try "ip -help".`, 255);
      }
      if (options.namespace !== undefined) yield* enterNamespace(sys, options.namespace);
      if (batch !== undefined) return yield* runBatch(sys, io, options, batch);
      const object = argv[at];
      if (object === undefined) {
        yield* io.stderr(USAGE);
        return 255;
      }
      if (object === "help") {
        yield* io.stderr(USAGE);
        return 255;
      }
      return yield* run(new IpContext(sys, io, options), object, argv.slice(at + 1));
    } catch (error) {
      if (error instanceof SysError) {
        yield* io.stderr(`RTNETLINK answers: ${error.message}\n`);
        return 2;
      }
      if (!(error instanceof IpFailure)) throw error;
      yield* io.stderr(`${error.message}\n`);
      return error.status;
    }
  },
);
