import { leaveLoop } from "./break.ts";
import type { Builtin } from "./builtin.ts";

const continueBuiltin: Builtin = {
  name: "continue", usage: "continue [n]", special: true,
  help: "Goes on with the next round of a for, while, until or select loop; with N, of the Nth enclosing one.",
  run: (shell, args) => leaveLoop(shell, args, "continue"),
};
export default continueBuiltin;
