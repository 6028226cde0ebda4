// `"…" % values` (docs.python.org, "printf-style String Formatting").

import { encode } from "../../../kernel/sys.ts";
import { latin1 } from "../../kit/latin1.ts";
import { callSpecial } from "../vm/call.ts";
import { dictGet } from "../vm/hash.ts";
import { ascii, repr, str } from "../vm/text-form.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { PyDict } from "./dictionary.ts";
import { overflowError, typeError, valueError, keyError } from "./exception.ts";
import { magnitude } from "./float-text.ts";
import { floatOfInt, intOfFloat, textOfInt } from "./number.ts";
import { bytesOfLatin1, codePoints, textLength } from "./text.ts";
import { begin, type Eventual, type Int, PyBytes, PyFloat, PyInstance, PyTuple, type Run, settle, typeOf, unwrap, type Value } from "./value.ts";

export function formatPercent(vm: Vm, text: string, values: Value): Eventual<Value> {
  return begin(percent(vm, text, values, false));
}

export function formatPercentBytes(vm: Vm, bytes: PyBytes, values: Value): Eventual<Value> {
  return begin((function* (): Run<Value> {
    return new PyBytes(bytesOfLatin1(yield* percent(vm, latin1(bytes.bytes), values, true)), bytes.cls);
  })());
}

const CONVERSION = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([\s\S]?)/gy;

function* percent(vm: Vm, text: string, values: Value, bytes: boolean): Run<string> {
  const list = values instanceof PyTuple ? values.items : [values];
  let used = 0;
  const take = (): Value => {
    const value = list[used++];
    if (value === undefined) throw typeError("not enough arguments for format string");
    return value;
  };
  let result = "";
  let at = 0;
  let mapped = false;
  for (;;) {
    const mark = text.indexOf("%", at);
    if (mark < 0) break;
    result += text.slice(at, mark);
    CONVERSION.lastIndex = mark;
    const found = CONVERSION.exec(text);
    if (!found) break;
    at = mark + found[0].length;
    const [, key, flags = "", widthText = "", precisionText, type = ""] = found;
    if (type === "") throw valueError("incomplete format");
    if (type === "%") {
      result += "%";
      continue;
    }
    let width = widthText === "*" ? Number(yield* needIndex(vm, take())) : Number(widthText || 0);
    const precision = precisionText === undefined ? undefined : precisionText === "*" ? Number(yield* needIndex(vm, take())) : Number(precisionText || 0);
    let left = flags.includes("-");
    if (width < 0) {
      left = true;
      width = -width;
    }
    let value: Value;
    if (key !== undefined) {
      mapped = true;
      if (!(values instanceof PyDict)) throw typeError("format requires a mapping");
      const item = yield* settle(dictGet(vm, values, key));
      if (item === undefined) throw keyError(key);
      value = item;
    } else value = take();
    const piece = yield* one(vm, value, type, flags, precision, mark, bytes);
    const room = width - textLength(piece.head + piece.body);
    if (room <= 0) result += piece.head + piece.body;
    else if (left) result += piece.head + piece.body + " ".repeat(room);
    else if (flags.includes("0") && piece.isNumber) result += piece.head + "0".repeat(room) + piece.body;
    else result += " ".repeat(room) + piece.head + piece.body;
  }
  result += text.slice(at);
  if (!mapped && used < list.length && !(values instanceof PyDict && list.length === 1)) throw typeError(`not all arguments converted during ${bytes ? "bytes" : "string"} formatting`);
  return result;
}

/** What the number conversions make of objects that know to be numbers; others are themselves. */
function* numberOf(vm: Vm, value: Value, type: string): Run<Value> {
  const plain = unwrap(value);
  const special = "eEfFgG".includes(type) ? "__float__" : "diu".includes(type) ? "__int__" : undefined;
  if (special === undefined || plain !== value || !(plain instanceof PyInstance)) return plain;
  const made = callSpecial(vm, value, special);
  return made === undefined ? plain : unwrap(yield* settle(made));
}

interface Piece {
  readonly head: string;
  readonly body: string;
  readonly isNumber: boolean;
}

function* one(vm: Vm, value: Value, type: string, flags: string, precision: number | undefined, place: number, bytes: boolean): Run<Piece> {
  const cut = (text: string): Piece => ({ head: "", body: precision === undefined ? text : codePoints(text).slice(0, precision).join(""), isNumber: false });
  const sign = (negative: boolean) => (negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "");
  const plain = yield* numberOf(vm, value, type);
  switch (type) {
    case "s":
      if (bytes) return cut(value instanceof PyBytes ? latin1(value.bytes) : latin1(encode(yield* settle(str(vm, value)))));
      return cut(yield* settle(str(vm, value)));
    case "r": return cut(yield* settle(repr(vm, value)));
    case "a": return cut(yield* settle(ascii(vm, value)));
    case "c":
      if (typeof plain === "string" && textLength(plain) === 1) return { head: "", body: plain, isNumber: false };
      if (typeof plain !== "number") throw typeError("%c requires int or char");
      if (plain < 0 || plain > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
      return { head: "", body: String.fromCodePoint(plain), isNumber: false };
    case "d":
    case "i":
    case "u":
    case "x":
    case "X":
    case "o": {
      let whole: Int;
      if (typeof plain === "boolean") whole = plain ? 1 : 0;
      else if (typeof plain === "number" || typeof plain === "bigint") whole = plain;
      else if (plain instanceof PyFloat && (type === "d" || type === "i" || type === "u")) {
        if (!Number.isFinite(plain.value)) throw Number.isNaN(plain.value) ? valueError("cannot convert float NaN to integer") : overflowError("cannot convert float infinity to integer");
        whole = intOfFloat(Math.trunc(plain.value));
      } else throw typeError(type === "d" || type === "i" || type === "u" ? `%${type} format: a real number is required, not ${typeOf(value).name}` : `%${type} format: an integer is required, not ${typeOf(value).name}`);
      const absolute = whole < 0 ? -whole : whole;
      const radix = type.toLowerCase() === "x" ? 16 : type === "o" ? 8 : 10;
      let digits = radix === 10 ? textOfInt(absolute as Int) : absolute.toString(radix);
      if (precision !== undefined) digits = digits.padStart(precision, "0");
      if (type === "X") digits = digits.toUpperCase();
      const prefix = flags.includes("#") && radix !== 10 ? `0${type}` : "";
      return { head: sign(whole < 0) + prefix, body: digits, isNumber: true };
    }
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G": {
      const real = plain instanceof PyFloat ? plain.value : typeof plain === "number" || typeof plain === "bigint" ? floatOfInt(plain) : typeof plain === "boolean" ? Number(plain) : undefined;
      if (real === undefined) throw typeError(`must be real number, not ${typeOf(value).name}`);
      return { head: sign(real < 0 || Object.is(real, -0)), body: magnitude(real, type, precision ?? 6, flags.includes("#")), isNumber: Number.isFinite(real) };
    }
    default:
      throw valueError(`unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)}) at index ${place + 1 + flags.length}`);
  }
}
