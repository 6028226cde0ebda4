import type { DebianPackage } from "../kit/package.ts";

export default { name: "acl", summary: "tools for access control lists, which give files more rights than the mode bits" } satisfies DebianPackage;
