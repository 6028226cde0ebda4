import type { DebianPackage } from "../kit/package.ts";

export default { name: "nvme-cli", summary: "asks and manages NVMe disks" } satisfies DebianPackage;
