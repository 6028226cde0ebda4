// "ip address": what is added, changed, taken away and flushed (ip-address(8), iproute2 6.1); shown by _ip-link.ts.

import type { Blocking, InterfaceAddress } from "../../kernel/sys.ts";
import { globMatch } from "../kit/glob.ts";
import { type IpContext, IpFailure, answered, isWithin, matches, parsePrefix } from "./_ip-context.ts";
import { parseFilter, showLinks, unsigned } from "./_ip-link.ts";

export function* addressCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys } = context;
  const [action = "show", ...rest] = words;
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") return yield* showLinks(context, rest, true);
  if (action === "flush") return yield* flushAddresses(context, rest);
  const adding = matches(action, "add") || action === "replace" || action === "change";
  if (!adding && !matches(action, "delete")) throw new IpFailure(`Command "${action}" is unknown, try "ip address help".`, 255);
  let device: string | undefined;
  let local: string | undefined;
  let broadcast: string | undefined;
  let label: string | undefined;
  let scope: InterfaceAddress["scope"] | undefined;
  let lifetime: number | undefined;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const value = (): string => {
      const next = rest[++at];
      if (next === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
      return next;
    };
    const prefix = (text: string): void => {
      if (local !== undefined) throw new IpFailure(`Error: either "local" is duplicate, or "${text}" is a garbage.`, 255);
      if (parsePrefix(text) === undefined) throw new IpFailure(`Error: any valid prefix is expected rather than "${text}".`, 1);
      local = text;
    };
    if (word === "dev") device = value();
    else if (word === "brd" || word === "broadcast") {
      broadcast = value();
      if (broadcast !== "+" && broadcast !== "-" && parsePrefix(broadcast)?.prefixLength !== 32) throw new IpFailure(`Error: inet address is expected rather than "${broadcast}".`, 1);
    } else if (word === "label") label = value();
    else if (word === "scope") {
      const name = value();
      if (name !== "global" && name !== "link" && name !== "host" && name !== "universe" && name !== "site" && !/^\d+$/.test(name)) throw new IpFailure(`Error: argument "${name}" is wrong: invalid scope value.`, 255);
      scope = name === "link" || name === "253" ? "link" : name === "host" || name === "254" ? "host" : "global";
    } else if (word === "valid_lft" || word === "preferred_lft") {
      const text = value();
      const seconds = text === "forever" ? undefined : unsigned(text, `${word} value is invalid`);
      if (word === "valid_lft") {
        if (seconds === 0) throw new IpFailure("valid_lft is zero", 1);
        lifetime = seconds;
      }
    } else if (word === "metric" || word === "priority" || word === "preference") unsigned(value(), '"metric" value is invalid');
    else if (word === "peer" || word === "remote") {
      sys.observe({ kind: "unsimulated", command: "ip", detail: "address peer" });
      throw new IpFailure("ip address peer is not simulated here", 1);
    } else if (["nodad", "noprefixroute", "home", "mngtmpaddr", "autojoin"].includes(word)) continue;
    else prefix(word === "local" ? value() : word);
  }
  if (device === undefined) throw new IpFailure('Not enough information: "dev" argument is required.', 1);
  const link = context.device(device);
  const prefix = parsePrefix(local ?? "");
  if (!prefix) throw new IpFailure("RTNETLINK answers: Operation not supported", 2);
  const { address, prefixLength } = prefix;
  const known = sys.rtnetlink({ op: "address-list" }).filter((one) => one.linkIndex === link.index && one.address === address);
  if (adding) {
    // change and replace of an address that is there begin anew
    if (!matches(action, "add") && known.some((one) => one.prefixLength === prefixLength)) answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address, prefixLength }));
    answered(() => sys.rtnetlink({ op: "address-add", linkIndex: link.index, address, prefixLength, ...(broadcast !== undefined && { broadcast: broadcast === "+" ? broadcastOf(address, prefixLength) : broadcast === "-" ? firstOf(address, prefixLength) : broadcast }), ...(label !== undefined && { label }), ...(scope !== undefined && { scope }), ...(lifetime !== undefined && { validLifetimeSeconds: lifetime }) }));
    return;
  }
  const [only] = known;
  if (only !== undefined && prefix.family === "inet" && !(local ?? "").includes("/") && only.prefixLength !== 32) {
    yield* context.io.stderr(`Warning: Executing wildcard deletion to stay compatible with old scripts.\n         Explicitly specify the prefix length (${local}/32) to avoid this warning.\n         This special behaviour is likely to disappear in further releases,\n         fix your scripts!\n`);
    answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address, prefixLength: only.prefixLength }));
    return;
  }
  answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address, prefixLength }));
}

/** "ip addr flush": what the filters match, in one round. */
function* flushAddresses(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  if (words.length === 0) throw new IpFailure("Flush requires arguments.", 1);
  const filter = parseFilter(words);
  const { label } = filter;
  const link = filter.device === undefined ? undefined : context.shownDevice(filter.device);
  const to = filter.to === undefined ? undefined : parsePrefix(filter.to);
  if (filter.to !== undefined && to === undefined) throw new IpFailure(`Error: any valid prefix is expected rather than "${filter.to}".`, 1);
  // addresses that the kernel makes for privacy, or that wait for their check, are none here
  const none = words.some((word) => word === "mngtmpaddr" || word === "temporary" || word === "tentative" || word === "dadfailed" || word === "deprecated");
  const found = none ? [] : sys.rtnetlink({ op: "address-list" }).filter((one) => (link === undefined || one.linkIndex === link.index) && (options.family === undefined || one.family === options.family)
    && (filter.scope === undefined || one.scope === filter.scope) && (!filter.dynamic || one.dynamic) && (label === undefined || globMatch(label, one.label ?? "")) && (to === undefined || isWithin(one.address, to)));
  // the last first: the first of a network takes the others along
  for (const one of found.toReversed()) {
    if (sys.charge(5)) yield* sys.preempt();
    answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: one.linkIndex, address: one.address, prefixLength: one.prefixLength }));
  }
  if (options.statistics > 0) io.out.put(found.length === 0 ? "Nothing to flush.\n" : `\n*** Round 1, deleting ${found.length} addresses ***\n*** Flush is complete after 1 round ***\n`);
}

function firstOf(address: string, prefixLength: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = value - (value % 2 ** (32 - prefixLength));
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
}

function broadcastOf(address: string, prefixLength: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefixLength);
  const last = Math.floor(value / size) * size + size - 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join(".");
}
