// What dpkg-query answers, also under dpkg's own options (-l, -s, -L, -S, -W).

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { formatParagraph, type Paragraph, parseParagraphs } from "../kit/debian/deb822.ts";
import { DPKG, DpkgDatabase, infoPath, qualifiedName, readFile } from "../kit/debian/dpkg-database.ts";
import { readDiversions } from "./_diversions.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { translated } from "../kit/messages/translate.ts";

const isPattern = (text: string) => /[*?[]/.test(text);

function matching(database: DpkgDatabase, patterns: readonly string[]): { readonly found: Paragraph[]; readonly missing: string[] } {
  const sorted = [...database.packages.values()].sort((a, b) => ((a.get("Package") ?? "") < (b.get("Package") ?? "") ? -1 : 1));
  if (patterns.length === 0) return { found: sorted.filter((paragraph) => !(paragraph.get("Status") ?? "").endsWith("not-installed")), missing: [] };
  const missing: string[] = [];
  const found = new Set<Paragraph>();
  for (const pattern of patterns) {
    const hits = sorted.filter((paragraph) => {
      const name = paragraph.get("Package") ?? "";
      return isPattern(pattern) ? compileFnmatch(pattern)(name) : name === pattern.replace(/:.*$/, "");
    });
    if (hits.length === 0) missing.push(pattern);
    for (const hit of hits) found.add(hit);
  }
  return { found: sorted.filter((paragraph) => found.has(paragraph)), missing };
}

const wants = new Map([["unknown", "u"], ["install", "i"], ["hold", "h"], ["deinstall", "r"], ["purge", "p"]]);
const states = new Map([["not-installed", "n"], ["config-files", "c"], ["half-installed", "H"], ["unpacked", "U"], ["half-configured", "F"], ["triggers-awaiting", "W"], ["triggers-pending", "t"], ["installed", "i"]]);

function columnsOf(sys: Sys): number {
  const set = Number(sys.environment.get("COLUMNS"));
  if (set > 0) return set;
  try {
    return sys.isatty(1) ? sys.getWindowSize(1).cols : 80;
  } catch {
    return 80;
  }
}

/** The questions that dpkg hands on to dpkg-query, by their options; undefined for another. */
export function queryCalled(option: string): ((sys: Sys, names: readonly string[]) => Blocking<number>) | undefined {
  switch (option) {
    case "-l":
    case "--list":
      return list;
    case "-s":
    case "--status":
      return status;
    case "-L":
    case "--listfiles":
      return listFiles;
    case "-S":
    case "--search":
      return search;
    case "-p":
    case "--print-avail":
      return printAvailable;
    default:
      return undefined;
  }
}

function* list(sys: Sys, patterns: readonly string[]): Blocking<number> {
  const { found, missing } = matching(yield* DpkgDatabase.read(sys), patterns);
  if (sys.charge(6 * found.length)) yield* sys.preempt();
  const rows = found.map((paragraph) => {
    const [want = "", error = "", state = ""] = (paragraph.get("Status") ?? "").split(" ");
    return { mark: `${wants.get(want) ?? "?"}${states.get(state) ?? "?"}${error === "reinstreq" ? "R" : ""}`, name: qualifiedName(paragraph), version: paragraph.get("Version") ?? "<none>", architecture: paragraph.get("Architecture") ?? "<none>", summary: (paragraph.get("Description") ?? "(no description available)").split("\n")[0] ?? "" };
  });
  let text = "";
  if (rows.length > 0) {
    const nameWidth = Math.max(14, ...rows.map((row) => row.name.length));
    const versionWidth = Math.max(12, ...rows.map((row) => row.version.length));
    const architectureWidth = Math.max(12, ...rows.map((row) => row.architecture.length));
    let terminal = false;
    try {
      terminal = sys.isatty(1);
    } catch {
      // a pipe
    }
    const used = 4 + nameWidth + 1 + versionWidth + 1 + architectureWidth + 1;
    const summaryWidth = terminal || sys.environment.has("COLUMNS") ? Math.max(11, columnsOf(sys) - used) : Math.max(11, ...rows.map((row) => row.summary.length));
    text = translated(sys, "dpkg", `Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n||/ ${"Name".padEnd(nameWidth)} ${"Version".padEnd(versionWidth)} ${"Architecture".padEnd(architectureWidth)} Description\n+++-${"=".repeat(nameWidth)}-${"=".repeat(versionWidth)}-${"=".repeat(architectureWidth)}-${"=".repeat(summaryWidth)}\n`);
    for (const row of rows) text += `${row.mark.padEnd(3)} ${row.name.padEnd(nameWidth)} ${row.version.padEnd(versionWidth)} ${row.architecture.padEnd(architectureWidth)} ${row.summary.slice(0, summaryWidth)}\n`;
  }
  for (const pattern of missing) yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: no packages found matching ${pattern}\n`)));
  yield* sys.write(1, encode(text));
  return missing.length > 0 ? 1 : 0;
}

function* needsArguments(sys: Sys, option: string, what: string): Blocking<number> {
  yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: error: ${option} needs at least one ${what} argument\n\nUse --help for help about querying packages.\n`)));
  return 2;
}

function* status(sys: Sys, names: readonly string[]): Blocking<number> {
  const database = yield* DpkgDatabase.read(sys);
  let code = 0;
  for (const [place, name] of (names.length > 0 ? names : [...database.packages.keys()].sort().filter((one) => database.state(one) !== "not-installed")).entries()) {
    const paragraph = database.packages.get(name.replace(/:.*$/, ""));
    if (!paragraph) {
      yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`)));
      code = 1;
    } else yield* sys.write(1, encode(`${place > 0 ? "\n" : ""}${formatParagraph(paragraph)}`));
  }
  return code;
}

function* listFiles(sys: Sys, names: readonly string[]): Blocking<number> {
  if (names.length === 0) return yield* needsArguments(sys, "--listfiles", "package name");
  const database = yield* DpkgDatabase.read(sys);
  let code = 0;
  for (const [place, name] of names.entries()) {
    if (database.version(name.replace(/:.*$/, "")) === undefined) {
      yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: package '${name}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`)));
      code = 1;
    } else yield* sys.write(1, encode(`${place > 0 ? "\n" : ""}${yield* readFile(sys, infoPath(sys, name.replace(/:.*$/, ""), "list"))}`));
  }
  return code;
}

function* search(sys: Sys, patterns: readonly string[]): Blocking<number> {
  if (patterns.length === 0) return yield* needsArguments(sys, "--search", "file name pattern");
  const owners = new Map<string, string[]>();
  for (const { name } of sys.readdir(`${DPKG}/info`)) {
    if (!name.endsWith(".list")) continue;
    for (const path of (yield* readFile(sys, `${DPKG}/info/${name}`)).split("\n")) {
      if (sys.charge(1)) yield* sys.preempt();
      if (path !== "") owners.set(path, [...(owners.get(path) ?? []), name.slice(0, -".list".length)]);
    }
  }
  const diversions = yield* readDiversions(sys);
  let code = 0;
  for (const pattern of patterns) {
    for (const one of diversions) {
      if (one.from !== pattern && one.to !== pattern) continue;
      const by = one.by === ":" ? "local diversion" : `diversion by ${one.by}`;
      yield* sys.write(1, encode(`${by} from: ${one.from}\n${by} to: ${one.to}\n`));
    }
    const matches = compileFnmatch(isPattern(pattern) ? pattern : `*${pattern}*`);
    if (sys.charge(owners.size >> 1)) yield* sys.preempt();
    const hits = pattern.startsWith("/") && !isPattern(pattern) ? (owners.has(pattern) ? [pattern] : []) : [...owners.keys()].filter(matches).sort();
    for (const hit of hits) yield* sys.write(1, encode(`${(owners.get(hit) ?? []).sort().join(", ")}: ${hit}\n`));
    if (hits.length === 0) {
      yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: no path found matching pattern ${pattern.startsWith("/") || isPattern(pattern) ? pattern : `*${pattern}*`}\n`)));
      code = 1;
    }
  }
  return code;
}

const ESCAPES = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"]]);

/** ${Package;-20} and \n of --showformat. */
export function* show(sys: Sys, patterns: readonly string[], format: string): Blocking<number> {
  const { found, missing } = matching(yield* DpkgDatabase.read(sys), patterns);
  let text = "";
  for (const paragraph of found) {
    text += format.replace(/\\(.)/gs, (_whole, letter: string) => ESCAPES.get(letter) ?? letter).replace(/\$\{([A-Za-z:-]+)(?:;(-?\d+))?\}/g, (_whole, field: string, width: string | undefined) => {
      const [want = "", error = "", state = ""] = (paragraph.get("Status") ?? "").split(" ");
      const special = new Map([["binary:Package", qualifiedName(paragraph)], ["db:Status-Abbrev", `${wants.get(want) ?? "?"}${states.get(state) ?? "?"}${error === "reinstreq" ? "R" : " "}`], ["binary:Synopsis", (paragraph.get("Description") ?? "").split("\n")[0] ?? ""], ["db-fsys:Last-Modified", ""], ["source:Upstream-Version", (paragraph.get("Version") ?? "").replace(/^\d+:/, "").replace(/-[^-]*$/, "")], ["binary:Summary", (paragraph.get("Description") ?? "").split("\n")[0] ?? ""], ["db:Status-Status", state], ["db:Status-Want", want], ["db:Status-Eflag", error], ["source:Package", (paragraph.get("Source") ?? paragraph.get("Package") ?? "").split(" ")[0] ?? ""], ["source:Version", /\(([^)]+)\)/.exec(paragraph.get("Source") ?? "")?.[1] ?? (paragraph.get("Version") ?? "").replace(/\+b\d+$/, "")]]);
      const value = special.get(field) ?? [...paragraph].find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1] ?? "";
      if (width === undefined) return value;
      return Number(width) < 0 ? value.padEnd(-Number(width)).slice(0, -Number(width)) : value.padStart(Number(width)).slice(0, Number(width));
    });
  }
  for (const pattern of missing) yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: no packages found matching ${pattern}\n`)));
  yield* sys.write(1, encode(text));
  return missing.length > 0 ? 1 : 0;
}

/** dpkg --print-avail: the available file, which apt does not keep. */
function* printAvailable(sys: Sys, names: readonly string[]): Blocking<number> {
  const known = new DpkgDatabase(parseParagraphs(yield* readFile(sys, `${DPKG}/available`)));
  let code = 0;
  for (const [place, name] of names.entries()) {
    const paragraph = known.packages.get(name);
    if (paragraph) yield* sys.write(1, encode(`${place > 0 ? "\n" : ""}${formatParagraph(paragraph)}`));
    else {
      yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: package '${name}' is not available\n`)));
      code = 1;
    }
  }
  return code;
}

const CONTROL_KINDS = ["prerm", "templates", "md5sums", "preinst", "postinst", "conffiles", "config", "postrm", "shlibs", "symbols", "triggers"] as const;

/** dpkg-query --control-list, --control-path, --control-show. */
export function* controlFiles(sys: Sys, mode: "list" | "path" | "show", words: readonly string[]): Blocking<number> {
  const [name = "", wanted] = words;
  const database = yield* DpkgDatabase.read(sys);
  if (database.version(name.replace(/:.*$/, "")) === undefined) {
    yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: error: package '${name}' is not installed\n`)));
    return 2;
  }
  for (const kind of CONTROL_KINDS) {
    if (wanted !== undefined && kind !== wanted) continue;
    // what dpkg keeps in the record itself is none of the control files
    if (kind === "conffiles") continue;
    const path = infoPath(sys, name.replace(/:.*$/, ""), kind);
    try {
      sys.stat(path);
    } catch {
      continue;
    }
    yield* sys.write(1, encode(mode === "list" ? `${kind}\n` : mode === "path" ? `${path}\n` : yield* readFile(sys, path)));
    if (mode === "show") return 0;
  }
  if (mode !== "show") return 0;
  yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg-query: error: control file '${wanted ?? ""}' does not exist\n`)));
  return 2;
}
