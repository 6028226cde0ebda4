// journalctl: reads the journal's file, keeps what the options and matches ask for, prints it (and with -f what comes after).
// (More than 400 lines: its options, and what each of them selects or shows.)
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, names, tryReadFile, tryWriteFile } from "../../daemons/systemd/api/files.ts";
import { bootId, FACILITIES, type JournalEntry, readJournal } from "../../daemons/systemd/api/journal.ts";
import { journalFiles, journalFilesIn, parseSize } from "../../daemons/systemd/api/journal-files.ts";
import { parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { type LocalTime, parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { parseBoolean } from "../../daemons/systemd/api/unit-text.ts";
import { mangleUnitName } from "../../daemons/systemd/api/unit-name.ts";
import { globMatch } from "../kit/glob.ts";
import { compileRegex, type Regex } from "../kit/regex/compile-regex.ts";
import { RegexSyntaxError } from "../kit/regex/regex-syntax-error.ts";
import { flag, type Io, optionalText, text, texts, unsimulated } from "../kit/gnu.ts";
import { epochOfLocal, offsetAt, readZone, type Zone } from "../kit/zones.ts";
import { catalogText, withMessageId } from "./_catalog.ts";
import { type Filter, kernelEntries, parseMatches, parsePriorities, passes } from "./_journal-filter.ts";
import { cursorOf, type EntryLook, formatEntry, fullTime, OUTPUT_MODES, type OutputMode } from "./_journal-format.ts";
import { askJournald, diskUsage, header, vacuum, verify } from "./_journal-maintenance.ts";
import { BOLD, complain, NORMAL, systemdTool, terminalColumns, wantsColour, withPager } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

const pollUs = 250_000;

function* listBoots(io: Io, entries: readonly JournalEntry[], zone: Zone, colour: boolean): Blocking<number> {
  const boots = new Map<string, { firstUs: number; lastUs: number }>();
  for (const entry of entries) {
    const known = boots.get(entry.bootId);
    if (known === undefined) boots.set(entry.bootId, { firstUs: entry.realtimeUs, lastUs: entry.realtimeUs });
    else known.lastUs = entry.realtimeUs;
  }
  const rows = [...boots].map(([id, { firstUs, lastUs }], index) => [String(index + 1 - boots.size), id, fullTime(firstUs, zone), fullTime(lastUs, zone)]);
  io.out.put(renderTable(io.sys, { header: ["IDX", "BOOT ID", "FIRST ENTRY", "LAST ENTRY"], rows, width: Number.POSITIVE_INFINITY, colour, right: [0] }));
  yield* io.out.flush();
  return 0;
}

/** What parse_argv of journalctl takes for a boot behind -b: an offset, an ID, an ID with an offset, all. */
const BOOT_WORD = /^(?:all|[+-]?\d+|[0-9a-f]{32}(?:[+-]\d+)?)$/;

function withBootWords(args: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg = "", next = ""] = [args[i], args[i + 1]];
    const takes = /^(?:-[a-zA-Z]*b|--boot)$/.test(arg) && !/^-[a-zA-Z]*[utpgSUoFDn][a-zA-Z]*b$/.test(arg) && BOOT_WORD.test(next);
    out.push(takes ? `${arg}${arg.startsWith("--") ? "=" : ""}${next}` : arg);
    if (takes) i++;
  }
  return out;
}

/** Which files are read: those of a directory, those that patterns name, or the machine's own. */
function* chosenFiles(io: Io, directory: string | undefined, patterns: readonly string[], root: string | undefined): Blocking<{ readonly paths: readonly string[]; readonly own: boolean } | undefined> {
  const { sys } = io;
  const missing = function* (path: string): Blocking<undefined> {
    yield* complain(io, `Failed to open ${path}: No such file or directory`);
    return undefined;
  };
  if (directory !== undefined) return exists(sys, directory) ? { paths: journalFilesIn(sys, directory.replace(/\/$/, "")), own: false } : yield* missing(directory);
  if (root !== undefined) return { paths: ["/var/log/journal", "/run/log/journal"].flatMap((base) => subdirectories(sys, `${root.replace(/\/$/, "")}${base}`).flatMap((one) => journalFilesIn(sys, one))), own: false };
  if (patterns.length === 0) return { paths: yield* journalFiles(sys), own: true };
  const paths: string[] = [];
  for (const pattern of patterns) {
    const cut = pattern.lastIndexOf("/");
    const found = exists(sys, pattern) ? [pattern] : names(sys, cut < 0 ? "." : pattern.slice(0, cut) || "/").filter((name) => globMatch(pattern.slice(cut + 1), name)).map((name) => pattern.slice(0, cut + 1) + name);
    if (found.length === 0) {
      yield* complain(io, "Failed to open files: No such file or directory");
      return undefined;
    }
    paths.push(...found);
  }
  return { paths, own: false };
}

function subdirectories(sys: Sys, base: string): readonly string[] {
  try {
    return sys.readdir(base).map(({ name }) => `${base}/${name}`).filter((path) => !path.endsWith("/.") && !path.endsWith("/.."));
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** The position of a cursor among the entries: its own entry's, or where that would stand; undefined when the word is no cursor. */
function placeOf(entries: readonly JournalEntry[], cursor: string): number | undefined {
  if (!/^[a-z]=[0-9a-f]+(?:;[a-z]=[0-9a-f]+)*$/.test(cursor)) return undefined;
  const parts = new Map(cursor.split(";").map((part) => [part.slice(0, 1), part.slice(2)] as const));
  const exact = entries.findIndex((entry) => parts.get("b") === entry.bootId && parts.get("m") === entry.monotonicUs.toString(16));
  if (exact >= 0) return exact;
  const realtimeUs = Number.parseInt(parts.get("t") ?? "", 16);
  if (Number.isNaN(realtimeUs)) return undefined;
  const next = entries.findIndex((entry) => entry.realtimeUs >= realtimeUs);
  return next < 0 ? entries.length : next;
}

/** A word like "500M" or "2weeks", or a complaint. */
function* measured(io: Io, word: string | undefined, what: string, parse: (word: string) => number | undefined): Blocking<number | undefined | "bad"> {
  if (word === undefined) return undefined;
  const value = parse(word);
  if (value !== undefined) return value;
  yield* complain(io, `Failed to parse vacuum ${what}: ${word}`);
  return "bad";
}

const localTime = (zone: Zone): LocalTime => ({ ofUtc: (us) => us + offsetAt(zone, Math.floor(us / 1e6)).offsetSeconds * 1e6, toUtc: (us) => epochOfLocal(zone, Math.floor(us / 1e6)) * 1e6 + (((us % 1e6) + 1e6) % 1e6) });

/** Forms that are for programs: nothing is said beside the entries. */
const PLAIN_FORMS: ReadonlySet<OutputMode> = new Set(["export", "json", "json-pretty", "json-sse", "json-seq", "cat"]);

export default systemdTool({
  name: "journalctl",
  path: "/bin/journalctl",
  summary: "print the entries of the systemd journal",
  synopsis: ["[OPTIONS...] [MATCHES...]"],
  options: {
    unit: texts(["-u", "--unit"], "UNIT", "entries of this unit"),
    userUnit: texts(["--user-unit"], "UNIT", "entries of this unit of a user's manager"),
    identifier: texts(["-t", "--identifier"], "STRING", "entries with this syslog identifier"),
    priority: text(["-p", "--priority"], "RANGE", "entries of this priority and more urgent ones"),
    facility: texts(["--facility"], "FACILITY", "entries of this syslog facility"),
    grep: text(["-g", "--grep"], "PATTERN", "entries whose message matches"),
    caseSensitive: optionalText(["--case-sensitive"], "BOOL", "whether the pattern minds case"),
    boot: optionalText(["-b", "--boot"], "ID", "entries of this boot, or of one before"),
    dmesg: flag(["-k", "--dmesg"], "messages of the kernel, of this boot"),
    since: text(["-S", "--since"], "DATE", "not older than this"),
    until: text(["-U", "--until"], "DATE", "not newer than this"),
    lines: optionalText(["-n", "--lines"], "INTEGER", "how many entries"),
    noTail: flag(["--no-tail"], "with -f, all lines first"),
    follow: flag(["-f", "--follow"], "go on with what comes"),
    reverse: flag(["-r", "--reverse"], "newest first"),
    output: text(["-o", "--output"], "STRING", "how entries look: short, cat, json..."),
    outputFields: text(["--output-fields"], "LIST", "fields of the json, verbose and export forms"),
    utc: flag(["--utc"], "times in UTC"),
    catalog: flag(["-x", "--catalog"], "explanations where there are some"),
    pagerEnd: flag(["-e", "--pager-end"], "begin at the end"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noHostname: flag(["--no-hostname"], "no host name in the lines"),
    noFull: flag(["--no-full"], "shorten long lines"),
    full: flag(["-l", "--full"], "whole lines"),
    all: flag(["-a", "--all"], "whole fields"),
    quiet: flag(["-q", "--quiet"], "no notes about what is missing"),
    merge: flag(["-m", "--merge"], "all journals"),
    system: flag(["--system"], "the system's journal"),
    user: flag(["--user"], "the caller's own journal"),
    listBoots: flag(["--list-boots"], "a line for each boot"),
    diskUsage: flag(["--disk-usage"], "how much room the files take"),
    fields: flag(["-N", "--fields"], "which fields the journal has"),
    field: text(["-F", "--field"], "FIELD", "values of a field"),
    vacuumSize: text(["--vacuum-size"], "BYTES", "shrink the archive to this size"),
    vacuumTime: text(["--vacuum-time"], "TIME", "remove what is older from the archive"),
    vacuumFiles: text(["--vacuum-files"], "INTEGER", "leave so many files"),
    rotate: flag(["--rotate"], "begin a new file"),
    flush: flag(["--flush"], "from /run to /var"),
    sync: flag(["--sync"], "write what is in memory"),
    verify: flag(["--verify"], "check the files"),
    showCursor: flag(["--show-cursor"], "the position behind the last entry"),
    cursor: text(["-c", "--cursor"], "CURSOR", "from this position on"),
    afterCursor: text(["--after-cursor"], "CURSOR", "what comes behind this position"),
    cursorFile: text(["--cursor-file"], "FILE", "what comes behind the position in FILE, which is then moved on"),
    header: flag(["--header"], "facts of the files"),
    directory: text(["-D", "--directory"], "PATH", "journal files of this directory"),
    file: texts(["--file"], "PATH", "this journal file"),
    root: text(["--root"], "ROOT", "the journal of the system below this directory"),
    relinquishVar: flag(["--relinquish-var"], "write to /run again"),
    smartRelinquishVar: flag(["--smart-relinquish-var"], "the same, unless /var/log/journal is on the root file system"),
    machine: unsimulated(["-M", "--machine"], "the journal of a container", "only this machine's journal is read", "CONTAINER"),
    image: unsimulated(["--image"], "the journal of a disk image", "only this machine's journal is read", "IMAGE"),
    namespace: unsimulated(["--namespace"], "the journal of a namespace", "journald has one namespace here", "NAMESPACE"),
    interval: unsimulated(["--interval"], "how often the key for sealing changes", "journals are not sealed", "TIME"),
    verifyKey: unsimulated(["--verify-key"], "the key for --verify", "journals are not sealed", "KEY"),
    setupKeys: unsimulated(["--setup-keys"], "make a pair of keys for sealing", "journals are not sealed"),
    listCatalog: unsimulated(["--list-catalog"], "a line for each message that has an explanation", "the catalog is not listed"),
    dumpCatalog: unsimulated(["--dump-catalog"], "the messages' explanations", "the catalog is not listed"),
    updateCatalog: flag(["--update-catalog"], "rebuild the database of the messages' explanations (catalog)"),
  },
  // -n takes the word behind it when that can be a number of lines, -b when it can name a boot.
  rewrite: (given) => withBootWords(given).flatMap((arg, i, args) => (/^(\d+|all)$/.test(arg) && /^(-[a-zA-Z]*n|--lines)$/.test(args[i - 1] ?? "") ? [] : /^(-[a-zA-Z]*n|--lines)$/.test(arg) && /^(\d+|all)$/.test(args[i + 1] ?? "") ? [arg.startsWith("--") ? `${arg}=${args[i + 1]}` : `${arg}${args[i + 1]}`] : [arg])),
  *run({ options, operands, sys }, io) {
    const colour = wantsColour(sys);
    const mode = options.output ?? "short";
    const known = OUTPUT_MODES.find((one) => one === mode);
    if (known === undefined) {
      if (mode === "help") {
        io.out.put(`${OUTPUT_MODES.join("\n")}\n`);
        return 0;
      }
      yield* complain(io, `Unknown output format '${mode}'.`);
      return 1;
    }
    const zone = yield* readZone(sys, options.utc ? "UTC" : undefined);
    const nowUs = sys.clockUs("realtime");
    const refuse = function* (message: string): Blocking<number> {
      yield* complain(io, message);
      return 1;
    };
    if ([options.directory !== undefined, options.file.length > 0, options.root !== undefined].filter(Boolean).length > 1) return yield* refuse("Please specify at most one of -D/--directory=, --file=, -M/--machine=, --root=, --image=.");
    const range = options.priority === undefined ? undefined : parsePriorities(options.priority);
    if (options.priority !== undefined && range === undefined) return yield* refuse(options.priority.includes("..") ? `Failed to parse log level range ${options.priority}` : `Unknown log level ${options.priority}`);
    const times: (number | undefined)[] = [];
    for (const word of [options.since, options.until]) {
      const us = word === undefined ? undefined : parseTimestampWord(word, nowUs, nowUs - sys.clockUs("monotonic"), localTime(zone));
      if (word !== undefined && us === undefined) return yield* refuse(`Failed to parse timestamp: ${word}`);
      times.push(us);
    }
    const [sinceUs, untilUs] = times;
    if (sinceUs !== undefined && untilUs !== undefined && sinceUs > untilUs) return yield* refuse("--since= must be before --until=.");
    if ([sinceUs, options.cursor, options.afterCursor].filter((one) => one !== undefined).length > 1) return yield* refuse("Please specify only one of --since=, --cursor=, and --after-cursor=.");
    if (options.follow && options.reverse) return yield* refuse("Please specify either --reverse= or --follow=, not both.");
    if (options.merge && (options.boot !== undefined || options.listBoots)) return yield* refuse("Using --boot or --list-boots with --merge is not supported.");
    if (options.facility.includes("help")) {
      io.out.put(`Available facilities:\n${FACILITIES.map((name, number) => `${number >= 12 && number <= 15 ? number : name}\n`).join("")}`);
      return 0;
    }
    const facilities = new Set<number>();
    for (const word of options.facility.flatMap((one) => one.split(","))) {
      const number = /^\d+$/.test(word) ? Number(word) : FACILITIES.findIndex((name) => name === word);
      if (number < 0) {
        yield* complain(io, `Bad --facility= argument "${word}".`);
        return 1;
      }
      facilities.add(number);
    }
    let wantedLines: number | undefined;
    if (options.lines !== undefined) {
      // "-n 5": the number may stand by itself
      const word = options.lines === true ? (/^(?:\d+|all)$/.test(operands[0] ?? "") ? operands[0] : undefined) : options.lines;
      if (options.lines === true && word !== undefined) operands = operands.slice(1);
      if (word !== undefined && word !== "all" && !/^\d+$/.test(word)) {
        yield* complain(io, `Failed to parse lines '${word}'`);
        return 1;
      }
      wantedLines = word === undefined ? 10 : word === "all" ? undefined : Number(word);
    } else if (options.follow && !options.noTail) wantedLines = 10;
    // "all" takes an earlier -b back
    let bootWord = options.boot === "all" ? undefined : options.boot;
    if (bootWord === true && /^(?:-?\d+|[0-9a-f]{32})$/.test(operands[0] ?? "")) {
      bootWord = operands[0];
      operands = operands.slice(1);
    }
    if (bootWord !== undefined && bootWord !== true && !BOOT_WORD.test(bootWord)) return yield* refuse(`Failed to parse boot descriptor '${bootWord}'`);
    const caseWord = options.caseSensitive === undefined || options.caseSensitive === true ? undefined : options.caseSensitive;
    if (caseWord !== undefined && parseBoolean(caseWord) === undefined) return yield* refuse(`Bad --case-sensitive= argument "${caseWord}": Invalid argument`);
    const shows = !options.updateCatalog && !options.flush && !options.sync && !options.rotate && !options.diskUsage && !options.header && !options.verify && !options.listBoots && !options.fields && options.field === undefined && !options.relinquishVar && !options.smartRelinquishVar && [options.vacuumSize, options.vacuumTime, options.vacuumFiles].every((one) => one === undefined);
    if (!shows && operands.length > 0) return yield* refuse(`Extraneous arguments starting with '${operands[0]}'`);
    if (options.updateCatalog) return 0;
    const maximumBytes = yield* measured(io, options.vacuumSize, "size", parseSize);
    const maximumFiles = yield* measured(io, options.vacuumFiles, "files", (word) => (/^\d+$/.test(word) ? Number(word) : undefined));
    const maximumAgeUs = yield* measured(io, options.vacuumTime, "time", (word) => parseTimeSpan(word));
    if (maximumBytes === "bad" || maximumFiles === "bad" || maximumAgeUs === "bad") return 1;
    if (options.flush || options.sync || options.rotate) {
      const status = yield* askJournald(io, options.rotate ? "rotate" : options.flush ? "flush" : "sync");
      if (status !== 0) return status;
    }
    if (options.vacuumSize !== undefined || options.vacuumTime !== undefined || options.vacuumFiles !== undefined) return yield* vacuum(io, { maximumBytes, maximumFiles, maximumAgeUs });
    if (options.flush || options.sync || options.rotate || options.relinquishVar || options.smartRelinquishVar) return 0;
    const chosenPaths = yield* chosenFiles(io, options.directory, options.file, options.root);
    if (chosenPaths === undefined) return 1;
    const { paths, own } = chosenPaths;
    if (options.diskUsage) {
      io.out.put(diskUsage(sys, paths));
      return 0;
    }
    const all = (yield* readJournal(sys, paths)) ?? [];
    const denied = paths.length > 0 && paths.every((path) => !mayRead(sys, path));
    const boot = yield* bootId(sys);
    if (paths.length === 0 && !options.quiet) yield* complain(io, "No journal files were found.");
    const entries = [...(own && paths.length > 0 ? yield* kernelEntries(sys, boot, all) : []), ...all].sort((a, b) => (a.bootId === b.bootId ? a.monotonicUs - b.monotonicUs : a.realtimeUs - b.realtimeUs));
    if (denied && !options.quiet) {
      yield* complain(io, "Hint: You are currently not seeing messages from other users and the system.\n      Users in groups 'adm', 'systemd-journal' can see all messages.\n      Pass -q to turn off this notice.", "notice");
      yield* complain(io, "No journal files were opened due to insufficient permissions.");
      return 1;
    }
    if (options.verify) return yield* verify(io, paths);
    if (options.header) return yield* withPager(io, !options.noPager, () => header(io, paths, zone));
    if (options.listBoots) return yield* withPager(io, !options.noPager, () => listBoots(io, entries, zone, colour));
    if (options.fields || options.field !== undefined) {
      const names = new Set<string>();
      for (const entry of entries) {
        if (options.fields) for (const name of entry.fields.keys()) names.add(name);
        else {
          const value = entry.fields.get(options.field ?? "");
          if (value !== undefined) names.add(value);
        }
      }
      io.out.put([...names].map((name) => `${name}\n`).join(""));
      return 0;
    }
    const boots = [...new Set(entries.map((entry) => entry.bootId))];
    let wantedBoot: string | undefined;
    if (bootWord !== undefined || options.dmesg) {
      const word = bootWord === undefined || bootWord === true ? "0" : bootWord;
      const [, id, shift = id === undefined ? word : "+0"] = /^([0-9a-f]{32})?([+-]?\d+)?$/.exec(word) ?? [];
      if (id === undefined && !/^[+-]?\d+$/.test(word)) return yield* refuse(`Failed to parse boot descriptor '${word}'`);
      const offset = Number(shift);
      wantedBoot = id !== undefined ? boots[boots.indexOf(id) + offset] : offset <= 0 ? boots[boots.length - 1 + offset] : boots[offset - 1];
      if (wantedBoot === undefined || (id !== undefined && !boots.includes(id))) return yield* refuse(`Data from the specified boot (${id ?? `${offset < 0 ? "" : "+"}${offset === 0 ? 0 : offset}`}) is not available: No such boot ID in journal`);
    }
    const absent = operands.find((word) => word.startsWith("/") && !exists(sys, word));
    if (absent !== undefined) return yield* refuse("Couldn't canonicalize path: No such file or directory");
    const matches = parseMatches(operands);
    if (typeof matches === "string") return yield* refuse(matches);
    let grep: Filter["grep"];
    let found: EntryLook["highlight"];
    if (options.grep !== undefined) {
      const pattern = options.grep;
      const ignoreCase = options.caseSensitive === undefined ? pattern === pattern.toLowerCase() : caseWord !== undefined && parseBoolean(caseWord) === false;
      let regex: Regex;
      try {
        regex = compileRegex(pattern, { syntax: "pcre", ignoreCase });
      } catch (error) {
        if (!(error instanceof RegexSyntaxError)) throw error;
        return yield* refuse(`Bad pattern "${pattern}": ${error.message}`);
      }
      found = (line) => {
        const match = regex.exec(line);
        return match === undefined ? undefined : [match[0] ?? 0, match[1] ?? 0];
      };
      grep = (line) => regex.exec(line) !== undefined;
    }
    const filter: Filter = {
      units: [...options.unit, ...options.userUnit].map((unit) => mangleUnitName(unit)), identifiers: options.identifier, priorities: range, facilities: facilities.size > 0 ? facilities : undefined, kernelOnly: options.dmesg, boot: wantedBoot,
      sinceUs, untilUs, grep: undefined, matches, visible: undefined,
    };
    const quiet = options.quiet || PLAIN_FORMS.has(known);
    const kept = options.cursorFile === undefined ? undefined : ((yield* tryReadFile(sys, options.cursorFile)) ?? "").trim() || undefined;
    const cursorWord = options.cursor ?? options.afterCursor ?? kept;
    let shown = 0;
    let lastShown: JournalEntry | undefined;
    const outputMode: OutputMode = known;
    const look: EntryLook = {
      sys, zone, colour, hostname: !options.noHostname, all: options.all, width: options.noFull ? terminalColumns(sys) : Number.POSITIVE_INFINITY, ...(found === undefined ? {} : { highlight: found }),
    };
    const explain = options.catalog && /^(?:short|with-unit)/.test(outputMode);
    let before: JournalEntry | undefined;
    const print = (entry: JournalEntry): void => {
      if (outputMode === "cat" && options.outputFields !== undefined) {
        for (const name of options.outputFields.split(",")) if (entry.fields.has(name)) io.out.put(`${entry.fields.get(name) ?? ""}\n`);
        return;
      }
      const shown = selectFields(/^(?:json|verbose|export)/.test(outputMode) ? withMessageId(entry) : entry, options.outputFields, outputMode);
      io.out.put(formatEntry(shown, outputMode, look, before));
      if (explain) io.out.put(catalogText(look, entry));
      before = entry;
    };
    const passesText = (entry: JournalEntry): boolean => grep === undefined || grep(entry.fields.get("MESSAGE") ?? "");
    let previous: string | undefined;
    const printAll = function* (chosen: readonly JournalEntry[]): Blocking<void> {
      for (const entry of chosen) {
        if (wantedLines !== undefined && shown >= wantedLines && !options.follow) return;
        if (previous !== undefined && previous !== entry.bootId && !quiet && !options.merge) io.out.put(colour ? `${BOLD}-- Boot ${entry.bootId} --${NORMAL}\n` : `-- Boot ${entry.bootId} --\n`);
        previous = entry.bootId;
        if (!passesText(entry)) continue;
        print(entry);
        shown++;
        lastShown = entry;
        if (sys.charge(20)) yield* sys.preempt();
        if (io.out.full) yield* io.out.flush();
      }
    };
    const place = cursorWord === undefined ? 0 : placeOf(entries, cursorWord);
    if (place === undefined) return yield* refuse("Failed to seek to cursor: Invalid argument");
    const behind = options.cursor === undefined && cursorWord !== undefined;
    const write = function* (): Blocking<number> {
      let chosen = entries.slice(place + (behind ? 1 : 0)).filter((entry) => passes(entry, filter));
      // from a beginning on, the first lines count; else the last
      if (wantedLines !== undefined && (options.reverse || (sinceUs === undefined && cursorWord === undefined))) chosen = wantedLines === 0 ? [] : (grep === undefined ? chosen : chosen.filter(passesText)).slice(-wantedLines);
      else if (options.pagerEnd) chosen = chosen.slice(-1000);
      yield* printAll(options.reverse ? [...chosen].reverse() : chosen);
      if (shown === 0 && !options.follow && !quiet) io.out.put("-- No entries --\n");
      yield* io.out.flush();
      return grep !== undefined && shown === 0 && !options.follow ? 1 : 0;
    };
    const status = yield* withPager(io, !options.noPager && !options.follow, write);
    if (!options.follow) {
      if (lastShown !== undefined && options.showCursor) io.out.put(`-- cursor: ${cursorOf(lastShown)}\n`);
      if (lastShown !== undefined && options.cursorFile !== undefined) yield* tryWriteFile(sys, options.cursorFile, `${cursorOf(lastShown)}\n`);
      return status;
    }
    let seen = all.length;
    let stamp = "";
    for (;;) {
      yield* sys.sleep(pollUs);
      const nowPaths = own ? yield* journalFiles(sys) : paths;
      const nowStamp = nowPaths.map((path) => `${path} ${exists(sys, path) ? sys.stat(path).mtimeUs : 0}`).join(" ");
      if (nowStamp === stamp) continue;
      stamp = nowStamp;
      const now = (yield* readJournal(sys, nowPaths)) ?? [];
      if (now.length < seen) seen = 0;
      yield* printAll(now.slice(seen).filter((entry) => passes(entry, filter)));
      seen = now.length;
      yield* io.out.flush();
    }
  },
});

function mayRead(sys: Sys, path: string): boolean {
  try {
    sys.access(path, 4);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function selectFields(entry: JournalEntry, list: string | undefined, mode: OutputMode): JournalEntry {
  if (list === undefined || !/^(?:json|verbose|export)/.test(mode)) return entry;
  const wanted = new Set(list.split(","));
  return { ...entry, fields: new Map([...entry.fields].filter(([name]) => wanted.has(name) || (name === "_BOOT_ID" && mode !== "verbose"))) };
}
