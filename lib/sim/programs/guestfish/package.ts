import type { DebianPackage } from "../kit/package.ts";

export default { name: "guestfish", summary: "shell for the disks of virtual machines" } satisfies DebianPackage;
