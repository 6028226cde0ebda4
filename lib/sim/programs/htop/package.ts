import type { DebianPackage } from "../kit/package.ts";

export default { name: "htop", summary: "interactive processes viewer" } satisfies DebianPackage;
