// File objects: text and binary, on descriptors of the simulated machine (io module). Buffers behave as CPython's: what is not flushed is lost when
// the program is killed, and shows late through a pipe.


import { POLL } from "../../../kernel/sys.ts";
import { decodeBytes, encodeText } from "../vm/codec.ts";
import type { Vm } from "../vm/vm.ts";
import { exceptions, failure, valueError } from "./exception.ts";
import { joinBytes } from "./text.ts";
import { newType, type PyClass, PyObject, type Run } from "./value.ts";

const BUFFER_BYTES = 8192;

export const ioTypes = {
  text: newType("TextIOWrapper", "_io"), reader: newType("BufferedReader", "_io"), writer: newType("BufferedWriter", "_io"), random: newType("BufferedRandom", "_io"), raw: newType("FileIO", "_io"),
};

export interface FileOptions {
  readonly name: string | number;
  readonly mode: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly binary: boolean;
  readonly encoding: string;
  readonly errors: string;
  /** universal newlines when undefined; "" or "\n" keep them */
  readonly newline: string | undefined;
  readonly buffering: "none" | "line" | "full";
  readonly closesDescriptor: boolean;
}

export class PyFile extends PyObject {
  readonly fd: number;
  options: FileOptions;
  closed = false;
  #unread: Uint8Array = new Uint8Array(0);
  #ended = false;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** the text layer over the same bytes, and the bytes under it: sys.stdout.buffer */
  #buffer: PyFile | undefined;

  constructor(cls: PyClass, fd: number, options: FileOptions) {
    super(cls);
    this.fd = fd;
    this.options = options;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** The binary layer below a text file. */
  get buffer(): PyFile {
    this.#buffer ??= new PyFile(this.options.writable ? ioTypes.writer : ioTypes.reader, this.fd, { ...this.options, binary: true, buffering: "none", closesDescriptor: false });
    return this.#buffer;
  }

  checkOpen(): void {
    if (this.closed) throw valueError("I/O operation on closed file.");
  }

  unsupported(what: string): never {
    throw failure(unsupportedOperation, what);
  }

  /** Takes the text when it only has to be kept; false when it must be written out now. */
  buffered(vm: Vm, text: string): boolean {
    if (this.closed || this.options.buffering !== "full" || !this.options.writable || this.options.binary || this.#unread.length > 0 || this.#pendingBytes + 3 * text.length >= BUFFER_BYTES || this.options.newline !== undefined) return false;
    const bytes = encodeText(text, this.options.encoding, this.options.errors);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    vm.spend(4 + (bytes.length >> 4));
    return true;
  }

  *writeText(vm: Vm, text: string): Run<void> {
    this.checkOpen();
    if (!this.options.writable) this.unsupported("not writable");
    const { newline } = this.options;
    yield* this.writeBytes(vm, encodeText(newline === "\r\n" || newline === "\r" ? text.replaceAll("\n", newline) : text, this.options.encoding, this.options.errors), text.includes("\n"));
  }

  *writeBytes(vm: Vm, bytes: Uint8Array, hasLineEnd = false): Run<void> {
    this.checkOpen();
    if (!this.options.writable) this.unsupported(this.options.binary ? "write" : "not writable");
    if (this.#unread.length > 0) this.#dropUnread(vm);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    vm.spend(4 + (bytes.length >> 4));
    const { buffering } = this.options;
    if (buffering === "none" || this.#pendingBytes >= BUFFER_BYTES || (buffering === "line" && hasLineEnd)) yield* this.flush(vm);
  }

  *flush(vm: Vm): Run<void> {
    if (this.#pendingBytes === 0) return;
    let bytes = joinBytes(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    while (bytes.length > 0) {
      const rest = bytes;
      const written = yield* vm.retry(() => vm.sys.write(this.fd, rest));
      bytes = bytes.subarray(written);
    }
  }

  /** What was written and not flushed is forgotten: after a failed flush at exit. */
  discard(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  *close(vm: Vm): Run<void> {
    if (this.closed) return;
    try {
      yield* this.flush(vm);
    } finally {
      this.closed = true;
      vm.streams.open.delete(this);
      if (this.options.closesDescriptor) vm.sys.close(this.fd);
    }
  }

  /** Sets the descriptor's position to where the program believes it is. */
  #dropUnread(vm: Vm): void {
    try {
      vm.sys.lseek(this.fd, -this.#unread.length, "current");
    } catch {
      return;
    } finally {
      this.#unread = new Uint8Array(0);
    }
  }

  *#fill(vm: Vm): Run<boolean> {
    if (this.#ended) return false;
    yield* vm.threads.ready(this.fd, POLL.IN);
    const bytes = yield* vm.retry(() => vm.sys.read(this.fd, BUFFER_BYTES));
    if (bytes.length === 0) return false;
    this.#unread = this.#unread.length === 0 ? bytes : joinBytes([this.#unread, bytes]);
    vm.spend(bytes.length >> 4);
    return true;
  }

  #checkReadable(): void {
    this.checkOpen();
    if (!this.options.readable) this.unsupported(this.options.binary ? "read" : "not readable");
  }

  #take(count: number): Uint8Array {
    const bytes = this.#unread.slice(0, count);
    this.#unread = this.#unread.subarray(count);
    return bytes;
  }

  /** All when the count is negative. */
  *readBytes(vm: Vm, count: number): Run<Uint8Array> {
    this.#checkReadable();
    yield* this.flush(vm);
    const parts: Uint8Array[] = [];
    let got = 0;
    for (;;) {
      const part = this.#take(count < 0 ? this.#unread.length : Math.min(count - got, this.#unread.length));
      parts.push(part);
      got += part.length;
      vm.heap.note(part.length);
      if (count >= 0 && got >= count) break;
      if (!(yield* this.#fill(vm))) break;
      if (vm.tired()) yield* vm.rest();
    }
    return joinBytes(parts);
  }

  /** With its line end, but no more than `limit`; empty at the end of the file. */
  *readLineBytes(vm: Vm, limit = Number.POSITIVE_INFINITY): Run<Uint8Array> {
    this.#checkReadable();
    yield* this.flush(vm);
    const parts: Uint8Array[] = [];
    vm.spend(8);
    const universal = !this.options.binary && this.options.newline === undefined;
    for (;;) {
      let end = this.#unread.indexOf(10);
      if (universal) {
        const carriage = carriageBefore(this.#unread, end < 0 ? this.#unread.length : end);
        if (carriage >= 0) {
          if (carriage + 1 >= this.#unread.length && (yield* this.#fill(vm))) continue;
          end = this.#unread[carriage + 1] === 10 ? carriage + 1 : carriage;
        }
      }
      if (end >= 0 || this.#unread.length >= limit) {
        parts.push(this.#take(Math.min(end >= 0 ? end + 1 : limit, limit)));
        break;
      }
      if (!(yield* this.#fill(vm))) {
        parts.push(this.#take(this.#unread.length));
        break;
      }
    }
    return joinBytes(parts);
  }

  *readLine(vm: Vm): Run<string> {
    return this.#translate(decodeBytes(yield* this.readLineBytes(vm), this.options.encoding, this.options.errors));
  }

  #translate(text: string): string {
    return this.options.newline === undefined && text.includes("\r") ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : text;
  }

  *readText(vm: Vm, count: number): Run<string> {
    if (count < 0) return this.#translate(decodeBytes(yield* this.readBytes(vm, -1), this.options.encoding, this.options.errors));
    let text = "";
    let characters = 0;
    while (characters < count) {
      const first = yield* this.readBytes(vm, 1);
      if (first.length === 0) break;
      const lead = first[0] ?? 0;
      const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
      const bytes = more > 0 ? joinBytes([first, yield* this.readBytes(vm, more)]) : first;
      text += decodeBytes(bytes, this.options.encoding, this.options.errors);
      characters++;
    }
    return this.#translate(text);
  }

  *seek(vm: Vm, offset: number, whence: number): Run<number> {
    this.checkOpen();
    yield* this.flush(vm);
    const from = whence === 1 ? offset - this.#unread.length : offset;
    this.#unread = new Uint8Array(0);
    this.#ended = false;
    return vm.sys.lseek(this.fd, from, whence === 0 ? "set" : whence === 1 ? "current" : "end");
  }

  tell(vm: Vm): number {
    this.checkOpen();
    return vm.sys.lseek(this.fd, 0, "current") - this.#unread.length + this.#pendingBytes;
  }
}

/** Not indexOf: it would look through the whole buffer for each of its lines. */
function carriageBefore(bytes: Uint8Array, end: number): number {
  for (let at = 0; at < end; at++) if (bytes[at] === 13) return at;
  return -1;
}

/** io.UnsupportedOperation: an OSError and a ValueError. */
export const unsupportedOperation = newType("UnsupportedOperation", "io", undefined, exceptions.OSError);
unsupportedOperation.mro = [unsupportedOperation, exceptions.OSError, exceptions.ValueError, ...exceptions.Exception.mro];
unsupportedOperation.hasDict = true;
