// A mount point as a unit: from /etc/fstab (the generator's work) or a .mount file (systemd.mount(5)).
import { type Blocking, type MountFlags, SysError } from "../../kernel/sys.ts";
import { makeDirectories, tryReadFile } from "./api/files.ts";
import type { Properties } from "./api/protocol.ts";
import { unescapeName } from "./api/unit-name.ts";
import { type Begun, Unit } from "./unit.ts";

const flagWords = new Set(["ro", "noexec", "nosuid", "nodev", "bind", "rbind"]);

function mountFlags(options: readonly string[]): MountFlags {
  return {
    readOnly: options.includes("ro"), noexec: options.includes("noexec"), nosuid: options.includes("nosuid"), nodev: options.includes("nodev"), bind: options.includes("bind") || options.includes("rbind"), recursive: options.includes("rbind"),
  };
}

export class MountUnit extends Unit {
  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "mount");
  }

  get where(): string {
    const stem = this.name.slice(0, -".mount".length);
    return this.setting("Where") ?? (stem === "-" ? "/" : `/${unescapeName(stem)}`);
  }

  *mounted(): Blocking<{ readonly what: string; readonly type: string; readonly options: string } | undefined> {
    const table = (yield* tryReadFile(this.supervisor.sys, "/proc/self/mounts")) ?? "";
    let found: { what: string; type: string; options: string } | undefined;
    for (const line of table.split("\n")) {
      const [what = "", where = "", type = "", options = ""] = line.split(" ");
      if (where === this.where) found = { what, type, options };
    }
    return found;
  }

  override *start(): Blocking<Begun> {
    if ((yield* this.mounted()) !== undefined) {
      this.changeState("active", "mounted");
      return "done";
    }
    const options = (this.setting("Options") ?? "").split(",").filter((word) => word !== "");
    try {
      makeDirectories(this.supervisor.sys, this.where);
      this.supervisor.sys.mount(this.setting("What") ?? "", this.where, this.setting("Type") ?? "auto", mountFlags(options), options.filter((word) => !flagWords.has(word) && word !== "defaults" && word !== "rw").join(","));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.supervisor.log(this.name, 4, `${this.name}: Mount process exited, code=exited, status=32/n/a`);
      yield* this.supervisor.log(this.name, 4, `${this.name}: Failed with result 'exit-code'.`);
      this.changeState("failed", "failed");
      return { failed: "failed" };
    }
    this.changeState("active", "mounted");
    return "done";
  }

  override *stop(): Blocking<Begun> {
    try {
      if ((yield* this.mounted()) !== undefined) this.supervisor.sys.umount(this.where);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return { failed: "failed" };
    }
    this.changeState("inactive", "dead");
    return "done";
  }

  override *ownProperties(): Blocking<Properties> {
    const now = yield* this.mounted();
    return [
      ["Where", this.where], ["What", now?.what ?? this.setting("What") ?? ""], ["Options", now?.options ?? this.setting("Options") ?? ""], ["Type", now?.type ?? this.setting("Type") ?? ""], ["TimeoutUSec", "1min 30s"], ["ControlPID", "0"],
      ["DirectoryMode", "0755"], ["SloppyOptions", "no"], ["LazyUnmount", "no"], ["ForceUnmount", "no"], ["ReadWriteOnly", "no"], ["Result", "success"], ["UID", "[not set]"], ["GID", "[not set]"],
    ];
  }
}
