import type { DebianPackage } from "../kit/package.ts";
import { moduleFiles } from "./_modules.ts";

export default { name: "linux-image-6.1.0-56-amd64", summary: "Linux 6.1 for 64-bit PCs (signed)", files: moduleFiles() } satisfies DebianPackage;
