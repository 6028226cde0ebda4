// The base of file systems that are made up as they are read (proc, sysfs, cgroup2, devpts): their nodes are computed, names cannot be
// made by hand, and a file's text is made when it is opened and read from its beginning.

import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Actor, OpenFileDescription } from "../open-file-description.ts";
import { type DirEntry, O, POLL, type StatFs, type Whence } from "../sys.ts";
import type { WaitQueue } from "../wait-queue.ts";
import type { Caller } from "./caller.ts";
import type { AttributeChange, FileSystem, MagicTarget, NodeFacts, OpenContext, Place } from "./file-system.ts";
import type { Path } from "./path.ts";

export interface PseudoFacts {
  /** with type */
  readonly mode: number;
  readonly ino: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly nlink?: number;
  readonly rdev?: number;
  readonly sizeBytes?: number;
  readonly timeUs: number;
}

export abstract class PseudoFileSystem implements FileSystem {
  abstract readonly type: string;
  readonly device: number;
  abstract readonly root: number;
  readonly readOnly: boolean = false;
  options = "";
  readonly userMountable: boolean = true;
  /** chmod and chown, where the file system takes them */
  #attributes: Map<number, AttributeChange> | undefined;

  constructor(device: number) {
    this.device = device;
  }

  /** Errors: ESTALE when the node is gone. */
  protected abstract describe(node: number): PseudoFacts;
  abstract lookup(directory: number, name: string, caller: Caller | undefined): number;
  abstract parentOf(directory: number): number;
  abstract placeOf(node: number): Place | undefined;
  abstract entries(directory: number, caller: Caller | undefined): readonly DirEntry[];
  abstract readlink(node: number, caller: Caller | undefined): string;
  magicTarget?(node: number, caller: Caller): MagicTarget | undefined;

  /** What a reader finds in a file. Errors: EACCES, EINVAL, EIO, ESRCH. */
  protected abstract content(node: number, reader: Caller): string | Uint8Array;
  /** A write(2) of a whole value. Errors: EINVAL, ERANGE, EPERM, EBUSY. */
  protected store(_node: number, _text: string, _writer: Caller): void {
    throw new SysError("EIO");
  }
  /** Woken when a reader that polls should read again. */
  protected changes(_node: number): WaitQueue | undefined {
    return undefined;
  }
  /** More than the permission bits say. Errors: EACCES, EPERM. */
  protected checkOpen(_node: number, _context: OpenContext): void {}
  protected keepsAttributes(): boolean {
    return false;
  }

  facts(node: number): NodeFacts {
    const facts = this.describe(node);
    const change = this.#attributes?.get(node);
    return {
      ino: facts.ino, mode: change?.mode ?? facts.mode, uid: change?.uid ?? facts.uid ?? 0, gid: change?.gid ?? facts.gid ?? 0, nlink: facts.nlink ?? 1,
      rdev: facts.rdev ?? 0, sizeBytes: facts.sizeBytes ?? 0, flags: 0,
      atimeUs: change?.atimeUs ?? facts.timeUs, mtimeUs: change?.mtimeUs ?? facts.timeUs, ctimeUs: facts.timeUs, btimeUs: facts.timeUs,
    };
  }

  allocatedBytes(): number {
    return 0;
  }

  lastPlaceOf(node: number): Place {
    return this.placeOf(node) ?? { parent: this.root, name: "" };
  }

  open(node: number, context: OpenContext): OpenFileDescription {
    this.checkOpen(node, context);
    return new PseudoFile(context.path, context.flags, context.caller, {
      read: (reader) => this.peek(node, reader),
      write: (text, writer) => this.store(node, text, writer),
      waiters: this.changes(node),
    });
  }

  read(): Uint8Array {
    throw new SysError("EINVAL");
  }

  /** What `reader` finds in the file, without opening it. Errors: EACCES, EINVAL, EIO, ESRCH. */
  peek(node: number, reader: Caller): Uint8Array {
    const content = this.content(node, reader);
    return typeof content === "string" ? encode(content) : content;
  }

  write(): number {
    throw new SysError("EINVAL");
  }

  truncate(): void {}

  allocate(): void {
    throw new SysError("EOPNOTSUPP");
  }

  seek(): number {
    throw new SysError("EINVAL");
  }

  create(_directory: number, _name: string, node: { readonly mode: number }, _caller: Caller | undefined): number {
    // open(2) with O_CREAT where the directory cannot make files says EACCES, the others EPERM.
    throw new SysError((node.mode & 0o170000) === 0o100000 ? "EACCES" : "EPERM");
  }

  link(): void {
    throw new SysError("EPERM");
  }

  unlink(_directory: number, _name: string): void {
    throw new SysError("EPERM");
  }

  rmdir(_directory: number, _name: string): void {
    throw new SysError("EPERM");
  }

  rename(): void {
    throw new SysError("EPERM");
  }

  setAttributes(node: number, change: AttributeChange): void {
    if (!this.keepsAttributes()) throw new SysError("EPERM");
    this.#attributes ??= new Map();
    this.#attributes.set(node, { ...this.#attributes.get(node), ...change });
  }

  /** The node is gone for good. */
  protected forget(node: number): void {
    this.#attributes?.delete(node);
  }

  getxattr(): Uint8Array | undefined {
    return undefined;
  }

  setxattr(): void {
    throw new SysError("EOPNOTSUPP");
  }

  listxattr(): readonly string[] {
    return [];
  }

  hold(): void {}

  release(): void {}

  statfs(): StatFs {
    return { type: this.type, blockSizeBytes: 4096, blocks: 0, blocksFree: 0, blocksAvailable: 0, files: 0, filesFree: 0 };
  }
}

export interface PseudoFileBehaviour {
  readonly read: (reader: Caller) => Uint8Array;
  readonly write: (text: string, writer: Caller) => void;
  readonly waiters?: WaitQueue | undefined;
}

/** An open file of a pseudo file system. Its text is made at the first read and again when it is read from the beginning. */
export class PseudoFile implements OpenFileDescription {
  statusFlags: number;
  references = 1;
  readonly path: Path;
  readonly label = undefined;
  readonly waiters: WaitQueue | undefined;
  readonly #opener: Caller;
  readonly #behaviour: PseudoFileBehaviour;
  #bytes: Uint8Array | undefined;
  #offset = 0;

  constructor(path: Path, flags: number, opener: Caller, behaviour: PseudoFileBehaviour) {
    this.path = path;
    this.statusFlags = flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.#opener = opener;
    this.#behaviour = behaviour;
    this.waiters = behaviour.waiters;
  }

  read(_actor: Actor, maxBytes: number, position: number | undefined): Uint8Array {
    if ((this.statusFlags & O.ACCMODE) === O.WRONLY) throw new SysError("EBADF");
    const at = position ?? this.#offset;
    if (at === 0 || this.#bytes === undefined) this.#bytes = this.#behaviour.read(this.#opener);
    const bytes = this.#bytes.slice(at, at + maxBytes);
    if (position === undefined) this.#offset += bytes.length;
    return bytes;
  }

  write(actor: Actor, bytes: Uint8Array): number {
    if ((this.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EBADF");
    // The writer is a process: an Actor that is a Caller. Credentials are those of who opened it, as kernfs and proc check them.
    this.#behaviour.write(decode(bytes), isCaller(actor) ? actor : this.#opener);
    this.#offset += bytes.length;
    return bytes.length;
  }

  seek(offset: number, whence: Whence): number {
    const target = whence === "current" ? this.#offset + offset : whence === "set" ? offset : -1;
    if (target < 0) throw new SysError("EINVAL");
    this.#offset = target;
    return target;
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  release(): void {}

  ioctl(): never {
    throw new SysError("ENOTTY");
  }
}

function isCaller(actor: Actor): actor is Caller {
  return "mountNamespace" in actor;
}
