import type { DebianPackage } from "../kit/package.ts";

export default { name: "ethtool", summary: "shows and sets what Ethernet cards do" } satisfies DebianPackage;
