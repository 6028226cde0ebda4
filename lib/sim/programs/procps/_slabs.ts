// /proc/slabinfo (slabinfo(5)) as slabtop reads it.

export interface Slab {
  readonly name: string;
  readonly activeObjects: number;
  readonly objects: number;
  readonly objectBytes: number;
  readonly objectsPerSlab: number;
  readonly pagesPerSlab: number;
  readonly activeSlabs: number;
  readonly slabs: number;
}

const PAGE_KIB = 4;

export const usePercent = ({ activeObjects, objects }: Slab): number => (objects === 0 ? 0 : Math.floor((100 * activeObjects) / objects));
export const cacheKib = ({ slabs, pagesPerSlab }: Slab): number => slabs * pagesPerSlab * PAGE_KIB;

export function parseSlabs(text: string): Slab[] {
  return text.split("\n").slice(2).flatMap((line) => {
    const words = line.split(/\s+/);
    if (words.length < 16) return [];
    const number = (at: number): number => Number(words[at]);
    return [{ name: words[0] ?? "", activeObjects: number(1), objects: number(2), objectBytes: number(3), objectsPerSlab: number(4), pagesPerSlab: number(5), activeSlabs: number(13), slabs: number(14) }];
  });
}

const sum = (slabs: readonly Slab[], of: (slab: Slab) => number): number => slabs.reduce((total, slab) => total + of(slab), 0);
const share = (part: number, whole: number): string => `(${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)}%)`;

/** As printf rounds "%.2f": a tie to the even digit. */
function kib(bytes: number): string {
  const hundredths = (bytes * 100) / 1024;
  const floor = Math.floor(hundredths);
  const rounded = hundredths - floor === 0.5 ? floor + (floor % 2) : Math.round(hundredths);
  return `${(rounded / 100).toFixed(2)}K`;
}

/** The five lines above the table. */
export function summaryLines(slabs: readonly Slab[]): readonly string[] {
  const active = sum(slabs, ({ activeObjects }) => activeObjects);
  const objects = sum(slabs, (slab) => slab.objects);
  const activeSlabs = sum(slabs, (slab) => slab.activeSlabs);
  const all = sum(slabs, (slab) => slab.slabs);
  const used = slabs.filter((slab) => slab.slabs > 0).length;
  const activeBytes = sum(slabs, ({ activeObjects, objectBytes }) => activeObjects * objectBytes);
  const bytes = sum(slabs, (slab) => slab.objects * slab.objectBytes);
  const sizes = slabs.map(({ objectBytes }) => objectBytes);
  return [
    ` Active / Total Objects (% used)    : ${active} / ${objects} ${share(active, objects)}`,
    ` Active / Total Slabs (% used)      : ${activeSlabs} / ${all} ${share(activeSlabs, all)}`,
    ` Active / Total Caches (% used)     : ${used} / ${slabs.length} ${share(used, slabs.length)}`,
    ` Active / Total Size (% used)       : ${kib(activeBytes)} / ${kib(bytes)} ${share(activeBytes, bytes)}`,
    ` Minimum / Average / Maximum Object : ${kib(Math.min(...sizes))} / ${kib(objects === 0 ? 0 : bytes / objects)} / ${kib(Math.max(...sizes))}`,
  ];
}

export const TABLE_HEAD = "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME                   ";

export function slabLine(slab: Slab): string {
  return `${String(slab.objects).padStart(6)} ${String(slab.activeObjects).padStart(6)} ${String(usePercent(slab)).padStart(3)}% ${kib(slab.objectBytes).padStart(8)} ${String(slab.slabs).padStart(6)} ${String(slab.objectsPerSlab).padStart(8)} ${`${cacheKib(slab)}K`.padStart(10)} ${slab.name.padEnd(23)}`;
}
