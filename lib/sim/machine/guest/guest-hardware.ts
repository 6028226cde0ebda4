// What a hypervisor's device model describes, in the words of a machine: names that the guest's kernel gives to its disks and cards, partitions as its tables say, PCI ids
// with their drivers.
import { Disk as BlockDisk } from "../../kernel/block/block-device.ts";
import { Ext4Superblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSET } from "../../kernel/block/ext4-superblock.ts";
import { readPartitionTable } from "../../kernel/block/partition-table.ts";
import type { GuestCard, GuestDisk, GuestHardware, GuestPciDevice } from "../../kernel/sys.ts";
import type { UsbDevice } from "../../kernel/hardware.ts";
import type { Contents } from "../../kernel/vfs/contents.ts";
import type { Disk, DiskPartition, Hardware, NetworkCard, PciDevice } from "../hardware.ts";

const sectorBytes = 512;
const qemuSubsystemVendor = 0x1af4;
const qemuSubsystem = 0x1100;

/** Kernel driver and module by vendor:device (pci.ids, modules.alias of Debian's kernel). */
const drivers: ReadonlyMap<string, readonly [driver: string | undefined, modules: readonly string[]]> = new Map([
  ["1af4:1041", ["virtio-pci", ["virtio_pci"]]], ["1af4:1042", ["virtio-pci", ["virtio_pci"]]], ["1af4:1043", ["virtio-pci", ["virtio_pci"]]], ["1af4:1044", ["virtio-pci", ["virtio_pci"]]],
  ["1af4:1045", ["virtio-pci", ["virtio_pci"]]], ["1af4:1048", ["virtio-pci", ["virtio_pci"]]], ["1af4:1000", ["virtio-pci", ["virtio_pci"]]], ["1af4:1001", ["virtio-pci", ["virtio_pci"]]],
  ["1af4:1002", ["virtio-pci", ["virtio_pci"]]], ["1af4:1003", ["virtio-pci", ["virtio_pci"]]], ["1af4:1005", ["virtio-pci", ["virtio_pci"]]],
  ["8086:100e", ["e1000", ["e1000"]]], ["8086:10d3", ["e1000e", ["e1000e"]]], ["10ec:8139", ["8139cp", ["8139cp", "8139too"]]], ["8086:7010", ["ata_piix", ["ata_piix", "ata_generic"]]],
  ["8086:2922", ["ahci", ["ahci"]]], ["8086:2918", ["lpc_ich", ["lpc_ich"]]], ["8086:2930", ["i801_smbus", ["i2c_i801"]]], ["8086:7113", ["piix4_smbus", ["i2c_piix4"]]], ["8086:7020", ["uhci_hcd", ["uhci_hcd"]]],
  ["1b36:000c", ["pcieport", []]], ["1b36:000d", ["xhci_hcd", ["xhci_pci"]]], ["1234:1111", ["bochs-drm", ["bochs"]]], ["1013:00b8", ["cirrus", ["cirrus"]]], ["1b36:0100", ["qxl", ["qxl"]]], ["8086:2668", ["snd_hda_intel", ["snd_hda_intel"]]],
]);

function pciDevice(device: GuestPciDevice): PciDevice {
  const [driver, modules] = drivers.get(`${device.vendor.toString(16).padStart(4, "0")}:${device.device.toString(16).padStart(4, "0")}`) ?? [undefined, []];
  return { address: device.slot, classCode: device.class, vendor: device.vendor, device: device.device, subsystemVendor: qemuSubsystemVendor, subsystemDevice: qemuSubsystem, revision: device.revision, driver, modules };
}

const uuidAt = 0x68;
const labelAt = 0x78;

function partitionsOf(device: BlockDisk): readonly DiskPartition[] {
  const signature = device.read(440, 4);
  const identifier = [...signature].reverse().map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return readPartitionTable(device).map(({ number, startSector, sectors }) => {
    const bytes = device.read(startSector * sectorBytes + SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES);
    const ext4 = bytes.length === SUPERBLOCK_BYTES && new Ext4Superblock(bytes.slice()).valid;
    const hex = [...bytes.subarray(uuidAt, uuidAt + 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const label = String.fromCharCode(...bytes.subarray(labelAt, labelAt + 16)).replace(/\0.*$/s, "");
    return {
      number, startSector, sectors, type: "83", fileSystem: ext4 ? "ext4" : undefined, uuid: ext4 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : undefined,
      label: ext4 && label !== "" ? label : undefined, partitionUuid: `${identifier}-${String(number).padStart(2, "0")}`,
    };
  });
}

export interface AttachedDisk {
  readonly id: string;
  readonly name: string;
  readonly guest: GuestDisk;
  readonly contents: Contents;
}

/** virtio disks are vd*, the others share sd*, drives for discs sr*. */
export function diskNames(disks: readonly GuestDisk[]): ReadonlyMap<string, string> {
  const counts = { vd: 0, sd: 0, sr: 0, fd: 0 };
  const names = new Map<string, string>();
  for (const disk of [...disks].sort((a, b) => a.index - b.index)) {
    const kind = disk.bus === "fdc" ? "fd" : disk.rom ? "sr" : disk.bus === "virtio" ? "vd" : "sd";
    const count = counts[kind]++;
    names.set(disk.id, kind === "sr" || kind === "fd" ? `${kind}${count}` : kind + String.fromCharCode(97 + count));
  }
  return names;
}

function diskDescription(disk: AttachedDisk): Disk {
  const block = new BlockDisk(disk.name, 254, 0, disk.contents);
  const partitions = disk.guest.rom ? [] : partitionsOf(block);
  const model = disk.guest.rom ? "QEMU DVD-ROM" : disk.guest.bus === "virtio" ? "" : "QEMU HARDDISK";
  return { name: disk.name, sizeBytes: disk.guest.sizeBytes, model, serial: disk.guest.serial, tableType: partitions.length > 0 ? "dos" : undefined, partitions, readOnly: disk.guest.readOnly };
}

/** systemd.net-naming-scheme: by the slot on the root bus of an i440FX, by path behind a root port. */
function cardName(card: GuestCard): string {
  const bus = Number.parseInt(card.slot.slice(5, 7), 16);
  const slot = Number.parseInt(card.slot.slice(8, 10), 16);
  return bus === 0 ? `ens${slot}` : `enp${bus}s${slot}`;
}

const cardDrivers = { virtio: "virtio_net", e1000: "e1000", e1000e: "e1000e", rtl8139: "8139cp" } as const;

function cardDescription(card: GuestCard): NetworkCard {
  return { name: cardName(card), mac: card.mac, driver: cardDrivers[card.model], slot: card.slot };
}

/** The place on its controller: of a disc drive behind the hard disks. */
function unitOf(disk: AttachedDisk, disks: readonly AttachedDisk[]): number {
  return disks.filter((other) => other.guest.bus === disk.guest.bus && other.guest.index < disk.guest.index).length;
}

/** About 60 MB/s for IDE, 150 for AHCI, beside several times as much for virtio: each access to an emulated controller's registers leaves the guest. */
const busSteps = { virtio: 0, ide: 15_000, sata: 5_000, scsi: 3_000, usb: 25_000, fdc: 900_000 } as const;

/** What a frame costs the sender: an emulated card is told of each by several accesses to its registers, a virtio queue by at most one. */
export const frameSteps = { virtio: 2, e1000: 30, e1000e: 25, rtl8139: 50 } as const;

/** CPU models of QEMU by name: what the guest reads of them (target/i386/cpu.c). */
const cpuModels: ReadonlyMap<string, readonly [name: string, family: number, model: number, stepping: number]> = new Map([
  ["qemu64", ["QEMU Virtual CPU version 2.5+", 15, 107, 1]], ["kvm64", ["Common KVM processor", 15, 6, 1]], ["Conroe", ["Intel Celeron_4x0 (Conroe/Merom Class Core 2)", 6, 15, 3]], ["Penryn", ["Intel Core 2 Duo P9xxx (Penryn Class Core 2)", 6, 23, 3]],
  ["Nehalem", ["Intel Core i7 9xx (Nehalem Class Core i7)", 6, 26, 3]], ["Westmere", ["Westmere E56xx/L56xx/X56xx (Nehalem-C)", 6, 44, 1]], ["SandyBridge", ["Intel Xeon E312xx (Sandy Bridge)", 6, 42, 1]], ["IvyBridge", ["Intel Xeon E3-12xx v2 (Ivy Bridge)", 6, 58, 9]],
  ["Haswell", ["Intel Core Processor (Haswell)", 6, 60, 4]], ["Broadwell", ["Intel Core Processor (Broadwell)", 6, 61, 2]], ["Broadwell-IBRS", ["Intel Core Processor (Broadwell, IBRS)", 6, 61, 2]],
  ["Skylake-Client", ["Intel Core Processor (Skylake)", 6, 94, 3]], ["Skylake-Server", ["Intel Xeon Processor (Skylake)", 6, 85, 4]], ["EPYC", ["AMD EPYC Processor", 23, 1, 2]],
]);

/** Those two models' own flags; the others are given here what the host has. */
const plainFlags = new Set(("fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm constant_tsc rep_good nopl xtopology cpuid tsc_known_freq extd_apicid pni cx16 x2apic lahf_lm cmp_legacy "
  + "3dnowprefetch cpuid_fault pti vmmcall").split(" "));
/** What only a processor with its own guests has. */
const virtualisation = new Set(["svm", "vmx", "tpr_shadow", "vnmi", "flexpriority", "ept", "vpid", "ept_ad", "npt", "nrip_save"]);

/** The flags stand in the order of the host's, which is the kernel's. */
function guestCpu(hardware: GuestHardware, host: Hardware["cpu"]): Hardware["cpu"] {
  const { cpuModel, cpuFlags } = hardware;
  const passed = cpuModel === "host" || cpuModel === "host-passthrough" || cpuModel === "max";
  const nested = cpuFlags.some((flag) => flag === "svm" || flag === "vmx");
  const plain = cpuModel === "qemu64" || cpuModel === "kvm64";
  const flags = host.flags.filter((flag) => flag !== "hypervisor" && (!virtualisation.has(flag) || (nested && flag !== "svm" && flag !== "vmx")) && (!plain || plainFlags.has(flag)));
  for (const flag of ["hypervisor", ...cpuFlags]) {
    const place = host.flags.indexOf(flag);
    const at = place < 0 ? -1 : flags.findIndex((one) => host.flags.indexOf(one) > place);
    flags.splice(at < 0 ? flags.length : at, 0, flag);
  }
  const [model, family, modelNumber, stepping] = (passed ? undefined : (cpuModels.get(cpuModel) ?? cpuModels.get("qemu64"))) ?? [host.model, host.family, host.modelNumber, host.stepping];
  return { ...host, count: hardware.cpuCount, sockets: hardware.cpuSockets ?? 1, model, family, modelNumber, stepping, flags };
}

/** hw/usb/dev-hid.c of QEMU. */
const inputDevices: ReadonlyMap<string, readonly [name: string, protocol: UsbDevice["protocol"], serial: string]> = new Map([["usb-mouse", ["QEMU USB Mouse", "02", "89126"]], ["usb-tablet", ["QEMU USB Tablet", "00", "28754"]], ["usb-kbd", ["QEMU USB Keyboard", "01", "68284"]]]);

function usbDevice(name: string): readonly UsbDevice[] {
  const facts = inputDevices.get(name);
  return facts === undefined ? [] : [{ vendor: 0x0627, product: 1, manufacturer: "QEMU", name: facts[0], serial: facts[2], protocol: facts[1] }];
}

export function guestHardware(hardware: GuestHardware, accelerator: "kvm" | "tcg", host: Hardware, disks: readonly AttachedDisk[], commandLine: string): Hardware {
  const q35 = hardware.machine.includes("q35");
  return {
    dmi: {
      biosVendor: "SeaBIOS", biosVersion: "1.16.2-debian-1.16.2-1", biosDate: "04/01/2014", systemVendor: "QEMU", productName: q35 ? "Standard PC (Q35 + ICH9, 2009)" : "Standard PC (i440FX + PIIX, 1996)",
      productVersion: hardware.machine, productSerial: "", productUuid: hardware.uuid, boardVendor: "", boardName: "", chassisVendor: "QEMU", chassisType: 1, chassisVersion: hardware.machine,
    },
    cpu: guestCpu(hardware, host.cpu),
    memoryBytes: hardware.memoryBytes,
    pci: hardware.pci.map(pciDevice),
    disks: disks.map((disk) => ({ ...diskDescription(disk), unit: unitOf(disk, disks), stepsPerMiB: busSteps[disk.guest.bus] })),
    networkCards: hardware.cards.map(cardDescription),
    ...(hardware.usb === undefined || hardware.usb.length === 0 ? {} : { usbDevices: hardware.usb.flatMap(usbDevice) }),
    hypervisor: accelerator === "kvm" ? "kvm" : "qemu",
    kernelCommandLine: commandLine,
  };
}
