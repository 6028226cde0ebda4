import type { DebianPackage } from "../kit/package.ts";

const openVmTools: DebianPackage = { name: "open-vm-tools", summary: "Open VMware Tools for virtual machines hosted on VMware (CLI)" };

export default openVmTools;
