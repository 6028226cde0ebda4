import type { DebianPackage } from "../kit/package.ts";

export default { name: "locales", summary: "national language data of the C library, and what makes locales of it" } satisfies DebianPackage;
