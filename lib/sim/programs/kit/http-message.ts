// HTTP/1.1 over a simulated stream (RFC 9112), for curl, wget, busybox and the web servers. Over port 443 the same is spoken: TLS is not simulated.

import { type Blocking, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";

export interface HttpHead {
  /** "HTTP/1.1 200 OK" or "GET / HTTP/1.1" */
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export const headerOf = (head: HttpHead, name: string): string | undefined =>
  head.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

export function parseHead(text: string): HttpHead {
  const [startLine = "", ...lines] = text.split(/\r?\n/);
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  return { startLine, headers };
}

/** Buffered reading of one connection. */
export class HttpReader {
  readonly #sys: Sys;
  readonly #fd: number;
  #pending: Uint8Array = new Uint8Array(0);
  ended = false;

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  *#more(): Blocking<boolean> {
    if (this.ended) return false;
    const bytes = yield* this.#sys.read(this.#fd, 65536);
    if (bytes.length === 0) {
      this.ended = true;
      return false;
    }
    const joined = new Uint8Array(this.#pending.length + bytes.length);
    joined.set(this.#pending);
    joined.set(bytes, this.#pending.length);
    this.#pending = joined;
    if (this.#sys.charge(2 + (bytes.length >> 9))) yield* this.#sys.preempt();
    return true;
  }

  /** The text up to the empty line; undefined when the other end closed before it. */
  *head(limitBytes = 65536): Blocking<HttpHead | undefined> {
    for (let from = 0; ; ) {
      const end = endOfHead(this.#pending, from);
      if (end !== undefined) {
        const text = decode(this.#pending.subarray(0, end.text));
        this.#pending = this.#pending.slice(end.next);
        return parseHead(text);
      }
      if (this.#pending.length > limitBytes) return undefined;
      from = Math.max(0, this.#pending.length - 4);
      if (!(yield* this.#more())) return undefined;
    }
  }

  /** Bytes have come that nobody has read. */
  get hasMore(): boolean {
    return this.#pending.length > 0;
  }

  /** At least one byte and at most that many; empty at the end. */
  *some(maxBytes: number): Blocking<Uint8Array> {
    if (this.#pending.length === 0 && !(yield* this.#more())) return new Uint8Array(0);
    const part = this.#pending.slice(0, maxBytes);
    this.#pending = this.#pending.slice(part.length);
    return part;
  }

  *line(): Blocking<string> {
    for (;;) {
      const at = this.#pending.indexOf(10);
      if (at >= 0) {
        const text = decode(this.#pending.subarray(0, at)).replace(/\r$/, "");
        this.#pending = this.#pending.slice(at + 1);
        return text;
      }
      if (!(yield* this.#more())) return "";
    }
  }
}

function endOfHead(bytes: Uint8Array, from: number): { readonly text: number; readonly next: number } | undefined {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== 10) continue;
    if (bytes[at + 1] === 10) return { text: at, next: at + 2 };
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { text: bytes[at - 1] === 13 ? at - 1 : at, next: at + 3 };
  }
  return undefined;
}

/** The parts of a body: by its length, in chunks, or until the end of the connection. `complete` tells whether all of it came. */
export class HttpBody {
  readonly #reader: HttpReader;
  readonly lengthBytes: number | undefined;
  readonly #chunked: boolean;
  #left: number;
  #done: boolean;
  complete = false;

  constructor(reader: HttpReader, head: HttpHead, options: { readonly none?: boolean; readonly request?: boolean } = {}) {
    this.#reader = reader;
    this.#chunked = /chunked/i.test(headerOf(head, "Transfer-Encoding") ?? "");
    const length = headerOf(head, "Content-Length");
    this.lengthBytes = this.#chunked || length === undefined || !/^\d+$/.test(length) ? undefined : Number(length);
    this.#left = this.lengthBytes ?? 0;
    this.#done = options.none === true || (options.request === true && this.lengthBytes === undefined && !this.#chunked);
    if (this.#done) this.complete = true;
  }

  /** Empty at the end. */
  *read(): Blocking<Uint8Array> {
    if (this.#done) return new Uint8Array(0);
    if (this.#chunked) {
      if (this.#left === 0) {
        const size = Number.parseInt((yield* this.#reader.line()) || "0", 16);
        if (!(size > 0)) {
          yield* this.#reader.line();
          this.#done = true;
          this.complete = true;
          return new Uint8Array(0);
        }
        this.#left = size;
      }
      const part = yield* this.#reader.some(this.#left);
      this.#left -= part.length;
      if (part.length === 0) this.#done = true;
      else if (this.#left === 0) yield* this.#reader.line();
      return part;
    }
    if (this.lengthBytes === undefined) {
      const part = yield* this.#reader.some(65536);
      if (part.length === 0) {
        this.#done = true;
        this.complete = true;
      }
      return part;
    }
    if (this.#left === 0) {
      this.#done = true;
      this.complete = true;
      return new Uint8Array(0);
    }
    const part = yield* this.#reader.some(this.#left);
    this.#left -= part.length;
    if (part.length === 0) this.#done = true;
    return part;
  }
}

export interface Url {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  /** with the query, without the fragment; at least "/" */
  readonly path: string;
}

/** Undefined when it is none. "host/path" is http. */
export function parseUrl(text: string): Url | undefined {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[0-9A-Fa-f:.]+\]|[^:/?#]+)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/.exec(text);
  if (!match) return undefined;
  const scheme = (match[1] ?? "http").toLowerCase();
  const port = match[4] ? Number(match[4]) : scheme === "https" ? 443 : scheme === "ftp" ? 21 : 80;
  if (port > 65535) return undefined;
  const path = match[5] ?? "/";
  return { scheme, user: match[2], host: (match[3] ?? "").replace(/^\[|\]$/g, ""), port, path: path.startsWith("/") ? path : `/${path}` };
}

export function hostHeader(url: Url): string {
  const host = url.host.includes(":") ? `[${url.host}]` : url.host;
  return url.port === (url.scheme === "https" ? 443 : 80) ? host : `${host}:${url.port}`;
}

/** Location relative to what was asked (RFC 3986, as far as web servers use it). */
export function resolveUrl(base: Url, location: string): Url | undefined {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return parseUrl(location);
  if (location.startsWith("/")) return { ...base, path: location };
  return { ...base, path: base.path.replace(/[^/]*$/, "") + location };
}

export const urlText = (url: Url): string => `${url.scheme}://${hostHeader(url)}${url.path}`;

/** connect(2) with a limit. Throws SysError; ETIMEDOUT when the limit is over. */
export function* connectStream(sys: Sys, address: string, port: number, timeoutUs: number | undefined): Blocking<number> {
  const family = address.includes(":") ? "inet6" : "inet";
  const fd = sys.socket(family, "stream");
  try {
    if (timeoutUs !== undefined) sys.setsockopt(fd, "sndtimeo", timeoutUs);
    yield* sys.connect(fd, { family, address, port });
    return fd;
  } catch (error) {
    sys.close(fd);
    if (error instanceof SysError && (error.errno === "EINPROGRESS" || error.errno === "EAGAIN")) throw new SysError("ETIMEDOUT");
    throw error;
  }
}

export function* writeAll(sys: Sys, fd: number, bytes: Uint8Array): Blocking<void> {
  for (let at = 0; at < bytes.length; ) at += yield* sys.write(fd, at === 0 ? bytes : bytes.subarray(at));
}

export function* sendText(sys: Sys, fd: number, text: string): Blocking<void> {
  yield* writeAll(sys, fd, encode(text));
}
