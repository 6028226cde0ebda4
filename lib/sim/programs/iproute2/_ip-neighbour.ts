// "ip neighbour": the table of neighbours, shown, changed and flushed (ip-neighbour(8), iproute2 6.1).
import { type Blocking, type Neighbour, SysError } from "../../kernel/sys.ts";
import { type IpContext, IpFailure, answered, isWithin, matches, parsePrefix } from "./_ip-context.ts";

const USAGE = `Usage: ip neigh { add | del | change | replace }
                { ADDR [ lladdr LLADDR ] [ nud STATE ] proxy ADDR }
                [ dev DEV ] [ router ] [ use ] [ managed ] [ extern_learn ]
                [ protocol PROTO ]

\tip neigh { show | flush } [ proxy ] [ to PREFIX ] [ dev DEV ] [ nud STATE ]
\t\t\t\t  [ vrf NAME ] [ nomaster ]
\tip neigh get { ADDR | proxy ADDR } dev DEV

STATE := { delay | failed | incomplete | noarp | none |
           permanent | probe | reachable | stale }`;

const STATES = new Map<string, Neighbour["state"]>([["delay", "DELAY"], ["failed", "FAILED"], ["incomplete", "INCOMPLETE"], ["noarp", "NOARP"], ["permanent", "PERMANENT"], ["probe", "DELAY"], ["reachable", "REACHABLE"], ["stale", "STALE"]]);

/** "none" is a state without one here: an entry that nothing is known of. */
function stateOf(word: string): Neighbour["state"] {
  const state = word === "none" ? "INCOMPLETE" : STATES.get(word);
  if (state === undefined) throw new IpFailure(`Error: argument "${word}" is wrong: nud state is bad`, 255);
  return state;
}

const IGNORED = new Set(["router", "use", "managed", "extern_learn", "nomaster", "unused"]);

function* change(context: IpContext, action: "add" | "change" | "replace" | "delete", words: readonly string[]): Blocking<void> {
  const { sys } = context;
  let address: string | undefined;
  let mac: string | undefined;
  let device: string | undefined;
  let state: Neighbour["state"] = "PERMANENT";
  for (let at = 0; at < words.length; at++) {
    if (sys.charge(1)) yield* sys.preempt();
    const word = words[at] ?? "";
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
      return next;
    };
    if (word === "lladdr") mac = value();
    else if (word === "dev") device = value();
    else if (word === "nud") state = stateOf(value());
    else if (word === "protocol") value();
    else if (IGNORED.has(word)) continue;
    else if (word === "proxy") {
      value();
      sys.observe({ kind: "unsimulated", command: "ip", detail: "neigh proxy" });
      throw new IpFailure("ip neigh proxy is not simulated here", 1);
    } else {
      if (address !== undefined) throw new IpFailure(`Error: duplicate "to": "${word}" is the second value.`, 255);
      address = word === "to" ? value() : word;
      if (parsePrefix(address)?.prefixLength !== (address.includes(":") ? 128 : 32)) throw new IpFailure(`Error: any valid address is expected rather than "${address}".`, 1);
    }
  }
  if (device === undefined || address === undefined) throw new IpFailure("Device and destination are required arguments.", 255);
  if (mac !== undefined && !/^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/i.test(mac)) throw new IpFailure(`"${mac}" is invalid lladdr.`, 1);
  const linkIndex = context.device(device).index;
  const target = address;
  if (action === "delete") return void answered(() => sys.rtnetlink({ op: "neighbour-delete", linkIndex, address: target }));
  const full = mac?.split(":").map((byte) => byte.padStart(2, "0")).join(":");
  try {
    sys.rtnetlink({ op: "neighbour-set", mode: action, linkIndex, address: target, state, ...(full !== undefined && { mac: full }) });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new IpFailure(error.errno === "EINVAL" ? "Error: No link layer address given." : `RTNETLINK answers: ${error.message}`, 2);
  }
}

function lineOf(context: IpContext, one: Neighbour, withDevice: boolean): string {
  if (context.options.brief) return `${one.address.padEnd(39)} ${context.nameOf(one.linkIndex).padEnd(16)} ${one.mac ?? ""}\n`;
  const used = context.options.statistics > 0 ? ` used 0/0/0probes ${one.state === "FAILED" ? 3 : 0}` : "";
  return `${one.address}${withDevice ? ` dev ${context.nameOf(one.linkIndex)}` : ""}${one.mac === undefined ? "" : ` lladdr ${one.mac} `.slice(0, used === "" ? -1 : undefined)}${used} ${one.state} \n`;
}

export function* neighbourCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  const [action = "show", ...rest] = words;
  if (action === "help") throw new IpFailure(USAGE, 255);
  if (matches(action, "add")) return yield* change(context, "add", rest);
  if (matches(action, "change") || action === "chg") return yield* change(context, "change", rest);
  if (matches(action, "replace")) return yield* change(context, "replace", rest);
  if (matches(action, "delete")) return yield* change(context, "delete", rest);
  const getting = matches(action, "get");
  const flushing = matches(action, "flush");
  if (!getting && !flushing && !matches(action, "show") && !matches(action, "list") && action !== "ls" && action !== "lst") throw new IpFailure(`Command "${action}" is unknown, try "ip neigh help".`, 255);
  if (flushing && rest.length === 0) throw new IpFailure("Flush requires arguments.", 1);
  let device: string | undefined;
  let to: string | undefined;
  const wanted = new Set<Neighbour["state"]>();
  let every = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "dev") device = rest[++at];
    else if (word === "nud") {
      const name = rest[++at] ?? "";
      if (name === "all") every = true;
      else wanted.add(stateOf(name));
    } else if (word === "to") to = rest[++at];
    else if (word === "proxy") return;
    else if (IGNORED.has(word)) continue;
    else to = word;
  }
  const linkIndex = device === undefined ? undefined : context.device(device).index;
  const prefix = to === undefined || to === "all" || to === "any" || to === "default" ? undefined : parsePrefix(to);
  if (to !== undefined && prefix === undefined && to !== "all" && to !== "any" && to !== "default") throw new IpFailure(`Error: any valid ${getting ? "address" : "prefix"} is expected rather than "${to}".`, 1);
  if (getting && (device === undefined || prefix === undefined)) throw new IpFailure("Device and address are required arguments.", 255);
  const found = sys.rtnetlink({ op: "neighbour-list" }).filter((one) => (linkIndex === undefined || one.linkIndex === linkIndex) && (options.family === undefined || (one.address.includes(":") ? "inet6" : "inet") === options.family)
    && (prefix === undefined || isWithin(one.address, prefix)) && (every || (wanted.size > 0 ? wanted.has(one.state) : one.state !== "NOARP" && !(flushing && one.state === "PERMANENT"))));
  if (getting && found.length === 0) throw new IpFailure("Error: Neighbour entry not found.", 2);
  if (flushing) {
    for (const one of found) {
      if (sys.charge(3)) yield* sys.preempt();
      answered(() => sys.rtnetlink({ op: "neighbour-delete", linkIndex: one.linkIndex, address: one.address }));
    }
    if (options.statistics > 0) io.out.put(found.length === 0 ? "Nothing to flush.\n" : `\n*** Round 1, deleting ${found.length} entries ***\n*** Flush is complete after 1 round ***\n`);
    return;
  }
  // the kernel lists the neighbours of IPv4 first
  const ordered = [...found.filter((one) => !one.address.includes(":")), ...found.filter((one) => one.address.includes(":"))];
  if (options.json) {
    io.out.put(`${JSON.stringify(ordered.map((one) => ({ dst: one.address, ...(device === undefined && { dev: context.nameOf(one.linkIndex) }), ...(one.mac !== undefined && { lladdr: one.mac }), state: [one.state] })))}\n`);
    return;
  }
  for (const one of ordered) {
    if (sys.charge(2)) yield* sys.preempt();
    io.out.put(lineOf(context, one, device === undefined || getting));
  }
}
