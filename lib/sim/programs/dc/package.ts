import type { DebianPackage } from "../kit/package.ts";

const dc: DebianPackage = { name: "dc", summary: "a calculator in reverse Polish notation" };

export default dc;
