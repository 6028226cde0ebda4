// A scope: processes that somebody else started, kept together in a control group (systemd.scope(5)).
import { type Blocking, SIGNALS, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { tryWriteFile } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { CGROUP_ROOT, CgroupFiles } from "./cgroup-files.ts";
import { type Begun, Unit } from "./unit.ts";

export class ScopeUnit extends Unit {
  readonly cgroup: CgroupFiles;
  pids: readonly number[] = [];

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "scope");
    this.cgroup = new CgroupFiles(supervisor.sys, () => this.text, () => "Scope", () => (this.name === "init.scope" ? "/init.scope" : `${this.supervisor.slicePath(this.setting("Slice") ?? "system.slice")}/${this.name}`));
  }

  override get cgroupPath(): string {
    return this.cgroup.path;
  }

  override *start(): Blocking<Begun> {
    yield* this.cgroup.make();
    for (const pid of this.pids) yield* tryWriteFile(this.supervisor.sys, `${CGROUP_ROOT}${this.cgroup.path}/cgroup.procs`, String(pid));
    this.changeState("active", "running");
    return "done";
  }

  override *stop(): Blocking<Begun> {
    for (const pid of yield* this.cgroup.processes()) {
      try {
        this.supervisor.sys.kill(pid, SIGNALS.TERM);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if ((yield* this.cgroup.processes()).length > 0) {
      this.changeState("deactivating", "stop-sigterm");
      return "pending";
    }
    yield* this.cgroup.remove();
    this.changeState("inactive", "dead");
    return "done";
  }

  override *processEnded(_pid: number, _status: WaitStatus): Blocking<void> {
    if ((yield* this.cgroup.processes()).length > 0) return;
    yield* this.cgroup.remove();
    this.changeState("inactive", "dead");
    yield* this.supervisor.jobDone(this, "done");
  }

  /** Somebody looked: a scope without processes is over. */
  *refresh(): Blocking<void> {
    if (this.name !== "init.scope" && this.active === "active" && (yield* this.cgroup.processes()).length === 0) {
      yield* this.cgroup.remove();
      this.changeState("inactive", "dead");
      this.supervisor.collect(this);
    }
  }

  override *ownProperties(): Blocking<Properties> {
    const memory = yield* this.cgroup.number("memory.current");
    return [
      ["Slice", this.setting("Slice") ?? "system.slice"], ["ControlGroup", this.cgroupPath], ["MemoryCurrent", memory === undefined ? "[not set]" : String(memory)],
      ["CPUUsageNSec", String((yield* this.cgroup.cpuUs()) * 1000)], ["TasksCurrent", String((yield* this.cgroup.processes()).length)], ["TasksMax", String((yield* this.cgroup.number("pids.max")) ?? "infinity")], ["Result", "success"],
    ];
  }
}
