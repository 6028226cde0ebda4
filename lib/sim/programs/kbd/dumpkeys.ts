// dumpkeys(1): the keymap of the console, as loadkeys reads it.
import { flag, type Io, partly, text } from "../kit/gnu.ts";
import { allSymbols } from "../kit/keyboard/key-symbols.ts";
import { dumpComposes, dumpKeys, dumpStrings } from "../kit/keyboard/keymap-file.ts";
import { kbdCommand, openConsole } from "./_console.ts";
import { keymapOf } from "./_keymap-of.ts";

export default kbdCommand({
  name: "dumpkeys", path: "/bin/dumpkeys", summary: "dump keyboard translation tables", synopsis: ["[option...]"], operands: "none",
  options: {
    short: flag(["-i", "--short-info"], "tell of the keyboard driver"), long: flag(["-l", "-s", "--long-info"], "the same, and all names that loadkeys knows"), numeric: flag(["-n", "--numeric"], "actions in hexadecimal"), full: flag(["-f", "--full-table"], "one row for each keycode"),
    separate: flag(["-1", "--separate-lines"], "a line of its own for each key with each modifier"), shape: partly(text(["-S", "--shape"], "SHAPE", "2 usual, 4 a line a keycode, 8 a line a modifier and keycode"), "16 is like 4"), strings: flag(["-t", "--funcs-only"], "only the texts of function keys"),
    keys: flag(["-k", "--keys-only"], "only the keys"), composes: flag(["-d", "--compose-only"], "only what composes to what"), charset: partly(text(["-c", "--charset"], "CHARSET", "the character set of actions"), "accepted"), console: text(["-C", "--console"], "DEV", "of this console"), verbose: flag(["-v", "--verbose"], "be more verbose"),
  },
  seeAlso: ["loadkeys(1)", "showkey(1)"],
  *run({ options, sys }, io: Io) {
    const fd = yield* openConsole(sys, io, options.console);
    const keymap = keymapOf(sys, fd);
    if (options.short || options.long) {
      const bits = [...keymap.tables.keys()].sort((a, b) => a - b);
      io.say(`keycode range supported by kernel:           1 - 255\nmax number of actions bindable to a key:     256\nnumber of keymaps in actual use:             ${bits.length}\nof which ${Math.max(0, bits.length - 7)} dynamically allocated\nranges of action codes supported by kernel:\n`);
      for (const [from, to] of [[0, 0xff], [0x100, 0x1ff], [0x200, 0x213], [0x300, 0x313], [0x400, 0x41a], [0x500, 0x5ff], [0x600, 0x603], [0x700, 0x708], [0x800, 0x8ff], [0x900, 0x919], [0xa00, 0xa08], [0xb00, 0xbff], [0xc00, 0xc08], [0xd00, 0xdff]] as const) io.out.put(`\t0x${from.toString(16).padStart(4, "0")} - 0x${to.toString(16).padStart(4, "0")}\n`);
      io.say("number of function keys supported by kernel: 256\nmax nr of compose definitions: 256\n");
      io.say(`nr of compose definitions in actual use: ${keymap.composes.length}\n`);
      if (options.long) io.say(`\nSymbols recognized by dumpkeys:\n(numeric value, symbol)\n\n${allSymbols().map(([name, value]) => `0x${value.toString(16).padStart(4, "0")}\t${name}\n`).join("")}`);
      return 0;
    }
    const all = !options.strings && !options.keys && !options.composes;
    if (all || options.keys) io.out.put(dumpKeys(keymap, { numeric: options.numeric, shape: options.full || options.shape === "4" || options.shape === "16" ? "full" : options.separate || options.shape === "8" ? "separate" : "default" }));
    if (all || options.strings) io.out.put(dumpStrings(keymap));
    if (all || options.composes) io.out.put(dumpComposes(keymap));
    return 0;
  },
});
