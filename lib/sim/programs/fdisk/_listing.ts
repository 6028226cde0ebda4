// How libfdisk's programs show a disk: the head, the table of partitions, free space (disk-utils/fdisk-list.c).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { partitionPath } from "../kit/disk-label.ts";
import { localNumber } from "../kit/locale.ts";
import { translated } from "../kit/messages/translate.ts";
import { Table } from "../kit/table.ts";
import type { Io } from "../kit/util-linux.ts";
import { Context, type UserSettings } from "./_context.ts";
import type { Label, Partition } from "./_label.ts";
import { readLabel } from "./_labels.ts";
import { longSize, shortSize } from "./_sizes.ts";
import type { Talk } from "./_talk.ts";

export const BOLD = "\u001b[1m";
export const GREEN = "\u001b[32m";
export const RED = "\u001b[31m";
export const RESET = "\u001b[0m";

interface Field {
  readonly name: string;
  readonly width: number;
  readonly right?: true;
  /** only with details */
  readonly detail?: true;
  /** never with details */
  readonly plain?: true;
}

const FIELDS: { readonly dos: readonly Field[]; readonly gpt: readonly Field[] } = {
  dos: [
    { name: "Device", width: 10 }, { name: "Boot", width: 1 }, { name: "Start", width: 5, right: true }, { name: "End", width: 5, right: true }, { name: "Sectors", width: 5, right: true }, { name: "Cylinders", width: 5, right: true }, { name: "Size", width: 5, right: true, plain: true },
    { name: "Id", width: 2, right: true }, { name: "Type", width: 0.1 }, { name: "Start-C/H/S", width: 1, right: true, detail: true }, { name: "End-C/H/S", width: 1, right: true, detail: true }, { name: "Attrs", width: 2, right: true, detail: true },
  ],
  gpt: [
    { name: "Device", width: 10 }, { name: "Start", width: 5, right: true }, { name: "End", width: 5, right: true }, { name: "Sectors", width: 5, right: true }, { name: "Size", width: 5, right: true, plain: true }, { name: "Type", width: 0.1, plain: true },
    { name: "Type-UUID", width: 36, detail: true }, { name: "UUID", width: 36, detail: true }, { name: "Name", width: 0.2, detail: true }, { name: "Attrs", width: 0, detail: true },
  ],
};

export const allFields = (label: Label): readonly string[] => FIELDS[label.kind].map((field) => field.name);

/** The fields of a list, as -o adds to them or replaces them. A name that is none ends the program. */
function* chosenFields(io: Io, context: Context, label: Label, wanted: string | undefined): Blocking<readonly Field[]> {
  const all = FIELDS[label.kind];
  const usual = all.filter((field) => !(context.details ? field.plain : field.detail) && field.name !== (context.useCylinders ? "Sectors" : "Cylinders"));
  if (wanted === undefined) return usual;
  const named: Field[] = [];
  for (const word of wanted.replace(/^\+/, "").split(",")) {
    const field = all.find(({ name }) => name.toLowerCase() === word.toLowerCase());
    if (field === undefined) {
      yield* lateWarning(io, `${label.kind} unknown column: ${word}`);
      throw new UnknownColumn();
    }
    named.push(field);
  }
  return wanted.startsWith("+") ? [...usual, ...named] : named;
}

export function fieldText(sys: Sys, context: Context, one: Partition, name: string): string {
  switch (name) {
    case "Device": return partitionPath(context.path, one.index + 1);
    case "Boot": return one.boot ? "*" : "";
    case "Start": return String(context.shown(one.start));
    case "End": return String(context.shown(one.start + one.sectors - (one.sectors > 0 ? 1 : 0)));
    case "Sectors": return String(one.sectors);
    case "Cylinders": return one.sectors === 0 ? "" : String(Math.floor(one.sectors / (context.geometry.heads * context.geometry.sectors)) + 1);
    case "Size": return context.sizesInBytes || context.details ? String(one.sectors * context.sectorBytes) : localNumber(sys, shortSize(one.sectors * context.sectorBytes));
    case "Id": return one.type.type;
    case "Type": return translated(sys, "fdisk", one.type.name);
    case "Type-UUID": return one.type.type;
    case "UUID": return one.uuid;
    case "Name": return one.name;
    case "Attrs": return one.attributes;
    case "Start-C/H/S": return one.startChs;
    default: return one.endChs;
  }
}

/** Told already; the program ends with 1. */
export class UnknownColumn extends Error {}

/** "auto", "always" or "never", and whether standard output is a terminal that can. */
export function wantsColours(io: Io, when: string): boolean {
  return when === "always" || (when === "auto" && io.sys.isatty(1) && !["dumb", ""].includes(io.sys.environment.get("TERM") ?? ""));
}

/** Standard error is not buffered: into a file or a pipe it comes before the lines of standard output that wait. */
export function* lateWarning(io: Io, text: string): Blocking<void> {
  if (io.sys.isatty(1)) yield* io.out.flush();
  yield* io.stderrUnflushed(`${io.argv0}: ${text}\n`);
}

/** Draws what the programs have in common. */
export class Listing {
  readonly #io: Io;
  readonly #talk: Talk;
  readonly colours: boolean;
  readonly #output: string | undefined;

  constructor(io: Io, talk: Talk, colours: boolean, output: string | undefined) {
    this.#io = io;
    this.#talk = talk;
    this.colours = colours;
    this.#output = output;
  }

  /** A line in a colour of its own. */
  *coloured(colour: string, text: () => Blocking<void>): Blocking<void> {
    if (this.colours) this.#io.out.put(colour);
    yield* text();
    if (this.colours) this.#io.out.put(RESET);
  }

  #size(bytes: number): string {
    return localNumber(this.#io.sys, longSize(bytes, 2));
  }

  *identifier(context: Context): Blocking<void> {
    const { label } = context;
    if (label === undefined) return;
    yield* this.#talk.info(`Disklabel type: ${label.kind}`);
    if (!context.details) yield* this.#talk.info(`Disk identifier: ${label.id}`);
  }

  *head(context: Context): Blocking<void> {
    const talk = this.#talk;
    const bytes = context.totalSectors * context.sectorBytes;
    yield* this.coloured(BOLD, () => talk.info(`Disk ${context.path}: ${this.#size(bytes)}, ${bytes} bytes, ${context.totalSectors} sectors`));
    if (context.model !== "") yield* talk.info(`Disk model: ${context.model}`);
    const { heads, sectors, cylinders } = context.geometry;
    if (context.label !== undefined && (context.useCylinders || (context.label.kind === "dos" && context.settings.dosCompatible))) yield* talk.info(`Geometry: ${heads} heads, ${sectors} sectors/track, ${cylinders} cylinders`);
    yield* this.#units(context);
    yield* talk.info(`I/O size (minimum/optimal): ${context.sectorBytes} bytes / ${context.sectorBytes} bytes`);
    yield* this.identifier(context);
  }

  *#units(context: Context): Blocking<void> {
    const units = context.unitsPerSector;
    yield* this.#talk.info(`Units: ${context.useCylinders ? "cylinders" : "sectors"} of ${units} * ${context.sectorBytes} = ${units * context.sectorBytes} bytes`);
    yield* this.#talk.info(`Sector size (logical/physical): ${context.sectorBytes} bytes / ${Math.max(context.physicalBytes, context.sectorBytes)} bytes`);
  }

  #print(table: Table): void {
    const { sys } = this.#io;
    const width = sys.isatty(1) ? Number(sys.environment.get("COLUMNS") ?? 0) || sys.getWindowSize(1).cols || 80 : undefined;
    this.#io.out.put(table.text({ mode: "table", headings: true, ...(width !== undefined && { width }), ...(this.colours && { headingColour: [BOLD, RESET] as const }) }));
  }

  *label(context: Context): Blocking<void> {
    const { label } = context;
    const talk = this.#talk;
    if (label === undefined) return;
    if (context.details) for (const item of label.items()) yield* talk.info(item);
    const parts = context.partitions();
    if (parts.length === 0) return;
    const { sys } = this.#io;
    const fields = yield* chosenFields(this.#io, context, label, this.#output);
    const table = new Table(fields.map((field) => ({ name: translated(sys, "fdisk", field.name), ...(field.right && { right: true }), ...(field.name === "Type" && { truncate: true }), minimumWidth: field.width })));
    for (const one of parts) table.row(fields.map((field) => fieldText(sys, context, one, field.name)));
    yield* talk.info("");
    this.#print(table);
    let notes = 0;
    const note = function* (text: string, warning = false): Blocking<void> {
      if (notes++ === 0) yield* talk.info("");
      yield* warning ? talk.warn(text) : talk.info(text);
    };
    for (const one of parts) {
      if ((one.start * context.sectorBytes) % Math.max(context.physicalBytes, context.sectorBytes) !== 0) yield* note(`Partition ${one.index + 1} does not start on physical sector boundary.`, true);
      const wipe = context.wipes.get(one.index);
      if (wipe !== undefined && wipe.start === one.start && wipe.sectors === one.sectors) yield* note(`Filesystem/RAID signature on partition ${one.index + 1} will be wiped.`);
    }
    if (parts.some((one, index) => index > 0 && one.start < (parts[index - 1]?.start ?? 0))) yield* note("Partition table entries are not in disk order.");
  }

  *freeSpace(context: Context): Blocking<void> {
    const talk = this.#talk;
    const { sys } = this.#io;
    if (context.label === undefined) return;
    const spaces = context.freeSpaces();
    const sectors = spaces.reduce((sum, one) => sum + one.sectors, 0);
    const bytes = sectors * context.sectorBytes;
    yield* this.coloured(BOLD, () => talk.info(`Unpartitioned space ${context.path}: ${this.#size(bytes)}, ${bytes} bytes, ${sectors} sectors`));
    yield* this.#units(context);
    if (spaces.length === 0) return;
    const table = new Table(["Start", "End", "Sectors", "Size"].map((name) => ({ name: translated(sys, "fdisk", name), right: true, minimumWidth: 5 })));
    for (const one of spaces) {
      table.row([String(context.shown(one.start)), String(context.shown(one.start + one.sectors - 1)), String(one.sectors), context.sizesInBytes || context.details ? String(one.sectors * context.sectorBytes) : localNumber(sys, shortSize(one.sectors * context.sectorBytes))]);
    }
    yield* talk.info("");
    this.#print(table);
  }

  /** Opens a device to read, and shows it. False when it cannot be opened. */
  *device(path: string, settings: UserSettings, prepare: (context: Context) => void, complain: boolean, separate: boolean, show: (context: Context) => Blocking<void>): Blocking<boolean> {
    let context: Context;
    try {
      context = yield* Context.open(this.#io.sys, this.#talk, path, settings, true, true);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (complain || error.errno === "EACCES") yield* this.#io.warn(`cannot open ${path}: ${error.message}`);
      return false;
    }
    try {
      prepare(context);
      yield* readLabel(context);
      if (separate) this.#io.out.put("\n\n");
      yield* show(context);
      return true;
    } finally {
      context.close();
    }
  }
}

/** Whole disks as /proc/partitions names them. */
export function* wholeDisks(sys: Sys): Blocking<readonly string[]> {
  const names = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name !== "");
  return names.filter((name) => !names.some((disk) => disk !== name && name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length)))).map((name) => `/dev/${name}`);
}

/** Somebody has it, or a partition of it, mounted. */
export function* mountedPart(sys: Sys, path: string): Blocking<boolean> {
  const mounts = ((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n").map((line) => line.split(" ")[0] ?? "");
  const swaps = ((yield* readTextFile(sys, "/proc/swaps")) ?? "").split("\n").map((line) => line.split(/\s+/)[0] ?? "");
  return [...mounts, ...swaps].some((source) => source === path || (source.startsWith(path) && /^p?\d+$/.test(source.slice(path.length))));
}
