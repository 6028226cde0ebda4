// apt and apt-get: the commands that change something.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { DPKG } from "../kit/debian/dpkg-database.ts";
import { BadArchive, readDeb } from "../dpkg/_deb.ts";
import { buildCache, cacheExists, dropCache } from "./_cache.ts";
import { FetchError, sizeText, transfer } from "./_download.ts";
import { addressOf, ARCHIVES, automaticPackages, execute } from "./_execute.ts";
import { neverRemoved } from "./_protected.ts";
import { isHeld, PackageLists, payWalk, upgradable, type Version } from "./_lists.ts";
import { lockDatabase, lockOrSay } from "./_locks.ts";
import type { AptOptions } from "./_options.ts";
import { Resolver, Unmet, unneeded } from "./_resolve.ts";
import { isTerminal, problem, say } from "./_say.ts";
import { LISTS, suiteShown } from "./_sources.ts";
import { obtain } from "./_update.ts";

const FAILED = 100;
/** What it takes to see what a package would bring with it. */
const STEPS_A_PLAN = 100;
const simulation = (friendly: boolean): string => `NOTE: This is only a simulation!\n      ${friendly ? "apt" : "apt-get"} needs root privileges for real execution.\n      Keep also in mind that locking is deactivated,\n      so don't depend on the relevance to the real current situation!\n`;
const UNRESOLVED = "Some packages could not be installed. This may mean that you have\nrequested an impossible situation or if you are using the unstable\ndistribution that some required packages have not yet been created\nor been moved out of Incoming.\nThe following information may help to resolve the situation:\n\nThe following packages have unmet dependencies:\n";

export function* readingLines(sys: Sys, options: AptOptions, lists: PackageLists): Blocking<void> {
  if (sys.getcred().euid === 0 && !cacheExists(sys)) yield* buildCache(sys, lists.names().length);
  if (options.quiet >= 2) return;
  const done = isTerminal(sys, 1) && options.quiet === 0 ? " Done" : "";
  yield* say(sys, `Reading package lists...${done}\nBuilding dependency tree...${done}\nReading state information...${done}\n`);
}

/** Locks unless nothing is to be changed, then reads; undefined when it has been said why not. */
function* open(sys: Sys, options: AptOptions): Blocking<PackageLists | undefined> {
  const asks = options.simulate || (options.printUris && sys.getcred().euid !== 0);
  if (options.simulate && sys.getcred().euid !== 0) yield* say(sys, simulation(options.friendly));
  if (!asks && !(yield* lockDatabase(sys, options))) return undefined;
  const lists = yield* PackageLists.read(sys, options.release);
  if (options.release !== undefined && !lists.pins.hasTarget(lists.indexes)) {
    if (options.quiet < 2) yield* say(sys, `Reading package lists...${isTerminal(sys, 1) && options.quiet === 0 ? " Done" : ""}\n`);
    yield* problem(sys, options.friendly, `The value '${options.release}' is invalid for APT::Default-Release as such a release is not available in the sources`);
    return undefined;
  }
  yield* readingLines(sys, options, lists);
  return lists;
}

/** Packages on the machine that lack something: apt does nothing else before that is mended. `resolver` may have planned what mends it. */
function* brokenIsSaid(sys: Sys, options: AptOptions, resolver: Resolver, lists: PackageLists): Blocking<boolean> {
  yield* payWalk(sys, lists);
  const still = new Set(resolver.brokenNow().map(([name]) => name));
  yield* payWalk(sys, lists);
  const broken = new Resolver(lists, false).brokenNow().filter(([name]) => still.has(name));
  if (broken.length === 0) return false;
  yield* say(sys, `You might want to run 'apt --fix-broken install' to correct these.\nThe following packages have unmet dependencies:\n${broken.map(([, line]) => `${line}\n`).join("")}`);
  yield* problem(sys, options.friendly, "Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution).");
  return true;
}

function* unresolved(sys: Sys, options: AptOptions, error: Unmet, held: boolean): Blocking<number> {
  yield* say(sys, `${UNRESOLVED}${error.message}\n`);
  yield* problem(sys, options.friendly, held ? "Error, pkgProblemResolver::Resolve generated breaks, this may be caused by held packages." : "Unable to correct problems, you have held broken packages.");
  return FAILED;
}

type Word = { readonly kind: "install" | "remove"; readonly name: string };

/** What a word of the command line names; undefined when it has been said that it names nothing. */
function* meaning(sys: Sys, options: AptOptions, lists: PackageLists, word: string): Blocking<readonly Word[] | undefined> {
  const { candidates, database } = lists;
  const [, plain = word, sign, wanted] = /^(.*?)(?:([=/])(.*))?$/.exec(word) ?? [];
  const name = plain.replace(/:(amd64|all|any)$/, "");
  const known = (one: string): boolean => lists.versions(one).length > 0;
  if (!known(name) && name.endsWith("-") && known(name.slice(0, -1))) return [{ kind: "remove", name: name.slice(0, -1) }];
  if (!known(name) && name.endsWith("+") && known(name.slice(0, -1))) return [{ kind: "install", name: name.slice(0, -1) }];
  if (known(name)) {
    if (sign !== undefined) {
      const pick = (version: Version): boolean => (sign === "=" ? version.version === wanted : version.indexes.some((index) => index.archive === wanted || index.codename === wanted));
      const chosen = lists.select(name, pick);
      if (chosen === undefined) {
        yield* problem(sys, options.friendly, sign === "=" ? `Version '${wanted ?? ""}' for '${name}' was not found` : `Release '${wanted ?? ""}' for '${name}' was not found`);
        return undefined;
      }
      const from = chosen.indexes.map((index) => `${index.label === "" ? index.origin : index.label}:${index.version}/${index.archive} [amd64]`).join(", ");
      if (options.quiet < 2) yield* say(sys, `Selected version '${chosen.version}' (${from}) for '${name}'\n`);
    }
    if (candidates.has(name) || database.version(name) !== undefined) return [{ kind: "install", name }];
  }
  const providers = [...candidates].filter(([, { paragraph }]) => (paragraph.get("Provides") ?? "").split(",").some((one) => one.trim().split(" ")[0] === name));
  const [only] = providers;
  if (only !== undefined && providers.length === 1) {
    yield* say(sys, `Note, selecting '${only[0]}' instead of '${name}'\n`);
    return [{ kind: "install", name: only[0] }];
  }
  if (providers.length > 1) {
    yield* say(sys, `Package ${name} is a virtual package provided by:\n${providers.map(([one, { version }]) => `  ${one} ${version.version}\n`).join("")}You should explicitly select one to install.\n\n`);
    yield* problem(sys, options.friendly, `Package '${name}' has no installation candidate`);
    return undefined;
  }
  // NAME* is a glob of names, as apt 2.6 still takes it
  if (/[*?]/.test(name)) {
    const parts = name.split("*");
    const hits = [...candidates.keys()].filter((one) => one.startsWith(parts[0] ?? "") && parts.every((part) => one.includes(part))).sort();
    if (hits.length > 0) {
      for (const hit of hits) yield* say(sys, `Note, selecting '${hit}' for glob '${name}'\n`);
      return hits.map((hit) => ({ kind: "install", name: hit }));
    }
  }
  yield* problem(sys, options.friendly, `Unable to locate package ${name.replace(/[-+]$/, "")}`);
  if (/[*?]/.test(name)) for (const kind of ["glob", "regex"]) yield* problem(sys, options.friendly, `Couldn't find any package by ${kind} '${name}'`);
  return undefined;
}

export function* install(sys: Sys, options: AptOptions, words: readonly string[], command: string): Blocking<number> {
  const locals: string[] = [];
  for (const word of words) if (/^\.{0,2}\//.test(word) && !/[=/]\w+$/.test(word.replace(/\.deb$/, ""))) locals.push(word);
  const lists = yield* open(sys, options);
  if (lists === undefined) return FAILED;
  const { database } = lists;
  const resolver = new Resolver(lists, options.recommends);
  const asked: string[] = [];
  const wanted: string[] = [];
  let failed = false;
  for (const word of words) {
    if (/^\.{0,2}\/.*\.deb$/.test(word)) {
      try {
        const path = word.startsWith("/") ? word : `${sys.getcwd()}/${word}`.replace(/\/\.\//g, "/");
        const deb = yield* readDeb(sys, path);
        const size = sys.stat(path).sizeBytes;
        lists.addLocal(new Map([...deb.control, ["Size", String(size)]]), { url: path, suite: "", component: "", trusted: true, signedBy: [], checksDate: false, place: "" });
        const name = deb.control.get("Package") ?? "";
        yield* say(sys, `Note, selecting '${name}' instead of '${word}'\n`);
        asked.push(name);
        wanted.push(name);
      } catch (error) {
        if (!(error instanceof SysError || error instanceof BadArchive)) throw error;
        yield* problem(sys, options.friendly, error instanceof SysError ? `Unsupported file ${word} given on commandline` : `Invalid archive signature`);
        if (error instanceof BadArchive) yield* problem(sys, options.friendly, "Internal error, could not locate member control.tar{.zst,.lz4,.gz,.xz,.bz2,.lzma,}");
        failed = true;
      }
      continue;
    }
    if (/^\.{0,2}\//.test(word)) {
      yield* problem(sys, options.friendly, `Unsupported file ${word} given on commandline`);
      failed = true;
      continue;
    }
    const meant = yield* meaning(sys, options, lists, word);
    if (meant === undefined) failed = true;
    else for (const one of meant) {
      if (one.kind === "remove") resolver.drop(one.name);
      else {
        asked.push(one.name);
        wanted.push(one.name);
      }
    }
  }
  if (failed) return FAILED;
  if (options.fixBroken && resolver.brokenNow().length > 0) {
    if (options.quiet < 2) yield* say(sys, `Correcting dependencies...${isTerminal(sys, 1) ? " Done" : ""}\n`);
    resolver.mend();
  }
  for (const name of wanted) {
    if (options.onlyUpgrade && database.version(name) === undefined) {
      yield* say(sys, `Skipping ${name}, it is not installed and only upgrades are requested.\n`);
      continue;
    }
    if (options.noUpgrade && database.version(name) !== undefined) {
      yield* say(sys, `Skipping ${name}, it is already installed and upgrade is not set.\n`);
      continue;
    }
    try {
      if (sys.charge(STEPS_A_PLAN)) yield* sys.preempt();
      resolver.want(name, options.reinstall);
    } catch (error) {
      if (!(error instanceof Unmet)) throw error;
      return yield* unresolved(sys, options, error, false);
    }
  }
  if (!options.fixBroken && (yield* brokenIsSaid(sys, options, resolver, lists))) return FAILED;
  const automatic = yield* automaticPackages(sys);
  for (const name of resolver.plan.newest) {
    if (options.quiet < 2) yield* say(sys, options.reinstall ? `Reinstallation of ${name} is not possible, it cannot be downloaded.\n` : `${name} is already the newest version (${database.version(name) ?? ""}).\n`);
    if (automatic.has(name) && !options.simulate) yield* say(sys, `${name} set to manually installed.\n`);
  }
  for (const [name, paragraph] of database.packages) {
    if (paragraph.get("Status")?.split(" ")[1] !== "reinstreq" || resolver.plan.reinstall.includes(name) || resolver.plan.upgrade.includes(name) || resolver.plan.downgrade.includes(name)) continue;
    if (!lists.candidates.has(name)) {
      yield* problem(sys, options.friendly, `The package ${name} needs to be reinstalled, but I can't find an archive for it.`);
      return FAILED;
    }
    resolver.plan.reinstall.push(name);
  }
  if (options.autoRemove) yield* payWalk(sys, lists);
  if (options.autoRemove) for (const name of unneeded(database, automatic, resolver.plan.remove, neverRemoved(sys, database, options.configuration))) resolver.drop(name);
  return yield* execute(sys, options, resolver.plan, lists, asked, command);
}

export function* remove(sys: Sys, options: AptOptions, words: readonly string[], command: string): Blocking<number> {
  const lists = yield* open(sys, options);
  if (lists === undefined) return FAILED;
  const { database } = lists;
  const resolver = new Resolver(lists, false);
  for (const word of words) {
    const name = word.replace(/:(amd64|all)$/, "");
    const hits = /[*?]/.test(name) ? [...database.packages.keys()].filter((one) => database.version(one) !== undefined && name.split("*").every((part) => one.includes(part)) && one.startsWith(name.split("*")[0] ?? "")) : [];
    for (const hit of hits) {
      yield* say(sys, `Note, selecting '${hit}' for glob '${name}'\n`);
      resolver.drop(hit);
    }
    if (hits.length > 0) continue;
    if (lists.versions(name).length === 0 && !database.packages.has(name)) {
      yield* problem(sys, options.friendly, `Unable to locate package ${name}`);
      if (/[*?]/.test(name)) yield* problem(sys, options.friendly, `Couldn't find any package by glob '${name}'`);
      return FAILED;
    }
    if (database.version(name) === undefined && !(options.purge && database.state(name) === "config-files")) yield* say(sys, `Package '${name}' is not installed, so not removed\n`);
    else {
      yield* payWalk(sys, lists);
      resolver.drop(name);
    }
  }
  const automatic = yield* automaticPackages(sys);
  if (options.autoRemove) yield* payWalk(sys, lists);
  if (options.autoRemove) for (const name of unneeded(database, automatic, resolver.plan.remove, neverRemoved(sys, database, options.configuration))) resolver.drop(name);
  if (resolver.plan.remove.length === 0 && (yield* brokenIsSaid(sys, options, resolver, lists))) return FAILED;
  return yield* execute(sys, options, resolver.plan, lists, words, command);
}

/** upgrade removes nothing (and apt-get's installs nothing new); full-upgrade does both. */
export function* upgrade(sys: Sys, options: AptOptions, full: boolean, command: string, words: readonly string[] = []): Blocking<number> {
  const lists = yield* open(sys, options);
  if (lists === undefined) return FAILED;
  const { database } = lists;
  const resolver = new Resolver(lists, options.recommends);
  const meant: Word[] = [];
  for (const word of words) {
    const some = yield* meaning(sys, options, lists, word);
    if (some === undefined) return FAILED;
    meant.push(...some);
  }
  if (yield* brokenIsSaid(sys, options, resolver, lists)) return FAILED;
  const allowed = { install: full || options.configuration.flag("APT::Get::Upgrade-Allow-New", false), remove: full };
  const kept: string[] = [];
  yield* payWalk(sys, lists);
  for (const name of upgradable(lists)) {
    if (sys.charge(STEPS_A_PLAN)) yield* sys.preempt();
    if (isHeld(database, name) || resolver.attempt(() => resolver.add(name), allowed) !== undefined) kept.push(name);
  }
  for (const { kind, name } of meant) {
    if (kind === "remove") resolver.drop(name);
    else resolver.want(name, false);
  }
  const left = kept.filter((name) => !resolver.plan.upgrade.includes(name));
  if (options.quiet < 2) yield* say(sys, `Calculating upgrade...${isTerminal(sys, 1) && options.quiet === 0 ? " Done" : ""}\n`);
  if (options.autoRemove) yield* payWalk(sys, lists);
  if (options.autoRemove) for (const name of unneeded(database, yield* automaticPackages(sys), resolver.plan.remove, neverRemoved(sys, database, options.configuration))) resolver.drop(name);
  return yield* execute(sys, options, resolver.plan, lists, [], command, left);
}

/** Whether _apt, who is nobody's friend, gets there. */
function reachable(sys: Sys, directory: string): boolean {
  for (let path = directory; path !== "" && path !== "/"; path = path.slice(0, path.lastIndexOf("/"))) if ((sys.stat(path).mode & 0o001) === 0) return false;
  return true;
}

/** apt download: the archives into the working directory, for everybody. */
export function* download(sys: Sys, options: AptOptions, words: readonly string[]): Blocking<number> {
  const lists = yield* PackageLists.read(sys, options.release);
  let number = 1;
  let fetched = 0;
  let unreachable: string | undefined;
  const startUs = sys.clockUs("monotonic");
  for (const word of words) {
    const [, name = word, version] = /^(.*?)(?:=(.*))?$/.exec(word) ?? [];
    if (version !== undefined && lists.select(name, (one) => one.version === version) === undefined) {
      yield* problem(sys, options.friendly, `Version '${version}' for '${name}' was not found`);
      return FAILED;
    }
    const candidate = lists.candidates.get(name);
    if (!candidate) {
      yield* problem(sys, options.friendly, lists.versions(name).length > 0 ? `Can't find a source to download version '${lists.versions(name)[0]?.version ?? ""}' of '${name}:amd64'` : `Unable to locate package ${name}`);
      return FAILED;
    }
    const field = (key: string): string => candidate.paragraph.get(key) ?? "";
    const file = `${name}_${field("Version").replaceAll(":", "%3a")}_${field("Architecture")}.deb`;
    if (options.printUris) {
      yield* say(sys, `'${addressOf(candidate)}' ${file} ${field("Size")} SHA256:${field("SHA256")}\n`);
      continue;
    }
    const shown = `${candidate.source.url} ${suiteShown(candidate.source)} amd64 ${name} ${field("Architecture")} ${field("Version")}`;
    const size = Number(field("Size"));
    try {
      const bytes = yield* obtain(sys, addressOf(candidate).replaceAll("%2b", "+"));
      yield* transfer(sys, size);
      yield* say(sys, `Get:${number++} ${shown} [${sizeText(size)}]\n`);
      const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, bytes);
      sys.close(fd);
      fetched += size;
      if (!reachable(sys, sys.getcwd())) unreachable = `${sys.getcwd()}/${file}`;
    } catch (error) {
      if (!(error instanceof FetchError || error instanceof SysError)) throw error;
      yield* say(sys, `Err:${number++} ${shown}\n  ${error.message}\n`);
      yield* problem(sys, options.friendly, `Failed to fetch ${addressOf(candidate)}  ${error.message}`);
      return FAILED;
    }
  }
  const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
  if (fetched > 0) yield* say(sys, `Fetched ${sizeText(fetched)} in ${seconds}s (${sizeText(Math.round(fetched / seconds))}/s)\n`);
  if (unreachable !== undefined && sys.getcred().euid === 0) yield* problem(sys, options.friendly, `Download is performed unsandboxed as root as file '${unreachable}' couldn't be accessed by user '_apt'. - pkgAcquire::Run (13: Permission denied)`, "N");
  return 0;
}

export function* clean(sys: Sys, options: AptOptions, onlyOld: boolean): Blocking<number> {
  for (const [path, directory] of [[`${ARCHIVES}/lock`, `${ARCHIVES}/`], [`${LISTS}/lock`, `${LISTS}/`]] as const) {
    if (options.simulate) continue;
    if (sys.getcred().euid === 0) {
      if (!(yield* lockOrSay(sys, options, path, `Unable to lock directory ${directory}`))) return FAILED;
      continue;
    }
    yield* lockOrSay(sys, options, path, `Unable to lock directory ${directory}`);
  }
  if (sys.getcred().euid !== 0 && !options.simulate) return FAILED;
  if (options.simulate && !onlyOld) {
    yield* say(sys, `Del ${ARCHIVES}/* ${ARCHIVES}/partial/*\nDel ${LISTS}/partial/*\nDel /var/cache/apt/pkgcache.bin /var/cache/apt/srcpkgcache.bin\n`);
    return 0;
  }
  const lists = onlyOld ? yield* PackageLists.read(sys, undefined) : undefined;
  if (lists) yield* readingLines(sys, options, lists);
  for (const { name } of sys.readdir(ARCHIVES)) {
    if (!name.endsWith(".deb")) continue;
    const [of = "", version = ""] = name.split("_");
    if (lists) {
      if (lists.versions(of).some((one) => one.indexes.length > 0 && one.version.replaceAll(":", "%3a") === version)) continue;
      yield* say(sys, `Del ${of} ${version.replaceAll("%3a", ":")} [${sizeText(sys.stat(`${ARCHIVES}/${name}`).sizeBytes)}]\n`);
    }
    if (!options.simulate) sys.unlink(`${ARCHIVES}/${name}`);
  }
  if (!lists) dropCache(sys);
  return 0;
}

export function* check(sys: Sys, options: AptOptions): Blocking<number> {
  if (!(yield* lockOrSay(sys, options, `${DPKG}/lock-frontend`, `Unable to acquire the dpkg frontend lock (${DPKG}/lock-frontend), are you root?`))) return FAILED;
  const lists = yield* PackageLists.read(sys, undefined);
  yield* readingLines(sys, options, lists);
  return (yield* brokenIsSaid(sys, options, new Resolver(lists, false), lists)) ? FAILED : 0;
}
