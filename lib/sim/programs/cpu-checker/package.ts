import type { DebianPackage } from "../kit/package.ts";

export default { name: "cpu-checker", version: "0.7-1.3+b1", architecture: "amd64", section: "misc", priority: "optional", installedSizeKiB: 20, downloadSizeBytes: 6836, summary: "tells whether the processor can run virtual machines" } satisfies DebianPackage;
