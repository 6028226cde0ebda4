import type { DebianPackage } from "../kit/package.ts";

const tree: DebianPackage = { name: "tree", summary: "draws directories as trees" };

export default tree;
