import type { DebianPackage } from "../kit/package.ts";

export default { name: "runc", summary: "Open Container Project - runtime" } satisfies DebianPackage;
