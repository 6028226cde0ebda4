// /var/log/lastlog: a record of 292 bytes at the place of each uid: when (32 bits), on which line (32 bytes), from which host (256 bytes). And /var/log/btmp, where logins that failed are noted as in wtmp.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { appendWtmp, UT } from "./utmp.ts";

const LASTLOG_PATH = "/var/log/lastlog";
const BTMP_PATH = "/var/log/btmp";
const RECORD_BYTES = 292;

interface LastLogin {
  readonly seconds: number;
  readonly line: string;
  readonly host: string;
}

export function* noteLastLogin(sys: Sys, uid: number, { seconds, line, host }: LastLogin): Blocking<void> {
  const bytes = new Uint8Array(RECORD_BYTES);
  new DataView(bytes.buffer).setInt32(0, seconds, true);
  bytes.set(encode(line).subarray(0, 32), 4);
  bytes.set(encode(host).subarray(0, 256), 36);
  try {
    const fd = yield* sys.open(LASTLOG_PATH, O.WRONLY | O.CLOEXEC);
    yield* sys.pwrite(fd, bytes, uid * RECORD_BYTES);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** Undefined for somebody who never logged in. */
export function* lastLogin(sys: Sys, uid: number): Blocking<LastLogin | undefined> {
  let bytes: Uint8Array;
  try {
    const fd = yield* sys.open(LASTLOG_PATH, O.RDONLY | O.CLOEXEC);
    bytes = yield* sys.pread(fd, RECORD_BYTES, uid * RECORD_BYTES);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
  if (bytes.length < RECORD_BYTES) return undefined;
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
  const text = (from: number, to: number): string => decode(bytes.subarray(from, to)).replace(/\0.*$/s, "");
  return seconds === 0 ? undefined : { seconds, line: text(4, 36), host: text(36, 292) };
}

export function* noteFailedLogin(sys: Sys, user: string, line: string, host: string): Blocking<void> {
  try {
    yield* appendWtmp(sys, { type: UT.LOGIN_PROCESS, pid: sys.getpid(), line, id: "", user, host, timeUs: sys.clockUs("realtime") }, BTMP_PATH);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
