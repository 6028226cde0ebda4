// DELETE /containers/ID

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { containerDirectory, type StoredContainer } from "./container.ts";
import { DOCKER_ROOT, readText, removeTree } from "./disk.ts";
import { type Engine, EngineError } from "./engine.ts";
import { killContainer } from "./stop-container.ts";

/** What checks may still read of a removed container's log. */
const KEPT_LOG_CHARS = 4_000;

/** Errors: EngineError 409 when it runs and `force` is not given. */
export function* removeContainer(engine: Engine, sys: Sys, container: StoredContainer, options: { readonly force: boolean; readonly volumes: boolean }): Blocking<void> {
  if (container.State.Running) {
    if (!options.force) {
      const state = container.State.Paused ? "paused" : container.State.Restarting ? "restarting" : "running";
      const advice = container.State.Paused ? "Unpause and then stop the container before attempting removal or force remove" : "Stop the container before attempting removal or force remove";
      throw new EngineError(409, `You cannot remove a ${state} container ${container.Id}. ${advice}`);
    }
    container.StoppedByHand = true;
    yield* killContainer(engine, sys, container, 9, true);
    if (!engine.containers.has(container.Id)) return;
  }
  engine.containers.delete(container.Id);
  engine.runtimes.get(container.Id)?.io.finish(sys);
  engine.runtimes.delete(container.Id);
  const log = (yield* readText(sys, `${containerDirectory(container.Id)}/${container.Id}-json.log`)) ?? "";
  sys.observe({ kind: "container-removed", container: JSON.stringify(container), logs: log.slice(0, KEPT_LOG_CHARS) });
  yield* removeTree(sys, containerDirectory(container.Id));
  yield* removeTree(sys, `${DOCKER_ROOT}/overlay2/${container.LayerId}`);
  yield* removeTree(sys, `${DOCKER_ROOT}/overlay2/${container.LayerId}-init`);
  yield* engine.emitContainer(sys, "destroy", container);
  if (options.volumes) {
    for (const mount of container.Mounts) {
      const anonymous = mount.Name !== undefined && /^[0-9a-f]{64}$/.test(mount.Name);
      if (!anonymous || mount.Name === undefined || engine.usersOfVolume(mount.Name).length > 0) continue;
      const volume = engine.volumes.volumes.get(mount.Name);
      if (volume) yield* engine.volumes.remove(sys, volume);
    }
  }
}
