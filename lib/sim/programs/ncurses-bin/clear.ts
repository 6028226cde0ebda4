// clear(1) of ncurses 6.4: home, clear, and the scrollback too (E3).
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { findEntry } from "../kit/terminfo/database.ts";
import { NCURSES_VERSION, putCapability } from "./_terminal.ts";

export default gnu({
  name: "clear", summary: "clear the terminal screen", synopsis: ["[-T TERM] [-V] [-x]"], operands: "none", versionLetter: "V", versionText: NCURSES_VERSION, usageShowsHelp: true,
  options: { terminal: text(["-T"], "TERM", "the terminal that is meant, in place of $TERM"), keep: flag(["-x"], "leave the scrollback as it is") },
  seeAlso: ["tput(1)", "reset(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    const name = options.terminal ?? sys.environment.get("TERM") ?? "";
    if (name === "") {
      yield* io.stderr("TERM environment variable not set.\n");
      return 1;
    }
    const found = yield* findEntry(sys, name);
    if (found === undefined) {
      yield* io.stderr(`'${name}': unknown terminal type.\n`);
      return 1;
    }
    const { strings } = found.entry;
    if (!strings.has("clear")) return 1;
    yield* putCapability(sys, 1, strings.get("clear"));
    if (!options.keep) yield* putCapability(sys, 1, strings.get("E3"));
    return 0;
  },
});
