// (More than 400 lines: dpkg answers each of its actions, most of them in a few lines on one database.)
import { type Blocking, encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, program, text } from "../kit/program.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { DPKG, DpkgDatabase, readFile, takeLock } from "../kit/debian/dpkg-database.ts";
import { translated } from "../kit/messages/translate.ts";
import { TarDamaged } from "../../daemons/docker/api/tar.ts";
import { audit, verify } from "./_audit.ts";
import { BadArchive, readDeb } from "./_deb.ts";
import { queryCalled, show } from "./_query.ts";
import { DpkgRun } from "./_run.ts";
import { ScriptFailed } from "./_scripts.ts";
import { selections, setSelections } from "./_selections.ts";
import { configure, Failed, problemsOf, remove, unpack } from "./_transaction.ts";
import { processTriggers } from "./_triggers.ts";
import { forces, readWords, type Words } from "./_words.ts";

const HINT = "\n\nType dpkg --help for help about installing and deinstalling packages [*];\nUse 'apt' or 'aptitude' for user-friendly package management;\nType dpkg -Dhelp for a list of dpkg debug flag values;\nType dpkg --force-help for a list of forcing options;\nType dpkg-deb --help for help about manipulating *.deb files;\n\nOptions marked [*] produce a lot of output - pipe it through 'less' or 'more' !";

function* problem(sys: Sys, text: string): Blocking<void> {
  // DPKG_COLORS: auto, always, never (dpkg(1))
  const asked = sys.environment.get("DPKG_COLORS") ?? "auto";
  let terminal = asked === "always";
  try {
    terminal ||= asked !== "never" && sys.isatty(2);
  } catch {
    // a pipe
  }
  yield* sys.write(2, encode(translated(sys, "dpkg", terminal ? `\x1b[1mdpkg:\x1b[0m \x1b[1;31merror:\x1b[0m ${text}\n` : `dpkg: error: ${text}\n`)));
}

/** Does a step for a package; what it cannot do is said, and the package's name goes to `failed`. */
function* attempt(run: DpkgRun, name: string, failed: string[], work: () => Blocking<void>): Blocking<boolean> {
  try {
    yield* work();
    return true;
  } catch (error) {
    if (!(error instanceof Failed || error instanceof ScriptFailed)) throw error;
    if (error.message === "") return false;
    yield* run.failed(`package ${name}`, error.message);
    failed.push(name);
    return false;
  }
}

/** Configures what is unpacked, dependencies first. */
function* configureAll(run: DpkgRun, names: readonly string[], failed: string[]): Blocking<void> {
  let waiting = [...new Set(names)];
  while (waiting.length > 0) {
    const free = waiting.find((name) => run.options.simulate || problemsOf(run, name).length === 0);
    // packages that need each other are configured all the same, when nobody else is missing
    const now = free ?? waiting.find((name) => problemsOf(run, name, (other) => waiting.includes(other)).length === 0);
    if (now === undefined) break;
    waiting = waiting.filter((name) => name !== now);
    yield* attempt(run, now, failed, () => configure(run, now));
  }
  for (const name of waiting) {
    const lines = problemsOf(run, name);
    const text = `${lines.map((line) => `${line}\n`).join("")}\n`;
    if (run.forces("depends")) {
      yield* run.complain(`dpkg: ${name}: dependency problems, but configuring anyway as you requested:\n${text}`);
      yield* attempt(run, name, failed, () => configure(run, name));
      continue;
    }
    yield* run.complain(`dpkg: dependency problems prevent configuration of ${name}:\n${text}`);
    yield* run.failed(`package ${name}`, "dependency problems - leaving unconfigured");
    failed.push(name);
  }
}

/** Archives of the command line; -R looks for them below directories. */
function* archivesOf(sys: Sys, words: Words): Blocking<string[]> {
  if (!words.recursive) return [...words.operands];
  const found: string[] = [];
  const walk = (path: string): void => {
    if ((sys.stat(path).mode & S.IFMT) === S.IFDIR) for (const { name } of sys.readdir(path)) walk(`${path}/${name}`);
    else if (path.endsWith(".deb")) found.push(path);
  };
  for (const path of words.operands) walk(path);
  return found.sort();
}

function* changing(sys: Sys, action: string, words: Words): Blocking<number> {
  if (sys.getcred().euid !== 0 && !words.forced.has("not-root") && !words.simulate) {
    yield* problem(sys, "requested operation requires superuser privilege");
    return 2;
  }
  const names = action === "install" || action === "unpack" ? yield* archivesOf(sys, words) : words.operands.map((name) => name.replace(/:(amd64|all)$/, ""));
  if (names.length === 0 && !words.pending) {
    yield* problem(sys, `--${action} needs at least one package ${action === "install" || action === "unpack" ? "archive file " : "name "}argument${HINT}`);
    return 2;
  }
  if (!words.simulate && !sys.environment.has("DPKG_FRONTEND_LOCKED") && !(yield* takeLock(sys, `${DPKG}/lock-frontend`))) {
    yield* problem(sys, "dpkg frontend lock was locked by another process\nNote: removing the lock file is always wrong, and can end up damaging the\nlocked area and the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.");
    return 2;
  }
  if (!words.simulate && !(yield* takeLock(sys, `${DPKG}/lock`))) {
    yield* problem(sys, "dpkg database lock was locked by another process\nNote: removing the lock file is always wrong, and can end up damaging the\nlocked area and the entire system. See <https://wiki.debian.org/Teams/Dpkg/FAQ#db-lock>.");
    return 2;
  }
  const database = yield* DpkgDatabase.read(sys);
  const run = new DpkgRun(sys, database, { action, forced: words.forced, simulate: words.simulate, triggers: words.triggers, log: words.simulate ? undefined : words.log });
  const failed: string[] = [];
  if (action === "install" || action === "unpack") {
    yield* run.log(`startup archives ${action}`);
    const unpacked: string[] = [];
    for (const path of names) {
      try {
        const deb = yield* readDeb(sys, path);
        const name = deb.control.get("Package") ?? "";
        yield* unpack(run, deb, path.startsWith("/var/cache/apt/archives/") ? `.../${path.slice(path.lastIndexOf("/") + 1)}` : path.length > 50 ? `.../${path.slice(path.lastIndexOf("/") + 1)}` : path);
        unpacked.push(name);
      } catch (error) {
        if (error instanceof SysError) {
          yield* database.write(sys);
          yield* problem(sys, `cannot access archive '${path}': ${error.message}`);
          return 2;
        }
        if (error instanceof BadArchive || error instanceof TarDamaged) {
          yield* run.complain(`dpkg-deb: error: '${path}' ${error.message}\n`);
          yield* run.failed(`archive ${path}`, "dpkg-deb --control subprocess returned error exit status 2");
        } else if (error instanceof Failed || error instanceof ScriptFailed) {
          if (error.message === "") continue;
          yield* run.failed(`archive ${path}`, error.message);
        } else throw error;
        failed.push(path);
      }
    }
    if (action === "install") yield* configureAll(run, unpacked, failed);
  } else if (action === "configure") {
    yield* run.log("startup packages configure");
    const pending = words.pending ? [...database.packages.keys()].filter((name) => ["unpacked", "half-configured"].includes(database.state(name) ?? "")).sort() : [];
    for (const name of words.pending ? [] : names) {
      const state = database.state(name);
      if (state === undefined || state === "not-installed" || state === "config-files") {
        yield* run.failed(`package ${name}`, state === undefined ? `no package named '${name}' is installed, cannot configure` : `package ${name} is not installed and cannot be configured`);
        failed.push(name);
      } else if (state === "half-installed") {
        yield* run.failed(`package ${name}`, `package ${name} is not ready for configuration\n cannot configure (current status '${state}')`);
        failed.push(name);
      } else if (state === "installed") {
        yield* run.failed(`package ${name}`, `package ${name} is already installed and configured`);
        failed.push(name);
      } else if (state !== "triggers-pending" && state !== "triggers-awaiting") pending.push(name);
    }
    yield* configureAll(run, pending, failed);
  } else {
    yield* run.log("startup packages remove");
    const chosen = words.pending ? [...database.packages.keys()].filter((name) => (database.packages.get(name)?.get("Status") ?? "").startsWith(action === "purge" ? "purge " : "deinstall ") && database.state(name) !== (action === "purge" ? "not-installed" : "config-files")) : names;
    // what needs another one that goes too goes first
    const leaving = new Set(chosen.filter((name) => database.version(name) !== undefined));
    for (const name of chosen) {
      const state = database.state(name);
      if (database.version(name) === undefined && !(action === "purge" && state === "config-files")) {
        yield* run.warn(state === "config-files" ? `ignoring request to remove ${name}, only the config\n files of which are on the system; use --purge to remove them too` : `ignoring request to remove ${name} which isn't installed`);
        continue;
      }
      yield* attempt(run, name, failed, () => remove(run, name, action === "purge", leaving));
    }
  }
  if (!words.simulate) {
    yield* database.write(sys);
    if (words.triggers && action !== "unpack") {
      yield* processTriggers(run);
      yield* database.write(sys);
    }
  }
  if (failed.length === 0) return 0;
  yield* run.complain(`Errors were encountered while processing:\n${failed.map((name) => ` ${name}\n`).join("")}`);
  return 1;
}

const actions = new Map([["-i", "install"], ["--install", "install"], ["--unpack", "unpack"], ["--configure", "configure"], ["-r", "remove"], ["--remove", "remove"], ["-P", "purge"], ["--purge", "purge"]]);
const forDeb = new Set(["-b", "--build", "-c", "--contents", "-e", "--control", "-x", "--extract", "-X", "--vextract", "-f", "--field", "-I", "--info", "--ctrl-tarfile", "--fsys-tarfile", "--raw-extract", "-W_deb"]);

const RELATIONS = new Map<string, (compared: number) => boolean>([["lt", (c) => c < 0], ["le", (c) => c <= 0], ["eq", (c) => c === 0], ["ne", (c) => c !== 0], ["ge", (c) => c >= 0], ["gt", (c) => c > 0], ["<<", (c) => c < 0], ["<=", (c) => c <= 0], ["=", (c) => c === 0], [">=", (c) => c >= 0], [">>", (c) => c > 0], ["<", (c) => c <= 0], [">", (c) => c >= 0], ["lt-nl", (c) => c < 0], ["le-nl", (c) => c <= 0], ["ge-nl", (c) => c >= 0], ["gt-nl", (c) => c > 0]]);

/** Relations that have two meanings in people's minds. */
const OBSOLETE: ReadonlySet<string> = new Set(["<", ">"]);

/** Why a word is no version; `isFatal`: it cannot be compared at all. An empty word is no version, and may be compared. */
function badVersion(text: string): { readonly why: string; readonly isFatal: boolean } | undefined {
  if (text === "") return undefined;
  const fatal = (why: string): { readonly why: string; readonly isFatal: boolean } => ({ why, isFatal: true });
  const colon = text.indexOf(":");
  if (/\s/.test(text.trim())) return fatal("version string has embedded spaces");
  if (colon === 0 || (colon > 0 && /^\D/.test(text))) return fatal("epoch in version is empty");
  if (colon > 0 && !/^\d+$/.test(text.slice(0, colon))) return fatal("epoch in version is not number");
  if (colon >= 0 && colon === text.length - 1) return fatal("nothing after colon in version number");
  const rest = text.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  if (dash >= 0 && dash === rest.length - 1) return fatal("revision number is empty");
  if (!/^\d/.test(rest)) return { why: "version number does not start with digit", isFatal: false };
  if (/[^A-Za-z0-9.+~:-]/.test(dash < 0 ? rest : rest.slice(0, dash))) return { why: "invalid character in version number", isFatal: false };
  if (dash >= 0 && /[^A-Za-z0-9.+~]/.test(rest.slice(dash + 1))) return { why: "invalid character in revision number", isFatal: false };
  return undefined;
}

/** dpkg -Dhelp */
const DEBUG_FLAGS: readonly (readonly [number: string, name: string, text: string])[] = [
  ["1", "general", "what is going on"], ["2", "scripts", "which maintainer scripts run and how they end"], ["10", "eachfile", "a line for each file"], ["100", "eachfiledetail", "more for each file"], ["20", "conff", "a line for each configuration file"],
  ["200", "conffdetail", "more for each configuration file"], ["40", "depcon", "dependencies and conflicts"], ["400", "depcondetail", "more of dependencies and conflicts"], ["10000", "triggers", "triggers that are set off and run"], ["20000", "triggersdetail", "more of triggers"],
  ["40000", "triggersstupid", "all of triggers"], ["1000", "veryverbose", "the database's directory"], ["2000", "stupidlyverbose", "everything"],
];

const LONG_NAMES: ReadonlyMap<string, string> = new Map([["-i", "install"], ["-r", "remove"], ["-P", "purge"], ["-l", "list"], ["-s", "status"], ["-L", "listfiles"], ["-S", "search"], ["-p", "print-avail"], ["-V", "verify"], ["-C", "audit"], ["-b", "build"], ["-c", "contents"], ["-e", "control"], ["-x", "extract"], ["-X", "vextract"], ["-f", "field"], ["-I", "info"]]);

/** "-r (--remove)" */
function actionName(word: string): string {
  const long = LONG_NAMES.get(word);
  return long === undefined ? word : `${word} (--${long})`;
}

/** Features that dpkg 1.21 has, for scripts that ask. */
const ASSERTIONS: ReadonlySet<string> = new Set(["support-predepends", "working-epoch", "long-filenames", "multi-conrep", "multi-arch", "versioned-provides", "protected-field"]);

/** Why a word is no name or version of that kind; undefined when it is. */
function invalidName(kind: string, name: string): string | undefined {
  if (name === "") return kind === "version" ? "version string is empty" : "may not be empty string";
  if (kind === "version") {
    const stray = /[^A-Za-z0-9.+~:-]/.test(name);
    return !/^(?:\d+:)?\d/.test(name) ? "version number does not start with digit" : stray ? "invalid character in version number" : undefined;
  }
  if (kind === "trigname") return /[^\x21-\x7e]/.test(name) ? "trigger name contains invalid character" : undefined;
  if (!/^[A-Za-z0-9]/.test(name)) return "must start with an alphanumeric character";
  const stray = (kind === "archname" ? /[^A-Za-z0-9-]/ : /[^A-Za-z0-9+._-]/).exec(name)?.[0];
  return stray === undefined ? undefined : `character '${stray}' not allowed (only letters, digits and characters '${kind === "archname" ? "-" : "-+._"}')`;
}

export default program(
  {
    name: "dpkg",
    summary: "install, remove and query packages",
    synopsis: ["[OPTION...] ACTION"],
    showsHelp: true,
    options: [
      flag(["-i", "--install"], "install archives"), flag(["--unpack"], "unpack archives"), flag(["--configure"], "configure packages (-a: all)"), flag(["-r", "--remove"], "remove packages"), flag(["-P", "--purge"], "remove packages with their configuration"), flag(["-V", "--verify"], "compare files with what was installed"),
      flag(["-l", "--list"], "list packages"), flag(["-s", "--status"], "show a package's record"), flag(["-L", "--listfiles"], "list a package's files"), flag(["-S", "--search"], "which package has the file"), flag(["-p", "--print-avail"], "show what is known of a package that can be had"),
      flag(["--get-selections"], "list selections"), flag(["--set-selections"], "read selections from standard input"), flag(["--clear-selections"], "select nothing"), flag(["--triggers-only"], "only do what triggers ask for"), flag(["-C", "--audit"], "look for broken packages"),
      flag(["--compare-versions"], "compare two version numbers"), flag(["--print-architecture"], "print this machine's architecture"), flag(["--print-foreign-architectures"], "print the other architectures"), flag(["--add-architecture", "--remove-architecture"], "take packages of another architecture"), flag(["--force-help"], "list what can be forced"),
      flag(["-b", "--build", "-c", "--contents", "-I", "--info", "-x", "--extract", "-X", "--vextract", "-e", "--control", "-f", "--field"], "handed to dpkg-deb"), flag(["-a", "--pending"], "every package that waits"), flag(["-R", "--recursive"], "archives below directories"), flag(["--no-act", "--dry-run", "--simulate"], "only say what would be done"),
      flag(["--no-triggers"], "leave triggers for later"), text(["--force-…"], "THING,…", "go on in spite of a problem"), text(["--log"], "FILE", "where it is written down"), flag(["--version"], "print the version"),
    ],
    operands: "packages",
  },
  function* (sys, argv, io) {
    const words = yield* readWords(sys, argv.slice(1));
    const [option = ""] = words.actions;
    const names = words.operands;
    if (words.wrong !== undefined) {
      yield* problem(sys, `${words.wrong}${HINT}`);
      return 2;
    }
    if (words.root !== undefined) {
      yield* problem(sys, `${words.root.replace(" ", " is not simulated: ")}`);
      return 2;
    }
    const isAction = (one: string): boolean => actions.has(one) || forDeb.has(one) || LONG_NAMES.has(one);
    const second = words.actions.find((one, at) => at > 0 && one !== option && isAction(one));
    if (second !== undefined && isAction(option)) {
      yield* problem(sys, `conflicting actions ${actionName(second)} and ${actionName(option)}${HINT}`);
      return 2;
    }
    const action = actions.get(option);
    if (action !== undefined) return yield* changing(sys, action, words);
    if (forDeb.has(option)) return yield* sys.exec("/usr/bin/dpkg-deb", ["dpkg-deb", ...argv.slice(1)], sys.environment);
    const query = queryCalled(option);
    if (query !== undefined) return yield* query(sys, names);
    switch (option) {
      case "-V":
      case "--verify":
        return yield* verify(sys, names);
      case "-C":
      case "--audit":
        return yield* audit(sys, names);
      case "--get-selections":
        return yield* selections(sys, names);
      case "--set-selections":
      case "--clear-selections":
        return yield* setSelections(sys, option === "--clear-selections", problem);
      case "--triggers-only": {
        if (sys.getcred().euid !== 0) {
          yield* problem(sys, "requested operation requires superuser privilege");
          return 2;
        }
        const database = yield* DpkgDatabase.read(sys);
        const run = new DpkgRun(sys, database, { action: "triggers-only", forced: words.forced, simulate: false, triggers: true, log: words.log });
        const unready = words.pending ? [] : names.filter((name) => database.state(name) !== "triggers-pending");
        for (const name of unready) yield* run.failed(`package ${name}`, `package ${name} is not ready for trigger processing\n (current status '${database.state(name) ?? "not-installed"}' with no pending triggers)`);
        yield* processTriggers(run, words.pending || names.length === 0 ? undefined : names);
        yield* database.write(sys);
        if (unready.length === 0) return 0;
        yield* run.complain(`Errors were encountered while processing:\n${unready.map((name) => ` ${name}\n`).join("")}`);
        return 1;
      }
      case "--compare-versions": {
        const given = argv.slice(argv.indexOf("--compare-versions") + 1).filter((word, at) => at > 0 || word !== "--");
        const [a = "", relation = "", b = ""] = given;
        if (given.length !== 3) {
          yield* problem(sys, `--compare-versions takes three arguments: <version> <relation> <version>${HINT}`);
          return 2;
        }
        const test = RELATIONS.get(relation);
        if (test === undefined) {
          yield* problem(sys, `--compare-versions bad relation${HINT}`);
          return 2;
        }
        if (OBSOLETE.has(relation)) yield* io.stderr(`dpkg: warning: --compare-versions used with obsolete relation operator '${relation}'\n`);
        for (const version of [a, b]) {
          const bad = badVersion(version);
          if (bad === undefined) continue;
          const text = `version '${version}' has bad syntax: ${bad.why}`;
          if (bad.isFatal) {
            yield* problem(sys, text);
            return 2;
          }
          yield* io.stderr(`dpkg: warning: ${text}\n`);
        }
        // no version is later than any with -nl, and sooner without
        if (relation.endsWith("-nl") && (a === "" || b === "") && a !== b) return test(a === "" ? 1 : -1) ? 0 : 1;
        return test(compareVersions(a, b)) ? 0 : 1;
      }
      case "--validate-pkgname":
      case "--validate-archname":
      case "--validate-trigname":
      case "--validate-version": {
        const kind = option.slice("--validate-".length);
        const [name, extra] = argv.slice(argv.indexOf(option) + 1);
        if (name === undefined || extra !== undefined) {
          yield* problem(sys, `${option} takes one <${kind}> argument${HINT}`);
          return 2;
        }
        const bad = kind === "version" && name !== "" ? badVersion(name) : undefined;
        if (bad?.isFatal === true) {
          yield* problem(sys, `version '${name}' has bad syntax: ${bad.why}`);
          return 2;
        }
        const wrong = invalidName(kind, name);
        if (wrong === undefined) return 0;
        if (kind !== "version") yield* problem(sys, `${kind === "archname" ? "architecture" : kind === "trigname" ? "trigger" : "package"} name '${name}' is invalid: ${wrong}`);
        else if (name === "") yield* problem(sys, `version '${name}' has bad syntax: ${wrong}`);
        else yield* io.stderr(`dpkg: warning: version '${name}' has bad syntax: ${wrong}\n`);
        return kind === "version" && name !== "" ? 1 : 2;
      }
      case "--yet-to-unpack":
        return 0;
      case "--predep-package":
        return 1;
      case "-Dhelp":
        io.out.put(`dpkg debugging option, --debug=<octal> or -D<octal>:\n\n Number  Ref. in source   Description\n${DEBUG_FLAGS.map(([number, name, text]) => `${number.padStart(7)}  ${name.padEnd(15)}  ${text}\n`).join("")}\nDebugging options can be mixed using bitwise-or.\nNote that the meanings and values are subject to change.\n`);
        return 0;
      case "--print-architecture":
        if (names.length > 0) {
          yield* problem(sys, `--print-architecture takes no arguments${HINT}`);
          return 2;
        }
        io.out.put("amd64\n");
        return 0;
      case "--print-foreign-architectures":
        for (const line of (yield* readFile(sys, `${DPKG}/arch`)).split("\n")) if (line !== "" && line !== "amd64") io.out.put(`${line}\n`);
        return 0;
      case "--add-architecture":
      case "--remove-architecture": {
        const [name] = names;
        if (name === undefined) {
          yield* problem(sys, `${option} takes exactly one argument${HINT}`);
          return 2;
        }
        if (sys.getcred().euid !== 0) {
          yield* problem(sys, "required read/write access to the dpkg database directory /var/lib/dpkg");
          return 2;
        }
        const all = (yield* readFile(sys, `${DPKG}/arch`)).split("\n").filter((line) => line !== "");
        const stray = /[^A-Za-z0-9-]/.exec(name)?.[0];
        if (option === "--add-architecture" && stray !== undefined) {
          yield* problem(sys, `architecture '${name}' is illegal: character '${stray}' not allowed (only letters, digits and characters '-')`);
          return 2;
        }
        if (option === "--remove-architecture" && (name === "amd64" || !all.includes(name))) {
          yield* io.stderr(`dpkg: warning: cannot remove non-foreign architecture '${name}'\n`);
          return 0;
        }
        if (name === "amd64") return 0;
        const known = all.filter((line) => line !== name);
        const fd = yield* sys.open(`${DPKG}/arch`, 0o1001, 0o644);
        yield* sys.write(fd, encode(`${[...known, ...(option === "--add-architecture" ? [name] : [])].join("\n")}\n`));
        sys.close(fd);
        return 0;
      }
      case "--force-help":
        io.say(`dpkg forcing options - control behaviour when problems found:\n  warn but continue:  --force-<thing>,<thing>,...\n  stop with error:    --refuse-<thing>,<thing>,... | --no-force-<thing>,...\n Forcing things:\n${forces.map(([name, mark, what]) => `  ${mark === " " ? "   " : `[${mark}]`} ${name.padEnd(18)} ${what}\n`).join("")}\nOptions marked [!] can do great harm; those marked [*] are on by default.\n\nCurrently enabled options:\n ${forces.map(([name]) => name).filter((name) => name !== "all" && words.forced.has(name)).join(",")}\n`);
        return 0;
      case "--version":
        io.out.put("Debian 'dpkg' package management program version 1.21.22 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n");
        return 0;
      case "-W":
        return yield* show(sys, names, "${binary:Package}\t${Version}\n");
      case "":
        yield* problem(sys, translated(sys, "dpkg", `need an action option${HINT}`));
        return 2;
      default:
        if (option.startsWith("--assert-")) {
          if (ASSERTIONS.has(option.slice(9))) return 0;
          yield* problem(sys, `unknown --assert-<feature>${HINT}`);
          return 2;
        }
        yield* problem(sys, `unknown option ${option.startsWith("--") ? option : `-${option.charAt(1)}`}${HINT}`);
        return 2;
    }
  },
);
