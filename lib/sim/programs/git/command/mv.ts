// git mv (git-mv(1)).
import { S, SysError } from "../../../kernel/sys.ts";
import { lastComponent } from "../../kit/paths.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import { gitCommand, usage } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

const options = { verbose: flag("v verbose", "say what is moved"), dryRun: flag("n dry-run", "only show what would be done"), force: flag("f force", "replace the destination"), skip: flag("k", "pass over what cannot be moved"), sparse: flag("sparse", "accepted") };
const usageLines = ["git mv [<options>] <source>... <destination>"];

export const mv = gitCommand({
  name: "mv", summary: "give a file, a directory or a link another name or place", usage: usageLines, needs: "work-tree", options,
  *run(git, { options: given, args }) {
    const { repository, sys } = git;
    if (args.length < 2) throw usage({ usage: usageLines, options });
    yield* repository.lockIndex();
    const index = yield* repository.index();
    const files = new WorkFiles(git);
    const targetWord = args.at(-1) ?? "";
    const target = normalPath(git, targetWord);
    const targetStat = target === "" ? sys.stat(".") : files.stat(target);
    const intoDirectory = targetStat !== undefined && (targetStat.mode & S.IFMT) === S.IFDIR;
    const sources = args.slice(0, -1).map((word) => normalPath(git, word));
    if (sources.length > 1 && !intoDirectory) throw new Die(`destination '${targetWord.replace(/\/$/, "")}' is not a directory`);
    const moves: { readonly from: string; readonly to: string; readonly directory: boolean }[] = [];
    for (const from of sources) {
      const to = intoDirectory ? `${target === "" ? "" : `${target}/`}${lastComponent(from)}` : target;
      const stat = files.stat(from);
      let bad: string | undefined;
      const directory = stat !== undefined && (stat.mode & S.IFMT) === S.IFDIR;
      const existing = files.stat(to);
      if (!stat) bad = "bad source";
      else if (directory && (to === from || to.startsWith(`${from}/`))) bad = "can not move directory into itself";
      else if (directory && index.below(from).length === 0) bad = "source directory is empty";
      else if (directory && existing && !intoDirectory) bad = "destination already exists";
      else if (!directory && (index.stages(from)[0]?.stage ?? 0) > 0) bad = "conflicted";
      else if (!directory && !index.has(from)) bad = "not under version control";
      else if (existing && from !== to) {
        if (!given.force || (existing.mode & S.IFMT) === S.IFDIR) bad = "destination exists";
        else yield* git.warning(`overwriting '${to}'`);
      } else if (!directory && !existing && targetWord.endsWith("/") && !intoDirectory) bad = "destination directory does not exist";
      else if (moves.some((one) => one.to === to)) bad = "multiple sources for the same target";
      if (bad !== undefined) {
        if (given.skip) continue;
        throw new Die(`${bad}, source=${from}, destination=${to}${targetWord.endsWith("/") && !intoDirectory ? "/" : ""}`);
      }
      moves.push({ from, to, directory });
    }
    for (const { from, to, directory } of moves) {
      if (given.dryRun) git.say(`Checking rename of '${from}' to '${to}'\n`);
      for (const path of given.dryRun && directory ? index.below(from) : []) git.say(`Checking rename of '${path}' to '${to}${path.slice(from.length)}'\n`);
    }
    for (const { from, to, directory } of moves) {
      if (given.verbose || given.dryRun) {
        git.say(`Renaming ${from} to ${to}\n`);
        if (directory) for (const path of index.below(from)) git.say(`Renaming ${path} to ${to}${path.slice(from.length)}\n`);
      }
      if (given.dryRun) continue;
      try {
        if (nameExists(sys, to) && !directory) sys.unlink(to);
        sys.rename(from, to);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (given.skip) continue;
        throw new Die(`renaming '${from}' failed: ${error.message}`);
      }
      for (const path of directory ? index.below(from) : [from]) {
        const entry = index.get(path);
        index.remove(path);
        if (entry) index.replace({ ...entry, path: to + path.slice(from.length) });
        if (sys.charge(1)) yield* sys.preempt();
      }
    }
    if (!given.dryRun) yield* repository.writeIndex(index);
    return 0;
  },
});
