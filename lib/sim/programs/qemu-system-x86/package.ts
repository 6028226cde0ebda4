import type { DebianPackage } from "../kit/package.ts";

export default { name: "qemu-system-x86", summary: "full system emulation for x86" } satisfies DebianPackage;
