import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { callJson, type DockerEnv, forEach, part } from "../_docker-env.ts";

export const wait = cobra({
  use: "wait CONTAINER [CONTAINER...]",
  short: "Block until one or more containers stop, then print their exit codes",
  args: atLeast(1),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    return yield* forEach(env, args, function* (name) {
      const answer = yield* callJson<{ StatusCode: number }>(env, "POST", `/containers/${part(name)}/wait`);
      return String(answer.StatusCode);
    });
  },
});
