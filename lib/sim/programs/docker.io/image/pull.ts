import type { Blocking } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { bool } from "../../kit/pflag.ts";
import { credentialsFor } from "../_config-file.ts";
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
  flags: { allTags: bool("all-tags", "a", "Pull all tags of the repository"), disableContentTrust: runFlags.disableContentTrust, platform: runFlags.platform, quiet: bool("quiet", "q", "Print only the name") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const name = args[0] ?? "";
    let shown: string;
    let credentials: string | undefined;
    try {
      const reference = parseReference(name);
      shown = reference.registry === "docker.io" ? `docker.io/${reference.path}` : `${reference.registry}/${reference.path}`;
      shown += reference.digest === undefined ? `:${reference.tag ?? "latest"}` : `@${reference.digest}`;
      if (flags.allTags) {
        if (reference.tag !== undefined || reference.digest !== undefined) {
          yield* env.io.err("tag can't be used with --all-tags/-a\n");
          return 1;
        }
        shown = reference.registry === "docker.io" ? `docker.io/${reference.path}` : `${reference.registry}/${reference.path}`;
      }
      credentials = yield* credentialsFor(env.sys, reference.registry);
      if (!flags.allTags && !flags.quiet && reference.tag === undefined && reference.digest === undefined) yield* env.io.out("Using default tag: latest\n");
    } catch (error) {
      if (!(error instanceof BadReference)) throw error;
      yield* env.io.err(`${error.message}\n`);
      return 1;
    }
    try {
      const progress = progressPrinter(env, 1, flags.quiet ? quietly : undefined);
      yield* requestStream(env.sys, "POST", `/images/create${query({ ...pullQuery(name), all: flags.allTags, auth: credentials })}`, undefined, progress.print, env.host);
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
