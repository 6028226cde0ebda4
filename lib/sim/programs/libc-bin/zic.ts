// zic(8): compiles descriptions of time zones. What a zone does today and from now on goes into the file; its past, which nothing here shows, does not.
import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readWhole } from "../kit/read-whole.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { helpText } from "../kit/help-text.ts";
import { parseRule } from "../kit/zones.ts";
import { zoneFile } from "../tzdata/_zone-file.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Rule {
  readonly month: number;
  readonly on: string;
  /** seconds of the day, and of which clock: w wall, s standard, u universal */
  readonly atSeconds: number;
  readonly clock: "w" | "s" | "u";
  readonly saveSeconds: number;
  readonly letters: string;
  readonly lasts: boolean;
  readonly from: number;
}

interface ZoneLine {
  readonly offsetSeconds: number;
  readonly rules: string;
  readonly format: string;
}

class SourceError extends Error {}

/** "1:30", "-0:15:10", "2" as seconds. */
function seconds(word: string): number {
  if (word === "-") return 0;
  const match = /^(-?)(\d+)(?::(\d+))?(?::(\d+))?$/.exec(word);
  if (match === null) throw new SourceError("invalid time of day");
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0));
}

const nameAt = (names: readonly string[], word: string, wrong: string): number => {
  const at = names.findIndex((name) => word.length >= 3 && word.toLowerCase().startsWith(name));
  if (at < 0) throw new SourceError(wrong);
  return at;
};

function parseRuleLine(fields: readonly string[]): Rule {
  if (fields.length !== 10) throw new SourceError("wrong number of fields on Rule line");
  const [, , from = "", to = "", , month = "", on = "", at = "", save = "", letters = ""] = fields;
  if (!/^(?:mi\w*|\d+)$/i.test(from)) throw new SourceError("invalid starting year");
  if (!/^(?:ma\w*|o\w*|\d+)$/i.test(to)) throw new SourceError("invalid ending year");
  const clock = /[wsugz]$/.exec(at)?.[0] ?? "w";
  return { month: nameAt(MONTHS, month, "invalid month name") + 1, on, atSeconds: seconds(at.replace(/[wsugz]$/, "")), clock: clock === "s" ? "s" : clock === "w" ? "w" : "u", saveSeconds: seconds(save.replace(/[sd]$/, "")), letters: letters === "-" ? "" : letters, lasts: /^ma/i.test(to), from: Number(from) || 0 };
}

/** "2:00" as POSIX's TZ writes it: the sign the other way round. */
function offsetText(total: number): string {
  const [whole, sign] = [Math.abs(total), total > 0 ? "-" : ""];
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${sign}${hours}${minutes > 0 || rest > 0 ? `:${String(minutes).padStart(2, "0")}` : ""}${rest > 0 ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

const named = (abbreviation: string): string => (/^[A-Za-z]+$/.test(abbreviation) ? abbreviation : `<${abbreviation}>`);

/** Mm.w.d/time for the day on which a rule begins to hold. */
function dateText(rule: Rule, standardSeconds: number, saveBefore: number): string {
  const last = /^last(\w+)$/i.exec(rule.on);
  const later = /^(\w+)>=(\d+)$/.exec(rule.on);
  let day: string;
  if (last !== null) day = `M${rule.month}.5.${nameAt(DAYS, last[1] ?? "", "invalid weekday name")}`;
  else if (later !== null) day = `M${rule.month}.${Math.min(5, Math.ceil(Number(later[2]) / 7))}.${nameAt(DAYS, later[1] ?? "", "invalid weekday name")}`;
  else if (/^\d+$/.test(rule.on)) day = `J${[0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][rule.month - 1] ?? 0}`.replace(/\d+$/, (number) => String(Number(number) + Number(rule.on)));
  else throw new SourceError("invalid day of month");
  const wall = rule.atSeconds + (rule.clock === "u" ? standardSeconds + saveBefore : rule.clock === "s" ? saveBefore : 0);
  return wall === 7200 ? day : `${day}/${offsetText(-wall)}`;
}

/** What the zone does from now on, as a TZ of POSIX. */
function posixRule({ offsetSeconds, rules, format }: ZoneLine, all: ReadonlyMap<string, readonly Rule[]>): string {
  const [standardFormat = format, summerFormat = format] = format.includes("/") ? format.split("/") : [format, format];
  const abbreviation = (pattern: string, letters: string, total: number): string => pattern.replace("%s", letters).replace("%z", `${total < 0 ? "-" : "+"}${String(Math.floor(Math.abs(total) / 3600)).padStart(2, "0")}${Math.floor(Math.abs(total) / 60) % 60 > 0 ? String(Math.floor(Math.abs(total) / 60) % 60).padStart(2, "0") : ""}`);
  if (rules === "-" || /^-?\d/.test(rules)) {
    const total = offsetSeconds + (rules === "-" ? 0 : seconds(rules));
    return `${named(abbreviation(rules === "-" ? standardFormat : summerFormat, "", total))}${offsetText(total)}`;
  }
  const list = all.get(rules);
  if (list === undefined) throw new SourceError(`no rule named ${rules}`);
  const lasting = list.filter((rule) => rule.lasts);
  const standard = lasting.find((rule) => rule.saveSeconds === 0);
  const summer = lasting.find((rule) => rule.saveSeconds !== 0);
  if (standard === undefined || summer === undefined) {
    const latest = [...list].sort((a, b) => b.from - a.from).find((rule) => rule.saveSeconds === 0) ?? list[0];
    return `${named(abbreviation(standardFormat, latest?.letters ?? "", offsetSeconds))}${offsetText(offsetSeconds)}`;
  }
  const total = offsetSeconds + summer.saveSeconds;
  const summerOffset = summer.saveSeconds === 3600 ? "" : offsetText(total);
  return `${named(abbreviation(standardFormat, standard.letters, offsetSeconds))}${offsetText(offsetSeconds)}${named(abbreviation(summerFormat, summer.letters, total))}${summerOffset},${dateText(summer, offsetSeconds, 0)},${dateText(standard, offsetSeconds, summer.saveSeconds)}`;
}

function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth++) {
    const directory = parts.slice(0, depth).join("/");
    if (directory === "") continue;
    try {
      sys.mkdir(directory, 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}

function* store(sys: Sys, path: string, bytes: Uint8Array): Blocking<void> {
  makeDirectories(sys, path);
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

const declaration = {
  name: "zic", path: "/usr/sbin/zic", manSection: 8, summary: "timezone compiler", synopsis: ["[OPTION...] [FILE...]"], operands: "files" as const,
  options: [text(["-d"], "DIRECTORY", "where the zones go (/usr/share/zoneinfo)"), text(["-l"], "ZONE", "make this one the local time"), text(["-p"], "ZONE", "for TZ values without rules of their own"), text(["-L"], "FILE", "leap seconds"), text(["-b"], "slim|fat", "how much is written"), text(["-t"], "FILE", "the file of local time"), text(["-r"], "[@lo][/@hi]", "which times"), flag(["-v"], "warn of oddities"), flag(["--version"], "print the version")],
  description: ["Lines of a source are Rule NAME FROM TO - IN ON AT SAVE LETTERS, Zone NAME STDOFF RULES FORMAT [UNTIL] with lines that continue it, and Link TARGET NAME; - is standard input."],
  seeAlso: ["tzselect(8)", "zdump(8)"],
};

export default program(
  { ...declaration, showsHelp: true },
  function* (sys, argv, io: Io) {
    let directory = "/usr/share/zoneinfo";
    let local: string | undefined;
    const files: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--version") {
        io.out.put("zic (Debian GLIBC 2.36-9+deb12u14) 2.36\n");
        return 0;
      }
      if (word === "-d") directory = argv[++at] ?? "";
      else if (word === "-l") local = argv[++at];
      else if (["-p", "-L", "-b", "-t", "-r", "-y"].includes(word)) at++;
      else if (word === "-v") continue;
      else if (word.startsWith("-") && word !== "-") {
        yield* io.stderr(helpText(declaration, io.argv0, io.helpDomain));
        return 1;
      } else files.push(word);
    }
    const rules = new Map<string, Rule[]>();
    const zones = new Map<string, { line: ZoneLine; readonly place: string }>();
    const links: (readonly [target: string, name: string])[] = [];
    let failed = false;
    for (const file of files) {
      let source: string;
      try {
        source = decode(yield* readWhole(sys, file === "-" ? 0 : yield* sys.open(file, O.RDONLY)));
      } catch (error) {
        if (error instanceof SysError) io.die(`Can't open ${file}: ${error.message}`);
        throw error;
      }
      let current: string | undefined;
      for (const [index, raw] of source.split("\n").entries()) {
        const fields = raw.replace(/#.*/, "").trim().split(/\s+/).filter((field) => field !== "");
        if (fields.length === 0) continue;
        const place = `"${file === "-" ? "standard input" : file}", line ${index + 1}`;
        if (sys.charge(5)) yield* sys.preempt();
        try {
          const kind = (fields[0] ?? "").toLowerCase();
          if (current !== undefined) {
            if (fields.length < 3) throw new SourceError("wrong number of fields on Zone continuation line");
            const [offset = "", named_ = "", format = ""] = fields;
            zones.set(current, { line: { offsetSeconds: seconds(offset), rules: named_, format }, place });
            if (fields.length === 3) current = undefined;
          } else if (/^r(?:u(?:le?)?)?$/.test(kind)) {
            const rule = parseRuleLine(fields);
            const name = fields[1] ?? "";
            rules.set(name, [...(rules.get(name) ?? []), rule]);
          } else if (/^z(?:o(?:ne?)?)?$/.test(kind)) {
            if (fields.length < 5) throw new SourceError("wrong number of fields on Zone line");
            const [, name = "", offset = "", named_ = "", format = ""] = fields;
            zones.set(name, { line: { offsetSeconds: seconds(offset), rules: named_, format }, place });
            if (fields.length > 5) current = name;
          } else if (/^l(?:i(?:nk?)?)?$/.test(kind)) {
            if (fields.length !== 3) throw new SourceError("wrong number of fields on Link line");
            links.push([fields[1] ?? "", fields[2] ?? ""]);
          } else throw new SourceError("input line of unknown type");
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          yield* io.stderr(`${place}: ${error.message}\n`);
          failed = true;
          current = undefined;
        }
      }
    }
    if (failed) return 1;
    try {
      for (const [name, { line, place }] of zones) {
        let rule: string;
        try {
          rule = posixRule(line, rules);
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          yield* io.stderr(`${place}: ${error.message}\n`);
          return 1;
        }
        if (parseRule(rule) === undefined) {
          yield* io.stderr(`${place}: invalid abbreviation format\n`);
          return 1;
        }
        yield* store(sys, `${directory}/${name}`, zoneFile(rule));
      }
      for (const [target, name] of links) {
        makeDirectories(sys, `${directory}/${name}`);
        try {
          sys.unlink(`${directory}/${name}`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        sys.link(`${directory}/${target}`, `${directory}/${name}`);
      }
      if (local !== undefined) {
        try {
          sys.unlink("/etc/localtime");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        sys.symlink(`${directory}/${local}`, "/etc/localtime");
      }
    } catch (error) {
      if (error instanceof SysError) io.die(`Can't create ${directory}: ${error.message}`);
      throw error;
    }
    return 0;
  },
);
