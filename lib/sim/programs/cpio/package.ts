import type { DebianPackage } from "../kit/package.ts";

export default { name: "cpio", summary: "copies files into and out of archives" } satisfies DebianPackage;
