// reset (tset(1) of ncurses): sane terminal settings, then the terminal's own reset strings.
import { encode, SysError, type Termios } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { terminalEntry } from "./_terminal.ts";

function sane(from: Termios): Termios {
  const flags = new Set(from.flags);
  for (const name of ["icrnl", "ixon", "opost", "onlcr", "isig", "icanon", "iexten", "echo", "echoe", "echok", "echoctl", "echoke", "cread", "brkint"]) flags.add(name);
  for (const name of ["igncr", "inlcr", "iuclc", "ocrnl", "onlret", "onocr", "olcuc", "noflsh", "tostop", "echonl", "xcase"]) flags.delete(name);
  const cc = new Map(from.cc);
  for (const [name, value] of [["intr", 3], ["quit", 28], ["erase", 127], ["kill", 21], ["eof", 4], ["start", 17], ["stop", 19], ["susp", 26]] as const) if ((cc.get(name) ?? 0) === 0) cc.set(name, value);
  return { ...from, flags, cc, min: 1, time: 0 };
}

const reset: Command = {
  name: "reset",
  links: ["/usr/bin/tset"],
  declaration: {
    name: "reset", summary: "set the terminal back to a sane state", synopsis: ["[-IQVcqrsw] [TERMINAL]"], operands: "none",
    options: [
      { names: ["-q"], argument: undefined, argumentOptional: false, help: "print the terminal type only", support: "simulated" },
      { names: ["-I"], argument: undefined, argumentOptional: false, help: "send no initialisation strings", support: "simulated" },
    ],
    seeAlso: ["clear(1)", "stty(1)", "tput(1)"],
  },
  *program(sys, argv) {
    const options = argv.slice(1).filter((arg) => arg.startsWith("-"));
    const name = argv.slice(1).find((arg) => !arg.startsWith("-")) ?? sys.environment.get("TERM") ?? "dumb";
    const program = (argv[0] ?? "reset").slice((argv[0] ?? "reset").lastIndexOf("/") + 1);
    const entry = terminalEntry(name);
    if (!entry) {
      yield* sys.write(2, encode(`${program}: unknown terminal type ${name}\n`));
      return 1;
    }
    if (options.includes("-q")) {
      yield* sys.write(1, encode(`${name}\n`));
      return 0;
    }
    try {
      const fd = [2, 1, 0].find((candidate) => sys.isatty(candidate)) ?? 2;
      if (program === "reset") yield* sys.tcsetattr(fd, sane(sys.tcgetattr(fd)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* sys.write(2, encode(`${program}: terminal attributes: No such device or address\n`));
      return 1;
    }
    if (!options.includes("-I")) yield* sys.write(2, encode(["rs1", "rs2"].map((key) => entry.strings.get(key) ?? "").join("")));
    // the pause that lets a real terminal settle
    yield* sys.sleep(1_000_000);
    return 0;
  },
};

export default reset;
