import type { DebianPackage } from "../kit/package.ts";

export default { name: "guestfs-tools", summary: "tools that look into and change disks of virtual machines" } satisfies DebianPackage;
