// git init (git-init(1)): the directory .git with what gitrepository-layout(5) lists.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { canonicalPath } from "../../kit/canonical-path.ts";
import { exists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand, usage } from "../base/git-command.ts";
import { flag, optional, refused, text } from "../base/options.ts";
import { isGitDirectory } from "../base/repository.ts";
import { withValue } from "../store/config-file.ts";
import { makeDirectories, readText, writeFile } from "../store/file-bytes.ts";
import { isValidBranchName } from "../store/ref-name.ts";
import { SAMPLE_HOOKS } from "../store/sample-hooks.ts";

const DEFAULT_BRANCH_ADVICE = `Using 'master' as the name for the initial branch. This default branch name
is subject to change. To configure the initial branch name to use in all
of your new repositories, which will suppress this warning, call:

	git config --global init.defaultBranch <name>

Names commonly chosen instead of 'master' are 'main', 'trunk' and
'development'. The just-created branch can be renamed via this command:

	git branch -m <name>
`;

const DESCRIPTION = "Unnamed repository; edit this file 'description' to name the repository.\n";
const EXCLUDE = `# git ls-files --others --exclude-from=.git/info/exclude
# What stands here is ignored in this repository only, one pattern a line.
# Lines that start with '#' are comments.
`;

/** The branch of a new repository; says so when nobody chose it. */
export function* initialBranch(git: Git, chosen: string | undefined, quiet: boolean): Blocking<string> {
  const set = chosen ?? git.sys.environment.get("GIT_TEST_DEFAULT_INITIAL_BRANCH_NAME") ?? git.config.get("init.defaultbranch");
  if (set !== undefined && set !== "") {
    if (!isValidBranchName(set)) throw new Die(chosen === undefined ? `invalid branch name: init.defaultBranch = ${set}` : `invalid initial branch name: '${set}'`);
    return set;
  }
  if (!quiet) yield* git.err(DEFAULT_BRANCH_ADVICE.split("\n").slice(0, -1).map((line) => `hint: ${line}\n`).join(""));
  return "master";
}

/** Makes what is missing; true when there was a repository already. */
export function* makeRepository(git: Git, gitDir: string, options: { readonly bare: boolean; readonly branch: string; readonly mode?: number; readonly shared?: string }): Blocking<boolean> {
  const { sys } = git;
  const before = isGitDirectory(sys, gitDir);
  const write = function* (name: string, content: string, mode = 0o666): Blocking<void> {
    if (!exists(sys, `${gitDir}/${name}`)) yield* writeFile(sys, `${gitDir}/${name}`, content, mode);
  };
  for (const folder of ["", "/branches", "/hooks", "/info", "/objects/info", "/objects/pack", "/refs/heads", "/refs/tags"]) makeDirectories(sys, gitDir + folder);
  yield* write("description", DESCRIPTION);
  yield* write("info/exclude", EXCLUDE);
  if (!before) for (const [name, content] of SAMPLE_HOOKS) yield* write(`hooks/${name}.sample`, content, 0o777);
  if (!before) yield* write("HEAD", `ref: refs/heads/${options.branch}\n`);
  let config = (yield* readText(sys, `${gitDir}/config`)) ?? "";
  if (config === "") {
    config = withValue(config, "core.repositoryformatversion", "0");
    config = withValue(config, "core.filemode", "true");
    config = withValue(config, "core.bare", String(options.bare));
    if (!options.bare) config = withValue(config, "core.logallrefupdates", "true");
  }
  if (options.shared !== undefined) {
    config = withValue(config, "core.sharedrepository", options.shared);
    config = withValue(config, "receive.denyNonFastforwards", "true");
  }
  yield* writeFile(sys, `${gitDir}/config`, config);
  return before;
}

const options = {
  template: refused("template", "directory of templates", "repositories are made from git's own", "template-directory"),
  bare: flag("bare", "make a repository without a work tree"),
  shared: optional("shared", "permissions", "several users of a group will write to it"),
  quiet: flag("q quiet", "say only what went wrong"),
  separate: refused("separate-git-dir", "put the repository elsewhere", "it lies in the work tree", "gitdir"),
  branch: text("b initial-branch", "name", "name of the first branch"),
  format: text("object-format", "hash", "the hash: sha1"),
};
const usageLines = ["git init [-q | --quiet] [--bare] [--template=<template-directory>] [--shared[=<permissions>]] [<directory>]"];

export const init = gitCommand({
  name: "init", summary: "make an empty repository, or set up an existing one again", usage: usageLines, needs: "none", operands: "directories", options,
  *run(git, { options: given, args }) {
    const { sys } = git;
    if (args.length > 1) throw usage({ usage: usageLines, options });
    if (given.format !== undefined && given.format !== "sha1") throw given.format === "sha256" ? yield* git.unsimulated("--object-format=sha256", "ids are SHA-1") : new Die(`unknown hash algorithm '${given.format}'`);
    const [folder] = args;
    if (folder !== undefined) {
      try {
        makeDirectories(sys, folder);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(`cannot mkdir ${folder}: ${error.message}`);
      }
      try {
        sys.chdir(folder);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(`cannot chdir to ${folder}: ${error.message}`);
      }
    }
    const bare = given.bare ?? false;
    const named = sys.environment.get("GIT_DIR");
    const gitDir = named !== undefined ? canonicalPath(sys, named, "missing") : bare ? sys.getcwd() : `${sys.getcwd() === "/" ? "" : sys.getcwd()}/.git`;
    const existed = isGitDirectory(sys, gitDir);
    const branch = existed ? "" : yield* initialBranch(git, given.branch, given.quiet ?? false);
    if (existed && given.branch !== undefined) yield* git.warning(`re-init: ignored --initial-branch=${given.branch}`);
    const shared = given.shared === undefined || given.shared === false || given.shared === "umask" || given.shared === "false" ? undefined : given.shared === true || given.shared === "group" || given.shared === "true" ? "1" : given.shared === "all" || given.shared === "world" || given.shared === "everybody" ? "2" : String(given.shared);
    try {
      yield* makeRepository(git, gitDir, { bare, branch, ...(shared !== undefined && { shared }) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Die(`cannot mkdir ${gitDir}: ${error.message}`.replace(/^cannot mkdir (.*\/\.git): /, `${gitDir.endsWith("/.git") ? `${gitDir.slice(sys.getcwd().length === 1 ? 1 : 0)}` : gitDir}: `));
    }
    if (!given.quiet) git.say(`${existed ? "Reinitialized existing" : "Initialized empty"}${shared === undefined ? "" : " shared"} Git repository in ${gitDir}/\n`);
    return 0;
  },
});
