import type { Blocking } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { between, cobra } from "../../kit/cobra.ts";
import { list, string } from "../../kit/pflag.ts";
import { configOfChanges } from "../container/commit.ts";
import { type DockerEnv, query } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { archiveBytes, toldError } from "../_streams.ts";
import { runFlags } from "../_run-flags.ts";

export const importImage = cobra({
  use: "import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
  short: "Import the contents from a tarball to create a filesystem image",
  args: between(1, 2),
  flags: { change: list("change", "c", "Apply a Dockerfile instruction"), message: string("message", "m", "Comment"), platform: runFlags.platform },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [source = "", repo = ""] = args;
    const whole = yield* archiveBytes(env, source === "-" ? undefined : source);
    if (whole === undefined) return 1;
    try {
      const progress = progressPrinter(env, 1);
      yield* requestStream(env.sys, "POST", `/images/create${query({ fromSrc: "-", repo, message: flags.message, config: JSON.stringify(configOfChanges(flags.change)) })}`, whole, progress.print, env.host);
      return 0;
    } catch (error) {
      if (!(yield* toldError(env, error))) throw error;
      return 1;
    }
  },
});
