import type { DebianPackage } from "../kit/package.ts";

export default { name: "make", summary: "makes files from others when they are out of date" } satisfies DebianPackage;
