import type { DebianPackage } from "../kit/package.ts";

export default { name: "grub2-common", summary: "GRand Unified Bootloader (common files for version 2)" } satisfies DebianPackage;
