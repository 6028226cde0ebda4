import type { DebianPackage } from "../kit/package.ts";

export default { name: "fdisk", summary: "partitions disks: fdisk, sfdisk, cfdisk" } satisfies DebianPackage;
