import type { DebianPackage } from "../kit/package.ts";

export default { name: "hdparm", summary: "parameters and speed of disks" } satisfies DebianPackage;
