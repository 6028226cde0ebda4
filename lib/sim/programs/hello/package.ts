import type { DebianPackage } from "../kit/package.ts";

export default { name: "hello", summary: "the package to try things with: a friendly greeting" } satisfies DebianPackage;
