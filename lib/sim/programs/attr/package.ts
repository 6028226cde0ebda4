import type { DebianPackage } from "../kit/package.ts";

export default { name: "attr", summary: "tools for extended attributes of files" } satisfies DebianPackage;
