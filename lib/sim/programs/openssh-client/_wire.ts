// What ssh and sshd of the simulation say to each other on their TCP connection: the identification line of RFC 4253 section 4.2, then messages of four
// bytes of length, one byte of type and the body. Nothing is encrypted: nobody in the simulation reads the wire but tcpdump, which shows lengths.
import { type Blocking, concatBytes, decode, encode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";

export const VERSION = "OpenSSH_9.2p1 Debian-2+deb12u10";
export const IDENTIFICATION = `SSH-2.0-${VERSION}`;

/** Numbers of RFC 4250 where the message exists there. */
export const MESSAGE = {
  DISCONNECT: 1, SERVICE: 5, KEYS: 20, AUTH: 50, AUTH_FAILURE: 51, AUTH_SUCCESS: 52, BANNER: 53, KEY_OK: 60,
  SESSION: 90, REFUSED: 92, DATA: 94, ERROR_DATA: 95, END: 96, CLOSE: 97, WINDOW: 98, SIGNAL: 99,
  CHANNEL_OPEN: 100, CHANNEL_OPENED: 101, CHANNEL_FAILED: 102, CHANNEL_DATA: 103, CHANNEL_EOF: 104, CHANNEL_CLOSE: 105, FORWARD: 106, FORWARDED: 107, FORWARD_FAILED: 108,
} as const;

export interface Message {
  readonly type: number;
  readonly body: Uint8Array;
}

export interface KeysMessage {
  /** host keys as public lines */
  readonly keys: readonly string[];
  /** random, so that no proof of one connection counts in another */
  readonly cookie: string;
}

export interface AuthMessage {
  readonly user: string;
  readonly method: "none" | "publickey" | "password" | "keyboard-interactive";
  /** publickey: the public line; without a signature it only asks whether the key would do */
  readonly key?: string;
  /** over proofData, in base64 */
  readonly signature?: string;
  readonly password?: string;
}

export interface FailureMessage {
  readonly methods: readonly string[];
}

export interface SessionMessage {
  readonly terminal?: { readonly name: string; readonly rows: number; readonly cols: number };
  readonly environment: Readonly<Record<string, string>>;
  /** undefined: the login shell */
  readonly command?: string;
  readonly subsystem?: string;
}

export interface CloseMessage {
  readonly status?: number;
  readonly signal?: string;
}

export interface WindowMessage {
  readonly rows: number;
  readonly cols: number;
}

/** All of it, whatever signals come; false when nobody takes it any more. */
export function* writeWhole(sys: Sys, fd: number, bytes: Uint8Array): Blocking<boolean> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += yield* sys.write(fd, bytes.subarray(at));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") return false;
    }
  }
  return true;
}

/** One end of a connection: reads and writes whole messages. */
export class Wire {
  readonly sys: Sys;
  readonly fd: number;
  #buffered: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(sys: Sys, fd: number) {
    this.sys = sys;
    this.fd = fd;
  }

  /** Reads once what is there; false at the end of the stream. */
  *fill(): Blocking<boolean> {
    let bytes: Uint8Array;
    try {
      bytes = yield* this.sys.read(this.fd, 65_536);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR" || error.errno === "EAGAIN") throw error;
      bytes = new Uint8Array(0);
    }
    if (bytes.length === 0) this.#ended = true;
    else this.#buffered = this.#buffered.length === 0 ? bytes : concatBytes([this.#buffered, bytes]);
    return bytes.length > 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The next whole message that was read already. */
  take(): Message | undefined {
    if (this.#buffered.length < 5) return undefined;
    const [a = 0, b = 0, c = 0, d = 0, type = 0] = this.#buffered;
    const length = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (this.#buffered.length < 5 + length) return undefined;
    const body = this.#buffered.slice(5, 5 + length);
    this.#buffered = this.#buffered.subarray(5 + length);
    return { type, body };
  }

  /** Waits for a message; undefined when the other end is gone. */
  *next(): Blocking<Message | undefined> {
    for (;;) {
      const message = this.take();
      if (message) return message;
      if (this.#ended) return undefined;
      yield* this.fill();
    }
  }

  /** The line that each side begins with; undefined when the other end is gone or speaks something else for 8 KiB. */
  *identification(): Blocking<string | undefined> {
    for (;;) {
      const end = this.#buffered.indexOf(10);
      if (end >= 0) {
        const line = decode(this.#buffered.subarray(0, end)).replace(/\r$/, "");
        this.#buffered = this.#buffered.subarray(end + 1);
        return line;
      }
      if (this.#buffered.length > 8192 || !(yield* this.fill())) return undefined;
    }
  }

  /** False when the other end is gone. */
  *send(type: number, body: Uint8Array | object): Blocking<boolean> {
    const bytes = body instanceof Uint8Array ? body : encode(JSON.stringify(body));
    const { length } = bytes;
    return yield* this.raw(concatBytes([Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length, type), bytes]));
  }

  /** A signal on the way (SIGCHLD, SIGWINCH) stays for takeSignals: half a message would put the other end out of step. */
  *raw(bytes: Uint8Array): Blocking<boolean> {
    return yield* writeWhole(this.sys, this.fd, bytes);
  }

  /** Whether a message of a few KiB can be sent without waiting. Who waits to send while the other end does the same waits for ever. */
  *writable(): Blocking<boolean> {
    return (yield* this.sys.poll([{ fd: this.fd, events: POLL.OUT }], 0)).length > 0;
  }

  /** Waits until the other end has closed: a socket that is closed with data still coming in would take back what it sent. */
  *untilClosed(): Blocking<void> {
    while (!this.#ended) {
      try {
        yield* this.fill();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (this.sys.takeSignals().some((signal) => signal === SIGNALS.TERM || signal === SIGNALS.HUP || signal === SIGNALS.INT)) return;
      }
      this.#buffered = new Uint8Array(0);
    }
  }
}

/** The body as an object; {} when it is none. Both ends are ours: the shape is the sender's. */
export function bodyOf<T extends object>(message: Message): Partial<T> {
  try {
    const value: unknown = JSON.parse(decode(message.body));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
