// Types of records and their data: from the words of a zone file, to and from bytes, and back to words (RFC 1035 3.3 and those that added types).
import { decode, encode } from "../../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../base64.ts";
import { absolute, ipv4Bytes, ipv6Bytes, ipv6Text } from "./names.ts";

/** `data`: a word for each field; names absolute, strings without quotes, numbers decimal. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly class: number;
  readonly ttlSeconds: number;
  readonly data: readonly string[];
}

type Field = "a4" | "a6" | "name" | "u8" | "u16" | "u32" | "time" | "text" | "texts" | "hex" | "base64";

const KINDS: ReadonlyMap<string, readonly [number, ...Field[]]> = new Map<string, readonly [number, ...Field[]]>([
  ["A", [1, "a4"]], ["NS", [2, "name"]], ["CNAME", [5, "name"]], ["SOA", [6, "name", "name", "u32", "time", "time", "time", "time"]], ["PTR", [12, "name"]], ["HINFO", [13, "text", "text"]],
  ["MX", [15, "u16", "name"]], ["TXT", [16, "texts"]], ["RP", [17, "name", "name"]], ["AAAA", [28, "a6"]], ["SRV", [33, "u16", "u16", "u16", "name"]], ["NAPTR", [35, "u16", "u16", "text", "text", "text", "name"]],
  ["DNAME", [39, "name"]], ["DS", [43, "u16", "u8", "u8", "hex"]], ["SSHFP", [44, "u8", "u8", "hex"]], ["DNSKEY", [48, "u16", "u8", "u8", "base64"]], ["TLSA", [52, "u8", "u8", "u8", "hex"]], ["SPF", [99, "texts"]], ["CAA", [257, "u8", "text", "text"]],
]);
/** Types of questions only. */
const QUESTION_TYPES: ReadonlyMap<string, number> = new Map([["IXFR", 251], ["AXFR", 252], ["ANY", 255]]);
const BY_NUMBER: ReadonlyMap<number, readonly [string, ...Field[]]> = new Map([...KINDS].map(([name, [number, ...fields]]) => [number, [name, ...fields]] as const));
/** Only the names of the types of RFC 1035 may be shortened (RFC 3597 4). */
const COMPRESSED = new Set([2, 5, 6, 12, 15]);
export const TYPE = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, OPT: 41, AXFR: 252, IXFR: 251, ANY: 255 } as const;
export const CLASS = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 } as const;

export function typeNumber(name: string): number | undefined {
  const upper = name.toUpperCase();
  const generic = /^TYPE(\d{1,5})$/.exec(upper)?.[1];
  return KINDS.get(upper)?.[0] ?? QUESTION_TYPES.get(upper) ?? (generic === undefined ? undefined : Number(generic));
}

export const typeText = (number: number): string => BY_NUMBER.get(number)?.[0] ?? [...QUESTION_TYPES].find(([, one]) => one === number)?.[0] ?? `TYPE${number}`;

export const classText = (number: number): string => Object.entries(CLASS).find(([, one]) => one === number)?.[0] ?? `CLASS${number}`;

export const classNumber = (name: string): number | undefined => Object.entries(CLASS).find(([one]) => one === name.toUpperCase() || (one === "CH" && name.toUpperCase() === "CHAOS"))?.[1];

/** Seconds of "3600", "1h30m", "2W"; undefined for what is no time. */
export function secondsOf(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word) > 0xffff_ffff ? undefined : Number(word);
  if (!/^(?:\d+[wdhms])+$/i.test(word)) return undefined;
  const unit = new Map([["w", 604_800], ["d", 86_400], ["h", 3600], ["m", 60], ["s", 1]]);
  return [...word.toLowerCase().matchAll(/(\d+)([wdhms])/g)].reduce((sum, [, count, letter]) => sum + Number(count) * (unit.get(letter ?? "s") ?? 1), 0);
}

/** Why a record's data cannot be read; `at`: which word is wrong, the number of words when it ends too early. */
export class BadData extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export const END_OF_INPUT = "unexpected end of input";

/** The fields of `words` (as a zone file has them) with names under `origin`. Errors: BadData. */
export function dataOf(type: number, words: readonly string[], origin: string): readonly string[] {
  const fields = BY_NUMBER.get(type)?.slice(1);
  if (fields === undefined) return words;
  const data: string[] = [];
  let at = 0;
  for (const field of fields) {
    const word = words[at];
    if (word === undefined) throw new BadData(at, END_OF_INPUT);
    const number = (limit: number): string => {
      if (!/^\d+$/.test(word)) throw new BadData(at, "not a valid number");
      if (Number(word) > limit) throw new BadData(at, "out of range");
      return String(Number(word));
    };
    if (field === "texts") {
      data.push(...words.slice(at));
      at = words.length;
      continue;
    }
    if (field === "hex" || field === "base64") {
      const joined = words.slice(at).join("");
      if (field === "hex" ? !/^(?:[0-9a-f]{2})*$/i.test(joined) : bytesOfBase64(joined) === undefined) throw new BadData(at, field === "hex" ? "bad hex encoding" : "bad base64 encoding");
      data.push(field === "hex" ? joined.toUpperCase() : joined);
      at = words.length;
      continue;
    }
    switch (field) {
      case "a4":
        if (ipv4Bytes(word) === undefined) throw new BadData(at, "bad dotted quad");
        data.push(word);
        break;
      case "a6": {
        const bytes = ipv6Bytes(word);
        if (bytes === undefined) throw new BadData(at, "bad IPv6 address");
        data.push(ipv6Text(bytes));
        break;
      }
      case "name": data.push(absolute(word, origin)); break;
      case "u8": data.push(number(255)); break;
      case "u16": data.push(number(65_535)); break;
      case "u32": data.push(number(0xffff_ffff)); break;
      case "time": {
        const seconds = secondsOf(word);
        if (seconds === undefined) throw new BadData(at, "not a valid number");
        data.push(String(seconds));
        break;
      }
      default: data.push(word);
    }
    at++;
  }
  if (at < words.length) throw new BadData(at, "extra input text");
  return data;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** The data as dig and named write them. */
export function dataText(record: Pick<ResourceRecord, "type" | "data">): string {
  const fields = BY_NUMBER.get(record.type)?.slice(1) ?? [];
  return record.data.map((word, at) => {
    const field = fields[Math.min(at, fields.length - 1)];
    // the tag of CAA is a word without quotes
    return field === "texts" || (field === "text" && !(record.type === 257 && at === 1)) ? quoted(word) : word;
  }).join(" ");
}

export interface Writer {
  bytes: number[];
  name(name: string, compress: boolean): void;
}

const word16 = (value: number): number[] => [(value >> 8) & 255, value & 255];

export function writeData(writer: Writer, record: ResourceRecord): void {
  const fields = BY_NUMBER.get(record.type)?.slice(1);
  if (fields === undefined) {
    // RFC 3597: \# LENGTH HEX
    for (const pair of record.data.slice(2).join("").match(/../g) ?? []) writer.bytes.push(Number.parseInt(pair, 16));
    return;
  }
  for (const [at, word] of record.data.entries()) {
    const field = fields[Math.min(at, fields.length - 1)];
    const number = Number(word);
    if (field === "a4") writer.bytes.push(...(ipv4Bytes(word) ?? []));
    else if (field === "a6") writer.bytes.push(...(ipv6Bytes(word) ?? []));
    else if (field === "name") writer.name(word, COMPRESSED.has(record.type));
    else if (field === "u8") writer.bytes.push(number & 255);
    else if (field === "u16") writer.bytes.push(...word16(number));
    else if (field === "u32" || field === "time") writer.bytes.push(...word16(Math.floor(number / 65_536)), ...word16(number & 65_535));
    else if (field === "hex") for (const pair of word.match(/../g) ?? []) writer.bytes.push(Number.parseInt(pair, 16));
    else if (field === "base64") writer.bytes.push(...(bytesOfBase64(word) ?? []));
    else {
      const bytes = encode(word).subarray(0, 255);
      // the value of CAA fills the rest, without a length
      if (!(record.type === 257 && at === 2)) writer.bytes.push(bytes.length);
      writer.bytes.push(...bytes);
    }
  }
}

export interface Reader {
  readonly packet: Uint8Array;
  at: number;
  name(): string;
}

export function readData(reader: Reader, type: number, length: number): readonly string[] {
  const end = reader.at + length;
  const { packet } = reader;
  const fields = BY_NUMBER.get(type)?.slice(1);
  const number = (size: number): number => {
    let value = 0;
    for (let left = size; left > 0; left--) value = value * 256 + (packet[reader.at++] ?? 0);
    return value;
  };
  const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  const rest = (): Uint8Array => {
    const bytes = packet.subarray(reader.at, end);
    reader.at = end;
    return bytes;
  };
  const string = (): string => {
    const size = number(1);
    reader.at += size;
    return decode(packet.subarray(reader.at - size, reader.at));
  };
  if (fields === undefined) return length === 0 ? [] : ["\\#", String(length), hex(rest())];
  if (length === 0) return [];
  const data: string[] = [];
  for (const [at, field] of fields.entries()) {
    if (field === "a4") data.push([number(1), number(1), number(1), number(1)].join("."));
    else if (field === "a6") data.push(ipv6Text([...Array.from({ length: 16 }, () => number(1))]));
    else if (field === "name") data.push(reader.name());
    else if (field === "u8") data.push(String(number(1)));
    else if (field === "u16") data.push(String(number(2)));
    else if (field === "u32" || field === "time") data.push(String(number(4)));
    else if (field === "hex") data.push(hex(rest()));
    else if (field === "base64") data.push(base64Of(rest()));
    else if (field === "texts") while (reader.at < end) data.push(string());
    else data.push(type === 257 && at === 2 ? decode(rest()) : string());
  }
  reader.at = end;
  return data;
}
