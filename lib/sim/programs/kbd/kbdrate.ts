// kbdrate(8): how long a key is held before it repeats, and how often then.
import { flag, type Io, text } from "../kit/gnu.ts";
import { SysError } from "../../kernel/sys.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";
import type { RepeatRate } from "./_vt-state.ts";

export default kbdCommand({
  name: "kbdrate", path: "/sbin/kbdrate", manSection: 8, summary: "set how fast a held key of the keyboard repeats, and after what delay", synopsis: ["[option...]"], operands: "none", usageStatus: 64,
  options: { rate: text(["-r", "--rate"], "NUM", "characters per second (10.9)"), delay: text(["-d", "--delay"], "NUM", "milliseconds until the first repetition (250)"), print: flag(["-p", "--print"], "only show the values of now"), silent: flag(["-s", "--silent"], "say nothing") },
  seeAlso: ["setleds(1)"],
  *run({ options, sys }, io: Io) {
    const rate = options.rate === undefined ? 10.9 : Number(options.rate);
    const delay = options.delay === undefined ? 250 : Number(options.delay);
    const fd = yield* openConsole(sys, io);
    const periods = (rate_: RepeatRate): string => (1000 / rate_.periodMs).toFixed(1);
    if (options.print) {
      const now = ask(sys, fd, "KDKBDREP") as RepeatRate;
      io.say(`Typematic Rate is ${periods(now)} cps\nCurrent keyboard delay ${now.delayMs} ms\n`);
      return 0;
    }
    const wish: RepeatRate = { delayMs: Number.isNaN(delay) ? 250 : Math.max(1, Math.round(delay)), periodMs: Math.max(1, Math.trunc(1000 / (rate > 0 ? rate : 10.9))) };
    try {
      ask(sys, fd, "KDKBDREP", wish);
    } catch (error) {
      if (error instanceof SysError) io.die(`ioctl KDKBDREP: ${error.message}`, 1);
      throw error;
    }
    if (!options.silent) io.say(`Typematic Rate set to ${periods(wish)} cps (delay = ${wish.delayMs} ms)\n`);
    return 0;
  },
});
