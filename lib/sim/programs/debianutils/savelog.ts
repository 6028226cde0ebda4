import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { directoryOf, joinPath, lastComponent } from "../kit/paths.ts";

export default gnu({
  name: "savelog",
  project: "Debian utilities",
  version: "5.7",
  manSection: 8,
  summary: "put a log file away: old copies are numbered, a new one begins",
  synopsis: ["[-m mode] [-u user] [-g group] [-t] [-c cycle] [-p] [-j] [-C] [-d] [-l] [-r rolldir] [-n] [-q] file ..."],
  options: {
    mode: text(["-m"], "MODE", "permissions of the new file"), user: text(["-u"], "USER", "change the owner"), group: text(["-g"], "GROUP", "change the group"),
    touch: flag(["-t"], "touch the new file"), cycle: text(["-c"], "CYCLE", "keep CYCLE versions (7)"), preserve: flag(["-p"], "preserve owner, group and mode"),
    bzip2: flag(["-j"], "compress with bzip2"), xz: flag(["-J"], "compress with xz"), clean: flag(["-C"], "delete old copies beyond the number kept"),
    date: flag(["-d"], "the date is the ending of old copies"), noCompress: flag(["-l"], "old copies stay uncompressed"), rollDir: text(["-r"], "DIR", "old copies go to DIR"),
    skipEmpty: flag(["-n"], "an empty file stays as it is"), quiet: flag(["-q"], "be quiet"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage();
    const cycle = Number(options.cycle ?? 7);
    if (!(cycle >= 2)) io.die("cycle count must be at least 2");
    const now = strftime("%a %b %e %H:%M:%S %Z %Y", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
    for (const path of operands) {
      const stat = lookUp(sys, path);
      if (!stat) continue;
      if (stat.sizeBytes === 0 && options.skipEmpty) continue;
      const base = joinPath(options.rollDir ?? directoryOf(path), lastComponent(path));
      for (let number = cycle - 2; number >= 0; number--) {
        for (const ending of ["", ".gz", ".bz2", ".xz"]) {
          if (!lookUp(sys, `${base}.${number}${ending}`)) continue;
          sys.rename(`${base}.${number}${ending}`, `${base}.${number + 1}${ending}`);
        }
      }
      if (!options.noCompress && lookUp(sys, `${base}.1`)) yield* compress(sys, io, options.bzip2 ? "bzip2" : options.xz ? "xz" : "gzip", `${base}.1`);
      if (stat.sizeBytes > 0) sys.rename(path, `${base}.0`);
      if (stat.sizeBytes === 0 || options.touch || options.mode !== undefined || options.user !== undefined || options.group !== undefined || options.preserve) {
        sys.close(yield* sys.open(path, O.WRONLY | O.CREAT, 0o644));
        if (options.mode !== undefined) sys.chmod(path, Number.parseInt(options.mode, 8));
        else if (options.preserve) {
          sys.chown(path, stat.uid, stat.gid);
          sys.chmod(path, stat.mode & 0o7777);
        }
      }
      if (!options.quiet && stat.sizeBytes > 0) io.out.put(`Rotated \`${lastComponent(path)}' at ${now}.\n`);
    }
  },
});

function lookUp(sys: Sys, path: string) {
  try {
    return sys.stat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* compress(sys: Sys, io: Io, program: string, path: string): Blocking<void> {
  yield* io.out.flush();
  const pid = sys.fork(function* (child) {
    yield* execSearching(child, program, [program, "-9f", path]);
    return 127;
  });
  yield* sys.waitpid(pid);
}
