import type { DebianPackage } from "../kit/package.ts";

export default { name: "linux-base", summary: "Linux image base package" } satisfies DebianPackage;
