import type { DebianPackage } from "../kit/package.ts";

export default { name: "xfsprogs", summary: "makes, checks and manages XFS file systems" } satisfies DebianPackage;
