import type { DebianPackage } from "../kit/package.ts";

export default { name: "fdisk", summary: "collection of partitioning utilities" } satisfies DebianPackage;
