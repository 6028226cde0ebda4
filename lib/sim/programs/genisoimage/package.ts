import type { DebianPackage } from "../kit/package.ts";

export default { name: "genisoimage", summary: "makes images of CD-ROM file systems, and looks into them" } satisfies DebianPackage;
