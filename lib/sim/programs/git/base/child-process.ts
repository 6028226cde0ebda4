// Programs that git runs: hooks, editors, pagers, ssh, other gits.
import type { Blocking, Sys, SysError, WaitStatus } from "../../../kernel/sys.ts";
import { execSearching } from "../../kit/exec-path.ts";
import { waitFor } from "../../kit/shell-command.ts";

export interface ChildOptions {
  readonly environment?: ReadonlyMap<string, string | undefined>;
  readonly stdin?: number;
  readonly stdout?: number;
  readonly directory?: string;
  /** descriptors that the child does not keep */
  readonly close?: readonly number[];
}

/** The program runs through the shell when it is more than a word, as git's run-command does. `failed` gets the error of an exec that did not succeed. */
export function startChild(sys: Sys, argv: readonly string[], options: ChildOptions = {}, shell = false, failed?: (error: SysError) => void): number {
  const environment = new Map(sys.environment);
  for (const [name, value] of options.environment ?? []) {
    if (value === undefined) environment.delete(name);
    else environment.set(name, value);
  }
  return sys.fork(function* (own) {
    if (options.stdin !== undefined && options.stdin !== 0) own.dup2(options.stdin, 0);
    if (options.stdout !== undefined && options.stdout !== 1) own.dup2(options.stdout, 1);
    for (const fd of new Set([...(options.close ?? []), options.stdin, options.stdout])) if (fd !== undefined && fd > 2) own.close(fd);
    own.sigaction(13, "default");
    if (options.directory !== undefined) own.chdir(options.directory);
    const [command = "", ...rest] = argv;
    const line = shell && /[|&;<>()$`\\"' \t\n*?[#~=%]/.test(command) ? ["sh", "-c", rest.length === 0 ? command : `${command} "$@"`, ...(rest.length === 0 ? [] : [command, ...rest])] : argv;
    const error = yield* execSearching(own, line[0] ?? "", line, environment);
    failed?.(error);
    return error.errno === "EACCES" ? 126 : 127;
  });
}

/** The shell's number for how it ended. */
export const statusOf = (status: WaitStatus): number => (status.kind === "exited" ? status.status : status.kind === "signaled" ? 128 + status.signal : 1);

export function* runChild(sys: Sys, argv: readonly string[], options: ChildOptions = {}, shell = false): Blocking<number> {
  return statusOf(yield* waitFor(sys, startChild(sys, argv, options, shell)));
}

/** The shell runs it in any case. */
export function* runShellLine(sys: Sys, line: string, args: readonly string[], options: ChildOptions = {}): Blocking<number> {
  return yield* runChild(sys, ["sh", "-c", args.length === 0 ? line : `${line} "$@"`, ...(args.length === 0 ? [] : [line, ...args])], options);
}
