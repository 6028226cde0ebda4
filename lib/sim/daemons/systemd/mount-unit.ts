// A mount point as a unit: from /etc/fstab (fstab-generator.ts), a .mount file (systemd.mount(5)), or only seen in /proc/self/mountinfo. mount(8) and umount(8) do the work.
import type { Blocking, WaitStatus } from "../../kernel/sys.ts";
import { exists, makeDirectories, tryReadFile } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { formatTimeSpan } from "./api/time-span.ts";
import { findFragment } from "./api/unit-files.ts";
import { escapePath, unescapeName } from "./api/unit-name.ts";
import { describeEnd } from "./control-process.ts";
import { ControlledUnit } from "./controlled-unit.ts";
import type { Begun, ImplicitKind, Unit } from "./unit.ts";

const TABLE = "/proc/self/mountinfo";
export interface Mounted {
  readonly what: string;
  readonly type: string;
  readonly options: string;
}

/** By mount point; what was mounted last on one hides the others. Without autofs, which is the automount unit's. */
export function* mountTable(unit: { readonly sys: Unit["supervisor"]["sys"] }): Blocking<ReadonlyMap<string, Mounted>> {
  const found = new Map<string, Mounted>();
  for (const line of ((yield* tryReadFile(unit.sys, TABLE)) ?? "").split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , , where = "", options = ""] = before.split(" ");
    const [type = "", what = "", own = ""] = after.split(" ");
    const plain = (word: string): string => word.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    if (where !== "" && type !== "autofs") found.set(plain(where), { what: plain(what), type, options: [options, ...own.split(",").filter((word) => word !== "rw" && word !== "ro" && word !== "")].join(",") });
  }
  return found;
}

export class MountUnit extends ControlledUnit {
  /** the mount table is its only source */
  #onlySeen = false;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "mount");
  }

  get where(): string {
    const stem = this.name.slice(0, -".mount".length);
    return this.setting("Where") ?? (stem === "-" ? "/" : `/${unescapeName(stem)}`);
  }

  override get description(): string {
    if (this.text.last("Unit", "Description") !== undefined) return super.description;
    return this.name === "-.mount" ? "Root Mount" : this.where;
  }

  override get canReload(): boolean {
    return this.active === "active";
  }

  *mounted(): Blocking<Mounted | undefined> {
    return (yield* mountTable(this.supervisor)).get(this.where);
  }

  override *isWithoutFile(): Blocking<boolean> {
    this.#onlySeen = (yield* this.mounted()) !== undefined;
    return this.#onlySeen;
  }

  override get sourcePath(): string {
    return this.#onlySeen && this.source === undefined ? "/proc/self/mountinfo" : super.sourcePath;
  }

  /** systemd.mount(5), "Implicit Dependencies" and "Default Dependencies" */
  override implicitDependencies(kind: ImplicitKind): readonly string[] {
    if (this.perpetual || this.source === undefined) return [];
    const parents: string[] = [];
    for (let parent = this.where; parent !== "/"; ) {
      parent = parent.slice(0, parent.lastIndexOf("/")) || "/";
      const name = `${escapePath(parent)}.mount`;
      if (parent === "/" || findFragment(this.supervisor.paths, name) !== undefined) parents.push(name);
    }
    const what = this.setting("What") ?? "";
    const device = what.startsWith("/dev/") ? [`${escapePath(what)}.device`] : [];
    const target = (this.setting("Options") ?? "").split(",").includes("_netdev") || this.text.words("Unit", "Before").includes("remote-fs.target") ? "remote-fs-pre.target" : "local-fs-pre.target";
    const ordered = this.text.flag("Unit", "DefaultDependencies", true);
    switch (kind) {
      case "Requires":
        return [...parents, ...device, "system.slice"];
      case "After":
        return [...parents, ...device, "system.slice", "systemd-journald.socket", ...(ordered ? [target] : [])];
      case "Before":
      case "Conflicts":
        return ordered ? ["umount.target"] : [];
      default:
        return [];
    }
  }

  override *start(): Blocking<Begun> {
    if ((yield* this.mounted()) !== undefined) {
      this.changeState("active", "mounted");
      return "done";
    }
    this.result = "success";
    const { sys } = this.supervisor;
    if (!exists(sys, this.where)) makeDirectories(sys, this.where);
    const options = this.setting("Options");
    const type = this.setting("Type");
    return yield* this.run("activating", "mounting", ["/bin/mount", this.setting("What") ?? "", this.where, ...(this.text.flag("Mount", "SloppyOptions", false) ? ["-s"] : []), ...(this.text.flag("Mount", "ReadWriteOnly", false) ? ["-w"] : []), ...(type === undefined ? [] : ["-t", type]), ...(options === undefined ? [] : ["-o", options])]);
  }

  override *stop(): Blocking<Begun> {
    if ((yield* this.mounted()) === undefined) return yield* this.dead();
    return yield* this.run("deactivating", "unmounting", ["/bin/umount", this.where, "-c", ...(this.text.flag("Mount", "LazyUnmount", false) ? ["-l"] : []), ...(this.text.flag("Mount", "ForceUnmount", false) ? ["-f"] : [])]);
  }

  override *reload(): Blocking<Begun> {
    const type = this.setting("Type");
    return yield* this.run("active", "remounting", ["/bin/mount", this.setting("What") ?? (yield* this.mounted())?.what ?? "", this.where, "-o", ["remount", this.setting("Options") ?? ""].filter((word) => word !== "").join(","), ...(type === undefined ? [] : ["-t", type])]);
  }

  override *processEnded(pid: number, status: WaitStatus): Blocking<void> {
    if (pid !== this.controlPid) return;
    const { supervisor } = this;
    const doing = this.sub;
    this.released();
    const good = status.kind === "exited" && status.status === 0;
    if (!good) {
      yield* supervisor.log(this.name, 5, `${this.name}: ${doing === "unmounting" ? "Unmount" : doing === "remounting" ? "Remount" : "Mount"} process exited, ${describeEnd(status)}`);
      if (this.result === "success") this.result = status.kind === "exited" ? "exit-code" : "signal";
    }
    const there = (yield* this.mounted()) !== undefined;
    if (doing === "remounting" || (doing === "unmounting" && there)) {
      this.changeState("active", "mounted");
      const failed = !good || doing === "unmounting";
      // what could not be unmounted or remounted stays mounted: its result is told once
      this.result = "success";
      yield* supervisor.jobDone(this, failed ? "failed" : "done");
    } else if (there) {
      this.changeState("active", "mounted");
      yield* supervisor.jobDone(this, "done");
    } else {
      yield* this.deadAndTold();
    }
  }

  protected override timeoutText(): string {
    return `${this.sub === "unmounting" ? "Unmounting" : "Mounting"} timed out. Terminating.`;
  }

  /** The mount table as it is now: somebody may have mounted or unmounted by hand. */
  *follow(mounted: Mounted | undefined): Blocking<void> {
    yield* this.followed(mounted !== undefined, "mounted");
  }

  override *ownProperties(): Blocking<Properties> {
    const now = yield* this.mounted();
    return [
      ["Where", this.where], ["What", now?.what ?? this.setting("What") ?? ""], ["Options", now?.options ?? this.setting("Options") ?? ""], ["Type", now?.type ?? this.setting("Type") ?? ""], ["TimeoutUSec", formatTimeSpan(this.timeoutUs)], ["ControlPID", String(this.controlPid)],
      ["DirectoryMode", "0755"], ["SloppyOptions", "no"], ["LazyUnmount", "no"], ["ForceUnmount", "no"], ["ReadWriteOnly", this.text.flag("Mount", "ReadWriteOnly", false) ? "yes" : "no"], ...(yield* this.controlProperties()),
    ];
  }
}
