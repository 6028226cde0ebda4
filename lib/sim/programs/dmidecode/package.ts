import type { DebianPackage } from "../kit/package.ts";

export default { name: "dmidecode", summary: "SMBIOS/DMI table decoder" } satisfies DebianPackage;
