import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { callJson, type DockerEnv, errorLine, part } from "../_docker-env.ts";
import { psOf } from "../_ps.ts";

export const top = cobra({
  use: "top CONTAINER [ps OPTIONS]",
  short: "Display the running processes of a container",
  args: atLeast(1),
  stopAtOperand: true,
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [name = "", ...options] = args;
    try {
      const { Pids } = yield* callJson<{ Pids: readonly number[] }>(env, "GET", `/containers/${part(name)}/top`);
      return yield* psOf(env, Pids, options.length === 0 ? ["-ef"] : options);
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
