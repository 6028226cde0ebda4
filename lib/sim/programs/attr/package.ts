import type { DebianPackage } from "../kit/package.ts";

export default { name: "attr", summary: "utilities for manipulating filesystem extended attributes" } satisfies DebianPackage;
