// unicode_start(1) and unicode_stop(1): a console in UTF-8 mode, and back.
import { encode } from "../../kernel/sys.ts";
import { flag } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { ask, openConsole } from "./_console.ts";

export default program(
  { name: "unicode_start", path: "/bin/unicode_start", links: ["/usr/bin/unicode_stop"], showsHelp: true, summary: "switch keyboard and console to Unicode (UTF-8)", synopsis: ["[FONT [UMAP]]"], operands: "none", options: [flag(["--version"], "print the version")], description: ["By the name unicode_stop it goes back to eight bits."], seeAlso: ["kbd_mode(1)", "setfont(8)"] },
  function* (sys, argv, io: Io) {
    const self = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    if (argv[1] === "--version" || argv[1] === "-V") {
      io.out.put(`${self} from kbd 2.5.1\n`);
      return 0;
    }
    const name = sys.isatty(0) ? sys.ttyname(0) : "not a tty";
    if (!/^\/dev\/(?:tty\d+|vc\/\d+)$/.test(name)) {
      yield* io.stderr(`${self} skipped on ${name}\n`);
      return 1;
    }
    const starts = self !== "unicode_stop";
    const fd = yield* openConsole(sys, io);
    yield* sys.write(1, encode(starts ? "\x1b%G" : "\x1b%@"));
    ask(sys, fd, "KDSKBMODE", starts ? "unicode" : "xlate");
    return 0;
  },
);
