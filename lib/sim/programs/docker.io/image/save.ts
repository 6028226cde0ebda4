import { type Blocking, O } from "../../../kernel/sys.ts";
import { string } from "../../kit/pflag.ts";
import { call, type DockerEnv, errorLine, isTerminal, query } from "../_docker-env.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const save = cobra({
  use: "save [OPTIONS] IMAGE [IMAGE...]",
  short: "Save one or more images to a tar archive (streamed to STDOUT by default)",
  args: atLeast(1),
  flags: { output: string("output", "o", "Write to a file instead of STDOUT") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    if (flags.output === "" && isTerminal(env.sys, 1)) {
      yield* env.io.err("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
      return 1;
    }
    try {
      const { body } = yield* call(env, "GET", `/images/get${query({ names: args.join(",") })}`);
      const fd = flags.output === "" ? 1 : yield* env.sys.open(flags.output, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* env.sys.write(fd, body);
      if (fd !== 1) env.sys.close(fd);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
