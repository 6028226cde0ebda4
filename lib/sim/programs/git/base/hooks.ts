// Hooks: programs in .git/hooks that git runs at certain moments (githooks(5)).
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { nameExists } from "../../kit/presence.ts";
import { waitFor } from "../../kit/shell-command.ts";
import { writeFd } from "../store/file-bytes.ts";
import { encode } from "../../../kernel/sys.ts";
import { startChild, statusOf } from "./child-process.ts";
import type { Git } from "./git.ts";

export interface HookOptions {
  readonly environment?: ReadonlyMap<string, string | undefined>;
  readonly stdin?: string;
}

/** Its path, when there is one that may be run. */
export function* hookPath(git: Git, name: string): Blocking<string | undefined> {
  const folder = git.config.path("core.hookspath") ?? `${git.repository.gitDir}/hooks`;
  const path = `${folder}/${name}`;
  if (!nameExists(git.sys, path)) return undefined;
  try {
    git.sys.access(path, 1);
    return path;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* git.advice("ignoredHook", `The '${folder.startsWith(`${git.sys.getcwd()}/`) ? path.slice(git.sys.getcwd().length + 1) : path}' hook was ignored because it's not set as executable.\nYou can disable this warning with \`git config advice.ignoredHook false\`.`);
    return undefined;
  }
}

/** Its exit status; undefined when there is none. Its output goes to standard error. */
export function* runHook(git: Git, name: string, args: readonly string[], options: HookOptions = {}): Blocking<number | undefined> {
  const path = yield* hookPath(git, name);
  if (path === undefined) return undefined;
  yield* git.out.flush();
  const { sys } = git;
  const [read, write] = options.stdin === undefined ? [undefined, undefined] : sys.pipe();
  const environment = new Map<string, string | undefined>([["GIT_PREFIX", git.prefix], ...(git.repository.place.workTree === undefined ? [["GIT_DIR", "."] as const] : []), ...(options.environment ?? [])]);
  let failure: SysError | undefined;
  const pid = startChild(sys, [path, ...args], { environment, stdout: 2, ...(read !== undefined && { stdin: read }), ...(write !== undefined && { close: [write] }) }, false, (error) => { failure = error; });
  if (read !== undefined && write !== undefined) {
    sys.close(read);
    const before = sys.sigaction(13, "ignore");
    try {
      yield* writeFd(sys, write, encode(options.stdin ?? ""));
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EPIPE") throw error;
    }
    sys.sigaction(13, before);
    sys.close(write);
  }
  const status = statusOf(yield* waitFor(sys, pid));
  if (failure) {
    yield* git.error(`cannot run ${path.startsWith(`${sys.getcwd()}/`) ? path.slice(sys.getcwd().length + 1) : path}: ${failure.message}`);
    return 1;
  }
  return status;
}
