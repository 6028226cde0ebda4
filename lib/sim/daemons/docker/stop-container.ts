// stop, kill, restart, pause: signals to a container's first process and waiting for its end.

import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import type { StoredContainer } from "./container.ts";
import { closeQuietly } from "./container-io.ts";
import { type Engine, EngineError } from "./engine.ts";

/** Docker's default for a container without a stop timeout of its own. */
const STOP_TIMEOUT_SECONDS = 10;

/** "TERM", "SIGTERM", "15" → 15. Errors: EngineError 400. */
export function signalNumber(text: string): number {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number > 0 && number <= 64) return number;
  } else {
    const name = text.toUpperCase().replace(/^SIG/, "");
    const found = Object.entries(SIGNALS).find(([known]) => known === name);
    if (found) return found[1];
    const realTime = /^RTMIN(?:\+(\d+))?$/.exec(name);
    if (realTime) return 34 + Number(realTime[1] ?? 0);
  }
  throw new EngineError(400, `Invalid signal: ${text}`);
}

/** Waits for the end of the present run; undefined when the time is over first. */
export function* waitForEnd(engine: Engine, sys: Sys, container: StoredContainer, timeoutUs: number | null): Blocking<number | undefined> {
  if (!container.State.Running || container.State.Restarting) return container.State.ExitCode;
  const [read, write] = sys.pipe();
  const runtime = engine.runtime(sys, container);
  runtime.waiters.add(write);
  const ready = yield* sys.poll([{ fd: read, events: 1 }], timeoutUs);
  let status: number | undefined;
  if (ready.length > 0) status = Number(decode(yield* sys.read(read, 64)));
  else {
    runtime.waiters.delete(write);
    closeQuietly(sys, write);
  }
  sys.close(read);
  return status;
}

/** Errors: EngineError 409 when it does not run. `wait`: until it is gone. */
export function* killContainer(engine: Engine, sys: Sys, container: StoredContainer, signal: number, wait: boolean): Blocking<void> {
  if (!container.State.Running) throw new EngineError(409, `Cannot kill container: ${container.Name}: Container ${container.Id} is not running`);
  if (container.State.Restarting) return yield* giveUpRestart(engine, sys, container);
  if (container.State.Paused && signal === SIGNALS.KILL) yield* thaw(engine, sys, container);
  try {
    sys.kill(container.State.Pid, signal);
  } catch (error) {
    if (!(error instanceof SysError && error.errno === "ESRCH")) throw error;
  }
  yield* engine.emitContainer(sys, "kill", container, [["signal", String(signal)]]);
  if (wait) yield* waitForEnd(engine, sys, container, null);
}

/** Between two runs there is no process: the next run does not come. */
function* giveUpRestart(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  container.StoppedByHand = true;
  container.State = { ...container.State, Status: "exited", Running: false, Restarting: false };
  yield* engine.save(sys, container);
}

export function* stopContainer(engine: Engine, sys: Sys, container: StoredContainer, timeoutSeconds: number | undefined): Blocking<void> {
  container.StoppedByHand = true;
  if (!container.State.Running) return;
  if (container.State.Restarting) return yield* giveUpRestart(engine, sys, container);
  if (container.State.Paused) yield* thaw(engine, sys, container);
  const seconds = timeoutSeconds ?? container.Config.StopTimeout ?? STOP_TIMEOUT_SECONDS;
  yield* killContainer(engine, sys, container, signalNumber(container.Config.StopSignal ?? "SIGTERM"), false);
  const status = yield* waitForEnd(engine, sys, container, seconds < 0 ? null : seconds * 1_000_000);
  if (status === undefined) yield* killContainer(engine, sys, container, SIGNALS.KILL, true);
  yield* engine.emitContainer(sys, "stop", container);
}

function* writeFreezer(engine: Engine, sys: Sys, container: StoredContainer, value: "0" | "1"): Blocking<void> {
  const fd = yield* sys.open(`${engine.runtime(sys, container).cgroup}/cgroup.freeze`, O.WRONLY | O.CLOEXEC);
  yield* sys.write(fd, encode(value));
  sys.close(fd);
}

function* thaw(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  yield* writeFreezer(engine, sys, container, "0");
  container.State = { ...container.State, Status: "running", Paused: false };
  yield* engine.save(sys, container);
}

/** Errors: EngineError 409. */
export function* pauseContainer(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  if (!container.State.Running) throw new EngineError(409, `Container ${container.Id} is not running`);
  if (container.State.Restarting) throw new EngineError(409, `Container ${container.Id} is restarting, wait until the container is running`);
  if (container.State.Paused) throw new EngineError(409, `Container ${container.Id} is already paused`);
  yield* writeFreezer(engine, sys, container, "1");
  container.State = { ...container.State, Status: "paused", Paused: true };
  yield* engine.save(sys, container);
  yield* engine.emitContainer(sys, "pause", container);
}

export function* unpauseContainer(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  if (!container.State.Running) throw new EngineError(409, `Container ${container.Id} is not running`);
  if (!container.State.Paused) throw new EngineError(500, `Container ${container.Id} is not paused`);
  yield* thaw(engine, sys, container);
  yield* engine.emitContainer(sys, "unpause", container);
}
