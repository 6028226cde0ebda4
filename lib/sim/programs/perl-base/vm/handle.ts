// File handles (perlio(3)): buffered reading and writing over descriptors, in-memory files, directories, pipes to commands.

import { decode, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import { text } from "../values/convert.ts";
import type { Run, Scalar } from "../values/value.ts";

const CHUNK_BYTES = 8192;

export class Handle {
  fd: number;
  readonly name: string;
  reads: boolean;
  writes: boolean;
  isOpen = true;
  utf8 = false;
  crlf = false;
  autoflush = false;
  lineBuffered = false;
  /** bytes read and not yet taken, one character each */
  input = "";
  inputAt = 0;
  atEnd = false;
  output = "";
  /** $. */
  lines = 0;
  lineWasRead = false;
  /** the other end: close waits for it */
  pid: number | undefined;
  memory: Scalar | undefined;
  memoryAt = 0;
  entries: string[] | undefined;
  entryAt = 0;
  path = "";
  isSocket = false;
  failed = false;

  constructor(fd: number, name: string, reads: boolean, writes: boolean) {
    this.fd = fd;
    this.name = name;
    this.reads = reads;
    this.writes = writes;
  }

  /** False at the end of the file. */
  *fill(sys: Sys): Run<boolean> {
    if (this.memory) {
      const all = text(this.memory.v);
      if (this.memoryAt >= all.length) return false;
      this.input = this.input.slice(this.inputAt) + all.slice(this.memoryAt);
      this.inputAt = 0;
      this.memoryAt = all.length;
      return true;
    }
    if (this.atEnd && !this.isTerminal) return false;
    const bytes = yield* sys.read(this.fd, CHUNK_BYTES);
    if (bytes.length === 0) {
      this.atEnd = true;
      return false;
    }
    this.input = this.input.slice(this.inputAt) + latin1(bytes);
    this.inputAt = 0;
    return true;
  }

  isTerminal = false;

  /** A line by the separator ($/): undefined slurps, "" reads paragraphs, a number reads records. */
  *readLine(sys: Sys, separator: string | undefined | number): Run<string | undefined> {
    if (typeof separator === "number") return this.#taken(yield* this.readBytes(sys, separator));
    if (separator === undefined) {
      const first = this.inputAt;
      while (yield* this.fill(sys));
      const rest = this.input.slice(this.inputAt);
      const had = this.lineWasRead;
      this.lineWasRead = true;
      this.input = "";
      this.inputAt = 0;
      if (rest === "" && (had || first < 0)) return undefined;
      this.lines++;
      return this.decoded(rest);
    }
    const paragraph = separator === "";
    const mark = paragraph ? "\n\n" : this.utf8 ? latin1(encode(separator)) : separator;
    if (paragraph) {
      for (;;) {
        while (this.input.charAt(this.inputAt) === "\n") this.inputAt++;
        if (this.inputAt < this.input.length || !(yield* this.fill(sys))) break;
      }
    }
    let from = this.inputAt;
    for (;;) {
      const found = this.input.indexOf(mark, from);
      if (found >= 0) {
        const line = this.input.slice(this.inputAt, found + mark.length);
        this.inputAt = found + mark.length;
        if (paragraph) {
          for (;;) {
            while (this.input.charAt(this.inputAt) === "\n") this.inputAt++;
            if (this.inputAt < this.input.length || !(yield* this.fill(sys))) break;
          }
        }
        return this.#taken(line);
      }
      const known = this.input.length - this.inputAt;
      if (!(yield* this.fill(sys))) {
        const rest = this.input.slice(this.inputAt);
        this.input = "";
        this.inputAt = 0;
        return this.#taken(rest);
      }
      from = Math.max(0, this.inputAt + known - mark.length + 1);
    }
  }

  #taken(line: string): string | undefined {
    if (line === "") return undefined;
    this.lines++;
    this.lineWasRead = true;
    return this.decoded(line);
  }

  decoded(bytes: string): string {
    const plain = this.crlf ? bytes.replaceAll("\r\n", "\n") : bytes;
    return this.utf8 ? decode(bytesOfLatin1(plain)) : plain;
  }

  *readBytes(sys: Sys, count: number): Run<string> {
    while (this.input.length - this.inputAt < count && (yield* this.fill(sys)));
    const taken = this.input.slice(this.inputAt, this.inputAt + count);
    this.inputAt += taken.length;
    return taken;
  }

  *isAtEnd(sys: Sys): Run<boolean> {
    return this.inputAt >= this.input.length && !(yield* this.fill(sys));
  }

  /** Puts into the buffer; true when it should be flushed. `wide` is told once for characters that are no bytes. */
  put(data: string, wide: () => void): boolean {
    let bytes = data;
    if (this.utf8) bytes = /^[\0-\x7f]*$/.test(data) ? data : latin1(encode(data));
    else if (/[^\0-\xff]/.test(data)) {
      wide();
      bytes = latin1(encode(data));
    }
    if (this.crlf) bytes = bytes.replaceAll("\n", "\r\n");
    if (this.memory) {
      const all = text(this.memory.v);
      this.memory.v = all.slice(0, this.memoryAt).padEnd(this.memoryAt, "\0") + bytes + all.slice(this.memoryAt + bytes.length);
      this.memoryAt += bytes.length;
      return false;
    }
    this.output += bytes;
    return this.autoflush || this.output.length >= CHUNK_BYTES || (this.lineBuffered && bytes.includes("\n"));
  }

  /** Throws SysError. */
  *flush(sys: Sys): Run<void> {
    if (this.output === "") return;
    const bytes = bytesOfLatin1(this.output);
    this.output = "";
    yield* sys.write(this.fd, bytes);
  }

  tell(sys: Sys): number {
    if (this.memory) return this.memoryAt - (this.input.length - this.inputAt);
    try {
      return sys.lseek(this.fd, 0, "current") - (this.input.length - this.inputAt) + this.output.length;
    } catch (error) {
      if (error instanceof SysError) return -1;
      throw error;
    }
  }
}
