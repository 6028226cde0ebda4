// What the files of /sys are made from.

import { SysError } from "../errno.ts";
import type { Hardware } from "../hardware.ts";
import type { Kernel } from "../kernel.ts";
import type { Link } from "../sys.ts";
import type { Caller } from "../vfs/caller.ts";

export interface SysContext {
  readonly kernel: Kernel;
  readonly hardware: Hardware;
}

/** The links of the reader's network namespace. */
export function linksOf(kernel: Kernel, reader: Caller | undefined): readonly Link[] {
  const process = (reader === undefined ? undefined : kernel.processes.get(reader.pid)) ?? kernel.initialNamespaces.pid.init;
  if (process === undefined) return [];
  try {
    return process.sys.rtnetlink({ op: "link-list" });
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** "0-3", or "0" for one. */
export function range(count: number): string {
  return count <= 1 ? "0" : `0-${count - 1}`;
}

export function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}
