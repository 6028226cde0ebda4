// From power-on to a running system, as cheaply as it can look the same: file systems of the kernel, sockets, the network, the services that stay. What a
// finished boot has beside these is worked out later (Supervisor.settleBoot).
import { encodeUtmp, UT, UTMP_PATH, WTMP_PATH } from "./api/utmp-record.ts";
import { type Blocking, type MountFlags, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { linkTarget, makeDirectories, names, tryReadFile, tryWriteFile } from "./api/files.ts";
import { DEV_LOG, JOURNAL_SOCKET, STDOUT_SOCKET } from "./api/journal.ts";
import { NOTIFY_SOCKET, PRIVATE_SOCKET } from "./api/protocol.ts";
import { CGROUP_ROOT } from "./cgroup-files.ts";
import { generateUnits } from "../cloud-init/api.ts";
import { BootJournal } from "./boot-journal.ts";
import { bringUpNetwork } from "./boot-network.ts";
import { JOURNALD_DESCRIPTORS } from "./journal-descriptors.ts";
import { fileSystemsOfBoot, mountAtBoot, NO_FILE_SYSTEMS } from "./boot-mounts.ts";
import { generateFromFstab } from "./fstab-generator.ts";
import { isBuiltInSocket } from "./built-in-sockets.ts";
import type { Supervisor } from "./supervisor.ts";
import { bootTarget } from "./boot-target.ts";
import { TransactionError } from "./unit-table.ts";
import { ServiceUnit } from "./service.ts";

export interface BootSockets {
  readonly listen: number;
  readonly notify: number;
  readonly all: readonly number[];
}

const closed: MountFlags = { nosuid: true, nodev: true, noexec: true };

/** source, target, type, flags, options */
const mounts: readonly (readonly [source: string, target: string, type: string, flags: MountFlags, data: string])[] = [
  ["sysfs", "/sys", "sysfs", closed, ""],
  ["proc", "/proc", "proc", closed, ""],
  ["udev", "/dev", "devtmpfs", { nosuid: true }, ""],
  ["devpts", "/dev/pts", "devpts", { nosuid: true, noexec: true }, "gid=5,mode=620,ptmxmode=000"],
  ["tmpfs", "/run", "tmpfs", closed, "size=252720k,mode=755"],
  ["securityfs", "/sys/kernel/security", "securityfs", closed, ""],
  ["tmpfs", "/dev/shm", "tmpfs", { nosuid: true, nodev: true, atime: "strictatime" }, "mode=1777"],
  ["tmpfs", "/run/lock", "tmpfs", closed, "size=5120k,mode=1777"],
  ["cgroup2", "/sys/fs/cgroup", "cgroup2", closed, "nsdelegate,memory_recursiveprot"],
  ["pstore", "/sys/fs/pstore", "pstore", closed, ""],
  ["bpf", "/sys/fs/bpf", "bpf", closed, "mode=700"],
  ["hugetlbfs", "/dev/hugepages", "hugetlbfs", {}, "pagesize=2M"],
  ["mqueue", "/dev/mqueue", "mqueue", closed, ""],
  ["debugfs", "/sys/kernel/debug", "debugfs", closed, ""],
  ["tracefs", "/sys/kernel/tracing", "tracefs", closed, ""],
  ["fusectl", "/sys/fs/fuse/connections", "fusectl", closed, ""],
  ["configfs", "/sys/kernel/config", "configfs", closed, ""],
];

const runDirectories = ["/run/systemd", "/run/systemd/system", "/run/systemd/units", "/run/systemd/journal", "/run/systemd/transient", "/run/systemd/ask-password", "/run/systemd/seats", "/run/systemd/sessions", "/run/systemd/users", "/run/systemd/machines", "/run/user", "/run/udev", "/run/dbus", "/run/sshd", "/run/network", "/run/mount", "/run/log", "/run/credentials", "/run/tmpfiles.d", "/run/sudo"];

/**
 * Services of the vendor that boot starts for real, in this order; anything that an administrator added comes behind. The process ids are those of the reference
 * guest, where many processes of the boot came and went in between.
 */
const vendorOrder: readonly (readonly [name: string, pid: number])[] = [
  ["systemd-journald.service", 219], ["systemd-udevd.service", 247], ["cron.service", 270], ["dbus.service", 272], ["systemd-logind.service", 278], ["getty@tty1.service", 307], ["serial-getty@ttyS0.service", 308], ["ssh.service", 310],
];
/** the first of them that basic.target is before */
const afterBasic = "cron.service";
const dhclientPid = 319;
const firstFreePid = 620;

export function* bootMachine(sys: Sys, supervisor: Supervisor): Blocking<BootSockets> {
  for (const [source, target, type, flags, data] of mounts) {
    try {
      if (target === "/run/lock") sys.mkdir(target, 0o755);
      sys.mount(source, target, type, flags, data);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  for (const path of runDirectories) {
    try {
      sys.mkdir(path, 0o755);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* tryWriteFile(sys, "/run/systemd/systemd-units-load", "");
  emptyTemporaryDirectory(sys);
  // the initial RAM file system has looked at the root before: no second time (initramfs-tools, checkfs)
  makeDirectories(sys, "/run/initramfs");
  yield* tryWriteFile(sys, "/run/initramfs/fsck-root", "");
  const problems = yield* generateFromFstab(sys);
  yield* tryWriteFile(sys, `${CGROUP_ROOT}/cgroup.subtree_control`, "+memory +pids");
  for (const group of ["init.scope", "system.slice", "user.slice"]) {
    try {
      sys.mkdir(`${CGROUP_ROOT}/${group}`, 0o755);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* tryWriteFile(sys, `${CGROUP_ROOT}/init.scope/cgroup.procs`, "1");
  yield* applyHostname(sys);
  yield* supervisor.begin();
  const journal = yield* listeners(sys);
  const listen = unixSocket(sys, "stream", PRIVATE_SOCKET, 0o666);
  sys.listen(listen, 64);
  const notify = unixSocket(sys, "dgram", NOTIFY_SOCKET, 0o666);
  for (const fd of [listen, notify]) sys.setCloexec(fd, true);
  let target = yield* bootTarget(sys);
  supervisor.bootTarget = target;
  yield* writeRunFiles(sys, supervisor, target);
  supervisor.setInherited("systemd-journald.service", journal);
  supervisor.isBooting = true;
  try {
    let isMaintenance = maintenanceTargets.has(target);
    const fileSystems = target === "emergency.target" ? NO_FILE_SYSTEMS : fileSystemsOfBoot(supervisor);
    const wanted = new Set(isMaintenance ? [] : wantedServices(sys));
    let seeded = !isMaintenance && (yield* generateUnits(sys));
    const started = [...vendorOrder.map(([name]) => name), ...wanted, "dbus.socket", ...fileSystems.started];
    let journalOfBoot = new BootJournal((child) => supervisor.ofChild(child), target, new Set(started));
    yield* journalOfBoot.tell(sys, "early");
    for (const [name, pid] of vendorOrder) {
      if (name === afterBasic) {
        for (const problem of problems) yield* supervisor.log("", 4, problem);
        if (!(yield* mountAtBoot(sys, supervisor, fileSystems.local))) {
          // OnFailure= of local-fs.target
          target = "emergency.target";
          supervisor.bootTarget = target;
          isMaintenance = true;
          seeded = false;
          wanted.clear();
          journalOfBoot = new BootJournal((child) => supervisor.ofChild(child), target, new Set(started));
        }
        yield* journalOfBoot.tell(sys, "basic");
      }
      if (isMaintenance && !neededForMaintenance.has(name)) continue;
      // cloud-init makes its host keys first (Before=sshd.service)
      if (seeded && name === "ssh.service") continue;
      if (alwaysThere.has(name) || wanted.has(name)) {
        yield* tryWriteFile(sys, "/proc/sys/kernel/ns_last_pid", String(pid - 1));
        yield* startNow(supervisor, name);
      }
      wanted.delete(name);
    }
    // before the network: its configuration may come with the instance's data
    if (seeded) yield* runToEnd(sys, supervisor, "cloud-init-local.service");
    yield* tryWriteFile(sys, "/proc/sys/kernel/ns_last_pid", String(dhclientPid - 1));
    if (!isMaintenance) {
      yield* bringUpNetwork(sys, (unit, message) => supervisor.log(unit, 6, message));
      yield* mountAtBoot(sys, supervisor, fileSystems.remote);
    }
    if (seeded) yield* runToEnd(sys, supervisor, "cloud-init.service");
    for (const name of [...wanted, ...(isMaintenance ? [] : yield* channelServices(sys))]) yield* startNow(supervisor, name);
    if (seeded) yield* supervisor.queueStart("cloud-init.target");
    journalOfBoot.prepareEnd(sys);
    supervisor.journalOfBoot = journalOfBoot;
    yield* tryWriteFile(sys, "/proc/sys/kernel/ns_last_pid", String(firstFreePid));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  yield* supervisor.runJobs();
  supervisor.isBooting = false;
  // who asks systemctl later finds what is there then
  supervisor.paths.forget();
  return { listen, notify, all: [listen, notify] };
}

function* applyHostname(sys: Sys): Blocking<void> {
  const name = ((yield* tryReadFile(sys, "/etc/hostname")) ?? "").trim();
  if (name !== "" && name !== sys.uname().nodename) sys.sethostname(name);
}

function unixSocket(sys: Sys, type: "stream" | "dgram", path: string, mode: number): number {
  const fd = sys.socket("unix", type);
  sys.bind(fd, { family: "unix", path });
  sys.chmod(path, mode);
  return fd;
}

/** journald's sockets, at the numbers where it looks for them. They stay open here too: a journald that is started again gets the same ones. */
function* listeners(sys: Sys): Blocking<readonly number[]> {
  const made = [unixSocket(sys, "dgram", JOURNAL_SOCKET, 0o666), unixSocket(sys, "stream", STDOUT_SOCKET, 0o666), unixSocket(sys, "dgram", DEV_LOG, 0o666)];
  const stdout = made[1];
  if (stdout !== undefined) sys.listen(stdout, 4096);
  return made.map((fd, index) => {
    const wanted = JOURNALD_DESCRIPTORS[index] ?? fd;
    sys.dup2(fd, wanted);
    sys.close(fd);
    return wanted;
  });
}

function* writeRunFiles(sys: Sys, supervisor: Supervisor, target: string): Blocking<void> {
  yield* recordBoot(sys, target);
  yield* tryWriteFile(sys, "/run/machine-id", `${supervisor.machineId}\n`);
}

/** tmpfiles.d's "D /tmp". */
function emptyTemporaryDirectory(sys: Sys): void {
  const remove = (directory: string): void => {
    for (const name of names(sys, directory)) {
      const path = `${directory}/${name}`;
      if ((sys.lstat(path).mode & S.IFMT) === S.IFDIR) {
        remove(path);
        sys.rmdir(path);
      } else sys.unlink(path);
    }
  };
  try {
    remove("/tmp");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** What systemd-update-utmp leaves for who -b, runlevel and last. */
function* recordBoot(sys: Sys, target: string): Blocking<void> {
  const timeUs = sys.clockUs("realtime");
  const shared = { line: "~", id: "~~", host: sys.uname().release, timeUs };
  const booted = encodeUtmp({ ...shared, type: UT.BOOT_TIME, pid: 0, user: "reboot" });
  const level = encodeUtmp({ ...shared, type: UT.RUN_LVL, pid: (runlevels.get(target) ?? "5").charCodeAt(0), user: "runlevel" });
  for (const [path, flags] of [[UTMP_PATH, O.TRUNC], [WTMP_PATH, O.APPEND]] as const) {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | flags, 0o664);
    yield* sys.write(fd, booted);
    yield* sys.write(fd, level);
    sys.close(fd);
  }
  sys.chown(UTMP_PATH, 0, utmpGroup);
}

/** The runlevel before it, none, would be in the second byte of the number. */
const runlevels: ReadonlyMap<string, string> = new Map([["rescue.target", "1"], ["multi-user.target", "3"], ["graphical.target", "5"]]);
/** Without network, logins and the services of multi-user.target. */
const maintenanceTargets: ReadonlySet<string> = new Set(["rescue.target", "emergency.target"]);
const neededForMaintenance: ReadonlySet<string> = new Set(["systemd-journald.service", "systemd-udevd.service"]);
/** base-passwd's number for the group utmp */
const utmpGroup = 43;

/** A unit that runs once, and is waited for. */
function* runToEnd(sys: Sys, supervisor: Supervisor, name: string): Blocking<void> {
  yield* startNow(supervisor, name);
  yield* supervisor.runJobs();
  const unit = yield* supervisor.load(name);
  while (unit.active === "activating") {
    try {
      const waited = yield* sys.waitpid(-1);
      if (waited !== undefined) yield* supervisor.reaped(waited.pid, waited.status);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ECHILD") return;
      sys.takeSignals();
    }
  }
}

function* startNow(supervisor: Supervisor, name: string): Blocking<void> {
  try {
    const unit = yield* supervisor.load(name);
    if (unit.load !== "loaded") return;
    // a socket that a service requires is made first: it is handed over, and made once
    for (const required of supervisor.dependencies(unit, "Requires")) if (required.endsWith(".socket") && !isBuiltInSocket(required)) yield* supervisor.queueStart(required, false);
    // what packages' units want beside them is taken as there; an administrator's own units are started with all that they name
    yield* supervisor.queueStart(name, unit.source?.fragment.path.startsWith("/etc/") === true);
    if (unit instanceof ServiceUnit) yield* unit.presume();
  } catch (error) {
    if (!(error instanceof TransactionError)) throw error;
  }
}

/** Started by sockets, by the bus, or by targets of systemd's own. */
const alwaysThere = new Set(["systemd-journald.service", "systemd-udevd.service", "dbus.service", "systemd-logind.service", "serial-getty@ttyS0.service"]);

const wantsDirectories = ["multi-user.target.wants", "graphical.target.wants", "default.target.wants", "basic.target.wants", "sysinit.target.wants", "network-online.target.wants", "sockets.target.wants", "timers.target.wants", "getty.target.wants"];

/** What administrators and packages enabled: services that stay, sockets and timers of the administrator. Services of packages that run once are taken as done. */
function wantedServices(sys: Sys): readonly string[] {
  const found = new Set<string>();
  for (const directory of wantsDirectories) {
    for (const name of names(sys, `/etc/systemd/system/${directory}`)) {
      const target = linkTarget(sys, `/etc/systemd/system/${directory}/${name}`) ?? "";
      const own = target.startsWith("/etc/");
      if (name.endsWith(".service") ? own || !ranOnce.has(name) : own && /\.(?:socket|timer|path)$/.test(name)) found.add(name);
    }
  }
  return [...found];
}

/** What udev's rules start for the channels that a hypervisor gives this machine (ENV{SYSTEMD_WANTS} of the subsystem virtio-ports). */
function* channelServices(sys: Sys): Blocking<readonly string[]> {
  const channels = new Set(names(sys, "/dev/virtio-ports"));
  if (channels.size === 0) return [];
  const found: string[] = [];
  for (const directory of ["/lib/udev/rules.d", "/etc/udev/rules.d"]) {
    for (const file of names(sys, directory)) {
      if (!file.endsWith(".rules")) continue;
      for (const line of ((yield* tryReadFile(sys, `${directory}/${file}`)) ?? "").replaceAll("\\\n", " ").split("\n")) {
        const channel = /SUBSYSTEM=="virtio-ports".*ATTR\{name\}=="([^"]*)"/.exec(line)?.[1];
        const service = /ENV\{SYSTEMD_WANTS\}\+?="([^"]*)"/.exec(line)?.[1];
        if (channel !== undefined && service !== undefined && channels.has(channel)) found.push(service);
      }
    }
  }
  return found;
}

/** Enabled services of packages that only run once at boot, and those whose condition does not hold on this hardware. */
const ranOnce = new Set([
  "networking.service", "e2scrub_reap.service", "systemd-pstore.service", "cloud-init.service", "cloud-init-local.service", "cloud-config.service", "cloud-final.service", "open-vm-tools.service", "vgauth.service",
  "nftables.service", "netfilter-persistent.service", "ifupdown-wait-online.service", "libvirt-guests.service", "lxc.service", "apparmor.service", "console-setup.service", "keyboard-setup.service",
]);
