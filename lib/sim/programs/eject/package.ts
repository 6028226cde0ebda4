import type { DebianPackage } from "../kit/package.ts";

export default { name: "eject", summary: "ejects CDs and other media that can be taken out" } satisfies DebianPackage;
