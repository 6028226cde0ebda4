import type { DebianPackage } from "../kit/package.ts";

export default { name: "bind9-dnsutils", summary: "DNS tools: dig, nslookup, nsupdate" } satisfies DebianPackage;
