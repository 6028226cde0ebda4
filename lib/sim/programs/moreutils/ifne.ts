// ifne: a command only where there is input, or with -n only where there is none.

import { type Blocking, encode, SIGNALS, SysError } from "../../kernel/sys.ts";
import { waitFor } from "../kit/shell-command.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { exitedWith, runCommand, startCommand } from "./_child.ts";

export default gnu({
  name: "ifne", summary: "run a command if standard input is not empty", synopsis: ["[-n] COMMAND [ARG]..."], withoutVersion: true,
  options: { empty: flag(["-n"], "run it if the input is empty; else the input passes through") }, operands: "commands", parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    const [command] = operands;
    if (command === undefined) {
      yield* io.stderr("Usage: ifne [-n] command [args]\n");
      return 1;
    }
    const missing = function* (child: typeof sys, message: string): Blocking<number> {
      yield* child.write(2, encode(`${command}: ${message}\n`));
      return 1;
    };
    const first = yield* sys.read(0, 65_536);
    if (first.length === 0) return options.empty ? exitedWith(yield* runCommand(sys, operands, missing)) : 0;
    let target = 1;
    let pid: number | undefined;
    if (!options.empty) {
      const [read, write] = sys.pipe();
      pid = startCommand(sys, operands, (child) => {
        child.dup2(read, 0);
        child.close(read);
        child.close(write);
      }, missing);
      sys.close(read);
      target = write;
      sys.sigaction(SIGNALS.PIPE, "ignore");
    }
    try {
      for (let bytes = first; bytes.length > 0; bytes = yield* sys.read(0, 65_536)) yield* sys.write(target, bytes);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EPIPE") throw error;
    }
    if (pid === undefined) return 0;
    sys.close(target);
    return exitedWith(yield* waitFor(sys, pid));
  },
});
