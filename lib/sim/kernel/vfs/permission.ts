// Who may do what to a node: inode_permission and may_delete of Linux (path_resolution(7), capabilities(7)).

import { SysError } from "../errno.ts";
import { S } from "../sys.ts";
import { CAP, type Caller } from "./caller.ts";
import { INODE_FLAG, type NodeFacts } from "./file-system.ts";
import type { Path } from "./path.ts";
import { aclMask } from "./posix-acl.ts";

export const MAY = { EXEC: 1, WRITE: 2, READ: 4 } as const;

export function inGroup(caller: Caller, gid: number): boolean {
  return caller.fsgid === gid || caller.groups.includes(gid);
}

/** The mode bits and capabilities alone; `acl` is system.posix_acl_access when the node has one. */
export function allowed(caller: Caller, facts: NodeFacts, want: number, acl?: Uint8Array): boolean {
  const { mode } = facts;
  let bits: number;
  if (caller.fsuid === facts.uid) bits = mode >> 6;
  else if (acl !== undefined && (mode & 0o070) !== 0) bits = aclMask(acl, caller, facts);
  else if (inGroup(caller, facts.gid)) bits = mode >> 3;
  else bits = mode;
  if ((bits & want) === want) return true;
  if ((mode & S.IFMT) === S.IFDIR) {
    if ((want & MAY.WRITE) === 0 && caller.capableOver(CAP.DAC_READ_SEARCH, facts.uid, facts.gid)) return true;
    return caller.capableOver(CAP.DAC_OVERRIDE, facts.uid, facts.gid);
  }
  if (want === MAY.READ && caller.capableOver(CAP.DAC_READ_SEARCH, facts.uid, facts.gid)) return true;
  if ((want & MAY.EXEC) !== 0 && (mode & 0o111) === 0) return false;
  return caller.capableOver(CAP.DAC_OVERRIDE, facts.uid, facts.gid);
}

const ACL_ACCESS = "system.posix_acl_access";

/** Throws EACCES, EROFS or EPERM (immutable). `facts`: of the path, when they are at hand. */
export function checkAccess(caller: Caller, path: Path, want: number, facts: NodeFacts = path.mount.fs.facts(path.node)): void {
  const { fs } = path.mount;
  if ((want & MAY.WRITE) !== 0) {
    const type = facts.mode & S.IFMT;
    if (fs.readOnly && (type === S.IFREG || type === S.IFDIR || type === S.IFLNK)) throw new SysError("EROFS");
    if ((facts.flags & INODE_FLAG.IMMUTABLE) !== 0) throw new SysError("EPERM");
  }
  const permitted = fs.permits?.(path.node, want, caller) ?? allowed(caller, facts, want, fs.getxattr(path.node, ACL_ACCESS));
  if (!permitted) throw new SysError("EACCES");
}

/** Search permission of a directory, on the way through it. */
export function maySearch(caller: Caller, path: Path, facts: NodeFacts): boolean {
  const { mode } = facts;
  // The usual case first: everybody may search. (An ACL can only take that away from named ids, and then the group bits show its mask.)
  if ((mode & 0o111) === 0o111 && (mode & 0o077) === 0o055) return true;
  return allowed(caller, facts, MAY.EXEC, path.mount.fs.getxattr(path.node, ACL_ACCESS));
}

/** The mount may be written (mnt_want_write). */
export function checkWritable(path: Path): void {
  if (path.mount.readOnly) throw new SysError("EROFS");
}

export function isOwner(caller: Caller, facts: NodeFacts): boolean {
  return caller.fsuid === facts.uid || caller.capableOver(CAP.FOWNER, facts.uid, facts.gid);
}

/** A name may be added to `directory`. */
export function checkCreate(caller: Caller, directory: Path): void {
  checkAccess(caller, directory, MAY.WRITE | MAY.EXEC);
}

/** The name of `victim` may be taken out of `directory` (sticky bit, append-only directory, immutable file). */
export function checkDelete(caller: Caller, directory: Path, victim: NodeFacts): void {
  checkAccess(caller, directory, MAY.WRITE | MAY.EXEC);
  const facts = directory.mount.fs.facts(directory.node);
  if ((facts.flags & INODE_FLAG.APPEND) !== 0) throw new SysError("EPERM");
  const sticky = (facts.mode & S.ISVTX) !== 0 && caller.fsuid !== victim.uid && caller.fsuid !== facts.uid;
  if (sticky && !caller.capableOver(CAP.FOWNER, victim.uid, victim.gid)) throw new SysError("EPERM");
  if ((victim.flags & (INODE_FLAG.IMMUTABLE | INODE_FLAG.APPEND)) !== 0) throw new SysError("EPERM");
}
