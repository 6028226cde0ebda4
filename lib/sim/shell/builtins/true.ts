import type { Builtin } from "./builtin.ts";

const trueBuiltin: Builtin = { name: "true", usage: "true", help: "Does nothing and succeeds.", run: () => 0 };
export default trueBuiltin;
