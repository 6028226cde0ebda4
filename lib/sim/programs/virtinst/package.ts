import type { DebianPackage } from "../kit/package.ts";

export default { name: "virtinst", summary: "creates and changes virtual machines: virt-install, virt-clone" } satisfies DebianPackage;
