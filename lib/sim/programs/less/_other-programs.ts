// Other programs: ! and v, and s, which saves what came through a pipe.

import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { openShellPipe, runShell, waitFor } from "../kit/shell-command.ts";
import { openFile } from "./_open-file.ts";
import { nothing, type Pager } from "./_pager.ts";
import { standout } from "./_rows.ts";

export function* shellCommand(pager: Pager): Blocking<void> {
  const entry = yield* pager.entry("!");
  if (entry === undefined) return;
  const command = entry === "!" ? pager.lastShell : expandNames(pager, entry);
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

/** % is this file, # the one shown before it. */
function expandNames(pager: Pager, text: string): string {
  return text.replace(/\\([%#])|%|#/g, (found, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    const file = found === "%" ? pager.file : pager.previousFile;
    return file === undefined || file.name === "-" ? found : file.name;
  });
}

/** |mark command: the text between the screen and the mark goes to it. */
export function* pipeCommand(pager: Pager, letter: string | undefined): Blocking<void> {
  if (letter === undefined || letter === "\u007f" || letter === "\b") return;
  const { sys } = pager.io;
  const places = yield* pager.screenPlaces();
  const top = places[0]?.line ?? 0;
  const bottom = places.at(-1)?.line ?? top;
  if (letter === "$") yield* pager.text.all();
  const mark = letter === "^" ? 0 : letter === "$" ? pager.text.lines.length - 1 : letter === "." || letter === "\r" || letter === "\n" ? top : pager.marks.get(letter)?.top.line;
  if (mark === undefined) {
    yield* pager.message(/^[a-zA-Z]$/.test(letter) ? "Mark not set" : `Invalid mark letter ${letter}`);
    return;
  }
  const entry = yield* pager.entry("!");
  if (entry === undefined) return;
  const [from, to] = letter === "." || letter === "\r" ? [top, bottom] : mark <= top ? [mark, bottom] : [top, mark];
  yield* pager.leave();
  const pipe = openShellPipe(sys, expandNames(pager, entry), "w");
  try {
    yield* sys.write(pipe.fd, encode(pager.text.lines.slice(from, to + 1).map((line) => `${line}\n`).join("")));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(pipe.fd);
  yield* waitFor(sys, pipe.pid);
  yield* pager.enter();
  pager.io.out.put(standout("|done  (press RETURN)"));
  yield* pager.waitReturn();
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
