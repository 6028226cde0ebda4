import type { DebianPackage } from "../kit/package.ts";

export default { name: "parted", summary: "partitions disks, interactively or in scripts" } satisfies DebianPackage;
