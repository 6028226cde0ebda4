import type { DebianPackage } from "../kit/package.ts";

const coreutils: DebianPackage = { name: "coreutils", summary: "the basic tools for files, texts and the shell" };

export default coreutils;
