// mklost+found: a lost+found with room for names that e2fsck may put there (mklost+found(8), e2fsprogs 1.47.0).
import { SysError } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";

export default program({ name: "mklost+found", path: "/usr/sbin/mklost+found", manSection: 8, summary: "make lost+found, with room for what e2fsck finds, in the current directory", synopsis: [""], options: [], operands: "none" }, function* (sys, argv, io: Io) {
  yield* io.stderr("mklost+found 1.47.0 (5-Feb-2023)\n");
  if (argv.length > 1) {
    yield* io.stderr("Usage: mklost+found\n");
    return 1;
  }
  try {
    sys.mkdir("lost+found", 0o700);
    sys.chmod("lost+found", 0o700);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`mkdir: ${error.message}\n`);
    return 1;
  }
  return 0;
});
