import type { DebianPackage } from "../kit/package.ts";

export default { name: "strace", summary: "shows the system calls of a program" } satisfies DebianPackage;
