// Matches of iptables-extensions(8) beyond the fields of a rule: what is asked of a packet, and how -S and -L write it.

import type { NetfilterExtra } from "../../kernel/sys.ts";
import { BadArgument } from "./_bad-argument.ts";

/** Known to iptables 1.8.9, not to this machine. */
export const KNOWN_MATCHES: ReadonlySet<string> = new Set(["ah", "bpf", "cgroup", "cluster", "connbytes", "connlabel", "connlimit", "connmark", "cpu", "dccp", "devgroup", "dscp", "ecn", "esp", "hashlimit", "helper", "ipvs", "mac", "nfacct", "osf", "owner", "physdev", "policy", "quota", "rateest", "realm", "rpfilter", "sctp", "set", "socket", "statistic", "string", "tcpmss", "time", "u32", "udplite"]);
export const KNOWN_TARGETS: ReadonlySet<string> = new Set(["AUDIT", "CHECKSUM", "CLASSIFY", "CLUSTERIP", "CONNMARK", "CONNSECMARK", "CT", "DSCP", "ECN", "HL", "HMARK", "IDLETIMER", "LED", "MARK", "NETMAP", "NFLOG", "NFQUEUE", "NOTRACK", "RATEEST", "SECMARK", "SET", "SYNPROXY", "TCPMSS", "TCPOPTSTRIP", "TEE", "TOS", "TPROXY", "TRACE", "TTL", "ULOG"]);

const MODULE_OF: ReadonlyMap<string, string> = new Map([
  ["--ports", "multiport"], ["--ttl-eq", "ttl"], ["--ttl", "ttl"], ["--ttl-lt", "ttl"], ["--ttl-gt", "ttl"], ["--length", "length"], ["--src-range", "iprange"], ["--dst-range", "iprange"], ["--pkt-type", "pkttype"], ["--mark", "mark"], ["--tos", "tos"],
]);

export const isExtra = (option: string): boolean => MODULE_OF.has(option);

const hexadecimal = (value: number): string => `0x${value.toString(16)}`;

function whole(text: string, most: number, complaint: string): number {
  if (!/^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text) || Number(text) > most) throw new BadArgument(complaint);
  return Number(text);
}

/** The ports of --ports are read by whoever knows the services. */
export interface MadeExtra {
  readonly module: string;
  readonly list: string;
  readonly extra: NetfilterExtra | undefined;
}

/** One option of such a match; `not` is read after its argument. Errors: BadArgument. */
export function extraOption(option: string, next: () => string, modules: ReadonlySet<string>, not: () => boolean): MadeExtra {
  const module = MODULE_OF.get(option) ?? "";
  if (!modules.has(module)) throw new BadArgument(`unknown option "${option}"`);
  const text = next();
  if (module === "multiport") return { module, list: text, extra: undefined };
  const negated = not();
  const made = (save: string, shown: string, test: NetfilterExtra["test"]): MadeExtra => ({ module, list: "", extra: { module, save: `${negated ? "! " : ""}${save}`, shown, negated, test } });
  const bad = `${module}: bad value for option "${option}", or out of range (0-255).\n`;
  switch (option) {
    case "--ttl":
    case "--ttl-eq": {
      const value = whole(text, 255, bad);
      return made(`--ttl-eq ${value}`, `TTL match TTL ${negated ? "!=" : "=="} ${value}`, { kind: "ttl", from: value, to: value });
    }
    case "--ttl-lt": {
      const value = whole(text, 255, bad);
      return made(`--ttl-lt ${value}`, `TTL match TTL < ${value}`, { kind: "ttl", from: 0, to: value - 1 });
    }
    case "--ttl-gt": {
      const value = whole(text, 255, bad);
      return made(`--ttl-gt ${value}`, `TTL match TTL > ${value}`, { kind: "ttl", from: value + 1, to: 255 });
    }
    case "--length": {
      const [low = "", high] = text.split(":");
      const from = low === "" ? 0 : whole(low, 65_535, `length: bad value for option "--length", or out of range (0-65535).\n`);
      const to = high === undefined ? from : high === "" ? 65_535 : whole(high, 65_535, `length: bad value for option "--length", or out of range (0-65535).\n`);
      const shown = from === to ? String(from) : `${from}:${to}`;
      return made(`--length ${shown}`, `length ${negated ? "!" : ""}${shown}`, { kind: "length", from, to });
    }
    case "--src-range":
    case "--dst-range": {
      const [from = "", to = from] = text.split("-");
      for (const one of [from, to]) if (!one.includes(":") && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(one)) throw new BadArgument(`iprange: Bad IP address "${one}"\n`);
      const source = option === "--src-range";
      return made(`${option} ${from}-${to}`, `${source ? "source" : "destination"} IP range${negated ? " !" : ""} ${from}-${to}`, { kind: "range", side: source ? "source" : "destination", from, to });
    }
    case "--pkt-type": {
      const type = text.toLowerCase();
      if (!["unicast", "broadcast", "multicast"].includes(type)) throw new BadArgument(`Bad packet type '${text}'`);
      return made(`--pkt-type ${type}`, `PKTTYPE ${negated ? "!=" : "="} ${type}`, { kind: "frame", type });
    }
    case "--mark": {
      const [value = "", mask] = text.split("/");
      const number = whole(value, 0xffffffff, `mark: bad mark value for option "--mark", or out of range.\n`);
      const shown = `${hexadecimal(number)}${mask === undefined ? "" : `/${hexadecimal(whole(mask, 0xffffffff, "mark: trailing garbage after value for option \"--mark\".\n"))}`}`;
      return made(`--mark ${shown}`, `mark match ${negated ? "!" : ""}${shown}`, { kind: "unset", value: number });
    }
    default: {
      const [value = "", mask] = text.split("/");
      const names = new Map([["Minimize-Delay", 16], ["Maximize-Throughput", 8], ["Maximize-Reliability", 4], ["Minimize-Cost", 2], ["Normal-Service", 0]]);
      const known = [...names].find(([name]) => name.toLowerCase() === value.toLowerCase())?.[1];
      const number = known ?? whole(value, 255, `Symbolic name "${value}" is unknown`);
      const shown = `${hexadecimal(number).replace(/^0x(.)$/, "0x0$1")}/${mask === undefined ? (known === undefined ? "0xff" : "0x3f") : hexadecimal(whole(mask, 255, "tos: bad mask"))}`;
      return made(`--tos ${shown}`, `tos match${negated ? "!" : ""}${shown}`, { kind: "unset", value: number });
    }
  }
}
