// An area for paging as a unit: from /etc/fstab, a .swap file (systemd.swap(5)), or only seen in /proc/swaps. swapon(8) and swapoff(8) do the work.
import { type Blocking, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { parseTimeSpan } from "./api/time-span.ts";
import { escapePath, unescapeName } from "./api/unit-name.ts";
import { CgroupFiles } from "./cgroup-files.ts";
import { describeEnd, forkControl } from "./control-process.ts";
import { type Begun, type ImplicitKind, Unit } from "./unit.ts";

const DEFAULT_TIMEOUT_US = 90_000_000;

/** Priorities by path. */
export function* swapTable(sys: Sys): Blocking<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const line of ((yield* tryReadFile(sys, "/proc/swaps")) ?? "").split("\n").slice(1)) {
    const [path = "", , , , priority = ""] = line.trim().split(/\s+/);
    if (path !== "") found.set(path, Number(priority));
  }
  return found;
}

export class SwapUnit extends Unit {
  readonly cgroup: CgroupFiles;
  result = "success";
  #controlPid = 0;
  #deadlineUs: number | undefined;
  #onlySeen = false;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "swap");
    this.cgroup = new CgroupFiles(supervisor.sys, () => this.text, () => "Swap", () => `${supervisor.slicePath("system.slice")}/${this.name}`);
  }

  get what(): string {
    return this.setting("What") ?? `/${unescapeName(this.name.slice(0, -".swap".length))}`;
  }

  override get description(): string {
    return this.text.last("Unit", "Description") === undefined ? this.what : super.description;
  }

  override get cgroupPath(): string {
    return this.cgroup.made ? this.cgroup.path : "";
  }

  override get sourcePath(): string {
    return this.#onlySeen && this.source === undefined ? "/proc/swaps" : super.sourcePath;
  }

  override *isWithoutFile(): Blocking<boolean> {
    this.#onlySeen = this.#priority(yield* swapTable(this.supervisor.sys)) !== undefined;
    return this.#onlySeen;
  }

  /** Its own, when the kernel uses it: under this name or the one that a link stands for. */
  #priority(table: ReadonlyMap<string, number>): number | undefined {
    const own = table.get(this.what);
    if (own !== undefined) return own;
    for (const [path, priority] of table) if (sameFile(this.supervisor.sys, path, this.what)) return priority;
    return undefined;
  }

  /** systemd.swap(5), "Implicit Dependencies" and "Default Dependencies" */
  override implicitDependencies(kind: ImplicitKind): readonly string[] {
    if (this.source === undefined) return [];
    const device = this.what.startsWith("/dev/") ? [`${escapePath(this.what)}.device`] : [];
    const ordered = this.text.flag("Unit", "DefaultDependencies", true);
    if (kind === "Requires") return [...device, "system.slice"];
    if (kind === "After") return [...device, "system.slice", "systemd-journald.socket"];
    if (kind === "Before") return ordered ? ["swap.target", "umount.target"] : [];
    return kind === "Conflicts" && ordered ? ["umount.target"] : [];
  }

  override *start(): Blocking<Begun> {
    if (this.#priority(yield* swapTable(this.supervisor.sys)) !== undefined) {
      this.changeState("active", "active");
      return "done";
    }
    this.result = "success";
    const priority = this.setting("Priority");
    const options = [this.setting("Options") ?? "", priority === undefined ? "" : `pri=${priority}`].filter((word) => word !== "").join(",");
    return yield* this.#run("activating", "activating", ["/sbin/swapon", ...(options === "" ? [] : ["-o", options]), this.what]);
  }

  override *stop(): Blocking<Begun> {
    if (this.#priority(yield* swapTable(this.supervisor.sys)) === undefined) return yield* this.#dead();
    return yield* this.#run("deactivating", "deactivating", ["/sbin/swapoff", this.what]);
  }

  *#run(active: "activating" | "deactivating", sub: string, argv: readonly string[]): Blocking<Begun> {
    if (!this.cgroup.made) yield* this.cgroup.make();
    const pid = yield* forkControl(this, this.cgroup.made ? this.cgroup.path : undefined, argv);
    if (pid === undefined) {
      this.result = "resources";
      this.changeState("failed", "failed");
      return { failed: "failed" };
    }
    this.#controlPid = pid;
    this.#deadlineUs = this.supervisor.nowUs() + (parseTimeSpan(this.setting("TimeoutSec") ?? "") ?? DEFAULT_TIMEOUT_US);
    this.changeState(active, sub);
    return "pending";
  }

  override *processEnded(pid: number, status: WaitStatus): Blocking<void> {
    if (pid !== this.#controlPid) return;
    this.#controlPid = 0;
    this.#deadlineUs = undefined;
    const used = this.#priority(yield* swapTable(this.supervisor.sys)) !== undefined;
    if (!(status.kind === "exited" && status.status === 0)) {
      yield* this.supervisor.log(this.name, 5, `${this.name}: Swap process exited, ${describeEnd(status)}`);
      this.result = status.kind === "exited" ? "exit-code" : "signal";
    }
    if (used) {
      const stopping = this.active === "deactivating";
      this.result = "success";
      this.changeState("active", "active");
      yield* this.supervisor.jobDone(this, stopping ? "failed" : "done");
      return;
    }
    const begun = yield* this.#dead();
    yield* this.supervisor.jobDone(this, begun === "done" || begun === "pending" ? "done" : begun.failed);
  }

  *#dead(): Blocking<Begun> {
    yield* this.cgroup.remove();
    if (this.result === "success") {
      yield* this.supervisor.log(this.name, 6, `${this.name}: Deactivated successfully.`);
      this.changeState("inactive", "dead");
      return "done";
    }
    yield* this.supervisor.log(this.name, 4, `${this.name}: Failed with result '${this.result}'.`);
    this.changeState("failed", "failed");
    return { failed: "failed" };
  }

  override resetFailed(): void {
    this.result = "success";
    super.resetFailed();
  }

  override get wakeUs(): number | undefined {
    return this.#deadlineUs;
  }

  override *timeout(): Blocking<void> {
    this.#deadlineUs = undefined;
    if (this.#controlPid === 0) return;
    this.result = "timeout";
    yield* this.supervisor.log(this.name, 4, `${this.name}: ${this.active === "deactivating" ? "Deactivation" : "Activation"} timed out. Stopping.`);
    this.supervisor.killOwn(this.#controlPid);
  }

  *follow(table: ReadonlyMap<string, number>): Blocking<void> {
    if (this.#controlPid !== 0) return;
    const used = this.#priority(table) !== undefined;
    if (used && this.isDead) {
      this.result = "success";
      this.changeState("active", "active");
    } else if (!used && this.active === "active") {
      yield* this.#dead();
      this.supervisor.collect(this);
    }
  }

  override *ownProperties(): Blocking<Properties> {
    const priority = this.#priority(yield* swapTable(this.supervisor.sys));
    const memory = yield* this.cgroup.number("memory.current");
    return [
      ["What", this.what], ["Priority", String(priority ?? this.setting("Priority") ?? -1)], ["Options", this.setting("Options") ?? ""], ["TimeoutUSec", "1min 30s"], ["ControlPID", String(this.#controlPid)], ["Result", this.result], ["UID", "[not set]"], ["GID", "[not set]"],
      ["Slice", "system.slice"], ["ControlGroup", this.cgroupPath], ["MemoryCurrent", memory === undefined ? "[not set]" : String(memory)], ["CPUUsageNSec", this.cgroup.made ? String((yield* this.cgroup.cpuUs()) * 1000) : "[not set]"],
      ["TasksCurrent", this.cgroup.made ? String((yield* this.cgroup.processes()).length) : "[not set]"], ["TasksMax", String((yield* this.cgroup.number("pids.max")) ?? "2916")],
    ];
  }
}

function sameFile(sys: Sys, one: string, other: string): boolean {
  try {
    const [a, b] = [sys.stat(one), sys.stat(other)];
    return a.rdev !== 0 ? a.rdev === b.rdev : a.ino === b.ino && a.dev === b.dev;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
