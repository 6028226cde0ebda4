import type { DebianPackage } from "../kit/package.ts";

export default { name: "acl", summary: "access control list utilities" } satisfies DebianPackage;
