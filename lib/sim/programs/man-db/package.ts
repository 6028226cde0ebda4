import type { DebianPackage } from "../kit/package.ts";

export default { name: "man-db", summary: "tools for reading manual pages" } satisfies DebianPackage;
