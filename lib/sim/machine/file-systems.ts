// The file system types of the machine's kernel, and /dev with the nodes of its hardware.
import { registerFileSystems as registerKernelFileSystems, type StandardFileSystems } from "../kernel/file-system-types.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type DeviceNode, devtmpfsLayer, KVM_NODE, STANDARD_DEVICE_NODES } from "../kernel/vfs/devtmpfs.ts";
import type { Contents } from "../kernel/vfs/contents.ts";
import type { FrozenLayer } from "../kernel/vfs/memory-node.ts";
import { attachDisks } from "./disk-contents.ts";
import type { Hardware } from "./hardware.ts";
import { kernelHardware } from "./kernel-hardware.ts";
import { loadBootModules } from "./kernel-modules.ts";

const deviceLayers = new WeakMap<Hardware, FrozenLayer>();

const diskMajor = 254;
const diskGroup = 6;

function hardwareNodes(hardware: Hardware): readonly DeviceNode[] {
  const nodes: DeviceNode[] = [...STANDARD_DEVICE_NODES];
  if (hardware.cpu.flags.includes("svm") || hardware.cpu.flags.includes("vmx")) nodes.push(KVM_NODE);
  for (const name of ["by-path", "by-uuid", "by-partuuid", "by-diskseq"]) nodes.push({ name: `disk/${name}`, kind: "directory", mode: 0o755 });
  hardware.disks.forEach((disk, index) => {
    const minor = index * 16;
    const block = (name: string, number: number): void => {
      nodes.push({ name, kind: "blk", major: diskMajor, minor: number, mode: 0o660, gid: diskGroup });
      nodes.push({ name: `block/${diskMajor}:${number}`, kind: "link", target: `../${name}` });
    };
    block(disk.name, minor);
    const paths = [`pci-0000:${String(2 + index).padStart(2, "0")}:00.0`, `virtio-pci-0000:${String(2 + index).padStart(2, "0")}:00.0`];
    for (const path of paths) nodes.push({ name: `disk/by-path/${path}`, kind: "link", target: `../../${disk.name}` });
    for (const partition of disk.partitions) {
      const name = `${disk.name}${partition.number}`;
      block(name, minor + partition.number);
      for (const path of paths) nodes.push({ name: `disk/by-path/${path}-part${partition.number}`, kind: "link", target: `../../${name}` });
      if (partition.uuid !== undefined) nodes.push({ name: `disk/by-uuid/${partition.uuid}`, kind: "link", target: `../../${name}` });
      nodes.push({ name: `disk/by-partuuid/${partition.partitionUuid}`, kind: "link", target: `../../${name}` });
    }
  });
  return nodes;
}

export function registerFileSystems(kernel: Kernel, hardware: Hardware, bootEpochUs: number, contents?: ReadonlyMap<string, Contents>): StandardFileSystems {
  let devices = deviceLayers.get(hardware);
  if (devices === undefined) {
    devices = devtmpfsLayer(hardwareNodes(hardware), bootEpochUs);
    deviceLayers.set(hardware, devices);
  }
  loadBootModules(kernel, hardware);
  const described = kernelHardware(hardware);
  const registered = registerKernelFileSystems(kernel, { hardware: () => described, devices });
  attachDisks(kernel, hardware, contents);
  return registered;
}
