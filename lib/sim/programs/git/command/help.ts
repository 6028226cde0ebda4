// git help (git-help(1)).
import { runChild } from "../base/child-process.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { commandList, globalUsage } from "../_help-list.ts";
import { COMMANDS } from "../_command-table.ts";

export const help = gitCommand({
  name: "help", summary: "show the page of a command", needs: "any", operands: "none", usage: ["git help [-a|--all] [--[no-]verbose] [--[no-]external-commands] [--[no-]aliases]", "git help [[-i|--info] [-m|--man] [-w|--web]] [<command>|<doc>]", "git help [-g|--guides]", "git help [-c|--config]"],
  options: { all: flag("a all", "every command"), guides: flag("g guides", "the guides"), man: flag("m man", "the manual page"), verbose: flag("v verbose", "accepted") },
  *run(git, { options, args }) {
    const [name] = args;
    if (options.all) {
      const list = [...COMMANDS.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const width = Math.max(...list.map((one) => one.name.length));
      git.put(`See 'git help <command>' to read about a specific subcommand\n\n${list.map((one) => `   ${one.name.padEnd(width)}   ${one.summary}\n`).join("")}`);
      return 0;
    }
    if (name === undefined) {
      git.put(globalUsage() + commandList());
      return 0;
    }
    const alias = git.config.get(`alias.${name}`);
    if (alias !== undefined && !COMMANDS.has(name)) {
      git.say(`'${name}' is aliased to '${alias}'\n`);
      return 0;
    }
    yield* git.out.flush();
    return yield* runChild(git.sys, ["man", name.startsWith("git") ? name : `git${COMMANDS.has(name) ? "-" : ""}${name}`]);
  },
});
