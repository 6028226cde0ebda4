import { type Blocking, O } from "../../../kernel/sys.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { string } from "../../kit/pflag.ts";
import { call, type DockerEnv, errorLine, isTerminal, part } from "../_docker-env.ts";

export const exportContainer = cobra({
  use: "export [OPTIONS] CONTAINER",
  short: "Export a container's filesystem as a tar archive",
  args: exactly(1),
  flags: { output: string("output", "o", "Write to a file instead of STDOUT") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    if (flags.output === "" && isTerminal(env.sys, 1)) {
      yield* env.io.err("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
      return 1;
    }
    try {
      const { body } = yield* call(env, "GET", `/containers/${part(args[0] ?? "")}/export`);
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
