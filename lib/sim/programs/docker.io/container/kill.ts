import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { string } from "../../kit/pflag.ts";
import { call, type DockerEnv, part, query, together } from "../_docker-env.ts";

export const kill = cobra({
  use: "kill [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Kill one or more running containers",
  args: atLeast(1),
  flags: { signal: string("signal", "s", "Signal to send", { initial: "KILL", defaultText: '"KILL"' }) },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* together(env, args, function* (one, name) {
      yield* call(one, "POST", `/containers/${part(name)}/kill${query({ signal: flags.signal })}`);
      return name;
    });
  },
});
