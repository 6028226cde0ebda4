import type { Builtin } from "./builtin.ts";
import { runSourceBuiltin } from "./source.ts";

const dot: Builtin = {
  name: ".", usage: ". filename [arguments]", special: true,
  help: "Reads commands from a file and runs them in this shell. ARGUMENTS are the positional parameters meanwhile.",
  run: runSourceBuiltin,
};
export default dot;
