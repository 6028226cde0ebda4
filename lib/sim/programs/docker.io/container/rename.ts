import type { Blocking } from "../../../kernel/sys.ts";
import { exactly, cobra } from "../../kit/cobra.ts";
import { call, type DockerEnv, errorLine, part, query } from "../_docker-env.ts";

export const rename = cobra({
  use: "rename CONTAINER NEW_NAME",
  short: "Rename a container",
  args: exactly(2),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [name = "", next = ""] = args;
    try {
      yield* call(env, "POST", `/containers/${part(name)}/rename${query({ name: next })}`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\nError: failed to rename container named ${name}\n`);
      return 1;
    }
  },
});
