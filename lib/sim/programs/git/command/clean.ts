// git clean (git-clean(1)).
import { S, SysError } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { counted, flag, refused, texts } from "../base/options.ts";
import { Ignore } from "../work-tree/ignore.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { quotePath, relativePath } from "../work-tree/quote-path.ts";
import { findUntracked } from "../work-tree/untracked.ts";
import type { Git } from "../base/git.ts";
import { isGitDirectory } from "../base/repository.ts";
import { byName } from "../store/tree-object.ts";

function removeAll(git: Git, path: string): void {
  const { sys } = git;
  for (const entry of sys.readdir(path)) {
    if (entry.type === S.IFDIR) removeAll(git, `${path}/${entry.name}`);
    else sys.unlink(`${path}/${entry.name}`);
  }
  sys.rmdir(path);
}

export const clean = gitCommand({
  name: "clean", plumbing: true, summary: "remove untracked files", needs: "work-tree", usage: ["git clean [-d] [-f] [-i] [-n] [-q] [-e <pattern>] [-x | -X] [--] [<pathspec>...]"],
  options: { quiet: flag("q quiet", "say less"), dryRun: flag("n dry-run", "only show what would be removed"), force: counted("f force", "do it"), interactive: refused("i interactive", "choose in a menu", "use -n first"), directories: flag("d", "directories too"), exclude: texts("e exclude", "pattern", "patterns to leave alone"), everything: flag("x", "ignored files too"), onlyIgnored: flag("X", "only ignored files") },
  *run(git, { options: given, args }) {
    const { sys } = git;
    const required = git.config.boolean("clean.requireforce", true);
    if (required && given.force === 0 && !given.dryRun) throw new Die(git.config.has("clean.requireforce") ? "clean.requireForce set to true and neither -i, -n, nor -f given; refusing to clean" : "clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean");
    if (given.everything && given.onlyIgnored) throw new Die("-x and -X cannot be used together");
    const index = yield* git.repository.index();
    const paths = pathspec(git, args.length === 0 ? (git.prefix === "" ? [] : ["."]) : args);
    const found = yield* findUntracked(git, index, { mode: "normal", ignore: new Ignore(git, given.exclude, !given.everything), paths, emptyDirectories: true });
    const list = (given.onlyIgnored ? found.ignored : found.untracked).filter((path) => given.directories || !path.endsWith("/") || (args.length > 0 && paths.items.some((item) => `${item.path}/` === path)));
    let failed = false;
    for (const path of [...list].sort(byName)) {
      const plain = path.replace(/\/$/, "");
      const shown = quotePath(relativePath(path, git.prefix));
      if (path.endsWith("/") && given.force < 2 && isGitDirectory(sys, `${plain}/.git`)) {
        if (!given.quiet) git.say(`${given.dryRun ? "Would skip" : "Skipping"} repository ${shown}\n`);
        continue;
      }
      if (!given.quiet || given.dryRun) git.say(`${given.dryRun ? "Would remove" : "Removing"} ${shown}\n`);
      if (given.dryRun) continue;
      try {
        if (path.endsWith("/")) removeAll(git, plain);
        else sys.unlink(plain);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* git.warning(`failed to remove ${shown}: ${error.message}`);
        failed = true;
      }
    }
    return failed ? 1 : 0;
  },
});
