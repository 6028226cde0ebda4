// devtmpfs: the one file system of device nodes that the kernel keeps and udev decorates. Every mount shows the same tree. Its nodes at boot
// are a frozen layer, so that a session pays nothing for them.

import { S } from "../sys.ts";
import type { FileSystemType, StorageHost } from "./file-system.ts";
import { MemoryFileSystem } from "./memory-file-system.ts";
import type { FrozenLayer } from "./memory-node.ts";
import { makeDevice } from "./open.ts";

export type DeviceNode =
  | { readonly name: string; readonly kind: "chr" | "blk"; readonly major: number; readonly minor: number; readonly mode: number; readonly gid?: number }
  | { readonly name: string; readonly kind: "directory"; readonly mode: number }
  | { readonly name: string; readonly kind: "link"; readonly target: string };

// Group numbers of Debian's base-passwd and of the reference guest.
const TTY = 5;
const DISK = 6;
const KMEM = 15;
const DIALOUT = 20;
const VIDEO = 44;
export const KVM_GROUP = 104;

function chr(name: string, major: number, minor: number, mode: number, gid = 0): DeviceNode {
  return { name, kind: "chr", major, minor, mode, gid };
}

function series(count: number, make: (index: number) => DeviceNode): DeviceNode[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** What every Debian 12 machine has after udev's first run; disks and other hardware are added by the machine. */
export const STANDARD_DEVICE_NODES: readonly DeviceNode[] = [
  chr("autofs", 10, 235, 0o644), chr("btrfs-control", 10, 234, 0o600), chr("console", 5, 1, 0o620, TTY), chr("cpu_dma_latency", 10, 125, 0o600), chr("cuse", 10, 203, 0o600),
  chr("fb0", 29, 0, 0o660, VIDEO), chr("full", 1, 7, 0o666), chr("fuse", 10, 229, 0o666), chr("hpet", 10, 228, 0o600), chr("hwrng", 10, 183, 0o600),
  chr("kmsg", 1, 11, 0o644), chr("loop-control", 10, 237, 0o660, DISK), chr("mem", 1, 1, 0o640, KMEM), chr("null", 1, 3, 0o666), chr("nvram", 10, 144, 0o600),
  chr("port", 1, 4, 0o640, KMEM), chr("ppp", 108, 0, 0o600), chr("psaux", 10, 1, 0o600), chr("ptmx", 5, 2, 0o666, TTY), chr("random", 1, 8, 0o666),
  chr("rfkill", 10, 242, 0o600), chr("rtc0", 251, 0, 0o600), chr("snapshot", 10, 231, 0o600), chr("tty", 5, 0, 0o666, TTY), chr("uhid", 10, 239, 0o600),
  chr("uinput", 10, 223, 0o600), chr("urandom", 1, 9, 0o666), chr("userfaultfd", 10, 126, 0o600), chr("vga_arbiter", 10, 63, 0o600), chr("vhci", 10, 137, 0o600),
  chr("vhost-net", 10, 238, 0o600), chr("vhost-vsock", 10, 241, 0o600), chr("zero", 1, 5, 0o666),
  { name: "block", kind: "directory", mode: 0o755 }, { name: "char", kind: "directory", mode: 0o755 }, { name: "disk", kind: "directory", mode: 0o755 },
  { name: "hugepages", kind: "directory", mode: 0o755 }, { name: "mapper", kind: "directory", mode: 0o755 }, chr("mapper/control", 10, 236, 0o600),
  { name: "mqueue", kind: "directory", mode: 0o1777 }, { name: "net", kind: "directory", mode: 0o755 }, chr("net/tun", 10, 200, 0o666),
  { name: "pts", kind: "directory", mode: 0o755 }, { name: "shm", kind: "directory", mode: 0o1777 },
  { name: "core", kind: "link", target: "/proc/kcore" }, { name: "fd", kind: "link", target: "/proc/self/fd" }, { name: "initctl", kind: "link", target: "/run/initctl" },
  { name: "log", kind: "link", target: "/run/systemd/journal/dev-log" }, { name: "rtc", kind: "link", target: "rtc0" },
  { name: "stderr", kind: "link", target: "/proc/self/fd/2" }, { name: "stdin", kind: "link", target: "/proc/self/fd/0" }, { name: "stdout", kind: "link", target: "/proc/self/fd/1" },
  ...series(8, (index): DeviceNode => ({ name: `loop${index}`, kind: "blk", major: 7, minor: index, mode: 0o660, gid: DISK })),
  ...series(64, (index) => chr(`tty${index}`, 4, index, index === 1 ? 0o600 : 0o620, TTY)),
  ...series(4, (index) => chr(`ttyS${index}`, 4, 64 + index, 0o660, DIALOUT)),
  chr("vcs", 7, 0, 0o660, TTY), chr("vcs1", 7, 1, 0o660, TTY), chr("vcsa", 7, 128, 0o660, TTY), chr("vcsa1", 7, 129, 0o660, TTY), chr("vcsu", 7, 64, 0o660, TTY), chr("vcsu1", 7, 65, 0o660, TTY),
];

/** /dev/kvm, where the processor can. */
export const KVM_NODE: DeviceNode = chr("kvm", 10, 232, 0o660, KVM_GROUP);

/** Freezes a /dev with those nodes; their times are those of the boot of who uses it. Directories come before what is in them. */
export function devtmpfsLayer(nodes: readonly DeviceNode[]): FrozenLayer {
  const fs = new MemoryFileSystem({ type: "devtmpfs", device: 6, host: { nowUs: () => 0, chargeStorage: () => undefined } });
  for (const node of nodes) addDeviceNode(fs, node);
  return fs.snapshot();
}

/** Does nothing when the name is there already. */
export function addDeviceNode(fs: MemoryFileSystem, node: DeviceNode): void {
  const parts = node.name.split("/");
  const name = parts.pop() ?? "";
  let directory = fs.root;
  for (const part of parts) {
    directory = fs.lookup(directory, part) || fs.create(directory, part, { mode: S.IFDIR | 0o755, uid: 0, gid: 0 });
  }
  if (fs.lookup(directory, name) !== 0) return;
  if (node.kind === "directory") fs.create(directory, name, { mode: S.IFDIR | node.mode, uid: 0, gid: 0 });
  else if (node.kind === "link") fs.create(directory, name, { mode: S.IFLNK | 0o777, uid: 0, gid: 0, target: node.target });
  else fs.create(directory, name, { mode: (node.kind === "chr" ? S.IFCHR : S.IFBLK) | node.mode, uid: 0, gid: node.gid ?? 0, rdev: makeDevice(node.major, node.minor) });
}

export function removeDeviceNode(fs: MemoryFileSystem, name: string): void {
  const parts = name.split("/");
  const last = parts.pop() ?? "";
  let directory = fs.root;
  for (const part of parts) {
    directory = fs.lookup(directory, part);
    if (directory === 0) return;
  }
  if (fs.lookup(directory, last) === 0) return;
  fs.unlink(directory, last);
  // as udev, which removes a directory of links with the last of them
  const [top, kind] = parts;
  if (top === "disk" && kind !== undefined && fs.entries(directory).length === 0) fs.rmdir(fs.lookup(fs.root, top), kind);
}

export function createDevtmpfs(host: StorageHost, layer: FrozenLayer, bootEpochUs: number, memoryBytes: number): MemoryFileSystem {
  const blocks = Math.floor(memoryBytes / 4096 / 2);
  return new MemoryFileSystem({
    type: "devtmpfs", device: 6, host, lower: layer, lowerUs: bootEpochUs, options: `size=${blocks * 4}k,nr_inodes=${blocks},mode=755,inode64`, capacity: { blocks, reservedBlocks: 0, inodes: blocks },
  });
}

export function devtmpfsType(fs: MemoryFileSystem): FileSystemType {
  return { name: "devtmpfs", needsDevice: false, userMountable: false, mount: () => ({ fs }) };
}
