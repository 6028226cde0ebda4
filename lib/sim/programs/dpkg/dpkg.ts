import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, program } from "../kit/program.ts";
import { DPKG, DpkgDatabase, takeLock } from "../kit/debian/dpkg-database.ts";
import { BadArchive, readDeb } from "./_deb.ts";
import { list, listFiles, search, show, status } from "./_query.ts";
import { configure, type DpkgRun, missingDependencies, remove, unpack } from "./_transaction.ts";
import { translated } from "../kit/messages/translate.ts";

function* problem(sys: Sys, text: string): Blocking<void> {
  let terminal = false;
  try {
    terminal = sys.isatty(2);
  } catch {
    // a pipe
  }
  yield* sys.write(2, encode(terminal ? `\x1b[1mdpkg:\x1b[0m \x1b[1;31merror:\x1b[0m ${text}\n` : `dpkg: error: ${text}\n`));
}

/** Configures what is unpacked, dependencies first. Names that could not be. */
function* configureAll(sys: Sys, database: DpkgDatabase, names: readonly string[]): Blocking<string[]> {
  let waiting = [...names];
  const failed: string[] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter((name) => missingDependencies(database, name).every((missing) => waiting.includes(missing)));
    const now = ready.find((name) => !missingDependencies(database, name).some((missing) => waiting.includes(missing))) ?? ready[0];
    if (now === undefined) break;
    if (!(yield* configure(sys, database, now))) failed.push(now);
    waiting = waiting.filter((name) => name !== now);
  }
  for (const name of waiting) {
    const missing = missingDependencies(database, name);
    yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: dependency problems prevent configuration of ${name}:\n${missing.map((one) => ` ${name} depends on ${one}; however:\n  Package ${one} is not installed.\n`).join("")}\ndpkg: error processing package ${name} (--install):\n dependency problems - leaving unconfigured\n`)));
    failed.push(name);
  }
  return failed;
}

function* changing(sys: Sys, action: string, names: readonly string[]): Blocking<number> {
  if (sys.getcred().euid !== 0) {
    yield* problem(sys, "requested operation requires superuser privilege");
    return 2;
  }
  if (names.length === 0 && action !== "configure") {
    yield* problem(sys, `--${action} needs at least one package ${action === "install" || action === "unpack" ? "archive file " : "name "}argument`);
    return 2;
  }
  if (!sys.environment.has("DPKG_FRONTEND_LOCKED") && !(yield* takeLock(sys, `${DPKG}/lock-frontend`))) {
    yield* problem(sys, "dpkg frontend lock was locked by another process\nNote: removing the lock file is always wrong, and can end up damaging the\nlocked area and the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.");
    return 2;
  }
  const database = yield* DpkgDatabase.read(sys);
  const run: DpkgRun = { counted: false };
  const failed: string[] = [];
  const unpacked: string[] = [];
  let removed = 0;
  if (action === "install" || action === "unpack") {
    for (const path of names) {
      try {
        const deb = yield* readDeb(sys, path);
        yield* unpack(sys, run, database, deb, path.startsWith("/var/cache/apt/archives/") ? `.../${path.slice(path.lastIndexOf("/") + 1)}` : path.slice(path.lastIndexOf("/") + 1));
        unpacked.push(deb.control.get("Package") ?? "");
      } catch (error) {
        if (!(error instanceof SysError || error instanceof BadArchive)) throw error;
        const reason = error instanceof SysError ? `cannot access archive '${path}': ${error.message}` : `'${path}' ${error.message}`;
        yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: error processing archive ${path} (--${action}):\n ${reason}\n`)));
        failed.push(path);
      }
    }
    if (action === "install") failed.push(...(yield* configureAll(sys, database, unpacked)));
  } else if (action === "configure") {
    const pending = names.length > 0 ? names : [...database.packages.keys()].filter((name) => ["unpacked", "half-configured", "triggers-pending"].includes(database.state(name) ?? ""));
    failed.push(...(yield* configureAll(sys, database, pending)));
  } else {
    for (const name of names) {
      if (database.version(name) === undefined && !(action === "purge" && database.state(name) === "config-files")) {
        yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: warning: ignoring request to remove ${name} which isn't installed\n`)));
        continue;
      }
      if (database.packages.get(name)?.get("Essential") === "yes") {
        yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: error processing package ${name} (--${action}):\n this is an essential package; it should not be removed\n`)));
        failed.push(name);
        continue;
      }
      yield* remove(sys, run, database, name, action === "purge");
      removed++;
    }
  }
  yield* database.write(sys);
  const manual = unpacked.length > 0 || removed > 0 || (action === "configure" && names.length > 0);
  if (manual && action !== "unpack" && action !== "purge" && database.installed("man-db")) yield* sys.write(1, encode(`Processing triggers for man-db (${database.version("man-db") ?? ""}) ...\n`));
  if (failed.length === 0) return 0;
  yield* sys.write(2, encode(translated(sys, "dpkg", `Errors were encountered while processing:\n${failed.map((name) => ` ${name}\n`).join("")}`)));
  return 1;
}

const actions = new Map([["-i", "install"], ["--install", "install"], ["--unpack", "unpack"], ["--configure", "configure"], ["-r", "remove"], ["--remove", "remove"], ["-P", "purge"], ["--purge", "purge"]]);

export default program(
  {
    name: "dpkg", showsHelp: true,
    summary: "install, remove and query packages",
    synopsis: ["[OPTION...] ACTION"],
    options: [
      flag(["-i", "--install"], "install archives"), flag(["--unpack"], "unpack archives"), flag(["--configure"], "configure packages (-a: all)"), flag(["-r", "--remove"], "remove packages"), flag(["-P", "--purge"], "remove packages with their configuration"), flag(["-l", "--list"], "list packages"),
      flag(["-s", "--status"], "show a package's record"), flag(["-L", "--listfiles"], "list a package's files"), flag(["-S", "--search"], "find the owner of a file"), flag(["--get-selections"], "list selections"), flag(["--print-architecture"], "print this machine's architecture"), flag(["-C", "--audit"], "look for broken packages"), flag(["--version"], "print the version"),
    ],
    operands: "packages",
  },
  function* (sys, argv) {
    const words = argv.slice(1);
    const options = words.filter((word) => word.startsWith("-") && word !== "-a" && word !== "--pending" && !/^--(force|status-fd|no-triggers|auto-deconfigure|log)/.test(word));
    const names = words.filter((word) => !word.startsWith("-"));
    const [option = ""] = options;
    const action = actions.get(option);
    if (action !== undefined) return yield* changing(sys, action, names);
    switch (option) {
      case "-l":
      case "--list":
        return yield* list(sys, names);
      case "-s":
      case "--status":
        return yield* status(sys, names);
      case "-L":
      case "--listfiles":
        return yield* listFiles(sys, names);
      case "-S":
      case "--search":
        return yield* search(sys, names);
      case "--get-selections": {
        const database = yield* DpkgDatabase.read(sys);
        const rows = [...database.packages.values()].filter((one) => names.length === 0 || names.includes(one.get("Package") ?? "")).sort((a, b) => ((a.get("Package") ?? "") < (b.get("Package") ?? "") ? -1 : 1));
        yield* sys.write(1, encode(rows.map((one) => {
          const name = one.get("Multi-Arch") === "same" ? `${one.get("Package")}:${one.get("Architecture")}` : (one.get("Package") ?? "");
          return `${name}${"\t".repeat(Math.max(1, 6 - Math.floor(name.length / 8)))}${(one.get("Status") ?? "").split(" ")[0]}\n`;
        }).join("")));
        return 0;
      }
      case "-C":
      case "--audit":
        return 0;
      case "--print-architecture":
        yield* sys.write(1, encode("amd64\n"));
        return 0;
      case "--print-foreign-architectures":
        return 0;
      case "--version":
        yield* sys.write(1, encode("Debian 'dpkg' package management program version 1.21.22 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n"));
        return 0;
      case "-W":
        return yield* show(sys, names, "${binary:Package}\t${Version}\n");
      case "":
        yield* problem(sys, "need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\nUse 'apt' or 'aptitude' for user-friendly package management;\nType dpkg -Dhelp for a list of dpkg debug flag values;\nType dpkg --force-help for a list of forcing options;\nType dpkg-deb --help for help about manipulating *.deb files;\n\nOptions marked [*] produce a lot of output - pipe it through 'less' or 'more' !");
        return 2;
      default:
        yield* problem(sys, `unknown option ${option}\n\nType dpkg --help for help about installing and deinstalling packages [*];\nUse 'apt' or 'aptitude' for user-friendly package management;`);
        return 2;
    }
  },
);
