// Display formats (aptitude's manual, "Customizing the package display"): %p, %40d, %p#. On a terminal the columns fill its width; elsewhere the values stand as they are.

import { sizeText } from "../apt/_download.ts";
import type { Version } from "../apt/_lists.ts";
import type { Universe } from "./_universe.ts";

interface Subject {
  readonly universe: Universe;
  readonly name: string;
  readonly version: Version | undefined;
}

type Value = (subject: Subject) => string;

interface Column {
  readonly value: Value;
  readonly width: number;
  /** fills what is left of the line */
  readonly grows: boolean;
}

const PRIORITIES: ReadonlyMap<string, string> = new Map([["required", "Req"], ["important", "Imp"], ["standard", "Std"], ["optional", "Opt"], ["extra", "Xtr"]]);

const of = (field: string, otherwise = ""): Value => ({ version }) => version?.paragraph.get(field) ?? otherwise;

const archives: Value = ({ version }) => [...new Set(version?.indexes.map((index) => index.archive) ?? [])].join(",") || (version?.installed ? "now" : "");

/** i is held (h), forbidden (F) or nothing. */
const actionLetter: Value = ({ universe, name }) => (universe.held(name) ? "h" : universe.states.forbidden.has(name) ? "F" : " ");

const FIELDS: ReadonlyMap<string, readonly [value: Value, width: number]> = new Map<string, readonly [Value, number]>([
  ["c", [({ universe, name, version }) => (version === undefined || version.version === (universe.installed(name) ?? universe.candidate(name)) || universe.lists.versions(name).length <= 1 || universe.upgradable(name) ? universe.currentLetter(name) : "p"), 1]],
  ["a", [actionLetter, 1]], ["M", [({ universe, name }) => (universe.installed(name) !== undefined && universe.automatic.has(name) ? "A" : ""), 1]], ["p", [({ name }) => name, 30]],
  ["d", [({ version }) => (version?.paragraph.get("Description") ?? "").split("\n")[0] ?? "", 40]],
  ["v", [({ universe, name }) => universe.installed(name) ?? "<none>", 14]], ["V", [({ universe, name }) => universe.candidate(name) ?? "<none>", 14]], ["s", [of("Section"), 10]], ["P", [of("Priority"), 10]], ["R", [({ version }) => PRIORITIES.get(version?.paragraph.get("Priority") ?? "") ?? "", 3]],
  ["m", [of("Maintainer"), 30]], ["I", [({ version }) => (version === undefined ? "" : sizeText(Number(version.paragraph.get("Installed-Size") ?? 0) * 1024)), 8]], ["D", [({ version }) => (version?.paragraph.get("Size") === undefined ? "" : sizeText(Number(version.paragraph.get("Size")))), 8]],
  ["t", [archives, 10]], ["i", [({ universe, name, version }) => (version === undefined ? "" : String(universe.lists.priority(name, version))), 4]], ["E", [({ name, version }) => (version?.paragraph.get("Source") ?? name).replace(/ .*/, ""), 30]], ["e", [({ name, version }) => (version?.paragraph.get("Source") ?? name).replace(/ .*/, ""), 30]],
  ["O", [({ version }) => [...new Set(version?.indexes.map((index) => (index.origin === "" ? "" : `${index.origin}:${index.version}/${index.archive}`)) ?? [])].join(","), 30]], ["C", [({ universe, name }) => STATES.get(universe.currentLetter(name)) ?? "", 11]], ["A", [({ universe, name }) => (universe.held(name) ? "hold" : ""), 10]],
  ["B", [() => "", 12]], ["n", [() => "aptitude", 8]], ["N", [() => "0.8.13", 6]], ["S", [() => " ", 1]], ["H", [() => "", 15]], ["F", [({ universe, name }) => universe.states.forbidden.get(name) ?? "", 14]], ["G", [({ universe, name }) => [...(universe.states.tags.get(name) ?? [])].join(" "), 35]],
]);
const STATES: ReadonlyMap<string, string> = new Map([["i", "installed"], ["p", "none"], ["v", "virtual"], ["c", "config-files"], ["u", "unpacked"], ["C", "half-config"], ["H", "half-inst"], ["W", "trig-await"], ["T", "trig-pend"]]);

export class FormatError extends Error {}

/** Errors: FormatError. */
export function parseFormat(format: string): readonly (Column | string)[] {
  const parts: (Column | string)[] = [];
  for (let at = 0; at < format.length; ) {
    const match = /^%(?:(\d+|\?)?([a-zA-Z])(#)?|%|#)/.exec(format.slice(at));
    if (match === null) {
      if (format.charAt(at) === "%") throw new FormatError(format);
      const end = format.indexOf("%", at);
      parts.push(format.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? format.length : end;
      continue;
    }
    at += match[0].length;
    const [, width, letter, grows] = match;
    if (letter === undefined) {
      parts.push(match[0].slice(1));
      continue;
    }
    const known = FIELDS.get(letter);
    if (known === undefined) throw new FormatError(format);
    parts.push({ value: known[0], width: width === undefined || width === "?" ? known[1] : Number(width), grows: grows !== undefined });
  }
  return parts;
}

/** Code points that fit. */
function fitted(text: string, width: number): string {
  const letters = [...text];
  return letters.length >= width ? letters.slice(0, width).join("") : text + " ".repeat(width - letters.length);
}

/** Lines that end with a newline. `width` undefined: values as they are. */
export function formatRows(parts: readonly (Column | string)[], subjects: readonly Subject[], width: number | undefined): string {
  if (width === undefined) return subjects.map((subject) => `${parts.map((part) => (typeof part === "string" ? part : part.value(subject))).join("")}\n`).join("");
  let left = width - parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : part.width), 0);
  let growing = parts.filter((part) => typeof part !== "string" && part.grows).length;
  const widths = parts.map((part) => {
    if (typeof part === "string") return part.length;
    if (!part.grows) return part.width;
    const share = Math.trunc(left / growing--);
    left -= share;
    return Math.max(0, part.width + share);
  });
  return subjects.map((subject) => `${fitted(parts.map((part, place) => (typeof part === "string" ? part : fitted(part.value(subject), widths[place] ?? 0))).join(""), width)}\n`).join("");
}
