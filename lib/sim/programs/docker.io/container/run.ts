import { type Blocking, decode, encode, O, type Sys, SysError, signalName } from "../../../kernel/sys.ts";
import { ApiError, ConnectionFailed, hijack, requestStream } from "../../../daemons/docker/api/client.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { HttpReader, writeRequest } from "../../../daemons/docker/api/http.ts";
import { connect } from "../../../daemons/docker/api/client.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { join } from "../_attach.ts";
import { callJson, type DockerEnv, isTerminal, part, query, call } from "../_docker-env.ts";
import { progressPrinter } from "../_pull-progress.ts";
import { createBody, RunError, runFlags, type RunValues } from "../_run-flags.ts";
import { exists } from "../../kit/presence.ts";

/** The end of a failed run: the line and docker's exit status. */
export class RunFailed extends Error {
  readonly status: number;
  /** errors after the container was made have no "See …" line */
  readonly see: boolean;
  constructor(message: string, status: number, see: boolean) {
    super(message);
    this.status = status;
    this.see = see;
  }
}

function* readFiles(sys: Sys, paths: readonly string[]): Blocking<string[]> {
  const texts: string[] = [];
  for (const path of paths) {
    try {
      const fd = yield* sys.open(path, O.RDONLY);
      texts.push(decode(yield* sys.read(fd, 1_000_000)));
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) throw new RunFailed(`open ${path}: ${error.message.toLowerCase()}`, 125, true);
      throw error;
    }
  }
  return texts;
}

/** What docker makes of an error of the API when it runs a container. */
function runStatus(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file/.test(message)) return 127;
  if (/permission denied|not a directory|is a directory|Permission denied/.test(message)) return 126;
  return 125;
}

export function failure(error: unknown, see: boolean): RunFailed | undefined {
  if (error instanceof ConnectionFailed) return new RunFailed(error.message, error.permission ? 126 : 125, true);
  if (error instanceof ApiError) return new RunFailed(`Error response from daemon: ${error.message}`, runStatus(error.message), see);
  return undefined;
}

/** Makes the container, pulling its image when it is not here. Returns its id. Errors: RunFailed. */
export function* createFor(env: DockerEnv, flags: RunValues, image: string, command: readonly string[], detach: boolean): Blocking<string> {
  if (flags.cidfile !== "" && exists(env.sys, flags.cidfile)) throw new RunFailed(`container ID file found, make sure the other container isn't running or delete ${flags.cidfile}`, 125, true);
  const files = yield* readFiles(env.sys, flags.envFile);
  let body: Record<string, unknown>;
  try {
    body = createBody(env.sys, flags, image, command, files, detach);
    if (!/^[0-9a-f]{64}$/.test(image) && !image.startsWith("sha256:")) parseReference(image);
  } catch (error) {
    if (error instanceof RunError || error instanceof BadReference) throw new RunFailed(error.message, 125, true);
    throw error;
  }
  const pull = function* (): Blocking<void> {
    const progress = progressPrinter(env, 2);
    try {
      yield* requestStream(env.sys, "POST", `/images/create${query(pullQuery(image))}`, undefined, progress.print, env.host);
    } catch (error) {
      throw failure(error, true) ?? error;
    }
    const failed = progress.error();
    if (failed) throw new RunFailed(`Error response from daemon: ${failed.error ?? ""}`, 125, true);
  };
  const create = () => callJson<{ Id: string; Warnings: readonly string[] }>(env, "POST", `/containers/create${query({ name: flags.name })}`, body);
  if (flags.pull === "always") yield* pull();
  let made: { Id: string; Warnings: readonly string[] };
  try {
    made = yield* create();
  } catch (error) {
    const missing = error instanceof ApiError && error.status === 404 && /^No such image/.test(error.message);
    if (!missing || flags.pull === "never") throw failure(error, true) ?? error;
    yield* env.io.err(`Unable to find image '${/[:@]/.test(image.slice(image.lastIndexOf("/") + 1)) ? image : `${image}:latest`}' locally\n`);
    yield* pull();
    try {
      made = yield* create();
    } catch (again) {
      throw failure(again, true) ?? again;
    }
  }
  for (const warning of made.Warnings) yield* env.io.err(`WARNING: ${warning}\n`);
  if (flags.cidfile !== "") {
    const fd = yield* env.sys.open(flags.cidfile, O.WRONLY | O.CREAT | O.EXCL, 0o644);
    yield* env.sys.write(fd, encode(made.Id));
    env.sys.close(fd);
  }
  return made.Id;
}

export function pullQuery(image: string): { fromImage: string; tag: string } {
  const reference = parseReference(image);
  const tag = reference.digest ?? reference.tag ?? "latest";
  return { fromImage: image.replace(/@.*$/, "").replace(/:[^/:]*$/, (end) => (reference.tag === undefined ? end : "")), tag };
}

/** Asks for the end before the start, so that nothing is missed; `read` waits for it. */
export function* waitRequest(env: DockerEnv, id: string, condition: "next-exit" | "removed"): Blocking<{ read(): Blocking<number> }> {
  const target = `/containers/${id}/wait${query({ condition })}`;
  const fd = yield* connect(env.sys, "POST", target, env.host);
  yield* writeRequest(env.sys, fd, "POST", `/v1.41${target}`, "docker", undefined);
  const reader = new HttpReader(env.sys, fd);
  const head = yield* reader.responseHead();
  return {
    *read() {
      for (;;) {
        try {
          const body = yield* reader.body(head.headers);
          env.sys.close(fd);
          return (JSON.parse(decode(body)) as { StatusCode: number }).StatusCode;
        } catch (error) {
          if (!(error instanceof SysError && error.errno === "EINTR")) throw error;
        }
      }
    },
  };
}

function* start(env: DockerEnv, id: string): Blocking<void> {
  try {
    yield* call(env, "POST", `/containers/${id}/start`);
  } catch (error) {
    throw failure(error, false) ?? error;
  }
}

export function shutdownQuietly(sys: Sys, fd: number): void {
  try {
    sys.shutdown(fd, "both");
  } catch (error) {
    // the daemon closed first
    if (!(error instanceof SysError)) throw error;
  }
}

/** docker's --sig-proxy */
export function* forwardSignal(env: DockerEnv, id: string, signal: number): Blocking<void> {
  try {
    yield* call(env, "POST", `/containers/${id}/kill${query({ signal: signalName(signal) ?? String(signal) })}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function* runAttached(env: DockerEnv, flags: RunValues, id: string, sigProxy: boolean): Blocking<number> {
  const wait = yield* waitRequest(env, id, flags.rm ? "removed" : "next-exit");
  const wants = (name: string, initial: boolean) => (flags.attach.length === 0 ? initial : flags.attach.some((one) => one.toLowerCase() === name));
  const stdin = flags.interactive && wants("stdin", true);
  const connection = yield* hijack(env.sys, `/containers/${id}/attach${query({ stream: true, stdin, stdout: wants("stdout", true), stderr: wants("stderr", true) })}`, {}, env.host);
  let failed: RunFailed | undefined;
  const joined = yield* join(env, connection, {
    terminal: flags.tty,
    stdin,
    resizeTarget: `/containers/${id}/resize`,
    *started() {
      try {
        yield* start(env, id);
      } catch (error) {
        if (!(error instanceof RunFailed)) throw error;
        failed = error;
        shutdownQuietly(env.sys, connection.fd);
      }
    },
    ...(!flags.tty && sigProxy && { signal: (signal: number) => forwardSignal(env, id, signal) }),
  });
  if (failed) {
    if (flags.rm) yield* removeQuietly(env, id);
    throw failed;
  }
  if (joined.detached) return 0;
  return yield* wait.read();
}

function* removeQuietly(env: DockerEnv, id: string): Blocking<void> {
  try {
    yield* call(env, "DELETE", `/containers/${id}${query({ force: true, v: true })}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

export const run = cobra({
  use: "run [OPTIONS] IMAGE [COMMAND] [ARG...]",
  short: "Run a command in a new container",
  args: atLeast(1),
  stopAtOperand: true,
  flags: {
    ...runFlags,
    detach: bool("detach", "d", "Run in the background and print the id"),
    detachKeys: string("detach-keys", "", "Keys that leave the container running"),
    sigProxy: bool("sig-proxy", "", "Hand signals on to the process", { initial: true, defaultText: "true" }),
  },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [image = "", ...command] = args;
    try {
      if (flags.detach && flags.attach.length > 0) throw new RunFailed("Conflicting options: -a and -d", 125, true);
      if (flags.tty && flags.interactive && !flags.detach && !isTerminal(env.sys, 0)) {
        yield* env.io.err("the input device is not a TTY\n");
        return 1;
      }
      if ((flags.network === "host" || flags.net === "host") && flags.publish.length > 0) yield* env.io.err("WARNING: Published ports are discarded when using host network mode\n");
      const id = yield* createFor(env, flags, image, command, flags.detach);
      if (!flags.detach) return yield* runAttached(env, flags, id, flags.sigProxy);
      yield* env.io.out(`${id}\n`);
      try {
        yield* start(env, id);
      } catch (error) {
        if (flags.rm) yield* removeQuietly(env, part(id));
        throw error;
      }
      return 0;
    } catch (error) {
      const failed = error instanceof RunFailed ? error : failure(error, true);
      if (!failed) throw error;
      yield* env.io.err(`docker: ${failed.message.replace(/\.$/, "")}.\n${failed.see ? "See 'docker run --help'.\n" : ""}`);
      return failed.status;
    }
  },
});
