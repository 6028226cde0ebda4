// The one session pool of this process. It lives in a registry of globalThis, because bundles do not share modules.
import type { SessionPool } from "../session/door.ts";

const key = Symbol.for("hote.sessions");
const shared: { [key: symbol]: unknown } = globalThis;

function isPool(value: unknown): value is SessionPool {
  return typeof value === "object" && value !== null && "attach" in value && "recording" in value && "stop" in value;
}

export function setSessionPool(pool: SessionPool): void {
  shared[key] = pool;
}

export function sessionPool(): SessionPool {
  const pool = shared[key];
  if (!isPool(pool)) throw new Error("the session pool has not been started");
  return pool;
}
