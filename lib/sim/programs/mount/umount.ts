import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

const UMOUNT_FAILED = 32;

function* unmount(sys: Sys, io: Io, name: string, how: { readonly lazy: boolean; readonly force: boolean; readonly recursive: boolean; readonly quiet: boolean }): Blocking<number> {
  const mounts = yield* readMounts(sys);
  const path = name.startsWith("/") ? name.replace(/(.)\/+$/, "$1") : `${sys.getcwd().replace(/\/$/, "")}/${name.replace(/\/+$/, "")}`;
  const found: Mount | undefined = mounts.findLast((one) => one.target === path) ?? mounts.findLast((one) => one.source === name || one.source === path);
  const target = found?.target ?? path;
  try {
    if (!found) {
      let there = true;
      try {
        sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        there = false;
      }
      if (!how.quiet) yield* io.warn(`${name}: ${there ? "not mounted." : "no mount point specified."}`);
      return UMOUNT_FAILED;
    }
    if (sys.getcred().euid !== 0 || sys.getcred().ruid !== 0) {
      if (sys.getcred().ruid !== 0) {
        yield* io.warn(`${target}: must be superuser to unmount.`);
        return UMOUNT_FAILED;
      }
    }
    if (how.recursive) {
      for (const one of [...mounts].reverse()) if (one.target !== target && one.target.startsWith(`${target}/`)) sys.umount(one.target, { lazy: how.lazy, force: how.force });
    }
    sys.umount(target, { lazy: how.lazy, force: how.force });
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    const words = new Map<string, string>([["EBUSY", "target is busy."], ["EPERM", "must be superuser to unmount."], ["EINVAL", "not mounted."], ["ENOENT", "mountpoint not found"], ["ENXIO", "invalid block device"]]);
    yield* io.warn(`${target}: ${words.get(error.errno) ?? `umount failed: ${error.message}.`}`);
    return UMOUNT_FAILED;
  }
}

export default utilLinux({
  name: "umount", path: "/bin/umount", mode: 0o4755, manSection: 8,
  summary: "unmount filesystems",
  synopsis: ["[-hV]", "-a [options]", "[options] <source> | <directory>"],
  options: {
    all: flag(["-a", "--all"], "everything but proc and its like"),
    allTargets: flag(["-A", "--all-targets"], "from each place in this namespace where the device is mounted"),
    noCanonicalize: flag(["-c", "--no-canonicalize"], "take paths as they were typed"),
    detachLoop: flag(["-d", "--detach-loop"], "free the loop device behind it, too"),
    fake: flag(["--fake"], "all but the call of umount(2)"),
    force: flag(["-f", "--force"], "do not wait for a server that is gone (NFS)"),
    internal: flag(["-i", "--internal-only"], "do it without the helpers umount.<type>"),
    noMtab: flag(["-n", "--no-mtab"], "leave /etc/mtab alone"),
    lazy: flag(["-l", "--lazy"], "out of the tree at once, freed after the last use"),
    recursive: flag(["-R", "--recursive"], "with everything mounted below it"),
    readOnly: flag(["-r", "--read-only"], "if it cannot be unmounted, make it read-only"),
    types: text(["-t", "--types"], "list", "only these types, with commas between"),
    quiet: flag(["-q", "--quiet"], "no complaint about what is not mounted"),
    verbose: flag(["-v", "--verbose"], "tell each step"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const how = { lazy: options.lazy, force: options.force, recursive: options.recursive, quiet: options.quiet };
    if (options.all) {
      let status = 0;
      for (const one of [...(yield* readMounts(sys))].reverse()) {
        if (["proc", "sysfs", "devtmpfs", "devpts", "cgroup2"].includes(one.type) || one.target === "/" || one.target === "/run") continue;
        if (options.types !== undefined && !options.types.split(",").includes(one.type)) continue;
        if ((yield* unmount(sys, io, one.target, how)) !== 0) status = UMOUNT_FAILED;
      }
      return status;
    }
    if (operands.length === 0) io.usage("bad usage");
    let status = 0;
    for (const name of operands) {
      if (options.allTargets) {
        for (const one of [...(yield* readMounts(sys))].reverse()) if (one.source === name && (yield* unmount(sys, io, one.target, how)) !== 0) status = UMOUNT_FAILED;
        continue;
      }
      const full = name.startsWith("/") ? name : `${sys.getcwd().replace(/\/$/, "")}/${name}`;
      const before = options.verbose ? (yield* readMounts(sys)).findLast((mount) => mount.target === full.replace(/(?<=.)\/$/, "") || mount.source === full) : undefined;
      const one = yield* unmount(sys, io, name, how);
      if (one === 0 && options.verbose) io.say(`umount: ${before?.target ?? name}${before === undefined ? "" : ` (${before.source})`} unmounted\n`);
      if (one !== 0) status = one;
    }
    return status;
  },
});
