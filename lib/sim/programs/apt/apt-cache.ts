import { program } from "../kit/program.ts";
import { parse } from "./_arguments.ts";
import { buildCache, cacheExists } from "./_cache.ts";
import { problem } from "./_commands.ts";
import { say } from "./_download.ts";
import { readCandidates } from "./_lists.ts";
import { depends, madison, policy, search, show, showPackage } from "./_queries.ts";

export default program(
  {
    name: "apt-cache", showsHelp: true, summary: "query the package lists", synopsis: ["[OPTION]... COMMAND [WORD]..."], options: [], operands: "packages",
    subcommands: ["search", "show", "policy", "depends", "rdepends", "madison", "showpkg", "pkgnames", "gencaches", "stats"].map((name) => ({ name, summary: name, synopsis: ["[WORD]..."], options: [] })),
  },
  function* (sys, argv) {
    const { command, words, flags } = parse(argv.slice(1), false);
    switch (command) {
      case "search":
        return yield* search(sys, words, false, flags.has("--names-only") || flags.has("-n"));
      case "show":
        return yield* show(sys, words, false);
      case "policy":
        return yield* policy(sys, words);
      case "depends":
        return yield* depends(sys, words, false);
      case "madison":
        return yield* madison(sys, words);
      case "showpkg":
        return yield* showPackage(sys, words);
      case "rdepends":
        return yield* depends(sys, words, true);
      case "pkgnames":
        if (flags.has("--no-generate") && !cacheExists(sys)) return 0;
        yield* say(sys, [...(yield* readCandidates(sys)).keys()].filter((name) => name.startsWith(words[0] ?? "")).map((name) => `${name}\n`).join(""));
        return 0;
      case "gencaches":
        yield* buildCache(sys, (yield* readCandidates(sys)).size);
        yield* say(sys, "Reading package lists... Done\n");
        return 0;
      case "stats":
        yield* say(sys, `Total package names: ${(yield* readCandidates(sys)).size}\n`);
        return 0;
      default:
        yield* problem(sys, false, command === undefined ? "You must give a command" : `Invalid operation ${command}`);
        return 100;
    }
  },
);
