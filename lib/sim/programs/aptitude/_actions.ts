// install, remove, purge, hold, upgrades…: from words to a plan, its preview, the question, and dpkg's work.
// (More than 400 lines: one path from a word of the command line to what dpkg does, whose steps share their words.)

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { carryOut, fetchArchives, loadOf, writeAutomatic } from "../apt/_execute.ts";
import { neverRemoved } from "../apt/_protected.ts";
import { isHeld, upgradable, type Version } from "../apt/_lists.ts";
import { lockDatabase } from "../apt/_locks.ts";
import type { AptOptions } from "../apt/_options.ts";
import { type Plan, Resolver, Unmet, unneeded } from "../apt/_resolve.ts";
import { isTerminal } from "../apt/_say.ts";
import { sizeText } from "../apt/_download.ts";
import { parseRelations } from "../kit/debian/deb822.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { complain, FAILED, namesOf, put } from "./_look-up.ts";
import { isPattern } from "./_patterns.ts";
import { isEmpty, type Marks, type PreviewStyle, previewText, unpackedBytes } from "./_preview.ts";
import { translated } from "../kit/messages/translate.ts";
import { Universe } from "./_universe.ts";

export type Action = "install" | "remove" | "purge" | "reinstall" | "hold" | "unhold" | "markauto" | "unmarkauto" | "forbid-version" | "keep";

export interface ActionStyle extends PreviewStyle {
  /** -P */
  readonly alwaysAsks: boolean;
}

interface Wish {
  readonly action: Action;
  readonly name: string;
  readonly version?: Version;
  /** +M */
  readonly automatic?: true;
}

const PHRASE = "I am aware that this is a very bad idea";
const SUFFIXES: ReadonlyMap<string, Action> = new Map([["+", "install"], ["-", "remove"], ["_", "purge"], ["=", "hold"], [":", "keep"], ["&M", "markauto"], ["&m", "unmarkauto"]]);
const MOST_SHOWN = 40;
const LOG = "/var/log/aptitude";

/** What it says where no terminal draws over it. */
export function* reading(sys: Sys, universe: Universe | undefined, writes: boolean, quiet: number): Blocking<void> {
  if (isTerminal(sys, 1) || quiet > 1) return;
  yield* put(sys, `Reading package lists...\nBuilding dependency tree...\nReading state information...\n${universe === undefined || universe.states.existed ? "Reading extended state information...\n" : ""}Initializing package states...\n${writes ? "Writing extended state information...\n" : ""}Building tag database...\n`);
}

function* readLine(sys: Sys): Blocking<string | undefined> {
  let line = "";
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) return line === "" ? undefined : line;
    if (byte === 10) return line;
    line += String.fromCharCode(byte);
  }
}

/** True: go on. */
function* agreed(sys: Sys, question: string): Blocking<boolean> {
  for (;;) {
    yield* put(sys, question);
    const line = yield* readLine(sys);
    if (line === undefined) yield* put(sys, "n (stdin unavailable)\n");
    const answer = (line ?? "n").trim().toLowerCase();
    if (answer === "" || answer === "y" || answer === "yes") return true;
    if (answer === "n" || answer === "no" || answer === "q") {
      yield* put(sys, "Abort.\n");
      return false;
    }
    yield* put(sys, answer === "?" ? "y: continue with the installation\nn: abort and quit\n" : "Invalid response.  Please enter a valid command or '?' for help.\n");
  }
}

function* missing(sys: Sys, universe: Universe, name: string): Blocking<void> {
  const near = universe.lists.names().filter((one) => one.includes(name)).sort();
  yield* complain(sys, near.length === 0 ? `Unable to apply some actions, aborting\nCouldn't find any package whose name or description matched "${name}"\n` : `Unable to apply some actions, aborting\nCouldn't find any package whose name is "${name}", but there are ${near.length} packages which contain "${name}" in their name:\n${near.length > MOST_SHOWN ? `  (too many to show, the limit is ${MOST_SHOWN})\n` : `${near.map((one) => `  ${one}`).join("\n")} \n`}`);
}

/** What the words of the command line ask for; undefined when it has been said what is wrong. */
function* wishesOf(sys: Sys, universe: Universe, action: Action, words: readonly string[]): Blocking<readonly Wish[] | undefined> {
  const wishes: Wish[] = [];
  const known = (name: string): boolean => universe.lists.versions(name).length > 0 || universe.providers(name).length > 0;
  for (const word of words) {
    let [target, wanted]: [string, Action] = [word, action];
    let automatic = false;
    if (!known(word.replace(/[=/].*/, "")) || /(?:\+M|&[Mm]|[-+_:=])$/.test(word)) {
      const suffix = known(word) ? undefined : /(\+M|&M|&m|[-+_=:])$/.exec(word)?.[1];
      if (suffix !== undefined) {
        target = word.slice(0, -suffix.length);
        automatic = suffix === "+M";
        wanted = SUFFIXES.get(automatic ? "+" : suffix) ?? action;
      }
    }
    if (isPattern(target)) {
      const names = yield* namesOf(sys, universe, target);
      if (names === undefined) return undefined;
      for (const name of names) if (!universe.isVirtual(name)) wishes.push({ action: wanted, name });
      continue;
    }
    const [, name = target, sign, given] = /^(.*?)(?:([=/])(.+))?$/.exec(target) ?? [];
    const bare = name.replace(/:(?:amd64|all|any)$/, "");
    if (!known(bare)) {
      yield* missing(sys, universe, bare);
      return undefined;
    }
    if (universe.isVirtual(bare)) {
      // the name of others: one of them that is there will do
      const providers = universe.providers(bare);
      const chosen = providers.find((provider) => universe.installed(provider.name) !== undefined) ?? providers[0];
      if (chosen !== undefined && !(wanted === "install" && universe.installed(chosen.name) !== undefined)) {
        yield* put(sys, `Note: selecting "${chosen.name}" instead of the\n      virtual package "${bare}"\n`);
        wishes.push({ action: wanted, name: chosen.name });
      }
      continue;
    }
    if (sign === undefined) {
      wishes.push({ action: wanted, name: bare, ...(automatic ? { automatic } : {}) });
      continue;
    }
    const fits = (version: Version): boolean => (sign === "=" ? version.version === given : version.indexes.some((index) => index.archive === given || index.codename === given));
    const version = wanted === "forbid-version" ? universe.lists.versions(bare).find(fits) : universe.lists.select(bare, fits);
    if (version === undefined) {
      yield* complain(sys, `Unable to apply some actions, aborting\n${sign === "=" ? `Unable to find a version "${given ?? ""}" for the package "${bare}"` : `Unable to find an archive "${given ?? ""}" for the package "${bare}"`}\n`);
      return undefined;
    }
    wishes.push({ action: wanted, name: bare, version });
  }
  return wishes;
}

/** Marks that are written at once: holds, automatic packages, forbidden versions. */
function* mark(sys: Sys, universe: Universe, wish: Wish, simulated: boolean): Blocking<void> {
  const { name } = wish;
  const { database } = universe.lists;
  const installed = universe.installed(name);
  switch (wish.action) {
    case "hold":
    case "unhold":
      if (database.packages.has(name)) database.setState(name, (database.packages.get(name)?.get("Status") ?? "").replace(/^\w+/, wish.action === "hold" ? "hold" : "install"));
      else if (wish.action === "hold") database.packages.set(name, new Map([["Package", name], ["Status", "hold ok not-installed"], ["Architecture", "amd64"]]));
      return;
    case "keep":
      return;
    case "markauto":
    case "unmarkauto":
      if (installed === undefined) yield* put(sys, `Package ${name} is not installed, cannot be marked/unmarked as automatically installed\n`);
      else if (wish.action === "markauto") universe.automatic.add(name);
      else universe.automatic.delete(name);
      return;
    case "forbid-version": {
      if (installed === undefined) {
        yield* put(sys, `Package ${name} is not installed, cannot forbid an upgrade\n`);
        return;
      }
      const version = wish.version?.version ?? universe.candidate(name);
      if (version === undefined || (wish.version === undefined && !universe.upgradable(name))) yield* put(sys, `Package ${name} is not upgradable, cannot forbid an upgrade\n`);
      else universe.states.forbidden.set(name, version);
      return;
    }
    default:
      if (simulated) return;
  }
}

const QUIET_ACTIONS = new Set<Action>(["hold", "unhold", "markauto", "unmarkauto", "forbid-version", "keep"]);

function where(universe: Universe, name: string, version: Version | undefined): string {
  const archives = [...(version?.installed ? ["now"] : []), ...new Set(version?.indexes.map((index) => index.archive) ?? [])];
  return `${name} [${version?.version ?? universe.installed(name) ?? ""} (${archives.join(", ")})]`;
}

/** The numbered list of what mends the dependencies. */
function solution(head: string, lines: readonly string[]): string {
  const width = Math.max(head.length + 5, ...lines.map((line) => line.length + 7));
  return `The following actions will resolve these dependencies:\n\n${`     ${head}`.padEnd(width)}\n${lines.map((line, at) => `${`${at + 1})`.padEnd(7)}${line}`.padEnd(width)).join("\n")}\n\n\n\n`;
}

class Planner {
  readonly resolver: Resolver;
  readonly asked = new Set<string>();
  readonly #universe: Universe;

  constructor(universe: Universe, recommends: boolean) {
    this.#universe = universe;
    this.resolver = new Resolver(universe.lists, recommends);
  }

  get plan(): Plan {
    return this.resolver.plan;
  }

  /** Packages that nobody needs after the plan: they go as well. */
  removeUnused(never: (name: string) => boolean): ReadonlySet<string> {
    const { database, candidates } = this.#universe.lists;
    const wanted = new Set<string>();
    const queue = [...this.plan.install, ...this.plan.upgrade, ...this.plan.downgrade];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      const paragraph = candidates.get(name)?.paragraph ?? database.packages.get(name);
      for (const relation of parseRelations(["Pre-Depends", "Depends", "Recommends", "Suggests"].map((field) => paragraph?.get(field) ?? "").join(",")).flat()) queue.push(relation.name, ...this.#universe.providers(relation.name).map((provider) => provider.name));
    }
    const unused = unneeded(database, this.#universe.automatic, this.plan.remove, never).filter((name) => !wanted.has(name) && !isHeld(database, name));
    for (const name of unused) this.resolver.drop(name);
    return new Set(unused);
  }
}

function logText(stamp: string, plan: Plan, universe: Universe): string {
  const { lists } = universe;
  const row = (word: string, name: string, version: string): string => `[${word}] ${name}:${lists.candidates.get(name)?.paragraph.get("Architecture") === "all" ? "all" : "amd64"} ${version}\n`;
  const here = (name: string): string => lists.database.version(name) ?? "";
  const next = (name: string): string => lists.candidates.get(name)?.version.version ?? "";
  const bytes = unpackedBytes(plan, universe);
  const rows = [
    ...upgradable(lists).filter((name) => !plan.upgrade.includes(name) && !plan.remove.includes(name)).map((name) => row("HOLD", name, here(name))), ...plan.reinstall.map((name) => row("REINSTALL", name, here(name))), ...[...plan.install].sort().map((name) => row("INSTALL", name, next(name))),
    ...[...plan.remove].sort().map((name) => row("REMOVE", name, here(name))), ...[...plan.upgrade].sort().map((name) => row("UPGRADE", name, `${here(name)} -> ${next(name)}`)), ...plan.downgrade.map((name) => row("DOWNGRADE", name, `${here(name)} -> ${next(name)}`)),
  ];
  const line = "=".repeat(40);
  return `Aptitude 0.8.13: log report\n${stamp}\n\n  IMPORTANT: this log only lists intended actions; actions which fail\n  due to dpkg problems may not be completed.\n\nWill install ${plan.install.length + plan.upgrade.length + plan.downgrade.length} packages, and remove ${plan.remove.length} packages.\n${bytes === 0 ? "" : `${sizeText(Math.abs(bytes))} of disk space will be ${bytes < 0 ? "freed" : "used"}\n`}${line}\n${rows.join("")}${line}\n\nLog complete.\n\n${"=".repeat(79)}\n\n`;
}

function* log(sys: Sys, plan: Plan, universe: Universe): Blocking<void> {
  try {
    const stamp = strftime("%a, %b %e %Y %H:%M:%S %z", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
    const fd = yield* sys.open(LOG, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
    yield* sys.write(fd, encode(logText(stamp, plan, universe)));
    sys.close(fd);
  } catch (error) {
    // a log that cannot be written stops nobody
    if (!(error instanceof SysError)) throw error;
  }
}

/** Asks where there is something to ask, downloads, and lets dpkg do it. */
function* decide(sys: Sys, options: AptOptions, style: ActionStyle, universe: Universe, planner: Planner, marks: Marks, command: string): Blocking<number> {
  const { plan } = planner;
  const { database, candidates } = universe.lists;
  const load = yield* loadOf(sys, plan, candidates);
  yield* put(sys, previewText(plan, universe, marks, load, style));
  const essential = plan.remove.filter((name) => database.packages.get(name)?.get("Essential") === "yes");
  if (essential.length > 0) {
    yield* put(sys, `The following ESSENTIAL packages will be REMOVED!\n  ${essential.join(" ")} \n\nWARNING: Performing this action will probably cause your system to break!\n         Do NOT continue unless you know EXACTLY what you are doing!\nTo continue, type the phrase "${PHRASE}":\n`);
    if ((yield* readLine(sys)) !== translated(sys, "aptitude", PHRASE)) {
      yield* put(sys, "Abort.\n");
      return 1;
    }
  }
  const surprising = style.alwaysAsks || [...plan.install, ...plan.upgrade, ...plan.downgrade, ...plan.remove].some((name) => !marks.asked.has(name));
  if (surprising && !options.yes && !isEmpty(plan)) {
    if (options.simulate) yield* put(sys, "\nNote: Using 'Simulate' mode.\n");
    if (!(yield* agreed(sys, "Do you want to continue? [Y/n/?] "))) return 1;
  }
  if (options.simulate) {
    yield* put(sys, "Would download/install/remove packages.\n");
    return 0;
  }
  if (!isTerminal(sys, 1)) yield* put(sys, "Writing extended state information...\n");
  if (!(yield* fetchArchives(sys, options, load, candidates, (word, number) => (word === "Get" ? `Get: ${number}` : `${word}`)))) return FAILED;
  if (options.downloadOnly || isEmpty(plan)) return 0;
  yield* log(sys, plan, universe);
  const status = yield* carryOut(sys, { ...options, quiet: 2, removeEssential: essential.length > 0 }, plan, universe.lists, [...marks.asked], command, load);
  yield* reading(sys, undefined, true, options.quiet);
  return status === 0 ? 0 : FAILED;
}

/** Requested alone first, then what its going or coming pulls along. False: the solution is refused. */
function* mendRemovals(sys: Sys, options: AptOptions, style: ActionStyle, universe: Universe, planner: Planner, removed: readonly string[], marks: Marks): Blocking<boolean> {
  const { lists } = universe;
  const alone = new Set(removed);
  const along = planner.plan.remove.filter((name) => !alone.has(name));
  if (along.length === 0) return true;
  const only: Plan = { install: [], upgrade: [], downgrade: [], suggested: [], recommended: [], newest: [], reinstall: [], remove: [...removed] };
  yield* put(sys, previewText(only, universe, marks, yield* loadOf(sys, only, lists.candidates), style));
  const reasons = along.flatMap((name) => {
    const paragraph = lists.database.packages.get(name);
    return ["Depends", "Pre-Depends"].flatMap((field) => parseRelations(paragraph?.get(field) ?? "").filter((alternatives) => alternatives.some((relation) => planner.plan.remove.includes(relation.name) && alone.has(relation.name)))
      .map((alternatives) => ` ${name} : ${field.replace("-", "")}: ${alternatives.map((relation) => `${relation.name}${relation.operator ? ` (${relation.operator.replace("<<", "<").replace(">>", ">")} ${relation.version})` : ""} but it is not going to be installed`).join(` or\n${" ".repeat(name.length + field.replace("-", "").length + 6)}`)}\n`));
  });
  yield* put(sys, `The following packages have unmet dependencies:\n${reasons.join("")}`);
  // taking away what the system stands on is no solution: what was asked for stays
  const dear = along.some((name) => ["required", "important"].includes(lists.database.packages.get(name)?.get("Priority") ?? "") || lists.database.packages.get(name)?.get("Essential") === "yes");
  const shown = (name: string): string => where(universe, name, lists.versions(name).find((version) => version.installed));
  yield* put(sys, dear ? solution("Keep the following packages at their current version:", [...alone].sort().map(shown)) : solution("Remove the following packages:", [...along].sort().map(shown)));
  if (!options.yes && !(yield* agreed(sys, "Accept this solution? [Y/n/q/?] "))) return false;
  if (dear) planner.plan.remove.length = 0;
  return true;
}

export function* act(sys: Sys, options: AptOptions, style: ActionStyle, action: Action, words: readonly string[], command: string): Blocking<number> {
  if (words.length === 0 && QUIET_ACTIONS.has(action) && action !== "keep") {
    yield* complain(sys, `Command "${action}" needs arguments\n`);
    return 1;
  }
  const universe = yield* Universe.read(sys, options);
  const root = sys.getcred().euid === 0;
  yield* reading(sys, universe, root && !options.simulate, options.quiet);
  if (!options.simulate && !(yield* lockDatabase(sys, options))) return FAILED;
  const wishes = yield* wishesOf(sys, universe, action, words);
  if (wishes === undefined) return FAILED;
  const planner = new Planner(universe, options.recommends);
  const removed: string[] = [];
  const notes: string[] = [];
  let purge = false;
  for (const wish of wishes) {
    if (QUIET_ACTIONS.has(wish.action)) {
      yield* mark(sys, universe, wish, options.simulate);
      continue;
    }
    const { name } = wish;
    if (wish.action === "remove" || wish.action === "purge") {
      const residual = wish.action === "purge" && universe.lists.database.state(name) === "config-files";
      if (universe.installed(name) === undefined && !residual) {
        notes.push(`Package ${name} is not installed, so it will not be ${wish.action === "purge" ? "purged" : "removed"}\n`);
        continue;
      }
      purge ||= wish.action === "purge";
      removed.push(name);
      planner.asked.add(name);
      continue;
    }
    if (wish.action === "reinstall" && universe.installed(name) === undefined) {
      notes.push(`${name} is not currently installed, so it will not be reinstalled.\n`);
      continue;
    }
    if (!wish.automatic) planner.asked.add(name);
    try {
      planner.resolver.want(name, wish.action === "reinstall");
    } catch (error) {
      if (!(error instanceof Unmet)) throw error;
      yield* put(sys, `The following packages have unmet dependencies:\n${error.message}\n${solution("Keep the following packages at their current version:", [`${name} [${universe.installed(name) === undefined ? "Not Installed" : `${universe.installed(name) ?? ""} (now)`}]`])}`);
      if (!options.yes && !(yield* agreed(sys, "Accept this solution? [Y/n/q/?] "))) return 1;
    }
  }
  for (const name of removed) planner.resolver.drop(name);
  for (const name of planner.plan.newest) notes.push(`${name} is already installed at the requested version (${universe.installed(name) ?? ""})\n`);
  // it goes over its words twice and says so twice
  for (let turn = 0; turn < 2; turn++) yield* put(sys, notes.join(""));
  const quiet = wishes.length > 0 && wishes.every((wish) => QUIET_ACTIONS.has(wish.action));
  if (quiet || action === "keep") {
    if (options.simulate) {
      for (const wish of wishes) if (wish.action === "markauto" || wish.action === "unmarkauto") yield* put(sys, `Would mark package ${wish.name} as auto-installed=${wish.action === "markauto" ? 1 : 0}\n`);
      return 0;
    }
    yield* store(sys, universe);
    if (!isTerminal(sys, 1)) yield* put(sys, "Writing extended state information...\n");
    return 0;
  }
  const marks: Marks = { asked: planner.asked, unused: new Set(), purge };
  if (!(yield* mendRemovals(sys, options, style, universe, planner, removed, marks))) return 1;
  const unused = planner.removeUnused(neverRemoved(sys, universe.lists.database, options.configuration));
  if (!options.simulate) yield* store(sys, universe);
  const status = yield* decide(sys, { ...options, purge }, style, universe, planner, { ...marks, unused }, command);
  return status;
}

function* store(sys: Sys, universe: Universe): Blocking<void> {
  yield* universe.lists.database.write(sys);
  yield* writeAutomatic(sys, universe.automatic);
  yield* universe.states.write(sys, universe.lists.database);
}

/** safe-upgrade installs what upgrades need and removes nothing but what is unused; full-upgrade may remove. */
export function* upgradeAll(sys: Sys, options: AptOptions, style: ActionStyle, full: boolean, command: string): Blocking<number> {
  const universe = yield* Universe.read(sys, options);
  yield* reading(sys, universe, sys.getcred().euid === 0 && !options.simulate, options.quiet);
  if (!options.simulate && !(yield* lockDatabase(sys, options))) return FAILED;
  const planner = new Planner(universe, options.recommends);
  for (const name of upgradable(universe.lists)) {
    if (universe.held(name) || universe.states.forbidden.get(name) === universe.candidate(name)) continue;
    if (planner.resolver.attempt(() => planner.resolver.add(name), { install: true, remove: full }) === undefined) planner.asked.add(name);
  }
  for (const name of planner.plan.upgrade) planner.asked.add(name);
  const unused = planner.removeUnused(neverRemoved(sys, universe.lists.database, options.configuration));
  // an upgrade of everything is always asked about
  return yield* decide(sys, options, { ...style, alwaysAsks: true }, universe, planner, { asked: planner.asked, unused, purge: false }, command);
}

/** add-user-tag, remove-user-tag. */
export function* tag(sys: Sys, options: AptOptions, words: readonly string[], adds: boolean): Blocking<number> {
  const [given, ...patterns] = words;
  if (given === undefined || patterns.length === 0) {
    yield* complain(sys, `${adds ? "add" : "remove"}-user-tag: too few arguments; expected at least a tag name and a package.\n`);
    return FAILED;
  }
  const universe = yield* Universe.read(sys, options);
  yield* reading(sys, universe, !options.simulate, options.quiet);
  for (const pattern of patterns) {
    const names = isPattern(pattern) ? yield* namesOf(sys, universe, pattern) : universe.lists.versions(pattern).length > 0 ? [pattern] : undefined;
    if (names === undefined) {
      if (!isPattern(pattern)) yield* complain(sys, `No such package "${pattern}"\n`);
      return FAILED;
    }
    for (const name of names) {
      const tags = universe.states.tags.get(name) ?? new Set<string>();
      if (adds) tags.add(given);
      else tags.delete(given);
      universe.states.tags.set(name, tags);
    }
  }
  if (!options.simulate) yield* universe.states.write(sys, universe.lists.database);
  return 0;
}

