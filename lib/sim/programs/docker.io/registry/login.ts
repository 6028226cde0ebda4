import { type Blocking, decode } from "../../../kernel/sys.ts";
import { base64 } from "../../../daemons/docker/api/base64.ts";
import { atMost, cobra } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { HUB, readConfig, writeConfig } from "../_config-file.ts";
import { callJson, type DockerEnv, errorLine, isTerminal } from "../_docker-env.ts";

const UNENCRYPTED = "WARNING! Your password will be stored unencrypted in /root/.docker/config.json.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/engine/reference/commandline/login/#credentials-store\n\n";

function* readLine(env: DockerEnv): Blocking<string> {
  let line = "";
  for (;;) {
    const bytes = yield* env.sys.read(0, 1);
    if (bytes.length === 0 || bytes[0] === 10) return line.replace(/\r$/, "");
    line += decode(bytes);
  }
}

function* ask(env: DockerEnv, prompt: string, secret: boolean): Blocking<string> {
  yield* env.io.out(prompt);
  const before = env.sys.tcgetattr(0);
  if (secret) yield* env.sys.tcsetattr(0, { ...before, flags: new Set([...before.flags].filter((flag) => flag !== "echo")) });
  const line = yield* readLine(env);
  if (secret) {
    yield* env.sys.tcsetattr(0, before);
    yield* env.io.out("\n");
  }
  return line;
}

export const login = cobra({
  use: "login [OPTIONS] [SERVER]",
  short: "Log in to a Docker registry",
  args: atMost(1),
  flags: { password: string("password", "p", "Password"), passwordStdin: bool("password-stdin", "", "Take the password from stdin"), username: string("username", "u", "Username") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const server = args[0] ?? "";
    let { username, password } = flags;
    const fail = function* (line: string): Blocking<number> {
      yield* env.io.err(`${line}\n`);
      return 1;
    };
    if (password !== "") {
      yield* env.io.err("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n");
      if (flags.passwordStdin) return yield* fail("--password and --password-stdin are mutually exclusive");
    }
    if (flags.passwordStdin) {
      if (username === "") return yield* fail("Must provide --username with --password-stdin");
      password = yield* readLine(env);
    }
    if (username === "" || password === "") {
      if (!isTerminal(env.sys, 0)) return yield* fail("Error: Cannot perform an interactive login from a non TTY device");
      if (username === "") {
        if (server === "") yield* env.io.out("Login with your Docker ID to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com to create one.\n");
        username = yield* ask(env, "Username: ", false);
        if (username === "") return yield* fail("Error: Non-null Username Required");
      }
      if (password === "") password = yield* ask(env, "Password: ", true);
      if (password === "") return yield* fail("Error: Password Required");
    }
    try {
      const { Status } = yield* callJson<{ Status: string }>(env, "POST", "/auth", { username, password, serveraddress: server });
      const config = yield* readConfig(env.sys);
      yield* writeConfig(env.sys, { ...config, auths: { ...config.auths, [server === "" || server === "docker.io" ? HUB : server]: { auth: base64(`${username}:${password}`) } } });
      yield* env.io.err(UNENCRYPTED.replace("/root", env.sys.environment.get("HOME") ?? "/root"));
      yield* env.io.out(`${Status}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      return yield* fail(line);
    }
  },
});
