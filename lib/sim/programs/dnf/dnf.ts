// dnf 4.14 on Debian: repositories of *.repo files, what they hold, what rpm's own database holds, removals and their history (dnf(8)). Debian's own
// packages are none of rpm's: what a package of a repository needs is as a rule not there, and dnf says so.

import { type Blocking, encode, O, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Installed, readDatabase, writeDatabase } from "../rpm/_database.ts";
import { removeFiles, runScript } from "../rpm/_transaction.ts";
import { TAG } from "../rpm2cpio/_rpm-file.ts";
import { cachedAtUs, cachedPackages, cleanCache, fetchMetadata, MetadataError, readRepositories, type Repository, type RepositoryPackage } from "./_repository.ts";

const HISTORY = "/var/lib/dnf/history.json";
const LINE = "=".repeat(80);
const NONE_ENABLED = 'There are no enabled repositories in "/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d".';
/** metadata_expire: 48 hours */
const EXPIRE_US = 172_800e6;

interface Entry {
  readonly id: number;
  readonly command: string;
  readonly atUs: number;
  readonly action: string;
  readonly packages: readonly string[];
}

interface Shown {
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  readonly release: string;
  readonly repository: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly license: string;
  readonly source: string;
  readonly sizeBytes: number;
  readonly files: readonly string[];
}

function shownOf({ header }: Installed): Shown {
  const value = (tag: number): string => header.text(tag) ?? "";
  return { name: value(TAG.NAME), architecture: value(TAG.ARCH), version: value(TAG.VERSION), release: value(TAG.RELEASE), repository: "@System", summary: value(TAG.SUMMARY), description: value(TAG.DESCRIPTION), url: value(TAG.URL), license: value(TAG.LICENSE), source: value(TAG.SOURCERPM), sizeBytes: header.numbers(TAG.SIZE)[0] ?? 0, files: header.fileNames };
}

const nevra = (one: Shown | RepositoryPackage): string => `${one.name}-${one.version}-${one.release}.${one.architecture}`;
const sized = (bytes: number): string => (bytes < 1024 ? `${bytes}  ` : bytes < 1024 * 1024 ? `${bytes / 1024 < 9.95 ? (bytes / 1024).toFixed(1) : Math.round(bytes / 1024)} k` : `${(bytes / 1024 / 1024).toFixed(1)} M`);

/** "992  B", "3.0 kB" */
const rated = (bytes: number): string => (bytes < 1000 ? `${bytes}  B` : `${(bytes / 1000).toFixed(1)} kB`).padStart(7);

/** Of a name, NAME.ARCH, NAME-VERSION…, or a glob of them. */
function matches(word: string): (one: Shown | RepositoryPackage) => boolean {
  const test = compileFnmatch(word);
  return (one) => [one.name, `${one.name}.${one.architecture}`, `${one.name}-${one.version}`, `${one.name}-${one.version}-${one.release}`, nevra(one)].some(test);
}

function* readHistory(sys: Sys): Blocking<readonly Entry[]> {
  const source = yield* readTextFile(sys, HISTORY);
  return (source ?? "").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Entry);
}

/** Three columns that fill eighty letters: what is left over goes behind the first two. */
function listing(head: string, packages: readonly Shown[]): string {
  if (packages.length === 0) return "";
  const rows = packages.map((one) => [`${one.name}.${one.architecture}`, `${one.version}-${one.release}`, one.repository] as const);
  const widest = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const left = Math.max(2, 80 - widest(0) - widest(1) - widest(2));
  const gap = Math.floor(left / 2);
  return `${head} Packages\n${rows.map((row) => `${row[0].padEnd(widest(0) + gap)}${row[1].padEnd(widest(1) + left - gap)}${row[2]}\n`).join("")}`;
}

function information(one: Shown): string {
  const rows = [["Name", one.name], ["Version", one.version], ["Release", one.release], ["Architecture", one.architecture], ["Size", sized(one.sizeBytes)], ["Source", one.source], ["Repository", one.repository], ["Summary", one.summary], ["URL", one.url], ["License", one.license], ["Description", one.description.split("\n").join(`\n${" ".repeat(13)}: `)]] as const;
  return `${rows.map(([name, value]) => `${name.padEnd(13)}: ${value}\n`).join("")}\n`;
}

class Session {
  readonly io: Io;
  readonly repositories: readonly Repository[];
  readonly #refresh: boolean;

  constructor(io: Io, repositories: readonly Repository[], refresh: boolean) {
    this.io = io;
    this.repositories = repositories;
    this.#refresh = refresh;
  }

  get enabled(): readonly Repository[] {
    return this.repositories.filter((one) => one.enabled);
  }

  /** Fetches what is not there or old, says how old the rest is. */
  *packages(always = false): Blocking<readonly RepositoryPackage[]> {
    const { io } = this;
    const { sys } = io;
    const found: RepositoryPackage[] = [];
    let oldestUs: number | undefined;
    const ignored: string[] = [];
    for (const one of this.enabled) {
      const atUs = cachedAtUs(sys, one);
      if (always || this.#refresh || atUs === undefined || sys.clockUs("realtime") - atUs > EXPIRE_US) {
        try {
          const bytes = yield* fetchMetadata(sys, one);
          io.out.put(`${one.name.slice(0, 40).padEnd(45)} ${rated(bytes)}/s | ${rated(bytes)}     00:00    \n`);
        } catch (error) {
          if (!(error instanceof MetadataError)) throw error;
          io.out.put(`${one.name.slice(0, 40).padEnd(45)}   0.0  B/s |   0  B     00:00    \n`);
          yield* io.stderr(`Errors during downloading metadata for repository '${one.id}':\n  - ${error.message}\nError: Failed to download metadata for repo '${one.id}': Cannot download repomd.xml: Cannot download repodata/repomd.xml: All mirrors were tried\n`);
          ignored.push(one.id);
          continue;
        }
      } else oldestUs = Math.min(oldestUs ?? atUs, atUs);
      found.push(...(yield* cachedPackages(sys, one)));
    }
    if (ignored.length > 0) yield* io.stderr(`Ignoring repositories: ${ignored.join(", ")}\n`);
    if (oldestUs !== undefined) {
      const seconds = Math.floor((sys.clockUs("realtime") - oldestUs) / 1e6);
      io.say(`Last metadata expiration check: ${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")} ago on ${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(yield* readZone(sys), oldestUs))}.\n`);
    }
    return found;
  }
}

const NOTHING = "Dependencies resolved.\nNothing to do.\nComplete!\n";

function* confirmed(io: Io, yes: boolean, no: boolean): Blocking<boolean> {
  if (yes) return true;
  io.say("Is this ok [y/N]: ");
  yield* io.out.flush();
  const line = no ? "n" : yield* io.stdin.line();
  if (line !== undefined && /^y(?:es)?$/i.test(line.trim())) return true;
  io.say("Operation aborted.\n");
  return false;
}

function removalTable(chosen: readonly Installed[]): string {
  const rows = chosen.map(shownOf);
  const count = rows.length;
  return `Dependencies resolved.\n${LINE}\n Package          Architecture      Version            Repository          Size\n${LINE}\nRemoving:\n${rows.map((one) => ` ${one.name.padEnd(16)} ${one.architecture.padEnd(17)} ${`${one.version}-${one.release}`.padEnd(18)} ${one.repository.padEnd(15)} ${sized(one.sizeBytes).padStart(8)}\n`).join("")}\nTransaction Summary\n${LINE}\nRemove  ${count} Package${count === 1 ? "" : "s"}\n\nFreed space: ${sized(rows.reduce((sum, one) => sum + one.sizeBytes, 0))}\n`;
}

const step = (what: string, name: string, at: number, total: number): string => `${`  ${what.padEnd(16)} : ${name}`.padEnd(74)}${`${at}/${total}`.padStart(5)} \n`;

function* remove(io: Io, words: readonly string[], yes: boolean, no: boolean, command: string): Blocking<number> {
  const { sys } = io;
  const directory = `${sys.environment.get("HOME") ?? "/root"}/.rpmdb`;
  const installed = yield* readDatabase(sys, directory);
  const chosen: Installed[] = [];
  for (const word of words) {
    const test = matches(word);
    const hits = installed.filter((one) => test(shownOf(one)));
    if (hits.length === 0) yield* io.stderr(`No match for argument: ${word}\n`);
    chosen.push(...hits);
  }
  if (chosen.length === 0) {
    io.say(`No packages marked for removal.\n${NOTHING}`);
    return 0;
  }
  io.out.put(removalTable(chosen));
  if (!(yield* confirmed(io, yes, no))) return 1;
  io.say("Running transaction check\nTransaction check succeeded.\nRunning transaction test\nTransaction test succeeded.\nRunning transaction\n");
  io.out.put(step("Preparing", "", 1, 1));
  const left = installed.filter((one) => !chosen.includes(one));
  const names = chosen.map((one) => nevra(shownOf(one)));
  for (const [at, one] of chosen.entries()) {
    yield* runScript(sys, one.header.text(TAG.PREUN), 0);
    io.out.put(step("Erasing", names[at] ?? "", at + 1, chosen.length));
    for (const warning of yield* removeFiles(sys, one.header, left.map((other) => other.header), "")) yield* io.stderr(`${warning}\n`);
    yield* runScript(sys, one.header.text(TAG.POSTUN), 0);
  }
  for (const [at, name] of names.entries()) io.out.put(step("Verifying", name, at + 1, names.length));
  yield* writeDatabase(sys, directory, left);
  const history = yield* readHistory(sys);
  const entry: Entry = { id: (history.at(-1)?.id ?? 0) + 1, command, atUs: sys.clockUs("realtime"), action: "Removed", packages: names };
  const fd = yield* sys.open(HISTORY, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
  yield* sys.write(fd, encode(`${JSON.stringify(entry)}\n`));
  sys.close(fd);
  io.out.put(`\nRemoved:\n${names.map((name) => `  ${name.padEnd(78)}\n`).join("")}\nComplete!\n`);
  return 0;
}

function* install(session: Session, words: readonly string[]): Blocking<number> {
  const { io } = session;
  if (session.enabled.length === 0) {
    yield* io.stderr(`Error: ${NONE_ENABLED}\n`);
    return 1;
  }
  const offered = yield* session.packages();
  const installed = (yield* readDatabase(io.sys, `${io.sys.environment.get("HOME") ?? "/root"}/.rpmdb`)).map((one) => ({ shown: shownOf(one), given: new Set([...one.header.strings(TAG.PROVIDENAME), ...one.header.fileNames]) }));
  const lost: string[] = [];
  const chosen: RepositoryPackage[] = [];
  for (const word of words) {
    const test = matches(word);
    const there = installed.find((one) => test(one.shown));
    const hit = offered.find(test);
    if (there !== undefined) io.say(`Package ${nevra(there.shown)} is already installed.\n`);
    else if (hit === undefined) {
      yield* io.stderr(`No match for argument: ${word}\n`);
      lost.push(word);
    } else chosen.push(hit);
  }
  if (lost.length > 0) {
    yield* io.stderr(`Error: Unable to find a match: ${lost.join(" ")}\n`);
    return 1;
  }
  const given = new Set([...installed.flatMap((one) => [...one.given]), ...offered.flatMap((one) => [...one.provides, ...one.files])]);
  for (const one of chosen) {
    const missing = one.requires.find((name) => !given.has(name) && !name.startsWith("config("));
    if (missing === undefined) continue;
    yield* io.stderr(`Error: \n Problem: conflicting requests\n  - nothing provides ${missing} needed by ${nevra(one)}\n(try to add '--skip-broken' to skip uninstallable packages)\n`);
    return 1;
  }
  if (chosen.length === 0) {
    io.out.put(NOTHING);
    return 0;
  }
  yield* io.stderr(`Error: ${chosen.map(nevra).join(", ")}: packages of dnf are installed here by rpm -i only\n`);
  return 1;
}

function* history(io: Io, words: readonly string[]): Blocking<number> {
  const entries = yield* readHistory(io.sys);
  const zone = yield* readZone(io.sys);
  if (words[0] === "info") {
    const one = words[1] === undefined || words[1] === "last" ? entries.at(-1) : entries.find((entry) => String(entry.id) === words[1]);
    if (one === undefined) {
      yield* io.stderr("No transactions\nError: Failed history info\n");
      return 1;
    }
    const time = strftime("%a %b %e %H:%M:%S %Y", civilAtUs(zone, one.atUs));
    io.say(`Transaction ID : ${one.id}\nBegin time     : ${time}\nEnd time       : ${time} (0 seconds)\nUser           : root <root>\nReturn-Code    : Success\nCommand Line   : ${one.command}\nComment        : \nPackages Altered:\n${one.packages.map((name) => `    ${one.action} ${name} @@System\n`).join("")}`);
    return 0;
  }
  io.out.put("ID     | Command line             | Date and time    | Action(s)      | Altered\n-------------------------------------------------------------------------------\n");
  for (const one of [...entries].reverse()) io.out.put(`${String(one.id).padStart(6)} | ${one.command.slice(0, 24).padEnd(24)} | ${strftime("%Y-%m-%d %H:%M", civilAtUs(zone, one.atUs))} | ${one.action.padEnd(14)} | ${String(one.packages.length).padStart(4)}   \n`);
  return 0;
}

export default gnu({
  name: "dnf", manSection: 8, summary: "install packages of rpm from repositories", synopsis: ["[OPTION]... COMMAND [ARGUMENT]..."], operands: "packages", project: "dnf", version: "4.14.0", versionText: "4.14.0\n",
  description: ["Commands: repolist, search, info, list, provides, repoquery, install, remove, upgrade, check-update, history, makecache, clean.", "Repositories are sections of files in /etc/yum.repos.d that end in .repo: [id], name=, baseurl=, enabled=. A Debian machine has none; one to practise with is at http://mirror.lan/rpm. What a package of it needs (/bin/sh) belongs to dpkg and not to rpm, so that dnf refuses to install it, as the real one does."],
  options: {
    yes: flag(["-y", "--assumeyes"], "ask nothing, the answer is yes"), no: flag(["--assumeno"], "answer no to all questions"), quiet: flag(["-q", "--quiet"], "say less"), verbose: flag(["-v", "--verbose"], "say more"), release: text(["--releasever"], "RELEASE", "the value of $releasever"), refresh: flag(["--refresh"], "fetch metadata anew"),
    enable: texts(["--enablerepo"], "REPO", "use this repository too"), disable: texts(["--disablerepo"], "REPO", "leave this repository aside"), only: texts(["--repo", "--repoid"], "REPO", "use this repository only"), showDuplicates: flag(["--showduplicates"], "show every version"), noCheck: flag(["--nogpgcheck"], "check no signatures"),
  },
  usageStatus: 1, exitStatuses: [["0", "it was done"], ["1", "it could not be done"], ["100", "check-update: there are updates"]], seeAlso: ["rpm(8)", "apt(8)"],
  *run({ options, operands, sys }, io: Io) {
    const [command, ...words] = operands;
    if (options.release === undefined) yield* io.stderr("Unable to detect release version (use '--releasever' to specify release version)\n");
    const selected = (list: readonly string[], id: string): boolean => list.some((given) => given.split(",").some((pattern) => compileFnmatch(pattern)(id)));
    const repositories = (yield* readRepositories(sys, options.release)).map((one): Repository => ({ ...one, enabled: options.only.length > 0 ? selected(options.only, one.id) : (one.enabled || selected(options.enable, one.id)) && !selected(options.disable, one.id) }));
    const session = new Session(io, repositories, options.refresh);
    const installedNow = function* (): Blocking<readonly Shown[]> {
      return (yield* readDatabase(sys, `${sys.environment.get("HOME") ?? "/root"}/.rpmdb`)).map(shownOf);
    };
    switch (command) {
      case undefined:
        yield* io.stderr("usage: dnf [options] COMMAND\n");
        return 0;
      case "repolist": {
        const every = words[0] === "all" || words[0] === "disabled";
        const list = repositories.filter((one) => (words[0] === "disabled" ? !one.enabled : every || one.enabled));
        if (repositories.length === 0) io.say("No repositories available\n");
        else if (list.length > 0) io.out.put(every ? `${"repo id".padEnd(30)} ${"repo name".padEnd(40)} status\n${list.map((one) => `${one.id.padEnd(30)} ${one.name.padEnd(40)} ${one.enabled ? "enabled" : "disabled"}\n`).join("")}` : `${"repo id".padEnd(35)} repo name\n${list.map((one) => `${one.id.padEnd(35)} ${one.name}\n`).join("")}`);
        return 0;
      }
      case "search": {
        const word = (words[0] ?? "").toLowerCase();
        const found = new Map([...(yield* session.packages()), ...(yield* installedNow())].filter((one) => words.length > 0 && words.every((each) => `${one.name} ${one.summary}`.toLowerCase().includes(each.toLowerCase()))).map((one) => [`${one.name}.${one.architecture}`, one] as const));
        if (found.size === 0) {
          yield* io.stderr("No matches found.\n");
          return 0;
        }
        const named = [...found.values()].some((one) => one.name.toLowerCase().includes(word));
        const head = ` ${named ? "Name & Summary" : "Summary"} Matched: ${words.join(", ")} `;
        io.out.put(`${"=".repeat(Math.floor((80 - head.length) / 2))}${head}${"=".repeat(Math.ceil((80 - head.length) / 2))}\n${[...found].map(([name, one]) => `${name} : ${one.summary}\n`).join("")}`);
        return 0;
      }
      case "info":
      case "list": {
        const which = ["installed", "available", "updates", "all"].includes(words[0] ?? "") ? (words[0] ?? "all") : "all";
        const names = which === words[0] ? words.slice(1) : words;
        const tests = names.map(matches);
        const wanted = (one: Shown | RepositoryPackage): boolean => tests.length === 0 || tests.some((test) => test(one));
        const offered = which === "installed" ? [] : yield* session.packages();
        const installed = (yield* installedNow()).filter(wanted);
        const known = new Set(installed.map(nevra));
        const available = offered.filter((one) => wanted(one) && !known.has(nevra(one)));
        if (installed.length + available.length === 0 && names.length > 0) {
          yield* io.stderr("Error: No matching Packages to list\n");
          return 1;
        }
        const show = (head: string, list: readonly Shown[]): string => (command === "list" ? listing(head, list) : list.length === 0 ? "" : `${head} Packages\n${list.map(information).join("")}`);
        io.out.put(`${which === "available" ? "" : show("Installed", installed)}${show("Available", available)}`);
        return 0;
      }
      case "provides":
      case "whatprovides": {
        const found = [...(yield* session.packages()), ...(yield* installedNow())].flatMap((one) => one.files.filter((file) => words.some((word) => compileFnmatch(word)(file))).map((file) => `${nevra(one)} : ${one.summary}\nRepo        : ${one.repository}\nMatched from:\nFilename    : ${file}\n\n`));
        if (found.length === 0) {
          yield* io.stderr('Error: No matches found. If searching for a file, try specifying the full path or using a wildcard prefix ("*/") at the beginning.\n');
          return 1;
        }
        io.out.put(found.join(""));
        return 0;
      }
      case "repoquery": {
        const tests = words.map(matches);
        for (const one of yield* session.packages()) if (tests.length === 0 || tests.some((test) => test(one))) io.out.put(`${one.name}-0:${one.version}-${one.release}.${one.architecture}\n`);
        return 0;
      }
      case "install": return yield* install(session, words);
      case "remove":
      case "erase": return yield* remove(io, words, options.yes, options.no, [...(options.yes ? ["-y"] : []), command, ...words].join(" "));
      case "update":
      case "upgrade":
      case "check-update":
      case "grouplist":
        if (session.enabled.length === 0) {
          yield* io.stderr(`Error: ${NONE_ENABLED}\n`);
          return 1;
        }
        yield* session.packages();
        if (command === "update" || command === "upgrade") io.out.put(NOTHING);
        return 0;
      case "makecache":
        if (session.enabled.length === 0) yield* io.stderr(`${NONE_ENABLED}\n`);
        else {
          yield* session.packages(true);
          io.say("Metadata cache created.\n");
        }
        return 0;
      case "clean":
        io.say(`${cleanCache(sys)} files removed\n`);
        return 0;
      case "history": return yield* history(io, words);
      default:
        yield* io.stderr(`No such command: ${command}. Please use /usr/bin/dnf --help\nIt could be a DNF plugin command, try: "dnf install 'dnf-command(${command})'"\n`);
        return 1;
    }
  },
});
