// The user's editor for messages (git-var(1), GIT_EDITOR).
import type { Blocking } from "../../../kernel/sys.ts";
import { runChild } from "./child-process.ts";
import { Die } from "./die.ts";
import type { Git } from "./git.ts";

/** Debian builds git so that this is the last resort. */
const DEBIAN_EDITOR = "editor";

/** Throws Die where there is no terminal for one. */
export function editorOf(git: Git): string {
  const { environment } = git.sys;
  const dumb = !environment.has("TERM") || environment.get("TERM") === "dumb";
  const chosen = environment.get("GIT_EDITOR") ?? git.config.get("core.editor") ?? (dumb ? undefined : environment.get("VISUAL")) ?? environment.get("EDITOR");
  if (chosen !== undefined && chosen !== "") return chosen;
  if (dumb) throw new Die("Terminal is dumb, but EDITOR unset", 1);
  return DEBIAN_EDITOR;
}

/** Opens a file; false when the editor failed, after the error was told. */
export function* launchEditor(git: Git, path: string, environment: ReadonlyMap<string, string | undefined> = new Map()): Blocking<boolean> {
  let editor: string;
  try {
    editor = editorOf(git);
  } catch (error) {
    if (!(error instanceof Die)) throw error;
    yield* git.error(error.message);
    return false;
  }
  if (editor === ":") return true;
  yield* git.out.flush();
  const waiting = git.sys.isatty(2) && git.advised("waitingForEditor");
  if (waiting) yield* git.err("hint: Waiting for your editor to close the file... ");
  const status = yield* runChild(git.sys, [editor, path], { environment }, true);
  if (waiting) yield* git.err("\r\x1b[K");
  if (status === 0) return true;
  if (status === 127) yield* git.error(`cannot run ${editor}: No such file or directory`);
  yield* git.error(status === 127 ? `unable to start editor '${editor}'` : `There was a problem with the editor '${editor}'.`);
  return false;
}
