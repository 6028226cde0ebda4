// What every file system offers to the rest of the VFS. Nodes are named by handles; who may do what is decided above (permission.ts), the
// file system only keeps the tree. Errors are SysError.

import type { Actor, OpenFileDescription } from "../open-file-description.ts";
import type { DirEntry, StatFs } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { Mount } from "./mount.ts";
import type { Path } from "./path.ts";

export interface NodeFacts {
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly rdev: number;
  readonly sizeBytes: number;
  readonly atimeUs: number;
  readonly mtimeUs: number;
  readonly ctimeUs: number;
  readonly btimeUs: number;
  /** INODE_FLAG bits */
  readonly flags: number;
}

export const INODE_FLAG = { IMMUTABLE: 1, APPEND: 2, NODUMP: 4, NOATIME: 8, EXTENTS: 16, SYNC: 32, NOCOW: 64 } as const;

/** lsattr's letters of those bits. */
export const INODE_FLAG_LETTERS: readonly (readonly [letter: string, bit: number])[] = [
  ["S", INODE_FLAG.SYNC], ["i", INODE_FLAG.IMMUTABLE], ["a", INODE_FLAG.APPEND], ["d", INODE_FLAG.NODUMP], ["A", INODE_FLAG.NOATIME],
  ["e", INODE_FLAG.EXTENTS], ["C", INODE_FLAG.NOCOW],
];

export interface NewNode {
  /** with its type */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** of a symbolic link */
  readonly target?: string;
}

export interface AttributeChange {
  /** with its type */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly atimeUs?: number;
  readonly mtimeUs?: number;
  readonly flags?: number;
}

export interface Place {
  readonly parent: number;
  readonly name: string;
}

export interface OpenContext {
  readonly caller: Caller;
  readonly path: Path;
  readonly flags: number;
  readonly host: VfsHost;
}

/** Where a magic link of /proc leads: a place, or an open object that has none. */
export type MagicTarget =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "reopen"; readonly description: OpenFileDescription };

export type AllocateMode = "allocate" | "keep-size" | "punch-hole" | "zero-range";

export interface FileSystem {
  readonly type: string;
  /** st_dev: major << 8 | minor */
  readonly device: number;
  readonly root: number;
  /** the super block is read-only (iso9660, a frozen image) */
  readonly readOnly: boolean;
  /** the options that mountinfo shows after the dash, without rw/ro: "errors=remount-ro" */
  readonly options: string;
  /** may be mounted by root of a user namespace (FS_USERNS_MOUNT) */
  readonly userMountable?: boolean;
  /** of the device that it is on, where that is slow (open-file-description.ts) */
  readonly stepsPerMiB?: number;

  /** Somebody goes into its root, on which nothing is mounted: now is the time to mount it (autofs). Errors: ENODEV. */
  automount?(mount: Mount, caller: Caller): void;
  facts(node: number): NodeFacts;
  allocatedBytes(node: number): number;
  /** 0 when there is none. `caller` is for trees that look different to each reader. */
  lookup(directory: number, name: string, caller: Caller | undefined): number;
  /** ".." of a directory; the root's is the root. */
  parentOf(directory: number): number;
  /** One current name; undefined once it has none. */
  placeOf(node: number): Place | undefined;
  /** The name it had last. */
  lastPlaceOf(node: number): Place;
  /** How mountinfo shows a mounted root to that reader, where that depends on who reads (cgroup namespaces). */
  rootFor?(node: number, reader: Caller): string | undefined;
  entries(directory: number, caller: Caller | undefined): readonly DirEntry[];
  readlink(node: number, caller: Caller | undefined): string;
  magicTarget?(node: number, caller: Caller): MagicTarget | undefined;
  /** Where the permission bits are not the whole truth: `want` of MAY bits; undefined leaves it to them. */
  permits?(node: number, want: number, caller: Caller): boolean | undefined;

  create(directory: number, name: string, node: NewNode, caller: Caller | undefined): number;
  link(node: number, directory: number, name: string): void;
  unlink(directory: number, name: string): void;
  /** The caller has checked that it is a directory; ENOTEMPTY is the file system's. */
  rmdir(directory: number, name: string): void;
  /** Replaces what bears the new name; types agree and an old directory is empty or ENOTEMPTY. */
  rename(fromDirectory: number, fromName: string, toDirectory: number, toName: string, exchange: boolean): void;
  setAttributes(node: number, change: AttributeChange): void;
  /** Where reading a file is cheaper to note than to change the node: the time then stands here, not in its facts. */
  noteAccess?(node: number, nowUs: number): void;
  accessTimeUs?(node: number): number | undefined;

  /** `happened` is told of changes to that node, in INOTIFY's bits, until the answer is called. */
  watch?(node: number, happened: (event: number) => void): () => void;
  /** A description that could write to it is closed. */
  closedForWriting?(node: number): void;

  /** Regular files that need more than RegularFile (pseudo files). */
  open?(node: number, context: OpenContext): OpenFileDescription;
  read(node: number, position: number, maxBytes: number): Uint8Array;
  /** Where they are kept as one array that nobody changes: the bytes from the start to the first hole. */
  sharedHead?(node: number, maxBytes: number): Uint8Array | undefined;
  /** Bytes taken; fewer than given when the file system is full after them. Errors: ENOSPC, EDQUOT, EFBIG. */
  write(node: number, position: number, bytes: Uint8Array): number;
  truncate(node: number, sizeBytes: number): void;
  allocate(node: number, offset: number, lengthBytes: number, mode: AllocateMode): void;
  /** The next offset of that kind at or after `offset`; ENXIO past the end. */
  seek(node: number, offset: number, kind: "data" | "hole"): number;

  getxattr(node: number, name: string): Uint8Array | undefined;
  setxattr(node: number, name: string, value: Uint8Array | undefined): void;
  listxattr(node: number): readonly string[];

  /** Requests on an open file or directory of it. Errors: ENOTTY. */
  readonly ioctl?: ((actor: Actor, request: string, argument: unknown) => unknown) | undefined;
  /** Everything that changed goes to its device (syncfs(2)). Errors: EIO, ENOSPC. */
  readonly flush?: (() => void) | undefined;
  /** Its last mount is gone. */
  readonly unmounted?: (() => void) | undefined;

  /** An open description keeps the node after its last name is gone. */
  hold(node: number): void;
  release(node: number): void;
  statfs(): StatFs;
}

/** Makes or finds the file system that mount(2) attaches. */
export interface FileSystemType {
  readonly name: string;
  /** "nodev" in /proc/filesystems */
  readonly needsDevice: boolean;
  readonly userMountable: boolean;
  /** `root` is set when not the whole tree is to be mounted. Errors: EINVAL (bad option), ENOTBLK, EBUSY. */
  mount(request: MountRequest): { readonly fs: FileSystem; readonly root?: number };
  remount?(fs: FileSystem, data: string, readOnly: boolean): void;
}

export interface MountRequest {
  readonly caller: Caller;
  readonly host: VfsHost;
  readonly source: string;
  /** where it is to be seen, as the caller wrote it */
  readonly target: string;
  readonly readOnly: boolean;
  /** the option string, "" when none */
  readonly data: string;
}

export interface DeviceContext {
  readonly caller: Caller;
  readonly path: Path;
  readonly flags: number;
  readonly major: number;
  readonly minor: number;
  readonly host: VfsHost;
}

export interface DeviceDriver {
  /** Errors: ENXIO, ENODEV, EBUSY. */
  open(context: DeviceContext): OpenFileDescription;
}

export interface DeviceDrivers {
  find(kind: "chr" | "blk", major: number, minor: number): DeviceDriver | undefined;
}

/** What the kernel lends to the VFS. */
export interface VfsHost {
  /** Epoch microseconds. */
  nowUs(): number;
  /** From the world's seed. */
  random(length: number): Uint8Array;
  readonly devices: DeviceDrivers;
  readonly fileSystemTypes: Pick<ReadonlyMap<string, FileSystemType>, "get">;
  /** Whether a process has its root, directory, program or an open file on it. */
  mountInUse(path: Path): boolean;
  /** Whether a process may write to a file of it that it has open. */
  openForWriting(fs: FileSystem): boolean;
  /** pivot_root: processes of that mount namespace whose root or directory is `from` get `to`. */
  replaceRoots(from: Path, to: Path): void;
  /** A process's root or working directory: rmdir keeps such a node. */
  directoryInUse(fs: FileSystem, node: number): boolean;
  /** A running program's file: writing it is ETXTBSY. */
  isExecuting(fs: FileSystem, node: number): boolean;
}

/** The least that a file system needs of the world it lives in. */
export interface StorageHost {
  nowUs(): number;
  /** The world's limit on kept bytes. Errors: ENOSPC. */
  chargeStorage(deltaBytes: number): void;
}
