// Other programs: ! and v, and s, which saves what came through a pipe.

import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { runShell } from "../kit/shell-command.ts";
import { openFile } from "./_open-file.ts";
import { nothing, type Pager } from "./_pager.ts";

export function* shellCommand(pager: Pager): Blocking<void> {
  const entry = yield* pager.entry("!");
  if (entry === undefined) return;
  const command = entry === "!" ? pager.lastShell : entry.replace(/(^|[^\\])%/g, (_, before: string) => before + (pager.file?.name ?? ""));
  pager.lastShell = command;
  yield* pager.leave();
  const shell = pager.io.sys.environment.get("SHELL");
  yield* runShell(pager.io.sys, command === "" ? (shell ?? "sh") : command);
  yield* pager.terminal?.enter() ?? nothing();
  pager.io.out.put("!done  (press RETURN)");
  yield* pager.io.out.flush();
  const event = yield* pager.terminal?.next() ?? nothing();
  if (event?.kind === "key" && event.key !== "\r" && event.key !== "\n" && event.key !== " ") pager.pushed.unshift(event.key);
  pager.io.out.put("\n");
  yield* pager.enter();
  pager.fresh = true;
  yield* pager.paint();
}

export function* saveCommand(pager: Pager): Blocking<void> {
  const { sys } = pager.io;
  if (pager.file?.name !== "-") {
    yield* pager.message("Input is not a pipe");
    return;
  }
  const name = yield* pager.entry("log file: ");
  if (name === undefined || name === "") return;
  yield* pager.text.all();
  try {
    const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
    yield* sys.write(fd, encode(pager.text.lines.map((line) => `${line}\n`).join("")));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* pager.message(`Cannot write to "${name}"`);
  }
}

export function* editCommand(pager: Pager): Blocking<void> {
  const { sys } = pager.io;
  const name = pager.file?.name;
  if (pager.help || name === undefined) return;
  if (name === "-") {
    yield* pager.message("Cannot edit standard input");
    return;
  }
  const editor = sys.environment.get("VISUAL") || sys.environment.get("EDITOR") || "editor";
  yield* pager.leave();
  const places = yield* pager.screenPlaces();
  const middle = places[Math.floor(places.length / 2)]?.line ?? pager.top.line;
  yield* runShell(sys, `${editor} +${middle + 1} '${name.replaceAll("'", "'\\''")}'`);
  const file = pager.file;
  if (file) {
    file.text?.close();
    file.text = undefined;
    file.top = pager.top;
    yield* openFile(pager, pager.current);
  }
  yield* pager.enter();
  yield* pager.paint();
}
