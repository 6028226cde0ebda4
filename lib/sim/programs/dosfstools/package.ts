import type { DebianPackage } from "../kit/package.ts";

export default { name: "dosfstools", summary: "utilities for making and checking MS-DOS FAT filesystems" } satisfies DebianPackage;
