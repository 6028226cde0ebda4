import { SysError, encode } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";
import { BadMagic, openFileSystem, saveSuperblock } from "./_superblock.ts";

export default program({ name: "e2label", path: "/sbin/e2label", manSection: 8, summary: "show or set the label of an ext2, ext3 or ext4 file system", synopsis: ["device [ volume-label ]"], options: [], operands: "files" }, function* (sys, argv, io: Io) {
  const [, path, label] = argv;
  if (path === undefined || argv.length > 3) {
    yield* io.stderr("Usage: e2label device [newlabel]\n");
    return 1;
  }
  try {
    const fs = yield* openFileSystem(sys, path, label !== undefined);
    if (label === undefined) io.out.put(`${fs.superblock.label}\n`);
    else {
      if (encode(label).length > 16) yield* io.stderr(`Warning: label too long, truncating.\n`);
      fs.superblock.label = label;
      yield* saveSuperblock(sys, fs, true);
    }
    sys.close(fs.fd);
    return 0;
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
    yield* io.stderr(`e2label: ${error.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`);
    return 1;
  }
});
