import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { int } from "../../kit/pflag.ts";
import { call, type DockerEnv, part, query, together } from "../_docker-env.ts";

export const stop = cobra({
  use: "stop [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Stop one or more running containers",
  args: atLeast(1),
  flags: { time: int("time", "t", "Seconds until it is killed", { initial: 10, defaultText: "10" }) },
  *run({ flags, args, changed }, env: DockerEnv): Blocking<number> {
    return yield* together(env, args, function* (one, name) {
      yield* call(one, "POST", `/containers/${part(name)}/stop${query({ t: changed.has("time") ? flags.time : undefined })}`);
      return name;
    });
  },
});
