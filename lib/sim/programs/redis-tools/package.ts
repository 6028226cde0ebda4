import type { DebianPackage } from "../kit/package.ts";

export default { name: "redis-tools", summary: "client of the key-value database Redis" } satisfies DebianPackage;
