import type { DebianPackage } from "../kit/package.ts";

export default { name: "libpam-modules-bin", summary: "helper programs of the PAM modules" } satisfies DebianPackage;
