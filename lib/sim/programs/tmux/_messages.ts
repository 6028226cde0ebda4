// What tmux's client and server (and screen's) say to each other on their socket: a byte of kind, four of length, the body.
import { type Blocking, concatBytes, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";

export const KIND = { COMMAND: 1, INPUT: 2, SIZE: 3, OUTPUT: 4, REPLY: 5, ATTACHED: 6, EXIT: 7 } as const;

export interface CommandMessage {
  readonly words: readonly string[];
  /** the terminal's device, "" when there is none */
  readonly tty: string;
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string])[];
  readonly rows: number;
  readonly columns: number;
  readonly terminal: boolean;
}

export interface ReplyMessage {
  readonly out: string;
  readonly error: string;
  readonly status: number;
}

export class MessagePort {
  readonly sys: Sys;
  readonly fd: number;
  #buffered: Uint8Array = new Uint8Array(0);
  ended = false;

  constructor(sys: Sys, fd: number) {
    this.sys = sys;
    this.fd = fd;
  }

  *fill(): Blocking<void> {
    let bytes: Uint8Array;
    try {
      bytes = yield* this.sys.read(this.fd, 65_536);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      bytes = new Uint8Array(0);
    }
    if (bytes.length === 0) this.ended = true;
    else this.#buffered = this.#buffered.length === 0 ? bytes : concatBytes([this.#buffered, bytes]);
  }

  take(): { readonly kind: number; readonly body: Uint8Array } | undefined {
    if (this.#buffered.length < 5) return undefined;
    const length = new DataView(this.#buffered.buffer, this.#buffered.byteOffset).getUint32(1);
    if (this.#buffered.length < 5 + length) return undefined;
    const message = { kind: this.#buffered[0] ?? 0, body: this.#buffered.slice(5, 5 + length) };
    this.#buffered = this.#buffered.slice(5 + length);
    return message;
  }

  *send(kind: number, body: Uint8Array | string | object): Blocking<boolean> {
    const bytes = body instanceof Uint8Array ? body : encode(typeof body === "string" ? body : JSON.stringify(body));
    const head = new Uint8Array(5);
    head[0] = kind;
    new DataView(head.buffer).setUint32(1, bytes.length);
    try {
      yield* this.sys.write(this.fd, concatBytes([head, bytes]));
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
}

export function parsed<T>(body: Uint8Array): Partial<T> {
  try {
    const value: unknown = JSON.parse(decode(body));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
