import type { DebianPackage } from "../kit/package.ts";

const openVmTools: DebianPackage = { name: "open-vm-tools", summary: "lets a VMware host and its virtual machine talk to each other" };

export default openVmTools;
