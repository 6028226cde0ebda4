// Looking up: search, show, list, policy, depends.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { parseRelations } from "../kit/debian/deb822.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { automaticPackages, problem, upgradable } from "./_commands.ts";
import { say } from "./_download.ts";
import { type Candidate, listName, LISTS, readCandidates } from "./_lists.ts";

const FAILED = 100;
/** The simulated mirror's suites all come from Debian 12's archive, which apt calls by its release name. */
const ORIGIN = "oldstable";

const summaryOf = (candidate: Candidate) => (candidate.paragraph.get("Description") ?? "").split("\n")[0] ?? "";

export function* search(sys: Sys, words: readonly string[], friendly: boolean, namesOnly: boolean): Blocking<number> {
  if (words.length === 0) {
    yield* problem(sys, friendly, "You must give at least one search pattern");
    return FAILED;
  }
  const candidates = yield* readCandidates(sys);
  const database = yield* DpkgDatabase.read(sys);
  // patterns of learners never become regular expressions here: "^" and "$" are understood, the rest is looked for as text
  const hit = (text: string, word: string) => {
    const plain = word.replace(/^\^/, "").replace(/\$$/, "").toLowerCase();
    const lower = text.toLowerCase();
    if (word.startsWith("^") && word.endsWith("$")) return lower === plain;
    return word.startsWith("^") ? lower.startsWith(plain) : word.endsWith("$") ? lower.endsWith(plain) : lower.includes(plain);
  };
  const found = [...candidates].filter(([name, candidate]) => words.every((word) => hit(name, word) || (!namesOnly && hit(candidate.paragraph.get("Description") ?? "", word)))).sort(([a], [b]) => (a < b ? -1 : 1));
  if (friendly) {
    yield* say(sys, "Sorting... Done\nFull Text Search... Done\n");
    for (const [name, candidate] of found) {
      const version = candidate.paragraph.get("Version") ?? "";
      const installed = database.installed(name);
      yield* say(sys, `${green(sys, name)}/${ORIGIN}${installed ? ",now" : ""} ${version} ${candidate.paragraph.get("Architecture") ?? ""}${installed ? " [installed]" : ""}\n  ${summaryOf(candidate)}\n\n`);
    }
  } else for (const [name, candidate] of found) yield* say(sys, `${name} - ${summaryOf(candidate)}\n`);
  return 0;
}

function green(sys: Sys, text: string): string {
  try {
    return sys.isatty(1) ? `\x1b[32m${text}\x1b[0m` : text;
  } catch {
    return text;
  }
}

export function* show(sys: Sys, names: readonly string[], friendly: boolean): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  const database = yield* DpkgDatabase.read(sys);
  let failed = false;
  for (const name of names) {
    const candidate = candidates.get(name);
    if (!candidate) {
      if (friendly) yield* problem(sys, friendly, `Unable to locate package ${name}`, "N");
      else yield* problem(sys, friendly, `Unable to locate package ${name}`, "N");
      failed = true;
      continue;
    }
    let text = "";
    for (const [field, value] of candidate.paragraph) {
      if (field === "SHA256" && friendly) continue;
      const shown = friendly && field === "Installed-Size" ? `${Number(value) >= 10_000 ? `${(Number(value) / 1000).toFixed(1)} MB` : `${value} kB`}` : friendly && field === "Size" ? undefined : value;
      if (shown !== undefined && !(friendly && field === "Filename")) text += `${field}: ${shown}\n`;
    }
    if (friendly) text += `Download-Size: ${Math.round(Number(candidate.paragraph.get("Size") ?? 0) / 1000)} kB\n${database.installed(name) ? `APT-Manual-Installed: ${(yield* automaticPackages(sys)).has(name) ? "no" : "yes"}\n` : ""}APT-Sources: ${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 Packages\n`;
    yield* say(sys, `${text}\n`);
  }
  if (failed && !friendly) yield* problem(sys, friendly, "No packages found");
  if (failed && friendly) yield* problem(sys, friendly, "No packages found");
  return failed ? FAILED : 0;
}

export function* list(sys: Sys, patterns: readonly string[], which: "all" | "installed" | "upgradable"): Blocking<number> {
  yield* say(sys, "Listing... Done\n");
  const candidates = yield* readCandidates(sys);
  const database = yield* DpkgDatabase.read(sys);
  const automatic = yield* automaticPackages(sys);
  const names = [...new Set([...candidates.keys(), ...database.packages.keys()])].sort();
  const newer = new Set(upgradable(database, candidates));
  const tests = patterns.map((pattern) => compileFnmatch(pattern));
  for (const name of names) {
    if (sys.charge(5)) yield* sys.preempt();
    if (tests.length > 0 && !tests.some((test) => test(name))) continue;
    const installed = database.version(name);
    if ((which === "installed" && installed === undefined) || (which === "upgradable" && !newer.has(name))) continue;
    const candidate = candidates.get(name);
    const version = which === "installed" ? installed : (candidate?.paragraph.get("Version") ?? installed);
    const here = installed !== undefined && installed === version;
    const origin = [candidate?.paragraph.get("Version") === version ? ORIGIN : undefined, here ? "now" : undefined].filter((one) => one !== undefined).join(",");
    const mark = newer.has(name) && which !== "installed" ? ` [upgradable from: ${installed ?? ""}]` : here ? ` [installed${automatic.has(name) ? ",automatic" : candidate ? "" : ",local"}]` : "";
    yield* sys.write(1, encode(`${green(sys, name)}/${origin} ${version ?? ""} ${candidate?.paragraph.get("Architecture") ?? database.packages.get(name)?.get("Architecture") ?? ""}${mark}\n`));
  }
  return 0;
}

export function* policy(sys: Sys, names: readonly string[]): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  const database = yield* DpkgDatabase.read(sys);
  for (const name of names) {
    const candidate = candidates.get(name);
    const installed = database.version(name);
    if (!candidate && installed === undefined) continue;
    const version = candidate?.paragraph.get("Version") ?? installed ?? "";
    const source = candidate ? `        500 ${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 Packages\n` : "";
    yield* say(sys, `${name}:\n  Installed: ${installed ?? "(none)"}\n  Candidate: ${version}\n  Version table:\n ${installed === version ? "***" : "   "} ${version} 500\n${source}${installed === version ? "        100 /var/lib/dpkg/status\n" : ""}`);
  }
  return 0;
}

export function* depends(sys: Sys, names: readonly string[], reverse: boolean): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  for (const name of names) {
    const candidate = candidates.get(name);
    if (!candidate) {
      yield* problem(sys, false, "No packages found");
      return FAILED;
    }
    let text = `${name}\n`;
    if (reverse) {
      text += "Reverse Depends:\n";
      for (const [other, { paragraph }] of candidates) {
        if (sys.charge(5)) yield* sys.preempt();
        for (const field of ["Depends", "Pre-Depends", "Recommends", "Suggests"]) if (parseRelations(paragraph.get(field) ?? "").some((alternatives) => alternatives.some((relation) => relation.name === name))) text += field === "Depends" ? `  ${other}\n` : ` ${field === "Recommends" ? "|" : " "}${other}\n`;
      }
    } else for (const field of ["PreDepends", "Depends", "Breaks", "Conflicts", "Recommends", "Suggests"]) {
      for (const alternatives of parseRelations(candidate.paragraph.get(field === "PreDepends" ? "Pre-Depends" : field) ?? "")) {
        for (const [place, relation] of alternatives.entries()) text += ` ${place < alternatives.length - 1 ? "|" : " "}${field}: ${candidates.has(relation.name) ? relation.name : `<${relation.name}>`}${relation.operator ? ` (${relation.operator} ${relation.version})` : ""}\n`;
      }
    }
    yield* say(sys, text);
  }
  return 0;
}

/** apt-cache madison: a line for each source that has a version. */
export function* madison(sys: Sys, names: readonly string[]): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  for (const name of names) {
    const candidate = candidates.get(name);
    if (!candidate) yield* problem(sys, false, `Unable to locate package ${name}`, "N");
    else yield* say(sys, `${name.padStart(10)} | ${(candidate.paragraph.get("Version") ?? "").padStart(10)} | ${candidate.source.url} ${candidate.source.suite}/${candidate.source.component} amd64 Packages\n`);
  }
  return 0;
}

/** pkgCache::Dep::DepCompareOp */
const OPERATORS = new Map([["<=", 1], [">=", 2], ["<<", 3], [">>", 4], ["=", 5]]);

export function* showPackage(sys: Sys, names: readonly string[]): Blocking<number> {
  const candidates = yield* readCandidates(sys);
  for (const name of names) {
    const candidate = candidates.get(name);
    if (!candidate) {
      yield* problem(sys, false, `Unable to locate package ${name}`, "N");
      continue;
    }
    const relations = (field: string, from = candidate): readonly (readonly [other: string, operator: number, version: string])[] =>
      parseRelations(from.paragraph.get(field) ?? "").flat().map((relation) => [relation.name, OPERATORS.get(relation.operator ?? "") ?? 0, relation.operator === undefined ? "(null)" : relation.version]);
    const all = (from: Candidate) => ["Pre-Depends", "Depends", "Recommends", "Suggests", "Breaks", "Conflicts", "Replaces"].flatMap((field) => relations(field, from));
    const reverse: string[] = [];
    const provided: string[] = [];
    for (const [other, from] of candidates) {
      if (sys.charge(20)) yield* sys.preempt();
      for (const [wanted, , version] of all(from)) if (wanted === name) reverse.push(`  ${other},${name}${version === "(null)" ? "" : ` ${version}`}\n`);
      if (relations("Provides", from).some(([wanted]) => wanted === name)) provided.push(`${other} ${from.paragraph.get("Version") ?? ""} (= )\n`);
    }
    const version = candidate.paragraph.get("Version") ?? "";
    const list = `${LISTS}/${listName(candidate.source, "Packages")}`;
    yield* say(sys, `Package: ${name}\nVersions: \n${version} (${list})\n Description Language: \n                 File: ${list}\n\n\nReverse Depends: \n${reverse.join("")}Dependencies: \n${version} - ${all(candidate).map(([other, operator, wanted]) => `${other} (${operator} ${wanted}) `).join("")}\nProvides: \n${version} - ${relations("Provides").map(([other, , wanted]) => `${other} (= ${wanted === "(null)" ? "" : wanted}) `).join("")}\nReverse Provides: \n${provided.join("")}`);
  }
  return 0;
}
