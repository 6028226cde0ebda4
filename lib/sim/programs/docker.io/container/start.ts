import type { Blocking } from "../../../kernel/sys.ts";
import { ApiError, hijack } from "../../../daemons/docker/api/client.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { join } from "../_attach.ts";
import { call, callJson, type DockerEnv, errorLine, isTerminal, part, query } from "../_docker-env.ts";
import { forwardSignal, shutdownQuietly, waitRequest } from "./run.ts";

export const start = cobra({
  use: "start [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Start one or more stopped containers",
  args: atLeast(1),
  flags: { attach: bool("attach", "a", "Attach STDOUT and STDERR and hand signals on"), interactive: bool("interactive", "i", "Attach the container's STDIN"), detachKeys: string("detach-keys", "", "Keys that leave the container running") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    if (flags.attach || flags.interactive) {
      if (args.length > 1) {
        yield* env.io.err("you cannot start and attach multiple containers at once\n");
        return 1;
      }
      return yield* startAttached(env, args[0] ?? "", flags.interactive);
    }
    const failed: string[] = [];
    const errors: string[] = [];
    for (const name of args) {
      try {
        yield* call(env, "POST", `/containers/${part(name)}/start`);
        yield* env.io.out(`${name}\n`);
      } catch (error) {
        const line = errorLine(error);
        if (line === undefined) throw error;
        errors.push(line);
        failed.push(name);
      }
    }
    if (failed.length === 0) return 0;
    yield* env.io.err(`${errors.join("\n")}\nError: failed to start containers: ${failed.join(", ")}\n`);
    return 1;
  },
});

function* startAttached(env: DockerEnv, name: string, stdin: boolean): Blocking<number> {
  try {
    const container = yield* callJson<{ Id: string; Config: { Tty: boolean; OpenStdin: boolean }; HostConfig: { AutoRemove: boolean } }>(env, "GET", `/containers/${part(name)}/json`);
    if (stdin && container.Config.OpenStdin && container.Config.Tty && !isTerminal(env.sys, 0)) {
      yield* env.io.err("the input device is not a TTY\n");
      return 1;
    }
    const wait = yield* waitRequest(env, container.Id, container.HostConfig.AutoRemove ? "removed" : "next-exit");
    const connection = yield* hijack(env.sys, `/containers/${container.Id}/attach${query({ stream: true, stdin: stdin && container.Config.OpenStdin, stdout: true, stderr: true })}`, {}, env.host);
    let failed: unknown;
    const joined = yield* join(env, connection, {
      terminal: container.Config.Tty,
      stdin: stdin && container.Config.OpenStdin,
      resizeTarget: `/containers/${container.Id}/resize`,
      ...(!container.Config.Tty && { signal: (signal: number) => forwardSignal(env, container.Id, signal) }),
      *started() {
        try {
          yield* call(env, "POST", `/containers/${container.Id}/start`);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          failed = error;
          shutdownQuietly(env.sys, connection.fd);
        }
      },
    });
    if (failed) throw failed;
    return joined.detached ? 0 : yield* wait.read();
  } catch (error) {
    const line = errorLine(error);
    if (line === undefined) throw error;
    yield* env.io.err(`${line}\n`);
    return 1;
  }
}
