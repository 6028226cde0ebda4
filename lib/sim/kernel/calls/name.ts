// Calls on names: the VFS does the work with the kernel's ids, here they are translated for the caller's user namespace, and what belongs
// to the process (its directory, root, umask) is kept.

import { holds } from "../capability.ts";
import { SysError } from "../errno.ts";

import type { Process } from "../process.ts";
import type { Stat } from "../sys.ts";
import { CAP, type Caller } from "../vfs/caller.ts";
import { type NewTime, chmod as changeMode, chown as changeOwner, getInodeFlags as inodeFlags, getxattr as readXattr, listxattr as xattrNames, setInodeFlags as changeInodeFlags, setxattr as changeXattr, truncate as cut, utimes as changeTimes } from "../vfs/attributes.ts";
import { type Path, pathName } from "../vfs/path.ts";
import { checkAccess, MAY } from "../vfs/permission.ts";
import { resolve } from "../vfs/resolve.ts";
import { access as checkName, stat as statName } from "../vfs/stat.ts";

function shown(process: Process, stat: Stat): Stat {
  return process.namespaces.user.level === 0 ? stat : { ...stat, uid: process.shownUid(stat.uid), gid: process.shownGid(stat.gid) };
}

export function stat(process: Process, name: string, follow: boolean): Stat {
  return shown(process, statName(process, name, follow));
}

/** access(2): with the real ids, and the capabilities that they would have. */
export function access(process: Process, name: string, mode: number, effective: boolean): void {
  const { ruid, euid, rgid, egid } = process.credentials;
  if (effective || (ruid === euid && rgid === egid)) {
    checkName(process, name, mode);
    return;
  }
  const isRoot = ruid === process.namespaces.user.toKernel("uid", 0);
  const real: Caller = {
    pid: process.pid, fsuid: ruid, fsgid: rgid, groups: process.groups, fileSizeLimit: process.fileSizeLimit, umask: process.umask, root: process.root, cwd: process.cwd, mountNamespace: process.mountNamespace,
    capable: (capability) => isRoot && holds(process.capabilities.permitted, capability),
    capableOver: (capability, uid, gid) => isRoot && process.capableOver(capability, uid, gid),
    capableIn: (userNamespace, capability) => isRoot && process.capableIn(userNamespace, capability),
  };
  checkName(real, name, mode);
}

export function chmod(process: Process, name: string, mode: number): void {
  changeMode(process, resolve(process, name), mode);
}

/** Errors: EINVAL for an id that the user namespace does not map. */
export function chown(process: Process, name: string, uid: number, gid: number, follow: boolean): void {
  changeOwner(process, resolve(process, name, { follow }), kernelUid(process, uid), kernelGid(process, gid));
}

export function kernelUid(process: Process, uid: number): number {
  if (uid === -1) return -1;
  const id = process.kernelUid(uid);
  if (id === undefined) throw new SysError("EINVAL");
  return id;
}

export function kernelGid(process: Process, gid: number): number {
  if (gid === -1) return -1;
  const id = process.kernelGid(gid);
  if (id === undefined) throw new SysError("EINVAL");
  return id;
}

export function utimes(process: Process, name: string, atimeUs: NewTime, mtimeUs: NewTime, follow: boolean): void {
  changeTimes(process, process.kernel.vfsHost, resolve(process, name, { follow }), atimeUs, mtimeUs);
}

export function truncate(process: Process, name: string, sizeBytes: number): void {
  cut(process, process.kernel.vfsHost, resolve(process, name), sizeBytes);
}

export function getxattr(process: Process, name: string, attribute: string, follow: boolean): Uint8Array {
  return readXattr(process, resolve(process, name, { follow }), attribute);
}

export function setxattr(process: Process, name: string, attribute: string, value: Uint8Array | undefined, follow: boolean): void {
  changeXattr(process, resolve(process, name, { follow }), attribute, value);
}

export function listxattr(process: Process, name: string, follow: boolean): readonly string[] {
  return xattrNames(process, resolve(process, name, { follow }));
}

export function getInodeFlags(process: Process, name: string): string {
  return inodeFlags(resolve(process, name, { follow: false }));
}

export function setInodeFlags(process: Process, name: string, flags: string): void {
  changeInodeFlags(process, resolve(process, name, { follow: false }), flags);
}

function directory(process: Process, name: string): Path {
  const path = resolve(process, name, { mustBeDirectory: true });
  checkAccess(process, path, MAY.EXEC);
  return path;
}

export function chdir(process: Process, name: string): void {
  process.cwd = directory(process, name);
}

/** Errors: ENOENT when the directory was removed. */
export function getcwd(process: Process): string {
  const name = pathName(process.root, process.cwd);
  if (name.endsWith(" (deleted)") && process.cwd.mount.fs.placeOf(process.cwd.node) === undefined && process.cwd.node !== process.cwd.mount.root) throw new SysError("ENOENT");
  return name;
}

/** The working directory stays where it is. Errors: EPERM and those of resolution. */
export function chroot(process: Process, name: string): void {
  const path = directory(process, name);
  if (!process.capableIn(process.namespaces.user, CAP.SYS_CHROOT)) throw new SysError("EPERM");
  process.root = path;
}

export function umask(process: Process, mask: number): number {
  const before = process.umask;
  process.umask = mask & 0o777;
  return before;
}

