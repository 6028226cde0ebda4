import type { Blocking } from "../../../kernel/sys.ts";
import { list, string } from "../../kit/pflag.ts";
import { call, type DockerEnv, errorLine, part } from "../_docker-env.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

export const connect = cobra({
  use: "connect [OPTIONS] NETWORK CONTAINER",
  short: "Connect a container to a network",
  args: exactly(2),
  flags: { alias: list("alias", "", "Another name of the container there", { type: "strings" }), ip: string("ip", "", "IPv4 address"), link: list("link", "", "Link to another container") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [network = "", container = ""] = args;
    try {
      yield* call(env, "GET", `/containers/${part(container)}/json`);
      yield* call(env, "POST", `/networks/${part(network)}/connect`, { Container: container, Aliases: flags.alias, Address: flags.ip });
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
