import type { DebianPackage } from "../kit/package.ts";

export default { name: "stress-ng", summary: "puts load on processors, memory and disks, and measures what they bear" } satisfies DebianPackage;
