import type { DebianPackage } from "../kit/package.ts";

const jq: DebianPackage = { name: "jq", summary: "filters and rewrites JSON" };

export default jq;
