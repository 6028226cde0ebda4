import type { DebianPackage } from "../kit/package.ts";

export default { name: "traceroute", summary: "traces the route taken by packets over an IPv4/IPv6 network" } satisfies DebianPackage;
