// debian-12 with what labs about hypervisors and system containers need.
import type { HostDescription } from "../host-description.ts";
import debian12 from "./debian-12.ts";

const debian12Virt: HostDescription = {
  ...debian12,
  name: "debian-12-virt",
  summary: "Debian 12 with libvirt, QEMU and LXC",
  packages: [...debian12.packages, "libvirt-daemon-system", "libvirt-clients", "qemu-system-x86", "virtinst", "lxc", "awscli"],
};

export default debian12Virt;
