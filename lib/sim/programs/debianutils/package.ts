import type { DebianPackage } from "../kit/package.ts";

const debianutils: DebianPackage = { name: "debianutils", summary: "small tools that Debian's own scripts need" };

export default debianutils;
