// io: StringIO, BytesIO, and the names of what open() makes.

import { declareAttributes, declareMethods } from "../objects/declare.ts";
import { failure, stopIteration, typeError, valueError } from "../objects/exception.ts";
import { ioTypes, unsupportedOperation } from "../objects/file.ts";
import { joinBytes } from "../objects/text.ts";
import { begin, newType, PyBytes, type PyClass, PyList, PyObject, type Run, settle, typeOf, unwrap, type Value } from "../objects/value.ts";
import { collect } from "../vm/iterate.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";

class PyStringIo extends PyObject {
  text = "";
  at = 0;
  closed = false;
}

class PyBytesIo extends PyObject {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  closed = false;
}

const stringIo: PyClass = newType("StringIO", "_io", (_vm, cls, args, keywords) => {
  const stream = new PyStringIo(cls);
  const initial = args[0] ?? keywords?.get("initial_value") ?? null;
  if (initial !== null && typeof initial !== "string") throw typeError(`initial_value must be str or None, not ${typeOf(initial).name}`);
  stream.text = initial ?? "";
  return stream;
});
const bytesIo: PyClass = newType("BytesIO", "_io", (_vm, cls, args, keywords) => {
  const stream = new PyBytesIo(cls);
  const initial = args[0] ?? keywords?.get("initial_bytes") ?? null;
  if (initial !== null && !(initial instanceof PyBytes)) throw typeError(`a bytes-like object is required, not '${typeOf(initial).name}'`);
  stream.bytes = initial?.bytes.slice() ?? new Uint8Array(0);
  return stream;
});
stringIo.hasDict = true;
bytesIo.hasDict = true;

function open<T extends { readonly closed: boolean }>(stream: T): T {
  if (stream.closed) throw valueError("I/O operation on closed file.");
  return stream;
}

const limit = function* (vm: Vm, size: Value): Run<number> {
  const count = size === null ? -1 : Number(yield* needIndex(vm, size));
  return count < 0 ? Number.POSITIVE_INFINITY : count;
};

function readText(self: PyStringIo, count: number): string {
  const part = self.text.slice(self.at, self.at + count);
  self.at += part.length;
  return part;
}

function lineOf(self: PyStringIo, count: number): string {
  const end = self.text.indexOf("\n", self.at);
  return readText(self, Math.min(count, end < 0 ? Number.POSITIVE_INFINITY : end + 1 - self.at));
}

function readBytes(self: PyBytesIo, count: number): Uint8Array {
  const part = self.bytes.slice(self.at, Number.isFinite(count) ? self.at + count : undefined);
  self.at += part.length;
  return part;
}

function byteLine(self: PyBytesIo, count: number): Uint8Array {
  const end = self.bytes.indexOf(10, self.at);
  return readBytes(self, Math.min(count, end < 0 ? Number.POSITIVE_INFINITY : end + 1 - self.at));
}

function writeText(vm: Vm, self: PyStringIo, given: Value): number {
  const text = unwrap(given);
  if (typeof text !== "string") throw typeError(`string argument expected, got '${typeOf(given).name}'`);
  open(self);
  const padded = self.text.padEnd(self.at, "\0");
  self.text = self.at === padded.length ? padded + text : padded.slice(0, self.at) + text + padded.slice(self.at + text.length);
  self.at += text.length;
  vm.heap.note(text.length);
  return text.length;
}

function writeBytes(vm: Vm, self: PyBytesIo, data: Value): number {
  if (!(data instanceof PyBytes)) throw typeError(`a bytes-like object is required, not '${typeOf(data).name}'`);
  open(self);
  const gap = new Uint8Array(Math.max(0, self.at - self.bytes.length));
  self.bytes = joinBytes([self.bytes.subarray(0, self.at), gap, data.bytes, self.bytes.subarray(self.at + data.bytes.length)]).slice();
  self.at += data.bytes.length;
  vm.heap.note(data.bytes.length);
  return data.bytes.length;
}

type Stream = PyStringIo | PyBytesIo;
const sizeOf = (self: Stream): number => (self instanceof PyStringIo ? self.text.length : self.bytes.length);

for (const cls of [stringIo, bytesIo]) {
  const text = cls === stringIo;
  declareMethods(cls, {
    "read(self, size=-1, /)": (vm, self: Stream, size: Value) => begin((function* (): Run<Value> {
      const count = yield* limit(vm, size);
      open(self);
      return self instanceof PyStringIo ? readText(self, count) : new PyBytes(readBytes(self, count));
    })()),
    "readline(self, size=-1, /)": (vm, self: Stream, size: Value) => begin((function* (): Run<Value> {
      const count = yield* limit(vm, size);
      open(self);
      return self instanceof PyStringIo ? lineOf(self, count) : new PyBytes(byteLine(self, count));
    })()),
    "readlines(self, hint=-1, /)": (_vm, self: Stream) => {
      const lines: Value[] = [];
      open(self);
      for (;;) {
        const line = self instanceof PyStringIo ? lineOf(self, Number.POSITIVE_INFINITY) : byteLine(self, Number.POSITIVE_INFINITY);
        if (line.length === 0) return new PyList(lines);
        lines.push(typeof line === "string" ? line : new PyBytes(line));
      }
    },
    "write(self, data, /)": (vm, self: Stream, data: Value) => (self instanceof PyStringIo ? writeText(vm, self, data) : writeBytes(vm, self, data)),
    "writelines(self, lines, /)": (vm, self: Stream, lines: Value) => begin((function* (): Run<Value> {
      for (const line of yield* settle(collect(vm, lines))) {
        if (self instanceof PyStringIo) writeText(vm, self, line);
        else writeBytes(vm, self, line);
      }
      return null;
    })()),
    "getvalue(self, /)": (_vm, self: Stream) => (open(self) instanceof PyStringIo ? (self as PyStringIo).text : new PyBytes((self as PyBytesIo).bytes.slice())),
    "seek(self, offset, whence=0, /)": (_vm, self: Stream, offset: number, whence: number) => {
      open(self).at = Math.max(0, whence === 1 ? self.at + offset : whence === 2 ? sizeOf(self) + offset : offset);
      return self.at;
    },
    "tell(self, /)": (_vm, self: Stream) => open(self).at,
    "truncate(self, size=None, /)": (_vm, self: Stream, size: Value) => {
      const length = size === null ? self.at : Number(size);
      if (self instanceof PyStringIo) self.text = self.text.slice(0, length);
      else self.bytes = self.bytes.slice(0, length);
      return length;
    },
    "flush(self, /)": () => null,
    "close(self, /)": (_vm, self: Stream) => {
      self.closed = true;
      return null;
    },
    "isatty(self, /)": () => false, "readable(self, /)": () => true, "writable(self, /)": () => true, "seekable(self, /)": () => true,
    "fileno(self, /)": () => {
      throw failure(unsupportedOperation, "fileno");
    },
    "__enter__(self, /)": (_vm, self: Stream) => open(self),
    "__exit__(self, type=None, value=None, traceback=None, /)": (_vm, self: Stream) => {
      self.closed = true;
      return null;
    },
    "__iter__(self, /)": (_vm, self: Stream) => self,
    "__next__(self, /)": (_vm, self: Stream) => {
      const line = self instanceof PyStringIo ? lineOf(open(self), Number.POSITIVE_INFINITY) : byteLine(open(self), Number.POSITIVE_INFINITY);
      if (line.length === 0) throw stopIteration(undefined);
      return typeof line === "string" ? line : new PyBytes(line);
    },
  });
  declareAttributes(cls, { closed: (_vm, self: Stream) => self.closed, ...(text && { encoding: () => null, newlines: () => null }) });
}

registerModule("io", {
  names: (vm) => new Map<string, Value>([
    ["StringIO", stringIo], ["BytesIO", bytesIo], ["TextIOWrapper", ioTypes.text], ["BufferedReader", ioTypes.reader], ["BufferedWriter", ioTypes.writer], ["BufferedRandom", ioTypes.random], ["FileIO", ioTypes.raw], ["UnsupportedOperation", unsupportedOperation],
    ["open", vm.builtins.get("open") ?? null], ["SEEK_SET", 0], ["SEEK_CUR", 1], ["SEEK_END", 2], ["DEFAULT_BUFFER_SIZE", 8192],
  ]),
  source: String.raw`
class IOBase: pass
class RawIOBase(IOBase): pass
class BufferedIOBase(IOBase): pass
class TextIOBase(IOBase): pass
`,
});
