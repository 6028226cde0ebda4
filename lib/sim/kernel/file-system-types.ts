// The file systems that need no disk, registered with a kernel: what /proc/filesystems calls nodev.

import type { Hardware } from "./hardware.ts";
import type { Kernel } from "./kernel.ts";
import { type SwapTable, swapTableOf } from "./swap.ts";
import { procfsType } from "./proc/procfs.ts";
import { btrfsType } from "./block/btrfs-type.ts";
import { ext4Type } from "./block/ext4-type.ts";
import { iso9660Type } from "./block/iso9660-type.ts";
import { registerDeviceMapper } from "./block/device-mapper.ts";
import { registerLoop } from "./block/loop.ts";
import { registerMd } from "./block/md.ts";
import { vfatTypes } from "./block/vfat-type.ts";
import { xfsType } from "./block/xfs-type.ts";
import { cgroup2Type } from "./cgroupfs.ts";
import { sysfsType } from "./sysfs/sysfs.ts";
import { devptsType } from "./vfs/devpts.ts";
import { addDeviceNode, createDevtmpfs, devtmpfsLayer, devtmpfsType, removeDeviceNode, STANDARD_DEVICE_NODES } from "./vfs/devtmpfs.ts";
import type { FileSystemType } from "./vfs/file-system.ts";
import type { MemoryFileSystem } from "./vfs/memory-file-system.ts";
import type { FrozenLayer } from "./vfs/memory-node.ts";
import { NamespaceFileSystem } from "./vfs/nsfs.ts";
import { overlayType } from "./vfs/overlay-type.ts";
import { emptyPseudoTypes } from "./vfs/empty-file-system.ts";
import { plainMemoryType, tmpfsType } from "./vfs/tmpfs.ts";

export interface FileSystemTypesOptions {
  /** asked each time: what is plugged in may change */
  readonly hardware: () => Hardware;
  /** a frozen /dev made by `devtmpfsLayer`, shared by machines that look alike; the standard nodes by default */
  readonly devices?: FrozenLayer;
}

/** What other parts of the machine reach for directly. */
export interface StandardFileSystems {
  readonly devtmpfs: MemoryFileSystem;
  readonly nsfs: NamespaceFileSystem;
  readonly swaps: SwapTable;
  /** st_dev of a file system without a device */
  nextDevice(): number;
}

let standardDevices: FrozenLayer | undefined;

function standardLayer(): FrozenLayer {
  return (standardDevices ??= devtmpfsLayer(STANDARD_DEVICE_NODES));
}

export function registerFileSystems(kernel: Kernel, options: FileSystemTypesOptions): StandardFileSystems {
  let lastDevice = 20;
  const nextDevice = (): number => {
    const minor = ++lastDevice;
    return (minor & 0xff) + (minor >>> 8) * 0x100000;
  };
  const host = kernel.vfsHost;
  const memoryBytes = (): number => kernel.memoryBytes;
  const nsfs = new NamespaceFileSystem(4);
  const swaps = swapTableOf(kernel);
  const devtmpfs = createDevtmpfs(host, options.devices ?? standardLayer(), kernel.bootEpochUs, kernel.memoryBytes);
  for (const node of kernel.deviceNodes.list()) addDeviceNode(devtmpfs, node);
  kernel.deviceNodes.onChange = (node, change) => (change === "add" ? addDeviceNode(devtmpfs, node) : removeDeviceNode(devtmpfs, node.name));
  const memorySettings = { host, memoryBytes, nextDevice };
  const types: FileSystemType[] = [
    tmpfsType(memorySettings),
    plainMemoryType("ramfs", memorySettings, 0o755, (data) => data),
    plainMemoryType("hugetlbfs", memorySettings, 0o755, () => "pagesize=2M"),
    plainMemoryType("mqueue", memorySettings, 0o1777, () => ""),
    devtmpfsType(devtmpfs), devptsType(kernel, nextDevice), overlayType(nextDevice),
    procfsType({ kernel, hardware: options.hardware, nsfs, swaps }, nextDevice), sysfsType({ kernel, hardware: options.hardware }, nextDevice), cgroup2Type(kernel, nextDevice),
    ...emptyPseudoTypes(nextDevice, () => kernel.realtimeUs()),
  ];
  for (const name of ["ext3", "ext2", "ext4"] as const) types.push(ext4Type(kernel, name));
  types.push(iso9660Type(kernel), ...vfatTypes(kernel), xfsType(kernel), btrfsType(kernel));
  registerLoop(kernel);
  registerDeviceMapper(kernel);
  registerMd(kernel);
  for (const type of types) kernel.fileSystemTypes.set(type.name, type);
  return { devtmpfs, nsfs, swaps, nextDevice };
}
