import type { DebianPackage } from "../kit/package.ts";

export default { name: "mtr-tiny", summary: "traceroute and ping in one, full screen" } satisfies DebianPackage;
