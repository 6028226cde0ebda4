// git diff (git-diff(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { startPager } from "../base/pager.ts";
import { combinedPatch } from "../diff/combined.ts";
import { DIFF_OPTIONS, type DiffOptions, diffDefaults, formatGiven, takeDiffOption } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import { type FilePair, type FileSide, makePair, pathOf } from "../diff/file-pair.ts";
import { indexPairs, treePairs, treeWorkPairs, workPairs, workSide } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { resolveWithPath, verifyFilename, verifyNotFilename } from "../history/revision.ts";
import { EMPTY_TREE, type ObjectId } from "../store/object-id.ts";
import { readBytes } from "../store/file-bytes.ts";
import { Pathspec, normalPath, pathspec } from "../work-tree/pathspec.ts";
import { quotePath } from "../work-tree/quote-path.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

/** Shows the pairs, with conflicts as combined diffs; the status for --exit-code. */
export function* showPairs(git: Git, options: DiffOptions, pairs: readonly FilePair[], stage?: 1 | 2 | 3): Blocking<number> {
  if (!formatGiven(options)) options.patch = true;
  const printer = new DiffPrinter(git, options);
  const plain = pairs.filter((pair) => pair.status !== "U");
  const unmerged = pairs.filter((pair) => pair.status === "U");
  const list = yield* printer.prepare(plain);
  if (options.quiet) return list.length + unmerged.length > 0 ? 1 : 0;
  yield* startPager(git);
  if (options.check) return (yield* printer.check(list)) ? 2 : 0;
  const all = [...list, ...(options.filter === "" || options.filter.includes("U") ? unmerged : [])].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  if (unmerged.length === 0) {
    yield* printer.print(list);
    return options.exitCode && list.length > 0 ? 1 : 0;
  }
  const index = yield* git.repository.index();
  const files = new WorkFiles(git);
  if (!options.patch) {
    yield* printer.print(options.nameOnly || options.nameStatus || options.stat || options.raw ? all : list);
    return options.exitCode ? 1 : 0;
  }
  for (const pair of all) {
    if (pair.status !== "U") {
      yield* printer.patch(pair);
      continue;
    }
    const path = pathOf(pair);
    const side = (n: number): FileSide | undefined => {
      const entry = index.get(path, n);
      return entry && { path, mode: entry.mode, id: entry.id };
    };
    const work = yield* workSide(files, path);
    if (stage !== undefined) {
      git.put(`* Unmerged path ${quotePath(path)}\n`);
      const from = side(stage);
      if (from || work) yield* printer.patch(makePair(from, work));
      continue;
    }
    const [ours, theirs] = [side(2), side(3)];
    if (ours && theirs && work) git.put(yield* combinedPatch(git, printer.colors, work, [ours, theirs], path, (prefix, name) => quotePath(prefix + name), true, options.context));
    else git.put(`* Unmerged path ${quotePath(path)}\n`);
  }
  return options.exitCode ? 1 : 0;
}

export const diff: GitCommand = wordCommand({
  name: "diff", summary: "show what changed between commits, index, work tree", needs: "any", options: DIFF_OPTIONS,
  usage: ["git diff [<options>] [<commit>] [--] [<path>...]", "git diff [<options>] --cached [--merge-base] [<commit>] [--] [<path>...]", "git diff [<options>] [--merge-base] <commit> [<commit>...] <commit> [--] [<path>...]", "git diff [<options>] <commit>...<commit>] [--] [<path>...]", "git diff [<options>] <blob> <blob>]", "git diff [<options>] --no-index [--] <path> <path>]"],
  *run(git, words) {
    const options = diffDefaults(git);
    let cached = false;
    let noIndex = git.maybeRepository === undefined;
    let mergeBase = false;
    let stage: 1 | 2 | 3 | undefined;
    const names: string[] = [];
    const paths: string[] = [];
    let dashed = false;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? "";
      if (dashed) paths.push(word);
      else if (word === "--") dashed = true;
      else if (word === "--cached" || word === "--staged") cached = true;
      else if (word === "--no-index") noIndex = true;
      else if (word === "--merge-base") mergeBase = true;
      else if (word === "--base" || word === "-1") stage = 1;
      else if (word === "--ours" || word === "-2") stage = 2;
      else if (word === "--theirs" || word === "-3") stage = 3;
      else if (word === "-0" || word === "--no-relative") continue;
      else if (word.startsWith("-") && word !== "-") {
        const taken = takeDiffOption(git, options, words, i);
        if (taken === 0) throw new Quit(129, `error: invalid option: ${word}`, "usage: git diff [<options>] [<commit>] [--] [<path>...]");
        i += taken - 1;
      } else names.push(word);
    }
    if (noIndex || (git.maybeRepository?.place.workTree === undefined && names.length + paths.length === 2 && [...names, ...paths].every((name) => nameExists(git.sys, git.prefix + name)))) return yield* compareFiles(git, options, [...names, ...paths]);
    const revisions: { readonly name: string; readonly id: ObjectId; readonly path: string | undefined; readonly mode: number | undefined }[] = [];
    let symmetric = false;
    for (let n = 0; n < names.length; n++) {
      const name = names[n] ?? "";
      const range = /^(.*?)(\.\.\.?)(.*)$/s.exec(name);
      if (range && !name.startsWith(":") && !(range[1] === "" && range[3] === "")) {
        const [left, right] = [yield* resolveWithPath(git, range[1] || "HEAD", true), yield* resolveWithPath(git, range[3] || "HEAD", true)];
        if (left && right) {
          symmetric = range[2] === "...";
          revisions.push({ name: range[1] || "HEAD", id: left.id, path: left.path, mode: left.mode }, { name: range[3] || "HEAD", id: right.id, path: right.path, mode: right.mode });
          continue;
        }
      }
      const found = yield* resolveWithPath(git, name, !name.includes(":"));
      if (found) {
        if (!dashed) verifyNotFilename(git, name);
        revisions.push({ name, id: found.id, path: found.path, mode: found.mode });
        continue;
      }
      if (dashed) throw new Die(`bad revision '${name}'`);
      for (const [k, path] of names.slice(n).entries()) {
        verifyFilename(git, path, k === 0);
        paths.push(path);
      }
      break;
    }
    const wanted = paths.length === 0 ? new Pathspec([]) : pathspec(git, paths);
    const treeOf = function* (id: ObjectId, name: string): Blocking<ObjectId> {
      const tree = yield* peel(git, id, "tree");
      if (tree === undefined) throw new Die(`invalid object '${name}' given.`);
      return tree;
    };
    const blobs: FileSide[] = [];
    for (const one of revisions) {
      const object = yield* git.objects.tryRead(one.id);
      if (!object) throw new Die(`bad object ${one.name}`);
      if (object.type === "blob") blobs.push({ path: one.path ?? one.name, mode: one.mode ?? 0o100644, id: one.id });
    }
    if (blobs.length === 2) return yield* showPairs(git, options, [makePair(blobs[0], blobs[1])].filter((pair) => pair.old?.id !== pair.new?.id));
    if (blobs.length === 1 && paths.length === 1 && blobs[0]) {
      const path = normalPath(git, paths[0] ?? "");
      return yield* showPairs(git, options, [makePair({ ...blobs[0], path }, yield* workSide(new WorkFiles(git), path))]);
    }
    if (revisions.length > 2) throw new Die(`usage: git diff [<options>] [<commit>] [--] [<path>...]`, 129);
    const [first, second] = revisions;
    let pairs: FilePair[];
    if (first && second) {
      let from = first.id;
      if (symmetric || mergeBase) {
        const [a, b] = [yield* peel(git, first.id, "commit"), yield* peel(git, second.id, "commit")];
        const base = a === undefined || b === undefined ? undefined : (yield* commits(git).mergeBases(a, b))[0];
        if (base === undefined) throw new Die(`${first.name}...${second.name}: no merge base`);
        from = base;
      }
      pairs = yield* treePairs(git, yield* treeOf(from, first.name), yield* treeOf(second.id, second.name), wanted);
    } else {
      if (!cached) git.requireWorkTree();
      const index = yield* git.repository.index();
      const files = new WorkFiles(git);
      if (cached) {
        const head = first?.id ?? (yield* git.refs.read("HEAD"));
        pairs = yield* indexPairs(git, head === undefined ? EMPTY_TREE : yield* treeOf(head, first?.name ?? "HEAD"), index, wanted);
      } else if (first) pairs = yield* treeWorkPairs(git, yield* treeOf(first.id, first.name), index, files, wanted);
      else pairs = yield* workPairs(index, files, wanted);
    }
    if (!formatGiven(options) && cached) stage = undefined;
    return yield* showPairs(git, options, pairs, stage);
  },
});

/** --no-index: two files that no repository need know. */
function* compareFiles(git: Git, options: DiffOptions, names: readonly string[]): Blocking<number> {
  const [a, b] = names;
  if (a === undefined || b === undefined || names.length !== 2) {
    throw new Quit(129, ...(git.maybeRepository ? [] : ["warning: Not a git repository. Use --no-index to compare two paths outside a working tree"]), "usage: git diff --no-index [<options>] <path> <path>");
  }
  const side = function* (name: string): Blocking<FileSide | undefined> {
    const path = name.startsWith("/") ? name : git.prefix + name;
    if (name === "/dev/null") return undefined;
    if (!nameExists(git.sys, path)) throw new Quit(1, `error: Could not access '${path}'`);
    const stat = git.sys.stat(path);
    if ((stat.mode & 0o170000) === 0o040000) return yield* git.unsimulated("--no-index of directories", "compare two files, or use diff -r");
    return { path: name.replace(/^\//, ""), mode: stat.mode & 0o100 ? 0o100755 : 0o100644, id: undefined, content: yield* readBytes(git.sys, path) };
  };
  const [old, next] = [yield* side(a), yield* side(b)];
  const same = old?.content && next?.content && old.content.length === next.content.length && old.content.every((byte, i) => byte === next.content?.[i]);
  if (same && old.mode === next.mode) return 0;
  yield* showPairs(git, { ...options, renames: "no" }, [makePair(old, next)]);
  return 1;
}
