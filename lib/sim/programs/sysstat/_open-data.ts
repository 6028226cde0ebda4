// A data file for sar and sadf: which one, and what is said where it cannot be read.

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, reason } from "../kit/io.ts";
import { readWhole } from "../kit/read-whole.ts";
import { strftime } from "../kit/time-format.ts";
import { type DataFile, decodeDataFile, FORMAT_MAGIC } from "./_data-file.ts";
import { parseDisks } from "./_disks.ts";
import { nowSeconds, type Times } from "./_times.ts";
import type { DiskNames } from "./_tables.ts";

export const DIRECTORY = "/var/log/sysstat";

/** saDD of the day so many days ago, or saYYYYMMDD where only that is there. */
export function dailyFile(sys: Sys, directory: string, times: Times, daysAgo: number, longNames = false): string {
  const civil = times.civil(nowSeconds(sys) - daysAgo * 86_400);
  const short = `${directory}/sa${strftime("%d", civil)}`;
  const long = `${directory}/sa${strftime("%Y%m%d", civil)}`;
  return longNames || (!exists(sys, short) && exists(sys, long)) ? long : short;
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** A status instead: what is wrong has been said. */
export function* openData(sys: Sys, io: Io, path: string): Blocking<DataFile | number> {
  let bytes: Uint8Array;
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    bytes = yield* readWhole(sys, fd);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`Cannot open ${path}: ${reason(error)}\n`);
    if (error.errno === "ENOENT" && path.startsWith(`${DIRECTORY}/`)) yield* io.stderr("Please check if data collecting is enabled\n");
    return 2;
  }
  const found = decodeDataFile(bytes);
  if (found === undefined || typeof found === "number") {
    yield* io.stderr(`Invalid system activity file: ${path}\n`);
    if (found !== undefined && found !== FORMAT_MAGIC) yield* io.stderr(`Current sysstat version cannot read the format of this file (0x${found.toString(16)})\n`);
    return 3;
  }
  return found;
}

export function* readDiskNames(sys: Sys): Blocking<DiskNames> {
  return new Map(parseDisks((yield* readTextFile(sys, "/proc/diskstats")) ?? "").map(({ major, minor, name }) => [`${major}:${minor}`, name]));
}

/** "8:00" and "08:00:00" as seconds of the day; undefined where it is no time. */
export function timeOfDay(word: string): number | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(word);
  if (match === null) return undefined;
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second;
}
