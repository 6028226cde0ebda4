import type { DebianPackage } from "../kit/package.ts";

export default { name: "libvirt-daemon", summary: "manages virtual machines, networks and storage: libvirtd" } satisfies DebianPackage;
