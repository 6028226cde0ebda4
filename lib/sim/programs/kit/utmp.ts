// Who is logged in: the files /run/utmp and /var/log/wtmp. Written by login programs, read by who, users, w, last, logname.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { decodeUtmp, encodeUtmp, RECORD_BYTES, replacedBy, UT, UTMP_PATH, type UtmpRecord, WTMP_PATH } from "../../daemons/systemd/api/utmp-record.ts";
import { Accounts, readTextFile } from "./accounts.ts";

export { encodeUtmp, UT, UTMP_PATH, type UtmpRecord, WTMP_PATH } from "../../daemons/systemd/api/utmp-record.ts";

/** Of longer files the last records are read. */
const MOST_BYTES = 1 << 23;

/** The records of a file; none when it cannot be opened. */
export function* readUtmp(sys: Sys, path: string = UTMP_PATH): Blocking<UtmpRecord[]> {
  return decodeUtmp(yield* readRecords(sys, path));
}

function* readRecords(sys: Sys, path: string): Blocking<Uint8Array> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return new Uint8Array(0);
    throw error;
  }
  try {
    // what it had when it was opened, and of a device nothing: /dev/zero has no end
    const { sizeBytes } = sys.fstat(fd);
    const skipped = Math.max(0, Math.ceil((sizeBytes - MOST_BYTES) / RECORD_BYTES)) * RECORD_BYTES;
    const records = new Uint8Array(sizeBytes - skipped);
    let length = 0;
    while (length < records.length) {
      const bytes = yield* sys.pread(fd, Math.min(65536, records.length - length), skipped + length);
      if (bytes.length === 0) break;
      records.set(bytes, length);
      length += bytes.length;
      if (sys.charge(bytes.length >> 6)) yield* sys.preempt();
    }
    return records.subarray(0, length);
  } finally {
    sys.close(fd);
  }
}

/** pututxline(3): replaces the record of the same terminal id (or line), or appends. Needs the right to write. */
export function* putUtmp(sys: Sys, record: UtmpRecord, path: string = UTMP_PATH): Blocking<void> {
  const records = yield* readRecords(sys, path);
  const same = replacedBy(record, records);
  const fd = yield* sys.open(path, O.RDWR | O.CREAT, 0o664);
  yield* sys.pwrite(fd, encodeUtmp(record), (same < 0 ? Math.floor(records.length / RECORD_BYTES) : same) * RECORD_BYTES);
  sys.close(fd);
}

/** updwtmp(3). */
export function* appendWtmp(sys: Sys, record: UtmpRecord, path: string = WTMP_PATH): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.APPEND);
  yield* sys.write(fd, encodeUtmp(record));
  sys.close(fd);
}

/** getlogin(3): the login uid of the process, else the record of the terminal. */
export function* loginName(sys: Sys): Blocking<string | undefined> {
  const loginUid = (yield* readTextFile(sys, "/proc/self/loginuid"))?.trim();
  if (loginUid !== undefined && /^\d+$/.test(loginUid) && Number(loginUid) !== 4294967295) {
    const user = (yield* Accounts.read(sys)).userById(Number(loginUid));
    if (user) return user.name;
  }
  try {
    const line = sys.ttyname(0).replace(/^\/dev\//, "");
    return (yield* readUtmp(sys)).find((record) => record.type === UT.USER_PROCESS && record.line === line)?.user;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** The address of the record; 0.0.0.0 where there is none. */
export function addressOf({ address }: UtmpRecord): string {
  const bytes = address ?? new Uint8Array(16);
  if (bytes.slice(4).every((byte) => byte === 0)) return [...bytes.slice(0, 4)].join(".");
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  return groups.join(":").replace(/(?:^|:)0(?::0)+(?::|$)/, "::");
}
