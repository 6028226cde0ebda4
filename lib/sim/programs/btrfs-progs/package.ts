import type { DebianPackage } from "../kit/package.ts";

export default { name: "btrfs-progs", summary: "Checksumming Copy on Write Filesystem utilities" } satisfies DebianPackage;
