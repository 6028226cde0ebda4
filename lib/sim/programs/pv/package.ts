import type { DebianPackage } from "../kit/package.ts";

export default { name: "pv", summary: "shows how far data is on its way through a pipeline" } satisfies DebianPackage;
