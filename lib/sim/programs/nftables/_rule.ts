// A rule of nft: read into the kernel's rule, and written as nft lists it (nft(8), EXPRESSIONS and STATEMENTS).
import type { NetfilterRule, NetfilterSet } from "../../kernel/sys.ts";
import { NftError, type Reader, type Token } from "./_tokens.ts";

export interface RuleContext {
  readonly family: string;
  readonly sets: readonly NetfilterSet[];
  readonly services: ReadonlyMap<string, number>;
  readonly variables: ReadonlyMap<string, string>;
}

type Mutable = { -readonly [Key in keyof NetfilterRule]: NetfilterRule[Key] };

const CT_STATES = ["invalid", "established", "related", "new", "untracked"];
const PROTOCOLS = new Map([["icmp", 1], ["igmp", 2], ["tcp", 6], ["udp", 17], ["gre", 47], ["esp", 50], ["ah", 51], ["ipv6-icmp", 58], ["icmpv6", 58], ["sctp", 132]]);
export const ICMP = ["echo-reply 0", "destination-unreachable 3", "source-quench 4", "redirect 5", "echo-request 8", "router-advertisement 9", "router-solicitation 10", "time-exceeded 11", "parameter-problem 12", "timestamp-request 13", "timestamp-reply 14"].map((one) => one.split(" "));
const ICMP6 = ["destination-unreachable 1", "packet-too-big 2", "time-exceeded 3", "parameter-problem 4", "echo-request 128", "echo-reply 129", "mld-listener-query 130", "nd-router-solicit 133", "nd-router-advert 134", "nd-neighbor-solicit 135", "nd-neighbor-advert 136", "nd-redirect 137"].map((one) => one.split(" "));

interface Value {
  readonly text: string;
  readonly token: Token;
}

/** Numbers of addresses and ports sort as numbers, names by their number. */
function sortKey(text: string, order: readonly string[] | undefined): number {
  if (order) return order.indexOf(text);
  const [first = ""] = text.split(/[-/]/);
  if (first.includes(".")) return first.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return Number(first);
}

class Match {
  readonly #reader: Reader;
  readonly #context: RuleContext;
  constructor(reader: Reader, context: RuleContext) {
    this.#reader = reader;
    this.#context = context;
  }

  /** The right side of a match: negated or not, one value, a range, a set; what the kernel matches and what is shown. */
  read(canonical: (value: Value) => string, order?: readonly string[], separator = ","): { readonly negated: boolean; readonly kernel: string; readonly shown: string; readonly token: Token } {
    const reader = this.#reader;
    const negated = reader.take("!=");
    if (!negated) reader.take("==");
    const { peek } = reader;
    if (peek.text.startsWith("@") && peek.kind === "word") {
      reader.next();
      const set = this.#context.sets.find((one) => one.name === peek.text.slice(1));
      if (!set) throw new NftError("No such file or directory", peek.at, peek.length);
      const elements = set.elements.map((element) => canonical({ text: element.split(" ")[0] ?? "", token: peek }));
      return { negated, kernel: elements.length === 0 ? "0.0.0.0/32" : elements.join(","), shown: `${negated ? "!= " : ""}${peek.text}`, token: peek };
    }
    const values: string[] = [];
    const variable = peek.kind === "word" && peek.text.startsWith("$") ? this.#context.variables.get(peek.text.slice(1)) : undefined;
    if (reader.take("{")) {
      reader.skipNewlines();
      while (!reader.is("}")) {
        const token = reader.word();
        for (const one of this.#expand(token)) values.push(canonical({ text: one, token }));
        reader.skipNewlines();
        if (!reader.take(",")) break;
        reader.skipNewlines();
      }
      reader.expect("}");
      values.sort((a, b) => sortKey(a, order) - sortKey(b, order));
      return { negated, kernel: values.join(","), shown: `${negated ? "!= " : ""}{ ${values.join(", ")} }`, token: peek };
    }
    if (variable?.startsWith("{")) {
      reader.next();
      for (const one of this.#expand(peek)) values.push(canonical({ text: one, token: peek }));
      values.sort((a, b) => sortKey(a, order) - sortKey(b, order));
      return { negated, kernel: values.join(","), shown: `${negated ? "!= " : ""}{ ${values.join(", ")} }`, token: peek };
    }
    for (;;) {
      const token = reader.word();
      for (const one of this.#expand(token)) values.push(canonical({ text: one, token }));
      if (!reader.take(",")) break;
    }
    if (order) values.sort((a, b) => sortKey(a, order) - sortKey(b, order));
    return { negated, kernel: values.join(","), shown: `${negated ? "!= " : ""}${values.join(separator)}`, token: peek };
  }

  #expand(token: Token): readonly string[] {
    if (token.kind !== "word" || !token.text.startsWith("$")) return [token.text];
    const value = this.#context.variables.get(token.text.slice(1));
    if (value === undefined) throw new NftError(`unknown identifier '${token.text.slice(1)}'`, token.at, token.length);
    return value.replace(/[{}]/g, "").split(/[\s,]+/).filter((one) => one !== "");
  }
}

export const quoted = (text: string): string => `"${text}"`;

/** Ends before the newline, ";" or "}". */
export function readRule(reader: Reader, context: RuleContext): NetfilterRule {
  const rule: Mutable = { target: "", packets: 0, bytes: 0 };
  const negated: string[] = [];
  const shown: string[] = [];
  let options: NonNullable<NetfilterRule["targetOptions"]> = {};
  let done = false;
  let map: { readonly entries: Entries; readonly field: "connectionState" | "source" | "destination" | "sourcePort" | "destinationPort" | "inInterface" | "outInterface" } | undefined;
  const match = new Match(reader, context);
  const fail = (token: Token, message: string): never => {
    throw new NftError(message, token.at, token.length);
  };
  /** "vmap { 22 : accept }" or "vmap @name" behind what it looks at. */
  const verdicts = (field: NonNullable<typeof map>["field"], name: string, shownKey = (key: string): string => key): NonNullable<typeof map> => {
    done = true;
    const { peek } = reader;
    if (peek.kind === "word" && peek.text.startsWith("@")) {
      reader.next();
      const named = context.sets.find((one) => one.name === peek.text.slice(1));
      if (named?.data !== "verdict") return fail(peek, "No such file or directory");
      shown.push(`${name} vmap ${peek.text}`);
      return { field, entries: named.elements.map((element) => element.replaceAll('"', "").split(" : ")).map(([key = "", verdict = ""]) => [key, verdict]) };
    }
    const entries = readMap(reader);
    const ordered = field === "connectionState" ? [...entries].sort(([a], [b]) => CT_STATES.indexOf(a) - CT_STATES.indexOf(b)) : entries;
    shown.push(`${name} vmap { ${ordered.map(([key, verdict]) => `${shownKey(key)} : ${verdict}`).join(", ")} }`);
    return { field, entries };
  };
  const put = (field: "source" | "destination" | "inInterface" | "outInterface" | "destinationPort" | "sourcePort" | "protocol" | "icmpType", name: string, read: { negated: boolean; kernel: string; shown: string }): void => {
    rule[field] = read.kernel;
    if (read.negated) negated.push(field);
    shown.push(`${name} ${read.shown}`);
  };
  const address = ({ text, token }: Value): string => {
    const bare = text.replace(/\/\d+$/, "").split("-")[0] ?? "";
    const good = bare.includes(":") ? /^[0-9a-fA-F:.]+$/.test(bare) : /^\d+\.\d+\.\d+\.\d+$/.test(bare) && bare.split(".").every((part) => Number(part) <= 255);
    if (!good) return fail(token, `Could not resolve hostname: Name or service not known`);
    return text.replace(bare.includes(":") ? /\/128$/ : /\/32$/, "");
  };
  const port = ({ text, token }: Value): string =>
    text.split("-").map((one) => {
      const number = /^\d+$/.test(one) ? Number(one) : context.services.get(one);
      if (number === undefined) return fail(token, `Could not resolve service: Servname not supported for ai_socktype`);
      if (number > 65_535) return fail(token, "Value " + String(number) + " exceeds valid range 0-65535");
      return String(number);
    }).join("-");
  const protocol = ({ text, token }: Value): string => {
    const known = PROTOCOLS.has(text) ? text : [...PROTOCOLS].find(([, number]) => String(number) === text)?.[0];
    if (known === undefined) return fail(token, `Could not resolve protocol name`);
    return known === "icmpv6" ? "ipv6-icmp" : known;
  };
  const protocolOrder = [...PROTOCOLS.keys()];
  const setProtocol = (name: string, token: Token): void => {
    if (rule.protocol !== undefined && !rule.protocol.split(",").includes(name)) fail(token, `conflicting protocols specified: ${rule.protocol} vs. ${name}`);
    rule.protocol = name;
  };
  const interfaceName = ({ text }: Value): string => text.replace(/\*$/, "+");
  const interfaces = (field: "inInterface" | "outInterface", name: string): void => {
    const read = match.read(interfaceName);
    const shownNames = read.shown.replace(/[^\s{},!=]+/g, (one) => quoted(one.replace(/\+$/, "*")));
    put(field, name, { ...read, shown: shownNames });
  };
  while (!reader.atBreak) {
    const token = reader.next();
    if (done && token.text !== "comment") fail(token, `syntax error, unexpected ${token.text}, expecting end of file or newline or semicolon`);
    switch (token.text) {
      case "meta": continue;
      case "iifname": case "iif":
        if (reader.take("vmap")) {
          map = verdicts("inInterface", token.text, quoted);
        } else interfaces("inInterface", token.text);
        break;
      case "oifname": case "oif":
        if (reader.take("vmap")) map = verdicts("outInterface", token.text, quoted);
        else interfaces("outInterface", token.text);
        break;
      case "nfproto": {
        const value = reader.word();
        rule.source ??= value.text === "ipv6" ? "::/0" : "0.0.0.0/0";
        shown.push(`meta nfproto ${value.text}`);
        break;
      }
      case "l4proto": put("protocol", "meta l4proto", match.read(protocol, protocolOrder)); break;
      case "ip": case "ip6": {
        const field = reader.next();
        if ((field.text === "saddr" || field.text === "daddr") && reader.take("vmap")) map = verdicts(field.text === "saddr" ? "source" : "destination", `${token.text} ${field.text}`);
        else if (field.text === "saddr" || field.text === "daddr") put(field.text === "saddr" ? "source" : "destination", `${token.text} ${field.text}`, match.read(address));
        else if (field.text === "protocol" || field.text === "nexthdr") put("protocol", `${token.text} ${field.text}`, match.read(protocol, protocolOrder));
        else if (field.text === "version" || field.text === "ttl" || field.text === "length" || field.text === "dscp" || field.text === "id") fail(field, `"${token.text} ${field.text}" is not simulated here`);
        else throw new NftError(`syntax error, unexpected ${field.kind === "newline" || field.kind === "end" ? field.text : "string"}`, field.at, field.length);
        break;
      }
      case "tcp": case "udp": case "sctp": case "th": {
        if (token.text !== "th") setProtocol(token.text, token);
        const field = reader.next();
        if ((field.text === "dport" || field.text === "sport") && reader.take("vmap")) map = verdicts(field.text === "dport" ? "destinationPort" : "sourcePort", `${token.text} ${field.text}`);
        else if (field.text === "dport" || field.text === "sport") put(field.text === "dport" ? "destinationPort" : "sourcePort", `${token.text} ${field.text}`, match.read(port));
        else if (field.text === "flags" && token.text === "tcp") {
          const words: string[] = [];
          while (!reader.atBreak && (reader.peek.kind === "mark" || /^(fin|syn|rst|ack|psh|urg|ecn|cwr|\/)$/.test(reader.peek.text))) words.push(reader.next().text);
          const text = words.join(" ");
          if (!/\bsyn$|^syn/.test(text)) fail(field, "other flags than syn are not simulated here");
          rule.syn = true;
          shown.push(words.length === 1 ? "tcp flags syn" : "tcp flags syn / fin,syn,rst,ack");
        } else throw new NftError(`syntax error, unexpected ${field.kind === "newline" || field.kind === "end" ? field.text : "string"}`, field.at, field.length);
        break;
      }
      case "icmp": case "icmpv6": {
        setProtocol(token.text === "icmp" ? "icmp" : "ipv6-icmp", token);
        const field = reader.expect("type");
        const table = token.text === "icmp" ? ICMP : ICMP6;
        const names = table.map(([name]) => name ?? "");
        const read = match.read(({ text, token: place }) => (names.includes(text) ? text : (table.find(([, number]) => number === text)?.[0] ?? (/^\d+$/.test(text) ? text : fail(place, "Could not resolve ICMP type")))), names);
        put("icmpType", `${token.text} type`, { ...read, kernel: read.kernel.split(",").map((name) => table.find(([one]) => one === name)?.[1] ?? name).join(",") });
        void field;
        break;
      }
      case "ct": {
        const field = reader.next();
        if (field.text !== "state") throw new NftError(field.text === "status" || field.text === "mark" || field.text === "count" ? `"ct ${field.text}" is not simulated here` : "syntax error, unexpected string", field.at, field.length);
        if (reader.take("vmap")) {
          map = verdicts("connectionState", "ct state");
          // a packet without a verdict goes on: more may follow
          done = false;
          break;
        }
        const read = match.read(({ text, token: place }) => (CT_STATES.includes(text) ? text : fail(place, `Could not parse symbolic conntrack state expression`)), CT_STATES);
        rule.connectionState = read.kernel.split(",").map((one) => one.toUpperCase());
        if (read.negated) negated.push("connectionState");
        shown.push(`ct state ${read.shown}`);
        break;
      }
      case "fib": {
        const what = reader.word().text;
        reader.expect("type");
        const read = match.read(({ text }) => text);
        if ((what !== "daddr" && what !== "saddr") || read.kernel !== "local") fail(token, "only \"fib daddr type local\" and \"fib saddr type local\" are simulated here");
        rule.addressType = what === "daddr" ? { destination: "LOCAL", ...(read.negated && { negatedDestination: true }) } : { source: "LOCAL" };
        shown.push(`fib ${what} type ${read.shown}`);
        break;
      }
      case "counter":
        if (reader.take("packets")) {
          rule.packets = Number(reader.word().text);
          reader.expect("bytes");
          rule.bytes = Number(reader.word().text);
        }
        shown.push("%c");
        break;
      case "log": {
        let text = "log";
        rule.log = "";
        for (;;) {
          if (reader.take("prefix")) {
            rule.log = reader.word().text;
            text += ` prefix ${quoted(rule.log)}`;
          } else if (reader.take("level")) {
            const level = reader.word().text;
            if (level !== "warn") text += ` level ${level}`;
          } else if (reader.take("flags")) text += ` flags ${reader.word().text}`;
          else if (reader.take("group") || reader.take("snaplen") || reader.take("queue-threshold")) reader.word();
          else break;
        }
        shown.push(text);
        break;
      }
      case "limit": {
        reader.expect("rate");
        const over = reader.take("over");
        const rate = reader.word();
        const parsed = /^(\d+)\/(second|minute|hour|day|week)$/.exec(rate.text);
        if (!parsed) throw new NftError("syntax error, unexpected string", rate.at, rate.length);
        let burst = 5;
        if (reader.take("burst")) {
          burst = Number(reader.word().text);
          reader.take("packets");
        }
        rule.limit = { rate: `${parsed[1]}/${parsed[2] === "second" ? "sec" : parsed[2] === "minute" ? "min" : parsed[2]}`, burst };
        if (over) rule.overLimit = true;
        // the usual burst goes without saying
        shown.push(`limit rate ${over ? "over " : ""}${parsed[1]}/${parsed[2]}${burst === 5 ? "" : ` burst ${burst} packets`}`);
        break;
      }
      case "accept": case "drop": case "return": case "continue":
        rule.target = token.text === "continue" ? "" : token.text.toUpperCase();
        shown.push(token.text);
        done = true;
        break;
      case "jump": case "goto": {
        const chain = reader.word("string");
        rule.target = chain.text;
        shown.push(`${token.text} ${chain.text}`);
        done = true;
        break;
      }
      case "reject": {
        let text = "reject";
        rule.target = "REJECT";
        let how = "icmp-port-unreachable";
        if (reader.take("with")) {
          const kind = reader.word().text;
          reader.take("type");
          const what = reader.word().text;
          if (kind === "tcp") {
            how = "tcp-reset";
            text += " with tcp reset";
          } else {
            how = `icmp-${({ "port-unreachable": "port-unreachable", "host-unreachable": "host-unreachable", "net-unreachable": "net-unreachable", "prot-unreachable": "proto-unreachable", "host-prohibited": "host-prohibited", "net-prohibited": "net-prohibited", "admin-prohibited": "admin-prohibited", "no-route": "net-unreachable" } as Record<string, string>)[what] ?? "port-unreachable"}`;
            if (what !== "port-unreachable" || (context.family === "inet" && kind !== "icmpx")) text += ` with ${kind} ${what}`;
          }
        }
        options = { rejectWith: how };
        shown.push(text);
        done = true;
        break;
      }
      case "masquerade": {
        rule.target = "MASQUERADE";
        let text = "masquerade";
        if (reader.take("to")) {
          const to = reader.word().text;
          options = { toPorts: to.replace(":", "") };
          text += ` to ${to}`;
        }
        while (reader.take("random") || reader.take("persistent") || reader.take("fully-random")) text += "";
        shown.push(text);
        done = true;
        break;
      }
      case "redirect": {
        rule.target = "REDIRECT";
        let text = "redirect";
        if (reader.take("to")) {
          if (reader.take(":")) text += ` to :${reader.peek.text}`;
          else text += ` to ${reader.peek.text}`;
          options = { toPorts: reader.word().text.replace(":", "") };
        }
        shown.push(text);
        done = true;
        break;
      }
      case "snat": case "dnat": {
        const family = reader.take("ip") ? "ip" : reader.take("ip6") ? "ip6" : undefined;
        reader.expect("to");
        const to = reader.word();
        if (context.family === "inet" && family === undefined && !/^\[?[0-9a-fA-F.:\]]+$/.test(to.text)) throw new NftError("syntax error, unexpected string", to.at, to.length);
        rule.target = token.text.toUpperCase();
        options = token.text === "dnat" ? { toDestination: to.text } : { toSource: to.text };
        const shownFamily = context.family === "inet" ? `${family ?? (to.text.startsWith("[") ? "ip6" : "ip")} ` : "";
        shown.push(`${token.text} ${shownFamily}to ${to.text}`);
        done = true;
        break;
      }
      case "comment":
        rule.comment = reader.word("quoted string or string").text;
        break;
      case "notrack": case "queue": case "mark": case "quota": case "dup": case "fwd": case "set": case "vlan": case "ether": case "arp": case "numgen": case "socket": case "rt": case "flow": case "update": case "tproxy": case "synproxy": case "hour": case "day": case "time": case "skuid": case "skgid": case "pkttype": case "cgroup":
        return fail(token, `"${token.text}" is not simulated here`);
      default:
        throw new NftError(`syntax error, unexpected ${token.kind === "mark" ? `'${token.text}'` : token.kind === "string" ? "quoted string" : "string"}`, token.at, token.length);
    }
  }
  if (shown.length === 0) throw reader.unexpected();
  if (Object.keys(options).length > 0) rule.targetOptions = options;
  if (negated.length > 0) rule.negated = negated;
  rule.nft = shown.join(" ");
  if (map) {
    const { field, entries } = map;
    rule.parts = entries.map(([key, verdict]): NetfilterRule => {
      const [word = "", chain] = verdict.split(" ");
      const target = chain ?? (word === "continue" ? "" : word.toUpperCase());
      const value = field === "connectionState" ? { connectionState: [key.toUpperCase()] } : field === "destinationPort" || field === "sourcePort" ? { [field]: port({ text: key, token: reader.peek }) } : { [field]: key };
      return { ...rule, ...value, target, nft: "", packets: 0, bytes: 0 };
    });
  }
  return rule;
}

type Entries = readonly (readonly [key: string, verdict: string])[];

/** { established : accept, invalid : drop, 22 : jump ssh } */
function readMap(reader: Reader): Entries {
  reader.expect("{");
  const entries: (readonly [string, string])[] = [];
  reader.skipNewlines();
  while (!reader.is("}")) {
    const keys = [reader.word().text];
    while (reader.take(",")) keys.push(reader.word().text);
    reader.expect(":");
    const verdict = reader.word().text;
    const text = verdict === "jump" || verdict === "goto" ? `${verdict} ${reader.word().text}` : verdict;
    for (const key of keys) entries.push([key, text]);
    reader.skipNewlines();
    if (!reader.take(",")) break;
    reader.skipNewlines();
  }
  reader.expect("}");
  return entries;
}
