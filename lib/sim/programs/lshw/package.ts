import type { DebianPackage } from "../kit/package.ts";

export default { name: "lshw", summary: "information about hardware configuration" } satisfies DebianPackage;
