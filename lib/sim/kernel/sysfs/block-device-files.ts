// The directories of block devices below /sys/block and /sys/class/block (Documentation/ABI/stable/sysfs-block).

import { type BlockDevice, blockDevicesOf, Partition, SECTOR_BYTES } from "../block/block-device.ts";
import { DmDevice } from "../block/device-mapper.ts";
import { LoopDevice } from "../block/loop.ts";
import { levelName, MdArray, type MdStatus } from "../block/md.ts";
import { SysError } from "../errno.ts";
import type { Disk } from "../hardware.ts";
import { ticks } from "../proc/proc-context.ts";
import { setSysctlValue, sysctlValue } from "../sysctls.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import type { SysContext } from "./sys-context.ts";

export interface BlockContext extends SysContext {
  readonly device: BlockDevice;
}

/** What the machine's description says of it, for disks that are part of the machine. */
function facts({ hardware, device }: BlockContext): Disk | undefined {
  return hardware.disks.find((disk) => disk.name === device.name);
}

type Tree = PseudoTree<BlockContext>;

function value(tree: Tree, path: string, read: (context: BlockContext) => string | number): void {
  tree.file(path, (context) => `${read(context)}\n`);
}

function knob(tree: Tree, path: string, usual: (context: BlockContext) => string, accepts: RegExp): void {
  const name = ({ device }: BlockContext): string => `sysfs:${device.name}/${path}`;
  tree.file(path, (context) => `${sysctlValue(context.kernel, name(context)) ?? usual(context)}\n`, {
    mode: 0o644,
    write: (context, text) => {
      if (!accepts.test(text.trim())) throw new SysError("EINVAL");
      setSysctlValue(context.kernel, name(context), text.trim());
    },
  });
}

function blockBytes(context: BlockContext): number {
  return facts(context)?.logicalBlockBytes ?? SECTOR_BYTES;
}

function common(tree: Tree): void {
  value(tree, "alignment_offset", () => 0);
  value(tree, "dev", ({ device }) => `${device.major}:${device.minor}`);
  value(tree, "discard_alignment", () => 0);
  tree.directory("holders", 0o755);
  for (let minor = 0; minor < MOST_HOLDERS; minor++) for (const name of [`dm-${minor}`, `md${minor}`, `md${127 - minor}`]) tree.link(`holders/${name}`, `../../../../virtual/block/${name}`, { exists: ({ kernel, device }) => blockDevicesOf(kernel).holdersOf(device).some((one) => one.name === name) });
  value(tree, "inflight", () => "       0        0");
  value(tree, "ro", ({ kernel, device }) => Number(blockDevicesOf(kernel).isProtected(device)));
  value(tree, "size", ({ device }) => Math.floor(device.sizeBytes / SECTOR_BYTES));
  value(tree, "stat", ({ kernel, device }) => {
    const works = device.sizeBytes > 0 && device.kind !== "loop";
    const numbers = works ? [8200, 2000, 426400, 8200, 900 + Math.floor(ticks(kernel.nowUs) / 300), 900, 27000, 900, 0, 4100, 9100, 0, 0, 0, 0, 0, 0] : new Array<number>(17).fill(0);
    return numbers.map((number) => `${number}`.padStart(8)).join(" ");
  });
  tree.link("subsystem", ({ device, hardware }) => {
    const onBus = hardware.disks.some((disk) => (disk.name === device.name || (device instanceof Partition && disk.name === device.disk.name)) && disk.slot !== undefined);
    return `${"../".repeat((onBus ? 6 : 4) + Number(device instanceof Partition))}class/block`;
  });
  value(tree, "power/control", () => "auto");
  value(tree, "power/runtime_status", () => "unsupported");
}

/** The names below holders/ are made beforehand. */
const MOST_HOLDERS = 32;

function makeDiskTree(): Tree {
  const tree: Tree = new PseudoTree<BlockContext>(0o755);
  common(tree);
  value(tree, "capability", ({ device }) => (device.kind === "rom" ? "19" : "0"));
  value(tree, "diskseq", ({ device }) => device.minor + 1);
  value(tree, "events", ({ device }) => (device.kind === "rom" ? "media_change eject_request" : ""));
  value(tree, "events_async", () => "");
  knob(tree, "events_poll_msecs", () => "-1", /^-?\d{1,9}$/);
  value(tree, "ext_range", ({ device }) => (device.kind === "loop" ? 1 : 256));
  value(tree, "hidden", () => 0);
  tree.directory("integrity", 0o755);
  value(tree, "range", ({ device }) => (device.kind === "loop" ? 1 : 16));
  value(tree, "removable", (context) => Number(facts(context)?.removable ?? false));
  tree.file("serial", (context) => facts(context)?.serial ?? "", { exists: (context) => facts(context)?.name.startsWith("vd") ?? false });
  tree.directory("slaves", 0o755);
  tree.file("uevent", ({ device }) => `MAJOR=${device.major}\nMINOR=${device.minor}\nDEVNAME=${device.name}\nDEVTYPE=disk\nDISKSEQ=${device.minor + 1}\n`, { mode: 0o644 });
  tree.link("device", ({ hardware, device }) => {
    const slot = hardware.disks.find((disk) => disk.name === device.name)?.slot;
    const virtio = hardware.pci.find((each) => each.slot === slot)?.virtio;
    return `../../../${virtio === undefined ? slot : `virtio${virtio.index}`}`;
  }, { exists: (context) => facts(context)?.slot !== undefined });
  for (const name of ["hw_sector_size", "logical_block_size", "physical_block_size", "minimum_io_size", "discard_granularity"]) value(tree, `queue/${name}`, blockBytes);
  for (const [name, text] of [["optimal_io_size", "0"], ["discard_max_bytes", "2147483136"], ["discard_max_hw_bytes", "2147483136"], ["discard_zeroes_data", "0"], ["max_hw_sectors_kb", "2147483647"], ["max_segments", "254"], ["zoned", "none"], ["dax", "0"],
    ["fua", "0"], ["write_same_max_bytes", "0"], ["write_zeroes_max_bytes", "2147483136"], ["nr_zones", "0"]] as const) value(tree, `queue/${name}`, () => text);
  knob(tree, "queue/rotational", (context) => `${Number(facts(context)?.rotational ?? context.device.kind !== "loop")}`, /^[01]$/);
  knob(tree, "queue/read_ahead_kb", () => "128", /^\d{1,7}$/);
  knob(tree, "queue/nr_requests", ({ device }) => (device.kind === "loop" ? "128" : "256"), /^\d{1,6}$/);
  knob(tree, "queue/max_sectors_kb", () => "1280", /^\d{1,7}$/);
  knob(tree, "queue/write_cache", () => "write back", /^write (back|through)$/);
  knob(tree, "queue/add_random", () => "0", /^[01]$/);
  knob(tree, "queue/rq_affinity", () => "1", /^[012]$/);
  tree.file("queue/scheduler", ({ kernel, device }) => {
    const chosen = sysctlValue(kernel, `sysfs:${device.name}/scheduler`) ?? "none";
    return `${["none", "mq-deadline"].map((word) => (word === chosen ? `[${word}]` : word)).join(" ")}\n`;
  }, {
    mode: 0o644,
    write: ({ kernel, device }, text) => {
      if (!["none", "mq-deadline"].includes(text.trim())) throw new SysError("EINVAL");
      setSysctlValue(kernel, `sysfs:${device.name}/scheduler`, text.trim());
    },
  });
  const mapped = ({ device }: BlockContext): DmDevice | undefined => (device instanceof DmDevice ? device : undefined);
  for (const [name, read] of [["name", (device: DmDevice | undefined) => device?.dmName], ["uuid", (device: DmDevice | undefined) => device?.uuid], ["suspended", () => "0"]] as const) tree.file(`dm/${name}`, (context) => `${read(mapped(context)) ?? ""}\n`, { exists: (context) => mapped(context) !== undefined });
  const array = ({ device }: BlockContext): MdArray | undefined => (device instanceof MdArray && device.running ? device : undefined);
  const isArray = (context: BlockContext): boolean => array(context) !== undefined;
  for (const [name, read] of [
    ["level", (status) => levelName(status.level)], ["raid_disks", (status) => status.disks], ["chunk_size", (status) => (status.level === 1 ? 0 : status.chunkBytes)], ["metadata_version", () => "1.2"], ["array_state", (status) => (status.failed ? "broken" : "clean")],
    ["sync_action", (status) => (status.sync === undefined ? "idle" : status.sync.kind === "resync" ? "resync" : "recover")], ["degraded", (status) => (status.level > 0 ? status.disks - status.members.filter((one) => one.state === "active").length : 0)], ["component_size", (status) => status.memberBytes / 1024],
  ] satisfies readonly (readonly [string, (status: MdStatus) => string | number])[]) {
    tree.file(`md/${name}`, (context) => {
      const found = array(context)?.status();
      return found === undefined ? "" : `${read(found)}\n`;
    }, { exists: isArray });
  }
  const status = ({ device }: BlockContext) => (device instanceof LoopDevice ? device.status : undefined);
  const bound = (context: BlockContext): boolean => status(context) !== undefined;
  for (const [name, read] of [
    ["backing_file", (context: BlockContext) => status(context)?.fileName ?? ""], ["offset", (context: BlockContext) => status(context)?.offset ?? 0], ["sizelimit", (context: BlockContext) => status(context)?.sizeLimitBytes ?? 0],
    ["autoclear", (context: BlockContext) => Number(status(context)?.autoclear ?? false)], ["partscan", (context: BlockContext) => Number(status(context)?.partscan ?? false)], ["dio", (context: BlockContext) => Number(status(context)?.directIo ?? false)],
  ] as const) tree.file(`loop/${name}`, (context) => `${read(context)}\n`, { exists: bound });
  return tree;
}

function makePartitionTree(): Tree {
  const tree: Tree = new PseudoTree<BlockContext>(0o755);
  common(tree);
  const partition = ({ device }: BlockContext): Partition | undefined => (device instanceof Partition ? device : undefined);
  value(tree, "partition", (context) => partition(context)?.number ?? 0);
  value(tree, "start", (context) => partition(context)?.startSector ?? 0);
  tree.file("uevent", (context) => `MAJOR=${context.device.major}\nMINOR=${context.device.minor}\nDEVNAME=${context.device.name}\nDEVTYPE=partition\nPARTN=${partition(context)?.number ?? 0}\n`, { mode: 0o644 });
  return tree;
}

const DISK_TREE = makeDiskTree();
const PARTITION_TREE = makePartitionTree();

export function blockTree(device: BlockDevice): Tree {
  return device instanceof Partition ? PARTITION_TREE : DISK_TREE;
}
