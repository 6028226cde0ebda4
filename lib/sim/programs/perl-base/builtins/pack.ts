// pack and unpack: the letters that files and protocols need (perlpacktut(1)).

import { encode, decode } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import { int, integer, num, numeric, text, word } from "../values/convert.ts";
import { PerlError, type Value } from "../values/value.ts";
import { define } from "./registry.ts";

interface Item {
  readonly letter: string;
  readonly little: boolean;
  /** undefined: none given; -1: * */
  readonly count: number | undefined;
  readonly group?: readonly Item[];
  /** n/a*: the count is packed before it */
  readonly counted?: Item;
}

function parse(template: string): Item[] {
  const items: Item[] = [];
  const pattern = /\s+|#[^\n]*|([a-zA-Z@(.])/y;
  let at = 0;
  while (at < template.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(template);
    if (!found) throw new PerlError(`Invalid type '${template.charAt(at)}' in pack`);
    at += found[0].length;
    const letter = found[1];
    if (letter === undefined) continue;
    let group: Item[] | undefined;
    if (letter === "(") {
      let depth = 1;
      const start = at;
      while (at < template.length && depth > 0) {
        if (template.charAt(at) === "(") depth++;
        else if (template.charAt(at) === ")") depth--;
        at++;
      }
      group = parse(template.slice(start, at - 1));
    }
    const modifiers = /^[<>!]*/.exec(template.slice(at))?.[0] ?? "";
    at += modifiers.length;
    const counted = /^\s*(?:(\d+)|(\*)|\[(\d+)\])/.exec(template.slice(at));
    if (counted) at += counted[0].length;
    const count = counted ? (counted[2] ? -1 : Number(counted[1] ?? counted[3])) : undefined;
    const item: Item = { letter, little: !modifiers.includes(">"), count, ...(group && { group }) };
    const slash = /^\s*\//.exec(template.slice(at));
    if (slash) {
      at += slash[0].length;
      const rest = parse(template.slice(at));
      const [next, ...others] = rest;
      if (next) items.push({ ...item, counted: next }, ...others);
      return items;
    }
    items.push(item);
  }
  return items;
}

const WIDTHS = new Map([["c", 1], ["C", 1], ["s", 2], ["S", 2], ["n", 2], ["v", 2], ["l", 4], ["L", 4], ["N", 4], ["V", 4], ["i", 4], ["I", 4], ["q", 8], ["Q", 8], ["j", 8], ["J", 8]]);

function integerBytes(value: Value, width: number, little: boolean): string {
  let rest = BigInt.asUintN(width * 8, word(value));
  let out = "";
  for (let i = 0; i < width; i++) {
    const c = String.fromCharCode(Number(rest & 255n));
    out = little ? out + c : c + out;
    rest >>= 8n;
  }
  return out;
}

function isLittle(item: Item): boolean {
  return item.letter === "n" || item.letter === "N" ? false : item.little;
}

function floatBytes(value: number, width: 4 | 8, little: boolean): string {
  const view = new DataView(new ArrayBuffer(width));
  if (width === 4) view.setFloat32(0, value, little);
  else view.setFloat64(0, value, little);
  return latin1(new Uint8Array(view.buffer));
}

function packItems(items: readonly Item[], values: Value[]): string {
  let out = "";
  for (const item of items) {
    const { letter, count } = item;
    if (item.counted) {
      const inner = item.counted;
      const body = packItems([{ ...inner, count: -1 }], values);
      const length = inner.letter === "a" || inner.letter === "A" || inner.letter === "Z" ? body.length : Math.floor(body.length / (WIDTHS.get(inner.letter) ?? 1));
      out += packItems([{ ...item, count: undefined } as Item].map(({ letter: l, little }) => ({ letter: l, little, count: l === "A" || l === "a" ? -1 : undefined })), [length]) + body;
      continue;
    }
    if (item.group) {
      for (let i = 0; count === -1 ? values.length > 0 : i < (count ?? 1); i++) out += packItems(item.group, values);
      continue;
    }
    switch (letter) {
      case "a":
      case "A":
      case "Z": {
        const value = text(values.shift());
        const fill = letter === "A" ? " " : "\0";
        if (count === -1) out += letter === "Z" ? `${value}\0` : value;
        else {
          const width = count ?? 1;
          out += (letter === "Z" && width > 0 ? value.slice(0, width - 1) : value.slice(0, width)).padEnd(width, fill);
        }
        break;
      }
      case "H":
      case "h": {
        let digits = text(values.shift());
        if (count !== undefined && count >= 0) digits = digits.slice(0, count).padEnd(count, "0");
        if (digits.length % 2 === 1) digits += "0";
        for (let i = 0; i < digits.length; i += 2) {
          const pair = digits.slice(i, i + 2);
          out += String.fromCharCode(Number.parseInt(letter === "H" ? pair : pair.charAt(1) + pair.charAt(0), 16) || 0);
        }
        break;
      }
      case "B":
      case "b": {
        let bits = text(values.shift());
        if (count !== undefined && count >= 0) bits = bits.slice(0, count).padEnd(count, "0");
        bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
        for (let i = 0; i < bits.length; i += 8) {
          const eight = bits.slice(i, i + 8);
          out += String.fromCharCode(Number.parseInt(letter === "B" ? eight : Array.from(eight).reverse().join(""), 2) || 0);
        }
        break;
      }
      case "x":
        out += "\0".repeat(count === undefined ? 1 : Math.max(0, count));
        break;
      case "X":
        out = out.slice(0, out.length - (count ?? 1));
        break;
      case "@":
        out = out.slice(0, count ?? 0).padEnd(count ?? 0, "\0");
        break;
      default: {
        const times = count === -1 ? values.length : count ?? 1;
        for (let i = 0; i < times; i++) {
          const value = values.shift();
          const width = WIDTHS.get(letter);
          if (width !== undefined) out += integerBytes(value, width, isLittle(item));
          else if (letter === "f" || letter === "F" || letter === "d") out += floatBytes(num(value), letter === "f" ? 4 : 8, item.little);
          else if (letter === "U" || letter === "W") out += letter === "U" ? String.fromCodePoint(int(value)) : String.fromCodePoint(int(value));
          else if (letter === "w") out += compressed(word(value));
          else throw new PerlError(`Invalid type '${letter}' in pack`);
        }
      }
    }
  }
  return out;
}

function compressed(value: bigint): string {
  let out = String.fromCharCode(Number(value & 127n));
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) out = String.fromCharCode(Number(rest & 127n) | 128) + out;
  return out;
}

function unpackItems(items: readonly Item[], data: string, cursor: { at: number }, out: Value[]): void {
  for (const item of items) {
    const { letter } = item;
    let { count } = item;
    if (item.counted) {
      const lengths: Value[] = [];
      unpackItems([{ letter, little: item.little, count: item.count }], data, cursor, lengths);
      unpackItems([{ ...item.counted, count: int(lengths[0]) }], data, cursor, out);
      continue;
    }
    if (item.group) {
      for (let i = 0; count === -1 ? cursor.at < data.length : i < (count ?? 1); i++) unpackItems(item.group, data, cursor, out);
      continue;
    }
    switch (letter) {
      case "a":
      case "A":
      case "Z": {
        let taken = data.slice(cursor.at, count === -1 ? undefined : cursor.at + (count ?? 1));
        const zero = taken.indexOf("\0");
        if (letter === "Z" && count === -1 && zero >= 0) taken = taken.slice(0, zero + 1);
        cursor.at += taken.length;
        if (letter === "A") taken = taken.replace(/[\0\s]+$/, "");
        else if (letter === "Z" && taken.includes("\0")) taken = taken.slice(0, taken.indexOf("\0"));
        out.push(taken);
        break;
      }
      case "H":
      case "h":
      case "B":
      case "b": {
        const hex = letter === "H" || letter === "h";
        const per = hex ? 2 : 8;
        if (count === undefined) count = 1;
        const digits = count === -1 ? (data.length - cursor.at) * per : Math.min(count, (data.length - cursor.at) * per);
        let made = "";
        const bytes = Math.ceil(digits / per);
        for (let i = 0; i < bytes; i++) {
          const one = data.charCodeAt(cursor.at + i).toString(hex ? 16 : 2).padStart(per, "0");
          made += letter === "H" || letter === "B" ? one : Array.from(one).reverse().join("");
        }
        cursor.at += bytes;
        out.push(made.slice(0, digits));
        break;
      }
      case "x":
        cursor.at += count === undefined ? 1 : Math.max(0, count);
        break;
      case "X":
        cursor.at -= count ?? 1;
        break;
      case "@":
        cursor.at = count ?? 0;
        break;
      default: {
        const width = WIDTHS.get(letter) ?? (letter === "f" ? 4 : letter === "d" || letter === "F" ? 8 : 1);
        for (let i = 0; (count === -1 || i < (count ?? 1)) && cursor.at + (letter === "U" || letter === "w" ? 1 : width) <= data.length; i++) out.push(unpackOne(item, data, cursor, width));
      }
    }
  }
}

function unpackOne(item: Item, data: string, cursor: { at: number }, width: number): Value {
  const { letter } = item;
  if (letter === "U" || letter === "W") {
    const point = data.codePointAt(cursor.at) ?? 0;
    cursor.at += point > 0xffff ? 2 : 1;
    return point;
  }
  if (letter === "w") {
    let value = 0n;
    for (;;) {
      const byte = data.charCodeAt(cursor.at++);
      value = (value << 7n) | BigInt(byte & 127);
      if (!(byte & 128) || cursor.at >= data.length) return integer(value);
    }
  }
  const bytes = bytesOfLatin1(data.slice(cursor.at, cursor.at + width));
  cursor.at += width;
  if (letter === "f" || letter === "d" || letter === "F") {
    const view = new DataView(bytes.buffer);
    return width === 4 ? view.getFloat32(0, item.little) : view.getFloat64(0, item.little);
  }
  let value = 0n;
  for (const byte of isLittle(item) ? [...bytes].reverse() : bytes) value = (value << 8n) | BigInt(byte);
  return integer("csliqj".includes(letter) ? BigInt.asIntN(width * 8, value) : value);
}

define("pack", "SL", (_vm, [template, ...values]) => {
  const source = text(template);
  const packed = packItems(parse(source), values);
  return source.startsWith("U0") ? packed : /^C0/.test(source) ? latin1(encode(packed)) : packed;
});
define("unpack", "S?S", (vm, [template, data], want) => {
  const source = text(template);
  const all = text(data === undefined ? vm.topic.scalar.v : data);
  const sum = /^%(\d*)/.exec(source);
  const out: Value[] = [];
  unpackItems(parse(sum ? source.slice(sum[0].length) : source.replace(/^U0/, "")), source.startsWith("U0") ? decode(bytesOfLatin1(all)) : all, { at: 0 }, out);
  if (sum) {
    const isBits = /^[bB]/.test(source.slice(sum[0].length));
    const total = out.reduce((before: number, value) => before + (isBits ? text(value).split("1").length - 1 : Number(numeric(value))), 0);
    const bits = Number(sum[1] || 16);
    return bits >= 53 ? total : total % 2 ** bits;
  }
  return want === "list" ? out : out[0];
});
