import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { ApiError } from "../../../daemons/docker/api/client.ts";
import { bool } from "../../kit/pflag.ts";
import { call, type DockerEnv, forEach, part, query } from "../_docker-env.ts";

export const rm = cobra({
  use: "rm [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Remove one or more containers",
  args: atLeast(1),
  flags: { force: bool("force", "f", "Kill it first when it runs"), link: bool("link", "l", "Remove the link of that name"), volumes: bool("volumes", "v", "Remove its anonymous volumes too") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* forEach(
      env,
      args,
      function* (name) {
        try {
          yield* call(env, "DELETE", `/containers/${part(name)}${query({ force: flags.force, v: flags.volumes })}`);
        } catch (error) {
          // rm -f of what is not there is no failure, but it is said
          if (flags.force && error instanceof ApiError && error.status === 404) {
            yield* env.io.err(`Error: No such container: ${name}\n`);
            return undefined;
          }
          throw error;
        }
        return name;
      },
      "container",
    );
  },
});
