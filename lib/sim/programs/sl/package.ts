import type { DebianPackage } from "../kit/package.ts";

export default { name: "sl", summary: "a steam locomotive for who meant ls" } satisfies DebianPackage;
