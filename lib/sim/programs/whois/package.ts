import type { DebianPackage } from "../kit/package.ts";

export default { name: "whois", summary: "asks the registries who a domain or an address belongs to" } satisfies DebianPackage;
