import type { Blocking } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type DockerEnv, isTerminal } from "../_docker-env.ts";
import { archiveBytes, toldError } from "../_streams.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const load = cobra({
  use: "load [OPTIONS]",
  short: "Load an image from a tar archive or STDIN",
  args: noArgs,
  flags: { input: string("input", "i", "Read from a file instead of STDIN"), quiet: bool("quiet", "q", "No progress") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    if (flags.input === "" && isTerminal(env.sys, 0)) {
      yield* env.io.err("requested load from stdin, but stdin is empty\n");
      return 1;
    }
    const whole = yield* archiveBytes(env, flags.input === "" ? undefined : flags.input);
    if (whole === undefined) return 1;
    try {
      const progress = progressPrinter(env, 1);
      yield* requestStream(env.sys, "POST", "/images/load", whole, progress.print, env.host);
      const failed = progress.error();
      if (failed) yield* env.io.err(`${failed.error ?? ""}\n`);
      return failed ? 1 : 0;
    } catch (error) {
      if (!(yield* toldError(env, error))) throw error;
      return 1;
    }
  },
});
