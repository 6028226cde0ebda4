// One unit: what its file says and what state it is in. Services, timers and sockets add their own in files of their names.
import type { JobResult, Properties } from "./api/protocol.ts";
import type { UnitSource } from "./api/unit-files.ts";
import type { UnitType } from "./api/unit-name.ts";
import { UnitText } from "./api/unit-text.ts";
import type { Blocking, WaitStatus } from "../../kernel/sys.ts";
import type { Supervisor } from "./supervisor.ts";

export type LoadState = "loaded" | "not-found" | "masked" | "bad-setting" | "error";
/** Kinds of dependencies that units have without naming them. */
export type ImplicitKind = "Requires" | "Wants" | "Conflicts" | "After" | "Before";

export type ActiveState = "active" | "inactive" | "failed" | "activating" | "deactivating" | "reloading";

/** The outcome of asking a unit to start, stop or reload: at once, or later through `supervisor.jobDone`. */
export type Begun = "done" | "pending" | { readonly failed: JobResult };

export class Unit {
  readonly supervisor: Supervisor;
  readonly name: string;
  readonly type: UnitType;
  load: LoadState = "not-found";
  source: UnitSource | undefined;
  text = new UnitText();
  active: ActiveState = "inactive";
  sub = "dead";
  stateChangedUs = 0;
  inactiveExitUs = 0;
  activeEnterUs = 0;
  activeExitUs = 0;
  inactiveEnterUs = 0;
  /** realtime of the file when it was read, for "changed on disk" */
  fileTimeUs = 0;
  conditionUs = 0;
  conditionResult = true;
  assertResult = true;
  isFrozen = false;
  /** the condition that did not hold: "ConditionVirtualization=vmware" */
  conditionUnmet: readonly string[] = [];
  transient = false;
  perpetual = false;
  invocationId = "";
  aliases: readonly string[] = [];
  /** it was refused because it was started too often */
  isStartLimitHit = false;

  constructor(supervisor: Supervisor, name: string, type: UnitType) {
    this.supervisor = supervisor;
    this.name = name;
    this.type = type;
  }

  get description(): string {
    const text = this.text.last("Unit", "Description");
    return text === undefined ? this.name : this.supervisor.expand(text, this.name);
  }

  /** "ssh.service - OpenBSD Secure Shell server" */
  get title(): string {
    const { description } = this;
    return description === this.name ? this.name : `${this.name} - ${description}`;
  }

  setting(key: string): string | undefined {
    const value = this.text.last(this.section, key);
    return value === undefined ? undefined : this.supervisor.expand(value, this.name);
  }

  get section(): string {
    return this.type.charAt(0).toUpperCase() + this.type.slice(1);
  }

  /** After the text was read or read again. */
  *configured(): Blocking<void> {}

  changeState(active: ActiveState, sub: string): void {
    const old = this.active;
    const nowUs = this.supervisor.realtimeUs();
    if (old === active && this.sub === sub) return;
    this.active = active;
    this.sub = sub;
    this.stateChangedUs = nowUs;
    const wasInactive = old === "inactive" || old === "failed";
    const isInactive = active === "inactive" || active === "failed";
    const wasActive = old === "active" || old === "reloading";
    const isActive = active === "active" || active === "reloading";
    if (wasInactive && !isInactive) this.inactiveExitUs = nowUs;
    if (!wasInactive && isInactive) this.inactiveEnterUs = nowUs;
    if (isInactive) this.isFrozen = false;
    if (!wasActive && isActive) this.activeEnterUs = nowUs;
    if (wasActive && !isActive) this.activeExitUs = nowUs;
    if (old !== active) this.supervisor.stateChanged(this, old);
  }

  get isActive(): boolean {
    return this.active === "active" || this.active === "reloading";
  }

  get isDead(): boolean {
    return this.active === "inactive" || this.active === "failed";
  }

  get canStart(): boolean {
    return true;
  }

  get canReload(): boolean {
    return false;
  }

  /** There without a unit file: a mount that somebody made, an area that swapon was given. */
  *isWithoutFile(): Blocking<boolean> {
    return false;
  }

  /** What its file was made from. */
  get sourcePath(): string {
    return this.text.last("Unit", "SourcePath") ?? "";
  }

  implicitDependencies(_kind: ImplicitKind): readonly string[] {
    return [];
  }

  *start(): Blocking<Begun> {
    this.changeState("active", this.type === "device" ? "plugged" : this.type === "slice" || this.type === "target" ? "active" : this.type === "path" || this.type === "automount" ? "waiting" : "running");
    return "done";
  }

  *stop(): Blocking<Begun> {
    this.changeState("inactive", "dead");
    return "done";
  }

  *reload(): Blocking<Begun> {
    return { failed: "failed" };
  }

  /** A process of this unit ended. */
  *processEnded(_pid: number, _status: WaitStatus): Blocking<void> {}

  /** When `timeout` wants to run, since boot; undefined: never. */
  get wakeUs(): number | undefined {
    return undefined;
  }

  *timeout(): Blocking<void> {}

  *notified(_pid: number, _message: ReadonlyMap<string, string>): Blocking<void> {}

  resetFailed(): void {
    if (this.active === "failed") this.changeState("inactive", "dead");
  }

  /** The properties of the unit's own kind, in systemd's order. */
  *ownProperties(): Blocking<Properties> {
    return [];
  }

  get cgroupPath(): string {
    return "";
  }
}
