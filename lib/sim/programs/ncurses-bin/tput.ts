// tput(1) of ncurses 6.4: capabilities by their terminfo names.
import { type Blocking, decode, encode, type Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { formatCapability, sizeOf, type TerminalEntry, terminalEntry } from "./_terminal.ts";

/** One request: "setaf 1". The status: 0, 1 (a false flag, an absent string), 4 (unknown name). */
function* answer(sys: Sys, entry: TerminalEntry, words: readonly string[]): Blocking<number> {
  const [name = "", ...parameters] = words;
  if (name === "longname") {
    yield* sys.write(1, encode(entry.longName));
    return 0;
  }
  if (name === "clear") {
    yield* sys.write(1, encode((entry.strings.get("clear") ?? "") + (entry.strings.get("E3") ?? "")));
    return entry.strings.has("clear") ? 0 : 1;
  }
  if (name === "init" || name === "reset") {
    yield* sys.write(1, encode((name === "reset" ? (entry.strings.get("rs1") ?? "") : "") + (entry.strings.get(name === "reset" ? "rs2" : "is2") ?? "")));
    return 0;
  }
  if (name === "cols" || name === "lines") {
    yield* sys.write(1, encode(`${sizeOf(sys, entry, name)}\n`));
    return 0;
  }
  if (entry.booleans.has(name)) return 0;
  const number = entry.numbers.get(name);
  if (number !== undefined || name === "colors" || name === "pairs") {
    yield* sys.write(1, encode(`${number ?? -1}\n`));
    return 0;
  }
  const string = entry.strings.get(name);
  if (string !== undefined) {
    yield* sys.write(1, encode(formatCapability(string, parameters.map(Number))));
    return 0;
  }
  const known = terminalEntry("xterm");
  if (known?.strings.has(name) || known?.booleans.has(name)) return 1;
  yield* sys.write(2, encode(`tput: unknown terminfo capability '${name}'\n`));
  return 4;
}

function* readAll(sys: Sys): Blocking<string> {
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(0, 4096);
    if (bytes.length === 0) return text;
    text += decode(bytes);
  }
}

const tput: Command = {
  name: "tput",
  declaration: {
    name: "tput", summary: "initialize a terminal or query terminfo database", synopsis: ["[-Ttype] CAPNAME [PARAMETER]...", "[-Ttype] -S"], operands: "none",
    options: [
      { names: ["-T"], argument: "TERM", argumentOptional: false, help: "use this instead of $TERM", support: "simulated" },
      { names: ["-S"], argument: undefined, argumentOptional: false, help: "read capabilities from standard input", support: "simulated" },
      { names: ["-V"], argument: undefined, argumentOptional: false, help: "print the version", support: "simulated" },
      { names: ["-x"], argument: undefined, argumentOptional: false, help: "leave the scrollback as it is", support: "simulated" },
    ],
    exitStatuses: [["0", "the string was written, or the flag is true"], ["1", "the flag is false or the string absent"], ["2", "usage error"], ["3", "unknown terminal"], ["4", "unknown capability"]],
    seeAlso: ["clear(1)", "stty(1)"],
  },
  *program(sys, argv) {
    let name = sys.environment.get("TERM");
    let fromInput = false;
    let index = 1;
    for (; index < argv.length; index += 1) {
      const arg = argv[index] ?? "";
      if (arg === "-V") {
        yield* sys.write(1, encode("ncurses 6.4.20221231\n"));
        return 0;
      }
      if (arg === "-S") fromInput = true;
      else if (arg.startsWith("-T")) name = arg.length > 2 ? arg.slice(2) : argv[++index];
      else if (arg !== "-x") break;
    }
    const words = argv.slice(index);
    if (words.length === 0 && !fromInput) {
      yield* sys.write(2, encode("usage: tput [-V] [-S] [-x] [-T term] capname\n"));
      return 2;
    }
    if (name === undefined || name === "") {
      yield* sys.write(2, encode("tput: No value for $TERM and no -T specified\n"));
      return 2;
    }
    const entry = terminalEntry(name);
    if (!entry) {
      yield* sys.write(2, encode(`tput: unknown terminal "${name}"\n`));
      return 3;
    }
    if (!fromInput) return yield* answer(sys, entry, words);
    let status = 0;
    for (const line of (yield* readAll(sys)).split("\n")) {
      const parts = line.trim().split(/\s+/).filter((part) => part !== "");
      if (parts.length > 0) status = Math.max(status, yield* answer(sys, entry, parts));
    }
    return status;
  },
};

export default tput;
