// What git prints by itself, and for a subcommand that it does not have (git(1), git-help(1)).
import type { Blocking } from "../../kernel/sys.ts";
import type { Git } from "./base/git.ts";
import type { GitCommand } from "./base/git-command.ts";
import { similarCommands } from "./_similar-commands.ts";

const GROUPS: readonly (readonly [title: string, commands: readonly (readonly [string, string])[]])[] = [
  ["start a working area (see also: git help tutorial)", [["clone", "Copy a repository into a new directory"], ["init", "Make an empty repository, or set up an existing one again"]]],
  ["work on the current change (see also: git help everyday)", [["add", "Put contents of files into the index"], ["mv", "Give a file, a directory or a link another name or place"], ["restore", "Bring files back to a former state"], ["rm", "Take files out of the work tree and the index"]]],
  ["examine the history and state (see also: git help revisions)", [["bisect", "Find the commit that brought a bug by halving"], ["diff", "Show what changed between commits, index, work tree"], ["grep", "Print lines that match a pattern"], ["log", "Show the commits"], ["show", "Show objects of several kinds"], ["status", "Show the state of the work tree"]]],
  ["grow, mark and tweak your common history", [["branch", "List, make or remove branches"], ["commit", "Record changes in the repository"], ["merge", "Join two or more histories"], ["rebase", "Make commits again on top of another one"], ["reset", "Set HEAD to another state"], ["switch", "Go to another branch"], ["tag", "Make, list, remove or verify a tag object"]]],
  ["collaborate (see also: git help workflows)", [["fetch", "Get objects and references of another repository"], ["pull", "Fetch from another repository or branch and integrate it"], ["push", "Update references of another repository with their objects"]]],
];

export function globalUsage(): string {
  const head = "usage: git ";
  const pad = " ".repeat(head.length - 1);
  return [
    `${head}[-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]`,
    `${pad} [--exec-path[=<path>]] [--html-path] [--man-path] [--info-path]`,
    `${pad} [-p | --paginate | -P | --no-pager] [--no-replace-objects] [--bare]`,
    `${pad} [--git-dir=<path>] [--work-tree=<path>] [--namespace=<name>]`,
    `${pad} [--super-prefix=<path>] [--config-env=<name>=<envvar>]`,
    `${pad} <command> [<args>]\n`,
  ].join("\n");
}

export function commandList(): string {
  const width = 9;
  const groups = GROUPS.map(([title, commands]) => `${title}\n${commands.map(([name, summary]) => `   ${name.padEnd(width)} ${summary}\n`).join("")}`);
  return `\nThese are common Git commands used in various situations:\n\n${groups.join("\n")}\n'git help -a' and 'git help -g' list available subcommands and some\nconcept guides. See 'git help <command>' or 'git help <concept>'\nto read about a specific subcommand or concept.\nSee 'git help git' for an overview of the system.\n`;
}

export function* unknownCommand(git: Git, name: string, commands: readonly GitCommand[]): Blocking<number> {
  const aliases = git.config.entries.filter((entry) => entry.key.startsWith("alias.")).map((entry) => entry.key.slice(6));
  const similar = similarCommands(name, [...commands.map((command) => command.name), ...aliases]);
  yield* git.err(`git: '${name}' is not a git command. See 'git --help'.\n`);
  if (similar.length > 0) yield* git.err(`\nThe most similar command${similar.length === 1 ? " is" : "s are"}\n${similar.map((one) => `\t${one}\n`).join("")}`);
  return 1;
}
