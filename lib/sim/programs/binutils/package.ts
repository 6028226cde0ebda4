import type { DebianPackage } from "../kit/package.ts";

const binutils: DebianPackage = { name: "binutils", summary: "tools for object files; here strings" };

export default binutils;
