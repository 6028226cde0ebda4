import type { DebianPackage } from "../kit/package.ts";

export default { name: "rsync", summary: "copies files to other places and machines, only what changed" } satisfies DebianPackage;
