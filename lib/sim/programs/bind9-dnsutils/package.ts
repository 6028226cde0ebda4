import type { DebianPackage } from "../kit/package.ts";

export default { name: "bind9-dnsutils", summary: "clients provided with BIND 9" } satisfies DebianPackage;
