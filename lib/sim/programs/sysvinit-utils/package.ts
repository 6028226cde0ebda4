import type { DebianPackage } from "../kit/package.ts";

export default { name: "sysvinit-utils", summary: "pidof and other utilities of System V init" } satisfies DebianPackage;
