// Health checks: the test runs in the container every interval; three failures in a row (or as configured) make it unhealthy.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { StoredContainer } from "./container.ts";
import type { Engine } from "./engine.ts";
import { runProbe } from "./exec-process.ts";

const DEFAULT_INTERVAL_NS = 30e9;
const DEFAULT_TIMEOUT_NS = 30e9;
const DEFAULT_RETRIES = 3;
const KEPT_RESULTS = 5;

/** Runs in a thread of the daemon while the container's process `pid` lives. */
export function* watchHealth(engine: Engine, sys: Sys, container: StoredContainer, pid: number): Blocking<number> {
  const config = container.Config.Healthcheck;
  const test = config?.Test ?? [];
  const argv = test[0] === "CMD-SHELL" ? ["/bin/sh", "-c", test.slice(1).join(" ")] : test.slice(1);
  const intervalUs = (config?.Interval || DEFAULT_INTERVAL_NS) / 1000;
  const timeoutUs = (config?.Timeout || DEFAULT_TIMEOUT_NS) / 1000;
  const retries = config?.Retries || DEFAULT_RETRIES;
  const startedUs = sys.clockUs("monotonic");
  const startPeriodUs = (config?.StartPeriod ?? 0) / 1000;
  for (;;) {
    yield* sys.sleep(intervalUs);
    const alive = () => container.State.Running && container.State.Pid === pid && engine.containers.has(container.Id);
    if (!alive()) return 0;
    if (container.State.Paused) continue;
    const Start = engine.now(sys);
    const result = yield* runProbe(engine, sys, container, argv, timeoutUs);
    const health = container.State.Health;
    if (!alive() || !health) return 0;
    health.Log.push({ Start, End: engine.now(sys), ExitCode: result.status, Output: result.output });
    if (health.Log.length > KEPT_RESULTS) health.Log.shift();
    const before = health.Status;
    if (result.status === 0) {
      health.FailingStreak = 0;
      health.Status = "healthy";
    } else if (sys.clockUs("monotonic") - startedUs >= startPeriodUs || health.Status === "healthy") {
      health.FailingStreak++;
      if (health.FailingStreak >= retries) health.Status = "unhealthy";
    }
    if (before !== health.Status) yield* engine.emitContainer(sys, `health_status: ${health.Status}`, container);
    yield* engine.save(sys, container);
  }
}
