// Tables of jobs (crontab(5)): parsing, and whether a job is due at a minute. Shared by cron and crontab.

export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
  /** A field that begins with "*": of the two kinds of days, only the other one counts then. */
  readonly anyDayOfMonth: boolean;
  readonly anyDayOfWeek: boolean;
}

export interface Job {
  readonly when: Schedule | "reboot";
  readonly environment: ReadonlyMap<string, string>;
  /** Only tables of the system name the user. */
  readonly user: string | undefined;
  readonly command: string;
  /** What follows the first unescaped "%". */
  readonly input: string;
}

export interface TableError {
  readonly line: number;
  readonly message: string;
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const nicknames: ReadonlyMap<string, string> = new Map([
  ["yearly", "0 0 1 1 *"], ["annually", "0 0 1 1 *"], ["monthly", "0 0 1 * *"], ["weekly", "0 0 * * 0"], ["daily", "0 0 * * *"], ["midnight", "0 0 * * *"], ["hourly", "0 * * * *"],
]);

function parseNumber(word: string, names: readonly string[], firstName: number): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const at = names.indexOf(word.toLowerCase());
  return at < 0 ? undefined : at + firstName;
}

/** Every machine's tables begin with the same few. */
const parsedFields = new Map<string, ReadonlySet<number> | undefined>();
const MOST_PARSED = 256;

function parseField(field: string, low: number, high: number, names: readonly string[] = []): ReadonlySet<number> | undefined {
  const key = `${low} ${high} ${field}`;
  if (!parsedFields.has(key)) {
    if (parsedFields.size >= MOST_PARSED) parsedFields.clear();
    parsedFields.set(key, readField(field, low, high, names));
  }
  return parsedFields.get(key);
}

function readField(field: string, low: number, high: number, names: readonly string[]): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", stepWord, extra] = part.split("/");
    if (extra !== undefined) return undefined;
    let from = low;
    let to = high;
    if (range !== "*") {
      const [first = "", last, more] = range.split("-");
      const a = parseNumber(first, names, low);
      const b = last === undefined ? a : parseNumber(last, names, low);
      if (a === undefined || b === undefined || more !== undefined || (last === undefined && stepWord !== undefined)) return undefined;
      from = a;
      to = b;
    }
    const step = stepWord === undefined ? 1 : parseNumber(stepWord, [], 0);
    if (step === undefined || step === 0 || from < low || to > high) return undefined;
    // a range that runs backwards is no mistake: it only never comes
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

function parseSchedule(fields: readonly string[]): Schedule | string {
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = ""] = fields;
  const minutes = parseField(minute, 0, 59);
  if (minutes === undefined) return "bad minute";
  const hours = parseField(hour, 0, 23);
  if (hours === undefined) return "bad hour";
  const daysOfMonth = parseField(dayOfMonth, 1, 31);
  if (daysOfMonth === undefined) return "bad day-of-month";
  const months = parseField(month, 1, 12, monthNames);
  if (months === undefined) return "bad month";
  const days = parseField(dayOfWeek, 0, 7, dayNames);
  if (days === undefined) return "bad day-of-week";
  return { minutes, hours, daysOfMonth, months, daysOfWeek: new Set([...days].map((day) => day % 7)), anyDayOfMonth: dayOfMonth.startsWith("*"), anyDayOfWeek: dayOfWeek.startsWith("*") };
}

/** The command and its standard input: "%" ends the line, "\%" is a plain per cent sign. */
function splitCommand(text: string): { readonly command: string; readonly input: string } {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === "\\" && text[at + 1] === "%") at++;
    else if (at === text.length || text[at] === "%") {
      parts.push(text.slice(from, at).replaceAll("\\%", "%"));
      from = at + 1;
    }
  }
  const [command = "", ...lines] = parts;
  return { command, input: lines.map((line) => `${line}\n`).join("") };
}

function parseVariable(line: string): readonly [string, string] | undefined {
  const match = /^\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z_][^\s=]*))\s*=\s*(.*)$/.exec(line);
  if (match === null) return undefined;
  const value = (match[4] ?? "").trimEnd();
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(value);
  return [match[1] ?? match[2] ?? match[3] ?? "", quoted === null ? value : (quoted[1] ?? quoted[2] ?? "")];
}

/** `withUser`: /etc/crontab and /etc/cron.d. `knownUser` is asked for the names in them. */
export function parseTable(text: string, withUser: boolean, knownUser: (name: string) => boolean = () => true): { readonly jobs: readonly Job[]; readonly errors: readonly TableError[] } {
  const jobs: Job[] = [];
  const errors: TableError[] = [];
  const environment = new Map<string, string>();
  const lines = text.split("\n");
  for (const [index, raw] of lines.entries()) {
    const line = raw.trimStart();
    if (line === "" || line.startsWith("#")) continue;
    const variable = parseVariable(raw);
    if (variable !== undefined) {
      environment.set(variable[0], variable[1]);
      continue;
    }
    const complain = (message: string): void => void errors.push({ line: index + 1, message });
    let rest = line;
    const take = (): string => {
      const match = /^(\S*)\s*/.exec(rest);
      rest = rest.slice(match?.[0].length ?? 0);
      return match?.[1] ?? "";
    };
    let when: Schedule | "reboot";
    if (line.startsWith("@")) {
      const name = take().slice(1);
      const fields = nicknames.get(name);
      const schedule = name === "reboot" ? "reboot" : fields === undefined ? "bad time specifier" : parseSchedule(fields.split(" "));
      if (typeof schedule === "string" && schedule !== "reboot") {
        complain(schedule);
        continue;
      }
      when = schedule;
    } else {
      const fields = [take(), take(), take(), take(), take()];
      const schedule = parseSchedule(fields);
      if (typeof schedule === "string") {
        // a line that ends too early has been read to its end when the mistake is found
        errors.push({ line: index + (fields.includes("") ? 2 : 1), message: schedule });
        continue;
      }
      when = schedule;
    }
    const user = withUser ? take() : undefined;
    if (user !== undefined && !knownUser(user)) {
      complain("bad username");
      continue;
    }
    jobs.push({ when, environment: new Map(environment), user, ...splitCommand(rest) });
  }
  return { jobs, errors };
}

export interface Minute {
  readonly minute: number;
  readonly hour: number;
  readonly dayOfMonth: number;
  /** 1 .. 12 */
  readonly month: number;
  /** Sunday is 0 */
  readonly dayOfWeek: number;
}

export function isDue(schedule: Schedule, at: Minute): boolean {
  if (!schedule.minutes.has(at.minute) || !schedule.hours.has(at.hour) || !schedule.months.has(at.month)) return false;
  const byMonth = schedule.daysOfMonth.has(at.dayOfMonth);
  const byWeek = schedule.daysOfWeek.has(at.dayOfWeek);
  return schedule.anyDayOfMonth || schedule.anyDayOfWeek ? byMonth && byWeek : byMonth || byWeek;
}

export const CRONTABS = "/var/spool/cron/crontabs";
