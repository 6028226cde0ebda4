// str.encode, bytes.decode and the text layer of files: utf-8, ascii, latin-1, with the error handlers people use.

import { encode } from "../../../kernel/sys.ts";
import { latin1 } from "../../kit/latin1.ts";
import { exceptions, failure, PyException, PyRaise } from "../objects/exception.ts";
import { PyBytes, type PyClass, type Value } from "../objects/value.ts";

const NAMES = new Map([
  ["utf-8", "utf-8"], ["utf8", "utf-8"], ["u8", "utf-8"], ["utf", "utf-8"], ["utf8sig", "utf-8-sig"], ["ascii", "ascii"], ["usascii", "ascii"], ["646", "ascii"], ["latin1", "latin-1"], ["iso88591", "latin-1"], ["l1", "latin-1"], ["latin", "latin-1"], ["cp819", "latin-1"],
  ["iso885915", "latin-9"], ["latin9", "latin-9"], ["cp1252", "cp1252"], ["windows1252", "cp1252"], ["utf16", "utf-16"], ["utf16le", "utf-16-le"], ["utf16be", "utf-16-be"], ["utf32", "utf-32"],
]);

export function codecOf(name: string): string {
  const found = NAMES.get(name) ?? NAMES.get(name.toLowerCase().replaceAll(/[-_ ]/g, ""));
  if (found === undefined) throw failure(exceptions.LookupError, `unknown encoding: ${name}`);
  return found;
}

function encodeError(codec: string, text: string, at: number, end: number, reason: string): PyRaise {
  return unicodeError(exceptions.UnicodeEncodeError, codec, text, at, end, reason);
}

function unicodeError(cls: PyClass, codec: string, object: Value, start: number, end: number, reason: string): PyRaise {
  const exception = new PyException(cls, [codec, object, start, end, reason]);
  exception.attributes = new Map<string, Value>([["encoding", codec], ["object", object], ["start", start], ["end", end], ["reason", reason]]);
  return new PyRaise(exception);
}

/** str() of UnicodeEncodeError and UnicodeDecodeError. */
export function unicodeErrorText(exception: PyException): string | undefined {
  const [codec, object, start, end, reason] = exception.args.items;
  if (typeof codec !== "string" || typeof start !== "number" || typeof end !== "number" || typeof reason !== "string") return undefined;
  if (typeof object === "string") {
    const what = end - start > 1 ? `characters in position ${start}-${end - 1}` : `character '${escape(Array.from(object)[start]?.codePointAt(0) ?? 0)}' in position ${start}`;
    return `'${codec}' codec can't encode ${what}: ${reason}`;
  }
  const byte = object instanceof PyBytes ? (object.bytes[start] ?? 0) : 0;
  const what = end - start > 1 ? `bytes in position ${start}-${end - 1}` : `byte 0x${byte.toString(16).padStart(2, "0")} in position ${start}`;
  return `'${codec}' codec can't decode ${what}: ${reason}`;
}

function escape(code: number): string {
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}

function handleUnencodable(errors: string, code: number, fail: () => PyRaise): string {
  switch (errors) {
    case "ignore": return "";
    case "replace": return "?";
    case "backslashreplace": return escape(code);
    case "xmlcharrefreplace": return `&#${code};`;
    case "surrogateescape":
      if (code >= 0xdc80 && code <= 0xdcff) return String.fromCharCode(code & 0xff);
      throw fail();
    case "strict": throw fail();
    default: throw failure(exceptions.LookupError, `unknown error handler name '${errors}'`);
  }
}

export function encodeText(text: string, encoding: string, errors: string): Uint8Array {
  const codec = codecOf(encoding);
  if (codec === "utf-8" || codec === "utf-8-sig") {
    const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text);
    let plain = text;
    if (lone && errors !== "surrogateescape") {
      if (errors === "surrogatepass") plain = text;
      else plain = text.replaceAll(/[\ud800-\udfff]/g, (c) => handleUnencodable(errors, c.charCodeAt(0), () => encodeError("utf-8", text, lone.index, lone.index + 1, "surrogates not allowed")));
    }
    const bytes = encode(plain);
    return codec === "utf-8" ? bytes : Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]);
  }
  if (codec.startsWith("utf-")) return encodeWide(text, codec);
  const limit = codec === "ascii" ? 128 : 256;
  const bytes: number[] = [];
  let index = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    const single = codec === "cp1252" || codec === "latin-9" ? (code === 0x20ac ? (codec === "cp1252" ? 0x80 : 0xa4) : code) : code;
    if (single < limit) bytes.push(single);
    else {
      const at = index;
      for (const one of handleUnencodable(errors, code, () => encodeError(codec, text, at, at + 1, `ordinal not in range(${limit})`))) bytes.push(one.charCodeAt(0));
    }
    index++;
  }
  return Uint8Array.from(bytes);
}

function encodeWide(text: string, codec: string): Uint8Array {
  const big = codec.endsWith("be");
  const bytes: number[] = codec === "utf-16" ? [0xff, 0xfe] : codec === "utf-32" ? [0xff, 0xfe, 0, 0] : [];
  if (codec === "utf-32") {
    for (const c of text) {
      const code = c.codePointAt(0) ?? 0;
      bytes.push(code & 255, (code >> 8) & 255, code >> 16, 0);
    }
  } else {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      bytes.push(...(big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]));
    }
  }
  return Uint8Array.from(bytes);
}

function decodeError(codec: string, bytes: Uint8Array, at: number, end: number, reason: string): PyRaise {
  return unicodeError(exceptions.UnicodeDecodeError, codec, new PyBytes(bytes), at, end, reason);
}

function handleUndecodable(errors: string, bytes: Uint8Array, fail: () => PyRaise): string {
  switch (errors) {
    case "ignore": return "";
    case "replace": return "\ufffd";
    case "backslashreplace": return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
    case "surrogateescape": return Array.from(bytes, (byte) => String.fromCharCode(0xdc00 + byte)).join("");
    case "strict": throw fail();
    default: throw failure(exceptions.LookupError, `unknown error handler name '${errors}'`);
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: string, errors: string): string {
  const codec = codecOf(encoding);
  switch (codec) {
    case "utf-8": return decodeUtf8(bytes, errors);
    case "utf-8-sig": return decodeUtf8(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes, errors);
    case "latin-1": return latin1(bytes);
    case "latin-9": return latin1(bytes).replaceAll("\u00a4", "€");
    case "cp1252": return latin1(bytes).replaceAll("\u0080", "€").replaceAll("\u0092", "’").replaceAll("\u0093", "“").replaceAll("\u0094", "”");
    case "ascii": {
      let text = "";
      bytes.forEach((byte, i) => {
        text += byte < 128 ? String.fromCharCode(byte) : handleUndecodable(errors, bytes.subarray(i, i + 1), () => decodeError("ascii", bytes, i, i + 1, "ordinal not in range(128)"));
      });
      return text;
    }
    default: return decodeWide(bytes, codec);
  }
}

function decodeWide(bytes: Uint8Array, codec: string): string {
  const bom = bytes[0] === 0xff && bytes[1] === 0xfe ? "le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "be" : undefined;
  const big = codec.endsWith("be") || (!codec.endsWith("le") && bom === "be");
  const start = bom && !codec.endsWith("le") && !codec.endsWith("be") ? 2 : 0;
  let text = "";
  for (let i = start; i + 1 < bytes.length; i += 2) text += String.fromCharCode(big ? ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0) : (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return text;
}

function decodeUtf8(bytes: Uint8Array, errors: string): string {
  let text = "";
  const { length } = bytes;
  let i = 0;
  while (i < length) {
    const start = i;
    while (i < length && (bytes[i] as number) < 128) i++;
    if (i > start) text += latin1(start === 0 && i === length ? bytes : bytes.subarray(start, i));
    if (i >= length) break;
    const first = bytes[i] as number;
    const size = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    const at = i;
    const bad = (end: number, reason: string) => {
      text += handleUndecodable(errors, bytes.subarray(at, end), () => decodeError("utf-8", bytes, at, end, reason));
      i = end;
    };
    if (size === 0) {
      bad(i + 1, "invalid start byte");
      continue;
    }
    let good = 1;
    while (good < size && i + good < length) {
      const byte = bytes[i + good] as number;
      const low = good === 1 ? (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80) : 0x80;
      const high = good === 1 ? (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf) : 0xbf;
      if (byte < low || byte > high) break;
      good++;
    }
    if (good < size) {
      bad(i + good, i + good >= length ? "unexpected end of data" : "invalid continuation byte");
      continue;
    }
    let code = first & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) code = (code << 6) | ((bytes[i + k] as number) & 63);
    text += String.fromCodePoint(code);
    i += size;
  }
  return text;
}
