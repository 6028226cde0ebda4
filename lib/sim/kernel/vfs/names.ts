// Calls that make, remove and change names: mkdir, rmdir, unlink, rename, link, symlink, readlink, mknod, readdir (man section 2).

import { encodedLength } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { type DirEntry, S } from "../sys.ts";
import { CAP, type Caller } from "./caller.ts";
import { INODE_FLAG, type NewNode, type NodeFacts, type VfsHost } from "./file-system.ts";
import { isWithin } from "./mount.ts";
import type { Path } from "./path.ts";
import { inheritAcl } from "./posix-acl.ts";
import { allowed, checkAccess, checkCreate, checkDelete, checkWritable, inGroup, MAY } from "./permission.ts";
import { type Parent, resolve, resolveParent } from "./resolve.ts";

const DEFAULT_ACL = "system.posix_acl_default";

/** Makes a node with what its directory passes on: group, permissions instead of the umask, and lists. */
export function createNode(caller: Caller, directory: Path, name: string, node: Pick<NewNode, "mode" | "rdev" | "target">): number {
  const { fs } = directory.mount;
  const type = node.mode & S.IFMT;
  const defaults = type === S.IFLNK ? undefined : fs.getxattr(directory.node, DEFAULT_ACL);
  const inherited = inherit(caller, directory, node.mode);
  if (defaults === undefined) return fs.create(directory.node, name, { ...node, ...inherited }, caller);
  const { bits, access } = inheritAcl(defaults, node.mode);
  const created = fs.create(directory.node, name, { ...node, ...inherited, mode: (inherited.mode & ~0o777) | bits }, caller);
  if (access !== undefined) fs.setxattr(created, "system.posix_acl_access", access);
  if (type === S.IFDIR) fs.setxattr(created, DEFAULT_ACL, defaults);
  return created;
}

/** Mode and group of a new node: umask, and what a set-group-ID directory passes on. `mode` carries the type. */
function inherit(caller: Caller, directory: Path, mode: number): { readonly mode: number; readonly uid: number; readonly gid: number } {
  const facts = directory.mount.fs.facts(directory.node);
  let bits = (mode & S.IFMT) === S.IFLNK ? mode : mode & ~caller.umask;
  let gid = caller.fsgid;
  if ((facts.mode & S.ISGID) !== 0) {
    gid = facts.gid;
    if ((mode & S.IFMT) === S.IFDIR) bits |= S.ISGID;
    else if ((bits & (S.ISGID | 0o010)) === (S.ISGID | 0o010) && !inGroup(caller, gid) && !caller.capableOver(CAP.FSETID, caller.fsuid, gid)) bits &= ~S.ISGID;
  }
  return { mode: bits, uid: caller.fsuid, gid };
}

function make(caller: Caller, parent: Parent, node: Pick<NewNode, "mode" | "rdev" | "target">): Path {
  const { directory, name } = parent;
  const isDirectory = (node.mode & S.IFMT) === S.IFDIR;
  if (parent.kind !== "name") throw new SysError("EEXIST");
  if (parent.child !== undefined) throw new SysError("EEXIST");
  if (parent.trailingSlash && !isDirectory) throw new SysError("ENOENT");
  checkWritable(directory);
  checkCreate(caller, directory);
  const created = createNode(caller, directory, name, node);
  return { mount: directory.mount, node: created, parent: directory.node, name };
}

/** Errors: EEXIST, EROFS, EACCES, ENOSPC, EMLINK and those of resolution. */
export function mkdir(caller: Caller, name: string, mode: number): void {
  make(caller, resolveParent(caller, name), { mode: S.IFDIR | (mode & 0o1777) });
}

export function symlink(caller: Caller, target: string, created: string): void {
  if (target === "") throw new SysError("ENOENT");
  if (encodedLength(target) >= 4096) throw new SysError("ENAMETOOLONG");
  make(caller, resolveParent(caller, created), { mode: S.IFLNK | 0o777, target });
}

/** `mode` with its type; 0 is a regular file. Devices need CAP_MKNOD in the initial user namespace. */
export function mknod(caller: Caller, name: string, mode: number, rdev = 0): Path {
  const parent = resolveParent(caller, name);
  const type = mode & S.IFMT || S.IFREG;
  if (type === S.IFDIR) throw new SysError("EPERM");
  const isDevice = type === S.IFCHR || type === S.IFBLK;
  // A character device 0:0 is an overlay's whiteout: anyone may make it (mknod(2), Linux 5.8).
  if (isDevice && !(type === S.IFCHR && rdev === 0) && parent.child === undefined && parent.kind === "name" && !caller.capableIn(undefined, CAP.MKNOD)) {
    checkWritable(parent.directory);
    checkCreate(caller, parent.directory);
    throw new SysError("EPERM");
  }
  return make(caller, parent, { mode: type | (mode & 0o7777), rdev: isDevice ? rdev : 0 });
}

export function readlink(caller: Caller, name: string): string {
  const path = resolve(caller, name, { follow: false });
  const { fs } = path.mount;
  if ((fs.facts(path.node).mode & S.IFMT) !== S.IFLNK) throw new SysError("EINVAL");
  return fs.readlink(path.node, caller);
}

/** Without "." and "..". A mounted directory shows the type of what is under it, as getdents(2) does. */
export function readdir(caller: Caller, name: string): readonly DirEntry[] {
  const path = resolve(caller, name, { mustBeDirectory: true });
  checkAccess(caller, path, MAY.READ);
  return path.mount.fs.entries(path.node, caller);
}

function isDirectory(facts: NodeFacts): boolean {
  return (facts.mode & S.IFMT) === S.IFDIR;
}

/** The node itself below what is mounted on it, and whether something is. */
function entry(caller: Caller, directory: Path, name: string): { readonly facts: NodeFacts; readonly node: number; readonly mounted: boolean } {
  const { fs } = directory.mount;
  const node = fs.lookup(directory.node, name, caller);
  if (node === 0) throw new SysError("ENOENT");
  return { facts: fs.facts(node), node, mounted: directory.mount.children?.has(node) ?? false };
}

/** Errors: ENOTEMPTY, EBUSY (mount point), EINVAL ("."), ENOTDIR, EPERM (sticky), EROFS. */
export function rmdir(caller: Caller, host: VfsHost, name: string): void {
  const { directory, name: last, kind } = resolveParent(caller, name);
  if (kind === "dot") throw new SysError("EINVAL");
  if (kind === "dotdot") throw new SysError("ENOTEMPTY");
  if (kind === "root") throw new SysError("EBUSY");
  checkWritable(directory);
  const victim = entry(caller, directory, last);
  checkDelete(caller, directory, victim.facts);
  if (!isDirectory(victim.facts)) throw new SysError("ENOTDIR");
  if (victim.mounted) throw new SysError("EBUSY");
  const { fs } = directory.mount;
  if (host.directoryInUse(fs, victim.node)) fs.hold(victim.node);
  fs.rmdir(directory.node, last);
}

/** Errors: EISDIR, EBUSY (mount point), EPERM, EACCES, EROFS. */
export function unlink(caller: Caller, name: string): void {
  const { directory, name: last, kind, trailingSlash } = resolveParent(caller, name);
  if (kind !== "name") throw new SysError("EISDIR");
  checkWritable(directory);
  const victim = entry(caller, directory, last);
  if (trailingSlash) throw new SysError(isDirectory(victim.facts) ? "EISDIR" : "ENOTDIR");
  checkDelete(caller, directory, victim.facts);
  if (isDirectory(victim.facts)) throw new SysError("EISDIR");
  if (victim.mounted) throw new SysError("EBUSY");
  directory.mount.fs.unlink(directory.node, last);
}

/** fs.protected_hardlinks = 1 forbids links to what one neither owns nor may read and write (EPERM). */
export function link(caller: Caller, existing: string, created: string, followSymlink = false): void {
  const old = resolve(caller, existing, { follow: followSymlink });
  linkPath(caller, old, created);
}

function linkPath(caller: Caller, old: Path, created: string): void {
  const parent = resolveParent(caller, created);
  const { directory, name } = parent;
  if (parent.kind !== "name" || parent.child !== undefined) throw new SysError("EEXIST");
  if (parent.trailingSlash) throw new SysError("ENOENT");
  checkWritable(directory);
  if (old.mount !== directory.mount) throw new SysError("EXDEV");
  const { fs } = directory.mount;
  const facts = fs.facts(old.node);
  if (caller.fsuid !== facts.uid && !caller.capableOver(CAP.FOWNER, facts.uid, facts.gid)) {
    const special = (facts.mode & S.IFMT) !== S.IFREG || (facts.mode & S.ISUID) !== 0 || (facts.mode & (S.ISGID | 0o010)) === (S.ISGID | 0o010);
    if (special || !allowed(caller, facts, MAY.READ | MAY.WRITE)) throw new SysError("EPERM");
  }
  checkCreate(caller, directory);
  if ((facts.flags & (INODE_FLAG.IMMUTABLE | INODE_FLAG.APPEND)) !== 0 || isDirectory(facts)) throw new SysError("EPERM");
  if (facts.nlink === 0) throw new SysError("ENOENT");
  fs.link(old.node, directory.node, name);
}

export interface RenameFlags {
  readonly noReplace?: boolean;
  readonly exchange?: boolean;
}

/** Errors: EXDEV (another mount), EBUSY (mount point, "."), EINVAL (into itself), ENOTEMPTY, EISDIR, ENOTDIR, EEXIST. */
export function rename(caller: Caller, from: string, to: string, flags: RenameFlags = {}): void {
  if (flags.noReplace === true && flags.exchange === true) throw new SysError("EINVAL");
  const old = resolveParent(caller, from);
  const created = resolveParent(caller, to);
  const directory = old.directory;
  const target = created.directory;
  if (directory.mount !== target.mount) throw new SysError("EXDEV");
  if (old.kind !== "name") throw new SysError("EBUSY");
  if (created.kind !== "name") throw new SysError(flags.noReplace === true ? "EEXIST" : "EBUSY");
  checkWritable(directory);
  const { fs } = directory.mount;
  const moved = entry(caller, directory, old.name);
  const replacedNode = fs.lookup(target.node, created.name, caller);
  const replaced = replacedNode === 0 ? undefined : fs.facts(replacedNode);
  if (flags.noReplace === true && replaced !== undefined) throw new SysError("EEXIST");
  if (flags.exchange === true && replaced === undefined) throw new SysError("ENOENT");
  if (!isDirectory(moved.facts)) {
    if (old.trailingSlash) throw new SysError("ENOTDIR");
    if (created.trailingSlash && flags.exchange !== true) throw new SysError("ENOTDIR");
  }
  // A directory cannot go below itself, nor replace one that holds it.
  if (isDirectory(moved.facts) && isWithin(fs, moved.node, { node: target.node, parent: 0 })) throw new SysError("EINVAL");
  if (replaced !== undefined && isDirectory(replaced) && isWithin(fs, replacedNode, { node: directory.node, parent: 0 })) {
    throw new SysError(flags.exchange === true ? "EINVAL" : "ENOTEMPTY");
  }
  if (replacedNode === moved.node) return;
  checkDelete(caller, directory, moved.facts);
  if (replaced === undefined) checkCreate(caller, target);
  else {
    checkDelete(caller, target, replaced);
    if (flags.exchange !== true) {
      if (isDirectory(moved.facts) && !isDirectory(replaced)) throw new SysError("ENOTDIR");
      if (!isDirectory(moved.facts) && isDirectory(replaced)) throw new SysError("EISDIR");
    }
  }
  // ".." of a moved directory changes: its own write permission is needed.
  if (isDirectory(moved.facts) && directory.node !== target.node) checkAccess(caller, { ...directory, node: moved.node }, MAY.WRITE);
  if (moved.mounted || (replacedNode !== 0 && (directory.mount.children?.has(replacedNode) ?? false))) throw new SysError("EBUSY");
  fs.rename(directory.node, old.name, target.node, created.name, flags.exchange ?? false);
}

