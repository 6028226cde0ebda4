import { type Blocking, decode, O, SysError } from "../../../kernel/sys.ts";
import { ApiError, hijack } from "../../../daemons/docker/api/client.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { join } from "../_attach.ts";
import { call, callJson, type DockerEnv, errorLine, isTerminal, part } from "../_docker-env.ts";

export const exec = cobra({
  use: "exec [OPTIONS] CONTAINER COMMAND [ARG...]",
  short: "Run a command in a running container",
  args: atLeast(2),
  stopAtOperand: true,
  flags: {
    detach: bool("detach", "d", "Run the command in the background"),
    detachKeys: string("detach-keys", "", "Keys that leave the command running"),
    env: list("env", "e", "Set environment variables"),
    envFile: list("env-file", "", "Read environment variables from a file"),
    interactive: bool("interactive", "i", "Keep STDIN open even if nothing is attached"),
    privileged: bool("privileged", "", "Give all rights to the command"),
    tty: bool("tty", "t", "Give it a terminal"),
    user: string("user", "u", "User name or id (NAME|UID[:GROUP|GID])"),
    workdir: string("workdir", "w", "Working directory inside"),
  },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [name = "", ...command] = args;
    if (flags.tty && flags.interactive && !flags.detach && !isTerminal(env.sys, 0)) {
      yield* env.io.err("the input device is not a TTY\n");
      return 1;
    }
    const entries = [...flags.env];
    for (const path of flags.envFile) {
      try {
        const fd = yield* env.sys.open(path, O.RDONLY);
        entries.push(...decode(yield* env.sys.read(fd, 1_000_000)).split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")));
        env.sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* env.io.err(`open ${path}: ${error.message.toLowerCase()}\n`);
        return 1;
      }
    }
    const environment = entries.flatMap((entry) => {
      if (entry.includes("=")) return [entry];
      const own = env.sys.environment.get(entry);
      return own === undefined ? [] : [`${entry}=${own}`];
    });
    try {
      const { Id } = yield* callJson<{ Id: string }>(env, "POST", `/containers/${part(name)}/exec`, { Cmd: command, Tty: flags.tty, AttachStdin: flags.interactive && !flags.detach, AttachStdout: !flags.detach, AttachStderr: !flags.detach, User: flags.user, Env: environment, WorkingDir: flags.workdir, Privileged: flags.privileged });
      if (flags.detach) {
        yield* call(env, "POST", `/exec/${Id}/start`, { Detach: true });
        return 0;
      }
      const connection = yield* hijack(env.sys, `/exec/${Id}/start`, { Detach: false, Tty: flags.tty }, env.host);
      const joined = yield* join(env, connection, { terminal: flags.tty, stdin: flags.interactive, resizeTarget: `/exec/${Id}/resize` });
      if (joined.detached) return 0;
      const after = yield* callJson<{ ExitCode: number | null }>(env, "GET", `/exec/${Id}/json`);
      return after.ExitCode ?? 0;
    } catch (error) {
      const line = errorLine(error, { kind: "container", name });
      if (line === undefined) throw error;
      const runtime = error instanceof ApiError && /^OCI runtime exec failed/.test(error.message);
      yield* env.io.err(runtime ? `${error.message}\n` : `${line}\n`);
      return runtime ? 126 : 1;
    }
  },
});
