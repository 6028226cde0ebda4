// A table as sfdisk --dump writes it and sfdisk reads it again.
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
