// The files of failed logins that pam_faillock and faillock share: a record of 64 bytes for each failure, source (52 bytes), reserved, status (16 bits each), time (64 bits) (faillock.h of Linux-PAM).
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { nameExists } from "../kit/presence.ts";

export const TALLY_DIRECTORY = "/var/run/faillock";
export const TALLY = { valid: 1, remoteHost: 2, terminal: 4 } as const;
const RECORD_BYTES = 64;
const SOURCE_BYTES = 52;

export interface Tally {
  readonly source: string;
  readonly status: number;
  readonly seconds: number;
}

/** Undefined: the file cannot be opened. */
export function* readTallies(sys: Sys, path: string): Blocking<Tally[] | undefined> {
  const tallies: Tally[] = [];
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    for (let at = 0; ; at += RECORD_BYTES) {
      const bytes = yield* sys.pread(fd, RECORD_BYTES, at);
      if (bytes.length < RECORD_BYTES) break;
      const view = new DataView(bytes.buffer, bytes.byteOffset, RECORD_BYTES);
      tallies.push({ source: decode(bytes.subarray(0, SOURCE_BYTES)).replace(/\0.*$/s, ""), status: view.getUint16(SOURCE_BYTES + 2, true), seconds: Number(view.getBigUint64(SOURCE_BYTES + 4, true)) });
    }
    sys.close(fd);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  return tallies;
}

/** The file belongs to the user; it and its directory are made when they are missing. */
export function* writeTallies(sys: Sys, path: string, uid: number, tallies: readonly Tally[]): Blocking<void> {
  const directory = path.slice(0, path.lastIndexOf("/"));
  if (!nameExists(sys, directory)) sys.mkdir(directory, 0o755);
  const bytes = new Uint8Array(tallies.length * RECORD_BYTES);
  tallies.forEach(({ source, status, seconds }, index) => {
    const view = new DataView(bytes.buffer, index * RECORD_BYTES, RECORD_BYTES);
    bytes.set(encode(source).subarray(0, SOURCE_BYTES - 1), index * RECORD_BYTES);
    view.setUint16(SOURCE_BYTES + 2, status, true);
    view.setBigUint64(SOURCE_BYTES + 4, BigInt(seconds), true);
  });
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o660);
  sys.fchmod(fd, 0o660);
  sys.fchown(fd, uid, sys.fstat(fd).gid);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}
