import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { LETTERS, NAMES } from "./_attribute-letters.ts";

export default gnu({
  name: "lsattr", path: "/usr/bin/lsattr", project: "e2fsprogs", tryLine: () => "", summary: "show the attributes of files that chattr sets", synopsis: ["[-RVadlpv] [files...]"],
  options: { recursive: flag(["-R"], "directories and their contents"), all: flag(["-a"], "hidden names too"), directories: flag(["-d"], "directories like other files"), long: flag(["-l"], "words instead of letters"), project: flag(["-p"], "project number"), generation: flag(["-v"], "version/generation number"), version: flag(["-V"], "version") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) yield* io.stderr("lsattr 1.47.0 (5-Feb-2023)\n");
    const show = function* (path: string): Blocking<void> {
      try {
        const kind = sys.lstat(path).mode & S.IFMT;
        if (kind !== S.IFREG && kind !== S.IFDIR) {
          yield* io.fail(`Operation not supported While reading flags on ${path}`);
          return;
        }
        let set = sys.getInodeFlags(path);
        const { type } = sys.statfs(path);
        if (type === "ext4" && !set.includes("e")) set += "e";
        if (!["ext4", "ext3", "ext2", "btrfs", "xfs", "overlay", "tmpfs"].includes(type)) {
          yield* io.fail(`Inappropriate ioctl for device While reading flags on ${path}`);
          return;
        }
        const letters = [...LETTERS].map((letter) => (set.includes(letter) ? letter : "-")).join("");
        if (options.long) io.out.put(`${path.padEnd(28)} ${[...LETTERS].filter((letter) => set.includes(letter)).map((letter) => NAMES.get(letter) ?? letter).join(", ") || "---"}\n`);
        else io.out.put(`${options.project ? "    0 " : ""}${options.generation ? "0          " : ""}${letters} ${path}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${error.message} While reading flags on ${path}`);
      }
    };
    const list = function* (path: string): Blocking<void> {
      const entries = options.all ? [".", "..", ...sys.readdir(path).map((one) => one.name).sort()] : sys.readdir(path).map((one) => one.name).filter((name) => !name.startsWith(".")).sort();
      for (const name of entries) {
        const full = `${path.replace(/\/$/, "")}/${name}`;
        if (sys.charge(5)) yield* sys.preempt();
        yield* show(full);
        if (options.recursive && name !== "." && name !== ".." && (sys.lstat(full).mode & S.IFMT) === S.IFDIR) {
          io.out.put(`\n${full}:\n`);
          yield* list(full);
          io.out.put("\n");
        }
      }
    };
    for (const path of operands.length > 0 ? operands : ["."]) {
      try {
        if (!options.directories && (sys.lstat(path).mode & S.IFMT) === S.IFDIR) yield* list(path);
        else yield* show(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${error.message} while trying to stat ${path}`);
      }
    }
    return undefined;
  },
});
