// mkfs.fat: a FAT file system on a device or in an image (mkfs.fat(8), dosfstools 4.2).
import { O, SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { fatImage, layoutFat, SECTOR, VERSION_LINE } from "./_fat.ts";

export default gnu({
  name: "mkfs.fat", path: "/sbin/mkfs.fat", links: ["/sbin/mkfs.vfat", "/sbin/mkfs.msdos", "/sbin/mkdosfs"], manSection: 8, project: "dosfstools", version: "4.2", versionText: VERSION_LINE, tryLine: () => "", summary: "make a FAT file system",
  synopsis: ["[OPTIONS] TARGET [BLOCKS]"],
  options: {
    bits: text(["-F"], "SIZE", "size of the table's entries: 12, 16 or 32"), label: text(["-n"], "LABEL", "volume name, up to 11 characters"), volumeId: text(["-i"], "VOLID", "volume ID, eight hexadecimal digits"), create: flag(["-C"], "make the file TARGET first, of BLOCKS KiB"), verbose: flag(["-v"], "say more"), ignore: flag(["-I"], "write to a whole disk too"),
    cluster: text(["-s"], "COUNT", "sectors in a cluster"), sector: text(["-S"], "SIZE", "size of a sector"), root: text(["-r"], "COUNT", "entries of the root directory"), reserved: text(["-R"], "COUNT", "reserved sectors"), media: text(["-M"], "TYPE", "media descriptor"), noAlign: flag(["-a"], "do not align structures"), fats: text(["-f"], "COUNT", "copies of the table"), invariant: flag(["--invariant"], "the same ID each time"),
    check: unsimulated(["-c"], "look for bad blocks first", "disks have no bad blocks here"), atari: unsimulated(["-A"], "Atari's variant", "only the usual variant is written"), mbr: unsimulated(["--mbr"], "with a partition table around it", "use fdisk"), hidden: text(["-h"], "NUMBER", "hidden sectors"), geometry: text(["-g"], "GEOM", "heads/sectors (accepted)"), codepage: text(["--codepage"], "N", "code page of the label (accepted)"), drive: text(["-D"], "NUMBER", "drive number (accepted)"), offset: unsimulated(["--offset"], "write from a sector on", "give the partition"),
  },
  operands: "files",
  *run({ options, operands, sys, argv0 }, io: Io) {
    const name = argv0.split("/").at(-1) ?? "mkfs.fat";
    const die = (message: string): never => {
      throw new Refused(`${name}: ${message}\n`);
    };
    io.out.put(VERSION_LINE);
    const [path, blocks] = operands;
    if (path === undefined) {
      yield* io.out.flush();
      yield* io.stderr(`No device specified.\nUsage: ${name} [OPTIONS] TARGET [BLOCKS]\n`);
      return 1;
    }
    try {
      const bits = options.bits === undefined ? undefined : Number(options.bits);
      if (bits !== undefined && ![12, 16, 32].includes(bits)) die(`Bad FAT type : ${options.bits}`);
      const label = options.label ?? "";
      if (label !== label.toUpperCase()) yield* io.stderr("mkfs.fat: Warning: lowercase labels might not work properly on some systems\n");
      if (label.length > 11) die(`Label can be no longer than 11 characters`);
      const cluster = options.cluster === undefined ? undefined : Number(options.cluster);
      if (cluster !== undefined && ![1, 2, 4, 8, 16, 32, 64, 128].includes(cluster)) die(`Bad number of sectors per cluster : ${options.cluster}`);
      if (options.sector !== undefined && Number(options.sector) !== SECTOR) die("Sectors of 512 bytes are simulated.");
      if (options.volumeId !== undefined && !/^[0-9a-fA-F]{1,8}$/.test(options.volumeId)) die(`Volume ID must be a hexadecimal number`);
      if (options.create) {
        if (blocks === undefined) die(`Need intended size with -C.`);
        try {
          const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o666);
          sys.ftruncate(fd, Number(blocks) * 1024);
          sys.close(fd);
        } catch (error) {
          if (error instanceof SysError) die(error.errno === "EEXIST" ? `file ${path} already exists` : `unable to create ${path}: ${error.message}`);
          throw error;
        }
      }
      let target: { readonly fd: number; readonly sizeBytes: number; readonly isDevice: boolean };
      try {
        if ((yield* readMounts(sys)).some((mount) => mount.source === path)) die(`${path} contains a mounted filesystem.`);
        target = yield* openBlockTarget(sys, path, true);
      } catch (error) {
        if (error instanceof SysError) return die(error.errno === "EBUSY" ? `${path} contains a mounted filesystem.` : `unable to open ${path}: ${error.message}`);
        throw error;
      }
      if (target.isDevice && !options.ignore && /^\/dev\/([svh]d[a-z]+)$/.test(path)) {
        let parts = false;
        try {
          const disk = path.slice(5);
          parts = sys.readdir(`/sys/class/block/${disk}`).some((entry) => entry.name.startsWith(disk));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        if (parts) die(`Partitions or virtual mappings on device '${path}', not making filesystem (use -I to override)`);
      }
      const sizeBytes = blocks === undefined ? target.sizeBytes : Number(blocks) * 1024;
      if (!(sizeBytes > 0)) die(blocks === undefined ? `unable to discover size of ${path}` : `Bad block count : ${blocks}`);
      const layout = layoutFat(sizeBytes, bits, cluster, options.root === undefined ? 512 : Math.ceil(Number(options.root) / 16) * 16, options.reserved === undefined ? undefined : Number(options.reserved));
      if (!layout) return die(bits === undefined || sizeBytes < 40_000 ? "Attempting to create a too small or a too large filesystem" : `Attempting to create a too ${bits === 32 ? "small" : "large"} filesystem`);
      const random = sys.random(4);
      const serial = options.volumeId !== undefined ? Number.parseInt(options.volumeId, 16) : options.invariant ? 0x1234abcd : random.reduce((value, byte) => value * 256 + byte, 0);
      const media = options.media === undefined ? 0xf8 : Number(options.media) & 0xff;
      if (bits === 32 && layout.clusters < 65_525) yield* io.stderr("WARNING: Number of clusters for 32 bit FAT is less then suggested minimum.\n");
      const zeros = new Uint8Array(SECTOR * 64);
      for (let at = 0, end = Math.min(sizeBytes, (layout.reserved + 2 * layout.fatSectors + 128) * SECTOR); at < end; at += zeros.length) {
        yield* sys.pwrite(target.fd, zeros.subarray(0, Math.min(zeros.length, end - at)), at);
        if (sys.charge(20)) yield* sys.preempt();
      }
      for (const [offset, bytes] of fatImage(layout, serial, label, media)) yield* sys.pwrite(target.fd, bytes, offset);
      sys.close(target.fd);
      if (options.verbose) {
        const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
        io.out.put(`${path} has ${plural(layout.heads, "head")} and ${layout.sectorsPerTrack} sectors per track,\nhidden sectors 0x0000;\nlogical sector size is 512,\nusing 0x${media.toString(16)} media descriptor, with ${layout.sectors} sectors;\ndrive number 0x80;\nfilesystem has 2 ${layout.bits}-bit FATs and ${plural(layout.clusterSectors, "sector")} per cluster.\nFAT size is ${plural(layout.fatSectors, "sector")}, and provides ${plural(layout.clusters, "cluster")}.\nThere ${layout.reserved === 1 ? "is" : "are"} ${plural(layout.reserved, "reserved sector")}.\n`);
        if (layout.rootEntries > 0) io.out.put(`Root directory contains ${layout.rootEntries} slots and uses ${(layout.rootEntries * 32) / SECTOR} sectors.\n`);
        io.out.put(`Volume ID is ${serial.toString(16).padStart(8, "0")}, ${label === "" ? "no volume label" : `volume label ${label}`}.\n`);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      yield* io.out.flush();
      yield* io.stderr(error.message);
      return 1;
    }
  },
});

class Refused extends Error {}
