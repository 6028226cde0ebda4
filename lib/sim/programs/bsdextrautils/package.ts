import type { DebianPackage } from "../kit/package.ts";

const bsdextrautils: DebianPackage = { name: "bsdextrautils", summary: "text and message tools from 4.4BSD" };

export default bsdextrautils;
