import type { DebianPackage } from "../kit/package.ts";

export default { name: "cryptsetup-bin", summary: "disk encryption support - command line tools" } satisfies DebianPackage;
