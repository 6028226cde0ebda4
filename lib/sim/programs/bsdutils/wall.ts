import { O, SysError, encode } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { wrap } from "../kit/help-text.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, loginName, readUtmp } from "../kit/utmp.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

const WIDTH = 79;

export default utilLinux({
  name: "wall", summary: "show a message on the terminals of all users", synopsis: ["[options] [<file> | <message>]"],
  options: { group: text(["-g", "--group"], "group", "only members of group"), nobanner: flag(["-n", "--nobanner"], "without the line that names the sender (root only)"), timeout: text(["-t", "--timeout"], "timeout", "give a terminal up after so many seconds") },
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const root = sys.getcred().ruid === 0;
    if (options.nobanner && !root) yield* io.warn("--nobanner is available only for root");
    let message = operands.join(" ");
    const [only] = operands;
    if (only === undefined || (operands.length === 1 && only.startsWith("/"))) {
      let content = "";
      try {
        const input = only === undefined ? io.stdin : yield* io.open(only);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          content += lines.map((line) => `${line}\n`).join("");
        }
      } catch (error) {
        if (error instanceof SysError) io.die(`cannot open ${only ?? ""}: ${error.message}`);
        throw error;
      }
      message = content.replace(/\n$/, "");
    }
    const group = options.group === undefined ? undefined : (accounts.groupByName(options.group) ?? io.die(`${options.group}: unknown gid`));
    const who = (yield* loginName(sys)) ?? accounts.userName(sys.getcred().ruid);
    let terminal = "somewhere";
    try {
      terminal = sys.ttyname(1).replace(/^\/dev\//, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const banner = `Broadcast message from ${who}@${sys.uname().nodename} (${terminal}) (${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")))}):`;
    const body = message.split("\n").flatMap((line) => (line.length <= WIDTH ? [line] : wrap(line, WIDTH)));
    const lines = options.nobanner && root ? body : ["", banner.padEnd(WIDTH), "", ...body, ""];
    const bytes = encode(lines.map((line) => `${line.padEnd(options.nobanner && root ? 0 : line === "" || line === banner.padEnd(WIDTH) ? 0 : WIDTH)}\r\n`).join(""));
    for (const record of yield* readUtmp(sys)) {
      if (record.type !== UT.USER_PROCESS || record.line === "") continue;
      const user = accounts.userByName(record.user);
      if (group !== undefined && (user === undefined || !accounts.groupsOf(user).includes(group.gid))) continue;
      try {
        const fd = yield* sys.open(`/dev/${record.line}`, O.WRONLY | O.NONBLOCK);
        yield* sys.write(fd, bytes);
        sys.close(fd);
      } catch (error) {
        // those who do not want messages get none
        if (!(error instanceof SysError)) throw error;
      }
    }
    return 0;
  },
});
