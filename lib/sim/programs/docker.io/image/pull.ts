import type { Blocking } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { bool } from "../../kit/pflag.ts";
import { pullQuery } from "../container/run.ts";
import { type DockerEnv, errorLine, query } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { runFlags } from "../_run-flags.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

function* quietly(): Blocking<void> {}

export const pull = cobra({
  use: "pull [OPTIONS] NAME[:TAG|@DIGEST]",
  short: "Pull an image or a repository from a registry",
  args: exactly(1),
  flags: { allTags: bool("all-tags", "a", "Pull all tags of the repository", { support: { refused: "pull the tags one by one" } }), disableContentTrust: runFlags.disableContentTrust, platform: runFlags.platform, quiet: bool("quiet", "q", "Print only the name") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const name = args[0] ?? "";
    let shown: string;
    try {
      const reference = parseReference(name);
      shown = reference.registry === "docker.io" ? `docker.io/${reference.path}` : `${reference.registry}/${reference.path}`;
      shown += reference.digest === undefined ? `:${reference.tag ?? "latest"}` : `@${reference.digest}`;
      if (!flags.quiet && reference.tag === undefined && reference.digest === undefined) yield* env.io.out("Using default tag: latest\n");
    } catch (error) {
      if (!(error instanceof BadReference)) throw error;
      yield* env.io.err(`${error.message}\n`);
      return 1;
    }
    try {
      const progress = progressPrinter(env, 1);
      yield* requestStream(env.sys, "POST", `/images/create${query(pullQuery(name))}`, undefined, flags.quiet ? quietly : progress.print, env.host);
      const failed = progress.error();
      if (failed) {
        yield* env.io.err(`${failed.error ?? ""}\n`);
        return 1;
      }
      yield* env.io.out(`${shown}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
