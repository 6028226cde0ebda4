// Deleted and added files that are the same file under another name (git-diff(1), -M, -C; gitdiffcore(7)).
import type { Blocking } from "../../../kernel/sys.ts";
import { latin1 } from "../../kit/latin1.ts";
import { lastComponent } from "../../kit/paths.ts";
import type { Git } from "../base/git.ts";
import { EMPTY_BLOB, type ObjectId, hashObject } from "../store/object-id.ts";
import { byName } from "../store/tree-object.ts";
import { isBinary } from "../work-tree/attributes.ts";
import { type FilePair, type FileSide, contentOf, pathOf } from "./file-pair.ts";

const FULL_SCORE = 60000;
export const DEFAULT_RENAME_SCORE = 30000;

/** "50%", "5", "0.5" as -M takes it. */
export function parseScore(text: string): number {
  const match = /^(\d*)(?:\.(\d+))?(%?)$/.exec(text);
  if (!match) return DEFAULT_RENAME_SCORE;
  const value = match[3] === "%" ? Number(`${match[1] || 0}.${match[2] ?? 0}`) / 100 : Number(`0.${match[1]}${match[2] ?? ""}`);
  return Math.min(FULL_SCORE, Math.floor(value * FULL_SCORE));
}

/** Pieces of a file (a line, at most 64 bytes) → how many bytes are of that piece. */
function pieces(bytes: Uint8Array): Map<string, number> {
  const text = latin1(bytes);
  const binary = isBinary(bytes);
  const found = new Map<string, number>();
  let from = 0;
  while (from < text.length) {
    const newline = text.indexOf("\n", from);
    const end = Math.min(newline < 0 ? text.length : newline + 1, from + 64);
    const raw = text.slice(from, end);
    const piece = binary ? raw : raw.replace("\r\n", "\n");
    found.set(piece, (found.get(piece) ?? 0) + piece.length);
    from = end;
  }
  return found;
}

interface Candidate {
  readonly source: number;
  readonly target: number;
  readonly score: number;
  readonly sameName: boolean;
}

/** The list with renames (and copies) in the place of what was deleted and added. */
export function* withRenames(git: Git, pairs: readonly FilePair[], options: { readonly minimum: number; readonly copies: boolean; readonly sources?: readonly FileSide[]; readonly limit?: number }): Blocking<FilePair[]> {
  const targets = pairs.filter((pair) => pair.status === "A" && pair.new);
  const deleted = pairs.filter((pair) => pair.status === "D");
  const sources: { readonly side: FileSide; readonly removed: boolean }[] = [];
  for (const pair of pairs) {
    if (pair.status === "D" && pair.old) sources.push({ side: pair.old, removed: true });
    else if (options.copies && pair.old && (pair.status === "M" || pair.status === "T")) sources.push({ side: pair.old, removed: false });
  }
  for (const side of options.sources ?? []) if (!sources.some((one) => one.side.path === side.path)) sources.push({ side, removed: false });
  if (targets.length === 0 || sources.length === 0 || (deleted.length === 0 && !options.copies)) return [...pairs];
  sources.sort((a, b) => byName(a.side.path, b.side.path));

  const ids = new Map<FileSide, ObjectId>();
  const idOf = function* (side: FileSide): Blocking<ObjectId> {
    const known = ids.get(side) ?? side.id ?? hashObject("blob", yield* contentOf(git, side));
    ids.set(side, known);
    return known;
  };
  const chosen = new Map<number, { readonly source: number; readonly score: number }>();
  const used = new Set<number>();
  const sameKind = (a: FileSide, b: FileSide) => (a.mode & 0o170000) === (b.mode & 0o170000);
  // The same contents: a source of the same name first.
  for (const [t, { new: target }] of targets.entries()) {
    if (!target) continue;
    const wanted = yield* idOf(target);
    if (wanted === EMPTY_BLOB) continue;
    let best: number | undefined;
    let bestScore = -1;
    for (const [s, { side, removed }] of sources.entries()) {
      if ((yield* idOf(side)) !== wanted || !sameKind(side, target)) continue;
      const score = (removed && !used.has(s) ? 2 : options.copies ? 0 : -10) + (lastComponent(side.path) === lastComponent(target.path) ? 1 : 0);
      if (score > bestScore) {
        best = s;
        bestScore = score;
      }
    }
    if (best === undefined || bestScore < 0) continue;
    chosen.set(t, { source: best, score: FULL_SCORE });
    used.add(best);
  }
  const left = targets.flatMap((_, t) => (chosen.has(t) ? [] : [t]));
  const openSources = sources.flatMap((one, s) => ((one.removed && !used.has(s)) || options.copies ? [s] : []));
  if (options.minimum < FULL_SCORE && left.length > 0 && left.length * openSources.length <= (options.limit ?? 1000) ** 2) {
    const cut = new Map<FileSide, { readonly bytes: Uint8Array; readonly pieces: Map<string, number> }>();
    const cutOf = function* (side: FileSide) {
      let known = cut.get(side);
      if (!known) {
        const bytes = yield* contentOf(git, side);
        if (git.sys.charge(1 + (bytes.length >> 4))) yield* git.sys.preempt();
        known = { bytes, pieces: pieces(bytes) };
        cut.set(side, known);
      }
      return known;
    };
    const candidates: Candidate[] = [];
    for (const t of left) {
      const target = targets[t]?.new;
      if (!target) continue;
      for (const s of openSources) {
        const source = sources[s]?.side;
        if (!source || !sameKind(source, target) || (source.mode & 0o170000) !== 0o100000) continue;
        const [a, b] = [yield* cutOf(source), yield* cutOf(target)];
        if (git.sys.charge(1 + (a.pieces.size >> 3))) yield* git.sys.preempt();
        const score = similarity(a, b, options.minimum);
        if (score >= options.minimum) candidates.push({ source: s, target: t, score, sameName: lastComponent(source.path) === lastComponent(target.path) });
      }
    }
    candidates.sort((a, b) => b.score - a.score || Number(b.sameName) - Number(a.sameName));
    for (const copying of options.copies ? [false, true] : [false]) {
      for (const one of candidates) {
        if (chosen.has(one.target) || (!copying && (used.has(one.source) || !sources[one.source]?.removed))) continue;
        chosen.set(one.target, { source: one.source, score: one.score });
        used.add(one.source);
      }
    }
  }
  if (chosen.size === 0) return [...pairs];
  const renamed = new Set<string>();
  const result: FilePair[] = [];
  const lastUse = new Map<number, number>();
  for (const [t, { source }] of chosen) lastUse.set(source, Math.max(lastUse.get(source) ?? -1, t));
  const made: FilePair[] = [];
  for (const [t, { source, score }] of chosen) {
    const from = sources[source];
    const to = targets[t]?.new;
    if (!from || !to) continue;
    const renames = from.removed && lastUse.get(source) === t;
    if (renames) renamed.add(from.side.path);
    made.push({ status: renames ? "R" : "C", old: from.side, new: to, score: Math.floor((score * 100) / FULL_SCORE) });
  }
  for (const pair of pairs) {
    if (pair.status === "A" && chosen.has(targets.indexOf(pair))) continue;
    if (pair.status === "D" && renamed.has(pathOf(pair))) continue;
    result.push(pair);
  }
  return [...result, ...made].sort((a, b) => byName(pathOf(a), pathOf(b)));
}

function similarity(a: { readonly bytes: Uint8Array; readonly pieces: Map<string, number> }, b: { readonly bytes: Uint8Array; readonly pieces: Map<string, number> }, minimum: number): number {
  const most = Math.max(a.bytes.length, b.bytes.length);
  const least = Math.min(a.bytes.length, b.bytes.length);
  if (most === 0 || most * (FULL_SCORE - minimum) < (most - least) * FULL_SCORE) return 0;
  let copied = 0;
  for (const [piece, count] of a.pieces) copied += Math.min(count, b.pieces.get(piece) ?? 0);
  return Math.floor((copied * FULL_SCORE) / most);
}

