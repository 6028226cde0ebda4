// git fetch (git-fetch(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, number, optional, text, texts } from "../base/options.ts";
import { type Refspec, currentBranch, fetchSpecs, parseRefspec } from "../history/upstream.ts";
import { type FetchSettings, fetchRefs, isRemote, placedUrl } from "../transport/fetch-refs.ts";

/** The remote of the current branch, or the only sensible one. */
export function* defaultRemote(git: Git): Blocking<string> {
  const branch = yield* currentBranch(git);
  const configured = branch === undefined ? undefined : git.config.get(`branch.${branch}.remote`);
  if (configured !== undefined) return configured;
  const all = git.config.subsections("remote").filter((name) => git.config.has(`remote.${name}.url`));
  return all.length === 1 ? (all[0] ?? "origin") : "origin";
}

export const fetch = gitCommand({
  name: "fetch", summary: "get objects and references of another repository", needs: "repository",
  usage: ["git fetch [<options>] [<repository> [<refspec>...]]", "git fetch [<options>] <group>", "git fetch --multiple [<options>] [(<repository> | <group>)...]", "git fetch --all [<options>]"],
  options: {
    verbose: flag("v verbose", "say more"), quiet: flag("q quiet", "say less"), all: flag("all", "from all remotes"), upstream: flag("set-upstream", "let the branch follow what is fetched"), append: flag("a append", "add to FETCH_HEAD"), atomic: flag("atomic", "accepted"), uploadPack: text("upload-pack", "path", "the program on the other side"), force: flag("f force", "also what does not go forward"), multiple: flag("m multiple", "from several remotes"), tags: flag("t tags", "all tags"), noTags: flag("n", "no tags"), jobs: number("j jobs", "n", "accepted"), prune: flag("p prune", "forget branches that are gone"), pruneTags: flag("P prune-tags", "accepted"), recurse: optional("recurse-submodules", "on-demand", "submodules (not here)"), dryRun: flag("dry-run", "only show what would be done"), keep: flag("k keep", "accepted"), updateHeadOk: flag("u update-head-ok", "accepted"), progress: flag("progress", "show progress"), depth: text("depth", "depth", "only the last commits"), unshallow: flag("unshallow", "the whole history"), refmap: texts("refmap", "refmap", "accepted"), deepen: text("deepen", "n", "accepted"),
  },
  *run(git, { options: given, args }) {
    const one = function* (remote: string, words: readonly string[]): Blocking<boolean> {
      const url = isRemote(git, remote) ? remote : placedUrl(git, remote);
      const specs: Refspec[] = words.map((word) => (word.startsWith("tag ") ? parseRefspec(`refs/tags/${word.slice(4)}:refs/tags/${word.slice(4)}`) : parseRefspec(word)));
      if (!isRemote(git, remote) && remote === "origin" && !remote.includes("/")) throw new Die(`'${remote}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`);
      const tagOption = git.config.get(`remote.${remote}.tagopt`);
      const settings: FetchSettings = {
        remote: url, specs: specs.length > 0 ? specs : fetchSpecs(git, remote), explicit: specs.length > 0, tags: given.tags || tagOption === "--tags" ? "all" : given.noTags || given.tags === false || tagOption === "--no-tags" ? "none" : "auto",
        prune: given.prune ?? git.config.boolean(`remote.${remote}.prune`, git.config.boolean("fetch.prune", false)), force: given.force ?? false, quiet: given.quiet ?? false, verbose: given.verbose ?? false, depth: given.unshallow ? 2147483647 : given.depth === undefined ? undefined : Number(given.depth), append: given.append ?? false, dryRun: given.dryRun ?? false,
        reflog: git.sys.environment.get("GIT_REFLOG_ACTION") ?? ["fetch", ...(given.all ? [] : args.length > 0 ? args : [])].join(" "),
      };
      return yield* fetchRefs(git, settings);
    };
    if (given.depth !== undefined && !/^[1-9]\d*$/.test(given.depth)) throw new Die(`depth ${given.depth} is not a positive number`);
    if (given.all || given.multiple) {
      let ok = true;
      for (const remote of given.multiple ? args : git.config.subsections("remote").filter((name) => git.config.has(`remote.${name}.url`))) {
        if (!given.quiet) git.say(`Fetching ${remote}\n`);
        try {
          ok = (yield* one(remote, [])) && ok;
        } catch (error) {
          if (!(error instanceof Die)) throw error;
          yield* git.err(`fatal: ${error.message}\nerror: could not fetch ${remote}\n`);
          ok = false;
        }
      }
      return ok ? 0 : 1;
    }
    const words: string[] = [];
    for (let i = 1; i < args.length; i++) words.push(args[i] === "tag" && args[i + 1] !== undefined ? `tag ${args[++i]}` : (args[i] ?? ""));
    const remote = args[0] ?? (yield* defaultRemote(git));
    if (args.length === 0 && !isRemote(git, remote) && remote !== ".") {
      if (git.config.subsections("remote").length === 0) return 0;
    }
    return (yield* one(remote, words)) ? 0 : 1;
  },
});
