// What host, dig and nslookup share: servers of /etc/resolv.conf, a question and its answer, names of addresses, lines of messages.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Failure, type Received, exchange } from "../kit/dns/exchange.ts";
import type { DnsMessage } from "../kit/dns/message.ts";
import { dotted, ipv4Bytes, ipv6Bytes, reverseNameOf, undotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classText, typeText } from "../kit/dns/records.ts";

export { typeNumber, typeText } from "../kit/dns/records.ts";

export const isAddress = (text: string): boolean => ipv4Bytes(text) !== undefined || ipv6Bytes(text) !== undefined;

/** "20.100.51.198.in-addr.arpa" */
export const reverseName = (address: string): string => undotted(reverseNameOf(address) ?? address);

export function* resolvers(sys: Sys): Blocking<{ readonly servers: readonly string[]; readonly search: readonly string[] }> {
  const text = (yield* readTextFile(sys, "/etc/resolv.conf")) ?? "";
  const servers = [...text.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? "").filter(isAddress);
  return { servers: servers.length > 0 ? servers : ["127.0.0.1"], search: /^(?:search|domain)\s+(.+)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [] };
}

/** The addresses of a server that was named, or why there are none: isc_result_totext's word. */
export function* serverAddresses(sys: Sys, server: string): Blocking<readonly string[] | "not found" | "failure"> {
  if (isAddress(server)) return [server];
  try {
    return yield* lookUpHost(sys, server);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    return error.code === "EAI_AGAIN" ? "failure" : "not found";
  }
}

export interface Asking {
  readonly port: number;
  readonly tcp: boolean;
  readonly recurse: boolean;
  readonly class: number;
  /** with EDNS, and a cookie in it */
  readonly edns: boolean;
  readonly cookie: boolean;
  readonly attempts: number;
  readonly timeoutUs: number;
  readonly from?: string;
  /** ANY goes by TCP unless this is said */
  readonly anyByUdp?: boolean;
}

export const ORDINARY: Asking = { port: 53, tcp: false, recurse: true, class: CLASS.IN, edns: false, cookie: false, attempts: 3, timeoutUs: 5_000_000 };

export interface Reply extends Received {
  readonly server: string;
  readonly tcp: boolean;
  /** of our cookie, in hexadecimal */
  readonly sentCookie: string | undefined;
}

export interface Silence {
  readonly failures: readonly { readonly server: string; readonly failure: Failure }[];
  readonly tcp: boolean;
}

/** Lines of bin/dig/dighost.c about servers that could not be asked; `told`: that none was reached stands among them already. */
export function silenceLines({ failures, tcp }: Silence, name: string, port: number): { readonly text: string; readonly told: boolean } {
  let told = false;
  const lines = failures.map(({ server, failure }) => {
    // once a question is on its way, only a refusal or silence comes back
    told = failure !== "timed out" && (tcp || failure !== "connection refused");
    return told ? `;; ${tcp ? "Connection to" : "UDP setup with"} ${server}#${port}(${server}) for ${name} failed: ${failure}.\n;; no servers could be reached\n` : `;; communications error to ${server}#${port}: ${failure}\n`;
  });
  return { text: lines.join(""), told };
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The first server that answers, or why none does. What does not fit into UDP is asked for again over TCP. */
export function* query(sys: Sys, servers: readonly string[], name: string, type: number, how: Asking = ORDINARY, truncated?: () => void): Blocking<Reply | Silence> {
  const failures: { server: string; failure: Failure }[] = [];
  let overTcp = how.tcp;
  for (const server of servers) {
    const [high = 0, low = 0] = sys.random(2);
    const sentCookie = how.cookie ? hex(sys.random(8)) : undefined;
    const message: DnsMessage = { id: (high << 8) | low, opcode: 0, rcode: "NOERROR", flags: new Set(how.recurse ? ["rd"] : []), question: [{ name: dotted(name), type, class: how.class }], answer: [], authority: [], additional: [], ...(how.edns && { edns: { udpSize: 1232, ...(sentCookie !== undefined && { cookie: sentCookie }) } }) };
    const place = { address: server, port: how.port, timeoutUs: how.timeoutUs, ...(how.from !== undefined && { from: how.from }) };
    let tcp = how.tcp || (type === TYPE.ANY && how.anyByUdp !== true);
    let received = yield* exchange(sys, message, { ...place, tcp, attempts: how.attempts });
    if ("message" in received && received.message.flags.has("tc") && !tcp) {
      truncated?.();
      tcp = true;
      received = yield* exchange(sys, message, { ...place, tcp, attempts: how.attempts });
    }
    if ("message" in received) return { ...received, server, tcp, sentCookie };
    overTcp = tcp;
    failures.push(...received.failures.map((failure) => ({ server, failure })));
  }
  return { failures, tcp: overTcp };
}

/** ";name.	IN	A" of a question section */
export function questionLine(name: string, type: number, class_: number, multiline = false): string {
  const head = `;${name}`;
  // the mark in front does not count
  const tabs = (column: number): string => "\t".repeat(Math.max(1, Math.ceil((column - name.length) / 8)));
  return multiline ? `${head}${tabs(24)}${classText(class_)} ${typeText(type)}\n` : `${head}${tabs(32)}${classText(class_)}\t${typeText(type)}\n`;
}

export const FLAG_ORDER = ["qr", "aa", "tc", "rd", "ra", "ad", "cd"];

/** "; flags: qr rd ra; QUERY: 1, …" with the count that dig shows. */
export const flagsLine = (message: DnsMessage): string => `;; flags:${FLAG_ORDER.filter((flag) => message.flags.has(flag)).map((flag) => ` ${flag}`).join("")}; QUERY: ${message.question.length}, ANSWER: ${message.answer.length}, AUTHORITY: ${message.authority.length}, ADDITIONAL: ${message.additional.length + (message.edns === undefined ? 0 : 1)}`;

export const isOfType = (record: ResourceRecord, type: number): boolean => type === 255 || record.type === type;

/** The name of an address; undefined when nobody tells one. */
export function* nameOfAddress(sys: Sys, servers: readonly string[], address: string): Blocking<string | undefined> {
  const reply = yield* query(sys, servers, reverseName(address), 12, { ...ORDINARY, attempts: 2 });
  const name = "failures" in reply ? undefined : reply.message.answer.find((record) => record.type === 12)?.data[0];
  return name === undefined ? undefined : undotted(name);
}
