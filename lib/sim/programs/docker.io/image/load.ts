import { type Blocking, O, SysError } from "../../../kernel/sys.ts";
import { requestStream } from "../../../daemons/docker/api/client.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type DockerEnv, errorLine, isTerminal } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const load = cobra({
  use: "load [OPTIONS]",
  short: "Load an image from a tar archive or STDIN",
  args: noArgs,
  flags: { input: string("input", "i", "Read from a file instead of STDIN"), quiet: bool("quiet", "q", "No progress") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    let fd = 0;
    if (flags.input !== "") {
      try {
        fd = yield* env.sys.open(flags.input, O.RDONLY);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* env.io.err(`open ${flags.input}: ${error.message.toLowerCase()}\n`);
        return 1;
      }
    } else if (isTerminal(env.sys, 0)) {
      yield* env.io.err("requested load from stdin, but stdin is empty\n");
      return 1;
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
      yield* requestStream(env.sys, "POST", "/images/load", whole, progress.print, env.host);
      const failed = progress.error();
      if (failed) yield* env.io.err(`${failed.error ?? ""}\n`);
      return failed ? 1 : 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
