import type { Blocking } from "../../../kernel/sys.ts";
import { bool } from "../../kit/pflag.ts";
import { call, type DockerEnv, errorLine, part } from "../_docker-env.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

export const disconnect = cobra({
  use: "disconnect [OPTIONS] NETWORK CONTAINER",
  short: "Disconnect a container from a network",
  args: exactly(2),
  flags: { force: bool("force", "f", "Even when the container is gone") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [network = "", container = ""] = args;
    try {
      yield* call(env, "GET", `/containers/${part(container)}/json`);
      yield* call(env, "POST", `/networks/${part(network)}/disconnect`, { Container: container, Force: flags.force });
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
