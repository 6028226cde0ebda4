import type { DebianPackage } from "../kit/package.ts";

export default { name: "lsof", summary: "utility to list open files" } satisfies DebianPackage;
