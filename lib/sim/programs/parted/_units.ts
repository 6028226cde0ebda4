// Places on a disk as parted reads and shows them: "1MiB", "2048s", "50%", "105MB", "10cyl", "5,0,1". Sectors are of 512 bytes.

const SECTOR = 512;
const SCALES: ReadonlyMap<string, number> = new Map([
  ["s", SECTOR], ["b", 1], ["kb", 1e3], ["mb", 1e6], ["gb", 1e9], ["tb", 1e12], ["kib", 2 ** 10], ["mib", 2 ** 20], ["gib", 2 ** 30], ["tib", 2 ** 40], ["k", 1e3], ["m", 1e6], ["g", 1e9], ["t", 1e12],
]);
const SHOWN: ReadonlyMap<string, string> = new Map([["s", "s"], ["b", "B"], ["kb", "kB"], ["mb", "MB"], ["gb", "GB"], ["tb", "TB"], ["kib", "kiB"], ["mib", "MiB"], ["gib", "GiB"], ["tib", "TiB"], ["%", "%"], ["compact", "compact"], ["cyl", "cyl"], ["chs", "chs"]]);

export const isUnit = (name: string): boolean => SHOWN.has(name.toLowerCase());

/** As a BIOS would count. */
export interface Geometry {
  readonly heads: number;
  readonly track: number;
}

export const DEVICE_GEOMETRY: Geometry = { heads: 255, track: 63 };
export const FILE_GEOMETRY: Geometry = { heads: 4, track: 32 };

export interface Place {
  readonly sector: number;
  /** how far it may be moved for alignment */
  readonly first: number;
  readonly last: number;
  /** in powers of two: an end is the sector before */
  readonly binary: boolean;
}

/** Undefined when it cannot be read. `unit`: what a bare number means. */
export function parsePlace(text: string, totalSectors: number, unit: string, geometry: Geometry = DEVICE_GEOMETRY): Place | undefined {
  const chs = /^(\d+),(\d+),(\d+)$/.exec(text);
  if (chs !== null) {
    const sector = (Number(chs[1]) * geometry.heads + Number(chs[2])) * geometry.track + Number(chs[3]);
    return { sector, first: sector, last: sector, binary: false };
  }
  const match = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z%]*)$/.exec(text);
  if (match === null) return undefined;
  const word = (match[2] === "" || match[2] === undefined ? unit : match[2]).toLowerCase();
  const number = Number(match[1]);
  const bytes = word === "%" ? (totalSectors * SECTOR) / 100 : word === "cyl" ? geometry.heads * geometry.track * SECTOR : SCALES.get(word === "compact" ? "mb" : word);
  if (bytes === undefined) return undefined;
  const binary = word.endsWith("ib") || word === "b";
  let sector = word === "%" ? Math.floor((totalSectors * number) / 100) : Math.floor((number * bytes) / SECTOR);
  if (match[1]?.startsWith("-") === true) sector += totalSectors;
  if (sector === totalSectors && word === "%") sector--;
  const radius = binary ? 0 : Math.max(0, Math.floor(Math.ceil(bytes / SECTOR) / 2) - 1);
  return { sector, first: Math.max(0, sector - radius), last: Math.min(totalSectors - 1, sector + radius), binary };
}

function rounded(value: number): string {
  const shown = value + (value < 10 ? 0.005 : value < 100 ? 0.05 : 0.5);
  return value.toFixed(shown < 10 ? 2 : shown < 100 ? 1 : 0);
}

/** In the unit that was asked for; "compact" takes the largest that leaves two digits. */
export function showPlace(sectors: number, unit: string, totalSectors: number, lastByte = false, geometry: Geometry = DEVICE_GEOMETRY): string {
  const bytes = sectors * SECTOR + (lastByte ? SECTOR - 1 : 0);
  const word = unit.toLowerCase();
  if (word === "s") return `${sectors}s`;
  if (word === "b") return `${bytes}B`;
  if (word === "%") return `${rounded((sectors * 100) / totalSectors)}%`;
  const cylinder = geometry.heads * geometry.track;
  if (word === "cyl") return `${Math.floor(sectors / cylinder)}cyl`;
  if (word === "chs") return `${Math.floor(sectors / cylinder)},${Math.floor((sectors % cylinder) / geometry.track)},${sectors % geometry.track}`;
  const chosen = word === "compact" ? (bytes >= 10e12 ? "tb" : bytes >= 10e9 ? "gb" : bytes >= 10e6 ? "mb" : bytes >= 10e3 ? "kb" : "b") : word;
  if (chosen === "b") return `${rounded(bytes)}B`;
  return `${rounded(bytes / (SCALES.get(chosen) ?? 1))}${SHOWN.get(chosen) ?? ""}`;
}
