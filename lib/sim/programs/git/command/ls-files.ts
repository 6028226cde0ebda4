// git ls-files (git-ls-files(1)).
import { Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, texts } from "../base/options.ts";
import { modeText } from "../store/tree-object.ts";
import { Ignore } from "../work-tree/ignore.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { quotePath, relativePath } from "../work-tree/quote-path.ts";
import { findUntracked } from "../work-tree/untracked.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

export const lsFiles = gitCommand({
  name: "ls-files", plumbing: true, summary: "list files of the index and the work tree", needs: "repository", usage: ["git ls-files [<options>] [<file>...]"],
  options: {
    nul: flag("z", "end names with NUL"), tag: flag("t", "with a letter for the state"), cached: flag("c cached", "files of the index (default)"), deleted: flag("d deleted", "deleted files"), modified: flag("m modified", "changed files"), others: flag("o others", "untracked files"), ignored: flag("i ignored", "ignored files"), stage: flag("s stage", "mode, id and stage too"), killed: flag("k killed", "accepted"), directory: flag("directory", "untracked directories as such"), unmerged: flag("u unmerged", "files in conflict"), exclude: texts("x exclude", "pattern", "patterns to ignore"), standard: flag("exclude-standard", "the usual patterns"), fullName: flag("full-name", "from the top"), errorUnmatch: flag("error-unmatch", "an error when nothing matches"), abbrev: optional("abbrev", "n", "short ids"), eol: flag("eol", "accepted"),
  },
  *run(git, { options: given, args }) {
    const index = yield* git.repository.index();
    // Without a name: what is below the directory where the user stands.
    const paths = pathspec(git, args.length === 0 && git.prefix !== "" ? ["."] : args);
    const end = given.nul ? "\0" : "\n";
    const shown = (path: string) => (given.nul ? path : quotePath(given.fullName ? path : relativePath(path, git.prefix)));
    const files = new WorkFiles(git);
    const put = (letter: string, path: string) => git.put(`${given.tag ? `${letter} ` : ""}${shown(path)}${end}`);
    if (given.errorUnmatch) {
      const missing = paths.unmatched(index.paths);
      if (missing.length > 0) throw new Quit(1, ...missing.map((one) => `error: pathspec '${one}' did not match any file(s) known to git`), "Did you forget to 'git add'?");
    }
    if (given.others) {
      const found = yield* findUntracked(git, index, { mode: given.directory ? "normal" : "all", ignore: new Ignore(git, given.exclude, given.standard ?? false), paths });
      for (const path of given.ignored ? found.ignored : found.untracked) put("?", path);
    }
    const listing = given.cached || given.stage || given.unmerged || !(given.deleted || given.modified || given.others);
    for (const entry of index.entries) {
      if (!paths.matches(entry.path)) continue;
      if (listing && (!given.unmerged || entry.stage > 0)) {
        if (given.stage || given.unmerged) git.put(`${given.tag ? `${entry.stage > 0 ? "M" : "H"} ` : ""}${modeText(entry.mode)} ${given.abbrev === undefined ? entry.id : yield* git.objects.abbreviate(entry.id)} ${entry.stage}\t${shown(entry.path)}${end}`);
        else put(entry.stage > 0 ? "M" : "H", entry.path);
      }
      if (!given.deleted && !given.modified) continue;
      const { state } = entry.stage > 0 ? { state: files.stat(entry.path) ? "modified" : "deleted" } : yield* files.compare(index, entry);
      if (given.deleted && state === "deleted") put("R", entry.path);
      if (given.modified && state !== "same") put("C", entry.path);
    }
    return 0;
  },
});
