// acct(2): a record of acct(5), version 3, is written for each process that ends while accounting is on.

import { encode } from "./bytes.ts";
import { SysError } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { S, type WaitStatus } from "./sys.ts";
import { CAP } from "./vfs/caller.ts";
import { MAY, checkAccess } from "./vfs/permission.ts";
import type { Path } from "./vfs/path.ts";
import { resolve } from "./vfs/resolve.ts";

const RECORD_BYTES = 64;
const NAME_BYTES = 16;
/** flags of ac_flag */
const FORKED = 0x01;
const CORE = 0x08;
const KILLED = 0x10;
const TICK_US = 10_000;

const files = new WeakMap<Kernel, Path>();

/** Errors: EPERM (without CAP_SYS_PACCT), ENOENT, EACCES (no regular file, or not writable), EROFS. Undefined ends it. */
export function acct(process: Process, path: string | undefined): void {
  if (!process.capableIn(undefined, CAP.SYS_PACCT)) throw new SysError("EPERM");
  if (path === undefined) {
    const former = files.get(process.kernel);
    if (former !== undefined) former.mount.fs.release(former.node);
    files.delete(process.kernel);
    return;
  }
  const found = resolve(process, path);
  const facts = found.mount.fs.facts(found.node);
  if ((facts.mode & S.IFMT) !== S.IFREG) throw new SysError("EACCES");
  if (found.mount.readOnly) throw new SysError("EROFS");
  checkAccess(process, found, MAY.WRITE);
  const former = files.get(process.kernel);
  if (former !== undefined) former.mount.fs.release(former.node);
  found.mount.fs.hold(found.node);
  files.set(process.kernel, found);
}

/** comp_t: thirteen bits, and a power of eight in the three above them. */
function compressed(value: number): number {
  let mantissa = Math.max(0, Math.trunc(value));
  let exponent = 0;
  while (mantissa > 0x1fff && exponent < 7) {
    mantissa = Math.floor(mantissa / 8);
    exponent++;
  }
  return (exponent << 13) | Math.min(mantissa, 0x1fff);
}

/** `word`: wait(2)'s status. A process that has its parent's program has only been forked. */
export function recordEnd(process: Process, status: WaitStatus, word: number): void {
  const { kernel } = process;
  const file = files.get(kernel);
  if (file === undefined || process.threadOf !== undefined || process.kernelThread) return;
  const bytes = new Uint8Array(RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  const forked = process.parent !== undefined && process.image === process.parent.image;
  view.setUint8(0, (forked ? FORKED : 0) | (status.kind === "signaled" ? KILLED | (status.coreDumped ? CORE : 0) : 0));
  view.setUint8(1, 3);
  view.setUint16(2, process.terminal === undefined ? 0 : process.terminal.major * 256 + process.terminal.minor, true);
  const start = Math.floor((kernel.bootEpochUs + process.startTimeUs) / 1e6);
  for (const [at, value] of [word, process.credentials.ruid, process.credentials.rgid, process.pid, process.parent?.pid ?? 0, start].entries()) view.setUint32(4 + at * 4, value, true);
  view.setFloat32(28, Math.floor((kernel.nowUs - process.startTimeUs) / TICK_US), true);
  for (const [at, value] of [process.userUs / TICK_US, process.systemUs / TICK_US, process.virtualBytes / 1024, 0, 0, 120, 0, 0].entries()) view.setUint16(32 + at * 2, compressed(value), true);
  bytes.set(encode(process.comm).subarray(0, NAME_BYTES), RECORD_BYTES - NAME_BYTES);
  try {
    file.mount.fs.write(file.node, file.mount.fs.facts(file.node).sizeBytes, bytes);
  } catch (error) {
    // a full disk loses records, no process
    if (!(error instanceof SysError)) throw error;
  }
}
