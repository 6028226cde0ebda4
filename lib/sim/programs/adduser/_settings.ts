// /etc/adduser.conf and /etc/deluser.conf, and what adduser's programs share: running other programs, questions.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/gnu.ts";

export function* settings(sys: Sys, path: string): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, path)) ?? "").split("\n")) {
    const match = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (match !== null) found.set(match[1] ?? "", (match[2] ?? "").replace(/^"(.*)"$/, "$1"));
  }
  return found;
}

/** Runs another program on the same terminal; its exit status. */
export function* runProgram(sys: Sys, io: Io, path: string, argv: readonly string[]): Blocking<number> {
  yield* io.out.flush();
  const pid = sys.fork(function* child(own): Blocking<number> {
    try {
      return yield* own.exec(path, argv, own.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

/** A line typed in answer; undefined at the end of the input. */
export function* ask(io: Io, question: string): Blocking<string | undefined> {
  io.say(question);
  yield* io.out.flush();
  const line = yield* io.stdin.line();
  return line?.replace(/\n$/, "");
}

