import type { DebianPackage } from "../kit/package.ts";

export default { name: "mount", summary: "attaches and detaches file systems: mount, umount, swapon" } satisfies DebianPackage;
