// nft -j: tables, chains, sets and rules as JSON (libnftables-json(5)). Rules are read from the text that nft lists.
import type { NetfilterChain, NetfilterRule, NetfilterSet, NftTable } from "../../kernel/sys.ts";
import { ruleText } from "./_listing.ts";
import { Reader, tokens } from "./_tokens.ts";

type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json };

/** With a blank behind commas and colons, as jansson writes. */
function text(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => text(one)).join(", ")}]`;
  if (typeof value === "object" && value !== null) return `{${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${text(one)}`).join(", ")}}`;
  return JSON.stringify(value);
}

export const document = (objects: readonly Json[]): string => `${text({ nftables: [{ metainfo: { version: "1.0.6", release_name: "Lester Gooch #5", json_schema_version: 1 } }, ...objects] })}\n`;

const handleOf = (one: { readonly handle?: number }): { readonly handle: number } => ({ handle: one.handle ?? 0 });

export const tableObject = (table: NftTable): Json => ({ table: { family: table.family, name: table.name, ...handleOf(table) } });

/** A number, a prefix, a range, or the word. */
function valueOf(word: string): Json {
  if (/^\d+$/.test(word)) return Number(word);
  const prefix = /^([0-9a-fA-F.:]+)\/(\d+)$/.exec(word);
  if (prefix !== null) return { prefix: { addr: prefix[1] ?? "", len: Number(prefix[2]) } };
  const range = /^([0-9.]+)-([0-9.]+)$/.exec(word);
  if (range !== null) return { range: [valueOf(range[1] ?? ""), valueOf(range[2] ?? "")] };
  return word;
}

const verdictOf = (words: string): Json => {
  const [verb = "", chain] = words.split(" ");
  return chain === undefined ? { [verb]: null } : { [verb]: { target: chain } };
};

export function setObject(table: NftTable, set: NetfilterSet): Json {
  const elements = set.elements.map((element): Json => {
    const [key = "", value] = element.replaceAll('"', "").split(" : ");
    return value === undefined ? valueOf(key) : [valueOf(key), set.data === "verdict" ? verdictOf(value) : valueOf(value)];
  });
  const common = { family: table.family, name: set.name, table: table.name, type: set.type, ...handleOf(set) };
  const rest = { ...(set.flags.length > 0 && { flags: set.flags }), ...(elements.length > 0 && { elem: elements }) };
  return set.data === undefined ? { set: { ...common, ...rest } } : { map: { ...common, map: set.data, ...rest } };
}

export function chainObject(table: NftTable, chain: NetfilterChain): Json {
  return { chain: { family: table.family, table: table.name, name: chain.name, ...handleOf(chain), ...(chain.base && { type: chain.base.type, hook: chain.base.hook.toLowerCase(), prio: chain.base.priority, policy: (chain.policy ?? "ACCEPT").toLowerCase() }) } };
}

export function ruleObject(table: NftTable, chain: NetfilterChain, rule: NetfilterRule): Json {
  const { comment, ...bare } = rule;
  return { rule: { family: table.family, table: table.name, chain: chain.name, ...handleOf(rule), ...(comment !== undefined && { comment }), expr: expressions(ruleText(bare, table.family, { handles: false, stateless: false })) } };
}

const PAYLOADS = new Set(["ip", "ip6", "tcp", "udp", "sctp", "th", "icmp", "icmpv6"]);
const META = new Set(["iifname", "oifname", "iif", "oif"]);

/** What stands behind an expression: a comparison, or a map to verdicts. */
function matched(reader: Reader, left: Json, several = false): Json {
  if (reader.take("vmap")) {
    if (!reader.take("{")) return { vmap: { key: left, data: reader.word().text } };
    const entries: Json[] = [];
    while (!reader.is("}")) {
      const key = valueOf(reader.word().text);
      reader.expect(":");
      const verb = reader.word().text;
      entries.push([key, verdictOf(verb === "jump" || verb === "goto" ? `${verb} ${reader.word().text}` : verb)]);
      if (!reader.take(",")) break;
    }
    reader.expect("}");
    return { vmap: { key: left, data: { set: entries } } };
  }
  const not = reader.take("!=");
  if (!not) reader.take("==");
  const values: Json[] = [];
  const inSet = reader.take("{");
  do values.push(valueOf(reader.word().text)); while (reader.take(","));
  if (inSet) reader.expect("}");
  const right: Json = inSet ? { set: values } : values.length > 1 ? values : (values[0] ?? null);
  return { match: { op: not ? "!=" : several ? "in" : "==", left, right } };
}

function natTo(word: string): { readonly [name: string]: Json } {
  const at = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(word);
  const address = (at?.[1] ?? "").replace(/^\[(.*)\]$/, "$1");
  return { ...(address !== "" && { addr: valueOf(address) }), ...(at?.[2] !== undefined && { port: valueOf(at[2]) }) };
}

function expressions(rule: string): readonly Json[] {
  const reader = new Reader(tokens(rule));
  const found: Json[] = [];
  while (reader.peek.kind !== "end") {
    const word = reader.next().text;
    if (word === "ip" && reader.is("protocol")) {
      reader.next();
      found.push(matched(reader, { payload: { protocol: "ip", field: "protocol" } }));
    } else if (PAYLOADS.has(word)) {
      const field = reader.word().text;
      const match = matched(reader, { payload: { protocol: word, field } }, field === "flags");
      // the mask of flags belongs to what is compared
      if (field === "flags" && reader.take("/")) while (reader.peek.kind === "word" && /^[a-z,]+$/.test(reader.peek.text) && /syn|fin|rst|ack/.test(reader.peek.text)) {
        reader.next();
        reader.take(",");
      }
      found.push(match);
    } else if (META.has(word)) found.push(matched(reader, { meta: { key: word } }));
    else if (word === "meta") found.push(matched(reader, { meta: { key: reader.word().text } }));
    else if (word === "ct") {
      const key = reader.word().text;
      found.push(matched(reader, { ct: { key } }, key === "state"));
    } else if (word === "fib") {
      const flags = reader.word().text;
      reader.take("type");
      found.push(matched(reader, { fib: { result: "type", flags } }));
    } else if (word === "counter") {
      reader.take("packets");
      const packets = Number(reader.word().text);
      reader.take("bytes");
      found.push({ counter: { packets, bytes: Number(reader.word().text) } });
    } else if (word === "log") {
      const log: { [name: string]: Json } = {};
      while (reader.is("prefix") || reader.is("level") || reader.is("flags")) {
        const key = reader.next().text;
        log[key] = reader.word().text;
      }
      found.push({ log: Object.keys(log).length === 0 ? null : log });
    } else if (word === "limit") {
      reader.take("rate");
      const inverted = reader.take("over");
      const [rate = "", per = ""] = reader.word().text.split("/");
      let burst = 5;
      if (reader.take("burst")) {
        burst = Number(reader.word().text);
        reader.take("packets");
      }
      found.push({ limit: { rate: Number(rate), burst, per, ...(inverted && { inv: 1 }) } });
    } else if (word === "reject") {
      let how: Json = { type: "icmp", expr: "port-unreachable" };
      if (reader.take("with")) {
        const type = reader.word().text;
        reader.take("type");
        const expr = reader.word().text;
        how = type === "tcp" ? { type: "tcp reset" } : { type, expr };
      }
      found.push({ reject: how });
    } else if (word === "jump" || word === "goto") found.push({ [word]: { target: reader.word().text } });
    else if (word === "masquerade" || word === "redirect") {
      let to: Json = null;
      if (reader.take("to")) {
        reader.take(":");
        to = { port: valueOf(reader.word().text.replace(":", "")) };
      }
      found.push({ [word]: to });
    } else if (word === "snat" || word === "dnat") {
      const family = reader.is("ip") || reader.is("ip6") ? reader.next().text : undefined;
      reader.take("to");
      found.push({ [word]: { ...(family !== undefined && { family }), ...natTo(reader.word().text) } });
    } else found.push({ [word]: null });
  }
  return found;
}
