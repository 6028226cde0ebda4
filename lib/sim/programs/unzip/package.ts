import type { DebianPackage } from "../kit/package.ts";

const unzip: DebianPackage = { name: "unzip", summary: "takes zip archives apart" };

export default unzip;
