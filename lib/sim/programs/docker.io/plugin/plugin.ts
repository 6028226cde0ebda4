// docker plugin: none are installed, and none can be.
import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import type { DockerEnv } from "../_docker-env.ts";
import { type Format, FormatError, render } from "../_format.ts";

const ls = cobra({
  use: "ls [OPTIONS]", short: "List plugins", aliases: ["list"], args: noArgs,
  flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), noTrunc: bool("no-trunc", "", "Do not shorten"), quiet: bool("quiet", "q", "Only ids") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    const format: Format<never> = { typeName: "plugin.pluginContext", table: ["ID", "Name", "Description", "Enabled"], columns: new Map([["ID", "ID"], ["Name", "NAME"], ["Description", "DESCRIPTION"], ["Enabled", "ENABLED"]].map(([name = "", header = ""]) => [name, { header, value: () => "" }])) };
    try {
      yield* env.io.out(render(format, [], flags.format, flags.quiet ? "ID" : undefined));
      return 0;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      yield* env.io.err(`${error.message}\n`);
      return 1;
    }
  },
});

const missing = (use: string, short: string, before = "") => cobra({
  use, short, args: atLeast(1), flags: { force: bool("force", "f", "Force it"), format: string("format", "", "Print with a Go template") },
  *run({ args }, env: DockerEnv): Blocking<number> {
    yield* env.io.out(before);
    yield* env.io.err(args.map((name) => `Error: No such plugin: ${name}\n`).join(""));
    return 1;
  },
});

export const plugin = group("plugin", "Manage plugins", [
  missing("disable [OPTIONS] PLUGIN", "Disable a plugin"), missing("enable [OPTIONS] PLUGIN", "Enable a plugin"), missing("inspect [OPTIONS] PLUGIN [PLUGIN...]", "Display detailed information on one or more plugins", "[]\n"), ls, missing("rm [OPTIONS] PLUGIN [PLUGIN...]", "Remove one or more plugins"),
]);
