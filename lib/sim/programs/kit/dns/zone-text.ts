// Records as text: the columns of dig, of named-checkzone -D and of the zone files that named writes (dns_master_dump of BIND 9.18).
import { type ResourceRecord, TYPE, classText, dataText, typeText } from "./records.ts";
import { labelsOf, nameOf, parentOf, sameName } from "./names.ts";
import type { Zone } from "./zone.ts";

/** Tabs, and blanks behind the last stop, to a column; one blank where the text is beyond it. */
function toColumn(text: string, column: number): string {
  let width = 0;
  for (const letter of text) width = letter === "\t" ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  if (width >= column) return `${text} `;
  let out = text;
  while ((Math.floor(width / 8) + 1) * 8 <= column) {
    out += "\t";
    width = (Math.floor(width / 8) + 1) * 8;
  }
  return out + " ".repeat(column - width);
}

/** "1 hour", "15 minutes", "1 day 2 hours" */
export function spanText(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, size] of [["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.length === 0 ? "0 seconds" : parts.join(" ");
}

function soaLines(data: readonly string[], indent: string): string {
  const row = (word: string, comment: string): string => `${indent}${word.padEnd(10)} ; ${comment}\n`;
  const timed = (at: number, name: string): string => row(data[at] ?? "", `${name} (${spanText(Number(data[at]))})`);
  return `${data[0]} ${data[1]} (\n${row(data[2] ?? "", "serial")}${timed(3, "refresh")}${timed(4, "retry")}${timed(5, "expire")}${timed(6, "minimum")}${indent})`;
}

/** A line of dig's sections. */
export function digLine(record: ResourceRecord, columns: { readonly ttl: boolean; readonly class: boolean; readonly multiline: boolean }): string {
  const parts = [...(columns.ttl ? [String(record.ttlSeconds)] : []), ...(columns.class ? [classText(record.class)] : [])];
  let line = toColumn(record.name, columns.multiline ? 24 : 24);
  if (columns.multiline) {
    line = toColumn(`${line}${parts.join(" ")}`, 32);
    return `${line}${typeText(record.type)} ${record.type === TYPE.SOA ? soaLines(record.data, "\t\t\t\t") : dataText(record)}\n`;
  }
  if (columns.ttl) line = toColumn(`${line}${record.ttlSeconds}`, 32);
  if (columns.class) line = toColumn(`${line}${classText(record.class)}`, columns.ttl ? 40 : 32);
  return `${toColumn(`${line}${typeText(record.type)}`, columns.ttl && columns.class ? 48 : 40)}${dataText(record)}\n`;
}

/** named-checkzone -D: all of it in every line. */
export const fullLine = (record: ResourceRecord): string => `${toColumn(`${toColumn(record.name, 46)}${record.ttlSeconds} ${classText(record.class)} ${typeText(record.type)}`, 64)}${dataText(record)}\n`;

/** A file as named writes it back: $ORIGIN and $TTL where they change, names relative to them. */
export function zoneFileText(zone: Zone): string {
  const { records } = zone;
  const owners = new Set(records.map((record) => record.name.toLowerCase()));
  const originOf = (name: string): string => {
    if (sameName(name, zone.origin)) return ".";
    for (let at = parentOf(name); !sameName(at, zone.origin) && at !== "."; at = parentOf(at)) {
      const below = [...owners].filter((owner) => owner.endsWith(`.${at.toLowerCase()}`)).map((owner) => labelsOf(owner).at(-labelsOf(at).length - 1));
      if (owners.has(at.toLowerCase()) || new Set(below).size > 1) return at;
    }
    return zone.origin;
  };
  const relative = (name: string, origin: string): string => (origin !== "." && name.toLowerCase().endsWith(`.${origin.toLowerCase()}`) ? nameOf(labelsOf(name).slice(0, -labelsOf(origin).length)).slice(0, -1) : name);
  let text = "";
  let origin = "";
  let ttl = -1;
  let owner = "";
  for (const record of records) {
    const own = originOf(record.name);
    if (own !== origin) {
      text += `$ORIGIN ${own}\n`;
      origin = own;
      owner = "";
    }
    if (record.ttlSeconds !== ttl) {
      text += `$TTL ${record.ttlSeconds}\t; ${spanText(record.ttlSeconds)}\n`;
      ttl = record.ttlSeconds;
    }
    const first = record.name !== owner;
    owner = record.name;
    const name = first ? (own === "." ? record.name.slice(0, -1) : relative(record.name, own)) : "";
    const line = `${toColumn(name, 24)}${record.type === TYPE.SOA ? `${classText(record.class)} ` : ""}${typeText(record.type)}`;
    const data = record.type === TYPE.SOA ? soaLines(record.data, "\t\t\t\t") : dataText({ type: record.type, data: record.data.map((word) => relative(word, own)) });
    text += `${toColumn(line, 32)}${data}\n`;
  }
  return text;
}
