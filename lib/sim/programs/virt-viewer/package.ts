import type { DebianPackage } from "../kit/package.ts";

export default { name: "virt-viewer", summary: "viewer for the screens of virtual machines" } satisfies DebianPackage;
