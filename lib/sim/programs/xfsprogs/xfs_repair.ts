// xfs_repair: checks an XFS that is not mounted (xfs_repair(8)). What the kernel keeps of the files is sound; a lost super block is found again in no copy here.
import { SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";
import { readFacts, superblockOf, VERSION } from "./_xfs.ts";

export default gnu({
  name: "xfs_repair", path: "/sbin/xfs_repair", manSection: 8, project: "xfsprogs", version: VERSION, tryLine: () => "", summary: "repair an XFS filesystem", synopsis: ["[-dfLnv] [-m MAXMEM] DEVICE"], operands: "files",
  options: { file: flag(["-f"], "it is in a file"), zeroLog: flag(["-L"], "empty the log"), none: flag(["-n"], "change nothing"), verbose: flag(["-v"], "say more"), dangerous: flag(["-d"], "even a file system that is mounted read-only"), memory: text(["-m"], "MAXMEM", "memory to use, MiB"), progress: text(["-t"], "SECONDS", "between reports"), subOptions: text(["-o"], "SUBOPTIONS", "taken"), version: flag(["-V"], "print the version") },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_repair version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: xfs_repair [options] device\n");
      return 1;
    }
    try {
      const source = yield* mountSource(sys, path);
      if ((yield* readMounts(sys)).some((mount) => mount.source === source) && !options.none) {
        yield* io.stderr(`xfs_repair: ${path} contains a mounted filesystem\nxfs_repair: ${path} contains a mounted and writable filesystem\n\nfatal error -- couldn't initialize XFS library\n`);
        return 1;
      }
      const { fd } = yield* openBlockTarget(sys, path, false);
      const facts = readFacts(yield* superblockOf(sys, fd));
      sys.close(fd);
      io.out.put("Phase 1 - find and verify superblock...\n");
      if (!facts) {
        io.out.put(`bad primary superblock - bad magic number !!!\n\nattempting to find secondary superblock...\n${".".repeat(48)}Sorry, could not find valid secondary superblock\nExiting now.\n`);
        return 1;
      }
      const groups = Array.from({ length: facts.groups }, (_, index) => `        - agno = ${index}\n`).join("");
      io.out.put(`Phase 2 - using internal log\n        - zero log...\n        - scan filesystem freespace and inode maps...\n        - found root inode chunk\nPhase 3 - for each AG...\n        - scan ${options.none ? "(but don't clear) " : "and clear "}agi unlinked lists...\n        - process known inodes and perform inode discovery...\n${groups}        - process newly discovered inodes...\nPhase 4 - check for duplicate blocks...\n        - setting up duplicate extent list...\n        - check for inodes claiming duplicate blocks...\n${groups}`);
      io.out.put(options.none ? "No modify flag set, skipping phase 5\nPhase 6 - check inode connectivity...\n        - traversing filesystem ...\n        - traversal finished ...\n        - moving disconnected inodes to lost+found ...\nPhase 7 - verify link counts...\nNo modify flag set, skipping filesystem flush and exiting.\n" : "Phase 5 - rebuild AG headers and trees...\n        - reset superblock...\nPhase 6 - check inode connectivity...\n        - resetting contents of realtime bitmap and summary inodes\n        - traversing filesystem ...\n        - traversal finished ...\n        - moving disconnected inodes to lost+found ...\nPhase 7 - verify and correct link counts...\ndone\n");
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${path}: ${error.message}\n\nfatal error -- couldn't initialize XFS library\n`);
      return 1;
    }
  },
});
