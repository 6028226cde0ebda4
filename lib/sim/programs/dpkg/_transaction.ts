// Unpacking, configuring, removing and purging packages: the work of dpkg(1) with its lines.
// (More than 400 lines: one transaction, whose steps undo each other.)

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { type TarEntry, unpackEntry } from "../../daemons/docker/api/tar.ts";
import { DPKG, infoPath, qualifiedName, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { compareVersions, satisfies } from "../kit/debian/debian-version.ts";
import { type Paragraph, parseRelations, type Relation } from "../kit/debian/deb822.ts";
import { fileSum } from "../kit/debian/file-sum.ts";
import { maintainerScript } from "../kit/debian/maintainer-script.ts";
import { observeEmptyPackage } from "../kit/debian/unsimulated-package.ts";
import { conffilesField, conffileSums, PromptEnded, settleConffile } from "./_conffiles.ts";
import type { Deb } from "./_deb.ts";
import { readDiversions, readStatOverrides } from "./_diversions.ts";
import { carryOut } from "./_maintainer-actions.ts";
import { accountIds } from "./_owners.ts";
import type { DpkgRun } from "./_run.ts";
import { actionsOf, runScript, ScriptFailed } from "./_scripts.ts";
import { activate } from "./_triggers.ts";

/** A package that dpkg gives up; the message is what stands behind "error processing". */
export class Failed extends Error {}

const MICROSECONDS_PER_KIB = 6;
const UNPACK_US = 30_000;
const CONFIGURE_US = 25_000;

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function unlinkQuietly(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

const merged = (path: string): string => (/^\/(?:bin|sbin|lib|lib64)\//.test(path) ? `/usr${path}` : path);

function* ownersOf(sys: Sys): Blocking<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const { name } of sys.readdir(`${DPKG}/info`)) {
    if (!name.endsWith(".list")) continue;
    if (sys.charge(20)) yield* sys.preempt();
    const owner = name.slice(0, -".list".length).replace(/:.*/, "");
    const lines = (yield* readFile(sys, `${DPKG}/info/${name}`)).split("\n");
    if (sys.charge(lines.length >> 3)) yield* sys.preempt();
    for (const path of lines) if (path !== "") owners.set(merged(path), [...(owners.get(merged(path)) ?? []), owner]);
  }
  return owners;
}

/** The fields that the status file keeps, in dpkg's order. */
const STATUS_FIELDS = ["Package", "Essential", "Protected", "Status", "Priority", "Section", "Installed-Size", "Origin", "Maintainer", "Bugs", "Architecture", "Multi-Arch", "Source", "Version", "Config-Version", "Replaces", "Provides", "Depends", "Pre-Depends", "Recommends", "Suggests", "Breaks", "Conflicts", "Enhances", "Conffiles", "Description", "Homepage"];

function statusFields(control: Paragraph, more: ReadonlyMap<string, string | undefined>): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of STATUS_FIELDS) {
    const value = more.has(field) ? more.get(field) : control.get(field);
    if (value !== undefined) fields.set(field, value);
  }
  for (const [field, value] of control) if (!STATUS_FIELDS.includes(field) && !["Filename", "Size", "SHA256", "MD5sum"].includes(field)) fields.set(field, value);
  return fields;
}

function* conflictsOf(run: DpkgRun, deb: Deb, name: string): Blocking<string | undefined> {
  const hits = (relation: Relation, other: string, paragraph: Paragraph): boolean => (relation.name === other ? satisfies(paragraph.get("Version") ?? "", relation) : relation.operator === undefined && (paragraph.get("Provides") ?? "").includes(relation.name) && parseRelations(paragraph.get("Provides") ?? "").some(([one]) => one?.name === relation.name));
  const own = new Map(["Conflicts", "Breaks"].map((field) => [field, parseRelations(deb.control.get(field) ?? "").flat()]));
  for (const [other, paragraph] of run.database.packages) {
    if (other === name || run.database.version(other) === undefined) continue;
    for (const [field, verb] of [["Conflicts", "conflicts with"], ["Breaks", "breaks"]] as const) {
      const mine = own.get(field)?.find((relation) => hits(relation, other, paragraph));
      const named = paragraph.get(field);
      const theirs = named === undefined ? undefined : parseRelations(named).flat().find((relation) => hits(relation, name, deb.control));
      const text = (of: string, relation: Relation, against: string, version: string): string => `dpkg: regarding ${run.options.action === "" ? "" : `.../${name}.deb`} containing ${name}:\n ${of} ${verb} ${relation.name}${relation.operator ? ` (${relation.operator} ${relation.version})` : ""}\n  ${against} (version ${version}) is present and ${run.database.state(other) ?? "installed"}.\n\n`;
      if (mine && !parseRelations(deb.control.get("Replaces") ?? "").flat().some((relation) => relation.name === other && field === "Conflicts")) {
        yield* run.complain(text(name, mine, other, paragraph.get("Version") ?? ""));
        return field === "Conflicts" ? `conflicting packages - not installing ${name}` : `installing ${name} would break existing software`;
      }
      if (theirs) {
        yield* run.complain(text(other, theirs, name, deb.control.get("Version") ?? ""));
        return field === "Conflicts" ? `conflicting packages - not installing ${name}` : `installing ${name} would break existing software`;
      }
    }
  }
  return undefined;
}

/** Errors: Failed, ScriptFailed; the package is then as it was. */
export function* unpack(run: DpkgRun, deb: Deb, shownPath: string): Blocking<void> {
  const { database } = run;
  const name = deb.control.get("Package") ?? "";
  const known = database.packages.get(name);
  const before = known && new Map(known);
  try {
    yield* unpackNew(run, deb, shownPath);
  } catch (error) {
    if (!(error instanceof Failed || error instanceof ScriptFailed)) throw error;
    // nothing has changed yet on disk: it is what it was
    if (before) database.packages.set(name, before);
    else database.packages.delete(name);
    if (!run.options.simulate) yield* database.note(run.sys, name);
    throw error;
  }
}

function* unpackNew(run: DpkgRun, deb: Deb, shownPath: string): Blocking<void> {
  const { sys, database } = run;
  const name = deb.control.get("Package") ?? "";
  const version = deb.control.get("Version") ?? "";
  const shown = qualifiedName(deb.control);
  const before = database.packages.get(name);
  const old = database.version(name);
  const left = database.state(name) === "config-files" ? before?.get("Version") : undefined;
  const architecture = deb.control.get("Architecture") ?? "";
  if (architecture !== "all" && architecture !== "amd64" && !run.forces("architecture")) throw new Failed(`package architecture (${architecture}) does not match system (amd64)`);
  const hold = before?.get("Status")?.startsWith("hold ") ?? false;
  if (old !== undefined && compareVersions(version, old) < 0) {
    if (!run.forces("downgrade")) {
      yield* run.warn(`version ${version} of ${name} would be downgraded from ${old}, skipping`);
      throw new Failed("");
    }
    yield* run.warn(`downgrading ${shown} from ${old} to ${version}`);
  }
  if (before === undefined || (old === undefined && left === undefined)) yield* run.say(`Selecting previously unselected package ${shown}.\n`);
  yield* run.sayDatabase();
  yield* run.say(`Preparing to unpack ${shownPath} ...\n`);
  const conflict = yield* conflictsOf(run, deb, name);
  if (conflict !== undefined && !run.forces("conflicts") && !run.forces("breaks")) throw new Failed(conflict);
  if (run.options.simulate) {
    yield* run.say(old === undefined ? `Unpacking ${shown} (${version}) ...\n` : `Unpacking ${shown} (${version}) over (${old}) ...\n`);
    return;
  }
  yield* run.log(old === undefined ? `install ${name}:${architecture} ${left ?? "<none>"} ${version}` : `upgrade ${name}:${architecture} ${old} ${version}`);
  if (old !== undefined) {
    yield* run.enter(name, "half-configured");
    yield* runScript(run, name, "prerm", ["upgrade", version]);
    yield* run.enter(name, "unpacked");
  }
  const preinst = deb.members.get("preinst");
  if (preinst !== undefined) {
    const script = `${DPKG}/tmp.ci/preinst`;
    if (!exists(sys, `${DPKG}/tmp.ci`)) sys.mkdir(`${DPKG}/tmp.ci`, 0o755);
    yield* writeFile(sys, script, preinst, 0o755);
    sys.chmod(script, 0o755);
    try {
      yield* runScript(run, name, "preinst", old !== undefined ? ["upgrade", old, version] : left !== undefined ? ["install", left, version] : ["install"], script, "new");
    } finally {
      unlinkQuietly(sys, script);
      sys.rmdir(`${DPKG}/tmp.ci`);
    }
  }
  const told = old !== undefined ? ["upgrade", old, version] : left !== undefined ? ["install", left, version] : ["install"];
  if (!(yield* carryOut(sys, deb.actions.preInstall ?? [], { package: name, script: "preinst", args: told }))) throw new Failed(`new ${name} package pre-installation script subprocess returned error exit status 1`);
  const keptSums = conffileSums(before?.get("Conffiles"));
  const fields = statusFields(deb.control, new Map([["Status", before?.get("Status") ?? "install ok not-installed"], ["Version", old ?? version], ["Config-Version", before?.get("Config-Version")], ["Conffiles", before?.get("Conffiles")]]));
  database.packages.set(name, fields);
  database.setState(name, `${hold ? "hold" : "install"} ok ${database.state(name) ?? "not-installed"}`);
  yield* run.say(old === undefined ? `Unpacking ${shown} (${version}) ...\n` : `Unpacking ${shown} (${version}) over (${old}) ...\n`);
  yield* run.enter(name, "half-installed", "reinstreq");
  yield* sys.sleep(UNPACK_US + Number(deb.control.get("Installed-Size") ?? 0) * MICROSECONDS_PER_KIB);
  const { paths, sums } = yield* putFiles(run, deb, name);
  // what the old version had and the new one has not goes
  const listPath = infoPath(sys, name, "list");
  const oldPaths = (yield* readFile(sys, listPath)).split("\n").filter((line) => line !== "" && line !== "/.");
  const now = new Set([...paths].map(merged));
  const gone = oldPaths.filter((path) => !now.has(merged(path)));
  if (gone.length > 0) {
    const owners = yield* ownersOf(sys);
    for (const path of gone.toReversed()) {
      if (keptSums.has(path) || (owners.get(merged(path)) ?? []).some((owner) => owner !== name)) continue;
      try {
        if (isDirectory(sys, path)) sys.rmdir(path);
        else sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
  if (old !== undefined) yield* runScript(run, name, "postrm", ["upgrade", version]);
  const base = `${DPKG}/info/${shown}`;
  for (const kind of ["preinst", "postinst", "prerm", "postrm", "conffiles", "triggers", "templates", "config", "shlibs", "symbols"]) unlinkQuietly(sys, infoPath(sys, name, kind));
  yield* writeFile(sys, `${base}.list`, `${[...paths].join("\n")}\n`);
  yield* writeFile(sys, `${base}.md5sums`, sums.join(""));
  for (const [member, text] of deb.members) {
    if (member === "control" || member === "md5sums") continue;
    const script = ["preinst", "postinst", "prerm", "postrm", "config"].includes(member);
    yield* writeFile(sys, `${base}.${member}`, text, script ? 0o755 : 0o644);
    if (script) sys.chmod(`${base}.${member}`, 0o755);
  }
  const steps = maintainerScript(deb.actions);
  if (steps !== undefined) yield* writeFile(sys, `${base}.postinst`, steps, 0o755);
  const sumsAfter = new Map(deb.conffiles.map((path) => [path, keptSums.get(path) ?? { sum: "newconffile", obsolete: false }] as const));
  for (const [path, one] of keptSums) if (!sumsAfter.has(path) && exists(sys, path)) sumsAfter.set(path, { ...one, obsolete: true });
  const configured = before?.get("Config-Version") ?? old ?? left;
  database.packages.set(name, statusFields(deb.control, new Map([["Status", fields.get("Status")], ["Config-Version", configured], ["Conffiles", sumsAfter.size === 0 ? undefined : conffilesField(sumsAfter)]])));
  yield* run.enter(name, "unpacked");
  activate(run, [...paths, ...gone], deb.control.get("Section"));
  if (!sys.environment.has("DPKG_FRONTEND_LOCKED")) yield* observeEmptyPackage(sys, name);
}

/** Puts the package's files on disk; configuration files beside those that are there, as NAME.dpkg-new. */
function* putFiles(run: DpkgRun, deb: Deb, name: string): Blocking<{ readonly paths: ReadonlySet<string>; readonly sums: readonly string[] }> {
  const { sys } = run;
  const paths = new Set(["/."]);
  const sums: string[] = [];
  const diversions = yield* readDiversions(sys);
  const replaces = parseRelations(deb.control.get("Replaces") ?? "").flat();
  let owners: Map<string, string[]> | undefined;
  const check = function* (entry: TarEntry): Blocking<void> {
    const path = `/${entry.name}`;
    if (entry.kind === "directory" || !exists(sys, path)) return;
    owners ??= yield* ownersOf(sys);
    const mine = owners.get(merged(path)) ?? [];
    // two packages that share a file go on sharing it
    if (mine.includes(name)) return;
    const other = mine.find((owner) => owner !== name && run.database.version(owner) !== undefined);
    if (other === undefined) return;
    const version = run.database.version(other) ?? "";
    if (replaces.some((relation) => relation.name === other && satisfies(version, relation)) || run.database.packages.get(other)?.get("Multi-Arch") === "same") return;
    const text = `trying to overwrite '${path}', which is also in package ${other} ${version}`;
    if (!run.forces("overwrite")) throw new Failed(text);
    yield* run.warn("overriding problem because --force enabled:");
    yield* run.warn(text);
  };
  for (const entry of deb.data) yield* check(entry);
  for (const entry of deb.data) {
    if (sys.charge(50)) yield* sys.preempt();
    if (entry.name === "" || entry.name === ".") continue;
    const parts = entry.name.split("/");
    for (let length = 1; length <= parts.length; length++) paths.add(`/${parts.slice(0, length).join("/")}`);
    const path = `/${entry.name}`;
    if (entry.kind === "file" && !deb.conffiles.includes(path)) sums.push(`${fileSum(entry.bytes, entry.sizeBytes)}  ${entry.name}\n`);
    if (entry.kind === "directory" && isDirectory(sys, path)) continue;
    if (deb.conffiles.includes(path)) {
      yield* unpackEntry(sys, "", { ...entry, name: `${entry.name}.dpkg-new` });
      continue;
    }
    const diverted = diversions.find((one) => one.from === path && one.by !== name);
    if (entry.kind === "symlink" && isDirectory(sys, path)) continue;
    yield* unpackEntry(sys, "", diverted ? { ...entry, name: diverted.to.slice(1) } : entry);
  }
  const ids = yield* accountIds(sys);
  const own = (path: string, user: string, group: string): void => {
    const id = (number: string, find: (name: string) => number): number => (number.startsWith("#") ? Number(number.slice(1)) : find(number));
    try {
      const { mode } = sys.lstat(path);
      sys.chown(path, id(user, ids.user), id(group, ids.group), false);
      // a new owner takes the set-user-ID bit away
      if ((mode & (S.ISUID | S.ISGID)) !== 0) sys.chmod(path, mode & 0o7777);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  };
  for (const { path, owner, group } of deb.actions.owners) own(deb.conffiles.includes(path) ? `${path}.dpkg-new` : path, owner, group);
  for (const { user, group, mode, path } of yield* readStatOverrides(sys)) {
    if (!paths.has(path) || !exists(sys, path)) continue;
    own(path, user, group);
    sys.chmod(path, Number.parseInt(mode, 8));
  }
  return { paths, sums };
}

/** Dependencies that are not there configured, in lines; empty when it can be configured. `ready` says of a package that it will be in time. */
export function problemsOf(run: DpkgRun, name: string, ready: (name: string) => boolean = () => false): string[] {
  const { database } = run;
  const paragraph = database.packages.get(name);
  const good = (other: string): boolean => database.installed(other) || ready(other);
  const lines: string[] = [];
  for (const alternatives of parseRelations(`${paragraph?.get("Pre-Depends") ?? ""},${paragraph?.get("Depends") ?? ""}`)) {
    const provider = (relation: Relation): boolean => [...database.packages].some(([other, one]) => (one.get("Provides") ?? "").includes(relation.name) && good(other) && parseRelations(one.get("Provides") ?? "").some(([provided]) => provided?.name === relation.name && (relation.operator === undefined || (provided.operator !== undefined && satisfies(provided.version, relation)))));
    if (alternatives.some((relation) => {
      const version = database.version(relation.name);
      return (version !== undefined && good(relation.name) && satisfies(version, relation)) || provider(relation);
    })) continue;
    lines.push(` ${name} depends on ${alternatives.map((one) => `${one.name}${one.operator ? ` (${one.operator} ${one.version})` : ""}`).join(" | ")}; however:`);
    for (const relation of alternatives) {
      const version = database.version(relation.name);
      if (version === undefined) lines.push(`  Package ${relation.name} is not installed.`);
      else if (!satisfies(version, relation)) lines.push(`  Version of ${relation.name} on system is ${version}.`);
      else lines.push(`  Package ${relation.name} is not configured yet.`);
    }
  }
  return lines;
}

/** Errors: Failed, ScriptFailed. */
export function* configure(run: DpkgRun, name: string): Blocking<void> {
  const { sys, database } = run;
  const paragraph = database.packages.get(name);
  if (!paragraph) return;
  const version = paragraph.get("Version") ?? "";
  yield* run.say(`Setting up ${qualifiedName(paragraph)} (${version}) ...\n`);
  if (run.options.simulate) return;
  const before = paragraph.get("Config-Version");
  yield* run.log(`configure ${run.logName(name)} ${version} ${before ?? "<none>"}`);
  const sums = conffileSums(paragraph.get("Conffiles"));
  for (const [path, { sum, obsolete }] of sums) {
    if (obsolete) continue;
    try {
      const after = yield* settleConffile(run, path, sum === "newconffile" ? undefined : sum);
      if (after !== undefined) sums.set(path, { sum: after, obsolete: false });
      paragraph.set("Conffiles", conffilesField(sums));
    } catch (error) {
      if (error instanceof PromptEnded) throw new Failed("end of file on stdin at conffile prompt");
      throw error;
    }
  }
  yield* run.enter(name, "half-configured");
  yield* sys.sleep(CONFIGURE_US);
  const actions = yield* actionsOf(sys, name);
  // timers and static units start what they start by themselves
  const own = actions.postInstall.flatMap((action) => ("enable" in action ? [action.enable] : "start" in action ? [action.start] : []));
  const units = before === undefined || before === version ? [] : [...new Set(own)].filter((unit) => /\.(?:service|socket)$/.test(unit));
  if (!(yield* carryOut(sys, actions.postInstall, { package: name, script: "postinst", args: ["configure", before ?? ""] }))) throw new Failed(`installed ${name} package post-installation script subprocess returned error exit status 1`);
  // what debhelper puts into every postinst: the units that run are started again from the new files
  if (units.length > 0) yield* carryOut(sys, [{ run: `[ ! -d /run/systemd/system ] || { systemctl daemon-reload; systemctl try-restart ${units.join(" ")}; } >/dev/null 2>&1 || true` }]);
  yield* runScript(run, name, "postinst", ["configure", before ?? ""]);
  paragraph.delete("Config-Version");
  yield* run.enter(name, "installed");
}

/** What needs it and would be left without, in lines. */
function neededBy(run: DpkgRun, name: string, leaving: ReadonlySet<string>): string[] {
  const { database } = run;
  const lines: string[] = [];
  for (const [other, paragraph] of database.packages) {
    if (other === name || leaving.has(other) || database.version(other) === undefined) continue;
    const text = `${paragraph.get("Pre-Depends") ?? ""},${paragraph.get("Depends") ?? ""}`;
    const provided = parseRelations(database.packages.get(name)?.get("Provides") ?? "").map(([one]) => one?.name ?? "");
    const wish = parseRelations(text).find((alternatives) => alternatives.some((one) => one.name === name || provided.includes(one.name)) && !alternatives.some((one) => {
      const version = database.version(one.name);
      if (one.name !== name && !leaving.has(one.name) && version !== undefined && satisfies(version, one)) return true;
      return [...database.packages].some(([provider, facts]) => provider !== name && !leaving.has(provider) && database.version(provider) !== undefined && parseRelations(facts.get("Provides") ?? "").some(([given]) => given?.name === one.name));
    }));
    if (wish) lines.push(` ${other} depends on ${wish.map((one) => `${one.name}${one.operator ? ` (${one.operator} ${one.version})` : ""}`).join(" | ")}.`);
  }
  return lines;
}

/** `leaving` are the names that go in this run. Errors: Failed, ScriptFailed. */
export function* remove(run: DpkgRun, name: string, purge: boolean, leaving: ReadonlySet<string>): Blocking<void> {
  const { sys, database } = run;
  const paragraph = database.packages.get(name);
  if (!paragraph) return;
  const version = paragraph.get("Version") ?? "";
  const state = database.state(name);
  const shown = qualifiedName(paragraph);
  if (state !== "config-files") {
    if (paragraph.get("Essential") === "yes" && !run.forces("remove-essential")) throw new Failed("this is an essential package; it should not be removed");
    if (paragraph.get("Protected") === "yes" && !run.forces("remove-protected")) throw new Failed("this is a protected package; it should not be removed");
    if ((paragraph.get("Status") ?? "").split(" ")[1] === "reinstreq" && !run.forces("remove-reinstreq")) throw new Failed("package is in a very bad inconsistent state; you should\n reinstall it before attempting a removal");
    const needed = neededBy(run, name, leaving);
    if (needed.length > 0) {
      if (!run.forces("depends")) {
        yield* run.complain(`dpkg: dependency problems prevent removal of ${shown}:\n${needed.map((line) => `${line}\n`).join("")}\n`);
        throw new Failed("dependency problems - not removing");
      }
      yield* run.complain(`dpkg: ${shown}: dependency problems, but removing anyway as you requested:\n${needed.map((line) => `${line}\n`).join("")}\n`);
    }
  }
  yield* run.sayDatabase();
  const sums = conffileSums(paragraph.get("Conffiles"));
  const conffiles = [...new Set([...sums.keys(), ...(yield* readFile(sys, infoPath(sys, name, "conffiles"))).split("\n").filter((line) => line !== "")])];
  const actions = yield* actionsOf(sys, name);
  const hadPostrm = exists(sys, infoPath(sys, name, "postrm"));
  if (state !== "config-files") {
    yield* run.say(`Removing ${shown} (${version}) ...\n`);
    if (run.options.simulate) return;
    database.setState(name, `${purge ? "purge" : "deinstall"} ok ${state ?? "installed"}`);
    yield* run.log(`${purge ? "remove" : "remove"} ${run.logName(name)} ${version} <none>`);
    yield* run.enter(name, "half-configured");
    for (const action of actions.postInstall) if ("start" in action) yield* carryOut(sys, [{ run: `systemctl stop ${action.start} >/dev/null 2>&1 || true` }]);
    const owned = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").filter((line) => line !== "" && line !== "/.");
    const units = owned.flatMap((path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|timer|path))$/.exec(path)?.[1] ?? []);
    // What debhelper puts into every prerm: the package's units are stopped before their programs go.
    if (units.length > 0) yield* carryOut(sys, [{ run: `[ ! -d /run/systemd/system ] || systemctl stop ${units.join(" ")} >/dev/null 2>&1 || true` }]);
    for (const action of actions.postInstall) if ("alternative" in action) yield* carryOut(sys, [{ run: `update-alternatives --remove ${action.alternative} ${action.path}` }]);
    if (!(yield* carryOut(sys, actions.preRemove, { package: name, script: "prerm", args: ["remove"] }))) {
      database.setState(name, "install ok installed");
      yield* run.enter(name, "installed");
      throw new Failed(`installed ${name} package pre-removal script subprocess returned error exit status 1`);
    }
    yield* runScript(run, name, "prerm", ["remove"]);
    yield* run.enter(name, "half-installed");
    yield* sys.sleep(CONFIGURE_US);
    yield* removeFiles(run, name, owned, new Set(conffiles));
    activate(run, owned, paragraph.get("Section"));
    if (units.length > 0) yield* carryOut(sys, [{ run: "[ ! -d /run/systemd/system ] || systemctl daemon-reload >/dev/null 2>&1 || true" }]);
    for (const action of actions.postInstall) if ("enable" in action) yield* carryOut(sys, [{ run: `SYSTEMCTL_SKIP_SYSV=1 systemctl disable ${action.enable} >/dev/null 2>&1 || true` }]);
    if (!(yield* carryOut(sys, actions.postRemove ?? [], { package: name, script: "postrm", args: ["remove"] }))) throw new Failed(`installed ${name} package post-removal script subprocess returned error exit status 1`);
    yield* runScript(run, name, "postrm", ["remove"]);
    yield* run.enter(name, "config-files");
  }
  const kept = conffiles.length > 0 || hadPostrm || actions.postPurge.length > 0;
  if (!purge && kept) {
    for (const kind of ["preinst", "prerm", "md5sums", "conffiles", "triggers", "shlibs", "symbols", "templates", "config"]) unlinkQuietly(sys, infoPath(sys, name, kind));
    const listPath = infoPath(sys, name, "list");
    yield* writeFile(sys, listPath, (yield* readFile(sys, listPath)).split("\n").filter((line) => line === "" || conffiles.some((path) => path === line || path.startsWith(`${line}/`))).join("\n"));
    paragraph.set("Status", paragraph.get("Status")?.replace(/^\w+/, "deinstall") ?? "deinstall ok config-files");
    return;
  }
  if (purge && kept) {
    yield* run.say(`Purging configuration files for ${shown} (${version}) ...\n`);
    if (run.options.simulate) return;
    yield* run.log(`purge ${run.logName(name)} ${version} <none>`);
    for (const path of conffiles) for (const suffix of ["", ".dpkg-new", ".dpkg-old", ".dpkg-dist", "~"]) unlinkQuietly(sys, `${path}${suffix}`);
    yield* carryOut(sys, actions.postPurge, { package: name, script: "postrm", args: ["purge"] });
    yield* runScript(run, name, "postrm", ["purge"]);
    const directories = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").filter((line) => line !== "" && line !== "/.");
    yield* removeFiles(run, name, directories, new Set());
  }
  for (const kind of ["list", "conffiles", "preinst", "postinst", "prerm", "postrm", "md5sums", "triggers", "shlibs", "symbols", "templates", "config"]) unlinkQuietly(sys, infoPath(sys, name, kind));
  yield* run.log(`status not-installed ${run.logName(name)} <none>`);
  database.packages.delete(name);
  yield* database.note(sys, name);
}

function* removeFiles(run: DpkgRun, name: string, owned: readonly string[], keep: ReadonlySet<string>): Blocking<void> {
  const { sys } = run;
  const owners = yield* ownersOf(sys);
  const diversions = yield* readDiversions(sys);
  for (const listed of owned.toReversed()) {
    if (sys.charge(20)) yield* sys.preempt();
    const path = diversions.find((one) => one.from === listed && one.by !== name)?.to ?? listed;
    if (keep.has(listed) || (owners.get(merged(listed)) ?? []).some((owner) => owner !== name)) continue;
    try {
      if (isDirectory(sys, path)) sys.rmdir(path);
      else sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOTEMPTY" && isDirectory(sys, path) && ![...keep].some((one) => one.startsWith(`${path}/`)) && (owners.get(merged(listed)) ?? []).length <= 1) yield* run.warn(`while removing ${name}, directory '${path}' not empty so not removed`);
    }
  }
}

