// debian-12-virt with its network active and a machine that waits to be cloned: stopped, installed once, with a name, a machine-id and host keys of its own.
import { normaliseDomain } from "../../daemons/libvirt/domain-xml.ts";
import { encode } from "../../kernel/sys.ts";
import { guestImage } from "../images/guest-image.ts";
import type { HostDescription } from "../host-description.ts";
import { templateOwnerKey } from "../guest/guest-roots.ts";
import debian12Virt from "./debian-12-virt.ts";

const mebibyte = 1024 ** 2;
const disk = "/var/lib/libvirt/images/template.qcow2";

/** As virt-install with --osinfo debian11 writes it. */
const template = `<domain type='qemu'>
  <name>template</name>
  <uuid>0f6b2a7e-93c1-4d58-b5de-6a1c7f20e9d4</uuid>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>
      <libosinfo:os id='http://debian.org/debian/11'/>
    </libosinfo:libosinfo>
  </metadata>
  <memory>524288</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
  <features><acpi/><apic/></features>
  <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/><timer name='pit' tickpolicy='delay'/><timer name='hpet' present='no'/></clock>
  <pm><suspend-to-mem enabled='no'/><suspend-to-disk enabled='no'/></pm>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2' discard='unmap'/><source file='${disk}'/><target dev='vda' bus='virtio'/></disk>
    <controller type='usb' model='qemu-xhci' ports='15'/>
    <controller type='pci' model='pcie-root'/>
    ${"<controller type='pci' model='pcie-root-port'/>".repeat(14)}
    <interface type='network'><mac address='52:54:00:5e:7a:01'/><source network='default'/><model type='virtio'/></interface>
    <console type='pty'/>
    <channel type='unix'><source mode='bind'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <memballoon model='virtio'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>
`;

const debian12Clones: HostDescription = {
  ...debian12Virt,
  name: "debian-12-clones",
  summary: "Debian 12 with libvirt and a machine to clone",
  packages: [...debian12Virt.packages, "libguestfs-tools", "guestfs-tools", "guestfish", "libguestfs0"],
  files: [
    ...debian12Virt.files,
    { path: "/root/.ssh/id_ed25519", ...templateOwnerKey.secretFile, mode: 0o600 },
    { path: "/root/.ssh/id_ed25519.pub", ...templateOwnerKey.openFile, mode: 0o644 },
    { path: "/etc/libvirt/qemu/networks/autostart", directory: true },
    { path: "/etc/libvirt/qemu/networks/autostart/default.xml", symlink: "/etc/libvirt/qemu/networks/default.xml" },
    { path: "/etc/libvirt/qemu/template.xml", content: () => encode(normaliseDomain(template, { uuid: () => "", mac: () => "" }).format()), mode: 0o600 },
  ],
  data: () => [...(debian12Virt.data?.() ?? []), { path: disk, sparse: () => guestImage("guest-debian-12-template", 2048 * mebibyte, 348 * mebibyte), mode: 0o600 }],
};

export default debian12Clones;
