import type { DebianPackage } from "../kit/package.ts";

export default { name: "psmisc", summary: "utilities that use the proc file system" } satisfies DebianPackage;
