// /etc/machine-id (machine-id(5)): what PID 1 does at boot and systemd-machine-id-setup on demand where it is missing, empty or "uninitialized"
// (src/core/machine-id-setup.c of systemd 252: from D-Bus's copy unless that is a link, else from the UUID of a QEMU machine, else by chance).
import { type Blocking, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { tryReadFile, writeFile } from "./files.ts";

const valid = /^[0-9a-f]{32}$/;
const dbusCopy = "/var/lib/dbus/machine-id";

interface MadeId {
  readonly id: string;
  /** as systemd says it: "D-Bus machine ID" */
  readonly source: string;
}

function isLink(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFLNK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* makeId(sys: Sys, root: string): Blocking<MadeId> {
  const dbus = isLink(sys, root + dbusCopy) ? "" : ((yield* tryReadFile(sys, root + dbusCopy)) ?? "").trim();
  if (valid.test(dbus)) return { id: dbus, source: "D-Bus machine ID" };
  if (root === "" && ((yield* tryReadFile(sys, "/sys/class/dmi/id/sys_vendor")) ?? "").trim() === "QEMU") {
    const uuid = ((yield* tryReadFile(sys, "/sys/class/dmi/id/product_uuid")) ?? "").trim().replaceAll("-", "").toLowerCase();
    if (valid.test(uuid)) return { id: uuid, source: "VM UUID" };
  }
  return { id: [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), source: "random generator" };
}

/** `made`: it was not there. Errors: SysError. */
export function* setUpMachineId(sys: Sys, root = ""): Blocking<{ readonly id: string; readonly made: MadeId | undefined }> {
  const path = `${root}/etc/machine-id`;
  const found = ((yield* tryReadFile(sys, path)) ?? "").trim();
  if (valid.test(found)) return { id: found, made: undefined };
  const made = yield* makeId(sys, root);
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
  }
  yield* writeFile(sys, path, `${made.id}\n`, 0o444);
  return { id: made.id, made };
}

/** "L /var/lib/dbus/machine-id - - - - /etc/machine-id" of dbus's tmpfiles.d: made where nothing is. */
export function linkDbusCopy(sys: Sys): void {
  try {
    sys.symlink("/etc/machine-id", dbusCopy);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
