// mkfs.btrfs: a btrfs on one device or in an image (mkfs.btrfs(8), btrfs-progs 6.2).
import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { newUuid, openBlockTarget, sizeOfWord } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource, probeDevice } from "../kit/probe-device.ts";
import { metadataBytes, prettySize, superblockBytes, VERSION, writeNew } from "./_btrfs.ts";

/** DUP metadata and a data chunk: what the real one asks for at least. */
const SMALLEST_BYTES = 114_294_784;

export default gnu({
  name: "mkfs.btrfs", path: "/sbin/mkfs.btrfs", manSection: 8, project: "btrfs-progs", version: VERSION, versionText: `mkfs.btrfs, part of btrfs-progs v${VERSION}\n`, tryLine: () => "", summary: "create a btrfs filesystem", synopsis: ["[OPTIONS] DEVICE"],
  options: {
    force: flag(["-f", "--force"], "even when something is there already"), label: text(["-L", "--label"], "STRING", "label"), uuid: text(["-U", "--uuid"], "UUID", "its UUID"), data: text(["-d", "--data"], "PROFILE", "of data: single"), metadata: text(["-m", "--metadata"], "PROFILE", "of metadata: dup, single"), bytes: text(["-b", "--byte-count"], "SIZE", "not the whole device"), quiet: flag(["-q", "--quiet"], "print nothing"), verbose: flag(["-v", "--verbose"], "say more"),
    node: text(["-n", "--nodesize"], "SIZE", "of nodes (taken, 16 KiB)"), sector: text(["-s", "--sectorsize"], "SIZE", "of sectors (taken, 4 KiB)"), checksum: text(["--checksum", "--csum"], "TYPE", "crc32c (accepted)"), features: text(["-O", "--features"], "LIST", "features (accepted)"), runtime: text(["-R", "--runtime-features"], "LIST", "features (accepted)"), keep: flag(["-K", "--nodiscard"], "do not discard the blocks"),
    root: unsimulated(["-r", "--rootdir"], "copy a directory into it", "mount it and copy"), mixed: unsimulated(["-M", "--mixed"], "data and metadata together", "they are apart here"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined) {
      yield* io.stderr("ERROR: not enough arguments\nusage: mkfs.btrfs [options] <dev> [<dev...>]\n");
      return 1;
    }
    if (!options.quiet) io.out.put(`btrfs-progs v${VERSION}\nSee http://btrfs.wiki.kernel.org for more information.\n\n`);
    yield* io.out.flush();
    const refuse = function* (message: string) {
      yield* io.stderr(`ERROR: ${message}\n`);
      return 1;
    };
    if (operands.length > 1) {
      sys.observe({ kind: "unsimulated", command: "mkfs.btrfs", detail: "several devices" });
      return yield* refuse("file systems over several devices are not simulated here: give one device");
    }
    if (![undefined, "single"].includes(options.data) || ![undefined, "dup", "DUP", "single"].includes(options.metadata)) return yield* refuse(`unable to create FS with ${options.metadata === undefined ? "data" : "metadata"} profile ${(options.metadata ?? options.data ?? "").toUpperCase()} (have 1 devices but 2 devices are required)`);
    try {
      const source = yield* mountSource(sys, path);
      if ((yield* readMounts(sys)).some((mount) => mount.source === source)) return yield* refuse(`${path} is mounted`);
      const target = yield* openBlockTarget(sys, path, true);
      const probed = yield* probeDevice(sys, path);
      if ((probed.type !== undefined || probed.tableType !== undefined) && !options.force) {
        yield* io.stderr(`ERROR: ${path} appears to contain ${probed.type === undefined ? `a partition table (${probed.tableType})` : `an existing filesystem (${probed.type})`}\nERROR: use the -f option to force overwrite of ${path}\n`);
        return 1;
      }
      const wanted = options.bytes === undefined ? target.sizeBytes : (sizeOfWord(options.bytes) ?? 0);
      if (wanted < SMALLEST_BYTES) return yield* refuse(`'${path}' is too small to make a usable filesystem\nERROR: minimum size for each btrfs device is ${SMALLEST_BYTES}`);
      const totalBytes = wanted - (wanted % 4096);
      const uuid = options.uuid ?? newUuid(sys);
      const label = options.label ?? "";
      yield* writeNew(sys, target.fd, superblockBytes({ uuid, deviceUuid: newUuid(sys), label, totalBytes }));
      sys.close(target.fd);
      if (!options.quiet) {
        const name = source.replace(/^\/dev\//, "");
        const solid = target.isDevice && ((yield* readTextFile(sys, `/sys/class/block/${name}/queue/rotational`)) ?? "1").trim() === "0";
        const row = (title: string, value: string): string => `${title.padEnd(20)}${value}\n`;
        io.out.put(`NOTE: several default settings have changed in version 5.15, please make sure\n      this does not affect your deployments:\n      - DUP for metadata (-m dup)\n      - enabled no-holes (-O no-holes)\n      - enabled free-space-tree (-R free-space-tree)\n\n`);
        io.out.put(row("Label:", label === "" ? "(null)" : label) + row("UUID:", uuid) + row("Node size:", "16384") + row("Sector size:", "4096") + row("Filesystem size:", prettySize(totalBytes)));
        io.out.put(`Block group profiles:\n${row("  Data:", `single ${prettySize(8 * 2 ** 20).padStart(18)}`)}${row("  Metadata:", `DUP ${prettySize(metadataBytes(totalBytes)).padStart(21)}`)}${row("  System:", `DUP ${prettySize(8 * 2 ** 20).padStart(21)}`)}`);
        io.out.put(row("SSD detected:", solid ? "yes" : "no") + row("Zoned device:", "no") + row("Incompat features:", "extref, skinny-metadata, no-holes") + row("Runtime features:", "free-space-tree") + row("Checksum:", "crc32c") + row("Number of devices:", "1"));
        io.out.put(`Devices:\n   ID        SIZE  PATH\n    1 ${prettySize(totalBytes).padStart(11)}  ${path}\n\n`);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* refuse(error.errno === "ENOENT" ? `mount check: cannot open ${path}: No such file or directory\nERROR: cannot check mount status of ${path}: No such file or directory` : `unable to open ${path}: ${error.message}`);
    }
  },
});
