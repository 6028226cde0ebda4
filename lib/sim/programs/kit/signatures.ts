// Where libblkid's magics stand on a device, in the order in which wipefs(8) tells them. Recorded from wipefs of util-linux 2.38.1.
import { type Blocking, O, type Sys, decode } from "../../kernel/sys.ts";
import { probeDevice } from "./probe-device.ts";

export interface Signature {
  readonly offset: number;
  readonly bytes: number;
  readonly type: string;
  readonly usage: "filesystem" | "other" | "raid" | "crypto" | "partition-table";
  readonly uuid: string;
  readonly label: string;
}

const MAGICS: ReadonlyMap<string, readonly (readonly [offset: number, bytes: number])[]> = new Map([
  ["ext2", [[0x438, 2]]], ["ext3", [[0x438, 2]]], ["ext4", [[0x438, 2]]], ["swap", [[0xff6, 10]]], ["xfs", [[0, 4]]], ["btrfs", [[0x10040, 8]]], ["iso9660", [[0x8001, 5]]], ["squashfs", [[0, 4]]],
  ["vfat", [[0x36, 8], [0, 1], [0x1fe, 2]]], ["LVM2_member", [[0x218, 8]]], ["linux_raid_member", [[0x1000, 4]]], ["crypto_LUKS", [[0, 6]]],
]);

/** `from`: where the part of the device begins that is looked at; the offsets found count from there. */
export function* signatures(sys: Sys, path: string, sizeBytes: number, from = 0): Blocking<readonly Signature[]> {
  const probed = yield* probeDevice(sys, path, from);
  const found: Signature[] = [];
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const head = yield* sys.pread(fd, 1024, from);
    if (probed.type !== undefined) {
      let places = MAGICS.get(probed.type) ?? [[0, 4] as const];
      if (probed.version === "FAT32") places = [[0x52, 8], [0, 1], [0x1fe, 2]];
      // the second header of LUKS2 follows the first's JSON
      if (probed.type === "crypto_LUKS" && probed.version === "2") {
        const size = new DataView(head.buffer, head.byteOffset).getUint32(12);
        const second = yield* sys.pread(fd, 4, from + size);
        if (decode(second) === "SKUL") places = [...places, [size, 6]];
      }
      for (const [offset, bytes] of places) found.push({ offset, bytes, type: probed.type, usage: probed.usage ?? "filesystem", uuid: probed.uuid ?? "", label: probed.label ?? "" });
    }
    const table = (offset: number, bytes: number, type: string): void => {
      found.push({ offset, bytes, type, usage: "partition-table", uuid: "", label: "" });
    };
    const gpt = decode(head.subarray(512, 520)) === "EFI PART";
    if (gpt) table(0x200, 8, "gpt");
    if (sizeBytes > 1024 && (gpt || probed.tableType === "gpt")) {
      const last = yield* sys.pread(fd, 8, from + sizeBytes - 512);
      if (decode(last) === "EFI PART") table(sizeBytes - 512, 8, "gpt");
    }
    if (head[510] === 0x55 && head[511] === 0xaa && probed.type !== "vfat" && (probed.tableType !== undefined || gpt)) table(0x1fe, 2, gpt ? "PMBR" : "dos");
  } finally {
    sys.close(fd);
  }
  return found;
}
