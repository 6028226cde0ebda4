// `ip rule`: which routing table is asked for which packets (ip-rule(8), iproute2 6.1).

import { type Blocking, type RoutingRule, type RuleSelector, SysError } from "../../kernel/sys.ts";
import { type IpContext, IpFailure, answered, jsonText, matches, parsePrefix } from "./_ip-context.ts";
import { TableNames } from "./_ip-tables.ts";

const PROTOCOLS: ReadonlyMap<string, number> = new Map([["icmp", 1], ["tcp", 6], ["udp", 17], ["ipv6-icmp", 58], ["sctp", 132]]);

const wrong = (argument: string, why: string): IpFailure => new IpFailure(`Error: argument "${argument}" is wrong: ${why}\n`, 255);
const hexadecimal = (value: number): string => `0x${value.toString(16)}`;
const range = ([low, high]: readonly [number, number]): string => (low === high ? String(low) : `${low}-${high}`);

interface Asked extends RuleSelector {
  inverted?: boolean;
}

function numberOf(text: string, why: string, most = 0xffffffff): number {
  if (!/^(?:0[xX][\da-fA-F]+|\d+)$/.test(text) || Number(text) > most) throw wrong(text, why);
  return Number(text);
}

/** The words of add, delete and show. `filters`: of show, where an unknown word is a prefix. */
function readSelector(words: readonly string[], family: "inet" | "inet6", forced: boolean, names: TableNames, filters: boolean): { readonly rule: Asked; readonly family: "inet" | "inet6" } {
  const rule: { -readonly [Key in keyof Asked]: Asked[Key] } = {};
  let own = family;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
      return next;
    };
    const prefix = (): string | undefined => {
      const text = value();
      if (["all", "any", "default"].includes(text)) return undefined;
      const found = parsePrefix(text);
      if (!found || (forced && found.family !== family)) throw new IpFailure(`Error: ${forced ? family : filters ? "inet" : "any valid"} prefix is expected rather than "${text}".`, 1);
      own = found.family;
      return `${found.address}/${found.prefixLength}`;
    };
    const take = (side: "from" | "to", text: string | undefined): void => {
      if (text !== undefined) rule[side] = text;
    };
    const pair = (why: string): readonly [number, number] => {
      const text = value();
      const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
      if (low === undefined) throw wrong(text, why);
      return [Number(low), Number(high)];
    };
    if (word === "not") rule.inverted = true;
    else if (word === "from") take("from", prefix());
    else if (word === "to") take("to", prefix());
    else if (word === "preference" || (word.length > 1 && (matches(word, "preference") || matches(word, "order") || matches(word, "priority")))) rule.priority = numberOf(value(), "preference value is invalid");
    else if (word === "tos" || matches(word, "dsfield")) rule.tos = numberOf(value(), "TOS value is invalid", 255);
    else if (word === "fwmark") {
      const [mark = "", mask] = value().split("/");
      rule.mark = numberOf(mark, "fwmark value is invalid");
      if (mask !== undefined) rule.markMask = numberOf(mask, "fwmask value is invalid");
    } else if (word === "dev" || word === "iif") rule.inInterface = value();
    else if (word === "oif") rule.outInterface = value();
    else if (word === "uidrange") rule.uids = pair("invalid UID range");
    else if (word === "ipproto") {
      const name = value();
      const number = PROTOCOLS.get(name) ?? (/^\d+$/.test(name) ? Number(name) : undefined);
      if (number === undefined) throw wrong(name, 'Invalid "ipproto" value');
      rule.protocolNumber = number;
    } else if (word === "sport") rule.sourcePorts = pair("invalid port range");
    else if (word === "dport") rule.destinationPorts = pair("invalid port range");
    else if (word === "protocol" || word === "suppress_prefixlength" || word === "suppress_ifgroup" || word === "tun_id" || word === "realms") value();
    else if (word === "table" || word === "lookup" || (word.length > 1 && (matches(word, "table") || matches(word, "lookup")))) {
      const name = value();
      const table = names.table(name);
      if (table === undefined) throw wrong(name, "invalid table ID");
      rule.table = table;
      rule.action = "lookup";
    } else if (filters) {
      at--;
      take("from", prefix());
    } else if (word === "goto") {
      const text = value();
      rule.action = "goto";
      rule.goto = numberOf(text, "invalid target");
    } else if (word === "nop" || word === "blackhole" || word === "unreachable" || word === "prohibit") rule.action = word;
    else {
      if (word === "type" && words[at + 1] === undefined) value();
      const type = word === "type" ? value() : word;
      if (type !== "unicast") throw new IpFailure(`Error: argument "${type}" is wrong: Failed to parse rule type`, 255);
    }
  }
  return { rule, family: own };
}

const address = (prefix: string): string => prefix.replace(prefix.includes(":") ? /\/128$/ : /\/32$/, "");

function line(context: IpContext, rule: RoutingRule, names: TableNames): string {
  const device = (name: string): string => (context.links.some((one) => one.name === name) ? name : `${name} [detached]`);
  const table = `lookup ${context.options.numeric ? tableNumber(rule.table) : names.shown(rule.table)}`;
  const parts = [
    `${rule.inverted ? "not " : ""}from ${rule.from === undefined ? "all" : address(rule.from)}`, rule.to === undefined ? "" : `to ${address(rule.to)}`, rule.tos === undefined ? "" : `tos ${hexadecimal(rule.tos)}`,
    rule.mark === undefined ? "" : `fwmark ${hexadecimal(rule.mark)}${rule.markMask === undefined || rule.markMask === 0xffffffff ? "" : `/${hexadecimal(rule.markMask)}`}`,
    rule.inInterface === undefined ? "" : `iif ${device(rule.inInterface)}`, rule.outInterface === undefined ? "" : `oif ${device(rule.outInterface)}`, rule.uids === undefined ? "" : `uidrange ${rule.uids[0]}-${rule.uids[1]}`,
    rule.protocolNumber === undefined ? "" : `ipproto ${[...PROTOCOLS].find(([, number]) => number === rule.protocolNumber)?.[0] ?? rule.protocolNumber}`,
    rule.sourcePorts === undefined ? "" : `sport ${range(rule.sourcePorts)}`, rule.destinationPorts === undefined ? "" : `dport ${range(rule.destinationPorts)}`,
    rule.action === "lookup" ? table : rule.action === "goto" ? `goto ${rule.goto ?? 0}` : rule.action,
    context.options.details ? `proto ${rule.protocol}` : "",
  ];
  return `${rule.priority}:\t${parts.filter((part) => part !== "").join(" ")}\n`;
}

const tableNumber = (table: string): string => ({ local: "255", main: "254", default: "253" })[table] ?? table;

function json(context: IpContext, rule: RoutingRule, names: TableNames): object {
  const prefix = (key: string, text: string | undefined): object => {
    if (text === undefined) return {};
    const [own = "", bits] = address(text).split("/");
    return { [key]: own, ...(bits !== undefined && { [`${key}len`]: Number(bits) }) };
  };
  const ports = (key: string, pair: readonly [number, number] | undefined): object => (pair === undefined ? {} : pair[0] === pair[1] ? { [key]: pair[0] } : { [`${key}_start`]: pair[0], [`${key}_end`]: pair[1] });
  const detached = (name: string | undefined, key: string): object => (name === undefined || context.links.some((one) => one.name === name) ? {} : { [key]: null });
  return {
    priority: rule.priority, ...(rule.inverted && { not: null }), ...(rule.from === undefined ? { src: "all" } : prefix("src", rule.from)), ...prefix("dst", rule.to), ...(rule.tos !== undefined && { tos: hexadecimal(rule.tos) }),
    ...(rule.mark !== undefined && { fwmark: hexadecimal(rule.mark), ...(rule.markMask !== undefined && rule.markMask !== 0xffffffff && { fwmask: hexadecimal(rule.markMask) }) }),
    ...(rule.inInterface !== undefined && { iif: rule.inInterface }), ...detached(rule.inInterface, "iif_detached"), ...(rule.outInterface !== undefined && { oif: rule.outInterface }), ...detached(rule.outInterface, "oif_detached"),
    ...(rule.uids !== undefined && { uid_start: rule.uids[0], uid_end: rule.uids[1] }), ...(rule.protocolNumber !== undefined && { ipproto: [...PROTOCOLS].find(([, number]) => number === rule.protocolNumber)?.[0] ?? String(rule.protocolNumber) }),
    ...ports("sport", rule.sourcePorts), ...ports("dport", rule.destinationPorts), ...(rule.action === "lookup" ? { table: names.shown(rule.table) } : rule.action === "goto" ? { goto: rule.goto ?? 0 } : { action: rule.action }),
    ...(context.options.details && { protocol: rule.protocol }),
  };
}

export function* ruleCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  const [action = "list", ...rest] = words;
  const forced = options.family === "inet" || options.family === "inet6";
  const family = options.family === "inet6" ? "inet6" : "inet";
  const names = yield* TableNames.read(sys);
  if (matches(action, "list") || action === "lst" || matches(action, "show")) {
    const { rule: filter } = readSelector(rest, family, forced, names, true);
    const shown = sys.rtnetlink({ op: "rule-list", family }).filter((rule) => (filter.from === undefined || rule.from === filter.from) && (filter.to === undefined || rule.to === filter.to) && (filter.priority === undefined || rule.priority === filter.priority)
      && (filter.mark === undefined || rule.mark === filter.mark) && (filter.table === undefined || (rule.action === "lookup" && rule.table === filter.table)) && (filter.inInterface === undefined || rule.inInterface === filter.inInterface) && (filter.outInterface === undefined || rule.outInterface === filter.outInterface));
    if (options.json) io.out.put(jsonText(shown.map((rule) => json(context, rule, names)), options.pretty));
    else for (const rule of shown) io.out.put(line(context, rule, names));
    return;
  }
  if (matches(action, "add")) {
    if (rest.length === 0) throw new IpFailure('"ip rule add" requires arguments.', 1);
    const { rule, family: own } = readSelector(rest, family, forced, names, false);
    answered(() => sys.rtnetlink({ op: "rule-add", rule: { ...rule, family: own, action: rule.action ?? "lookup", table: rule.table ?? "main", protocol: "unspec" } }));
    return;
  }
  if (matches(action, "delete")) {
    if (rest.length === 0) throw new IpFailure('"ip rule del" requires arguments.', 1);
    const { rule, family: own } = readSelector(rest, family, forced, names, false);
    answered(() => sys.rtnetlink({ op: "rule-delete", family: own, rule }));
    return;
  }
  if (matches(action, "flush")) {
    for (const rule of sys.rtnetlink({ op: "rule-list", family })) {
      if (rule.priority === 0) continue;
      try {
        sys.rtnetlink({ op: "rule-delete", family, rule: { priority: rule.priority } });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
      }
    }
    return;
  }
  if (matches(action, "save") || matches(action, "restore")) {
    sys.observe({ kind: "unsimulated", command: "ip", detail: `rule ${action}` });
    throw new IpFailure(`ip rule ${action} is not simulated here`, 1);
  }
  throw new IpFailure(`Command "${action}" is unknown, try "ip rule help".`, 255);
}
