import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeDevice } from "../kit/probe-device.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";

interface Signature {
  readonly offset: number;
  readonly bytes: number;
  readonly type: string;
  readonly isTable: boolean;
}

/** Where libblkid's magics stand, for the kinds that probeDevice knows. */
function* signatures(sys: Sys, path: string): Blocking<readonly Signature[]> {
  const probed = yield* probeDevice(sys, path);
  const found: Signature[] = [];
  const fd = yield* sys.open(path, O.RDONLY);
  const places = new Map<string, readonly [number, number]>([["ext2", [0x438, 2]], ["ext3", [0x438, 2]], ["ext4", [0x438, 2]], ["swap", [0xff6, 10]], ["xfs", [0, 4]], ["iso9660", [0x8001, 5]], ["crypto_LUKS", [0, 6]], ["squashfs", [0, 4]], ["vfat", [0x36, 5]], ["LVM2_member", [0x218, 8]]]);
  if (probed.type !== undefined) {
    let [offset, bytes] = places.get(probed.type) ?? [0, 4];
    if (probed.version === "FAT32") [offset, bytes] = [0x52, 8];
    found.push({ offset, bytes, type: probed.type, isTable: false });
  }
  const head = yield* sys.pread(fd, 1024, 0);
  sys.close(fd);
  const gpt = decode(head.subarray(512, 520)) === "EFI PART";
  if (gpt) found.push({ offset: 0x200, bytes: 8, type: "gpt", isTable: true });
  if (head[510] === 0x55 && head[511] === 0xaa && (probed.tableType !== undefined || gpt)) found.push({ offset: 0x1fe, bytes: 2, type: gpt ? "PMBR" : "dos", isTable: true });
  return found;
}

export default utilLinux({
  name: "wipefs", path: "/sbin/wipefs", manSection: 8, summary: "wipe signatures from a device", synopsis: ["[options] <device>"],
  options: {
    all: flag(["-a", "--all"], "every signature: afterwards nothing can be mounted (take care!)"), backup: flag(["-b", "--backup"], "keep what is erased in a file in $HOME"), force: flag(["-f", "--force"], "even on a device in use"), noheadings: flag(["-i", "--noheadings"], "no heading line"), json: flag(["-J", "--json"], "write JSON"), noAct: flag(["-n", "--no-act"], "all but the writing"), offset: text(["-o", "--offset"], "num", "the signature at this byte"), output: text(["-O", "--output"], "list", "the columns that are shown"), parsable: flag(["-p", "--parsable"], "lines for programs, with commas between"), quiet: flag(["-q", "--quiet"], "without messages"), types: text(["-t", "--types"], "list", "only these filesystems, RAIDs or partition tables"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(`${io.argv0}: no device specified\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const erase = options.all || options.offset !== undefined;
    const table = new Table([{ name: "DEVICE" }, { name: "OFFSET", right: false }, { name: "TYPE" }, { name: "UUID" }, { name: "LABEL" }]);
    const lines: string[] = [];
    for (const path of operands) {
      try {
        const probed = yield* probeDevice(sys, path);
        const kinds = options.types?.split(",");
        const found = (yield* signatures(sys, path)).filter((one) => kinds === undefined || kinds.includes(one.type)).sort((a, b) => a.offset - b.offset);
        if (!erase) {
          for (const one of found) {
            const cells = [path.split("/").at(-1) ?? "", `0x${one.offset.toString(16)}`, one.type, one.isTable ? "" : (probed.uuid ?? ""), one.isTable ? "" : (probed.label ?? "")];
            table.row(cells);
            lines.push([cells[1], cells[3], cells[4], cells[2]].join(","));
          }
          continue;
        }
        if (!options.force && !options.noAct && (yield* readMounts(sys)).some((mount) => mount.source === path || (mount.source.startsWith(path) && /^p?\d+$/.test(mount.source.slice(path.length))))) {
          yield* io.fail(`error: ${path}: probing initialization failed: Device or resource busy`);
          continue;
        }
        const fd = yield* sys.open(path, options.noAct ? O.RDONLY : O.RDWR);
        for (const one of found) {
          if (options.offset !== undefined && Number(options.offset) !== one.offset) continue;
          const old = yield* sys.pread(fd, one.bytes, one.offset);
          if (!options.quiet) io.say(`${path}: ${one.bytes} bytes were erased at offset 0x${one.offset.toString(16).padStart(8, "0")} (${one.type}): ${[...old].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}\n`);
          if (!options.noAct) yield* sys.pwrite(fd, new Uint8Array(one.bytes), one.offset);
        }
        if (found.some((one) => one.isTable) && !options.noAct) {
          try {
            sys.ioctl(fd, "BLKRRPART");
            if (!options.quiet) io.out.put(`${path}: calling ioctl to re-read partition table: Success\n`);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`error: ${path}: probing initialization failed: ${error.message}`);
      }
    }
    if (!erase && table.rows.length > 0) io.out.put(options.parsable ? `${lines.map((line) => `${line}\n`).join("")}` : table.text({ mode: options.json ? "json" : "table", headings: !options.noheadings, jsonName: "signatures", utf8: io.utf8 }));
    return undefined;
  },
});
