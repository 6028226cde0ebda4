import { execSearching } from "../kit/exec-path.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";
import { parseScaled } from "../kit/sizes.ts";

export default gnu({
  name: "stdbuf",
  summary: "run a program with other buffering of its input and output (standard streams)",
  synopsis: ["OPTION... COMMAND"],
  description: ["MODE is L (line buffered, not for input), 0 (unbuffered), or a size. The command finds the settings in its environment (_STDBUF_I, _STDBUF_O, _STDBUF_E); the programs of this machine ignore them and write whole blocks."],
  options: {
    input: text(["-i", "--input"], "MODE", "MODE of the buffer of standard input"),
    output: text(["-o", "--output"], "MODE", "MODE of the buffer of standard output"),
    error: text(["-e", "--error"], "MODE", "MODE of the buffer of standard error"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    const environment = new Map(sys.environment);
    for (const [name, letter, mode] of [["input", "I", options.input], ["output", "O", options.output], ["error", "E", options.error]] as const) {
      if (mode === undefined) continue;
      if (mode.trimStart() === "L") {
        if (name === "input") io.usage("line buffering stdin is meaningless");
        environment.set(`_STDBUF_${letter}`, "L");
        continue;
      }
      const { value, problem } = parseScaled(mode, "EGkKMPTYZ0");
      if (problem !== "none") io.die(`invalid mode ${io.quote(mode)}${problem === "overflow" ? ": Value too large for defined data type" : ""}`);
      environment.set(`_STDBUF_${letter}`, value.toString());
    }
    const [command] = operands;
    if (command === undefined) io.usage("missing operand");
    if (options.input === undefined && options.output === undefined && options.error === undefined) io.usage("you must specify a buffering mode option");
    const failure = yield* execSearching(sys, command, operands, environment);
    yield* io.warn(`failed to run command ${io.quote(command)}: ${failure.message}`);
    return failure.errno === "ENOENT" ? 127 : 126;
  },
});
