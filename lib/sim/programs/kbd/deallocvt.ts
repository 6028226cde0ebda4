// deallocvt(1): gives the memory of virtual consoles back that nobody uses.
import { type Io, reason } from "../kit/gnu.ts";
import { ask, isNumber, kbdCommand, openConsole } from "./_console.ts";

export default kbdCommand({
  name: "deallocvt", summary: "deallocate unused virtual consoles", synopsis: ["[option...] [N ...]"], operands: "none", options: {},
  description: ["Without a number all virtual consoles are meant that are not shown, that no program has open and that are not the first."],
  seeAlso: ["chvt(1)", "openvt(1)"],
  *run({ operands, sys }, io: Io) {
    for (const word of operands) if (!isNumber(word)) io.usage(`Unrecognized argument: ${word}`);
    const fd = yield* openConsole(sys, io);
    for (const number of operands.length > 0 ? operands.map(Number) : [0]) {
      if (number === 1) io.die("VT 1 is the console and cannot be deallocated", 1);
      if (number === 0 && operands.length > 0) io.die("0: illegal VT number", 1);
      try {
        ask(sys, fd, "VT_DISALLOCATE", number);
      } catch (error) {
        io.die(`could not deallocate console ${number}: ioctl VT_DISALLOCATE: ${reason(error)}`, 71);
      }
    }
    return 0;
  },
});
