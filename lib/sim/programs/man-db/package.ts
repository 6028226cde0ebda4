import type { DebianPackage } from "../kit/package.ts";

export default { name: "man-db", summary: "shows manual pages and searches them" } satisfies DebianPackage;
