// How journalctl, systemctl status and loginctl print entries.
import { type Sys, textWidth } from "../../kernel/sys.ts";
import type { JournalEntry } from "../../daemons/systemd/api/journal.ts";
import { civilTime, formatSyslogTime, MONTHS, WEEKDAYS } from "../../daemons/systemd/api/time-span.ts";
import { timeLocale } from "../kit/time-format.ts";

/** Messages of the unit's processes, and what PID 1 says about it. */
export function ofUnit(entry: JournalEntry, unit: string): boolean {
  return entry.fields.get("_SYSTEMD_UNIT") === unit || entry.fields.get("UNIT") === unit || entry.fields.get("OBJECT_SYSTEMD_UNIT") === unit;
}

function head(entry: JournalEntry): string {
  const { fields } = entry;
  const name = fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown";
  const pid = fields.get("_PID") ?? fields.get("SYSLOG_PID");
  return `${fields.get("_HOSTNAME") ?? ""} ${name}${fields.get("_TRANSPORT") === "kernel" || pid === undefined ? "" : `[${pid}]`}: `;
}

function ellipsize(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  // systemd cuts in the middle, at 90 per cent of the room
  const room = width - 1;
  const characters = [...text];
  const front = Math.floor((room * 90) / 100);
  return `${characters.slice(0, front).join("")}…${characters.slice(characters.length - (room - front)).join("")}`;
}

function withMessage(entry: JournalEntry, prefix: string, width: number): string {
  const lines = (entry.fields.get("MESSAGE") ?? "").split("\n");
  const indent = " ".repeat(textWidth(prefix));
  return lines.map((line, index) => ellipsize((index === 0 ? prefix : indent) + line, width)).join("\n");
}

/** A line that begins with the month, in the names of LC_TIME's locale (journalctl's time is strftime(3)'s). */
export function localMonth(sys: Sys, line: string): string {
  const month = timeLocale(sys)?.shortMonths[MONTHS.findIndex((name) => line.startsWith(`${name} `))];
  return month === undefined ? line : month + line.slice(3);
}

export function formatShort(entry: JournalEntry, width: number): string {
  return withMessage(entry, `${formatSyslogTime(entry.realtimeUs)} ${head(entry)}`, width);
}

const two = (value: number): string => String(value).padStart(2, "0");

function iso(us: number, precise: boolean): string {
  const t = civilTime(us);
  return `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}${precise ? `.${String(t.microsecond).padStart(6, "0")}` : ""}+0000`;
}

function full(us: number): string {
  const t = civilTime(us);
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} UTC`;
}

export function formatMonotonic(us: number): string {
  return `[${String(Math.floor(us / 1e6)).padStart(5)}.${String(Math.floor(us % 1e6)).padStart(6, "0")}]`;
}

export const OUTPUT_MODES = ["short", "short-full", "short-iso", "short-iso-precise", "short-precise", "short-monotonic", "short-unix", "short-delta", "verbose", "export", "json", "json-pretty", "json-sse", "json-seq", "cat", "with-unit"] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

function jsonFields(entry: JournalEntry): Record<string, string> {
  const fields: Record<string, string> = {
    __CURSOR: `s=${entry.bootId};i=${entry.monotonicUs.toString(16)};b=${entry.bootId};m=${entry.monotonicUs.toString(16)};t=${entry.realtimeUs.toString(16)};x=0`,
    __REALTIME_TIMESTAMP: String(entry.realtimeUs), __MONOTONIC_TIMESTAMP: String(entry.monotonicUs),
  };
  for (const [name, value] of entry.fields) fields[name] = value;
  return fields;
}

export function formatEntry(entry: JournalEntry, mode: OutputMode, width: number): string {
  switch (mode) {
    case "cat":
      return `${entry.fields.get("MESSAGE") ?? ""}\n`;
    case "short":
    case "short-delta":
      return `${formatShort(entry, width)}\n`;
    case "short-iso":
    case "short-iso-precise":
      return `${withMessage(entry, `${iso(entry.realtimeUs, mode === "short-iso-precise")} ${head(entry)}`, width)}\n`;
    case "short-precise": {
      const t = civilTime(entry.realtimeUs);
      return `${withMessage(entry, `${MONTHS[t.month - 1] ?? ""} ${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}.${String(t.microsecond).padStart(6, "0")} ${head(entry)}`, width)}\n`;
    }
    case "short-full":
      return `${withMessage(entry, `${full(entry.realtimeUs)} ${head(entry)}`, width)}\n`;
    case "with-unit": {
      const unit = entry.fields.get("_SYSTEMD_UNIT") ?? "";
      return `${withMessage(entry, `${full(entry.realtimeUs)} ${entry.fields.get("_HOSTNAME") ?? ""} ${unit === "" ? (entry.fields.get("SYSLOG_IDENTIFIER") ?? "") : unit}[${entry.fields.get("_PID") ?? ""}]: `, width)}\n`;
    }
    case "short-monotonic":
      return `${withMessage(entry, `${formatMonotonic(entry.monotonicUs)} ${head(entry)}`, width)}\n`;
    case "short-unix":
      return `${withMessage(entry, `${Math.floor(entry.realtimeUs / 1e6)}.${String(entry.realtimeUs % 1e6).padStart(6, "0")} ${head(entry)}`, width)}\n`;
    case "json":
    case "json-seq":
      return `${mode === "json-seq" ? "\x1e" : ""}${JSON.stringify(jsonFields(entry))}\n`;
    case "json-sse":
      return `data: ${JSON.stringify(jsonFields(entry))}\n\n`;
    case "json-pretty":
      return `${JSON.stringify(jsonFields(entry), null, 8).replace(/^ {8}/gm, "        ").replace(/^( *"[^"]*"):/gm, "$1 :")}\n`;
    case "export":
      return `${Object.entries(jsonFields(entry)).map(([name, value]) => `${name}=${value}`).join("\n")}\n\n`;
    case "verbose":
      return `${full(entry.realtimeUs).replace(/ UTC$/, `.${String(entry.realtimeUs % 1e6).padStart(6, "0")} UTC`)} [${jsonFields(entry)["__CURSOR"] ?? ""}]\n${[...entry.fields].map(([name, value]) => `    ${name}=${value}\n`).join("")}`;
  }
}
