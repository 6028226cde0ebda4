// pee: its input goes to each of the commands; their output is not mixed by it.

import { SIGNALS, SysError } from "../../kernel/sys.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { exitedWith } from "./_child.ts";

export default program(
  {
    name: "pee", summary: "give standard input to several commands at once", synopsis: ["[--[no-]ignore-sigpipe] [--[no-]ignore-write-errors] [COMMAND]..."], operands: "commands", showsHelp: true,
    options: [flag(["--ignore-sigpipe", "--no-ignore-sigpipe"], "whether a command that ends early may end pee, too; it may not unless said"), flag(["--ignore-write-errors", "--no-ignore-write-errors"], "whether pee goes on when a command takes no more; it does unless said")],
  },
  function* (sys, argv, io: Io) {
    let ignoresPipe = true;
    let ignoresErrors = true;
    let at = 1;
    for (; at < argv.length; at++) {
      if (argv[at] === "--ignore-sigpipe" || argv[at] === "--no-ignore-sigpipe") ignoresPipe = argv[at] === "--ignore-sigpipe";
      else if (argv[at] === "--ignore-write-errors" || argv[at] === "--no-ignore-write-errors") ignoresErrors = argv[at] === "--ignore-write-errors";
      else break;
    }
    if (ignoresPipe) sys.sigaction(SIGNALS.PIPE, "ignore");
    const pipes = argv.slice(at).map((command) => ({ ...openShellPipe(sys, command, "w"), command, open: true }));
    const closeAll = (): void => {
      for (const pipe of pipes) if (pipe.open) sys.close(pipe.fd);
    };
    for (;;) {
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) break;
      for (const pipe of pipes) {
        if (!pipe.open) continue;
        try {
          yield* sys.write(pipe.fd, bytes);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (!ignoresErrors) {
            yield* io.stderr(`Write error to \`${pipe.command}'\n`);
            closeAll();
            return 1;
          }
          sys.close(pipe.fd);
          pipe.open = false;
        }
      }
    }
    closeAll();
    let status = 0;
    for (const { pid } of pipes) status |= exitedWith(yield* waitFor(sys, pid));
    return status;
  },
);
