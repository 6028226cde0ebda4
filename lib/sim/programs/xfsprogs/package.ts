import type { DebianPackage } from "../kit/package.ts";

export default { name: "xfsprogs", summary: "Utilities for managing the XFS filesystem" } satisfies DebianPackage;
