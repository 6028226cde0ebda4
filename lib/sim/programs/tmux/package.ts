import type { DebianPackage } from "../kit/package.ts";

export default { name: "tmux", summary: "terminal multiplexer" } satisfies DebianPackage;
