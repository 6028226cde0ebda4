import { encode } from "../../kernel/sys.ts";
import { helpOptions } from "../kit/help-text.ts";
import { flag, program, text } from "../kit/program.ts";
import { parse, runApt } from "./_arguments.ts";

const usage = `apt 2.6.1 (amd64)
Usage: apt [options] command

apt finds, installs, upgrades and removes packages.

Commands:
  update, install, reinstall, remove, purge, autoremove, upgrade, full-upgrade, search, show, list, policy, depends, rdepends, download, clean
`;

const options = [
  flag(["-y", "--yes", "--assume-yes"], "answer yes to all questions"), flag(["-s", "--simulate", "--dry-run"], "only say what would be done"), flag(["-q", "--quiet"], "less output"), flag(["-d", "--download-only"], "only download"),
  flag(["--no-install-recommends"], "do not install recommended packages"), flag(["--reinstall"], "install again"), flag(["--purge"], "remove configuration files too"),
  flag(["-V", "--verbose-versions"], "show the versions of what is installed"), flag(["-f", "--fix-broken"], "mend broken dependencies"), flag(["--only-upgrade"], "install no new packages"), flag(["--autoremove", "--auto-remove"], "remove what nothing needs any more"),
  flag(["--allow-change-held-packages"], "change packages that are held"), flag(["--allow-downgrades"], "go back to older versions"), text(["-o", "--option"], "NAME=VALUE", "set an option of apt.conf(5)"), text(["-t", "--target-release"], "RELEASE", "prefer the versions of a release"),
  flag(["--installed"], "list: only installed packages"), flag(["--upgradable"], "list: only what can be upgraded"), flag(["-a", "--all-versions"], "every version"), flag(["-n", "--names-only"], "search: only in names"),
];

export default program(
  {
    name: "apt",
    summary: "find, install and remove packages",
    synopsis: ["[OPTION]... COMMAND [PACKAGE]..."],
    options,
    operands: "packages",
    subcommands: "update install reinstall remove purge autoremove upgrade full-upgrade search show list policy depends rdepends download clean".split(" ").map((name) => ({ name, summary: name, synopsis: ["[PACKAGE]..."], options: [], operands: "packages" })),
  },
  function* (sys, argv) {
    let terminal = false;
    try {
      terminal = sys.isatty(1);
    } catch {
      // a pipe
    }
    if (!terminal) yield* sys.write(2, encode("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n"));
    return yield* runApt(sys, parse(argv.slice(1), true), usage + helpOptions(options));
  },
);
