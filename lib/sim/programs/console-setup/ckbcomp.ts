// ckbcomp(1): a keyboard of XKB as a keymap for loadkeys.
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { symbolName, UNICODE_BITS } from "../kit/keyboard/key-symbols.ts";
import { dumpStrings } from "../kit/keyboard/keymap-file.ts";
import { layoutKeymap } from "../kit/keyboard/keymap.ts";
import { keyboardLayout } from "../kit/keyboard/layouts.ts";

/** As ckbcomp writes a key's action: characters by their codes, letters marked for Caps Lock. */
function action(value: number): string {
  const type = value >> 8;
  if (type === 0xb) return `+U+${(value & 0xff).toString(16).padStart(4, "0")}`;
  if (value >= 0x1000) return `U+${(value ^ UNICODE_BITS).toString(16).padStart(4, "0")}`;
  if (type === 0 && value > 32 && value !== 127) return `U+${value.toString(16).padStart(4, "0")}`;
  return symbolName(value);
}

export default program(
  {
    name: "ckbcomp", showsHelp: true, summary: "turn a keyboard layout of XKB into a keymap that loadkeys reads", synopsis: ["[OPTIONS...] [LAYOUT [VARIANT [OPTION]...]]"], operands: "none",
    options: [flag(["-v"], "be verbose"), text(["-charmap"], "NAME", "the console's character set"), text(["-I"], "DIR", "where the files of XKB are"), text(["-model"], "NAME", "model of the keyboard"), text(["-layout"], "NAME", "layout"), text(["-variant"], "NAME", "variant of the layout"), text(["-option"], "NAME", "options, with commas between them"), flag(["-compact"], "fewer columns")],
    description: ["ckbcomp fr | loadkeys gives the consoles the French layout of X. Layouts that are not known here are refused."],
    seeAlso: ["loadkeys(1)", "setupcon(1)"],
  },
  function* (_sys, argv, io: Io) {
    const words: string[] = [];
    let [layout, variant, compact]: [string | undefined, string | undefined, boolean] = [undefined, undefined, false];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (/^-I.*/.test(word) || word === "-v" || word === "-freebsd" || /^-v\d+$/.test(word)) continue;
      if (word === "-layout") layout = argv[++at];
      else if (word === "-variant") variant = argv[++at];
      else if (word === "-compact") compact = true;
      else if (["-charmap", "-model", "-option", "-rules", "-symbols", "-keycodes", "-backspace"].includes(word)) at++;
      else if (word.startsWith("-")) {
        yield* io.stderr(`${io.argv0}: Unknown option ${word}\n`);
        return 1;
      } else words.push(word);
    }
    const name = (layout ?? words[0] ?? "us").split(",")[0] ?? "us";
    const keys = keyboardLayout(name, (variant ?? words[1] ?? "").split(",")[0]);
    if (keys === undefined) {
      yield* io.stderr(`${io.argv0}: Can not find file "symbols/${name}" in any known directory\n`);
      return 1;
    }
    const keymap = layoutKeymap(keys);
    // the columns of 0-127 repeat those of the modifiers that count: shift, altgr, control, alt
    const columns = compact ? [0, 1, 2, 4, 5, 8, 12] : Array.from({ length: 128 }, (_, bits) => bits);
    io.out.put(compact ? "keymaps 0-2,4-5,8,12\n" : "keymaps 0-127\n");
    const keycodes = [...(keymap.tables.get(0)?.keys() ?? [])].sort((a, b) => a - b);
    for (const keycode of keycodes) {
      const at = (bits: number): number => {
        const own = bits & 15;
        // Alt with a capital is Meta of the capital
        const capital = (own & 13) === 9 ? keymap.tables.get(1)?.get(keycode) : undefined;
        if (capital !== undefined && (capital < 0x80 || capital >> 8 === 0xb)) return 0x800 | (capital & 0xff);
        for (const tried of [own, own & 13, own & 12, own & 9, own & 8, own & 3, own & 1, 0]) {
          const value = keymap.tables.get(tried)?.get(keycode);
          if (value !== undefined) return value;
        }
        return 0x200;
      };
      io.out.put(`keycode ${keycode} =${columns.map((bits) => ` ${action(at(bits))}`).join("")}\n`);
      if (io.out.full) yield* io.out.flush();
    }
    io.out.put(dumpStrings(keymap));
    return 0;
  },
);
