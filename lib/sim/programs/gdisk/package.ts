import type { DebianPackage } from "../kit/package.ts";

export default { name: "gdisk", summary: "partitions disks with a GUID table (GPT)" } satisfies DebianPackage;
