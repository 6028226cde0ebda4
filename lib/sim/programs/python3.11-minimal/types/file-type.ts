// The methods of file objects, and open().

import { O, S } from "../../../kernel/sys.ts";
import { declareAttributes, declareMethods } from "../objects/declare.ts";
import { osError, stopIteration, typeError, valueError } from "../objects/exception.ts";
import { type FileOptions, ioTypes, PyFile } from "../objects/file.ts";
import { begin, PyBytes, PyList, type Run, settle, typeOf, unwrap, type Value } from "../objects/value.ts";
import { codecOf } from "../vm/codec.ts";
import { collect } from "../vm/iterate.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { textLength } from "../objects/text.ts";
import { pathText, withPath } from "../vm/path.ts";

const sizeOf = function* (vm: Vm, size: Value): Run<number> {
  return size === null ? -1 : Number(yield* needIndex(vm, size));
};

for (const cls of Object.values(ioTypes)) {
  const binary = cls !== ioTypes.text;
  declareMethods(cls, {
    "read(self, size=-1, /)": (vm, self: PyFile, size: Value) => begin((function* (): Run<Value> {
      const count = yield* sizeOf(vm, size);
      return binary ? new PyBytes(yield* self.readBytes(vm, count)) : yield* self.readText(vm, count);
    })()),
    "readline(self, size=-1, /)": (vm, self: PyFile, size: Value) => begin((function* (): Run<Value> {
      const limit = yield* sizeOf(vm, size);
      if (limit >= 0 && binary) return new PyBytes(yield* self.readLineBytes(vm, limit));
      if (limit >= 0) {
        let text = "";
        while (textLength(text) < limit && !text.endsWith("\n")) {
          const one = yield* self.readText(vm, 1);
          if (one === "") break;
          text += one;
        }
        return text;
      }
      return binary ? new PyBytes(yield* self.readLineBytes(vm)) : yield* self.readLine(vm);
    })()),
    "readlines(self, hint=-1, /)": (vm, self: PyFile) => begin((function* (): Run<Value> {
      const lines: Value[] = [];
      for (;;) {
        const line = binary ? yield* self.readLineBytes(vm) : yield* self.readLine(vm);
        if (line.length === 0) return new PyList(lines);
        lines.push(typeof line === "string" ? line : new PyBytes(line));
        vm.heap.note(60 + line.length);
        if (vm.tired()) yield* vm.rest();
      }
    })()),
    "write(self, text, /)": (vm, self: PyFile, given: Value) => begin((function* (): Run<Value> {
      const value = unwrap(given);
      if (binary) {
        if (!(value instanceof PyBytes)) throw typeError(`a bytes-like object is required, not '${typeOf(given).name}'`);
        yield* self.writeBytes(vm, value.bytes.slice());
        return value.bytes.length;
      }
      if (typeof value !== "string") throw typeError(`write() argument must be str, not ${value === null ? "None" : typeOf(given).name}`);
      yield* self.writeText(vm, value);
      return textLength(value);
    })()),
    "writelines(self, lines, /)": (vm, self: PyFile, lines: Value) => begin((function* (): Run<Value> {
      for (const line of yield* settle(collect(vm, lines))) {
        if (binary) {
          if (!(line instanceof PyBytes)) throw typeError(`a bytes-like object is required, not '${typeOf(line).name}'`);
          yield* self.writeBytes(vm, line.bytes.slice());
        } else {
          if (typeof line !== "string") throw typeError(`write() argument must be str, not ${typeOf(line).name}`);
          yield* self.writeText(vm, line);
        }
      }
      return null;
    })()),
    "flush(self, /)": (vm, self: PyFile) => begin((function* (): Run<Value> {
      self.checkOpen();
      yield* self.flush(vm);
      return null;
    })()),
    "close(self, /)": (vm, self: PyFile) => begin((function* (): Run<Value> {
      yield* self.close(vm);
      return null;
    })()),
    "seek(self, offset, whence=0, /)": (vm, self: PyFile, offset: Value, whence: Value) => begin((function* (): Run<Value> {
      const from = Number(yield* needIndex(vm, whence));
      const by = Number(yield* needIndex(vm, offset));
      if (!binary && from === 1 && by !== 0) self.unsupported("can't do nonzero cur-relative seeks");
      if (!binary && from === 2 && by !== 0) self.unsupported("can't do nonzero end-relative seeks");
      return yield* self.seek(vm, by, from);
    })()),
    "tell(self, /)": (vm, self: PyFile) => self.tell(vm),
    "truncate(self, size=None, /)": (vm, self: PyFile, size: Value) => begin((function* (): Run<Value> {
      yield* self.flush(vm);
      const bytes = size === null ? self.tell(vm) : Number(yield* needIndex(vm, size));
      vm.sys.ftruncate(self.fd, bytes);
      return bytes;
    })()),
    "fileno(self, /)": (_vm, self: PyFile) => {
      self.checkOpen();
      return self.fd;
    },
    "isatty(self, /)": (vm, self: PyFile) => {
      self.checkOpen();
      return vm.sys.isatty(self.fd);
    },
    "readable(self, /)": (_vm, self: PyFile) => self.options.readable,
    "writable(self, /)": (_vm, self: PyFile) => self.options.writable,
    "seekable(self, /)": (vm, self: PyFile) => {
      try {
        vm.sys.lseek(self.fd, 0, "current");
        return true;
      } catch {
        return false;
      }
    },
    "reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)": (vm, self: PyFile, encoding: Value, errors: Value, newline: Value, lines: Value, through: Value) => begin((function* (): Run<Value> {
      yield* self.flush(vm);
      const { options } = self;
      self.options = {
        ...options,
        encoding: typeof encoding === "string" ? codecOf(encoding) : options.encoding,
        errors: typeof errors === "string" ? errors : options.errors,
        newline: typeof newline === "string" ? newline : options.newline,
        buffering: through === true ? "none" : lines === true ? "line" : lines === false ? "full" : options.buffering,
      };
      return null;
    })()),
    "__enter__(self, /)": (_vm, self: PyFile) => {
      self.checkOpen();
      return self;
    },
    "__exit__(self, type=None, value=None, traceback=None, /)": (vm, self: PyFile) => begin((function* (): Run<Value> {
      yield* self.close(vm);
      return null;
    })()),
    "__iter__(self, /)": (_vm, self: PyFile) => {
      self.checkOpen();
      return self;
    },
    "__next__(self, /)": (vm, self: PyFile) => begin((function* (): Run<Value> {
      const line = binary ? yield* self.readLineBytes(vm) : yield* self.readLine(vm);
      if (line.length === 0) throw stopIteration(undefined);
      return typeof line === "string" ? line : new PyBytes(line);
    })()),
    "__repr__(self, /)": (_vm, self: PyFile) => {
      const { name, mode, encoding } = self.options;
      const shown = typeof name === "string" ? `'${name}'` : String(name);
      return binary ? `<_io.${cls.name} name=${shown}>` : `<_io.TextIOWrapper name=${shown} mode='${mode}' encoding='${encoding === "utf-8" && self.fd > 2 ? "UTF-8" : encoding}'>`;
    },
  });
  declareAttributes(cls, {
    name: (_vm, self: PyFile) => self.options.name,
    mode: (_vm, self: PyFile) => self.options.mode,
    closed: (_vm, self: PyFile) => self.closed,
    encoding: (_vm, self: PyFile) => (self.options.encoding === "utf-8" && self.fd > 2 ? "UTF-8" : self.options.encoding),
    errors: (_vm, self: PyFile) => self.options.errors,
    newlines: () => null,
    buffer: (_vm, self: PyFile) => self.buffer,
    line_buffering: (_vm, self: PyFile) => self.options.buffering === "line",
  });
}

export interface OpenArguments {
  readonly file: Value;
  readonly mode?: Value;
  readonly buffering?: Value;
  readonly encoding?: Value;
  readonly errors?: Value;
  readonly newline?: Value;
  readonly closefd?: Value;
}

/** open() (docs.python.org, "Built-in Functions"). */
export function* openFile(vm: Vm, given: OpenArguments): Run<Value> {
  const mode = given.mode ?? "r";
  if (typeof mode !== "string") throw typeError(`open() argument 'mode' must be str, not ${typeOf(mode).name}`);
  if (/[^rwaxbt+U]/.test(mode) || new Set(mode).size !== mode.length) throw valueError(`invalid mode: '${mode}'`);
  const binary = mode.includes("b");
  if (binary && mode.includes("t")) throw valueError("can't have text and binary mode at once");
  const kinds = [...mode].filter((c) => "rwax".includes(c));
  if (kinds.length !== 1) throw valueError("must have exactly one of create/read/write/append mode");
  if (binary && (given.encoding ?? null) !== null) throw valueError("binary mode doesn't take an encoding argument");
  if (binary && (given.newline ?? null) !== null) throw valueError("binary mode doesn't take a newline argument");
  const encoding = (given.encoding ?? null) === null ? "utf-8" : codecOf(String(given.encoding));
  yield* vm.streams.closeLost(vm);
  const update = mode.includes("+");
  const [kind = "r"] = kinds;
  let fd: number;
  let name: string | number;
  if (typeof given.file === "number" || typeof given.file === "boolean") {
    fd = Number(given.file);
    name = fd;
    try {
      vm.sys.fstat(fd);
    } catch {
      throw osError(9, "Bad file descriptor", fd);
    }
  } else {
    const path = yield* pathText(vm, given.file, "expected str, bytes or os.PathLike object, not ");
    name = path;
    const access = update ? O.RDWR : kind === "r" ? O.RDONLY : O.WRONLY;
    const flags = kind === "w" ? O.CREAT | O.TRUNC : kind === "a" ? O.CREAT | O.APPEND : kind === "x" ? O.CREAT | O.EXCL : 0;
    fd = yield* withPath(path, () => vm.retry(() => vm.sys.open(path, access | flags | O.CLOEXEC, 0o666)));
    if ((vm.sys.fstat(fd).mode & S.IFMT) === S.IFDIR) {
      vm.sys.close(fd);
      throw osError(21, "Is a directory", path);
    }
    if (kind === "a") vm.sys.lseek(fd, 0, "end");
  }
  const buffering = typeof given.buffering === "number" ? given.buffering : -1;
  if (buffering === 0 && !binary) throw valueError("can't have unbuffered text I/O");
  const options: FileOptions = {
    name, mode: binary ? mode : mode.replace("t", ""), readable: update || kind === "r", writable: update || kind !== "r", binary, encoding, errors: given.errors === undefined || given.errors === null ? "strict" : String(given.errors),
    newline: typeof given.newline === "string" ? given.newline : undefined, buffering: buffering === 0 ? "none" : buffering === 1 || (buffering < 0 && vm.sys.isatty(fd)) ? "line" : "full", closesDescriptor: given.closefd !== false,
  };
  const cls = !binary ? ioTypes.text : buffering === 0 ? ioTypes.raw : update ? ioTypes.random : kind === "r" ? ioTypes.reader : ioTypes.writer;
  const file = new PyFile(cls, fd, options);
  vm.streams.open.add(file);
  return file;
}

