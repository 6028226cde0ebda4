// swapon(2) and swapoff(2): which areas there are. Nothing is ever paged out: memory that does not fit ends in the OOM killer as without swap.

import { SysError } from "./errno.ts";
import { blockDevicesOf } from "./block/block-device.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { S } from "./sys.ts";
import { CAP } from "./vfs/caller.ts";
import { deviceMajor, deviceMinor } from "./vfs/open.ts";
import { pathName } from "./vfs/path.ts";
import { resolve } from "./vfs/resolve.ts";

/** Sizes in KiB, without the head page. */
export interface SwapArea {
  readonly file: string;
  readonly kind: "partition" | "file";
  readonly sizeKib: number;
  readonly usedKib: number;
  readonly priority: number;
}

export class SwapTable {
  areas: readonly SwapArea[] = [];
}

const tables = new WeakMap<Kernel, SwapTable>();

export function swapTableOf(kernel: Kernel): SwapTable {
  let table = tables.get(kernel);
  if (table === undefined) {
    table = new SwapTable();
    tables.set(kernel, table);
  }
  return table;
}

const PAGE = 4096;

/** `priority` -1: the next lower than the others. Errors: EPERM, ENOENT, EBUSY, EINVAL (no signature, holes). */
export function swapon(process: Process, path: string, priority: number): void {
  if (!process.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  const found = resolve(process, path);
  const facts = found.mount.fs.facts(found.node);
  const kind = facts.mode & S.IFMT;
  const table = swapTableOf(process.kernel);
  const file = pathName(process.root, found);
  let head: Uint8Array;
  let sizeBytes: number;
  if (kind === S.IFBLK) {
    const device = blockDevicesOf(process.kernel).find(deviceMajor(facts.rdev), deviceMinor(facts.rdev));
    if (device === undefined) throw new SysError("ENXIO");
    if (blockDevicesOf(process.kernel).hasMount(device)) throw new SysError("EBUSY");
    head = device.read(0, PAGE);
    sizeBytes = device.sizeBytes;
  } else if (kind === S.IFREG) {
    head = found.mount.fs.read(found.node, 0, PAGE);
    sizeBytes = facts.sizeBytes;
    if (found.mount.fs.allocatedBytes(found.node) < sizeBytes) throw new SysError("EINVAL");
  } else throw new SysError("EINVAL");
  if (table.areas.some((area) => area.file === file)) throw new SysError("EBUSY");
  if (head.length < PAGE || String.fromCharCode(...head.subarray(4086, 4096)) !== "SWAPSPACE2") throw new SysError("EINVAL");
  const lastPage = (head[1028] ?? 0) | ((head[1029] ?? 0) << 8) | ((head[1030] ?? 0) << 16) | ((head[1031] ?? 0) << 24);
  const sizeKib = (lastPage > 0 ? lastPage : Math.floor(sizeBytes / PAGE) - 1) * 4;
  const lowest = Math.min(-1, ...table.areas.map((area) => area.priority));
  table.areas = [...table.areas, { file, kind: kind === S.IFBLK ? "partition" : "file", sizeKib, usedKib: 0, priority: priority >= 0 ? priority : lowest - 1 }];
  process.kernel.log.append(`Adding ${sizeKib}k swap on ${file}.  Priority:${priority >= 0 ? priority : lowest - 1} extents:1 across:${sizeKib}k `);
}

/** Errors: EPERM, ENOENT, EINVAL (no swap area). */
export function swapoff(process: Process, path: string): void {
  if (!process.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  const file = pathName(process.root, resolve(process, path));
  const table = swapTableOf(process.kernel);
  if (!table.areas.some((area) => area.file === file)) throw new SysError("EINVAL");
  table.areas = table.areas.filter((area) => area.file !== file);
}
