// What runc does in the container's first process before it becomes the container's program: mounts, pivot_root, host name, limits,
// capabilities, user, exec. Runs in the new namespaces; everything goes through system calls.

import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readText } from "./disk.ts";
import { type ContainerUser, resolveUser, UserNotFound } from "./container-user.ts";
import type { StoredContainer } from "./container.ts";

export interface InitPlan {
  readonly container: StoredContainer;
  readonly rootfs: string;
  readonly environment: ReadonlyMap<string, string>;
  /** host files bound over /etc/hosts and friends; undefined with --network container:… */
  readonly files: { readonly hosts: string; readonly hostname: string; readonly resolvConf: string };
  readonly hostname: string;
  /** slave of the container's terminal on the host, when it has one */
  readonly terminal: string | undefined;
  readonly ownNetwork: boolean;
}

/** Where --init finds tini on the host, and where the container sees it. */
const HOST_INIT = "/usr/bin/docker-init";
const INIT_PATH = "/sbin/docker-init";

/** What docker shows behind "OCI runtime create failed: runc create failed: ". */
export class InitError extends Error {
  /** exit status of docker run: 125, 126 or 127 */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Docker's default set (14 capabilities), by number. */
const DEFAULT_CAPABILITIES = [0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31];
const CAPABILITY_NAMES = "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE".split(" ");

/** docker 20.10 knows them up to AUDIT_READ. */
const KNOWN_CAPABILITIES = 38;

/** Errors: InitError for an unknown name. */
export function capabilityMask(host: Pick<StoredContainer["HostConfig"], "Privileged" | "CapAdd" | "CapDrop">): bigint {
  const all = (1n << BigInt(KNOWN_CAPABILITIES)) - 1n;
  if (host.Privileged) return all;
  const bit = (name: string): bigint => {
    const place = CAPABILITY_NAMES.indexOf(name.toUpperCase().replace(/^CAP_/, ""));
    return place < 0 ? 0n : 1n << BigInt(place);
  };
  let mask = DEFAULT_CAPABILITIES.reduce((sum, capability) => sum | (1n << BigInt(capability)), 0n);
  const drop = host.CapDrop ?? [];
  const add = host.CapAdd ?? [];
  if (drop.some((name) => name.toUpperCase() === "ALL")) mask = 0n;
  if (add.some((name) => name.toUpperCase() === "ALL")) mask = all;
  for (const name of add) mask |= bit(name);
  for (const name of drop) mask &= ~bit(name);
  return mask;
}

export function isCapability(name: string): boolean {
  const plain = name.toUpperCase().replace(/^CAP_/, "");
  return plain === "ALL" || CAPABILITY_NAMES.includes(plain);
}

function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function makeDirectory(sys: Sys, path: string): void {
  let at = "";
  for (const part of path.split("/").filter((name) => name !== "")) {
    at += `/${part}`;
    attempt(() => sys.mkdir(at, 0o755));
  }
}

function* touch(sys: Sys, path: string): Blocking<void> {
  makeDirectory(sys, path.slice(0, path.lastIndexOf("/")));
  try {
    sys.lstat(path);
    return;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  try {
    sys.close(yield* sys.open(path, O.WRONLY | O.CREAT, 0o755));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* bindFile(sys: Sys, source: string, target: string, readOnly: boolean): Blocking<void> {
  const directory = (sys.stat(source).mode & S.IFMT) === S.IFDIR;
  if (directory) makeDirectory(sys, target);
  else yield* touch(sys, target);
  sys.mount(source, target, "", { bind: true, recursive: directory });
  if (readOnly) sys.mount("", target, "", { bind: true, remount: true, readOnly: true });
}

const devices: readonly (readonly [name: string, major: number, minor: number])[] = [["null", 1, 3], ["zero", 1, 5], ["full", 1, 7], ["random", 1, 8], ["urandom", 1, 9], ["tty", 5, 0]];

const OWN_DEVICES = new Set(["pts", "shm", "mqueue", "fd", "stdin", "stdout", "stderr", "ptmx", "console", "core", "hugepages"]);

function copyDevice(sys: Sys, from: string, to: string): void {
  const { mode, rdev } = sys.stat(from);
  if ((mode & S.IFMT) !== S.IFCHR && (mode & S.IFMT) !== S.IFBLK) return;
  makeDirectory(sys, to.slice(0, to.lastIndexOf("/")));
  attempt(() => sys.mknod(to, mode, rdev));
}

/** All devices of the host, for --privileged. */
function copyDevices(sys: Sys, from: string, to: string): void {
  for (const { name } of sys.readdir(from)) {
    if (OWN_DEVICES.has(name)) continue;
    const kind = sys.lstat(`${from}/${name}`).mode & S.IFMT;
    if (kind === S.IFDIR) copyDevices(sys, `${from}/${name}`, `${to}/${name}`);
    else if (kind === S.IFCHR || kind === S.IFBLK) copyDevice(sys, `${from}/${name}`, `${to}/${name}`);
  }
}

function* mountTree(sys: Sys, plan: InitPlan): Blocking<void> {
  const { container, rootfs } = plan;
  const { HostConfig: host } = container;
  sys.mount("", "/", "", { propagation: "private", recursive: true });
  sys.mount(rootfs, rootfs, "", { bind: true, recursive: true });
  for (const name of ["proc", "dev", "sys", "etc"]) makeDirectory(sys, `${rootfs}/${name}`);
  sys.mount("proc", `${rootfs}/proc`, "proc", { nosuid: true, nodev: true, noexec: true });
  sys.mount("tmpfs", `${rootfs}/dev`, "tmpfs", { nosuid: true }, "size=65536k,mode=755");
  for (const name of ["pts", "shm", "mqueue"]) sys.mkdir(`${rootfs}/dev/${name}`, 0o755);
  sys.mount("devpts", `${rootfs}/dev/pts`, "devpts", { nosuid: true, noexec: true }, "newinstance,ptmxmode=0666,mode=0620,gid=5");
  sys.mount("sysfs", `${rootfs}/sys`, "sysfs", { nosuid: true, nodev: true, noexec: true, readOnly: !host.Privileged });
  attempt(() => sys.mount("cgroup", `${rootfs}/sys/fs/cgroup`, "cgroup2", { nosuid: true, nodev: true, noexec: true, readOnly: !host.Privileged }));
  attempt(() => sys.mount("mqueue", `${rootfs}/dev/mqueue`, "mqueue", { nosuid: true, nodev: true, noexec: true }));
  sys.mount("shm", `${rootfs}/dev/shm`, "tmpfs", { nosuid: true, nodev: true, noexec: true }, `size=${Math.floor(host.ShmSize / 1024)}k`);
  const mask = sys.umask(0);
  for (const [name, major, minor] of devices) sys.mknod(`${rootfs}/dev/${name}`, S.IFCHR | 0o666, (major << 8) | minor);
  for (const [name, target] of [["ptmx", "pts/ptmx"], ["fd", "/proc/self/fd"], ["stdin", "/proc/self/fd/0"], ["stdout", "/proc/self/fd/1"], ["stderr", "/proc/self/fd/2"]] as const) sys.symlink(target, `${rootfs}/dev/${name}`);
  if (host.Privileged) copyDevices(sys, "/dev", `${rootfs}/dev`);
  for (const device of host.Devices) copyDevice(sys, device.PathOnHost, `${rootfs}${device.PathInContainer}`);
  sys.umask(mask);
  if (plan.terminal !== undefined) yield* bindFile(sys, plan.terminal, `${rootfs}/dev/console`, false);
  for (const mount of container.Mounts) {
    if (mount.Type === "tmpfs") {
      makeDirectory(sys, `${rootfs}${mount.Destination}`);
      sys.mount("tmpfs", `${rootfs}${mount.Destination}`, "tmpfs", { nosuid: true, nodev: true, noexec: true }, mount.Mode);
    } else yield* bindFile(sys, mount.Source, `${rootfs}${mount.Destination}`, !mount.RW);
  }
  const over = (path: string) => container.Mounts.some((mount) => mount.Destination === path);
  if (!over("/etc/resolv.conf")) yield* bindFile(sys, plan.files.resolvConf, `${rootfs}/etc/resolv.conf`, false);
  if (!over("/etc/hostname")) yield* bindFile(sys, plan.files.hostname, `${rootfs}/etc/hostname`, false);
  if (!over("/etc/hosts")) yield* bindFile(sys, plan.files.hosts, `${rootfs}/etc/hosts`, false);
  for (const [name, value] of Object.entries(host.Sysctls ?? {})) {
    const fd = yield* sys.open(`${rootfs}/proc/sys/${name.replaceAll(".", "/")}`, O.WRONLY);
    yield* sys.write(fd, encode(value));
    sys.close(fd);
  }
  if (!host.Privileged) {
    for (const path of ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]) {
      attempt(() => {
        sys.mount(`${rootfs}${path}`, `${rootfs}${path}`, "", { bind: true });
        sys.mount("", `${rootfs}${path}`, "", { bind: true, remount: true, readOnly: true });
      });
    }
    for (const path of ["/proc/kcore", "/proc/keys", "/proc/timer_list"]) attempt(() => sys.mount(`${rootfs}/dev/null`, `${rootfs}${path}`, "", { bind: true }));
  }
  if (host.Init) yield* bindFile(sys, HOST_INIT, `${rootfs}${INIT_PATH}`, true);
  const old = `${rootfs}/.pivot_root`;
  attempt(() => sys.mkdir(old, 0o700));
  sys.pivotRoot(rootfs, old);
  sys.chdir("/");
  sys.umount("/.pivot_root", { lazy: true });
  sys.rmdir("/.pivot_root");
  if (host.ReadonlyRootfs) sys.mount("", "/", "", { bind: true, remount: true, readOnly: true });
}

/** As exec.LookPath of Go, with runc's words. */
export function lookUp(sys: Sys, program: string, path: string): string {
  const usable = (file: string): "yes" | "denied" | "no" => {
    try {
      if ((sys.stat(file).mode & S.IFMT) === S.IFDIR) return "denied";
      sys.access(file, 1, true);
      return "yes";
    } catch (error) {
      return error instanceof SysError && error.errno === "EACCES" ? "denied" : "no";
    }
  };
  const quoted = JSON.stringify(program);
  if (program.includes("/")) {
    const found = usable(program);
    if (found === "yes") return program;
    if (found === "denied") throw new InitError(126, `unable to start container process: exec: ${quoted}: permission denied: unknown`);
    throw new InitError(127, `unable to start container process: exec: ${quoted}: stat ${program}: no such file or directory: unknown`);
  }
  let denied = false;
  for (const directory of path.split(":")) {
    const file = `${directory === "" ? "." : directory}/${program}`;
    const found = usable(file);
    if (found === "yes") return file;
    denied ||= found === "denied" && !isDirectory(sys, file);
  }
  throw new InitError(denied ? 126 : 127, `unable to start container process: exec: ${quoted}: ${denied ? "permission denied" : "executable file not found in $PATH"}: unknown`);
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

export interface ProcessIdentity {
  readonly user: string;
  readonly extraGroups: readonly string[];
  readonly capabilities: bigint;
  readonly workdir: string;
  readonly noNewPrivileges: boolean;
  /** the first process finds its directory made, docker exec does not */
  readonly makeDirectory: boolean;
}

/** Limits, user and working directory of a process that starts inside (also of docker exec). Errors: InitError. */
export function* becomeUser(sys: Sys, identity: ProcessIdentity, environment: Map<string, string>): Blocking<void> {
  const passwd = (yield* readText(sys, "/etc/passwd")) ?? "";
  const group = (yield* readText(sys, "/etc/group")) ?? "";
  let user: ContainerUser;
  try {
    user = resolveUser(identity.user, passwd, group, identity.extraGroups);
  } catch (error) {
    if (error instanceof UserNotFound) throw new InitError(126, `unable to start container process: setup user: ${error.message}: unknown`);
    throw error;
  }
  if (!environment.has("HOME")) environment.set("HOME", user.home);
  const directory = identity.workdir === "" ? "/" : identity.workdir;
  try {
    sys.chdir(directory);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (identity.makeDirectory) makeDirectory(sys, directory);
    try {
      sys.chdir(directory);
    } catch {
      throw new InitError(126, `unable to start container process: chdir to cwd (${JSON.stringify(directory)}) set in config.json failed: ${error.message.toLowerCase()}: unknown`);
    }
  }
  if (identity.noNewPrivileges) sys.prctl("no-new-privileges", 1);
  for (let capability = 0; capability < CAPABILITY_NAMES.length; capability++) if (((identity.capabilities >> BigInt(capability)) & 1n) === 0n) sys.capDropBounding(capability);
  sys.setgroups(user.groups);
  sys.setresgid(user.gid, user.gid, user.gid);
  if (user.uid === 0) sys.capset({ effective: identity.capabilities, permitted: identity.capabilities, inheritable: 0n, ambient: 0n });
  else sys.setresuid(user.uid, user.uid, user.uid);
}

/** The container's first process: returns only by failing. Errors: InitError. */
export function* runInit(sys: Sys, plan: InitPlan): Blocking<number> {
  const { container } = plan;
  const { HostConfig: host, Config: config } = container;
  try {
    yield* mountTree(sys, plan);
  } catch (error) {
    if (error instanceof SysError) throw new InitError(125, `unable to start container process: error during container init: error mounting rootfs: ${error.message.toLowerCase()}: unknown`);
    throw error;
  }
  if (host.UTSMode !== "host") sys.sethostname(plan.hostname);
  for (const limit of host.Ulimits ?? []) {
    const kind = limit.Name === "nofile" || limit.Name === "nproc" || limit.Name === "core" || limit.Name === "fsize" || limit.Name === "cpu" || limit.Name === "stack" || limit.Name === "memlock" ? limit.Name : undefined;
    if (kind) sys.setrlimit(kind, { soft: limit.Soft < 0 ? Number.POSITIVE_INFINITY : limit.Soft, hard: limit.Hard < 0 ? Number.POSITIVE_INFINITY : limit.Hard });
  }
  const environment = new Map(plan.environment);
  yield* becomeUser(sys, {
    user: config.User, extraGroups: host.GroupAdd ?? [], capabilities: capabilityMask(host), workdir: config.WorkingDir,
    makeDirectory: true, noNewPrivileges: (host.SecurityOpt ?? []).some((option) => /^no-new-privileges([:=]true)?$/.test(option)),
  }, environment);
  // tini is process 1 and starts the command: it is tini that does not find it
  const argv = host.Init ? [INIT_PATH, "--", container.Path, ...container.Args] : [container.Path, ...container.Args];
  const file = host.Init ? INIT_PATH : lookUp(sys, container.Path, environment.get("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  return yield* execProgram(sys, file, argv, environment);
}

/** exec(2) with runc's words for its failures. */
export function* execProgram(sys: Sys, file: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<number> {
  try {
    return yield* sys.exec(file, argv, environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new InitError(error.errno === "ENOENT" ? 127 : 126, `unable to start container process: exec: ${JSON.stringify(argv[0] ?? "")}: ${error.errno === "ENOEXEC" ? "exec format error" : error.message.toLowerCase()}: unknown`);
  }
}
