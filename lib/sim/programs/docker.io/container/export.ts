import type { Blocking } from "../../../kernel/sys.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { string } from "../../kit/pflag.ts";
import { type DockerEnv, part } from "../_docker-env.ts";
import { saveAnswer } from "../_streams.ts";

export const exportContainer = cobra({
  use: "export [OPTIONS] CONTAINER",
  short: "Export a container's filesystem as a tar archive",
  args: exactly(1),
  flags: { output: string("output", "o", "Write to a file instead of STDOUT") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* saveAnswer(env, `/containers/${part(args[0] ?? "")}/export`, flags.output);
  },
});
