import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "choom", summary: "show or set how readily the OOM killer takes a process", synopsis: ["[options] -p pid", "[options] -n number -p pid", "[options] -n number [--] command [args...]"], parsing: { stopAtOperand: true }, operands: "commands",
  options: { adjust: text(["-n", "--adjust"], "num", "the adjustment, from -1000 (never) to 1000 (first)"), pid: text(["-p", "--pid"], "num", "process ID") },
  *run({ options, operands, sys }, io: Io) {
    if (options.pid !== undefined && !/^\d+$/.test(options.pid)) io.die(`invalid PID argument: '${options.pid}'`);
    if (options.adjust !== undefined && !/^-?\d+$/.test(options.adjust)) io.die(`invalid adjust argument: '${options.adjust}'`);
    if (options.pid === undefined && (operands.length === 0 || options.adjust === undefined)) {
      yield* io.stderr(`${io.argv0}: no PID or COMMAND specified\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const directory = `/proc/${options.pid ?? "self"}`;
    const read = function* (name: string): Blocking<string> {
      return ((yield* readTextFile(sys, `${directory}/${name}`)) ?? io.die("failed to read OOM score value: No such file or directory")).trim();
    };
    if (options.adjust === undefined) {
      io.say(`pid ${options.pid ?? ""}'s current OOM score: ${yield* read("oom_score")}\npid ${options.pid ?? ""}'s current OOM score adjust value: ${yield* read("oom_score_adj")}\n`);
      return 0;
    }
    const before = yield* read("oom_score_adj");
    try {
      const fd = yield* sys.open(`${directory}/oom_score_adj`, O.WRONLY);
      yield* sys.write(fd, encode(options.adjust));
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to set score adjust value: ${error.message}`);
      throw error;
    }
    if (options.pid !== undefined) {
      io.out.put(`pid ${options.pid}'s OOM score adjust value changed from ${before} to ${options.adjust}\n`);
      return 0;
    }
    const [command = ""] = operands;
    const failed = yield* execSearching(sys, command, operands);
    yield* io.warn(`failed to execute ${command}: ${failed.message}`);
    return failed.errno === "ENOENT" ? 127 : 126;
  },
});
