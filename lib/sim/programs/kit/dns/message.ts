// Messages of the DNS as bytes (RFC 1035 4, EDNS of RFC 6891, cookies of RFC 7873, updates of RFC 2136).
import { decode, encode } from "../../../kernel/sys.ts";
import { type ResourceRecord, TYPE, type Writer, readData, writeData } from "./records.ts";
import { labelsOf, nameOf } from "./names.ts";

export const OPCODE = { query: 0, notify: 4, update: 5 } as const;
export const RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"] as const;
export type Rcode = (typeof RCODES)[number];

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface Edns {
  readonly udpSize: number;
  /** of the client, and of the server behind it; in hexadecimal */
  readonly cookie?: string;
}

export interface DnsMessage {
  readonly id: number;
  readonly opcode: number;
  readonly rcode: Rcode;
  /** qr aa tc rd ra ad cd */
  readonly flags: ReadonlySet<string>;
  readonly question: readonly DnsQuestion[];
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  readonly edns?: Edns;
}

const FLAG_BITS: readonly (readonly [string, number])[] = [["qr", 0x8000], ["aa", 0x0400], ["tc", 0x0200], ["rd", 0x0100], ["ra", 0x0080], ["ad", 0x0020], ["cd", 0x0010]];
const COOKIE = 10;

const word16 = (value: number): number[] => [(value >> 8) & 255, value & 255];

class MessageWriter implements Writer {
  bytes: number[] = [];
  readonly #places = new Map<string, number>();

  name(name: string, compress: boolean): void {
    const labels = labelsOf(name);
    for (let at = 0; at < labels.length; at++) {
      const rest = labels.slice(at).join(".").toLowerCase();
      const known = this.#places.get(rest);
      if (compress && known !== undefined) {
        this.bytes.push(...word16(0xc000 | known));
        return;
      }
      if (known === undefined && this.bytes.length < 0x4000) this.#places.set(rest, this.bytes.length);
      const bytes = encode((labels[at] ?? "").replaceAll("\\", "")).subarray(0, 63);
      this.bytes.push(bytes.length, ...bytes);
    }
    this.bytes.push(0);
  }

  record(record: ResourceRecord): void {
    this.name(record.name, true);
    this.bytes.push(...word16(record.type), ...word16(record.class), ...word16(Math.floor(record.ttlSeconds / 65_536)), ...word16(record.ttlSeconds & 65_535), 0, 0);
    const start = this.bytes.length;
    writeData(this, record);
    const length = this.bytes.length - start;
    this.bytes[start - 2] = length >> 8;
    this.bytes[start - 1] = length & 255;
  }
}

export function encodeMessage(message: DnsMessage): Uint8Array {
  const writer = new MessageWriter();
  const bits = FLAG_BITS.reduce((sum, [name, bit]) => sum | (message.flags.has(name) ? bit : 0), (message.opcode << 11) | RCODES.indexOf(message.rcode));
  writer.bytes.push(...word16(message.id), ...word16(bits), ...word16(message.question.length), ...word16(message.answer.length), ...word16(message.authority.length), ...word16(message.additional.length + (message.edns === undefined ? 0 : 1)));
  for (const question of message.question) {
    writer.name(question.name, true);
    writer.bytes.push(...word16(question.type), ...word16(question.class));
  }
  for (const record of [...message.answer, ...message.authority, ...message.additional]) writer.record(record);
  if (message.edns !== undefined) {
    const cookie = (message.edns.cookie?.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
    writer.bytes.push(0, ...word16(TYPE.OPT), ...word16(message.edns.udpSize), 0, 0, 0, 0, ...word16(cookie.length === 0 ? 0 : cookie.length + 4), ...(cookie.length === 0 ? [] : [...word16(COOKIE), ...word16(cookie.length), ...cookie]));
  }
  return Uint8Array.from(writer.bytes);
}

class MessageReader {
  readonly packet: Uint8Array;
  at = 0;

  constructor(packet: Uint8Array) {
    this.packet = packet;
  }

  number(size: number): number {
    let value = 0;
    for (let left = size; left > 0; left--) value = value * 256 + (this.packet[this.at++] ?? 0);
    return value;
  }

  name(): string {
    const labels: string[] = [];
    let at = this.at;
    let end = -1;
    for (let turns = 0; turns < 128; turns++) {
      const length = this.packet[at] ?? 0;
      if ((length & 0xc0) === 0xc0) {
        if (end < 0) end = at + 2;
        at = ((length & 63) << 8) | (this.packet[at + 1] ?? 0);
      } else if (length === 0) {
        if (end < 0) end = at + 1;
        break;
      } else {
        labels.push(decode(this.packet.subarray(at + 1, at + 1 + length)).replaceAll(".", "\\."));
        at += 1 + length;
      }
    }
    this.at = end;
    return nameOf(labels);
  }

  record(): ResourceRecord {
    const name = this.name();
    const [type, class_, ttlSeconds, length] = [this.number(2), this.number(2), this.number(4), this.number(2)];
    const next = this.at + length;
    const data = type === TYPE.OPT ? ["", [...this.packet.subarray(this.at, next)].map((byte) => byte.toString(16).padStart(2, "0")).join("")] : readData(this, type, length);
    this.at = next;
    return { name, type, class: class_, ttlSeconds, data };
  }
}

/** Undefined for what is too short for a message. */
export function decodeMessage(packet: Uint8Array): DnsMessage | undefined {
  if (packet.length < 12) return undefined;
  const reader = new MessageReader(packet);
  const [id, bits, questions, answers, authorities, additionals] = [reader.number(2), reader.number(2), reader.number(2), reader.number(2), reader.number(2), reader.number(2)];
  const question = Array.from({ length: questions }, (): DnsQuestion => ({ name: reader.name(), type: reader.number(2), class: reader.number(2) }));
  const records = (count: number): ResourceRecord[] => Array.from({ length: count }, () => reader.record());
  const [answer, authority, rest] = [records(answers), records(authorities), records(additionals)];
  const opt = rest.find((record) => record.type === TYPE.OPT);
  const option = opt?.data[1] ?? "";
  const cookie = option.startsWith("000a") ? option.slice(8, 8 + Number.parseInt(option.slice(4, 8), 16) * 2) : undefined;
  return {
    id, opcode: (bits >> 11) & 15, rcode: RCODES[bits & 15] ?? "SERVFAIL", flags: new Set(FLAG_BITS.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name)), question, answer, authority,
    additional: rest.filter((record) => record.type !== TYPE.OPT), ...(opt !== undefined && { edns: { udpSize: opt.class, ...(cookie !== undefined && { cookie }) } }),
  };
}
