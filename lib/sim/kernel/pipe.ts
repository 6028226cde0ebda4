// Pipes and FIFOs (pipe(7), fifo(7)).

import { SysError } from "./errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "./open-file-description.ts";
import { O, POLL } from "./sys.ts";
import type { Path } from "./vfs/path.ts";
import { WaitQueue } from "./wait-queue.ts";

const PIPE_BUF = 4096;
const CAPACITY = 65536;

const EMPTY = new Uint8Array(0);

/** Bytes in the order written. Chunks are kept as they came: one copy in, none or one out. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #head = 0;
  #offset = 0;
  length = 0;

  /** Keeps a copy: the writer may use its array again. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.pushOwned(bytes.slice());
  }

  pushOwned(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.length += bytes.length;
  }

  shift(maxBytes: number): Uint8Array {
    const wanted = Math.min(maxBytes, this.length);
    if (wanted === 0) return EMPTY;
    const first = this.#chunks[this.#head] ?? EMPTY;
    const available = first.length - this.#offset;
    if (wanted <= available) {
      const part = first.subarray(this.#offset, this.#offset + wanted);
      this.#drop(wanted);
      return part;
    }
    const joined = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const chunk = this.#chunks[this.#head] ?? EMPTY;
      const part = chunk.subarray(this.#offset, Math.min(chunk.length, this.#offset + wanted - filled));
      joined.set(part, filled);
      filled += part.length;
      this.#drop(part.length);
    }
    return joined;
  }

  #drop(count: number): void {
    const chunk = this.#chunks[this.#head] ?? EMPTY;
    this.#offset += count;
    this.length -= count;
    if (this.#offset < chunk.length) return;
    this.#chunks[this.#head] = EMPTY;
    this.#head++;
    this.#offset = 0;
    if (this.#head === this.#chunks.length) {
      this.#chunks.length = 0;
      this.#head = 0;
    } else if (this.#head > 512) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.#offset = 0;
    this.length = 0;
  }
}

export class Pipe {
  readonly inode: number;
  readonly bytes = new ByteQueue();
  readonly waiters = new WaitQueue();
  readers = 0;
  writers = 0;
  /** How often each end was opened: an open that waits for the other end watches these. */
  readerOpens = 0;
  writerOpens = 0;

  constructor(inode: number) {
    this.inode = inode;
  }

  open(statusFlags: number, path: Path | undefined, onClose?: () => void): PipeEnd {
    return new PipeEnd(this, statusFlags, path, onClose);
  }
}

export class PipeEnd implements OpenFileDescription {
  readonly pipe: Pipe;
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label: string | undefined;
  references = 1;
  readonly #reads: boolean;
  readonly #writes: boolean;
  readonly #onClose: (() => void) | undefined;

  constructor(pipe: Pipe, statusFlags: number, path: Path | undefined, onClose: (() => void) | undefined) {
    this.pipe = pipe;
    this.statusFlags = statusFlags;
    this.path = path;
    this.label = path ? undefined : `pipe:[${pipe.inode}]`;
    this.#onClose = onClose;
    const access = statusFlags & O.ACCMODE;
    this.#reads = access !== O.WRONLY;
    this.#writes = access !== O.RDONLY;
    if (this.#reads) {
      pipe.readers++;
      pipe.readerOpens++;
    }
    if (this.#writes) {
      pipe.writers++;
      pipe.writerOpens++;
    }
    pipe.waiters.wake();
  }

  get waiters(): WaitQueue {
    return this.pipe.waiters;
  }

  read(_actor: Actor, maxBytes: number, position: number | undefined): Uint8Array | WouldBlock {
    if (position !== undefined) throw new SysError("ESPIPE");
    const pipe = this.pipe;
    if (pipe.bytes.length === 0) return pipe.writers === 0 || maxBytes === 0 ? EMPTY : WOULD_BLOCK;
    const bytes = pipe.bytes.shift(maxBytes);
    pipe.waiters.wake();
    return bytes;
  }

  write(_actor: Actor, bytes: Uint8Array, position: number | undefined): number | WouldBlock {
    if (position !== undefined) throw new SysError("ESPIPE");
    const pipe = this.pipe;
    if (pipe.readers === 0) throw new SysError("EPIPE");
    const room = CAPACITY - pipe.bytes.length;
    if (bytes.length <= PIPE_BUF ? room < bytes.length : room === 0) return WOULD_BLOCK;
    const count = Math.min(room, bytes.length);
    pipe.bytes.push(count === bytes.length ? bytes : bytes.subarray(0, count));
    pipe.waiters.wake();
    return count;
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    const pipe = this.pipe;
    let events = 0;
    if (this.#reads) {
      if (pipe.bytes.length > 0) events |= POLL.IN;
      if (pipe.writers === 0) events |= POLL.HUP;
    }
    if (this.#writes) {
      if (CAPACITY - pipe.bytes.length >= PIPE_BUF) events |= POLL.OUT;
      if (pipe.readers === 0) events |= POLL.ERR;
    }
    return events;
  }

  release(): void {
    const pipe = this.pipe;
    if (this.#reads) pipe.readers--;
    if (this.#writes) pipe.writers--;
    if (pipe.readers === 0 && pipe.writers === 0) pipe.bytes.clear();
    pipe.waiters.wake();
    this.#onClose?.();
  }

  ioctl(_actor: Actor, request: string): unknown {
    if (request === "FIONREAD") return this.pipe.bytes.length;
    throw new SysError("ENOTTY");
  }
}
