// readprofile(8): the counters of a kernel that was started with profile=. Debian's is not, so there is nothing to read.
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "readprofile", path: "/usr/sbin/readprofile", manSection: 8, summary: "show how often the kernel was in each function (profile)", synopsis: ["[options]"], operands: "none",
  options: {
    map: text(["-m", "--mapfile"], "mapfile", "the kernel's symbols"), profile: text(["-p", "--profile"], "pro-file", "the counters (/proc/profile)"), multiplier: text(["-M", "--multiplier"], "mult", "how often a tick is counted"), info: flag(["-i", "--info"], "only tell of the sampling step"), verbose: flag(["-v", "--verbose"], "print more"),
    all: flag(["-a", "--all"], "also symbols without a count"), bins: flag(["-b", "--histbin"], "the counters of each step"), counters: flag(["-s", "--counters"], "the counters within functions"), reset: flag(["-r", "--reset"], "set all counters to zero"), noAuto: flag(["-n", "--no-auto"], "do not find out the byte order"),
  },
  description: ["The kernel keeps these counters when it was booted with profile=2 and built with CONFIG_PROFILING. perf does the same today."],
  *run({ options, sys }, io: Io) {
    const path = options.profile ?? "/proc/profile";
    sys.close(yield* open(path));
    return io.die(`failed to read: ${path}: Invalid argument`);

    function* open(name: string) {
      try {
        return yield* sys.open(name, 0);
      } catch (error) {
        return io.die(`${name}: ${error instanceof Error ? error.message : ""}`);
      }
    }
  },
});
