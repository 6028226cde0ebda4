// Calendar events, timestamps and time spans (systemd.time(7)), as systemd reads them.
import type { Blocking } from "../../../kernel/sys.ts";
import { formatCalendar, nextElapse, parseCalendar } from "../../../daemons/systemd/api/calendar.ts";
import { exists } from "../../../daemons/systemd/api/files.ts";
import { formatRelative, formatTimeSpan, parseTimeSpan } from "../../../daemons/systemd/api/time-span.ts";
import { type LocalTime, parseTimestampWord } from "../../../daemons/systemd/api/timestamp-word.ts";
import type { Io } from "../../kit/gnu.ts";
import { epochOfLocal, offsetAt, readZone, type Zone } from "../../kit/zones.ts";
import { complain } from "../_systemd.ts";
import { formatLocal } from "../_local-time.ts";

const localTime = (zone: Zone): LocalTime => ({ ofUtc: (us) => us + offsetAt(zone, Math.floor(us / 1e6)).offsetSeconds * 1e6, toUtc: (us) => epochOfLocal(zone, Math.floor(us / 1e6)) * 1e6 + (((us % 1e6) + 1e6) % 1e6) });

/** "     Next elapse: ...": labels end where the longest does. */
function put(io: Io, lines: readonly (readonly [label: string, value: string])[]): void {
  const width = Math.max(...lines.map(([label]) => label.length));
  for (const [label, value] of lines) io.out.put(`${label.padStart(width)}: ${value}\n`);
}

interface CalendarOptions {
  readonly iterations: number;
  readonly baseUs: number;
  readonly isQuiet: boolean;
}

/** The other kinds of times that the word would be good for. */
function* hint(io: Io, word: string, kinds: readonly ("calendar" | "timestamp" | "timespan")[]): Blocking<void> {
  const nowUs = io.sys.clockUs("realtime");
  for (const [kind, isGood, what] of [
    ["calendar", parseCalendar(word) !== undefined, "calendar specification"], ["timestamp", parseTimestampWord(word, nowUs, 0) !== undefined, "timestamp"], ["timespan", parseTimeSpan(word) !== undefined, "timespan"],
  ] as const) if (kinds.includes(kind) && isGood) yield* complain(io, `Hint: this expression is a valid ${what}. Use 'systemd-analyze ${kind} "${word}"' instead?`, "notice");
}

export function* calendar(io: Io, words: readonly string[], { iterations, baseUs, isQuiet }: CalendarOptions): Blocking<number> {
  const { sys } = io;
  const nowUs = sys.clockUs("realtime");
  const own = yield* readZone(sys);
  let status = 0;
  for (const [index, word] of words.entries()) {
    const spec = parseCalendar(word, (name) => /^[A-Z]/.test(name) && exists(sys, `/usr/share/zoneinfo/${name}`));
    if (spec === undefined) {
      yield* complain(io, `Failed to parse calendar specification '${word}': Invalid argument`);
      if (!isQuiet) yield* hint(io, word, ["timestamp", "timespan"]);
      status = 1;
    } else {
      const zone = spec.zone === undefined ? own : yield* readZone(sys, spec.zone);
      const normal = formatCalendar(spec);
      const lines: [string, string][] = normal === word ? [] : [["Original form", word]];
      lines.push(["Normalized form", normal]);
      let fromUs = baseUs;
      for (let count = 1; count <= iterations; count++) {
        const next = nextElapse(spec, fromUs, localTime(zone));
        if (next === undefined) {
          if (count === 1) lines.push(["Next elapse", "never"]);
          break;
        }
        lines.push([count === 1 ? "Next elapse" : `Iter. #${count}`, formatLocal(next, own)]);
        if (own.name !== "UTC" && own.standard.abbreviation !== "UTC") lines.push(["(in UTC)", formatLocal(next, undefined)]);
        lines.push(["From now", formatRelative(next, nowUs)]);
        fromUs = next;
      }
      put(io, lines);
    }
    if (index < words.length - 1) io.out.put("\n");
  }
  return status;
}

export function* timestamp(io: Io, words: readonly string[], isQuiet: boolean): Blocking<number> {
  const { sys } = io;
  const nowUs = sys.clockUs("realtime");
  const own = yield* readZone(sys);
  let status = 0;
  for (const [index, word] of words.entries()) {
    const us = parseTimestampWord(word, nowUs, 0, localTime(own));
    if (us === undefined) {
      yield* complain(io, `Failed to parse "${word}": Invalid argument`);
      if (!isQuiet) yield* hint(io, word, ["calendar", "timespan"]);
      status = 1;
    } else {
      const fraction = us % 1e6 === 0 ? "" : `.${String(us % 1e6).padStart(6, "0")}`;
      const lines: [string, string][] = [["Original form", word], ["Normalized form", formatLocal(us, own)]];
      if (own.standard.abbreviation !== "UTC") lines.push(["(in UTC)", formatLocal(us, undefined)]);
      lines.push(["UNIX seconds", `@${Math.floor(us / 1e6)}${fraction}`], ["From now", formatRelative(us, nowUs)]);
      put(io, lines);
    }
    if (index < words.length - 1) io.out.put("\n");
  }
  return status;
}

const FOREVER = "18446744073709551615";

export function* timespan(io: Io, words: readonly string[], isQuiet: boolean): Blocking<number> {
  for (const [index, word] of words.entries()) {
    const us = parseTimeSpan(word);
    if (us === undefined) {
      yield* complain(io, `Failed to parse time span '${word}': Invalid argument`);
      if (!isQuiet) yield* hint(io, word, ["calendar", "timestamp"]);
      return 1;
    }
    put(io, [["Original", word], ["μs", us === Number.POSITIVE_INFINITY ? FOREVER : String(us)], ["Human", formatTimeSpan(us)]]);
    if (index < words.length - 1) io.out.put("\n");
  }
  return 0;
}
