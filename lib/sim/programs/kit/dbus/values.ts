// D-Bus signatures and typed values: words of a command line to values, values to the texts that busctl prints (sd-bus's types, D-Bus specification, "Type system").
import type { DbusValue, DbusVariant } from "../../../daemons/dbus/api.ts";

/** What is wrong with the words that stand for values, as busctl says it. */
export class ValueError extends Error {}

const BASIC = "ybnqiuxtdsogh";

/** Where the complete type that begins at `at` ends. Errors: ValueError. */
function typeEnd(signature: string, at: number): number {
  const code = signature[at] ?? "";
  if (code === "a") return typeEnd(signature, at + 1);
  if (code === "(" || code === "{") {
    const close = code === "(" ? ")" : "}";
    let end = at + 1;
    while (signature[end] !== close) {
      if (end >= signature.length) throw new ValueError("Invalid signature.");
      end = typeEnd(signature, end);
    }
    return end + 1;
  }
  if (code !== "v" && !BASIC.includes(code)) throw new ValueError(`Unknown signature type ${code}.`);
  return at + 1;
}

export function completeTypes(signature: string): readonly string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length; ) {
    const end = typeEnd(signature, at);
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
}

const inner = (type: string): readonly string[] => completeTypes(type.slice(1, -1));
const ranges: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ["y", [0n, 255n]], ["n", [-32_768n, 32_767n]], ["q", [0n, 65_535n]], ["i", [-2_147_483_648n, 2_147_483_647n]], ["u", [0n, 4_294_967_295n]], ["x", [-(2n ** 63n), 2n ** 63n - 1n]], ["t", [0n, 2n ** 64n - 1n]], ["h", [0n, 2_147_483_647n]],
]);

/** One basic value of a word. Errors: ValueError. */
export function basicValue(type: string, word: string): DbusValue {
  if (type === "b") {
    if (/^(?:1|yes|y|true|t|on)$/i.test(word)) return true;
    if (/^(?:0|no|n|false|f|off)$/i.test(word)) return false;
    throw new ValueError(`Failed to parse as boolean: ${word}`);
  }
  const range = ranges.get(type);
  if (range !== undefined) {
    const number = /^[+-]?(?:0x[0-9a-f]+|\d+)$/i.test(word) ? BigInt(word.replace(/^\+/, "").replace(/^-0x/i, "0x")) * (/^-0x/i.test(word) ? -1n : 1n) : undefined;
    if (number === undefined) throw new ValueError(`Failed to parse as integer: ${word}`);
    if (number < range[0] || number > range[1]) throw new ValueError(`Failed to parse as integer: ${word}`);
    return type === "x" || type === "t" ? String(number) : Number(number);
  }
  if (type === "d") {
    const number = Number(word);
    if (word.trim() === "" || Number.isNaN(number)) throw new ValueError(`Failed to parse as double-precision floating-point: ${word}`);
    return number;
  }
  if (type === "o" && !/^\/(?:[A-Za-z0-9_]+(?:\/[A-Za-z0-9_]+)*)?$/.test(word)) throw new ValueError("Cannot append string: Invalid argument");
  return word;
}

/** busctl's arguments: the words behind a signature; an array begins with its length, a variant with its signature. Errors: ValueError. */
export function parseWords(signature: string, words: readonly string[]): readonly DbusValue[] {
  let at = 0;
  const next = (): string => {
    const word = words[at++];
    if (word === undefined) throw new ValueError("Too few parameters for signature.");
    return word;
  };
  const parse = (type: string): DbusValue => {
    if (type === "v") {
      const variant = next();
      const [only, ...more] = completeTypes(variant);
      if (only === undefined || more.length > 0) throw new ValueError("Invalid signature.");
      return { signature: variant, value: parse(only) };
    }
    if (type.startsWith("a")) {
      const word = next();
      if (!/^\d+$/.test(word)) throw new ValueError(`Failed to parse number of array entries: ${word}`);
      const item = type.slice(1);
      return Array.from({ length: Math.min(Number(word), words.length + 1) }, () => parse(item));
    }
    if (type.startsWith("(") || type.startsWith("{")) return inner(type).map(parse);
    return basicValue(type, next());
  };
  const values = completeTypes(signature).map(parse);
  if (at < words.length) throw new ValueError("Too many parameters for signature.");
  return values;
}

export const variant = (signature: string, value: DbusValue): DbusVariant => ({ signature, value });

export function isVariant(value: DbusValue): value is DbusVariant {
  return typeof value === "object" && "signature" in value;
}

const list = (value: DbusValue): readonly DbusValue[] => (Array.isArray(value) ? value : []);
const quoted = (text: string): string => `"${text.replace(/["\\]/g, (one) => `\\${one}`).replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r")}"`;
const number = (value: DbusValue): string => String(value);

/** `s "x"`, `as 2 "a" "b"`: the form that busctl also takes as arguments. */
export function wordsOf(signature: string, values: readonly DbusValue[]): string {
  const print = (type: string, value: DbusValue): string => {
    if (type === "v") return isVariant(value) ? [value.signature, print(value.signature, value.value)].filter((part) => part !== "").join(" ") : "";
    if (type.startsWith("a")) return [String(list(value).length), ...list(value).map((item) => print(type.slice(1), item))].join(" ");
    if (type.startsWith("(") || type.startsWith("{")) return inner(type).map((one, index) => print(one, list(value)[index] ?? "")).join(" ");
    return type === "s" || type === "o" || type === "g" ? quoted(String(value)) : number(value);
  };
  return completeTypes(signature).map((type, index) => print(type, values[index] ?? "")).join(" ");
}

const typeNames: ReadonlyMap<string, string> = new Map([["y", "BYTE"], ["b", "BOOLEAN"], ["n", "INT16"], ["q", "UINT16"], ["i", "INT32"], ["u", "UINT32"], ["x", "INT64"], ["t", "UINT64"], ["d", "DOUBLE"], ["s", "STRING"], ["o", "OBJECT_PATH"], ["g", "SIGNATURE"], ["h", "UNIX_FD"]]);

/** The indented form of --verbose and of `busctl monitor`, a line each. */
export function dumpLines(signature: string, values: readonly DbusValue[], depth: number): readonly string[] {
  const lines: string[] = [];
  const put = (level: number, text: string): void => {
    lines.push(" ".repeat(level * 8) + text);
  };
  const dump = (type: string, value: DbusValue, level: number): void => {
    const block = (word: string, shown: string, parts: readonly (readonly [string, DbusValue])[]): void => {
      put(level, `${word} "${shown}" {`);
      for (const [one, part] of parts) dump(one, part, level + 1);
      put(level, "};");
    };
    if (type === "v") {
      if (isVariant(value)) block("VARIANT", value.signature, [[value.signature, value.value]]);
    } else if (type.startsWith("a")) block("ARRAY", type.slice(1), list(value).map((item) => [type.slice(1), item]));
    else if (type.startsWith("(")) block("STRUCT", type.slice(1, -1), inner(type).map((one, index) => [one, list(value)[index] ?? ""]));
    else if (type.startsWith("{")) block("DICT_ENTRY", type.slice(1, -1), inner(type).map((one, index) => [one, list(value)[index] ?? ""]));
    else put(level, `${typeNames.get(type) ?? ""} ${"sog".includes(type) ? quoted(String(value)) : number(value)};`);
  };
  completeTypes(signature).forEach((type, index) => {
    dump(type, values[index] ?? "", depth);
  });
  return lines;
}

export type Json = string | number | boolean | readonly Json[] | JsonNumber | { readonly [name: string]: Json };

/** A number whose digits JavaScript's own would not keep. */
export class JsonNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** As --json writes a value of a type: dictionaries with text as keys are objects, a variant is {"type","data"}. */
export function jsonOf(type: string, value: DbusValue): Json {
  if (type === "v") return isVariant(value) ? { type: value.signature, data: jsonOf(value.signature, value.value) } : "";
  if (type.startsWith("a{")) {
    const [key = "s", item = "v"] = inner(type.slice(1));
    const pairs = list(value).map((entry) => [list(entry)[0] ?? "", jsonOf(item, list(entry)[1] ?? "")] as const);
    return "sog".includes(key) ? Object.fromEntries(pairs.map(([name, data]) => [String(name), data])) : pairs.map(([name, data]) => [jsonOf(key, name), data]);
  }
  if (type.startsWith("a")) return list(value).map((item) => jsonOf(type.slice(1), item));
  if (type.startsWith("(")) return inner(type).map((one, index) => jsonOf(one, list(value)[index] ?? ""));
  if (type === "x" || type === "t") return new JsonNumber(String(value));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : "";
}

export function jsonText(json: Json, pretty: boolean, depth = 0): string {
  const open = (left: string, parts: readonly string[], right: string): string => {
    if (parts.length === 0) return pretty && left === "[" ? "[]" : left + right;
    return pretty ? `${left}\n${parts.map((part) => "\t".repeat(depth + 1) + part).join(",\n")}\n${"\t".repeat(depth)}${right}` : left + parts.join(",") + right;
  };
  if (json instanceof JsonNumber) return json.digits;
  if (Array.isArray(json)) return open("[", json.map((item: Json) => jsonText(item, pretty, depth + 1)), "]");
  if (typeof json === "object") return open("{", Object.entries(json).map(([name, item]: [string, Json]) => `${JSON.stringify(name)}${pretty ? " : " : ":"}${jsonText(item, pretty, depth + 1)}`), "}");
  return JSON.stringify(json);
}
