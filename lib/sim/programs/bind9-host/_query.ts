// What host, dig and nslookup share: servers of /etc/resolv.conf, types of records, names of addresses.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type DnsAnswer, ask } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";

export const TYPES: ReadonlyMap<string, number> = new Map([["A", 1], ["NS", 2], ["CNAME", 5], ["SOA", 6], ["PTR", 12], ["MX", 15], ["TXT", 16], ["AAAA", 28], ["SRV", 33], ["ANY", 255]]);

export const typeName = (number: number): string => [...TYPES].find(([, one]) => one === number)?.[0] ?? `TYPE${number}`;

export const isAddress = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);

/** "20.100.51.198.in-addr.arpa" */
export const reverseName = (address: string): string => `${address.split(".").reverse().join(".")}.in-addr.arpa`;

export function* resolvers(sys: Sys): Blocking<{ readonly servers: readonly string[]; readonly search: readonly string[] }> {
  const text = (yield* readTextFile(sys, "/etc/resolv.conf")) ?? "";
  const servers = [...text.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? "").filter(isAddress);
  return { servers: servers.length > 0 ? servers : ["127.0.0.1"], search: /^(?:search|domain)\s+(.+)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [] };
}

export interface Reply {
  readonly server: string;
  readonly answer: DnsAnswer;
}

/** The first server that answers. */
export function* query(sys: Sys, servers: readonly string[], name: string, type: number): Blocking<Reply | undefined> {
  for (const server of servers) {
    const answer = yield* ask(sys, server, name.replace(/\.$/, ""), type);
    if (answer !== undefined) return { server, answer };
  }
  return undefined;
}
