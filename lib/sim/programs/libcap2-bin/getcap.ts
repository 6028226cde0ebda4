import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { capabilityText, decodeFileCapabilities } from "../kit/capabilities.ts";
import { type Io, flag, program } from "../kit/program.ts";

function* show(sys: Sys, io: Io, path: string, recursive: boolean, verbose: boolean): Blocking<void> {
  try {
    const stat = sys.lstat(path);
    if ((stat.mode & S.IFMT) === S.IFDIR && recursive) {
      for (const entry of sys.readdir(path)) {
        if (sys.charge(1)) yield* sys.preempt();
        yield* show(sys, io, `${path.replace(/\/$/, "")}/${entry.name}`, true, verbose);
      }
      return;
    }
    if ((stat.mode & S.IFMT) !== S.IFREG) return;
    const sets = decodeFileCapabilities(sys.getxattr(path, "security.capability"));
    if (sets) io.out.put(`${path} ${capabilityText(sets)}\n`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "ENODATA" || error.errno === "EOPNOTSUPP") {
      if (verbose) io.out.put(`${path}\n`);
    } else yield* io.stderr(`${path} (${error.message})\n`);
  }
}

export default program({ name: "getcap", path: "/sbin/getcap", manSection: 8, summary: "examine file capabilities", synopsis: ["[-v] [-n] [-r] [-h] <filename> [<filename> ...]"], options: [flag(["-r"], "recursively"), flag(["-v"], "files without capabilities too"), flag(["-n"], "the root id of a namespace too")], operands: "files" }, function* (sys, argv, io: Io) {
  const letters = argv.slice(1).filter((arg) => arg.startsWith("-")).join("");
  const files = argv.slice(1).filter((arg) => !arg.startsWith("-"));
  if (files.length === 0) {
    yield* io.stderr("usage: getcap [-h] [-l] [-n] [-r] [-v] <filename> [<filename> ...]\n\n\tdisplays the capabilities on the queried file(s).\n");
    return 1;
  }
  for (const path of files) yield* show(sys, io, path, letters.includes("r"), letters.includes("v"));
  return 0;
});
