// setleds(1): the flags of NumLock, CapsLock and ScrollLock of the console on standard input, and the lights that show them.
import { flag, type Io } from "../kit/gnu.ts";
import { SysError } from "../../kernel/sys.ts";
import { ask, kbdCommand } from "./_console.ts";
import { type KeyboardFlags, LIGHTS } from "./_vt-state.ts";

const onOff = (bits: number, bit: number): string => ((bits & bit) !== 0 ? "on " : "off");
const report = (bits: number): string => `NumLock ${onOff(bits, 2)}   CapsLock ${onOff(bits, 4)}   ScrollLock ${onOff(bits, 1)}\n`;

export default kbdCommand({
  name: "setleds", summary: "set the keyboard leds", synopsis: ["[option...] [[+|-][ num | caps | scroll ]]..."], operands: "none",
  description: ["+num sets NumLock, -num clears it, num alone is like +num; what is not named stays. Without any the settings are shown. The console is the one on standard input: setleds +num < /dev/tty2."],
  options: { defaults: flag(["-D", "--default"], "change the flags and their defaults"), flags: flag(["-F", "--flags"], "change the flags (usual)"), lights: flag(["-L", "--leds"], "change only the lights"), verbose: flag(["-v", "--verbose"], "tell the state before the change and after it") },
  rewrite: (args) => args.map((word) => (/^-(?:num|caps|scroll)$/.test(word) ? `\u0000${word}` : word)),
  *run({ options, operands, sys }, io: Io) {
    let set = 0;
    let named = 0;
    for (const raw of operands) {
      const word = raw.replace(/^\u0000/, "");
      const light = LIGHTS.find(([name]) => name === word.replace(/^[-+]/, ""));
      if (light === undefined) io.usage(`Unrecognized argument: ${word}`);
      named |= light[1];
      if (!word.startsWith("-")) set |= light[1];
    }
    try {
      const before = ask(sys, 0, "KDGKBLED") as KeyboardFlags;
      const lights = Number(ask(sys, 0, "KDGETLED"));
      if (named === 0 || options.verbose) io.out.put(`Current default flags:  ${report(before.defaults)}Current flags:          ${report(before.flags)}Current leds:           ${report(lights)}`);
      if (named === 0) {
        if (options.lights) ask(sys, 0, "KDSETLED", 255);
        return 0;
      }
      const changed = (bits: number): number => (bits & ~named) | set;
      if (options.lights) {
        ask(sys, 0, "KDSETLED", changed(lights));
        if (options.verbose) io.out.put(`Old leds:               ${report(lights)}New leds:               ${report(changed(lights))}`);
        return 0;
      }
      const after: KeyboardFlags = { flags: changed(before.flags), defaults: options.defaults ? changed(before.defaults) : before.defaults };
      ask(sys, 0, "KDSKBLED", after);
      if (options.verbose) {
        if (options.defaults) io.out.put(`Old default flags:      ${report(before.defaults)}New default flags:      ${report(after.defaults)}`);
        io.out.put(`Old flags:              ${report(before.flags)}New flags:              ${report(after.flags)}`);
      }
    } catch (error) {
      if (error instanceof SysError) io.die(`Unable to read keyboard flags: ${error.message}`, 71);
      throw error;
    }
    return 0;
  },
});
