import type { DebianPackage } from "../kit/package.ts";

export default { name: "btrfs-progs", summary: "makes, checks and manages Btrfs file systems" } satisfies DebianPackage;
