// One HTTP request of the docker API: what a handler gets, and the helpers by which it answers.

import { type Blocking, decode, encode, type Sys } from "../../../kernel/sys.ts";
import { type HttpRequest, startChunked, writeResponse, writeUpgrade } from "../api/http.ts";
import type { Engine } from "../engine.ts";

export interface Call {
  readonly engine: Engine;
  readonly sys: Sys;
  readonly fd: number;
  readonly request: HttpRequest;
  /** the captured parts of the path, decoded */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

export interface Route {
  readonly method: string;
  /** "/containers/*" with "*" for one part, "**" for the rest of the path up to the next fixed word */
  readonly pattern: string;
  readonly handle: (call: Call) => Blocking<void>;
}

export function* answerJson(call: Call, value: unknown, status = 200): Blocking<void> {
  yield* writeResponse(call.sys, call.fd, status, encode(`${JSON.stringify(value)}\n`));
}

export function* answerNothing(call: Call, status: 204 | 304 | 200 | 201 = 204): Blocking<void> {
  yield* writeResponse(call.sys, call.fd, status, new Uint8Array(0));
}

export function* answerBytes(call: Call, bytes: Uint8Array, type: string): Blocking<void> {
  yield* writeResponse(call.sys, call.fd, 200, bytes, type);
}

export function* answerError(sys: Sys, fd: number, status: number, message: string): Blocking<void> {
  yield* writeResponse(sys, fd, status, encode(`${JSON.stringify({ message })}\n`));
}

/** A body of JSON lines. */
export function* openStream(call: Call): Blocking<{ say(message: object): Blocking<void>; end(): Blocking<void> }> {
  const stream = yield* startChunked(call.sys, call.fd, "application/json");
  return {
    *say(message) {
      yield* stream.chunk(encode(`${JSON.stringify(message)}\r\n`));
    },
    end: stream.end,
  };
}

export function* upgrade(call: Call): Blocking<void> {
  yield* writeUpgrade(call.sys, call.fd);
}

export function bodyJson<T>(call: Call): T {
  const text = decode(call.request.body);
  return (text === "" ? {} : JSON.parse(text)) as T;
}

export function flag(call: Call, name: string): boolean {
  const value = call.query.get(name);
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

/** filters={"name":["a"]} or {"name":{"a":true}} */
export function filters(call: Call): ReadonlyMap<string, readonly string[]> {
  const text = call.query.get("filters");
  if (text === undefined || text === "") return new Map();
  const value = JSON.parse(text) as Record<string, readonly string[] | Record<string, boolean>>;
  return new Map(Object.entries(value).map(([key, list]) => [key, Array.isArray(list) ? list : Object.keys(list)]));
}
