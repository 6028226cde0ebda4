// The boot sector of FAT as mkfs.fat 4.2 lays it out (Microsoft's fatgen103): sizes, clusters, the second sector of FAT32.
import { type Blocking, type Sys, decode, encode } from "../../kernel/sys.ts";

export const VERSION_LINE = "mkfs.fat 4.2 (2021-01-31)\n";
export const SECTOR = 512;

export interface FatLayout {
  readonly bits: 12 | 16 | 32;
  readonly sectors: number;
  readonly clusterSectors: number;
  readonly reserved: number;
  readonly fatSectors: number;
  readonly rootEntries: number;
  readonly clusters: number;
  readonly heads: number;
  readonly sectorsPerTrack: number;
}

/** Heads and sectors by size, as mkfs.fat 4.2 takes them where no disk has its own: the last size in sectors, heads, sectors of a track. */
const GEOMETRIES: readonly (readonly [last: number, heads: number, track: number])[] = [[4096, 2, 16], [32_768, 2, 32], [65_536, 4, 32], [262_144, 8, 32], [524_288, 16, 32], [16 * 63 * 1024, 16, 63], [32 * 63 * 1024, 32, 63], [64 * 63 * 1024, 64, 63], [128 * 63 * 1024, 128, 63]];

function geometry(sectors: number): { readonly heads: number; readonly sectorsPerTrack: number } {
  const [, heads, sectorsPerTrack] = GEOMETRIES.find(([last]) => sectors <= last) ?? [0, 255, 63];
  return { heads, sectorsPerTrack };
}

/** Undefined: no such file system of that size. */
export function layoutFat(sizeBytes: number, wantedBits: number | undefined, wantedCluster: number | undefined, rootWanted = 512, wantedReserved?: number): FatLayout | undefined {
  const { heads, sectorsPerTrack } = geometry(Math.floor(sizeBytes / SECTOR));
  const all = Math.floor(sizeBytes / SECTOR);
  const sectors = all - (all % sectorsPerTrack);
  const bits = wantedBits ?? (sizeBytes >= 512 * 2 ** 20 ? 32 : sizeBytes > 5 * 2 ** 20 ? 16 : 12);
  const mebibytes = sizeBytes / 2 ** 20;
  const cluster32 = mebibytes > 32 * 1024 ? 64 : mebibytes > 16 * 1024 ? 32 : mebibytes > 8 * 1024 ? 16 : mebibytes > 260 ? 8 : 1;
  // the smallest cluster with which the entries suffice
  let clusterSectors = wantedCluster ?? (bits === 32 ? cluster32 : 4);
  for (;;) {
    const reserved = wantedReserved ?? (bits === 32 ? 32 : clusterSectors);
    const rootEntries = bits === 32 ? 0 : rootWanted;
    const rootSectors = (rootEntries * 32) / SECTOR;
    let clusters = Math.floor((sectors - reserved - rootSectors) / clusterSectors);
    let fatSectors = 0;
    for (let round = 0; round < 4; round++) {
      fatSectors = Math.ceil(((clusters + 2) * bits) / 8 / SECTOR);
      // structures end on whole clusters
      if (bits !== 32 || clusterSectors > 1) fatSectors = Math.ceil(fatSectors / clusterSectors) * clusterSectors;
      clusters = Math.floor((sectors - reserved - rootSectors - 2 * fatSectors) / clusterSectors);
    }
    const most = bits === 12 ? 4084 : bits === 16 ? 65_524 : 268_435_446;
    if (clusters > most && wantedCluster === undefined && clusterSectors < 128) {
      clusterSectors *= 2;
      continue;
    }
    if (clusters > most || clusters < 1) return undefined;
    if (bits === 16 && clusters < 4087 && wantedBits === undefined) return layoutFat(sizeBytes, 12, wantedCluster, rootWanted, wantedReserved);
    return { bits: bits === 12 ? 12 : bits === 16 ? 16 : 32, sectors, clusterSectors, reserved, fatSectors, rootEntries, clusters, heads, sectorsPerTrack };
  }
}

/** Everything before the data area that is not zero. */
export function fatImage(layout: FatLayout, serial: number, label: string, media: number): readonly (readonly [offset: number, bytes: Uint8Array])[] {
  const boot = new Uint8Array(SECTOR);
  const view = new DataView(boot.buffer);
  const wide = layout.bits === 32;
  boot.set([0xeb, wide ? 0x58 : 0x3c, 0x90]);
  boot.set(encode("mkfs.fat"), 3);
  view.setUint16(11, SECTOR, true);
  boot[13] = layout.clusterSectors;
  view.setUint16(14, layout.reserved, true);
  boot[16] = 2;
  view.setUint16(17, layout.rootEntries, true);
  if (!wide && layout.sectors < 65_536) view.setUint16(19, layout.sectors, true);
  else view.setUint32(32, layout.sectors, true);
  boot[21] = media;
  if (!wide) view.setUint16(22, layout.fatSectors, true);
  view.setUint16(24, layout.sectorsPerTrack, true);
  view.setUint16(26, layout.heads, true);
  if (wide) {
    view.setUint32(36, layout.fatSectors, true);
    view.setUint32(44, 2, true);
    view.setUint16(48, 1, true);
    view.setUint16(50, 6, true);
  }
  const at = wide ? 64 : 36;
  boot.set([0x80, 0, 0x29], at);
  view.setUint32(at + 3, serial, true);
  boot.set(labelField(label), at + 7);
  boot.set(encode(`FAT${layout.bits}   `), at + 18);
  // a program that hangs: nothing boots from here
  boot.set([0xeb, 0xfe], at + 26);
  boot.set([0x55, 0xaa], 510);
  const parts: [number, Uint8Array][] = [[0, boot]];
  const first = new Uint8Array(16);
  if (wide) {
    const information = new Uint8Array(SECTOR);
    const numbers = new DataView(information.buffer);
    information.set(encode("RRaA"));
    information.set(encode("rrAa"), 484);
    numbers.setUint32(488, layout.clusters - 1, true);
    numbers.setUint32(492, 2, true);
    information.set([0x55, 0xaa], 510);
    parts.push([SECTOR, information], [6 * SECTOR, boot], [7 * SECTOR, information]);
    first.set([media, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0x0f, 0xf8, 0xff, 0xff, 0x0f]);
  } else first.set(layout.bits === 16 ? [media, 0xff, 0xff, 0xff] : [media, 0xff, 0xff]);
  for (const copy of [0, 1]) parts.push([(layout.reserved + copy * layout.fatSectors) * SECTOR, first]);
  if (label !== "") {
    const entry = new Uint8Array(32);
    entry.set(labelField(label));
    entry[11] = 8;
    parts.push([(layout.reserved + 2 * layout.fatSectors) * SECTOR, entry]);
  }
  return parts;
}

export const labelField = (label: string): Uint8Array => encode((label === "" ? "NO NAME" : label).padEnd(11).slice(0, 11));

export interface BootSector {
  readonly bytes: Uint8Array;
  readonly bits: 12 | 16 | 32;
  readonly clusterBytes: number;
  readonly reserved: number;
  readonly fatSectors: number;
  readonly sectors: number;
  readonly rootEntries: number;
  readonly heads: number;
  readonly sectorsPerTrack: number;
  readonly clusters: number;
  readonly dataSector: number;
  readonly serial: number;
  readonly label: string;
  readonly media: number;
}

/** Undefined: that is no FAT. */
export function* readBoot(sys: Sys, fd: number): Blocking<BootSector | undefined> {
  const bytes = (yield* sys.pread(fd, SECTOR, 0)).slice();
  if (bytes.length < SECTOR || bytes[510] !== 0x55 || bytes[511] !== 0xaa) return undefined;
  const view = new DataView(bytes.buffer);
  const wide = view.getUint16(22, true) === 0;
  const at = wide ? 64 : 36;
  if (!/^FAT(12|16|32)/.test(decode(bytes.subarray(at + 18, at + 26)))) return undefined;
  const [reserved, rootEntries, fatSectors, sectors, clusterSectors] = [view.getUint16(14, true), view.getUint16(17, true), view.getUint16(22, true) || view.getUint32(36, true), view.getUint16(19, true) || view.getUint32(32, true), bytes[13] ?? 1];
  const dataSector = reserved + 2 * fatSectors + (rootEntries * 32) / SECTOR;
  const bits = decode(bytes.subarray(at + 18, at + 23));
  const label = decode(bytes.subarray(at + 7, at + 18)).trimEnd();
  return {
    bytes, bits: bits === "FAT12" ? 12 : bits === "FAT16" ? 16 : 32, clusterBytes: clusterSectors * SECTOR, reserved, fatSectors, sectors, rootEntries, heads: view.getUint16(26, true), sectorsPerTrack: view.getUint16(24, true),
    clusters: Math.floor((sectors - dataSector) / clusterSectors), dataSector, serial: view.getUint32(at + 3, true), label: label === "NO NAME" ? "" : label, media: bytes[21] ?? 0,
  };
}
