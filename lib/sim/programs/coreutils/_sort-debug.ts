// sort --debug: what is doubtful about the keys, and under each line the parts that it was sorted by (coreutils 9.1, key_warnings and debug_key).

import { textWidth } from "../../kernel/sys.ts";
import { textOfLatin1 } from "../kit/latin1.ts";

/** Of a key or of the options for all keys; fields and characters from 0, undefined: to the end of the line. */
export interface DebugKey {
  readonly startField: number;
  readonly startChar: number;
  readonly endField: number | undefined;
  readonly endChar: number;
  readonly ignoreStartBlanks: boolean;
  readonly ignoreEndBlanks: boolean;
  readonly dictionary: boolean;
  readonly foldCase: boolean;
  readonly printable: boolean;
  readonly order: string;
  readonly reverse: boolean;
}

export interface DebugSettings {
  readonly keys: readonly DebugKey[];
  /** what stands outside of keys; when it is the only key, `keys` holds it */
  readonly global: DebugKey;
  readonly globalOnly: boolean;
  readonly separator: string | undefined;
  readonly stable: boolean;
  readonly unique: boolean;
  readonly point: string;
  readonly quote: (text: string) => string;
}

const isNumeric = (key: DebugKey): boolean => key.order === "numeric" || key.order === "general" || key.order === "human";
const isWhole = (key: DebugKey): boolean => key.startField === 0 && key.startChar === 0;
const LETTERS = [["blanks", "b"], ["dictionary", "d"], ["foldCase", "f"], ["general", "g"], ["human", "h"], ["printable", "i"], ["month", "M"], ["numeric", "n"], ["random", "R"], ["reverse", "r"], ["version", "V"]] as const;

/** The options of a key, by name. */
function optionsOf(key: DebugKey): Set<string> {
  return new Set([...(key.ignoreStartBlanks || key.ignoreEndBlanks ? ["blanks"] : []), ...(key.dictionary ? ["dictionary"] : []), ...(key.printable && !key.dictionary ? ["printable"] : []), ...(key.foldCase ? ["foldCase"] : []), ...(key.order === "text" ? [] : [key.order]), ...(key.reverse ? ["reverse"] : [])]);
}

export function keyWarnings({ keys, global, globalOnly, separator, stable, unique, point, quote }: DebugSettings): readonly string[] {
  const warnings: string[] = [];
  const unused = optionsOf(global);
  let numeric = false;
  let spans = false;
  let generalSpans = false;
  for (const [index, key] of keys.entries()) {
    const number = index + 1;
    numeric ||= isNumeric(key);
    const empty = !isWhole(key) && key.endField !== undefined && key.endField < key.startField;
    if (empty) warnings.push(`key ${number} has zero width and will be ignored`);
    const skipsItself = isNumeric(key) || key.order === "month";
    const fromLineStart = key.endField === 0 && key.endChar !== 0;
    if (!empty && !globalOnly && separator === undefined && !fromLineStart && ((!key.ignoreStartBlanks && !skipsItself) || (!key.ignoreStartBlanks && key.startChar > 0) || (!key.ignoreEndBlanks && key.endChar > 0))) {
      warnings.push(`leading blanks are significant in key ${number}; consider also specifying 'b'`);
    }
    if (!globalOnly && isNumeric(key) && (key.endField === undefined || key.startField < key.endField)) {
      warnings.push(`key ${number} is numeric and spans multiple fields`);
      spans = true;
      generalSpans ||= key.order === "general";
    }
    for (const option of optionsOf(key)) unused.delete(option);
  }
  let told = false;
  if (spans && separator === point) {
    warnings.push(`field separator ${quote(point)} is treated as a decimal point in numbers`);
    told = true;
  } else if (spans && separator === "-") warnings.push(`field separator ${quote("-")} is treated as a minus sign in numbers`);
  else if (generalSpans && separator === "+") warnings.push(`field separator ${quote("+")} is treated as a plus sign in numbers`);
  if (numeric && !told) warnings.push(`note numbers use ${quote(point)} as a decimal point in this locale`);
  const reverse = unused.has("reverse");
  const lastResort = !stable && !unique;
  const ignored = LETTERS.filter(([name]) => unused.has(name) && (name !== "reverse" || !lastResort)).map(([, letter]) => letter).join("");
  if ([...unused].some((name) => name !== "reverse") || (reverse && !lastResort && keys.length > 0)) warnings.push(`option${ignored.length === 1 ? "" : "s"} '-${ignored}' ${ignored.length === 1 ? "is" : "are"} ignored`);
  if (reverse && lastResort && keys.length > 0) warnings.push("option '-r' only applies to last-resort comparison");
  return warnings;
}

/** How far a number reaches from its first digit: without the suffix of -h. */
function numberLength(text: string, point: string): number {
  let at = 0;
  while (/\d/.test(text.charAt(at))) at++;
  if (text.charAt(at) === point) {
    at++;
    while (/\d/.test(text.charAt(at))) at++;
  }
  return at;
}

/** Where the part of the line lies that the key compares. */
function usedPart(line: string, key: DebugKey, bounds: readonly [number, number], point: string): readonly [number, number] {
  let [start, end] = bounds;
  if (!((key.ignoreStartBlanks && isWhole(key)) || key.order === "month" || isNumeric(key))) return [start, Math.max(start, end)];
  while (start < end && /[ \t\n]/.test(line.charAt(start))) start++;
  const text = line.slice(start, Math.max(start, end));
  if (key.order === "month") return [start, start + (/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(text) ? 3 : 0)];
  if (key.order === "general") return [start, start + (/^[-+]?(?:0x[0-9a-f]+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|inf(?:inity)?|nan)/i.exec(text)?.[0].length ?? 0)];
  if (!isNumeric(key)) return [start, Math.max(start, end)];
  const negative = text.startsWith("-") ? 1 : 0;
  const digits = numberLength(text.slice(negative), point);
  if (!/\d/.test(text.slice(negative, negative + digits))) return [start, start];
  end = start + negative + digits;
  if (key.order === "human" && /[kKMGTPEZY]/.test(line.charAt(end))) end++;
  return [start, end];
}

const shownWidth = (bytes: string): number => textWidth(textOfLatin1(bytes.replaceAll("\t", " ")));

/** The line as it is shown, and a mark for each key and for the comparison of last resort. */
export function debugLine(line: string, settings: DebugSettings, bounds: (line: string, key: DebugKey) => readonly [number, number]): string {
  const parts: (readonly [number, number])[] = settings.keys.map((key) => usedPart(line, key, bounds(line, key), settings.point));
  if (settings.keys.length === 0 || (!settings.unique && !settings.stable)) parts.push([0, line.length]);
  return `${line.replaceAll("\t", ">")}\n${parts.map(([start, end]) => {
    const width = shownWidth(line.slice(start, end));
    return `${" ".repeat(shownWidth(line.slice(0, start)))}${width === 0 ? "^ no match for key" : "_".repeat(width)}\n`;
  }).join("")}`;
}
