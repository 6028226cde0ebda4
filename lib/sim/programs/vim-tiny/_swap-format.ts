// The swap file's bytes: block 0 says whose it is, a pointer block names the data blocks, data blocks hold the lines (structures of Vim's memline.c).

import { decode, encode } from "../../kernel/sys.ts";

const PAGE = 4096;
const USER = [28, 40] as const;
const HOST = [68, 40] as const;
const FILE = [108, 898] as const;
const FLAGS = 1006;
const DIRTY = 1007;
const CHANGED = 0x55;
const POINTER_HEAD = 8;
const POINTER = 32;
const DATA_HEAD = 24;
/** so many data blocks fit into the one pointer block */
const MOST_BLOCKS = Math.floor((PAGE - POINTER_HEAD) / POINTER);

export interface SwapFacts {
  readonly user: string;
  readonly host: string;
  /** as "~user/file" when it is in the home directory */
  readonly file: string;
  readonly pid: number;
  readonly inode: number;
  /** of the file when it was read, in seconds */
  readonly mtime: number;
  readonly modified: boolean;
  readonly dos: boolean;
}

export function encodeSwap(facts: SwapFacts, lines: readonly string[]): Uint8Array {
  const blocks = dataBlocks(lines);
  const pages = blocks.reduce((sum, block) => sum + block.bytes.length / PAGE, 0);
  const bytes = new Uint8Array(PAGE * (2 + Math.max(1, pages)));
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string, length: number) => bytes.set(encode(value).subarray(0, length - 1), at);
  text(0, "b0VIM 9.0", 12);
  view.setUint32(12, PAGE, true);
  view.setUint32(16, facts.mtime >>> 0, true);
  view.setUint32(20, facts.inode >>> 0, true);
  view.setUint32(24, facts.pid, true);
  text(USER[0], facts.user, USER[1]);
  text(HOST[0], facts.host, HOST[1]);
  text(FILE[0], facts.file, FILE[1]);
  bytes[FLAGS] = facts.dos ? 2 : 1;
  bytes[DIRTY] = facts.modified ? CHANGED : 0;
  // numbers that tell the machine's byte order
  view.setUint32(1008, 0x30313233, true);
  view.setUint32(1016, 0x20212223, true);
  view.setUint16(1020, 0x1011, true);
  bytes[1022] = 0x55;
  text(PAGE, "tp", 3);
  view.setUint16(PAGE + 2, blocks.length, true);
  view.setUint16(PAGE + 4, MOST_BLOCKS, true);
  let block = 2;
  blocks.forEach(({ bytes: data, lines: count, first }, i) => {
    const at = PAGE + POINTER_HEAD + i * POINTER;
    view.setUint32(at, block, true);
    view.setUint32(at + 8, count, true);
    view.setUint32(at + 16, first + 1, true);
    view.setUint32(at + 24, data.length / PAGE, true);
    bytes.set(data, block * PAGE);
    block += data.length / PAGE;
  });
  return bytes;
}

interface DataBlock {
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly first: number;
}

function dataBlocks(lines: readonly string[]): DataBlock[] {
  const encoded = lines.map((line) => encode(line.replaceAll("\n", "\0")));
  const total = encoded.reduce((sum, line) => sum + line.length + 5, 0);
  const room = Math.max(PAGE - DATA_HEAD, Math.ceil(total / MOST_BLOCKS) + 1);
  const blocks: DataBlock[] = [];
  let first = 0;
  while (first < encoded.length) {
    let size = 0;
    let end = first;
    while (end < encoded.length && (end === first || size + (encoded[end]?.length ?? 0) + 5 <= room)) size += (encoded[end++]?.length ?? 0) + 5;
    blocks.push({ bytes: dataBlock(encoded.slice(first, end), size), lines: end - first, first });
    first = end;
  }
  return blocks;
}

/** The index grows from the front, the text from the end: the first line is the last text. */
function dataBlock(lines: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((DATA_HEAD + size) / PAGE) * PAGE);
  const view = new DataView(bytes.buffer);
  bytes.set(encode("ad"), 0);
  let end = bytes.length;
  lines.forEach((line, i) => {
    end -= line.length + 1;
    bytes.set(line, end);
    view.setUint32(DATA_HEAD + 4 * i, end, true);
  });
  view.setUint32(4, end - DATA_HEAD - 4 * lines.length, true);
  view.setUint32(8, end, true);
  view.setUint32(12, bytes.length, true);
  view.setUint32(16, lines.length, true);
  return bytes;
}

/** Undefined: not a swap file. */
export function decodeFacts(bytes: Uint8Array): SwapFacts | undefined {
  if (bytes.length < 1024 || bytes[0] !== 0x62 || bytes[1] !== 0x30) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = ([at, length]: readonly [number, number]) => decode(bytes.subarray(at, at + length)).split("\0")[0] ?? "";
  return { user: text(USER), host: text(HOST), file: text(FILE), pid: view.getUint32(24, true), inode: view.getUint32(20, true), mtime: view.getUint32(16, true), modified: bytes[DIRTY] === CHANGED, dos: (bytes[FLAGS] ?? 0) - 1 === 1 };
}

/** The text; undefined when there is none in it yet, or it is damaged. */
export function decodeLines(bytes: Uint8Array): string[] | undefined {
  if (bytes.length < 2 * PAGE || decode(bytes.subarray(PAGE, PAGE + 2)) !== "tp") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = Math.min(view.getUint16(PAGE + 2, true), MOST_BLOCKS);
  if (count === 0) return undefined;
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const start = view.getUint32(PAGE + POINTER_HEAD + i * POINTER, true) * PAGE;
    if (start + DATA_HEAD > bytes.length || decode(bytes.subarray(start, start + 2)) !== "ad") return undefined;
    const end = Math.min(view.getUint32(start + 12, true), bytes.length - start);
    const here = Math.min(view.getUint32(start + 16, true), Math.floor((end - DATA_HEAD) / 4));
    let last = end;
    for (let line = 0; line < here; line++) {
      const at = view.getUint32(start + DATA_HEAD + 4 * line, true) & 0x7fffffff;
      if (at < DATA_HEAD || at >= last) return undefined;
      lines.push(decode(bytes.subarray(start + at, start + last - 1)).replaceAll("\0", "\n"));
      last = at;
    }
  }
  return lines;
}
