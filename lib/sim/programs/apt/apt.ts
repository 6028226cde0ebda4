import { encode } from "../../kernel/sys.ts";
import { helpOptions } from "../kit/help-text.ts";
import { helpDomain } from "../kit/messages/translate.ts";
import { flag, program } from "../kit/program.ts";
import { parse, runApt } from "./_arguments.ts";
import { commonOptions, usage } from "./_help.ts";
import { isTerminal, readingSources } from "./_say.ts";

const COMMANDS = "list search show install reinstall remove autoremove update upgrade full-upgrade edit-sources policy depends rdepends download changelog purge autopurge autoclean clean build-dep source showsrc";

const options = [
  ...commonOptions,
  flag(["--installed"], "list: only installed packages"), flag(["--upgradable"], "list: only what can be upgraded"), flag(["--manual-installed"], "list: only what was asked for"), flag(["-a", "--all-versions"], "every version"), flag(["-n", "--names-only"], "search: only in names"), flag(["-v", "--verbose"], "list: with the summaries"),
];

export default program(
  {
    name: "apt", manSection: 8,
    summary: "find, install and remove packages",
    synopsis: ["[OPTION]... COMMAND [PACKAGE]..."],
    options,
    operands: "packages",
    subcommands: COMMANDS.split(" ").map((name) => ({ name, summary: name, synopsis: ["[PACKAGE]..."], options: [], operands: "packages" })),
  },
  function* (sys, argv) {
    const domain = helpDomain(sys, "apt");
    const parsed = yield* parse(sys, argv.slice(1), "apt");
    const asksAboutItself = parsed.command === undefined || parsed.fault !== undefined || ["-h", "--help", "--version"].some((one) => parsed.flags.has(one));
    if (!asksAboutItself && !isTerminal(sys, 1)) yield* sys.write(2, encode("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n"));
    return yield* readingSources(sys, true, () => runApt(sys, argv, parsed, usage("apt", COMMANDS, domain) + helpOptions(options, domain)));
  },
);
