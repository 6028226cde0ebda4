import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { permissionText } from "../kit/file-mode.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

const LETTERS: ReadonlyMap<number, string> = new Map([[S.IFDIR, "d"], [S.IFLNK, "l"], [S.IFREG, "-"], [S.IFBLK, "b"], [S.IFCHR, "c"], [S.IFSOCK, "s"], [S.IFIFO, "p"]]);

export default utilLinux({
  name: "namei", summary: "show each step of a pathname, through links too", synopsis: ["[options] <pathname>..."],
  options: { modes: flag(["-m", "--modes"], "permissions of each part"), mountpoints: flag(["-x", "--mountpoints"], "a D instead of a d for mountpoints"), owners: flag(["-o", "--owners"], "to whom each part belongs"), long: flag(["-l", "--long"], "-m, -o and -v together"), nosymlinks: flag(["-n", "--nosymlinks"], "stop at symbolic links"), vertical: flag(["-v", "--vertical"], "modes and owners in columns") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(`${io.argv0}: pathname argument is missing\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const accounts = yield* Accounts.read(sys);
    const modes = options.modes || options.long;
    const owners = options.owners || options.long;
    const vertical = options.vertical || options.long;
    interface Step {
      readonly depth: number;
      readonly name: string;
      readonly stat: Stat | undefined;
      readonly error: SysError | undefined;
      readonly target: string | undefined;
      readonly mountpoint: boolean;
    }
    const walk = function* (path: string, base: string, depth: number, steps: Step[], sys: Sys): Blocking<boolean> {
      let at = path.startsWith("/") ? "" : base;
      if (path.startsWith("/")) steps.push({ depth, name: "/", stat: sys.lstat("/"), error: undefined, target: undefined, mountpoint: true });
      for (const part of path.split("/").filter((one) => one !== "")) {
        if (sys.charge(5)) yield* sys.preempt();
        const full = `${at}/${part}`;
        let stat: Stat;
        try {
          stat = sys.lstat(full);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          steps.push({ depth, name: part, stat: undefined, error, target: undefined, mountpoint: false });
          return false;
        }
        const link = (stat.mode & S.IFMT) === S.IFLNK;
        const target = link ? sys.readlink(full) : undefined;
        const parent = sys.stat(at === "" ? "/" : at);
        steps.push({ depth, name: part, stat, error: undefined, target, mountpoint: (stat.mode & S.IFMT) === S.IFDIR && stat.dev !== parent.dev });
        if (target !== undefined && !options.nosymlinks) {
          if (depth > 40) return false;
          if (!(yield* walk(target, at, depth + 1, steps, sys))) return false;
        }
        at = full;
      }
      return true;
    };
    for (const path of operands) {
      const steps: Step[] = [];
      const whole = yield* walk(path, path.startsWith("/") ? "" : sys.getcwd().replace(/\/$/, ""), 0, steps, sys);
      if (!whole) io.status = 1;
      io.out.put(`f: ${path}\n`);
      const userWidth = Math.max(0, ...steps.map((step) => (step.stat === undefined ? 0 : accounts.userName(step.stat.uid).length)));
      const groupWidth = Math.max(0, ...steps.map((step) => (step.stat === undefined ? 0 : accounts.groupName(step.stat.gid).length)));
      for (const step of steps) {
        const indent = " ".repeat(step.depth * 2);
        if (step.stat === undefined) {
          const blank = vertical ? " ".repeat((modes ? 9 : 0) + (owners ? userWidth + groupWidth + 2 : 0)) : "";
          io.out.put(`${vertical ? blank : ""}${vertical ? "  " : " "}${indent}${vertical ? "" : "  "}${step.name} - ${io.word(step.error?.message ?? "")}\n`);
          continue;
        }
        let letter = LETTERS.get(step.stat.mode & S.IFMT) ?? "?";
        if (options.mountpoints && step.mountpoint) letter = "D";
        const mode = modes ? `${letter}${permissionText(step.stat.mode)}` : letter;
        const owner = owners ? ` ${accounts.userName(step.stat.uid).padEnd(userWidth)} ${accounts.groupName(step.stat.gid).padEnd(groupWidth)}` : "";
        const name = `${step.name}${step.target === undefined ? "" : ` -> ${step.target}`}`;
        io.out.put(vertical ? `${mode}${owner} ${indent}${name}\n` : ` ${indent}${mode}${owner} ${name}\n`);
      }
    }
    return undefined;
  },
});
