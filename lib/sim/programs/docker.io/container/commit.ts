import type { Blocking } from "../../../kernel/sys.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { between, cobra } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, query } from "../_docker-env.ts";

/** --change CMD/ENTRYPOINT/ENV/… as changes of the configuration. */
export function configOfChanges(changes: readonly string[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const change of changes) {
    const [name = "", rest = ""] = change.trim().split(/\s+(.*)/s);
    const json = rest.startsWith("[") ? (JSON.parse(rest) as readonly string[]) : undefined;
    const command = json ?? ["/bin/sh", "-c", rest];
    switch (name.toUpperCase()) {
      case "CMD":
        config.Cmd = command;
        break;
      case "ENTRYPOINT":
        config.Entrypoint = command;
        break;
      case "ENV":
        config.Env = [...((config.Env as string[] | undefined) ?? []), rest.includes("=") ? rest : rest.replace(/\s+/, "=")];
        break;
      case "WORKDIR":
        config.WorkingDir = rest;
        break;
      case "USER":
        config.User = rest;
        break;
      case "EXPOSE":
        config.ExposedPorts = { [rest.includes("/") ? rest : `${rest}/tcp`]: {} };
        break;
      case "LABEL":
        config.Labels = { [rest.split("=")[0] ?? ""]: rest.slice(rest.indexOf("=") + 1).replace(/^"|"$/g, "") };
        break;
      default:
        break;
    }
  }
  return config;
}

export const commit = cobra({
  use: "commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
  short: "Create a new image from a container's changes",
  args: between(1, 2),
  flags: { author: string("author", "a", "Author"), change: list("change", "c", "Apply a Dockerfile instruction"), message: string("message", "m", "Comment"), pause: bool("pause", "p", "Pause the container meanwhile", { initial: true, defaultText: "true" }) },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [container = "", reference = ""] = args;
    try {
      if (reference !== "") parseReference(reference);
      const slash = reference.lastIndexOf("/");
      const colon = reference.indexOf(":", slash + 1);
      const repo = colon < 0 ? reference : reference.slice(0, colon);
      const tag = colon < 0 ? "" : reference.slice(colon + 1);
      const { Id } = yield* callJson<{ Id: string }>(env, "POST", `/commit${query({ container, repo, tag, author: flags.author, comment: flags.message })}`, configOfChanges(flags.change));
      yield* env.io.out(`${Id}\n`);
      return 0;
    } catch (error) {
      const line = error instanceof BadReference ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
