// The file systems that need no disk, registered with a kernel: what /proc/filesystems calls nodev.

import { SysError } from "./errno.ts";
import type { Hardware } from "./hardware.ts";
import type { Kernel } from "./kernel.ts";
import { type SwapTable, swapTableOf } from "./swap.ts";
import { procfsType } from "./proc/procfs.ts";
import { btrfsType } from "./block/btrfs-type.ts";
import { ext4Type } from "./block/ext4-type.ts";
import { iso9660Type } from "./block/iso9660-type.ts";
import { registerDeviceMapper } from "./block/device-mapper.ts";
import { registerBlockDevices } from "./block/block-device.ts";
import { addLoopDevices, registerLoopControl } from "./block/loop.ts";
import { addMdDevices } from "./block/md.ts";
import { VFAT_NAMES, vfatType } from "./block/vfat-type.ts";
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
import { autofsType } from "./vfs/autofs.ts";
import { EMPTY_PSEUDO_NAMES, emptyPseudoType } from "./vfs/empty-file-system.ts";
import { plainMemoryType, type TmpfsSettings, tmpfsType } from "./vfs/tmpfs.ts";

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

interface Sources {
  readonly kernel: Kernel;
  readonly hardware: () => Hardware;
  readonly nsfs: NamespaceFileSystem;
  readonly swaps: SwapTable;
  readonly devtmpfs: MemoryFileSystem;
  readonly nextDevice: () => number;
}

type Maker = (from: Sources, name: string) => FileSystemType;

const memorySettings = ({ kernel, nextDevice }: Sources): TmpfsSettings => ({ host: kernel.vfsHost, memoryBytes: () => kernel.memoryBytes, nextDevice });
const autofs: Maker = ({ kernel, nextDevice }) => autofsType({
  nextDevice, nowUs: () => kernel.realtimeUs(), descriptionOf: (pid, fd) => kernel.processes.get(pid)?.descriptors.find(fd),
  processGroupOf: (pid) => (kernel.scheduler.current === undefined ? 0 : (kernel.processes.get(pid)?.group.identity.numbers[0] ?? 0)), waitUntil: (done) => kernel.scheduler.runOthers(done),
});
const emptyPseudo: Maker = ({ kernel, nextDevice }, name) => emptyPseudoType(name, nextDevice, () => kernel.realtimeUs());

/** Their modules ask for what only mount.nfs and mount.cifs pass: without these programs every mount is refused (nfs_validate_mount_data, cifs_smb3_do_mount). */
const networkType: Maker = (_from, name) => ({
  name, needsDevice: false, userMountable: false,
  mount() {
    throw new SysError("EINVAL");
  },
});

/** In the order of /proc/filesystems. */
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["tmpfs", (from) => tmpfsType(memorySettings(from))],
  ["ramfs", (from) => plainMemoryType("ramfs", memorySettings(from), 0o755, (data) => data)],
  ["hugetlbfs", (from) => plainMemoryType("hugetlbfs", memorySettings(from), 0o755, () => "pagesize=2M")],
  ["mqueue", (from) => plainMemoryType("mqueue", memorySettings(from), 0o1777, () => "")],
  ["devtmpfs", ({ devtmpfs }) => devtmpfsType(devtmpfs)],
  ["devpts", ({ kernel, nextDevice }) => devptsType(kernel, nextDevice)],
  ["overlay", ({ nextDevice }) => overlayType(nextDevice)],
  ["proc", ({ kernel, hardware, nsfs, swaps, nextDevice }) => procfsType({ kernel, hardware, nsfs, swaps }, nextDevice)],
  ["sysfs", ({ kernel, hardware, nextDevice }) => sysfsType({ kernel, hardware }, nextDevice)],
  ["cgroup2", ({ kernel, nextDevice }) => cgroup2Type(kernel, nextDevice)],
  ["autofs", autofs],
  ...EMPTY_PSEUDO_NAMES.map((name) => [name, emptyPseudo] as const),
  ...(["ext3", "ext2", "ext4"] as const).map((name) => [name, ({ kernel }: Sources) => ext4Type(kernel, name)] as const),
  ["iso9660", ({ kernel }) => iso9660Type(kernel)],
  ...VFAT_NAMES.map((name) => [name, ({ kernel }: Sources) => vfatType(kernel, name)] as const),
  ["xfs", ({ kernel }) => xfsType(kernel)],
  ["btrfs", ({ kernel }) => btrfsType(kernel)],
  ...["nfs", "nfs4", "cifs"].map((name) => [name, networkType] as const),
]);

const NAMES = [...MAKERS.keys()];

export function registerFileSystems(kernel: Kernel, options: FileSystemTypesOptions): StandardFileSystems {
  let lastDevice = 20;
  const nextDevice = (): number => {
    const minor = ++lastDevice;
    return (minor & 0xff) + (minor >>> 8) * 0x100000;
  };
  const nsfs = new NamespaceFileSystem(4);
  const swaps = swapTableOf(kernel);
  const devtmpfs = createDevtmpfs(kernel.vfsHost, options.devices ?? standardLayer(), kernel.bootEpochUs, kernel.memoryBytes);
  kernel.deviceNodes.listen((node) => addDeviceNode(devtmpfs, node), (name) => removeDeviceNode(devtmpfs, name));
  const sources: Sources = { kernel, hardware: options.hardware, nsfs, swaps, devtmpfs, nextDevice };
  kernel.fileSystemTypes.offer(NAMES, (name) => MAKERS.get(name)?.(sources, name));
  registerBlockDevices(kernel);
  registerLoopControl(kernel);
  registerDeviceMapper(kernel);
  kernel.onBlockDevices = (devices) => {
    addLoopDevices(kernel, devices);
    addMdDevices(kernel, devices);
  };
  return { devtmpfs, nsfs, swaps, nextDevice };
}
