// Three trees made one, in the manner of git's "ort" strategy: renames are followed, conflicts get their stages and their messages.
// (More than 400 lines would be too many: what is done with the result is in apply-merge.ts.)
import { type Blocking, decode, encode } from "../../../kernel/sys.ts";
import { directoryOf } from "../../kit/paths.ts";
import type { Git } from "../base/git.ts";
import { linesOf } from "../diff/line-changes.ts";
import { treePairs } from "../diff/pairs.ts";
import { DEFAULT_RENAME_SCORE, withRenames } from "../diff/renames.ts";
import type { ObjectId } from "../store/object-id.ts";
import { type FileEntry, treeFiles } from "../store/tree-files.ts";
import { byName } from "../store/tree-object.ts";
import { Attributes, isBinary } from "../work-tree/attributes.ts";
import { type MergeLabels, mergeText } from "./merge-file.ts";

export interface MergeRequest {
  readonly base: ObjectId;
  readonly ours: ObjectId;
  readonly theirs: ObjectId;
  readonly labels: MergeLabels;
  readonly favor?: "ours" | "theirs";
  readonly renames?: boolean;
}

export interface MergeOutcome {
  /** what was settled, by path */
  readonly files: ReadonlyMap<string, FileEntry>;
  /** stages of what was not; `work` is what the work tree gets */
  readonly conflicts: ReadonlyMap<string, { readonly stages: readonly (FileEntry | undefined)[]; readonly work: FileEntry | undefined }>;
  /** "Auto-merging f", "CONFLICT (content): …" in the order of paths */
  readonly messages: readonly string[];
}

interface Versions {
  base: FileEntry | undefined;
  ours: FileEntry | undefined;
  theirs: FileEntry | undefined;
  /** what the file is called on each side, for labels */
  names: { base: string; ours: string; theirs: string };
  rename?: { readonly side: "ours" | "theirs" | "both"; readonly from: string };
}

const same = (a: FileEntry | undefined, b: FileEntry | undefined): boolean => a?.id === b?.id && a?.mode === b?.mode;

export function* mergeTrees(git: Git, request: MergeRequest): Blocking<MergeOutcome> {
  const { sys, objects } = git;
  const base = yield* treeFiles(sys, objects, request.base);
  const ours = yield* treeFiles(sys, objects, request.ours);
  const theirs = yield* treeFiles(sys, objects, request.theirs);
  const paths = new Map<string, Versions>();
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    if (sys.charge(1)) yield* sys.preempt();
    paths.set(path, { base: base.get(path), ours: ours.get(path), theirs: theirs.get(path), names: { base: path, ours: path, theirs: path } });
  }
  const messages: { readonly path: string; readonly text: string }[] = [];
  const tell = (path: string, text: string) => messages.push({ path, text });
  const renameable = (request.renames ?? git.config.get("merge.renames") !== "false") && git.config.get("diff.renames") !== "false";
  if (renameable) yield* followRenames(git, request, paths, tell);

  const files = new Map<string, FileEntry>();
  const conflicts = new Map<string, { stages: (FileEntry | undefined)[]; work: FileEntry | undefined }>();
  const attributes = new Attributes(git);
  const { labels } = request;
  for (const [path, one] of [...paths].sort(([a], [b]) => byName(a, b))) {
    if (sys.charge(1)) yield* sys.preempt();
    const { base: b, ours: o, theirs: t } = one;
    if (same(o, t)) {
      if (o) files.set(path, o);
      continue;
    }
    if (same(b, t) && !one.rename) {
      if (o) files.set(path, o);
      continue;
    }
    if (same(b, o) && !one.rename) {
      if (t) files.set(path, t);
      continue;
    }
    if (o && t) {
      yield* bothHave(path, one, o, t);
      continue;
    }
    // One side deleted it, the other one changed it.
    const kept = o ?? t;
    if (!kept) continue;
    if (b && same(b, kept) && !one.rename) continue;
    if (!b) {
      files.set(path, kept);
      continue;
    }
    const [deleter, changer] = o ? [labels.theirs, labels.ours] : [labels.ours, labels.theirs];
    conflicts.set(path, { stages: [b, o, t], work: kept });
    if (one.rename) tell(path, `CONFLICT (rename/delete): ${one.rename.from} renamed to ${path} in ${changer}, but deleted in ${deleter}.`);
    if (one.rename && b.id === kept.id) continue;
    tell(path, `CONFLICT (modify/delete): ${path} deleted in ${deleter} and modified in ${changer}.  Version ${changer} of ${path} left in tree.`);
  }

  function* bothHave(path: string, one: Versions, o: FileEntry, t: FileEntry): Blocking<void> {
    const b = one.base;
    const mode = b && b.mode === o.mode ? t.mode : o.mode;
    const kinds = [o.mode & 0o170000, t.mode & 0o170000];
    if (kinds[0] !== kinds[1]) {
      conflicts.set(path, { stages: [b, o, t], work: o });
      tell(path, `CONFLICT (distinct types): ${path} had different types on each side; renamed one of them so each can be recorded somewhere.`);
      return;
    }
    if (o.id === t.id || (b && b.id === t.id)) {
      files.set(path, { mode, id: o.id });
      return;
    }
    if (b && b.id === o.id) {
      files.set(path, { mode, id: t.id });
      return;
    }
    if (kinds[0] !== 0o100000) {
      conflicts.set(path, { stages: [b, o, t], work: o });
      tell(path, `CONFLICT (content): Merge conflict in ${path}`);
      return;
    }
    const [oBytes, tBytes] = [(yield* objects.read(o.id)).body, (yield* objects.read(t.id)).body];
    const bBytes = b && (b.mode & 0o170000) === 0o100000 ? (yield* objects.read(b.id)).body : new Uint8Array(0);
    const driver = (yield* attributes.of(path)).get("merge");
    const binary = driver === false || driver === "binary" || isBinary(oBytes) || isBinary(tBytes) || isBinary(bBytes);
    tell(path, `Auto-merging ${path}`);
    if (binary) {
      if (request.favor !== undefined) {
        files.set(path, { mode, id: request.favor === "ours" ? o.id : t.id });
        return;
      }
      conflicts.set(path, { stages: [b, o, t], work: o });
      messages.splice(messages.length - 1, 0, { path, text: `warning: Cannot merge binary files: ${path} (${labels.ours} vs. ${labels.theirs})` });
      tell(path, `CONFLICT (${b ? "content" : "add/add"}): Merge conflict in ${path}`);
      return;
    }
    const named = (label: string, name: string) => (one.names.ours !== one.names.theirs || one.names.base !== path ? `${label}:${name}` : label);
    const style = git.config.get("merge.conflictstyle");
    const renamed = one.names.ours !== one.names.theirs;
    const merged = yield* mergeText(sys, linesOf(decode(bBytes)), linesOf(decode(oBytes)), linesOf(decode(tBytes)), {
      labels: renamed ? { base: named(labels.base, one.names.base), ours: named(labels.ours, one.names.ours), theirs: named(labels.theirs, one.names.theirs) } : labels,
      style: style === "diff3" || style === "zdiff3" ? style : "merge", ...(driver === "union" ? { favor: "union" as const } : request.favor !== undefined && { favor: request.favor }),
    });
    const id = yield* objects.write("blob", encode(merged.lines.join("")));
    if (merged.conflicts === 0) files.set(path, { mode, id });
    else {
      conflicts.set(path, { stages: [b, o, t], work: { mode, id } });
      tell(path, `CONFLICT (${b ? "content" : "add/add"}): Merge conflict in ${path}`);
    }
  }

  // A file where the other side has a directory.
  for (const path of [...files.keys(), ...conflicts.keys()]) {
    for (let folder = directoryOf(path); folder !== "." && folder !== "/"; folder = directoryOf(folder)) {
      const file = files.get(folder) ?? conflicts.get(folder)?.work;
      if (!file) continue;
      const label = ours.has(folder) ? labels.ours : labels.theirs;
      const aside = `${folder}~${label.replaceAll("/", "_")}`;
      const stages = [base.get(folder), ours.get(folder), theirs.get(folder)];
      files.delete(folder);
      conflicts.delete(folder);
      conflicts.set(aside, { stages, work: file });
      tell(folder, `CONFLICT (file/directory): directory in the way of ${folder} from ${label}; moving it to ${aside} instead.`);
    }
  }
  messages.sort((a, b) => byName(a.path, b.path));
  return { files, conflicts, messages: messages.map((one) => one.text) };
}

/** Renamed files get their three versions under the new name. */
function* followRenames(git: Git, request: MergeRequest, paths: Map<string, Versions>, tell: (path: string, text: string) => void): Blocking<void> {
  const find = function* (to: ObjectId): Blocking<Map<string, string>> {
    const pairs = yield* withRenames(git, yield* treePairs(git, request.base, to), { minimum: DEFAULT_RENAME_SCORE, copies: false });
    return new Map(pairs.flatMap((pair) => (pair.status === "R" ? [[pair.old?.path ?? "", pair.new?.path ?? ""] as const] : [])));
  };
  const mine = yield* find(request.ours);
  const yours = yield* find(request.theirs);
  for (const from of new Set([...mine.keys(), ...yours.keys()])) {
    const [m, y] = [mine.get(from), yours.get(from)];
    const source = paths.get(from);
    if (!source) continue;
    if (m !== undefined && y !== undefined && m !== y) {
      // Each side gave it another name: both stay, as a conflict.
      tell(from, `CONFLICT (rename/rename): ${from} renamed to ${m} in ${request.labels.ours} and to ${y} in ${request.labels.theirs}.`);
      continue;
    }
    const to = m ?? y ?? "";
    const target = paths.get(to);
    if (!target) continue;
    if (m !== undefined && y !== undefined) {
      target.base = source.base;
      target.names = { base: from, ours: to, theirs: to };
    } else if (m !== undefined) {
      if (target.theirs && !source.theirs) continue;
      if (target.theirs) continue;
      target.base = source.base;
      target.theirs = source.theirs;
      target.names = { base: from, ours: to, theirs: from };
      target.rename = { side: "ours", from };
    } else {
      if (target.ours) continue;
      target.base = source.base;
      target.ours = source.ours;
      target.names = { base: from, ours: from, theirs: to };
      target.rename = { side: "theirs", from };
    }
    paths.delete(from);
  }
}
