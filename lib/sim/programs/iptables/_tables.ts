// What iptables, ip6tables, their -save and their -restore do with the kernel's tables.

import { type Blocking, decode, type NetfilterChain, type NetfilterTableName, O, type Sys, SysError } from "../../kernel/sys.ts";
import { BadArgument } from "./_bad-argument.ts";
import { isTable, NAT_TARGETS, parseRule, type RuleSpec, ruleText, sameRule, TARGETS } from "./_rule-text.ts";

export type Family = "inet" | "inet6";
export const VERSION = "1.8.9 (nf_tables)";

/** The end of a run: `message` is the whole text on standard error. */
export class Failed extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface MutableChain {
  name: string;
  policy: NetfilterChain["policy"];
  rules: NetfilterChain["rules"][number][];
  packets: number;
  bytes: number;
}

export interface Program {
  readonly sys: Sys;
  /** "iptables" */
  readonly name: string;
  readonly family: Family;
  readonly services: ReadonlyMap<string, number>;
}

export function badUsage(program: Program, message: string): Failed {
  return new Failed(2, `${program.name} v${VERSION}: ${message}\nTry \`${program.name} -h' or '${program.name} --help' for more information.\n`);
}

/** Errors: Failed for whoever is not root. */
export function load(program: Program, table: NetfilterTableName): MutableChain[] {
  try {
    return program.sys.netfilter({ op: "list", family: program.family, table }).map((chain) => ({ ...chain, rules: [...chain.rules] }));
  } catch (error) {
    if (error instanceof SysError && error.errno === "EPERM") throw new Failed(4, `${program.name} v${VERSION}: Could not fetch rule set generation id: Permission denied (you must be root)\n`);
    throw error;
  }
}

export function store(program: Program, table: NetfilterTableName, chains: readonly MutableChain[]): void {
  program.sys.netfilter({ op: "replace", family: program.family, table, chains });
}

/** Names and numbers of /etc/services. */
export function* readServices(sys: Sys): Blocking<ReadonlyMap<string, number>> {
  const services = new Map<string, number>();
  try {
    const fd = yield* sys.open("/etc/services", O.RDONLY);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(fd);
    for (const line of text.split("\n")) {
      const [name = "", port = "", ...aliases] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      const number = Number(port.split("/")[0]);
      if (number > 0) for (const one of [name, ...aliases]) if (!services.has(one)) services.set(one, number);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return services;
}

/** "-s A,B" makes a rule for each. */
function addressLists(words: readonly string[]): readonly (readonly string[])[] {
  const at = words.findIndex((word, index) => index > 0 && /^(?:-s|-d|--(?:src|dst|source|destination))$/.test(words[index - 1] ?? "") && word.includes(","));
  if (at < 0) return [words];
  return (words[at] ?? "").split(",").flatMap((one) => addressLists([...words.slice(0, at), one, ...words.slice(at + 1)]));
}

function readRule(program: Program, words: readonly string[], chains: readonly MutableChain[], table: NetfilterTableName, chain: string, verb: string): RuleSpec {
  let rule: RuleSpec;
  try {
    rule = parseRule(words, program.services, program.family);
  } catch (error) {
    if (error instanceof BadArgument) throw error.alone ? new Failed(2, `${error.message}\nTry \`${program.name} -h' or '${program.name} --help' for more information.\n`) : badUsage(program, error.message);
    throw error;
  }
  if (rule.target !== "" && !TARGETS.has(rule.target) && !chains.some((one) => one.name === rule.target)) throw badUsage(program, `Chain '${rule.target}' does not exist`);
  if (rule.outInterface !== undefined && (chain === "INPUT" || chain === "PREROUTING")) throw badUsage(program, `Can't use -o with ${chain}\n`);
  if (rule.inInterface !== undefined && (chain === "OUTPUT" || chain === "POSTROUTING")) throw badUsage(program, `Can't use -i with ${chain}\n`);
  const impossible = (rule.targetOptions?.rejectWith === "tcp-reset" && rule.protocol !== "tcp") || (rule.target === "MASQUERADE" && chain !== "POSTROUTING" && chains.some((one) => one.name === chain && one.policy !== undefined)) || (NAT_TARGETS.has(rule.target) && table !== "nat") || (rule.target === "REJECT" && table !== "filter") || (rule.target === "MASQUERADE" && chain === "PREROUTING") || (rule.target === "DNAT" && chain === "POSTROUTING") || rule.target === chain;
  if (impossible) throw new Failed(4, `${program.name} v${VERSION}:  RULE_${verb} failed (${rule.target === chain ? "Too many levels of symbolic links" : "Invalid argument"}): rule in chain ${chain}\n`);
  return rule;
}

/** Carries out one command on a table that is already read. True when it changed. Errors: Failed. */
export function change(program: Program, table: NetfilterTableName, chains: MutableChain[], command: string, words: readonly string[]): boolean {
  const { name } = program;
  const [chainName = "", ...rest] = words;
  const noSuch = () => new Failed(1, `${name}: No chain/target/match by that name.\n`);
  const chain = () => {
    const found = chains.find((one) => one.name === chainName);
    if (!found) throw noSuch();
    return found;
  };
  const needsChain = () => {
    if (chainName === "" || chainName.startsWith("-")) throw badUsage(program, `option "-${command}" requires an argument`);
  };
  switch (command) {
    case "A":
    case "I":
    case "R": {
      needsChain();
      const numbered = command !== "A" && /^\d+$/.test(rest[0] ?? "");
      const place = numbered ? Number(rest[0]) - 1 : 0;
      const made = addressLists(numbered ? rest.slice(1) : rest).map((one) => ({ ...readRule(program, one, chains, table, chainName, command === "A" ? "APPEND" : command === "I" ? "INSERT" : "REPLACE"), packets: 0, bytes: 0 }));
      const { rules } = chain();
      if (command === "A") rules.push(...made);
      else if (command === "I") {
        if (place < 0 || place > rules.length) throw new Failed(1, `${name}: Index of insertion too big.\n`);
        rules.splice(place, 0, ...made);
      } else {
        if (place < 0 || place >= rules.length) throw new Failed(1, `${name}: Index of replacement too big.\n`);
        rules.splice(place, 1, ...made.slice(0, 1));
      }
      return true;
    }
    case "D":
    case "C": {
      needsChain();
      const { rules } = chain();
      if (command === "D" && rest.length === 1 && /^\d+$/.test(rest[0] ?? "")) {
        const place = Number(rest[0]) - 1;
        if (place < 0) throw badUsage(program, `Invalid rule number \`${rest[0]}'`);
        if (place < 0 || place >= rules.length) throw new Failed(1, `${name}: Index of deletion too big.\n`);
        rules.splice(place, 1);
        return true;
      }
      const wanted = readRule(program, rest, chains, table, chainName, "DELETE");
      const at = rules.findIndex((rule) => sameRule(rule, wanted));
      if (at < 0) throw new Failed(1, `${name}: Bad rule (does a matching rule exist in that chain?).\n`);
      if (command === "C") return false;
      rules.splice(at, 1);
      return true;
    }
    case "F":
      for (const one of chainName === "" ? chains : [chain()]) one.rules = [];
      return true;
    case "Z":
      for (const one of chainName === "" ? chains : [chain()]) {
        one.packets = 0;
        one.bytes = 0;
        one.rules = one.rules.map((rule) => ({ ...rule, packets: 0, bytes: 0 }));
      }
      return true;
    case "N":
      if (chainName.startsWith("-")) throw badUsage(program, "chain name not allowed to start with `-'");
      needsChain();
      if (chains.some((one) => one.name === chainName)) throw new Failed(1, `${name}: Chain already exists.\n`);
      if (TARGETS.has(chainName)) throw badUsage(program, `chain name may not clash with target name`);
      if (chainName.length > 28) throw badUsage(program, `chain name \`${chainName}' too long (must be under 29 chars)`);
      chains.push({ name: chainName, policy: undefined, rules: [], packets: 0, bytes: 0 });
      return true;
    case "X": {
      const used = (one: MutableChain) => one.rules.length > 0 || chains.some((other) => other.rules.some((rule) => rule.target === one.name));
      const gone = chainName === "" ? chains.filter((one) => one.policy === undefined) : [chain()];
      for (const one of gone) {
        if (one.policy !== undefined && one.rules.length > 0) throw new Failed(1, `${name}: Directory not empty.\n`);
        if (one.policy !== undefined) throw new Failed(1, `${name} v${VERSION}:  CHAIN_DEL failed (Operation not supported): chain ${one.name}\n`);
        if (used(one)) throw new Failed(4, `${name} v${VERSION}:  CHAIN_DEL failed (Device or resource busy): chain ${one.name}\n`);
        chains.splice(chains.indexOf(one), 1);
      }
      return true;
    }
    case "P": {
      needsChain();
      const [policy] = rest;
      if (policy === undefined) throw badUsage(program, `-P requires a chain and a policy`);
      const found = chains.find((one) => one.name === chainName);
      if (!found || found.policy === undefined) throw new Failed(1, `${name}: Bad built-in chain name.\n`);
      if (policy !== "ACCEPT" && policy !== "DROP") throw new Failed(1, `${name}: Bad policy name. Run \`dmesg' for more information.\n`);
      found.policy = policy;
      return true;
    }
    case "E": {
      const [renamed = ""] = rest;
      const found = chain();
      if (chains.some((one) => one.name === renamed)) throw new Failed(1, `${name}: File exists.\n`);
      found.name = renamed;
      for (const one of chains) one.rules = one.rules.map((rule) => (rule.target === chainName ? { ...rule, target: renamed } : rule));
      return true;
    }
    default: return false;
  }
}

/** iptables -S */
export function specification(chains: readonly MutableChain[], only: string | undefined, counters: boolean): string {
  const chosen = only === undefined ? chains : chains.filter((one) => one.name === only);
  const lines = chosen.map((one) => (one.policy === undefined ? `-N ${one.name}` : `-P ${one.name} ${one.policy}${counters ? ` -c ${one.packets} ${one.bytes}` : ""}`));
  for (const one of chosen) for (const rule of one.rules) lines.push(`-A ${one.name} ${ruleText(rule, counters ? `-c ${rule.packets} ${rule.bytes}` : undefined)}`.trimEnd());
  return lines.map((line) => `${line}\n`).join("");
}

/** One table of iptables-save. */
export function saved(program: Program, table: NetfilterTableName, chains: readonly MutableChain[], counters: boolean, date: string): string {
  const lines = [
    `# Generated by ${program.name}-save v${VERSION} on ${date}`, `*${table}`,
    ...chains.map((chain) => `:${chain.name} ${chain.policy ?? "-"} [${chain.packets}:${chain.bytes}]`),
    ...chains.flatMap((chain) => chain.rules.map((rule) => `${counters ? `[${rule.packets}:${rule.bytes}] ` : ""}-A ${chain.name} ${ruleText(rule)}`.trimEnd())),
    "COMMIT", `# Completed on ${date}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Nothing was ever put into it: the kernel has no such table yet. */
export function isUntouched(chains: readonly MutableChain[]): boolean {
  return chains.every((chain) => chain.policy === "ACCEPT" && chain.rules.length === 0);
}

/** Words of a line of iptables-save, with its quotes. */
export function splitLine(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => match[1]?.replace(/\\(.)/g, "$1") ?? match[2] ?? "");
}

/** iptables-restore. Errors: Failed. */
export function restore(program: Program, text: string, flush: boolean, counters: boolean): void {
  let table: NetfilterTableName | undefined;
  let chains: MutableChain[] = [];
  const failedAt = (line: number) => new Failed(1, `${program.name}-restore: line ${line} failed\n`);
  for (const [place, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("*")) {
      const name = line.slice(1);
      if (!isTable(name)) throw new Failed(2, `${program.name}-restore v${VERSION}: ${program.name}-restore: line ${place + 1} table name '${name}' invalid\nError occurred at line: ${place + 1}\nTry \`${program.name}-restore -h' or '${program.name}-restore --help' for more information.\n`);
      table = name;
      chains = load(program, name);
      if (flush) chains = chains.filter((chain) => chain.policy !== undefined).map((chain) => ({ ...chain, rules: [] }));
      continue;
    }
    if (!table) throw failedAt(place + 1);
    if (line === "COMMIT") {
      store(program, table, chains);
      table = undefined;
      continue;
    }
    const declared = /^:(\S+) (ACCEPT|DROP|-)(?: \[(\d+):(\d+)\])?$/.exec(line);
    if (declared) {
      const [, name = "", policy = "-", packets, bytes] = declared;
      let chain = chains.find((one) => one.name === name);
      if (!chain) {
        chain = { name, policy: undefined, rules: [], packets: 0, bytes: 0 };
        chains.push(chain);
      }
      chain.policy = policy === "-" ? undefined : policy === "DROP" ? "DROP" : "ACCEPT";
      Object.assign(chain, { packets: counters ? Number(packets ?? 0) : 0, bytes: counters ? Number(bytes ?? 0) : 0 });
      continue;
    }
    const counted = /^\[(\d+):(\d+)\] /.exec(line);
    const words = splitLine(line.slice(counted?.[0].length ?? 0));
    const command = words[0] ?? "";
    if (!/^-[AIDRNPFX]$/.test(command)) throw failedAt(place + 1);
    try {
      change(program, table, chains, command.slice(1), words.slice(1));
      const { rules } = chains.find((one) => one.name === words[1]) ?? { rules: [] };
      const last = rules.at(-1);
      if (counters && counted && command === "-A" && last !== undefined) rules[rules.length - 1] = { ...last, packets: Number(counted[1]), bytes: Number(counted[2]) };
    } catch (error) {
      if (error instanceof Failed) throw new Failed(error.status === 2 ? 2 : 1, error.status === 2 ? error.message.replace(`${program.name} v`, `${program.name}-restore v`).replace(/\nTry [^\n]*\n$/, `\nError occurred at line: ${place + 1}\nTry \`${program.name}-restore -h' or '${program.name}-restore --help' for more information.\n`) : `${program.name}-restore: line ${place + 1} failed: ${error.message.replace(/^[^:]*: /, "")}`);
      throw error;
    }
  }
  if (table !== undefined) throw new Failed(1, `${program.name}-restore: COMMIT expected at line ${text.replace(/\n$/, "").split("\n").length + 1}\n`);
}
