// HTTP/1.1 on a stream descriptor, as much as a local API needs (RFC 9112): requests and answers with Content-Length, chunked answers for
// streams, and Upgrade to a raw stream (docker's "hijack"). Used by the daemon and, through api/client.ts, by its clients.

import { type Blocking, decode, encode, type Sys } from "../../../kernel/sys.ts";

export interface HttpRequest {
  readonly method: string;
  /** with its query */
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface HttpHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/** The peer closed the connection in the middle of a message, or sent something that is not HTTP. */
export class HttpError extends Error {}

const reasons = new Map([[101, "UPGRADED"], [200, "OK"], [201, "Created"], [204, "No Content"], [304, "Not Modified"], [400, "Bad Request"], [403, "Forbidden"], [404, "Not Found"], [409, "Conflict"], [500, "Internal Server Error"], [503, "Service Unavailable"]]);

/** Buffered reading of one connection. */
export class HttpReader {
  readonly #sys: Sys;
  readonly #fd: number;
  #buffer: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  /** The same connection read by another thread: a call belongs to whoever makes it. */
  inThread(sys: Sys): HttpReader {
    const reader = new HttpReader(sys, this.#fd);
    reader.#buffer = this.#buffer;
    reader.#ended = this.#ended;
    return reader;
  }

  /** What comes next, behind the buffer; undefined at the end. */
  *#next(): Blocking<Uint8Array | undefined> {
    if (this.#ended) return undefined;
    const bytes = yield* this.#sys.read(this.#fd, 65_536);
    this.#ended = bytes.length === 0;
    return this.#ended ? undefined : bytes;
  }

  *#more(): Blocking<boolean> {
    const bytes = yield* this.#next();
    if (bytes === undefined) return false;
    this.#buffer = this.#buffer.length === 0 ? bytes : concatenate([this.#buffer, bytes]);
    return true;
  }

  /** A line without its CRLF; undefined at the end of the stream. */
  *line(): Blocking<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(10);
      if (end >= 0) {
        const line = decode(this.#buffer.subarray(0, end)).replace(/\r$/, "");
        this.#buffer = this.#buffer.subarray(end + 1);
        return line;
      }
      if (!(yield* this.#more())) return undefined;
    }
  }

  *exactly(length: number): Blocking<Uint8Array> {
    if (this.#buffer.length >= length) {
      const bytes = this.#buffer.slice(0, length);
      this.#buffer = this.#buffer.subarray(length);
      return bytes;
    }
    // joined once: a build's context has megabytes
    const parts = [this.#buffer];
    let got = this.#buffer.length;
    while (got < length) {
      const bytes = yield* this.#next();
      if (bytes === undefined) throw new HttpError("unexpected EOF");
      parts.push(bytes);
      got += bytes.length;
    }
    const all = concatenate(parts);
    this.#buffer = all.subarray(length);
    return all.slice(0, length);
  }

  *untilEnd(): Blocking<Uint8Array> {
    const parts = [this.#buffer];
    this.#buffer = new Uint8Array(0);
    for (let bytes = yield* this.#next(); bytes !== undefined; bytes = yield* this.#next()) parts.push(bytes);
    return concatenate(parts);
  }

  /** What is there, or else the next bytes; empty at the end. For upgraded connections. */
  *some(): Blocking<Uint8Array> {
    if (this.#buffer.length === 0) yield* this.#more();
    const bytes = this.#buffer;
    this.#buffer = new Uint8Array(0);
    return bytes;
  }

  *headers(): Blocking<Map<string, string>> {
    const headers = new Map<string, string>();
    for (;;) {
      const line = yield* this.line();
      if (line === undefined) throw new HttpError("unexpected EOF");
      if (line === "") return headers;
      const colon = line.indexOf(":");
      if (colon < 0) throw new HttpError("malformed MIME header line");
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }

  *body(headers: ReadonlyMap<string, string>): Blocking<Uint8Array> {
    if (headers.get("transfer-encoding") === "chunked") {
      const parts: Uint8Array[] = [];
      for (;;) {
        const chunk = yield* this.chunk();
        if (chunk.length === 0) return concatenate(parts);
        parts.push(chunk);
      }
    }
    const length = headers.get("content-length");
    return length === undefined ? new Uint8Array(0) : yield* this.exactly(Number(length));
  }

  /** One chunk of a chunked body; empty after the last. */
  *chunk(): Blocking<Uint8Array> {
    const size = yield* this.line();
    if (size === undefined) return new Uint8Array(0);
    const length = Number.parseInt(size, 16);
    if (Number.isNaN(length)) throw new HttpError("malformed chunked encoding");
    const bytes = yield* this.exactly(length);
    yield* this.line();
    return bytes;
  }

  /** Undefined when the peer closed between two requests. */
  *request(): Blocking<HttpRequest | undefined> {
    const first = yield* this.line();
    if (first === undefined) return undefined;
    const [method = "", target = "", version = ""] = first.split(" ");
    if (!version.startsWith("HTTP/")) throw new HttpError("malformed HTTP request");
    const headers = yield* this.headers();
    return { method, target, headers, body: yield* this.body(headers) };
  }

  *responseHead(): Blocking<HttpHead> {
    const first = yield* this.line();
    if (first === undefined) throw new HttpError("EOF");
    const match = /^HTTP\/1\.[01] (\d{3})/.exec(first);
    if (!match) throw new HttpError(`malformed HTTP response "${first}"`);
    return { status: Number(match[1]), headers: yield* this.headers() };
  }
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function* writeRequest(sys: Sys, fd: number, method: string, target: string, host: string, body: Uint8Array | undefined, headers: readonly (readonly [string, string])[] = []): Blocking<void> {
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers.map(([name, value]) => `${name}: ${value}`), `Content-Length: ${body?.length ?? 0}`, "", ""];
  yield* sys.write(fd, encode(lines.join("\r\n")));
  if (body && body.length > 0) yield* sys.write(fd, body);
}

export function* writeResponse(sys: Sys, fd: number, status: number, body: Uint8Array, type = "application/json", headers: readonly (readonly [string, string])[] = []): Blocking<void> {
  const length = status === 204 || status === 304 ? [] : [`Content-Type: ${type}`, `Content-Length: ${body.length}`];
  const lines = [`HTTP/1.1 ${status} ${reasons.get(status) ?? "Status"}`, ...length, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""];
  yield* sys.write(fd, concatenate([encode(lines.join("\r\n")), body]));
}

/** The answer to a request whose body comes bit by bit: call `chunk` for each and `end`. */
export function* startChunked(sys: Sys, fd: number, type: string): Blocking<{ chunk(bytes: Uint8Array): Blocking<void>; end(): Blocking<void> }> {
  yield* sys.write(fd, encode(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`));
  return {
    *chunk(bytes) {
      if (bytes.length > 0) yield* sys.write(fd, concatenate([encode(`${bytes.length.toString(16)}\r\n`), bytes, encode("\r\n")]));
    },
    *end() {
      yield* sys.write(fd, encode("0\r\n\r\n"));
    },
  };
}

export function* writeUpgrade(sys: Sys, fd: number): Blocking<void> {
  yield* sys.write(fd, encode("HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"));
}
