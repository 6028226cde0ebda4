import type { DebianPackage } from "../kit/package.ts";

const tar: DebianPackage = { name: "tar", summary: "stores many files in one archive", essential: true };

export default tar;
