import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "libvirt-clients",
  summary: "virsh and other programs that talk to libvirt",
  files: [{ path: "/etc/libvirt/libvirt.conf", text: "# Settings of libvirt's clients.\n\n#uri_default = \"qemu:///system\"\n", conffile: true }],
} satisfies DebianPackage;
