// Three versions of a text made one (git-merge-file(1)): changes of both sides where they do not meet, conflict markers where they do.
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import type { Change } from "../../kit/line-difference.ts";
import { lineChanges } from "../diff/line-changes.ts";

export interface MergeLabels {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface MergeFileOptions {
  readonly labels: MergeLabels;
  /** merge.conflictStyle */
  readonly style: "merge" | "diff3" | "zdiff3";
  /** -X ours, -X theirs, merge=union: no conflicts */
  readonly favor?: "ours" | "theirs" | "union";
  readonly markerSize?: number;
}

/** A stretch of the result; 0-based beginnings and lengths in each version. */
interface Part {
  kind: "ours" | "theirs" | "same" | "conflict";
  base: number;
  baseLength: number;
  ours: number;
  oursLength: number;
  theirs: number;
  theirsLength: number;
}

export interface MergedText {
  readonly lines: readonly string[];
  readonly conflicts: number;
}

const slice = (lines: readonly string[], from: number, length: number): readonly string[] => lines.slice(from, from + length);
const equal = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, i) => line === b[i]);

export function* mergeText(sys: Sys, base: readonly string[], ours: readonly string[], theirs: readonly string[], options: MergeFileOptions): Blocking<MergedText> {
  const mine = yield* lineChanges(sys, base, ours);
  const yours = yield* lineChanges(sys, base, theirs);
  let parts = partsOf(mine, yours, ours, theirs);
  if (options.style !== "diff3") {
    parts = yield* refined(sys, parts, ours, theirs);
    parts = joined(parts);
  }
  const out: string[] = [];
  let at = 0;
  let conflicts = 0;
  const size = options.markerSize ?? 7;
  const marker = (char: string, label: string) => `${char.repeat(size)}${label === "" ? "" : ` ${label}`}\n`;
  const put = (lines: readonly string[]) => {
    const last = out.at(-1);
    if (lines.length > 0 && last !== undefined && !last.endsWith("\n")) out[out.length - 1] = `${last}\n`;
    out.push(...lines);
  };
  for (const part of parts) {
    put(slice(ours, at, part.ours - at));
    at = part.ours + part.oursLength;
    const [mineLines, yourLines] = [slice(ours, part.ours, part.oursLength), slice(theirs, part.theirs, part.theirsLength)];
    if (part.kind === "theirs") put(yourLines);
    else if (part.kind !== "conflict") put(mineLines);
    else if (options.favor === "ours") put(mineLines);
    else if (options.favor === "theirs") put(yourLines);
    else if (options.favor === "union") {
      put(mineLines);
      put(yourLines);
    } else {
      conflicts++;
      put([marker("<", options.labels.ours)]);
      put(mineLines);
      if (options.style !== "merge") {
        put([marker("|", options.labels.base)]);
        put(slice(base, part.base, part.baseLength));
      }
      put([marker("=", "")]);
      put(yourLines);
      put([marker(">", options.labels.theirs)]);
    }
  }
  put(ours.slice(at));
  return { lines: out, conflicts };
}

function partsOf(mine: readonly Change[], yours: readonly Change[], ours: readonly string[], theirs: readonly string[]): Part[] {
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  const add = (part: Part) => {
    const last = parts.at(-1);
    if (last && (part.ours <= last.ours + last.oursLength || part.theirs <= last.theirs + last.theirsLength) && last.kind !== part.kind) last.kind = "conflict";
    if (last && (part.ours <= last.ours + last.oursLength || part.theirs <= last.theirs + last.theirsLength)) {
      last.oursLength = part.ours + part.oursLength - last.ours;
      last.theirsLength = part.theirs + part.theirsLength - last.theirs;
      last.baseLength = part.base + part.baseLength - last.base;
    } else parts.push(part);
  };
  while (i < mine.length || j < yours.length) {
    const [a, b] = [mine[i], yours[j]];
    const [aEnd, bEnd] = [a ? a.from + a.deleted : 0, b ? b.from + b.deleted : 0];
    if (a && (!b || aEnd < b.from)) {
      const offset = b ? b.to - b.from : theirs.length - baseLengthOf(yours, theirs.length);
      add({ kind: "ours", base: a.from, baseLength: a.deleted, ours: a.to, oursLength: a.inserted, theirs: a.from + offset, theirsLength: a.deleted });
      i++;
    } else if (b && (!a || bEnd < a.from)) {
      const offset = a ? a.to - a.from : ours.length - baseLengthOf(mine, ours.length);
      add({ kind: "theirs", base: b.from, baseLength: b.deleted, ours: b.from + offset, oursLength: b.deleted, theirs: b.to, theirsLength: b.inserted });
      j++;
    } else if (a && b) {
      const alike = a.from === b.from && a.deleted === b.deleted && a.inserted === b.inserted && equal(slice(ours, a.to, a.inserted), slice(theirs, b.to, b.inserted));
      if (alike) {
        i++;
        j++;
        continue;
      }
      const from = Math.min(a.from, b.from);
      const end = Math.max(aEnd, bEnd);
      add({
        kind: "conflict", base: from, baseLength: end - from, ours: a.to - (a.from - from), oursLength: a.inserted + (a.from - from) + (end - aEnd), theirs: b.to - (b.from - from), theirsLength: b.inserted + (b.from - from) + (end - bEnd),
      });
      if (aEnd >= bEnd) j++;
      if (bEnd >= aEnd) i++;
    }
  }
  return parts;
}

/** Lines of the base, told from what the other text and its changes make of it. */
function baseLengthOf(changes: readonly Change[], length: number): number {
  return changes.reduce((sum, change) => sum + change.deleted - change.inserted, length);
}

/** Conflicts are cut down to where the two sides really differ. */
function* refined(sys: Sys, parts: readonly Part[], ours: readonly string[], theirs: readonly string[]): Blocking<Part[]> {
  const out: Part[] = [];
  for (const part of parts) {
    if (part.kind !== "conflict" || part.oursLength === 0 || part.theirsLength === 0) {
      out.push(part);
      continue;
    }
    const changes = yield* lineChanges(sys, slice(ours, part.ours, part.oursLength), slice(theirs, part.theirs, part.theirsLength));
    if (changes.length === 0) {
      out.push({ ...part, kind: "same" });
      continue;
    }
    for (const [n, change] of changes.entries()) {
      out.push({ kind: "conflict", base: n === 0 ? part.base : part.base + part.baseLength, baseLength: n === 0 ? part.baseLength : 0, ours: part.ours + change.from, oursLength: change.deleted, theirs: part.theirs + change.to, theirsLength: change.inserted });
    }
  }
  return out;
}

/** Conflicts with no more than three lines between them are one. */
function joined(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    const between = last ? part.ours - (last.ours + last.oursLength) : 0;
    if (last && last.kind === "conflict" && part.kind === "conflict" && between <= 3) {
      last.oursLength = part.ours + part.oursLength - last.ours;
      last.theirsLength = part.theirs + part.theirsLength - last.theirs;
      last.baseLength = part.base + part.baseLength - last.base;
    } else out.push({ ...part });
  }
  return out;
}
