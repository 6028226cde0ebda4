// Answers that named does not have: from its cache, from the servers it hands questions on to, else from the root downwards (RFC 1034 5.3.3).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { exchange } from "../kit/dns/exchange.ts";
import type { DnsMessage, Rcode } from "../kit/dns/message.ts";
import { isBelow, sameName } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE } from "../kit/dns/records.ts";
import type { Named } from "./_server.ts";

export interface Resolved {
  readonly rcode: Rcode;
  readonly records: readonly ResourceRecord[];
}

interface Server {
  readonly address: string;
  readonly port: number;
}

const SERVERS_ASKED = 3;
const REFERRALS = 12;
const WAIT_US = 800_000;

function* askServers(sys: Sys, servers: readonly Server[], name: string, type: number, recursive: boolean): Blocking<DnsMessage | undefined> {
  for (const server of servers.slice(0, SERVERS_ASKED)) {
    const [high = 0, low = 0] = sys.random(2);
    const query: DnsMessage = { id: (high << 8) | low, opcode: 0, rcode: "NOERROR", flags: new Set(recursive ? ["rd"] : []), question: [{ name, type, class: CLASS.IN }], answer: [], authority: [], additional: [], edns: { udpSize: 1232 } };
    let received = yield* exchange(sys, query, { ...server, tcp: false, timeoutUs: WAIT_US, attempts: 2 });
    if ("message" in received && received.message.flags.has("tc")) received = yield* exchange(sys, query, { ...server, tcp: true, timeoutUs: WAIT_US, attempts: 1 });
    if ("message" in received && received.message.rcode !== "SERVFAIL" && received.message.rcode !== "REFUSED") return received.message;
  }
  return undefined;
}

const addressesIn = (records: readonly ResourceRecord[], names: readonly ResourceRecord[]): readonly Server[] => records.filter((record) => record.type === TYPE.A && names.some(({ data }) => sameName(data[0] ?? "", record.name))).map(({ data }) => ({ address: data[0] ?? "", port: 53 }));

/** `from`: where to begin, for a name that a zone of ours delegates. */
export function* resolve(sys: Sys, named: Named, name: string, type: number, from?: readonly Server[]): Blocking<Resolved> {
  const known = named.cached(sys, name, type);
  if (known !== undefined) return known;
  const keep = ({ rcode, answer }: DnsMessage): Resolved => {
    named.remember(sys, name, type, rcode, answer);
    return { rcode, records: answer };
  };
  const { servers: forwarders, only } = named.forwardersOf(name);
  if (from === undefined && forwarders.length > 0) {
    const reply = yield* askServers(sys, forwarders, name, type, true);
    if (reply !== undefined) return keep(reply);
  }
  if (from === undefined && only) return { rcode: "SERVFAIL", records: [] };
  let servers = from ?? addressesIn(named.hints, named.hints.filter((record) => record.type === TYPE.NS));
  for (let turn = 0; turn < REFERRALS && servers.length > 0; turn++) {
    const reply = yield* askServers(sys, servers, name, type, false);
    if (reply === undefined) break;
    const referral = reply.authority.filter((record) => record.type === TYPE.NS && isBelow(name, record.name));
    if (reply.answer.length > 0 || reply.rcode !== "NOERROR" || reply.flags.has("aa") || referral.length === 0) return keep(reply);
    const glue = addressesIn(reply.additional, referral);
    const next: Server[] = [...glue];
    for (const { data } of glue.length > 0 ? [] : referral) next.push(...(yield* resolve(sys, named, data[0] ?? "", TYPE.A)).records.filter((record) => record.type === TYPE.A).map((record) => ({ address: record.data[0] ?? "", port: 53 })));
    servers = next;
  }
  return { rcode: "SERVFAIL", records: [] };
}
