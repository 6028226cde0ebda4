// What the arguments ask for, checked.

import { type Blocking, SysError, type Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { parseDate } from "../kit/date-parse.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import type { Io } from "../kit/io.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { parseMode, type ModeChange } from "../kit/file-mode.ts";
import { compileTransform, type Transform } from "./_transform.ts";
import { validArguments } from "../kit/gnu.ts";
import { type Argument, Fatal, Quiet, UsageError } from "./_arguments.ts";
import { type ArchiveFormat, BLOCK } from "./_header.ts";
import { cacheTag, type IgnoreFile, type Tag, VCS_IGNORES } from "./_omitted.ts";

export type Operation = "create" | "append" | "update" | "catenate" | "list" | "extract" | "diff" | "delete" | "label";

/** A name to work on and the directory (a chain of -C) it is relative to. */
export interface NameArgument {
  readonly name: string;
  readonly directories: readonly string[];
  /** by the patterns that were given before it */
  readonly excluded: (name: string) => boolean;
}

export interface Settings {
  readonly operation: Operation;
  readonly archive: string;
  readonly format: ArchiveFormat;
  /** the program to filter through */
  readonly filter: string | undefined;
  readonly names: readonly NameArgument[];
  /** all -C, for what has no names */
  readonly directories: readonly string[];
  readonly verbose: number;
  readonly has: (option: string) => boolean;
  readonly value: (option: string) => string | undefined;
  readonly excluded: (name: string) => boolean;
  readonly transforms: readonly Transform[];
  readonly stripComponents: number;
  readonly accounts: Accounts;
  readonly zone: Zone;
  readonly owner: { readonly name: string; readonly id: number } | undefined;
  readonly group: { readonly name: string; readonly id: number } | undefined;
  readonly mode: readonly ModeChange[] | undefined;
  readonly mtimeUs: number | undefined;
  readonly newerThanUs: number | undefined;
  readonly checkpointActions: readonly string[];
  readonly tags: readonly Tag[];
  readonly ignoreFiles: readonly IgnoreFile[];
  /** the member of each name that is meant, from the first */
  readonly occurrence: number | undefined;
  /** whether warnings of this keyword (--warning) are wanted */
  readonly warns: (keyword: string) => boolean;
}

/** `--sort`, `--warning`: gnulib's argmatch. */
function* checkWord(io: Io, option: string, value: string, words: readonly string[]): Blocking<void> {
  const bare = option === "--warning" ? value.replace(/^no-/, "") : value;
  if (option === "--warning" && value === "none") return;
  if (words.filter((word) => word === bare || word.startsWith(bare)).length > 0) return;
  yield* io.warn(`invalid argument ${io.quote(bare)} for ${io.quote(option)}`);
  yield* io.stderr(`${validArguments(words.map((word) => [word]), io.utf8)}\n`);
  throw new Quiet(2);
}

const WARNINGS = [
  "all", "alone-zero-block", "bad-dumpdir", "cachedir", "contiguous-cast", "file-changed", "file-ignored", "file-removed", "file-shrank", "file-unchanged", "filename-with-nuls", "ignore-archive",
  "ignore-newer", "new-directory", "rename-directory", "symlink-cast", "timestamp", "unknown-cast", "unknown-keyword", "xdev", "decompress-program", "existing-file", "xattr-write", "record-size", "failed-read",
];
const QUOTING_STYLES = ["literal", "shell", "shell-always", "shell-escape", "shell-escape-always", "c", "c-maybe", "escape", "locale", "clocale"];

const OPERATIONS = new Map<string, Operation>([
  ["-c", "create"], ["-r", "append"], ["-u", "update"], ["-A", "catenate"], ["-t", "list"], ["-x", "extract"], ["-d", "diff"], ["--delete", "delete"], ["--test-label", "label"],
]);
const FILTERS = new Map([["-z", "gzip"], ["-j", "bzip2"], ["-J", "xz"], ["--zstd", "zstd"], ["-Z", "compress"], ["--lzma", "lzma"], ["--lzip", "lzip"], ["--lzop", "lzop"]]);
const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/\.(gz|tgz|taz)$/, "gzip"], [/\.(bz2|tz2|tbz2|tbz)$/, "bzip2"], [/\.(xz|txz)$/, "xz"], [/\.(zst|tzst)$/, "zstd"], [/\.(Z|taZ)$/, "compress"], [/\.(lzma|tlz)$/, "lzma"],
];
const FORMATS = new Map<string, ArchiveFormat>([["gnu", "gnu"], ["oldgnu", "oldgnu"], ["pax", "pax"], ["posix", "pax"], ["ustar", "ustar"], ["v7", "v7"]]);

/** The filter for an archive's name, as -a and reading choose it. */
export function filterOfName(name: string): string | undefined {
  return SUFFIXES.find(([suffix]) => suffix.test(name))?.[1];
}

export function* readSettings(args: readonly Argument[], io: Io): Blocking<Settings> {
  const { sys } = io;
  let operation: Operation | undefined;
  let filter: string | undefined;
  let archive = sys.environment.get("TAPE") ?? "-";
  let format: ArchiveFormat = "gnu";
  let directories: string[] = [];
  const names: NameArgument[] = [];
  const values = new Map<string, string>();
  let verbose = 0;
  let excludes: readonly ((name: string) => boolean)[] = [];
  /** positional options since the last name */
  let idle: string[] = [];
  const snapshot = () => {
    const current = excludes;
    return (name: string) => current.some((matches) => matches(name));
  };
  const transforms: Transform[] = [];
  const checkpointActions: string[] = [];
  const tags: Tag[] = [];
  const ignoreFiles: IgnoreFile[] = [];
  let verbatim = false;
  const warnings = new Map<string, boolean>();
  let patternOptions = { anchored: false, ignoreCase: false, pathname: false, literal: false };
  let nullNames = false;
  for (const { option, value } of args) {
    if (option === undefined || option === "--add-file") {
      names.push({ name: value, directories, excluded: snapshot() });
      idle = [];
      continue;
    }
    values.set(option, value);
    const wanted = OPERATIONS.get(option);
    if (wanted) {
      if (operation && operation !== wanted) throw new UsageError("You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option", 2);
      operation = wanted;
    }
    const program = option === "-I" ? value : FILTERS.get(option);
    if (program !== undefined) {
      if (filter !== undefined && filter !== program) throw new UsageError("Conflicting compression options", 2);
      filter = program;
    }
    switch (option) {
      case "-f":
        archive = value;
        break;
      case "-v":
        verbose++;
        break;
      case "-C":
        directories = [...directories, value];
        break;
      case "-H": {
        const found = FORMATS.get(value);
        if (!found) throw new UsageError(`${value}: Invalid archive format`, 2);
        format = found;
        break;
      }
      case "--old-archive":
        format = "v7";
        break;
      case "--posix":
        format = "pax";
        break;
      case "--anchored":
        patternOptions = { ...patternOptions, anchored: true };
        break;
      case "--no-anchored":
        patternOptions = { ...patternOptions, anchored: false };
        break;
      case "--ignore-case":
        patternOptions = { ...patternOptions, ignoreCase: true };
        break;
      case "--wildcards":
      case "--no-wildcards":
        patternOptions = { ...patternOptions, literal: option === "--no-wildcards" };
        break;
      case "--no-wildcards-match-slash":
        patternOptions = { ...patternOptions, pathname: true };
        break;
      case "--exclude":
        excludes = [...excludes, excluder(value, patternOptions)];
        idle.push(`--exclude ${io.quote(value)}`);
        break;
      case "-X":
        for (const line of (yield* readLines(io, value, "\n", ""))) if (line !== "") excludes = [...excludes, excluder(line, patternOptions)];
        idle.push(`--exclude-from ${io.quote(value)}`);
        break;
      case "--exclude-vcs":
        for (const name of ["CVS", "RCS", "SCCS", ".git", ".gitignore", ".gitmodules", ".gitattributes", ".cvsignore", ".svn", ".arch-ids", "{arch}", "_darcs", ".hg", ".hgignore", ".bzr", ".bzrignore"]) excludes = [...excludes, excluder(name, patternOptions)];
        idle.push("--exclude-vcs");
        break;
      case "--exclude-backups":
        for (const name of [".#*", "*~", "#*#"]) excludes = [...excludes, excluder(name, patternOptions)];
        idle.push("--exclude-backups");
        break;
      case "--checkpoint-action":
        checkpointActions.push(value);
        break;
      case "--exclude-tag":
        tags.push({ name: value, scope: "contents" });
        break;
      case "--exclude-tag-under":
        tags.push({ name: value, scope: "under" });
        break;
      case "--exclude-tag-all":
        tags.push({ name: value, scope: "all" });
        break;
      case "--exclude-caches":
        tags.push(cacheTag("contents"));
        break;
      case "--exclude-caches-under":
        tags.push(cacheTag("under"));
        break;
      case "--exclude-caches-all":
        tags.push(cacheTag("all"));
        break;
      case "--exclude-ignore":
      case "--exclude-ignore-recursive":
        ignoreFiles.push({ name: value, recursive: option === "--exclude-ignore-recursive", dialect: "plain" });
        break;
      case "--exclude-vcs-ignores":
        ignoreFiles.push(...VCS_IGNORES);
        break;
      case "--verbatim-files-from":
        verbatim = true;
        break;
      case "--sort":
        yield* checkWord(io, option, value, ["none", "name", "inode"]);
        break;
      case "--warning":
        yield* checkWord(io, option, value, WARNINGS);
        for (const word of WARNINGS) if (/^(no-)?all$/.test(value) || value === "none" || word.startsWith(value.replace(/^no-/, ""))) warnings.set(word, value !== "none" && !value.startsWith("no-"));
        break;
      case "--quoting-style":
        if (QUOTING_STYLES.includes(value) && !["literal", "escape", "c"].includes(value)) throw new UsageError(`option '--quoting-style=${value}' is not simulated here: literal, escape and c are`, 2, true);
        if (!QUOTING_STYLES.includes(value)) throw new Fatal(`Unknown quoting style '${value}'. Try 'tar --quoting-style=help' to get a list.`);
        break;
      case "-b":
        if (!/^\d+$/.test(value) || Number(value) === 0) throw new UsageError(`${value}: Invalid blocking factor`, 2);
        break;
      case "--record-size":
        if (recordSize(value) % BLOCK !== 0) throw new UsageError("Record size must be a multiple of 512.", 2);
        break;
      case "--hole-detection":
        yield* checkWord(io, option, value, ["raw", "seek"]);
        break;
      case "--null":
        nullNames = true;
        break;
      case "--no-null":
        nullNames = false;
        break;
      case "-T": {
        const lines = yield* readLines(io, value, nullNames ? "\0" : "\n", "Cannot stat: ");
        for (let i = 0; i < lines.length; i++) {
          const line = lines[i] ?? "";
          if (line === "") continue;
          const change = nullNames || verbatim ? null : /^(?:-C\s*|--directory[ =])(.*)$/.exec(line);
          if (change) directories = [...directories, change[1] || (lines[++i] ?? "")];
          else names.push({ name: line, directories, excluded: snapshot() });
        }
        idle = [];
        break;
      }
      case "--transform":
        transforms.push(...compileTransform(value));
        break;
    }
  }
  if (!operation) throw new UsageError("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options", 2);
  if (values.has("--level") && !values.has("-g")) yield* io.warn("--level is meaningless without --listed-incremental");
  if (values.has("-a") && operation === "create" && filter === undefined) filter = filterOfName(archive);
  if (idle.length > 0 && names.length > 0 && (operation === "create" || operation === "append" || operation === "update")) {
    yield* io.warn("The following options were used after any non-optional arguments in archive create or update mode.  These options are positional and affect only arguments that follow them.  Please, rearrange them properly.");
    for (const option of idle) yield* io.fail(`${option} has no effect`);
  }
  if (values.has("--pax-option") && !values.has("-H")) format = "pax";
  if (values.has("--pax-option") && format !== "pax") throw new UsageError("--pax-option can be used only on POSIX archives", 2);
  const accounts = yield* Accounts.read(sys);
  const zone = yield* readZone(sys);
  const modeText = values.get("--mode");
  const mode = modeText === undefined ? undefined : parseMode(modeText);
  if (modeText !== undefined && !mode) throw new Fatal("Invalid mode given on option");
  const strip = values.get("--strip-components");
  if (strip !== undefined && !/^\d+$/.test(strip)) throw new Fatal(`${strip}: Invalid number of elements`);
  const mtime = values.get("--mtime");
  if (mtime !== undefined && verbose > 0 && !/^[./]/.test(mtime)) yield* noteDate("--mtime", mtime, sys, zone, io);
  for (const [option, name] of [["-N", "--after-date"], ["--newer-mtime", "--newer-mtime"]] as const) {
    const date = values.get(option);
    if (date !== undefined && verbose > 0 && !/^[./]/.test(date)) yield* noteDate(name, date, sys, zone, io);
  }
  const occurrence = values.get("--occurrence");
  if (occurrence !== undefined && occurrence !== "" && !/^\d+$/.test(occurrence)) throw new Fatal(`${occurrence}: Invalid number`);
  if (occurrence !== undefined && names.length === 0) throw new UsageError("--occurrence is meaningless without a file list", 2);
  if (values.has("-V") && format === "v7") throw new UsageError("GNU features wanted on incompatible archive format", 2);
  if (values.has("-K") && operation !== "list" && operation !== "extract" && operation !== "diff") throw new UsageError(`'--starting-file' cannot be used with '${operation === "create" ? "-c" : operation === "append" ? "-r" : operation === "update" ? "-u" : operation === "catenate" ? "-A" : "--delete"}'`, 2);
  const newer = values.get("-N") ?? values.get("--newer-mtime");
  return {
    operation, archive, format, filter, names, directories, verbose, has: (option) => values.has(option), value: (option) => values.get(option),
    excluded: snapshot(), transforms, stripComponents: Number(strip ?? "0"), accounts, zone,
    owner: account(values.get("--owner"), (name) => accounts.userByName(name)?.uid), group: account(values.get("--group"), (name) => accounts.groupByName(name)?.gid),
    mode, mtimeUs: mtime === undefined ? undefined : yield* dateUs(mtime, sys, zone, io), newerThanUs: newer === undefined ? undefined : yield* dateUs(newer, sys, zone, io),
    checkpointActions, tags, ignoreFiles, occurrence: occurrence === undefined ? undefined : Number(occurrence || 1),
    warns: (keyword) => warnings.get(keyword) ?? true,
  };
}

/** As far back as a time goes. */
const NO_DATE_US = -9_007_199_254_740_991;

function* dateUs(value: string, sys: Sys, zone: Zone, io: Io): Blocking<number> {
  const timeUs = timeOf(value, sys, zone);
  if (timeUs === undefined) yield* io.warn(`Substituting -9223372036854775807 for unknown date format ${io.quote(value)}`);
  return timeUs ?? NO_DATE_US;
}

function* noteDate(option: string, value: string, sys: Sys, zone: Zone, io: Io): Blocking<void> {
  const timeUs = timeOf(value, sys, zone);
  if (timeUs === undefined) return;
  const shown = strftime("%Y-%m-%d %H:%M:%S", civilAtUs(zone, timeUs));
  if (shown !== value) yield* io.warn(`Option ${option}: Treating date '${value}' as ${shown}`);
}

/** Undefined: no date. */
function timeOf(value: string, sys: Sys, zone: Zone): number | undefined {
  if (/^[./]/.test(value)) {
    try {
      return sys.stat(value).mtimeUs;
    } catch (error) {
      if (error instanceof SysError) throw new Fatal(`${value}: Cannot stat: ${error.message}`);
      throw error;
    }
  }
  const nowUs = sys.clockUs("realtime");
  const parsed = parseDate(value, zone, { epochSeconds: Math.floor(nowUs / 1e6), nanoseconds: 0 });
  if (!parsed) return undefined;
  return parsed.epochSeconds * 1e6 + Math.round(parsed.nanoseconds / 1000);
}

/** Bytes, with k, M, G, T, b (512) or w (2). */
export function recordSize(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+)([a-zA-Z]?)$/.exec(text) ?? [];
  const factor = { "": 1, b: 512, B: 1024, c: 1, k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4, w: 2 }[unit];
  if (digits === "" || factor === undefined) throw new Fatal(`${text}: Invalid record size`);
  return Number(digits) * factor;
}

function account(value: string | undefined, find: (name: string) => number | undefined): { readonly name: string; readonly id: number } | undefined {
  if (value === undefined) return undefined;
  const [name = "", id] = value.split(":");
  if (id !== undefined) return { name: name.replace(/^\+?\d+$/, ""), id: Number(id) };
  if (/^\+?\d+$/.test(name)) return { name: "", id: Number(name.replace("+", "")) };
  return { name, id: find(name) ?? 0 };
}

function* readLines(io: Io, file: string, delimiter: string, what: string): Blocking<string[]> {
  try {
    const input = yield* io.open(file);
    const text = textOfLatin1(yield* input.all());
    io.close(input);
    return text.split(delimiter);
  } catch (error) {
    if (error instanceof SysError) throw new Fatal(`${file}: ${what}${error.message}`);
    throw error;
  }
}

/** Exclusion patterns match whole names or what follows a slash, and everything below a match. */
function excluder(pattern: string, options: { readonly anchored: boolean; readonly ignoreCase: boolean; readonly pathname: boolean; readonly literal: boolean }): (name: string) => boolean {
  const text = options.literal ? pattern.replace(/[\\*?[]/g, "\\$&") : pattern;
  const matches = compileFnmatch(text.replace(/(.)\/+$/, "$1"), { leadingDirectory: true, ignoreCase: options.ignoreCase, pathname: options.pathname });
  return (name) => {
    const trimmed = name.replace(/(.)\/+$/, "$1");
    if (matches(trimmed)) return true;
    if (options.anchored) return false;
    for (let slash = trimmed.indexOf("/"); slash >= 0; slash = trimmed.indexOf("/", slash + 1)) if (trimmed[slash + 1] !== "/" && matches(trimmed.slice(slash + 1))) return true;
    return false;
  };
}
