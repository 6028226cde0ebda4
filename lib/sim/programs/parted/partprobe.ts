import { SysError } from "../../kernel/sys.ts";
import { OpenDisk } from "../kit/disk-label.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "partprobe", path: "/sbin/partprobe", manSection: 8, project: "parted", version: "3.5", summary: "have the kernel read the partition table again", synopsis: ["[OPTION] [DEVICE]..."],
  options: { dryRun: flag(["-d", "--dry-run"], "tell the kernel nothing"), summary: flag(["-s", "--summary"], "show what partitions there are") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const names = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "");
    const disks = names.filter((name) => name !== "" && !names.some((disk) => disk !== "" && disk !== name && name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length)))).map((name) => `/dev/${name}`);
    for (const path of operands.length > 0 ? operands : disks) {
      try {
        const disk = yield* OpenDisk.open(sys, path, false);
        const label = yield* disk.readLabel();
        if (options.summary) io.out.put(`${path}: ${label === undefined ? "unknown" : label.kind === "dos" ? "msdos" : "gpt"} partitions${(label?.partitions ?? []).map((one) => ` ${one.number}`).join("")}\n`);
        const refused = options.dryRun ? undefined : disk.reread();
        disk.close();
        if (refused !== undefined) yield* io.stderr(`Error: Error informing the kernel about modifications to partition ${path} -- ${refused.message}.  This means Linux won't know about any changes you made to ${path} until you reboot -- so you shouldn't mount it or use it in any way before rebooting.\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(error.errno === "ENOENT" ? `Error: Could not stat device ${path} - ${error.message}.\n` : `Error: Error opening ${path}: ${error.message}\n`);
        io.status = 1;
      }
    }
    return undefined;
  },
});
