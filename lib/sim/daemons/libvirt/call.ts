// A call of a client, as handlers get it.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Engine } from "./engine.ts";

export interface Call {
  readonly engine: Engine;
  readonly sys: Sys;
  /** the client's connection */
  readonly fd: number;
  text(name: string): string;
  optional(name: string): string | undefined;
  number(name: string): number;
  flag(name: string): boolean;
}

export type Handler = (call: Call) => Blocking<unknown>;

export type Handlers = ReadonlyMap<string, { readonly run: Handler; readonly changes: boolean }>;

/** Those that only look are open to everybody. */
export function handlers(looking: Readonly<Record<string, Handler>>, changing: Readonly<Record<string, Handler>>): Handlers {
  const found = new Map<string, { readonly run: Handler; readonly changes: boolean }>();
  for (const [name, run] of Object.entries(looking)) found.set(name, { run, changes: false });
  for (const [name, run] of Object.entries(changing)) found.set(name, { run, changes: true });
  return found;
}
