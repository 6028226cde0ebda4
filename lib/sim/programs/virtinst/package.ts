import type { DebianPackage } from "../kit/package.ts";

export default { name: "virtinst", summary: "utilities to create and edit virtual machines" } satisfies DebianPackage;
