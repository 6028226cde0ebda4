import type { Builtin } from "./builtin.ts";

const falseBuiltin: Builtin = { name: "false", usage: "false", help: "Does nothing and fails with status 1.", run: () => 1 };
export default falseBuiltin;
