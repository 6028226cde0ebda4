// What the files of /proc are made from: the kernel, the pid namespace of the mount, and the machine's description.

import type { SwapTable } from "../swap.ts";
import type { Hardware } from "../hardware.ts";
import type { Kernel } from "../kernel.ts";
import type { PidNamespace } from "../namespace.ts";
import type { Process } from "../process.ts";
import type { Caller } from "../vfs/caller.ts";
import type { NamespaceFileSystem } from "../vfs/nsfs.ts";

export interface ProcContext {
  readonly kernel: Kernel;
  readonly pids: PidNamespace;
  readonly hardware: () => Hardware;
  readonly nsfs: NamespaceFileSystem;
  readonly swaps: SwapTable;
}

export interface ProcessContext extends ProcContext {
  readonly process: Process;
}

/** The process behind a caller; the first one for kernel-side callers. */
export function processOf(context: ProcContext, caller: Caller): Process | undefined {
  return context.kernel.processes.get(caller.pid);
}

export function ticks(durationUs: number): number {
  return Math.floor(durationUs / 10_000);
}

export function kib(bytes: number): number {
  return Math.floor(bytes / 1024);
}

/** Memory as /proc/meminfo and free(1) count it, from what the processes hold and what files keep in the cache. */
export function memory(kernel: Kernel): { readonly totalKib: number; readonly freeKib: number; readonly cachedKib: number; readonly buffersKib: number; readonly anonymousKib: number; readonly slabKib: number; readonly sharedKib: number } {
  const totalKib = kib(kernel.memoryBytes);
  let anonymousKib = 0;
  for (const process of kernel.processes.values()) anonymousKib += kib(process.anonymousBytes);
  // What a Debian 12 that has just booted keeps: about a tenth of 2 GiB in the page cache, 60 MiB for the kernel.
  const slabKib = Math.min(62_000, Math.floor(totalKib / 20));
  const buffersKib = Math.min(18_000, Math.floor(totalKib / 80));
  const cachedKib = Math.min(Math.floor(totalKib / 4), 190_000) + kib(kernel.storageBytes);
  const used = anonymousKib + slabKib + 22_000;
  const freeKib = Math.max(Math.floor(totalKib / 100), totalKib - used - buffersKib - cachedKib);
  return { totalKib, freeKib, cachedKib, buffersKib, anonymousKib, slabKib, sharedKib: 1_100 };
}
