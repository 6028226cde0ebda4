import type { DebianPackage } from "../kit/package.ts";

const diffutils: DebianPackage = { name: "diffutils", summary: "compares files", essential: true };

export default diffutils;
