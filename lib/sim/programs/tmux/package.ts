import type { DebianPackage } from "../kit/package.ts";

export default { name: "tmux", summary: "several shells in one terminal, side by side and kept alive" } satisfies DebianPackage;
