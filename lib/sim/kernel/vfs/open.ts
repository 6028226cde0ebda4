// open(2): the name, the checks, then what stands behind the node. Also what exec(2) needs of files.

import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { O, S } from "../sys.ts";
import type { Caller } from "./caller.ts";
import { INODE_FLAG, type NodeFacts, type VfsHost } from "./file-system.ts";
import { createNode } from "./names.ts";
import { nodeKey, type Path } from "./path.ts";
import { checkAccess, checkCreate, checkWritable, MAY } from "./permission.ts";
import { PlaceHandle, RegularFile } from "./regular-file.ts";
import { type Parent, resolveOpen, resolveParent, resolveParentFrom } from "./resolve.ts";

export type OpenResult =
  | { readonly kind: "description"; readonly description: OpenFileDescription }
  /** The caller blocks until both ends are there, and makes the pipe; `fifoKey` names it. */
  | { readonly kind: "fifo"; readonly path: Path; readonly flags: number }
  /** A magic link to an object that has no place: share it or open it again. */
  | { readonly kind: "reopen"; readonly description: OpenFileDescription };

export function fifoKey(path: Path): string {
  return nodeKey(path);
}

/**
 * Errors: ENOENT, EEXIST, EISDIR, ENOTDIR, EACCES, ELOOP, ENXIO, ENODEV, EROFS, EPERM, ETXTBSY, ENOSPC. `mode` before umask.
 * After: a file that O_CREAT made is open whatever its mode says.
 */
export function open(caller: Caller, host: VfsHost, name: string, flags: number, mode = 0o666): OpenResult {
  if ((flags & O.PATH) !== 0) {
    const found = resolveOpen(caller, name, (flags & O.NOFOLLOW) === 0);
    if (!("mount" in found)) return { kind: "reopen", description: found };
    if ((flags & O.DIRECTORY) !== 0) checkDirectory(found);
    return { kind: "description", description: new PlaceHandle(found, flags) };
  }
  if ((flags & O.CREAT) !== 0) return openCreating(caller, host, name, flags, mode);
  const found = resolveOpen(caller, name, (flags & O.NOFOLLOW) === 0);
  if (!("mount" in found)) return { kind: "reopen", description: found };
  return openPath(caller, host, found, flags);
}

function checkDirectory(path: Path): void {
  if ((path.mount.fs.facts(path.node).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
}

function openCreating(caller: Caller, host: VfsHost, name: string, flags: number, mode: number): OpenResult {
  let parent: Parent = resolveParent(caller, name);
  for (let links = 1; ; links++) {
    const { directory, child } = parent;
    if (parent.kind !== "name" || parent.trailingSlash) throw new SysError((flags & O.EXCL) !== 0 && parent.kind !== "name" ? "EEXIST" : "EISDIR");
    if (child === undefined) {
      checkWritable(directory);
      checkCreate(caller, directory);
      const node = createNode(caller, directory, parent.name, { mode: S.IFREG | (mode & 0o7777) });
      return { kind: "description", description: describePath(caller, host, { mount: directory.mount, node, parent: directory.node, name: parent.name }, flags) };
    }
    if ((flags & O.EXCL) !== 0) throw new SysError("EEXIST");
    const facts = child.mount.fs.facts(child.node);
    if ((facts.mode & S.IFMT) !== S.IFLNK) {
      if ((facts.mode & S.IFMT) === S.IFDIR) throw new SysError("EISDIR");
      checkProtected(caller, directory, facts);
      return openPath(caller, host, child, flags);
    }
    if ((flags & O.NOFOLLOW) !== 0) throw new SysError("ELOOP");
    const magic = child.mount.fs.magicTarget?.(child.node, caller);
    if (magic?.kind === "path") return openPath(caller, host, magic.path, flags);
    if (magic?.kind === "reopen") return { kind: "reopen", description: magic.description };
    parent = resolveParentFrom(caller, directory, child.mount.fs.readlink(child.node, caller), links);
  }
}

/** fs.protected_regular and protected_fifos (2, as systemd sets them): O_CREAT does not open others' files in /tmp. */
function checkProtected(caller: Caller, directory: Path, facts: NodeFacts): void {
  const type = facts.mode & S.IFMT;
  if ((type !== S.IFREG && type !== S.IFIFO) || facts.uid === caller.fsuid) return;
  const place = directory.mount.fs.facts(directory.node);
  if ((place.mode & S.ISVTX) === 0 || place.uid === facts.uid) return;
  if ((place.mode & 0o002) !== 0 || (place.mode & 0o020) !== 0) throw new SysError("EACCES");
}

/** Opens a known place, with all checks. */
export function openPath(caller: Caller, host: VfsHost, path: Path, flags: number): OpenResult {
  const { mount } = path;
  const facts = mount.fs.facts(path.node);
  const type = facts.mode & S.IFMT;
  if (type === S.IFLNK) throw new SysError("ELOOP");
  if ((flags & O.DIRECTORY) !== 0 && type !== S.IFDIR) throw new SysError("ENOTDIR");
  const access = flags & O.ACCMODE;
  const writes = access !== O.RDONLY || (flags & O.TRUNC) !== 0;
  if (type === S.IFDIR && writes) throw new SysError("EISDIR");
  const isDevice = type === S.IFCHR || type === S.IFBLK;
  if (isDevice && mount.attributes.nodev) throw new SysError("EACCES");
  let want = access === O.RDONLY ? MAY.READ : access === O.WRONLY ? MAY.WRITE : MAY.READ | MAY.WRITE;
  if ((flags & O.TRUNC) !== 0) want |= MAY.WRITE;
  checkAccess(caller, path, want, facts);
  if ((facts.flags & INODE_FLAG.APPEND) !== 0 && writes && ((flags & O.APPEND) === 0 || (flags & O.TRUNC) !== 0)) throw new SysError("EPERM");
  if (type === S.IFSOCK) throw new SysError("ENXIO");
  if (type === S.IFIFO) return { kind: "fifo", path, flags };
  if (type === S.IFREG && writes) {
    checkWritable(path);
    if (host.isExecuting(mount.fs, path.node)) throw new SysError("ETXTBSY");
    if ((flags & O.TRUNC) !== 0) mount.fs.truncate(path.node, 0);
  }
  return { kind: "description", description: describePath(caller, host, path, flags, facts) };
}

function describePath(caller: Caller, host: VfsHost, path: Path, flags: number, facts = path.mount.fs.facts(path.node)): OpenFileDescription {
  const { fs } = path.mount;
  const type = facts.mode & S.IFMT;
  if (type === S.IFDIR) return new PlaceHandle(path, flags);
  if (type === S.IFCHR || type === S.IFBLK) {
    const major = deviceMajor(facts.rdev);
    const minor = deviceMinor(facts.rdev);
    const driver = host.devices.find(type === S.IFCHR ? "chr" : "blk", major, minor);
    if (driver === undefined) throw new SysError("ENXIO");
    return driver.open({ caller, path, flags, major, minor, host });
  }
  return fs.open?.(path.node, { caller, path, flags, host }) ?? new RegularFile(path, flags, host);
}

/** makedev(3): the low eight bits of the minor number stand below the major, the rest above. */
export function makeDevice(major: number, minor: number): number {
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor >>> 8) * 0x100000;
}

export function deviceMajor(rdev: number): number {
  return Math.floor(rdev / 0x100) & 0xfff;
}

export function deviceMinor(rdev: number): number {
  return (rdev & 0xff) + Math.floor(rdev / 0x100000) * 0x100;
}

/** exec(2)'s checks. Errors: EACCES (not a regular file, no x bit, noexec). Set-user-ID counts unless `path.mount.attributes.nosuid`. */
export function executable(caller: Caller, path: Path): NodeFacts {
  const facts = path.mount.fs.facts(path.node);
  if ((facts.mode & S.IFMT) !== S.IFREG || path.mount.attributes.noexec) throw new SysError("EACCES");
  checkAccess(caller, path, MAY.EXEC);
  return facts;
}

/** Zeros of a hole at the end may be left out. */
export function readHead(path: Path, maxBytes: number): Uint8Array {
  const { fs } = path.mount;
  return fs.sharedHead?.(path.node, maxBytes) ?? fs.read(path.node, 0, maxBytes);
}
