import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "printenv",
  summary: "print environment variables, all or those that are named",
  synopsis: ["[OPTION]... [VARIABLE]..."],
  options: { zero: flag(["-0", "--null"], "finish each line with NUL instead of a newline") },
  parsing: { stopAtOperand: true },
  usageStatus: 2,
  seeAlso: ["env(1)"],
  *run({ options, operands, sys }, io: Io) {
    const end = options.zero ? "\0" : "\n";
    if (operands.length === 0) {
      for (const [name, value] of sys.environment) yield* io.out.print(`${name}=${value}${end}`);
      return;
    }
    for (const name of operands) {
      const value = name.includes("=") ? undefined : sys.environment.get(name);
      if (value === undefined) io.status = 1;
      else yield* io.out.print(value + end);
    }
  },
});
