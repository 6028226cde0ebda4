import type { Blocking } from "../../../kernel/sys.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type DockerEnv, part } from "../_docker-env.ts";
import { getJson, inspectAll } from "../_inspect.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const inspect = cobra({
  use: "inspect [OPTIONS] NETWORK [NETWORK...]",
  short: "Display detailed information on one or more networks",
  args: atLeast(1),
  flags: { format: string("format", "f", "Print with a Go template"), verbose: bool("verbose", "v", "Verbose output") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* inspectAll(env, args, flags.format, (name) => getJson(env, `/networks/${part(name)}`), (name) => `Error: No such network: ${name}`);
  },
});
