// mdadm --examine: what a member's super block says.
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { arrayLine } from "./_array.ts";
import { arrayState, colons, humanSize, LEVELS, type Superblock } from "./_superblock.ts";

const date = (seconds: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, seconds * 1e6));

function arraySectors(one: Superblock): number {
  if (one.level === 1) return one.memberSectors;
  if (one.level === 10) return (one.memberSectors * one.disks) / 2;
  return one.memberSectors * (one.level === 6 ? one.disks - 2 : one.level === 4 || one.level === 5 ? one.disks - 1 : one.disks);
}

export function examineText(one: Superblock, host: string): string {
  const row = (title: string, value: string): string => `${title.padStart(15)} : ${value}\n`;
  const sectors = (count: number): string => `${count} sectors${humanSize(count / 2)}`;
  let text = `${one.device}:\n          Magic : a92b4efc\n        Version : 1.2\n    Feature Map : 0x${(one.rebuilding ? 2 : 0) + (one.bitmap ? 1 : 0)}\n     Array UUID : ${colons(one.uuid)}\n           Name : ${one.name}${one.name.startsWith(`${host}:`) ? `  (local to host ${host})` : ""}\n  Creation Time : ${date(one.createdSeconds)}\n     Raid Level : ${LEVELS.get(one.level) ?? ""}\n   Raid Devices : ${one.disks}\n\n`;
  text += ` Avail Dev Size : ${sectors(one.dataSectors)}\n`;
  if (one.level > 0) text += `     Array Size : ${arraySectors(one) / 2} KiB${humanSize(arraySectors(one) / 2)}\n`;
  if (one.level > 0 && one.memberSectors !== one.dataSectors) text += `  Used Dev Size : ${sectors(one.memberSectors)}\n`;
  text += `    Data Offset : ${one.dataOffset} sectors\n   Super Offset : 8 sectors\n   Unused Space : before=${one.dataOffset - 80} sectors, after=${one.dataSectors - one.memberSectors} sectors\n          State : ${one.resyncing || one.rebuilding ? "active" : "clean"}\n    Device UUID : ${colons(one.deviceUuid)}\n\n${one.bitmap ? "Internal Bitmap : 8 sectors from superblock\n" : ""}`;
  text += `    Update Time : ${date(one.updatedSeconds)}\n  Bad Block Log : 512 entries available at offset 16 sectors\n       Checksum : ${one.checksum.toString(16)} - correct\n         Events : ${one.events}\n\n`;
  if (one.level === 5 || one.level === 6) text += row("Layout", "left-symmetric");
  if (one.level === 10) text += row("Layout", "near=2");
  if (one.level !== 1) text += `${row("Chunk Size", `${one.chunkSectors / 2}K`)}\n`;
  return `${text}   Device Role : ${typeof one.role === "number" ? `Active device ${one.role}` : one.role}\n   Array State : ${arrayState(one)} ('A' == active, '.' == missing, 'R' == replacing)\n`;
}

/** --examine --scan: a line for each array. */
export function examineLines(all: readonly Superblock[]): string {
  let text = "";
  for (const uuid of new Set(all.map((one) => one.uuid))) {
    const members = all.filter((one) => one.uuid === uuid);
    const [first] = members;
    if (!first) continue;
    const short = first.name.replace(/^[^:]*:/, "");
    const spares = members.filter((one) => one.role === "spare").length;
    text += arrayLine(`/dev/md/${short}`, uuid, first.name, 0).replace("metadata=1.2", " metadata=1.2").replace(/ name=.*$/s, "").trimEnd();
    text += ` UUID=${colons(uuid)} name=${first.name}\n${spares > 0 ? `   spares=${spares}\n` : ""}`;
  }
  return text;
}
