// Looking up: search, show, list, policy, depends and what apt-cache has beside.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { parseRelations } from "../kit/debian/deb822.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { translated } from "../kit/messages/translate.ts";
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { automaticPackages } from "./_execute.ts";
import { sizeText } from "./_download.ts";
import type { PackageLists, Version } from "./_lists.ts";
import type { AptOptions } from "./_options.ts";
import { isTerminal, problem, say } from "./_say.ts";
import { suiteShown } from "./_sources.ts";

const FAILED = 100;

const summaryOf = (version: Version) => (version.paragraph.get("Description") ?? "").split("\n")[0] ?? "";

/** The version that show and search speak of. */
function shownVersion(lists: PackageLists, name: string): Version | undefined {
  return lists.candidates.get(name)?.version ?? lists.versions(name).find((one) => one.installed) ?? lists.versions(name)[0];
}

function green(sys: Sys, text: string): string {
  return isTerminal(sys, 1) ? `\x1b[32m${text}\x1b[0m` : text;
}

/** "oldstable,oldstable-security,now" */
function archives(version: Version): string {
  return [...new Set([...version.indexes.map((index) => (index.archive === "" ? "unknown" : index.archive)), ...(version.installed ? ["now"] : [])])].join(",");
}

function listRow(sys: Sys, lists: PackageLists, automatic: ReadonlySet<string>, name: string, version: Version): string {
  const installed = lists.database.version(name);
  const newest = lists.candidates.get(name)?.version.version;
  const newer = installed !== undefined && newest !== undefined && compareVersions(newest, installed) > 0;
  let mark = "";
  if (version.installed) {
    if (lists.database.state(name) === "config-files") mark = " [residual-config]";
    else mark = newer ? ` [installed,upgradable to: ${newest}]` : version.indexes.length === 0 ? ` [installed,local]` : automatic.has(name) ? " [installed,automatic]" : " [installed]";
  } else if (newer && version.version === newest) mark = ` [upgradable from: ${installed}]`;
  else if (lists.database.state(name) === "config-files") mark = " [residual-config]";
  return `${green(sys, name)}/${archives(version)} ${version.version} ${version.paragraph.get("Architecture") ?? ""}${mark === "" ? "" : ` ${translated(sys, "apt", mark.slice(1))}`}`;
}

export function* search(sys: Sys, options: AptOptions, lists: PackageLists, words: readonly string[], namesOnly: boolean, full: boolean): Blocking<number> {
  if (words.length === 0) {
    yield* problem(sys, options.friendly, "You must give at least one search pattern");
    return FAILED;
  }
  let tests: Regex[];
  try {
    tests = words.map((word) => compileRegex(word, { syntax: "ere", ignoreCase: true }));
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    yield* problem(sys, options.friendly, "Regex compilation error");
    return FAILED;
  }
  const hit = (text: string) => tests.every((test) => test.test(text));
  const found: (readonly [string, Version])[] = [];
  for (const name of lists.names()) {
    if (sys.charge(20)) yield* sys.preempt();
    const version = shownVersion(lists, name);
    if (version && (tests.every((test) => test.test(name) || (!namesOnly && test.test(version.paragraph.get("Description") ?? ""))) || hit(name))) found.push([name, version]);
  }
  found.sort(([a], [b]) => (a < b ? -1 : 1));
  if (!options.friendly) {
    for (const [name, version] of found) yield* say(sys, full ? `${fields(version)}\n` : `${name} - ${summaryOf(version)}\n`);
    return 0;
  }
  const done = isTerminal(sys, 1) && options.quiet === 0 ? " Done" : "";
  yield* say(sys, `Sorting...${done}\nFull Text Search...${done}\n`);
  const automatic = yield* automaticPackages(sys);
  for (const [name, version] of found) yield* say(sys, `${listRow(sys, lists, automatic, name, version)}\n  ${summaryOf(version)}\n\n`);
  return 0;
}

function fields(version: Version): string {
  return [...version.paragraph].filter(([field]) => field !== "Status" && field !== "Conffiles").map(([field, value]) => `${field}: ${value}\n`).join("");
}

/** In the order and with the units of apt show. */
const SHOWN = ["Package", "Version", "Built-Using", "Priority", "Essential", "Section", "Source", "Origin", "Maintainer", "Original-Maintainer", "Bugs", "Installed-Size", "Provides", "Pre-Depends", "Depends", "Recommends", "Suggests", "Conflicts", "Breaks", "Replaces", "Enhances", "Homepage", "Task"];

export function* show(sys: Sys, options: AptOptions, lists: PackageLists, names: readonly string[]): Blocking<number> {
  let shown = 0;
  let more = 0;
  const automatic = yield* automaticPackages(sys);
  for (const word of names) {
    const [, name = word, wanted] = /^(.*?)(?:=(.*))?$/.exec(word) ?? [];
    const all = lists.versions(name);
    const chosen = wanted === undefined ? (options.allVersions || !options.friendly ? all : [shownVersion(lists, name)]) : all.filter((one) => one.version === wanted);
    if (all.length === 0 && isTerminal(sys, 1)) yield* problem(sys, options.friendly, `Unable to locate package ${name}`, "N");
    else if (wanted === undefined && options.friendly && !options.allVersions) more += all.length - 1;
    for (const version of chosen) {
      if (version === undefined) continue;
      shown++;
      if (!options.friendly) {
        yield* say(sys, `${fields(version)}\n`);
        continue;
      }
      let text = "";
      for (const field of SHOWN) {
        const value = version.paragraph.get(field);
        if (value === undefined) continue;
        text += `${field}: ${field === "Installed-Size" ? sizeText(Number(value) * 1024) : value}\n`;
      }
      const size = version.paragraph.get("Size");
      if (size !== undefined) text += `Download-Size: ${sizeText(Number(size))}\n`;
      if (version.installed) text += `APT-Manual-Installed: ${automatic.has(name) ? "no" : "yes"}\n`;
      text += version.indexes.length > 0 ? `APT-Sources: ${version.indexes.map(({ source }) => `${source.url} ${suiteShown(source)} amd64 Packages`).join("\n             ")}\n` : "APT-Sources: /var/lib/dpkg/status\n";
      text += `Description: ${version.paragraph.get("Description") ?? ""}\n`;
      yield* say(sys, `${text}\n`);
    }
  }
  if (more > 0) yield* problem(sys, options.friendly, more === 1 ? "There is 1 additional record. Please use the '-a' switch to see it" : `There are ${more} additional records. Please use the '-a' switch to see them.`, "N");
  if (shown > 0) return 0;
  yield* problem(sys, options.friendly, "No packages found");
  return FAILED;
}

export interface Listing {
  readonly installed: boolean;
  readonly upgradable: boolean;
  readonly manual: boolean;
  readonly verbose: boolean;
}

export function* list(sys: Sys, options: AptOptions, lists: PackageLists, patterns: readonly string[], which: Listing): Blocking<number> {
  yield* say(sys, `Listing...${isTerminal(sys, 1) && options.quiet === 0 ? " Done" : ""}\n`);
  const automatic = yield* automaticPackages(sys);
  const tests = patterns.map((pattern) => compileFnmatch(pattern));
  let hidden = 0;
  for (const name of [...lists.names()].sort()) {
    if (sys.charge(5)) yield* sys.preempt();
    if (tests.length > 0 && !tests.some((test) => test(name))) continue;
    const installed = lists.database.version(name);
    const candidate = lists.candidates.get(name)?.version;
    const newer = installed !== undefined && candidate !== undefined && compareVersions(candidate.version, installed) > 0;
    if ((which.installed && installed === undefined) || (which.upgradable && !newer) || (which.manual && (installed === undefined || automatic.has(name)))) continue;
    const all = lists.versions(name);
    const main = which.installed || which.manual ? all.find((one) => one.installed) : (candidate ?? shownVersion(lists, name));
    const chosen = options.allVersions ? all : [main];
    if (!options.allVersions && tests.length > 0) hidden += all.length - 1;
    for (const version of chosen) if (version) yield* sys.write(1, encode(`${listRow(sys, lists, automatic, name, version)}\n${which.verbose ? `  ${summaryOf(version)}\n\n` : ""}`));
    if (options.allVersions) yield* sys.write(1, encode("\n"));
  }
  if (hidden > 0) yield* problem(sys, true, hidden === 1 ? "There is 1 additional version. Please use the '-a' switch to see it" : `There are ${hidden} additional versions. Please use the '-a' switch to see them.`, "N");
  return 0;
}

export function* policy(sys: Sys, lists: PackageLists, names: readonly string[]): Blocking<number> {
  if (names.length === 0) {
    let text = "Package files:\n 100 /var/lib/dpkg/status\n     release a=now\n";
    for (const index of [...lists.indexes].reverse()) {
      const facts = [["v", index.version], ["o", index.origin], ["a", index.archive], ["n", index.codename], ["l", index.label], ["c", index.component], ["b", "amd64"]].filter(([, value]) => value !== "");
      text += `${String(lists.pins.ofFile(index)).padStart(4)} ${index.source.url} ${suiteShown(index.source)} amd64 Packages\n     release ${facts.map(([key, value]) => `${key}=${value}`).join(",")}\n${index.host === "" ? "" : `     origin ${index.host}\n`}`;
    }
    text += "Pinned packages:\n";
    for (const [name, version, priority] of lists.pins.pinned(lists.names(), (one) => lists.versions(one))) text += `     ${name} -> ${version} with priority ${priority}\n`;
    yield* say(sys, text);
    return 0;
  }
  for (const name of names) {
    const versions = lists.versions(name);
    if (versions.length === 0) {
      const { database } = lists;
      if (database.packages.has(name)) yield* say(sys, `${name}:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n     ${database.packages.get(name)?.get("Version") ?? ""} -1\n        100 /var/lib/dpkg/status\n`);
      continue;
    }
    let text = `${name}:\n  Installed: ${lists.database.version(name) ?? "(none)"}\n  Candidate: ${lists.candidateVersion(name) ?? "(none)"}\n  Version table:\n`;
    for (const version of versions) {
      text += ` ${version.installed ? "***" : "   "} ${version.version} ${lists.priority(name, version)}\n`;
      for (const index of version.indexes) text += `${String(lists.pins.ofFile(index)).padStart(11)} ${index.source.url} ${suiteShown(index.source)} amd64 Packages\n`;
      if (version.installed) text += "        100 /var/lib/dpkg/status\n";
    }
    yield* say(sys, text);
  }
  return 0;
}

const DEPENDENCIES = [["Pre-Depends", "PreDepends"], ["Depends", "Depends"], ["Breaks", "Breaks"], ["Conflicts", "Conflicts"], ["Recommends", "Recommends"], ["Suggests", "Suggests"], ["Replaces", "Replaces"], ["Enhances", "Enhances"]] as const;

export function* depends(sys: Sys, lists: PackageLists, names: readonly string[], reverse: boolean, flags: ReadonlySet<string>, friendly: boolean): Blocking<number> {
  const wanted = DEPENDENCIES.filter(([field]) => !flags.has(`--no-${field.toLowerCase()}`) && (!(flags.has("-i") || flags.has("--important")) || field === "Depends" || field === "Pre-Depends"));
  for (const name of names) {
    const version = shownVersion(lists, name);
    if (!version) {
      yield* problem(sys, false, "No packages found");
      return FAILED;
    }
    let text = `${name}\n`;
    if (reverse) {
      text += "Reverse Depends:\n";
      for (const other of [...lists.names()].sort()) {
        if (sys.charge(5)) yield* sys.preempt();
        const paragraph = shownVersion(lists, other)?.paragraph;
        for (const [field, shown] of wanted) {
          if (field === "Replaces") continue;
          for (const alternatives of parseRelations(paragraph?.get(field) ?? "")) for (const [place, relation] of alternatives.entries()) {
            if (relation.name === name) text += friendly ? ` ${place < alternatives.length - 1 ? "|" : " "}${shown}: ${other}${relation.operator ? ` (${relation.operator} ${relation.version})` : ""}\n` : ` ${place < alternatives.length - 1 ? "|" : " "}${other}\n`;
          }
        }
      }
    } else for (const [field, shown] of wanted) {
      for (const alternatives of parseRelations(version.paragraph.get(field) ?? "")) {
        for (const [place, relation] of alternatives.entries()) {
          const known = lists.versions(relation.name).length > 0;
          text += ` ${place < alternatives.length - 1 ? "|" : " "}${shown}: ${known ? relation.name : `<${relation.name}>`}${relation.operator && friendly ? ` (${relation.operator} ${relation.version})` : ""}\n`;
        }
      }
    }
    yield* say(sys, text);
  }
  return 0;
}

/** apt-cache madison: a line for each source that has a version. */
export function* madison(sys: Sys, lists: PackageLists, names: readonly string[]): Blocking<number> {
  for (const name of names) {
    const versions = lists.versions(name);
    if (versions.length === 0 && isTerminal(sys, 1)) yield* problem(sys, false, `Unable to locate package ${name}`, "N");
    for (const version of versions) for (const { source } of version.indexes) yield* say(sys, `${name.padStart(10)} | ${version.version.padStart(10)} | ${source.url} ${suiteShown(source)} amd64 Packages\n`);
  }
  return 0;
}

/** pkgCache::Dep::DepCompareOp */
const OPERATORS = new Map([["<=", 1], [">=", 2], ["<<", 3], [">>", 4], ["=", 5]]);

export function* showPackage(sys: Sys, lists: PackageLists, names: readonly string[]): Blocking<number> {
  for (const name of names) {
    const versions = lists.versions(name);
    if (versions.length === 0) {
      if (isTerminal(sys, 1)) yield* problem(sys, false, `Unable to locate package ${name}`, "N");
      continue;
    }
    const relations = (field: string, from: Version): readonly (readonly [other: string, operator: number, version: string])[] =>
      parseRelations(from.paragraph.get(field) ?? "").flat().map((relation) => [relation.name, OPERATORS.get(relation.operator ?? "") ?? 0, relation.operator === undefined ? "(null)" : relation.version]);
    const all = (from: Version) => ["Pre-Depends", "Depends", "Recommends", "Suggests", "Breaks", "Conflicts", "Replaces"].flatMap((field) => relations(field, from));
    const reverse: string[] = [];
    const provided: string[] = [];
    for (const other of lists.names()) {
      if (sys.charge(20)) yield* sys.preempt();
      const from = shownVersion(lists, other);
      if (from === undefined) continue;
      for (const [wanted, , version] of all(from)) if (wanted === name) reverse.push(`  ${other},${name}${version === "(null)" ? "" : ` ${version}`}\n`);
      if (relations("Provides", from).some(([wanted]) => wanted === name)) provided.push(`${other} ${from.version} (= )\n`);
    }
    let text = `Package: ${name}\nVersions: \n`;
    for (const version of versions) {
      const files = [...version.indexes.map((index) => index.file), ...(version.installed ? ["/var/lib/dpkg/status"] : [])];
      text += `${version.version}${files.map((file) => ` (${file})`).join("")}\n Description Language: \n                 File: ${files[0] ?? ""}\n\n`;
    }
    text += `\nReverse Depends: \n${reverse.join("")}Dependencies: \n`;
    for (const version of versions) text += `${version.version} - ${all(version).map(([other, operator, wanted]) => `${other} (${operator} ${wanted}) `).join("")}\n`;
    text += "Provides: \n";
    for (const version of versions) text += `${version.version} - ${relations("Provides", version).map(([other, , wanted]) => `${other} (= ${wanted === "(null)" ? "" : wanted}) `).join("")}\n`;
    yield* say(sys, `${text}Reverse Provides: \n${provided.join("")}`);
  }
  return 0;
}

/** apt-cache unmet: dependencies that nothing on the mirror satisfies. */
export function* unmet(sys: Sys, lists: PackageLists): Blocking<number> {
  const provided = new Set(lists.names().flatMap((name) => parseRelations(shownVersion(lists, name)?.paragraph.get("Provides") ?? "").flat().map((one) => one.name)));
  for (const name of [...lists.names()].sort()) {
    if (sys.charge(20)) yield* sys.preempt();
    const version = shownVersion(lists, name);
    const missing = parseRelations(version?.paragraph.get("Depends") ?? "").filter((alternatives) => alternatives.every((relation) => lists.versions(relation.name).length === 0 && !provided.has(relation.name)));
    if (version && missing.length > 0) yield* say(sys, `Package ${name} version ${version.version} has an unmet dep:\n${missing.map((alternatives) => ` Depends: ${alternatives.map((one) => `${one.name}${one.operator ? ` (${one.operator} ${one.version})` : ""}`).join(" |\n Depends: ")}\n`).join("")}`);
  }
  return 0;
}
