// mount(8). (More than 400 lines: its listing, its options and the reasons of libmount, which share the words of one command.)
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { attachLoop, attachedLoops } from "../kit/loop-device.ts";
import { type FstabEntry, keptWords, parseFstab, parseMountOptions } from "../kit/mount-options.ts";
import { readMounts } from "../kit/mounts.ts";
import { deviceOfTag, mountSource, probeQuietly } from "../kit/probe-device.ts";
import { type Io, flag, text, texts, utilLinux } from "../kit/util-linux.ts";
import { addUserMount, forgetUserMount, readMountTable, type TableMount } from "../kit/utab.ts";
import { callerName, matchesOptions, matchesTypes } from "./_matching.ts";

/** mount(8): 1 wrong use, 2 system error, 32 mount failure, 64 some mounts succeeded (-a). */
const MOUNT_FAILED = 32;
const HINT = "       dmesg(1) may have more information after failed mount system call.";

const isType = (sys: Sys, path: string, type: number): boolean => {
  try {
    return (sys.stat(path).mode & S.IFMT) === type;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
};
const exists = (sys: Sys, path: string): boolean => {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
};

/** What `mount` prints and findmnt calls OPTIONS: the mount's own words, those of the file system, those of utab. */
function mountOptionsText(mount: TableMount): string {
  const own = mount.options.split(",");
  const own0 = own[0] === "ro" ? "ro" : (mount.superOptions.split(",")[0] === "ro" ? "ro" : "rw");
  return [own0, ...own.slice(1), ...mount.superOptions.split(",").filter((word) => word !== "rw" && word !== "ro" && word !== ""), ...(mount.userOptions === "" ? [] : [mount.userOptions])].join(",");
}

function absolute(sys: Sys, path: string): string {
  const full = path.startsWith("/") ? path : `${sys.getcwd()}/${path}`;
  const parts: string[] = [];
  for (const part of full.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const isLink = (sys: Sys, path: string): boolean => {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFLNK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
};

/** Types that a program beside mount(8) mounts (mnt_fstype_is_netfs of libmount). */
const NETWORK_TYPES = new Set(["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ncp", "9p"]);

interface Attempt {
  readonly source: string;
  readonly target: string;
  readonly type: string | undefined;
  readonly options: string;
}

function* candidates(sys: Sys, source: string, type: string | undefined): Blocking<readonly string[]> {
  if (type !== undefined && type !== "auto") return type.split(",");
  if (!exists(sys, source)) {
    if (source.includes(":")) return ["nfs"];
    if (source.startsWith("//")) return ["cifs"];
  }
  const found = yield* probeQuietly(sys, source);
  if (found.type !== undefined && found.usage === "filesystem") return [found.type];
  return ((yield* readTextFile(sys, "/proc/filesystems")) ?? "").split("\n").filter((line) => line.startsWith("\t")).map((line) => line.trim());
}

/** One mount; 0 or the exit status after its message. */
function* mountOne(sys: Sys, io: Io, { source: given, target, type, options }: Attempt): Blocking<number> {
  const parsed = parseMountOptions(options);
  const fail = function* (message: string, hint = false): Blocking<number> {
    yield* io.warn(`${target}: ${message}${hint ? `\n${HINT}` : ""}`);
    return MOUNT_FAILED;
  };
  for (const word of parsed.words) {
    const mode = /^[xX]-mount\.mkdir(?:=([0-7]+))?$/.exec(word);
    if (mode !== null && !exists(sys, target)) makeDirectories(sys, target, Number.parseInt(mode[1] ?? "755", 8));
  }
  let source = given;
  let guessed: string | undefined;
  const { flags } = parsed;
  const propagationOnly = parsed.propagations.length > 0 && source === "none" && type === undefined && !flags.bind && !flags.remount;
  try {
    if (!propagationOnly) {
      const tag = yield* deviceOfTag(sys, source);
      if (tag === undefined) {
        if (parsed.words.has("nofail")) return 0;
        yield* fail(`can't find ${source}.`);
        return 1;
      }
      source = flags.bind || flags.move ? tag : yield* mountSource(sys, tag);
      if (flags.bind || flags.move || flags.remount) {
        sys.mount(source, target, "", flags, parsed.data);
        if (flags.move) yield* forgetUserMount(sys, source, target);
        if (flags.bind && !flags.remount && (flags.readOnly || flags.noexec || flags.nosuid || flags.nodev || flags.atime !== undefined)) sys.mount("", target, "", { ...flags, bind: true, remount: true });
      } else {
        let loopFd: number | undefined;
        const image = isType(sys, source, S.IFREG);
        if (parsed.loop !== undefined || (image && (type === undefined || ["ext2", "ext3", "ext4", "iso9660", "vfat", "xfs", "squashfs", "auto"].includes(type)))) {
          if (!exists(sys, source)) return yield* fail(`failed to setup loop device for ${source}.`);
          if (sys.getcred().euid !== 0) return yield* denied(sys, io, target);
          // libmount takes a loop device that has the same part of the file already
          const full = source.startsWith("/") ? source : `${sys.getcwd().replace(/\/$/, "")}/${source}`;
          const same = parsed.loop === undefined || parsed.loop === true ? (yield* attachedLoops(sys)).find((one) => one.fileName === full && one.offset === (parsed.offsetBytes ?? 0) && one.sizeLimitBytes === (parsed.sizeLimitBytes ?? 0)) : undefined;
          const loop = same !== undefined ? { device: same.device, fd: yield* sys.open(same.device, O.RDONLY) } : yield* attachLoop(sys, {
            file: source, autoclear: true, readOnly: flags.readOnly === true, ...(parsed.offsetBytes !== undefined && { offset: parsed.offsetBytes }),
            ...(parsed.sizeLimitBytes !== undefined && { sizeLimitBytes: parsed.sizeLimitBytes }), ...(typeof parsed.loop === "string" && { device: parsed.loop }),
          });
          source = loop.device;
          loopFd = loop.fd;
        }
        try {
          const types = yield* candidates(sys, source, type);
          if (types.length === 1) [guessed] = types;
          let failure = new SysError("EINVAL");
          let done = false;
          for (const one of types) {
            try {
              sys.mount(source, target, one, one === "iso9660" || one === "squashfs" ? { ...flags, readOnly: true } : flags, parsed.data);
              done = true;
              break;
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              failure = error;
              if (error.errno !== "EINVAL" && !(error.errno === "ENODEV" && types.length > 1)) break;
            }
          }
          // without an explicit -w the write-protected is mounted as it can be (do_mount of libmount)
          const protectedOnly = !done && (failure.errno === "EACCES" || failure.errno === "EROFS") && !flags.readOnly && !options.split(",").includes("rw");
          for (const one of protectedOnly ? types : []) {
            try {
              sys.mount(source, target, one, { ...flags, readOnly: true }, parsed.data);
              done = true;
              yield* io.warn(`${target}: WARNING: source write-protected, mounted read-only.`);
              break;
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              failure = error;
            }
          }
          if (done) yield* remember(sys, { source, target, options, loop: parsed.loop !== undefined });
          if (!done) throw types.length === 0 ? new SysError("EINVAL") : failure;
          if ((type ?? types[0]) === "iso9660" && !flags.readOnly) yield* io.warn(`${target}: WARNING: source write-protected, mounted read-only.`);
        } finally {
          if (loopFd !== undefined) sys.close(loopFd);
        }
      }
    }
    for (const { kind, recursive } of parsed.propagations) sys.mount("none", target, "", { propagation: kind, ...(recursive && { recursive: true }) });
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return yield* explain(sys, io, error, { source, target, type: type ?? guessed, options });
  }
}

function makeDirectories(sys: Sys, path: string, mode: number): void {
  const parts = path.split("/").filter((part) => part !== "");
  for (let length = 1; length <= parts.length; length++) {
    const at = `/${parts.slice(0, length).join("/")}`;
    if (!exists(sys, at)) sys.mkdir(at, mode);
  }
}

/** What utab keeps: words that the kernel is not told, and who mounted it (also the loop device, for then umount frees it). */
function* remember(sys: Sys, { source, target, options, loop }: { readonly source: string; readonly target: string; readonly options: string; readonly loop: boolean }): Blocking<void> {
  const words = [...keptWords(options)];
  if (sys.getcred().ruid !== 0) {
    if (loop) words.push(`loop=${source}`);
    if (["user", "owner", "group"].some((word) => options.split(",").includes(word))) words.push(`user=${yield* callerName(sys)}`);
  }
  if (words.length > 0) yield* addUserMount(sys, { source, target, root: "/", options: words.join(",") });
}

/** What the caller may mount by fstab's word: anybody's (user, users), the device's owner's or group's. */
function userMay(sys: Sys, { source, options }: FstabEntry): boolean {
  const words = options.split(",");
  if (words.includes("user") || words.includes("users")) return true;
  const { ruid, groups, rgid } = sys.getcred();
  try {
    const { uid, gid } = sys.stat(source);
    return (words.includes("owner") && uid === ruid) || (words.includes("group") && [rgid, ...groups].includes(gid));
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* denied(sys: Sys, io: Io, target: string): Blocking<number> {
  if (sys.getcred().ruid !== 0) {
    yield* io.warn(`${target}: must be superuser to use mount.`);
    yield* io.stderr(`${HINT}\n`);
    return MOUNT_FAILED;
  }
  yield* io.warn(`${target}: permission denied.\n${HINT}`);
  return MOUNT_FAILED;
}

/** A mount lies on a mount that is shared (is_shared_tree of libmount). */
function* liesOnShared(sys: Sys, path: string): Blocking<boolean> {
  const mounts = yield* readMounts(sys);
  const found = mounts.findLast((one) => one.target === path);
  return mounts.find((one) => one.id === found?.parentId)?.propagation.some((tag) => tag.startsWith("shared:")) ?? false;
}

/** mnt_context_get_mount_excode of libmount: errno and circumstances in words. */
function* explain(sys: Sys, io: Io, error: SysError, { source, target, type, options }: Attempt): Blocking<number> {
  const { flags, propagations, words } = parseMountOptions(options);
  const say = function* (message: string): Blocking<number> {
    yield* io.warn(`${target}: ${message}\n${HINT}`);
    return MOUNT_FAILED;
  };
  const generic = `mount(2) system call failed: ${error.message}.`;
  const wanting = words.has("nofail") && !flags.bind && !flags.remount;
  const isPath = source.startsWith("/") && exists(sys, source);
  switch (error.errno) {
    case "EPERM": return yield* denied(sys, io, target);
    case "EBUSY": {
      if (flags.remount) return yield* say("mount point is busy.");
      const mounted = (yield* readMounts(sys)).find((one) => one.source === source);
      return yield* say(mounted ? `${source} already mounted on ${mounted.target}.` : `${source} already mounted or mount point busy.`);
    }
    case "ENOENT":
      if (!exists(sys, target)) return yield* say(isLink(sys, target) ? "mount point is a symbolic link to nowhere." : "mount point does not exist.");
      if (isPath || type === "overlay") return yield* say(generic);
      return wanting ? 0 : yield* say(`special device ${source} does not exist.`);
    case "ENOTDIR":
      if (!isType(sys, target, S.IFDIR)) return yield* say("mount point is not a directory.");
      return yield* say(isPath ? generic : `special device ${source} does not exist (a path prefix is not a directory).`);
    case "EINVAL":
      if (flags.remount) return yield* say("mount point not mounted or bad option.");
      if (propagations.length > 0 && source === "none") return yield* say("not mount point or bad option.");
      if (flags.move && (yield* liesOnShared(sys, source))) return yield* say("bad option; moving a mount residing under a shared mount is unsupported.");
      if (type !== undefined && NETWORK_TYPES.has(type)) return yield* say("bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program.");
      return yield* say(`wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`);
    case "ENODEV": return yield* say(type === undefined ? "unknown filesystem type." : `unknown filesystem type '${type}'.`);
    case "ENOTBLK": return yield* say(isType(sys, source, S.IFREG) ? `${source} is not a block device; try "-o loop".` : `${source} is not a block device.`);
    case "ENXIO": return wanting ? 0 : yield* say(`${source} is not a valid block device.`);
    case "EIO": return yield* say(`can't read superblock on ${source}.`);
    case "EACCES": case "EROFS":
      if (flags.readOnly === true) return yield* say(`cannot mount ${source} read-only.`);
      if (words.has("rw") && !flags.remount) return yield* say(`${source} is write-protected but explicit read-write mode requested.`);
      if (flags.remount) return yield* say(`cannot remount ${source} read-write, is write-protected.`);
      return yield* say(flags.bind ? `bind ${source} failed.` : `cannot mount ${source} read-only.`);
    case "ENOMEDIUM": return wanting ? 0 : yield* say(`no medium found on ${source}.`);
    default: return yield* say(generic);
  }
}

/** What -v says of a mount that is made (success_message of mount.c). */
function* tellMounted(sys: Sys, io: Io, { source, target, options }: Attempt): Blocking<void> {
  const { flags, propagations } = parseMountOptions(options);
  const device = (yield* readMounts(sys)).findLast((one) => one.target === target)?.source ?? source;
  if (flags.move) io.say(`mount: ${source} moved to ${target}.\n`);
  else if (flags.bind) io.say(`mount: ${source} bound on ${target}.\n`);
  else {
    if (propagations.length === 0 || source !== "none") io.say(`mount: ${device} mounted on ${target}.\n`);
    if (propagations.length > 0) io.say(`mount: ${target} propagation flags changed.\n`);
  }
}

/** A terminal is told when PID 1 has not read what fstab says now (systemd_hint of mount.c). */
function tellOldUnits(sys: Sys, io: Io): void {
  try {
    if (!sys.isatty(2) || sys.stat("/run/systemd/systemd-units-load").mtimeUs >= sys.stat("/etc/fstab").mtimeUs) return;
    io.say("mount: (hint) your fstab has been modified, but systemd still uses\n       the old version; use 'systemctl daemon-reload' to reload.\n");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

interface MountAll {
  readonly type: string | undefined;
  readonly testOptions: string | undefined;
  readonly optionText: string;
  readonly verbose: boolean;
  readonly fake: boolean;
}

function* mountAll(sys: Sys, io: Io, entries: readonly FstabEntry[], { type, testOptions, optionText, verbose, fake }: MountAll): Blocking<number> {
  const mounted = yield* readMounts(sys);
  const tell = (target: string, what: string): void => {
    if (verbose) io.out.put(`${target.padEnd(25)}: ${what}\n`);
  };
  let failed = 0;
  let good = 0;
  for (const entry of entries) {
    const words = entry.options.split(",");
    if (words.includes("noauto") || (testOptions !== undefined && !matchesOptions(entry.options, testOptions)) || entry.type === "swap" || entry.target === "none" || entry.target === "/" || (type !== undefined && !matchesTypes(entry.type, type))) {
      tell(entry.target, "ignored");
      continue;
    }
    if (mounted.some((one) => one.target === entry.target)) {
      tell(entry.target, "already mounted");
      continue;
    }
    const status = fake ? 0 : yield* mountOne(sys, io, { source: entry.source, target: entry.target, type: entry.type, options: [entry.options, optionText].filter((part) => part !== "").join(",") });
    if (status === 0) {
      good++;
      if (good === 1) tellOldUnits(sys, io);
      tell(entry.target, "successfully mounted");
    } else failed++;
  }
  return failed === 0 ? 0 : good > 0 ? 64 : MOUNT_FAILED;
}

export default utilLinux({
  name: "mount", path: "/bin/mount", mode: 0o4755, manSection: 8,
  summary: "mount a filesystem",
  synopsis: ["[-lhV]", "-a [options]", "[options] [--source] <source> | [--target] <directory>", "[options] <source> <directory>", "<operation> <mountpoint> [<target>]"],
  options: {
    all: flag(["-a", "--all"], "everything that /etc/fstab names"),
    noCanonicalize: flag(["-c", "--no-canonicalize"], "take paths as they were typed"),
    fake: flag(["-f", "--fake"], "all but the call of mount(2)"),
    fork: flag(["-F", "--fork"], "with -a, a process for each filesystem"),
    fstab: text(["-T", "--fstab"], "path", "read path instead of /etc/fstab"),
    internal: flag(["-i", "--internal-only"], "do it without the helpers mount.<type>"),
    showLabels: flag(["-l", "--show-labels"], "labels in the list, too"),
    mkdir: flag(["-m", "--mkdir"], "create a mountpoint that is missing"),
    noMtab: flag(["-n", "--no-mtab"], "leave /etc/mtab alone"),
    options: texts(["-o", "--options"], "list", "options of the mount, with commas between"),
    testOptions: text(["-O", "--test-opts"], "list", "with -a, only what has these options in fstab"),
    readOnly: flag(["-r", "--read-only"], "read-only, so that nothing changes there (-o ro)"),
    types: text(["-t", "--types"], "list", "what kind of filesystem it is; with -a, only these kinds"),
    source: text(["--source"], "src", "the source: path, LABEL= or UUID="),
    target: text(["--target"], "target", "the directory that becomes the mountpoint"),
    verbose: flag(["-v", "--verbose"], "tell each step"),
    readWrite: flag(["-w", "--rw", "--read-write"], "for reading and for writing (the default)"),
    label: text(["-L", "--label"], "label", "short for LABEL=<label>"),
    uuid: text(["-U", "--uuid"], "uuid", "short for UUID=<uuid>"),
    bind: flag(["-B", "--bind"], "show a directory at a second place (-o bind)"),
    move: flag(["-M", "--move"], "move a mounted tree to another place"),
    rbind: flag(["-R", "--rbind"], "as --bind, with everything mounted below"),
    makeShared: flag(["--make-shared"], "mounts made below also appear in bound copies, both ways"), makeSlave: flag(["--make-slave"], "mounts made in the original appear here, not the other way round"),
    makePrivate: flag(["--make-private"], "mounts made below appear nowhere else"), makeUnbindable: flag(["--make-unbindable"], "as --make-private, and no copy can be bound"),
    makeRshared: flag(["--make-rshared"], "as --make-shared, with every mount below"), makeRslave: flag(["--make-rslave"], "as --make-slave, with every mount below"),
    makeRprivate: flag(["--make-rprivate"], "as --make-private, with every mount below"), makeRunbindable: flag(["--make-runbindable"], "as --make-unbindable, with every mount below"),
  },
  operands: "files",
  seeAlso: ["umount(8)", "findmnt(8)", "fstab(5)"],
  *run({ options, operands, sys }, io: Io) {
    const words = [...options.options];
    for (const [on, word] of [
      [options.readOnly, "ro"], [options.readWrite, "rw"], [options.bind, "bind"], [options.rbind, "rbind"], [options.move, "move"], [options.mkdir, "x-mount.mkdir"], [options.makeShared, "shared"],
      [options.makeSlave, "slave"], [options.makePrivate, "private"], [options.makeUnbindable, "unbindable"], [options.makeRshared, "rshared"], [options.makeRslave, "rslave"],
      [options.makeRprivate, "rprivate"], [options.makeRunbindable, "runbindable"],
    ] as const) if (on) words.push(word);
    const optionText = words.join(",");
    const entries = parseFstab((yield* readTextFile(sys, options.fstab ?? "/etc/fstab")) ?? "");
    const rest = [...operands];
    let source = options.source ?? (options.label !== undefined ? `LABEL="${options.label}"` : options.uuid !== undefined ? `UUID="${options.uuid}"` : undefined);
    let target = options.target;
    if (rest.length > (source === undefined ? 2 : 1)) io.usage("bad usage");
    const perform = function* (attempt: Attempt): Blocking<number> {
      const status = options.fake ? 0 : yield* mountOne(sys, io, attempt);
      if (status === 0) tellOldUnits(sys, io);
      if (status === 0 && options.verbose) yield* tellMounted(sys, io, attempt);
      return status;
    };
    if (options.all) return yield* mountAll(sys, io, entries, { type: options.types, testOptions: options.testOptions, optionText, verbose: options.verbose, fake: options.fake });
    if (source === undefined && target === undefined && rest.length === 0) {
      if (optionText !== "") io.usage("bad usage");
      const loops = yield* attachedLoops(sys);
      for (const one of yield* readMountTable(sys)) {
        if (options.types !== undefined && !matchesTypes(one.type, options.types)) continue;
        // a loop device that mount(8) made is told by its file (mnt_pretty_path)
        const shown = loops.find(({ device, autoclear }) => autoclear && device === one.source)?.fileName ?? one.source;
        const label = options.showLabels && one.source.startsWith("/dev/") ? (yield* probeQuietly(sys, one.source)).label : undefined;
        yield* io.out.print(`${shown} on ${one.target} type ${one.type} (${mountOptionsText(one)})${label === undefined || label === "" ? "" : ` [${label}]`}\n`);
      }
      return 0;
    }
    if (rest.length === 2) [source, target] = [rest[0], rest[1]];
    else if (rest.length === 1 && source !== undefined) target = rest[0];
    else if (rest.length === 1 && target !== undefined) source = rest[0];
    const parsed = parseMountOptions(optionText);
    if (source !== undefined && target !== undefined) {
      if (sys.getcred().ruid !== 0) return yield* denied(sys, io, target);
      return yield* perform({ source: parsed.flags.bind || parsed.flags.move ? absolute(sys, source) : source, target: absolute(sys, target), type: options.types, options: optionText });
    }
    const only = rest[0] ?? target ?? source ?? "";
    const path = /^(UUID|LABEL)=/.test(only) ? only : absolute(sys, only);
    if (parsed.flags.remount || parsed.propagations.length > 0) {
      if (sys.getcred().ruid !== 0) return yield* denied(sys, io, path);
      const mounted = (yield* readMountTable(sys)).findLast((one) => one.target === path || one.source === only);
      // one name only: the words of fstab, else those that it has now, stand before the new ones (mount(8), remount)
      const written = entries.find((one) => one.target === (mounted?.target ?? path))?.options ?? (mounted === undefined ? "" : mountOptionsText(mounted));
      const all = parsed.flags.remount && written !== "" ? `${written},${optionText}` : optionText;
      return yield* perform({ source: parsed.flags.remount ? (mounted?.source ?? "none") : "none", target: mounted?.target ?? path, type: undefined, options: all });
    }
    const entry = entries.find((one) => one.target === path || one.source === only || one.source === path);
    if (!entry) {
      yield* io.warn(`${only}: can't find${rest.length === 0 && target !== undefined ? " mount point" : rest.length === 0 && source !== undefined ? " mount source" : ""} in /etc/fstab.`);
      return 1;
    }
    // Who may mount it without being root is the fstab's word (mount(8): user, users, owner, group).
    if (sys.getcred().ruid !== 0 && !userMay(sys, entry)) return yield* denied(sys, io, entry.target);
    return yield* perform({ source: entry.source, target: entry.target, type: entry.type, options: [entry.options, optionText].filter((part) => part !== "").join(",") });
  },
});
