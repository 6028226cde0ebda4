// The boot, seen afterwards.
import type { Blocking } from "../../kernel/sys.ts";
import { isBuiltInSocket } from "./built-in-sockets.ts";
import { unmetCondition } from "./conditions.ts";
import type { JobQueue } from "./job-queue.ts";
import { ServiceUnit } from "./service.ts";
import { SocketUnit } from "./socket-unit.ts";
import { TimerUnit } from "./timer-unit.ts";
import type { Unit } from "./unit.ts";
import { TransactionError } from "./unit-table.ts";

/**
 * The units that the target of the boot pulls in, in the state that a finished boot leaves them: services of packages that only run once are taken as done.
 */
export function* settleUnits(queue: JobQueue, target: string): Blocking<void> {
  const names = [target];
  const seen = new Set<string>();
  const order: Unit[] = [];
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    let unit: Unit;
    try {
      unit = yield* queue.load(name);
    } catch (error) {
      if (!(error instanceof TransactionError)) throw error;
      continue;
    }
    if (unit.load !== "loaded") {
      if (unit.isDead) queue.forget(unit);
      continue;
    }
    order.push(unit);
    names.push(...queue.dependencies(unit, "Requires"), ...queue.dependencies(unit, "Wants"));
    if (unit.type === "service" && unit.text.flag("Unit", "DefaultDependencies", true)) names.push("system.slice", "sysinit.target", "basic.target");
    if (unit.type === "target") names.push(...queue.dependencies(unit, "After").filter((after) => after.endsWith(".target")));
  }
  for (const unit of order) {
    if (!unit.isDead || queue.jobs.has(unit.name)) continue;
    const unmet = yield* unmetCondition(queue, unit);
    unit.conditionUs = queue.startedRealtimeUs;
    unit.conditionResult = unmet === undefined;
    unit.conditionUnmet = unmet ?? "";
    if (unmet !== undefined) continue;
    yield* presume(queue, unit, target);
  }
  for (const name of ["-.mount", "-.slice", "system.slice", "user.slice", "init.scope"]) {
    const unit = yield* queue.load(name);
    if (unit.isDead) yield* presume(queue, unit, target);
  }
}

function* presume(queue: JobQueue, unit: Unit, target: string): Blocking<void> {
  if (unit instanceof ServiceUnit) {
    if (unit.serviceType === "oneshot" && unit.remainAfterExit) unit.changeState("active", "exited");
    else return;
  } else if (unit instanceof TimerUnit) yield* unit.start();
  else if (unit instanceof SocketUnit) {
    if (!isBuiltInSocket(unit.name)) return void (yield* unit.start());
    const service = queue.units.get(unit.triggers);
    unit.changeState("active", unit.name.startsWith("systemd-journald") || unit.name.startsWith("systemd-udevd") || service?.isActive === true ? "running" : "listening");
  } else if (unit.type === "target") {
    if (unit.name !== target && ["rescue.target", "emergency.target", "shutdown.target", "umount.target", "final.target", "network-online.target", "time-sync.target", "nss-lookup.target", "nss-user-lookup.target"].includes(unit.name)) return;
    unit.changeState("active", "active");
  } else if (unit.type === "mount") unit.changeState("active", "mounted");
  else if (unit.type === "automount") unit.changeState("active", "running");
  else yield* unit.start();
  // it came up during the boot
  unit.activeEnterUs = queue.startedRealtimeUs;
  unit.inactiveExitUs = queue.startedRealtimeUs;
  unit.stateChangedUs = queue.startedRealtimeUs;
}
