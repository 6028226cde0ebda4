import type { DebianPackage } from "../kit/package.ts";

export default { name: "e2fsprogs", summary: "ext2/ext3/ext4 file system utilities" } satisfies DebianPackage;
