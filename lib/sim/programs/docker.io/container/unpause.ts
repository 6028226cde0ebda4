import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { call, type DockerEnv, part, together } from "../_docker-env.ts";

export const unpause = cobra({
  use: "unpause CONTAINER [CONTAINER...]",
  short: "Unpause all processes within one or more containers",
  args: atLeast(1),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    return yield* together(env, args, function* (one, name) {
      yield* call(one, "POST", `/containers/${part(name)}/unpause`);
      return name;
    });
  },
});
