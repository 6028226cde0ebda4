import type { DebianPackage } from "../kit/package.ts";

export default { name: "linux-base", summary: "scripts that every kernel package needs" } satisfies DebianPackage;
