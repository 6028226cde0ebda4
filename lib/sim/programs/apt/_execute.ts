// Says what a plan comes to, asks, downloads, lets dpkg do it, and writes it into /var/log/apt.

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { observeEmptyPackage } from "../kit/debian/unsimulated-package.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { FetchError, sizeText, transfer } from "./_download.ts";
import { type Candidate, isHeld, type PackageLists, payWalk, releaseShown, upgradable } from "./_lists.ts";
import { neverRemoved } from "./_protected.ts";
import type { AptOptions } from "./_options.ts";
import { type Plan, unneeded } from "./_resolve.ts";
import { columns, confirmed, problem, say } from "./_say.ts";
import { suiteShown } from "./_sources.ts";
import { obtain } from "./_update.ts";

export const ARCHIVES = "/var/cache/apt/archives";
const EXTENDED = "/var/lib/apt/extended_states";
const HISTORY = "/var/log/apt/history.log";
const TERMINAL = "/var/log/apt/term.log";
const FAILED = 100;

export function* automaticPackages(sys: Sys): Blocking<Set<string>> {
  const names = new Set<string>();
  for (const paragraph of (yield* readFile(sys, EXTENDED)).split("\n\n")) if (/^Auto-Installed: 1$/m.test(paragraph)) names.add(/^Package: (.*)$/m.exec(paragraph)?.[1] ?? "");
  return names;
}

export function* writeAutomatic(sys: Sys, names: ReadonlySet<string>): Blocking<void> {
  yield* writeFile(sys, EXTENDED, [...names].sort().map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`).join("\n"));
}

export function archiveOf(name: string, candidate: Candidate | undefined): string {
  const local = candidate?.source.url.startsWith("/") ? candidate.source.url : undefined;
  return local ?? `${ARCHIVES}/${name}_${(candidate?.version.version ?? "").replaceAll(":", "%3a")}_${candidate?.paragraph.get("Architecture") ?? "amd64"}.deb`;
}

/** The address of an archive, as --print-uris and errors show it. */
export function addressOf(candidate: Candidate): string {
  return `${candidate.source.url}/${(candidate.paragraph.get("Filename") ?? "").replace(/^\.\//, "").replaceAll("+", "%2b").replaceAll("~", "%7e")}`.replaceAll("%7e", "~");
}

function* runDpkg(sys: Sys, options: AptOptions, args: readonly string[], term: boolean): Blocking<number> {
  const words = ["dpkg", ...options.configuration.list("DPkg::Options"), ...args];
  const pid = sys.fork(function* (child) {
    return yield* child.exec("/usr/bin/dpkg", words, new Map([...child.environment, ["DPKG_FRONTEND_LOCKED", "true"], ...(term ? [["APT_TERM_LOG", TERMINAL] as const] : [])]));
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : waited?.status.kind === "signaled" ? 128 + waited.status.signal : 1;
}

function* append(sys: Sys, path: string, text: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
    yield* sys.write(fd, encode(text));
    sys.close(fd);
  } catch (error) {
    // a log that cannot be written stops nobody
    if (!(error instanceof SysError)) throw error;
  }
}

function* stamp(sys: Sys): Blocking<string> {
  return strftime("%Y-%m-%d  %H:%M:%S", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
}

/** What is fetched and not there yet, and what it comes to. */
export interface Load {
  readonly fetching: readonly string[];
  readonly cached: ReadonlySet<string>;
  readonly needed: number;
}

function* sayPlan(sys: Sys, options: AptOptions, plan: Plan, lists: PackageLists, asked: readonly string[], kept: readonly string[]): Blocking<void> {
  const { database, candidates } = lists;
  const automatic = yield* automaticPackages(sys);
  const quiet = options.quiet >= 2;
  const version = (name: string): string => candidates.get(name)?.version.version ?? "";
  const block = function* (head: string, names: readonly string[], more: (name: string) => string, mark = ""): Blocking<void> {
    if (names.length === 0) return;
    yield* say(sys, `${head}\n${options.showVersions ? names.map((name) => `   ${name}${mark} (${more(name)})\n`).join("") : columns(sys, names.map((name) => `${name}${mark}`))}`);
  };
  const sorted = (names: readonly string[]) => [...names].sort();
  const here = (name: string): string => database.version(name) ?? "";
  const both = (name: string): string => `${here(name)} => ${version(name)}`;
  yield* payWalk(sys, lists);
  const idle = unneeded(database, automatic, plan.remove, neverRemoved(sys, database, options.configuration));
  if (idle.length > 0 && !quiet) {
    yield* block(idle.length === 1 ? "The following package was automatically installed and is no longer required:" : "The following packages were automatically installed and are no longer required:", idle, here);
    yield* say(sys, `Use '${sys.environment.has("SUDO_USER") ? "sudo " : ""}apt autoremove' to remove ${idle.length === 1 ? "it" : "them"}.\n`);
  }
  const changed = [...plan.install, ...plan.upgrade, ...plan.downgrade];
  const additional = sorted(changed.filter((name) => !asked.includes(name)));
  if (asked.length > 0 && !quiet) yield* block("The following additional packages will be installed:", additional, version);
  if (!quiet) yield* block("Suggested packages:", sorted(plan.suggested), version);
  if (!quiet) yield* block("Recommended packages:", sorted(plan.recommended), version);
  if (quiet && (options.yes || options.simulate)) return;
  yield* block("The following packages will be REMOVED:", sorted(plan.remove), here, options.purge ? "*" : "");
  yield* block("The following packages have been kept back:", sorted(kept), both);
  yield* block("The following NEW packages will be installed:", sorted(plan.install), version);
  yield* block("The following packages will be upgraded:", sorted(plan.upgrade), both);
  yield* block("The following packages will be DOWNGRADED:", sorted(plan.downgrade), both);
}

export function* loadOf(sys: Sys, plan: Plan, candidates: ReadonlyMap<string, Candidate>): Blocking<Load> {
  const fetching = [...plan.install, ...plan.upgrade, ...plan.downgrade, ...plan.reinstall];
  const cached = new Set<string>();
  for (const name of fetching) {
    try {
      sys.stat(archiveOf(name, candidates.get(name)));
      cached.add(name);
    } catch {
      // not downloaded yet
    }
  }
  const needed = fetching.filter((name) => !cached.has(name)).reduce((sum, name) => sum + Number(candidates.get(name)?.paragraph.get("Size") ?? 0), 0);
  return { fetching, cached, needed };
}

function simulationLines(plan: Plan, lists: PackageLists, purge: boolean): string {
  const { database, candidates } = lists;
  const from = (name: string): string => {
    const candidate = candidates.get(name);
    return `(${candidate?.version.version ?? ""} ${candidate ? releaseShown(candidate.version) : ""} [${candidate?.paragraph.get("Architecture") ?? "amd64"}])`;
  };
  const here = (name: string): string => (database.version(name) === undefined ? "" : ` [${database.version(name) ?? ""}]`);
  const changed = [...plan.install, ...plan.upgrade, ...plan.downgrade, ...plan.reinstall];
  return [...plan.remove.map((name) => `${purge ? "Purg" : "Remv"} ${name}${here(name)}\n`), ...changed.map((name) => `Inst ${name}${here(name)} ${from(name)}\n`), ...changed.map((name) => `Conf ${name} ${from(name)}\n`)].join("");
}

/** False when an archive could not be had; it has been said. `numbered`: how a line of progress begins. */
export function* fetchArchives(sys: Sys, options: AptOptions, load: Load, candidates: ReadonlyMap<string, Candidate>, numbered: (word: string, number: number) => string = (word, number) => `${word}:${number}`): Blocking<boolean> {
  const startUs = sys.clockUs("monotonic");
  let number = 1;
  for (const name of load.fetching) {
    const candidate = candidates.get(name);
    if (!candidate || load.cached.has(name)) continue;
    const size = Number(candidate.paragraph.get("Size") ?? 0);
    const url = addressOf(candidate);
    const shown = `${candidate.source.url} ${suiteShown(candidate.source)} amd64 ${name} ${candidate.paragraph.get("Architecture") ?? "amd64"} ${candidate.version.version}`;
    try {
      const bytes = yield* obtain(sys, url.replaceAll("%2b", "+"));
      yield* transfer(sys, size);
      const partial = `${ARCHIVES}/partial/${archiveOf(name, candidate).slice(ARCHIVES.length + 1)}`;
      const fd = yield* sys.open(partial, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, bytes);
      sys.close(fd);
      sys.rename(partial, archiveOf(name, candidate));
      if (options.quiet < 2) yield* say(sys, `${numbered("Get", number++)} ${shown} [${sizeText(size)}]\n`);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      yield* say(sys, `${numbered("Err", number++)} ${shown}\n  ${error.message}\n`);
      yield* problem(sys, options.friendly, `Failed to fetch ${url}  ${error.message}`);
      yield* problem(sys, options.friendly, "Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?");
      return false;
    }
  }
  if (load.needed > 0 && options.quiet < 2) {
    const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
    yield* say(sys, `Fetched ${sizeText(load.needed)} in ${seconds}s (${sizeText(Math.round(load.needed / seconds))}/s)\n`);
  }
  return true;
}

function* history(sys: Sys, plan: Plan, lists: PackageLists, purge: boolean, asked: readonly string[], command: string): Blocking<string> {
  const { database, candidates } = lists;
  const rows = (head: string, names: readonly string[], inside: (name: string) => string): string => (names.length === 0 ? "" : `${head}: ${names.map((name) => `${name}:amd64 (${inside(name)})`).join(", ")}\n`);
  const next = (name: string): string => candidates.get(name)?.version.version ?? "";
  const here = (name: string): string => database.version(name) ?? database.packages.get(name)?.get("Version") ?? "";
  const uid = sys.environment.get("SUDO_UID");
  const requested = uid === undefined ? "" : `Requested-By: ${sys.environment.get("SUDO_USER") ?? ""} (${uid})\n`;
  return `\nStart-Date: ${yield* stamp(sys)}\nCommandline: ${command}\n${requested}${rows("Install", plan.install, (name) => `${next(name)}${asked.includes(name) ? "" : ", automatic"}`)}${rows("Reinstall", plan.reinstall, next)}${rows("Upgrade", plan.upgrade, (name) => `${here(name)}, ${next(name)}`)}${rows("Downgrade", plan.downgrade, (name) => `${here(name)}, ${next(name)}`)}${rows(purge ? "Purge" : "Remove", plan.remove, here)}`;
}

/** Says what will be done, asks, downloads, and lets dpkg do it. `asked` are the names of the command line. */
export function* execute(sys: Sys, options: AptOptions, plan: Plan, lists: PackageLists, asked: readonly string[], command: string, kept: readonly string[] = []): Blocking<number> {
  const { database, candidates } = lists;
  yield* sayPlan(sys, options, plan, lists, asked, kept);
  const silent = options.quiet >= 2 && (options.yes || options.simulate);
  const held = [...plan.remove, ...plan.upgrade, ...plan.downgrade, ...plan.reinstall].filter((name) => isHeld(database, name)).sort();
  if (held.length > 0) yield* say(sys, `The following held packages will be changed:\n${columns(sys, held)}`);
  const essential = plan.remove.filter((name) => database.packages.get(name)?.get("Essential") === "yes");
  if (essential.length > 0) yield* say(sys, `WARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!\n${columns(sys, essential)}`);
  const load = yield* loadOf(sys, plan, candidates);
  yield* payWalk(sys, lists);
  const waiting = upgradable(lists).filter((name) => !plan.upgrade.includes(name) && !plan.remove.includes(name) && !plan.downgrade.includes(name)).length;
  if (!silent) yield* say(sys, `${plan.upgrade.length} upgraded, ${plan.install.length} newly installed, ${plan.reinstall.length > 0 ? `${plan.reinstall.length} reinstalled, ` : ""}${plan.downgrade.length > 0 ? `${plan.downgrade.length} downgraded, ` : ""}${plan.remove.length} to remove and ${waiting} not upgraded.\n`);
  const unfinished = [...database.packages.keys()].filter((name) => ["unpacked", "half-configured"].includes(database.state(name) ?? "") && !load.fetching.includes(name) && !plan.remove.includes(name));
  if (unfinished.length > 0 && !silent) yield* say(sys, `${unfinished.length} not fully installed or removed.\n`);
  if (load.fetching.length + plan.remove.length + unfinished.length === 0) return 0;
  const total = load.fetching.reduce((sum, name) => sum + Number(candidates.get(name)?.paragraph.get("Size") ?? 0), 0);
  if (!options.simulate && !silent) {
    if (load.fetching.length > 0 && total > 0) yield* say(sys, load.needed === total ? `Need to get ${sizeText(load.needed)} of archives.\n` : `Need to get ${sizeText(load.needed)}/${sizeText(total)} of archives.\n`);
    const size = (name: string): number => Number(candidates.get(name)?.paragraph.get("Installed-Size") ?? 0);
    const there = (name: string): number => Number(database.packages.get(name)?.get("Installed-Size") ?? 0);
    const space = ([...plan.install, ...plan.upgrade, ...plan.downgrade].reduce((sum, name) => sum + size(name) - (database.version(name) === undefined ? 0 : there(name)), 0) - plan.remove.reduce((sum, name) => sum + (database.version(name) === undefined ? 0 : there(name)), 0)) * 1024;
    yield* say(sys, space >= 0 ? `After this operation, ${sizeText(space)} of additional disk space will be used.\n` : `After this operation, ${sizeText(-space)} disk space will be freed.\n`);
  }
  if (essential.length > 0 && !options.removeEssential) {
    if (options.yes) yield* problem(sys, options.friendly, "Essential packages were removed and -y was used without --allow-remove-essential.");
    else if (!options.simulate) yield* problem(sys, options.friendly, "Removing essential system-critical packages is not permitted. This might break the system.");
    if (options.yes || !options.simulate) return FAILED;
  }
  if (options.yes && !options.simulate) {
    if (held.length > 0 && !options.changeHeld) {
      yield* problem(sys, options.friendly, "Held packages were changed and -y was used without --allow-change-held-packages.");
      return FAILED;
    }
    if (plan.downgrade.length > 0 && !options.downgrades) {
      yield* problem(sys, options.friendly, "Packages were downgraded and -y was used without --allow-downgrades.");
      return FAILED;
    }
  }
  if (options.simulate) {
    yield* say(sys, simulationLines(plan, lists, options.purge));
    return 0;
  }
  if (options.printUris) {
    for (const name of load.fetching) {
      const candidate = candidates.get(name);
      if (candidate && !load.cached.has(name)) yield* say(sys, `'${addressOf(candidate)}' ${archiveOf(name, candidate).slice(ARCHIVES.length + 1)} ${candidate.paragraph.get("Size") ?? "0"} SHA256:${candidate.paragraph.get("SHA256") ?? ""}\n`);
    }
    return 0;
  }
  const asksFor = plan.remove.length > 0 || load.fetching.some((name) => !asked.includes(name)) || plan.upgrade.length + plan.downgrade.length > 0;
  if (!options.yes && asksFor) {
    if (options.no) {
      yield* say(sys, "Do you want to continue? [Y/n] N\nAbort.\n");
      return 1;
    }
    if (!(yield* confirmed(sys))) return 1;
  }
  if (!(yield* fetchArchives(sys, options, load, candidates))) return FAILED;
  if (options.downloadOnly) {
    yield* say(sys, "Download complete and in download only mode\n");
    return 0;
  }
  return yield* carryOut(sys, options, plan, lists, asked, command, load);
}

/** The archives are there: dpkg does what is planned, and it is written down. */
export function* carryOut(sys: Sys, options: AptOptions, plan: Plan, lists: PackageLists, asked: readonly string[], command: string, load: Load): Blocking<number> {
  const { candidates, database } = lists;
  const essential = plan.remove.some((name) => database.packages.get(name)?.get("Essential") === "yes");
  for (const hook of options.configuration.list("DPkg::Pre-Invoke")) if (hook !== "") yield* runShell(sys, hook);
  for (const hook of options.configuration.list("DPkg::Pre-Install-Pkgs")) if (hook !== "" && load.fetching.length > 0) yield* runShell(sys, `printf '%s\\n' ${load.fetching.map((name) => `'${archiveOf(name, candidates.get(name))}'`).join(" ")} | { ${hook}; }`);
  const record = yield* history(sys, plan, lists, options.purge, asked, command);
  yield* append(sys, TERMINAL, `\nLog started: ${yield* stamp(sys)}\n`);
  // an archive that an interrupted apt leaves behind is found by the next one; what dpkg did so far is in its own log
  const automatic = yield* automaticPackages(sys);
  for (const name of plan.install) if (!asked.includes(name)) automatic.add(name);
  for (const name of asked) automatic.delete(name);
  for (const name of plan.remove) automatic.delete(name);
  yield* writeAutomatic(sys, automatic);
  let status = 0;
  if (plan.remove.length > 0) status = yield* runDpkg(sys, options, ["--no-triggers", ...(essential ? ["--force-remove-essential"] : []), options.purge ? "--purge" : "--remove", ...plan.remove], true);
  let unpackStatus = 0;
  if (load.fetching.length > 0 && status === 0) unpackStatus = yield* runDpkg(sys, options, ["--no-triggers", ...(options.removeEssential ? ["--force-remove-essential"] : []), "--unpack", "--auto-deconfigure", ...load.fetching.map((name) => archiveOf(name, candidates.get(name)))], true);
  if (status === 0 && unpackStatus < 128) {
    const configured = yield* runDpkg(sys, options, ["--configure", "--pending"], true);
    status = unpackStatus === 0 ? configured : unpackStatus;
  } else status ||= unpackStatus;
  // apt (not apt-get) keeps no archives
  if (!options.configuration.flag("APT::Keep-Downloaded-Packages", true) && status === 0) for (const name of load.fetching) {
    const path = archiveOf(name, candidates.get(name));
    try {
      if (path.startsWith(`${ARCHIVES}/`)) sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* append(sys, TERMINAL, `Log ended: ${yield* stamp(sys)}\n\n`);
  yield* append(sys, HISTORY, `${record}${status === 0 ? "" : `Error: Sub-process /usr/bin/dpkg returned an error code (${status})\n`}End-Date: ${yield* stamp(sys)}\n`);
  if (status === 0) {
    for (const name of asked) if (plan.install.includes(name)) yield* observeEmptyPackage(sys, name);
    for (const hook of options.configuration.list("DPkg::Post-Invoke")) if (hook !== "") yield* runShell(sys, hook);
    return 0;
  }
  yield* problem(sys, options.friendly, `Sub-process /usr/bin/dpkg returned an error code (${status})`);
  return FAILED;
}
