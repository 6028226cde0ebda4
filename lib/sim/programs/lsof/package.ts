import type { DebianPackage } from "../kit/package.ts";

export default { name: "lsof", summary: "lists the files that processes have open" } satisfies DebianPackage;
