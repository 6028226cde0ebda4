// git rm (git-rm(1)).
import { S } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, refused } from "../base/options.ts";
import { commits } from "../history/commits.ts";
import { EMPTY_TREE } from "../store/object-id.ts";
import { treeFiles } from "../store/tree-files.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { relativePath } from "../work-tree/quote-path.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

export const rm = gitCommand({
  name: "rm", summary: "take files out of the work tree and the index", needs: "work-tree",
  usage: ["git rm [-f | --force] [-n] [-r] [--cached] [--ignore-unmatch]", "              [--quiet] [--pathspec-from-file=<file> [--pathspec-file-nul]]", "              [--] [<pathspec>...]"],
  options: { dryRun: flag("n dry-run", "only show what would be removed"), quiet: flag("q quiet", "do not list removed files"), cached: flag("cached", "only from the index"), force: flag("f force", "also what has changes"), recursive: flag("r", "directories too"), ignoreUnmatch: flag("ignore-unmatch", "no error when nothing matches"), sparse: flag("sparse", "accepted"), fromFile: refused("pathspec-from-file", "read names from a file", "name them as arguments", "file") },
  *run(git, { options, args }) {
    if (args.length === 0) throw new Die("No pathspec was given. Which files should I remove?");
    const { repository, sys } = git;
    yield* repository.lockIndex();
    const index = yield* repository.index();
    const paths = pathspec(git, args);
    const hits = index.paths.filter((path) => paths.matches(path));
    for (const missing of paths.unmatched(hits)) if (!options.ignoreUnmatch) throw new Die(`pathspec '${missing}' did not match any files`);
    for (const item of paths.items) {
      if (options.recursive || item.wild || item.excludes) continue;
      const below = hits.some((path) => item.path === "" || path.startsWith(`${item.path}/`));
      if (below) throw new Die(`not removing '${item.original === "" ? "." : item.original.replace(/\/$/, "")}' recursively without -r`);
    }
    const files = new WorkFiles(git);
    if (!options.force) {
      const head = yield* git.refs.read("HEAD");
      const tree = yield* treeFiles(sys, git.objects, head === undefined ? EMPTY_TREE : (yield* commits(git).get(head)).tree);
      const both: string[] = [];
      const staged: string[] = [];
      const local: string[] = [];
      for (const path of hits) {
        const entry = index.get(path);
        if (!entry) continue;
        const stat = files.stat(path);
        if (!stat || (stat.mode & S.IFMT) === S.IFDIR) continue;
        const { state } = yield* files.compare(index, entry);
        const changedLocally = state !== "same";
        const committed = tree.get(path);
        const changedInIndex = committed?.id !== entry.id || committed.mode !== entry.mode;
        if (changedLocally && changedInIndex) {
          if (!options.cached || !entry.intentToAdd) both.push(path);
        } else if (!options.cached) {
          if (changedInIndex) staged.push(path);
          if (changedLocally) local.push(path);
        }
      }
      const lines: string[] = [];
      const hints = git.advised("rmHints");
      const tell = (list: readonly string[], one: string, many: string, hint: string) => {
        if (list.length > 0) lines.push(`error: ${list.length === 1 ? one : many}\n${list.map((path) => `    ${relativePath(path, git.prefix)}`).join("\n")}${hints ? `\n${hint}` : ""}`);
      };
      tell(both, "the following file has staged content different from both the\nfile and the HEAD:", "the following files have staged content different from both the\nfile and the HEAD:", "(use -f to force removal)");
      tell(staged, "the following file has changes staged in the index:", "the following files have changes staged in the index:", "(use --cached to keep the file, or -f to force removal)");
      tell(local, "the following file has local modifications:", "the following files have local modifications:", "(use --cached to keep the file, or -f to force removal)");
      if (lines.length > 0) throw new Quit(1, ...lines);
    }
    for (const path of hits) {
      if (!options.quiet) git.put(`rm '${path}'\n`);
      if (options.dryRun) continue;
      const stat = files.stat(path);
      if (!options.cached && stat && (stat.mode & S.IFMT) !== S.IFDIR) files.remove(path);
      index.remove(path);
      if (sys.charge(2)) yield* sys.preempt();
    }
    if (hits.length > 0 && !options.dryRun) yield* repository.writeIndex(index);
    return 0;
  },
});
