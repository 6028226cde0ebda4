import type { DebianPackage } from "../kit/package.ts";

export default { name: "cpu-checker", summary: "tools to help evaluate certain CPU features" } satisfies DebianPackage;
