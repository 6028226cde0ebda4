import { O, S, SysError, encode } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { type Io, reason, utilLinux } from "../kit/util-linux.ts";
import { UT, readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";

export default utilLinux({
  name: "write",
  summary: "show a message on another user's terminal",
  synopsis: ["[options] <user> [<ttyname>]"],
  options: {},
  operands: "users",
  *run({ operands, sys }, io: Io) {
    const [user, line] = operands;
    if (user === undefined || operands.length > 2) io.usage();
    const nowUs = sys.clockUs("realtime");
    const sessions = (yield* readUtmp(sys)).filter((record) => record.type === UT.USER_PROCESS && record.user === user);
    if (sessions.length === 0) io.die(`${user} is not logged in`);
    const wanted = line?.replace(/^\/dev\//, "");
    if (wanted !== undefined && !sessions.some((record) => record.line === wanted)) io.die(`${user} is not logged in on ${wanted}`);
    const open: { readonly path: string; readonly idleUs: number }[] = [];
    for (const record of sessions) {
      if (wanted !== undefined && record.line !== wanted) continue;
      try {
        const stat = sys.stat(`/dev/${record.line}`);
        if ((stat.mode & S.IFMT) === S.IFCHR && ((stat.mode & 0o020) !== 0 || sys.getcred().ruid === 0)) open.push({ path: `/dev/${record.line}`, idleUs: nowUs - stat.atimeUs });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const target = open.sort((a, b) => a.idleUs - b.idleUs)[0];
    if (!target) io.die(wanted === undefined ? `${user} has messages disabled` : `${user} has messages disabled on ${wanted}`);
    let fd: number;
    try {
      fd = yield* sys.open(target.path, O.WRONLY | O.NOCTTY);
    } catch (error) {
      io.die(`${target.path}: ${reason(error)}`);
    }
    const own = (yield* Accounts.read(sys)).userName(sys.getcred().ruid);
    let tty = "(none)";
    try {
      tty = sys.ttyname(0).replace(/^\/dev\//, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const time = strftime("%H:%M", civilAtUs(yield* readZone(sys), nowUs));
    yield* sys.write(fd, encode(`\r\n\x07\x07\x07Message from ${own}@${sys.uname().nodename} on ${tty} at ${time} ...\r\n`));
    for (;;) {
      const text = yield* io.stdin.line();
      if (text === undefined) break;
      yield* sys.write(fd, encode(text.replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, (char) => "^" + String.fromCharCode(char.charCodeAt(0) ^ 64)) + "\r\n"));
    }
    yield* sys.write(fd, encode("EOF\r\n"));
    sys.close(fd);
  },
});
