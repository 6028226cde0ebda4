import type { Blocking } from "../../../kernel/sys.ts";
import { exactly, cobra } from "../../kit/cobra.ts";
import { callJson, type DockerEnv, errorLine, part } from "../_docker-env.ts";

export const diff = cobra({
  use: "diff CONTAINER",
  short: "Inspect changes to files or directories on a container's filesystem",
  args: exactly(1),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    try {
      const changes = yield* callJson<readonly { Path: string; Kind: number }[]>(env, "GET", `/containers/${part(args[0] ?? "")}/changes`);
      yield* env.io.out(changes.map((change) => `${["C", "A", "D"][change.Kind] ?? "?"} ${change.Path}\n`).join(""));
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
