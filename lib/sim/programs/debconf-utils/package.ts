import type { DebianPackage } from "../kit/package.ts";

export default { name: "debconf-utils", summary: "tools for the answers that debconf keeps" } satisfies DebianPackage;
