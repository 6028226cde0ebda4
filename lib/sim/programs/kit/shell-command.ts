// Running a command line with /bin/sh, as system(3) and popen(3) do, for awk, sed, find and others.

import { type Blocking, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";

type Environment = ReadonlyMap<string, string>;

function* execShell(sys: Sys, command: string, shellName: string, environment: Environment): Blocking<number> {
  try {
    yield* sys.exec("/bin/sh", [shellName, "-c", command], environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return 127;
}

/** system(3): runs it with the caller's descriptors and waits. `shellName` is what the shell's messages begin with. */
export function* runShell(sys: Sys, command: string, shellName = "sh", environment: Environment = sys.environment): Blocking<WaitStatus> {
  const pid = sys.fork((child) => execShell(child, command, shellName, environment));
  return yield* waitFor(sys, pid);
}

export function* waitFor(sys: Sys, pid: number): Blocking<WaitStatus> {
  for (;;) {
    try {
      const waited = yield* sys.waitpid(pid);
      if (waited) return waited.status;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
  }
}

export interface ShellPipe {
  readonly pid: number;
  /** The caller's end. */
  readonly fd: number;
}

/** popen(3): "r" gives its standard output, "w" its standard input. */
export function openShellPipe(sys: Sys, command: string, mode: "r" | "w", shellName = "sh", environment: Environment = sys.environment): ShellPipe {
  const [read, write] = sys.pipe();
  const [mine, theirs] = mode === "r" ? [read, write] : [write, read];
  sys.setCloexec(mine, true);
  const pid = sys.fork(function* (child) {
    child.close(mine);
    child.dup2(theirs, mode === "r" ? 1 : 0);
    child.close(theirs);
    return yield* execShell(child, command, shellName, environment);
  });
  sys.close(theirs);
  return { pid, fd: mine };
}

/** All output of a command, and its status. */
export function* shellOutput(sys: Sys, command: string): Blocking<{ readonly bytes: Uint8Array; readonly status: WaitStatus }> {
  const pipe = openShellPipe(sys, command, "r");
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = yield* sys.read(pipe.fd, 65536);
    if (bytes.length === 0) break;
    parts.push(bytes);
    length += bytes.length;
  }
  sys.close(pipe.fd);
  const status = yield* waitFor(sys, pipe.pid);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { bytes: whole, status };
}
