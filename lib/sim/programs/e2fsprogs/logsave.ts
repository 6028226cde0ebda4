// logsave: runs a program and keeps what it says in a file (logsave(8), e2fsprogs 1.47.0).
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { execSearching } from "../kit/exec-path.ts";
import { waitFor } from "../kit/shell-command.ts";
import { readZone } from "../kit/zones.ts";
import { ctime } from "./_facts.ts";

const USAGE = "Usage: logsave [-asv] logfile program\n";

export default gnu({
  name: "logsave", path: "/sbin/logsave", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "run a command and write what it says to a log", synopsis: ["[-asv] logfile cmd_prog [...]"],
  description: ["Everything that cmd_prog writes goes to standard output and to the file, between two lines with the time. With \"-\" for cmd_prog standard input is kept. A script like checkfs used it before the file of the log could be written."],
  options: { append: flag(["-a"], "add to the file"), strip: flag(["-s"], "leave out what stands between ^A and ^B"), verbose: flag(["-v"], "also show it on standard output, with its length") },
  operands: "commands", parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    const [file, program, ...rest] = operands;
    if (file === undefined || program === undefined) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const zone = yield* readZone(sys);
    const now = (): string => ctime(zone, Math.floor(sys.clockUs("realtime") / 1e6));
    let log: number | undefined;
    try {
      log = yield* sys.open(file, O.WRONLY | O.CREAT | (options.append ? O.APPEND : O.TRUNC), 0o666);
    } catch (error) {
      // the program is run all the same
      if (!(error instanceof SysError)) throw error;
    }
    const note = function* (text: string | Uint8Array): Blocking<void> {
      if (log !== undefined) yield* sys.write(log, typeof text === "string" ? encode(text) : text);
    };
    if (program === "-") yield* note(`Log of stdin\n${now()}\n\n`);
    else yield* note(`Log of ${[program, ...rest].join(" ")} \n${now()}\n\n`);
    let status = 0;
    const keep = function* (bytes: Uint8Array): Blocking<void> {
      yield* sys.write(1, bytes);
      yield* note(options.strip ? bytes.filter((byte) => byte !== 1 && byte !== 2) : bytes);
    };
    if (program === "-") {
      for (let bytes = yield* sys.read(0, 65_536); bytes.length > 0; bytes = yield* sys.read(0, 65_536)) yield* keep(bytes);
    } else {
      const [reading, writing] = sys.pipe();
      const pid = sys.fork(function* (child) {
        child.dup2(writing, 1);
        child.dup2(writing, 2);
        child.close(reading);
        child.close(writing);
        const failed = yield* execSearching(child, program, [program, ...rest]);
        yield* child.write(2, encode(`${program}: ${failed.message}\n`));
        return 1;
      });
      sys.close(writing);
      for (let bytes = yield* sys.read(reading, 65_536); bytes.length > 0; bytes = yield* sys.read(reading, 65_536)) yield* keep(bytes);
      sys.close(reading);
      const ended = yield* waitFor(sys, pid);
      status = ended.kind === "exited" ? ended.status : 1;
      if (ended.kind !== "exited") yield* keep(encode(`${program} died with signal\n`));
      else if (status !== 0) yield* keep(encode(`${program} exited with status code ${status}\n`));
    }
    yield* note(`\n${now()}\n----------------\n`);
    if (log !== undefined) sys.close(log);
    return status;
  },
});
