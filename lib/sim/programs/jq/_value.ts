// The values of jq: JSON, with objects as maps (learners' keys never name properties), their order, and their text.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

export class JqError extends Error {
  readonly value: Json;
  constructor(value: Json) {
    super(typeof value === "string" ? value : "");
    this.value = value;
  }
}

export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object";

export const isObject = (value: Json): value is JsonObject => value instanceof Map;
export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

export function typeOf(value: Json): TypeName {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  if (isObject(value)) return "object";
  return typeof value === "boolean" ? "boolean" : typeof value === "number" ? "number" : "string";
}

export const truthy = (value: Json): boolean => value !== null && value !== false;

/** Code points in order, which for texts outside the basic plane is not JavaScript's order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

const RANK = new Map<string, number>([["null", 0], ["false", 1], ["true", 2], ["number", 3], ["string", 4], ["array", 5], ["object", 6]]);

function rank(value: Json): number {
  return RANK.get(typeof value === "boolean" ? String(value) : typeOf(value)) ?? 0;
}

export function sortedKeys(object: JsonObject): string[] {
  return [...object.keys()].sort(compareText);
}

export function compare(a: Json, b: Json): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === "number" && typeof b === "number") return Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (isArray(a) && isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const inner = compare(a[i] ?? null, b[i] ?? null);
      if (inner !== 0) return inner;
    }
    return a.length - b.length;
  }
  if (isObject(a) && isObject(b)) {
    const [x, y] = [sortedKeys(a), sortedKeys(b)];
    const keys = compare(x, y);
    if (keys !== 0) return keys;
    for (const key of x) {
      const inner = compare(a.get(key) ?? null, b.get(key) ?? null);
      if (inner !== 0) return inner;
    }
  }
  return 0;
}

export const equal = (a: Json, b: Json): boolean => !(typeof a === "number" && Number.isNaN(a)) && compare(a, b) === 0;

/** The shortest digits that give the double back, in jq 1.6's choice of notation. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "null";
  const bounded = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  if (bounded === 0) return Object.is(bounded, -0) ? "-0" : "0";
  const [mantissa = "0", exponentText = "0"] = Math.abs(bounded).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(exponentText) + 1;
  const sign = bounded < 0 ? "-" : "";
  if (point <= -4 || point > digits.length + 15) {
    const exponent = point - 1;
    return `${sign}${digits.charAt(0)}${digits.length > 1 ? "." + digits.slice(1) : ""}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + (digits.length <= point ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

export function stringText(text: string, ascii = false): string {
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === "\\") out += "\\" + char;
    else if (code === 8) out += "\\b";
    else if (code === 9) out += "\\t";
    else if (code === 10) out += "\\n";
    else if (code === 12) out += "\\f";
    else if (code === 13) out += "\\r";
    else if (code < 32 || code === 127) out += "\\u" + code.toString(16).padStart(4, "0");
    else if (code >= 0xd800 && code <= 0xdfff) out += "\ufffd";
    else if (ascii && code > 126) for (let i = 0; i < char.length; i++) out += "\\u" + char.charCodeAt(i).toString(16).padStart(4, "0");
    else out += char;
  }
  return out + '"';
}

export interface DumpStyle {
  /** per level; undefined: compact */
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  readonly ascii: boolean;
  /** null, false, true, numbers, strings, arrays, objects */
  readonly colors: readonly string[] | undefined;
}

export const COMPACT: DumpStyle = { indent: undefined, sortKeys: false, ascii: false, colors: undefined };

const KEY_COLOR = "34;1";

export function dump(value: Json, style: DumpStyle = COMPACT, level = 0): string {
  const { colors } = style;
  if (!isArray(value) && !isObject(value)) {
    const text = value === null ? "null" : typeof value === "boolean" ? String(value) : typeof value === "number" ? numberText(value) : stringText(value, style.ascii);
    if (!colors) return text;
    const color = colors[value === null ? 0 : value === false ? 1 : value === true ? 2 : typeof value === "number" ? 3 : 4] ?? "";
    return `\x1b[${color}m${text}\x1b[0m`;
  }
  const [open, close] = isArray(value) ? ["[", "]"] : ["{", "}"];
  const color = colors ? `\x1b[${colors[isArray(value) ? 5 : 6] ?? ""}m` : "";
  const reset = colors ? "\x1b[0m" : "";
  if ((isArray(value) ? value.length : value.size) === 0) return color + open + close + reset;
  const newline = style.indent === undefined ? "" : "\n" + style.indent.repeat(level + 1);
  const end = style.indent === undefined ? "" : "\n" + style.indent.repeat(level);
  if (isArray(value)) {
    if (!colors) return open + newline + value.map((item) => dump(item, style, level + 1)).join("," + newline) + end + close;
    return `${color}${open}${newline}${value.map((item) => dump(item, style, level + 1)).join(`${color},${newline}`)}${color}${end}${color}${close}${reset}`;
  }
  const keys = style.sortKeys ? sortedKeys(value) : [...value.keys()];
  const colon = style.indent === undefined ? ":" : ": ";
  if (!colors) return open + newline + keys.map((key) => stringText(key, style.ascii) + colon + dump(value.get(key) ?? null, style, level + 1)).join("," + newline) + end + close;
  const members = keys.map((key) => `${reset}\x1b[${KEY_COLOR}m${stringText(key, style.ascii)}${reset}${color}${colon}${reset}${dump(value.get(key) ?? null, style, level + 1)}`);
  return `${color}${open}${newline}${members.join(`${color},${newline}`)}${color}${end}${color}${close}${reset}`;
}

/** As it stands in error messages: cut to 14 characters. */
export function brief(value: Json): string {
  const text = dump(value);
  return text.length > 14 ? text.slice(0, 11) + "..." : text;
}

export function described(value: Json): string {
  return `${typeOf(value)} (${brief(value)})`;
}
