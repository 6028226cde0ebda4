// faillog: counts of failed logins in /var/log/faillog (faillog(8), faillog(5) of shadow 4.13); no login of Debian counts there, pam_faillock has its own files.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { shadowTool } from "../passwd/_shadow-tool.ts";

const PATH = "/var/log/faillog";
/** two counts (16 bits), the line (12 bytes), two times (64 bits) */
const RECORD_BYTES = 32;

interface Failures {
  readonly count: number;
  readonly maximum: number;
  readonly line: string;
  readonly seconds: number;
  readonly lockSeconds: number;
}

function* readFailures(sys: Sys, fd: number | undefined, uid: number): Blocking<Failures> {
  const bytes = fd === undefined ? new Uint8Array() : yield* sys.pread(fd, RECORD_BYTES, uid * RECORD_BYTES);
  if (bytes.length < RECORD_BYTES) return { count: 0, maximum: 0, line: "", seconds: 0, lockSeconds: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { count: view.getInt16(0, true), maximum: view.getInt16(2, true), line: String.fromCharCode(...bytes.slice(4, 16)).replace(/\0.*$/s, ""), seconds: Number(view.getBigInt64(16, true)), lockSeconds: Number(view.getBigInt64(24, true)) };
}

function* writeFailures(sys: Sys, fd: number, uid: number, { count, maximum, line, seconds, lockSeconds }: Failures): Blocking<void> {
  const bytes = new Uint8Array(RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, count, true);
  view.setInt16(2, maximum, true);
  for (const [index, letter] of [...line.slice(0, 12)].entries()) bytes[4 + index] = letter.charCodeAt(0);
  view.setBigInt64(16, BigInt(seconds), true);
  view.setBigInt64(24, BigInt(lockSeconds), true);
  yield* sys.pwrite(fd, bytes, uid * RECORD_BYTES);
}

export default shadowTool({
  name: "faillog", path: "/usr/bin/faillog", manSection: 8, summary: "show failed logins, or limit how many a user may have", synopsis: ["[options]"], operands: "none",
  options: {
    all: flag(["-a", "--all"], "show the records of all users"), lock: text(["-l", "--lock-secs"], "SEC", "lock the account for so long after a failure"), maximum: text(["-m", "--maximum"], "MAX", "most failures in a row"), reset: flag(["-r", "--reset"], "set the counters to zero"), root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"), time: text(["-t", "--time"], "DAYS", "only records of the last days"), user: text(["-u", "--user"], "LOGIN/RANGE", "only of these users"),
  },
  *run({ options, operands, sys }, io: Io) {
    const number = (word: string | undefined): number | undefined => {
      if (word === undefined) return undefined;
      return /^-?\d+$/.test(word) ? Number(word) : io.die(`invalid numeric argument '${word}'`, 3);
    };
    const lockSeconds = number(options.lock);
    const maximum = number(options.maximum);
    const days = number(options.time);
    if (options.root !== undefined && !options.root.startsWith("/")) io.die(`invalid chroot path '${options.root}', only absolute paths are supported.`, 3);
    if (operands[0] !== undefined) {
      yield* io.warn(`unexpected argument: ${operands[0]}`);
      io.usage();
    }
    const accounts = yield* Accounts.read(sys);
    const [, low, dash, high] = /^(\d*)(-?)(\d*)$/.exec(options.user ?? "") ?? [];
    const named = accounts.users.find((user) => user.name === options.user);
    if (options.user !== undefined && named === undefined && (low === undefined || options.user === "")) io.die(`Unknown user or range: ${options.user}`, 3);
    const chosen = accounts.users.filter((user) => options.user === undefined || (named !== undefined ? user === named : dash === "" ? user.uid === Number(low) : user.uid >= Number(low || 0) && (high === "" || user.uid <= Number(high))));
    const changes = lockSeconds !== undefined || maximum !== undefined || options.reset;
    let fd: number | undefined;
    try {
      fd = yield* sys.open(PATH, changes ? O.RDWR : O.RDONLY);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`Cannot open ${PATH}: ${error.message}`);
    }
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    const zone = yield* readZone(sys);
    let headed = false;
    for (const { name, uid } of chosen) {
      const found = yield* readFailures(sys, fd, uid);
      if (changes) {
        if (options.reset && found.count === 0 && maximum === undefined && lockSeconds === undefined) continue;
        yield* writeFailures(sys, fd, uid, { ...found, ...(options.reset && { count: 0 }), maximum: maximum ?? found.maximum, lockSeconds: lockSeconds ?? found.lockSeconds });
        continue;
      }
      // a user that was named is shown in any case, the others when they failed
      if (named === undefined && !options.all && found.count === 0) continue;
      if (days !== undefined && now - found.seconds > days * 86_400) continue;
      if (!headed) io.say("Login       Failures Maximum Latest                   On\n\n");
      headed = true;
      const left = found.seconds + found.lockSeconds - now;
      const lock = found.lockSeconds === 0 ? "" : left > 0 && found.count > 0 ? ` [${left}s left]` : ` [${found.lockSeconds}s lock]`;
      io.out.put(`${name.padEnd(9)}   ${String(found.count).padStart(5)}    ${String(found.maximum).padStart(5)}   ${strftime("%D %H:%M:%S %z", civilAt(zone, found.seconds))}  ${found.line}${lock}\n`);
    }
    return 0;
  },
});
