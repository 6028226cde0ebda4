// systemd-fsck: what systemd-fsck@.service runs before a file system is mounted (systemd-fsck(8)): fsck -a, whose errors that remain stop the mount.
import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { waitFor } from "../kit/shell-command.ts";
import { complain, systemdTool } from "./_systemd.ts";

const REBOOT_OR_ERRORS_LEFT = 2 | 4;

export default systemdTool({
  name: "systemd-fsck", path: "/lib/systemd/systemd-fsck", manSection: 8, summary: "check a file system before it is mounted", synopsis: ["[DEVICE]"], options: {}, operands: "files",
  *run({ operands, sys }, io) {
    const [device] = operands;
    if (operands.length > 1) {
      yield* complain(io, "This program expects one or no arguments.");
      return 1;
    }
    const words = ((yield* tryReadFile(sys, "/proc/cmdline")) ?? "").trim().split(/\s+/);
    const mode = words.findLast((word) => word.startsWith("fsck.mode="))?.slice("fsck.mode=".length);
    const repair = words.findLast((word) => word.startsWith("fsck.repair="))?.slice("fsck.repair=".length);
    if (mode === "skip") return 0;
    if (device === undefined) return 0;
    try {
      if ((sys.stat(device).mode & S.IFMT) !== S.IFBLK) {
        yield* complain(io, `'${device}' is not a block device.`);
        return 1;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Failed to stat ${device}: ${error.message}`);
      return 1;
    }
    const option = repair === "yes" ? "-y" : repair === "no" ? "-n" : "-a";
    const pid = sys.fork(function* (child): Blocking<number> {
      try {
        yield* child.exec("/sbin/fsck", ["/sbin/fsck", option, "-T", "-l", ...(mode === "force" ? ["-f"] : []), device], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return 8;
    });
    const ended = yield* waitFor(sys, pid);
    const status = ended.kind === "exited" ? ended.status : 8;
    if ((status & ~1) === 0) return 0;
    yield* complain(io, ended.kind === "exited" ? `fsck failed with exit status ${status}.` : "fsck terminated by signal.");
    if ((status & REBOOT_OR_ERRORS_LEFT) !== 0) return 1;
    yield* complain(io, "Ignoring error.");
    return 0;
  },
});
