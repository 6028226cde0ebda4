// openvt(1): a program on a virtual console of its own.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { ask, isNumber, kbdCommand, openConsole } from "./_console.ts";
import type { VtState } from "./_vt-state.ts";

/** The program's side: a session of its own with the console as its terminal. */
function* runOn(sys: Sys, device: string, argv: readonly string[], login: boolean): Blocking<number> {
  for (const fd of sys.descriptors()) sys.close(fd);
  yield* sys.open(device, O.RDWR);
  sys.dup(0);
  sys.dup(0);
  try {
    sys.setControllingTerminal(0);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const [name = "sh", ...rest] = argv;
  yield* execSearching(sys, name, [login ? `-${name}` : name, ...rest]);
  return 127;
}

export default kbdCommand({
  name: "openvt", path: "/bin/openvt", links: ["/bin/open"], summary: "start a program on a virtual console that is free", synopsis: ["[option...] -- command"], operands: "commands", parsing: { stopAtOperand: true },
  options: {
    console: text(["-c", "--console"], "DEV", "use this console instead of the first free one"), exec: flag(["-e", "--exec"], "run the command directly, without a child"), force: flag(["-f", "--force"], "do not look whether the console is in use"),
    login: flag(["-l", "--login"], "the command starts as a login shell"), user: flag(["-u", "--user"], "for the user who has the current console"), switches: flag(["-s", "--switch"], "switch to the new console"), wait: flag(["-w", "--wait"], "come back only when the command is over"), verbose: flag(["-v", "--verbose"], "be more verbose"),
  },
  description: ["Without a command the shell of $SHELL is started."],
  seeAlso: ["chvt(1)", "deallocvt(1)"],
  *run({ options, operands, sys }, io: Io) {
    const fd = yield* openConsole(sys, io);
    const before = ask(sys, fd, "VT_GETSTATE") as VtState;
    let number: number;
    if (options.console === undefined) {
      number = Number(ask(sys, fd, "VT_OPENQRY"));
      if (number < 0) io.die("Cannot find a free vt", 71);
    } else {
      if (!isNumber(options.console) || Number(options.console) < 1 || Number(options.console) > 63) io.die(`${options.console}: Illegal vt number`, 64);
      number = Number(options.console);
      if (!options.force && before.inUse.includes(number)) io.die(`vt ${number} is in use; command aborted; use \`openvt -f' to force.`, 71);
    }
    const device = `/dev/tty${number}`;
    try {
      sys.close(yield* sys.open(device, O.RDWR | O.NOCTTY));
    } catch (error) {
      if (error instanceof SysError) io.die(`Cannot open ${device} read/write: ${error.message}`, 71);
      throw error;
    }
    if (options.verbose) yield* io.stderr(`openvt: Using VT ${device}\n`);
    let argv = operands.length > 0 ? operands : [sys.environment.get("SHELL") ?? "/bin/sh"];
    if (options.user) {
      const owner = sys.stat(`/dev/tty${before.active}`).uid;
      const name = ((yield* readTextFile(sys, "/etc/passwd")) ?? "").split("\n").map((line) => line.split(":")).find((fields) => fields[2] === String(owner))?.[0];
      if (name === undefined) io.die("Couldn't find owner of current tty!", 1);
      argv = ["login", "-f", name];
    }
    if (options.switches) {
      ask(sys, fd, "VT_ACTIVATE", number);
      ask(sys, fd, "VT_WAITACTIVE", number);
    }
    const inner = argv;
    if (options.exec) {
      try {
        sys.setsid();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return yield* runOn(sys, device, inner, options.login);
    }
    const child = sys.fork(function* (own) {
      own.setsid();
      return yield* runOn(own, device, inner, options.login);
    });
    if (!options.wait) return 0;
    const ended = yield* sys.waitpid(child);
    if (options.switches) {
      ask(sys, fd, "VT_ACTIVATE", before.active);
      try {
        ask(sys, fd, "VT_DISALLOCATE", number);
      } catch (error) {
        if (error instanceof SysError) io.die(`Couldn't deallocate console ${number}: ${error.message}`, 71);
        throw error;
      }
    }
    return ended?.status.kind === "exited" ? ended.status.status : 1;
  },
});
