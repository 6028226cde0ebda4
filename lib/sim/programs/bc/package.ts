import type { DebianPackage } from "../kit/package.ts";

const bc: DebianPackage = { name: "bc", summary: "a calculator language of any precision" };

export default bc;
