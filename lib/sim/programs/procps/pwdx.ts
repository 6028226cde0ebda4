// pwdx: the working directory of a process (pwdx(1) of procps-ng 4.0.2).
import { SysError } from "../../kernel/sys.ts";
import type { Declaration } from "../kit/command.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";
import { flag } from "../kit/option.ts";

const declaration: Declaration = { name: "pwdx", summary: "tell the current directory of a process", synopsis: ["[options] pid..."], operands: "pids", options: [flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "show the version")] };

export default program(
  declaration,
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    if (words.includes("-h") || words.includes("--help")) {
      io.out.put(helpText(declaration, "pwdx", io.helpDomain));
      return 0;
    }
    if (words.includes("-V") || words.includes("--version")) {
      io.say("pwdx from procps-ng 4.0.2\n");
      return 0;
    }
    const wrong = words.find((word) => word.startsWith("-"));
    if (wrong !== undefined || words.length === 0) {
      yield* io.stderr(`${wrong === undefined ? "" : wrong.startsWith("--") ? `pwdx: unrecognized option '${wrong}'\n` : `pwdx: invalid option -- '${wrong.charAt(1)}'\n`}\n${helpText(declaration, "pwdx", io.helpDomain)}`);
      return 1;
    }
    let status = 0;
    for (const word of words) {
      const pid = /^(?:\/proc\/)?(\d+)$/.exec(word)?.[1];
      if (pid === undefined || Number(pid) === 0) return io.die(`invalid process id: ${word}`);
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
