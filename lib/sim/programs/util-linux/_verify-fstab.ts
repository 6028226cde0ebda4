// findmnt --verify: what is wrong with the lines of fstab(5). Recorded from findmnt of util-linux 2.38.1.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { deviceOfTag, probeDevice, probeQuietly } from "../kit/probe-device.ts";
import type { Io } from "../kit/util-linux.ts";

interface Line {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
  readonly pass: number;
}

const VFS = new Set(["ro", "rw", "exec", "noexec", "suid", "nosuid", "dev", "nodev", "sync", "async", "dirsync", "remount", "bind", "rbind", "move", "silent", "loud", "lazytime", "nolazytime", "iversion", "noiversion", "mand", "nomand", "atime", "noatime", "diratime", "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime", "symfollow", "nosymfollow", "private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable"]);
const USER = new Set(["loop", "offset", "sizelimit", "encryption", "helper", "uhelper", "user", "nouser", "users", "nousers", "owner", "noowner", "group", "nogroup", "auto", "noauto", "nofail", "_netdev", "comment"]);
const PSEUDO = new Set(["anon_inodefs", "autofs", "bdev", "binder", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "cpuset", "debugfs", "devfs", "devpts", "devtmpfs", "dlmfs", "dmabuf", "efivarfs", "fuse", "fusectl", "hugetlbfs", "ipathfs", "mqueue", "nfsd", "none", "nsfs", "overlay", "pipefs", "proc", "pstore", "ramfs", "resctrl", "rootfs", "rpc_pipefs", "securityfs", "selinuxfs", "smackfs", "sockfs", "spufs", "sysfs", "tmpfs", "tracefs", "vboxsf", "virtiofs"]);
const NETWORK = new Set(["cifs", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "afs", "ncpfs", "fuse.curlftpfs", "fuse.sshfs", "9p"]);
const TAGS = new Set(["UUID", "LABEL", "PARTUUID", "PARTLABEL", "ID"]);

/** Three fields at least, freq and passno numbers; the others are told and left out. */
function* linesOf(sys: Sys, io: Io, path: string): Blocking<{ readonly lines: readonly Line[]; readonly faults: number }> {
  const content = yield* readTextFile(sys, path);
  if (content === undefined) io.die(`can't read ${path}: No such file or directory`);
  const lines: Line[] = [];
  let faults = 0;
  const unescaped = (word: string): string => word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  for (const [index, text] of content.split("\n").entries()) {
    if (/^\s*(#|$)/.test(text)) continue;
    const [source, target, type, options = "", frequency = "0", pass = "0"] = text.trim().split(/\s+/);
    if (source === undefined || target === undefined || type === undefined || !/^\d+$/.test(frequency) || !/^\d+$/.test(pass)) {
      faults++;
      yield* io.stderr(`findmnt: ${path}: parse error at line ${index + 1} -- ignored\n`);
      continue;
    }
    lines.push({ source: unescaped(source), target: unescaped(target), type, options: options.split(",").filter((word) => word !== "" && word !== "defaults"), pass: Number(pass) });
  }
  return { lines, faults };
}

/** What the running kernel says that it can mount, and what stands as a directory among its modules. */
function* supported(sys: Sys): Blocking<ReadonlySet<string>> {
  const known = new Set(((yield* readTextFile(sys, "/proc/filesystems")) ?? "").split("\n").map((line) => line.split("\t")[1] ?? ""));
  try {
    for (const entry of sys.readdir(`/lib/modules/${sys.uname().release}/kernel/fs`)) known.add(entry.name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return known;
}

const resolved = (sys: Sys, path: string): string => {
  try {
    return canonicalPath(sys, path, "existing");
  } catch (error) {
    if (error instanceof SysError) return path.replace(/(.)\/+$/, "$1");
    throw error;
  }
};

/** Undefined: it is there. */
function missing(sys: Sys, path: string): { readonly mode: number } | string {
  try {
    return sys.stat(path);
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}

/** The exit status; warnings alone leave it 0. */
export function* verifyFstab(sys: Sys, io: Io, { path, verbose, only }: { readonly path: string; readonly verbose: boolean; readonly only: string | undefined }): Blocking<number> {
  const { lines, faults } = yield* linesOf(sys, io, path);
  const known = yield* supported(sys);
  let errors = 0;
  let warnings = 0;
  for (const [index, line] of lines.entries()) {
    if (sys.charge(20)) yield* sys.preempt();
    if (only !== undefined && line.target !== only && line.source !== only) continue;
    let named = false;
    const say = (mark: string, text: string): void => {
      if (!named) io.out.put(`${line.target}\n`);
      named = true;
      io.out.put(`   [${mark}] ${io.word(text)}\n`);
    };
    const wrong = (text: string): void => {
      errors++;
      say("E", text);
    };
    const doubtful = (text: string): void => {
      warnings++;
      say("W", text);
    };
    const fine = (text: string): void => {
      if (verbose) say(" ", text);
    };
    const { source, type, options } = line;
    const swap = type === "swap";
    const aside = PSEUDO.has(type) || NETWORK.has(type) || type.startsWith("fuse.");
    const target = resolved(sys, line.target);
    for (const later of lines.slice(index + 1)) {
      const other = resolved(sys, later.target);
      if (other === target) doubtful("target specified more than once");
      else if (target.startsWith(`${other}/`)) wrong(`wrong order: ${target} specified before ${other}`);
    }
    if (!swap) {
      if (target !== line.target) doubtful(`non-canonical target path (real: ${target})`);
      const found = missing(sys, target);
      if (typeof found === "string") (options.includes("noauto") ? doubtful : wrong)(`${options.includes("noauto") ? "unreachable target" : "unreachable on boot required target"}: ${found}`);
      else if ((found.mode & S.IFMT) !== S.IFDIR && !options.includes("bind")) wrong("target is not a directory");
      else fine("target exists");
      const kind = (word: string): string => {
        const name = word.split("=")[0] ?? "";
        return VFS.has(name) ? "VFS" : USER.has(name) || /^x-/i.test(name) ? "userspace" : "FS";
      };
      for (const group of ["VFS", "FS", "userspace"]) {
        const words = options.filter((word) => kind(word) === group);
        if (words.length > 0) fine(`${group} options: ${words.join(",")}`);
      }
    } else for (const word of options) {
      const discard = /^discard=(.*)$/.exec(word)?.[1];
      if (discard !== undefined && discard !== "once" && discard !== "pages") wrong(`unsupported swaparea discard policy: ${discard}`);
      if (/^pri=/.test(word) && !/^pri=-?\d+$/.test(word)) wrong("failed to parse swaparea priority option");
    }
    if (aside) {
      fine(`do not check ${source} source (pseudo/net)`);
      fine(`do not check ${source} FS type (pseudo/net)`);
    } else {
      const tag = /^([A-Z]+)=(.+)$/.exec(source);
      let device: string | undefined = source;
      if (tag && TAGS.has(tag[1] ?? "")) {
        device = yield* deviceOfTag(sys, source);
        const plain = `${tag[1]}=${(tag[2] ?? "").replace(/^"(.*)"$/, "$1")}`;
        if (device !== undefined) fine(`${plain} translated to ${device}`);
        else if (options.includes("noauto")) doubtful(`unreachable: ${plain}`);
        else wrong(`unreachable on boot required source: ${plain}`);
      } else if (tag) wrong(`unsupported source tag: ${source}`);
      else {
        const found = missing(sys, source);
        const mode = typeof found === "string" ? 0 : found.mode & S.IFMT;
        if (typeof found === "string") doubtful(`unreachable source: ${source}: ${found}`);
        else if ((mode === S.IFDIR || mode === S.IFREG) && !options.includes("bind")) doubtful(`non-bind mount source ${source} is a directory or regular file`);
        else if (mode !== S.IFBLK) doubtful(`source ${source} is not a block device`);
        else fine(`source ${source} exists`);
      }
      if (device !== undefined) {
        const automatic = type === "auto";
        if (!automatic && !swap && !known.has(type)) doubtful(`${type} seems unsupported by the current kernel`);
        const onDisk = (yield* probeQuietly(sys, device)).type;
        if (onDisk === undefined) {
          let reason = "reason unknown";
          try {
            yield* probeDevice(sys, device);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            reason = error.message;
          }
          (automatic ? wrong : doubtful)(`cannot detect on-disk filesystem type (${reason})`);
        } else if (!automatic && onDisk !== type) wrong(`${type} does not match with on-disk ${onDisk}`);
        else if (automatic && onDisk !== "swap" && !known.has(onDisk)) doubtful(`on-disk ${onDisk} seems unsupported by the current kernel`);
        else fine(`FS type is ${onDisk}`);
      }
    }
    const passWanted = type !== "btrfs" && type !== "xfs";
    if (target === "/" && passWanted && line.pass !== 1 && !aside) doubtful(`recommended root FS passno is 1 (current is ${line.pass})`);
  }
  if (path === "/etc/fstab") {
    const loaded = modified(sys, "/run/systemd/systemd-units-load");
    const changed = modified(sys, path);
    if (loaded !== undefined && changed !== undefined && loaded < changed) {
      warnings++;
      io.out.put(`   [W] ${io.word("your fstab has been modified, but systemd still uses the old version;\n       use 'systemctl daemon-reload' to reload")}\n`);
    }
  }
  yield* io.out.flush();
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (errors + warnings + faults === 0) yield* io.tell("Success, no errors or warnings detected\n");
  else yield* io.stderr(`\n${count(faults, "parse error")}, ${count(errors, "error")}, ${count(warnings, "warning")}\n`);
  return errors + faults === 0 ? 0 : 1;
}

function modified(sys: Sys, path: string): number | undefined {
  try {
    return sys.stat(path).mtimeUs;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
