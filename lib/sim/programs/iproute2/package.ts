import type { DebianPackage } from "../kit/package.ts";

export default { name: "iproute2", summary: "network commands: ip, ss, tc, bridge" } satisfies DebianPackage;
