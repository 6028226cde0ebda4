// getaddrinfo(3) as programs and daemons use it: /etc/hosts first, then DNS (RFC 1035) at the servers of /etc/resolv.conf over UDP.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";

/** EAI_NONAME: nobody knows the name. EAI_AGAIN: no server answered. Messages are glibc's. */
export class ResolveError extends Error {
  readonly code: "EAI_NONAME" | "EAI_AGAIN";
  constructor(code: "EAI_NONAME" | "EAI_AGAIN") {
    super(code === "EAI_NONAME" ? "Name or service not known" : "Temporary failure in name resolution");
    this.code = code;
  }
}

export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  /** 1 = A, 28 = AAAA, 12 = PTR */
  readonly type: number;
  /** whoever asks speaks EDNS (RFC 6891) */
  readonly edns?: true;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: number;
  readonly ttlSeconds: number;
  /** an address, or a name for PTR and CNAME */
  readonly data: string;
}

const ATTEMPTS = 2;
const TIMEOUT_US = 5_000_000;
export const DNS_PORT = 53;

function nameBytes(name: string): number[] {
  const bytes: number[] = [];
  for (const label of name.split(".")) if (label !== "") bytes.push(Math.min(63, label.length), ...encode(label.slice(0, 63)));
  return [...bytes, 0];
}

function word(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

function encodeQuery(question: DnsQuestion): Uint8Array {
  return Uint8Array.from([...word(question.id), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...nameBytes(question.name), ...word(question.type), 0, 1]);
}

const QUESTION_AT = [0xc0, 12];
const OPT_UDP_SIZE = 1232;

/** `found` undefined: NXDOMAIN. `authoritative`: from the server's own knowledge, and it does not ask others. */
export function encodeAnswer(question: DnsQuestion, found: readonly DnsRecord[] | undefined, authoritative = false): Uint8Array {
  const answers = (found ?? []).flatMap((record) => {
    const data = record.type === 1 ? record.data.split(".").map(Number) : nameBytes(record.data);
    return [...(record.name === question.name ? QUESTION_AT : nameBytes(record.name)), ...word(record.type), 0, 1, ...word(record.ttlSeconds >> 16), ...word(record.ttlSeconds), ...word(data.length), ...data];
  });
  const opt = question.edns ? [0, ...word(41), ...word(OPT_UDP_SIZE), 0, 0, 0, 0, 0, 0] : [];
  return Uint8Array.from([...word(question.id), authoritative ? 0x84 : 0x81, (authoritative ? 0 : 0x80) | (found ? 0 : 3), 0, 1, ...word((found ?? []).length), 0, 0, 0, question.edns ? 1 : 0, ...nameBytes(question.name), ...word(question.type), 0, 1, ...answers, ...opt]);
}

function readName(packet: Uint8Array, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  let end = -1;
  for (let turns = 0; turns < 64; turns++) {
    const length = packet[at] ?? 0;
    if ((length & 0xc0) === 0xc0) {
      if (end < 0) end = at + 2;
      at = ((length & 63) << 8) | (packet[at + 1] ?? 0);
      continue;
    }
    if (length === 0) {
      if (end < 0) end = at + 1;
      break;
    }
    labels.push(decode(packet.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return { name: labels.join("."), end };
}

export function parseQuery(packet: Uint8Array): DnsQuestion | undefined {
  if (packet.length < 17) return undefined;
  const { name, end } = readName(packet, 12);
  const additional = ((packet[10] ?? 0) << 8) | (packet[11] ?? 0);
  return { ...(additional > 0 && packet[end + 4] === 0 && packet[end + 6] === 41 && { edns: true as const }), id: ((packet[0] ?? 0) << 8) | (packet[1] ?? 0), name, type: ((packet[end] ?? 0) << 8) | (packet[end + 1] ?? 0) };
}

export interface DnsAnswer {
  readonly id: number;
  /** false: the server says that the name does not exist */
  readonly known: boolean;
  readonly records: readonly DnsRecord[];
}

function parseAnswer(packet: Uint8Array): DnsAnswer {
  const at16 = (at: number) => ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0);
  let at = readName(packet, 12).end + 4;
  const records: DnsRecord[] = [];
  for (let left = at16(6); left > 0 && at < packet.length; left--) {
    const { name, end } = readName(packet, at);
    const type = at16(end);
    const length = at16(end + 8);
    const data = type === 1 ? [...packet.subarray(end + 10, end + 14)].join(".") : readName(packet, end + 10).name;
    records.push({ name, type, ttlSeconds: at16(end + 6), data });
    at = end + 10 + length;
  }
  return { id: at16(0), known: ((packet[3] ?? 0) & 15) !== 3, records };
}

function* readFile(sys: Sys, path: string): Blocking<string> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(fd);
    return text;
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
}

/** Asks one server; undefined when it does not answer. */
export function* ask(sys: Sys, server: string, name: string, type: number): Blocking<DnsAnswer | undefined> {
  const [high = 0, low = 0] = sys.random(2);
  const id = (high << 8) | low;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let fd: number;
    try {
      fd = sys.socket("inet", "dgram");
    } catch {
      return undefined;
    }
    try {
      yield* sys.connect(fd, { family: "inet", address: server, port: DNS_PORT });
      yield* sys.sendto(fd, encodeQuery({ id, name, type }));
      const ready = yield* sys.poll([{ fd, events: 1 }], TIMEOUT_US);
      if (ready.length === 0) continue;
      const { bytes } = yield* sys.recvfrom(fd, 4096);
      const answer = parseAnswer(bytes);
      if (answer.id === id) return answer;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return undefined;
    } finally {
      sys.close(fd);
    }
  }
  return undefined;
}

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** What a name stands for: its own form (of an alias in /etc/hosts, of a name that was completed by "search") and its IPv4 addresses. */
interface FoundHost {
  readonly canonicalName: string;
  readonly addresses: readonly string[];
}

/** Sources of the hosts database in their order, from nsswitch.conf(5); a source that returns when the name is not found is the last one. */
export function* hostSources(sys: Sys): Blocking<readonly string[]> {
  const line = (yield* readFile(sys, "/etc/nsswitch.conf")).split("\n").map((one) => one.replace(/#.*/, "").trim()).find((one) => one.startsWith("hosts:"));
  const sources: string[] = [];
  for (const [word] of (line ?? "hosts: files dns").slice("hosts:".length).matchAll(/\[[^\]]*\]|[^\s[]+/g)) {
    if (!word.startsWith("[")) sources.push(word);
    else if (/\bNOTFOUND=return\b/i.test(word) && sources.some((source) => source === "files" || source === "dns")) break;
  }
  return sources;
}

const ipv6 = /^[\da-f]*:[\da-f:.]+$/i;

/** The IPv6 addresses that /etc/hosts gives a name. */
export function* findHost6(sys: Sys, name: string): Blocking<FoundHost | undefined> {
  return yield* inHostsFile(sys, name.toLowerCase().replace(/\.$/, ""), ipv6);
}

function* inHostsFile(sys: Sys, wanted: string, family = ipv4): Blocking<FoundHost | undefined> {
  const addresses: string[] = [];
  let canonicalName: string | undefined;
  for (const line of (yield* readFile(sys, "/etc/hosts")).split("\n")) {
    const [address = "", ...names] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (!family.test(address) || !names.some((one) => one.toLowerCase() === wanted)) continue;
    addresses.push(address);
    canonicalName ??= names[0];
  }
  if (addresses.length > 0) return { canonicalName: canonicalName ?? wanted, addresses };
  return wanted === "localhost" && family === ipv4 ? { canonicalName: wanted, addresses: ["127.0.0.1"] } : undefined;
}

/** The name servers' answer; "silent" when none answered. */
function* fromNameServers(sys: Sys, wanted: string): Blocking<FoundHost | "silent" | undefined> {
  const configuration = yield* readFile(sys, "/etc/resolv.conf");
  const servers = [...configuration.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? "").filter((server) => ipv4.test(server));
  const search = /^(?:search|domain)\s+(.+)$/m.exec(configuration)?.[1]?.trim().split(/\s+/) ?? [];
  const candidates = wanted.includes(".") ? [wanted, ...search.map((domain) => `${wanted}.${domain}`)] : [...search.map((domain) => `${wanted}.${domain}`), wanted];
  let answered = false;
  for (const candidate of candidates) {
    for (const server of servers.length > 0 ? servers : ["127.0.0.1"]) {
      const answer = yield* ask(sys, server, candidate, 1);
      if (!answer) continue;
      answered = true;
      const addresses = answer.records.filter((record) => record.type === 1).map((record) => record.data);
      if (addresses.length > 0) return { canonicalName: answer.records.find((record) => record.type === 1)?.name ?? candidate, addresses };
      break;
    }
  }
  return answered ? undefined : "silent";
}

/** A name in the sources that nsswitch.conf names. Errors: ResolveError. */
export function* findHost(sys: Sys, name: string): Blocking<FoundHost> {
  if (ipv4.test(name)) return { canonicalName: name, addresses: [name] };
  const wanted = name.toLowerCase().replace(/\.$/, "");
  let silent = false;
  for (const source of yield* hostSources(sys)) {
    const found = source === "files" ? yield* inHostsFile(sys, wanted) : source === "dns" ? yield* fromNameServers(sys, wanted) : undefined;
    silent = found === "silent";
    if (found !== undefined && found !== "silent") return found;
  }
  throw new ResolveError(silent ? "EAI_AGAIN" : "EAI_NONAME");
}

/** IPv4 addresses of a name, in the order of the answers. Errors: ResolveError. */
export function* lookUpHost(sys: Sys, name: string): Blocking<readonly string[]> {
  return (yield* findHost(sys, name)).addresses;
}
