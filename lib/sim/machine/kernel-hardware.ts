// A machine's hardware in the words of the kernel, which fills /proc and /sys from it.
import type { DiskPartition, Hardware as KernelHardware, PciDevice as KernelPciDevice } from "../kernel/hardware.ts";
import type { Disk, Hardware, PciDevice } from "./hardware.ts";
import { moduleSizes } from "./kernel-modules.ts";

/** By the device id of virtio 1 on PCI: the kind of device and its driver (virtio 1.1, 5). */
const virtioKinds = new Map<number, { readonly kind: number; readonly driver: string }>([
  [0x1041, { kind: 1, driver: "virtio_net" }], [0x1042, { kind: 2, driver: "virtio_blk" }], [0x1043, { kind: 3, driver: "virtio_console" }], [0x1044, { kind: 4, driver: "virtio_rng" }],
  [0x1045, { kind: 5, driver: "virtio_balloon" }], [0x1048, { kind: 8, driver: "virtio_scsi" }], [0x1049, { kind: 9, driver: "9pnet_virtio" }], [0x1050, { kind: 16, driver: "virtio_gpu" }], [0x1053, { kind: 19, driver: "vmw_vsock_virtio_transport" }],
  [0x105a, { kind: 26, driver: "virtiofs" }], [0x1000, { kind: 1, driver: "virtio_net" }], [0x1001, { kind: 2, driver: "virtio_blk" }],
]);
const virtioVendor = 0x1af4;
const firstInterrupt = 10;

const busOf = (address: string): number => Number.parseInt(address.slice(5, 7), 16);
const isBridge = (device: PciDevice): boolean => device.classCode >> 8 === 0x0604;

function pciDevices(devices: readonly PciDevice[]): readonly KernelPciDevice[] {
  // The buses behind the bridges are numbered in the order of the bridges.
  const bridges = devices.filter(isBridge);
  let virtioIndex = 0;
  return devices.map((device, index): KernelPciDevice => {
    const kind = device.vendor === virtioVendor ? virtioKinds.get(device.device) : undefined;
    const bus = busOf(device.address);
    const behind = bus === 0 ? undefined : bridges[bus - 1]?.address;
    const bridge = bridges.indexOf(device);
    const module = device.modules[0];
    return {
      slot: device.address, vendor: device.vendor, device: device.device, subsystemVendor: device.subsystemVendor, subsystemDevice: device.subsystemDevice, class: device.classCode, revision: device.revision,
      ...(device.driver === undefined ? {} : { driver: device.driver }), ...(module === undefined ? {} : { module }), ...(index === 0 ? {} : { irq: firstInterrupt + (index % 2) }),
      ...(behind === undefined ? {} : { behind }), ...(bridge === -1 ? {} : { secondaryBus: bridge + 1 }), ...(kind === undefined ? {} : { virtio: { index: virtioIndex++, ...kind } }),
    };
  });
}

/** Major numbers of Documentation/admin-guide/devices.txt; virtblk gets its number from the dynamic range. */
export function diskNumbers(name: string): { readonly major: number; readonly first: number } {
  const letter = (prefix: string): number => name.charCodeAt(prefix.length) - 97;
  if (name.startsWith("vd")) return { major: 254, first: letter("vd") * 16 };
  if (name.startsWith("sd")) return { major: 8, first: letter("sd") * 16 };
  if (name.startsWith("xvd")) return { major: 202, first: letter("xvd") * 16 };
  if (name.startsWith("sr")) return { major: 11, first: Number(name.slice(2)) };
  return { major: 259, first: 0 };
}

/** st_dev of what "/dev/sda1" holds; a root without a device has one of the anonymous numbers. */
export function deviceNumber(source: string): number {
  const [, disk, partition] = /^\/dev\/([a-z]+)(\d*)$/.exec(source) ?? [];
  if (disk === undefined) return 2;
  const { major, first } = diskNumbers(disk);
  return (major << 8) | (first + Number(partition ?? 0));
}

function partitionName(disk: string, number: number): string {
  return /\d$/.test(disk) ? `${disk}p${number}` : `${disk}${number}`;
}

function slotOf(hardware: Hardware, matches: (device: PciDevice) => boolean, index: number): string | undefined {
  return hardware.pci.filter(matches)[index]?.address;
}

/** virtio disks have a device each, in the order of their names; the others share a controller. */
export function diskSlot(hardware: Hardware, disk: Disk): string | undefined {
  if (!disk.name.startsWith("vd")) return slotOf(hardware, (device) => device.classCode >> 16 === 1 && device.vendor !== virtioVendor, 0);
  const index = hardware.disks.filter((each) => each.name.startsWith("vd")).indexOf(disk);
  return slotOf(hardware, (device) => virtioKinds.get(device.device)?.kind === 2 && device.vendor === virtioVendor, index);
}

function kernelDisk(hardware: Hardware, disk: Disk): KernelHardware["disks"][number] {
  const { major, first } = diskNumbers(disk.name);
  const slot = diskSlot(hardware, disk);
  const partitions = disk.partitions.map((partition): DiskPartition => ({
    name: partitionName(disk.name, partition.number), number: partition.number, startSector: partition.startSector, sectors: partition.sectors, major, minor: first + partition.number,
  }));
  // the queue's default, which neither virtio_blk nor sd without a report of the disk changes (Linux 6.1)
  return {
    name: disk.name, major, minor: first, sizeBytes: disk.sizeBytes, partitions, readOnly: disk.readOnly, removable: disk.name.startsWith("sr"), rotational: true, logicalBlockBytes: disk.name.startsWith("sr") ? 2048 : 512,
    ...(disk.model === "" ? {} : { model: disk.model }), ...(disk.serial === "" ? {} : { serial: disk.serial }), ...(slot === undefined ? {} : { slot }),
  };
}

function dmiFields(hardware: Hardware): ReadonlyMap<string, string> {
  const { dmi } = hardware;
  const fields = new Map<string, string>([
    ["bios_date", dmi.biosDate], ["bios_release", "0.0"], ["bios_vendor", dmi.biosVendor], ["bios_version", dmi.biosVersion], ["chassis_asset_tag", ""], ["chassis_serial", ""], ["chassis_type", `${dmi.chassisType}`],
    ["chassis_vendor", dmi.chassisVendor], ["chassis_version", dmi.chassisVersion], ["product_family", ""], ["product_name", dmi.productName], ["product_serial", dmi.productSerial], ["product_sku", ""], ["product_uuid", dmi.productUuid],
    ["product_version", dmi.productVersion], ["sys_vendor", dmi.systemVendor],
  ]);
  if (dmi.boardVendor !== "" || dmi.boardName !== "") for (const [name, value] of [["board_name", dmi.boardName], ["board_vendor", dmi.boardVendor], ["board_version", ""], ["board_serial", ""], ["board_asset_tag", ""]] as const) fields.set(name, value);
  return fields;
}

function inKernelWords(hardware: Hardware): KernelHardware {
  const { cpu } = hardware;
  return {
    processor: {
      vendor: cpu.vendor === "GenuineIntel" ? "GenuineIntel" : "AuthenticAMD", family: cpu.family, model: cpu.modelNumber, stepping: cpu.stepping, modelName: cpu.model, mhz: cpu.mhz, cacheKib: cpu.cacheKiB,
      sockets: cpu.sockets ?? 1, coresPerSocket: Math.max(1, Math.floor(cpu.count / (cpu.sockets ?? 1))), threadsPerCore: 1, flags: cpu.flags, bugs: ["fxsave_leak", "sysret_ss_attrs", "spectre_v1", "spectre_v2", "spec_store_bypass"], bogomips: cpu.bogomips, physicalAddressBits: 40, virtualAddressBits: 48,
    },
    dmi: dmiFields(hardware),
    efi: false,
    kvm: hardware.hypervisor === "kvm",
    pci: pciDevices(hardware.pci),
    disks: hardware.disks.map((disk) => kernelDisk(hardware, disk)),
    networkCards: hardware.networkCards.map((card, index) => {
      const { name, driver } = card;
      const virtio = driver === "virtio_net";
      const slot = card.slot ?? slotOf(hardware, (device) => (virtio ? virtioKinds.get(device.device)?.kind === 1 && device.vendor === virtioVendor : device.classCode >> 16 === 2), index);
      return { name, driver, ...(slot === undefined ? {} : { slot }) };
    }),
    ...(hardware.hypervisor === "xen" ? { xen: { type: "xen" as const, uuid: hardware.dmi.productUuid, capabilities: "xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64", versionMajor: 4, versionMinor: 17, versionExtra: ".5" } } : {}),
    ...(hardware.usbDevices === undefined ? {} : { usbDevices: hardware.usbDevices }),
    commandLine: hardware.kernelCommandLine,
    moduleSizes,
  };
}

const described = new WeakMap<Hardware, KernelHardware>();

/** The same value for the same hardware, so that machines of one kind share what the kernel makes of it. */
export function kernelHardware(hardware: Hardware): KernelHardware {
  let known = described.get(hardware);
  if (known === undefined) {
    known = inKernelWords(hardware);
    described.set(hardware, known);
  }
  return known;
}
