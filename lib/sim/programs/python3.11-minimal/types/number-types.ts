// int, bool, float, complex: what calling them does, and their methods.

import { latin1 } from "../../kit/latin1.ts";
import { declareAttributes, declareClassMethods, declareMethods } from "../objects/declare.ts";
import { overflowError, typeError, valueError } from "../objects/exception.ts";
import { reprComplex, reprFloat, scientific } from "../objects/float-text.ts";
import { formatComplex, formatFloat, formatInt } from "../objects/format-spec.ts";
import * as int from "../objects/number.ts";
import { begin, type Eventual, type Int, type Keywords, PyBytes, type PyClass, PyComplex, PyFloat, PyInstance, PyTuple, type Run, settle, types, typeOf, unwrap, type Value } from "../objects/value.ts";
import { call, callSpecial } from "../vm/call.ts";
import { truth } from "../vm/compare.ts";
import { hash } from "../vm/hash.ts";
import { collect } from "../vm/iterate.ts";
import { asIndex, needIndex } from "../vm/subscript.ts";
import { repr, reprBytes, reprText } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { declareOperators } from "./operators.ts";

const SPACE_BOTH = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

/** int() of a text, or undefined. */
export function parseInteger(source: string, base: number): Int | undefined {
  let text = source.replace(SPACE_BOTH, "").toLowerCase();
  const negative = text.startsWith("-");
  if (/^[+-]/.test(text)) text = text.slice(1);
  let radix = base;
  const prefix = /^0([xob])_?/.exec(text);
  const prefixed = prefix ? { x: 16, o: 8, b: 2 }[prefix[1] as "x" | "o" | "b"] : 0;
  if (prefix && (base === 0 || base === prefixed)) {
    text = text.slice(prefix[0].length);
    radix = prefixed;
  } else if (base === 0) {
    if (/^0[0_]*[1-9]/.test(text)) return undefined;
    radix = 10;
  }
  // Digits of other scripts are digits, too.
  text = text.replaceAll(/(?![0-9])\p{Nd}/gu, (c) => String(digitValue(c)));
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(text)) return undefined;
  text = text.replaceAll("_", "");
  const highest = radix <= 10 ? String.fromCharCode(47 + radix) : String.fromCharCode(86 + radix);
  for (const c of text) if (c > highest || (radix <= 10 && c > "9")) return undefined;
  let value: Int;
  if (radix === 10) {
    if (text.length > int.MAX_TEXT_DIGITS) throw valueError(`Exceeds the limit (${int.MAX_TEXT_DIGITS} digits) for integer string conversion: value has ${text.length} digits; use sys.set_int_max_str_digits() to increase the limit`);
    value = text.length < 16 ? Number(text) : int.normalInt(BigInt(text));
  } else if (radix === 16 || radix === 8 || radix === 2) value = int.normalInt(BigInt(`0${radix === 16 ? "x" : radix === 8 ? "o" : "b"}${text}`));
  else {
    value = 0;
    for (const c of text) value = int.add(int.multiply(value, radix), Number.parseInt(c, 36));
  }
  return negative ? int.negate(value) : value;
}

function digitValue(c: string): number {
  const code = c.codePointAt(0) ?? 0;
  let start = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1)) && code - start < 9) start--;
  return code - start;
}

types.int.construct = (vm, cls, args, keywords) => {
  const [only] = args;
  if (cls === types.int && args.length === 1 && !keywords) {
    if (typeof only === "number") return only;
    if (only instanceof PyFloat) return truncated(only.value);
    if (typeof only === "string" && only.length < 16 && /^[0-9]+$/.test(only)) return Number(only);
  }
  return begin(newInt(vm, cls, args, keywords));
};

function* newInt(vm: Vm, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined): Run<Value> {
  const value = yield* makeInt(vm, args[0], args[1] ?? keywords?.get("base"), args.length);
  return cls === types.int ? value : new PyInstance(cls, value);
}

function* makeInt(vm: Vm, given: Value | undefined, base: Value | undefined, count: number): Run<Value> {
  if (count > 2) throw typeError(`int() takes at most 2 arguments (${count} given)`);
  if (given === undefined) {
    if (base !== undefined) throw typeError("int() missing string argument");
    return 0;
  }
  const object = unwrap(given);
  if (base !== undefined) {
    const radix = Number(yield* needIndex(vm, base));
    if (radix !== 0 && (radix < 2 || radix > 36)) throw valueError("int() base must be >= 2 and <= 36, or 0");
    const text = typeof object === "string" ? object : object instanceof PyBytes ? latin1(object.bytes) : undefined;
    if (text === undefined) throw typeError("int() can't convert non-string with explicit base");
    const value = parseInteger(text, radix);
    if (value === undefined) throw valueError(`invalid literal for int() with base ${radix}: ${reprText(text)}`);
    return value;
  }
  if (typeof object === "number" || typeof object === "bigint") return object;
  if (typeof object === "boolean") return object ? 1 : 0;
  if (object instanceof PyFloat) return truncated(object.value);
  if (typeof object === "string" || object instanceof PyBytes) {
    const text = typeof object === "string" ? object : latin1(object.bytes);
    const value = parseInteger(text, 10);
    if (value === undefined) throw valueError(`invalid literal for int() with base 10: ${typeof object === "string" ? reprText(object) : reprBytes(object.bytes)}`);
    return value;
  }
  for (const name of ["__int__", "__index__", "__trunc__"]) {
    const result = typeof given === "object" && given !== null ? callSpecial(vm, given, name) : undefined;
    if (result === undefined) continue;
    const value = unwrap(yield* settle(result));
    if (typeof value === "number" || typeof value === "bigint") return value;
    throw typeError(`${name} returned non-int (type ${typeOf(value).name})`);
  }
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeOf(given).name}'`);
}

export function truncated(value: number): Int {
  if (Number.isNaN(value)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw overflowError("cannot convert float infinity to integer");
  return int.intOfFloat(Math.trunc(value));
}

types.bool.construct = (vm, _cls, args) => (args.length === 0 ? false : truth(vm, args[0] as Value));

export function parseFloatText(source: string): number | undefined {
  const text = source.replace(SPACE_BOTH, "").replaceAll(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (!word) return undefined;
  const value = (word[2] ?? "").toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
  return word[1] === "-" ? -value : value;
}

/** float() of a value that is or becomes one. */
export function* toFloat(vm: Vm, given: Value, complaint: (name: string) => string): Run<number> {
  const object = unwrap(given);
  if (object instanceof PyFloat) return object.value;
  if (typeof object === "number" || typeof object === "bigint") return int.floatOfInt(object);
  if (typeof object === "boolean") return object ? 1 : 0;
  if (typeof given === "object" && given !== null) {
    const result = callSpecial(vm, given, "__float__");
    if (result !== undefined) {
      const value = unwrap(yield* settle(result));
      if (!(value instanceof PyFloat)) throw typeError(`${typeOf(given).name}.__float__ returned non-float (type ${typeOf(value).name})`);
      return value.value;
    }
    const index = yield* settle(asIndex(vm, given));
    if (index !== undefined) return int.floatOfInt(index);
  }
  throw typeError(complaint(typeOf(given).name));
}

types.float.construct = (vm, cls, args) => {
  const [only] = args;
  if (cls === types.float && args.length === 1 && typeof only === "number") return new PyFloat(only);
  return begin(newFloat(vm, cls, args));
};

function* newFloat(vm: Vm, cls: PyClass, args: readonly Value[]): Run<Value> {
  if (args.length > 1) throw typeError(`float expected at most 1 argument, got ${args.length}`);
  const given = args[0] ?? new PyFloat(0);
  const object = unwrap(given);
  let value: number;
  if (typeof object === "string" || object instanceof PyBytes) {
    const parsed = parseFloatText(typeof object === "string" ? object : latin1(object.bytes));
    if (parsed === undefined) throw valueError(`could not convert string to float: ${yield* settle(repr(vm, object))}`);
    value = parsed;
  } else value = yield* toFloat(vm, given, (name) => `float() argument must be a string or a real number, not '${name}'`);
  const made = new PyFloat(value);
  return cls === types.float ? made : new PyInstance(cls, made);
}

types.complex.construct = (vm, _cls, args, keywords) => begin((function* (): Run<Value> {
  const real = args[0] ?? keywords?.get("real") ?? 0;
  const imag = args[1] ?? keywords?.get("imag");
  if (typeof real === "string") {
    const found = /^\s*\(?(?:([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![jJ\d.eE]))?(?:([+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)?)[jJ])?\)?\s*$/.exec(real);
    if (!found || (found[1] === undefined && found[2] === undefined)) throw valueError("complex() arg is a malformed string");
    const part = found[2];
    return new PyComplex(Number(found[1] ?? 0), part === undefined ? 0 : part === "" || part === "+" ? 1 : part === "-" ? -1 : Number(part));
  }
  const complaint = (name: string) => `complex() first argument must be a string or a number, not '${name}'`;
  const first = real instanceof PyComplex ? real : new PyComplex(yield* toFloat(vm, real, complaint), 0);
  if (imag === undefined) return first;
  const second = imag instanceof PyComplex ? imag : new PyComplex(yield* toFloat(vm, imag, (name) => `complex() second argument must be a number, not '${name}'`), 0);
  return new PyComplex(first.real - second.imag, first.imag + second.real);
})());

/** round(x, n) of a float: the decimal text, rounded exactly, read back. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (digits > 323) return value;
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (digits + exponent > 20) return value;
  if (digits + exponent < -2) return value < 0 ? -0 : 0;
  const sign = value < 0 ? -1 : 1;
  // One digit before the rounding place at least, so that carries show.
  const precision = digits + exponent;
  if (precision < 0) {
    const unit = 10 ** -digits;
    const ratio = Math.abs(value) / unit;
    return sign * (ratio > 0.5 ? unit : 0);
  }
  const { digits: text, exponent: power } = scientific(Math.abs(value), precision);
  return sign * Number(`${text}e${power - precision}`);
}

export function roundInt(value: Int, digits: number): Int {
  if (digits >= 0) return value;
  const unit = int.power(10, -digits);
  const remainder = int.modulo(value, unit);
  const base = int.subtract(value, remainder);
  const twice = int.multiply(remainder, 2);
  const up = twice > unit || (twice === unit && int.modulo(int.floorDivide(base, unit), 2) === 1);
  return up ? int.add(base, unit) : base;
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const digitsOf = function* (vm: Vm, ndigits: Value): Run<number | undefined> {
  return ndigits === null ? undefined : Number(yield* needIndex(vm, ndigits));
};

declareMethods(types.int, {
  "bit_length(self, /)": (_vm, self: Int | boolean) => int.bitLength(Number(self) === self || typeof self === "bigint" ? (self as Int) : Number(self)),
  "bit_count(self, /)": (_vm, self: Int) => [...(self < 0 ? -self : self).toString(2)].filter((c) => c === "1").length,
  "conjugate(self, /)": (_vm, self: Int) => self,
  "as_integer_ratio(self, /)": (_vm, self: Int) => new PyTuple([self, 1]),
  "to_bytes(self, length=1, byteorder='big', *, signed=False)": (vm, self: Int, length: Value, byteorder: Value, signed: Value) => begin((function* (): Run<Value> {
    const size = Number(yield* needIndex(vm, length));
    if (self < 0 && signed !== true) throw overflowError("can't convert negative int to unsigned");
    const bits = BigInt(8 * size);
    const value = BigInt(self);
    const limit = signed === true ? 1n << (bits - 1n) : 1n << bits;
    if (value >= limit || value < -limit) throw overflowError("int too big to convert");
    const bytes = new Uint8Array(size);
    let rest = BigInt.asUintN(8 * size, value);
    for (let i = 0; i < size; i++) {
      bytes[byteorder === "little" ? i : size - 1 - i] = Number(rest & 255n);
      rest >>= 8n;
    }
    return new PyBytes(bytes);
  })()),
  "__int__(self, /)": (_vm, self: Int) => self,
  "__index__(self, /)": (_vm, self: Int) => self,
  "__float__(self, /)": (_vm, self: Int) => new PyFloat(int.floatOfInt(self)),
  "__trunc__(self, /)": (_vm, self: Int) => self,
  "__floor__(self, /)": (_vm, self: Int) => self,
  "__ceil__(self, /)": (_vm, self: Int) => self,
  "__round__(self, ndigits=None, /)": (vm, self: Int, ndigits: Value) => begin((function* (): Run<Value> {
    return roundInt(self, (yield* digitsOf(vm, ndigits)) ?? 0);
  })()),
  "__repr__(self, /)": (vm, self: Value) => repr(vm, self),
  "__format__(self, spec, /)": (vm, self: Value, spec: string) => (typeof self === "boolean" ? (spec === "" ? repr(vm, self) : formatInt(self ? 1 : 0, spec)) : spec === "" ? int.textOfInt(self as Int) : formatInt(self as Int, spec)),
  "__hash__(self, /)": (vm, self: Value) => hash(vm, self),
});
declareClassMethods(types.int, {
  "from_bytes(cls, bytes, byteorder='big', *, signed=False)": (vm, _cls: PyClass, bytes: Value, byteorder: Value, signed: Value) => begin((function* (): Run<Value> {
    const list = bytes instanceof PyBytes ? bytes.bytes : Uint8Array.from((yield* settle(collect(vm, bytes))).map(Number));
    let value = 0n;
    for (const byte of byteorder === "little" ? [...list].reverse() : list) value = (value << 8n) | BigInt(byte);
    return int.normalInt(signed === true ? BigInt.asIntN(8 * list.length, value) : value);
  })()),
});
declareAttributes(types.int, {
  real: (_vm, self: Value) => (typeof self === "boolean" ? Number(self) : self),
  imag: () => 0,
  numerator: (_vm, self: Value) => (typeof self === "boolean" ? Number(self) : self),
  denominator: () => 1,
});
declareOperators(types.int, ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"]);

declareMethods(types.float, {
  "is_integer(self, /)": (_vm, self: PyFloat) => Number.isInteger(self.value),
  "conjugate(self, /)": (_vm, self: PyFloat) => self,
  "hex(self, /)": (_vm, self: PyFloat) => hexFloat(self.value),
  "as_integer_ratio(self, /)": (_vm, self: PyFloat) => {
    let numerator = self.value;
    if (!Number.isFinite(numerator)) throw Number.isNaN(numerator) ? valueError("cannot convert NaN to integer ratio") : overflowError("cannot convert Infinity to integer ratio");
    let denominator = 1n;
    while (!Number.isInteger(numerator)) {
      numerator *= 2;
      denominator *= 2n;
    }
    return new PyTuple([int.intOfFloat(numerator), int.normalInt(denominator)]);
  },
  "__int__(self, /)": (_vm, self: PyFloat) => truncated(self.value),
  "__trunc__(self, /)": (_vm, self: PyFloat) => truncated(self.value),
  "__floor__(self, /)": (_vm, self: PyFloat) => truncated(Math.floor(self.value)),
  "__ceil__(self, /)": (_vm, self: PyFloat) => truncated(Math.ceil(self.value)),
  "__float__(self, /)": (_vm, self: PyFloat) => self,
  "__round__(self, ndigits=None, /)": (vm, self: PyFloat, ndigits: Value) => begin((function* (): Run<Value> {
    const digits = yield* digitsOf(vm, ndigits);
    return digits === undefined ? truncated(Number.isFinite(self.value) ? roundHalfEven(self.value) : self.value) : new PyFloat(roundFloat(self.value, digits));
  })()),
  "__repr__(self, /)": (_vm, self: PyFloat) => reprFloat(self.value),
  "__format__(self, spec, /)": (_vm, self: PyFloat, spec: string) => (spec === "" ? reprFloat(self.value) : formatFloat(self.value, spec)),
  "__hash__(self, /)": (vm, self: Value) => hash(vm, self),
});
declareClassMethods(types.float, {
  "fromhex(cls, string, /)": (_vm, _cls: PyClass, text: string) => {
    const found = /^\s*([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?\s*$/i.exec(text);
    if (!found) throw valueError("invalid hexadecimal floating-point string");
    const [, sign, whole = "", fraction = "", exponent = "0"] = found;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
    return new PyFloat(sign === "-" ? -value : value);
  },
});
declareAttributes(types.float, { real: (_vm, self: Value) => self, imag: () => new PyFloat(0) });
declareOperators(types.float, ["+", "-", "*", "/", "//", "%", "**"]);

function hexFloat(value: number): string {
  if (!Number.isFinite(value)) return reprFloat(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const absolute = Math.abs(value);
  if (absolute === 0) return `${sign}0x0.0p+0`;
  let exponent = Math.max(-1022, Math.floor(Math.log2(absolute)));
  let mantissa = absolute / 2 ** exponent;
  if (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  }
  const fraction = Math.round((mantissa % 1) * 2 ** 52);
  return `${sign}0x${Math.floor(mantissa)}.${fraction.toString(16).padStart(13, "0")}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

declareMethods(types.complex, {
  "conjugate(self, /)": (_vm, self: PyComplex) => new PyComplex(self.real, -self.imag),
  "__repr__(self, /)": (_vm, self: PyComplex) => reprComplex(self),
  "__format__(self, spec, /)": (_vm, self: PyComplex, spec: string) => (spec === "" ? reprComplex(self) : formatComplex(self, spec)),
  "__hash__(self, /)": (_vm, self: PyComplex) => int.add(Math.trunc(self.real), Math.trunc(1000003 * self.imag)),
});
declareAttributes(types.complex, { real: (_vm, self: PyComplex) => new PyFloat(self.real), imag: (_vm, self: PyComplex) => new PyFloat(self.imag) });
declareOperators(types.complex, ["+", "-", "*", "/", "**"]);

/** abs(). */
export function absolute(vm: Vm, value: Value): Eventual<Value> {
  const plain = unwrap(value);
  if (typeof value === "object" && value !== null && value.cls.heap) {
    const own = value.cls.lookup("__abs__");
    if (own !== undefined) return call(vm, own, [value], undefined);
  }
  if (typeof plain === "number" || typeof plain === "bigint") return plain < 0 ? int.negate(plain) : plain;
  if (typeof plain === "boolean") return plain ? 1 : 0;
  if (plain instanceof PyFloat) return new PyFloat(Math.abs(plain.value));
  if (plain instanceof PyComplex) return new PyFloat(Math.hypot(plain.real, plain.imag));
  const own = typeOf(value).lookup("__abs__");
  if (own !== undefined) return call(vm, own, [value], undefined);
  throw typeError(`bad operand type for abs(): '${typeOf(value).name}'`);
}
