// The routes of a network namespace: longest prefix first, then the smallest metric (ip-route(8)).

import { SysError } from "../errno.ts";
import type { Route } from "../sys.ts";
import { type Family, familyOf, inPrefix, parsePrefix } from "./address.ts";
import type { NetLink } from "./link.ts";

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
}

export class RouteTable {
  readonly entries: RouteEntry[] = [];

  /** Errors: EEXIST. */
  add(entry: RouteEntry, replace: boolean): void {
    const same = this.entries.findIndex((one) => one.table === entry.table && one.type === entry.type && one.network === entry.network && one.prefixLength === entry.prefixLength && one.family === entry.family
      && (one.metric ?? 0) === (entry.metric ?? 0) && (entry.table === "main" ? true : one.link === entry.link));
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
  lookup(address: string, outLink?: NetLink): RouteEntry | undefined {
    return this.#best("local", address, outLink) ?? this.#best("main", address, outLink);
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
  if (entry.prefixLength === 0 && entry.table === "main") return "default";
  return `${entry.network}/${entry.prefixLength}`;
}

export function parseDestination(text: string, gateway: string | undefined): { network: string; prefixLength: number; family: Family } {
  const family = gateway === undefined ? "inet" : familyOf(gateway);
  const prefix = parsePrefix(text, family);
  if (!prefix) throw new SysError("EINVAL");
  return { network: prefix.address, prefixLength: prefix.prefixLength, family: familyOf(prefix.address) };
}
