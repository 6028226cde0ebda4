// pwdx: the working directory of a process (pwdx(1) of procps-ng 4.0.2).
import { SysError } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";
import { flag } from "../kit/option.ts";

const usage = "\nUsage:\n pwdx [options] pid...\n\nOptions:\n -h, --help     display this help and exit\n -V, --version  output version information and exit\n\nFor more details see pwdx(1).\n";

export default program(
  { name: "pwdx", summary: "tell the current directory of a process", synopsis: ["[options] pid..."], operands: "pids", options: [flag(["-h", "--help"], "display this help and exit"), flag(["-V", "--version"], "output version information and exit")] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    if (words.includes("-h") || words.includes("--help")) {
      io.out.put(usage);
      return 0;
    }
    if (words.includes("-V") || words.includes("--version")) {
      io.out.put("pwdx from procps-ng 4.0.2\n");
      return 0;
    }
    const wrong = words.find((word) => word.startsWith("-"));
    if (wrong !== undefined || words.length === 0) {
      yield* io.stderr(`${wrong === undefined ? "" : wrong.startsWith("--") ? `pwdx: unrecognized option '${wrong}'\n` : `pwdx: invalid option -- '${wrong.charAt(1)}'\n`}${usage}`);
      return 1;
    }
    let status = 0;
    for (const word of words) {
      const pid = /^(?:\/proc\/)?(\d+)$/.exec(word)?.[1];
      if (pid === undefined) return io.die(`invalid process id: ${word}`);
      try {
        io.out.put(`${word}: ${sys.readlink(`/proc/${pid}/cwd`)}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        status = 1;
        yield* io.stderr(`${word}: ${error.errno === "ENOENT" ? "No such process" : error.message}\n`);
      }
    }
    return status;
  },
);
