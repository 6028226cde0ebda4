// journalctl: reads the journal's file, keeps what the options and matches ask for, prints it (and with -f what comes after).
// (More than 400 lines: its options, and what each of them selects or shows.)
import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { bootId, decodeEntries, FACILITIES, type JournalEntry, journalPath, priorityNumber } from "../../daemons/systemd/api/journal.ts";
import { parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { mangleUnitName, matchesPattern } from "../../daemons/systemd/api/unit-name.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { flag, type Io, optionalText, text, texts } from "../kit/gnu.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { catalogText, withMessageId } from "./_catalog.ts";
import { type EntryLook, formatEntry, fullTime, OUTPUT_MODES, ofUnit, type OutputMode } from "./_journal-format.ts";
import { BOLD, complain, NORMAL, systemdTool, terminalColumns, wantsColour, withPager } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

const pollUs = 250_000;

interface Filter {
  readonly units: readonly string[];
  readonly identifiers: readonly string[];
  readonly priorities: ReadonlySet<number> | undefined;
  readonly facilities: ReadonlySet<number> | undefined;
  readonly kernelOnly: boolean;
  readonly boot: string | undefined;
  readonly sinceUs: number | undefined;
  readonly untilUs: number | undefined;
  readonly grep: ((text: string) => boolean) | undefined;
  /** alternatives of conjunctions; fields of one name are alternatives among themselves */
  readonly matches: readonly ReadonlyMap<string, ReadonlySet<string>>[];
  /** undefined: all of it may be seen */
  readonly visible: ((entry: JournalEntry) => boolean) | undefined;
}

function passes(entry: JournalEntry, filter: Filter): boolean {
  const { fields } = entry;
  if (filter.visible !== undefined && !filter.visible(entry)) return false;
  if (filter.boot !== undefined && entry.bootId !== filter.boot) return false;
  if (filter.sinceUs !== undefined && entry.realtimeUs < filter.sinceUs) return false;
  if (filter.untilUs !== undefined && entry.realtimeUs > filter.untilUs) return false;
  if (filter.kernelOnly && fields.get("_TRANSPORT") !== "kernel") return false;
  if (filter.priorities !== undefined && !filter.priorities.has(Number(fields.get("PRIORITY") ?? 6))) return false;
  if (filter.facilities !== undefined && !filter.facilities.has(Number(fields.get("SYSLOG_FACILITY") ?? -1))) return false;
  if (filter.identifiers.length > 0 && !filter.identifiers.includes(fields.get("SYSLOG_IDENTIFIER") ?? "")) return false;
  if (filter.units.length > 0 && !filter.units.some((unit) => (/[*?[]/.test(unit) ? matchesPattern(unit, fields.get("_SYSTEMD_UNIT") ?? fields.get("UNIT") ?? "") : ofUnit(entry, unit)))) return false;
  if (filter.grep !== undefined && !filter.grep(fields.get("MESSAGE") ?? "")) return false;
  if (filter.matches.length > 0 && !filter.matches.some((all) => [...all].every(([name, values]) => values.has(fields.get(name) ?? "\0")))) return false;
  return true;
}

function* readEntries(sys: Sys): Blocking<{ readonly entries: JournalEntry[]; readonly denied: boolean; readonly length: number }> {
  const path = yield* journalPath(sys);
  const body = yield* tryReadFile(sys, path);
  if (body === undefined) {
    let denied = false;
    try {
      sys.access(path, 4);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      denied = error.errno === "EACCES";
    }
    return { entries: [], denied, length: 0 };
  }
  return { entries: decodeEntries(body), denied: false, length: body.length };
}

/** The kernel's ring of this boot: kept by the kernel, so journald need not copy it. */
function* kernelEntries(sys: Sys, boot: string): Blocking<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const bootUs = sys.clockUs("realtime") - sys.clockUs("monotonic");
  let fd: number;
  try {
    fd = yield* sys.open("/dev/kmsg", O.RDONLY | O.NONBLOCK);
  } catch (error) {
    if (error instanceof SysError) return entries;
    throw error;
  }
  const hostname = sys.uname().nodename;
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 8192);
      if (bytes.length === 0) break;
      const match = /^(\d+),\d+,(\d+),[^;]*;([^\n]*)/.exec(decode(bytes));
      if (match === null) continue;
      const priority = Number(match[1]);
      const text = match[3] ?? "";
      // what programs wrote to /dev/kmsg names them: "systemd[1]: text"
      const program = priority >> 3 === 0 ? null : /^([^\s[\]:]+)\[(\d+)\]: (.*)$/.exec(text);
      if (priority >> 3 !== 0 && program === null) continue;
      entries.push({
        realtimeUs: bootUs + Number(match[2]), monotonicUs: Number(match[2]), bootId: boot,
        fields: new Map([
          ["PRIORITY", String(priority & 7)], ["SYSLOG_FACILITY", String(priority >> 3)], ["SYSLOG_IDENTIFIER", program?.[1] ?? "kernel"], ["_TRANSPORT", program === null ? "kernel" : "journal"], ["MESSAGE", program?.[3] ?? text], ["_HOSTNAME", hostname], ["_BOOT_ID", boot],
          ...(program === null ? [] : [["SYSLOG_PID", program[2] ?? ""], ["_PID", program[2] ?? ""], ["_COMM", program[1] ?? ""], ...(program[2] === "1" ? [["_SYSTEMD_UNIT", "init.scope"] as const] : [])] as [string, string][]),
        ]),
      });
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
  return entries;
}

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
    header: flag(["--header"], "facts of the files"),
    directory: text(["-D", "--directory"], "PATH", "journal files of this directory"),
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
    const range = options.priority === undefined ? undefined : parsePriorities(options.priority);
    if (options.priority !== undefined && range === undefined) {
      yield* complain(io, `Unknown log level ${options.priority}`);
      return 1;
    }
    const times: (number | undefined)[] = [];
    for (const word of [options.since, options.until]) {
      const us = word === undefined ? undefined : parseTimestampWord(word, nowUs, nowUs - sys.clockUs("monotonic"));
      if (word !== undefined && us === undefined) {
        yield* complain(io, `Failed to parse timestamp: ${word}`);
        return 1;
      }
      times.push(us);
    }
    const [sinceUs, untilUs] = times;
    if (sinceUs !== undefined && untilUs !== undefined && sinceUs > untilUs) {
      yield* complain(io, "--since= must be before --until=.");
      return 1;
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
    if (options.diskUsage) {
      io.out.put("Archived and active journals take up 8.0M in the file system.\n");
      return 0;
    }
    if (options.rotate || options.flush || options.sync || options.vacuumSize !== undefined || options.vacuumTime !== undefined || options.vacuumFiles !== undefined) {
      if (sys.getcred().euid !== 0) {
        yield* complain(io, "Failed to connect to Varlink socket: Permission denied");
        return 1;
      }
      if (options.vacuumSize !== undefined || options.vacuumTime !== undefined || options.vacuumFiles !== undefined) {
        const path = yield* journalPath(sys);
        for (const directory of [path.slice(0, path.lastIndexOf("/")), "/var/log/journal", "/run/log/journal"]) yield* complain(io, `Vacuuming done, freed 0B of archived journals from ${directory}.`, "info");
      }
      return 0;
    }
    const { entries: all, denied } = yield* readEntries(sys);
    const boot = yield* bootId(sys);
    const entries = [...(yield* kernelEntries(sys, boot)), ...all].sort((a, b) => (a.bootId === b.bootId ? a.monotonicUs - b.monotonicUs : a.realtimeUs - b.realtimeUs));
    const cred = sys.getcred();
    if (denied && !options.quiet) {
      yield* complain(io, "Hint: You are currently not seeing messages from other users and the system.\n      Users in groups 'adm', 'systemd-journal' can see all messages.\n      Pass -q to turn off this notice.", "notice");
      yield* complain(io, "No journal files were opened due to insufficient permissions.");
      return 1;
    }
    if (options.verify) {
      yield* complain(io, `PASS: ${yield* journalPath(sys)}`);
      return 0;
    }
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
      if (/^[0-9a-f]{32}$/.test(word)) wantedBoot = word;
      else {
        const offset = Number(word);
        wantedBoot = offset <= 0 ? boots[boots.length - 1 + offset] : boots[offset - 1];
        if (!Number.isInteger(offset) || wantedBoot === undefined) {
          yield* complain(io, `Data from the specified boot (${word}) is not available: No such boot ID in journal`);
          return 1;
        }
      }
    }
    const matches = parseMatches(operands);
    if (matches === undefined) {
      const bad = operands.find((word) => word !== "+" && !word.includes("=") && !word.startsWith("/")) ?? "";
      yield* complain(io, `Failed to add match '${bad}': Invalid argument`);
      return 1;
    }
    let grep: Filter["grep"];
    let found: EntryLook["highlight"];
    if (options.grep !== undefined) {
      const pattern = options.grep;
      const ignoreCase = options.caseSensitive === undefined ? pattern === pattern.toLowerCase() : /^(?:0|no|false)$/.test(String(options.caseSensitive));
      const regex = compileRegex(pattern, { syntax: "pcre", ignoreCase });
      found = (line) => {
        const match = regex.exec(line);
        return match === undefined ? undefined : [match[0] ?? 0, match[1] ?? 0];
      };
      grep = (line) => regex.exec(line) !== undefined;
    }
    void cred;
    const filter: Filter = {
      units: [...options.unit, ...options.userUnit].map((unit) => mangleUnitName(unit)), identifiers: options.identifier, priorities: range, facilities: facilities.size > 0 ? facilities : undefined, kernelOnly: options.dmesg, boot: wantedBoot,
      sinceUs, untilUs, grep, matches, visible: undefined,
    };
    const outputMode: OutputMode = known;
    const look: EntryLook = {
      sys, zone, colour, hostname: !options.noHostname, all: options.all, width: options.noFull ? terminalColumns(sys) : Number.POSITIVE_INFINITY, ...(found === undefined ? {} : { highlight: found }),
    };
    const explain = options.catalog && /^(?:short|with-unit)/.test(outputMode);
    let before: JournalEntry | undefined;
    const print = (entry: JournalEntry): void => {
      const shown = selectFields(/^(?:json|verbose|export)/.test(outputMode) ? withMessageId(entry) : entry, options.outputFields, outputMode);
      io.out.put(formatEntry(shown, outputMode, look, before?.bootId === entry.bootId ? before.monotonicUs : undefined));
      if (explain) io.out.put(catalogText(look, entry));
      before = entry;
    };
    const write = function* (): Blocking<number> {
      let chosen = entries.filter((entry) => passes(entry, filter));
      if (wantedLines !== undefined) chosen = wantedLines === 0 ? [] : chosen.slice(-wantedLines);
      else if (options.pagerEnd) chosen = chosen.slice(-1000);
      if (options.reverse) chosen = [...chosen].reverse();
      if (chosen.length === 0 && !options.follow && !options.quiet && sinceUs === undefined && untilUs === undefined) io.out.put("-- No entries --\n");
      let previous: string | undefined;
      for (const entry of chosen) {
        if (previous !== undefined && previous !== entry.bootId && outputMode.startsWith("short")) io.out.put(colour ? `${BOLD}-- Boot ${entry.bootId} --${NORMAL}\n` : `-- Boot ${entry.bootId} --\n`);
        previous = entry.bootId;
        print(entry);
        if (sys.charge(20)) yield* sys.preempt();
        if (io.out.full) yield* io.out.flush();
      }
      yield* io.out.flush();
      return 0;
    };
    const status = yield* withPager(io, !options.noPager && !options.follow, write);
    if (!options.follow) return status;
    let seen = all.length;
    for (;;) {
      yield* sys.sleep(pollUs);
      const { entries: now } = yield* readEntries(sys);
      for (const entry of now.slice(seen)) if (passes(entry, filter)) print(entry);
      seen = now.length;
      yield* io.out.flush();
    }
  },
});

function selectFields(entry: JournalEntry, list: string | undefined, mode: OutputMode): JournalEntry {
  if (list === undefined || !/^(?:json|verbose|export)/.test(mode)) return entry;
  const wanted = new Set(list.split(","));
  return { ...entry, fields: new Map([...entry.fields].filter(([name]) => wanted.has(name) || name === "_BOOT_ID")) };
}

/** "err": it and all more urgent; "warning..err": the range. */
function parsePriorities(text: string): ReadonlySet<number> | undefined {
  const [first = "", last] = text.split("..");
  const from = last === undefined ? 0 : priorityNumber(first);
  const to = priorityNumber(last ?? first);
  if (from === undefined || to === undefined) return undefined;
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  return new Set(Array.from({ length: high - low + 1 }, (_, index) => low + index));
}

function parseMatches(words: readonly string[]): readonly ReadonlyMap<string, ReadonlySet<string>>[] | undefined {
  const all: Map<string, Set<string>>[] = [];
  let current = new Map<string, Set<string>>();
  for (const word of words) {
    if (word === "+") {
      all.push(current);
      current = new Map();
      continue;
    }
    const assignment = word.startsWith("/") ? `_EXE=${word}` : word;
    const equals = assignment.indexOf("=");
    if (equals <= 0) return undefined;
    const name = assignment.slice(0, equals);
    const values = current.get(name);
    if (values === undefined) current.set(name, new Set([assignment.slice(equals + 1)]));
    else values.add(assignment.slice(equals + 1));
  }
  if (current.size > 0) all.push(current);
  return all;
}
