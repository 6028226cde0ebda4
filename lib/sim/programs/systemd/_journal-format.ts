// How journalctl, systemctl status and loginctl print entries (src/shared/logs-show.c of systemd 252).
import { encode, type Sys, textWidth } from "../../kernel/sys.ts";
import type { JournalEntry } from "../../daemons/systemd/api/journal.ts";
import { MONTHS } from "../../daemons/systemd/api/time-span.ts";
import { civilAtUs, strftime, timeLocale } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";
import { ellipsize } from "./_ellipsize.ts";
import { BOLD, formatBytes, GREY, NORMAL, RED, YELLOW } from "./_systemd.ts";

const GREEN_PLAIN = "\x1b[0;32m";

/** Messages of the unit's processes, and what PID 1 says about it. */
export function ofUnit(entry: JournalEntry, unit: string): boolean {
  return entry.fields.get("_SYSTEMD_UNIT") === unit || entry.fields.get("UNIT") === unit || entry.fields.get("OBJECT_SYSTEMD_UNIT") === unit;
}

/** How entries are to look beside their form. */
export interface EntryLook {
  readonly sys: Sys;
  readonly zone: Zone;
  /** columns that a line may take; Infinity: whole lines */
  readonly width: number;
  readonly colour: boolean;
  readonly hostname: boolean;
  /** fields of any length and any bytes */
  readonly all?: boolean;
  /** where the pattern of --grep stands in the message */
  readonly highlight?: (message: string) => readonly [from: number, to: number] | undefined;
}

/** A message is cut behind so many lines or characters where lines are shortened (PRINT_LINE_THRESHOLD, PRINT_CHAR_THRESHOLD of systemd 252). */
const lineThreshold = 3;
const characterThreshold = 300;
/** a longer field is null in JSON and "[5.0K blob data]" in text */
const jsonThreshold = 4096;

function head(entry: JournalEntry, look: EntryLook, unit = false): string {
  const { fields } = entry;
  const system = unit ? fields.get("_SYSTEMD_UNIT") : undefined;
  const name = system ?? fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown";
  const pid = fields.get("_PID") ?? fields.get("SYSLOG_PID");
  const host = look.hostname ? (fields.get("_HOSTNAME") ?? "") : "";
  return `${host === "" ? "" : ` ${host}`} ${name}${fields.get("_TRANSPORT") === "kernel" || pid === undefined || pid === "" ? "" : `[${pid}]`}: `;
}

function messageColours(entry: JournalEntry): { readonly text: string; readonly found: string } {
  const priority = Number(entry.fields.get("PRIORITY") ?? 6);
  if (priority <= 3) return { text: RED, found: BOLD };
  if (priority === 4) return { text: YELLOW, found: BOLD };
  if (priority === 5) return { text: BOLD, found: RED };
  return { text: priority === 7 ? GREY : "", found: RED };
}

/** Escape sequences of colours go when the line is not to have any. */
const withoutColours = (text: string): string => text.replace(/\x1b(?:\[[0-9;:]*m|\][^\x07\x1b]*(?:\x07|\x1b\\))/g, "");

function printable(text: string): boolean {
  for (const character of text) if (character < " " && character !== "\n" && character !== "\t") return false;
  return true;
}

/** The message behind its prefix: its lines under each other, shortened where they are too long, in the colour of the priority. */
function message(entry: JournalEntry, prefix: string, look: EntryLook): string {
  const raw = entry.fields.get("MESSAGE") ?? "";
  const text = look.all === true ? raw : withoutColours(raw).replaceAll("\t", "        ").trimEnd();
  if (look.all !== true && !printable(text)) return `${prefix}[${formatBytes(encode(raw).length)} blob data]`;
  const colours = look.colour ? messageColours(entry) : { text: "", found: "" };
  const found = look.highlight?.(text) ?? [0, 0];
  const indent = " ".repeat(textWidth(prefix));
  const out: string[] = [];
  let start = 0;
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const lead = index === 0 ? prefix : indent;
    const end = start + line.length;
    const room = look.width - textWidth(lead);
    const last = index + 1 === lineThreshold || end + 1 >= characterThreshold;
    if (room === Number.POSITIVE_INFINITY || look.all === true || (textWidth(line) + 1 < room && !last)) {
      const from = Math.min(Math.max(found[0] - start, 0), line.length);
      const to = Math.min(Math.max(found[1] - start, from), line.length);
      const rest = line.slice(to);
      out.push(colours.text === "" ? lead + line : `${lead}${colours.text}${line.slice(0, from)}${colours.found}${line.slice(from, to)}${rest === "" ? "" : colours.text + rest}${NORMAL}`);
    } else {
      const shown = room < 3 ? "..." : room > textWidth(line) + 3 ? `${line}...` : ellipsize(look.sys, line, room, last ? 100 : 90);
      out.push(`${lead}${colours.text}${shown}${colours.text === "" ? "" : NORMAL}`);
      if (last) break;
    }
    start = end + 1;
  }
  return out.join("\n");
}

const two = (value: number): string => String(value).padStart(2, "0");
const six = (value: number): string => String(value).padStart(6, "0");

/** "Nov 21 21:11:18", in the machine's zone, the month in the names of LC_TIME's locale (strftime(3)). */
function syslogTime(us: number, look: EntryLook): string {
  const t = civilAtUs(look.zone, us);
  return `${(timeLocale(look.sys)?.shortMonths ?? MONTHS)[t.month - 1] ?? ""} ${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

const iso = (us: number, look: EntryLook, precise: boolean): string => strftime(`%Y-%m-%dT%H:%M:%S${precise ? `.${six(us % 1e6)}` : ""}%z`, civilAtUs(look.zone, us));

/** "Sat 2026-11-21 21:11:18 UTC", never in another language (format_timestamp). */
export function fullTime(us: number, zone: Zone, precise = false): string {
  return strftime(`%a %Y-%m-%d %H:%M:%S${precise ? `.${six(us % 1e6)}` : ""} %Z`, civilAtUs(zone, us));
}

const monotonic = (us: number): string => `${String(Math.floor(us / 1e6)).padStart(5)}.${six(Math.floor(us % 1e6))}`;

export function formatShort(entry: JournalEntry, look: EntryLook): string {
  return message(entry, `${syslogTime(entry.realtimeUs, look)}${head(entry, look)}`, look);
}

export const OUTPUT_MODES = ["short", "short-full", "short-iso", "short-iso-precise", "short-precise", "short-monotonic", "short-delta", "short-unix", "verbose", "export", "json", "json-pretty", "json-sse", "json-seq", "cat", "with-unit"] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

export const cursorOf = (entry: JournalEntry): string => `s=${entry.bootId};i=${entry.monotonicUs.toString(16)};b=${entry.bootId};m=${entry.monotonicUs.toString(16)};t=${entry.realtimeUs.toString(16)};x=0`;

function jsonFields(entry: JournalEntry): Record<string, string> {
  const fields: Record<string, string> = {
    __CURSOR: cursorOf(entry),
    __REALTIME_TIMESTAMP: String(entry.realtimeUs), __MONOTONIC_TIMESTAMP: String(entry.monotonicUs),
  };
  for (const [name, value] of entry.fields) fields[name] = value;
  return fields;
}

/** JSON in colours, as systemd's own writer puts them: names and strings are green. */
function jsonText(entry: JournalEntry, look: EntryLook, pretty: boolean): string {
  const paint = (text: string): string => {
    const quoted = JSON.stringify(text).slice(1, -1);
    return look.colour ? `"${GREEN_PLAIN}${quoted}${NORMAL}"` : `"${quoted}"`;
  };
  const value = (text: string): string => (look.all !== true && encode(text).length >= jsonThreshold ? (look.colour ? `${GREY}null${NORMAL}` : "null") : printable(text) ? paint(text) : `[${[...encode(text)].join(",")}]`);
  const members = Object.entries(jsonFields(entry)).map(([name, text]) => (pretty ? `\t${paint(name)} : ${value(text)}` : `${paint(name)}:${value(text)}`));
  return pretty ? `{\n${members.join(",\n")}\n}` : `{${members.join(",")}}`;
}

/** `previous`: the entry before, for short-delta. */
export function formatEntry(entry: JournalEntry, mode: OutputMode, look: EntryLook, previous?: JournalEntry): string {
  const line = (time: string, unit = false): string => `${message(entry, `${time}${head(entry, look, unit)}`, look)}\n`;
  switch (mode) {
    case "cat":
      return `${message(entry, "", { ...look, width: Number.POSITIVE_INFINITY, all: true })}\n`;
    case "short":
      return line(syslogTime(entry.realtimeUs, look));
    case "short-delta":
      return line(`[${monotonic(entry.monotonicUs)}${previous === undefined ? " ".repeat(16) : previous.bootId === entry.bootId ? ` <${monotonic(entry.monotonicUs - previous.monotonicUs)} >` : ` <${monotonic(Math.max(0, entry.realtimeUs - previous.realtimeUs))}*>`}]`);
    case "short-iso":
    case "short-iso-precise":
      return line(iso(entry.realtimeUs, look, mode === "short-iso-precise"));
    case "short-precise":
      return line(`${syslogTime(entry.realtimeUs, look)}.${six(entry.realtimeUs % 1e6)}`);
    case "short-full":
    case "with-unit":
      return line(fullTime(entry.realtimeUs, look.zone), mode === "with-unit");
    case "short-monotonic":
      return line(`[${monotonic(entry.monotonicUs)}]`);
    case "short-unix":
      return line(`${Math.floor(entry.realtimeUs / 1e6)}.${six(entry.realtimeUs % 1e6)}`);
    case "json":
    case "json-seq":
      return `${mode === "json-seq" ? "\x1e" : ""}${jsonText(entry, look, false)}\n`;
    case "json-sse":
      return `data: ${jsonText(entry, look, false)}\n\n`;
    case "json-pretty":
      return `${jsonText(entry, look, true)}\n`;
    case "export":
      return `${Object.entries(jsonFields(entry)).map(([name, value]) => `${name}=${value}`).join("\n")}\n\n`;
    case "verbose": {
      const rows = [...entry.fields].map(([name, value]) => (name === "MESSAGE" && look.colour ? `    ${BOLD}${name}=${value}\n${NORMAL}` : `    ${name}=${value}\n`));
      return `${fullTime(entry.realtimeUs, look.zone, true)} [${jsonFields(entry)["__CURSOR"] ?? ""}]\n${rows.join("")}`;
    }
  }
}
