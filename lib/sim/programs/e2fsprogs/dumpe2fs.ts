import { type Blocking, SysError, type Sys } from "../../kernel/sys.ts";
import { type Io, flag, gnu, texts } from "../kit/gnu.ts";
import { groupSums } from "./_checksums.ts";
import { superblockFacts } from "./_facts.ts";
import { type BlockRange, Layout } from "./_layout.ts";
import { BadMagic, type OpenFileSystem, VERSION, openFileSystem } from "./_superblock.ts";

const USAGE = "Usage: dumpe2fs [-bfghimxV] [-o superblock=<num>] [-o blocksize=<num>] device\n";

/** It ends with the number of the error. */
const ERRNO: ReadonlyMap<string, number> = new Map([["EPERM", 1], ["ENOENT", 2], ["ENXIO", 6], ["EACCES", 13], ["EBUSY", 16], ["EISDIR", 21]]);

/** Of "Free blocks" and the like; `hexadecimal`: -x. */
const listed = (ranges: readonly BlockRange[], show: (value: number) => string): string => ranges.map(({ first, last }) => (first === last ? show(first) : `${show(first)}-${show(last)}`)).join(", ");

function* groups(sys: Sys, io: Io, fs: OpenFileSystem, hexadecimal: boolean): Blocking<void> {
  const { superblock } = fs;
  const layout = new Layout(superblock);
  const show = (value: number): string => (hexadecimal ? `0x${value.toString(16).padStart(8, "0")}` : String(value));
  const range = (first: number, last: number): string => `${show(first)}-${show(last)}`;
  const sums = superblock.has("metadata_csum");
  const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, "0")}`;
  const sumOf = (value: number): string => (sums ? `, csum ${hex(value, 8)}` : "");
  for (const { group, first, last, hasCopy, blockBitmap, inodeBitmap, inodeTable } of layout.groups) {
    if (sys.charge(60)) yield* sys.preempt();
    const directories = group === 0 ? 2 : 0;
    const { flags, descriptor, ...bitmaps } = groupSums(superblock, layout, group, directories);
    io.out.put(`Group ${group}: (Blocks ${range(first, last)})${sums ? ` csum ${hex(descriptor, 4)}${flags.length > 0 ? ` [${flags.join(", ")}]` : ""}` : ""}\n`);
    if (hasCopy) {
      io.out.put(`  ${group === 0 ? "Primary" : "Backup"} superblock at ${show(first)}, Group descriptors at ${range(first + 1, first + superblock.descriptorBlocks)}\n`);
      if (superblock.reservedGdt > 0) io.out.put(`  Reserved GDT blocks at ${range(first + 1 + superblock.descriptorBlocks, first + superblock.descriptorBlocks + superblock.reservedGdt)}\n`);
    }
    // where a table of another group lies it is said by that group
    const from = (block: number): string => {
      const home = layout.groupOf(block);
      return home === group ? ` (+${block - first})` : ` (bg #${home} + ${block - (layout.groups[home]?.first ?? 0)})`;
    };
    io.out.put(`  Block bitmap at ${show(blockBitmap)}${from(blockBitmap)}${sumOf(bitmaps.blockBitmap)}\n  Inode bitmap at ${show(inodeBitmap)}${from(inodeBitmap)}${sumOf(bitmaps.inodeBitmap)}\n  Inode table at ${range(inodeTable.first, inodeTable.last)}${from(inodeTable.first)}\n`);
    const inodes = layout.freeInodes(group);
    const free = inodes === undefined ? 0 : inodes.last - inodes.first + 1;
    io.say(`  ${layout.freeBlocks(group)} free blocks, ${free} free inodes, ${directories} directories${sums ? `, ${free} unused inodes` : ""}\n  Free blocks: ${listed(layout.freeRanges(group), show)}\n  Free inodes: ${inodes === undefined ? "" : listed([inodes], show)}\n`);
  }
}

export default gnu({
  name: "dumpe2fs", path: "/sbin/dumpe2fs", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "show the superblock and the groups of an ext2, ext3 or ext4 file system", synopsis: ["[-bfghimxV] [-o superblock=<num>] [-o blocksize=<num>] device"],
  options: { header: flag(["-h"], "only the super block"), bad: flag(["-b"], "blocks that are reserved as bad"), force: flag(["-f"], "force"), group: flag(["-g"], "groups for programs"), image: flag(["-i"], "device is an image of e2image"), mmp: flag(["-m"], "the multiple mount protection"), hexadecimal: flag(["-x"], "block numbers in hexadecimal"), version: flag(["-V"], "version"), other: texts(["-o"], "superblock=<num>", "another super block") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    yield* io.stderr(`dumpe2fs ${VERSION}\n`);
    if (options.version) {
      yield* io.stderr("\tUsing EXT2FS Library version 1.47.0\n");
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const place = new Map<string, number>();
    for (const word of options.other.flatMap((list) => list.split(","))) {
      const [name = "", value = ""] = word.split("=");
      if (!["superblock", "blocksize"].includes(name) || !/^\d+$/.test(value)) {
        yield* io.stderr("\nBad extended option(s) specified: " + name + "\n\nExtended options are separated by commas, and may take an argument which\n\tis set off by an equals ('=') sign.\n\nValid extended options are:\n\tsuperblock=<superblock number>\n\tblocksize=<blocksize>\n");
        return 1;
      }
      place.set(name, Number(value));
    }
    let fs: OpenFileSystem;
    try {
      if (options.image) throw new BadMagic("Wrong magic number for Ext2 Image Header", 16);
      fs = yield* openFileSystem(sys, path, false, false, place.get("superblock"), place.get("blocksize"));
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(`dumpe2fs: ${error.message} while trying to open ${path}\n`);
      io.say("Couldn't find valid filesystem superblock.\n");
      return error instanceof BadMagic ? error.status : (ERRNO.get(error.errno) ?? 1);
    }
    const { superblock } = fs;
    const finish = (status: number): number => {
      sys.close(fs.fd);
      return status;
    };
    if (options.mmp) {
      yield* io.stderr("dumpe2fs: MMP feature not enabled.\n");
      return finish(2);
    }
    if (options.bad) {
      for (const block of superblock.badBlocks) io.out.put(`${block}\n`);
      return finish(0);
    }
    if (options.group) {
      io.out.put("\ngroup:block:super:gdt:bbitmap:ibitmap:itable\n");
      for (const { group, first, hasCopy, blockBitmap, inodeBitmap, inodeTable } of new Layout(superblock).groups) io.out.put(`${group}:${first}:${hasCopy ? `${first}:${first + 1}-${first + superblock.descriptorBlocks}` : "-1:-1"}:${blockBitmap}:${inodeBitmap}:${inodeTable.first}\n`);
      return finish(0);
    }
    io.out.put(yield* superblockFacts(sys, superblock));
    if (superblock.has("has_journal")) {
      const row = (name: string, value: string): void => io.out.put(`${`${name}:`.padEnd(26)}${value}\n`);
      // the kernel turns its features on at the first mount
      const mounted = superblock.u32(0x2c) !== 0;
      const sums = mounted && superblock.has("metadata_csum");
      row("Journal features", mounted ? [...(superblock.has("64bit") ? ["journal_64bit"] : []), ...(sums ? ["journal_checksum_v3"] : [])].join(" ") || "(none)" : "(none)");
      const kilobytes = (superblock.journalLength * superblock.blockBytes) / 1024;
      row("Total journal size", kilobytes < 8192 ? `${kilobytes}k` : `${Math.floor(kilobytes / 1024)}M`);
      row("Total journal blocks", String(superblock.journalLength));
      row("Max transaction length", String(superblock.journalLength));
      row("Fast commit length", "0");
      const sequence = 1 + superblock.u16(0x34);
      row("Journal sequence", `0x${sequence.toString(16).padStart(8, "0")}`);
      row("Journal start", superblock.has("needs_recovery") ? "1" : "0");
      if (sums) {
        row("Journal checksum type", "crc32c");
        row("Journal checksum", `0x${superblock.u32(0x3fc).toString(16).padStart(8, "0")}`);
      }
    }
    io.out.put("\n");
    if (!options.header) {
      io.out.put("\n");
      yield* groups(sys, io, fs, options.hexadecimal);
    }
    return finish(0);
  },
});
