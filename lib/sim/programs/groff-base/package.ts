import type { DebianPackage } from "../kit/package.ts";

export default { name: "groff-base", summary: "sets documents and manual pages for terminals" } satisfies DebianPackage;
