// systemd-cat: what a command prints, or standard input, goes to the journal.
import { encode, SysError } from "../../kernel/sys.ts";
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
    const [program] = operands;
    const fd = sys.socket("unix", "stream");
    try {
      yield* sys.connect(fd, { family: "unix", path: STDOUT_SOCKET });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Failed to create stdout fd: ${error.message}`);
      return 1;
    }
    yield* sys.write(fd, encode(`${options.identifier ?? program?.slice(program.lastIndexOf("/") + 1) ?? "cat"}\n\n${priority}\n0\n0\n0\n0\n`));
    if (program === undefined) {
      for (;;) {
        const bytes = yield* sys.read(0, 65_536);
        if (bytes.length === 0) return 0;
        yield* sys.write(fd, bytes);
      }
    }
    sys.dup2(fd, 1);
    sys.dup2(fd, 2);
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
