// A package of rpm: a lead of 96 bytes, the header of signatures, the header of facts, and the files as a compressed cpio archive. Headers are an index of tags
// (number, type, place, count) and their values.
import { type Blocking, decode } from "../../kernel/sys.ts";
import { ByteSource } from "../kit/compression/byte-source.ts";
import { gunzipMember, readGzipHeader } from "../kit/compression/gzip-format.ts";
import { unpackXz } from "../kit/compression/xz-format.ts";
import { unpackZstd } from "../kit/compression/zstd-format.ts";

export type TagValue = readonly string[] | readonly number[] | Uint8Array;

export const TAG = {
  NAME: 1000, VERSION: 1001, RELEASE: 1002, EPOCH: 1003, SUMMARY: 1004, DESCRIPTION: 1005, BUILDTIME: 1006, BUILDHOST: 1007, INSTALLTIME: 1008, SIZE: 1009, DISTRIBUTION: 1010, VENDOR: 1011, LICENSE: 1014, PACKAGER: 1015, GROUP: 1016, URL: 1020, OS: 1021, ARCH: 1022, PREIN: 1023, POSTIN: 1024, PREUN: 1025, POSTUN: 1026,
  FILESIZES: 1028, FILEMODES: 1030, FILEMTIMES: 1034, FILEDIGESTS: 1035, FILELINKTOS: 1036, FILEFLAGS: 1037, FILEUSERNAME: 1039, FILEGROUPNAME: 1040, SOURCERPM: 1044, PROVIDENAME: 1047, REQUIREFLAGS: 1048, REQUIRENAME: 1049, REQUIREVERSION: 1050, CHANGELOGTIME: 1080, CHANGELOGNAME: 1081, CHANGELOGTEXT: 1082, PROVIDEFLAGS: 1112, PROVIDEVERSION: 1113, DIRINDEXES: 1116, BASENAMES: 1117, DIRNAMES: 1118, PAYLOADFORMAT: 1124, PAYLOADCOMPRESSOR: 1125, FILEDIGESTALGO: 5011, FILENAMES: 5000, PAYLOADDIGEST: 5092,
} as const;

const SIGNATURE_MD5 = 1004;
const SIGNATURE_SHA256 = 273;

export class RpmHeader {
  readonly #values: ReadonlyMap<number, TagValue>;

  constructor(values: ReadonlyMap<number, TagValue>) {
    this.#values = values;
  }

  has(tag: number): boolean {
    return this.#values.has(tag);
  }

  strings(tag: number): readonly string[] {
    const value = this.#values.get(tag);
    return value === undefined || value instanceof Uint8Array ? [] : value.map(String);
  }

  numbers(tag: number): readonly number[] {
    const value = this.#values.get(tag);
    return value === undefined || value instanceof Uint8Array ? [] : value.map(Number);
  }

  text(tag: number): string | undefined {
    return this.strings(tag)[0];
  }

  bytes(tag: number): Uint8Array | undefined {
    const value = this.#values.get(tag);
    return value instanceof Uint8Array ? value : undefined;
  }

  get fileNames(): readonly string[] {
    const directories = this.strings(TAG.DIRNAMES);
    const indexes = this.numbers(TAG.DIRINDEXES);
    return this.strings(TAG.BASENAMES).map((name, at) => `${directories[indexes[at] ?? 0] ?? ""}${name}`);
  }

  /** name-version-release */
  get nvr(): string {
    return [TAG.NAME, TAG.VERSION, TAG.RELEASE].map((tag) => this.text(tag) ?? "").join("-");
  }

  get nvra(): string {
    return `${this.nvr}.${this.text(TAG.ARCH) ?? ""}`;
  }
}

export interface RpmFile {
  readonly signature: RpmHeader;
  readonly header: RpmHeader;
  /** with its magic, as the database keeps it */
  readonly headerBytes: Uint8Array;
  readonly payload: Uint8Array;
}

/** Undefined when the bytes are no header; `end` is where it stops. */
export function parseHeader(bytes: Uint8Array, start: number): { readonly header: RpmHeader; readonly end: number } | undefined {
  if (bytes.length < start + 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(start) !== 0x8eade801) return undefined;
  const [count, length] = [view.getUint32(start + 8), view.getUint32(start + 12)];
  const store = start + 16 + count * 16;
  const end = store + length;
  if (count > 65_535 || end > bytes.length) return undefined;
  const values = new Map<number, TagValue>();
  const zeroEnded = (at: number): string => {
    let stop = at;
    while (stop < end && bytes[stop] !== 0) stop++;
    return decode(bytes.subarray(at, stop));
  };
  for (let index = 0; index < count; index++) {
    const entry = start + 16 + index * 16;
    const [tag, type, offset, items] = [view.getUint32(entry), view.getUint32(entry + 4), view.getUint32(entry + 8), view.getUint32(entry + 12)];
    let at = store + offset;
    if (at > end || items > 65_535) return undefined;
    if (type === 6 || type === 8 || type === 9) {
      const words: string[] = [];
      for (let item = 0; item < items && at < end; item++) {
        const word = zeroEnded(at);
        words.push(word);
        while (at < end && bytes[at] !== 0) at++;
        at++;
      }
      values.set(tag, words);
    } else if (type === 7) values.set(tag, bytes.slice(at, Math.min(end, at + items)));
    else if (type >= 1 && type <= 5) {
      const width = type <= 2 ? 1 : type === 3 ? 2 : type === 4 ? 4 : 8;
      if (at + width * items > end) return undefined;
      values.set(tag, Array.from({ length: items }, (_, item) => (width === 1 ? view.getUint8(at + item) : width === 2 ? view.getUint16(at + item * 2) : width === 4 ? view.getUint32(at + item * 4) : Number(view.getBigUint64(at + item * 8)))));
    }
  }
  return { header: new RpmHeader(values), end };
}

export function parseRpm(bytes: Uint8Array): RpmFile | undefined {
  if (bytes.length < 96 || bytes[0] !== 0xed || bytes[1] !== 0xab || bytes[2] !== 0xee || bytes[3] !== 0xdb) return undefined;
  const signature = parseHeader(bytes, 96);
  if (signature === undefined) return undefined;
  const start = Math.ceil(signature.end / 8) * 8;
  const main = parseHeader(bytes, start);
  if (main === undefined) return undefined;
  return { signature: signature.header, header: main.header, headerBytes: bytes.slice(start, main.end), payload: bytes.subarray(main.end) };
}

export const signatureMd5 = (file: RpmFile): Uint8Array | undefined => file.signature.bytes(SIGNATURE_MD5);
export const signatureSha256 = (file: RpmFile): string | undefined => file.signature.text(SIGNATURE_SHA256);

/** The cpio archive. Throws what the decompressors throw. */
export function* unpackPayload({ header, payload }: RpmFile): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const put = function* (bytes: Uint8Array): Blocking<void> {
    parts.push(bytes.slice());
    length += bytes.length;
  };
  let given = false;
  const source = new ByteSource(function* () {
    if (given) return new Uint8Array(0);
    given = true;
    return payload;
  });
  const kind = header.text(TAG.PAYLOADCOMPRESSOR) ?? "gzip";
  if (kind === "xz" || kind === "lzma") yield* unpackXz(source, put);
  else if (kind === "zstd") yield* unpackZstd(source, put);
  else {
    yield* readGzipHeader(source);
    yield* gunzipMember(source, put);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
