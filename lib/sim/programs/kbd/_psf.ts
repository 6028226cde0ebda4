// PC Screen Fonts (psf(5)) of version 1 (36 04) and 2 (72 b5 4a 86): a head, bitmaps, and which characters each of them stands for.

export interface ScreenFont {
  readonly version: 1 | 2;
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Uint8Array;
  /** for each glyph its characters, and sequences of several */
  readonly table: readonly (readonly string[])[] | undefined;
}

const MAGIC_2 = [0x72, 0xb5, 0x4a, 0x86];
const uint32 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
const four = (value: number): readonly number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];

function readTable1(bytes: Uint8Array, from: number, count: number): readonly (readonly string[])[] {
  const table: string[][] = [];
  let at = from;
  for (let glyph = 0; glyph < count; glyph++) {
    const own: string[] = [];
    let sequence: string | undefined;
    for (; at + 1 < bytes.length; at += 2) {
      const code = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (code === 0xffff) break;
      if (code === 0xfffe) {
        if (sequence !== undefined) own.push(sequence);
        sequence = "";
      } else if (sequence === undefined) own.push(String.fromCharCode(code));
      else sequence += String.fromCharCode(code);
    }
    at += 2;
    if (sequence !== undefined) own.push(sequence);
    table.push(own);
  }
  return table;
}

function utf8Text(bytes: Uint8Array, from: number, to: number): string {
  let out = "";
  for (let at = from; at < to; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let index = 1; index < length; index++) code = (code << 6) | ((bytes[at + index] ?? 0) & 63);
    out += code <= 0x10ffff ? String.fromCodePoint(code) : "";
    at += length;
  }
  return out;
}

function readTable2(bytes: Uint8Array, from: number, count: number): readonly (readonly string[])[] {
  const table: string[][] = [];
  let at = from;
  for (let glyph = 0; glyph < count; glyph++) {
    const own: string[] = [];
    let start = at;
    let inSequence = false;
    const take = (to: number): void => {
      const text = utf8Text(bytes, start, to);
      if (inSequence) own.push(text);
      else own.push(...text);
    };
    while (at < bytes.length && bytes[at] !== 0xff) {
      if (bytes[at] === 0xfe) {
        take(at);
        inSequence = true;
        start = at + 1;
      }
      at++;
    }
    take(at);
    at++;
    table.push(own.filter((text) => text !== ""));
  }
  return table;
}

/** Undefined for bytes that are no font. */
export function readFont(bytes: Uint8Array): ScreenFont | undefined {
  if (bytes[0] === 0x36 && bytes[1] === 4) {
    const mode = bytes[2] ?? 0;
    const height = bytes[3] ?? 0;
    const count = (mode & 1) !== 0 ? 512 : 256;
    const end = 4 + count * height;
    if (bytes.length < end || height === 0) return undefined;
    return { version: 1, count, width: 8, height, glyphs: bytes.subarray(4, end), table: (mode & 2) !== 0 ? readTable1(bytes, end, count) : undefined };
  }
  if (!MAGIC_2.every((byte, index) => bytes[index] === byte)) return undefined;
  const [head, flags, count, size, height, width] = [8, 12, 16, 20, 24, 28].map((at) => uint32(bytes, at));
  if (head === undefined || count === undefined || size === undefined || height === undefined || width === undefined || count < 1 || count > 65536 || size < 1 || bytes.length < head + count * size) return undefined;
  const end = head + count * size;
  return { version: 2, count, width, height, glyphs: bytes.subarray(head, end), table: ((flags ?? 0) & 1) !== 0 ? readTable2(bytes, end, count) : undefined };
}

function utf8Bytes(text: string): readonly number[] {
  return [...text].flatMap((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });
}

export function fontBytes(font: ScreenFont): Uint8Array {
  const sequences = font.table?.some((one) => one.some((text) => [...text].length > 1)) === true;
  if (font.version === 1) {
    const table = (font.table ?? []).flatMap((one) => {
      const singles = one.filter((text) => text.length === 1).flatMap((text) => [text.charCodeAt(0) & 255, text.charCodeAt(0) >> 8]);
      const longer = one.filter((text) => text.length > 1).flatMap((text) => [0xfe, 0xff, ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8])]);
      return [...singles, ...longer, 0xff, 0xff];
    });
    return Uint8Array.from([0x36, 4, (font.count === 512 ? 1 : 0) | (font.table ? (sequences ? 6 : 2) : 0), font.height, ...font.glyphs, ...table]);
  }
  const size = Math.ceil(font.width / 8) * font.height;
  const table = (font.table ?? []).flatMap((one) => [...one.filter((text) => [...text].length === 1).flatMap(utf8Bytes), ...one.filter((text) => [...text].length > 1).flatMap((text) => [0xfe, ...utf8Bytes(text)]), 0xff]);
  return Uint8Array.from([...MAGIC_2, ...four(0), ...four(32), ...four(font.table ? 1 : 0), ...four(font.count), ...four(size), ...four(font.height), ...four(font.width), ...font.glyphs, ...table]);
}

const codeText = (text: string): string => [...text].map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join(", ");

/** "0x041<tab>U+0041 U+0391" */
export function tableText(table: readonly (readonly string[])[]): string {
  return table.map((one, glyph) => `0x${glyph.toString(16).padStart(3, "0")}\t${one.map((text, index) => `${index === 0 ? "" : [...text].length > 1 ? ", " : " "}${codeText(text)}`).join("")}\n`).join("");
}

/** The same text read: ranges ("0x20-0x7e idem"), single glyphs with their characters. Undefined with the line that makes no sense. */
export function readTableText(words: string, count: number): { readonly table: readonly (readonly string[])[] } | { readonly wrong: string } {
  const table: string[][] = Array.from({ length: count }, () => []);
  for (const raw of words.split("\n")) {
    const line = raw.replace(/#.*/, "").trim();
    if (line === "") continue;
    const found = /^(0x[0-9a-fA-F]+|\d+)(?:-(0x[0-9a-fA-F]+|\d+))?\s+(.*)$/.exec(line);
    if (found === null) return { wrong: line };
    const from = Number(found[1]);
    const to = found[2] === undefined ? from : Number(found[2]);
    if (to < from || to >= count) return { wrong: line };
    const rest = (found[3] ?? "").trim();
    const codes = [...rest.matchAll(/[Uu]\+([0-9a-fA-F]{1,6})/g)].map((match) => Number.parseInt(match[1] ?? "", 16));
    for (let glyph = from; glyph <= to; glyph++) {
      if (rest === "idem") table[glyph]?.push(String.fromCodePoint(glyph));
      else if (found[2] !== undefined && codes[0] !== undefined) table[glyph]?.push(String.fromCodePoint(codes[0] + glyph - from));
      else table[glyph]?.push(...codes.map((code) => String.fromCodePoint(code)));
    }
  }
  return { table };
}
