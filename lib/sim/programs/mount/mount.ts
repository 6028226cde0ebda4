import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { attachLoop, attachedLoops } from "../kit/loop-device.ts";
import { type FstabEntry, parseFstab, parseMountOptions } from "../kit/mount-options.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { deviceOfTag, mountSource, probeQuietly } from "../kit/probe-device.ts";
import { type Io, flag, text, texts, utilLinux } from "../kit/util-linux.ts";

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

/** What `mount` prints and findmnt calls OPTIONS: the mount's own words, then those of the file system. */
function mountOptionsText(mount: Mount): string {
  const own = mount.options.split(",");
  const own0 = own[0] === "ro" ? "ro" : (mount.superOptions.split(",")[0] === "ro" ? "ro" : "rw");
  return [own0, ...own.slice(1), ...mount.superOptions.split(",").filter((word) => word !== "rw" && word !== "ro" && word !== "")].join(",");
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

interface Attempt {
  readonly source: string;
  readonly target: string;
  readonly type: string | undefined;
  readonly options: string;
}

function* candidates(sys: Sys, source: string, type: string | undefined): Blocking<readonly string[]> {
  if (type !== undefined && type !== "auto") return type.split(",");
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
  if (parsed.words.has("x-mount.mkdir") && !exists(sys, target)) sys.mkdir(target, 0o755);
  let source = given;
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
    return yield* explain(sys, io, error, { source, target, type, options });
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

/** mnt_context_get_mount_excode of libmount: errno and circumstances in words. */
function* explain(sys: Sys, io: Io, error: SysError, { source, target, type, options }: Attempt): Blocking<number> {
  const parsed = parseMountOptions(options);
  const { flags } = parsed;
  const say = function* (message: string, hint = true): Blocking<number> {
    yield* io.warn(`${target}: ${message}${hint ? `\n${HINT}` : ""}`);
    return MOUNT_FAILED;
  };
  const pseudo = type !== undefined && !["ext2", "ext3", "ext4", "xfs", "vfat", "iso9660", "btrfs", "ntfs"].includes(type);
  switch (error.errno) {
    case "EPERM": case "EACCES":
      if (error.errno === "EACCES" && isType(sys, source, S.IFBLK)) return yield* say(`cannot mount ${source} read-only.`);
      return yield* denied(sys, io, target);
    case "ENOENT": case "ENOTDIR":
      if (!exists(sys, target)) return yield* say("mount point does not exist.");
      if (!isType(sys, target, S.IFDIR) && !flags.bind) return yield* say("mount point is not a directory.");
      if (!pseudo && parsed.words.has("nofail")) return 0;
      return yield* say(pseudo && !flags.bind ? `mount(2) system call failed: ${error.message}.` : `special device ${source} does not exist.`);
    case "EBUSY": {
      if (flags.remount) return yield* say("mount point is busy.");
      const mounted = (yield* readMounts(sys)).find((one) => one.target === target && one.source === source);
      return yield* say(mounted ? `${source} already mounted on ${target}.` : `${source} already mounted or mount point busy.`);
    }
    case "EINVAL":
      if (flags.remount) return yield* say("mount point not mounted or bad option.");
      if (parsed.propagations.length > 0 && source === "none") return yield* say("not mount point or bad option.");
      if (flags.move) return yield* say("bad option; moving a mount residing under a shared mount is unsupported.");
      return yield* say(`wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`);
    case "ENODEV": return yield* say(`unknown filesystem type '${type ?? ""}'.`);
    case "ENOTBLK":
      return yield* say(isType(sys, source, S.IFREG) ? `${source} is not a block device; try "-o loop".` : `${source} is not a block device.`);
    case "ENXIO":
      if (parsed.words.has("nofail")) return 0;
      return yield* say(`${source} is not a valid block device.`);
    case "EIO": return yield* say(`can't read superblock on ${source}.`);
    case "EROFS": return yield* say(`cannot mount ${source} read-only.`);default: return yield* say(`mount(2) system call failed: ${error.message}.`);
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
  readonly optionText: string;
  readonly verbose: boolean;
  readonly fake: boolean;
}

function* mountAll(sys: Sys, io: Io, entries: readonly FstabEntry[], { type, optionText, verbose, fake }: MountAll): Blocking<number> {
  const mounted = yield* readMounts(sys);
  const tell = (target: string, what: string): void => {
    if (verbose) io.out.put(`${target.padEnd(25)}: ${what}\n`);
  };
  let failed = 0;
  let good = 0;
  for (const entry of entries) {
    const words = entry.options.split(",");
    if (words.includes("noauto") || entry.type === "swap" || entry.target === "none" || entry.target === "/" || (type !== undefined && !type.split(",").includes(entry.type))) {
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
    if (options.all) return yield* mountAll(sys, io, entries, { type: options.types, optionText, verbose: options.verbose, fake: options.fake });
    if (source === undefined && target === undefined && rest.length === 0) {
      if (optionText !== "") io.usage("bad usage");
      for (const one of yield* readMounts(sys)) {
        if (options.types !== undefined && !options.types.split(",").includes(one.type)) continue;
        const label = options.showLabels && one.source.startsWith("/dev/") ? (yield* probeQuietly(sys, one.source)).label : undefined;
        yield* io.out.print(`${one.source} on ${one.target} type ${one.type} (${mountOptionsText(one)})${label === undefined || label === "" ? "" : ` [${label}]`}\n`);
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
      const mounted = (yield* readMounts(sys)).findLast((one) => one.target === path || one.source === only);
      if (!mounted && parsed.flags.remount) {
        yield* io.warn(`${path}: mount point not mounted or bad option.\n${HINT}`);
        return MOUNT_FAILED;
      }
      return yield* perform({ source: parsed.flags.remount ? (mounted?.source ?? "none") : "none", target: mounted?.target ?? path, type: undefined, options: optionText });
    }
    const entry = entries.find((one) => one.target === path || one.source === only || one.source === path);
    if (!entry) {
      yield* io.warn(`${only}: can't find in /etc/fstab.`);
      return 1;
    }
    // Who may mount it without being root is the fstab's word (mount(8): user, users, owner, group).
    if (sys.getcred().ruid !== 0 && !/(^|,)(user|users|owner|group)(,|$)/.test(entry.options)) return yield* denied(sys, io, entry.target);
    return yield* perform({ source: entry.source, target: entry.target, type: entry.type, options: [entry.options, optionText].filter((part) => part !== "").join(",") });
  },
});
