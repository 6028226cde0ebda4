import type { DebianPackage } from "../kit/package.ts";

export default { name: "x11-utils", summary: "looks at a running X server" } satisfies DebianPackage;
