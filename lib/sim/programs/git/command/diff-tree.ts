// git diff-tree, diff-index, diff-files (their pages in section 1): differences for scripts.
import type { Blocking } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { DIFF_OPTIONS, type DiffOptions, diffDefaults, formatGiven, takeDiffOption } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import type { FilePair } from "../diff/file-pair.ts";
import { indexPairs, treePairs, treeWorkPairs, workPairs } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { resolve } from "../history/revision.ts";
import { type Pathspec, pathspec } from "../work-tree/pathspec.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { treeChanges } from "../store/tree-files.ts";
import { makePair } from "../diff/file-pair.ts";

interface Parsed {
  readonly options: DiffOptions;
  readonly flags: ReadonlySet<string>;
  readonly trees: readonly string[];
  readonly paths: Pathspec;
}

function* parse(git: Git, words: readonly string[], own: readonly string[], most: number): Blocking<Parsed> {
  const options: DiffOptions = { ...diffDefaults(git), renames: "no", abbrev: 40 };
  const flags = new Set<string>();
  const trees: string[] = [];
  const paths: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") {
      paths.push(...words.slice(i + 1));
      break;
    }
    if (own.includes(word)) flags.add(word);
    else if (word.startsWith("-")) {
      const taken = takeDiffOption(git, options, words, i);
      if (taken === 0) throw new Quit(129, `usage: git ${git.command} [<options>] <tree-ish> [<path>...]`);
      i += taken - 1;
    } else if (trees.length < most && (yield* resolve(git, word)) !== undefined) trees.push(word);
    else paths.push(word);
  }
  if (!formatGiven(options)) options.raw = true;
  return { options, flags, trees, paths: pathspec(git, paths) };
}

function* show(git: Git, { options }: Parsed, pairs: readonly FilePair[]): Blocking<number> {
  if (options.patch) options.abbrev = undefined;
  const printer = new DiffPrinter(git, options);
  const list = yield* printer.prepare(pairs);
  if (!options.quiet) yield* printer.print(list);
  return options.exitCode && list.length > 0 ? 1 : 0;
}

function* treeOf(git: Git, word: string): Blocking<string> {
  const id = yield* resolve(git, word);
  const tree = id === undefined ? undefined : yield* peel(git, id, "tree");
  if (tree === undefined) throw new Die(`ambiguous argument '${word}': unknown revision or path not in the working tree.`);
  return tree;
}

export const diffTree: GitCommand = wordCommand({
  name: "diff-tree", plumbing: true, summary: "compare two trees", usage: ["git diff-tree [--stdin] [-m] [-s] [-v] [--no-commit-id] [--pretty]", "              [-t] [-r] [-c | --cc] [--combined-all-paths] [--root] [--merge-base]", "              [<common-diff-options>] <tree-ish> [<tree-ish>] [<path>...]"], needs: "repository", options: DIFF_OPTIONS, operands: "none",
  *run(git, words) {
    const parsed = yield* parse(git, words, ["-r", "-t", "--root", "--no-commit-id", "--stdin", "-v"], 2);
    const [first, second] = parsed.trees;
    if (first === undefined) throw new Quit(129, "usage: git diff-tree [<options>] <tree-ish> [<tree-ish>] [<path>...]");
    const recursive = parsed.flags.has("-r") || parsed.options.patch || parsed.options.stat;
    const compare = function* (from: string | undefined, to: string): Blocking<FilePair[]> {
      if (recursive) return yield* treePairs(git, from, to, parsed.paths);
      return (yield* treeChanges(git.sys, git.objects, from, to, (path, directory) => (directory ? parsed.paths.mayMatchBelow(path) : parsed.paths.matches(path)), "", false)).map((one) => makePair(one.old && { path: one.path, ...one.old }, one.new && { path: one.path, ...one.new }));
    };
    if (second !== undefined) return yield* show(git, parsed, yield* compare(yield* treeOf(git, first), yield* treeOf(git, second)));
    const id = yield* resolve(git, first);
    const commit = id === undefined ? undefined : yield* peel(git, id, "commit");
    if (commit === undefined) throw new Die(`${first} is not a commit`);
    const read = yield* commits(git).get(commit);
    const parent = read.parents[0];
    if ((parent === undefined && !parsed.flags.has("--root")) || read.parents.length > 1) return 0;
    const pairs = yield* compare(parent === undefined ? undefined : (yield* commits(git).get(parent)).tree, read.tree);
    if (pairs.length > 0 && !parsed.flags.has("--no-commit-id")) git.put(`${commit}\n`);
    return yield* show(git, parsed, pairs);
  },
});

export const diffIndex: GitCommand = wordCommand({
  name: "diff-index", plumbing: true, summary: "compare a tree with the index or the work tree", usage: ["git diff-index [-m] [--cached] [--merge-base] [<common-diff-options>] <tree-ish> [<path>...]"], needs: "repository", options: DIFF_OPTIONS, operands: "none",
  *run(git, words) {
    const parsed = yield* parse(git, words, ["--cached", "-m"], 1);
    const [first] = parsed.trees;
    if (first === undefined) throw new Quit(129, "usage: git diff-index [-m] [--cached] [<common-diff-options>] <tree-ish> [<path>...]");
    const index = yield* git.repository.index();
    const tree = yield* treeOf(git, first);
    return yield* show(git, parsed, parsed.flags.has("--cached") ? yield* indexPairs(git, tree, index, parsed.paths) : yield* treeWorkPairs(git, tree, index, new WorkFiles(git), parsed.paths));
  },
});

export const diffFiles: GitCommand = wordCommand({
  name: "diff-files", plumbing: true, summary: "compare the index with the work tree", usage: ["git diff-files [-q] [-0 | -1 | -2 | -3 | -c | --cc] [<common-diff-options>] [<path>...]"], needs: "work-tree", options: DIFF_OPTIONS,
  *run(git, words) {
    const parsed = yield* parse(git, words, ["-q"], 0);
    return yield* show(git, parsed, yield* workPairs(yield* git.repository.index(), new WorkFiles(git), parsed.paths));
  },
});
