// Open regular files and directories, and places opened with O_PATH.

import { SysError } from "../errno.ts";
import type { Actor, OpenFileDescription, WouldBlock } from "../open-file-description.ts";
import { O, POLL, S, type Whence } from "../sys.ts";
import { dropPrivileges, LARGEST_FILE_BYTES } from "./attributes.ts";
import type { NodeFacts, VfsHost } from "./file-system.ts";
import type { Path } from "./path.ts";

const DAY_US = 86_400_000_000;

/** Reading changes the access time only when it is older than the last change, or than a day (mount(8), relatime). */
function noteAccess(host: VfsHost, path: Path, facts: NodeFacts): void {
  const { mount } = path;
  if (mount.readOnly || mount.attributes.atime === "noatime" || (mount.attributes.nodiratime === true && (facts.mode & S.IFMT) === S.IFDIR)) return;
  const now = host.nowUs();
  const atimeUs = mount.fs.accessTimeUs?.(path.node) ?? facts.atimeUs;
  if (mount.attributes.atime === "relatime" && atimeUs > facts.mtimeUs && atimeUs > facts.ctimeUs && now - atimeUs < DAY_US) return;
  if (atimeUs === now) return;
  if (mount.fs.noteAccess) mount.fs.noteAccess(path.node, now);
  else mount.fs.setAttributes(path.node, { atimeUs: now });
}

export class RegularFile implements OpenFileDescription {
  statusFlags: number;
  references = 1;
  readonly path: Path;
  readonly label = undefined;
  readonly waiters = undefined;
  readonly #host: VfsHost;
  #offset = 0;

  constructor(path: Path, flags: number, host: VfsHost) {
    this.path = path;
    this.statusFlags = flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.#host = host;
    path.mount.fs.hold(path.node);
  }

  get stepsPerMiB(): number {
    return this.path.mount.fs.stepsPerMiB ?? 0;
  }

  get deviceNumber(): number {
    return this.path.mount.fs.device;
  }

  get offset(): number {
    return this.#offset;
  }

  read(_actor: Actor, maxBytes: number, position: number | undefined): Uint8Array {
    if ((this.statusFlags & O.ACCMODE) === O.WRONLY) throw new SysError("EBADF");
    const { fs } = this.path.mount;
    const bytes = fs.read(this.path.node, position ?? this.#offset, maxBytes);
    if (position === undefined) this.#offset += bytes.length;
    if (maxBytes > 0) noteAccess(this.#host, this.path, fs.facts(this.path.node));
    return bytes;
  }

  write(actor: Actor, bytes: Uint8Array, position: number | undefined): number {
    if ((this.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EBADF");
    if (bytes.length === 0) return 0;
    const { fs } = this.path.mount;
    const facts = fs.facts(this.path.node);
    // O_APPEND wins over pwrite's position (pwrite(2), BUGS).
    const at = (this.statusFlags & O.APPEND) !== 0 ? facts.sizeBytes : (position ?? this.#offset);
    const limit = Math.min(actor.fileSizeLimit, LARGEST_FILE_BYTES);
    if (at >= limit) throw new SysError("EFBIG");
    dropPrivileges(actor, this.path, facts);
    const taken = fs.write(this.path.node, at, at + bytes.length > limit ? bytes.subarray(0, limit - at) : bytes);
    if (position === undefined) this.#offset = at + taken;
    return taken;
  }

  seek(offset: number, whence: Whence): number {
    const { fs } = this.path.mount;
    let target = offset;
    if (whence === "current") target += this.#offset;
    else if (whence === "end") target += fs.facts(this.path.node).sizeBytes;
    else if (whence === "data" || whence === "hole") target = fs.seek(this.path.node, offset, whence);
    if (target < 0) throw new SysError("EINVAL");
    this.#offset = target;
    return target;
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  release(): void {
    if ((this.statusFlags & O.ACCMODE) !== O.RDONLY) this.path.mount.fs.closedForWriting?.(this.path.node);
    this.path.mount.fs.release(this.path.node);
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    const { fs } = this.path.mount;
    if (fs.ioctl === undefined) throw new SysError("ENOTTY");
    return fs.ioctl(actor, request, argument);
  }
}

/** A directory, or anything opened with O_PATH: a handle for fchdir, fstat, /proc/self/fd. */
export class PlaceHandle implements OpenFileDescription {
  statusFlags: number;
  references = 1;
  readonly path: Path;
  readonly label = undefined;
  readonly waiters = undefined;
  readonly #isDirectory: boolean;

  constructor(path: Path, flags: number) {
    this.path = path;
    this.statusFlags = flags & (O.ACCMODE | O.NONBLOCK | O.PATH);
    const { fs } = path.mount;
    this.#isDirectory = (fs.facts(path.node).mode & S.IFMT) === S.IFDIR;
    fs.hold(path.node);
  }

  read(): Uint8Array | WouldBlock {
    throw new SysError((this.statusFlags & O.PATH) === 0 && this.#isDirectory ? "EISDIR" : "EBADF");
  }

  write(): number | WouldBlock {
    throw new SysError("EBADF");
  }

  seek(offset: number): number {
    return offset;
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  release(): void {
    this.path.mount.fs.release(this.path.node);
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    if ((this.statusFlags & O.PATH) !== 0) throw new SysError("EBADF");
    const { fs } = this.path.mount;
    if (fs.ioctl === undefined) throw new SysError("ENOTTY");
    return fs.ioctl(actor, request, argument);
  }
}
