// The routing policy of a network namespace (ip-rule(8), net/core/fib_rules.c): which tables are asked for a packet, in which order.

import { SysError } from "../errno.ts";
import type { RoutingRule, RuleSelector } from "../sys.ts";
import { type Family, inPrefix } from "./address.ts";

/** What a rule can ask of a packet. */
export interface Flow {
  readonly source?: string;
  readonly mark?: number;
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly protocol?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly uid?: number;
}

const kernel = (family: Family, priority: number, table: string): RoutingRule => ({ family, priority, table, action: "lookup", protocol: "kernel" });

/** What a new namespace has; shared, for most never change it. */
const FIRST: readonly RoutingRule[] = [kernel("inet", 0, "local"), kernel("inet", 32_766, "main"), kernel("inet", 32_767, "default"), kernel("inet6", 0, "local"), kernel("inet6", 32_766, "main")];

export class RoutingRules {
  #rules = FIRST;
  /** only local, main and default are asked, as in a new namespace */
  #plain = true;

  get plain(): boolean {
    return this.#plain;
  }

  list(family: Family): readonly RoutingRule[] {
    return this.#rules.filter((one) => one.family === family);
  }

  /** Without a priority it goes before the second rule. Errors: EEXIST. */
  add(rule: Omit<RoutingRule, "priority"> & { readonly priority?: number }): void {
    const own = this.list(rule.family);
    const second = own[1]?.priority ?? 0;
    const added: RoutingRule = { ...rule, priority: rule.priority ?? Math.max(0, second - 1) };
    if (own.some((one) => JSON.stringify(ordered(one)) === JSON.stringify(ordered(added)))) throw new SysError("EEXIST");
    const at = this.#rules.findIndex((one) => one.family === rule.family && one.priority > added.priority);
    this.#rules = at < 0 ? [...this.#rules, added] : this.#rules.toSpliced(at, 0, added);
    this.#plain = false;
  }

  /** The first rule that has all that is said. Errors: ENOENT. */
  remove(wanted: RuleSelector & { readonly family: Family }): void {
    const at = this.#rules.findIndex((one) => fits(one, wanted));
    if (at < 0) throw new SysError("ENOENT");
    this.#rules = this.#rules.toSpliced(at, 1);
    this.#plain = false;
  }

  /** Rules that a packet meets, in order; `goto` is followed. */
  *matching(family: Family, destination: string, flow: Flow): Generator<RoutingRule> {
    const own = this.list(family);
    for (let at = 0; at < own.length; at++) {
      const rule = own[at];
      if (rule === undefined || meets(rule, destination, flow) === (rule.inverted === true)) continue;
      if (rule.action === "nop") continue;
      if (rule.action !== "goto") {
        yield rule;
        continue;
      }
      const target = own.findIndex((one) => one.priority === rule.goto);
      if (target > at) at = target - 1;
    }
  }
}

const ordered = (rule: RoutingRule): readonly unknown[] => [rule.priority, rule.inverted ?? false, rule.from, rule.to, rule.tos, rule.mark, rule.markMask, rule.inInterface, rule.outInterface, rule.uids, rule.protocolNumber, rule.sourcePorts, rule.destinationPorts, rule.action, rule.goto, rule.table];

/** Network masks and lengths count as they were given: 0 bits is no condition. */
function within(prefix: string | undefined, address: string | undefined): boolean {
  if (prefix === undefined) return true;
  const [network = "", bits = network.includes(":") ? "128" : "32"] = prefix.split("/");
  if (address === undefined) return bits === "0";
  return inPrefix(address, network, Number(bits));
}

const inRange = (range: readonly [number, number] | undefined, value: number | undefined): boolean => range === undefined || (value !== undefined && value >= range[0] && value <= range[1]);

function meets(rule: RoutingRule, destination: string, flow: Flow): boolean {
  return within(rule.from, flow.source) && within(rule.to, destination)
    && (rule.mark === undefined || ((flow.mark ?? 0) & (rule.markMask ?? 0xffffffff)) >>> 0 === rule.mark)
    && (rule.tos === undefined) && (rule.inInterface === undefined || rule.inInterface === (flow.inInterface ?? "lo")) && (rule.outInterface === undefined || rule.outInterface === flow.outInterface)
    && inRange(rule.uids, flow.uid) && (rule.protocolNumber === undefined || rule.protocolNumber === flow.protocol) && inRange(rule.sourcePorts, flow.sourcePort) && inRange(rule.destinationPorts, flow.destinationPort);
}

function fits(rule: RoutingRule, wanted: RuleSelector & { readonly family: Family }): boolean {
  const same = (own: unknown, asked: unknown): boolean => asked === undefined || JSON.stringify(own) === JSON.stringify(asked);
  return rule.family === wanted.family && same(rule.priority, wanted.priority) && same(rule.from, wanted.from) && same(rule.to, wanted.to) && same(rule.mark, wanted.mark) && same(rule.markMask, wanted.markMask) && same(rule.tos, wanted.tos) && same(rule.inInterface, wanted.inInterface)
    && same(rule.outInterface, wanted.outInterface) && same(rule.uids, wanted.uids) && same(rule.protocolNumber, wanted.protocolNumber) && same(rule.sourcePorts, wanted.sourcePorts) && same(rule.destinationPorts, wanted.destinationPorts) && same(rule.table, wanted.table)
    && same(rule.action, wanted.action) && (wanted.inverted === undefined || (rule.inverted ?? false) === wanted.inverted);
}
