// Records of acct(5), version 3: what the kernel writes for each process that ended.

import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { reason } from "../kit/io.ts";
import { readWhole } from "../kit/read-whole.ts";

export const PACCT = "/var/log/account/pacct";
export const VERSION = "GNU Accounting Utilities (release 6.6.4)";
const RECORD_BYTES = 64;

export interface AccountRecord {
  readonly flags: number;
  readonly terminal: number;
  /** wait(2)'s status word */
  readonly status: number;
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
  readonly ppid: number;
  readonly startSeconds: number;
  /** times in hundredths */
  readonly elapsed: number;
  readonly user: number;
  readonly system: number;
  readonly memoryKib: number;
  readonly transferred: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly swaps: number;
  readonly command: string;
}

const expanded = (value: number): number => (value & 0x1fff) * 8 ** (value >> 13);

export function decodeRecords(bytes: Uint8Array): readonly AccountRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: AccountRecord[] = [];
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    if (view.getUint8(at + 1) !== 3) continue;
    const word = (offset: number): number => view.getUint32(at + offset, true);
    const short = (offset: number): number => expanded(view.getUint16(at + offset, true));
    records.push({
      flags: view.getUint8(at), terminal: view.getUint16(at + 2, true), status: word(4), uid: word(8), gid: word(12), pid: word(16), ppid: word(20), startSeconds: word(24), elapsed: view.getFloat32(at + 28, true),
      user: short(32), system: short(34), memoryKib: short(36), transferred: short(38), minorFaults: short(42), majorFaults: short(44), swaps: short(46), command: decode(bytes.subarray(at + 48, at + 64)).replace(/\0.*$/s, ""),
    });
  }
  return records;
}

/** Undefined where it cannot be read: that has been said. */
export function* readRecords(sys: Sys, io: Io, path: string): Blocking<readonly AccountRecord[] | undefined> {
  try {
    const fd = yield* sys.open(path, 0);
    const bytes = yield* readWhole(sys, fd);
    sys.close(fd);
    return decodeRecords(bytes);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`couldn't open file '${path}': ${reason(error)}\n`);
    return undefined;
  }
}

/** S: with the rights of root; F: no program of its own; C: compatibility; D: a core; X: ended by a signal. */
export const flagLetters = (flags: number): string => `${(flags & 2) !== 0 ? "S" : " "}${(flags & 1) !== 0 ? "F" : " "}${(flags & 4) !== 0 ? "C" : " "}${(flags & 8) !== 0 ? "D" : " "}${(flags & 16) !== 0 ? "X" : " "}`;

export function terminalName(device: number): string {
  const major = device >> 8;
  const minor = device & 255;
  if (device === 0) return "__";
  if (major >= 136 && major < 144) return `pts/${minor + (major - 136) * 256}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  return major === 5 && minor === 1 ? "console" : "??";
}
