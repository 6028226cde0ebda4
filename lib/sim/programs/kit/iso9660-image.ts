// A small ISO 9660 image (ECMA-119) with Rock Ridge names: the files of one directory, as genisoimage -rock -joliet makes it of a seed's. Joliet's second
// tree is left out.
import { encode } from "../../kernel/sys.ts";

const SECTOR = 2048;
/** Sectors: system area 0-15, volume descriptor, terminator, path tables, root directory. */
const PATH_TABLE = 18;
const ROOT = 20;
const PADDING_SECTORS = 150;

export interface IsoFile {
  readonly name: string;
  readonly content: Uint8Array;
}

const both = (value: number, width: 2 | 4): number[] => {
  const little = Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
  return [...little, ...[...little].reverse()];
};

/** "2026112121152900" of digits, as volume descriptors keep times. */
function record(name: Uint8Array, extent: number, size: number, directory: boolean, area: readonly number[], stamp: string): Uint8Array {
  const padding = name.length % 2 === 0 ? [0] : [];
  const length = 33 + name.length + padding.length + area.length;
  const even = length + (length % 2);
  const field = (from: number, count: number): number => Number(stamp.slice(from, from + count));
  const bytes = [even, 0, ...both(extent, 4), ...both(size, 4), field(0, 4) - 1900, field(4, 2), field(6, 2), field(8, 2), field(10, 2), field(12, 2), 0, directory ? 2 : 0, 0, 0, ...both(1, 2), name.length, ...name, ...padding, ...area];
  return Uint8Array.from([...bytes, ...(even > length ? [0] : [])]);
}

const posix = (mode: number, links: number): number[] => [0x50, 0x58, 36, 1, ...both(mode, 4), ...both(links, 4), ...both(0, 4), ...both(0, 4)];

/** `stamp`: sixteen digits, year to hundredths. */
export function isoImage(label: string, files: readonly IsoFile[], stamp: string): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  let next = ROOT + 1;
  const places = sorted.map((file) => {
    const extent = next;
    next += Math.ceil(file.content.length / SECTOR);
    return extent;
  });
  const total = next + PADDING_SECTORS;
  const image = new Uint8Array(total * SECTOR);
  const at = (sector: number): number => sector * SECTOR;
  const root = record(Uint8Array.of(0), ROOT, SECTOR, true, [], stamp);
  const volume = new Uint8Array(SECTOR).fill(0x20, 8, 813);
  volume.set([1, ...encode("CD001"), 1, 0]);
  volume.set(encode("LINUX".padEnd(32)), 8);
  volume.set(encode(label.padEnd(32)), 40);
  volume.fill(0, 72, 80);
  volume.set(both(total, 4), 80);
  volume.fill(0, 88, 120);
  volume.set([...both(1, 2), ...both(1, 2), ...both(SECTOR, 2), ...both(10, 4)], 120);
  volume.set([PATH_TABLE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, PATH_TABLE + 1, 0, 0, 0, 0], 140);
  volume.set(root, 156);
  volume.set(encode("GENISOIMAGE ISO 9660/HFS FILESYSTEM CREATOR"), 574);
  for (const place of [813, 830, 864]) volume.set([...encode(stamp), 0], place);
  volume.set([...encode("0000000000000000"), 0], 847);
  volume[881] = 1;
  image.set(volume, at(16));
  image.set([255, ...encode("CD001"), 1], at(17));
  image.set([1, 0, ROOT, 0, 0, 0, 1, 0, 0, 0], at(PATH_TABLE));
  image.set([1, 0, 0, 0, 0, ROOT, 0, 1, 0, 0], at(PATH_TABLE + 1));
  const sharing = [0x53, 0x50, 7, 1, 0xbe, 0xef, 0];
  let offset = at(ROOT);
  const put = (bytes: Uint8Array): void => {
    image.set(bytes, offset);
    offset += bytes.length;
  };
  put(record(Uint8Array.of(0), ROOT, SECTOR, true, [...sharing, ...posix(0o040555, 2)], stamp));
  put(record(Uint8Array.of(1), ROOT, SECTOR, true, posix(0o040555, 2), stamp));
  for (const [index, file] of sorted.entries()) {
    const extent = places[index] ?? 0;
    const short = file.name.toUpperCase().replace(/[^A-Z0-9_.]/g, "_").slice(0, 8);
    const name = encode(`${short}.;1`);
    const long = [...encode(file.name)];
    put(record(name, extent, file.content.length, false, [...posix(0o100444, 1), 0x4e, 0x4d, 5 + long.length, 1, 0, ...long], stamp));
    image.set(file.content, at(extent));
  }
  return image;
}
