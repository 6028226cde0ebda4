// Calls that change a file without naming a directory entry: chmod, chown, utimes, truncate, fallocate, extended attributes, chattr's flags.
// They take a place, so that the call by name and the call by descriptor are one.

import { SysError } from "../errno.ts";
import { S } from "../sys.ts";
import { CAP, type Caller } from "./caller.ts";
import { type AllocateMode, INODE_FLAG, INODE_FLAG_LETTERS, type NodeFacts, type VfsHost } from "./file-system.ts";
import type { Path } from "./path.ts";
import { checkAccess, checkWritable, inGroup, isOwner, MAY } from "./permission.ts";
import { formatAcl, parseAcl, ACL_TAG } from "./posix-acl.ts";

const FIXED = INODE_FLAG.IMMUTABLE | INODE_FLAG.APPEND;
const ACL_ACCESS = "system.posix_acl_access";

function factsOf(path: Path): NodeFacts {
  return path.mount.fs.facts(path.node);
}

/** Errors: EPERM (not the owner, immutable), EROFS. */
export function chmod(caller: Caller, path: Path, mode: number): void {
  checkWritable(path);
  const facts = factsOf(path);
  if ((facts.mode & S.IFMT) === S.IFLNK) throw new SysError("EOPNOTSUPP");
  if ((facts.flags & FIXED) !== 0 || !isOwner(caller, facts)) throw new SysError("EPERM");
  let bits = mode & 0o7777;
  if ((bits & S.ISGID) !== 0 && !inGroup(caller, facts.gid) && !caller.capableOver(CAP.FSETID, facts.uid, facts.gid)) bits &= ~S.ISGID;
  const { fs } = path.mount;
  fs.setAttributes(path.node, { mode: (facts.mode & S.IFMT) | bits });
  const acl = fs.getxattr(path.node, ACL_ACCESS);
  if (acl !== undefined) fs.setxattr(path.node, ACL_ACCESS, chmodAcl(acl, bits));
}

/** The group bits of the mode are the list's mask (acl(5)). */
function chmodAcl(acl: Uint8Array, mode: number): Uint8Array {
  const entries = parseAcl(acl);
  const groupTag = entries.some((entry) => entry.tag === ACL_TAG.MASK) ? ACL_TAG.MASK : ACL_TAG.GROUP_OBJ;
  return formatAcl(entries.map((entry) => {
    if (entry.tag === ACL_TAG.USER_OBJ) return { ...entry, permissions: (mode >> 6) & 7 };
    if (entry.tag === groupTag) return { ...entry, permissions: (mode >> 3) & 7 };
    return entry.tag === ACL_TAG.OTHER ? { ...entry, permissions: mode & 7 } : entry;
  }));
}

/** Kernel ids; -1 leaves one. Errors: EPERM, EROFS. */
export function chown(caller: Caller, path: Path, uid: number, gid: number): void {
  checkWritable(path);
  const facts = factsOf(path);
  if ((facts.flags & FIXED) !== 0) throw new SysError("EPERM");
  const mayChown = caller.capableOver(CAP.CHOWN, facts.uid, facts.gid);
  if (uid !== -1 && !mayChown && !(caller.fsuid === facts.uid && uid === facts.uid)) throw new SysError("EPERM");
  if (gid !== -1 && !mayChown && !(caller.fsuid === facts.uid && (gid === facts.gid || inGroup(caller, gid)))) throw new SysError("EPERM");
  if (uid === -1 && gid === -1 && !isOwner(caller, facts)) return;
  let { mode } = facts;
  if ((mode & S.IFMT) !== S.IFDIR) {
    mode &= ~S.ISUID;
    if ((mode & 0o010) !== 0) mode &= ~S.ISGID;
  }
  path.mount.fs.setAttributes(path.node, { mode, uid: uid === -1 ? facts.uid : uid, gid: gid === -1 ? facts.gid : gid });
  if ((mode & S.IFMT) === S.IFREG && path.mount.fs.getxattr(path.node, "security.capability") !== undefined) {
    path.mount.fs.setxattr(path.node, "security.capability", undefined);
  }
}

export type NewTime = number | "now" | undefined;

/** Undefined leaves a time. Both "now" is allowed to whoever may write. Errors: EPERM, EACCES, EROFS. */
export function utimes(caller: Caller, host: VfsHost, path: Path, atime: NewTime, mtime: NewTime): void {
  checkWritable(path);
  const facts = factsOf(path);
  if (atime === undefined && mtime === undefined) return;
  const bothNow = atime === "now" && mtime === "now";
  if ((facts.flags & INODE_FLAG.IMMUTABLE) !== 0 || (!bothNow && (facts.flags & INODE_FLAG.APPEND) !== 0)) throw new SysError("EPERM");
  if (!isOwner(caller, facts)) {
    if (!bothNow) throw new SysError("EPERM");
    checkAccess(caller, path, MAY.WRITE);
  }
  const now = host.nowUs();
  const atimeUs = atime === "now" ? now : (atime ?? path.mount.fs.accessTimeUs?.(path.node) ?? facts.atimeUs);
  const mtimeUs = mtime === "now" ? now : (mtime ?? facts.mtimeUs);
  path.mount.fs.setAttributes(path.node, { atimeUs, mtimeUs });
}

/** Errors: EISDIR, EINVAL, EACCES, EPERM (append-only), EROFS, EFBIG, ETXTBSY. */
export function truncate(caller: Caller, host: VfsHost, path: Path, sizeBytes: number): void {
  const { fs } = path.mount;
  const facts = fs.facts(path.node);
  const type = facts.mode & S.IFMT;
  if (type === S.IFDIR) throw new SysError("EISDIR");
  if (type !== S.IFREG || sizeBytes < 0) throw new SysError("EINVAL");
  checkWritable(path);
  checkAccess(caller, path, MAY.WRITE);
  if ((facts.flags & INODE_FLAG.APPEND) !== 0) throw new SysError("EPERM");
  if (host.isExecuting(fs, path.node)) throw new SysError("ETXTBSY");
  setSize(caller, path, sizeBytes);
}

/** ftruncate(2) of a descriptor that is open for writing. */
export function setSize(caller: Caller, path: Path, sizeBytes: number): void {
  const { fs } = path.mount;
  const facts = fs.facts(path.node);
  if ((facts.mode & S.IFMT) !== S.IFREG || sizeBytes < 0) throw new SysError("EINVAL");
  if (sizeBytes > LARGEST_FILE_BYTES || (sizeBytes > facts.sizeBytes && sizeBytes > caller.fileSizeLimit)) throw new SysError("EFBIG");
  dropPrivileges(caller, path, facts);
  fs.truncate(path.node, sizeBytes);
}

/** ext4 with 4 KiB blocks. */
export const LARGEST_FILE_BYTES = 16 * 2 ** 40 - 4096;

/** A file that is written by another loses set-user-ID, set-group-ID and capabilities (file_remove_privs). */
export function dropPrivileges(actor: Pick<Caller, "capable">, path: Path, facts: NodeFacts): void {
  const { fs } = path.mount;
  if ((facts.mode & (S.ISUID | S.ISGID)) !== 0 && !actor.capable(CAP.FSETID)) {
    let mode = facts.mode & ~S.ISUID;
    if ((mode & 0o010) !== 0) mode &= ~S.ISGID;
    if (mode !== facts.mode) fs.setAttributes(path.node, { mode });
  }
  if (fs.getxattr(path.node, "security.capability") !== undefined) fs.setxattr(path.node, "security.capability", undefined);
}

/** Errors: ENOSPC, EINVAL, EOPNOTSUPP, EFBIG, EPERM. */
export function fallocate(caller: Caller, path: Path, offset: number, lengthBytes: number, mode: AllocateMode): void {
  if (offset < 0 || lengthBytes <= 0) throw new SysError("EINVAL");
  const facts = factsOf(path);
  if ((facts.mode & S.IFMT) === S.IFDIR) throw new SysError("EISDIR");
  if ((facts.mode & S.IFMT) !== S.IFREG) throw new SysError("ENODEV");
  if ((facts.flags & INODE_FLAG.IMMUTABLE) !== 0) throw new SysError("EPERM");
  if (offset + lengthBytes > LARGEST_FILE_BYTES || (mode === "allocate" && offset + lengthBytes > caller.fileSizeLimit)) throw new SysError("EFBIG");
  path.mount.fs.allocate(path.node, offset, lengthBytes, mode);
}

function checkXattrName(caller: Caller, path: Path, name: string, writing: boolean): void {
  const facts = factsOf(path);
  const type = facts.mode & S.IFMT;
  if (name.startsWith("trusted.")) {
    if (!caller.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError(writing ? "EPERM" : "ENODATA");
  } else if (name.startsWith("user.")) {
    if (type !== S.IFREG && type !== S.IFDIR) throw new SysError(writing ? "EPERM" : "ENODATA");
    checkAccess(caller, path, writing ? MAY.WRITE : MAY.READ);
  } else if (name.startsWith("security.")) {
    if (writing && name === "security.capability" && !caller.capableOver(CAP.SETFCAP, facts.uid, facts.gid)) throw new SysError("EPERM");
    if (writing && name !== "security.capability" && !caller.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  } else if (name === ACL_ACCESS || name === "system.posix_acl_default") {
    if (writing && !isOwner(caller, facts)) throw new SysError("EPERM");
  } else throw new SysError("EOPNOTSUPP");
}

export function getxattr(caller: Caller, path: Path, name: string): Uint8Array {
  checkXattrName(caller, path, name, false);
  const value = path.mount.fs.getxattr(path.node, name);
  if (value === undefined) throw new SysError("ENODATA");
  return value;
}

/** Undefined removes it. */
export function setxattr(caller: Caller, path: Path, name: string, value: Uint8Array | undefined): void {
  checkWritable(path);
  const facts = factsOf(path);
  if ((facts.flags & FIXED) !== 0) throw new SysError("EPERM");
  checkXattrName(caller, path, name, true);
  const { fs } = path.mount;
  if (value === undefined && fs.getxattr(path.node, name) === undefined) throw new SysError("ENODATA");
  if (name === ACL_ACCESS && value !== undefined) {
    const entries = parseAcl(value);
    const bits = (tag: number): number => entries.find((each) => each.tag === tag)?.permissions ?? 0;
    const group = entries.some((each) => each.tag === ACL_TAG.MASK) ? bits(ACL_TAG.MASK) : bits(ACL_TAG.GROUP_OBJ);
    const mode = (facts.mode & ~0o777) | (bits(ACL_TAG.USER_OBJ) << 6) | (group << 3) | bits(ACL_TAG.OTHER);
    fs.setAttributes(path.node, { mode });
    // A list that says no more than the mode is not kept.
    fs.setxattr(path.node, name, entries.length <= 3 ? undefined : value);
    return;
  }
  fs.setxattr(path.node, name, value);
}

/** trusted.* only shows to CAP_SYS_ADMIN (xattr(7)). */
export function listxattr(caller: Caller, path: Path): readonly string[] {
  const names = path.mount.fs.listxattr(path.node);
  return caller.capableIn(undefined, CAP.SYS_ADMIN) ? names : names.filter((name) => !name.startsWith("trusted."));
}

/** lsattr's letters. */
export function getInodeFlags(path: Path): string {
  const { fs } = path.mount;
  const type = fs.facts(path.node).mode & S.IFMT;
  if (type !== S.IFREG && type !== S.IFDIR) throw new SysError("EOPNOTSUPP");
  const journaled = fs.type === "ext4";
  if (!journaled && fs.type !== "ext2" && fs.type !== "ext3" && fs.type !== "xfs" && fs.type !== "btrfs" && fs.type !== "tmpfs" && fs.type !== "overlay") throw new SysError("ENOTTY");
  const flags = fs.facts(path.node).flags | (journaled ? INODE_FLAG.EXTENTS : 0);
  return INODE_FLAG_LETTERS.filter(([, bit]) => (flags & bit) !== 0).map(([letter]) => letter).join("");
}

/** Errors: EPERM (not the owner; a and i need CAP_LINUX_IMMUTABLE), EOPNOTSUPP. */
export function setInodeFlags(caller: Caller, path: Path, letters: string): void {
  checkWritable(path);
  const before = getInodeFlags(path);
  const facts = factsOf(path);
  let flags = 0;
  for (const letter of letters) {
    const bit = INODE_FLAG_LETTERS.find(([each]) => each === letter)?.[1];
    if (bit === undefined) throw new SysError("EOPNOTSUPP");
    flags |= bit;
  }
  if (!isOwner(caller, facts)) throw new SysError("EPERM");
  const changed = INODE_FLAG_LETTERS.some(([letter, bit]) => (bit & FIXED) !== 0 && before.includes(letter) !== letters.includes(letter));
  if (changed && !caller.capableIn(undefined, CAP.LINUX_IMMUTABLE)) throw new SysError("EPERM");
  path.mount.fs.setAttributes(path.node, { flags });
}
