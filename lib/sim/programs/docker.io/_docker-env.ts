// What the verbs of docker share: the daemon's address, output, error lines, exit statuses.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { ApiError, ConnectionFailed, request, requestJson, type Answer } from "../../daemons/docker/api/client.ts";
import type { CobraIo } from "../kit/cobra.ts";

export interface DockerEnv {
  readonly sys: Sys;
  readonly io: CobraIo;
  /** -H, --host */
  readonly host: string | undefined;
  /** --context, "" without */
  readonly context: string;
}

/** Ends the command with that status; what was to be said has been said. */
export class ExitWith extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

export function call(env: DockerEnv, method: string, target: string, body?: unknown): Blocking<Answer> {
  return request(env.sys, method, target, body, env.host);
}

export function callJson<T>(env: DockerEnv, method: string, target: string, body?: unknown): Blocking<T> {
  return requestJson<T>(env.sys, method, target, body, env.host);
}

const NO_SUCH = /^(No such (?:container|image|volume|network|exec instance|object)|get .*: no such volume|network .* not found)/;

/**
 * The line for a failed request. `notFound`: the object's kind when the verb says "Error: No such …: NAME" instead of the daemon's words.
 */
export function errorLine(error: unknown, notFound?: { readonly kind: string; readonly name: string }): string | undefined {
  if (error instanceof ConnectionFailed) return error.message;
  if (!(error instanceof ApiError)) return undefined;
  if (notFound && error.status === 404 && NO_SUCH.test(error.message)) return `Error: No such ${notFound.kind}: ${notFound.name}`;
  return `Error response from daemon: ${error.message}`;
}

/** Applies `action` to every name: what succeeded is printed in order, errors together at the end on standard error; status 1 then. */
export function* forEach(env: DockerEnv, names: readonly string[], action: (name: string) => Blocking<string | undefined>, notFound?: string, immediately = false): Blocking<number> {
  const errors: string[] = [];
  let failed = false;
  for (const name of names) {
    try {
      const shown = yield* action(name);
      if (shown !== undefined) yield* env.io.out(`${shown}\n`);
    } catch (error) {
      const line = errorLine(error, notFound === undefined ? undefined : { kind: notFound, name });
      if (line === undefined) throw error;
      failed = true;
      if (immediately) yield* env.io.err(`${line}\n`);
      else errors.push(line);
    }
  }
  if (errors.length > 0) yield* env.io.err(`${errors.join("\n")}\n`);
  return failed ? 1 : 0;
}

/** Most requests at a time (parallelOperation). */
const MOST_AT_ONCE = 50;

/** The same, all at once. */
export function* together(env: DockerEnv, names: readonly string[], action: (env: DockerEnv, name: string) => Blocking<string | undefined>, notFound?: string): Blocking<number> {
  const { sys } = env;
  const results: { readonly shown?: string | undefined; readonly error?: unknown }[] = [];
  for (let from = 0; from < names.length; from += MOST_AT_ONCE) {
    const [ended, end] = sys.pipe();
    const some = names.slice(from, from + MOST_AT_ONCE);
    for (const [index, name] of some.entries()) {
      sys.fork(function* one(thread) {
        try {
          results[from + index] = { shown: yield* action({ ...env, sys: thread }, name) };
        } catch (error) {
          results[from + index] = { error };
        }
        yield* thread.write(end, Uint8Array.of(1));
        return 0;
      }, { thread: true });
    }
    for (let left = some.length; left > 0;) left -= (yield* sys.read(ended, left)).length;
    sys.close(ended);
    sys.close(end);
  }
  return yield* forEach(env, [...names.keys()].map(String), function* (index) {
    const result = results[Number(index)];
    yield* sys.preempt();
    if (result !== undefined && "error" in result) throw result.error;
    return result?.shown;
  }, notFound);
}

export function part(text: string): string {
  return encodeURIComponent(text);
}

/** Names of images keep their slashes. */
export function imagePart(text: string): string {
  return text.split("/").map((one) => encodeURIComponent(one)).join("/");
}

export function query(entries: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const pairs = Object.entries(entries).flatMap(([key, value]) => (value === undefined || value === false || value === "" ? [] : [`${key}=${encodeURIComponent(value === true ? "1" : String(value))}`]));
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** -f NAME=VALUE … as the API's filters. */
export function filterQuery(values: readonly string[]): string | undefined {
  if (values.length === 0) return undefined;
  const filters = new Map<string, string[]>();
  for (const value of values) {
    const equals = value.indexOf("=");
    const name = (equals < 0 ? value : value.slice(0, equals)).trim().toLowerCase();
    filters.set(name, [...(filters.get(name) ?? []), equals < 0 ? "" : value.slice(equals + 1).trim()]);
  }
  return JSON.stringify(Object.fromEntries([...filters].map(([name, list]) => [name, Object.fromEntries(list.map((one) => [one, true]))])));
}

/** A bad filter is the client's own error. Undefined when all are NAME=VALUE. */
export function badFilter(values: readonly string[]): string | undefined {
  return values.find((value) => !value.includes("="));
}

export function* confirm(env: DockerEnv, warning: string): Blocking<boolean> {
  yield* env.io.out(`${warning}Are you sure you want to continue? [y/N] `);
  let line = "";
  for (;;) {
    const bytes = yield* env.sys.read(0, 1);
    const [byte] = bytes;
    if (byte === undefined || byte === 10) break;
    line += String.fromCharCode(byte);
  }
  return /^y(es)?$/i.test(line.trim());
}

export function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch {
    return false;
  }
}

export function* write(env: DockerEnv, fd: number, text: string): Blocking<void> {
  yield* env.sys.write(fd, encode(text));
}
