// chvt(1): brings a virtual console to the front.
import { reason } from "../kit/gnu.ts";
import type { Io } from "../kit/gnu.ts";
import { ask, isNumber, kbdCommand, openConsole } from "./_console.ts";

export default kbdCommand({
  name: "chvt", path: "/bin/chvt", summary: "go to another virtual console", synopsis: ["[option...] N"], operands: "none", options: {},
  description: ["Makes /dev/ttyN the console that is shown. One that does not exist yet is made; deallocvt takes it away again. The keys Alt-F1, Alt-F2… do the same."],
  seeAlso: ["deallocvt(1)", "fgconsole(1)", "openvt(1)"],
  *run({ operands, sys }, io: Io) {
    const [word] = operands;
    if (word === undefined) io.usage("Not enough arguments.");
    const fd = yield* openConsole(sys, io);
    if (!isNumber(word)) io.usage(`Unrecognized argument: ${word}`);
    try {
      ask(sys, fd, "VT_ACTIVATE", Number(word));
      ask(sys, fd, "VT_WAITACTIVE", Number(word));
    } catch (error) {
      io.die(`Couldn't activate vt ${word}: ${reason(error)}`, 71);
    }
    return 0;
  },
});
