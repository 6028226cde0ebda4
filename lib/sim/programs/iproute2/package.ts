import type { DebianPackage } from "../kit/package.ts";

export default { name: "iproute2", summary: "networking and traffic control tools" } satisfies DebianPackage;
