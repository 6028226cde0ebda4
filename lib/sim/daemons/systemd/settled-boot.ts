// The boot, seen afterwards.
import type { Blocking } from "../../kernel/sys.ts";
import { exists, names as directoryNames } from "./api/files.ts";
import type { UnitTime } from "./boot-journal.ts";
import { isBuiltInSocket } from "./built-in-sockets.ts";
import { CGROUP_ROOT } from "./cgroup-files.ts";
import { unmetCondition } from "./api/conditions.ts";
import type { JobQueue } from "./job-queue.ts";
import { MountUnit } from "./mount-unit.ts";
import { ServiceUnit } from "./service.ts";
import { SocketUnit } from "./socket-unit.ts";
import { SwapUnit } from "./swap-unit.ts";
import { TimerUnit } from "./timer-unit.ts";
import type { Unit } from "./unit.ts";
import { TransactionError } from "./unit-table.ts";

/** The units that the target of the boot pulls in, as they are found from there. */
export function* unitsOfBoot(queue: JobQueue, target: string): Blocking<readonly Unit[]> {
  const names = [target, ...unitsOfMachine(queue)];
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
    // what is only named for its order pulls nothing in: not the shell of rescue.target
    if (isPassedBy(name, target)) continue;
    names.push(...queue.dependencies(unit, "Requires"), ...queue.dependencies(unit, "Wants"));
    if (unit.type === "service" && unit.text.flag("Unit", "DefaultDependencies", true)) names.push("system.slice", "sysinit.target", "basic.target");
    if (unit.type === "target") names.push(...queue.dependencies(unit, "After").filter((after) => after.endsWith(".target")));
  }
  return order;
}

/** What udev's rules pull in: cards that come up when they are found. */
function unitsOfMachine(queue: JobQueue): readonly string[] {
  const found: string[] = [];
  for (const name of directoryNames(queue.sys, `${CGROUP_ROOT}/system.slice`)) if (name.startsWith("ifup@")) found.push(name);
  return found;
}

/** Which no boot into another target reaches, though units of the boot are ordered after them. */
const PASSED_BY: ReadonlySet<string> = new Set(["rescue.target", "emergency.target", "shutdown.target", "umount.target", "final.target", "network-online.target", "time-sync.target", "nss-lookup.target", "nss-user-lookup.target"]);

export function isPassedBy(name: string, target: string): boolean {
  return name !== target && PASSED_BY.has(name);
}

/** They come to the state that a finished boot leaves them in: services of packages that only run once are taken as done. */
export function* settleUnits(queue: JobQueue, target: string, times: ReadonlyMap<string, UnitTime> = new Map()): Blocking<void> {
  for (const unit of yield* unitsOfBoot(queue, target)) {
    if (!unit.isDead || queue.jobs.has(unit.name)) continue;
    const unmet = yield* unmetCondition(queue, unit);
    unit.conditionUs = queue.startedRealtimeUs;
    unit.conditionResult = unmet === undefined;
    unit.conditionUnmet = unmet?.failed ?? [];
    if (unmet !== undefined) continue;
    yield* presume(queue, unit, target);
    const time = times.get(unit.name);
    if (time === undefined && unit.isDead) continue;
    const bootUs = queue.bootRealtimeUs();
    unit.inactiveExitUs = time === undefined ? queue.startedRealtimeUs : bootUs + time.fromUs;
    unit.stateChangedUs = time === undefined ? queue.startedRealtimeUs : bootUs + time.toUs;
    // it ran and ended
    if (unit.isDead) unit.inactiveEnterUs = unit.stateChangedUs;
    else unit.activeEnterUs = unit.stateChangedUs;
  }
  for (const name of ["-.mount", "-.slice", "system.slice", "user.slice", "init.scope"]) {
    const unit = yield* queue.load(name);
    if (unit.isDead) yield* presume(queue, unit, target);
    unit.activeEnterUs = queue.startedRealtimeUs;
    unit.inactiveExitUs = queue.startedRealtimeUs;
    unit.stateChangedUs = queue.startedRealtimeUs;
  }
}

function* presume(queue: JobQueue, unit: Unit, target: string): Blocking<void> {
  if (unit instanceof ServiceUnit) {
    if (!unit.remainAfterExit) return;
    unit.changeState("active", "exited");
    // what it left running is in its group
    if (exists(queue.sys, `${CGROUP_ROOT}${unit.cgroup.path}`)) yield* unit.cgroup.make();
  } else if (unit instanceof TimerUnit) yield* unit.start();
  else if (unit instanceof SocketUnit) {
    if (!isBuiltInSocket(unit.name)) return void (yield* unit.start());
    const service = queue.units.get(unit.triggers);
    unit.changeState("active", unit.name.startsWith("systemd-journald") || unit.name.startsWith("systemd-udevd") || service?.isActive === true ? "running" : "listening");
  } else if (unit.type === "target") {
    if (isPassedBy(unit.name, target)) return;
    unit.changeState("active", "active");
  } else if (unit instanceof MountUnit) {
    if ((yield* unit.mounted()) === undefined && !unit.perpetual) return;
    unit.changeState("active", "mounted");
  } else if (unit instanceof SwapUnit) return;
  else if (unit.type === "automount") unit.changeState("active", "running");
  else yield* unit.start();
}
