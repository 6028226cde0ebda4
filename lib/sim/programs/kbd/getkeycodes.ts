// getkeycodes(8): which keycode each scancode has that is not the usual one.
import type { Io } from "../kit/gnu.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";

export default kbdCommand({
  name: "getkeycodes", manSection: 8, summary: "show which keycode the kernel gives each scan code", synopsis: ["[option...]"], operands: "none", options: {},
  seeAlso: ["setkeycodes(8)", "showkey(1)"],
  *run({ sys }, io: Io) {
    const fd = yield* openConsole(sys, io);
    ask(sys, fd, "KDGKBTYPE");
    let out = "Plain scancodes xx (hex) versus keycodes (dec)\nfor 1-83 (0x01-0x53) scancode equals keycode\n";
    const row = (from: number, first: number): string => `\n ${first < 128 ? `0x${from.toString(16).padStart(2, "0")}` : `0xe0 0x${from.toString(16).padStart(2, "0")}`}: ${Array.from({ length: 8 }, (_, index) => String(first < 128 ? from + index : 0).padStart(3)).join(" ")}`;
    for (let from = 0x58; from < 0x80; from += 8) out += row(from, from);
    out += "\n\n\nEscaped scancodes e0 xx (hex)\n";
    const escaped: ReadonlyMap<number, number> = new Map([[0x1c, 96], [0x1d, 97], [0x35, 98], [0x37, 99], [0x38, 100], [0x47, 102], [0x48, 103], [0x49, 104], [0x4b, 105], [0x4d, 106], [0x4f, 107], [0x50, 108], [0x51, 109], [0x52, 110], [0x53, 111], [0x5b, 125], [0x5c, 126], [0x5d, 127]]);
    for (let from = 0; from < 0x80; from += 8) out += `\n e0 ${from.toString(16).padStart(2, "0")}: ${Array.from({ length: 8 }, (_, index) => String(escaped.get(from + index) ?? 0).padStart(3)).join(" ")}`;
    io.out.put(`${out}\n`);
    return 0;
  },
});
