// switch_root(8): the initramfs hands over to the real root. It moves /proc, /dev, /sys and /run there and starts init.
import { S, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { readMounts } from "../kit/mounts.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "switch_root", path: "/sbin/switch_root", manSection: 8, summary: "make another filesystem the root of all mounts", synopsis: ["[options] <newrootdir> <init> <args to init>"], options: {}, operands: "files", parsing: { stopAtOperand: true },
  *run({ operands, sys }, io: Io) {
    const [root, init, ...args] = operands;
    if (root === undefined || init === undefined) io.usage("not enough arguments");
    try {
      const [old, next] = [sys.stat("/"), sys.stat(root)];
      if ((next.mode & S.IFMT) !== S.IFDIR) io.die(`${root} is not a directory`);
      if (old.dev === next.dev) {
        yield* io.warn(`${root} is not a mountpoint or is on the root file system`);
        io.die("failed. Sorry.");
      }
      for (const path of ["/dev", "/proc", "/sys", "/run"]) {
        if (!(yield* readMounts(sys)).some((mount) => mount.target === path)) continue;
        sys.mount(path, `${root}${path}`, "", { move: true });
      }
      sys.chdir(root);
      sys.mount(root, "/", "", { move: true });
      sys.chroot(".");
      sys.chdir("/");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`failed to mount moving ${root} to /: ${error.message}`);
      io.die("failed. Sorry.");
    }
    const failed = yield* execSearching(sys, init, [init, ...args], sys.environment, "/sbin:/bin");
    return io.die(`failed to execute ${init}: ${failed.message}`);
  },
});
