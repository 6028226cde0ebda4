import type { DebianPackage } from "../kit/package.ts";

export default { name: "rsync", summary: "fast, versatile, remote (and local) file-copying tool" } satisfies DebianPackage;
