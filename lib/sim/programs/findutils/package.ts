import type { DebianPackage } from "../kit/package.ts";

const findutils: DebianPackage = { name: "findutils", summary: "finds files and runs commands on them", essential: true };

export default findutils;
