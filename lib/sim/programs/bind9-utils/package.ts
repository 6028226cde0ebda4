import type { DebianPackage } from "../kit/package.ts";

export default { name: "bind9-utils", summary: "checks configurations and zones of BIND, steers a running named, makes keys" } satisfies DebianPackage;
