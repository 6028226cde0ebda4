// apt and apt-get: their commands, with the lines that both print. (One file: the two programs share every line but a few.)

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { DpkgDatabase, DPKG, readFile, takeLock, writeFile } from "../kit/debian/dpkg-database.ts";
import { observeEmptyPackage } from "../kit/debian/unsimulated-package.ts";
import { buildCache, cacheExists, dropCache } from "./_cache.ts";
import { fetch, FetchError, say, sizeText, transfer } from "./_download.ts";
import { type Candidate, listName, LISTS, readCandidates, readSources } from "./_lists.ts";
import { type Plan, Resolver, Unmet, unneeded } from "./_resolve.ts";
import { messageLanguage, translated } from "../kit/messages/translate.ts";

export interface AptOptions {
  readonly yes: boolean;
  readonly simulate: boolean;
  readonly quiet: number;
  readonly recommends: boolean;
  readonly reinstall: boolean;
  readonly purge: boolean;
  readonly downloadOnly: boolean;
  /** --allow-change-held-packages */
  readonly changeHeld: boolean;
  /** apt rather than apt-get */
  readonly friendly: boolean;
}

const ARCHIVES = "/var/cache/apt/archives";
const EXTENDED = "/var/lib/apt/extended_states";
const FAILED = 100;

function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch {
    return false;
  }
}

export function* problem(sys: Sys, friendly: boolean, text: string, letter: "E" | "W" | "N" = "E"): Blocking<void> {
  const colour = friendly && isTerminal(sys, 2) ? (letter === "E" ? "\x1b[1;31m" : "\x1b[1;33m") : "";
  yield* sys.write(2, encode(translated(sys, "apt", colour === "" ? `${letter}: ${text}\n` : `${colour}${letter}: \x1b[0m${text}\n`)));
}

/** "  a b c" wrapped at the terminal's width. */
function columns(sys: Sys, names: readonly string[]): string {
  let width = Number(sys.environment.get("COLUMNS")) || 80;
  try {
    if (sys.isatty(1)) width = sys.getWindowSize(1).cols;
  } catch {
    // not a terminal
  }
  let text = "";
  let line = " ";
  for (const name of names) {
    if (line.length + 1 + name.length > width - 1 && line !== " ") {
      text += `${line}\n`;
      line = " ";
    }
    line += ` ${name}`;
  }
  return `${text}${line}\n`;
}

export function* readingLines(sys: Sys, quiet: number): Blocking<void> {
  if (sys.getcred().euid === 0 && !cacheExists(sys)) yield* buildCache(sys, (yield* readCandidates(sys)).size);
  if (quiet >= 2) return;
  yield* say(sys, "Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n");
}

/** Who has the file open: apt asks the kernel for the owner of the lock, which is the one that opened it. */
function* holderOf(sys: Sys, path: string): Blocking<{ readonly pid: number; readonly name: string } | undefined> {
  for (const { name } of sys.readdir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === sys.getpid()) continue;
    try {
      if (sys.readdir(`/proc/${name}/fd`).some((fd) => /^\d+$/.test(fd.name) && sys.readlink(`/proc/${name}/fd/${fd.name}`) === path)) return { pid: Number(name), name: (yield* readFile(sys, `/proc/${name}/comm`)).trim() };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

function* lockOrSay(sys: Sys, options: AptOptions, path: string, last: string): Blocking<boolean> {
  try {
    if (yield* takeLock(sys, path)) return true;
    const holder = yield* holderOf(sys, path);
    yield* problem(sys, options.friendly, `Could not get lock ${path}.${holder === undefined ? "" : ` It is held by process ${holder.pid} (${holder.name})`}`);
    yield* problem(sys, options.friendly, "Be aware that removing the lock file is not a solution and may break your system.", "N");
    yield* problem(sys, options.friendly, last.replace("are you root?", "is another process using it?"));
    return false;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* problem(sys, options.friendly, `Could not open lock file ${path} - open (13: Permission denied)`);
  }
  yield* problem(sys, options.friendly, last);
  return false;
}

export function* update(sys: Sys, options: AptOptions): Blocking<number> {
  if (sys.getcred().euid !== 0) yield* say(sys, "Reading package lists... Done\n");
  if (!(yield* lockOrSay(sys, options, `${LISTS}/lock`, `Unable to lock directory ${LISTS}/`))) return FAILED;
  const startUs = sys.clockUs("monotonic");
  const done = new Set<string>();
  let number = 1;
  let fetched = 0;
  const failures: string[] = [];
  for (const source of yield* readSources(sys)) {
    const release = listName(source, "InRelease");
    const shown = `${source.url} ${source.suite}`;
    try {
      if (!done.has(release)) {
        done.add(release);
        const body = yield* fetch(sys, `${source.url}/dists/${source.suite}/InRelease`);
        const before = yield* readFile(sys, `${LISTS}/${release}`);
        const packages = yield* readFile(sys, `${LISTS}/${listName(source, "Packages")}`);
        if (before === decode(body) && (packages !== "" || source.suite !== "bookworm")) {
          yield* say(sys, `Hit:${number++} ${shown} InRelease\n`);
          continue;
        }
        yield* say(sys, `Get:${number++} ${shown} InRelease [${sizeText(body.length)}]\n`);
        fetched += body.length;
        const index = yield* fetch(sys, `${source.url}/dists/${source.suite}/${source.component}/binary-amd64/Packages`);
        yield* transfer(sys, index.length);
        if (index.length > 0) yield* say(sys, `Get:${number++} ${shown}/${source.component} amd64 Packages [${sizeText(index.length)}]\n`);
        fetched += index.length;
        yield* writeFile(sys, `${LISTS}/${release}`, decode(body));
        yield* writeFile(sys, `${LISTS}/${listName(source, "Packages")}`, decode(index));
      }
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      yield* say(sys, `Err:${number++} ${shown} InRelease\n  ${error.message}\n`);
      failures.push(`Failed to fetch ${source.url}/dists/${source.suite}/InRelease  ${error.message}`);
    }
  }
  if (fetched > 0) {
    const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
    yield* say(sys, `Fetched ${sizeText(fetched)} in ${seconds}s (${sizeText(Math.round(fetched / seconds))}/s)\n`);
  }
  yield* say(sys, "Reading package lists... Done\n");
  if (options.friendly) {
    yield* say(sys, "Building dependency tree... Done\nReading state information... Done\n");
    const count = upgradable(yield* DpkgDatabase.read(sys), yield* readCandidates(sys)).length;
    yield* say(sys, count === 0 ? "All packages are up to date.\n" : `${count} package${count === 1 ? "" : "s"} can be upgraded. Run 'apt list --upgradable' to see ${count === 1 ? "it" : "them"}.\n`);
  }
  for (const failure of failures) yield* problem(sys, options.friendly, failure, "W");
  if (failures.length > 0) yield* problem(sys, options.friendly, "Some index files failed to download. They have been ignored, or old ones used instead.", "W");
  return 0;
}

export function upgradable(database: DpkgDatabase, candidates: ReadonlyMap<string, Candidate>): string[] {
  return [...database.packages.keys()].filter((name) => {
    const installed = database.version(name);
    const offered = candidates.get(name)?.paragraph.get("Version");
    return database.installed(name) && installed !== undefined && offered !== undefined && compareVersions(offered, installed) > 0;
  }).sort();
}

function isHeld(database: DpkgDatabase, name: string): boolean {
  return (database.packages.get(name)?.get("Status") ?? "").startsWith("hold ");
}

export function* automaticPackages(sys: Sys): Blocking<Set<string>> {
  const names = new Set<string>();
  for (const paragraph of (yield* readFile(sys, EXTENDED)).split("\n\n")) if (/^Auto-Installed: 1$/m.test(paragraph)) names.add(/^Package: (.*)$/m.exec(paragraph)?.[1] ?? "");
  return names;
}

export function* writeAutomatic(sys: Sys, names: ReadonlySet<string>): Blocking<void> {
  yield* writeFile(sys, EXTENDED, [...names].sort().map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`).join("\n"));
}

function* confirmed(sys: Sys): Blocking<boolean> {
  yield* say(sys, "Do you want to continue? [Y/n] ");
  let line = "";
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined || byte === 10) break;
    line += String.fromCharCode(byte);
  }
  if (line === "" || (messageLanguage(sys) === "fr" ? /^[oy]/i : /^y/i).test(line)) return true;
  yield* say(sys, "Abort.\n");
  return false;
}

function* runDpkg(sys: Sys, args: readonly string[]): Blocking<number> {
  const pid = sys.fork(function* (child) {
    return yield* child.exec("/usr/bin/dpkg", ["dpkg", ...args], new Map([...child.environment, ["DPKG_FRONTEND_LOCKED", "true"]]));
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

/** Says what will be done, asks, downloads, and lets dpkg do it. */
function* execute(sys: Sys, options: AptOptions, plan: Plan, database: DpkgDatabase, candidates: ReadonlyMap<string, Candidate>, asked: readonly string[]): Blocking<number> {
  const automatic = yield* automaticPackages(sys);
  const idle = unneeded(database, automatic, plan.remove);
  if (idle.length > 0 && plan.remove.every((name) => !idle.includes(name))) {
    yield* say(sys, `The following package${idle.length === 1 ? " was" : "s were"} automatically installed and ${idle.length === 1 ? "is" : "are"} no longer required:\n${columns(sys, idle)}Use '${sys.environment.has("SUDO_USER") ? "sudo " : ""}apt autoremove' to remove ${idle.length === 1 ? "it" : "them"}.\n`);
  }
  const sorted = (names: readonly string[]) => [...names].sort();
  const additional = sorted([...plan.install, ...plan.upgrade].filter((name) => !asked.includes(name)));
  if (additional.length > 0 && plan.install.length + plan.upgrade.length > asked.length) yield* say(sys, `The following additional packages will be installed:\n${columns(sys, additional)}`);
  if (plan.suggested.length > 0) yield* say(sys, `Suggested packages:\n${columns(sys, sorted(plan.suggested))}`);
  if (plan.recommended.length > 0) yield* say(sys, `Recommended packages:\n${columns(sys, sorted(plan.recommended))}`);
  if (plan.remove.length > 0) yield* say(sys, `The following packages will be REMOVED:\n${columns(sys, sorted(plan.remove).map((name) => `${name}${options.purge ? "*" : ""}`))}`);
  if (plan.install.length > 0) yield* say(sys, `The following NEW packages will be installed:\n${columns(sys, sorted(plan.install))}`);
  if (plan.upgrade.length > 0) yield* say(sys, `The following packages will be upgraded:\n${columns(sys, sorted(plan.upgrade))}`);
  const held = sorted([...plan.remove, ...plan.upgrade, ...plan.reinstall].filter((name) => isHeld(database, name)));
  if (held.length > 0) yield* say(sys, `The following held packages will be changed:\n${columns(sys, held)}`);
  const essential = plan.remove.filter((name) => database.packages.get(name)?.get("Essential") === "yes");
  if (essential.length > 0) yield* say(sys, `WARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!\n${columns(sys, essential)}`);
  const waiting = upgradable(database, candidates).filter((name) => !plan.upgrade.includes(name)).length;
  yield* say(sys, `${plan.upgrade.length} upgraded, ${plan.install.length} newly installed, ${plan.reinstall.length > 0 ? `${plan.reinstall.length} reinstalled, ` : ""}${plan.remove.length} to remove and ${waiting} not upgraded.\n`);
  const fetching = [...plan.install, ...plan.upgrade, ...plan.reinstall];
  if (fetching.length + plan.remove.length === 0) return 0;
  const field = (name: string, key: string) => Number(candidates.get(name)?.paragraph.get(key) ?? 0);
  const cached = new Set<string>();
  const archiveOf = (name: string) => `${ARCHIVES}/${name}_${(candidates.get(name)?.paragraph.get("Version") ?? "").replaceAll(":", "%3a")}_${candidates.get(name)?.paragraph.get("Architecture") ?? "amd64"}.deb`;
  for (const name of fetching) {
    try {
      sys.stat(archiveOf(name));
      cached.add(name);
    } catch {
      // not downloaded yet
    }
  }
  const total = fetching.reduce((sum, name) => sum + field(name, "Size"), 0);
  const needed = fetching.filter((name) => !cached.has(name)).reduce((sum, name) => sum + field(name, "Size"), 0);
  if (fetching.length > 0) yield* say(sys, needed === total ? `Need to get ${sizeText(needed)} of archives.\n` : `Need to get ${sizeText(needed)}/${sizeText(total)} of archives.\n`);
  const space = (plan.install.reduce((sum, name) => sum + field(name, "Installed-Size"), 0) + plan.upgrade.reduce((sum, name) => sum + field(name, "Installed-Size") - Number(database.packages.get(name)?.get("Installed-Size") ?? 0), 0) - plan.remove.reduce((sum, name) => sum + Number(database.packages.get(name)?.get("Installed-Size") ?? 0), 0)) * 1024;
  yield* say(sys, space >= 0 ? `After this operation, ${sizeText(space)} of additional disk space will be used.\n` : `After this operation, ${sizeText(-space)} disk space will be freed.\n`);
  if (essential.length > 0) {
    yield* problem(sys, options.friendly, "Removing essential system-critical packages is not permitted. This might break the system.");
    return FAILED;
  }
  if (held.length > 0 && options.yes && !options.changeHeld && !options.simulate) {
    yield* problem(sys, options.friendly, "Held packages were changed and -y was used without --allow-change-held-packages.");
    return FAILED;
  }
  if (options.simulate) {
    for (const name of plan.remove) yield* say(sys, `Remv ${name} [${database.version(name) ?? ""}]\n`);
    for (const name of fetching) yield* say(sys, `Inst ${name} (${candidates.get(name)?.paragraph.get("Version") ?? ""} Debian:12.15/oldstable [amd64])\n`);
    for (const name of fetching) yield* say(sys, `Conf ${name} (${candidates.get(name)?.paragraph.get("Version") ?? ""} Debian:12.15/oldstable [amd64])\n`);
    return 0;
  }
  const asksFor = plan.remove.length > 0 || fetching.some((name) => !asked.includes(name)) || plan.upgrade.length > 0;
  if (!options.yes && asksFor && !(yield* confirmed(sys))) return 1;
  const startUs = sys.clockUs("monotonic");
  let number = 1;
  for (const name of fetching) {
    if (cached.has(name)) continue;
    const candidate = candidates.get(name);
    if (!candidate) continue;
    const size = field(name, "Size");
    const url = `${candidate.source.url}/${candidate.paragraph.get("Filename") ?? ""}`;
    try {
      const bytes = yield* fetch(sys, url);
      yield* transfer(sys, size);
      const fd = yield* sys.open(archiveOf(name), O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, bytes);
      sys.close(fd);
      yield* say(sys, `Get:${number++} ${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 ${name} amd64 ${candidate.paragraph.get("Version") ?? ""} [${sizeText(size)}]\n`);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      yield* say(sys, `Err:${number++} ${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 ${name} amd64 ${candidate.paragraph.get("Version") ?? ""}\n  ${error.message}\n`);
      yield* problem(sys, options.friendly, `Failed to fetch ${url}  ${error.message}`);
      yield* problem(sys, options.friendly, "Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?");
      return FAILED;
    }
  }
  if (needed > 0) {
    const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
    yield* say(sys, `Fetched ${sizeText(needed)} in ${seconds}s (${sizeText(Math.round(needed / seconds))}/s)\n`);
  }
  if (options.downloadOnly) {
    yield* say(sys, "Download complete and in download only mode\n");
    return 0;
  }
  let status = 0;
  if (plan.remove.length > 0) status = yield* runDpkg(sys, [options.purge ? "--purge" : "--remove", ...plan.remove]);
  if (fetching.length > 0 && status === 0) {
    status = yield* runDpkg(sys, ["--unpack", ...fetching.map(archiveOf)]);
    if (status === 0) status = yield* runDpkg(sys, ["--configure", ...fetching]);
    for (const name of plan.install) if (!asked.includes(name)) automatic.add(name);
  }
  for (const name of asked) automatic.delete(name);
  for (const name of plan.remove) automatic.delete(name);
  yield* writeAutomatic(sys, automatic);
  // apt (not apt-get) keeps no archives
  if (options.friendly) for (const name of fetching) {
    try {
      sys.unlink(archiveOf(name));
    } catch {
      // dpkg failed before
    }
  }
  if (status === 0) {
    for (const name of asked) if (plan.install.includes(name)) yield* observeEmptyPackage(sys, name);
    return 0;
  }
  yield* problem(sys, options.friendly, `Sub-process /usr/bin/dpkg returned an error code (${status})`);
  return FAILED;
}

export function* install(sys: Sys, options: AptOptions, words: readonly string[]): Blocking<number> {
  if (options.simulate && sys.getcred().euid !== 0) yield* say(sys, "NOTE: This is only a simulation!\n      apt-get needs root privileges for real execution.\n      Keep also in mind that locking is deactivated,\n      so don't depend on the relevance to the real current situation!\n");
  else if (!options.simulate && !(yield* lockOrSay(sys, options, `${DPKG}/lock-frontend`, `Unable to acquire the dpkg frontend lock (${DPKG}/lock-frontend), are you root?`))) return FAILED;
  yield* readingLines(sys, options.quiet);
  const database = yield* DpkgDatabase.read(sys);
  const candidates = yield* readCandidates(sys);
  const resolver = new Resolver(database, candidates, options.recommends);
  let failed = false;
  const asked: string[] = [];
  for (const word of words) {
    const name = word.replace(/[=/].*$/, "").replace(/:amd64$/, "");
    if (name.endsWith("-") && !candidates.has(name)) {
      resolver.drop(name.slice(0, -1));
      continue;
    }
    if (!candidates.has(name)) {
      const providers = [...candidates].filter(([, { paragraph }]) => (paragraph.get("Provides") ?? "").split(",").some((one) => one.trim().split(" ")[0] === name)).map(([provider]) => provider);
      const [only] = providers;
      if (only !== undefined && providers.length === 1) {
        yield* say(sys, `Note, selecting '${only}' instead of '${name}'\n`);
        asked.push(only);
        resolver.want(only, options.reinstall);
        continue;
      }
      if (providers.length > 1) {
        yield* say(sys, `Package ${name} is a virtual package provided by:\n${providers.map((one) => `  ${one} ${candidates.get(one)?.paragraph.get("Version") ?? ""}\n`).join("")}You should explicitly select one to install.\n\n`);
        yield* problem(sys, options.friendly, `Package '${name}' has no installation candidate`);
      } else yield* problem(sys, options.friendly, `Unable to locate package ${name}`);
      failed = true;
      continue;
    }
    const wanted = /=(.*)$/.exec(word)?.[1];
    if (wanted !== undefined && wanted !== candidates.get(name)?.paragraph.get("Version")) {
      yield* problem(sys, options.friendly, `Version '${wanted}' for '${name}' was not found`);
      failed = true;
      continue;
    }
    asked.push(name);
    try {
      resolver.want(name, options.reinstall);
    } catch (error) {
      if (!(error instanceof Unmet)) throw error;
      yield* say(sys, `Some packages could not be installed. This may mean that you have\nrequested an impossible situation or if you are using the unstable\ndistribution that some required packages have not yet been created\nor been moved out of Incoming.\nThe following information may help to resolve the situation:\n\nThe following packages have unmet dependencies:\n${error.message}\n`);
      yield* problem(sys, options.friendly, "Unable to correct problems, you have held broken packages.");
      return FAILED;
    }
  }
  if (failed) return FAILED;
  for (const name of resolver.plan.newest) yield* say(sys, `${name} is already the newest version (${database.version(name) ?? ""}).\n`);
  return yield* execute(sys, options, resolver.plan, database, candidates, asked);
}

export function* remove(sys: Sys, options: AptOptions, words: readonly string[], alsoUnneeded: boolean): Blocking<number> {
  if (!options.simulate && !(yield* lockOrSay(sys, options, `${DPKG}/lock-frontend`, `Unable to acquire the dpkg frontend lock (${DPKG}/lock-frontend), are you root?`))) return FAILED;
  yield* readingLines(sys, options.quiet);
  const database = yield* DpkgDatabase.read(sys);
  const candidates = yield* readCandidates(sys);
  const resolver = new Resolver(database, candidates, false);
  for (const name of words) {
    if (!database.packages.has(name) && !candidates.has(name)) {
      yield* problem(sys, options.friendly, `Unable to locate package ${name}`);
      return FAILED;
    }
    if (database.version(name) === undefined && !(options.purge && database.state(name) === "config-files")) yield* say(sys, `Package '${name}' is not installed, so not removed\n`);
    else resolver.drop(name);
  }
  if (alsoUnneeded) for (const name of unneeded(database, yield* automaticPackages(sys), resolver.plan.remove)) resolver.drop(name);
  return yield* execute(sys, options, resolver.plan, database, candidates, words);
}

export function* upgrade(sys: Sys, options: AptOptions): Blocking<number> {
  if (!options.simulate && !(yield* lockOrSay(sys, options, `${DPKG}/lock-frontend`, `Unable to acquire the dpkg frontend lock (${DPKG}/lock-frontend), are you root?`))) return FAILED;
  yield* readingLines(sys, options.quiet);
  const database = yield* DpkgDatabase.read(sys);
  const candidates = yield* readCandidates(sys);
  const resolver = new Resolver(database, candidates, options.recommends);
  const newer = upgradable(database, candidates);
  const kept = newer.filter((name) => isHeld(database, name));
  for (const name of newer) if (!kept.includes(name)) resolver.add(name);
  yield* say(sys, "Calculating upgrade... Done\n");
  if (kept.length > 0) yield* say(sys, `The following packages have been kept back:\n${columns(sys, kept)}`);
  return yield* execute(sys, options, resolver.plan, database, candidates, newer.filter((name) => !kept.includes(name)));
}

/** apt download: the archives into the working directory, for everybody. */
export function* download(sys: Sys, options: AptOptions, names: readonly string[]): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  let number = 1;
  let fetched = 0;
  const startUs = sys.clockUs("monotonic");
  for (const name of names) {
    const candidate = candidates.get(name);
    if (!candidate) {
      yield* problem(sys, options.friendly, `Unable to locate package ${name}`);
      return FAILED;
    }
    const field = (key: string): string => candidate.paragraph.get(key) ?? "";
    const shown = `${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 ${name} ${field("Architecture")} ${field("Version")}`;
    const size = Number(field("Size"));
    try {
      const bytes = yield* fetch(sys, `${candidate.source.url}/${field("Filename")}`);
      yield* transfer(sys, size);
      yield* say(sys, `Get:${number++} ${shown} [${sizeText(size)}]\n`);
      const fd = yield* sys.open(`${name}_${field("Version").replaceAll(":", "%3a")}_${field("Architecture")}.deb`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, bytes);
      sys.close(fd);
      fetched += size;
    } catch (error) {
      if (!(error instanceof FetchError || error instanceof SysError)) throw error;
      yield* say(sys, `Err:${number++} ${shown}\n  ${error.message}\n`);
      yield* problem(sys, options.friendly, `Failed to fetch ${candidate.source.url}/${field("Filename")}  ${error.message}`);
      return FAILED;
    }
  }
  const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
  if (fetched > 0) yield* say(sys, `Fetched ${sizeText(fetched)} in ${seconds}s (${sizeText(Math.round(fetched / seconds))}/s)\n`);
  return 0;
}

export function* clean(sys: Sys, options: AptOptions): Blocking<number> {
  for (const [path, directory] of [[`${ARCHIVES}/lock`, `${ARCHIVES}/`], [`${LISTS}/lock`, `${LISTS}/`]] as const) {
    if (sys.getcred().euid === 0) {
      if (!(yield* lockOrSay(sys, options, path, `Unable to lock directory ${directory}`))) return FAILED;
      continue;
    }
    yield* lockOrSay(sys, options, path, `Unable to lock directory ${directory}`);
  }
  if (sys.getcred().euid !== 0) return FAILED;
  for (const { name } of sys.readdir(ARCHIVES)) if (name.endsWith(".deb")) sys.unlink(`${ARCHIVES}/${name}`);
  dropCache(sys);
  return 0;
}
