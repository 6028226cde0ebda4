// /etc/network/interfaces (interfaces(5)): stanzas, classes, mappings and the files that it names, read as ifupdown 0.8.41 reads them.
import { type Blocking, S, type Sys, SysError, strerror } from "../../kernel/sys.ts";
import { compareBytes } from "../kit/collate.ts";
import { globMatch } from "../kit/glob.ts";
import { directoryOf, joinPath } from "../kit/paths.ts";
import { readWhole } from "./_read-whole.ts";
import { isFamily, isMethod } from "./_methods.ts";

export interface Option {
  readonly name: string;
  value: string;
}

export interface Stanza {
  readonly logical: string;
  readonly family: string;
  readonly method: string;
  readonly options: Option[];
}

interface Mapping {
  readonly patterns: readonly string[];
  script: string | undefined;
  readonly lines: string[];
}

export class Definitions {
  readonly stanzas: Stanza[] = [];
  readonly mappings: Mapping[] = [];
  /** of "auto" and "allow-CLASS" lines, as written */
  readonly classes = new Map<string, string[]>();
  readonly noAutoDown: string[] = [];
  readonly noScripts: string[] = [];
  readonly renames: string[] = [];

  of(logical: string): readonly Stanza[] {
    return this.stanzas.filter((one) => one.logical === logical);
  }

  /** There is a stanza, or a mapping that may lead to one. */
  knows(logical: string): boolean {
    return this.stanzas.some((one) => one.logical === logical) || this.mappings.some(({ patterns }) => patterns.some((pattern) => globMatch(pattern, logical)));
  }

  addTo(kind: string, names: readonly string[]): void {
    const list = this.classes.get(kind) ?? [];
    for (const name of names) if (!list.includes(name)) list.push(name);
    this.classes.set(kind, list);
  }
}

/** A file that cannot be used: the message names the line. */
class Unusable extends Error {}

interface Reading {
  readonly sys: Sys;
  readonly into: Definitions;
  readonly warn: (text: string) => Blocking<void>;
  readonly verbose: boolean;
}

/** Options that may stand several times, each on its own. */
const COMMANDS = new Set(["pre-up", "up", "down", "post-down"]);
const ALIASES = new Map([["post-up", "up"], ["pre-down", "down"]]);

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Lines of text without comments; a backslash at the end joins the next. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const raw = text.split("\n");
  for (let at = 0; at < raw.length; at++) {
    let line = (raw[at] ?? "").trimStart();
    if (line === "" || line.startsWith("#")) continue;
    while (line.endsWith("\\") && at + 1 < raw.length) line = line.slice(0, -1) + (raw[++at] ?? "");
    lines.push({ number: at + 1, text: line.trimEnd() });
  }
  return lines;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

/** Reads the whole configuration. False: the file itself cannot be used (its message was told). */
export function* readInterfaces(sys: Sys, path: string, into: Definitions, warn: (text: string) => Blocking<void>, verbose: boolean): Blocking<boolean> {
  let text: string;
  try {
    text = yield* readWhole(sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EISDIR") {
      yield* warn(`${path}: ${strerror(error.errno)}`);
      return false;
    }
    yield* warn(`couldn't open interfaces file "${path}": ${error.message}`);
    return true;
  }
  try {
    yield* parse({ sys, into, warn, verbose }, path, text, 0);
    return true;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    yield* warn(error.message);
    return false;
  }
}

/** Files may name each other: not without an end. */
const deepest = 32;

function* parse(reading: Reading, path: string, text: string, depth: number): Blocking<void> {
  const { into, warn, sys } = reading;
  let stanza: Stanza | undefined;
  let mapping: Mapping | undefined;
  for (const { number, text: line } of linesOf(text)) {
    if (sys.charge(2)) yield* sys.preempt();
    const wrong = (what: string): never => {
      throw new Unusable(`${path}:${number}: ${what}`);
    };
    const [first = "", ...words] = wordsOf(line);
    const starts = first === "iface" || first === "mapping" || first === "auto" || first === "source" || first === "source-dir" || first === "source-directory" || first === "rename" || first === "no-auto-down" || first === "no-scripts" || first.startsWith("allow-");
    if (starts) stanza = mapping = undefined;
    if (first === "iface") {
      stanza = yield* startStanza(reading, words, wrong, (what) => warn(`${path}:${number}: ${what}`));
      // the loopback is there by itself
      if (!(stanza.logical === "lo" && stanza.family === "inet" && stanza.method === "loopback" && into.of("lo").some((one) => one.family === "inet" && one.method === "loopback"))) into.stanzas.push(stanza);
    } else if (first === "mapping") {
      mapping = { patterns: words, script: undefined, lines: [] };
      into.mappings.push(mapping);
    } else if (first === "auto") into.addTo("auto", words);
    else if (first.startsWith("allow-")) into.addTo(first.slice("allow-".length), words);
    else if (first === "no-auto-down") into.noAutoDown.push(...words);
    else if (first === "no-scripts") into.noScripts.push(...words);
    else if (first === "rename") into.renames.push(...words);
    else if (first === "source") yield* sourceFiles(reading, path, words[0] ?? "", depth);
    else if (starts) yield* sourceDirectory(reading, path, words[0] ?? "", depth);
    else if (stanza !== undefined) {
      const value = line.slice(first.length).trim();
      if (value === "") wrong("option with empty value");
      addOption(stanza.options, ALIASES.get(first) ?? first, value);
    } else if (mapping !== undefined && first === "script") {
      if (mapping.script !== undefined) wrong("duplicate script in mapping");
      mapping.script = line.slice(first.length).trim();
    } else if (mapping !== undefined && first === "map") mapping.lines.push(line.slice(first.length).trim());
    else wrong("misplaced option");
  }
}

/** A second value of an option that stands once is a second line of it. */
function addOption(options: Option[], name: string, value: string): void {
  const former = COMMANDS.has(name) ? undefined : options.find((one) => one.name === name);
  if (former === undefined) options.push({ name, value });
  else former.value += `\n${value}`;
}

function* startStanza({ into }: Reading, words: readonly string[], wrong: (what: string) => never, tell: (what: string) => Blocking<void>): Blocking<Stanza> {
  const logical = words[0] ?? wrong("too few parameters for iface line");
  const inheritsAt = words.indexOf("inherits");
  const own = inheritsAt < 0 ? words.slice(1) : words.slice(1, inheritsAt);
  let family = own[0];
  let method = own[1];
  const from = inheritsAt < 0 ? undefined : (words[inheritsAt + 1] ?? wrong("'inherits' keyword is missing a parameter"));
  if (family !== undefined && !isFamily(family)) wrong("unknown or no address type and no inherits keyword specified");
  if (family === undefined && from === undefined) wrong("unknown or no address type and no inherits keyword specified");
  if (family !== undefined && method !== undefined && !isMethod(family, method)) wrong("unknown or no method and no inherits keyword specified");
  if (method === undefined && from === undefined) wrong("unknown or no method and no inherits keyword specified");
  const options: Option[] = [];
  if (from !== undefined) {
    const parent = into.stanzas.findLast((one) => one.logical === from && (family === undefined || one.family === family)) ?? wrong(`unknown iface to inherit from: ${from} (${family ?? "(null)"})`);
    family ??= parent.family;
    method ??= parent.method;
    for (const { name, value } of parent.options) options.push({ name, value });
  }
  if (own[2] !== undefined) yield* tell(`extra parameter for the iface line not understood and ignored: ${own[2]}`);
  return { logical, family: family ?? "", method: method ?? "", options };
}

// ---- included files

function* sourceFiles(reading: Reading, from: string, pattern: string, depth: number): Blocking<void> {
  for (const path of yield* pathsOf(reading.sys, absolute(from, pattern))) {
    let text: string;
    try {
      text = yield* readWhole(reading.sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOENT") continue;
      if (reading.verbose) yield* reading.warn(`parsing file ${path}`);
      yield* reading.warn(`${path}: ${strerror(error.errno)}`);
      continue;
    }
    if (reading.verbose) yield* reading.warn(`parsing file ${path}`);
    yield* parseIncluded(reading, path, text, depth);
  }
}

function* sourceDirectory(reading: Reading, from: string, pattern: string, depth: number): Blocking<void> {
  const { sys } = reading;
  for (const directory of yield* pathsOf(sys, absolute(from, pattern))) {
    let names: readonly string[];
    try {
      names = sys.readdir(directory).map(({ name }) => name).filter((name) => /^[A-Za-z0-9_-]+$/.test(name)).sort(compareBytes);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      continue;
    }
    if (reading.verbose) yield* reading.warn(`reading directory ${directory}`);
    for (const name of names) {
      const path = joinPath(directory, name);
      try {
        if ((sys.stat(path).mode & S.IFMT) === S.IFREG) {
          if (reading.verbose) yield* reading.warn(`parsing file ${path}`);
          yield* parseIncluded(reading, path, yield* readWhole(sys, path), depth);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
}

/** What is wrong in an included file ends that file only. */
function* parseIncluded(reading: Reading, path: string, text: string, depth: number): Blocking<void> {
  if (depth >= deepest) return;
  try {
    yield* parse(reading, path, text, depth + 1);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    yield* reading.warn(error.message);
  }
}

const absolute = (from: string, name: string): string => (name.startsWith("/") ? name : `${directoryOf(from)}/${name}`);

/** The paths that match, in byte order; the pattern itself when none does (wordexp(3)). */
function* pathsOf(sys: Sys, pattern: string): Blocking<readonly string[]> {
  if (!/[*?[]/.test(pattern)) return [pattern];
  let found = [pattern.startsWith("/") ? "/" : "."];
  for (const part of pattern.split("/").filter((one) => one !== "")) {
    const next: string[] = [];
    for (const base of found) {
      if (sys.charge(2)) yield* sys.preempt();
      if (!/[*?[]/.test(part)) {
        next.push(joinPath(base, part));
        continue;
      }
      try {
        for (const { name } of sys.readdir(base)) if (globMatch(part, name, { period: true })) next.push(joinPath(base, name));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    found = next;
  }
  const there = found.filter((path) => {
    try {
      sys.lstat(path);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
  });
  return there.length === 0 ? [pattern] : there.sort(compareBytes);
}
