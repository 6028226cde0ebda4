// LVM2's format on disk: a label in the second sector, behind it the description of the volume group as text (lvm2's lib/format_text, man lvmthin(7) and
// pvck(8) describe it).
import { decode, encode } from "../../kernel/sys.ts";

export const SECTOR = 512;
const MDA_OFFSET = 4096;
const MDA_BYTES = 1_044_480;
export const DATA_OFFSET_SECTORS = 2048;
const TEXT_OFFSET = 512;

export interface Segment {
  readonly startExtent: number;
  readonly extentCount: number;
  /** name of the physical volume in the description, and its first extent */
  readonly pv: string;
  readonly pvExtent: number;
}

export interface LogicalVolume {
  name: string;
  readonly id: string;
  readonly creationTime: number;
  readonly creationHost: string;
  segments: Segment[];
}

export interface GroupPv {
  /** pv0, pv1... */
  readonly name: string;
  readonly id: string;
  device: string;
  readonly sectors: number;
  readonly peCount: number;
}

export interface VolumeGroup {
  name: string;
  readonly id: string;
  seqno: number;
  /** sectors */
  readonly extentSize: number;
  pvs: GroupPv[];
  lvs: LogicalVolume[];
}

type Value = string | number | readonly (string | number)[];
interface Section {
  readonly values: Map<string, Value>;
  readonly sections: Map<string, Section>;
}

/** name = value and name { ... }; comments to the end of the line. */
function parseText(text: string): Section {
  const tokens = text.replace(/#[^\n]*/g, "").match(/"[^"]*"|[{}=[\],]|[^\s{}=[\],"]+/g) ?? [];
  let at = 0;
  const scalar = (word: string): string | number => (word.startsWith('"') ? word.slice(1, -1) : Number(word));
  const section = (depth: number): Section => {
    const made: Section = { values: new Map(), sections: new Map() };
    while (at < tokens.length && tokens[at] !== "}") {
      const name = tokens[at++] ?? "";
      const sign = tokens[at++];
      if (sign === "{") {
        if (depth > 16) return made;
        made.sections.set(name, section(depth + 1));
        at++;
      } else if (sign === "=") {
        if (tokens[at] !== "[") {
          made.values.set(name, scalar(tokens[at++] ?? ""));
          continue;
        }
        at++;
        const list: (string | number)[] = [];
        while (at < tokens.length && tokens[at] !== "]") {
          const word = tokens[at++] ?? "";
          if (word !== ",") list.push(scalar(word));
        }
        at++;
        made.values.set(name, list);
      } else return made;
    }
    return made;
  };
  return section(0);
}

const text = (section: Section, name: string): string => String(section.values.get(name) ?? "");
const number = (section: Section, name: string): number => Number(section.values.get(name) ?? 0);

function parseGroup(source: string): VolumeGroup | undefined {
  const root = parseText(source);
  const [found] = root.sections;
  if (!found) return undefined;
  const [name, group] = found;
  return {
    name, id: text(group, "id"), seqno: number(group, "seqno"), extentSize: number(group, "extent_size"),
    pvs: [...(group.sections.get("physical_volumes")?.sections ?? [])].map(([pv, one]) => ({ name: pv, id: text(one, "id"), device: text(one, "device"), sectors: number(one, "dev_size"), peCount: number(one, "pe_count") })),
    lvs: [...(group.sections.get("logical_volumes")?.sections ?? [])].map(([lv, one]) => ({
      name: lv, id: text(one, "id"), creationTime: number(one, "creation_time"), creationHost: text(one, "creation_host"),
      segments: [...one.sections.values()].map((segment) => {
        const stripes = segment.values.get("stripes");
        const [pv = "", extent = 0] = Array.isArray(stripes) ? stripes : [];
        return { startExtent: number(segment, "start_extent"), extentCount: number(segment, "extent_count"), pv: String(pv), pvExtent: Number(extent) };
      }),
    })),
  };
}

export function groupText(group: VolumeGroup, host: string, timeSeconds: number, date: string, description: string): string {
  const pvs = group.pvs.map((pv) => `\n${pv.name} {\nid = "${pv.id}"\ndevice = "${pv.device}"\n\nstatus = ["ALLOCATABLE"]\nflags = []\ndev_size = ${pv.sectors}\npe_start = ${DATA_OFFSET_SECTORS}\npe_count = ${pv.peCount}\n}\n`).join("");
  const lvs = group.lvs.map((lv) => `\n${lv.name} {\nid = "${lv.id}"\nstatus = ["READ", "WRITE", "VISIBLE"]\nflags = []\ncreation_time = ${lv.creationTime}\ncreation_host = "${lv.creationHost}"\nsegment_count = ${lv.segments.length}\n${lv.segments.map((segment, index) => `\nsegment${index + 1} {\nstart_extent = ${segment.startExtent}\nextent_count = ${segment.extentCount}\n\ntype = "striped"\nstripe_count = 1\n\nstripes = [\n"${segment.pv}", ${segment.pvExtent}\n]\n}\n`).join("")}}\n`).join("");
  return `${group.name} {\nid = "${group.id}"\nseqno = ${group.seqno}\nformat = "lvm2"\nstatus = ["RESIZEABLE", "READ", "WRITE"]\nflags = []\nextent_size = ${group.extentSize}\nmax_lv = 0\nmax_pv = 0\nmetadata_copies = 0\n\nphysical_volumes {\n${pvs}}\n${group.lvs.length === 0 ? "" : `\nlogical_volumes {\n${lvs}}\n`}\n}\n# Generated by LVM2 version 2.03.16(2) (2022-05-18): ${date}\n\ncontents = "Text Format Volume Group"\nversion = 1\n\ndescription = "${description.replaceAll('"', "'")}"\n\ncreation_host = "${host}"\ncreation_time = ${timeSeconds}\n\n`;
}

/** CRC-32 with LVM's own beginning and no final inversion (lib/misc/crc.c). */
function crc(bytes: Uint8Array): number {
  let value = 0xf597a6cf;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value >>> 0;
}

export interface Label {
  readonly id: string;
  readonly sectors: number;
  readonly group: VolumeGroup | undefined;
}

export const HEAD_BYTES = 4096 + 512;

const dashed = (id: string): string => id.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, "$1-$2-$3-$4-$5-$6-$7");

/** `read` gives bytes of the device; undefined when it is no physical volume. */
export function* readLabel<W>(read: (offset: number, bytes: number) => Generator<W, Uint8Array>): Generator<W, Label | undefined> {
  const head = yield* read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES || decode(head.subarray(512, 520)) !== "LABELONE" || decode(head.subarray(512 + 24, 512 + 32)) !== "LVM2 001") return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const id = dashed(decode(head.subarray(544, 576)));
  const sectors = Number(view.getBigUint64(576, true)) / SECTOR;
  const offset = Number(view.getBigUint64(MDA_OFFSET + 40, true)), size = Number(view.getBigUint64(MDA_OFFSET + 48, true));
  if (offset === 0 || size === 0 || size > MDA_BYTES) return { id, sectors, group: undefined };
  return { id, sectors, group: parseGroup(decode(yield* read(MDA_OFFSET + offset, size - 1))) };
}

/** The device's first bytes as a physical volume with that description (undefined: of no group). */
export function labelBytes(id: string, sectors: number, description: string | undefined): Uint8Array {
  const body = description === undefined ? new Uint8Array(0) : encode(`${description}\0`);
  const bytes = new Uint8Array(MDA_OFFSET + TEXT_OFFSET + body.length);
  const view = new DataView(bytes.buffer);
  const label = bytes.subarray(512, 1024);
  label.set(encode("LABELONE"), 0);
  view.setBigUint64(520, 1n, true);
  view.setUint32(532, 32, true);
  label.set(encode("LVM2 001"), 24);
  label.set(encode(id.replaceAll("-", "")), 32);
  view.setBigUint64(576, BigInt(sectors * SECTOR), true);
  view.setBigUint64(584, BigInt(DATA_OFFSET_SECTORS * SECTOR), true);
  view.setBigUint64(616, BigInt(MDA_OFFSET), true);
  view.setBigUint64(624, BigInt(MDA_BYTES), true);
  view.setUint32(528, crc(label.subarray(20)), true);
  const mda = bytes.subarray(MDA_OFFSET, MDA_OFFSET + 512);
  mda.set(encode(" LVM2 x[5A%r0N*>"), 4);
  view.setUint32(MDA_OFFSET + 20, 1, true);
  view.setBigUint64(MDA_OFFSET + 24, BigInt(MDA_OFFSET), true);
  view.setBigUint64(MDA_OFFSET + 32, BigInt(MDA_BYTES), true);
  if (body.length > 0) {
    view.setBigUint64(MDA_OFFSET + 40, BigInt(TEXT_OFFSET), true);
    view.setBigUint64(MDA_OFFSET + 48, BigInt(body.length), true);
    view.setUint32(MDA_OFFSET + 56, crc(body), true);
  }
  view.setUint32(MDA_OFFSET, crc(mda.subarray(4)), true);
  bytes.set(body, MDA_OFFSET + TEXT_OFFSET);
  return bytes;
}
