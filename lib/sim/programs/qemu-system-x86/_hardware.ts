// The PCI devices of QEMU's machines: what the chipset brings, and what the command line adds (docs/specs/pci-ids.rst).
import type { GuestPciDevice } from "../../kernel/sys.ts";
import type { MachineArguments } from "./_arguments.ts";

const pci = (slot: string, kind: number, vendor: number, device: number, revision = 0): GuestPciDevice => ({ slot, class: kind, vendor, device, revision });

const i440fx: readonly GuestPciDevice[] = [
  pci("0000:00:00.0", 0x060000, 0x8086, 0x1237, 2), pci("0000:00:01.0", 0x060100, 0x8086, 0x7000), pci("0000:00:01.1", 0x010180, 0x8086, 0x7010), pci("0000:00:01.3", 0x068000, 0x8086, 0x7113, 3),
];
const q35: readonly GuestPciDevice[] = [
  pci("0000:00:00.0", 0x060000, 0x8086, 0x29c0), pci("0000:00:1f.0", 0x060100, 0x8086, 0x2918, 2), pci("0000:00:1f.2", 0x010601, 0x8086, 0x2922, 2), pci("0000:00:1f.3", 0x0c0500, 0x8086, 0x2930, 2),
];

const known = new Map<string, readonly [kind: number, vendor: number, device: number, revision: number]>([
  ["pcie-root-port", [0x060400, 0x1b36, 0x000c, 0]], ["qemu-xhci", [0x0c0330, 0x1b36, 0x000d, 1]], ["virtio-serial-pci", [0x078000, 0x1af4, 0x1043, 1]], ["virtio-balloon-pci", [0x00ff00, 0x1af4, 0x1045, 1]],
  ["virtio-rng-pci", [0x00ff00, 0x1af4, 0x1044, 1]], ["virtio-scsi-pci", [0x010000, 0x1af4, 0x1048, 1]], ["virtio-gpu-pci", [0x038000, 0x1af4, 0x1050, 1]], ["VGA", [0x030000, 0x1234, 0x1111, 2]], ["qxl-vga", [0x030000, 0x1b36, 0x0100, 5]],
  ["cirrus-vga", [0x030000, 0x1013, 0x00b8, 0]], ["piix3-usb-uhci", [0x0c0300, 0x8086, 0x7020, 1]], ["ich9-intel-hda", [0x040300, 0x8086, 0x2668, 1]], ["ich9-usb-ehci1", [0x0c0320, 0x8086, 0x293a, 3]], ["virtio-vga", [0x030000, 0x1af4, 0x1050, 1]],
]);

const cards = { virtio: [0x1af4, 0x1041, 1], e1000: [0x8086, 0x100e, 3], e1000e: [0x8086, 0x10d3, 0], rtl8139: [0x10ec, 0x8139, 0x20] } as const;
const legacyCard = [0x1af4, 0x1000, 0] as const;

export function pciDevices(machine: MachineArguments): readonly GuestPciDevice[] {
  const modern = machine.machine.includes("q35");
  const devices: GuestPciDevice[] = [...(modern ? q35 : i440fx)];
  for (const { driver, slot } of machine.devices) {
    const facts = known.get(driver);
    if (facts !== undefined) devices.push(pci(slot, ...facts));
  }
  for (const card of machine.cards) {
    // on a root bus virtio devices are transitional: they carry the old ids
    const [vendor, device, revision] = card.model === "virtio" && !modern ? legacyCard : cards[card.model];
    devices.push(pci(card.slot, 0x020000, vendor, device, revision));
  }
  for (const disk of machine.disks) if (disk.bus === "virtio") devices.push(modern ? pci(disk.slot, 0x010000, 0x1af4, 0x1042, 1) : pci(disk.slot, 0x010000, 0x1af4, 0x1001));
  return devices.sort((a, b) => (a.slot < b.slot ? -1 : 1));
}
