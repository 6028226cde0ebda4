import type { DebianPackage } from "../kit/package.ts";

const zip: DebianPackage = { name: "zip", summary: "makes zip archives" };

export default zip;
