import type { DebianPackage } from "../kit/package.ts";

export default { name: "e2fsprogs", summary: "makes, checks and tunes ext2, ext3 and ext4 file systems" } satisfies DebianPackage;
