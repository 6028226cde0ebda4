// wdctl(8): the state of the hardware's watchdog. A machine without one has no /dev/watchdog.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "wdctl", path: "/bin/wdctl", manSection: 8, summary: "tell how the hardware watchdog is set, and its status", synopsis: ["[options] [<device> ...]"], operands: "files",
  options: {
    flags: text(["-f", "--flags"], "list", "only these flags"), noFlags: flag(["-F", "--noflags"], "without the table of flags"), noIdent: flag(["-I", "--noident"], "without the device's name and version"), noheadings: flag(["-n", "--noheadings"], "no heading line"), oneline: flag(["-O", "--oneline"], "all of it in one line"), output: text(["-o", "--output"], "list", "the columns that are shown"),
    pretimeout: text(["-p", "--setpretimeout"], "sec", "how many seconds before the reset it warns"), governor: text(["-g", "--setpregovernor"], "name", "what happens at the warning (governor)"), raw: flag(["-r", "--raw"], "write columns without padding"), noTimeouts: flag(["-T", "--notimeouts"], "without the times"), timeout: text(["-s", "--settimeout"], "sec", "after how many seconds it resets the machine"), only: flag(["-x", "--flags-only"], "nothing but the table of flags, as -I -T"),
  },
  *run({ operands, sys }, io: Io) {
    if (operands.length === 0) io.die("No default device is available.: No such file or directory");
    for (const device of operands) {
      try {
        sys.close(yield* sys.open(device, 0));
        yield* io.fail(`${device}: failed to get information about watchdog: Inappropriate ioctl for device`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`cannot read information about ${device}: ${error.message}`);
      }
    }
    return io.status;
  },
});
