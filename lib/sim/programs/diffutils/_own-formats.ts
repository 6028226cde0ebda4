// The formats of diff that one writes oneself (--line-format, --old-group-format and their like), as ifdef.c reads them. Text is latin1.
import type { Change } from "../kit/line-difference.ts";
import { expandTabs, type FileLines } from "./_lines.ts";

export interface OwnFormats {
  readonly group: { readonly old: string; readonly new: string; readonly unchanged: string; readonly changed: string };
  readonly line: { readonly old: string; readonly new: string; readonly unchanged: string };
  /** with -t the tab stops at which tabs become blanks */
  readonly tabSize: number | undefined;
}

/** Lines of one file; the end is not in it. */
interface Range {
  readonly from: number;
  readonly upTo: number;
}

interface Group {
  readonly a: Range;
  readonly b: Range;
}

const NUMBER = /^%([-'0]*)(\d*)(?:\.(\d*))?([doxX])(.)/s;

function numberText(flags: string, width: string, precision: string | undefined, conversion: string, value: number): string {
  let digits = conversion === "d" ? String(value) : value.toString(conversion === "o" ? 8 : 16);
  if (conversion === "X") digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(Number(precision), "0");
  if (flags.includes("-")) return digits.padEnd(Number(width));
  return digits.padStart(Number(width), flags.includes("0") && precision === undefined ? "0" : " ");
}

/** "'C'" and "'\OOO'" behind %c: the character, and how much of the text it took. */
function literal(text: string): readonly [string, number] | undefined {
  const found = /^'(?:\\([0-7]{1,3})|([^\\']))'/s.exec(text);
  if (!found) return undefined;
  return [found[1] === undefined ? (found[2] ?? "") : String.fromCharCode(Number.parseInt(found[1], 8) & 255), found[0].length];
}

function letterValue({ a, b }: Group, letter: string): number | undefined {
  const { from, upTo } = letter === letter.toLowerCase() ? a : b;
  switch (letter.toLowerCase()) {
    case "e": return from;
    case "f": return from + 1;
    case "l": return upTo;
    case "m": return upTo + 1;
    case "n": return upTo - from;
    default: return undefined;
  }
}

/** Both files in own formats. `ignorable` changes count as unchanged. */
export function ownFormat(a: FileLines, b: FileLines, changes: readonly Change[], formats: OwnFormats, ignorable: (change: Change) => boolean): string {
  let out = "";

  const putLines = (file: FileLines, { from, upTo }: Range, format: string): void => {
    for (let at = from; at < upTo; at++) {
      const raw = file.lines[at] ?? "";
      const line = formats.tabSize === undefined ? raw : expandTabs(raw, formats.tabSize);
      for (let i = 0; i < format.length; i++) {
        const c = format[i] ?? "";
        if (c !== "%") {
          out += c;
          continue;
        }
        const next = format[i + 1];
        const one = next === "c" ? literal(format.slice(i + 2)) : undefined;
        const number = NUMBER.exec(format.slice(i));
        if (next === "%") {
          out += "%";
          i++;
        } else if (next === "l" || next === "L") {
          out += line + (next === "L" && !(file.incomplete && at === file.lines.length - 1) ? "\n" : "");
          i++;
        } else if (one) {
          out += one[0];
          i += 1 + one[1];
        } else if (number?.[5] === "n") {
          out += numberText(number[1] ?? "", number[2] ?? "", number[3], number[4] ?? "d", at + 1);
          i += number[0].length - 1;
        } else out += "%";
      }
    }
  };

  /** Puts the format up to `end` (or the text's end) and gives back where it stopped; `silent` only walks it. */
  const putGroup = (format: string, start: number, end: string, group: Group, silent: boolean): number => {
    let i = start;
    for (; i < format.length && format[i] !== end; i++) {
      const c = format[i] ?? "";
      if (c !== "%") {
        if (!silent) out += c;
        continue;
      }
      const rest = format.slice(i);
      const next = rest[1];
      const one = next === "c" ? literal(rest.slice(2)) : undefined;
      const choice = /^%\((\d+|[a-zA-Z])=(\d+|[a-zA-Z])\?/.exec(rest);
      const value = (word: string): number | undefined => (/^\d/.test(word) ? Number(word) : letterValue(group, word));
      const number = NUMBER.exec(rest);
      const counted = number ? letterValue(group, number[5] ?? "") : undefined;
      if (next === "%") {
        if (!silent) out += "%";
        i++;
      } else if (next === "<" || next === ">" || next === "=") {
        if (!silent) putLines(next === ">" ? b : a, next === ">" ? group.b : group.a, next === "<" ? formats.line.old : next === ">" ? formats.line.new : formats.line.unchanged);
        i++;
      } else if (one) {
        if (!silent) out += one[0];
        i += 1 + one[1];
      } else if (choice && value(choice[1] ?? "") !== undefined && value(choice[2] ?? "") !== undefined) {
        const holds = value(choice[1] ?? "") === value(choice[2] ?? "");
        i = putGroup(format, i + choice[0].length, ":", group, silent || !holds);
        if (format[i] === ":") i = putGroup(format, i + 1, ")", group, silent || holds);
      } else if (number && counted !== undefined) {
        if (!silent) out += numberText(number[1] ?? "", number[2] ?? "", number[3], number[4] ?? "d", counted);
        i += number[0].length - 1;
      } else if (!silent) out += "%";
    }
    return i;
  };

  let [i, j] = [0, 0];
  const common = (untilA: number, untilB: number): void => {
    if (untilA > i || untilB > j) putGroup(formats.group.unchanged, 0, "", { a: { from: i, upTo: untilA }, b: { from: j, upTo: untilB } }, false);
    [i, j] = [untilA, untilB];
  };
  for (const change of changes) {
    if (ignorable(change)) continue;
    const { from, deleted, to, inserted } = change;
    common(from, to);
    const group: Group = { a: { from, upTo: from + deleted }, b: { from: to, upTo: to + inserted } };
    putGroup(inserted === 0 ? formats.group.old : deleted === 0 ? formats.group.new : formats.group.changed, 0, "", group, false);
    [i, j] = [group.a.upTo, group.b.upTo];
  }
  common(a.lines.length, b.lines.length);
  return out;
}
