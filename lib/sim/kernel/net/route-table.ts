// The routes of a network namespace: longest prefix first, then the smallest metric (ip-route(8)).

import { SysError } from "../errno.ts";
import type { Route } from "../sys.ts";
import { type Family, familyOf, inPrefix, parsePrefix } from "./address.ts";
import type { NetLink } from "./link.ts";
import { type Flow, RoutingRules } from "./routing-rules.ts";
import { SmallSet } from "../small-set.ts";

export interface RouteEntry {
  readonly family: Family;
  readonly network: string;
  readonly prefixLength: number;
  readonly gateway: string | undefined;
  readonly link: NetLink | undefined;
  readonly source: string | undefined;
  readonly scope: Route["scope"];
  readonly protocol: Route["protocol"];
  readonly metric: number | undefined;
  readonly table: Route["table"];
  readonly type: Route["type"];
  readonly onLink?: true;
  readonly metrics?: Route["metrics"];
  readonly nextHops?: readonly { readonly gateway: string | undefined; readonly link: NetLink; readonly weight: number }[];
}

/** A rule that lets no packet pass, in place of a route. */
export type Refusal = "EINVAL" | "EACCES" | "ENETUNREACH";

export class RouteTable {
  readonly entries: RouteEntry[] = [];
  readonly rules = new RoutingRules();
  /** tables that a route was put into once: they stay */
  readonly #made = new SmallSet<string>();

  has(table: string, family: Family): boolean {
    return table === "main" || table === "local" || this.#made.has(`${family} ${table}`);
  }

  /** `beside`: even where there is one to the same destination. Errors: EEXIST. */
  add(entry: RouteEntry, replace: boolean, beside?: "after" | "before"): void {
    if (entry.table !== "main" && entry.table !== "local") this.#made.add(`${entry.family} ${entry.table}`);
    const same = this.entries.findIndex((one) => one.table === entry.table && one.type === entry.type && one.network === entry.network && one.prefixLength === entry.prefixLength && one.family === entry.family
      && (one.metric ?? 0) === (entry.metric ?? 0) && (entry.table !== "local" || one.link === entry.link));
    if (same >= 0 && beside !== undefined) {
      const equal = (one: RouteEntry): boolean => one.table === entry.table && one.network === entry.network && one.prefixLength === entry.prefixLength && (one.metric ?? 0) === (entry.metric ?? 0);
      if (this.entries.some((one) => equal(one) && one.gateway === entry.gateway && one.link === entry.link)) throw new SysError("EEXIST");
      this.entries.splice(beside === "before" ? same : this.entries.findLastIndex(equal) + 1, 0, entry);
      return;
    }
    if (same >= 0) {
      if (!replace) throw new SysError("EEXIST");
      this.entries[same] = entry;
      return;
    }
    this.entries.push(entry);
  }

  /** Adds a route of the kernel's own unless it is there. */
  ensure(entry: RouteEntry): void {
    const there = this.entries.some((one) => one.table === entry.table && one.network === entry.network && one.prefixLength === entry.prefixLength && one.link === entry.link && one.type === entry.type && one.source === entry.source);
    if (!there) this.entries.push(entry);
  }

  remove(which: (entry: RouteEntry) => boolean): number {
    let removed = 0;
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i];
      if (entry && which(entry)) {
        this.entries.splice(i, 1);
        removed++;
      }
    }
    return removed;
  }

  /** The route that a packet to `address` takes; undefined: unreachable network. */
  lookup(address: string, outLink?: NetLink, flow: Flow = {}): RouteEntry | undefined {
    if (this.rules.plain) return this.#best("local", address, outLink) ?? this.#best("main", address, outLink) ?? this.#best("default", address, outLink);
    const found = this.byRules(address, outLink, flow);
    return typeof found === "string" ? undefined : found;
  }

  /** As the rules of ip-rule(8) say: a route, the refusal of a rule, or nothing. */
  byRules(address: string, outLink?: NetLink, flow: Flow = {}): RouteEntry | Refusal | undefined {
    for (const rule of this.rules.matching(familyOf(address), address, { ...(outLink !== undefined && { outInterface: outLink.name }), ...flow })) {
      if (rule.action === "blackhole") return "EINVAL";
      if (rule.action === "prohibit") return "EACCES";
      if (rule.action === "unreachable") return "ENETUNREACH";
      const route = this.#best(rule.table, address, outLink);
      if (route !== undefined && route.type !== "throw") return route;
    }
    return undefined;
  }

  #best(table: Route["table"], address: string, outLink: NetLink | undefined): RouteEntry | undefined {
    const family = familyOf(address);
    let best: RouteEntry | undefined;
    for (const entry of this.entries) {
      if (entry.table !== table || entry.family !== family) continue;
      if (outLink && entry.link !== outLink) continue;
      if (entry.link && !entry.link.up) continue;
      if (!inPrefix(address, entry.network, entry.prefixLength)) continue;
      if (!best || entry.prefixLength > best.prefixLength || (entry.prefixLength === best.prefixLength && (entry.metric ?? 0) < (best.metric ?? 0))) best = entry;
    }
    return best;
  }
}

export function destinationText(entry: RouteEntry): string {
  if (entry.prefixLength === 0 && entry.table !== "local") return "default";
  return `${entry.network}/${entry.prefixLength}`;
}

export function parseDestination(text: string, gateway: string | undefined): { network: string; prefixLength: number; family: Family } {
  const family = gateway === undefined ? "inet" : familyOf(gateway);
  const prefix = parsePrefix(text, family);
  if (!prefix) throw new SysError("EINVAL");
  return { network: prefix.address, prefixLength: prefix.prefixLength, family: familyOf(prefix.address) };
}
