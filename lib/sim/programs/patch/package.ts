import type { DebianPackage } from "../kit/package.ts";

const patch: DebianPackage = { name: "patch", summary: "applies the output of diff to files" };

export default patch;
