// What a service sees of the machine (systemd.exec(5), SANDBOXING): mounts of its own, no network, fewer capabilities. Runs in the child, before it gives root up.
import { type Blocking, CAPABILITY_NAMES, encode, type MountFlags, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, makeDirectories, tryReadFile } from "./api/files.ts";
import { parseBoolean } from "./api/unit-text.ts";
import type { ServiceUnit } from "./service.ts";

/** Where a child's failure is told: the step by its exit status, and what went wrong. */
export class SandboxError extends Error {
  readonly status: number;
  override readonly cause: SysError;
  constructor(status: number, message: string, cause: SysError) {
    super(message);
    this.status = status;
    this.cause = cause;
  }
}

const STATUS = { NETWORK: 225, NAMESPACE: 226 } as const;

/** Bound over what may not be seen (systemd makes them at boot). */
const INACCESSIBLE = "/run/systemd/inaccessible";
const HOMES = ["/home", "/root", "/run/user"];
const KEPT_DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];
const KEPT_MOUNTS = ["pts", "shm", "mqueue", "hugepages"];
/** of the kernel, which ProtectKernelTunables= makes read-only */
const TUNABLES = ["/proc/sys", "/proc/sysrq-trigger", "/proc/acpi", "/proc/bus", "/proc/fs", "/proc/irq", "/sys"];
/** ProtectSystem=strict leaves these as they are */
const API_TREES = ["/proc", "/sys", "/dev"];

type Kind = "read-only" | "writable" | "inaccessible" | "empty" | "bind" | "bind-read-only";

interface Entry {
  readonly path: string;
  readonly kind: Kind;
  readonly source?: string;
  readonly isOptional: boolean;
  readonly options?: string;
}

export function isDynamic(unit: ServiceUnit): boolean {
  return unit.text.flag("Service", "DynamicUser", false);
}

function on(unit: ServiceUnit, key: string): boolean {
  return unit.text.flag("Service", key, false);
}

function hasPrivateTmp(unit: ServiceUnit): boolean {
  return on(unit, "PrivateTmp") || isDynamic(unit);
}

/** "systemd-private-BOOTID-apache2.service-XXXXXX", the same for one run of the unit. */
function privateTmpName(unit: ServiceUnit): string {
  const letters = unit.invocationId.slice(0, 6).replace(/[0-9]/g, (digit) => "KmRtQxZbWy".charAt(Number(digit)));
  return `systemd-private-${unit.supervisor.bootId}-${unit.name}-${letters}`;
}

/** PID 1's part, before the first process: the directories that stand for /tmp and /var/tmp. */
export function makePrivateTmp(unit: ServiceUnit): void {
  if (!hasPrivateTmp(unit)) return;
  const { sys } = unit.supervisor;
  const before = sys.umask(0);
  for (const root of ["/tmp", "/var/tmp"]) {
    const directory = `${root}/${privateTmpName(unit)}`;
    try {
      sys.mkdir(directory, 0o700);
      sys.mkdir(`${directory}/tmp`, 0o1777);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  sys.umask(before);
}

export function* removePrivateTmp(unit: ServiceUnit): Blocking<void> {
  if (!hasPrivateTmp(unit)) return;
  for (const root of ["/tmp", "/var/tmp"]) yield* unit.supervisor.removeTree(`${root}/${privateTmpName(unit)}`);
}

function pathsOf(unit: ServiceUnit, key: string, kind: Kind): readonly Entry[] {
  return unit.text.words("Service", key).map((word) => {
    const path = unit.supervisor.expand(word.replace(/^[-+]+/, ""), unit.name);
    return { path: path.replace(/(?<=.)\/+$/, ""), kind, isOptional: word.startsWith("-") };
  });
}

function entriesOf(unit: ServiceUnit): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (paths: readonly string[], kind: Kind, options?: string): void => {
    for (const path of paths) entries.push({ path, kind, isOptional: true, ...(options !== undefined && { options }) });
  };
  const dynamic = isDynamic(unit);
  entries.push(...pathsOf(unit, "ReadWritePaths", "writable"), ...pathsOf(unit, "ReadOnlyPaths", "read-only"), ...pathsOf(unit, "InaccessiblePaths", "inaccessible"));
  for (const [key, kind] of [["BindPaths", "bind"], ["BindReadOnlyPaths", "bind-read-only"]] as const) {
    for (const word of unit.text.words("Service", key)) {
      const [source = "", target = source] = word.replace(/^-/, "").split(":");
      entries.push({ path: target, kind, source, isOptional: word.startsWith("-") });
    }
  }
  for (const word of unit.text.words("Service", "TemporaryFileSystem")) {
    const [path = "", options = "mode=0755"] = word.split(":");
    entries.push({ path, kind: "empty", isOptional: false, options });
  }
  const homes = unit.setting("ProtectHome") ?? (dynamic ? "read-only" : "no");
  if (homes === "tmpfs") add(HOMES, "empty", "mode=0755,ro");
  else if (homes === "read-only") add(HOMES, "read-only");
  else if (parseBoolean(homes) === true) add(HOMES, "inaccessible");
  const system = unit.setting("ProtectSystem") ?? "no";
  if (system === "strict" || dynamic) {
    add(["/"], "read-only");
    add(API_TREES, "writable");
  } else if (system === "full") add(["/usr", "/boot", "/efi", "/etc"], "read-only");
  else if (parseBoolean(system) === true) add(["/usr", "/boot", "/efi"], "read-only");
  if (on(unit, "ProtectKernelTunables")) add(TUNABLES, "read-only");
  if (on(unit, "ProtectControlGroups")) add(["/sys/fs/cgroup"], "read-only");
  if (on(unit, "ProtectKernelModules")) add(["/usr/lib/modules", "/lib/modules"], "inaccessible");
  if (on(unit, "ProtectKernelLogs")) add(["/dev/kmsg", "/proc/kmsg"], "inaccessible");
  if (system === "strict" || dynamic) for (const [root, key] of [["/run", "RuntimeDirectory"], ["/var/lib", "StateDirectory"], ["/var/cache", "CacheDirectory"], ["/var/log", "LogsDirectory"]] as const) for (const name of unit.text.words("Service", key)) add([`${root}/${unit.supervisor.expand(name, unit.name)}`], "writable");
  return entries;
}

interface Mounted {
  readonly path: string;
  readonly flags: MountFlags;
}

function* mountsOf(sys: Sys): Blocking<readonly Mounted[]> {
  const lines = ((yield* tryReadFile(sys, "/proc/self/mountinfo")) ?? "").split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const fields = line.split(" ");
    const options = new Set((fields[5] ?? "").split(","));
    return { path: (fields[4] ?? "").replace(/\\040/g, " "), flags: { readOnly: options.has("ro"), nosuid: options.has("nosuid"), nodev: options.has("nodev"), noexec: options.has("noexec"), atime: options.has("noatime") ? "noatime" : "relatime" } };
  });
}

const isBelow = (path: string, above: string): boolean => path === above || above === "/" || path.startsWith(`${above}/`);

/** The directory and the file of mode 0 that stand for what is hidden. */
function* inaccessibleFor(sys: Sys, path: string): Blocking<string> {
  const isDirectory = (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  const stand = `${INACCESSIBLE}/${isDirectory ? "dir" : "reg"}`;
  if (exists(sys, stand)) return stand;
  makeDirectories(sys, INACCESSIBLE);
  if (isDirectory) sys.mkdir(stand, 0);
  else sys.close(yield* sys.open(stand, O.WRONLY | O.CREAT, 0));
  sys.chmod(stand, 0);
  return stand;
}

/** "a directory or file of its own to mount on" */
function* makeTarget(sys: Sys, path: string, source: string): Blocking<void> {
  if (exists(sys, path)) return;
  makeDirectories(sys, path.slice(0, path.lastIndexOf("/")) || "/");
  if ((sys.stat(source).mode & S.IFMT) === S.IFDIR) sys.mkdir(path, 0o755);
  else sys.close(yield* sys.open(path, O.WRONLY | O.CREAT, 0o644));
}

function* apply(sys: Sys, entry: Entry, isMountPoint: boolean): Blocking<void> {
  switch (entry.kind) {
    case "inaccessible":
      sys.mount(yield* inaccessibleFor(sys, entry.path), entry.path, "", { bind: true });
      return;
    case "empty": {
      const options = (entry.options ?? "").split(",").filter((one) => one !== "ro");
      sys.mount("tmpfs", entry.path, "tmpfs", { nodev: true, atime: "strictatime", readOnly: entry.options?.split(",").includes("ro") === true }, options.join(","));
      return;
    }
    case "bind":
    case "bind-read-only":
      yield* makeTarget(sys, entry.path, entry.source ?? entry.path);
      sys.mount(entry.source ?? entry.path, entry.path, "", { bind: true, recursive: true });
      return;
    default:
      if (!isMountPoint) sys.mount(entry.path, entry.path, "", { bind: true, recursive: true });
  }
}

function* privateDevices(sys: Sys): Blocking<void> {
  const stage = "/run/systemd/namespace-dev";
  makeDirectories(sys, stage);
  sys.mount("tmpfs", stage, "tmpfs", { nosuid: true, noexec: true, atime: "strictatime" }, "mode=0755");
  for (const name of KEPT_DEVICES) {
    const from = sys.stat(`/dev/${name}`);
    const at = `${stage}/${name}`;
    sys.mknod(at, from.mode, from.rdev);
    sys.chmod(at, from.mode & 0o7777);
    sys.chown(at, from.uid, from.gid);
  }
  for (const name of KEPT_MOUNTS) {
    if (!exists(sys, `/dev/${name}`)) continue;
    sys.mkdir(`${stage}/${name}`, 0o755);
    sys.mount(`/dev/${name}`, `${stage}/${name}`, "", { bind: true });
  }
  for (const [name, target] of [["ptmx", "pts/ptmx"], ["log", "/run/systemd/journal/dev-log"], ["fd", "/proc/self/fd"], ["stdin", "/proc/self/fd/0"], ["stdout", "/proc/self/fd/1"], ["stderr", "/proc/self/fd/2"]] as const) sys.symlink(target, `${stage}/${name}`);
  sys.mount(stage, "/dev", "", { bind: true, recursive: true });
  sys.umount(stage, { lazy: true });
}

/** Mounts in order of their paths; then what is read-only becomes so, with all that is mounted below and that no other entry speaks of. */
function* ownMounts(sys: Sys, unit: ServiceUnit, entries: readonly Entry[]): Blocking<void> {
  let at = "/";
  try {
    sys.unshare(["mnt"]);
    sys.mount("", "/", "", { propagation: "slave", recursive: true });
    if (hasPrivateTmp(unit)) {
      for (const root of ["/tmp", "/var/tmp"]) {
        at = root;
        sys.mount(`${root}/${privateTmpName(unit)}/tmp`, root, "", { bind: true });
      }
    }
    if (on(unit, "PrivateDevices")) {
      at = "/dev";
      yield* privateDevices(sys);
    }
    const sorted = entries.filter((entry) => entry.kind.startsWith("bind") || !entry.isOptional || exists(sys, entry.path)).toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
    const present: Entry[] = [];
    for (const entry of sorted) {
      at = entry.path;
      if (entry.isOptional && !exists(sys, entry.source ?? entry.path)) continue;
      if (entry.source === undefined) sys.stat(entry.path);
      yield* apply(sys, entry, (yield* mountsOf(sys)).some((one) => one.path === entry.path));
      present.push(entry);
    }
    const kept = [...present.map((entry) => entry.path), ...(hasPrivateTmp(unit) ? ["/tmp", "/var/tmp"] : [])];
    for (const entry of present) {
      if (entry.kind !== "read-only" && entry.kind !== "bind-read-only") continue;
      for (const mount of yield* mountsOf(sys)) {
        if (!isBelow(mount.path, entry.path) || kept.some((other) => other !== entry.path && isBelow(other, entry.path) && isBelow(mount.path, other))) continue;
        at = mount.path;
        sys.mount("", mount.path, "", { ...mount.flags, remount: true, bind: true, readOnly: true });
      }
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new SandboxError(STATUS.NAMESPACE, `Failed to set up mount namespacing: ${at}: ${error.message}`, error);
  }
}

/** Errors: SandboxError. */
export function* enterSandbox(sys: Sys, unit: ServiceUnit): Blocking<void> {
  try {
    if (on(unit, "PrivateNetwork")) {
      sys.unshare(["net"]);
      sys.rtnetlink({ op: "link-set", index: 1, up: true });
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new SandboxError(STATUS.NETWORK, `Failed to set up network namespacing: ${error.message}`, error);
  }
  if (on(unit, "PrivateIPC")) sys.unshare(["ipc"]);
  if (on(unit, "ProtectHostname")) sys.unshare(["uts"]);
  const entries = entriesOf(unit);
  if (entries.length > 0 || hasPrivateTmp(unit) || on(unit, "PrivateDevices") || on(unit, "PrivateMounts")) yield* ownMounts(sys, unit, entries);
}

function capabilities(words: readonly string[]): bigint {
  let mask = 0n;
  for (const word of words) {
    const at = CAPABILITY_NAMES.indexOf(word.replace(/^~/, "").toLowerCase().replace(/^cap_/, ""));
    if (at >= 0) mask |= 1n << BigInt(at);
  }
  return mask;
}

/** What CapabilityBoundingSet= leaves; lines add up, those with ~ take away, an empty one leaves none. */
export function limitCapabilities(sys: Sys, unit: ServiceUnit): void {
  const lines = unit.text.all("Service", "CapabilityBoundingSet");
  const all = (1n << BigInt(CAPABILITY_NAMES.length)) - 1n;
  let left: bigint | undefined;
  for (const line of lines) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    const mask = capabilities(words);
    if (line.startsWith("~")) left = (left ?? all) & ~mask;
    else left = mask === 0n ? 0n : (left ?? 0n) | mask;
  }
  if (on(unit, "PrivateDevices")) left = (left ?? all) & ~capabilities(["mknod", "sys_rawio"]);
  if (on(unit, "ProtectKernelModules")) left = (left ?? all) & ~capabilities(["sys_module"]);
  if (on(unit, "ProtectKernelLogs")) left = (left ?? all) & ~capabilities(["syslog"]);
  if (on(unit, "ProtectClock")) left = (left ?? all) & ~capabilities(["sys_time", "wake_alarm"]);
  if (left === undefined) return;
  for (let number = 0; number < CAPABILITY_NAMES.length; number++) if ((left & (1n << BigInt(number))) === 0n) sys.capDropBounding(number);
}

/** AmbientCapabilities=, once the user is another. `permitted`: what was kept over the change. */
export function raiseAmbient(sys: Sys, unit: ServiceUnit): void {
  const mask = capabilities(unit.text.words("Service", "AmbientCapabilities"));
  if (mask === 0n) return;
  const { permitted, bounding } = sys.capget();
  const given = mask & permitted & bounding;
  sys.capset({ effective: given, permitted: given, inheritable: given, ambient: given });
}

export function needsAmbient(unit: ServiceUnit): boolean {
  return unit.text.words("Service", "AmbientCapabilities").length > 0;
}

const FIRST_DYNAMIC = 61_184;
const LAST_DYNAMIC = 65_519;

/** DynamicUser=: the name that it has, and a number that follows from it. */
export function dynamicAccount(unit: ServiceUnit): { readonly name: string; readonly uid: number } {
  const name = unit.setting("User") ?? unit.name.replace(/\.service$/, "").replace(/@.*$/, "");
  let hash = 0x811c9dc5;
  for (const byte of encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return { name, uid: FIRST_DYNAMIC + (hash % (LAST_DYNAMIC - FIRST_DYNAMIC + 1)) };
}

/** NoNewPrivileges=, or what implies it. */
export function refusesPrivileges(unit: ServiceUnit): boolean {
  return on(unit, "NoNewPrivileges") || isDynamic(unit);
}

/** Of the directories that it keeps, by the name of their variable. */
export function directoryVariables(unit: ServiceUnit): readonly (readonly [name: string, value: string])[] {
  return ([["RuntimeDirectory", "/run", "RUNTIME_DIRECTORY"], ["StateDirectory", "/var/lib", "STATE_DIRECTORY"], ["CacheDirectory", "/var/cache", "CACHE_DIRECTORY"], ["LogsDirectory", "/var/log", "LOGS_DIRECTORY"], ["ConfigurationDirectory", "/etc", "CONFIGURATION_DIRECTORY"]] as const)
    .map(([key, root, variable]) => [variable, unit.text.words("Service", key).map((name) => `${root}/${unit.supervisor.expand(name, unit.name)}`).join(":")] as const)
    .filter(([, value]) => value !== "");
}
