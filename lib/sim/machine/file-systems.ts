// The file system types of the machine's kernel, and /dev with the nodes of its hardware.
import { registerFileSystems as registerKernelFileSystems, type StandardFileSystems } from "../kernel/file-system-types.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type DeviceNode, devtmpfsLayer, KVM_GROUP, KVM_NODE, STANDARD_DEVICE_NODES } from "../kernel/vfs/devtmpfs.ts";
import type { Contents } from "../kernel/vfs/contents.ts";
import type { FrozenLayer } from "../kernel/vfs/memory-node.ts";
import { followDevices } from "./device-links.ts";
import { attachDisks } from "./disk-contents.ts";
import type { Disk, Hardware } from "./hardware.ts";
import { diskNumbers, diskSlot, kernelHardware } from "./kernel-hardware.ts";
import { loadBootModules } from "./kernel-modules.ts";

const deviceLayers = new WeakMap<Hardware, FrozenLayer>();
/** By their names: guests of one kind share one. */
const layersByShape = new Map<string, FrozenLayer>();
const mostShapes = 64;

const diskGroup = 6;
const romGroup = 24;

/** udev's names by place (60-persistent-storage.rules): a virtio disk is a device of its own, others hang on a controller's port. */
function placesOf(hardware: Hardware, disk: Disk): readonly string[] {
  const slot = diskSlot(hardware, disk);
  if (slot === undefined) return [];
  if (disk.name.startsWith("vd")) return [`pci-${slot}`, `virtio-pci-${slot}`];
  const controller = hardware.pci.find((device) => device.address === slot)?.classCode;
  const unit = disk.unit ?? 0;
  if (controller === 0x010180) return [`pci-${slot}-ata-${Math.floor(unit / 2) + 1}.${unit % 2}`];
  if (controller === 0x010601) return [`pci-${slot}-ata-${unit + 1}`, `pci-${slot}-ata-${unit + 1}.0`];
  return [`pci-${slot}-scsi-0:0:${unit}:0`];
}

/** By its place and by what it says of itself. */
function linksOfDisk(hardware: Hardware, disk: Disk): readonly string[] {
  const links = placesOf(hardware, disk).map((path) => `disk/by-path/${path}`);
  if (disk.serial !== "") links.push(`disk/by-id/${disk.name.startsWith("vd") ? "virtio-" : "ata-"}${disk.model === "" ? "" : `${disk.model.replaceAll(" ", "_")}_`}${disk.serial}`);
  return links;
}

function hardwareNodes(hardware: Hardware): readonly DeviceNode[] {
  const nodes: DeviceNode[] = [...STANDARD_DEVICE_NODES];
  if (hardware.cpu.flags.includes("svm") || hardware.cpu.flags.includes("vmx")) nodes.push(KVM_NODE);
  for (const name of ["by-path", "by-uuid", "by-partuuid", "by-diskseq"]) nodes.push({ name: `disk/${name}`, kind: "directory", mode: 0o755 });
  if (hardware.disks.some((disk) => disk.serial !== "")) nodes.push({ name: "disk/by-id", kind: "directory", mode: 0o755 });
  for (const disk of hardware.disks) {
    const { major, first } = diskNumbers(disk.name);
    const gid = disk.name.startsWith("sr") ? romGroup : diskGroup;
    const links = (suffix: string, name: string): void => {
      for (const link of linksOfDisk(hardware, disk)) nodes.push({ name: `${link}${suffix}`, kind: "link", target: `../../${name}` });
    };
    const block = (name: string, number: number): void => {
      nodes.push({ name, kind: "blk", major, minor: number, mode: 0o660, gid });
      nodes.push({ name: `block/${major}:${number}`, kind: "link", target: `../${name}` });
    };
    block(disk.name, first);
    links("", disk.name);
    if (disk.name === "sr0") nodes.push({ name: "cdrom", kind: "link", target: "sr0" });
    for (const partition of disk.partitions) {
      const name = `${disk.name}${partition.number}`;
      block(name, first + partition.number);
      links(`-part${partition.number}`, name);
      if (partition.uuid !== undefined) nodes.push({ name: `disk/by-uuid/${partition.uuid}`, kind: "link", target: `../../${name}` });
      nodes.push({ name: `disk/by-partuuid/${partition.partitionUuid}`, kind: "link", target: `../../${name}` });
    }
  }
  return nodes;
}

function deviceLayer(hardware: Hardware): FrozenLayer {
  let layer = deviceLayers.get(hardware);
  if (layer === undefined) {
    const nodes = hardwareNodes(hardware);
    const shape = JSON.stringify(nodes.slice(STANDARD_DEVICE_NODES.length));
    layer = layersByShape.get(shape) ?? devtmpfsLayer(nodes);
    layersByShape.delete(shape);
    layersByShape.set(shape, layer);
    const [oldest] = layersByShape.keys();
    if (layersByShape.size > mostShapes && oldest !== undefined) layersByShape.delete(oldest);
    deviceLayers.set(hardware, layer);
  }
  return layer;
}

export function registerFileSystems(kernel: Kernel, hardware: Hardware, contents?: ReadonlyMap<string, Contents>): StandardFileSystems {
  loadBootModules(kernel, hardware);
  const kvm = { name: "kvm", kind: "chr", major: 10, minor: 232, mode: 0o660, uid: 0, gid: KVM_GROUP } as const;
  for (const [name, flag] of [["kvm_amd", "svm"], ["kvm_intel", "vmx"]] as const) {
    kernel.moduleDrivers.set(name, { supported: hardware.cpu.flags.includes(flag), nodes: [kvm] });
  }
  const described = kernelHardware(hardware);
  const registered = registerKernelFileSystems(kernel, { hardware: () => described, devices: deviceLayer(hardware) });
  const addDrivers = kernel.onBlockDevices;
  kernel.onBlockDevices = (devices) => {
    addDrivers?.(devices);
    attachDisks(kernel, devices, hardware, contents);
    const atBoot = (): Iterable<readonly [string, string]> => hardwareNodes(hardware).flatMap((node) => (node.kind === "link" && node.name.startsWith("disk/") ? [[node.name, node.target] as const] : []));
    const byName = (name: string): readonly string[] => {
      const disk = hardware.disks.find((one) => one.name === name);
      return disk === undefined ? [] : linksOfDisk(hardware, disk);
    };
    followDevices(kernel, devices, atBoot, byName);
  };
  // its driver may be on the list of those that are not loaded
  if (!kernel.modules.has("kvm")) kernel.deviceNodes.remove(kvm.name);
  return registered;
}
