import type { Blocking } from "../../../kernel/sys.ts";
import { hijack } from "../../../daemons/docker/api/client.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { join } from "../_attach.ts";
import { callJson, type DockerEnv, errorLine, isTerminal, part, query } from "../_docker-env.ts";
import { forwardSignal } from "./run.ts";

export const attach = cobra({
  use: "attach [OPTIONS] CONTAINER",
  short: "Attach local standard input, output, and error streams to a running container",
  args: exactly(1),
  flags: { detachKeys: string("detach-keys", "", "Keys that leave the container running"), noStdin: bool("no-stdin", "", "Do not attach STDIN"), sigProxy: bool("sig-proxy", "", "Hand signals on to the process", { initial: true, defaultText: "true" }) },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const name = args[0] ?? "";
    try {
      const container = yield* callJson<{ Id: string; State: { Running: boolean; Paused: boolean; Restarting: boolean }; Config: { Tty: boolean; OpenStdin: boolean } }>(env, "GET", `/containers/${part(name)}/json`);
      if (!container.State.Running) {
        yield* env.io.err("You cannot attach to a stopped container, start it first\n");
        return 1;
      }
      if (container.State.Paused) {
        yield* env.io.err("You cannot attach to a paused container, unpause it first\n");
        return 1;
      }
      const stdin = !flags.noStdin && container.Config.OpenStdin;
      if (stdin && container.Config.Tty && !isTerminal(env.sys, 0)) {
        yield* env.io.err("the input device is not a TTY\n");
        return 1;
      }
      const connection = yield* hijack(env.sys, `/containers/${container.Id}/attach${query({ stream: true, stdin, stdout: true, stderr: true })}`, {}, env.host);
      const joined = yield* join(env, connection, {
        terminal: container.Config.Tty,
        stdin,
        resizeTarget: `/containers/${container.Id}/resize`,
        ...(!container.Config.Tty && flags.sigProxy && { signal: (signal: number) => forwardSignal(env, container.Id, signal) }),
      });
      if (joined.detached) {
        yield* env.io.err("read escape sequence\n");
        return 1;
      }
      const after = yield* callJson<{ State: { ExitCode: number; Running: boolean } }>(env, "GET", `/containers/${container.Id}/json`);
      return after.State.Running ? 0 : after.State.ExitCode;
    } catch (error) {
      const line = errorLine(error, { kind: "container", name });
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
