import type { DebianPackage } from "../kit/package.ts";

export default { name: "cloud-guest-utils", summary: "tools for guests in clouds" } satisfies DebianPackage;
