// @csv, @sh… : strings made of values.

import { encode, decode } from "../../kernel/sys.ts";
import { JqError, type Json, described, dump, isArray, isObject, numberText } from "./_value.ts";

export function asText(value: Json): string {
  return typeof value === "string" ? value : dump(value);
}

function row(value: Json, name: string, separator: string, quoted: (text: string) => string): string {
  if (!isArray(value)) throw new JqError(`${described(value)} cannot be ${name}-formatted, only array`);
  return value.map((item) => {
    if (item === null) return "";
    if (typeof item === "number") return Number.isNaN(item) ? "" : numberText(item);
    if (typeof item === "boolean") return String(item);
    if (typeof item === "string") return quoted(item);
    throw new JqError(`${described(item)} is not valid in a csv row`);
  }).join(separator);
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(text: string): string {
  const bytes = encode(text);
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63);
    out += (left > 1 ? BASE64.charAt((group >> 6) & 63) : "=") + (left > 2 ? BASE64.charAt(group & 63) : "=");
  }
  return out;
}

function fromBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text) {
    if (char === "=") break;
    const digit = BASE64.indexOf(char);
    if (digit < 0) throw new JqError(`${described(text)} is not valid base64 data`);
    bits = ((bits << 6) | digit) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  if (count === 6) throw new JqError(`${described(text)} trailing base64 byte found`);
  return decode(new Uint8Array(bytes)).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

const HTML = new Map([["<", "&lt;"], [">", "&gt;"], ["&", "&amp;"], ["'", "&apos;"], ['"', "&quot;"]]);

function shellWord(value: Json): string {
  if (isArray(value) || isObject(value)) throw new JqError(`${described(value)} can not be escaped for shell`);
  return typeof value === "string" ? `'${value.replaceAll("'", "'\\''")}'` : dump(value);
}

export function format(name: string, value: Json): string {
  switch (name) {
    case "text": return asText(value);
    case "json": return dump(value);
    case "csv": return row(value, "csv", ",", (text) => `"${text.replaceAll('"', '""')}"`);
    case "tsv":
      return row(value, "tsv", "\t", (text) => text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r"));
    case "html": return asText(value).replace(/[<>&'"]/g, (char) => HTML.get(char) ?? char);
    case "uri":
      return Array.from(encode(asText(value)), (byte) => {
        const char = String.fromCharCode(byte);
        return /[A-Za-z0-9\-_.~!*'()]/.test(char) ? char : "%" + byte.toString(16).toUpperCase().padStart(2, "0");
      }).join("");
    case "sh": return isArray(value) ? value.map(shellWord).join(" ") : shellWord(value);
    case "base64": return base64(asText(value));
    case "base64d": return fromBase64(asText(value));
    default: throw new JqError(`${name} is not a valid format`);
  }
}
