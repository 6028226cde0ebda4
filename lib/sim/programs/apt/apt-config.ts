import { program } from "../kit/program.ts";
import { parse } from "./_arguments.ts";
import { problem } from "./_say.ts";
import { aptVersion } from "./_version.ts";

/** A value as apt-config shell quotes it for eval. */
const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

export default program(
  {
    name: "apt-config", showsHelp: true, summary: "show apt's configuration", synopsis: ["dump [PREFIX]...", "shell VARIABLE NAME [VARIABLE NAME]..."], options: [], operands: "none", manSection: 8,
    subcommands: [{ name: "dump", summary: "print the configuration", synopsis: [""], options: [] }, { name: "shell", summary: "print values as shell variables", synopsis: ["VARIABLE NAME"], options: [] }],
  },
  function* (sys, argv, io) {
    const { command, words, options, fault } = yield* parse(sys, argv.slice(1), "apt-config");
    if (fault !== undefined) {
      yield* problem(sys, false, fault);
      return 100;
    }
    const { configuration } = options;
    if (command === "dump") {
      configuration.set("CommandLine::AsString", argv.join(" "));
      io.out.put(words.length === 0 ? configuration.dump() : words.map((word) => configuration.dump(word)).join(""));
      return 0;
    }
    if (command === "shell") {
      if (words.length % 2 !== 0) {
        yield* problem(sys, false, "Arguments not in pairs");
        return 100;
      }
      for (let at = 0; at + 1 < words.length; at += 2) {
        const variable = words[at] ?? "";
        const [, name = "", kind] = /^(.*?)(?:\/([fdbi]))?$/.exec(words[at + 1] ?? "") ?? [];
        const value = kind === "f" || kind === "d" ? `${configuration.file(name)}${kind === "d" ? "/" : ""}` : kind === "b" ? String(configuration.flag(name, false)) : kind === "i" ? String(configuration.number(name, 0)) : configuration.get(name);
        if (value !== undefined && (configuration.get(name) !== undefined || kind === "b" || kind === "i")) io.out.put(`${variable}=${quoted(value)}\n`);
      }
      return 0;
    }
    if (command === undefined) {
      io.say(`apt ${yield* aptVersion(sys)} (amd64)\nUsage: apt-config [options] command\n\nCommands:\n  shell - the values of some options, for eval\n  dump - the whole configuration\n`);
      return 0;
    }
    yield* problem(sys, false, `Invalid operation ${command}`);
    return 100;
  },
);
