import type { Blocking } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { BadReference, familiarName, parseReference } from "../../../daemons/docker/api/reference.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { bool } from "../../kit/pflag.ts";
import { credentialsFor } from "../_config-file.ts";
import { type DockerEnv, errorLine, imagePart, query } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { runFlags } from "../_run-flags.ts";

function* quietly(): Blocking<void> {}

export const push = cobra({
  use: "push [OPTIONS] NAME[:TAG]",
  short: "Push an image or a repository to a registry",
  args: exactly(1),
  flags: { allTags: bool("all-tags", "a", "Push all tags of the repository"), disableContentTrust: runFlags.disableContentTrust, quiet: bool("quiet", "q", "Print only the name") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const name = args[0] ?? "";
    try {
      const reference = parseReference(name);
      if (flags.allTags && reference.tag !== undefined) {
        yield* env.io.err("tag can't be used with --all-tags/-a\n");
        return 1;
      }
      if (!flags.allTags && reference.tag === undefined && !flags.quiet) yield* env.io.out("Using default tag: latest\n");
      const tag = flags.allTags ? "" : (reference.tag ?? "latest");
      const progress = progressPrinter(env, 1, flags.quiet ? quietly : undefined);
      const repository = familiarName(reference);
      yield* requestStream(env.sys, "POST", `/images/${imagePart(repository)}/push${query({ tag, auth: yield* credentialsFor(env.sys, reference.registry) })}`, undefined, progress.print, env.host);
      const failed = progress.error();
      if (failed) {
        // the daemon tells that the image is missing apart from a missing tag
        yield* env.io.err(`${failed.error ?? ""}\n`);
        return 1;
      }
      if (flags.quiet) yield* env.io.out(`${reference.registry === "docker.io" ? `docker.io/${reference.path}` : repository}${tag === "" ? "" : `:${tag}`}\n`);
      return 0;
    } catch (error) {
      const line = error instanceof BadReference ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
