import type { DebianPackage } from "../kit/package.ts";

export default { name: "ethtool", summary: "display or change Ethernet device settings" } satisfies DebianPackage;
