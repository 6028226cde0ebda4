// Places on a disk as parted reads and shows them: "1MiB", "2048s", "50%", "105MB". Sectors are of 512 bytes.

const SECTOR = 512;
const SCALES: ReadonlyMap<string, number> = new Map([
  ["s", SECTOR], ["b", 1], ["kb", 1e3], ["mb", 1e6], ["gb", 1e9], ["tb", 1e12], ["kib", 2 ** 10], ["mib", 2 ** 20], ["gib", 2 ** 30], ["tib", 2 ** 40], ["k", 1e3], ["m", 1e6], ["g", 1e9], ["t", 1e12],
]);
const SHOWN: ReadonlyMap<string, string> = new Map([["s", "s"], ["b", "B"], ["kb", "kB"], ["mb", "MB"], ["gb", "GB"], ["tb", "TB"], ["kib", "kiB"], ["mib", "MiB"], ["gib", "GiB"], ["tib", "TiB"], ["%", "%"], ["compact", "compact"]]);

export const isUnit = (name: string): boolean => SHOWN.has(name.toLowerCase());

export interface Place {
  readonly sector: number;
  /** an exact unit was given: sectors, bytes or powers of two */
  readonly exact: boolean;
}

/** Undefined when it cannot be read. `unit`: what a bare number means. */
export function parsePlace(text: string, totalSectors: number, unit: string): Place | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z%]*)$/.exec(text);
  if (match === null) return undefined;
  const word = (match[2] === "" || match[2] === undefined ? unit : match[2]).toLowerCase();
  const number = Number(match[1]);
  let sector: number;
  if (word === "%") sector = Math.floor((totalSectors * number) / 100);
  else {
    const scale = SCALES.get(word === "compact" ? "mb" : word);
    if (scale === undefined) return undefined;
    sector = Math.floor((number * scale) / SECTOR);
  }
  return { sector: number < 0 ? totalSectors + sector : sector, exact: word === "s" || word === "b" || word.endsWith("ib") };
}

function rounded(value: number): string {
  const shown = value + (value < 10 ? 0.005 : value < 100 ? 0.05 : 0.5);
  return value.toFixed(shown < 10 ? 2 : shown < 100 ? 1 : 0);
}

/** In the unit that was asked for; "compact" takes the largest that leaves two digits. */
export function showPlace(sectors: number, unit: string, totalSectors: number, lastByte = false): string {
  const bytes = sectors * SECTOR + (lastByte ? SECTOR - 1 : 0);
  const word = unit.toLowerCase();
  if (word === "s") return `${sectors}s`;
  if (word === "b") return `${bytes}B`;
  if (word === "%") return `${rounded((sectors * 100) / totalSectors)}%`;
  const chosen = word === "compact" ? (bytes >= 10e12 ? "tb" : bytes >= 10e9 ? "gb" : bytes >= 10e6 ? "mb" : bytes >= 10e3 ? "kb" : "b") : word;
  if (chosen === "b") return `${bytes}B`;
  return `${rounded(bytes / (SCALES.get(chosen) ?? 1))}${SHOWN.get(chosen) ?? ""}`;
}
