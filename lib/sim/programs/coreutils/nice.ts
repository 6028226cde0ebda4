import { SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "nice",
  summary: "run a program with another niceness (scheduling priority)",
  synopsis: ["[OPTION] [COMMAND [ARG]...]"],
  description: ["Without a COMMAND, the current niceness is printed. -20 gets the most processor time, 19 the least; only root may lower it."],
  options: { adjustment: text(["-n", "--adjustment"], "N", "raise the niceness by N (10); a negative N lowers it") },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  exitStatuses: [["125", "nice itself failed"], ["126", "COMMAND is there, but could not be started"], ["127", "COMMAND was not found"], ["-", "any other: what COMMAND itself returned"]],
  seeAlso: ["renice(1)", "nice(2)"],
  rewrite: (args) => {
    const rewritten = [...args];
    for (let at = 0; at < rewritten.length; at++) {
      const arg = rewritten[at] ?? "";
      const old = /^-([-+]?\d.*)$/.exec(arg);
      if (!old) {
        if (arg === "-n" || arg === "--adjustment") at++;
        else if (!arg.startsWith("-")) break;
        continue;
      }
      rewritten[at] = `--adjustment=${old[1]}`;
    }
    return rewritten;
  },
  *run({ options, operands, sys }, io: Io) {
    const [command] = operands;
    if (command === undefined) {
      if (options.adjustment !== undefined) io.usage("a command must be given with an adjustment");
      io.out.put(sys.getpriority() + "\n");
      return;
    }
    const text = options.adjustment ?? "10";
    if (!/^\s*[-+]?\d+$/.test(text)) io.die(`invalid adjustment ${io.quote(text)}`);
    const adjustment = Math.max(-39, Math.min(39, Number(text)));
    try {
      sys.setpriority(Math.max(-20, Math.min(19, sys.getpriority() + adjustment)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`cannot set niceness: ${error.message}`);
      if (error.errno !== "EACCES" && error.errno !== "EPERM") return 125;
    }
    yield* io.out.flush();
    const failure = yield* execSearching(sys, command, operands);
    yield* io.warn(`${io.quote(command)}: ${failure.message}`);
    return failure.errno === "ENOENT" ? 127 : 126;
  },
});
