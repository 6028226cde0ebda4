// named's answer to a message: from its zones, with aliases followed; from elsewhere for whom it recurses (RFC 1034 4.3.2, RFC 2308).
import { type Blocking, type Sys, encode } from "../../kernel/sys.ts";
import { VERSION } from "../bind9-utils/_bind-program.ts";
import { optionText } from "../bind9-utils/_configuration.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { type DnsMessage, OPCODE, type Rcode, encodeMessage } from "../kit/dns/message.ts";
import { isBelow, undotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classText, typeText } from "../kit/dns/records.ts";
import type { Zone } from "../kit/dns/zone.ts";
import { resolve } from "./_recursion.ts";
import type { Named, Served } from "./_server.ts";
import { notified } from "./_transfer.ts";
import { update } from "./_update.ts";

export interface Client {
  readonly address: string;
  readonly port: number;
  readonly tcp: boolean;
  /** the address it asked */
  readonly local: string;
}

const ALIASES = 16;
const UDP_SIZE = 1232;

/** What the log calls a client: a place in memory, its address, the name it asks for. */
export function clientLabel(sys: Sys, client: Client, name?: string): string {
  return `client @0x7f${toHex(sys.random(4))}98 ${client.address}#${client.port}${name === undefined ? "" : ` (${undotted(name)})`}`;
}

interface Parts {
  rcode: Rcode;
  authoritative: boolean;
  answer: ResourceRecord[];
  authority: ResourceRecord[];
  additional: ResourceRecord[];
}

/** The reply; undefined: none is sent. */
export function* answer(sys: Sys, named: Named, query: DnsMessage, client: Client): Blocking<DnsMessage | undefined> {
  const [question] = query.question;
  const cookie = query.edns?.cookie?.slice(0, 16);
  const edns = query.edns === undefined ? undefined : { udpSize: UDP_SIZE, ...(cookie !== undefined && { cookie: `${cookie}01000000${Math.floor(sys.clockUs("realtime") / 1e6).toString(16).padStart(8, "0")}${toHex(digestOf("sha256", encode(`${cookie} ${client.address} ${named.bootUs}`)).subarray(0, 8))}` }) };
  const base = { id: query.id, opcode: query.opcode, question: query.question, ...(edns && { edns }) };
  const reply = (parts: Parts, recursion: boolean): DnsMessage => ({ ...base, rcode: parts.rcode, flags: new Set(["qr", ...(parts.authoritative ? ["aa"] : []), ...(query.flags.has("rd") ? ["rd"] : []), ...(recursion ? ["ra"] : [])]), answer: parts.answer, authority: parts.authority, additional: parts.additional });
  const plain = (rcode: Rcode, authoritative = false): Parts => ({ rcode, authoritative, answer: [], authority: [], additional: [] });
  if (question === undefined) return { ...base, rcode: "FORMERR", flags: new Set(["qr"]), answer: [], authority: [], additional: [] };
  if (query.opcode === OPCODE.notify) return reply(plain(yield* notified(sys, named, question.name, client), true), false);
  if (query.opcode === OPCODE.update) {
    const rcode = yield* update(sys, named, query, client);
    return { ...base, rcode, flags: new Set(["qr"]), answer: [], authority: [], additional: [] };
  }
  if (query.opcode !== OPCODE.query) return reply(plain("NOTIMP"), false);
  named.count(`query ${typeText(question.type)}`);
  if (named.queryLog) {
    const flags = `${query.flags.has("rd") ? "+" : "-"}${query.edns === undefined ? "" : "E(0)"}${client.tcp ? "T" : ""}${query.flags.has("cd") ? "C" : ""}${cookie === undefined ? "" : "K"}`;
    yield* named.say(sys, `${clientLabel(sys, client, question.name)}: query: ${undotted(question.name)} ${classText(question.class)} ${typeText(question.type)} ${flags} (${client.local})`, "queries");
  }
  const recursion = named.mayRecurse(sys, client.address);
  let parts: Parts;
  if (question.class === CLASS.CH) parts = builtIn(sys, named, question.name);
  else if (question.class !== CLASS.IN) parts = plain("REFUSED");
  else parts = yield* find(sys, named, query, client, recursion);
  named.count(`rcode ${parts.rcode}`);
  const made = reply(parts, recursion && question.class === CLASS.IN);
  const limit = client.tcp ? 65_535 : Math.max(512, Math.min(query.edns?.udpSize ?? 512, UDP_SIZE));
  if (encodeMessage(made).length <= limit) return made;
  const without = { ...made, additional: [] };
  return encodeMessage(without).length <= limit ? without : { ...made, flags: new Set([...made.flags, "tc"]), answer: [], authority: [], additional: [] };
}

/** version.bind and its like, in class CH. */
function builtIn(sys: Sys, named: Named, name: string): Parts {
  const key = name.toLowerCase();
  const text = key === "version.bind." || key === "version.server." ? (optionText(named.options, "version") ?? VERSION) : key === "hostname.bind." ? (optionText(named.options, "hostname") ?? sys.uname().nodename) : key === "id.server." ? optionText(named.options, "server-id") : undefined;
  if (text === undefined || text === "none") return { rcode: key.endsWith(".bind.") || key.endsWith(".server.") ? "NOERROR" : "REFUSED", authoritative: text === "none", answer: [], authority: [], additional: [] };
  return { rcode: "NOERROR", authoritative: true, answer: [{ name, type: TYPE.TXT, class: CLASS.CH, ttlSeconds: 0, data: [text] }], authority: [], additional: [] };
}

function negative(zone: Zone): ResourceRecord[] {
  const { soa } = zone;
  return soa === undefined ? [] : [{ ...soa, ttlSeconds: Math.min(soa.ttlSeconds, Number(soa.data[6])) }];
}

/** Addresses of the hosts that the records name, as far as our zones have them. */
function addressesFor(named: Named, records: readonly ResourceRecord[], already: readonly ResourceRecord[]): ResourceRecord[] {
  const targets = new Set(records.map((record) => (record.type === TYPE.NS ? record.data[0] : record.type === TYPE.MX ? record.data[1] : record.type === TYPE.SRV ? record.data[3] : undefined) ?? ""));
  return [...targets].filter((target) => target !== "").flatMap((target) => {
    const zone = named.zoneOf(target)?.zone;
    return zone === undefined ? [] : [...zone.at(target, TYPE.A), ...zone.at(target, TYPE.AAAA)];
  }).filter((record) => !already.some((one) => one.type === record.type && one.name === record.name));
}

function* find(sys: Sys, named: Named, query: DnsMessage, client: Client, recursion: boolean): Blocking<Parts> {
  const parts: Parts = { rcode: "NOERROR", authoritative: false, answer: [], authority: [], additional: [] };
  const [question] = query.question;
  if (question === undefined) return parts;
  const { type } = question;
  const wanted = query.flags.has("rd") && recursion;
  const refuse = function* (rcode: Rcode, served: Served | undefined): Blocking<Parts> {
    if (rcode === "REFUSED") yield* named.say(sys, `${clientLabel(sys, client, question.name)}: query${served === undefined ? " (cache)" : ""} '${undotted(question.name)}/${typeText(type)}/${classText(question.class)}' denied`, "security");
    return parts.answer.length > 0 ? parts : { ...parts, rcode };
  };
  let { name } = question;
  for (let turn = 0; turn < ALIASES; turn++) {
    const served = named.zoneOf(name);
    const forwarded = named.forwardersOf(name).servers.length > 0 && [...named.zones.values()].some((one) => one.kind === "forward" && isBelow(name, one.origin) && (served === undefined || one.origin.length > served.origin.length));
    if (served === undefined || forwarded) {
      if (!wanted) return yield* refuse("REFUSED", undefined);
      const { rcode, records } = yield* resolve(sys, named, name, type);
      parts.answer.push(...records);
      if (parts.answer.length === records.length || rcode === "NXDOMAIN") parts.rcode = rcode;
      parts.authoritative = false;
      return parts;
    }
    const allowed = named.listOf(served, "allow-query");
    if (allowed !== undefined && !named.matches(sys, allowed, client.address)) return yield* refuse("REFUSED", served);
    const { zone } = served;
    if (zone === undefined) return yield* refuse("SERVFAIL", served);
    const found = zone.find(name, type);
    if (turn === 0) parts.authoritative = found.kind !== "delegation";
    if (found.kind === "no name" || found.kind === "no data") {
      if (found.kind === "no name") parts.rcode = "NXDOMAIN";
      parts.authority = negative(zone);
      return parts;
    }
    if (found.kind === "delegation") {
      const glue = addressesFor(named, found.records, []);
      if (wanted) {
        const { rcode, records } = yield* resolve(sys, named, name, type, glue.filter((record) => record.type === TYPE.A).map((record) => ({ address: record.data[0] ?? "", port: 53 })));
        parts.answer.push(...records);
        if (parts.answer.length === 0) parts.rcode = rcode;
        return parts;
      }
      parts.authority = [...found.records];
      parts.additional = glue;
      return parts;
    }
    parts.answer.push(...found.records);
    const target = found.records[0]?.data[0];
    if (found.kind === "answer" || target === undefined) {
      if (!query.flags.has("rd") && type !== TYPE.NS) parts.authority = [...zone.at(zone.origin, TYPE.NS)];
      // everything of a name is much as it is
      parts.additional = type === TYPE.ANY ? [] : addressesFor(named, [...found.records, ...parts.authority], parts.answer);
      return parts;
    }
    name = target;
  }
  return parts;
}
