// filefrag: how a file lies on its disk (filefrag(8), e2fsprogs 1.47.0). The kernel keeps files in a form of its own; where their blocks would lie is
// worked out as debugfs does, from the mounted file system's own layout.
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu, type Io, optionalText } from "../kit/gnu.ts";
import { type Extent, placeOfFile } from "./_file-extents.ts";

/** Of a file system without such a layout: its magic number (statfs(2)). */
const MAGIC: ReadonlyMap<string, string> = new Map([["ext2", "ef53"], ["ext3", "ef53"], ["ext4", "ef53"], ["xfs", "58465342"], ["btrfs", "9123683e"], ["tmpfs", "1021994"], ["vfat", "4d44"], ["overlay", "794c7630"]]);

const hexOr = (value: number, hexadecimal: boolean): string => (hexadecimal ? value.toString(16) : String(value));

/** The rows of -v; `end`: where the file ends, in its blocks. */
function rows(extents: readonly Extent[], scale: number, hexadecimal: boolean, end: number): string {
  let out = " ext:     logical_offset:        physical_offset: length:   expected: flags:\n";
  let expected = 0;
  extents.forEach((one, index) => {
    const show = (value: number, width: number): string => hexOr(value, hexadecimal).padStart(width);
    const logical = one.logical * scale;
    const physical = one.physical * scale;
    const count = one.count * scale;
    const flags = [...(one.unwritten ? ["unwritten"] : []), ...(index === extents.length - 1 ? ["last"] : []), ...(index === extents.length - 1 && one.logical + one.count >= end ? ["eof"] : [])];
    out += `${String(index).padStart(4)}: ${show(logical, 8)}..${show(logical + count - 1, 8)}: ${show(physical, 10)}..${show(physical + count - 1, 10)}: ${show(count, 6)}: ${index > 0 && expected !== physical ? `${show(expected, 10)}: ` : " ".repeat(12)}${flags.join(",")}\n`;
    expected = physical + count;
  });
  return out;
}

export default gnu({
  name: "filefrag", path: "/usr/sbin/filefrag", manSection: 8, project: "e2fsprogs", summary: "report on file fragmentation", synopsis: ["[-b[blocksize]] [-eksvxX] file..."], tryLine: () => "Usage: filefrag [-b{blocksize}[KMG]] [-BeEksvxX] file ...\n", seeAlso: ["e4defrag(8)", "debugfs(8)", "chattr(1)"],
  description: ["One extent is a stretch of blocks that lie one behind the other, for the file and on the disk. Where the blocks of a file lie is worked out from the layout of its file system."],
  options: {
    blocks: optionalText(["-b"], "blocksize", "count in blocks of so many bytes"), fibmap: flag(["-B"], "ask for each block"), extents: flag(["-e"], "show extents, also of a file without them"), cached: flag(["-E"], "what the kernel's cache of extents holds"), kilobytes: flag(["-k"], "count in blocks of 1024 bytes"), sync: flag(["-s"], "write the file out first"), verbose: counted(["-v"], "show every extent"), version: flag(["-V"], "show the version"), xattr: flag(["-x"], "of the extended attributes"), hexadecimal: flag(["-X"], "numbers in hexadecimal"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("filefrag 1.47.0 (5-Feb-2023)\n");
      if (operands.length === 0) return 0;
    }
    if (operands.length === 0) {
      yield* io.stderr("Usage: filefrag [-b{blocksize}[KMG]] [-BeEksvxX] file ...\n");
      return 1;
    }
    let unit = options.kilobytes ? 1024 : undefined;
    if (options.blocks !== undefined) {
      const match = /^(\d*)([kmgKMG]?)$/.exec(options.blocks === true ? "" : options.blocks);
      unit = match === null ? Number.NaN : Number(match[1] === "" ? 1024 : match[1]) * 1024 ** ["", "k", "m", "g"].indexOf((match[2] ?? "").toLowerCase());
      if (!(unit >= 1)) {
        yield* io.stderr(`bad blocksize: ${options.blocks === true ? "" : options.blocks}\n`);
        return 1;
      }
    }
    const seen = new Set<number>();
    for (const path of operands) yield* report(sys, io, path, unit, options, seen);
    return undefined;
  },
});

function* report(sys: Sys, io: Io, path: string, unit: number | undefined, { verbose, hexadecimal, extents: shown }: { readonly verbose: number; readonly hexadecimal: boolean; readonly extents: boolean }, seen: Set<number>): Blocking<void> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`open: ${error.message}\n`);
    io.status = 1;
    return;
  }
  sys.close(fd);
  const stat = sys.stat(path);
  const { type, blockSizeBytes } = sys.statfs(path);
  if ((stat.mode & S.IFMT) !== S.IFREG && (stat.mode & S.IFMT) !== S.IFDIR) return;
  if (!["ext2", "ext3", "ext4", "xfs", "btrfs", "vfat"].includes(type)) {
    yield* io.stderr(`${path}: FIBMAP/FIEMAP unsupported\n`);
    io.status = 1;
    return;
  }
  const { extents, blockBytes } = yield* placeOfFile(sys, path, stat, type, blockSizeBytes);
  const size = unit ?? blockBytes;
  if (verbose > 0) {
    // said once for each file system
    if (!seen.has(stat.dev)) io.out.put(`Filesystem type is: ${MAGIC.get(type) ?? "0"}\n`);
    seen.add(stat.dev);
    const count = Math.ceil(stat.sizeBytes / size);
    io.out.put(`File size of ${path} is ${stat.sizeBytes} (${count} block${count === 1 ? "" : "s"} of ${size} bytes)\n`);
    if (extents.length > 0 || shown) io.out.put(rows(extents, blockBytes / size, hexadecimal, Math.ceil(stat.sizeBytes / blockBytes)));
  }
  let found = extents.length === 0 ? 0 : 1;
  extents.forEach((one, index) => {
    const before = extents[index - 1];
    if (before !== undefined && before.physical + before.count !== one.physical) found++;
  });
  io.out.put(`${path}: ${found} extent${found === 1 ? "" : "s"} found\n`);
}
