// dpkg-trigger: a package's script says that something happened which another package cares about (dpkg-trigger(1)).
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { interestedPackages } from "./_triggers.ts";

const HINT = "\n\nType dpkg-trigger --help for help about this utility.\n";

export default program(
  {
    name: "dpkg-trigger", path: "/usr/bin/dpkg-trigger", showsHelp: true, summary: "a package trigger utility", synopsis: ["[OPTION...] TRIGGER-NAME", "--check-supported"], operands: "none",
    options: [flag(["--check-supported"], "ask whether dpkg knows triggers"), text(["--by-package"], "PACKAGE", "on behalf of this package; its scripts need not say it"), flag(["--await"], "the package waits until the work is done"), flag(["--no-await"], "the package does not wait"), flag(["--no-act"], "check only"), text(["--admindir"], "DIRECTORY", "where dpkg keeps its data"), flag(["--version"], "print the version")],
    description: ["Packages declare interest in a trigger: a name, or a path below which files come and go. Activating it makes them triggers-pending; dpkg does their work at the end of its run, or when it is asked to (dpkg --configure --pending)."],
    exitStatuses: [["0", "done"], ["2", "the call makes no sense"]],
    seeAlso: ["dpkg(1)"],
  },
  function* (sys, argv, io: Io) {
    let by = sys.environment.get("DPKG_MAINTSCRIPT_PACKAGE");
    let checks = false;
    let simulate = false;
    const names: string[] = [];
    const fail = function* (reason: string) {
      yield* io.stderr(`dpkg-trigger: error: ${reason}${HINT}`);
      return 2;
    };
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const [, name = word, value] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
      if (name === "--by-package") by = value ?? argv[++at];
      else if (name === "--admindir" || name === "--root") at += value === undefined ? 1 : 0;
      else if (name === "--check-supported") checks = true;
      else if (name === "--no-act") simulate = true;
      else if (name === "--version") {
        io.out.put("Debian dpkg-trigger package trigger utility version 1.21.22 (amd64).\n");
        return 0;
      } else if (name.startsWith("-") && name !== "--await" && name !== "--no-await") return yield* fail(`unknown option ${word}`);
      else if (!name.startsWith("-")) names.push(word);
    }
    if (checks) return names.length > 0 ? yield* fail("--check-supported takes no arguments") : 0;
    const [trigger] = names;
    if (trigger === undefined || names.length > 1) return yield* fail("takes one argument, the trigger name");
    if (by === undefined) return yield* fail("must be called from a maintainer script (or with a --by-package option)");
    if (trigger === "" || /[^\x21-\x7e]/.test(trigger)) return yield* fail(`invalid trigger name '${trigger}': trigger name contains invalid character`);
    if (simulate) return 0;
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("dpkg-trigger: error: unable to open/create triggers database lockfile '/var/lib/dpkg/triggers/Lock': Permission denied\n");
      return 2;
    }
    const database = yield* DpkgDatabase.read(sys);
    for (const name of interestedPackages(trigger)) if (database.state(name) === "installed") database.enter(name, "triggers-pending");
    yield* database.write(sys);
    return 0;
  },
);
