import type { DebianPackage } from "../kit/package.ts";

export default { name: "stress", summary: "puts load on a machine, to see how it bears it" } satisfies DebianPackage;
