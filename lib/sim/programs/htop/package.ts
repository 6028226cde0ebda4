import type { DebianPackage } from "../kit/package.ts";

export default { name: "htop", summary: "shows the processes, to watch and to signal" } satisfies DebianPackage;
