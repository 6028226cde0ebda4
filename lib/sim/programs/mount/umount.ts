import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { attachedLoops, detachLoop } from "../kit/loop-device.ts";
import { parseFstab, parseMountOptions } from "../kit/mount-options.ts";
import { deviceOfTag } from "../kit/probe-device.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { forgetUserMount, readMountTable, type TableMount } from "../kit/utab.ts";
import { callerName, matchesOptions, matchesTypes } from "./_matching.ts";

const UMOUNT_FAILED = 32;
const WRONG_USE = 1;
/** What -a leaves alone unless -t says otherwise (main of umount.c). */
const NOT_BY_ALL = "noproc,nodevfs,nodevpts,nosysfs,norpc_pipefs,nonfsd,noselinuxfs";
/** File systems that libmount knows by statfs(2): for a directory on them it does not look up what is mounted there (mnt_statfs_get_fstype). */
const KNOWN_BY_STATFS = new Set(["autofs", "binfmt_misc", "btrfs", "cgroup", "configfs", "debugfs", "devpts", "efivarfs", "ext2", "ext3", "ext4", "fuse", "fusectl", "hugetlbfs", "iso9660", "mqueue", "nfs", "proc", "pstore", "ramfs", "securityfs", "squashfs", "sysfs", "tmpfs", "devtmpfs", "vfat", "msdos", "xfs"]);

interface How {
  readonly lazy: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly fake: boolean;
  readonly detachLoop: boolean;
  readonly readOnly: boolean;
  readonly literal: boolean;
  /** without the rights that the file's set-user-ID bit gave (suid_drop of umount.c) */
  readonly dropped: boolean;
}

const stat = (sys: Sys, path: string): { readonly mode: number; readonly dev: number } | undefined => {
  try {
    return sys.stat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
};

function canonical(sys: Sys, path: string): string {
  try {
    return canonicalPath(sys, path, "missing");
  } catch (error) {
    if (error instanceof SysError) return path;
    throw error;
  }
}

/** What a name means: a mount point, then a source, then the file behind a loop device (mnt_context_find_umount_fs of libmount). */
function* findMounted(sys: Sys, name: string, bySource = true): Blocking<TableMount | "hidden" | undefined> {
  const mounts = yield* readMountTable(sys);
  const path = canonical(sys, name);
  const onTarget = mounts.findLast((one) => one.target === path);
  if (onTarget !== undefined || !bySource) return onTarget;
  const loop = (stat(sys, path)?.mode ?? 0) >> 12 === S.IFREG >> 12 ? (yield* attachedLoops(sys)).filter((one) => one.fileName === path) : [];
  const device = loop.length === 1 ? loop[0]?.device : yield* deviceOfTag(sys, name);
  const found = mounts.findLast((one) => one.source === name || one.source === device || one.source === path);
  // something else was mounted over it in the same place
  return found !== undefined && mounts.findLast((one) => one.target === found.target) !== found ? "hidden" : found;
}

/** Whether fstab lets this person unmount it: `users`, or who mounted it (evaluate_permissions of libmount). */
function* allowed(sys: Sys, found: TableMount): Blocking<boolean> {
  const backing = (yield* attachedLoops(sys)).find((one) => one.device === found.source)?.fileName;
  for (const entry of parseFstab((yield* readTextFile(sys, "/etc/fstab")) ?? "")) {
    if (entry.target !== found.target || (entry.source !== found.source && ![found.source, backing].includes(canonical(sys, (yield* deviceOfTag(sys, entry.source)) ?? entry.source)))) continue;
    const { words } = parseMountOptions(entry.options);
    if (words.has("users")) return true;
    if (["user", "owner", "group"].some((word) => words.has(word))) return found.userOptions.split(",").includes(`user=${yield* callerName(sys)}`);
  }
  return false;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENXIO", "invalid block device"], ["EINVAL", "not mounted"], ["EIO", "can't write superblock"], ["EBUSY", "target is busy"], ["ENOENT", "no mount point specified"], ["EPERM", "must be superuser to unmount"],
  ["EACCES", "block devices are not permitted on filesystem"],
]);

/** One unmount with its messages (umount_one, mk_exit_code of umount.c); `tell`: say that it was done. */
function* unmount(sys: Sys, io: Io, name: string, how: How, { tell = how.verbose, bySource = true } = {}): Blocking<number> {
  const { ruid, euid } = sys.getcred();
  const restricted = ruid !== 0 && euid === 0 && !how.dropped;
  const facts = stat(sys, name);
  const direct = !restricted && name.startsWith("/") && !how.force && !how.lazy && !how.literal && !how.detachLoop && facts !== undefined && facts.mode >> 12 === S.IFDIR >> 12;
  const table = yield* readMountTable(sys);
  const at = facts === undefined ? undefined : table.find((one) => `${facts.dev >> 8}:${facts.dev & 255}` === one.device);
  const path = canonical(sys, name);
  const recorded = table.findLast((one) => one.target === path);
  const byStatfs = direct && at !== undefined && KNOWN_BY_STATFS.has(at.type) && (recorded?.userOptions ?? "") === "";
  const found = byStatfs ? undefined : yield* findMounted(sys, name, bySource);
  if (found === "hidden") {
    yield* io.warn(`${name}: umount failed: ${new SysError("EINVAL").message}.`);
    return WRONG_USE;
  }
  const target = found?.target ?? name;
  if (restricted && found === undefined) {
    if (facts === undefined) yield* io.warn(`${name}: ${new SysError("ENOENT").message}`);
    else yield* io.warn(`${name}: not mounted.`);
    return WRONG_USE;
  }
  if (!how.fake) {
    try {
      if (ruid !== 0 && !(restricted && found !== undefined && (yield* allowed(sys, found)))) throw new SysError("EPERM");
      sys.umount(target, { lazy: how.lazy, force: how.force });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EBUSY" && how.readOnly && recorded !== undefined) return yield* makeReadOnly(sys, io, recorded);
      if (error.errno === "EINVAL" && how.quiet) return UMOUNT_FAILED;
      yield* io.warn(`${target}: ${REASONS.get(error.errno) ?? `umount(2) system call failed: ${error.message}`}.`);
      return UMOUNT_FAILED;
    }
    yield* forgetUserMount(sys, recorded?.target ?? target);
    if (how.detachLoop && found?.source.startsWith("/dev/loop") === true) yield* detach(sys, found.source);
  }
  if (tell) yield* io.warn(`${target}${found === undefined ? "" : ` (${found.source})`} unmounted`);
  return 0;
}

function* makeReadOnly(sys: Sys, io: Io, { target, source }: TableMount): Blocking<number> {
  try {
    sys.mount(source, target, "", { remount: true, readOnly: true });
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.warn(`${target}: ${REASONS.get(error.errno) ?? error.message}.`);
    return UMOUNT_FAILED;
  }
}

function* detach(sys: Sys, device: string): Blocking<void> {
  try {
    yield* detachLoop(sys, device);
  } catch (error) {
    // gone with its last mount (autoclear)
    if (!(error instanceof SysError)) throw error;
  }
}

/** What is mounted below, then the mount itself; the first failure ends it (umount_do_recurse). */
function* recurse(sys: Sys, io: Io, table: readonly TableMount[], { id, target }: TableMount, how: How): Blocking<number> {
  for (const child of table.filter((one) => one.parentId === id && one.id !== id).sort((a, b) => a.id - b.id)) {
    const status = yield* recurse(sys, io, table, child, how);
    if (status !== 0) return status;
  }
  // propagation may have taken it already
  return (yield* readMountTable(sys)).some((one) => one.target === target) ? yield* unmount(sys, io, target, how, { bySource: false }) : 0;
}

function* notThere(sys: Sys, io: Io, name: string, quiet: boolean): Blocking<number> {
  if (!quiet) yield* io.warn(`${name}: ${stat(sys, name) === undefined ? "not found" : "not mounted"}`);
  return WRONG_USE;
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
    testOptions: text(["-O", "--test-opts"], "list", "with -a, only what has these options in fstab"),
    recursive: flag(["-R", "--recursive"], "with everything mounted below it"),
    readOnly: flag(["-r", "--read-only"], "if it cannot be unmounted, make it read-only"),
    types: text(["-t", "--types"], "list", "only these types, with commas between"),
    quiet: flag(["-q", "--quiet"], "no complaint about what is not mounted"),
    verbose: flag(["-v", "--verbose"], "tell each step"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.all && options.allTargets) io.die("mutually exclusive arguments: --all-targets --all");
    if (options.all && options.recursive) io.die("mutually exclusive arguments: --recursive --all");
    if (options.recursive && options.types !== undefined) io.die("mutually exclusive arguments: --test-opts --recursive --types");
    if (options.recursive && options.readOnly) io.die("mutually exclusive arguments: --recursive --read-only");
    const how: How = {
      lazy: options.lazy, force: options.force, quiet: options.quiet, verbose: options.verbose, fake: options.fake, detachLoop: options.detachLoop, readOnly: options.readOnly, literal: options.noCanonicalize,
      dropped: options.all || options.allTargets || options.fake || options.force || options.noMtab || options.recursive || options.readOnly || options.types !== undefined || options.testOptions !== undefined,
    };
    if (options.all) {
      if (operands.length > 0) io.usage("unexpected number of arguments");
      let status = 0;
      for (const one of (yield* readMountTable(sys)).toReversed()) {
        const chosen = matchesTypes(one.type, options.types ?? NOT_BY_ALL) && (options.testOptions === undefined || matchesOptions(`${one.options},${one.superOptions},${one.userOptions}`, options.testOptions));
        const result = chosen ? yield* unmount(sys, io, one.target, how, { tell: false, bySource: false }) : 0;
        if (how.verbose && result === 0) io.out.put(`${one.target.padEnd(25)}: ${chosen ? "successfully unmounted" : "ignored"}\n`);
        status |= result;
      }
      return status;
    }
    if (operands.length === 0) io.usage("bad usage");
    let status = 0;
    for (const name of operands) {
      const table = yield* readMountTable(sys);
      if (options.allTargets) {
        const found = yield* findMounted(sys, name);
        if (found === undefined || found === "hidden") status += yield* notThere(sys, io, name, how.quiet);
        else {
          for (const one of table.filter(({ device }) => device === found.device).toReversed()) {
            const result = options.recursive ? yield* recurse(sys, io, table, one, how) : yield* unmount(sys, io, one.target, how, { bySource: false });
            if (result !== 0) {
              status += result;
              break;
            }
          }
        }
      } else if (options.recursive) {
        const path = canonical(sys, name);
        const found = table.find((one) => one.target === path);
        status += found === undefined ? yield* notThere(sys, io, name, how.quiet) : yield* recurse(sys, io, table, found, how);
      } else status += yield* unmount(sys, io, name, how);
    }
    return Math.min(status, 255);
  },
});
