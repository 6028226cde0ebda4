import type { DebianPackage } from "../kit/package.ts";

export default { name: "cryptsetup-bin", summary: "encrypts disks: cryptsetup, veritysetup, integritysetup" } satisfies DebianPackage;
