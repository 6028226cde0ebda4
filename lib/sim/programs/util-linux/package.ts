import type { DebianPackage } from "../kit/package.ts";

export default { name: "util-linux", summary: "miscellaneous system utilities" } satisfies DebianPackage;
