import type { DebianPackage } from "../kit/package.ts";

export default { name: "libvirt-daemon", summary: "virtualization daemon" } satisfies DebianPackage;
