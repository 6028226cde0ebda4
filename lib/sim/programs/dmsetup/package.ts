import type { DebianPackage } from "../kit/package.ts";

export default { name: "dmsetup", summary: "commands for the kernel's device mapper" } satisfies DebianPackage;
