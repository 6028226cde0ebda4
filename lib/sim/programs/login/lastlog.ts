// lastlog: when each user logged in last, as /var/log/lastlog tells.
import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { lastLogin, noteLastLogin } from "../kit/lastlog.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { shadowTool } from "../passwd/_shadow-tool.ts";

export default shadowTool({
  name: "lastlog", manSection: 8,
  path: "/usr/bin/lastlog",
  summary: "show when each user, or one of them, last logged in",
  synopsis: ["[options]"],
  operands: "none",
  usageStatus: 1,
  options: {
    before: text(["-b", "--before"], "DAYS", "only users whose last login is over DAYS days ago"),
    clear: flag(["-C", "--clear"], "forget a user's last login"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    set: flag(["-S", "--set"], "note a login at this moment"),
    time: text(["-t", "--time"], "DAYS", "only users who logged in within the last DAYS days"),
    user: text(["-u", "--user"], "LOGIN", "only the user LOGIN"),
  },
  *run({ options, operands, sys }, io: Io) {
    for (const word of [options.before, options.time]) if (word !== undefined && !/^\d+$/.test(word)) io.die(`invalid numeric argument '${word}'`, 1);
    if (options.root !== undefined && !options.root.startsWith("/")) io.die(`invalid chroot path '${options.root}', only absolute paths are supported.`, 3);
    if (operands[0] !== undefined) {
      yield* io.warn(`unexpected argument: ${operands[0]}`);
      io.usage();
    }
    if (options.clear && options.set) {
      yield* io.warn("Option -C cannot be used together with option -S");
      io.usage();
    }
    if ((options.clear || options.set) && options.user === undefined) {
      yield* io.warn("Options -C and -S require option -u to specify the user");
      io.usage();
    }
    const accounts = yield* Accounts.read(sys);
    const [, low, dash, high] = /^(\d*)(-?)(\d*)$/.exec(options.user ?? "") ?? [];
    const named = accounts.users.find((user) => user.name === options.user);
    if (options.user !== undefined && named === undefined && (low === undefined || options.user === "")) return io.die(`Unknown user or range: ${options.user}`, 1);
    const users = accounts.users.filter((user) => options.user === undefined || (named !== undefined ? user === named : dash === "" ? user.uid === Number(low) : user.uid >= Number(low || 0) && (high === "" || user.uid <= Number(high))));
    if (options.clear || options.set) {
      try {
        sys.access("/var/log/lastlog", 2);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`/var/log/lastlog: ${error.message}\n`);
        return 1;
      }
      const seconds = options.set ? Math.floor(sys.clockUs("realtime") / 1e6) : 0;
      for (const { uid } of users) yield* noteLastLogin(sys, uid, { seconds, line: options.set ? "lastlog" : "", host: options.set ? "localhost" : "" });
      return 0;
    }
    const zone = yield* readZone(sys);
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    let headed = false;
    for (const user of users) {
      const last = yield* lastLogin(sys, user.uid);
      const age = now - (last?.seconds ?? 0);
      if (options.time !== undefined && age > Number(options.time) * 86_400) continue;
      if (options.before !== undefined && age < Number(options.before) * 86_400) continue;
      if (!headed) io.say("Username         Port     From                                       Latest\n");
      headed = true;
      const [line, host] = [last?.line ?? "", last?.host ?? ""];
      io.out.put(`${user.name.padEnd(16)} ${line.padEnd(8)} ${host.padEnd(42)}`);
      if (last === undefined) io.say("**Never logged in**\n");
      else io.out.put(`${strftime("%a %b %e %H:%M:%S %z %Y", civilAt(zone, last.seconds))}\n`);
    }
    return 0;
  },
});
