// A unit that a program turns on and off: mount(8) and umount(8) for mounts, swapon(8) and swapoff(8) for areas. Its control process, its group, how it ends.
import type { Blocking } from "../../kernel/sys.ts";
import type { Properties } from "./api/protocol.ts";
import { parseTimeSpan } from "./api/time-span.ts";
import { CgroupFiles } from "./cgroup-files.ts";
import { forkControl } from "./control-process.ts";
import { type Begun, Unit } from "./unit.ts";

const DEFAULT_TIMEOUT_US = 90_000_000;

export abstract class ControlledUnit extends Unit {
  readonly cgroup: CgroupFiles;
  result = "success";
  protected controlPid = 0;
  #deadlineUs: number | undefined;

  constructor(supervisor: Unit["supervisor"], name: string, type: "mount" | "swap") {
    super(supervisor, name, type);
    this.cgroup = new CgroupFiles(supervisor.sys, () => this.text, () => this.section, () => `${supervisor.slicePath("system.slice")}/${this.name}`);
  }

  override get cgroupPath(): string {
    return this.cgroup.made ? this.cgroup.path : "";
  }

  get timeoutUs(): number {
    return parseTimeSpan(this.setting("TimeoutSec") ?? "") ?? DEFAULT_TIMEOUT_US;
  }

  /** What the journal says of a program that takes too long. */
  protected abstract timeoutText(): string;

  protected *run(active: "activating" | "active" | "deactivating", sub: string, argv: readonly string[]): Blocking<Begun> {
    if (!this.cgroup.made) yield* this.cgroup.make();
    const pid = yield* forkControl(this, this.cgroup.made ? this.cgroup.path : undefined, argv);
    if (pid === undefined) {
      this.result = "resources";
      this.changeState("failed", "failed");
      return { failed: "failed" };
    }
    this.controlPid = pid;
    this.#deadlineUs = this.supervisor.nowUs() + this.timeoutUs;
    this.changeState(active, sub);
    return "pending";
  }

  /** Its program ended. */
  protected released(): void {
    this.controlPid = 0;
    this.#deadlineUs = undefined;
  }

  protected *dead(): Blocking<Begun> {
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

  /** The same, and whoever asked is told. */
  protected *deadAndTold(): Blocking<void> {
    const begun = yield* this.dead();
    yield* this.supervisor.jobDone(this, begun === "done" || begun === "pending" ? "done" : begun.failed);
  }

  /** Somebody turned it on or off by hand. */
  protected *followed(on: boolean, sub: string): Blocking<void> {
    if (this.controlPid !== 0) return;
    if (on && this.isDead) {
      this.result = "success";
      this.changeState("active", sub);
    } else if (!on && this.active === "active" && !this.perpetual) {
      yield* this.dead();
      this.supervisor.collect(this);
    }
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
    if (this.controlPid === 0) return;
    this.result = "timeout";
    yield* this.supervisor.log(this.name, 4, `${this.name}: ${this.timeoutText()}`);
    this.supervisor.killOwn(this.controlPid);
  }

  protected *controlProperties(): Blocking<Properties> {
    const memory = yield* this.cgroup.number("memory.current");
    return [
      ["Result", this.result], ["UID", "[not set]"], ["GID", "[not set]"],
      ["Slice", "system.slice"], ["ControlGroup", this.cgroupPath], ["MemoryCurrent", memory === undefined ? "[not set]" : String(memory)], ["CPUUsageNSec", this.cgroup.made ? String((yield* this.cgroup.cpuUs()) * 1000) : "[not set]"],
      ["TasksCurrent", this.cgroup.made ? String((yield* this.cgroup.processes()).length) : "[not set]"], ["TasksMax", String((yield* this.cgroup.number("pids.max")) ?? "2916")],
    ];
  }
}
