// The combined diff of a merge or of a conflict: columns of + and - for each parent (git-diff(1), "COMBINED DIFF FORMAT").
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { NULL_ID } from "../store/object-id.ts";
import { modeText } from "../store/tree-object.ts";
import { isBinary } from "../work-tree/attributes.ts";
import { abbreviated, type DiffColors } from "./diff-output.ts";
import { type FileSide, contentOf } from "./file-pair.ts";
import { functionLine } from "./hunks.ts";
import { lineChanges, linesOfBytes } from "./line-changes.ts";

interface Lost {
  readonly text: string;
  parents: number;
}

interface Row {
  /** the result's line; undefined behind the last one */
  readonly text: string | undefined;
  /** parents that have it not */
  added: number;
  /** lines of parents that went before it */
  readonly lost: Lost[];
}

/** The result and its parents; a missing side is undefined. `dense`: only where no parent is followed (--cc). */
export function* combinedPatch(git: Git, colors: DiffColors, result: FileSide | undefined, parents: readonly (FileSide | undefined)[], path: string, shownPath: (prefix: string, path: string) => string, dense: boolean, context = 3): Blocking<string> {
  const newBytes = yield* contentOf(git, result);
  const olds: Uint8Array[] = [];
  for (const parent of parents) olds.push(yield* contentOf(git, parent));
  const b = linesOfBytes(newBytes);
  const rows: Row[] = [...b, undefined].map((text) => ({ text, added: 0, lost: [] }));
  const oldLines = olds.map(linesOfBytes);
  /** per parent: the number of its line at each row */
  const numbers: number[][] = [];
  for (const [n, a] of oldLines.entries()) {
    const bit = 1 << n;
    let before = 0;
    const changes = yield* lineChanges(git.sys, a, b);
    const at: number[] = [];
    let next = 0;
    for (let j = 0; j <= b.length; j++) {
      const change = changes[next];
      if (change && change.to === j) {
        let from = 0;
        const row = rows[j];
        for (const text of a.slice(change.from, change.from + change.deleted)) {
          // A line that another parent lost in the same order is the same loss.
          const found = row ? row.lost.findIndex((one, i) => i >= from && one.text === text) : -1;
          const known = found >= 0 ? row?.lost[found] : undefined;
          if (known && n > 0) {
            known.parents |= bit;
            from = found + 1;
          } else {
            row?.lost.splice(n > 0 && from > 0 ? from : (row.lost.length), 0, { text, parents: bit });
            from = row?.lost.length ?? 0;
          }
        }
        at[j] = before;
        before += change.deleted;
        for (let k = 0; k < change.inserted; k++) {
          const added = rows[j + k];
          if (added) added.added |= bit;
          if (k > 0) at[j + k] = before;
        }
        if (change.inserted > 0) {
          j += change.inserted - 1;
          next++;
          continue;
        }
        next++;
        if (j < b.length) before++;
        continue;
      }
      at[j] = before;
      if (j < b.length) before++;
    }
    numbers.push(at);
  }
  const all = (1 << parents.length) - 1;
  const interesting = rows.map((row) => row.added !== 0 || row.lost.length > 0);
  if (dense) {
    // A run in which the result equals one of the parents says nothing new.
    for (let i = 0; i < rows.length; ) {
      if (!interesting[i]) {
        i++;
        continue;
      }
      let end = i;
      while (end < rows.length && interesting[end]) end++;
      let same: number | undefined;
      let keep = false;
      for (let j = i; j < end && !keep; j++) {
        const row = rows[j];
        if (!row) continue;
        for (const mask of [...(row.added === 0 ? [] : [row.added]), ...row.lost.map((one) => one.parents)]) {
          if (same === undefined) same = mask;
          else if (same !== mask) keep = true;
        }
      }
      if (!keep && same !== undefined && same !== all) interesting.fill(false, i, end);
      i = end;
    }
  }
  const modes = parents.map((parent) => modeText(parent?.mode ?? 0));
  const modeDiffers = parents.some((parent) => parent?.mode !== result?.mode);
  if (!interesting.includes(true) && (!modeDiffers || dense)) return "";
  const meta = (text: string) => `${colors.meta}${text}${colors.reset}\n`;
  const ids: string[] = [];
  for (const parent of parents) ids.push(parent?.id === undefined ? NULL_ID.slice(0, 7) : yield* abbreviated(git, parent.id));
  const own = result?.id === undefined ? NULL_ID.slice(0, 7) : yield* abbreviated(git, result.id);
  let out = meta(`diff --${dense ? "cc" : "combined"} ${shownPath("", path)}`) + meta(`index ${ids.join(",")}..${own}`);
  const created = parents.every((parent) => !parent);
  if (created) out += meta(`new file mode ${modeText(result?.mode ?? 0)}`);
  else if (!result) out += meta(`deleted file mode ${modes.join(",")}`);
  else if (modeDiffers) out += meta(`mode ${modes.join(",")}..${modeText(result.mode)}`);
  if (isBinary(newBytes) || olds.some(isBinary)) return `${out}Binary files differ\n`;
  out += meta(`--- ${created ? "/dev/null" : shownPath("a/", path)}`) + meta(`+++ ${result ? shownPath("b/", path) : "/dev/null"}`);
  if (!result) return out;
  // Hunks: runs of interesting rows with their context.
  const wanted = new Uint8Array(rows.length);
  for (const [i, one] of interesting.entries()) if (one) wanted.fill(1, Math.max(0, i - context), Math.min(rows.length, i + context + (rows[i]?.added === 0 ? 0 : 1)));
  for (let i = 0; i < rows.length; ) {
    if (!wanted[i]) {
      i++;
      continue;
    }
    let end = i;
    while (end < rows.length && wanted[end]) end++;
    const newCount = Math.min(end, b.length) - i;
    const marks = "@".repeat(parents.length + 1);
    const ranges = numbers.map((at, n) => {
      const start = at[i] ?? 0;
      const behind = end >= rows.length ? (oldLines[n]?.length ?? 0) : (at[end] ?? 0);
      return `-${behind - start === 0 ? start : start + 1},${behind - start}`;
    });
    const title = functionLine(b, i);
    out += `${colors.frag}${marks} ${ranges.join(" ")} +${newCount === 0 ? i : i + 1},${newCount} ${marks}${colors.reset}${title === "" ? "" : ` ${title}`}\n`;
    for (let j = i; j < end; j++) {
      const row = rows[j];
      if (!row) continue;
      for (const lost of row.lost) out += `${colors.old}${parents.map((_, n) => (lost.parents & (1 << n) ? "-" : " ")).join("")}${ended(lost.text, colors.reset)}`;
      if (row.text === undefined) continue;
      const signs = parents.map((_, n) => (row.added & (1 << n) ? "+" : " ")).join("");
      out += row.added === 0 ? `${colors.context}${signs}${ended(row.text, colors.context === "" ? "" : colors.reset)}` : `${colors.new}${signs}${ended(row.text, colors.reset)}`;
    }
    i = end;
  }
  return out;
}

const ended = (text: string, reset: string): string => (text.endsWith("\n") ? `${text.slice(0, -1)}${reset}\n` : `${text}${reset}\n\\ No newline at end of file\n`);
