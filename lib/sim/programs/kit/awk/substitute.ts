// sub(), gsub() and gensub(): what matches gives way to a replacement.

import type { Regex } from "../regex/compile-regex.ts";

/** Of a replacement: a text, or what a group matched (0: the whole match). */
export type Part = string | { readonly group: number };

/** `which`: "all", or the number of the match that is replaced. The caller takes the expression's work. */
export function substitute(regex: Regex, parts: readonly Part[], text: string, which: number | "all"): { readonly text: string; readonly count: number } {
  const groups = parts.some((part) => typeof part !== "string" && part.group > 0);
  let result = "";
  let copied = 0;
  let from = 0;
  let seen = 0;
  let count = 0;
  let lastEnd = -1;
  while (from <= text.length) {
    const found = regex.exec(text, from, false, text.length, groups);
    if (!found) break;
    const begin = found[0] ?? 0;
    const end = found[1] ?? 0;
    if (begin === end && begin === lastEnd) {
      from = begin + 1;
      continue;
    }
    seen++;
    if (which === "all" || seen === which) {
      result += text.slice(copied, begin);
      for (const part of parts) result += typeof part === "string" ? part : groupText(text, found, part.group);
      count++;
      copied = end;
    }
    lastEnd = end;
    if (which !== "all" && seen >= which) break;
    from = end > begin ? end : end + 1;
  }
  return count === 0 ? { text, count } : { text: result + text.slice(copied), count };
}

function groupText(text: string, found: ArrayLike<number>, group: number): string {
  const begin = found[2 * group] ?? -1;
  return begin < 0 ? "" : text.slice(begin, found[2 * group + 1] ?? begin);
}
