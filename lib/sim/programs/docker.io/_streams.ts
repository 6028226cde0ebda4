// What the commands for archives share: an archive from a file or standard input, an answer of the daemon into a file or to standard output.
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { readWhole } from "../kit/read-whole.ts";
import { call, type DockerEnv, errorLine, isTerminal } from "./_docker-env.ts";

/** Undefined when it cannot be opened, which is told. */
export function* archiveBytes(env: DockerEnv, path: string | undefined): Blocking<Uint8Array | undefined> {
  if (path === undefined) return yield* readWhole(env.sys, 0);
  let fd: number;
  try {
    fd = yield* env.sys.open(path, O.RDONLY);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* env.io.err(`open ${path}: ${error.message.toLowerCase()}\n`);
    return undefined;
  }
  try {
    return yield* readWhole(env.sys, fd);
  } finally {
    env.sys.close(fd);
  }
}

/** Tells what the daemon refused; true for such an error. */
export function* toldError(env: DockerEnv, error: unknown): Blocking<boolean> {
  const line = errorLine(error);
  if (line !== undefined) yield* env.io.err(`${line}\n`);
  return line !== undefined;
}

/** The answer to a request, into `output` or, where that is "", to standard output, which may be no terminal. */
export function* saveAnswer(env: DockerEnv, url: string, output: string): Blocking<number> {
  if (output === "" && isTerminal(env.sys, 1)) {
    yield* env.io.err("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
    return 1;
  }
  try {
    const { body } = yield* call(env, "GET", url);
    const fd = output === "" ? 1 : yield* env.sys.open(output, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* env.sys.write(fd, body);
    if (fd !== 1) env.sys.close(fd);
    return 0;
  } catch (error) {
    if (!(yield* toldError(env, error))) throw error;
    return 1;
  }
}
