// Character sets that iconv knows here: bytes to code points and back. The single-byte ones by what they change in ISO-8859-1.

/** Stops at what is no character of the set. */
interface Decoded {
  readonly codes: readonly number[];
  /** where the input stopped to make sense; undefined: it did to the end */
  readonly problem?: { readonly position: number; readonly kind: "illegal" | "incomplete" };
}

export interface Charset {
  readonly decode: (bytes: Uint8Array) => Decoded;
  /** undefined: the set has no such character */
  readonly encode: (code: number) => readonly number[] | undefined;
  /** a byte order mark, written before the first character */
  readonly mark?: readonly number[];
}

function singleByte(toCode: (byte: number) => number | undefined): Charset {
  const back = new Map<number, number>();
  for (let byte = 255; byte >= 0; byte--) {
    const code = toCode(byte);
    if (code !== undefined) back.set(code, byte);
  }
  return {
    decode(bytes) {
      const codes: number[] = [];
      for (const [position, byte] of bytes.entries()) {
        const code = toCode(byte);
        if (code === undefined) return { codes, problem: { position, kind: "illegal" } };
        codes.push(code);
      }
      return { codes };
    },
    encode(code) {
      const byte = back.get(code);
      return byte === undefined ? undefined : [byte];
    },
  };
}

const utf8: Charset = {
  decode(bytes) {
    const codes: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at] ?? 0;
      const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
      if (length === 0) return { codes, problem: { position: at, kind: "illegal" } };
      let code = length === 1 ? first : first & (0xff >> (length + 1));
      for (let i = 1; i < length; i++) {
        const next = bytes[at + i];
        if (next === undefined) return { codes, problem: { position: at, kind: "incomplete" } };
        if ((next & 0xc0) !== 0x80) return { codes, problem: { position: at, kind: "illegal" } };
        code = (code << 6) | (next & 0x3f);
      }
      if ((length === 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) || (length === 4 && (code < 0x10000 || code > 0x10ffff))) return { codes, problem: { position: at, kind: "illegal" } };
      codes.push(code);
      at += length;
    }
    return { codes };
  },
  encode(code) {
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  },
};

function unit(value: number, bytes: 2 | 4, big: boolean): number[] {
  const out = Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 0xff);
  return big ? out.reverse() : out;
}

function wide(bytes: 2 | 4, order: "big" | "little" | "marked"): Charset {
  return {
    ...(order === "marked" && { mark: unit(0xfeff, bytes, false) }),
    decode(data) {
      let at = 0;
      let big = order === "big";
      const read = (from: number): number => {
        let value = 0;
        for (let i = 0; i < bytes; i++) value = value * 256 + (data[from + (big ? i : bytes - 1 - i)] ?? 0);
        return value;
      };
      if (order === "marked" && data.length >= bytes) {
        big = true;
        if (read(0) === 0xfeff) at = bytes;
        else {
          big = false;
          if (read(0) === 0xfeff) at = bytes;
        }
      }
      const codes: number[] = [];
      while (at < data.length) {
        if (at + bytes > data.length) return { codes, problem: { position: at, kind: "incomplete" } };
        const value = read(at);
        if (bytes === 2 && value >= 0xd800 && value < 0xdc00) {
          if (at + 4 > data.length) return { codes, problem: { position: at, kind: "incomplete" } };
          codes.push(0x10000 + ((value - 0xd800) << 10) + (read(at + 2) - 0xdc00));
          at += 4;
          continue;
        }
        if ((value >= 0xd800 && value < 0xe000) || value > 0x10ffff) return { codes, problem: { position: at, kind: "illegal" } };
        codes.push(value);
        at += bytes;
      }
      return { codes };
    },
    encode(code) {
      const big = order === "big";
      if (bytes === 4 || code < 0x10000) return unit(code, bytes, big);
      const rest = code - 0x10000;
      return [...unit(0xd800 + (rest >> 10), 2, big), ...unit(0xdc00 + (rest & 0x3ff), 2, big)];
    },
  };
}

const LATIN9: ReadonlyMap<number, number> = new Map([[0xa4, 0x20ac], [0xa6, 0x160], [0xa8, 0x161], [0xb4, 0x17d], [0xb8, 0x17e], [0xbc, 0x152], [0xbd, 0x153], [0xbe, 0x178]]);
/** 0x80 to 0x9f; 0: not assigned */
const WINDOWS_1252 = [0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178];
const CP850 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

const SETS: readonly (readonly [names: string, charset: Charset])[] = [
  ["UTF-8 UTF8", utf8],
  ["ASCII US-ASCII ANSI_X3.4-1968 646 US", singleByte((byte) => (byte < 128 ? byte : undefined))],
  ["ISO-8859-1 ISO8859-1 ISO88591 LATIN1 L1 8859_1 CP819 IBM819", singleByte((byte) => byte)],
  ["ISO-8859-15 ISO8859-15 ISO885915 LATIN-9 LATIN9", singleByte((byte) => LATIN9.get(byte) ?? byte)],
  ["WINDOWS-1252 CP1252 MS-ANSI", singleByte((byte) => (byte < 0x80 || byte > 0x9f ? byte : WINDOWS_1252[byte - 0x80] || undefined))],
  ["CP850 IBM850 850", singleByte((byte) => (byte < 128 ? byte : CP850.codePointAt(byte - 128)))],
  ["UTF-16 UTF16", wide(2, "marked")], ["UTF-16LE UTF16LE", wide(2, "little")], ["UTF-16BE UTF16BE", wide(2, "big")],
  ["UTF-32 UTF32", wide(4, "marked")], ["UTF-32LE UTF32LE", wide(4, "little")], ["UTF-32BE UTF32BE", wide(4, "big")],
];

const byName = new Map<string, Charset>(SETS.flatMap(([names, charset]) => names.split(" ").map((name) => [name, charset] as const)));

/** Upper or lower case. */
export function charsetNamed(name: string): Charset | undefined {
  return byName.get(name.toUpperCase());
}

export const CHARSET_NAMES: readonly string[] = SETS.map(([names]) => names);

const PLAIN: ReadonlyMap<number, string> = new Map<number, string>([..."œŒæÆß€…’‘“”«»–—•™©®".split("").map((character, index) => [character.codePointAt(0) ?? 0, ["oe", "OE", "ae", "AE", "ss", "EUR", "...", "'", "'", '"', '"', "<<", ">>", "-", "-", "o", "(TM)", "(C)", "(R)"][index] ?? "?"] as const), [0xa0, " "], [0x202f, " "]]);

/** //TRANSLIT: what may stand for the character, as glibc's locales have it. */
export function transliterated(code: number): string {
  const known = PLAIN.get(code);
  if (known !== undefined) return known;
  const bare = String.fromCodePoint(code).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare.codePointAt(0) === code ? "?" : bare;
}
