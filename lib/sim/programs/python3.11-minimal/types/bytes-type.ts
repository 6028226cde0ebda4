// bytes and bytearray. Most methods are those of str on the same bytes as Latin-1 text.

import { latin1 } from "../../kit/latin1.ts";
import { declareClassMethods, declareMethods } from "../objects/declare.ts";
import { indexError, typeError, valueError } from "../objects/exception.ts";
import { bytesOfLatin1, joinBytes } from "../objects/text.ts";
import { begin, PyBuiltin, PyBytes, type PyClass, PyList, PyTuple, type Run, settle, types, typeOf, type Value } from "../objects/value.ts";
import { decodeBytes, encodeText } from "../vm/codec.ts";
import { contains } from "../vm/compare.ts";
import { hash } from "../vm/hash.ts";
import { collect, iterate } from "../vm/iterate.ts";
import { deleteItem, getItem, needIndex, setItem } from "../vm/subscript.ts";
import { builtinRepr } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { done } from "./object-type.ts";
import { declareOperators } from "./operators.ts";
import { callSpecial } from "../vm/call.ts";

function* makeBytes(vm: Vm, cls: PyClass, source: Value | undefined, encoding: Value | undefined, errors: Value | undefined): Run<Uint8Array> {
  const name = cls.layout.name;
  if (source === undefined) return new Uint8Array(0);
  if (typeof source === "string") {
    if (encoding === undefined) throw typeError("string argument without an encoding");
    return encodeText(source, String(encoding), errors === undefined ? "strict" : String(errors));
  }
  if (encoding !== undefined) throw typeError("encoding without a string argument");
  if (source instanceof PyBytes) return source.bytes.slice();
  if (typeof source === "object" && source !== null) {
    const made = callSpecial(vm, source, "__bytes__");
    if (made !== undefined) {
      const result = yield* settle(made);
      if (result instanceof PyBytes) return result.bytes;
    }
  }
  if (typeof source === "number" || typeof source === "bigint" || typeof source === "boolean") {
    const size = Number(source);
    if (size < 0) throw valueError("negative count");
    vm.heap.reserve(vm, size, 0);
    return new Uint8Array(size);
  }
  if (source === null || typeOf(source).lookup("__iter__") === undefined && typeOf(source).lookup("__getitem__") === undefined) throw typeError(`cannot convert '${typeOf(source).name}' object to bytes`);
  const items = yield* settle(collect(vm, source));
  const bytes = new Uint8Array(items.length);
  for (const [i, item] of items.entries()) {
    const byte = yield* needIndex(vm, item);
    if (byte < 0 || byte > 255) throw valueError(name === "bytes" ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)");
    bytes[i] = Number(byte);
  }
  return bytes;
}

function needBytes(value: Value): Uint8Array {
  if (!(value instanceof PyBytes)) throw typeError(`a bytes-like object is required, not '${typeOf(value).name}'`);
  return value.bytes;
}

/** The methods of str that mean the same on bytes. */
const BORROWED = [
  "upper", "lower", "capitalize", "title", "swapcase", "isalpha", "isdigit", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii", "find", "rfind", "index", "rindex", "count", "startswith", "endswith", "strip", "lstrip", "rstrip",
  "removeprefix", "removesuffix", "split", "rsplit", "splitlines", "partition", "rpartition", "replace", "ljust", "rjust", "center", "zfill", "expandtabs",
];

const toText = (value: Value): Value => (value instanceof PyBytes ? latin1(value.bytes) : value instanceof PyTuple ? new PyTuple(value.items.map(toText)) : typeof value === "string" ? needText(value) : value);

function needText(value: Value): never {
  throw typeError(`a bytes-like object is required, not '${typeOf(value).name}'`);
}

function fromText(value: Value, cls: PyClass): Value {
  if (typeof value === "string") return new PyBytes(bytesOfLatin1(value), cls);
  if (value instanceof PyList) return new PyList(value.items.map((one) => fromText(one, cls)));
  if (value instanceof PyTuple) return new PyTuple(value.items.map((one) => fromText(one, cls)));
  return value;
}

for (const cls of [types.bytes, types.bytearray]) {
  cls.construct = (vm, made, args, keywords) => begin((function* (): Run<Value> {
    const source = args[0] ?? keywords?.get("source");
    const zeros = typeof source === "number" || typeof source === "bigint" || typeof source === "boolean";
    return new PyBytes(yield* makeBytes(vm, made, source, args[1] ?? keywords?.get("encoding"), args[2] ?? keywords?.get("errors")), made, zeros);
  })());
  for (const name of BORROWED) {
    const method = types.str.members.get(name);
    if (!(method instanceof PyBuiltin)) continue;
    cls.members.set(name, new PyBuiltin(types.methodDescriptor, name, (vm, args, keywords) => begin((function* (): Run<Value> {
      const searches = (name === "find" || name === "index" || name === "count" || name === "rfind") && typeof args[1] === "number";
      const given = searches ? [toText(args[0] as Value), String.fromCharCode(args[1] as number), ...args.slice(2)] : args.map(toText);
      const more = keywords && new Map([...keywords].map(([key, value]) => [key, toText(value)] as const));
      return fromText(yield* settle(method.native(vm, given, more)), cls);
    })()), `${cls.name}.${name}`, undefined, cls));
  }
  declareMethods(cls, {
    "decode(self, encoding='utf-8', errors='strict')": (_vm, self: PyBytes, encoding: string, errors: string) => decodeBytes(self.bytes, encoding, errors),
    "hex(self, sep=..., bytes_per_sep=1)": (_vm, self: PyBytes, sep: Value | undefined) => Array.from(self.bytes, (byte) => byte.toString(16).padStart(2, "0")).join(typeof sep === "string" ? sep : ""),
    "join(self, iterable, /)": (vm, self: PyBytes, iterable: Value) => begin((function* (): Run<Value> {
      const parts: Uint8Array[] = [];
      for (const [i, item] of (yield* settle(collect(vm, iterable))).entries()) {
        if (!(item instanceof PyBytes)) throw typeError(`sequence item ${i}: expected a bytes-like object, ${typeOf(item).name} found`);
        if (i > 0) parts.push(self.bytes);
        parts.push(item.bytes);
      }
      return new PyBytes(joinBytes(parts).slice(), cls);
    })()),
    "translate(self, table, /, delete=...)": (_vm, self: PyBytes, table: Value, remove: Value | undefined) => {
      const gone = remove instanceof PyBytes ? remove.bytes : new Uint8Array(0);
      const map = table instanceof PyBytes ? table.bytes : undefined;
      return new PyBytes(self.bytes.filter((byte) => !gone.includes(byte)).map((byte) => map?.[byte] ?? byte), cls);
    },
    "__len__(self, /)": (_vm, self: PyBytes) => self.bytes.length,
    "__getitem__(self, index, /)": (vm, self: PyBytes, index: Value) => getItem(vm, self, index),
    "__contains__(self, item, /)": (vm, self: PyBytes, item: Value) => contains(vm, self, item),
    "__iter__(self, /)": (vm, self: PyBytes) => iterate(vm, self),
    "__repr__(self, /)": (vm, self: PyBytes) => builtinRepr(vm, self),
  });
  declareOperators(cls, ["+", "*", "%"]);
  declareClassMethods(cls, {
    "fromhex(cls, string, /)": (_vm, made: PyClass, text: string) => {
      const plain = text.replaceAll(/\s/g, "");
      const bad = /[^0-9a-fA-F]/.exec(plain);
      if (bad || plain.length % 2 !== 0) throw valueError(`non-hexadecimal number found in fromhex() arg at position ${bad ? bad.index : plain.length}`);
      return new PyBytes(Uint8Array.from({ length: plain.length / 2 }, (_, i) => Number.parseInt(plain.slice(2 * i, 2 * i + 2), 16)), made);
    },
  });
}
declareMethods(types.bytes, { "__hash__(self, /)": (vm, self: Value) => hash(vm, self) });
types.bytearray.members.set("__hash__", null);
const insertByte = function* (vm: Vm, self: PyBytes, at: number, value: Value): Run<Value> {
  const byte = yield* needIndex(vm, value);
  if (byte < 0 || byte > 255) throw valueError("byte must be in range(0, 256)");
  self.bytes = joinBytes([self.bytes.subarray(0, at), Uint8Array.of(Number(byte)), self.bytes.subarray(at)]);
  vm.spend(self.bytes.length >> 6);
  return null;
};
declareMethods(types.bytearray, {
  "append(self, item, /)": (vm, self: PyBytes, item: Value) => begin(insertByte(vm, self, self.bytes.length, item)),
  "insert(self, index, item, /)": (vm, self: PyBytes, index: Value, item: Value) => begin((function* (): Run<Value> {
    return yield* insertByte(vm, self, Number(yield* needIndex(vm, index)), item);
  })()),
  "extend(self, items, /)": (vm, self: PyBytes, items: Value) => begin((function* (): Run<Value> {
    const more = items instanceof PyBytes ? items.bytes : Uint8Array.from((yield* settle(collect(vm, items))).map(Number));
    self.bytes = joinBytes([self.bytes, more]);
    vm.heap.note(more.length);
    return null;
  })()),
  "pop(self, index=-1, /)": (vm, self: PyBytes, index: Value) => begin((function* (): Run<Value> {
    const given = Number(yield* needIndex(vm, index));
    if (self.bytes.length === 0) throw indexError("pop from empty bytearray");
    const at = given < 0 ? given + self.bytes.length : given;
    const byte = self.bytes[at];
    if (byte === undefined) throw indexError("pop index out of range");
    self.bytes = joinBytes([self.bytes.subarray(0, at), self.bytes.subarray(at + 1)]);
    return byte;
  })()),
  "remove(self, value, /)": (_vm, self: PyBytes, value: number) => {
    const at = self.bytes.indexOf(value);
    if (at < 0) throw valueError("value not found in bytearray");
    self.bytes = joinBytes([self.bytes.subarray(0, at), self.bytes.subarray(at + 1)]);
    return null;
  },
  "clear(self, /)": (_vm, self: PyBytes) => {
    self.bytes = new Uint8Array(0);
    return null;
  },
  "copy(self, /)": (_vm, self: PyBytes) => new PyBytes(self.bytes.slice(), types.bytearray),
  "reverse(self, /)": (_vm, self: PyBytes) => {
    self.bytes.reverse();
    return null;
  },
  "__setitem__(self, index, value, /)": (vm, self: PyBytes, index: Value, value: Value) => done(setItem(vm, self, index, value)),
  "__delitem__(self, index, /)": (vm, self: PyBytes, index: Value) => done(deleteItem(vm, self, index)),
});

types.memoryview.construct = (_vm, _cls, args) => new PyBytes(needBytes(args[0] ?? null));
