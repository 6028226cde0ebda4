// /sys/devices/system/memory/memoryN (Documentation/ABI/testing/sysfs-devices-memory): blocks of 128 MiB of the physical memory.

import { SysError } from "../errno.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import type { SysContext } from "./sys-context.ts";

interface MemoryBlockContext extends SysContext {
  readonly block: number;
}

const BLOCK_BYTES = 128 * 1024 * 1024;
const BLOCKS_BELOW_4G = 32;

/** Numbers of the blocks there are. QEMU's chip sets leave a hole below 4 GiB for devices (hw/i386/pc_q35.c, pc_piix.c): what does not fit below it begins at 4 GiB. */
export function memoryBlocks({ kernel, hardware }: SysContext): readonly number[] {
  const q35 = hardware.dmi.get("product_name")?.includes("Q35") ?? false;
  const [limit, low] = q35 ? [0xb000_0000, 0x8000_0000] : [0xe000_0000, 0xc000_0000];
  const count = Math.ceil(kernel.memoryBytes / BLOCK_BYTES);
  const below = kernel.memoryBytes < limit ? count : low / BLOCK_BYTES;
  return Array.from({ length: count }, (_, index) => (index < below ? index : BLOCKS_BELOW_4G + index - below));
}

function makeTree(): PseudoTree<MemoryBlockContext> {
  const tree = new PseudoTree<MemoryBlockContext>(0o755);
  tree.link("node0", "../../node/node0");
  tree.file("online", () => "1\n", { write: (_, text) => bring(text.trim() === "0" ? "offline" : "online") });
  tree.file("phys_device", () => "0\n");
  tree.file("phys_index", ({ block }) => `${block.toString(16).padStart(8, "0")}\n`);
  tree.file("removable", () => "1\n");
  tree.file("state", () => "online\n", { write: (_, text) => bring(text.trim()) });
  tree.link("subsystem", "../../../../bus/memory");
  tree.file("uevent", () => "", { mode: 0o644 });
  // the first block holds the zone DMA and the beginning of DMA32: none
  tree.file("valid_zones", ({ block }) => (block === 0 ? "none\n" : block < BLOCKS_BELOW_4G ? "DMA32\n" : "Normal\n"));
  return tree;
}

/** Every block holds pages of the kernel that cannot move: none goes offline. Errors: EBUSY, EINVAL. */
function bring(state: string): void {
  if (state === "offline") throw new SysError("EBUSY");
  if (!["online", "online_kernel", "online_movable"].includes(state)) throw new SysError("EINVAL");
}

export const MEMORY_BLOCK_TREE = makeTree();
