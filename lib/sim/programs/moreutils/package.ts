import type { DebianPackage } from "../kit/package.ts";

export default { name: "moreutils", summary: "small tools for pipelines and scripts" } satisfies DebianPackage;
