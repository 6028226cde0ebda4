// clear(1) of ncurses 6.4: home, clear, and the scrollback too (E3).
import { encode } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { terminalEntry } from "./_terminal.ts";

const clear: Command = {
  name: "clear",
  declaration: {
    name: "clear", summary: "clear the terminal screen", synopsis: ["[-Ttype] [-V] [-x]"], operands: "none",
    options: [
      { names: ["-T"], argument: "TERM", argumentOptional: false, help: "use this instead of $TERM", support: "simulated" },
      { names: ["-V"], argument: undefined, argumentOptional: false, help: "print the version", support: "simulated" },
      { names: ["-x"], argument: undefined, argumentOptional: false, help: "leave the scrollback as it is", support: "simulated" },
    ],
    seeAlso: ["tput(1)", "reset(1)"],
  },
  *program(sys, argv) {
    let name = sys.environment.get("TERM");
    let scrollback = true;
    for (let i = 1; i < argv.length; i += 1) {
      const arg = argv[i] ?? "";
      if (arg === "-V") {
        yield* sys.write(1, encode("ncurses 6.4.20221231\n"));
        return 0;
      }
      if (arg === "-x") scrollback = false;
      else if (arg.startsWith("-T")) name = arg.length > 2 ? arg.slice(2) : argv[++i];
      else {
        yield* sys.write(2, encode(`${arg.startsWith("-") ? `clear: invalid option -- '${arg.charAt(1)}'\n` : ""}Usage: clear [options]\n\nOptions:\n  -T TERM     use this instead of $TERM\n  -V          print curses-version\n  -x          do not try to clear scrollback\n`));
        return 1;
      }
    }
    if (name === undefined || name === "") {
      yield* sys.write(2, encode("TERM environment variable not set.\n"));
      return 1;
    }
    const entry = terminalEntry(name);
    if (!entry) {
      yield* sys.write(2, encode(`'${name}': unknown terminal type.\n`));
      return 1;
    }
    const text = entry.strings.get("clear");
    if (text === undefined) return 1;
    yield* sys.write(1, encode(text + (scrollback ? (entry.strings.get("E3") ?? "") : "")));
    return 0;
  },
};

export default clear;
