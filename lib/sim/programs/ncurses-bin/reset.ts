// tset(1), and reset(1), which is the same program by another name: control characters, size and initialisation strings; a reset makes the line sane first.
import { type Blocking, encode, SysError, type Termios } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { findEntry } from "../kit/terminfo/database.ts";
import { initStrings, NCURSES_VERSION } from "./_terminal.ts";

function sane(from: Termios): Termios {
  const flags = new Set(from.flags);
  for (const name of ["icrnl", "ixon", "opost", "onlcr", "isig", "icanon", "iexten", "echo", "echoe", "echok", "echoctl", "echoke", "cread", "brkint"]) flags.add(name);
  for (const name of ["igncr", "inlcr", "iuclc", "ocrnl", "onlret", "onocr", "olcuc", "noflsh", "tostop", "echonl", "xcase"]) flags.delete(name);
  const cc = new Map(from.cc);
  for (const [name, value] of [["intr", 3], ["quit", 28], ["erase", 127], ["kill", 21], ["eof", 4], ["start", 17], ["stop", 19], ["susp", 26]] as const) if ((cc.get(name) ?? 0) === 0) cc.set(name, value);
  return { ...from, flags, cc, min: 1, time: 0 };
}

/** "^H", "^?", or the character itself. */
function control(word: string): number {
  if (word.length === 2 && word.startsWith("^")) return word === "^?" ? 127 : word.charCodeAt(1) & 31;
  return word.charCodeAt(0);
}

/** "Erase set to control-H (^H)." */
function report(what: string, code: number): string {
  return `${what} set to ${code === 127 ? "delete" : code < 32 ? `control-${String.fromCharCode(code + 64)} (^${String.fromCharCode(code + 64)})` : String.fromCharCode(code)}.\n`;
}

/** -m 'dialup>9600:vt100': tset(1). Speeds are the line's. */
function mapped(maps: readonly string[], type: string, speedBaud: number): string | undefined {
  for (const map of maps) {
    const found = /^([^!<>@=:]*)(!?)([<>@=]*)(\d*):(.*)$/.exec(map);
    if (found === null) {
      if (!map.includes(":") && map !== "") return map;
      continue;
    }
    const [, from = "", not = "", signs = "", speed = "", to = ""] = found;
    if (from !== "" && from !== type) continue;
    const limit = Number(speed);
    const fits = signs === "" || (signs.includes(">") && speedBaud > limit) || (signs.includes("<") && speedBaud < limit) || (/[@=]/.test(signs) && speedBaud === limit);
    if (fits !== (not === "!")) return to;
  }
  return undefined;
}

/** "?xterm" asks; the name that is to be used. */
function* settle(io: Io, wish: string): Blocking<string> {
  let name = wish;
  while (name.startsWith("?")) {
    const preset = name.slice(1);
    yield* io.stderr(`Terminal type? ${preset === "" ? "" : `[${preset}] `}`);
    const [line] = yield* io.stdin.lines();
    if (line === undefined) return preset;
    name = line.trim() === "" ? preset : line.trim();
  }
  return name;
}

export default gnu({
  name: "reset", links: ["/usr/bin/tset"], summary: "set the terminal back to a sane state", synopsis: ["[-IQVcqrsw] [-] [-e CH] [-i CH] [-k CH] [-m MAP] [TERMINAL]"], operands: "none", usageShowsHelp: true, versionLetter: "V", versionText: NCURSES_VERSION,
  description: ["By the name tset it only initialises the terminal; by the name reset it first makes the line's settings sane and sends the reset strings. With neither -c nor -w both are meant."],
  options: {
    characters: flag(["-c"], "restore the settings of the terminal line"), erase: text(["-e"], "CH", "set the erase character"), interrupt: text(["-i"], "CH", "set the interrupt character"), kill: text(["-k"], "CH", "the key that erases the line"),
    noInit: flag(["-I"], "send no initialisation strings"), maps: texts(["-m"], "MAP", "another terminal type for this kind of line"), quiet: flag(["-Q"], "do not tell of control characters"),
    only: flag(["-q"], "print the terminal type only"), tell: flag(["-r"], "print the terminal type on standard error"), shell: flag(["-s"], "print the shell command that sets TERM"), size: flag(["-w"], "set the window's size, nothing else"),
  },
  seeAlso: ["clear(1)", "stty(1)", "tput(1)"],
  *run({ options, operands, sys }, io: Io) {
    const self = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    const fd = [2, 1, 0].find((candidate) => sys.isatty(candidate));
    if (fd === undefined) {
      yield* io.stderr(`${self}: terminal attributes: No such device or address\n\n`);
      return 1;
    }
    const before = sys.tcgetattr(fd);
    let wish = operands.find((word) => word !== "-") ?? sys.environment.get("TERM") ?? "unknown";
    if (operands.every((word) => word === "-")) wish = mapped(options.maps, wish, before.speedBaud) ?? wish;
    let name = yield* settle(io, wish);
    let found = yield* findEntry(sys, name);
    while (found === undefined) {
      yield* io.stderr(`${self}: unknown terminal type ${name}\nTerminal type? `);
      const [line] = yield* io.stdin.lines();
      if (line === undefined) {
        yield* io.stderr("\n");
        return 1;
      }
      name = line.trim();
      if (name !== "") found = yield* findEntry(sys, name);
    }
    if (options.only) {
      io.out.put(`${name}\n`);
      return 0;
    }
    const both = !options.characters && !options.size;
    try {
      const start = self === "reset" ? sane(before) : before;
      const cc = new Map(start.cc);
      for (const [key, value] of [["erase", options.erase], ["intr", options.interrupt], ["kill", options.kill]] as const) if (value !== undefined && value !== "") cc.set(key, control(value));
      if (both || options.characters) yield* sys.tcsetattr(fd, { ...start, cc });
      const sent = !options.noInit && (both || options.characters) ? yield* initStrings(sys, 2, found.entry, self === "reset") : false;
      if (sent) yield* sys.write(2, encode("\r"));
      // the pause that lets a real terminal settle
      if (self === "reset") yield* sys.sleep(1_000_000);
      if (options.tell) yield* io.stderr(`Terminal type is ${name}.\n`);
      if (!options.quiet && (both || options.characters)) {
        for (const [what, key, value] of [["Erase", "erase", options.erase], ["Kill", "kill", options.kill], ["Interrupt", "intr", options.interrupt]] as const) if (value !== undefined && value !== "") yield* io.stderr(report(what, cc.get(key) ?? 0));
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${self}: terminal attributes: ${error.message}\n\n`);
      return 1;
    }
    if (operands.includes("-")) io.out.put(`${name}\n`);
    if (options.shell) io.out.put(/csh$/.test(sys.environment.get("SHELL") ?? "") ? `set noglob;\nsetenv TERM ${name};\nunset noglob;\n` : `TERM=${name};\n`);
    return 0;
  },
});
