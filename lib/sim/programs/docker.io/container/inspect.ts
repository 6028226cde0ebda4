import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type DockerEnv, part, query } from "../_docker-env.ts";
import { getJson, inspectAll } from "../_inspect.ts";

export const inspect = cobra({
  use: "inspect [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Display detailed information on one or more containers",
  args: atLeast(1),
  flags: { format: string("format", "f", "Print with a Go template"), size: bool("size", "s", "Show total file sizes") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* inspectAll(env, args, flags.format, (name) => getJson(env, `/containers/${part(name)}/json${query({ size: flags.size })}`), (name) => `Error: No such container: ${name}`);
  },
});
