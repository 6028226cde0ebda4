// mispipe: two commands in a pipe; the status is the first one's.

import { waitFor } from "../kit/shell-command.ts";
import { type Io, program } from "../kit/program.ts";
import { exitedWith, startCommand } from "./_child.ts";

export default program(
  { name: "mispipe", summary: "pipe one command into another and end with the status of the first", synopsis: ["COMMAND1 COMMAND2"], options: [], operands: "commands", showsHelp: true },
  function* (sys, argv, io: Io) {
    const [, first, second] = argv;
    if (first === undefined || second === undefined || argv.length !== 3) {
      yield* io.stderr("mispipe: Wrong number of args, aborting\n");
      return 1;
    }
    const [read, write] = sys.pipe();
    const start = (command: string, from: number, to: number): number => startCommand(sys, ["/bin/sh", "-c", command], (child) => {
      child.dup2(from, to);
      child.close(read);
      child.close(write);
    }, function* () {
      yield* io.stderr("mispipe: /bin/sh\n");
      return 127;
    });
    const left = start(first, write, 1);
    const right = start(second, read, 0);
    sys.close(read);
    sys.close(write);
    const status = yield* waitFor(sys, left);
    yield* waitFor(sys, right);
    return exitedWith(status);
  },
);
