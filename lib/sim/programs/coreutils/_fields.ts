// Lists of positions as cut and numfmt take them: "1,3-5,7-".

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Sorted and joined ranges; a message when the list is wrong. `what` names the things: "field" or "byte or character". */
export function parseRanges(list: string, what: "fields" | "bytes", quote: (text: string) => string): readonly Range[] | string {
  const ranges: Range[] = [];
  const invalidValue = (text: string): string => `invalid ${what === "fields" ? "field value" : "byte/character position"} ${quote(text)}`;
  if (/(^|[\s,])-([\s,]|$)/.test(list)) return "invalid range with no endpoint: -";
  for (const item of list.split(/[,\s]/)) {
    if (item === "") return what === "fields" ? "fields are numbered from 1" : "byte/character positions are numbered from 1";
    const match = /^(\d*)(-?)(\d*)(.*)$/s.exec(item);
    const [, low = "", dash = "", high = "", rest = ""] = match ?? [];
    if (rest.startsWith("-")) return `invalid ${what === "fields" ? "field" : "byte or character"} range`;
    if (rest !== "") return invalidValue(rest);
    if (low === "0" || (low !== "" && Number(low) === 0) || (dash === "" && high === "" && low === "")) return what === "fields" ? "fields are numbered from 1" : "byte/character positions are numbered from 1";
    if (high !== "" && Number(high) === 0 && low === "") return "invalid decreasing range";
    const from = low === "" ? 1 : Number(low);
    const to = dash === "" ? from : high === "" ? Number.POSITIVE_INFINITY : Number(high);
    if (!Number.isSafeInteger(from)) return `${what === "fields" ? "field number" : "byte/character offset"} ${quote(low)} is too large`;
    if (to < from) return "invalid decreasing range";
    ranges.push({ low: from, high: to });
  }
  ranges.sort((a, b) => a.low - b.low);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.low <= last.high) joined[joined.length - 1] = { low: last.low, high: Math.max(last.high, range.high) };
    else joined.push(range);
  }
  return joined;
}

/** The gaps between sorted ranges, from 1 to infinity. */
export function complementRanges(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 1;
  for (const { low, high } of ranges) {
    if (low > next) gaps.push({ low: next, high: low - 1 });
    next = high + 1;
  }
  if (next !== Number.POSITIVE_INFINITY) gaps.push({ low: next, high: Number.POSITIVE_INFINITY });
  return gaps;
}
