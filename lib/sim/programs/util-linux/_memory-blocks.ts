// The blocks of /sys/devices/system/memory, as lsmem and chmem read them.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export const MEMORY_DIRECTORY = "/sys/devices/system/memory";

export interface MemoryBlock {
  readonly number: number;
  readonly online: boolean;
  readonly removable: boolean;
  readonly node: string;
  readonly zones: string;
}

export interface Memory {
  readonly blockBytes: number;
  readonly blocks: readonly MemoryBlock[];
}

/** Undefined where the kernel shows no blocks. */
export function* readMemory(sys: Sys, root = ""): Blocking<Memory | undefined> {
  const directory = `${root}${MEMORY_DIRECTORY}`;
  const numbers: number[] = [];
  try {
    for (const { name } of sys.readdir(directory)) if (/^memory\d+$/.test(name)) numbers.push(Number(name.slice(6)));
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const blocks: MemoryBlock[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const at = `${directory}/memory${number}`;
    const read = function* (name: string): Blocking<string> {
      return ((yield* readTextFile(sys, `${at}/${name}`)) ?? "").trim();
    };
    const node = sys.readdir(at).find(({ name }) => /^node\d+$/.test(name))?.name.slice(4) ?? "";
    blocks.push({ number, online: (yield* read("state")) === "online", removable: (yield* read("removable")) === "1", node, zones: yield* read("valid_zones") });
    if (sys.charge(20)) yield* sys.preempt();
  }
  return { blockBytes: Number.parseInt((yield* readTextFile(sys, `${directory}/block_size_bytes`)) ?? "8000000", 16), blocks };
}

const address = (bytes: number): string => `0x${bytes.toString(16).padStart(16, "0")}`;

/** First and last byte of blocks that follow each other. */
export function addressRange({ blockBytes }: Memory, first: number, last: number): string {
  return `${address(first * blockBytes)}-${address((last + 1) * blockBytes - 1)}`;
}
