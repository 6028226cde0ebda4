// Who is logged in: the files /run/utmp and /var/log/wtmp. Written by login programs, read by who, users, w, last, logname.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { decodeUtmp, encodeUtmp, RECORD_BYTES, UT, UTMP_PATH, type UtmpRecord, WTMP_PATH } from "../../daemons/systemd/api/utmp-record.ts";
import { Accounts, readTextFile } from "./accounts.ts";

export { encodeUtmp, UT, UTMP_PATH, type UtmpRecord, WTMP_PATH } from "../../daemons/systemd/api/utmp-record.ts";

/** The records of a file; none when it cannot be read. */
export function* readUtmp(sys: Sys, path: string = UTMP_PATH): Blocking<UtmpRecord[]> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
  const chunks: number[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65536);
    if (bytes.length === 0) break;
    for (const byte of bytes) chunks.push(byte);
  }
  sys.close(fd);
  return decodeUtmp(new Uint8Array(chunks));
}

/** pututxline(3): replaces the record of the same terminal id (or line), or appends. Needs the right to write. */
export function* putUtmp(sys: Sys, record: UtmpRecord, path: string = UTMP_PATH): Blocking<void> {
  const records = yield* readUtmp(sys, path);
  const same = records.findIndex((one) =>
    record.type >= UT.INIT_PROCESS ? one.type >= UT.INIT_PROCESS && (one.id !== "" ? one.id === record.id : one.line === record.line) : one.type === record.type);
  const fd = yield* sys.open(path, O.RDWR | O.CREAT, 0o664);
  yield* sys.pwrite(fd, encodeUtmp(record), (same < 0 ? records.length : same) * RECORD_BYTES);
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
