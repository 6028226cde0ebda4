import type { Blocking } from "../../../kernel/sys.ts";
import { string } from "../../kit/pflag.ts";
import { type DockerEnv, part } from "../_docker-env.ts";
import { getJson, inspectAll } from "../_inspect.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const inspect = cobra({
  use: "inspect [OPTIONS] VOLUME [VOLUME...]",
  short: "Display detailed information on one or more volumes",
  args: atLeast(1),
  flags: { format: string("format", "f", "Print with a Go template") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* inspectAll(env, args, flags.format, (name) => getJson(env, `/volumes/${part(name)}`), (name) => `Error: No such volume: ${name}`);
  },
});
