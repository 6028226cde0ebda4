import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import type { DockerEnv } from "../_docker-env.ts";
import { runFlags } from "../_run-flags.ts";
import { createFor, failure, RunFailed } from "./run.ts";

export const create = cobra({
  use: "create [OPTIONS] IMAGE [COMMAND] [ARG...]",
  short: "Create a new container",
  args: atLeast(1),
  stopAtOperand: true,
  flags: runFlags,
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [image = "", ...command] = args;
    try {
      yield* env.io.out(`${yield* createFor(env, flags, image, command, false)}\n`);
      return 0;
    } catch (error) {
      const failed = error instanceof RunFailed ? error : failure(error, true);
      if (!failed) throw error;
      yield* env.io.err(`${failed.message}\n`);
      return 1;
    }
  },
});
