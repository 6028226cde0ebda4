import type { DebianPackage } from "../kit/package.ts";

export default { name: "procps", summary: "tools that read /proc: ps, top, free and others" } satisfies DebianPackage;
