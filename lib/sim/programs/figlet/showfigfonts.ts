// showfigfonts: every font of figlet's directory with a sample.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, program, text } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { namesIn } from "./figlist.ts";

function* sample(sys: Sys, folder: string, font: string, word: string): Blocking<void> {
  const pid = sys.fork(function* (child) {
    try {
      yield* child.exec("/usr/bin/figlet", ["figlet", "-d", folder, "-f", font, word], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return 127;
  });
  yield* waitFor(sys, pid);
}

export default program(
  { name: "showfigfonts", manSection: 6, summary: "show a sample of every font of figlet", synopsis: ["[-d DIRECTORY] [WORD]"], operands: "none", options: [text(["-d"], "DIRECTORY", "another directory")] },
  function* (sys, argv, io: Io) {
    const given = argv[1] === "-d";
    const words = argv.slice(given ? 3 : 1);
    if (words.length > 1 || (given && argv.length < 3) || words[0]?.startsWith("-") === true) {
      io.out.put("Usage: showfigfonts [ -d directory ] [ word ]\n");
      return 1;
    }
    const folder = (given ? argv[2] : undefined) ?? sys.environment.get("FIGLET_FONTDIR") ?? "/usr/share/figlet";
    for (const font of namesIn(sys, folder, ".flf") ?? []) {
      yield* io.out.print(`${font} :\n`);
      yield* sample(sys, folder, font, words[0] ?? font);
      yield* io.out.print("\n\n");
    }
    return 0;
  },
);
