// mkfs.xfs: an XFS on a device or in an image (mkfs.xfs(8), xfsprogs 6.1).
import { SysError } from "../../kernel/sys.ts";
import { newUuid, openBlockTarget, sizeOfWord } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeDevice } from "../kit/probe-device.ts";
import { BLOCK, geometryText, plan, superblockBytes, VERSION } from "./_xfs.ts";

const USAGE = "Usage: mkfs.xfs\n/* blocksize */\t\t[-b size=num]\n/* data subvol */\t[-d agcount=n,size=num]\n/* force overwrite */\t[-f]\n/* log subvol */\t[-l size=num]\n/* label */\t\t[-L label (maximum 12 characters)]\n/* no-op info only */\t[-N]\n/* quiet */\t\t[-q]\n/* version */\t\t[-V]\n\t\t\tdevicename\n<devicename> is required unless -d name=xxx is given.\n";
const SMALLEST_BYTES = 300 * 2 ** 20;

export default gnu({
  name: "mkfs.xfs", path: "/sbin/mkfs.xfs", manSection: 8, project: "xfsprogs", version: VERSION, versionText: `mkfs.xfs version ${VERSION}\n`, tryLine: () => USAGE, summary: "construct an XFS filesystem", synopsis: ["[OPTIONS] DEVICE"],
  options: {
    force: flag(["-f"], "even when something is there already"), label: text(["-L"], "LABEL", "label, up to 12 characters"), data: texts(["-d"], "OPTIONS", "agcount=N, agsize=N, size=N of the data section"), log: texts(["-l"], "OPTIONS", "size=N of the log"), block: text(["-b"], "size=N", "block size (4096)"), metadata: texts(["-m"], "OPTIONS", "crc=1, uuid=UUID, reflink=0|1 and others (accepted)"),
    inode: text(["-i"], "OPTIONS", "of inodes (accepted)"), naming: text(["-n"], "OPTIONS", "of directories (accepted)"), sector: text(["-s"], "size=N", "sector size (accepted)"), keep: flag(["-K"], "do not discard the blocks"), dryRun: flag(["-N"], "only show what would be done"), quiet: flag(["-q"], "print nothing"), version: flag(["-V"], "print the version"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`mkfs.xfs version ${VERSION}\n`);
      return 0;
    }
    const words = new Map([...options.data, ...options.log.map((one) => `log.${one}`), ...options.metadata].flatMap((one) => one.split(",")).map((one) => [one.split("=")[0] ?? "", one.split("=")[1] ?? ""] as const));
    const path = operands[0] ?? words.get("name");
    if (path === undefined) {
      yield* io.stderr(`No device name specified\n${USAGE}`);
      return 1;
    }
    if (operands.length > 1) {
      yield* io.stderr(`extra arguments\n${USAGE}`);
      return 1;
    }
    if ((options.label ?? "").length > 12) {
      yield* io.stderr(`Invalid value ${options.label} for -L option\n${USAGE}`);
      return 1;
    }
    if (options.block !== undefined && options.block !== "size=4096" && options.block !== "size=4k") {
      yield* io.stderr("mkfs.xfs: blocks of 4096 bytes are simulated.\n");
      return 1;
    }
    try {
      if ((yield* readMounts(sys)).some((mount) => mount.source === path)) {
        yield* io.stderr(`mkfs.xfs: ${path} contains a mounted filesystem\n${USAGE}`);
        return 1;
      }
      const target = yield* openBlockTarget(sys, path, true);
      const given = words.get("size");
      const sizeBytes = given === undefined || given === "" ? target.sizeBytes : (sizeOfWord(given, { b: BLOCK, s: 512 }) ?? 0);
      if (sizeBytes > target.sizeBytes && target.isDevice) {
        yield* io.stderr(`size ${given} specified for data subvolume is too large, maximum is ${Math.floor(target.sizeBytes / BLOCK)} blocks\n${USAGE}`);
        return 1;
      }
      const probed = yield* probeDevice(sys, path);
      const found = probed.type ?? probed.tableType;
      if (found !== undefined && !options.force) {
        yield* io.stderr(`mkfs.xfs: ${path} appears to contain ${probed.type === undefined ? `a partition table (${found})` : `an existing filesystem (${found})`}.\nmkfs.xfs: Use the -f option to force overwrite.\n`);
        return 1;
      }
      if (sizeBytes < SMALLEST_BYTES) {
        yield* io.stderr(sizeBytes < 4096 * BLOCK ? `size ${Math.floor(sizeBytes / BLOCK)} of data subvolume is too small, minimum 4096 blocks\n${USAGE}` : `Filesystem must be larger than 300MB.\n${USAGE}`);
        return 1;
      }
      const groups = words.get("agcount");
      const logSize = words.get("log.size");
      if (logSize !== undefined && (sizeOfWord(logSize, { b: BLOCK, s: 512 }) ?? 64 * 2 ** 20) < 64 * 2 ** 20) {
        yield* io.stderr(`Log size must be at least 64MB.\n${USAGE}`);
        return 1;
      }
      const planned = plan(sizeBytes, groups === undefined ? undefined : Math.max(1, Number(groups)), logSize === undefined ? undefined : Math.floor((sizeOfWord(logSize, { b: BLOCK, s: 512 }) ?? 64 * 2 ** 20) / BLOCK));
      if (!options.quiet) io.out.put(geometryText(path, planned));
      if (!options.dryRun) {
        yield* sys.pwrite(target.fd, new Uint8Array(72 * 1024), 0);
        yield* sys.pwrite(target.fd, superblockBytes({ ...planned, label: options.label ?? "", uuid: words.get("uuid") ?? newUuid(sys) }), 0);
        if (target.isDevice && !options.keep && !options.quiet) io.out.put("Discarding blocks...Done.\n");
      }
      sys.close(target.fd);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(error.errno === "EBUSY" ? `mkfs.xfs: cannot open ${path}: Device or resource busy\n` : error.errno === "ENOENT" ? `Error accessing specified device ${path}: No such file or directory\n${USAGE}` : `mkfs.xfs: cannot open ${path}: ${error.message}\n`);
      return 1;
    }
  },
});
