// lastlog: when each user logged in last, as /var/log/lastlog tells.
import { Accounts } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { lastLogin, noteLastLogin } from "../kit/lastlog.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

export default gnu({
  name: "lastlog", manSection: 8,
  path: "/usr/bin/lastlog",
  summary: "show when a user, or every one, last made a login",
  synopsis: ["[options]"],
  project: "shadow",
  version: "4.13",
  options: {
    before: text(["-b", "--before"], "DAYS", "only users whose last login is over DAYS days ago"),
    clear: flag(["-C", "--clear"], "forget a user's last login"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    set: flag(["-S", "--set"], "note a login at this moment"),
    time: text(["-t", "--time"], "DAYS", "only users who came within the last DAYS days"),
    user: text(["-u", "--user"], "LOGIN", "only the user LOGIN"),
  },
  *run({ options, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const users = options.user === undefined ? accounts.users : accounts.users.filter((user) => user.name === options.user || String(user.uid) === options.user);
    if (options.user !== undefined && users.length === 0) return io.die(`Unknown user or range: ${options.user}`, 1);
    if (options.clear || options.set) {
      if (options.user === undefined) return io.die("Options -C and -S require option -u to specify the user", 1);
      const seconds = options.set ? Math.floor(sys.clockUs("realtime") / 1e6) : 0;
      for (const { uid } of users) yield* noteLastLogin(sys, uid, { seconds, line: "", host: options.set ? "localhost" : "" });
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
