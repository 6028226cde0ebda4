// docker stack, secret and config as far as their listings: what they say outside a swarm, and that there are none inside.
import { cobra, type CobraNode, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { call, type DockerEnv } from "../_docker-env.ts";
import { tabulate } from "../_format.ts";
import { attempt } from "./_request.ts";

function listing(short: string, target: string, columns: readonly string[]): CobraNode<DockerEnv> {
  return cobra({
    use: "ls [OPTIONS]", short, aliases: ["list"], args: noArgs, flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), quiet: bool("quiet", "q", "Only ids") },
    run: ({ flags }, env: DockerEnv) => attempt(env, function* () {
      yield* call(env, "GET", target);
      if (flags.format === "" && !flags.quiet) yield* env.io.out(tabulate([columns]));
      return 0;
    }),
  });
}

export const stack = group<DockerEnv>("stack", "Manage Docker stacks", [listing("List stacks", "/services", ["NAME", "SERVICES", "ORCHESTRATOR"])]);
export const secret = group<DockerEnv>("secret", "Manage Docker secrets", [listing("List secrets", "/secrets", ["ID", "NAME", "DRIVER", "CREATED", "UPDATED"])]);
export const swarmConfig = group<DockerEnv>("config", "Manage Docker configs", [listing("List configs", "/configs", ["ID", "NAME", "CREATED", "UPDATED"])]);
