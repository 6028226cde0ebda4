// What systemd says of the units of a boot that are taken as done and not started one by one (settled-boot.ts): before journald runs to the kernel's log, later to the
// journal. Children of process 1 say it, so that process 1 itself has not read a hundred unit files when nobody asks for them.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { tryWriteFile } from "./api/files.ts";
import { unmetCondition } from "./api/conditions.ts";
import { endOfChild } from "./end-of-child.ts";
import type { JobQueue } from "./job-queue.ts";
import { ServiceUnit } from "./service.ts";
import { isPassedBy, unitsOfBoot } from "./settled-boot.ts";
import type { Unit } from "./unit.ts";

/** Before journald runs; up to basic.target; the rest. */
type Part = "early" | "basic" | "late";

interface Told {
  readonly name: string;
  readonly part: Part;
  readonly messages: readonly string[];
  /** its conditions do not hold */
  readonly isSkipped?: true;
}

const SERVICES_US = 100_000;
const CHUNK_BYTES = 65_536;

/** Microseconds since power-on. */
export interface UnitTime {
  readonly fromUs: number;
  readonly toUs: number;
}

/** What the work of services that are taken as done costs, in milliseconds: it passes on the machine's clock, so the journal, systemctl and systemd-analyze agree. */
const COST_MS: ReadonlyMap<string, number> = new Map([
  ["networking.service", 41], ["systemd-udev-trigger.service", 22], ["e2scrub_reap.service", 17], ["keyboard-setup.service", 15], ["systemd-journal-flush.service", 12], ["systemd-tmpfiles-setup.service", 11], ["systemd-remount-fs.service", 9],
  ["console-setup.service", 9], ["apparmor.service", 28], ["systemd-modules-load.service", 8], ["systemd-sysctl.service", 7], ["systemd-sysusers.service", 7], ["ifupdown-pre.service", 6], ["systemd-tmpfiles-setup-dev.service", 6], ["systemd-random-seed.service", 5],
  ["systemd-user-sessions.service", 5], ["kmod-static-nodes.service", 4], ["systemd-binfmt.service", 4], ["systemd-update-utmp.service", 3], ["systemd-update-utmp-runlevel.service", 3],
]);
const OTHER_COST_MS = 2;
/** Up before systemd reads its units, or told of by the kernel. */
const UNTOLD: ReadonlySet<string> = new Set(["-.mount", "-.slice", "init.scope", "system.slice"]);
/** What is up as soon as systemd says so. */
const IMMEDIATE: ReadonlySet<Unit["type"]> = new Set(["slice", "path", "automount", "socket", "target"]);

export class BootJournal {
  readonly #make: (sys: Sys) => JobQueue;
  readonly #target: string;
  readonly #started: ReadonlySet<string>;
  /** what the first child has found, for the others */
  #told: readonly Told[] | undefined;
  #release: number | undefined;
  #end: number | undefined;
  /** since power-on: when each began to start, and was up. The children tell it: process 1 of a kept boot has no others (boot-image.ts). */
  readonly times = new Map<string, UnitTime>();

  /** `started`: units that start for real, and say so themselves. `make`: a manager of a child's own. */
  constructor(make: (sys: Sys) => JobQueue, target: string, started: ReadonlySet<string>) {
    this.#make = make;
    this.#target = target;
    this.#started = started;
  }

  /** Said by a child, which is waited for. */
  *tell(sys: Sys, part: "early" | "basic"): Blocking<void> {
    const [readEnd, writeEnd] = sys.pipe();
    const say = (child: Sys): Blocking<void> => this.#say(child, part, writeEnd);
    const pid = sys.fork((child) => telling(say(child)));
    sys.close(writeEnd);
    yield* this.#takeTimes(sys, readEnd);
    sys.close(readEnd);
    yield* endOfChild(sys, pid);
  }

  /** The end of it is said by a child that waits until `release`, and then until services that were started last have had their time. */
  prepareEnd(sys: Sys): void {
    const [mayRead, mayWrite] = sys.pipe();
    const [readEnd, writeEnd] = sys.pipe();
    const say = (child: Sys): Blocking<void> => this.#say(child, "late", writeEnd);
    sys.fork(function* told(child) {
      child.close(mayWrite);
      yield* telling(child.read(mayRead, 1));
      yield* telling(child.sleep(SERVICES_US));
      return yield* telling(say(child));
    });
    for (const fd of [mayRead, writeEnd]) sys.close(fd);
    for (const fd of [mayWrite, readEnd]) sys.setCloexec(fd, true);
    this.#release = mayWrite;
    this.#end = readEnd;
  }

  /** What the boot has started for real is up. */
  release(sys: Sys): void {
    if (this.#release !== undefined) sys.close(this.#release);
    this.#release = undefined;
  }

  /** Can be read once the end of it is said. */
  get endDescriptor(): number | undefined {
    return this.#end;
  }

  /** After `endDescriptor` could be read. */
  *takeEnd(sys: Sys): Blocking<void> {
    const fd = this.#end;
    if (fd === undefined) return;
    this.#end = undefined;
    yield* this.#takeTimes(sys, fd);
    sys.close(fd);
  }

  *#takeTimes(sys: Sys, fd: number): Blocking<void> {
    let text = "";
    for (;;) {
      try {
        const bytes = yield* sys.read(fd, CHUNK_BYTES);
        if (bytes.length === 0) break;
        text += decode(bytes);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        sys.takeSignals();
      }
    }
    for (const line of text.split("\n")) {
      const [name = "", fromUs, toUs] = line.split(" ");
      if (toUs !== undefined) this.times.set(name, { fromUs: Number(fromUs), toUs: Number(toUs) });
    }
  }

  *#say(sys: Sys, part: Part, timesTo: number): Blocking<void> {
    const queue = this.#make(sys);
    this.#told ??= yield* this.#find(queue);
    const times = new Map<string, UnitTime>();
    for (const told of this.#told) {
      if (told.part !== part) continue;
      const known = times.get(told.name) ?? this.times.get(told.name);
      const fromUs = known?.fromUs ?? queue.nowUs();
      for (const [at, message] of told.messages.entries()) {
        if (at === 1) yield* sys.sleep(1000 * (COST_MS.get(told.name) ?? OTHER_COST_MS));
        if (part === "early") yield* tryWriteFile(sys, "/dev/kmsg", `<30>systemd[1]: ${message}\n`);
        else yield* queue.log(told.name, 6, message);
      }
      const isInstant = told.messages.length === 1 && known === undefined;
      if (told.isSkipped !== true) times.set(told.name, { fromUs, toUs: isInstant ? fromUs : queue.nowUs() });
    }
    yield* sys.write(timesTo, encode([...times].map(([name, { fromUs, toUs }]) => `${name} ${fromUs} ${toUs}\n`).join("")));
  }

  *#find(queue: JobQueue): Blocking<readonly Told[]> {
    const units = inOrder(queue, yield* unitsOfBoot(queue, this.#target));
    const told: Told[] = templateSlices(queue, [...units.map(({ unit }) => unit).filter((unit) => unit.type === "service" && unit.setting("Slice") === undefined).map((unit) => unit.name), ...this.#started]);
    const early = new Set<string>();
    const late = new Set<string>();
    for (const { unit, before } of units) {
      const part: Part = before.includes("basic.target") || before.some((name) => late.has(name)) ? "late" : (IMMEDIATE.has(unit.type) || unit.type === "mount") && before.every((name) => early.has(name)) ? "early" : "basic";
      if (part === "late") late.add(unit.name);
      if (isPassedBy(unit.name, this.#target)) continue;
      if (UNTOLD.has(unit.name) || this.#started.has(unit.name)) {
        if (UNTOLD.has(unit.name)) early.add(unit.name);
        continue;
      }
      const unmet = yield* unmetCondition(queue, unit);
      if (unmet === undefined && part === "early" && unit.type === "mount") {
        const [begun = "", done = ""] = messagesOf(unit);
        told.push({ name: unit.name, part, messages: [begun] }, { name: unit.name, part: "basic", messages: [done] });
        continue;
      }
      if (part === "early") early.add(unit.name);
      told.push(unmet === undefined ? { name: unit.name, part, messages: messagesOf(unit) } : { name: unit.name, part, messages: [`${unit.title} was skipped because ${unmet.because}.`], isSkipped: true });
    }
    return told;
  }
}

function* telling(say: Blocking<unknown>): Blocking<number> {
  try {
    yield* say;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return 0;
}

/** Those of templates: /system/getty for all of getty@.service (systemd.slice(5)). */
function templateSlices(queue: JobQueue, names: readonly string[]): Told[] {
  const slices = new Map<string, string>();
  for (const name of names) {
    const at = name.indexOf("@");
    if (at > 0) slices.set(queue.templateSlice(name), name.slice(0, at));
  }
  return [...slices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, prefix]) => ({ name, part: "early", messages: [`Created slice ${name} - Slice /system/${prefix}.`] }));
}

interface Ordered {
  readonly unit: Unit;
  /** names of units of the boot that it is ordered after */
  readonly before: readonly string[];
}

/** Each behind what it is ordered after (After=, Before=), where that is possible; else as they are found. */
export function inOrder(queue: JobQueue, units: readonly Unit[]): readonly Ordered[] {
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const before = new Map<string, Set<string>>(units.map((unit) => [unit.name, new Set()]));
  for (const unit of units) {
    for (const name of queue.dependencies(unit, "After")) if (before.has(name)) before.get(unit.name)?.add(name);
    for (const name of queue.dependencies(unit, "Before")) before.get(name)?.add(unit.name);
    // systemd.service(5), systemd.timer(5), systemd.socket(5): "Implicit Dependencies", "Default Dependencies"
    const { type } = unit;
    if (type === "target" || !ordersItself(unit)) continue;
    for (const name of type === "service" ? ["sysinit.target", "basic.target"] : ["timer", "socket", "path"].includes(type) ? ["sysinit.target"] : []) if (before.has(name)) before.get(unit.name)?.add(name);
    before.get(`${type}s.target`)?.add(unit.name);
  }
  // systemd.target(5): targets come behind what they pull in, unless that has no default dependencies, or is ordered after them
  for (const unit of units) {
    if (unit.type !== "target" || !ordersItself(unit)) continue;
    for (const kind of ["Wants", "Requires"] as const) {
      for (const name of queue.dependencies(unit, kind)) {
        const other = byName.get(name);
        if (other !== undefined && ordersItself(other) && before.get(name)?.has(unit.name) !== true) before.get(unit.name)?.add(name);
      }
    }
  }
  const order: Ordered[] = [];
  const seen = new Set<string>();
  const visit = (unit: Unit): void => {
    if (seen.has(unit.name)) return;
    seen.add(unit.name);
    const names = [...(before.get(unit.name) ?? [])];
    for (const name of names) {
      const other = byName.get(name);
      if (other !== undefined) visit(other);
    }
    order.push({ unit, before: names });
  };
  for (const unit of units) visit(unit);
  return order;
}

/** DefaultDependencies= */
function ordersItself(unit: Unit): boolean {
  return unit.text.flag("Unit", "DefaultDependencies", true);
}

/** From the beginning of a start to its end (job.c; the texts of each type of unit). */
function messagesOf(unit: Unit): readonly string[] {
  const { title } = unit;
  switch (unit.type) {
    case "service":
      if (!(unit instanceof ServiceUnit) || unit.serviceType !== "oneshot") return [];
      return unit.remainAfterExit ? [`Starting ${title}...`, `Finished ${title}.`] : [`Starting ${title}...`, `${unit.name}: Deactivated successfully.`, `Finished ${title}.`];
    case "mount":
      return [`Mounting ${title}...`, `Mounted ${title}.`];
    case "target":
      return [`Reached target ${title}.`];
    case "socket":
      return [`Listening on ${title}.`];
    case "slice":
      return [`Created slice ${title}.`];
    case "automount":
      return [`Set up automount ${title}.`];
    case "path":
    case "timer":
      return [`Started ${title}.`];
    default:
      return [];
  }
}
