import type { Builtin } from "./builtin.ts";

const colon: Builtin = { name: ":", usage: ":", help: "Does nothing; its arguments are expanded and its redirections done. Succeeds.", special: true, run: () => 0 };
export default colon;
