// The layout of genisoimage: descriptors from sector 16 on, path tables, directories, those of Joliet, what Rock Ridge says of itself, contents, padding. The
// bytes in front of the contents are made here; the contents stay where they are until somebody writes them.
// (ECMA-119; Joliet 1.1; El Torito 1.0. Directories deeper than eight levels stay in place, as with -D: there is no rr_moved.)
// (More than 400 lines: one layout, whose parts name each other's sectors.)

import { encode, S } from "../../../kernel/sys.ts";
import type { IsoDirectory, IsoEntry, IsoFacts } from "./entry.ts";
import { compareBytes, compareIsoNames, isoName, jolietName, type NameRules, substitute, versioned } from "./names.ts";
import { both, big, little, longDate, shortDate, type ZoneOffset } from "./numbers.ts";
import { extensionRecord, type RockRidge, rockRidge } from "./rock-ridge.ts";

export const SECTOR = 2048;
const APPLICATION = "GENISOIMAGE ISO 9660/HFS FILESYSTEM CREATOR (C) 1993 E.YOUNGDALE (C) 1997-2006 J.PEARSON/J.SCHILLING (C) 2006-2007 CDRKIT TEAM";
const PADDING_SECTORS = 150;

export interface VolumeTexts {
  readonly system?: string;
  readonly volume?: string;
  readonly set?: string;
  readonly publisher?: string;
  readonly preparer?: string;
  readonly application?: string;
  readonly copyright?: string;
  readonly abstract?: string;
  readonly bibliography?: string;
}

export interface BootImage<Source> {
  readonly entry: IsoEntry<Source>;
  readonly bootable: boolean;
  /** 0 for a BIOS, 0xef for EFI */
  readonly platform: number;
  readonly media: number;
  readonly systemType: number;
  readonly loadSegment: number;
  readonly sectors: number;
}

export interface IsoWishes<Source> {
  readonly root: IsoDirectory<Source>;
  readonly rules: NameRules;
  readonly rockRidge: boolean;
  readonly joliet: boolean;
  /** characters a name of Joliet may have: 64, or 103 */
  readonly jolietLongest: number;
  readonly ucsLevel: number;
  readonly texts: VolumeTexts;
  readonly volumeSetSize: number;
  readonly volumeSequence: number;
  readonly nowSeconds: number;
  readonly zone: ZoneOffset;
  readonly padded: boolean;
  /** where the boot catalog stands, and what it lists */
  readonly boot?: { readonly catalog: IsoEntry<Source>; readonly images: readonly IsoEntry<Source>[] };
  /** a name was replaced, as another file had it */
  readonly renamed?: (newName: string, entry: IsoEntry<Source>, other: IsoEntry<Source>) => void;
}

export interface PlacedFile<Source> {
  readonly entry: IsoEntry<Source>;
  readonly extent: number;
}

export interface IsoLayout<Source> {
  /** everything in front of the contents */
  readonly head: Uint8Array;
  readonly files: readonly PlacedFile<Source>[];
  readonly totalSectors: number;
  readonly rockRidgeBytes: number;
  readonly directoryBytes: number;
  readonly pathTableBytes: number;
  readonly extentOf: (entry: IsoEntry<Source>) => number;
  /** sections of the image in order, with their sectors */
  readonly sections: readonly (readonly [string, number, number])[];
}

/** Two entries that cannot both be: what genisoimage says of them. */
export class IsoConflict extends Error {}

interface Record<Source> {
  readonly entry: IsoEntry<Source> | undefined;
  readonly special: "." | ".." | undefined;
  name: string;
  readonly directory: Folder<Source> | undefined;
  rock: RockRidge | undefined;
}

interface Folder<Source> {
  readonly entry: IsoEntry<Source> | undefined;
  readonly of: IsoDirectory<Source>;
  readonly parent: Folder<Source> | undefined;
  readonly folders: Folder<Source>[];
  records: Record<Source>[];
  hidden: IsoEntry<Source>[];
  isoName: string;
  sizeBytes: number;
  continuationBytes: number;
  extent: number;
  jolietExtent: number;
  jolietSizeBytes: number;
}

const sectorsOf = (bytes: number): number => Math.ceil(bytes / SECTOR);
const even = (bytes: number): number => bytes + (bytes & 1);

export function isoLayout<Source>(wishes: IsoWishes<Source>): IsoLayout<Source> {
  const { rules, zone, joliet } = wishes;
  const root = folderOf(wishes.root, undefined, undefined, wishes);
  const all = preorder(root);
  let rockRidgeBytes = 0;
  for (const folder of all) {
    nameRecords(folder, wishes);
    for (const record of folder.records) rockRidgeBytes += record.rock === undefined ? 0 : record.rock.own.length + record.rock.continued.reduce((sum, part) => sum + part.length, 0);
    folder.sizeBytes = packed(folder.records.map((record) => recordBytes(record)));
    folder.continuationBytes = packed(folder.records.flatMap((record) => record.rock?.continued.map((part) => even(part.length)) ?? []));
  }
  const shown = all.filter((folder) => !isHidden(folder, "hiddenFromIso"));
  const shownInJoliet = joliet ? all.filter((folder) => !isHidden(folder, "hiddenFromJoliet")) : [];
  const sections: (readonly [string, number, number])[] = [];
  let next = 0;
  const section = (name: string, sectors: number): number => {
    const at = next;
    sections.push([name, at, sectors]);
    next += sectors;
    return at;
  };
  section("Initial Padblock", 16);
  const primary = section("Primary Volume Descriptor", 1);
  const bootVolume = wishes.boot === undefined ? undefined : section("Eltorito Volume Descriptor", 1);
  const enhanced = rules.level >= 4 ? section("Enhanced Volume Descriptor", 1) : undefined;
  const supplementary = joliet ? section("Joliet Volume Descriptor", 1) : undefined;
  const end = section("End Volume Descriptor", 1);
  section("Version block", 1);
  const ordered = pathOrder(shown, (folder) => encodeLatin(folder.isoName));
  const pathTableBytes = ordered.reduce((sum, folder) => sum + 8 + even(folder.parent === undefined ? 1 : folder.isoName.length), 0);
  const tableSectors = sectorsOf(pathTableBytes) + (sectorsOf(pathTableBytes) & 1);
  const pathTable = section("Path table", 2 * tableSectors);
  const jolietNameOf = (name: string): Uint8Array => jolietName(name, wishes.jolietLongest);
  const jolietOrdered = joliet ? pathOrder(shownInJoliet, (folder) => jolietNameOf(folder.entry?.name ?? "")) : [];
  const jolietTableBytes = jolietOrdered.reduce((sum, folder) => sum + 8 + (folder.parent === undefined ? 2 : jolietNameOf(folder.entry?.name ?? "").length), 0);
  const jolietTableSectors = sectorsOf(jolietTableBytes) + (sectorsOf(jolietTableBytes) & 1);
  const jolietTable = joliet ? section("Joliet path table", 2 * jolietTableSectors) : 0;
  const firstDirectory = next;
  for (const folder of shown) {
    folder.extent = next;
    next += sectorsOf(folder.sizeBytes) + sectorsOf(folder.continuationBytes);
  }
  sections.push(["Directory tree", firstDirectory, next - firstDirectory], ["Directory tree cleanup", next, 0]);
  const jolietLists = new Map(shownInJoliet.map((folder) => [folder, jolietEntries(folder, jolietNameOf)]));
  const firstJoliet = next;
  for (const [folder, list] of jolietLists) {
    folder.jolietSizeBytes = packed([34, 34, ...list.map(({ name }) => even(33 + name.length))]);
    folder.jolietExtent = next;
    next += sectorsOf(folder.jolietSizeBytes);
  }
  if (joliet) sections.push(["Joliet directory tree", firstJoliet, next - firstJoliet]);
  const extension = wishes.rockRidge ? section("Extension record", 1) : 0;
  const head = new Uint8Array(next * SECTOR);

  // where contents stand: in the order of the directories, what boots in front
  const contents: IsoEntry<Source>[] = [];
  const inodes = new Map<string, IsoEntry<Source>>();
  const extents = new Map<IsoEntry<Source>, number>();
  const shared: (readonly [IsoEntry<Source>, IsoEntry<Source>])[] = [];
  const firstFile = next;
  let reached = next;
  for (const folder of all) {
    for (const entry of [...folder.records.flatMap((record) => (record.entry === undefined || record.directory !== undefined ? [] : [record.entry])), ...folder.hidden.filter((one) => one.directory === undefined)]) {
      const known = entry.inode === undefined ? undefined : inodes.get(entry.inode);
      if (known !== undefined) shared.push([entry, known]);
      else if (entry.sizeBytes === 0) extents.set(entry, reached);
      else {
        if (entry.inode !== undefined) inodes.set(entry.inode, entry);
        contents.push(entry);
        reached += sectorsOf(entry.sizeBytes);
      }
    }
  }
  const weight = (entry: IsoEntry<Source>): number => (entry === wishes.boot?.catalog ? 2 : wishes.boot?.images.some((image) => image === entry) === true ? 1 : 0);
  const files: PlacedFile<Source>[] = [];
  for (const entry of contents.sort((a, b) => weight(b) - weight(a))) {
    extents.set(entry, next);
    files.push({ entry, extent: next });
    next += sectorsOf(entry.sizeBytes);
  }
  for (const [entry, known] of shared) extents.set(entry, extents.get(known) ?? 0);
  sections.push(["The File(s)", firstFile, next - firstFile]);
  if (wishes.padded) section("Ending Padblock", PADDING_SECTORS);
  const totalSectors = next;
  const extentOf = (entry: IsoEntry<Source>): number => extents.get(entry) ?? 0;

  // directories
  for (const folder of shown) {
    let at = folder.extent * SECTOR;
    let continuation = (folder.extent + sectorsOf(folder.sizeBytes)) * SECTOR;
    for (const record of folder.records) {
      const target = record.special === "." ? folder : record.special === ".." ? (folder.parent ?? folder) : record.directory;
      const facts = record.special === "." ? folder.of.dot : record.special === ".." ? folder.of.dotDot : record.entry?.facts;
      const rock = record.rock === undefined ? undefined : { own: record.rock.own.slice(), continued: record.rock.continued.map((part) => part.slice()) };
      if (rock !== undefined) {
        const places = rock.continued.map((part) => {
          if ((continuation % SECTOR) + even(part.length) >= SECTOR) continuation = Math.ceil(continuation / SECTOR) * SECTOR;
          const place = continuation;
          continuation += even(part.length);
          return place;
        });
        // each part ends with the CE field that names the next
        for (const [index, place] of places.entries()) {
          const before = index === 0 ? rock.own : (rock.continued[index - 1] ?? rock.own);
          before.set([...both(Math.floor(place / SECTOR), 4), ...both(place % SECTOR, 4)], before.length - 24);
        }
        for (const [index, place] of places.entries()) head.set(rock.continued[index] ?? new Uint8Array(0), place);
        if (folder.parent === undefined && record.special === ".") rock.own.set([...both(extension, 4), ...both(0, 4), ...both(extensionRecord().length, 4)], rock.own.length - 24);
      }
      const bytes = directoryRecord({
        name: record.special === "." ? Uint8Array.of(0) : record.special === ".." ? Uint8Array.of(1) : encodeLatin(record.name),
        extent: target?.extent ?? (record.entry === undefined ? 0 : extentOf(record.entry)), sizeBytes: target === undefined ? (record.entry?.sizeBytes ?? 0) : sectorsOf(target.sizeBytes) * SECTOR,
        flags: (target === undefined ? 0 : 2) | (record.entry?.attributeHidden === true ? 1 : 0), seconds: facts?.mtimeSeconds ?? 0, system: rock?.own,
      });
      if ((at % SECTOR) + bytes.length >= SECTOR) at = Math.ceil(at / SECTOR) * SECTOR;
      head.set(bytes, at);
      at += bytes.length;
    }
  }
  for (const [folder, list] of jolietLists) {
    let at = folder.jolietExtent * SECTOR;
    const parent = folder.parent ?? folder;
    const put = (name: Uint8Array, target: Folder<Source> | undefined, entry: IsoEntry<Source> | undefined, facts: IsoFacts): void => {
      const bytes = directoryRecord({ name, extent: target?.jolietExtent ?? (entry === undefined ? 0 : extentOf(entry)), sizeBytes: target === undefined ? (entry?.sizeBytes ?? 0) : sectorsOf(target.jolietSizeBytes) * SECTOR, flags: (target === undefined ? 0 : 2) | (entry?.attributeHidden === true ? 1 : 0), seconds: facts.mtimeSeconds, system: undefined });
      if ((at % SECTOR) + bytes.length >= SECTOR) at = Math.ceil(at / SECTOR) * SECTOR;
      head.set(bytes, at);
      at += bytes.length;
    };
    put(Uint8Array.of(0), folder, undefined, folder.of.dot);
    put(Uint8Array.of(1), parent, undefined, folder.of.dotDot);
    for (const { name, entry, folder: target } of list) put(name, target, entry, entry.facts);
  }
  putPathTables(pathTable, tableSectors, ordered, (folder) => encodeLatin(folder.isoName), (folder) => folder.extent);
  if (joliet) putPathTables(jolietTable, jolietTableSectors, jolietOrdered, (folder) => jolietNameOf(folder.entry?.name ?? ""), (folder) => folder.jolietExtent);
  if (wishes.rockRidge) head.set(extensionRecord(), extension * SECTOR);

  // descriptors
  const rootSeconds = wishes.root.artificial ? 0 : wishes.root.dot.mtimeSeconds;
  const descriptor = (extentOfRoot: number, sizeOfRoot: number, tableBytes: number, table: number, sectors: number): Uint8Array => {
    const { texts } = wishes;
    const bytes = new Uint8Array(SECTOR);
    const put = (text: string | undefined, at: number, length: number): void => {
      bytes.fill(0x20, at, at + length);
      bytes.set(encode(text ?? "").subarray(0, length), at);
    };
    bytes.set([1, ...encode("CD001"), 1]);
    put(texts.system ?? "LINUX", 8, 32);
    put(texts.volume ?? "CDROM", 40, 32);
    bytes.set(both(totalSectors, 4), 80);
    bytes.set([...both(wishes.volumeSetSize, 2), ...both(wishes.volumeSequence, 2), ...both(SECTOR, 2), ...both(tableBytes, 4)], 120);
    bytes.set([...little(table, 4), 0, 0, 0, 0, ...big(table + sectors, 4)], 140);
    bytes.set(directoryRecord({ name: Uint8Array.of(0), extent: extentOfRoot, sizeBytes: sizeOfRoot, flags: 2, seconds: rootSeconds, system: undefined }), 156);
    put(texts.set, 190, 128);
    put(texts.publisher, 318, 128);
    put(texts.preparer, 446, 128);
    put(texts.application ?? APPLICATION, 574, 128);
    put(texts.copyright, 702, 37);
    put(texts.abstract, 739, 37);
    put(texts.bibliography, 776, 37);
    const stamp = longDate(wishes.nowSeconds, zone);
    for (const place of [813, 830, 864]) bytes.set(stamp, place);
    bytes.set([...encode("0000000000000000"), 0], 847);
    bytes.set([1, 0], 881);
    bytes.fill(0x20, 883, 1395);
    return bytes;
  };
  const volume = descriptor(root.extent, sectorsOf(root.sizeBytes) * SECTOR, pathTableBytes, pathTable, tableSectors);
  head.set(volume, primary * SECTOR);
  if (enhanced !== undefined) {
    head.set(volume, enhanced * SECTOR);
    head.set([2], enhanced * SECTOR);
    head.set([2], enhanced * SECTOR + 6);
    head.set([2], enhanced * SECTOR + 881);
  }
  if (supplementary !== undefined) {
    const bytes = descriptor(root.jolietExtent, sectorsOf(root.jolietSizeBytes) * SECTOR, jolietTableBytes, jolietTable, jolietTableSectors);
    bytes[0] = 2;
    bytes.set(encode(`%/${["@", "C", "E"][wishes.ucsLevel - 1] ?? "E"}`), 88);
    for (const [at, length] of [[8, 32], [40, 32], [190, 128], [318, 128], [446, 128], [574, 128], [702, 37], [739, 37], [776, 37]] as const) {
      const wide = jolietName([...bytes.subarray(at, at + length)].map((byte) => String.fromCharCode(byte)).join(""), length >> 1);
      bytes.fill(0, at, at + length);
      bytes.set(wide, at);
    }
    head.set(bytes, supplementary * SECTOR);
  }
  head.set([255, ...encode("CD001"), 1], end * SECTOR);
  if (wishes.boot !== undefined && bootVolume !== undefined) {
    head.set([0, ...encode("CD001"), 1, ...encode("EL TORITO SPECIFICATION")], bootVolume * SECTOR);
    head.set(little(extentOf(wishes.boot.catalog), 4), bootVolume * SECTOR + 71);
  }
  const directoryBytes = shown.reduce((sum, folder) => sum + (folder.parent === undefined ? 0 : sectorsOf(folder.sizeBytes) * SECTOR), 0);
  return { head, files, totalSectors, rockRidgeBytes, directoryBytes, pathTableBytes, extentOf, sections };

  function directoryRecord({ name, extent, sizeBytes, flags, seconds, system }: { readonly name: Uint8Array; readonly extent: number; readonly sizeBytes: number; readonly flags: number; readonly seconds: number; readonly system: Uint8Array | undefined }): Uint8Array {
    const length = even(even(33 + name.length) + (system?.length ?? 0));
    const bytes = new Uint8Array(length);
    bytes.set([length, 0, ...both(extent, 4), ...both(sizeBytes, 4), ...shortDate(seconds, zone), flags, 0, 0, ...both(wishes.volumeSequence, 2), name.length, ...name]);
    if (system !== undefined) bytes.set(system, even(33 + name.length));
    return bytes;
  }

  function putPathTables(at: number, sectors: number, folders: readonly Folder<Source>[], nameOf: (folder: Folder<Source>) => Uint8Array, extentOfFolder: (folder: Folder<Source>) => number): void {
    const indices = new Map(folders.map((folder, index) => [folder, index + 1]));
    for (const [place, number] of [[at, little], [at + sectors, big]] as const) {
      let offset = place * SECTOR;
      for (const folder of folders) {
        const name = folder.parent === undefined ? Uint8Array.of(0) : nameOf(folder);
        head.set([name.length, 0, ...number(extentOfFolder(folder), 4), ...number(indices.get(folder.parent ?? folder) ?? 1, 2), ...name], offset);
        offset += 8 + even(name.length);
      }
    }
  }
}

/** The boot catalog: a validation entry, what boots first, and a section for each other. */
export function bootCatalog<Source>(publisher: string, images: readonly BootImage<Source>[], extentOf: (entry: IsoEntry<Source>) => number): Uint8Array {
  const catalog = new Uint8Array(SECTOR);
  catalog.set([1, images[0]?.platform ?? 0]);
  catalog.set(encode(publisher).subarray(0, 23), 4);
  catalog.set([0x55, 0xaa], 30);
  let sum = 0;
  for (let at = 0; at < 32; at += 2) sum += (catalog[at] ?? 0) + (catalog[at + 1] ?? 0) * 256;
  catalog.set(little((0x10000 - (sum & 0xffff)) & 0xffff, 2), 28);
  for (const [index, image] of images.entries()) {
    const at = index === 0 ? 32 : 64 * index + 32;
    if (index > 0) catalog.set([index === images.length - 1 ? 0x91 : 0x90, image.platform, 1, 0], at - 32);
    catalog.set([image.bootable ? 0x88 : 0, image.media, ...little(image.loadSegment, 2), image.systemType, 0, ...little(image.sectors, 2), ...little(extentOf(image.entry), 4)], at);
  }
  return catalog;
}

const encodeLatin = (name: string): Uint8Array => Uint8Array.from(name, (letter) => letter.charCodeAt(0));

function folderOf<Source>(of: IsoDirectory<Source>, entry: IsoEntry<Source> | undefined, parent: Folder<Source> | undefined, wishes: IsoWishes<Source>): Folder<Source> {
  const folder: Folder<Source> = { entry, of, parent, folders: [], records: [], hidden: [], isoName: entry === undefined ? "" : isoName(entry.name, true, wishes.rules), sizeBytes: 0, continuationBytes: 0, extent: 0, jolietExtent: 0, jolietSizeBytes: 0 };
  for (const child of [...of.entries].reverse()) if (child.directory !== undefined) folder.folders.push(folderOf(child.directory, child, folder, wishes));
  return folder;
}

function preorder<Source>(folder: Folder<Source>): Folder<Source>[] {
  return [folder, ...folder.folders.flatMap((child) => preorder(child))];
}

function isHidden<Source>(folder: Folder<Source>, how: "hiddenFromIso" | "hiddenFromJoliet"): boolean {
  for (let at: Folder<Source> | undefined = folder; at !== undefined; at = at.parent) if (at.entry?.[how] === true) return true;
  return false;
}

function recordBytes<Source>(record: Record<Source>): number {
  return even(even(33 + (record.special === undefined ? record.name.length : 1)) + (record.rock?.own.length ?? 0));
}

/** Bytes of records that none may cross the end of a sector. */
function packed(lengths: readonly number[]): number {
  let size = 0;
  for (const length of lengths) {
    if ((size % SECTOR) + length >= SECTOR) size = Math.ceil(size / SECTOR) * SECTOR;
    size += length;
  }
  return size;
}

/** Gives each entry a name that no other has, sorts, and adds what Rock Ridge says of it. */
function nameRecords<Source>(folder: Folder<Source>, wishes: IsoWishes<Source>): void {
  const { rules, rockRidge: withRock, zone } = wishes;
  const records: Record<Source>[] = [];
  const taken = new Map<string, Record<Source>>();
  for (const entry of folder.of.entries) {
    if (entry.hiddenFromIso === true) {
      folder.hidden.push(entry);
      continue;
    }
    const isDirectory = entry.directory !== undefined;
    const record: Record<Source> = { entry, special: undefined, name: versioned(isoName(entry.name, isDirectory, rules), isDirectory, rules), directory: folder.folders.find((child) => child.entry === entry), rock: undefined };
    records.push(record);
    const other = taken.get(record.name);
    if (other?.entry !== undefined && other.entry.name !== entry.name) {
      const name = substitute(record.name, other.directory !== undefined, rules, (candidate) => taken.has(candidate));
      if (name === undefined) throw new IsoConflict(`Unable to generate unique name for file ${entry.name}`);
      wishes.renamed?.(name, other.entry, entry);
      other.name = name;
      taken.set(name, other);
    }
    taken.set(record.name, record);
  }
  records.sort((a, b) => {
    if (a.entry !== undefined && b.entry !== undefined && a.entry.name === b.entry.name) throw new IsoConflict(`Error: '${b.entry.path}' and '${a.entry.path}' have the same ${withRock ? "Rock Ridge" : "ISO9660"} name '${withRock ? a.entry.name : a.name}'.`);
    return compareIsoNames(a.name, b.name);
  });
  for (const record of records) if (record.directory !== undefined) record.directory.isoName = record.name;
  const links = (of: Folder<Source>): number => 2 + of.folders.filter((child) => child.entry?.hiddenFromIso !== true).length;
  folder.records = [{ entry: undefined, special: ".", name: "\0", directory: undefined, rock: undefined }, { entry: undefined, special: "..", name: "\u0001", directory: undefined, rock: undefined }, ...records];
  if (!withRock) return;
  for (const record of folder.records) {
    const isRoot = folder.parent === undefined;
    const facts = record.special === "." ? { ...folder.of.dot, nlink: links(folder) } : record.special === ".." ? { ...folder.of.dotDot, nlink: folder.parent === undefined ? folder.of.dotDot.nlink : links(folder.parent) } : record.entry?.facts;
    if (facts === undefined) continue;
    const target = record.entry?.target;
    record.rock = rockRidge({
      isoName: record.special === undefined ? record.name : "\0", name: record.entry?.name, facts: record.directory === undefined ? facts : { ...facts, nlink: links(record.directory) }, zone,
      ...(target !== undefined && (facts.mode & S.IFMT) === S.IFLNK && { target }), ...(isRoot && record.special === "." && { announces: true }),
    });
  }
}

function pathOrder<Source>(folders: readonly Folder<Source>[], nameOf: (folder: Folder<Source>) => Uint8Array): readonly Folder<Source>[] {
  const shown = new Set(folders);
  const ordered = folders.slice(0, 1);
  for (let at = 0; at < ordered.length; at++) {
    ordered.push(...(ordered[at]?.folders ?? []).filter((child) => shown.has(child)).sort((a, b) => compareBytes(nameOf(a), nameOf(b))));
  }
  return ordered;
}

function jolietEntries<Source>(folder: Folder<Source>, nameOf: (name: string) => Uint8Array): readonly { readonly name: Uint8Array; readonly entry: IsoEntry<Source>; readonly folder: Folder<Source> | undefined }[] {
  const list = folder.of.entries.filter((entry) => entry.hiddenFromJoliet !== true).map((entry) => ({ name: nameOf(entry.name), entry, folder: folder.folders.find((child) => child.entry === entry) }));
  return list.sort((a, b) => {
    const order = compareBytes(a.name, b.name);
    if (order === 0 && a !== b) throw new IsoConflict(`Error: ${b.entry.path} and ${a.entry.path} have the same Joliet name\nJoliet tree sort failed. The -joliet-long switch may help you.`);
    return order;
  });
}
