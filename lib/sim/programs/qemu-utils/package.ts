import type { DebianPackage } from "../kit/package.ts";

export default { name: "qemu-utils", summary: "tools for disk images of QEMU" } satisfies DebianPackage;
