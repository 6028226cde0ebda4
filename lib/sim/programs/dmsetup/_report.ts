// dmsetup info -c: fields in columns (libdm-report). A column is as wide as its heading's least width and its longest value; numbers stand at the right.

import type { MappedDevice } from "../kit/device-mapper.ts";

export interface Field {
  readonly id: string;
  readonly head: string;
  readonly width: number;
  readonly numeric: boolean;
  readonly words: string;
  readonly value: (device: MappedDevice, all: readonly MappedDevice[], blockName: (major: number, minor: number) => string) => string;
}

const attributes = (one: MappedDevice): string => `${one.targets.length > 0 ? "L" : "-"}${one.inactive ? "I" : "-"}${one.suspended ? "s" : "-"}w`;

/** The names of a volume of LVM: VG-LV-LAYER, a dash in a name is doubled. */
export function splitName(name: string): readonly [string, string, string] {
  const parts = name.replaceAll("--", "\0").split("-").map((part) => part.replaceAll("\0", "-"));
  return [parts[0] ?? "", parts[1] ?? "", parts.slice(2).join("-")];
}

const usersOf = (device: MappedDevice, all: readonly MappedDevice[]): readonly MappedDevice[] => all.filter((one) => one.below.some(({ major, minor }) => major === device.major && minor === device.minor));
const isVolume = (device: MappedDevice): boolean => device.uuid.startsWith("LVM-");

export const FIELDS: readonly Field[] = [
  { id: "name", head: "Name", width: 16, numeric: false, words: "the name", value: (one) => one.name },
  { id: "uuid", head: "UUID", width: 32, numeric: false, words: "the UUID", value: (one) => one.uuid },
  { id: "read_ahead", head: "RAhead", width: 6, numeric: true, words: "sectors read ahead", value: () => "256" },
  { id: "blkdevname", head: "BlkDevName", width: 16, numeric: false, words: "the kernel's name", value: (one) => `dm-${one.minor}` },
  { id: "attr", head: "Stat", width: 4, numeric: false, words: "(L)ive and (I)nactive table, (s)uspended, (r)ead-only or (w)ritable", value: attributes },
  { id: "tables_loaded", head: "Tables", width: 6, numeric: false, words: "which tables there are", value: (one) => (one.targets.length > 0 ? (one.inactive ? "Both" : "Live") : one.inactive ? "Inactive" : "None") },
  { id: "suspended", head: "Suspended", width: 9, numeric: false, words: "whether it is suspended", value: (one) => (one.suspended ? "Suspended" : "Active") },
  { id: "readonly", head: "Read-only", width: 9, numeric: false, words: "whether it can be written", value: () => "Writeable" },
  { id: "devno", head: "DevNo", width: 5, numeric: false, words: "its numbers", value: (one) => `${one.major}:${one.minor}` },
  { id: "major", head: "Maj", width: 3, numeric: true, words: "its major number", value: (one) => String(one.major) },
  { id: "minor", head: "Min", width: 3, numeric: true, words: "its minor number", value: (one) => String(one.minor) },
  { id: "open", head: "Open", width: 4, numeric: true, words: "how many have it open", value: (one) => String(one.openCount) },
  { id: "segments", head: "Targ", width: 4, numeric: true, words: "lines of the live table", value: (one) => String(one.targets.length) },
  { id: "events", head: "Event", width: 6, numeric: true, words: "events so far", value: () => "0" },
  { id: "device_count", head: "#Devs", width: 5, numeric: true, words: "devices below", value: (one) => String(one.below.length) },
  { id: "devs_used", head: "DevNamesUsed", width: 16, numeric: false, words: "names of mapped devices below", value: (one, all) => all.filter((each) => one.below.some(({ major, minor }) => major === each.major && minor === each.minor)).map(({ name }) => name).join(",") },
  { id: "devnos_used", head: "DevNosUsed", width: 16, numeric: false, words: "numbers of devices below", value: (one) => one.below.map(({ major, minor }) => `${major}:${minor}`).join(",") },
  { id: "blkdevs_used", head: "BlkDevNamesUsed", width: 16, numeric: false, words: "the kernel's names of devices below", value: (one, _all, blockName) => one.below.map(({ major, minor }) => blockName(major, minor)).join(",") },
  { id: "device_ref_count", head: "#Refs", width: 5, numeric: true, words: "mapped devices above", value: (one, all) => String(usersOf(one, all).length) },
  { id: "names_using_dev", head: "RefNames", width: 8, numeric: false, words: "their names", value: (one, all) => usersOf(one, all).map(({ name }) => name).join(",") },
  { id: "devnos_using_dev", head: "RefDevNos", width: 9, numeric: false, words: "their numbers", value: (one, all) => usersOf(one, all).map(({ major, minor }) => `${major}:${minor}`).join(",") },
  { id: "subsystem", head: "Subsys", width: 6, numeric: false, words: "who made it", value: (one) => /^([A-Z]+)-/.exec(one.uuid)?.[1] ?? "" },
  { id: "vg_name", head: "VG", width: 4, numeric: false, words: "its volume group", value: (one) => (isVolume(one) ? splitName(one.name)[0] : "") },
  { id: "lv_name", head: "LV", width: 4, numeric: false, words: "its logical volume", value: (one) => (isVolume(one) ? splitName(one.name)[1] : "") },
  { id: "lv_layer", head: "LVLayer", width: 7, numeric: false, words: "its layer of the volume", value: (one) => (isVolume(one) ? splitName(one.name)[2] : "") },
];

export const STANDARD = "name,major,minor,attr,open,segments,events,uuid";

/** The fields that `words` names, or the name that is none. */
export function fieldsOf(words: string): readonly Field[] | string {
  const fields: Field[] = [];
  for (const word of words.split(",").filter((one) => one !== "")) {
    if (word === "all") {
      fields.push(...FIELDS);
      continue;
    }
    const field = FIELDS.find(({ id }) => id === word || id.replaceAll("_", "") === word.replaceAll("_", ""));
    if (field === undefined) return word;
    fields.push(field);
  }
  return fields;
}

export interface Layout {
  readonly headings: boolean;
  /** undefined: aligned columns */
  readonly separator: string | undefined;
  /** DM_NAME='x' */
  readonly prefixed: boolean;
}

export function report(fields: readonly Pick<Field, "id" | "head" | "width" | "numeric">[], rows: readonly (readonly string[])[], { headings, separator, prefixed }: Layout): string {
  if (prefixed) return rows.map((row) => `${row.map((value, column) => `DM_${(fields[column]?.id ?? "").toUpperCase()}='${value}'`).join(separator ?? " ")}\n`).join("");
  const lines = [...(headings && rows.length > 0 ? [fields.map(({ head }) => head)] : []), ...rows];
  if (separator !== undefined) return lines.map((line) => `${line.join(separator)}\n`).join("");
  const widths = fields.map(({ width, head }, column) => Math.max(width, head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return lines.map((line, index) => `${line.map((value, column) => (fields[column]?.numeric === true && !(headings && index === 0) ? value.padStart(widths[column] ?? 0) : value.padEnd(widths[column] ?? 0))).join(" ")}\n`).join("");
}
