// The capabilities of the terminals that the simulated machine knows (terminfo(5)): xterm and its relatives, linux, dumb.

import type { Sys } from "../../kernel/sys.ts";

export interface TerminalEntry {
  readonly name: string;
  readonly longName: string;
  readonly booleans: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly strings: ReadonlyMap<string, string>;
}

const ANSI: readonly (readonly [string, string])[] = [
  ["bel", "\x07"], ["bold", "\x1b[1m"], ["blink", "\x1b[5m"], ["dim", "\x1b[2m"], ["rev", "\x1b[7m"], ["smul", "\x1b[4m"], ["rmul", "\x1b[24m"], ["smso", "\x1b[7m"], ["rmso", "\x1b[27m"],
  ["sitm", "\x1b[3m"], ["ritm", "\x1b[23m"], ["invis", "\x1b[8m"], ["op", "\x1b[39;49m"], ["clear", "\x1b[H\x1b[2J"], ["el", "\x1b[K"], ["el1", "\x1b[1K"], ["ed", "\x1b[J"], ["home", "\x1b[H"], ["cr", "\r"],
  ["cub1", "\b"], ["cuf1", "\x1b[C"], ["cuu1", "\x1b[A"], ["cud1", "\n"], ["sc", "\x1b7"], ["rc", "\x1b8"], ["cup", "\x1b[%i%p1%d;%p2%dH"], ["hpa", "\x1b[%i%p1%dG"], ["vpa", "\x1b[%i%p1%dd"],
  ["cuu", "\x1b[%p1%dA"], ["cud", "\x1b[%p1%dB"], ["cuf", "\x1b[%p1%dC"], ["cub", "\x1b[%p1%dD"], ["ich", "\x1b[%p1%d@"], ["dch", "\x1b[%p1%dP"], ["dch1", "\x1b[P"], ["il", "\x1b[%p1%dL"], ["il1", "\x1b[L"],
  ["dl", "\x1b[%p1%dM"], ["dl1", "\x1b[M"], ["ech", "\x1b[%p1%dX"], ["csr", "\x1b[%i%p1%d;%p2%dr"], ["ind", "\n"], ["ri", "\x1bM"], ["ht", "\t"], ["hts", "\x1bH"], ["tbc", "\x1b[3g"], ["civis", "\x1b[?25l"],
];

const XTERM: readonly (readonly [string, string])[] = [
  ...ANSI, ["sgr0", "\x1b(B\x1b[m"], ["cnorm", "\x1b[?12l\x1b[?25h"], ["cvvis", "\x1b[?12;25h"], ["smcup", "\x1b[?1049h\x1b[22;0;0t"], ["rmcup", "\x1b[?1049l\x1b[23;0;0t"], ["smkx", "\x1b[?1h\x1b="], ["rmkx", "\x1b[?1l\x1b>"],
  ["E3", "\x1b[3J"], ["rs1", "\x1bc"], ["rs2", "\x1b[!p\x1b[?3;4l\x1b[4l\x1b>"], ["is2", "\x1b[!p\x1b[?3;4l\x1b[4l\x1b>"], ["kbs", "\x7f"], ["kcuu1", "\x1bOA"], ["kcud1", "\x1bOB"], ["kcuf1", "\x1bOC"], ["kcub1", "\x1bOD"],
  ["khome", "\x1bOH"], ["kend", "\x1bOF"], ["kdch1", "\x1b[3~"], ["kich1", "\x1b[2~"], ["kpp", "\x1b[5~"], ["knp", "\x1b[6~"],
];

const COLOURS_8: readonly (readonly [string, string])[] = [["setaf", "\x1b[3%p1%dm"], ["setab", "\x1b[4%p1%dm"]];
const COLOURS_256: readonly (readonly [string, string])[] = [
  ["setaf", "\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m"], ["setab", "\x1b[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m"],
];

function entry(name: string, longName: string, colours: number, strings: readonly (readonly [string, string])[]): readonly [string, TerminalEntry] {
  const numbers = new Map([["cols", 80], ["lines", 24], ["it", 8]]);
  if (colours > 0) for (const [key, value] of [["colors", colours], ["pairs", colours === 256 ? 65536 : 64]] as const) numbers.set(key, value);
  return [name, { name, longName, booleans: new Set(strings.length > 0 ? ["am", "bce", "km", "mir", "msgr", "npc", "xenl"] : ["am"]), numbers, strings: new Map(strings) }];
}

const TERMINALS: ReadonlyMap<string, TerminalEntry> = new Map([
  entry("xterm", "xterm terminal emulator (X Window System)", 8, [...XTERM, ...COLOURS_8]),
  entry("xterm-256color", "xterm with 256 colors", 256, [...XTERM, ...COLOURS_256]),
  entry("xterm-color", "generic color xterm", 8, [...XTERM, ...COLOURS_8]),
  entry("screen", "VT 100/ANSI X3.64 virtual terminal", 8, [...XTERM, ...COLOURS_8, ["sgr0", "\x1b[m\x0f"], ["smcup", "\x1b[?1049h"], ["rmcup", "\x1b[?1049l"]]),
  entry("screen-256color", "GNU Screen with 256 colors", 256, [...XTERM, ...COLOURS_256]),
  entry("tmux", "tmux terminal multiplexer", 8, [...XTERM, ...COLOURS_8]),
  entry("tmux-256color", "tmux with 256 colors", 256, [...XTERM, ...COLOURS_256]),
  entry("linux", "Linux console", 8, [...ANSI, ...COLOURS_8, ["sgr0", "\x1b[m\x0f"], ["cnorm", "\x1b[?25h\x1b[?0c"], ["E3", "\x1b[3J"], ["clear", "\x1b[H\x1b[J"], ["rs1", "\x1bc\x1b]R"]]),
  entry("vt100", "DEC VT100 (w/advanced video)", 0, [...ANSI, ["sgr0", "\x1b[m\x0f"], ["clear", "\x1b[H\x1b[J"]]),
  entry("vt220", "DEC VT220", 0, [...ANSI, ["sgr0", "\x1b[m\x1b(B"], ["clear", "\x1b[H\x1b[J"], ["cnorm", "\x1b[?25h"]]),
  entry("ansi", "ansi/pc-term compatible with color", 8, [...ANSI, ...COLOURS_8, ["sgr0", "\x1b[0;10m"]]),
  entry("dumb", "80-column dumb tty", 0, [["bel", "\x07"], ["cr", "\r"], ["cud1", "\n"], ["ind", "\n"]]),
]);

export function terminalEntry(name: string): TerminalEntry | undefined {
  return TERMINALS.get(name);
}

/** Columns or rows: the environment's, then the terminal's, then the entry's. */
export function sizeOf(sys: Sys, entryOf: TerminalEntry, what: "cols" | "lines"): number {
  const variable = Number(sys.environment.get(what === "cols" ? "COLUMNS" : "LINES") ?? Number.NaN);
  if (variable > 0) return variable;
  for (const fd of [2, 1, 0]) {
    if (!sys.descriptors().includes(fd) || !sys.isatty(fd)) continue;
    const size = sys.getWindowSize(fd);
    const value = what === "cols" ? size.cols : size.rows;
    if (value > 0) return value;
  }
  return entryOf.numbers.get(what) ?? -1;
}

/** Parameterised strings (terminfo(5)): the operators that these entries use. */
export function formatCapability(text: string, parameters: readonly number[]): string {
  const values = [...parameters];
  const stack: number[] = [];
  let out = "";
  /** Skips to the `%e` or `%;` of this level. */
  const skip = (at: number, elseToo: boolean): number => {
    let depth = 0;
    for (let i = at; i < text.length; i += 1) {
      if (text[i] !== "%") continue;
      const code = text[i + 1];
      if (code === "?") depth += 1;
      else if (code === ";") {
        if (depth === 0) return i + 2;
        depth -= 1;
      } else if (code === "e" && depth === 0 && elseToo) return i + 2;
      i += 1;
    }
    return text.length;
  };
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] !== "%") {
      out += text[i];
      continue;
    }
    i += 1;
    switch (text[i]) {
      case "%":
        out += "%";
        break;
      case "i":
        values[0] = (values[0] ?? 0) + 1;
        values[1] = (values[1] ?? 0) + 1;
        break;
      case "p":
        i += 1;
        stack.push(values[Number(text[i]) - 1] ?? 0);
        break;
      case "d":
        out += String(stack.pop() ?? 0);
        break;
      case "{": {
        const end = text.indexOf("}", i);
        stack.push(Number(text.slice(i + 1, end)));
        i = end;
        break;
      }
      case "<": {
        const right = stack.pop() ?? 0;
        stack.push((stack.pop() ?? 0) < right ? 1 : 0);
        break;
      }
      case "-": {
        const right = stack.pop() ?? 0;
        stack.push((stack.pop() ?? 0) - right);
        break;
      }
      case "t":
        if ((stack.pop() ?? 0) === 0) i = skip(i + 1, true) - 1;
        break;
      case "e":
        i = skip(i + 1, false) - 1;
        break;
    }
  }
  return out;
}
