// wdctl(8): the state of the hardware's watchdog. A machine without one has no /dev/watchdog.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "wdctl", path: "/bin/wdctl", manSection: 8, summary: "show the status of the hardware watchdog", synopsis: ["[options] [<device> ...]"], operands: "files",
  options: {
    flags: text(["-f", "--flags"], "list", "print selected flags only"), noFlags: flag(["-F", "--noflags"], "don't print information about flags"), noIdent: flag(["-I", "--noident"], "don't print watchdog identity information"), noheadings: flag(["-n", "--noheadings"], "don't print headings"), oneline: flag(["-O", "--oneline"], "print all information on one line"), output: text(["-o", "--output"], "list", "define which output columns to use"),
    pretimeout: text(["-p", "--setpretimeout"], "sec", "set watchdog pre-timeout"), governor: text(["-g", "--setpregovernor"], "name", "set pre-timeout governor"), raw: flag(["-r", "--raw"], "use the raw output format"), noTimeouts: flag(["-T", "--notimeouts"], "don't print watchdog timeouts"), timeout: text(["-s", "--settimeout"], "sec", "set watchdog timeout"), only: flag(["-x", "--flags-only"], "print only flags table (same as -I -T)"),
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
