// An area for paging as a unit: from /etc/fstab, a .swap file (systemd.swap(5)), or only seen in /proc/swaps. swapon(8) and swapoff(8) do the work.
import { type Blocking, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { formatTimeSpan } from "./api/time-span.ts";
import { escapePath, unescapeName } from "./api/unit-name.ts";
import { describeEnd } from "./control-process.ts";
import { ControlledUnit } from "./controlled-unit.ts";
import type { Begun, ImplicitKind, Unit } from "./unit.ts";

/** Priorities by path. */
export function* swapTable(sys: Sys): Blocking<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const line of ((yield* tryReadFile(sys, "/proc/swaps")) ?? "").split("\n").slice(1)) {
    const [path = "", , , , priority = ""] = line.trim().split(/\s+/);
    if (path !== "") found.set(path, Number(priority));
  }
  return found;
}

export class SwapUnit extends ControlledUnit {
  #onlySeen = false;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "swap");
  }

  get what(): string {
    return this.setting("What") ?? `/${unescapeName(this.name.slice(0, -".swap".length))}`;
  }

  override get description(): string {
    return this.text.last("Unit", "Description") === undefined ? this.what : super.description;
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
    return yield* this.run("activating", "activating", ["/sbin/swapon", ...(options === "" ? [] : ["-o", options]), this.what]);
  }

  override *stop(): Blocking<Begun> {
    if (this.#priority(yield* swapTable(this.supervisor.sys)) === undefined) return yield* this.dead();
    return yield* this.run("deactivating", "deactivating", ["/sbin/swapoff", this.what]);
  }

  override *processEnded(pid: number, status: WaitStatus): Blocking<void> {
    if (pid !== this.controlPid) return;
    this.released();
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
    yield* this.deadAndTold();
  }

  protected override timeoutText(): string {
    return `${this.active === "deactivating" ? "Deactivation" : "Activation"} timed out. Stopping.`;
  }

  *follow(table: ReadonlyMap<string, number>): Blocking<void> {
    yield* this.followed(this.#priority(table) !== undefined, "active");
  }

  override *ownProperties(): Blocking<Properties> {
    const priority = this.#priority(yield* swapTable(this.supervisor.sys));
    return [
      ["What", this.what], ["Priority", String(priority ?? this.setting("Priority") ?? -1)], ["Options", this.setting("Options") ?? ""], ["TimeoutUSec", formatTimeSpan(this.timeoutUs)], ["ControlPID", String(this.controlPid)], ...(yield* this.controlProperties()),
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
