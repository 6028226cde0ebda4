import type { DebianPackage } from "../kit/package.ts";

export default { name: "traceroute", summary: "shows the routers on the way to a host" } satisfies DebianPackage;
