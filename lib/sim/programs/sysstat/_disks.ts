// Disks in /proc/diskstats, and the rates that iostat and sar make of two readings (iostat(1)).

import { type Sys, SysError } from "../../kernel/sys.ts";

export interface Disk {
  readonly major: number;
  readonly minor: number;
  readonly name: string;
  /** Fields of /proc/diskstats behind the name (Documentation/admin-guide/iostats.rst). */
  readonly fields: readonly number[];
}

/** Indices of `fields`. */
export const DISK = {
  reads: 0, readsMerged: 1, sectorsRead: 2, readMs: 3, writes: 4, writesMerged: 5, sectorsWritten: 6, writeMs: 7, inFlight: 8, busyMs: 9, queueMs: 10,
  discards: 11, discardsMerged: 12, sectorsDiscarded: 13, discardMs: 14, flushes: 15, flushMs: 16,
} as const;
export type DiskField = keyof typeof DISK;

export function parseDisks(text: string): readonly Disk[] {
  return text.split("\n").flatMap((line) => {
    const [major, minor, name, ...fields] = line.trim().split(/\s+/);
    return name === undefined ? [] : [{ major: Number(major), minor: Number(minor), name, fields: fields.map(Number) }];
  });
}

export const ofDisk = (disk: Disk | undefined, field: DiskField): number => disk?.fields[DISK[field]] ?? 0;

/** A whole disk has a directory of its own in /sys/block (sysfs(5)). */
export function isWholeDisk(sys: Sys, name: string): boolean {
  try {
    sys.stat(`/sys/block/${name.replaceAll("/", "!")}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Requests that reached the disk, of each kind. */
export const requests = (disk: Disk | undefined): number => ofDisk(disk, "reads") + ofDisk(disk, "writes") + ofDisk(disk, "discards");

/** Per second of an interval in hundredths. */
export const perSecond = (before: number, now: number, hundredths: number): number => ((now - before) / hundredths) * 100;
