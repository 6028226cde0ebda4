// Where unit files are and what links make of them: load paths, drop-ins, enabling, masking, presets (systemd.unit(5), systemd.preset(5)).
// (More than 400 lines: where units lie, what enables them and what their states are is read from the same directories.)
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, linkTarget, makeDirectories, names, readFile, tryReadFile } from "./files.ts";
import { instantiate, isTemplate, matchesPattern, nameParts, templateOf, unitTypeOf } from "./unit-name.ts";
import { lintUnit, withoutIgnored } from "./unit-lint.ts";
import { UnitText } from "./unit-text.ts";

/** Highest priority first. (/usr/lib/systemd/system is the same directory as the last.) */
export const LOAD_PATHS = ["/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient", "/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator", "/usr/local/lib/systemd/system", "/lib/systemd/system"] as const;
const ETC_UNITS = "/etc/systemd/system";
const RUN_UNITS = "/run/systemd/system";

const presetDirectories = ["/etc/systemd/system-preset", "/run/systemd/system-preset", "/lib/systemd/system-preset"];

/**
 * What lies in the load paths, remembered until `forget`: as in systemd, a unit's file, drop-ins and links are then found without asking the disk for each
 * directory where they could be.
 */
export class UnitPaths {
  readonly sys: Sys;
  readonly #listings = new Map<string, ReadonlySet<string>>();
  readonly #sorted = new Map<string, readonly string[]>();

  constructor(sys: Sys) {
    this.sys = sys;
  }

  forget(): void {
    this.#listings.clear();
    this.#sorted.clear();
  }

  has(directory: string, name: string): boolean {
    let listing = this.#listings.get(directory);
    if (listing === undefined) {
      listing = new Set(this.#read(directory));
      this.#listings.set(directory, listing);
    }
    return listing.has(name);
  }

  #read(directory: string): readonly string[] {
    // the three that a fresh host does not have are not worth an error each
    const parent = directory.slice(0, directory.lastIndexOf("/"));
    if ((parent === "/etc/systemd" || parent === "/run/systemd") && !this.has(parent, directory.slice(parent.length + 1))) return [];
    return names(this.sys, directory);
  }

  /** Sorted names of a directory that is itself in a load path; empty when it is not there. */
  below(directory: string, name: string): readonly string[] {
    if (!this.has(directory, name)) return [];
    const path = `${directory}/${name}`;
    let list = this.#sorted.get(path);
    if (list === undefined) {
      list = names(this.sys, path);
      this.#sorted.set(path, list);
    }
    return list;
  }
}

export interface Fragment {
  /** the unit's own name once aliases are followed */
  readonly name: string;
  /** "" for a masked unit without text */
  readonly path: string;
  readonly masked: boolean;
  /** the directory of LOAD_PATHS where it was found */
  readonly directory: string;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Follows aliases (links between unit names), not links to files of the same name elsewhere. */
export function findFragment(paths: UnitPaths, name: string): Fragment | undefined {
  const { sys } = paths;
  let wanted = name;
  for (let hops = 0; hops < 8; hops++) {
    const found = findExact(paths, wanted) ?? findInstance(paths, wanted);
    if (found === undefined) return undefined;
    const { directory, file } = found;
    const path = `${directory}/${file}`;
    const target = linkTarget(sys, path);
    if (target === undefined) return isEmptyFile(sys, path) ? { name: wanted, path, masked: true, directory } : { name: wanted, path, masked: false, directory };
    if (target === "/dev/null") return { name: wanted, path, masked: true, directory };
    const targetName = baseName(target);
    if (targetName === file) {
      // a link to a file of the same name: the unit lives where it points
      const real = target.startsWith("/") ? target : `${directory}/${target}`;
      return exists(sys, real) ? { name: wanted, path: real, masked: false, directory } : undefined;
    }
    const instance = nameParts(wanted).instance;
    wanted = isTemplate(targetName) && instance !== undefined && instance !== "" ? instantiate(targetName, instance) : targetName;
  }
  return undefined;
}

function isEmptyFile(sys: Sys, path: string): boolean {
  try {
    return sys.stat(path).sizeBytes === 0;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function findExact(paths: UnitPaths, name: string): { directory: string; file: string } | undefined {
  for (const directory of LOAD_PATHS) if (paths.has(directory, name)) return { directory, file: name };
  return undefined;
}

function findInstance(paths: UnitPaths, name: string): { directory: string; file: string } | undefined {
  const template = templateOf(name);
  return template === undefined ? undefined : findExact(paths, template);
}

/** NAME.d/*.conf of the unit, its template, its dash-truncated prefixes and its type, in the order in which they apply. */
function dropInsOf(paths: UnitPaths, name: string): readonly string[] {
  const { prefix, suffix } = nameParts(name);
  const owners = [suffix];
  const dashes = prefix.split("-");
  for (let length = 1; length < dashes.length; length++) owners.push(`${dashes.slice(0, length).join("-")}-.${suffix}`);
  const template = templateOf(name);
  if (template !== undefined) owners.push(template);
  owners.push(name);
  const found = new Map<string, string>();
  for (const owner of owners) {
    for (const directory of [...LOAD_PATHS].reverse()) {
      for (const file of paths.below(directory, `${owner}.d`)) if (file.endsWith(".conf")) found.set(file, `${directory}/${owner}.d/${file}`);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

export interface UnitSource {
  readonly fragment: Fragment;
  readonly dropIns: readonly string[];
  readonly text: UnitText;
  /** "/etc/systemd/system/a.service:3: Unknown key 'X' in section [Unit], ignoring." */
  readonly problems: readonly string[];
  /** the unit is not started with such settings; nor when its file cannot be read to its end */
  readonly isFatal: boolean;
  readonly isUnreadable: boolean;
}

export function* readUnit(paths: UnitPaths, name: string): Blocking<UnitSource | undefined> {
  const { sys } = paths;
  const fragment = findFragment(paths, name);
  if (fragment === undefined) return undefined;
  const text = new UnitText();
  const problems: string[] = [];
  let isFatal = false;
  let isUnreadable = false;
  if (fragment.masked) return { fragment, dropIns: [], text, problems, isFatal, isUnreadable };
  const own = yield* tryReadFile(sys, fragment.path);
  if (own === undefined) return undefined;
  const type = unitTypeOf(fragment.name) ?? "service";
  const add = (path: string, content: string): void => {
    const lint = lintUnit(content, type);
    text.append(withoutIgnored(content, lint));
    problems.push(...lint.findings.map(({ line, message }) => `${path}:${line}: ${message}`));
    isFatal ||= lint.isFatal;
    isUnreadable ||= lint.isUnreadable;
  };
  add(fragment.path, own);
  const dropIns = dropInsOf(paths, fragment.name);
  for (const path of dropIns) {
    const more = yield* tryReadFile(sys, path);
    if (more !== undefined) add(path, more);
  }
  return { fragment, dropIns, text, problems, isFatal, isUnreadable };
}

/** What drop-ins alone say of a unit that has no file. */
export function* readDropIns(paths: UnitPaths, name: string): Blocking<UnitText> {
  const text = new UnitText();
  for (const path of dropInsOf(paths, name)) text.append((yield* tryReadFile(paths.sys, path)) ?? "");
  return text;
}

/** Names below UNIT.wants and UNIT.requires of every load path. */
export function linkedDependencies(paths: UnitPaths, name: string, kind: "wants" | "requires"): readonly string[] {
  const found = new Set<string>();
  for (const directory of LOAD_PATHS) for (const unit of paths.below(directory, `${name}.${kind}`)) found.add(unit);
  return [...found];
}

// ---- the state of a unit file ------------------------------------------------------------------------------------------------------

export type UnitFileState = "enabled" | "enabled-runtime" | "disabled" | "static" | "masked" | "masked-runtime" | "linked" | "linked-runtime" | "alias" | "indirect" | "generated" | "transient" | "bad";

interface Link {
  readonly path: string;
  readonly name: string;
  readonly target: string;
}

/** Every link below a configuration directory: aliases and the entries of .wants and .requires. */
function linksOf(sys: Sys, root: string): readonly Link[] {
  const links: Link[] = [];
  for (const name of names(sys, root)) {
    const path = `${root}/${name}`;
    const target = linkTarget(sys, path);
    if (target !== undefined) links.push({ path, name, target });
    else if (/\.(?:wants|requires)$/.test(name)) {
      for (const inner of names(sys, path)) {
        const innerTarget = linkTarget(sys, `${path}/${inner}`);
        if (innerTarget !== undefined) links.push({ path: `${path}/${inner}`, name: inner, target: innerTarget });
      }
    }
  }
  return links;
}

function pointsTo(link: Link, unit: string): boolean {
  return baseName(link.target) === unit;
}

function isEnabledIn(links: readonly Link[], unit: string, root: string): boolean {
  return links.some((link) => {
    if (!pointsTo(link, unit) && link.name !== unit) return false;
    const inDependencies = link.path.slice(root.length + 1).includes("/");
    if (inDependencies) return link.name === unit || (isTemplate(unit) && templateOf(link.name) === unit);
    return link.name !== unit;
  });
}

export class UnitFileStates {
  readonly #paths: UnitPaths;
  readonly #etc: readonly Link[];
  readonly #run: readonly Link[];

  constructor(paths: UnitPaths) {
    const { sys } = paths;
    this.#paths = paths;
    this.#etc = linksOf(sys, ETC_UNITS);
    this.#run = linksOf(sys, RUN_UNITS).concat(linksOf(sys, "/run/systemd/generator"));
  }

  *of(name: string): Blocking<UnitFileState | undefined> {
    const paths = this.#paths;
    const { sys } = paths;
    const direct = findExact(paths, name) ?? findInstance(paths, name);
    if (direct === undefined) return undefined;
    const path = `${direct.directory}/${direct.file}`;
    const target = linkTarget(sys, path);
    const fragment = findFragment(paths, name);
    if (target === "/dev/null" || fragment?.masked === true) return direct.directory.startsWith("/run") ? "masked-runtime" : "masked";
    if (target !== undefined && baseName(target) !== direct.file) return "alias";
    if (direct.directory === "/run/systemd/generator") return "generated";
    if (direct.directory === "/run/systemd/transient") return "transient";
    const text = new UnitText();
    const own = yield* tryReadFile(sys, fragment?.path ?? path);
    if (own === undefined) return "bad";
    text.append(own);
    if (isEnabledIn(this.#etc, name, ETC_UNITS)) return "enabled";
    if (isEnabledIn(this.#run, name, RUN_UNITS)) return "enabled-runtime";
    const installs = ["WantedBy", "RequiredBy", "Alias"].some((key) => text.words("Install", key).length > 0);
    if (target !== undefined && target.startsWith("/") && !LOAD_PATHS.some((directory) => target.startsWith(`${directory}/`))) return "linked";
    if (!installs) return text.words("Install", "Also").length > 0 ? "indirect" : "static";
    return "disabled";
  }
}

export function* unitFileState(paths: UnitPaths, name: string): Blocking<UnitFileState | undefined> {
  return yield* new UnitFileStates(paths).of(name);
}

/** Every name that a load path offers, with the directory of its file. */
export function allUnitFiles(sys: Sys): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const directory of LOAD_PATHS) {
    for (const name of names(sys, directory)) if (unitTypeOf(name) !== undefined && !found.has(name)) found.set(name, directory);
  }
  return found;
}

// ---- presets ------------------------------------------------------------------------------------------------------------------------------

export type PresetRules = readonly (readonly ["enable" | "disable", string])[];

export function* readPresets(sys: Sys): Blocking<PresetRules> {
  const files = new Map<string, string>();
  for (const directory of [...presetDirectories].reverse()) for (const name of names(sys, directory)) if (name.endsWith(".preset")) files.set(name, `${directory}/${name}`);
  const rules: (readonly ["enable" | "disable", string])[] = [];
  for (const [, path] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const line of (yield* readFile(sys, path)).split("\n")) {
      const match = /^(enable|disable)\s+(\S+)/.exec(line);
      if (match !== null) rules.push([match[1] === "enable" ? "enable" : "disable", match[2] ?? ""]);
    }
  }
  return rules;
}

export function presetOf(rules: PresetRules, name: string): "enabled" | "disabled" {
  for (const [action, pattern] of rules) if (matchesPattern(pattern, name)) return action === "enable" ? "enabled" : "disabled";
  return "enabled";
}

// ---- enabling, disabling, masking ------------------------------------------------------------------------------------------------------------

export type FileChange =
  | { readonly kind: "symlink"; readonly path: string; readonly target: string }
  | { readonly kind: "unlink"; readonly path: string };

export interface InstallReport {
  readonly changes: readonly FileChange[];
  /** the units had an [Install] section */
  readonly carriesInstall: boolean;
  /** in words of systemctl, without "Failed to enable unit: " */
  readonly error?: string;
}

interface InstallSettings {
  readonly name: string;
  readonly path: string;
  readonly wantedBy: readonly string[];
  readonly requiredBy: readonly string[];
  readonly alias: readonly string[];
  readonly also: readonly string[];
  readonly defaultInstance: string | undefined;
}

function* installSettings(paths: UnitPaths, name: string): Blocking<InstallSettings | "missing" | "masked"> {
  const { sys } = paths;
  const fragment = findFragment(paths, name);
  if (fragment === undefined) return "missing";
  if (fragment.masked) return "masked";
  const text = new UnitText();
  text.append(yield* readFile(sys, fragment.path));
  for (const path of dropInsOf(paths, fragment.name)) text.append((yield* tryReadFile(sys, path)) ?? "");
  return {
    name: fragment.name, path: fragment.path, wantedBy: text.words("Install", "WantedBy"), requiredBy: text.words("Install", "RequiredBy"), alias: text.words("Install", "Alias"),
    also: text.words("Install", "Also"), defaultInstance: text.last("Install", "DefaultInstance"),
  };
}

function instanceSpecifiers(value: string, name: string): string {
  const { prefix, instance } = nameParts(name);
  return value.replace(/%[iIpPnN%]/g, (specifier) => {
    switch (specifier) {
      case "%i":
      case "%I":
        return instance ?? "";
      case "%p":
      case "%P":
        return prefix;
      case "%n":
        return name;
      case "%N":
        return name.slice(0, name.lastIndexOf("."));
      default:
        return "%";
    }
  });
}

export function* enableUnits(paths: UnitPaths, units: readonly string[], options: { readonly runtime: boolean; readonly force: boolean }): Blocking<InstallReport> {
  const { sys } = paths;
  const root = options.runtime ? RUN_UNITS : ETC_UNITS;
  const changes: FileChange[] = [];
  const queue = [...units];
  const done = new Set<string>();
  let carriesInstall = false;
  for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
    if (done.has(unit)) continue;
    done.add(unit);
    if (unit.startsWith("/")) {
      const name = baseName(unit);
      if (!exists(sys, unit)) return { changes, carriesInstall, error: `File ${unit}: No such file or directory` };
      if (!LOAD_PATHS.some((directory) => unit.startsWith(`${directory}/`))) makeLink(sys, unit, `${root}/${name}`, options.force, changes);
      queue.push(name);
      continue;
    }
    const settings = yield* installSettings(paths, unit);
    if (settings === "missing") return { changes, carriesInstall, error: `Unit file ${unit} does not exist.` };
    if (settings === "masked") return { changes, carriesInstall, error: `Unit file ${findExact(paths, unit)?.directory ?? root}/${unit} is masked.` };
    const { wantedBy, requiredBy, alias, also } = settings;
    if (wantedBy.length + requiredBy.length + alias.length + also.length > 0) carriesInstall = true;
    let own = settings.name;
    if (isTemplate(own)) {
      if (settings.defaultInstance === undefined) {
        if (wantedBy.length + requiredBy.length > 0) continue;
      } else own = instantiate(own, settings.defaultInstance);
    }
    for (const name of alias) makeLink(sys, settings.path, `${root}/${instanceSpecifiers(name, own)}`, options.force, changes);
    for (const target of wantedBy) makeLink(sys, settings.path, `${root}/${instanceSpecifiers(target, own)}.wants/${own}`, options.force, changes);
    for (const target of requiredBy) makeLink(sys, settings.path, `${root}/${instanceSpecifiers(target, own)}.requires/${own}`, options.force, changes);
    queue.push(...also);
  }
  return { changes, carriesInstall };
}

/** Links into TARGET.wants or .requires whatever [Install] says; a sentence when a unit is not there. */
export function linkUnits(paths: UnitPaths, target: string, units: readonly string[], options: { readonly kind: "wants" | "requires"; readonly runtime: boolean }): readonly Extract<FileChange, { kind: "symlink" }>[] | string {
  const changes: FileChange[] = [];
  for (const name of [target, ...units]) if (findFragment(paths, name) === undefined) return `Unit file ${name} does not exist.`;
  for (const name of units) {
    const found = findFragment(paths, name);
    if (found !== undefined) makeLink(paths.sys, found.path, `${options.runtime ? RUN_UNITS : ETC_UNITS}/${target}.${options.kind}/${name}`, false, changes);
  }
  paths.forget();
  return changes.flatMap((change) => (change.kind === "symlink" ? [change] : []));
}

function makeLink(sys: Sys, target: string, path: string, force: boolean, changes: FileChange[]): void {
  const old = linkTarget(sys, path);
  if (old === target || (old !== undefined && baseName(old) === baseName(target) && exists(sys, old))) return;
  makeDirectories(sys, path.slice(0, path.lastIndexOf("/")));
  if (old !== undefined || force) {
    if (exists(sys, path)) {
      sys.unlink(path);
      changes.push({ kind: "unlink", path });
    }
  }
  sys.symlink(target, path);
  changes.push({ kind: "symlink", path, target });
}

export function* disableUnits(paths: UnitPaths, units: readonly string[], options: { readonly runtime: boolean }): Blocking<InstallReport> {
  const { sys } = paths;
  const root = options.runtime ? RUN_UNITS : ETC_UNITS;
  const wanted = new Set<string>();
  const queue = [...units];
  let carriesInstall = false;
  for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
    if (wanted.has(unit)) continue;
    const settings = yield* installSettings(paths, unit);
    if (settings === "missing") {
      if (!linksOf(sys, root).some((link) => link.name === unit)) return { changes: [], carriesInstall, error: `Unit file ${unit} does not exist.` };
      carriesInstall = true;
    } else if (settings !== "masked") {
      if (settings.wantedBy.length + settings.requiredBy.length + settings.alias.length + settings.also.length > 0) carriesInstall = true;
      queue.push(...settings.also);
      wanted.add(settings.name);
    }
    wanted.add(unit);
  }
  const changes: FileChange[] = [];
  for (const link of linksOf(sys, root)) {
    if (link.target === "/dev/null") continue;
    const template = templateOf(link.name);
    const hit = wanted.has(baseName(link.target)) || wanted.has(link.name) || (template !== undefined && wanted.has(template));
    if (!hit) continue;
    sys.unlink(link.path);
    changes.push({ kind: "unlink", path: link.path });
    const directory = link.path.slice(0, link.path.lastIndexOf("/"));
    if (directory !== root && names(sys, directory).length === 0) sys.rmdir(directory);
  }
  return { changes, carriesInstall };
}

export function* maskUnits(sys: Sys, units: readonly string[], options: { readonly runtime: boolean }): Blocking<InstallReport> {
  const root = options.runtime ? RUN_UNITS : ETC_UNITS;
  const changes: FileChange[] = [];
  for (const unit of units) {
    const path = `${root}/${unit}`;
    const old = linkTarget(sys, path);
    if (old === "/dev/null") continue;
    if (exists(sys, path) && old === undefined) return { changes, carriesInstall: true, error: `File ${path} already exists.` };
    if (old !== undefined) {
      sys.unlink(path);
      changes.push({ kind: "unlink", path });
    }
    makeDirectories(sys, root);
    sys.symlink("/dev/null", path);
    changes.push({ kind: "symlink", path, target: "/dev/null" });
  }
  return { changes, carriesInstall: true };
}

export function* unmaskUnits(sys: Sys, units: readonly string[], options: { readonly runtime: boolean }): Blocking<InstallReport> {
  const root = options.runtime ? RUN_UNITS : ETC_UNITS;
  const changes: FileChange[] = [];
  for (const unit of units) {
    const path = `${root}/${unit}`;
    if (linkTarget(sys, path) !== "/dev/null") continue;
    sys.unlink(path);
    changes.push({ kind: "unlink", path });
  }
  return { changes, carriesInstall: true };
}
