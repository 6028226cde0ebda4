// lastlog: when each user logged in last. No login is recorded on a fresh host.
import { Accounts } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";

export default gnu({
  name: "lastlog",
  path: "/usr/bin/lastlog",
  summary: "report the most recent login of all users or of a given user",
  synopsis: ["[options]"],
  project: "shadow",
  version: "4.13",
  options: {
    before: text(["-b", "--before"], "DAYS", "print only lastlog records older than DAYS"),
    clear: flag(["-C", "--clear"], "clear lastlog record of an user"),
    root: text(["-R", "--root"], "CHROOT_DIR", "directory to chroot into"),
    set: flag(["-S", "--set"], "set lastlog record to current time"),
    time: text(["-t", "--time"], "DAYS", "print only lastlog records more recent than DAYS"),
    user: text(["-u", "--user"], "LOGIN", "print lastlog record of the specified LOGIN"),
  },
  *run({ options, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const users = options.user === undefined ? accounts.users : accounts.users.filter((user) => user.name === options.user || String(user.uid) === options.user);
    if (options.user !== undefined && users.length === 0) return io.die(`Unknown user or range: ${options.user}`, 1);
    io.say("Username         Port     From                                       Latest\n");
    if (options.time !== undefined) return 0;
    for (const user of users) io.say(`${user.name.padEnd(16)} ${"".padEnd(8)} ${"".padEnd(42)}**Never logged in**\n`);
    return 0;
  },
});
