// e2undo: takes back what tune2fs -z changed (e2undo(8), e2fsprogs 1.47.0).
import { O, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { type UndoFile, readUndo } from "./_undo-file.ts";

const USAGE = "Usage: e2undo [-f] [-h] [-n] [-o offset] [-v] [-z undo_file] <transaction file> <filesystem>\n";

export default gnu({
  name: "e2undo", path: "/sbin/e2undo", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "take back the changes that an undo file recorded", synopsis: ["[-f] [-h] [-n] [-o offset] [-v] [-z undo_file] undo_log device"], seeAlso: ["mke2fs(8)", "tune2fs(8)"],
  options: { force: flag(["-f"], "also when the super block is another one"), header: flag(["-h"], "show the header of the undo file"), dryRun: flag(["-n"], "change nothing"), offset: text(["-o"], "offset", "where the file system begins on the device"), verbose: flag(["-v"], "show each block"), undo: text(["-z"], "undo_file", "keep what was before in this file") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path, device] = operands;
    if (path === undefined || device === undefined || operands.length > 2) {
      yield* io.stderr(USAGE);
      return 1;
    }
    let undo: UndoFile | undefined;
    try {
      undo = yield* readUndo(sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`e2undo: ${error.message} while opening undo file \`${path}'\n\n`);
      return 1;
    }
    if (undo === undefined) {
      yield* io.stderr(`${path}: Not an undo file.\n`);
      return 1;
    }
    if (options.header) {
      io.out.put(`nr keys:\t\t${undo.pieces.length}\nsuper block:\t\t0x${(512).toString(16)}\nkey offset:\t\t0x${(1536).toString(16)}\nblock size:\t\t1024\n`);
      return 0;
    }
    if ((yield* readMounts(sys)).some((mount) => mount.source === device)) {
      yield* io.stderr(`e2undo: e2undo should only be run on unmounted filesystems\n`);
      return 1;
    }
    const offset = Number(options.offset ?? 0);
    let fd: number;
    try {
      fd = yield* sys.open(device, options.dryRun ? O.RDONLY : O.RDWR);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`e2undo: ${error.message} while opening \`${device}'\n`);
      return 1;
    }
    const now = yield* sys.pread(fd, 1024, offset + 1024);
    const { after } = undo;
    if (!options.force && (now.length !== after.length || now.some((byte, index) => byte !== after[index]))) {
      yield* io.stderr("The file system superblock doesn't match the undo file.\n");
      sys.close(fd);
      return 1;
    }
    for (const { at, bytes } of undo.pieces) {
      if (options.verbose) io.out.put(`Replayed transaction of size ${bytes.length} at location ${Math.floor(at / 1024)}\n`);
      if (!options.dryRun) yield* sys.pwrite(fd, bytes, offset + at);
    }
    sys.close(fd);
    return 0;
  },
});
