import type { DebianPackage } from "../kit/package.ts";

const xxd: DebianPackage = { name: "xxd", summary: "makes a hex dump, or undoes one" };

export default xxd;
