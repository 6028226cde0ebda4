import { type Blocking, O, SysError } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { between, cobra } from "../../kit/cobra.ts";
import { list, string } from "../../kit/pflag.ts";
import { configOfChanges } from "../container/commit.ts";
import { type DockerEnv, errorLine, query } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { runFlags } from "../_run-flags.ts";

export const importImage = cobra({
  use: "import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
  short: "Import the contents from a tarball to create a filesystem image",
  args: between(1, 2),
  flags: { change: list("change", "c", "Apply a Dockerfile instruction"), message: string("message", "m", "Comment"), platform: runFlags.platform },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [source = "", repo = ""] = args;
    let fd = 0;
    if (source !== "-") {
      try {
        fd = yield* env.sys.open(source, O.RDONLY);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* env.io.err(`open ${source}: ${error.message.toLowerCase()}\n`);
        return 1;
      }
    }
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* env.sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    try {
      const progress = progressPrinter(env, 1);
      yield* requestStream(env.sys, "POST", `/images/create${query({ fromSrc: "-", repo, message: flags.message, config: JSON.stringify(configOfChanges(flags.change)) })}`, whole, progress.print, env.host);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
