// blkzone(8): the zones of disks that must be written from their beginnings (SMR, ZNS). The disks here have none.
import { S, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

const COMMANDS = ["report", "capacity", "reset", "open", "close", "finish"];

export default utilLinux({
  name: "blkzone", path: "/sbin/blkzone", manSection: 8, summary: "show and manage the zones of a block device", synopsis: ["<command> [options] <device>"], operands: "files",
  description: ["Commands: report, capacity, reset, open, close, finish. Only devices with zones have them: queue/zoned in /sys/block says host-aware or host-managed then, and none otherwise."],
  options: { offset: text(["-o", "--offset"], "sector", "how many 512-byte sectors to skip first"), length: text(["-l", "--length"], "sectors", "how many 512-byte sectors it concerns"), count: text(["-c", "--count"], "number", "no more zones than so many"), force: flag(["-f", "--force"], "even on a device in use"), verbose: flag(["-v", "--verbose"], "tell each step") },
  *run({ operands, sys }, io: Io) {
    const [command, device] = operands;
    if (command === undefined) io.die("no command specified");
    if (!COMMANDS.includes(command)) io.die(`${command} is not valid command name`);
    if (device === undefined) io.die("no device specified");
    if (operands.length > 2) io.die("unexpected number of arguments");
    try {
      if ((sys.stat(device).mode & S.IFMT) !== S.IFBLK) io.die(`${device}: not a block device`);
      sys.close(yield* sys.open(device, command === "report" || command === "capacity" ? 0 : 2));
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${device}: ${error.message}`);
      throw error;
    }
    return io.die(command === "report" || command === "capacity" ? `${device}: BLKREPORTZONE ioctl failed: Operation not supported` : `${device}: unable to determine zone size`);
  },
});
