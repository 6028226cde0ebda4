// Unpacking, configuring, removing and purging packages: the work of dpkg(1) with its lines.

import { type Blocking, encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import { unpackEntry } from "../../daemons/docker/api/tar.ts";
import { accountIds } from "./_owners.ts";
import type { Deb } from "./_deb.ts";
import { actionsOfScript, type MaintainerActions, maintainerScript } from "../kit/debian/maintainer-script.ts";
import { translated } from "../kit/messages/translate.ts";
import { carryOut } from "./_maintainer-actions.ts";
import { countFiles, DPKG, type DpkgDatabase, infoPath, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { parseRelations } from "../kit/debian/deb822.ts";
import { satisfies } from "../kit/debian/debian-version.ts";
import { observeEmptyPackage } from "../kit/debian/unsimulated-package.ts";

function* say(sys: Sys, text: string): Blocking<void> {
  yield* sys.write(1, encode(translated(sys, "dpkg", text)));
}

/** One call of dpkg: the size of the database is said once. */
export interface DpkgRun {
  counted: boolean;
}

function* sayDatabase(sys: Sys, run: DpkgRun): Blocking<void> {
  if (run.counted) return;
  run.counted = true;
  yield* say(sys, `(Reading database ... ${yield* countFiles(sys)} files and directories currently installed.)\n`);
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

export function* unpack(sys: Sys, run: DpkgRun, database: DpkgDatabase, deb: Deb, shownPath: string): Blocking<void> {
  const name = deb.control.get("Package") ?? "";
  const version = deb.control.get("Version") ?? "";
  const architecture = deb.control.get("Multi-Arch") === "same" ? `:${deb.control.get("Architecture") ?? "amd64"}` : "";
  const old = database.version(name);
  if (old === undefined && database.state(name) !== "config-files") yield* say(sys, `Selecting previously unselected package ${name}${architecture}.\n`);
  yield* sayDatabase(sys, run);
  yield* say(sys, `Preparing to unpack ${shownPath} ...\n`);
  yield* say(sys, old === undefined ? `Unpacking ${name}${architecture} (${version}) ...\n` : `Unpacking ${name}${architecture} (${version}) over (${old}) ...\n`);
  const paths = new Set(["/."]);
  for (const entry of deb.data) {
    if (sys.charge(50)) yield* sys.preempt();
    const parts = entry.name.split("/");
    for (let length = 1; length <= parts.length; length++) paths.add(`/${parts.slice(0, length).join("/")}`);
    if (entry.kind === "directory" && isDirectory(sys, `/${entry.name}`)) continue;
    // a configuration file that the administrator changed or that was left behind stays
    if (deb.conffiles.includes(`/${entry.name}`) && exists(sys, `/${entry.name}`)) continue;
    yield* unpackEntry(sys, "", entry);
  }
  const ids = yield* accountIds(sys);
  for (const { path, owner, group } of deb.actions.owners) {
    try {
      sys.chown(path, ids.user(owner), ids.group(group), false);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const base = `${DPKG}/info/${name}${architecture}`;
  yield* writeFile(sys, `${base}.list`, `${[...paths].join("\n")}\n`);
  if (deb.conffiles.length > 0) yield* writeFile(sys, `${base}.conffiles`, `${deb.conffiles.join("\n")}\n`);
  const script = maintainerScript(deb.actions);
  if (script !== undefined) yield* writeFile(sys, `${base}.postinst`, script, 0o755);
  const fields = new Map<string, string>();
  const order = ["Package", "Essential", "Status", "Priority", "Section", "Installed-Size", "Maintainer", "Architecture", "Multi-Arch", "Source", "Version", "Replaces", "Provides", "Depends", "Pre-Depends", "Recommends", "Suggests", "Breaks", "Conflicts", "Description", "Homepage"];
  for (const field of order) {
    const value = field === "Status" ? "install ok unpacked" : deb.control.get(field);
    if (value !== undefined) fields.set(field, value);
  }
  database.packages.set(name, fields);
  if (!sys.environment.has("DPKG_FRONTEND_LOCKED")) yield* observeEmptyPackage(sys, name);
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function* actionsOf(sys: Sys, name: string): Blocking<MaintainerActions> {
  return actionsOfScript(yield* readFile(sys, infoPath(sys, name, "postinst")));
}

/** Names of dependencies that are not there; empty when it can be configured. */
export function missingDependencies(database: DpkgDatabase, name: string): string[] {
  const paragraph = database.packages.get(name);
  const wishes = parseRelations(`${paragraph?.get("Depends") ?? ""},${paragraph?.get("Pre-Depends") ?? ""}`);
  const provided = (wanted: string) => [...database.packages.values()].some((other) => (other.get("Status") ?? "").startsWith("install ok") && parseRelations(other.get("Provides") ?? "").some(([one]) => one?.name === wanted));
  return wishes.filter((alternatives) => !alternatives.some((relation) => {
    const version = database.version(relation.name);
    return version === undefined ? provided(relation.name) : satisfies(version, relation);
  })).map((alternatives) => alternatives[0]?.name ?? "");
}

/** Returns false when a maintainer step failed. */
export function* configure(sys: Sys, database: DpkgDatabase, name: string): Blocking<boolean> {
  const paragraph = database.packages.get(name);
  const architecture = paragraph?.get("Multi-Arch") === "same" ? `:${paragraph.get("Architecture") ?? "amd64"}` : "";
  yield* say(sys, `Setting up ${name}${architecture} (${paragraph?.get("Version") ?? ""}) ...\n`);
  const good = yield* carryOut(sys, (yield* actionsOf(sys, name)).postInstall);
  if (!good) {
    yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: error processing package ${name} (--configure):\n installed ${name} package post-installation script subprocess returned error exit status 1\n`)));
    database.setState(name, "install ok half-configured");
    return false;
  }
  const conffiles = yield* readFile(sys, infoPath(sys, name, "conffiles"));
  if (conffiles !== "" && paragraph && !paragraph.has("Conffiles")) paragraph.set("Conffiles", conffiles.trimEnd().split("\n").map((path) => `\n ${path} newconffile`).join(""));
  database.setState(name, "install ok installed");
  return true;
}

export function* remove(sys: Sys, run: DpkgRun, database: DpkgDatabase, name: string, purge: boolean): Blocking<void> {
  const paragraph = database.packages.get(name);
  if (!paragraph) return;
  const version = paragraph.get("Version") ?? "";
  const state = database.state(name);
  const conffiles = (yield* readFile(sys, infoPath(sys, name, "conffiles"))).split("\n").filter((line) => line !== "");
  const actions = yield* actionsOf(sys, name);
  yield* sayDatabase(sys, run);
  if (state !== "config-files") {
    yield* say(sys, `Removing ${name} (${version}) ...\n`);
    for (const action of actions.postInstall) if ("start" in action) yield* carryOut(sys, [{ run: `systemctl stop ${action.start} >/dev/null 2>&1 || true` }]);
    const owned = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").filter((line) => line !== "" && line !== "/.");
    const units = owned.flatMap((path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|timer|path))$/.exec(path)?.[1] ?? []);
    // What debhelper puts into every prerm: the package's units are stopped before their programs go.
    if (units.length > 0) yield* carryOut(sys, [{ run: `[ ! -d /run/systemd/system ] || systemctl stop ${units.join(" ")} >/dev/null 2>&1 || true` }]);
    yield* carryOut(sys, actions.preRemove);
    const shared = new Set<string>();
    for (const { name: file } of sys.readdir(`${DPKG}/info`)) {
      if (!file.endsWith(".list") || `${DPKG}/info/${file}` === infoPath(sys, name, "list")) continue;
      for (const line of (yield* readFile(sys, `${DPKG}/info/${file}`)).split("\n")) shared.add(line);
    }
    for (const path of owned.toReversed()) {
      if (sys.charge(20)) yield* sys.preempt();
      if (shared.has(path) || conffiles.includes(path)) continue;
      try {
        if (isDirectory(sys, path)) sys.rmdir(path);
        else sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (units.length > 0) yield* carryOut(sys, [{ run: "[ ! -d /run/systemd/system ] || systemctl daemon-reload >/dev/null 2>&1 || true" }]);
    for (const action of actions.postInstall) if ("enable" in action) yield* carryOut(sys, [{ run: `systemctl disable ${action.enable} >/dev/null 2>&1 || true` }]);
  }
  if (purge || conffiles.length === 0) {
    if (purge) {
      if (conffiles.length > 0 || actions.postPurge.length > 0) yield* say(sys, `Purging configuration files for ${name} (${version}) ...\n`);
      for (const path of conffiles) {
        try {
          sys.unlink(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      yield* carryOut(sys, actions.postPurge);
    }
    for (const kind of ["list", "conffiles", "postinst"]) {
      try {
        sys.unlink(infoPath(sys, name, kind));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    database.packages.delete(name);
  } else database.setState(name, "deinstall ok config-files");
}
