// git update-index (git-update-index(1)).
import { SysError } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { plainEntry } from "../store/index-file.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { addFile } from "./add.ts";

export const updateIndex: GitCommand = wordCommand({
  name: "update-index", plumbing: true, summary: "put files of the work tree into the index", needs: "repository", usage: ["git update-index [<options>] [--] [<file>...]"],
  options: ["--add", "--remove", "--force-remove", "--refresh", "--really-refresh", "--cacheinfo", "--chmod", "--assume-unchanged", "--no-assume-unchanged", "--skip-worktree", "--no-skip-worktree", "-q"].map((name) => ({ names: [name], argument: undefined, argumentOptional: false, help: name.replace(/^-+/, ""), support: "simulated" as const })),
  *run(git, words) {
    const index = yield* git.repository.index();
    const files = new WorkFiles(git);
    let adding = false;
    let removing = false;
    let forcing = false;
    let chmod: string | undefined;
    let flag: "assumeValid" | "skipWorktree" | undefined;
    let flagValue = true;
    let status = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? "";
      if (word === "--add") adding = true;
      else if (word === "--remove") removing = true;
      else if (word === "--force-remove") forcing = true;
      else if (word.startsWith("--chmod=")) chmod = word.slice(8);
      else if (word === "--refresh" || word === "--really-refresh") {
        yield* files.refresh(index);
        for (const entry of index.entries) if (entry.stage > 0 || !(yield* files.isClean(index, entry))) {
          git.put(`${entry.path}: needs ${entry.stage > 0 ? "merge" : "update"}\n`);
          status = 1;
        }
      } else if (word === "--assume-unchanged" || word === "--no-assume-unchanged") [flag, flagValue] = ["assumeValid", word === "--assume-unchanged"];
      else if (word === "--skip-worktree" || word === "--no-skip-worktree") [flag, flagValue] = ["skipWorktree", word === "--skip-worktree"];
      else if (word === "--cacheinfo") {
        const joined = words[i + 1]?.includes(",");
        const [mode = "", id = "", path = ""] = joined ? (words[++i] ?? "").split(/,(.*?),(.*)/s).filter((part) => part !== "") : [words[++i], words[++i], words[++i]];
        if (!index.has(path) && !adding) throw new Die(`git update-index: --cacheinfo cannot add ${path}`);
        index.replace(plainEntry(path, Number.parseInt(mode, 8), id));
      } else if (word === "-q" || word === "--" || word === "--ignore-missing") continue;
      else if (word.startsWith("-")) return yield* git.unsimulated(word, "use git add");
      else {
        const path = normalPath(git, word);
        const entry = index.get(path);
        if (flag !== undefined) {
          if (!entry) throw new Die(`Unable to mark file ${path}`);
          const { assumeValid, skipWorktree, ...plain } = entry;
          index.set({ ...plain, ...(flag === "assumeValid" ? flagValue : assumeValid) && { assumeValid: true }, ...(flag === "skipWorktree" ? flagValue : skipWorktree) && { skipWorktree: true } });
          continue;
        }
        if (forcing) {
          index.remove(path);
          continue;
        }
        const stat = files.stat(path);
        if (!stat) {
          if (!removing) throw new Die(`Unable to process path ${path}`, 128, [`error: ${path}: does not exist and --remove not passed`]);
          index.remove(path);
          continue;
        }
        if (!index.has(path) && !adding) throw new Die(`Unable to process path ${path}`, 128, [`error: ${path}: cannot add to the index - missing --add option?`]);
        try {
          if (chmod === undefined || !entry || !(yield* files.isClean(index, entry))) yield* addFile(git, index, files, path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          throw new Die(`Unable to process path ${path}`, 128, [`error: open("${path}"): ${error.message}`]);
        }
        const now = index.get(path);
        if (chmod !== undefined && now) index.set({ ...now, mode: chmod === "+x" ? 0o100755 : 0o100644 });
      }
    }
    yield* git.repository.writeIndex(index);
    return status;
  },
});
