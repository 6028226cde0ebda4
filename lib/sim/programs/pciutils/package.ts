import type { DebianPackage } from "../kit/package.ts";

const pciutils: DebianPackage = { name: "pciutils", summary: "shows and sets PCI devices" };

export default pciutils;
