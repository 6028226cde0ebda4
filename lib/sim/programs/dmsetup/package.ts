import type { DebianPackage } from "../kit/package.ts";

export default { name: "dmsetup", summary: "Linux Kernel Device Mapper userspace library" } satisfies DebianPackage;
