// resolvectl: what systemd-resolved knows, and questions to it (resolvectl(1) of systemd 252).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { askResolved, type LinkServers, type ResolvedAnswer, type ResolvedState } from "../../daemons/resolved/api.ts";
import { linkTarget } from "../../daemons/systemd/api/files.ts";
import { formatTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { openBus } from "../systemd/_bus-call.ts";
import { BOLD, complain, GREY, NORMAL, systemdTool, wantsColour, withPager } from "../systemd/_systemd.ts";

const verbs = ["query", "status", "statistics", "reset-statistics", "flush-caches", "reset-server-features", "dns", "domain", "default-route", "llmnr", "mdns", "dnsovertls", "dnssec", "nta", "revert", "log-level"] as const;
type Row = readonly [label: string, value: string];

const sign = (on: boolean, name: string): string => `${on ? "+" : "-"}${name}`;
const isOn = (word: string): boolean => /^(?:yes|resolve|true|1|on|opportunistic|allow-downgrade)$/.test(word);

function protocols(state: ResolvedState, link: LinkServers | undefined): string {
  // multicast DNS needs the link's own switch, which nobody sets without networkd
  const route = link === undefined ? [] : [sign(link.servers.length > 0, "DefaultRoute")];
  return [...route, sign(isOn(state.llmnr), "LLMNR"), sign(link === undefined && isOn(state.mdns), "mDNS"), state.dnsOverTls === "opportunistic" ? "DNSOverTLS=opportunistic" : sign(isOn(state.dnsOverTls), "DNSOverTLS"), `DNSSEC=${state.dnssec}/${isOn(state.dnssec) ? "supported" : "unsupported"}`].join(" ");
}

/** Labels to the right, values under each other. */
function section(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padStart(width)}${label === "" ? " " : ":"} ${value}\n`).join("");
}

function mode(sys: Sys): string {
  const target = linkTarget(sys, "/etc/resolv.conf");
  if (target === undefined) return "foreign";
  return target.endsWith("stub-resolv.conf") ? "stub" : target.endsWith("/run/systemd/resolve/resolv.conf") ? "uplink" : target.endsWith("/lib/systemd/resolv.conf") ? "static" : "foreign";
}

function globalText(sys: Sys, state: ResolvedState): string {
  const rows: Row[] = [["Protocols", protocols(state, undefined)], ["resolv.conf mode", mode(sys)]];
  if (state.servers.length > 0) rows.push(["DNS Servers", state.servers.join(" ")]);
  if (state.fallback.length > 0) rows.push(["Fallback DNS Servers", state.fallback.join(" ")]);
  if (state.domains.length > 0) rows.push(["DNS Domain", state.domains.join(" ")]);
  return section(rows);
}

function linkText(state: ResolvedState, link: LinkServers): string {
  const scopes = [...(link.relevant && link.servers.length > 0 ? ["DNS"] : []), ...(link.relevant && isOn(state.llmnr) ? ["LLMNR/IPv4"] : [])];
  const rows: Row[] = [["Current Scopes", scopes.length === 0 ? "none" : scopes.join(" ")], ["Protocols", protocols(state, link)]];
  const [first] = link.servers;
  if (first !== undefined) rows.push(["Current DNS Server", first], ["DNS Servers", link.servers.join(" ")]);
  if (link.domains.length > 0) rows.push(["DNS Domain", link.domains.join(" ")]);
  return section(rows);
}

/** One table: headings and the rows between them have its width too. */
function statisticsText(state: ResolvedState): string {
  const rows: readonly (readonly [string, number?])[] = [
    ["Transactions"], ["Current Transactions", 0], ["Total Transactions", state.transactions], [""], ["Cache"], ["Current Cache Size", state.cacheSize], ["Cache Hits", state.cacheHits], ["Cache Misses", state.cacheMisses], [""],
    ["DNSSEC Verdicts"], ["Secure", 0], ["Insecure", 0], ["Bogus", 0], ["Indeterminate", 0],
  ];
  const width = Math.max(...rows.map(([label]) => label.length + 1));
  return `DNSSEC supported by current servers: ${isOn(state.dnssec) ? "yes" : "no"}\n\n${rows.map(([label, value]) => (value === undefined ? `${label.padEnd(width)} \n` : `${`${label}:`.padStart(width)} ${value}\n`)).join("")}`;
}

function answerText(name: string, answer: ResolvedAnswer, colour: boolean, legend: boolean): string {
  const grey = (shown: string): string => (colour ? `${GREY}${shown}${NORMAL}` : shown);
  const values = answer.addresses.length > 0 ? answer.addresses : answer.names;
  let out = "";
  for (const [index, value] of values.entries()) {
    const head = `${(index === 0 ? name : "").padStart(name.length)}${index === 0 ? ":" : " "} ${value}`;
    const shown = colour ? head.replace(value, `${BOLD}${value}${NORMAL}`) : head;
    out += answer.linkName === undefined ? `${shown}\n` : `${shown}${" ".repeat(Math.max(1, 60 - head.length))}${grey(`-- link: ${answer.linkName}`)}\n`;
  }
  if (answer.canonicalName !== name && answer.addresses.length > 0) out += `${" ".repeat(name.length)}  (${answer.canonicalName})\n`;
  if (!legend) return out;
  const local = answer.source === "synthetic";
  const lines = [`-- Information acquired via protocol DNS in ${formatTimeSpan(answer.tookUs, 100)}.`, `-- Data is authenticated: ${local ? "yes" : "no"}; Data was acquired via local or encrypted transport: ${local ? "yes" : "no"}`, `-- Data from: ${answer.source}`];
  return `${out}\n${lines.map((line) => `${grey(line)}\n`).join("")}`;
}

function* query(io: Io, names: readonly string[], cache: boolean, legend: boolean): Blocking<number> {
  let status = 0;
  for (const [index, name] of names.entries()) {
    const answer = yield* askResolved<"query">(io.sys, { op: "query", name, cache });
    if (answer === undefined) return yield* missing(io, name);
    if (answer.outcome !== "found") {
      const reason = answer.outcome === "unknown" ? `${/^[\d.]+$/.test(name) ? "Name" : `'${name}'`} not found` : answer.outcome === "no-servers" ? "No appropriate name servers or networks for name found" : "All attempts to contact name servers or networks failed";
      yield* complain(io, `${name}: resolve call failed: ${reason}`);
      status = 1;
      continue;
    }
    io.out.put(`${index > 0 && legend ? "\n" : ""}${answerText(name, answer, wantsColour(io.sys), legend)}`);
  }
  return status;
}

function* missing(io: Io, what: string): Blocking<number> {
  yield* complain(io, what === "" ? "Failed to get global data: Unit dbus-org.freedesktop.resolve1.service not found." : `${what}: resolve call failed: Unit dbus-org.freedesktop.resolve1.service not found.`);
  return 1;
}

function* perLink(io: Io, state: ResolvedState, verb: "dns" | "domain", words: readonly string[]): Blocking<number> {
  const [linkWord, ...values] = words;
  const show = (label: string, list: readonly string[]): void => {
    io.out.put(`${label}:${list.map((one) => ` ${one}`).join("")}\n`);
  };
  const link = state.links.find((one) => one.name === linkWord || String(one.index) === linkWord);
  if (linkWord !== undefined && link === undefined) {
    yield* complain(io, `Failed to resolve interface "${linkWord}": No such device`);
    return 1;
  }
  if (link === undefined) {
    show("Global", verb === "dns" ? state.servers : state.domains);
    for (const one of state.links) show(`Link ${one.index} (${one.name})`, verb === "dns" ? one.servers : one.domains);
    return 0;
  }
  if (values.length === 0) {
    show(`Link ${link.index} (${link.name})`, verb === "dns" ? link.servers : link.domains);
    return 0;
  }
  const list = values.filter((value) => value !== "");
  const bad = verb === "dns" ? list.find((value) => !/^[0-9a-fA-F.:]+(?:#.*)?$/.test(value)) : undefined;
  if (bad !== undefined) {
    yield* complain(io, `Failed to parse DNS server address: ${bad}`);
    return 1;
  }
  const done = yield* askResolved<"link">(io.sys, { op: "link", name: link.name, ...(verb === "dns" ? { servers: list } : { domains: list }) });
  if (done?.error !== "") {
    yield* complain(io, `Failed to set ${verb === "dns" ? "DNS" : "domain"} configuration: ${done?.error ?? "Connection reset by peer"}`);
    return 1;
  }
  return 0;
}

function* started(sys: Sys): Blocking<ResolvedState | undefined> {
  const bus = yield* openBus(sys);
  if (bus instanceof SysError) return undefined;
  yield* bus.ask<"owner">({ op: "owner", name: "org.freedesktop.resolve1", start: true });
  bus.close();
  return yield* askResolved<"state">(sys, { op: "state" });
}

export default systemdTool({
  name: "resolvectl", path: "/usr/bin/resolvectl", links: ["/usr/bin/systemd-resolve"], summary: "resolve names and show what systemd-resolved knows", synopsis: ["[OPTIONS...] COMMAND ..."], operands: "none", seeAlso: ["systemd-resolved.service(8)", "resolved.conf(5)", "dig(1)"],
  description: [`Commands: ${verbs.join(", ")}.`],
  options: {
    ipv4: flag(["-4"], "IPv4 addresses only"),
    ipv6: flag(["-6"], "IPv6 addresses only"),
    interface: text(["-i", "--interface"], "INTERFACE", "ask over this link"),
    protocol: text(["-p", "--protocol"], "PROTO", "look it up this way: dns, llmnr, mdns"),
    type: texts(["-t", "--type"], "TYPE", "records of this type"),
    legend: text(["--legend"], "BOOL", "where the answer comes from, below it"),
    cache: text(["--cache"], "BOOL", "whether the cache may answer"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
  },
  *run({ options, operands, sys }, io) {
    const [word = "status", ...words] = operands;
    const verb = verbs.find((one) => one === word);
    if (verb === undefined) {
      yield* complain(io, `Unknown command verb ${word}.`);
      return 1;
    }
    const no = (value: string | undefined): boolean => value !== undefined && /^(?:no|0|false|off)$/i.test(value);
    // a call over the bus starts the service when it has been stopped
    const state = (yield* askResolved<"state">(sys, { op: "state" })) ?? (yield* started(sys));
    if (verb === "query") {
      if (words.length === 0) {
        yield* complain(io, "Too few arguments.");
        return 1;
      }
      return yield* query(io, words, !no(options.cache), !no(options.legend));
    }
    if (state === undefined) return yield* missing(io, "");
    switch (verb) {
      case "status":
        return yield* withPager(io, !options.noPager, function* (): Blocking<number> {
          const asked = words.map((name) => state.links.find((link) => link.name === name || String(link.index) === name));
          if (asked.includes(undefined)) {
            yield* complain(io, `Failed to resolve interface "${words[asked.indexOf(undefined)] ?? ""}": No such device`);
            return 1;
          }
          const ink = (shown: string): string => (wantsColour(sys) ? `${BOLD}${shown}${NORMAL}` : shown);
          const chosen = words.length === 0 ? state.links : asked.flatMap((link) => (link === undefined ? [] : [link]));
          const parts = chosen.map((link) => `${ink(`Link ${link.index} (${link.name})`)}\n${linkText(state, link)}`);
          io.out.put([...(words.length === 0 ? [`${ink("Global")}\n${globalText(sys, state)}`] : []), ...parts].join("\n"));
          return 0;
        });
      case "statistics":
        io.out.put(statisticsText(state));
        return 0;
      case "flush-caches":
        yield* askResolved<"flush">(sys, { op: "flush" });
        return 0;
      case "reset-statistics":
        yield* askResolved<"reset-statistics">(sys, { op: "reset-statistics" });
        return 0;
      case "dns":
      case "domain":
        return yield* perLink(io, state, verb, words);
      case "revert": {
        const link = state.links.find((one) => one.name === words[0]);
        if (link === undefined) {
          yield* complain(io, words[0] === undefined ? "Too few arguments." : `Failed to resolve interface "${words[0]}": No such device`);
          return 1;
        }
        const done = yield* askResolved<"link">(sys, { op: "link", name: link.name, revert: true });
        if (done?.error === "") return 0;
        yield* complain(io, `Failed to revert interface configuration: ${done?.error ?? "Connection reset by peer"}`);
        return 1;
      }
      case "reset-server-features":
        yield* askResolved<"reset-features">(sys, { op: "reset-features" });
        return 0;
      case "log-level":
        io.out.put(words.length === 0 ? "info\n" : "");
        return 0;
      default: {
        const value = verb === "llmnr" ? state.llmnr : verb === "mdns" ? state.mdns : verb === "dnsovertls" ? state.dnsOverTls : verb === "dnssec" ? state.dnssec : "";
        if (words.length > 1) {
          yield* complain(io, `Failed to set ${verb} configuration: Link ${words[0] ?? ""} is not managed.`);
          return 1;
        }
        io.out.put(`Global:${value === "" ? "" : ` ${value}`}\n${state.links.map((link) => `Link ${link.index} (${link.name}): ${verb === "default-route" ? (link.servers.length > 0 ? "yes" : "no") : verb === "mdns" ? "no" : value}\n`).join("")}`);
        return 0;
      }
    }
  },
});
