import type { DebianPackage } from "../kit/package.ts";

export default { name: "kmod", summary: "tools for managing Linux kernel modules" } satisfies DebianPackage;
