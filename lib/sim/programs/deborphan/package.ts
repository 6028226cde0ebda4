import type { DebianPackage } from "../kit/package.ts";

export default { name: "deborphan", summary: "finds packages that no other package needs" } satisfies DebianPackage;
