// unmkinitramfs(8): takes an initramfs image apart.
import { decode, O, S, SysError } from "../../kernel/sys.ts";
import { isDirectory, parseArchive } from "../kit/cpio-archive.ts";
import { type Io, program } from "../kit/program.ts";
import { readImage } from "./lsinitramfs.ts";

export default program({
  name: "unmkinitramfs", path: "/usr/bin/unmkinitramfs", manSection: 8, summary: "unpack an initramfs into a directory", synopsis: ["[-v] INITRAMFS_FILE DIRECTORY"], operands: "files",
  options: [{ names: ["-v"], argument: undefined, argumentOptional: false, help: "list names", support: "simulated" }],
}, function* (sys, argv, io: Io) {
  const [file, directory] = argv.slice(1).filter((word) => !word.startsWith("-"));
  if (file === undefined || directory === undefined) {
    yield* io.stderr("Usage: unmkinitramfs [-v] <initramfs file> <directory>\n");
    return 1;
  }
  const entries = parseArchive(yield* readImage(sys, file)) ?? [];
  for (const entry of [{ name: ".", mode: S.IFDIR | 0o755, bytes: new Uint8Array(0), nlink: 2, mtimeSeconds: 0 }, ...entries]) {
    // an archive may name anything: nothing of it leaves the directory
    if (entry.name.split("/").includes("..")) continue;
    const path = entry.name === "." ? directory : `${directory}/${entry.name}`;
    if (argv.includes("-v") && entry.mtimeSeconds > 0) io.out.put(`${entry.name}\n`);
    try {
      if (isDirectory(entry)) sys.mkdir(path, entry.mode & 0o7777);
      else if ((entry.mode & S.IFMT) === S.IFLNK) sys.symlink(decode(entry.bytes), path);
      else {
        const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, entry.mode & 0o7777);
        yield* sys.write(fd, entry.bytes);
        sys.close(fd);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EEXIST") {
        yield* io.stderr(`cpio: ${path}: Cannot open: ${error.message}\n`);
        return 1;
      }
    }
    if (sys.charge(20)) yield* sys.preempt();
  }
  return 0;
});
