// How a client talks to the docker daemon: HTTP on the socket that DOCKER_HOST or the context names. Errors carry what the CLI prints.

import { type Blocking, decode, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { HttpError, type HttpHead, HttpReader, writeRequest } from "./http.ts";

export const DEFAULT_HOST = "unix:///var/run/docker.sock";
/** What the client says before it could ask the daemon for its version. */
const UNNEGOTIATED = "/v1.24";
const VERSION = "/v1.41";

/** The daemon answered with an error; `message` is its text. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nobody to talk to; `message` is the whole line that docker prints. */
export class ConnectionFailed extends Error {
  readonly permission: boolean;
  constructor(message: string, permission: boolean) {
    super(message);
    this.permission = permission;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** A connection that has become a raw two-way stream. */
export interface Hijacked {
  readonly fd: number;
  readonly reader: HttpReader;
}

function hostOf(sys: Sys, host: string | undefined): string {
  return host ?? sys.environment.get("DOCKER_HOST") ?? DEFAULT_HOST;
}

/** Goes to the daemon; throws ConnectionFailed. `method` and `target` stand in the message of a refused permission. */
export function* connect(sys: Sys, method: string, target: string, chosenHost?: string): Blocking<number> {
  const host = hostOf(sys, chosenHost);
  const unix = /^unix:\/\/(.*)$/.exec(host);
  const tcp = /^tcp:\/\/([^:/]+):(\d+)/.exec(host);
  if (unix) {
    const path = unix[1] ?? "";
    const fd = sys.socket("unix", "stream");
    try {
      yield* sys.connect(fd, { family: "unix", path });
      return fd;
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EACCES") {
        const escaped = encodeURIComponent(path);
        throw new ConnectionFailed(`permission denied while trying to connect to the Docker daemon socket at ${host}: ${titleCase(method)} "http://${escaped}${UNNEGOTIATED}${target}": dial unix ${path}: connect: permission denied`, true);
      }
      throw new ConnectionFailed(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`, false);
    }
  }
  if (tcp) {
    const fd = sys.socket("inet", "stream");
    try {
      const name = tcp[1] ?? "";
      yield* sys.connect(fd, { family: "inet", address: name === "localhost" ? "127.0.0.1" : name, port: Number(tcp[2]) });
      return fd;
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      throw new ConnectionFailed(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`, false);
    }
  }
  throw new ConnectionFailed(`unable to parse docker host \`${host}\``, false);
}

function titleCase(method: string): string {
  return method.charAt(0) + method.slice(1).toLowerCase();
}

function* exchange(sys: Sys, fd: number, method: string, target: string, body: Uint8Array | undefined, type: string): Blocking<{ head: HttpHead; reader: HttpReader }> {
  yield* writeRequest(sys, fd, method, `${VERSION}${target}`, "docker", body, body ? [["Content-Type", type]] : []);
  const reader = new HttpReader(sys, fd);
  return { head: yield* reader.responseHead(), reader };
}

function errorOf(status: number, body: Uint8Array): ApiError {
  const text = decode(body);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "message" in value) return new ApiError(status, String(value.message));
  } catch {
    // not JSON: the text itself is the message
  }
  return new ApiError(status, text.trim());
}

/** One request, one answer. `body`: a JSON value, or bytes as they are. Errors: ApiError (status >= 400), ConnectionFailed. */
export function* request(sys: Sys, method: string, target: string, body?: unknown, chosenHost?: string): Blocking<Answer> {
  const fd = yield* connect(sys, method, target, chosenHost);
  try {
    const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : encode(JSON.stringify(body));
    const { head, reader } = yield* exchange(sys, fd, method, target, bytes, body instanceof Uint8Array ? "application/x-tar" : "application/json");
    const answer = yield* reader.body(head.headers);
    if (head.status >= 400) throw errorOf(head.status, answer);
    return { status: head.status, body: answer };
  } catch (error) {
    if (error instanceof HttpError || (error instanceof SysError && (error.errno === "EPIPE" || error.errno === "ECONNRESET"))) {
      throw new ConnectionFailed(`error during connect: ${titleCase(method)} "http://${encodeURIComponent("/var/run/docker.sock")}${VERSION}${target}": EOF`, false);
    }
    throw error;
  } finally {
    sys.close(fd);
  }
}

/** The same, with the JSON read. The caller knows the shape that the daemon answers. */
export function* requestJson<T>(sys: Sys, method: string, target: string, body?: unknown, chosenHost?: string): Blocking<T> {
  const answer = yield* request(sys, method, target, body, chosenHost);
  return JSON.parse(decode(answer.body)) as T;
}

/** A request whose answer comes in lines of JSON (build, pull): `each` sees every message as it arrives. */
export function* requestStream(sys: Sys, method: string, target: string, body: unknown, each: (message: StreamMessage) => Blocking<void>, chosenHost?: string): Blocking<void> {
  const fd = yield* connect(sys, method, target, chosenHost);
  try {
    const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : encode(JSON.stringify(body));
    const { head, reader } = yield* exchange(sys, fd, method, target, bytes, body instanceof Uint8Array ? "application/x-tar" : "application/json");
    if (head.status >= 400) throw errorOf(head.status, yield* reader.body(head.headers));
    let rest = "";
    for (;;) {
      const chunk = yield* reader.chunk();
      rest += decode(chunk);
      const lines = rest.split("\n");
      rest = chunk.length === 0 ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line.trim() !== "") yield* each(JSON.parse(line) as StreamMessage);
      if (chunk.length === 0) return;
    }
  } finally {
    sys.close(fd);
  }
}

/** Bytes as they come (logs, events): `each` sees every chunk. */
export function* requestChunks(sys: Sys, method: string, target: string, each: (bytes: Uint8Array) => Blocking<void>, chosenHost?: string): Blocking<void> {
  const fd = yield* connect(sys, method, target, chosenHost);
  try {
    const { head, reader } = yield* exchange(sys, fd, method, target, undefined, "");
    if (head.status >= 400) throw errorOf(head.status, yield* reader.body(head.headers));
    if (head.headers.get("transfer-encoding") !== "chunked") {
      const whole = yield* reader.body(head.headers);
      if (whole.length > 0) yield* each(whole);
      return;
    }
    for (;;) {
      const chunk = yield* reader.chunk();
      if (chunk.length === 0) return;
      yield* each(chunk);
    }
  } finally {
    sys.close(fd);
  }
}

/** Attach and exec: the connection turns into the container's streams. The caller closes `fd`. */
export function* hijack(sys: Sys, target: string, body: unknown, chosenHost?: string): Blocking<Hijacked> {
  const fd = yield* connect(sys, "POST", target, chosenHost);
  const bytes = encode(JSON.stringify(body ?? {}));
  yield* writeRequest(sys, fd, "POST", `${VERSION}${target}`, "docker", bytes, [["Content-Type", "application/json"], ["Connection", "Upgrade"], ["Upgrade", "tcp"]]);
  const reader = new HttpReader(sys, fd);
  const head = yield* reader.responseHead();
  if (head.status >= 400) {
    const error = errorOf(head.status, yield* reader.body(head.headers));
    sys.close(fd);
    throw error;
  }
  return { fd, reader };
}

/** A line of a build's or pull's answer. */
export interface StreamMessage {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly progress?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly code?: number; readonly message: string };
  readonly aux?: { readonly ID?: string; readonly Tag?: string; readonly Digest?: string; readonly Size?: number };
}

/** stdcopy's frames of a stream without terminal: 1 stdout, 2 stderr. */
export function* readFrames(reader: HttpReader, each: (stream: 1 | 2, bytes: Uint8Array) => Blocking<void>): Blocking<void> {
  for (;;) {
    let head: Uint8Array;
    try {
      head = yield* reader.exactly(8);
    } catch (error) {
      if (error instanceof HttpError) return;
      throw error;
    }
    const length = new DataView(head.buffer, head.byteOffset).getUint32(4);
    yield* each(head[0] === 2 ? 2 : 1, yield* reader.exactly(length));
  }
}

export function frame(stream: 1 | 2, bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(8 + bytes.length);
  framed[0] = stream;
  new DataView(framed.buffer).setUint32(4, bytes.length);
  framed.set(bytes, 8);
  return framed;
}
