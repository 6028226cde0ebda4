import type { DebianPackage } from "../kit/package.ts";

export default { name: "libcap2-bin", summary: "capability tools" } satisfies DebianPackage;
