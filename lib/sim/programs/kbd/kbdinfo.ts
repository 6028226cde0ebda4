// kbdinfo(1): one setting of a console, or whether it is the one that is expected.
import { type Io, text } from "../kit/gnu.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";
import type { KeyboardFlags } from "./_vt-state.ts";

const FLAGS: readonly (readonly [string, number])[] = [["scrolllock", 1], ["numlock", 2], ["capslock", 4]];

export default kbdCommand({
  name: "kbdinfo", summary: "tell the mode, meta key and lights of a console", synopsis: ["[option...] getmode [text|graphics]", "[option...] gkbmode [raw|xlate|mediumraw|unicode]", "[option...] gkbmeta [metabit|escprefix]", "[option...] gkbled [scrolllock|numlock|capslock]"], operands: "none", usageStatus: 1,
  options: { console: text(["-C", "--console"], "DEV", "of this console") },
  description: ["With a value nothing is printed; the exit status tells whether it is the setting."],
  *run({ options, operands, sys }, io: Io) {
    const [what, value] = operands;
    if (what === undefined) io.usage("Not enough arguments.");
    const fd = yield* openConsole(sys, io, options.console);
    const requests: ReadonlyMap<string, string> = new Map([["getmode", "KDGETMODE"], ["gkbmode", "KDGKBMODE"], ["gkbmeta", "KDGKBMETA"]]);
    const request = requests.get(what.toLowerCase());
    if (request !== undefined) {
      const now = String(ask(sys, fd, request));
      if (value !== undefined) return now === value.toLowerCase() ? 0 : 1;
      io.out.put(`${now}\n`);
      return 0;
    }
    if (what.toLowerCase() !== "gkbled") io.usage(`Unrecognized argument: ${what}`);
    const { flags } = ask(sys, fd, "KDGKBLED") as KeyboardFlags;
    if (value !== undefined) return ((FLAGS.find(([name]) => name === value.toLowerCase())?.[1] ?? 0) & flags) !== 0 ? 0 : 1;
    io.out.put(`${FLAGS.map(([name, bit]) => `${name}:${(flags & bit) !== 0 ? "on" : "off"}`).join(" ")}\n`);
    return 0;
  },
});
