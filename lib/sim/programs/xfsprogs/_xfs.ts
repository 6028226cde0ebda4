// The super block of XFS as mkfs.xfs 6.1 writes it and as its tools show it (XFS Algorithms & Data Structures, "Superblocks"): big-endian, 512 bytes.
import { type Blocking, crc32c, decode, encode, type Sys } from "../../kernel/sys.ts";
import { uuidBytes } from "../kit/block-target.ts";
import { uuidText } from "../kit/uuid-text.ts";

export const VERSION = "6.1.0";
export const BLOCK = 4096;
export const SECTOR = 512;
const MAGIC = 0x58465342;

export interface XfsFacts {
  readonly blocks: number;
  readonly groups: number;
  readonly groupBlocks: number;
  readonly logBlocks: number;
  readonly inodePercent: number;
  readonly inodeBytes: number;
  readonly freeBlocks: number;
  readonly label: string;
  readonly uuid: string;
}

/** mkfs.xfs: four allocation groups up to 4 TiB; the log 64 MiB at least, a 2048th from 128 GiB on. */
export function plan(sizeBytes: number, groupsWanted: number | undefined, logWanted: number | undefined): Pick<XfsFacts, "blocks" | "groups" | "groupBlocks" | "logBlocks" | "inodePercent"> {
  const blocks = Math.floor(sizeBytes / BLOCK);
  let groups = groupsWanted ?? 4;
  let groupBlocks = Math.ceil(blocks / groups);
  const most = 2 ** 28 - 1;
  if (groupsWanted === undefined && groupBlocks > most) {
    groupBlocks = most;
    groups = Math.ceil(blocks / groupBlocks);
  }
  const terabytes = sizeBytes / 2 ** 40;
  return { blocks, groups, groupBlocks, logBlocks: logWanted ?? Math.min(521_728, Math.max(16_384, Math.floor(blocks / 2048))), inodePercent: terabytes < 1 ? 25 : terabytes < 50 ? 5 : 1 };
}

export function superblockBytes(facts: Omit<XfsFacts, "freeBlocks" | "inodeBytes">): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, BLOCK);
  view.setBigUint64(8, BigInt(facts.blocks));
  bytes.set(uuidBytes(facts.uuid), 32);
  const agBlockLog = Math.ceil(Math.log2(facts.groupBlocks));
  const middle = Math.floor(facts.groups / 2);
  view.setBigUint64(48, BigInt(middle) * (1n << BigInt(agBlockLog)) + 6n);
  view.setBigUint64(56, 128n);
  view.setBigUint64(64, 129n);
  view.setBigUint64(72, 130n);
  view.setUint32(80, 1);
  view.setUint32(84, facts.groupBlocks);
  view.setUint32(88, facts.groups);
  view.setUint32(96, facts.logBlocks);
  view.setUint16(100, 0xb4a5);
  view.setUint16(102, SECTOR);
  view.setUint16(104, 512);
  view.setUint16(106, 8);
  bytes.set(encode(facts.label).subarray(0, 12), 108);
  bytes.set([12, 9, 9, 3, agBlockLog, 0, 0, facts.inodePercent], 120);
  view.setBigUint64(128, 64n);
  view.setBigUint64(136, 61n);
  view.setBigUint64(144, BigInt(facts.blocks - facts.logBlocks - 32));
  view.setUint32(180, 8);
  view.setUint32(196, 1);
  view.setUint32(200, 0x18a);
  view.setUint32(204, 0x18a);
  view.setUint32(212, 0x0d);
  view.setUint32(216, 0x0b);
  view.setUint32(228, 4);
  return summed(bytes);
}

/** With its checksum. */
export function summed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(224, 0);
  view.setUint32(224, crc32c(bytes), true);
  return bytes;
}

export function readFacts(bytes: Uint8Array): XfsFacts | undefined {
  if (bytes.length < SECTOR) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC) return undefined;
  return {
    blocks: Number(view.getBigUint64(8)), groups: view.getUint32(88), groupBlocks: view.getUint32(84), logBlocks: view.getUint32(96), inodePercent: view.getUint8(127), inodeBytes: view.getUint16(104), freeBlocks: Number(view.getBigUint64(144)),
    label: decode(bytes.subarray(108, 120)).replace(/\0+$/, ""), uuid: uuidText(bytes.subarray(32, 48)),
  };
}

export function* superblockOf(sys: Sys, fd: number): Blocking<Uint8Array> {
  return (yield* sys.pread(fd, SECTOR, 0)).slice();
}

/** What mkfs.xfs, xfs_info and xfs_growfs print. */
export function geometryText(device: string, facts: Pick<XfsFacts, "blocks" | "groups" | "groupBlocks" | "logBlocks" | "inodePercent">): string {
  const rest = "         ";
  return `meta-data=${device.padEnd(22)} isize=512    agcount=${facts.groups}, agsize=${facts.groupBlocks} blks
${rest}=${"".padEnd(22)} sectsz=512   attr=2, projid32bit=1
${rest}=${"".padEnd(22)} crc=1        finobt=1, sparse=1, rmapbt=0
${rest}=${"".padEnd(22)} reflink=1    bigtime=1 inobtcount=1 nrext64=0
data     =${"".padEnd(22)} bsize=4096   blocks=${facts.blocks}, imaxpct=${facts.inodePercent}
${rest}=${"".padEnd(22)} sunit=0      swidth=0 blks
naming   =${"version 2".padEnd(22)} bsize=4096   ascii-ci=0, ftype=1
log      =${"internal log".padEnd(22)} bsize=4096   blocks=${facts.logBlocks}, version=2
${rest}=${"".padEnd(22)} sectsz=512   sunit=0 blks, lazy-count=1
realtime =${"none".padEnd(22)} extsz=4096   blocks=0, rtextents=0
`;
}
