import type { Blocking, Sys } from "../../kernel/sys.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { parse } from "./_arguments.ts";
import { buildCache, cacheExists } from "./_cache.ts";
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { PackageLists } from "./_lists.ts";
import { depends, madison, policy, search, show, showPackage, unmet } from "./_queries.ts";
import { isTerminal, problem, readingSources, say } from "./_say.ts";
import { aptVersion } from "./_version.ts";

export default program(
  {
    name: "apt-cache", manSection: 8, showsHelp: true, summary: "query the package lists", synopsis: ["[OPTION]... COMMAND [WORD]..."], operands: "packages",
    options: [flag(["-a", "--all-versions"], "every version"), flag(["--no-all-versions"], "only the candidate"), flag(["-n", "--names-only"], "search: only in names"), flag(["-f", "--full"], "search: whole records"), flag(["-i", "--important"], "only what must be there"), flag(["--no-recommends", "--no-suggests", "--no-breaks", "--no-conflicts", "--no-replaces"], "leave relations out"), flag(["-g", "--no-generate"], "do not make the cache")],
    subcommands: ["search", "show", "policy", "depends", "rdepends", "madison", "showpkg", "showsrc", "pkgnames", "gencaches", "stats", "dump", "dumpavail", "unmet"].map((name) => ({ name, summary: name, synopsis: ["[WORD]..."], options: [] })),
  },
  function* (sys, argv, io) {
    return yield* readingSources(sys, false, () => run(sys, argv, io));
  },
);

function* run(sys: Sys, argv: readonly string[], io: Io): Blocking<number> {
  const { command, words, flags, options, fault } = yield* parse(sys, argv.slice(1), "apt-cache");
  if (fault !== undefined) {
    yield* problem(sys, false, fault);
    return 100;
  }
  if (flags.has("-v") || flags.has("--version")) {
    yield* say(sys, `apt ${yield* aptVersion(sys)} (amd64)\n`);
    return 0;
  }
  if (command === "stats" && words.length > 0) {
    yield* problem(sys, false, `apt-cache ${command} does not take any arguments`);
    return 100;
  }
  const lists = yield* PackageLists.read(sys, options.release);
  switch (command) {
    case "search":
      return yield* search(sys, options, lists, words, flags.has("--names-only") || flags.has("-n"), flags.has("-f") || flags.has("--full"));
    case "show":
      return yield* show(sys, options, lists, words);
    case "policy":
      return yield* policy(sys, lists, words);
    case "depends":
    case "rdepends":
      if (words.length === 0) {
        yield* problem(sys, false, "No packages found");
        return 100;
      }
      return yield* depends(sys, lists, words, command === "rdepends", flags, false);
    case "madison":
      return yield* madison(sys, lists, words);
    case "showpkg":
      return yield* showPackage(sys, lists, words);
    case "showsrc":
      yield* problem(sys, false, "You must put some 'deb-src' URIs in your sources.list");
      return 100;
    case "unmet":
      return yield* unmet(sys, lists);
    case "pkgnames":
      if (flags.has("--no-generate") && !cacheExists(sys)) return 0;
      yield* say(sys, lists.names().filter((name) => name.startsWith(words[0] ?? "")).map((name) => `${name}\n`).join(""));
      return 0;
    case "dumpavail":
    case "dump": {
      for (const name of lists.names()) {
        if (sys.charge(20)) yield* sys.preempt();
        for (const version of lists.versions(name)) io.out.put(command === "dump" ? `Package: ${name}\n Version: ${version.version}\n` : `${[...version.paragraph].map(([field, value]) => `${field}: ${value}\n`).join("")}\n`);
        yield* io.out.flush();
      }
      return 0;
    }
    case "gencaches":
      yield* buildCache(sys, lists.names().length);
      yield* say(sys, `Reading package lists...${isTerminal(sys, 1) ? " Done" : ""}\n`);
      return 0;
    case "stats": {
      const installed = [...(yield* DpkgDatabase.read(sys)).packages.keys()].length;
      yield* say(sys, `Total package names: ${lists.names().length}\n  Normal packages: ${lists.names().filter((name) => lists.candidates.has(name)).length}\n  Installed: ${installed}\nTotal distinct versions: ${lists.names().reduce((sum, name) => sum + lists.versions(name).length, 0)}\n`);
      return 0;
    }
    case undefined:
      io.say(`apt ${yield* aptVersion(sys)} (amd64)\nUsage: apt-cache [options] command\n       apt-cache [options] show pkg1 [pkg2 ...]\n`);
      return 0;
    default:
      yield* problem(sys, false, `Invalid operation ${command}`);
      return 100;
  }
}
