import type { DebianPackage } from "../kit/package.ts";

export default { name: "lsb-release", summary: "tells which distribution this is" } satisfies DebianPackage;
