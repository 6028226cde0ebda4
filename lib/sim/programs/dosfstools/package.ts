import type { DebianPackage } from "../kit/package.ts";

export default { name: "dosfstools", summary: "makes, checks and labels FAT file systems" } satisfies DebianPackage;
