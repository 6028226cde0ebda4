import type { DebianPackage } from "../kit/package.ts";

export default { name: "bind9-host", summary: "DNS lookup utility" } satisfies DebianPackage;
