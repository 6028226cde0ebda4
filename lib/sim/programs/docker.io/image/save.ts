import type { Blocking } from "../../../kernel/sys.ts";
import { string } from "../../kit/pflag.ts";
import { type DockerEnv, query } from "../_docker-env.ts";
import { saveAnswer } from "../_streams.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const save = cobra({
  use: "save [OPTIONS] IMAGE [IMAGE...]",
  short: "Save one or more images to a tar archive (streamed to STDOUT by default)",
  args: atLeast(1),
  flags: { output: string("output", "o", "Write to a file instead of STDOUT") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* saveAnswer(env, `/images/get${query({ names: args.join(",") })}`, flags.output);
  },
});
