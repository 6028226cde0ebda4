// fgconsole(1): the number of the virtual console that is shown.
import { flag, type Io, text } from "../kit/gnu.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";
import type { VtState } from "./_vt-state.ts";

export default kbdCommand({
  name: "fgconsole", path: "/bin/fgconsole", summary: "tell which virtual console is in front", synopsis: ["[option...]"], operands: "none",
  options: { console: text(["-C", "--console"], "DEV", "ask this console"), next: flag(["-n", "--next-available"], "tell the first console that nothing uses") },
  seeAlso: ["chvt(1)", "openvt(1)"],
  *run({ options, sys }, io: Io) {
    const fd = yield* openConsole(sys, io, options.console);
    if (options.next) {
      const free = Number(ask(sys, fd, "VT_OPENQRY"));
      if (free < 0) io.die("Couldn't find a free VT", 1);
      io.out.put(`${free}\n`);
      return 0;
    }
    io.out.put(`${(ask(sys, fd, "VT_GETSTATE") as VtState).active}\n`);
    return 0;
  },
});
