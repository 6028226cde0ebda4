// LVM2's format on disk: a label in the second sector, behind it the description of the volume group as text (lvm2's lib/format_text, man lvmthin(7) and
// pvck(8) describe it).
import { decode, encode } from "../../kernel/sys.ts";

export const SECTOR = 512;
const MDA_OFFSET = 4096;
const MDA_BYTES = 1_044_480;
export const DATA_OFFSET_SECTORS = 2048;
const TEXT_OFFSET = 512;

/** Where a part of a segment lies: a physical volume's name in the description, and its first extent there. */
export interface Area {
  readonly pv: string;
  readonly pvExtent: number;
}

export interface Segment {
  readonly startExtent: number;
  readonly extentCount: number;
  /** more than one: striped */
  readonly areas: readonly Area[];
  /** sectors; 0 of a linear one */
  readonly stripeSize: number;
}

/** What an ordinary snapshot keeps of its origin lies in its own segments. */
export interface SnapshotOf {
  origin: string;
  readonly chunkSectors: number;
  merging: boolean;
}

export interface ThinPool {
  readonly data: string;
  readonly metadata: string;
  readonly chunkSectors: number;
  transaction: number;
  /** those of its data volume */
  extents: number;
}

export interface ThinVolume {
  pool: string;
  readonly deviceId: number;
  readonly transaction: number;
  extents: number;
  origin: string | undefined;
}

export interface LogicalVolume {
  name: string;
  readonly id: string;
  readonly creationTime: number;
  readonly creationHost: string;
  tags?: readonly string[];
  segments: Segment[];
  /** for internal use: shown in brackets */
  hidden?: boolean;
  readOnly?: boolean;
  /** not activated with its group (thin snapshots) */
  skipActivation?: boolean;
  snapshot?: SnapshotOf;
  thinPool?: ThinPool;
  thin?: ThinVolume;
}

export interface GroupPv {
  /** pv0, pv1... */
  name: string;
  readonly id: string;
  device: string;
  sectors: number;
  peCount: number;
  tags?: readonly string[];
  /** nothing new is put there (pvchange -x n) */
  notAllocatable?: boolean;
}

export interface VolumeGroup {
  name: string;
  id: string;
  seqno: number;
  /** sectors */
  readonly extentSize: number;
  pvs: GroupPv[];
  lvs: LogicalVolume[];
  exported?: boolean;
  tags?: readonly string[];
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

const list = (section: Section, name: string): readonly (string | number)[] => {
  const value = section.values.get(name);
  return Array.isArray(value) ? value : [];
};

const tagsOf = (section: Section): readonly string[] => list(section, "tags").map(String);

function parseVolume(name: string, one: Section): LogicalVolume {
  const status = list(one, "status");
  const volume: LogicalVolume = { name, id: text(one, "id"), creationTime: number(one, "creation_time"), creationHost: text(one, "creation_host"), segments: [] };
  const tags = tagsOf(one);
  if (tags.length > 0) volume.tags = tags;
  if (!status.includes("VISIBLE")) volume.hidden = true;
  if (!status.includes("WRITE")) volume.readOnly = true;
  if (list(one, "flags").includes("ACTIVATION_SKIP")) volume.skipActivation = true;
  for (const segment of one.sections.values()) {
    const type = text(segment, "type");
    if (type === "thin-pool") volume.thinPool = { data: text(segment, "pool"), metadata: text(segment, "metadata"), chunkSectors: number(segment, "chunk_size"), transaction: number(segment, "transaction_id"), extents: number(segment, "extent_count") };
    else if (type === "thin") volume.thin = { pool: text(segment, "thin_pool"), deviceId: number(segment, "device_id"), transaction: number(segment, "transaction_id"), extents: number(segment, "extent_count"), origin: segment.values.has("origin") ? text(segment, "origin") : undefined };
    else if (type === "striped") {
      const stripes = list(segment, "stripes");
      const areas: Area[] = [];
      for (let at = 0; at + 1 < stripes.length; at += 2) areas.push({ pv: String(stripes[at]), pvExtent: Number(stripes[at + 1]) });
      volume.segments.push({ startExtent: number(segment, "start_extent"), extentCount: number(segment, "extent_count"), areas, stripeSize: number(segment, "stripe_size") });
    }
  }
  return volume;
}

/** A description as it stands on disks and in /etc/lvm/backup. */
export function parseGroup(source: string): VolumeGroup | undefined {
  const root = parseText(source);
  const [found] = root.sections;
  if (!found) return undefined;
  const [name, group] = found;
  const volumes = [...(group.sections.get("logical_volumes")?.sections ?? [])];
  const lvs = volumes.map(([lv, one]) => parseVolume(lv, one));
  // a snapshot is described by a volume of its own that names origin and store
  for (const [, one] of volumes) {
    for (const segment of one.sections.values()) {
      if (text(segment, "type") !== "snapshot") continue;
      const merging = segment.values.has("merging_store");
      const store = lvs.find((volume) => volume.name === text(segment, merging ? "merging_store" : "cow_store"));
      if (store) store.snapshot = { origin: text(segment, "origin"), chunkSectors: number(segment, "chunk_size"), merging };
    }
  }
  const exported = list(group, "status").includes("EXPORTED");
  return {
    name, id: text(group, "id"), seqno: number(group, "seqno"), extentSize: number(group, "extent_size"), ...(exported && { exported }), ...(tagsOf(group).length > 0 && { tags: tagsOf(group) }),
    pvs: [...(group.sections.get("physical_volumes")?.sections ?? [])].map(([pv, one]) => ({
      name: pv, id: text(one, "id"), device: text(one, "device"), sectors: number(one, "dev_size"), peCount: number(one, "pe_count"), ...(!list(one, "status").includes("ALLOCATABLE") && { notAllocatable: true }), ...(tagsOf(one).length > 0 && { tags: tagsOf(one) }),
    })),
    lvs: lvs.filter((volume) => !/^snapshot\d+$/.test(volume.name)),
  };
}

/** Lines of the form that lvm2 writes: values, then parts in braces. */
const part = (name: string, values: readonly (readonly [string, string | number] | undefined)[], parts: readonly string[] = []): string => `\n${name} {\n${values.map((value) => (value === undefined ? "" : `${value[0]} = ${value[1]}\n`)).join("")}${parts.join("")}}\n`;
const quoted = (word: string): string => `"${word}"`;
const words = (all: readonly string[]): string => `[${all.map(quoted).join(", ")}]`;
const tagged = (tags: readonly string[] | undefined): readonly [string, string] | undefined => (tags === undefined || tags.length === 0 ? undefined : ["tags", words(tags)]);

function volumeText(lv: LogicalVolume): string {
  const segments: string[] = [];
  const segment = (start: number, count: number, values: readonly (readonly [string, string | number] | undefined)[], tail = ""): void => {
    segments.push(part(`segment${segments.length + 1}`, [["start_extent", start], ["extent_count", count], ...values], tail === "" ? [] : [tail]));
  };
  for (const { startExtent, extentCount, areas, stripeSize } of lv.segments) {
    segment(startExtent, extentCount, [["type", '"striped"'], ["stripe_count", areas.length], areas.length > 1 ? ["stripe_size", stripeSize] : undefined], `\nstripes = [\n${areas.map((area) => `"${area.pv}", ${area.pvExtent}`).join(",\n")}\n]\n`);
  }
  if (lv.thinPool) segment(0, lv.thinPool.extents, [["type", '"thin-pool"'], ["metadata", quoted(lv.thinPool.metadata)], ["pool", quoted(lv.thinPool.data)], ["transaction_id", lv.thinPool.transaction], ["chunk_size", lv.thinPool.chunkSectors], ["discards", '"passdown"'], ["zero_new_blocks", 1]]);
  if (lv.thin) segment(0, lv.thin.extents, [["type", '"thin"'], ["thin_pool", quoted(lv.thin.pool)], ["transaction_id", lv.thin.transaction], ["device_id", lv.thin.deviceId], lv.thin.origin === undefined ? undefined : ["origin", quoted(lv.thin.origin)]]);
  const status = ["READ", ...(lv.readOnly ? [] : ["WRITE"]), ...(lv.hidden ? [] : ["VISIBLE"])];
  return part(lv.name, [["id", quoted(lv.id)], ["status", words(status)], ["flags", words(lv.skipActivation ? ["ACTIVATION_SKIP"] : [])], tagged(lv.tags), ["creation_time", lv.creationTime], ["creation_host", quoted(lv.creationHost)], ["segment_count", segments.length]], segments);
}

function snapshotText(lv: LogicalVolume, index: number, origin: LogicalVolume | undefined): string {
  const { snapshot } = lv;
  if (!snapshot) return "";
  const extents = (origin?.segments ?? []).reduce((sum, one) => sum + one.extentCount, 0);
  const segment = part("segment1", [["start_extent", 0], ["extent_count", extents], ["type", '"snapshot"'], ["chunk_size", snapshot.chunkSectors], ["origin", quoted(snapshot.origin)], [snapshot.merging ? "merging_store" : "cow_store", quoted(lv.name)]]);
  return part(`snapshot${index}`, [["id", quoted(lv.id.split("").reverse().join(""))], ["status", words(["READ", "WRITE"])], ["flags", "[]"], ["creation_time", lv.creationTime], ["creation_host", quoted(lv.creationHost)], ["segment_count", 1]], [segment]);
}

export function groupText(group: VolumeGroup, host: string, timeSeconds: number, date: string, description: string): string {
  const pvs = group.pvs.map((pv) => part(pv.name, [["id", quoted(pv.id)], ["device", quoted(pv.device)], ["status", words(pv.notAllocatable ? [] : ["ALLOCATABLE"])], ["flags", "[]"], tagged(pv.tags), ["dev_size", pv.sectors], ["pe_start", DATA_OFFSET_SECTORS], ["pe_count", pv.peCount]])).join("");
  const snapshots = group.lvs.filter((lv) => lv.snapshot);
  const lvs = `${group.lvs.map(volumeText).join("")}${snapshots.map((lv, index) => snapshotText(lv, index, group.lvs.find((one) => one.name === lv.snapshot?.origin))).join("")}`;
  return `${group.name} {\nid = "${group.id}"\nseqno = ${group.seqno}\nformat = "lvm2"\nstatus = ${words([...(group.exported ? ["EXPORTED"] : []), "RESIZEABLE", "READ", "WRITE"])}\nflags = []\n${group.tags === undefined || group.tags.length === 0 ? "" : `tags = ${words(group.tags)}\n`}extent_size = ${group.extentSize}\nmax_lv = 0\nmax_pv = 0\nmetadata_copies = 0\n\nphysical_volumes {\n${pvs}}\n${group.lvs.length === 0 ? "" : `\nlogical_volumes {\n${lvs}}\n`}\n}\n# Generated by LVM2 version 2.03.16(2) (2022-05-18): ${date}\n\ncontents = "Text Format Volume Group"\nversion = 1\n\ndescription = "${description.replaceAll('"', "'")}"\n\ncreation_host = "${host}"\ncreation_time = ${timeSeconds}\n\n`;
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
