// git ls-tree (git-ls-tree(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional } from "../base/options.ts";
import { peel } from "../history/commits.ts";
import { resolve } from "../history/revision.ts";
import { treeEntries } from "../store/tree-files.ts";
import { isTreeMode, modeText, typeOfMode } from "../store/tree-object.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { quotePath, relativePath } from "../work-tree/quote-path.ts";

export const lsTree = gitCommand({
  name: "ls-tree", plumbing: true, summary: "list a tree object", needs: "repository", operands: "none", usage: ["git ls-tree [<options>] <tree-ish> [<path>...]"],
  options: { treesOnly: flag("d", "only trees"), recursive: flag("r", "what is in trees too"), showTrees: flag("t", "with -r: the trees too"), nul: flag("z", "end names with NUL"), long: flag("l long", "sizes too"), nameOnly: flag("name-only", "only names"), nameStatus: flag("name-status", "only names"), objectOnly: flag("object-only", "only ids"), fullName: flag("full-name", "from the top"), fullTree: flag("full-tree", "the whole tree"), abbrev: optional("abbrev", "n", "short ids") },
  *run(git, { options: given, args }) {
    const [word, ...paths] = args;
    if (word === undefined) throw new Die("usage: git ls-tree [<options>] <tree-ish> [<path>...]", 129);
    const id = yield* resolve(git, word);
    if (id === undefined) throw new Die(`Not a valid object name ${word}`);
    const tree = yield* peel(git, id, "tree");
    if (tree === undefined) throw new Die("not a tree object");
    const wanted = paths.map((path) => ({ path: normalPath(git, path), inside: path.endsWith("/") || path === "." || path === "" }));
    if (wanted.length === 0 && git.prefix !== "" && !given.fullTree) wanted.push({ path: git.prefix.replace(/\/$/, ""), inside: true });
    const end = given.nul ? "\0" : "\n";
    const list = function* (folder: string, prefix: string): Blocking<void> {
      for (const entry of yield* treeEntries(git.objects, folder)) {
        const path = prefix + entry.name;
        const directory = isTreeMode(entry.mode);
        const above = wanted.some((one) => one.path.startsWith(`${path}/`) || (one.path === path && one.inside));
        const matches = wanted.length === 0 || wanted.some((one) => one.path === "" || (one.path === path && !(one.inside && directory)) || path.startsWith(`${one.path}/`));
        const deeper = directory && ((given.recursive && (matches || above)) || above);
        if (matches && (!deeper || given.showTrees || given.treesOnly) && !(given.treesOnly && !directory)) {
          const shown = given.nul ? path : quotePath(given.fullName || given.fullTree ? path : relativePath(path, git.prefix));
          const object = given.abbrev === undefined ? entry.id : yield* git.objects.abbreviate(entry.id, typeof given.abbrev === "string" ? Number(given.abbrev) : 7);
          if (given.nameOnly || given.nameStatus) git.put(`${shown}${end}`);
          else if (given.objectOnly) git.put(`${object}${end}`);
          else git.put(`${modeText(entry.mode)} ${typeOfMode(entry.mode)} ${object}${given.long ? ` ${(directory ? "-" : String((yield* git.objects.read(entry.id)).body.length)).padStart(7)}` : ""}\t${shown}${end}`);
        }
        if (deeper) yield* list(entry.id, `${path}/`);
        if (git.sys.charge(1)) yield* git.sys.preempt();
      }
    };
    yield* list(tree, "");
    return 0;
  },
});
