import type { DebianPackage } from "../kit/package.ts";

export default { name: "libguestfs-tools", summary: "tools that copy files into and out of disks of virtual machines" } satisfies DebianPackage;
