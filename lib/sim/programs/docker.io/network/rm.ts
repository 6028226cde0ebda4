import type { Blocking } from "../../../kernel/sys.ts";
import { ApiError } from "../../../daemons/docker/api/client.ts";
import { call, type DockerEnv, forEach, part } from "../_docker-env.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const rm = cobra({
  use: "rm NETWORK [NETWORK...]",
  short: "Remove one or more networks",
  aliases: ["remove"],
  args: atLeast(1),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    return yield* forEach(
      env,
      args,
      function* (name) {
        try {
          yield* call(env, "DELETE", `/networks/${part(name)}`);
        } catch (error) {
          if (error instanceof ApiError && error.status === 404) throw new ApiError(404, `No such network: ${name}`);
          throw error;
        }
        return name;
      },
      "network",
      true,
    );
  },
});
