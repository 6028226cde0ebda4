// rsyslog.conf(5): selectors, property filters and simple "if … then", each with what is done to the messages they choose.

import { FACILITIES } from "../../daemons/systemd/api/journal.ts";

export interface SyslogMessage {
  readonly facility: number;
  readonly severity: number;
  readonly program: string;
  /** with the process number: "sshd[12]" */
  readonly tag: string;
  readonly host: string;
  readonly text: string;
}

export type SyslogAction =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "udp" | "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "users"; readonly names: readonly string[] }
  | { readonly kind: "stop" };

export interface SyslogRule {
  readonly chooses: (message: SyslogMessage) => boolean;
  readonly actions: readonly SyslogAction[];
}

export interface SyslogConfiguration {
  readonly rules: SyslogRule[];
  readonly includes: string[];
  /** ports of imudp */
  readonly udpPorts: number[];
  readonly problems: { readonly line: number; readonly text: string }[];
}

const SEVERITIES = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
const ALIASES: ReadonlyMap<string, string> = new Map([["panic", "emerg"], ["error", "err"], ["warn", "warning"]]);

/** "auth,authpriv.*;cron.none" as the least severity of each facility, -1 for none; undefined when it is no selector. */
export function parseSelector(text: string): ((message: SyslogMessage) => boolean) | undefined {
  const chosen: (readonly boolean[])[] = Array.from({ length: 24 }, () => new Array<boolean>(8).fill(false));
  for (const part of text.split(";")) {
    const match = /^([a-z0-9*,]+)\.(!?)(=?)([a-z*]+)$/i.exec(part.trim());
    if (match === null) return undefined;
    const [, facilities = "", not, exact, word = ""] = match;
    const name = ALIASES.get(word.toLowerCase()) ?? word.toLowerCase();
    const severity = SEVERITIES.indexOf(name);
    if (severity < 0 && name !== "*" && name !== "none") return undefined;
    const hit = SEVERITIES.map((_, index) => name !== "none" && (name === "*" || (exact === "=" ? index === severity : index <= severity)));
    for (const facility of facilities.split(",")) {
      const numbers = facility === "*" ? [...chosen.keys()] : [FACILITIES.indexOf(facility.toLowerCase() as (typeof FACILITIES)[number])];
      for (const number of numbers) {
        if (number < 0) return undefined;
        chosen[number] = (chosen[number] ?? []).map((before, index) => (name === "none" ? false : not === "!" ? before && !(hit[index] ?? false) : before || (hit[index] ?? false)));
      }
    }
  }
  return (message) => chosen[message.facility]?.[message.severity] ?? false;
}

function parseAction(text: string): SyslogAction | undefined {
  const word = text.trim().replace(/;[A-Za-z_]+$/, "");
  if (word === "stop" || word === "~") return { kind: "stop" };
  if (word.startsWith("/") || word.startsWith("-/")) return { kind: "file", path: word.replace(/^-/, "") };
  const remote = /^(@@?)(?:\([^)]*\))?([^:]+)(?::(\d+))?$/.exec(word);
  if (remote) return { kind: remote[1] === "@" ? "udp" : "tcp", host: remote[2] ?? "", port: Number(remote[3] ?? 514) };
  const users = /^(?::omusrmsg:)?([a-z_*][a-z0-9_,*-]*)$/.exec(word);
  if (users) return { kind: "users", names: (users[1] ?? "").split(",") };
  const action = /^action\(\s*type="([a-z]+)"\s*(.*)\)$/.exec(word);
  const file = /file="([^"]+)"/i.exec(action?.[2] ?? "")?.[1];
  if (action?.[1] === "omfile" && file !== undefined) return { kind: "file", path: file };
  const target = /target="([^"]+)"/i.exec(action?.[2] ?? "")?.[1];
  if (action?.[1] === "omfwd" && target !== undefined) return { kind: /protocol="tcp"/i.test(action[2] ?? "") ? "tcp" : "udp", host: target, port: Number(/port="(\d+)"/i.exec(action[2] ?? "")?.[1] ?? 514) };
  return undefined;
}

/** The first word of a selector that nobody knows: priorities are read before facilities. */
function selectorProblem(selector: string): string {
  for (const part of selector.split(";")) {
    const [facilities = "", priority = ""] = part.split(".");
    const word = priority.replace(/^!?=?/, "");
    if (parseSelector(`*.${word}`) === undefined) return `unknown priority name "${word}"`;
    const stranger = facilities.split(",").find((facility) => parseSelector(`${facility}.${word}`) === undefined);
    if (stranger !== undefined) return `unknown facility name "${stranger}"`;
  }
  return `syntax error on token '${selector}'`;
}

function property(message: SyslogMessage, name: string): string {
  switch (name.toLowerCase()) {
    case "programname": return message.program;
    case "syslogtag": return message.tag;
    case "hostname": case "fromhost": return message.host;
    case "syslogfacility-text": return FACILITIES[message.facility] ?? "";
    case "syslogseverity-text": return SEVERITIES[message.severity] ?? "";
    case "syslogseverity": return String(message.severity);
    case "syslogfacility": return String(message.facility);
    default: return message.text;
  }
}

const compares = (value: string, how: string, wanted: string): boolean => (how === "isequal" || how === "==" ? value === wanted : how === "startswith" ? value.startsWith(wanted) : how === "!=" ? value !== wanted : how === "<=" ? Number(value) <= Number(wanted) : value.includes(wanted));

export function parseRules(text: string, into: SyslogConfiguration): void {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/^\s+|\s+$/g, "");
    if (line === "" || line.startsWith("#")) continue;
    const bad = (message: string): void => void into.problems.push({ line: index + 1, text: message });
    const include = /^\$IncludeConfig\s+(\S+)/i.exec(line) ?? /^include\(\s*file="([^"]+)"/i.exec(line);
    if (include) {
      into.includes.push(include[1] ?? "");
      continue;
    }
    const input = /^input\(\s*type="imudp"[^)]*port="(\d+)"/i.exec(line) ?? /^\$UDPServerRun\s+(\d+)/i.exec(line);
    if (input) into.udpPorts.push(Number(input[1]));
    if (line.startsWith("$") || /^(?:module|input|global|template|main_queue|\}|ruleset)\b/.test(line)) continue;
    if (line.startsWith("&")) {
      const action = parseAction(line.slice(1));
      const last = into.rules.at(-1);
      if (action === undefined || last === undefined) bad(`invalid action "${line}"`);
      else into.rules[into.rules.length - 1] = { ...last, actions: [...last.actions, action] };
      continue;
    }
    const filter = /^:([A-Za-z-]+)\s*,\s*(!?)([a-z]+)\s*,\s*"((?:[^"\\]|\\.)*)"\s*(.+)$/.exec(line);
    const condition = /^if\s+\(?\s*\$([a-z-]+)\s*(==|!=|<=|contains|startswith)\s*['"]?([^'"\s)]+)['"]?\s*\)?\s*then\s+\{?\s*(.+?)\s*\}?$/.exec(line);
    if (filter || condition) {
      const [name = "", not = "", how = "", wanted = "", rest = ""] = filter ? filter.slice(1) : [condition?.[1], "", condition?.[2], condition?.[3], condition?.[4]];
      const action = parseAction(rest);
      if (action === undefined) bad(`invalid action "${rest}"`);
      else into.rules.push({ chooses: (message) => compares(property(message, name), how, wanted) !== (not === "!"), actions: [action] });
      continue;
    }
    const [, selector = "", rest = ""] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
    const chooses = parseSelector(selector);
    const action = parseAction(rest);
    if (chooses === undefined) bad(selectorProblem(selector));
    else if (action === undefined) bad(`invalid action "${rest}"`);
    else into.rules.push({ chooses, actions: [action] });
  }
}

/** "<30>Nov 21 21:09:00 cron[12]: text", with a host before the tag when it comes from another machine. */
export function parseSyslog(datagram: string, host: string): SyslogMessage {
  const [, number = "13", rest = datagram] = /^<(\d{1,3})>(.*)$/s.exec(datagram) ?? [];
  const body = rest.replace(/^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d /, "");
  const match = /^(?:([A-Za-z0-9.-]+) )?([^\s:[]+)(\[[^\]]*\])?: ?(.*)$/s.exec(body);
  const program = match?.[2] ?? "";
  return { facility: Number(number) >> 3, severity: Number(number) & 7, program, tag: match ? `${program}${match[3] ?? ""}` : "", host: match?.[1] ?? host, text: (match?.[4] ?? body).replace(/\n+$/, "").replaceAll("\n", "#012") };
}
