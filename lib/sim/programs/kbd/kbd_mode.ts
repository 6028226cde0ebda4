// kbd_mode(1): what the keyboard gives to the programs of a console: scancodes, keycodes, bytes or UTF-8.
import { flag, type Io, reason, text } from "../kit/gnu.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";

const WORDS: ReadonlyMap<unknown, string> = new Map<unknown, string>([["raw", "raw (scancode) mode"], ["mediumraw", "mediumraw (keycode) mode"], ["xlate", "xlate (8-bit) mode"], ["unicode", "Unicode (UTF-8) mode"]]);

export default kbdCommand({
  name: "kbd_mode", path: "/bin/kbd_mode", summary: "tell or change what the keyboard sends: keycodes, Unicode...", synopsis: ["[option...]"], operands: "none",
  options: { ascii: flag(["-a", "--ascii"], "set ASCII mode (XLATE)"), keycode: flag(["-k", "--keycode"], "set keycode mode (MEDIUMRAW)"), scancode: flag(["-s", "--scancode"], "set scancode mode (RAW)"), unicode: flag(["-u", "--unicode"], "set UTF-8 mode (UNICODE)"), force: flag(["-f", "--force"], "also when the keyboard cannot be used afterwards"), console: text(["-C", "--console"], "DEV", "of this console") },
  seeAlso: ["dumpkeys(1)", "loadkeys(1)"],
  *run({ options, operands, sys }, io: Io) {
    const wanted = [options.ascii && "xlate", options.keycode && "mediumraw", options.scancode && "raw", options.unicode && "unicode"].filter((mode) => mode !== false);
    if (wanted.length > 1 || operands.length > 0) io.usage();
    const fd = yield* openConsole(sys, io, options.console);
    const now = ask(sys, fd, "KDGKBMODE");
    const [mode] = wanted;
    if (mode === undefined) {
      io.out.put(`The keyboard is in ${WORDS.get(now) ?? "some unknown mode"}\n`);
      return 0;
    }
    if (!options.force && mode === now) return 0;
    if (!options.force && (mode === "raw" || mode === "mediumraw" || now === "raw" || now === "mediumraw")) {
      yield* io.stderr("Changing to the requested mode may make your keyboard unusable, please use -f to force the change.\n");
      return 1;
    }
    try {
      ask(sys, fd, "KDSKBMODE", mode);
    } catch (error) {
      io.die(`ioctl KDSKBMODE: ${reason(error)}`, 1);
    }
    return 0;
  },
});
