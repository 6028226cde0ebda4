import type { DebianPackage } from "../kit/package.ts";

export default { name: "uuid-runtime", summary: "runtime components for the Universally Unique ID library" } satisfies DebianPackage;
