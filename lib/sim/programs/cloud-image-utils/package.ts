import type { DebianPackage } from "../kit/package.ts";

export default { name: "cloud-image-utils", summary: "tools for images of clouds" } satisfies DebianPackage;
