import type { DebianPackage } from "../kit/package.ts";

export default { name: "parted", summary: "disk partition manipulator" } satisfies DebianPackage;
