// Records of /run/utmp and /var/log/wtmp in the binary form of utmp(5) on x86-64 (384 bytes each).
import { decode, encode } from "../../../kernel/sys.ts";

export const UTMP_PATH = "/run/utmp";
export const WTMP_PATH = "/var/log/wtmp";

export const UT = { EMPTY: 0, RUN_LVL: 1, BOOT_TIME: 2, NEW_TIME: 3, OLD_TIME: 4, INIT_PROCESS: 5, LOGIN_PROCESS: 6, USER_PROCESS: 7, DEAD_PROCESS: 8 } as const;

export interface UtmpRecord {
  readonly type: number;
  readonly pid: number;
  /** "pts/0" */
  readonly line: string;
  readonly id: string;
  readonly user: string;
  readonly host: string;
  readonly timeUs: number;
  readonly exitTermination?: number;
  readonly exitStatus?: number;
  readonly session?: number;
  readonly address?: Uint8Array;
}

export const RECORD_BYTES = 384;

export function encodeUtmp(record: UtmpRecord): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, record.type, true);
  view.setInt32(4, record.pid, true);
  bytes.set(encode(record.line).subarray(0, 32), 8);
  bytes.set(encode(record.id).subarray(0, 4), 40);
  bytes.set(encode(record.user).subarray(0, 32), 44);
  bytes.set(encode(record.host).subarray(0, 256), 76);
  view.setInt16(332, record.exitTermination ?? 0, true);
  view.setInt16(334, record.exitStatus ?? 0, true);
  view.setInt32(336, record.session ?? 0, true);
  view.setInt32(340, Math.floor(record.timeUs / 1e6), true);
  view.setInt32(344, record.timeUs % 1e6, true);
  if (record.address) bytes.set(record.address.subarray(0, 16), 348);
  return bytes;
}

export function decodeUtmp(bytes: Uint8Array): UtmpRecord[] {
  const records: UtmpRecord[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const text = (start: number, length: number): string => {
      const field = bytes.subarray(at + start, at + start + length);
      const end = field.indexOf(0);
      return decode(end < 0 ? field : field.subarray(0, end));
    };
    records.push({
      type: view.getInt16(at, true), pid: view.getInt32(at + 4, true), line: text(8, 32), id: text(40, 4), user: text(44, 32), host: text(76, 256),
      exitTermination: view.getInt16(at + 332, true), exitStatus: view.getInt16(at + 334, true), session: view.getInt32(at + 336, true),
      timeUs: view.getInt32(at + 340, true) * 1e6 + view.getInt32(at + 344, true), address: bytes.slice(at + 348, at + 364),
    });
  }
  return records;
}

/** pututxline(3): which record of a file one takes the place of, that of the same terminal id (or line); -1: of none. */
export function replacedBy(record: UtmpRecord, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = field(record.line, 32);
  const id = field(record.id, 4);
  const holds = (start: number, text: Uint8Array): boolean => text.every((byte, place) => bytes[start + place] === byte);
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const type = view.getInt16(at, true);
    if (record.type < UT.INIT_PROCESS ? type === record.type : type >= UT.INIT_PROCESS && (bytes[at + 40] === 0 ? holds(at + 8, line) : holds(at + 40, id))) return at / RECORD_BYTES;
  }
  return -1;
}

/** Filled up with zeros. */
function field(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(encode(text).subarray(0, length));
  return bytes;
}

/** The records with the times from `sinceUs` on moved: for a boot that is played back at another time. */
export function moveUtmpTimes(bytes: Uint8Array, sinceUs: number, byUs: number): Uint8Array {
  const moved = bytes.slice();
  const view = new DataView(moved.buffer);
  for (let at = 0; at + RECORD_BYTES <= moved.length; at += RECORD_BYTES) {
    const timeUs = view.getInt32(at + 340, true) * 1e6 + view.getInt32(at + 344, true);
    if (timeUs < sinceUs) continue;
    view.setInt32(at + 340, Math.floor((timeUs + byUs) / 1e6), true);
    view.setInt32(at + 344, (timeUs + byUs) % 1e6, true);
  }
  return moved;
}
