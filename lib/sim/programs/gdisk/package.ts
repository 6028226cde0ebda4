import type { DebianPackage } from "../kit/package.ts";

export default { name: "gdisk", summary: "GPT fdisk text-mode partitioning tool" } satisfies DebianPackage;
