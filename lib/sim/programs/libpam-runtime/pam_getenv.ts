// pam_getenv: a variable as /etc/environment (or /etc/default/locale) sets it (pam_getenv(8)).
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program } from "../kit/program.ts";

const usage = "Usage: pam_getenv [-l] [-s] env_var\n";

export default program(
  {
    name: "pam_getenv", path: "/usr/sbin/pam_getenv", manSection: 8, showsHelp: true, summary: "print the value of a variable of /etc/environment", synopsis: ["[-l] [-s] env_var"],
    options: [flag(["-l"], "look in /etc/default/locale"), flag(["-s"], "look in /etc/environment (the default)")],
    description: ["Scripts of the system that are no logins, such as init scripts, read with it what pam_env would give to a login."],
    seeAlso: ["pam_env(8)"],
  },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1).filter((word) => !word.startsWith("-"));
    const options = argv.slice(1).filter((word) => word.startsWith("-"));
    const [name] = words;
    if (options.some((word) => word !== "-l" && word !== "-s") || name === undefined) {
      yield* io.stderr(usage);
      return options.some((word) => word === "-h") ? 0 : 255;
    }
    for (const line of ((yield* readTextFile(sys, options.includes("-l") ? "/etc/default/locale" : "/etc/environment")) ?? "").split("\n")) {
      const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line);
      if (found?.[1] !== name) continue;
      io.out.put(`${(found[2] ?? "").replace(/^(["'])(.*)\1$/, "$2")}\n`);
      return 0;
    }
    return 0;
  },
);
