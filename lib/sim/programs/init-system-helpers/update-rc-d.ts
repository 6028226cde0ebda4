// update-rc.d: the links of init scripts in /etc/rc?.d (update-rc.d(8) of init-system-helpers 1.65, without insserv: every number is 01).
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { flag } from "../kit/option.ts";
import { runLevelLinks, runLevelsOf } from "../kit/init-script.ts";
import { exists, nameExists } from "../kit/presence.ts";

const usage = "usage: update-rc.d [-f] <basename> remove\n       update-rc.d [-f] <basename> defaults\n       update-rc.d [-f] <basename> defaults-disabled\n       update-rc.d <basename> disable|enable [S|2|3|4|5]\n\t\t-f: force\n\nThe disable|enable API is not stable and might change in the future.\n";

/** Paths of the script's links, in the order of the levels. */
function linksOf(sys: Sys, name: string, levels: readonly string[] = ["0", "1", "2", "3", "4", "5", "6", "S"]): readonly string[] {
  return levels.flatMap((level) => {
    try {
      return sys.readdir(`/etc/rc${level}.d`).filter((entry) => /^[SK]\d\d/.test(entry.name) && entry.name.slice(3) === name).map((entry) => `/etc/rc${level}.d/${entry.name}`).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return [];
    }
  });
}

function* systemctl(sys: Sys, args: readonly string[]): Blocking<void> {
  if (!exists(sys, "/bin/systemctl")) return;
  const pid = sys.fork((child) => child.exec("/bin/systemctl", ["systemctl", ...args], new Map([...child.environment, ["SYSTEMCTL_SKIP_SYSV", "1"]])));
  yield* sys.waitpid(pid);
}

export default program(
  {
    name: "update-rc.d", path: "/usr/sbin/update-rc.d", manSection: 8, summary: "make and remove the links of System V init scripts", synopsis: ["[-f] NAME remove", "[-f] NAME defaults", "[-f] NAME defaults-disabled", "NAME disable|enable [S|2|3|4|5]"], operands: "services",
    options: [flag(["-f"], "remove the links even while the script is there"), flag(["-h", "--help"], "show the usage")],
    description: ["The run levels are those of the script's head: Default-Start and Default-Stop. A script that has links already keeps them.", "enable and disable turn the K and S of links in the given levels, or in those of Default-Start, and tell systemd."],
    seeAlso: ["invoke-rc.d(8)", "service(8)"],
  },
  function* (sys, argv, io: Io) {
    function* wrong(text: string | undefined): Blocking<number> {
      yield* io.stderr(`${text === undefined ? "" : `update-rc.d: error: ${text}\n`}${usage}`);
      return 1;
    }
    function* error(text: string): Blocking<number> {
      yield* io.stderr(`update-rc.d: error: ${text}\n`);
      return 1;
    }
    const args = [...argv.slice(1)];
    while (args[0]?.startsWith("-")) {
      const option = args.shift();
      if (option === "-f") continue;
      return yield* wrong(option === "-h" || option === "--help" ? undefined : "unknown option");
    }
    const [name, action, ...levels] = args;
    if (name === undefined || action === undefined) return yield* wrong("not enough arguments");
    const file = `/etc/init.d/${name}`;
    const reload = function* (): Blocking<void> {
      if (exists(sys, "/run/systemd/system")) yield* systemctl(sys, ["daemon-reload"]);
    };
    try {
      switch (action) {
        case "remove":
          for (const link of linksOf(sys, name)) sys.unlink(link);
          break;
        case "defaults": case "defaults-disabled": case "start": case "stop": {
          const script = yield* readTextFile(sys, file);
          if ((action === "start" || action === "stop") && script !== undefined) yield* io.stderr("update-rc.d: warning: start and stop actions are no longer supported; falling back to defaults\n");
          if (linksOf(sys, name).length > 0) break;
          if (script === undefined) return yield* error(`unable to read ${file}`);
          for (const { path, symlink } of runLevelLinks(name, runLevelsOf(script), action === "defaults-disabled" ? "K" : "S")) {
            const directory = path.slice(0, path.lastIndexOf("/"));
            if (!exists(sys, directory)) sys.mkdir(directory, 0o755);
            if (!nameExists(sys, path)) sys.symlink(symlink, path);
          }
          break;
        }
        case "enable": case "disable": {
          if (!exists(sys, file) || sys.stat(file).sizeBytes === 0 || (sys.stat(file).mode & S.IFMT) !== S.IFREG) return yield* error(`cannot find a LSB script for ${name}`);
          const wanted = levels.length > 0 ? levels : runLevelsOf((yield* readTextFile(sys, file)) ?? "").start;
          if (wanted.length === 0) return yield* error(`${name} Default-Start contains no runlevels, aborting.`);
          const useful: string[] = [];
          for (const level of wanted) {
            if (/^[S2345]$/.test(level)) useful.push(level);
            else yield* io.stderr(`update-rc.d: warning: ${action} action will have no effect on runlevel ${level}\n`);
          }
          const links = linksOf(sys, name, useful);
          if (links.length === 0) return yield* error("no runlevel symlinks to modify, aborting!");
          const [from, to] = action === "disable" ? ["/S", "/K"] : ["/K", "/S"];
          for (const link of links) {
            const at = link.lastIndexOf("/");
            if (link.startsWith(from, at)) sys.rename(link, link.slice(0, at) + to + link.slice(at + 2));
          }
          if (sys.environment.get("_SKIP_SYSTEMD_NATIVE") !== "1") yield* systemctl(sys, ["--quiet", action, name]);
          break;
        }
        default:
          return yield* wrong(undefined);
      }
    } catch (failure) {
      if (!(failure instanceof SysError)) throw failure;
      return yield* error(failure.message);
    }
    yield* reload();
    return 0;
  },
);
