// debian-12 with what labs about hypervisors and system containers need. Its processor has no virtualisation extensions: guests are emulated, as on the recorded host.
import { guestImage } from "../images/guest-image.ts";
import { installerImage } from "../images/installer-image.ts";
import type { HostDescription } from "../host-description.ts";
import debian12 from "./debian-12.ts";
import { qemuQ35 } from "./qemu-q35.ts";

const mebibyte = 1024 ** 2;

const debian12Virt: HostDescription = {
  ...debian12,
  name: "debian-12-virt",
  summary: "Debian 12 with libvirt, QEMU and LXC",
  hardware: { ...qemuQ35, cpu: { ...qemuQ35.cpu, flags: qemuQ35.cpu.flags.filter((flag) => flag !== "svm") } },
  packages: [...debian12.packages, "libvirt-daemon-system", "libvirt-daemon", "libvirt-daemon-config-network", "libvirt-daemon-config-nwfilter", "dnsmasq-base", "libvirt-clients", "qemu-system-x86", "virtinst", "libosinfo-bin", "lxc", "awscli", "cpu-checker"],
  data: () => [
    { path: "/var/lib/libvirt/images", directory: true, mode: 0o711 },
    { path: "/var/lib/libvirt/images/guest.qcow2", sparse: () => guestImage("guest-debian-12", 64 * mebibyte, 16_151_040), mode: 0o644 },
    { path: "/srv/images/debian-12.12.0-amd64-netinst.iso", sparse: installerImage, mode: 0o644 },
    { path: "/srv/images/debian-12-genericcloud-amd64.qcow2", sparse: () => guestImage("guest-debian-12-cloud", 2048 * mebibyte, 341 * mebibyte), mode: 0o644 },
  ],
};

export default debian12Virt;
