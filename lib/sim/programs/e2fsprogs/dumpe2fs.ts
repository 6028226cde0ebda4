import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { superblockFacts } from "./_facts.ts";
import { BadMagic, type OpenFileSystem, VERSION, openFileSystem } from "./_superblock.ts";

export default gnu({
  name: "dumpe2fs", path: "/sbin/dumpe2fs", manSection: 8, project: "e2fsprogs", tryLine: () => "", summary: "dump ext2/ext3/ext4 file system information", synopsis: ["[-bfghimxV] [-o superblock=<num>] [-o blocksize=<num>] device"],
  options: { header: flag(["-h"], "only the super block"), bad: flag(["-b"], "blocks that are reserved as bad"), force: flag(["-f"], "force"), group: flag(["-g"], "groups for programs"), image: flag(["-i"], "device is an image of e2image"), hexadecimal: flag(["-x"], "block numbers in hexadecimal"), version: flag(["-V"], "version"), other: text(["-o"], "superblock=<num>", "another super block") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    yield* io.stderr(`dumpe2fs ${VERSION}\n`);
    if (options.version) return 0;
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: dumpe2fs [-bfghimxV] [-o superblock=<num>] [-o blocksize=<num>] device\n");
      return 1;
    }
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, path, false);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(`dumpe2fs: ${error instanceof BadMagic ? "Bad magic number in super-block" : error.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`);
      return 1;
    }
    const { superblock } = fs;
    if (options.bad) return 0;
    io.out.put(yield* superblockFacts(sys, superblock));
    if (superblock.has("has_journal")) {
      const row = (name: string, value: string): void => io.out.put(`${`${name}:`.padEnd(26)}${value}\n`);
      row("Journal features", "journal_64bit journal_checksum_v3");
      row("Total journal size", `${Math.floor((superblock.journalBlocks * superblock.blockBytes) / 1024) < 8192 ? `${(superblock.journalBlocks * superblock.blockBytes) / 1024}k` : `${Math.floor((superblock.journalBlocks * superblock.blockBytes) / 1048576)}M`}`);
      row("Total journal blocks", String(superblock.journalBlocks));
      row("Max transaction length", String(superblock.journalBlocks));
      row("Fast commit length", "0");
      row("Journal sequence", "0x00000001");
      row("Journal start", "0");
    }
    if (!options.header) {
      io.out.put("\n");
      const { groups, blocksPerGroup, firstBlock, inodesPerGroup, descriptorBlocks, reservedGdt, inodeTableBlocks } = superblock;
      const range = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
      const used = superblock.blocks - superblock.freeBlocks - superblock.firstBlock - superblock.groupsOverhead;
      let left = used;
      for (let group = 0; group < groups; group++) {
        if (sys.charge(20)) yield* sys.preempt();
        const start = firstBlock + group * blocksPerGroup;
        const end = Math.min(superblock.blocks, start + blocksPerGroup) - 1;
        io.out.put(`Group ${group}: (Blocks ${range(start, end)})\n`);
        if (superblock.hasCopy(group)) io.out.put(`  ${group === 0 ? "Primary" : "Backup"} superblock at ${start}, Group descriptors at ${range(start + 1, start + descriptorBlocks)}\n${reservedGdt > 0 ? `  Reserved GDT blocks at ${range(start + 1 + descriptorBlocks, start + descriptorBlocks + reservedGdt)}\n` : ""}`);
        // with flex_bg the tables of sixteen groups stand together in the first
        const home = superblock.has("flex_bg") ? group - (group % 16) : group;
        const many = Math.min(16, groups - home);
        const base = firstBlock + home * blocksPerGroup + (superblock.hasCopy(home) ? 1 + descriptorBlocks + reservedGdt : 0);
        const index = group - home;
        const table = base + many * 2 + index * inodeTableBlocks;
        io.out.put(`  Block bitmap at ${base + index}${home === group ? ` (+${base + index - start})` : ` (bg #${home} + ${base + index - (firstBlock + home * blocksPerGroup)})`}\n  Inode bitmap at ${base + many + index}${home === group ? ` (+${base + many + index - start})` : ` (bg #${home} + ${base + many + index - (firstBlock + home * blocksPerGroup)})`}\n  Inode table at ${range(table, table + inodeTableBlocks - 1)}${home === group ? ` (+${table - start})` : ` (bg #${home} + ${table - (firstBlock + home * blocksPerGroup)})`}\n`);
        const room = Math.max(0, end - start + 1 - superblock.groupOverhead(group));
        const taken = Math.min(room, left);
        left -= taken;
        const inodesUsed = group === 0 ? superblock.inodes - superblock.freeInodes : 0;
        io.out.put(`  ${room - taken} free blocks, ${Math.max(0, inodesPerGroup - inodesUsed)} free inodes, ${group === 0 ? 2 : 0} directories, ${Math.max(0, inodesPerGroup - inodesUsed)} unused inodes\n  Free blocks: ${room - taken > 0 ? range(end - (room - taken) + 1, end) : ""}\n  Free inodes: ${range(group * inodesPerGroup + inodesUsed + 1, (group + 1) * inodesPerGroup)}\n`);
      }
    }
    sys.close(fs.fd);
    return 0;
  },
});
