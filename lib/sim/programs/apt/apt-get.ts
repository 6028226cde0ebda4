import { helpOptions } from "../kit/help-text.ts";
import { helpDomain } from "../kit/messages/translate.ts";
import { program } from "../kit/program.ts";
import { parse, runApt } from "./_arguments.ts";
import { commonOptions, usage } from "./_help.ts";
import { readingSources } from "./_say.ts";

const COMMANDS = "update upgrade install reinstall remove purge source build-dep dist-upgrade clean autoclean check download changelog autoremove autopurge";

export default program(
  {
    name: "apt-get", manSection: 8,
    summary: "install and remove packages, for scripts",
    synopsis: ["[OPTION]... COMMAND [PACKAGE]..."],
    options: commonOptions,
    operands: "packages",
    subcommands: COMMANDS.split(" ").map((name) => ({ name, summary: name, synopsis: ["[PACKAGE]..."], options: [], operands: "packages" })),
  },
  function* (sys, argv) {
    const domain = helpDomain(sys, "apt-get");
    const parsed = yield* parse(sys, argv.slice(1), "apt-get");
    return yield* readingSources(sys, false, () => runApt(sys, argv, parsed, usage("apt-get", COMMANDS, domain) + helpOptions(commonOptions, domain)));
  },
);
