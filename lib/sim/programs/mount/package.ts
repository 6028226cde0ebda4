import type { DebianPackage } from "../kit/package.ts";

export default { name: "mount", summary: "tools for mounting and manipulating file systems" } satisfies DebianPackage;
