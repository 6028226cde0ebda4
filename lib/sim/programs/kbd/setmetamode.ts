// setmetamode(1): what Alt with a letter gives: the letter with its highest bit set, or Escape and the letter.
import type { Io } from "../kit/gnu.ts";
import { SysError } from "../../kernel/sys.ts";
import { ask, kbdCommand } from "./_console.ts";

const MODES: ReadonlyMap<string, "metabit" | "escprefix"> = new Map([["meta", "metabit"], ["bit", "metabit"], ["metabit", "metabit"], ["esc", "escprefix"], ["prefix", "escprefix"], ["escprefix", "escprefix"]]);
const TEXT: ReadonlyMap<unknown, string> = new Map<unknown, string>([["metabit", "Meta key sets high order bit\n"], ["escprefix", "Meta key gives Esc prefix\n"]]);

export default kbdCommand({
  name: "setmetamode", summary: "what the Meta key of the keyboard sends: an escape in front, or the eighth bit", synopsis: ["[option...] [metabit|escprefix]"], operands: "none", options: {},
  description: ["metabit: Alt sets the highest bit of the byte. escprefix: Alt sends Escape before the character, which Emacs and others expect. Without an argument the setting is shown; the console is the one on standard input."],
  *run({ operands, sys }, io: Io) {
    try {
      const before = ask(sys, 0, "KDGKBMETA");
      const [word] = operands;
      if (word === undefined) {
        io.say(TEXT.get(before) ?? "Strange mode for Meta key?\n");
        return 0;
      }
      const mode = MODES.get(word);
      if (mode === undefined) io.usage(`Unrecognized argument: ${word}`);
      io.out.put(`old state:    ${TEXT.get(before) ?? ""}`);
      ask(sys, 0, "KDSKBMETA", mode);
      io.out.put(`new state:    ${TEXT.get(mode) ?? ""}`);
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(`Unable to read meta key handling mode: ${error.message}`, 1);
      throw error;
    }
  },
});
