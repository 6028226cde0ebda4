// Calls on descriptors: open, close, read, write, poll, dup, flock and their kin (man section 2).

import { attend, sleepOn } from "../blocking.ts";
import { SysError } from "../errno.ts";
import { Inotify } from "../inotify.ts";
import { type OpenFileDescription, WOULD_BLOCK } from "../open-file-description.ts";
import { Pipe, PipeEnd } from "../pipe.ts";
import type { Process } from "../process.ts";
import { SIGNALS } from "../signal-names.ts";
import { postSignal } from "../signals.ts";
import { type Blocking, O, POLL, type PollRequest, type PollResult, S, type Stat, type Whence } from "../sys.ts";
import { MasterDescription, TerminalDescription } from "../tty/terminal-description.ts";
import { fifoKey, open as openFile, openPath, type OpenResult } from "../vfs/open.ts";
import type { Path } from "../vfs/path.ts";
import { nodeKey, pathName } from "../vfs/path.ts";
import { chmod, chown, fallocate as allocateSpace, setSize } from "../vfs/attributes.ts";
import { statPath } from "../vfs/stat.ts";
import { checkAccess, MAY } from "../vfs/permission.ts";
import { resolve, resolveOpen } from "../vfs/resolve.ts";
import type { WaitQueue } from "../wait-queue.ts";

function limitOf(process: Process): number {
  return process.limits.get("nofile").soft;
}

/** Gives the description its first number. Errors: EMFILE, ENFILE. */
export function install(process: Process, file: OpenFileDescription, cloexec: boolean): number {
  let fd: number;
  try {
    if (process.kernel.openFiles >= process.kernel.worldLimits.openFiles) throw new SysError("ENFILE");
    fd = process.descriptors.free(0, limitOf(process));
  } catch (error) {
    file.release();
    throw error;
  }
  process.kernel.openFiles++;
  process.descriptors.set(fd, file, cloexec);
  return fd;
}

export function* open(process: Process, name: string, flags: number, mode: number): Blocking<number> {
  if (process.attention) yield* attend(process);
  process.descriptors.free(0, limitOf(process));
  return yield* finishOpening(process, openFile(process, process.kernel.vfsHost, name, flags, mode), flags);
}

function* finishOpening(process: Process, result: OpenResult, flags: number): Blocking<number> {
  const cloexec = (flags & O.CLOEXEC) !== 0;
  if (result.kind === "description") return install(process, result.description, cloexec);
  if (result.kind === "fifo") return install(process, yield* openFifo(process, result.path, flags), cloexec);
  return install(process, reopen(process, result.description, flags), cloexec);
}

/** Opening /proc/PID/fd/N of something without a place: a new description of the same pipe or terminal. Errors: ENXIO (sockets). */
function reopen(process: Process, file: OpenFileDescription, flags: number): OpenFileDescription {
  if (file instanceof PipeEnd) return file.pipe.open(flags & (O.ACCMODE | O.NONBLOCK), undefined);
  if (file instanceof TerminalDescription) return new TerminalDescription(file.terminal, flags, file.path);
  if (file.path) {
    const again = openPath(process, process.kernel.vfsHost, file.path, flags);
    if (again.kind === "description") return again.description;
  }
  throw new SysError("ENXIO");
}

/** fifo(7): waits for the other end, unless it is opened for both, or not to wait. Errors: ENXIO, EINTR. */
function* openFifo(process: Process, path: Path, flags: number): Blocking<OpenFileDescription> {
  const { fifos } = process.kernel;
  const key = fifoKey(path);
  let pipe = fifos.get(key);
  if (!pipe) {
    pipe = new Pipe(statPath(path).ino);
    fifos.set(key, pipe);
  }
  const made = pipe;
  const forget = (): void => {
    if (made.readers === 0 && made.writers === 0) fifos.delete(key);
  };
  const access = flags & O.ACCMODE;
  if (access === O.WRONLY && (flags & O.NONBLOCK) !== 0 && made.readers === 0) {
    forget();
    throw new SysError("ENXIO");
  }
  path.mount.fs.hold(path.node);
  const end = made.open(flags & (O.ACCMODE | O.NONBLOCK | O.APPEND), path, () => {
    path.mount.fs.release(path.node);
    forget();
  });
  if (access === O.RDWR || (flags & O.NONBLOCK) !== 0) return end;
  const opens = (): number => (access === O.RDONLY ? made.writerOpens : made.readerOpens);
  const others = (): number => (access === O.RDONLY ? made.writers : made.readers);
  const before = opens();
  try {
    while (others() === 0 && opens() === before) yield* sleepOn(process, made.waiters, undefined, "wait_for_partner");
  } catch (error) {
    end.release();
    throw error;
  }
  return end;
}

export function close(process: Process, fd: number): void {
  process.descriptors.close(fd);
}

function readable(process: Process, fd: number): OpenFileDescription {
  const file = process.descriptors.get(fd);
  if ((file.statusFlags & O.ACCMODE) === O.WRONLY || (file.statusFlags & O.PATH) !== 0) throw new SysError("EBADF");
  return file;
}

function writable(process: Process, fd: number): OpenFileDescription {
  const file = process.descriptors.get(fd);
  if ((file.statusFlags & O.ACCMODE) === O.RDONLY || (file.statusFlags & O.PATH) !== 0) throw new SysError("EBADF");
  return file;
}

export function* read(process: Process, fd: number, maxBytes: number, position: number | undefined): Blocking<Uint8Array> {
  if (process.attention) yield* attend(process);
  const { scheduler } = process.kernel;
  if ((scheduler.left -= 1) <= 0) yield* breathe(process);
  const file = readable(process, fd);
  let deadlineUs: number | undefined;
  for (;;) {
    const bytes = file.read(process, maxBytes, position);
    if (bytes !== WOULD_BLOCK) {
      scheduler.left -= (bytes.length >> 9) + deviceSteps(file, bytes.length);
      if (process.kernel.throttles.size > 0) yield* throttled(process, file, "read", bytes.length);
      return bytes;
    }
    if ((file.statusFlags & O.NONBLOCK) !== 0 && !process.attention) throw new SysError("EAGAIN");
    const timeoutUs = file.readTimeoutUs?.();
    if (timeoutUs === undefined) deadlineUs = undefined;
    else {
      deadlineUs ??= process.kernel.nowUs + timeoutUs;
      if (process.kernel.nowUs >= deadlineUs) return file.readExpired?.(process, maxBytes) ?? EMPTY;
    }
    yield* sleepOn(process, file.waiters, deadlineUs, file instanceof TerminalDescription ? "wait_woken" : "pipe_read");
  }
}

const MIB = 1024 * 1024;

function deviceSteps({ stepsPerMiB }: OpenFileDescription, bytes: number): number {
  return stepsPerMiB === undefined || stepsPerMiB === 0 ? 0 : Math.ceil((bytes * stepsPerMiB) / MIB);
}

/** The disk lets only so much through in a second. A signal ends the wait, not what was done. */
function* throttled(process: Process, file: OpenFileDescription, kind: "read" | "write", bytes: number): Blocking<void> {
  const { kernel } = process;
  const throttle = file.deviceNumber === undefined ? undefined : kernel.throttles.get(file.deviceNumber);
  if (throttle === undefined) return;
  const doneUs = throttle.doneUs(kind, bytes, kernel.nowUs);
  try {
    while (kernel.nowUs < doneUs) yield* sleepOn(process, undefined, doneUs, "rq_qos_wait");
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    process.interrupted = true;
  }
}

const EMPTY = new Uint8Array(0);

/** The slice is used up: others run first. */
function* breathe(process: Process): Blocking<void> {
  process.attention = true;
  yield* attend(process);
}

export function* write(process: Process, fd: number, bytes: Uint8Array, position: number | undefined): Blocking<number> {
  if (process.attention) yield* attend(process);
  const { scheduler } = process.kernel;
  if ((scheduler.left -= 1) <= 0) yield* breathe(process);
  const file = writable(process, fd);
  if (fd === 1 || fd === 2) process.kernel.accounting.written(process, fd, bytes);
  let done = 0;
  for (;;) {
    let count: number | typeof WOULD_BLOCK;
    try {
      count = file.write(process, done === 0 ? bytes : bytes.subarray(done), position === undefined ? undefined : position + done);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EPIPE") postSignal(process, SIGNALS.PIPE);
      if (error.errno === "EFBIG" && process.fileSizeLimit !== Infinity) postSignal(process, SIGNALS.XFSZ);
      if (process.attention) yield* attend(process);
      if (done > 0 && error.errno !== "EPIPE") return done;
      throw error;
    }
    if (count !== WOULD_BLOCK) {
      done += count;
      scheduler.left -= (count >> (file instanceof TerminalDescription ? 5 : 9)) + deviceSteps(file, count);
      if (process.kernel.throttles.size > 0) yield* throttled(process, file, "write", count);
      if (done >= bytes.length) return done;
      // a file that takes less is full: the next try says so
      if (count === 0 && bytes.length > 0 && !file.waiters) return done;
      continue;
    }
    if ((file.statusFlags & O.NONBLOCK) !== 0 && !process.attention) {
      if (done > 0) return done;
      throw new SysError("EAGAIN");
    }
    try {
      yield* sleepOn(process, file.waiters, undefined, "pipe_write");
    } catch (error) {
      if (done > 0 && error instanceof SysError && error.errno === "EINTR") {
        process.interrupted = true;
        return done;
      }
      throw error;
    }
  }
}

export function lseek(process: Process, fd: number, offset: number, whence: Whence): number {
  return process.descriptors.get(fd).seek(offset, whence);
}

/** dup(2); with a minimum F_DUPFD. Errors: EBADF, EMFILE, EINVAL. */
export function dup(process: Process, fd: number, minimum: number): number {
  const file = process.descriptors.get(fd);
  if (minimum < 0 || minimum >= limitOf(process)) throw new SysError("EINVAL");
  const free = process.descriptors.free(minimum, limitOf(process));
  file.references++;
  process.descriptors.set(free, file, false);
  return free;
}

export function dup2(process: Process, from: number, to: number): number {
  const file = process.descriptors.get(from);
  if (!Number.isInteger(to) || to < 0 || to >= limitOf(process)) throw new SysError("EBADF");
  if (from === to) return to;
  file.references++;
  if (process.descriptors.find(to)) process.descriptors.close(to);
  process.descriptors.set(to, file, false);
  return to;
}

export function pipe(process: Process): readonly [number, number] {
  const made = new Pipe(process.kernel.nextAnonymousInode());
  const reader = made.open(O.RDONLY, undefined);
  const writer = made.open(O.WRONLY, undefined);
  const read = install(process, reader, false);
  try {
    return [read, install(process, writer, false)];
  } catch (error) {
    process.descriptors.close(read);
    throw error;
  }
}

export function inotifyInit(process: Process): number {
  return install(process, new Inotify(), false);
}

export function inotifyAddWatch(process: Process, fd: number, name: string, mask: number): number {
  const file = process.descriptors.get(fd);
  if (!(file instanceof Inotify)) throw new SysError("EINVAL");
  const path = resolve(process, name);
  checkAccess(process, path, MAY.READ);
  return file.add(path, mask);
}

const SETTABLE = O.APPEND | O.NONBLOCK;

export function setStatusFlags(process: Process, fd: number, flags: number): void {
  const file = process.descriptors.get(fd);
  file.statusFlags = (file.statusFlags & ~SETTABLE) | (flags & SETTABLE);
}

export function* poll(process: Process, requests: readonly PollRequest[], timeoutUs: number | null): Blocking<readonly PollResult[]> {
  if (process.attention) yield* attend(process);
  const { kernel } = process;
  if ((kernel.scheduler.left -= 1) <= 0) yield* breathe(process);
  const deadlineUs = timeoutUs === null ? undefined : kernel.nowUs + Math.max(0, timeoutUs);
  for (;;) {
    const ready: PollResult[] = [];
    const queues: WaitQueue[] = [];
    for (const { fd, events } of requests) {
      if (fd < 0) continue;
      const file = process.descriptors.find(fd);
      const revents = file ? file.poll() & (events | POLL.ERR | POLL.HUP) : POLL.NVAL;
      if (revents !== 0) ready.push({ fd, revents });
      else if (file?.waiters && !queues.includes(file.waiters)) queues.push(file.waiters);
    }
    if (ready.length > 0) return ready;
    if (deadlineUs !== undefined && kernel.nowUs >= deadlineUs) return ready;
    yield* sleepOn(process, queues, deadlineUs, "do_sys_poll");
  }
}

/** Errors: EBADF, EINVAL (no regular file), EFBIG. */
export function ftruncate(process: Process, fd: number, sizeBytes: number): void {
  const file = process.descriptors.get(fd);
  if (!file.path || (file.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EINVAL");
  setSize(process, file.path, sizeBytes);
}

export function fallocate(process: Process, fd: number, offset: number, lengthBytes: number, mode: "allocate" | "keep-size" | "punch-hole" | "zero-range"): void {
  const file = process.descriptors.get(fd);
  if (!file.path) throw new SysError("ESPIPE");
  if ((file.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EBADF");
  allocateSpace(process, file.path, offset, lengthBytes, mode);
}

/** Errors: EAGAIN (EWOULDBLOCK) with nonblock, EINTR. */
export function* flock(process: Process, fd: number, operation: "shared" | "exclusive" | "unlock", nonblock: boolean): Blocking<void> {
  if (process.attention) yield* attend(process);
  const file = process.descriptors.get(fd);
  const { flocks } = process.kernel;
  if (operation === "unlock") {
    flocks.release(file);
    return;
  }
  const key = file.path ? nodeKey(file.path) : (file.label ?? "");
  for (;;) {
    const taken = flocks.take(key, file, operation);
    if (taken === true) return;
    if (nonblock) throw new SysError("EAGAIN");
    yield* sleepOn(process, taken, undefined, "flock_lock_inode_wait");
  }
}

export function fstat(process: Process, fd: number): Stat {
  const file = process.descriptors.get(fd);
  const stat = file.path && !(file instanceof MasterDescription) ? statPath(file.path) : namelessStat(process, file);
  return { ...stat, uid: process.shownUid(stat.uid), gid: process.shownGid(stat.gid) };
}

/** stat(2) of /proc/PID/fd/N that leads to something without a place (a pipe: <(...) of shells); undefined when it does not. */
export function statNameless(process: Process, name: string): Stat | undefined {
  const found = resolveOpen(process, name, true);
  if ("mount" in found) return undefined;
  const stat = namelessStat(process, found);
  return { ...stat, uid: process.shownUid(stat.uid), gid: process.shownGid(stat.gid) };
}

function namelessStat(process: Process, file: OpenFileDescription): Stat {
  const nowUs = process.kernel.realtimeUs();
  const base = { nlink: 1, uid: process.credentials.euid, gid: process.credentials.egid, rdev: 0, sizeBytes: 0, blocks: 0, atimeUs: nowUs, mtimeUs: nowUs, ctimeUs: nowUs, btimeUs: nowUs };
  if (file instanceof PipeEnd) return { ...base, dev: 14, ino: file.pipe.inode, mode: S.IFIFO | 0o600, blockSizeBytes: 4096 };
  if (file instanceof TerminalDescription) {
    const { major, minor, uid, gid, mode, createdUs, lastInputUs } = file.terminal;
    return { ...base, dev: 24, ino: minor + 3, mode: S.IFCHR | mode, uid, gid, rdev: (major << 8) | minor, blockSizeBytes: 1024, atimeUs: lastInputUs, mtimeUs: lastInputUs, ctimeUs: createdUs, btimeUs: createdUs };
  }
  if (file instanceof MasterDescription) return { ...base, dev: 6, ino: 86, mode: S.IFCHR | 0o666, gid: 5, rdev: (5 << 8) | 2, blockSizeBytes: 4096 };
  const inode = Number(/\[(\d+)\]/.exec(file.label ?? "")?.[1] ?? 1);
  const socket = file.label?.startsWith("socket:") ?? false;
  return { ...base, dev: socket ? 8 : 15, ino: inode, mode: socket ? S.IFSOCK | 0o777 : 0o600, blockSizeBytes: 4096 };
}

export function fchmod(process: Process, fd: number, mode: number): void {
  const { path } = process.descriptors.get(fd);
  if (!path) throw new SysError("EINVAL");
  chmod(process, path, mode);
}

export function fchown(process: Process, fd: number, uid: number, gid: number): void {
  const { path } = process.descriptors.get(fd);
  if (!path) throw new SysError("EINVAL");
  chown(process, path, uid, gid);
}

export function fdPath(process: Process, fd: number): string {
  const file = process.descriptors.get(fd);
  return file.path ? pathName(process.root, file.path) : (file.label ?? "");
}
