// The loop of an interactive shell seen from its input: what happens before a line is asked for, and at the end of the input.

import type { Blocking } from "../kernel/sys.ts";
import type { CommandSource, LineEditing, ShellFrontEnd } from "./front-end.ts";

const DEFAULT_IGNORED = 10;

/** How many Ctrl-D IGNOREEOF lets pass; 0 without it. */
function ignoredEndsOfInput(shell: ShellFrontEnd): number {
  const value = shell.getVariable("IGNOREEOF");
  if (value === undefined) return shell.option("ignoreeof") ? DEFAULT_IGNORED : 0;
  return /^\d+$/.test(value) ? Number(value) : DEFAULT_IGNORED;
}

export function interactiveSource(shell: ShellFrontEnd, editing: LineEditing): CommandSource {
  let ended = 0;
  let command = "";
  /** bash goes on with PS2 after a Ctrl-D inside an open quote. */
  let secondary = false;
  /** it leaves after one inside an open command */
  let over = false;
  /** inside `${`, `$((` or backquotes: one more line is read, and nothing said */
  let lastLine = false;
  let deadlineUs: number | undefined;
  /** further lines of what readline gave */
  const waiting: string[] = [];

  function* prompt(name: "PS1" | "PS2"): Blocking<string> {
    const text = shell.getVariable(name) ?? "";
    return text === "" ? "" : yield* shell.expandPrompt(text);
  }

  /** The line that the editor gives; TMOUT is counted from the first prompt of a command (eval.c, read_command). */
  function* ask(text: string, first: boolean): Blocking<string | undefined> {
    if (first) {
      const seconds = Number.parseInt(shell.getVariable("TMOUT") ?? "", 10);
      deadlineUs = seconds > 0 ? shell.sys.clockUs("monotonic") + seconds * 1_000_000 : undefined;
    }
    const line = yield* editing.readLine(text, { ...(first ? {} : { continuation: true }), ...(deadlineUs === undefined ? {} : { deadlineUs }) });
    if (line === undefined && deadlineUs !== undefined && editing.timedOut) yield* shell.autoLogout();
    return line;
  }

  function* firstLine(): Blocking<string | undefined> {
    for (;;) {
      yield* shell.notifyJobs();
      yield* shell.runPromptCommands();
      shell.checkWindowSize();
      shell.sys.observe({ kind: "command", tty: shell.sys.isatty(0) ? shell.sys.ttyname(0) : "", text: command, phase: "end", status: shell.lastStatus });
      const name = secondary ? "PS2" : "PS1";
      secondary = false;
      if (lastLine) {
        yield* editing.readLine(yield* prompt("PS2"));
        return undefined;
      }
      const line = over ? undefined : (waiting.shift() ?? first(yield* ask(yield* prompt(name), true)));
      over = false;
      if (line !== undefined) {
        ended = 0;
        command = line;
        return line;
      }
      ended += 1;
      if (ended <= ignoredEndsOfInput(shell)) {
        yield* shell.print(`Use "${shell.isLogin ? "logout" : "exit"}" to leave the shell.\n`);
        continue;
      }
      yield* shell.endOfInput();
    }
  }

  /** What readline gives may be several lines (a paste): they are read one by one, and only the next one asks again. */
  function first(text: string | undefined): string | undefined {
    const [line, ...rest] = text?.split("\n") ?? [];
    waiting.push(...rest);
    return line;
  }

  return {
    *nextLine(which) {
      if (which === "PS1") return yield* firstLine();
      const line = waiting.shift() ?? first(yield* ask(yield* prompt("PS2"), false));
      if (line === undefined) over = true;
      else command += `\n${line}`;
      return line;
    },
    hereDocumentEnded() {
      over = false;
    },
    brokenOff(closing) {
      over = closing === ")" && !/(?:=|\$\()\([^()]*$/.test(command);
      secondary = closing === "'" || closing === '"';
      if (closing === "}" || closing === "`" || (closing === ")" && /\$\(\([^()]*$/.test(command))) lastLine = true;
    },
  };
}
