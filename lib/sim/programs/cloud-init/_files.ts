// Files of cloud-init: written whole, trees removed, programs run.
import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { waitFor } from "../kit/shell-command.ts";
import { nameExists } from "../kit/presence.ts";

export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = 1; depth <= parts.length; depth++) {
    try {
      sys.mkdir(`/${parts.slice(0, depth).join("/")}`, mode);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}

/** Makes the directories above it. Errors: SysError. */
export function* writeFile(sys: Sys, path: string, content: string | Uint8Array, mode = 0o644, append = false): Blocking<void> {
  makeDirectories(sys, path.slice(0, path.lastIndexOf("/")));
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | (append ? O.APPEND : O.TRUNC), mode);
  try {
    yield* sys.write(fd, typeof content === "string" ? encode(content) : content);
    sys.fchmod(fd, mode);
  } finally {
    sys.close(fd);
  }
}

export function removeTree(sys: Sys, path: string): void {
  if ((sys.lstat(path).mode & S.IFMT) !== S.IFDIR) {
    sys.unlink(path);
    return;
  }
  for (const entry of sys.readdir(path)) removeTree(sys, `${path}/${entry.name}`);
  sys.rmdir(path);
}

export function removeIfThere(sys: Sys, path: string): void {
  if (nameExists(sys, path)) removeTree(sys, path);
}

export function namesIn(sys: Sys, directory: string): readonly string[] {
  try {
    return sys.readdir(directory).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs a program found on the usual path; its exit status, 127 when there is none. `quiet`: its output goes nowhere. */
export function* runProgram(sys: Sys, argv: readonly string[], options: { readonly quiet?: boolean; readonly input?: string; readonly environment?: readonly (readonly [string, string])[] } = {}): Blocking<number> {
  const name = argv[0] ?? "";
  const path = name.startsWith("/") ? name : PATH.split(":").map((directory) => `${directory}/${name}`).find((one) => nameExists(sys, one));
  if (path === undefined) return 127;
  const pipe = options.input === undefined ? undefined : sys.pipe();
  const pid = sys.fork(function* child(own) {
    try {
      if (pipe !== undefined) {
        own.dup2(pipe[0], 0);
        own.close(pipe[0]);
        own.close(pipe[1]);
      }
      if (options.quiet === true) {
        const nothing = yield* own.open("/dev/null", O.RDWR);
        own.dup2(nothing, 1);
        own.dup2(nothing, 2);
      }
      return yield* own.exec(path, argv, new Map([...own.environment, ["PATH", PATH], ...(options.environment ?? [])]));
    } catch (error) {
      if (error instanceof SysError) return 126;
      throw error;
    }
  });
  if (pipe !== undefined) {
    sys.close(pipe[0]);
    yield* sys.write(pipe[1], encode(options.input ?? ""));
    sys.close(pipe[1]);
  }
  const status = yield* waitFor(sys, pid);
  return status.kind === "exited" ? status.status : 128;
}
