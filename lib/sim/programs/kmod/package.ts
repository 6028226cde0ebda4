import type { DebianPackage } from "../kit/package.ts";

export default { name: "kmod", summary: "loads, removes and lists kernel modules" } satisfies DebianPackage;
