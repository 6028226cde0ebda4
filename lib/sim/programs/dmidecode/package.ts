import type { DebianPackage } from "../kit/package.ts";

export default { name: "dmidecode", summary: "tells about the hardware from the firmware's tables (SMBIOS)" } satisfies DebianPackage;
