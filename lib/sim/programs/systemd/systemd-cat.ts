// systemd-cat: what a command prints, or standard input, goes to the journal.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { priorityNumber, STDOUT_SOCKET } from "../../daemons/systemd/api/journal.ts";
import { text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-cat",
  path: "/usr/bin/systemd-cat",
  summary: "connect a pipeline or a command with the journal",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  operands: "commands",
  parsing: { stopAtOperand: true },
  options: {
    identifier: text(["-t", "--identifier"], "STRING", "the syslog identifier"),
    priority: text(["-p", "--priority"], "PRIORITY", "the priority of the lines"),
    stderrPriority: text(["--stderr-priority"], "PRIORITY", "the priority of what goes to standard error"),
    levelPrefix: text(["--level-prefix"], "BOOL", "whether <N> at a line's start is a priority"),
  },
  *run({ options, operands, sys }, io) {
    const priority = options.priority === undefined ? 6 : priorityNumber(options.priority);
    if (priority === undefined) {
      yield* complain(io, "Failed to parse priority value.");
      return 1;
    }
    const errorPriority = options.stderrPriority === undefined ? undefined : priorityNumber(options.stderrPriority);
    if (options.stderrPriority !== undefined && errorPriority === undefined) {
      yield* complain(io, "Failed to parse stderr priority value.");
      return 1;
    }
    const [program] = operands;
    const identifier = options.identifier ?? program?.slice(program.lastIndexOf("/") + 1) ?? "cat";
    const prefix = /^(?:0|no|n|false|f|off)$/i.test(options.levelPrefix ?? "yes") ? 0 : 1;
    let fd: number;
    let errors: number | undefined;
    try {
      fd = yield* openStream(sys, `${identifier}\n\n${priority}\n${prefix}\n0\n0\n0\n`);
      if (errorPriority !== undefined) errors = yield* openStream(sys, `${identifier}\n\n${errorPriority}\n${prefix}\n0\n0\n0\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Failed to create stdout fd: ${error.message}`);
      return 1;
    }
    if (program === undefined) {
      for (;;) {
        const bytes = yield* sys.read(0, 65_536);
        if (bytes.length === 0) return 0;
        yield* sys.write(fd, bytes);
      }
    }
    sys.dup2(fd, 1);
    sys.dup2(errors ?? fd, 2);
    if (errors !== undefined) sys.close(errors);
    sys.close(fd);
    for (const directory of program.includes("/") ? [""] : (sys.environment.get("PATH") ?? "/usr/bin:/bin").split(":")) {
      try {
        return yield* sys.exec(directory === "" ? program : `${directory}/${program}`, operands, sys.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    yield* complain(io, `Failed to execute process: No such file or directory`);
    return 1;
  },
});

/** `header`: identifier, unit, priority, whether lines may name one, three forwards (the stdout protocol of journald). */
function* openStream(sys: Sys, header: string): Blocking<number> {
  const fd = sys.socket("unix", "stream");
  yield* sys.connect(fd, { family: "unix", path: STDOUT_SOCKET });
  yield* sys.write(fd, encode(header));
  return fd;
}
