// A table as sfdisk --dump writes it and sfdisk reads it again.
import type { Context } from "./_context.ts";
import { GptLabel } from "./_gpt.ts";
import { type DiskLabel, type OpenDisk, partitionPath, usable } from "../kit/disk-label.ts";

export function dumpLabel(disk: OpenDisk, label: DiskLabel): string {
  const bounds = usable(label, disk.totalSectors);
  let out = `label: ${label.kind}\nlabel-id: ${label.kind === "dos" ? `0x${label.id}` : label.id}\ndevice: ${disk.path}\nunit: sectors\n${label.kind === "gpt" ? `first-lba: ${bounds.first}\nlast-lba: ${bounds.last}\n` : ""}sector-size: 512\n`;
  if (label.partitions.length > 0) out += "\n";
  for (const one of label.partitions.toSorted((a, b) => a.number - b.number)) {
    out += `${partitionPath(disk.path, one.number)} : start=${String(one.start).padStart(12)}, size=${String(one.sectors).padStart(12)}, type=${one.type}${label.kind === "gpt" ? `, uuid=${one.uuid}` : ""}${one.name === "" ? "" : `, name="${one.name}"`}${one.bootable && label.kind === "dos" ? ", bootable" : ""}\n`;
  }
  return out;
}

/** The heads of a script, and its lines in text or as JSON. */
export function dumpContext(context: Context, json: boolean): string {
  const { label } = context;
  if (label === undefined) return "";
  const heads: (readonly [name: string, jsonName: string, value: string, number: boolean])[] = [["label", "label", label.kind, false], ["label-id", "id", label.id, false], ["device", "device", context.path, false], ["unit", "unit", "sectors", false]];
  if (label instanceof GptLabel) {
    heads.push(["first-lba", "firstlba", String(label.firstUsable), true], ["last-lba", "lastlba", String(label.lastUsable), true]);
    if (label.most !== 128) heads.push(["table-length", "table-length", String(label.most), false]);
  }
  if (context.grain !== 1024 * 1024) heads.push(["grain", "grain", String(context.grain), false]);
  heads.push(["sector-size", "sectorsize", String(context.sectorBytes), true]);
  const parts = context.partitions();
  if (!json) {
    const lines = parts.map((one) => `${partitionPath(context.path, one.index + 1)} : start=${String(one.start).padStart(12)}, size=${String(one.sectors).padStart(12)}, type=${one.type.type}${one.uuid === "" ? "" : `, uuid=${one.uuid}`}${one.name === "" ? "" : `, name=${JSON.stringify(one.name)}`}${one.attributes === "" || label.kind === "dos" ? "" : `, attrs="${one.attributes}"`}${one.boot ? ", bootable" : ""}\n`);
    return `${heads.map(([name, , value]) => `${name}: ${value}\n`).join("")}${lines.length > 0 ? "\n" : ""}${lines.join("")}`;
  }
  const text = (value: string): string => JSON.stringify(value);
  const rows = parts.map((one) => {
    const facts = [`"node": ${text(partitionPath(context.path, one.index + 1))}`, `"start": ${one.start}`, `"size": ${one.sectors}`, `"type": ${text(one.type.type)}`];
    if (one.uuid !== "") facts.push(`"uuid": ${text(one.uuid)}`);
    if (one.name !== "") facts.push(`"name": ${text(one.name)}`);
    if (one.attributes !== "" && label.kind !== "dos") facts.push(`"attrs": ${text(one.attributes)}`);
    if (one.boot) facts.push(`"bootable": true`);
    return `{\n${facts.map((fact) => `            ${fact}`).join(",\n")}\n         }`;
  });
  const lines = heads.map(([, name, value, number]) => `      "${name}": ${number ? value : text(value)}`);
  if (rows.length > 0) lines.push(`      "partitions": [\n         ${rows.join(",")}\n      ]`);
  return `{\n   "partitiontable": {\n${lines.join(",\n")}\n   }\n}\n`;
}
