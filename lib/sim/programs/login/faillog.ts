// faillog: counts of failed logins (faillog(8) of shadow 4.13); nothing writes /var/log/faillog on Debian, whose logins count with pam_faillock.
import { Accounts } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";

export default gnu({
  name: "faillog", path: "/usr/bin/faillog", manSection: 8, summary: "show failed logins, or limit how many a user may have", synopsis: ["[options]"], project: "shadow", version: "4.13", tryLine: () => "", operands: "none",
  options: {
    all: flag(["-a", "--all"], "show the records of all users"), lock: text(["-l", "--lock-secs"], "SEC", "lock the account for so long after a failure"), maximum: text(["-m", "--maximum"], "MAX", "most failures in a row"), reset: flag(["-r", "--reset"], "set the counters to zero"), root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"), time: text(["-t", "--time"], "DAYS", "only records of the last days"), user: text(["-u", "--user"], "LOGIN/RANGE", "only of these users"),
  },
  *run({ options, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const [low, high] = /^(\d*)-(\d*)$/.exec(options.user ?? "")?.slice(1) ?? [];
    const users = accounts.users.filter((user) => (options.user === undefined ? options.all : user.name === options.user || String(user.uid) === options.user || (low !== undefined && user.uid >= Number(low) && (high === "" || user.uid <= Number(high)))));
    if (options.user !== undefined && users.length === 0) io.die(`Unknown user or range: ${options.user}`, 3);
    if (options.lock !== undefined || options.maximum !== undefined || options.reset) return 0;
    if (users.length === 0) return 0;
    io.out.put("Login       Failures Maximum Latest                   On\n\n");
    for (const user of users) io.out.put(`${user.name.padEnd(9)}       0        0   01/01/70 00:00:00 +0000  \n`);
    return 0;
  },
});
