// stat(2), statfs(2), access(2).

import { SysError } from "../errno.ts";
import type { Stat, StatFs } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { Path } from "./path.ts";
import { checkAccess, MAY } from "./permission.ts";
import { resolve } from "./resolve.ts";

export function stat(caller: Caller, name: string, follow = true): Stat {
  return statPath(resolve(caller, name, { follow }));
}

/** Ids are the kernel's. */
export function statPath(path: Path): Stat {
  const { fs } = path.mount;
  const facts = fs.facts(path.node);
  return {
    dev: fs.device, ino: facts.ino, mode: facts.mode, nlink: facts.nlink, uid: facts.uid, gid: facts.gid, rdev: facts.rdev, sizeBytes: facts.sizeBytes,
    blocks: Math.ceil(fs.allocatedBytes(path.node) / 512), blockSizeBytes: 4096,
    atimeUs: fs.accessTimeUs?.(path.node) ?? facts.atimeUs, mtimeUs: facts.mtimeUs, ctimeUs: facts.ctimeUs, btimeUs: facts.btimeUs,
  };
}

export function statfs(path: Path): StatFs {
  return path.mount.fs.statfs();
}

/** access(2) with the caller's fsuid and fsgid: the kernel passes a caller that bears the real ids. */
export function access(caller: Caller, name: string, mode: number): void {
  const path = resolve(caller, name);
  if (mode === 0) return;
  const isFile = (path.mount.fs.facts(path.node).mode & 0o170000) === 0o100000;
  if ((mode & MAY.EXEC) !== 0 && isFile && path.mount.attributes.noexec) throw new SysError("EACCES");
  checkAccess(caller, path, mode);
  if ((mode & MAY.WRITE) !== 0 && path.mount.readOnly) {
    const type = path.mount.fs.facts(path.node).mode & 0o170000;
    if (type === 0o100000 || type === 0o040000 || type === 0o120000) throw new SysError("EROFS");
  }
}
