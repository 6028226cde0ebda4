// The table of system calls: what a process's Sys does is one line each, the work is in calls/. One object a process.

import { WAIT } from "./blocking.ts";
import * as credentials from "./calls/credentials.ts";
import * as descriptor from "./calls/descriptor.ts";
import { exec } from "./calls/exec.ts";
import * as guests from "./calls/guest.ts";
import * as name from "./calls/name.ts";
import * as processes from "./calls/process.ts";
import * as scheduling from "./calls/scheduling.ts";
import * as signal from "./calls/signal.ts";
import * as socket from "./calls/socket.ts";
import * as system from "./calls/system.ts";
import * as terminal from "./calls/terminal.ts";
import { waitpid } from "./calls/wait.ts";
import * as ipc from "./ipc.ts";
import { fork } from "./lifecycle.ts";
import { setns, unshare } from "./namespace-calls.ts";
import type { Process } from "./process.ts";
import { SysError } from "./errno.ts";
import type * as s from "./sys.ts";
import type { Scheduler } from "./scheduler.ts";
import { acct } from "./process-accounting.ts";
import * as swap from "./swap.ts";
import { trace, traceEvents, untrace } from "./tracing.ts";
import { statfs } from "./vfs/stat.ts";
import { mount, pivotRoot, umount } from "./vfs/mount-calls.ts";
import { link, mkdir, mknod, readdir, readlink, rename, rmdir, symlink, unlink } from "./vfs/names.ts";
import { resolve } from "./vfs/resolve.ts";

export function makeSys(process: Process): s.Sys {
  const sys = new ProcessSys(process);
  return process.kernel.options.recorder?.wrap(process, sys) ?? sys;
}

/** fork(2) of a shell takes about that long, in microseconds as in work of ours. */
const FORK_STEPS = 150;

/** As modules' functions take the process first, each method hands it on; a method that can block returns the callee's generator. */
class ProcessSys implements s.Sys {
  readonly #p: Process;
  readonly #scheduler: Scheduler;

  constructor(process: Process) {
    this.#p = process;
    this.#scheduler = process.kernel.scheduler;
  }

  get environment(): ReadonlyMap<string, string> { return this.#p.environment; }

  getpid(): number { return (this.#p.threadOf ?? this.#p).pidIn(this.#p.namespaces.pid); }
  getppid(): number { return processes.getppid(this.#p); }
  getpgid(pid?: number): number { return processes.processOf(this.#p, pid).group.identity.in(this.#p.namespaces.pid); }
  setpgid(pid: number, pgid: number): void { processes.setpgid(this.#p, pid, pgid); }
  getsid(pid?: number): number { return processes.getsid(this.#p, pid); }
  setsid(): number { return processes.setsid(this.#p); }
  fork(entry: (sys: s.Sys) => s.Blocking<number>, options?: s.CloneOptions): number {
    this.#scheduler.left -= FORK_STEPS;
    return fork(this.#p, entry, options).pidIn(this.#p.namespaces.pid);
  }
  exec(path: string, argv: readonly string[], environment: ReadonlyMap<string, string>): s.Blocking<never> {
    this.#scheduler.left -= 200;
    return exec(this.#p, path, argv, environment);
  }
  *exit(status: number): s.Blocking<never> {
    this.#p.fatal ??= { kind: "exited", status: status & 0xff };
    for (;;) yield WAIT;
  }
  waitpid(pid: number, options?: s.WaitOptions): s.Blocking<s.Waited | undefined> { return waitpid(this.#p, pid, options); }
  setTitle(comm: string, commandLine?: readonly string[]): void { processes.setTitle(this.#p, comm, commandLine); }
  getpriority(pid?: number): number { return processes.processOf(this.#p, pid).nice; }
  setpriority(nice: number, pid?: number): void { processes.setpriority(this.#p, nice, pid); }
  getrlimit(kind: s.ResourceLimitKind, pid?: number): s.ResourceLimit { return processes.processOf(this.#p, pid).limits.get(kind); }
  setrlimit(kind: s.ResourceLimitKind, limit: s.ResourceLimit, pid?: number): void { processes.setrlimit(this.#p, kind, limit, pid); }
  getrusage(who: "self" | "children"): s.ResourceUsage { return processes.getrusage(this.#p, who); }
  personality(persona?: number): number { return system.personality(this.#p, persona); }
  prctl(option: Parameters<s.Sys["prctl"]>[0], value: number): void { system.prctl(this.#p, option, value); }

  charge(steps: number): boolean { return (this.#scheduler.left -= steps) <= 0 || this.#p.attention || this.#p.toBeTold; }
  preempt(): s.Blocking<void> { return signal.preempt(this.#p); }
  allocate(deltaBytes: number, ownBytes = deltaBytes): void { processes.allocate(this.#p, deltaBytes, ownBytes); }

  kill(pid: number, number: number): void { signal.kill(this.#p, pid, number); }
  sigaction(number: number, disposition: s.SignalDisposition): s.SignalDisposition { return signal.sigaction(this.#p, number, disposition); }
  sigprocmask(blocked: ReadonlySet<number>): ReadonlySet<number> { return signal.sigprocmask(this.#p, blocked); }
  takeSignals(): readonly number[] { return signal.takeSignals(this.#p); }
  pause(): s.Blocking<void> { return signal.pause(this.#p); }
  alarm(delayUs: number): number { return signal.alarm(this.#p, delayUs); }

  trace(pid: number, follow: boolean): void { trace(this.#p, pid, follow); }
  untrace(pid: number): void { untrace(this.#p, pid); }
  traceEvents(): s.Blocking<readonly s.TraceEvent[]> { return traceEvents(this.#p); }

  clockUs(clock: s.Clock): number { return system.clockUs(this.#p, clock); }
  klogctl(action: Parameters<s.Sys["klogctl"]>[0]): number { return system.klogctl(this.#p, action); }
  adjtimex(change?: Partial<s.ClockDiscipline> & { readonly shiftUs?: number }): s.ClockDiscipline { return system.adjtimex(this.#p, change); }
  setClockUs(us: number, clock?: "realtime" | "rtc"): void { system.setClockUs(this.#p, us, clock); }
  sleep(durationUs: number, word?: s.IdleWord): s.Blocking<void> { return system.sleep(this.#p, durationUs, word); }
  random(length: number): Uint8Array { return this.#p.kernel.random(length); }
  uname(): s.Utsname { return system.uname(this.#p); }
  sethostname(text: string): void { system.sethostname(this.#p, text, "hostname"); }
  setdomainname(text: string): void { system.sethostname(this.#p, text, "domainname"); }
  reboot(command: s.RebootCommand): void { system.reboot(this.#p, command); }
  observe(observation: s.Observation): void { this.#p.kernel.observe(observation, this.#p); }
  keepHere(): boolean { return false; }

  open(path: string, flags: number, mode = 0o666): s.Blocking<number> {
    this.#scheduler.left -= 8;
    return descriptor.open(this.#p, path, flags, mode);
  }
  close(fd: number): void { descriptor.close(this.#p, fd); }
  read(fd: number, maxBytes: number): s.Blocking<Uint8Array> { return descriptor.read(this.#p, fd, maxBytes, undefined); }
  write(fd: number, bytes: Uint8Array): s.Blocking<number> { return descriptor.write(this.#p, fd, bytes, undefined); }
  pread(fd: number, maxBytes: number, offset: number): s.Blocking<Uint8Array> { return descriptor.read(this.#p, fd, maxBytes, offset); }
  pwrite(fd: number, bytes: Uint8Array, offset: number): s.Blocking<number> { return descriptor.write(this.#p, fd, bytes, offset); }
  lseek(fd: number, offset: number, whence: s.Whence): number { return descriptor.lseek(this.#p, fd, offset, whence); }
  dup(fd: number, minimum = 0): number { return descriptor.dup(this.#p, fd, minimum); }
  dup2(from: number, to: number): number { return descriptor.dup2(this.#p, from, to); }
  pipe(): readonly [read: number, write: number] { return descriptor.pipe(this.#p); }
  inotifyInit(): number { return descriptor.inotifyInit(this.#p); }
  inotifyAddWatch(fd: number, path: string, mask: number): number { return descriptor.inotifyAddWatch(this.#p, fd, path, mask); }
  getCloexec(fd: number): boolean {
    this.#p.descriptors.get(fd);
    return this.#p.descriptors.getCloexec(fd);
  }
  setCloexec(fd: number, on: boolean): void {
    this.#p.descriptors.get(fd);
    this.#p.descriptors.setCloexec(fd, on);
  }
  getStatusFlags(fd: number): number { return this.#p.descriptors.get(fd).statusFlags; }
  setStatusFlags(fd: number, flags: number): void { descriptor.setStatusFlags(this.#p, fd, flags); }
  descriptors(): readonly number[] { return this.#p.descriptors.entries().map(([fd]) => fd); }
  poll(requests: readonly s.PollRequest[], timeoutUs: number | null): s.Blocking<readonly s.PollResult[]> { return descriptor.poll(this.#p, requests, timeoutUs); }
  ftruncate(fd: number, sizeBytes: number): void { descriptor.ftruncate(this.#p, fd, sizeBytes); }
  fallocate(fd: number, offset: number, lengthBytes: number, mode: "allocate" | "keep-size" | "punch-hole" | "zero-range"): void { descriptor.fallocate(this.#p, fd, offset, lengthBytes, mode); }
  flock(fd: number, operation: "shared" | "exclusive" | "unlock", nonblock = false): s.Blocking<void> { return descriptor.flock(this.#p, fd, operation, nonblock); }
  fstat(fd: number): s.Stat { return descriptor.fstat(this.#p, fd); }
  fchmod(fd: number, mode: number): void { descriptor.fchmod(this.#p, fd, mode); }
  fchown(fd: number, uid: number, gid: number): void { descriptor.fchown(this.#p, fd, name.kernelUid(this.#p, uid), name.kernelGid(this.#p, gid)); }
  fdPath(fd: number): string { return descriptor.fdPath(this.#p, fd); }

  stat(path: string): s.Stat {
    try {
      return this.#named(name.stat(this.#p, path, true));
    } catch (error) {
      const nameless = error instanceof SysError && error.errno === "ENXIO" ? descriptor.statNameless(this.#p, path) : undefined;
      if (!nameless) throw error;
      return nameless;
    }
  }
  lstat(path: string): s.Stat { return this.#named(name.stat(this.#p, path, false)); }
  access(path: string, mode: number, effective = false): void {
    try {
      this.#named(name.access(this.#p, path, mode, effective));
    } catch (error) {
      if (!(error instanceof SysError && error.errno === "ENXIO" && descriptor.statNameless(this.#p, path))) throw error;
    }
  }
  readdir(path: string): readonly s.DirEntry[] {
    const entries = this.#named(readdir(this.#p, path));
    this.#scheduler.left -= entries.length >> 2;
    return entries;
  }
  mkdir(path: string, mode = 0o777): void { this.#named(mkdir(this.#p, path, mode)); }
  rmdir(path: string): void { this.#named(rmdir(this.#p, this.#p.kernel.vfsHost, path)); }
  unlink(path: string): void { this.#named(unlink(this.#p, path)); }
  rename(from: string, to: string, flags: { readonly noReplace?: boolean; readonly exchange?: boolean } = {}): void { this.#named(rename(this.#p, from, to, flags)); }
  link(existing: string, created: string, followSymlink = false): void { this.#named(link(this.#p, existing, created, followSymlink)); }
  symlink(target: string, created: string): void { this.#named(symlink(this.#p, target, created)); }
  readlink(path: string): string { return this.#named(readlink(this.#p, path)); }
  chmod(path: string, mode: number): void { this.#named(name.chmod(this.#p, path, mode)); }
  chown(path: string, uid: number, gid: number, followSymlink = true): void { this.#named(name.chown(this.#p, path, uid, gid, followSymlink)); }
  utimes(path: string, atimeUs: number | "now" | undefined, mtimeUs: number | "now" | undefined, followSymlink = true): void { this.#named(name.utimes(this.#p, path, atimeUs, mtimeUs, followSymlink)); }
  truncate(path: string, sizeBytes: number): void { this.#named(name.truncate(this.#p, path, sizeBytes)); }
  mknod(path: string, mode: number, rdev = 0): void { this.#named(mknod(this.#p, path, mode, rdev)); }
  statfs(path: string): s.StatFs { return this.#named(statfs(resolve(this.#p, path))); }
  getxattr(path: string, attribute: string, followSymlink = true): Uint8Array { return this.#named(name.getxattr(this.#p, path, attribute, followSymlink)); }
  setxattr(path: string, attribute: string, value: Uint8Array, followSymlink = true): void { this.#named(name.setxattr(this.#p, path, attribute, value, followSymlink)); }
  removexattr(path: string, attribute: string, followSymlink = true): void { this.#named(name.setxattr(this.#p, path, attribute, undefined, followSymlink)); }
  listxattr(path: string, followSymlink = true): readonly string[] { return this.#named(name.listxattr(this.#p, path, followSymlink)); }
  getInodeFlags(path: string): string { return this.#named(name.getInodeFlags(this.#p, path)); }
  setInodeFlags(path: string, flags: string): void { this.#named(name.setInodeFlags(this.#p, path, flags)); }
  chdir(path: string): void { this.#named(name.chdir(this.#p, path)); }
  getcwd(): string { return name.getcwd(this.#p); }
  chroot(path: string): void { name.chroot(this.#p, path); }
  pivotRoot(newRoot: string, putOld: string): void { pivotRoot(this.#p, this.#p.kernel.vfsHost, newRoot, putOld); }
  umask(mask: number): number { return name.umask(this.#p, mask); }

  mount(source: string, target: string, type: string, flags: s.MountFlags, data?: string): void { mount(this.#p, this.#p.kernel.vfsHost, source, target, type, flags, data); }
  umount(target: string, flags: { readonly lazy?: boolean; readonly force?: boolean } = {}): void {
    umount(this.#p, this.#p.kernel.vfsHost, target, flags);
    this.#p.kernel.sweepNamespaces();
  }
  unshare(kinds: readonly s.NamespaceKind[]): void { unshare(this.#p, kinds); }
  setns(fd: number, kind?: s.NamespaceKind): void { setns(this.#p, this.#p.descriptors.get(fd).namespace, kind); }

  getcred(): s.Credentials { return credentials.getcred(this.#p); }
  setuid(uid: number): void { credentials.setuid(this.#p, uid); }
  setgid(gid: number): void { credentials.setgid(this.#p, gid); }
  setresuid(ruid: number, euid: number, suid: number): void { credentials.setresuid(this.#p, ruid, euid, suid); }
  setresgid(rgid: number, egid: number, sgid: number): void { credentials.setresgid(this.#p, rgid, egid, sgid); }
  setgroups(groups: readonly number[]): void { credentials.setgroups(this.#p, groups); }
  capget(pid?: number): s.Capabilities { return credentials.capget(this.#p, pid); }
  capset(sets: Omit<s.Capabilities, "bounding">): void { credentials.capset(this.#p, sets); }
  capDropBounding(capability: number): void { credentials.capDropBounding(this.#p, capability); }

  isatty(fd: number): boolean { return terminal.isatty(this.#p, fd); }
  ttyname(fd: number): string { return terminal.ttyname(this.#p, fd); }
  tcgetattr(fd: number): s.Termios { return terminal.tcgetattr(this.#p, fd); }
  tcsetattr(fd: number, termios: s.Termios, flush = false): s.Blocking<void> { return terminal.tcsetattr(this.#p, fd, termios, flush); }
  tcgetpgrp(fd: number): number { return terminal.tcgetpgrp(this.#p, fd); }
  tcsetpgrp(fd: number, pgid: number): s.Blocking<void> { return terminal.tcsetpgrp(this.#p, fd, pgid); }
  tcflush(fd: number): void { terminal.tcflush(this.#p, fd); }
  getWindowSize(fd: number): s.WindowSize { return terminal.getWindowSize(this.#p, fd); }
  setWindowSize(fd: number, size: s.WindowSize): void { terminal.setWindowSize(this.#p, fd, size); }
  openpt(): { readonly master: number; readonly slavePath: string } { return terminal.openpt(this.#p); }
  setControllingTerminal(fd: number): void { terminal.setControllingTerminal(this.#p, fd); }
  bytesReadable(fd: number): number { return terminal.bytesReadable(this.#p, fd); }

  socket(family: s.SocketFamily, type: s.SocketType, protocol?: string): number { return socket.socket(this.#p, family, type, protocol); }
  bind(fd: number, address: s.SocketAddress): void { socket.bind(this.#p, fd, address); }
  listen(fd: number, backlog = 128): void { socket.listen(this.#p, fd, backlog); }
  accept(fd: number): s.Blocking<{ readonly fd: number; readonly peer: s.SocketAddress }> { return socket.accept(this.#p, fd); }
  connect(fd: number, address: s.SocketAddress): s.Blocking<void> { return socket.connect(this.#p, fd, address); }
  sendto(fd: number, bytes: Uint8Array, address?: s.SocketAddress): s.Blocking<number> { return socket.sendto(this.#p, fd, bytes, address); }
  recvfrom(fd: number, maxBytes: number): s.Blocking<{ readonly bytes: Uint8Array; readonly from: s.SocketAddress | undefined }> { return socket.recvfrom(this.#p, fd, maxBytes); }
  socketpair(type: s.SocketType): readonly [number, number] { return socket.socketpair(this.#p, type); }
  shutdown(fd: number, how: "read" | "write" | "both"): void { socket.shutdown(this.#p, fd, how); }
  getsockname(fd: number): s.SocketAddress { return socket.getsockname(this.#p, fd); }
  getpeername(fd: number): s.SocketAddress { return socket.getpeername(this.#p, fd); }
  getPeerCredentials(fd: number): { readonly pid: number; readonly uid: number; readonly gid: number } { return socket.getPeerCredentials(this.#p, fd); }
  setsockopt(fd: number, option: string, value: number): void { socket.setsockopt(this.#p, fd, option, value); }
  rtnetlink<R extends s.RtnetlinkRequest>(request: R): s.RtnetlinkReply<R> { return socket.rtnetlink(this.#p, request); }
  netfilter<R extends s.NetfilterRequest>(request: R): s.NetfilterReply<R> { return socket.netfilter(this.#p, request); }

  ioctl(fd: number, request: string, argument?: unknown): unknown { return this.#p.descriptors.get(fd).ioctl(this.#p, request, argument); }
  createGuest(options: s.GuestOptions): number { return guests.createGuest(this.#p, options); }
  guest<R extends s.GuestRequest>(fd: number, request: R): s.GuestReply<R> { return guests.guest(this.#p, fd, request); }
  getScheduling(pid?: number): s.Scheduling { return scheduling.getScheduling(this.#p, pid); }
  setScheduling(change: Partial<s.Scheduling>, pid?: number): void { scheduling.setScheduling(this.#p, change, pid); }
  swapon(path: string, priority = -1): void { swap.swapon(this.#p, path, priority); }
  swapoff(path: string): void { swap.swapoff(this.#p, path); }
  acct(path: string | undefined): void { acct(this.#p, path); }
  ipcCreate(kind: s.IpcKind, settings: s.IpcSettings): number { return ipc.ipcCreate(this.#p, kind, settings); }
  ipcRemove(kind: s.IpcKind, id: number): void { ipc.ipcRemove(this.#p, kind, id); }
  initModule(module: string, parameters = "", needs: readonly string[] = []): void { system.initModule(this.#p, module, parameters, needs); }
  deleteModule(module: string, _force?: boolean): void { system.deleteModule(this.#p, module); }

  /** Walking a path is work too. */
  #named<T>(result: T): T {
    this.#scheduler.left -= 4;
    return result;
  }
}
