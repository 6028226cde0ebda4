// struct: values as bytes and back, by a format.

import { declareAttributes, declareFunctions, declareMethods } from "../objects/declare.ts";
import { exceptions, failure, PyException, PyRaise, typeError } from "../objects/exception.ts";
import { type Eventual, begin, type Int, newType, PyBytes, PyFloat, PyIterator, PyObject, PyTuple, type Run, typeOf, types, unwrap, type Value } from "../objects/value.ts";
import { normalInt } from "../objects/number.ts";
import { toFloat } from "../types/number-types.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";

const errorType = newType("error", "struct", exceptions.Exception.construct, exceptions.Exception);
const structError = (message: string): PyRaise => new PyRaise(new PyException(errorType, [message]));

interface Field {
  readonly code: string;
  readonly count: number;
  /** of one item; `s` and `p` are one item of `count` bytes */
  readonly size: number;
  readonly offset: number;
}

interface Layout {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly littleEndian: boolean;
  /** values that pack takes */
  readonly values: number;
}

/** Sizes of the standard; native ones of x86-64 differ where a second stands. */
const SIZES: ReadonlyMap<string, readonly [number, number?]> = new Map([
  ["x", [1]], ["c", [1]], ["b", [1]], ["B", [1]], ["?", [1]], ["h", [2]], ["H", [2]], ["i", [4]], ["I", [4]], ["l", [4, 8]], ["L", [4, 8]], ["q", [8]], ["Q", [8]],
  ["e", [2]], ["f", [4]], ["d", [8]], ["s", [1]], ["p", [1]],
]);
const NATIVE_ONLY: ReadonlyMap<string, number> = new Map([["n", 8], ["N", 8], ["P", 8]]);

const layouts = new Map<string, Layout>();

function layoutOf(format: string): Layout {
  const known = layouts.get(format);
  if (known) return known;
  const [first = ""] = format;
  const order = "@=<>!".includes(first) && first !== "" ? first : "@";
  const native = order === "@";
  const fields: Field[] = [];
  let size = 0;
  let values = 0;
  const body = order === first ? format.slice(1) : format;
  const words = /\s*(\d*)(\S?)/gy;
  while (words.lastIndex < body.length) {
    const [, digits = "", code = ""] = words.exec(body) ?? [];
    if (code === "") {
      if (digits !== "") throw structError("repeat count given without format specifier");
      break;
    }
    const known = SIZES.get(code);
    const one = native ? (known?.[1] ?? known?.[0] ?? NATIVE_ONLY.get(code)) : known?.[0];
    if (one === undefined) throw structError("bad char in struct format");
    const count = digits === "" ? 1 : Number(digits);
    if (native && !"xcsp".includes(code)) size = Math.ceil(size / one) * one;
    fields.push({ code, count, size: one, offset: size });
    size += one * count;
    if (size > 2 ** 31) throw structError("total struct size too long");
    values += code === "x" ? 0 : code === "s" || code === "p" ? 1 : count;
  }
  const layout = { fields, size, littleEndian: order !== ">" && order !== "!", values };
  if (layouts.size > 200) layouts.clear();
  layouts.set(format, layout);
  return layout;
}

const SIGNED = "bhilqn";

function* packInto(vm: Vm, layout: Layout, view: DataView, at: number, values: readonly Value[], name: string): Run<void> {
  if (values.length !== layout.values) throw structError(`${name} expected ${layout.values} items for packing (got ${values.length})`);
  let next = 0;
  for (const { code, count, size, offset } of layout.fields) {
    if (code === "x") continue;
    if (code === "s" || code === "p") {
      const value = values[next++];
      if (!(value instanceof PyBytes)) throw structError(`argument for '${code}' must be a bytes object`);
      const room = code === "p" ? Math.min(count - 1, 255) : count;
      const bytes = value.bytes.subarray(0, Math.max(0, room));
      const target = new Uint8Array(view.buffer, view.byteOffset + at + offset, count);
      if (code === "p" && count > 0) target[0] = bytes.length;
      target.set(bytes, code === "p" ? 1 : 0);
      continue;
    }
    for (let i = 0; i < count; i++) yield* packOne(vm, code, size, layout.littleEndian, view, at + offset + i * size, values[next++] as Value);
  }
}

function* packOne(vm: Vm, code: string, size: number, littleEndian: boolean, view: DataView, at: number, given: Value): Run<void> {
  const value = unwrap(given);
  if (code === "c") {
    if (!(value instanceof PyBytes) || value.bytes.length !== 1) throw structError("char format requires a bytes object of length 1");
    view.setUint8(at, value.bytes[0] ?? 0);
  } else if (code === "?") view.setUint8(at, value === false || value === 0 || value === null || value === "" ? 0 : 1);
  else if (code === "f" || code === "d" || code === "e") {
    let real: number;
    try {
      real = yield* toFloat(vm, given, () => "required argument is not a float");
    } catch (error) {
      if (error instanceof PyRaise && error.exception.cls === exceptions.TypeError) throw structError("required argument is not a float");
      throw error;
    }
    if (code === "d") view.setFloat64(at, real, littleEndian);
    else if (code === "f") {
      if (Number.isFinite(real) && !Number.isFinite(Math.fround(real))) throw failure(exceptions.OverflowError, "float too large to pack with f format");
      view.setFloat32(at, real, littleEndian);
    } else view.setUint16(at, halfOf(real), littleEndian);
  } else {
    if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean" && typeOf(given).lookup("__index__") === undefined) throw structError("required argument is not an integer");
    const whole = BigInt(yield* needIndex(vm, given));
    const bits = BigInt(8 * size);
    const signed = SIGNED.includes(code);
    const [low, high] = signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
    if (whole < low || whole > high) throw structError((code === "I" || code === "L") && whole < low ? "argument out of range" : rangeMessage(code, low, high));
    for (let i = 0; i < size; i++) view.setUint8(at + (littleEndian ? i : size - 1 - i), Number((whole >> BigInt(8 * i)) & 0xffn));
  }
}

function rangeMessage(code: string, low: bigint, high: bigint): string {
  if (code === "b" || code === "B") return `${code === "b" ? "byte" : "ubyte"} format requires ${low} <= number <= ${high}`;
  if (code === "h" || code === "H") return `${code === "h" ? "short" : "ushort"} format requires ${low} <= number <= ${high}`;
  if (code === "q" || code === "Q" || code === "n" || code === "N") return "int too large to convert";
  return `'${code}' format requires ${low} <= number <= ${high}`;
}

function halfOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | even(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  const bits = ((exponent + 15) << 10) + even((size / 2 ** exponent - 1) * 1024);
  if (bits >= 0x7c00) throw failure(exceptions.OverflowError, "float too large to pack with e format");
  return sign | bits;
}

function even(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

function unpackFrom(layout: Layout, view: DataView, at: number): PyTuple {
  const items: Value[] = [];
  for (const { code, count, size, offset } of layout.fields) {
    const start = at + offset;
    if (code === "x") continue;
    if (code === "s" || code === "p") {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + start, count);
      items.push(new PyBytes(code === "s" ? bytes.slice() : bytes.slice(1, 1 + Math.min(bytes[0] ?? 0, Math.max(0, count - 1)))));
      continue;
    }
    for (let i = 0; i < count; i++) items.push(unpackOne(code, size, layout.littleEndian, view, start + i * size));
  }
  return new PyTuple(items);
}

function unpackOne(code: string, size: number, littleEndian: boolean, view: DataView, at: number): Value {
  if (code === "c") return new PyBytes(Uint8Array.of(view.getUint8(at)));
  if (code === "?") return view.getUint8(at) !== 0;
  if (code === "d") return new PyFloat(view.getFloat64(at, littleEndian));
  if (code === "f") return new PyFloat(view.getFloat32(at, littleEndian));
  if (code === "e") {
    const bits = view.getUint16(at, littleEndian);
    const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
    return new PyFloat(exponent === 31 ? (fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY) : sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)));
  }
  let whole = 0n;
  for (let i = 0; i < size; i++) whole |= BigInt(view.getUint8(at + (littleEndian ? i : size - 1 - i))) << BigInt(8 * i);
  return normalInt(SIGNED.includes(code) ? BigInt.asIntN(8 * size, whole) : whole);
}

function formatText(value: Value): string {
  const plain = unwrap(value);
  if (typeof plain === "string") return plain;
  if (plain instanceof PyBytes) return String.fromCharCode(...plain.bytes);
  throw typeError(`Struct() argument 1 must be a str or bytes object, not ${typeOf(value).name}`);
}

function bytesOf(value: Value): Uint8Array {
  if (value instanceof PyBytes) return value.bytes;
  throw typeError(`a bytes-like object is required, not '${typeOf(value).name}'`);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function pack(vm: Vm, format: string, values: readonly Value[]): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const layout = layoutOf(format);
    const bytes = new Uint8Array(layout.size);
    yield* packInto(vm, layout, viewOf(bytes), 0, values, "pack");
    return new PyBytes(bytes);
  })());
}

function unpack(format: string, buffer: Value): Value {
  const layout = layoutOf(format);
  const bytes = bytesOf(buffer);
  if (bytes.length !== layout.size) throw structError(`unpack requires a buffer of ${layout.size} bytes`);
  return unpackFrom(layout, viewOf(bytes), 0);
}

function unpackAt(format: string, buffer: Value, given: number): Value {
  const layout = layoutOf(format);
  const bytes = bytesOf(buffer);
  const at = given < 0 ? given + bytes.length : given;
  if (at < 0) throw structError(`offset ${given} out of range for ${bytes.length}-byte buffer`);
  if (bytes.length - at < layout.size) throw structError(`unpack_from requires a buffer of at least ${layout.size + at} bytes for unpacking ${layout.size} bytes at offset ${at} (actual buffer size is ${bytes.length})`);
  return unpackFrom(layout, viewOf(bytes), at);
}

function packAt(vm: Vm, format: string, buffer: Value, at: number, values: readonly Value[]): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const layout = layoutOf(format);
    const bytes = bytesOf(buffer);
    if (typeOf(buffer) === types.bytes) throw typeError("pack_into() argument 1 must be read-write bytes-like object, not bytes");
    if (bytes.length - at < layout.size) throw structError(`pack_into requires a buffer of at least ${layout.size + at} bytes for packing ${layout.size} bytes at offset ${at} (actual buffer size is ${bytes.length})`);
    yield* packInto(vm, layout, viewOf(bytes), at, values, "pack_into");
    return null;
  })());
}

const iteratorType = newType("unpack_iterator", "_struct");

function unpackAll(format: string, buffer: Value): Value {
  const layout = layoutOf(format);
  const bytes = bytesOf(buffer);
  if (layout.size === 0) throw structError("cannot iteratively unpack with a struct of length 0");
  if (bytes.length % layout.size !== 0) throw structError(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  let at = -layout.size;
  return new PyIterator(iteratorType, () => {
    at += layout.size;
    return at < bytes.length ? unpackFrom(layout, viewOf(bytes), at) : undefined;
  });
}

class PyStruct extends PyObject {
  readonly format: string;
  constructor(format: string) {
    super(structType);
    this.format = format;
  }
}

const structType = newType("Struct", "_struct", (_vm, _cls, args) => {
  if (args.length !== 1) throw typeError("Struct() missing required argument 'format' (pos 1)");
  const made = new PyStruct(formatText(args[0] as Value));
  layoutOf(made.format);
  return made;
});
declareMethods(structType, {
  "pack(self, *values)": (vm, self: PyStruct, values: PyTuple) => pack(vm, self.format, values.items),
  "unpack(self, buffer, /)": (_vm, self: PyStruct, buffer: Value) => unpack(self.format, buffer),
  "unpack_from(self, buffer, offset=0)": (_vm, self: PyStruct, buffer: Value, offset: number) => unpackAt(self.format, buffer, offset),
  "pack_into(self, buffer, offset, *values)": (vm, self: PyStruct, buffer: Value, offset: number, values: PyTuple) => packAt(vm, self.format, buffer, offset, values.items),
  "iter_unpack(self, buffer, /)": (_vm, self: PyStruct, buffer: Value) => unpackAll(self.format, buffer),
});
declareAttributes(structType, { format: (_vm, self: PyStruct) => self.format, size: (_vm, self: PyStruct): Int => layoutOf(self.format).size });

registerModule("struct", {
  names: () => new Map<string, Value>([
    ...declareFunctions({
      "pack(format, *values)": (vm, format: Value, values: PyTuple) => pack(vm, formatText(format), values.items),
      "unpack(format, buffer, /)": (_vm, format: Value, buffer: Value) => unpack(formatText(format), buffer),
      "unpack_from(format, /, buffer, offset=0)": (_vm, format: Value, buffer: Value, offset: number) => unpackAt(formatText(format), buffer, offset),
      "pack_into(format, buffer, offset, *values)": (vm, format: Value, buffer: Value, offset: number, values: PyTuple) => packAt(vm, formatText(format), buffer, offset, values.items),
      "iter_unpack(format, buffer, /)": (_vm, format: Value, buffer: Value) => unpackAll(formatText(format), buffer),
      "calcsize(format, /)": (_vm, format: Value) => layoutOf(formatText(format)).size,
    }),
    ["Struct", structType], ["error", errorType],
  ]),
});
