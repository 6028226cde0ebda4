// libwrap: who may use a service, by /etc/hosts.allow and /etc/hosts.deny (hosts_access(5), hosts_options(5)): the first line that fits decides; without one the service is open.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";
import { compileFnmatch } from "./fnmatch.ts";

interface WrapperRequest {
  readonly daemon: string;
  /** "192.0.2.1", "::1" */
  readonly address: string;
  /** the address's own name; undefined when it has none */
  readonly hostName: string | undefined;
  /** the server's side, for daemon@host patterns */
  readonly localAddress?: string;
}

interface WrapperVerdict {
  readonly allowed: boolean;
  /** commands of spawn (or of the plain third field), and of twist, with their %-letters filled in */
  readonly spawn: readonly string[];
  readonly twist: string | undefined;
}

interface Rule {
  readonly line: number;
  readonly daemons: string;
  readonly clients: string;
  readonly options: readonly string[];
}

/** Fields between colons; those in brackets and after a backslash do not count. */
function fields(line: string): readonly string[] {
  const found: string[] = [];
  let current = "";
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (letter === "\\" && line.charAt(at + 1) === ":") {
      current += ":";
      at++;
    } else if (letter === ":" && depth === 0) {
      found.push(current.trim());
      current = "";
    } else {
      if (letter === "[") depth++;
      if (letter === "]") depth = Math.max(0, depth - 1);
      current += letter;
    }
  }
  return [...found, current.trim()];
}

export function parseRules(text: string): { readonly rules: readonly Rule[]; readonly wrong: readonly { readonly line: number; readonly text: string }[] } {
  const rules: Rule[] = [];
  const wrong: { line: number; text: string }[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const first = at + 1;
    let line = lines[at] ?? "";
    while (line.endsWith("\\") && at + 1 < lines.length) line = line.slice(0, -1) + (lines[++at] ?? "");
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [daemons = "", clients, ...options] = fields(line);
    if (clients === undefined || daemons === "" || clients === "") wrong.push({ line: first, text: clients === undefined ? 'missing ":" separator' : "missing client list" });
    else rules.push({ line: first, daemons, clients, options });
  }
  return { rules, wrong };
}

const bits = (address: string): bigint | undefined => {
  if (/^\d+(?:\.\d+){3}$/.test(address)) return address.split(".").reduce((all, part) => all * 256n + BigInt(part), 0n);
  if (!address.includes(":")) return undefined;
  const [left = "", right] = address.split("::");
  const groups = (words: string): string[] => (words === "" ? [] : words.split(":"));
  const middle = right === undefined ? 0 : 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array.from({ length: Math.max(0, middle) }, () => "0"), ...groups(right ?? "")];
  return all.length === 8 && all.every((one) => /^[0-9a-f]{1,4}$/i.test(one)) ? all.reduce((sum, one) => sum * 65_536n + BigInt(`0x${one}`), 0n) : undefined;
};

function inNet(address: string, net: string, length: number, wide: boolean): boolean {
  const [own, base] = [bits(address), bits(net)];
  if (own === undefined || base === undefined || address.includes(":") !== wide || length > (wide ? 128 : 32)) return false;
  const shift = BigInt((wide ? 128 : 32) - length);
  return own >> shift === base >> shift;
}

function clientFits(pattern: string, { address, hostName }: WrapperRequest): boolean {
  const word = pattern.replace(/^[^@]*@/, "");
  switch (word) {
    case "ALL": return true;
    case "LOCAL": return hostName !== undefined && !hostName.includes(".");
    case "KNOWN": return hostName !== undefined;
    case "UNKNOWN": return hostName === undefined;
    case "PARANOID": return false;
  }
  if (word.startsWith(".")) return hostName?.toLowerCase().endsWith(word.toLowerCase()) === true;
  if (word.endsWith(".")) return address.startsWith(word);
  const wide = /^\[([^\]]+)\](?:\/(\d+))?$/.exec(word);
  if (wide !== null) return inNet(address, wide[1] ?? "", Number(wide[2] ?? 128), true);
  const masked = /^([\d.]+)\/([\d.]+)$/.exec(word);
  if (masked !== null) {
    const [, net = "", mask = ""] = masked;
    if (/^\d+$/.test(mask)) return inNet(address, net, Number(mask), false);
    const [own, base, ones] = [bits(address), bits(net), bits(mask)];
    return own !== undefined && base !== undefined && ones !== undefined && !address.includes(":") && (own & ones) === base;
  }
  if (/[*?]/.test(word)) {
    const matches = compileFnmatch(word, { ignoreCase: true });
    return matches(address) || (hostName !== undefined && matches(hostName));
  }
  return word === address || word.toLowerCase() === hostName?.toLowerCase();
}

/** As only_from and no_access of xinetd say it: addresses, networks (192.168.0.0/24, 192.168.0.0 for all of it), names, .domains. */
export function addressFits(pattern: string, address: string, hostName: string | undefined): boolean {
  const whole = /^(\d+(?:\.\d+)*?)(?:\.0)+$/.exec(pattern);
  if (pattern === "0.0.0.0" || pattern === "::") return true;
  if (whole !== null && address.startsWith(`${whole[1] ?? ""}.`)) return true;
  return clientFits(pattern.includes(":") ? `[${pattern.split("/")[0] ?? ""}]${pattern.includes("/") ? `/${pattern.split("/")[1] ?? ""}` : ""}` : pattern, { daemon: "", address, hostName });
}

const daemonFits = (pattern: string, { daemon, localAddress }: WrapperRequest): boolean => {
  const [name = "", host] = pattern.split("@");
  return (name === "ALL" || name === daemon) && (host === undefined || host === localAddress);
};

/** "A B EXCEPT C EXCEPT D": what stands before, less what fits behind. */
function listFits(list: readonly string[], fits: (pattern: string) => boolean): boolean {
  const at = list.indexOf("EXCEPT");
  const before = at < 0 ? list : list.slice(0, at);
  if (!before.some(fits)) return false;
  return at < 0 || !listFits(list.slice(at + 1), fits);
}

const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== "");

function filled(command: string, request: WrapperRequest, pid: number): string {
  const { address, hostName, daemon, localAddress = "" } = request;
  const values: ReadonlyMap<string, string> = new Map([["a", address], ["A", localAddress], ["c", hostName ?? address], ["d", daemon], ["h", hostName ?? address], ["H", localAddress], ["n", hostName ?? "unknown"], ["N", localAddress], ["p", String(pid)], ["s", `${daemon}@${localAddress}`], ["u", "unknown"], ["%", "%"]]);
  return command.replace(/%(.)/g, (whole, letter: string) => (values.get(letter) ?? whole).replace(/[^\w@:.,/%\- ]/g, "_"));
}

/** `directory` ends in a slash, or is empty. */
export function* hostsAccess(sys: Sys, request: WrapperRequest, directory = "/etc/"): Blocking<WrapperVerdict> {
  for (const file of [`${directory}hosts.allow`, `${directory}hosts.deny`]) {
    const { rules } = parseRules((yield* readTextFile(sys, file)) ?? "");
    for (const rule of rules) {
      if (sys.charge(5)) yield* sys.preempt();
      if (!listFits(words(rule.daemons), (one) => daemonFits(one, request)) || !listFits(words(rule.clients), (one) => clientFits(one, request))) continue;
      let allowed = file.endsWith("allow");
      const spawn: string[] = [];
      let twist: string | undefined;
      for (const option of rule.options) {
        const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec(option) ?? [];
        if (/^allow$/i.test(word)) allowed = true;
        else if (/^deny$/i.test(word)) allowed = false;
        else if (word === "spawn") spawn.push(filled(rest, request, sys.getpid()));
        else if (word === "twist") twist = filled(rest, request, sys.getpid());
      }
      return { allowed, spawn, twist };
    }
  }
  return { allowed: true, spawn: [], twist: undefined };
}

/** The name that /etc/hosts gives to an address. */
export function* nameOfAddress(sys: Sys, address: string): Blocking<string | undefined> {
  for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
    const [own, name] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (own === address && name !== undefined && name !== "") return name;
  }
  return undefined;
}
