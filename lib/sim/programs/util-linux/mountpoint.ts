import { S, SysError } from "../../kernel/sys.ts";
import { readMounts } from "../kit/mounts.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "mountpoint", path: "/bin/mountpoint", summary: "say whether something is mounted on a path (mountpoint)", synopsis: ["[-qd] </path/to/directory>", "-x </dev/device>"],
  options: {
    quiet: flag(["-q", "--quiet"], "say nothing, the exit status tells"), noFollow: flag(["--nofollow"], "do not go where a symbolic link leads"),
    fsDevno: flag(["-d", "--fs-devno"], "numbers (maj:min) of the filesystem's device"), devno: flag(["-x", "--devno"], "numbers (maj:min) of a block device"),
  },
  operands: "directories",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined || operands.length > 1) io.usage("bad usage");
    try {
      const stat = options.noFollow ? sys.lstat(path) : sys.stat(path);
      if (options.devno) {
        if ((stat.mode & S.IFMT) !== S.IFBLK) io.die(`${path}: not a block device`, 32);
        io.out.put(`${stat.rdev >> 8}:${stat.rdev & 255}\n`);
        return 0;
      }
      const full = path.startsWith("/") ? path : `${sys.getcwd().replace(/\/$/, "")}/${path}`;
      const parts: string[] = [];
      for (const part of full.split("/")) {
        if (part === "" || part === ".") continue;
        if (part === "..") parts.pop();
        else parts.push(part);
      }
      const target = `/${parts.join("/")}`;
      const mounted = (yield* readMounts(sys)).some((one) => one.target === target);
      if (options.fsDevno) {
        io.out.put(`${stat.dev >> 8}:${stat.dev & 255}\n`);
        return 0;
      }
      if (!options.quiet) io.say(`${path} is ${mounted ? "" : "not "}a mountpoint\n`);
      return mounted ? 0 : 32;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (!options.quiet) yield* io.warn(`${path}: ${error.message}`);
      return 1;
    }
  },
});
