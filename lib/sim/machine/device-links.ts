// The links below /dev/disk that udev's rules (60-persistent-storage.rules) make and remove: by UUID, label and place of what is on a device. Here they follow each device at
// once: when it comes, when it goes, and when somebody who could write to it closes it.
import { type BlockDevice, type BlockDevices, Partition } from "../kernel/block/block-device.ts";
import { readPartitionTable } from "../kernel/block/partition-table.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { probeBytes } from "../programs/kit/probe-device.ts";

const HEAD_BYTES = 69_632;

/** blkid's ID_FS_LABEL_ENC */
const encoded = (text: string): string => [...text].map((letter) => (/[A-Za-z0-9#+\-.:=@_]/.test(letter) || letter.charCodeAt(0) > 126 ? letter : `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`)).join("");

/** `atBoot`: the links that are there already, by name, with their targets. `placesOf`: names of a disk by its place. */
export function followDevices(kernel: Kernel, devices: BlockDevices, atBoot: () => Iterable<readonly [name: string, target: string]>, placesOf: (disk: string) => readonly string[]): void {
  let owners: Map<string, string> | undefined;
  const ownersOf = (): Map<string, string> => {
    owners ??= new Map([...atBoot()].map(([name, target]) => [name, target.slice(target.lastIndexOf("/") + 1)]));
    return owners;
  };
  devices.onChange = (device, gone) => {
    const known = ownersOf();
    const wanted = gone || device.name.startsWith("zram") ? [] : linksOf(device, placesOf);
    for (const [name, owner] of [...known]) {
      if (owner !== device.name || wanted.includes(name)) continue;
      known.delete(name);
      kernel.deviceNodes.remove(name);
    }
    for (const name of wanted) {
      if (known.get(name) === device.name) continue;
      known.set(name, device.name);
      kernel.deviceNodes.link(name, `../../${device.name}`);
    }
  };
}

function linksOf(device: BlockDevice, placesOf: (disk: string) => readonly string[]): readonly string[] {
  const links: string[] = [];
  if (device.sizeBytes === 0) return links;
  if (device instanceof Partition) {
    for (const place of placesOf(device.disk.name)) links.push(`${place}-part${device.number}`);
    const entry = readPartitionTable(device.disk).find((one) => one.number === device.number);
    if (entry !== undefined && entry.uuid !== "") links.push(`disk/by-partuuid/${entry.uuid}`);
    if (entry !== undefined && entry.label !== "") links.push(`disk/by-partlabel/${encoded(entry.label)}`);
  } else links.push(...placesOf(device.name));
  const { usage, uuid, label } = probeBytes(device.read(0, Math.min(HEAD_BYTES, device.sizeBytes)));
  if (usage === "filesystem" || usage === "other" || usage === "crypto") {
    if (uuid !== undefined && uuid !== "") links.push(`disk/by-uuid/${encoded(uuid)}`);
    if (label !== undefined && label !== "") links.push(`disk/by-label/${encoded(label)}`);
  }
  return links;
}
