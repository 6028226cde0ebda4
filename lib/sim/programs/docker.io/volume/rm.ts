import type { Blocking } from "../../../kernel/sys.ts";
import { bool } from "../../kit/pflag.ts";
import { call, type DockerEnv, forEach, part, query } from "../_docker-env.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const rm = cobra({
  use: "rm [OPTIONS] VOLUME [VOLUME...]",
  short: "Remove one or more volumes",
  aliases: ["remove"],
  args: atLeast(1),
  flags: { force: bool("force", "f", "No error when it does not exist") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* forEach(
      env,
      args,
      function* (name) {
        yield* call(env, "DELETE", `/volumes/${part(name)}${query({ force: flags.force })}`);
        return name;
      },
      "volume",
    );
  },
});
