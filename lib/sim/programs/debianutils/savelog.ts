import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
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
    strength: text(["--strength"], "N", "level of the compression (-1 to -9)"), dateFormat: text(["-D"], "FORMAT", "the date's form for -d (+%Y%m%d%H%M%S)"), script: text(["-x"], "SCRIPT", "run SCRIPT with the rolled file in $FILE"), skipEmpty: flag(["-n"], "an empty file stays as it is"), quiet: flag(["-q"], "be quiet"),
  },
  operands: "files",
  rewrite: (args) => args.flatMap((arg) => (/^-[1-9]$/.test(arg) ? ["--strength", arg.slice(1)] : [arg])),
  *run({ options, operands, sys }, io: Io) {
    const cycle = Number(options.cycle ?? 7);
    if (!(cycle >= 2)) io.die("count must be at least 2", 2);
    const zone = yield* readZone(sys);
    const now = (): string => strftime("%a %b %e %H:%M:%S %Z %Y", civilAtUs(zone, sys.clockUs("realtime")));
    const stamp = strftime((options.dateFormat ?? "+%Y%m%d%H%M%S").replace(/^\+/, ""), civilAtUs(zone, sys.clockUs("realtime")));
    const [compressor, ending] = options.bzip2 ? ["bzip2", ".bz2"] : options.xz ? ["xz", ".xz"] : ["gzip", ".gz"];
    const compresses = !options.noCompress;
    const strength = options.strength === undefined ? (compressor === "xz" ? [] : ["-9"]) : [`-${options.strength}`];
    const accounts = yield* Accounts.read(sys);
    const uid = options.user === undefined ? undefined : (accounts.userByName(options.user)?.uid ?? Number(options.user));
    const gid = options.group === undefined ? undefined : (accounts.groupByName(options.group)?.gid ?? Number(options.group));
    const fix = (path: string): void => {
      if (!lookUp(sys, path)) return;
      if (uid !== undefined || gid !== undefined) sys.chown(path, uid ?? -1, gid ?? -1);
      if (options.mode !== undefined) sys.chmod(path, Number.parseInt(options.mode, 8));
    };
    const create = function* (path: string): Blocking<boolean> {
      try {
        sys.close(yield* sys.open(path, O.WRONLY | O.CREAT, 0o666));
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`touch: cannot touch '${path}': ${error.message}\n`);
        yield* io.warn(`could not touch ${path}`);
        io.status = 4;
        return false;
      }
    };
    for (const path of operands) {
      let stat = lookUp(sys, path);
      if (stat && (stat.mode & S.IFMT) !== S.IFREG) {
        yield* io.warn(`${path} is not a regular file`);
        io.status = 3;
        continue;
      }
      if ((stat === undefined || stat.sizeBytes === 0) && options.skipEmpty) {
        if (options.touch && stat === undefined && (yield* create(path))) fix(path);
        continue;
      }
      if (stat === undefined) {
        if (!(yield* create(path))) continue;
        fix(path);
        stat = lookUp(sys, path);
      }
      const directory = options.rollDir === undefined ? directoryOf(path) : options.rollDir.startsWith("/") ? options.rollDir : joinPath(directoryOf(path), options.rollDir);
      if (!lookUp(sys, directory)) sys.mkdir(directory, 0o755);
      // the script puts "/" between the directory and -r's, which may be nothing
      const base = options.rollDir?.startsWith("/") === true ? joinPath(directory, lastComponent(path)) : `${directoryOf(path)}/${options.rollDir ?? ""}/${lastComponent(path)}`;
      const remove = (name: string): void => {
        if (lookUp(sys, name)) sys.unlink(name);
      };
      for (const one of new Set(["", ending])) remove(`${base}.${cycle - 1}${one}`);
      for (let number = cycle - 2; number >= 1; number--) for (const one of new Set([ending, ""])) if (lookUp(sys, `${base}.${number}${one}`)) sys.rename(`${base}.${number}${one}`, `${base}.${number + 1}${one}`);
      if (lookUp(sys, `${base}.0`)) {
        const last = compresses ? ending : "";
        if (compresses) yield* compress(sys, io, [compressor, "-f", ...strength, `${base}.0`]);
        if (lookUp(sys, `${base}.0${last}`)) sys.rename(`${base}.0${last}`, `${base}.1${last}`);
        fix(`${base}.1${last}`);
      }
      const dated = sys.readdir(directory || ".").map(({ name }) => name).filter((name) => name.startsWith(`${lastComponent(path)}.`));
      if (options.date && compresses) for (const name of dated) if (/\.\d{14}$/.test(name)) yield* compress(sys, io, [compressor, "-f", ...strength, joinPath(directory, name)]);
      if (options.clean) {
        const kept = sys.readdir(directory || ".").map(({ name }) => joinPath(directory, name)).filter((name) => name.startsWith(`${base}.`) && /^\d/.test(name.slice(base.length + 1)) && (!compresses || name.endsWith(ending))).sort((a, b) => sys.stat(b).mtimeUs - sys.stat(a).mtimeUs);
        for (const name of kept.slice(cycle - 1)) remove(name);
      }
      let made = false;
      if (options.preserve || options.touch || options.mode !== undefined || options.user !== undefined || options.group !== undefined) {
        made = yield* create(`${path}.new`);
        if (options.preserve && stat !== undefined) {
          sys.chown(`${path}.new`, stat.uid, stat.gid);
          sys.chmod(`${path}.new`, stat.mode & 0o7777);
        } else fix(`${path}.new`);
      }
      sys.rename(path, `${base}.0`);
      if (made) sys.rename(`${path}.new`, path);
      fix(`${base}.0`);
      let rolled = `${base}.0`;
      if (options.date) {
        rolled = `${base}.${stamp}`;
        sys.rename(`${base}.0`, rolled);
      }
      if (options.script !== undefined) {
        const status = yield* runHook(sys, io, options.script, rolled);
        if (status !== 0 && !options.quiet) yield* io.stderr(`Hook script failed with exit code ${status}.\n`);
      }
      if (!options.quiet) io.out.put(`Rotated \`${path}' at ${now()}.\n`);
    }
    return io.status;
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

function* compress(sys: Sys, io: Io, words: readonly string[]): Blocking<void> {
  yield* io.out.flush();
  const pid = sys.fork(function* (child) {
    yield* execSearching(child, words[0] ?? "", words);
    return 127;
  });
  yield* sys.waitpid(pid);
}

/** -x: with the rolled file's name in $FILE. */
function* runHook(sys: Sys, io: Io, script: string, file: string): Blocking<number> {
  yield* io.out.flush();
  const pid = sys.fork(function* (child) {
    yield* execSearching(child, sys.environment.get("SHELL") ?? "/bin/sh", ["sh", "-c", script], new Map([...child.environment, ["FILE", file]]));
    return 127;
  });
  const status = (yield* sys.waitpid(pid))?.status;
  return status?.kind === "exited" ? status.status : 1;
}
