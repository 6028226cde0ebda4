// A mount point that is mounted when somebody goes into it (systemd.automount(5)): autofs in the kernel, its requests through a pipe.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { exists, makeDirectories } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { unescapeName } from "./api/unit-name.ts";
import { mountTable } from "./mount-unit.ts";
import { type Begun, type ImplicitKind, Unit } from "./unit.ts";

const PACKET_BYTES = 304;
const PID_AT = 36;

export class AutomountUnit extends Unit {
  /** where the kernel's requests come from, while it is active */
  readEnd: number | undefined;
  #writeEnd: number | undefined;
  result = "success";

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "automount");
  }

  get where(): string {
    return this.setting("Where") ?? `/${unescapeName(this.name.slice(0, -".automount".length))}`;
  }

  override get description(): string {
    return this.text.last("Unit", "Description") === undefined ? this.where : super.description;
  }

  get triggers(): string {
    return `${this.name.slice(0, -".automount".length)}.mount`;
  }

  override implicitDependencies(kind: ImplicitKind): readonly string[] {
    if (!this.text.flag("Unit", "DefaultDependencies", true)) return kind === "Before" ? [this.triggers] : [];
    switch (kind) {
      case "After":
        return ["local-fs-pre.target"];
      case "Before":
        return [this.triggers, "umount.target"];
      case "Conflicts":
        return ["umount.target"];
      default:
        return [];
    }
  }

  override *start(): Blocking<Begun> {
    if (this.isActive) return "done";
    const { sys } = this.supervisor;
    // what is mounted already is not hidden
    if ((yield* mountTable(this.supervisor)).has(this.where)) {
      yield* this.supervisor.log(this.name, 3, `${this.name}: Path ${this.where} is already a mount point, refusing start.`);
      return { failed: "failed" };
    }
    const [readEnd, writeEnd] = sys.pipe();
    try {
      if (!exists(sys, this.where)) makeDirectories(sys, this.where);
      sys.setCloexec(readEnd, true);
      sys.setCloexec(writeEnd, true);
      sys.mount("systemd-1", this.where, "autofs", {}, `fd=${writeEnd},pgrp=${sys.getpgid()},minproto=5,maxproto=5,direct`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(readEnd);
      sys.close(writeEnd);
      yield* this.supervisor.log(this.name, 3, `${this.name}: Failed to initialize automounter: ${error.message}`);
      this.result = "resources";
      this.changeState("failed", "failed");
      return { failed: "failed" };
    }
    [this.readEnd, this.#writeEnd] = [readEnd, writeEnd];
    this.result = "success";
    this.changeState("active", "waiting");
    return "done";
  }

  override *stop(): Blocking<Begun> {
    const { sys } = this.supervisor;
    // repeat_unmount: what is mounted on it goes too
    try {
      for (;;) sys.umount(this.where, { lazy: true });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    for (const fd of [this.readEnd, this.#writeEnd]) if (fd !== undefined) sys.close(fd);
    this.readEnd = undefined;
    this.#writeEnd = undefined;
    this.changeState("inactive", "dead");
    return "done";
  }

  /** The kernel asks. */
  *incoming(fd: number): Blocking<void> {
    const { supervisor } = this;
    const bytes = yield* supervisor.sys.read(fd, PACKET_BYTES);
    if (bytes.length < PACKET_BYTES) return;
    const pid = new DataView(bytes.buffer, bytes.byteOffset).getUint32(PID_AT, true);
    const comm = yield* supervisor.commOf(pid);
    yield* supervisor.log(this.name, 6, `${this.name}: Got automount request for ${this.where}, triggered by ${pid} (${comm})`);
    yield* supervisor.queueStart(this.triggers);
  }

  /** Its mount came or went. */
  follow(mounted: boolean): void {
    if (this.active === "active") this.changeState("active", mounted ? "running" : "waiting");
  }

  override resetFailed(): void {
    this.result = "success";
    super.resetFailed();
  }

  override *ownProperties(): Blocking<Properties> {
    return [["Where", this.where], ["DirectoryMode", "0755"], ["Result", this.result], ["TimeoutIdleUSec", "0"]];
  }
}
