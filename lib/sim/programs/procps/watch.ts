// watch: runs a command again and again and shows its output on a screen of its own.
import { type Blocking, decode, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { type Io, flag, gnu, optionalText, text } from "../kit/gnu.ts";
import { execSearching } from "../kit/exec-path.ts";
import { frenchOption } from "../kit/messages/declared-french.ts";
import type { Domain } from "../kit/messages/domains.ts";
import { shellOutput, waitFor } from "../kit/shell-command.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { readZone } from "../kit/zones.ts";

const SHORTEST_SECONDS = 0.1;

const options = {
  beep: flag(["-b", "--beep"], "beep if command has a non-zero exit"), color: flag(["-c", "--color"], "interpret ANSI color and style sequences"), differences: optionalText(["-d", "--differences"], "permanent", "highlight changes between updates"), errexit: flag(["-e", "--errexit"], "exit if command has a non-zero exit"),
  chgexit: flag(["-g", "--chgexit"], "exit when output from command changes"), equexit: text(["-q", "--equexit"], "cycles", "exit when output from command does not change"), interval: text(["-n", "--interval"], "secs", "seconds to wait between updates"), precise: flag(["-p", "--precise"], "attempt run command in precise intervals"),
  noTitle: flag(["-t", "--no-title"], "turn off header"), noWrap: flag(["-w", "--no-wrap"], "turn off line wrapping"), exec: flag(["-x", "--exec"], "pass command to exec instead of \"sh -c\""),
};

/** procps puts its usage together from the options; `domain`: where messages are French. */
const usage = (domain?: Domain): string => `
Usage:
 watch [options] ${domain === undefined ? "command" : "commande"}

Options:
${Object.values(options).map((declared) => {
  const option = domain === undefined ? declared : frenchOption(declared);
  const argument = option.argument === undefined ? "" : option.argumentOptional ? `[=<${option.argument}>]` : ` <${option.argument}>`;
  const names = `  ${option.names.join(", ")}${argument}`;
  return `${names.length < 24 ? names.padEnd(25) : `${names}\n${" ".repeat(25)}`}${option.help}\n`;
}).join("")}
 -h, --help     ${domain === undefined ? "display this help and exit" : "afficher l'aide et quitter"}
 -v, --version  ${domain === undefined ? "output version information and exit" : "afficher des informations de version et quitter"}

${domain === undefined ? "For more details see" : "Pour plus de détails, consultez"} watch(1).
`;

export default gnu({
  name: "watch", project: "procps-ng", version: "4.0.2", summary: "run a command at regular intervals and show its output", synopsis: ["[options] command"],
  options: { ...options, help: flag(["-h", "--help"], "show this help"), version: flag(["-v", "--version"], "show the version") },
  parsing: { stopAtOperand: true }, operands: "commands", tryLine: () => usage(),
  *run({ options: chosen, operands, sys }, io: Io) {
    if (chosen.help || chosen.version) {
      if (chosen.help) io.out.put(usage(io.helpDomain));
      else io.say("watch from procps-ng 4.0.2\n");
      return 0;
    }
    if (operands.length === 0) {
      yield* io.stderr(usage(io.helpDomain));
      return 1;
    }
    const typed = chosen.interval ?? sys.environment.get("WATCH_INTERVAL") ?? "2";
    const number = Number(typed.replace(",", "."));
    if (typed.trim() === "" || Number.isNaN(number)) io.die(`failed to parse argument: '${typed}': Invalid argument`);
    const seconds = Math.max(SHORTEST_SECONDS, number);
    const command = operands.join(" ");
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.HUP, SIGNALS.WINCH]) sys.sigaction(signal, "catch");
    const zone = yield* readZone(sys);
    const terminal = sys.isatty(1) ? yield* RawTerminal.open(sys, 1, 100_000) : undefined;
    const screen = new CellScreen(terminal?.size.rows ?? 24, terminal?.size.cols ?? 80);
    if (terminal) yield* terminal.enter();
    const draw = function* (bytes: string): Blocking<void> {
      if (terminal) yield* terminal.write(bytes);
      else yield* io.out.print(bytes);
      yield* io.out.flush();
    };
    yield* draw(`\u001b[?1049h\u001b[22;0;0t\u001b[1;${screen.rows}r\u001b(B\u001b[m\u001b[4l\u001b[?7h\u001b[H\u001b[2J`);
    const end = function* (status: number): Blocking<number> {
      yield* draw(`\u001b[${screen.rows};1H\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>`);
      if (terminal) yield* terminal.leave();
      return status;
    };
    let before: string | undefined;
    let shownBefore: string[] = [];
    let same = 0;
    const changedEver = new Set<string>();
    for (;;) {
      const startUs = sys.clockUs("monotonic");
      const { output, failed } = yield* outputOf(sys, operands, command, chosen.exec);
      const plain = chosen.color ? output : output.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
      for (let row = 0; row < screen.rows; row++) screen.fill(row);
      const first = chosen.noTitle ? 0 : 2;
      if (!chosen.noTitle) header(screen, `Every ${seconds.toFixed(1)}s: `, command, `${sys.uname().nodename}: ${strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, Math.floor(sys.clockUs("realtime") / 1e6)))}`);
      const styled = layOut(plain, screen.columns, screen.rows - first, chosen.noWrap);
      const rows = styled.map((row) => row.map(({ text }) => text).join(""));
      styled.forEach((cells, i) => {
        const old = shownBefore[i];
        let column = 0;
        for (const { text: c, style } of cells) {
          const key = `${i},${column}`;
          const differs = before !== undefined && c !== ([...(old ?? "")][column] ?? " ");
          if (differs) changedEver.add(key);
          const lit = chosen.differences !== undefined && (chosen.differences === true ? differs : changedEver.has(key));
          const next = screen.put(first + i, column, c, lit ? (style === "" ? "7" : `${style};7`) : style);
          column = Math.max(column + 1, next);
        }
      });
      yield* draw(`${chosen.beep && failed ? "\u0007" : ""}${screen.update(screen.rows - 1, screen.columns - 1)}`);
      if (chosen.errexit && failed) {
        const words = "command exit with a non-zero status, press a key to exit";
        screen.put(screen.rows - 1, 0, words);
        yield* draw(screen.update(screen.rows - 1, Math.min(screen.columns - 1, words.length)));
        yield* terminal?.next() ?? nothing();
        return yield* end(8);
      }
      if (before !== undefined && chosen.chgexit && before !== output) return yield* end(0);
      same = before === output ? same + 1 : 0;
      if (chosen.equexit !== undefined && same >= Number(chosen.equexit)) return yield* end(0);
      before = output;
      shownBefore = rows;
      const leftUs = chosen.precise ? Math.max(0, seconds * 1e6 - (sys.clockUs("monotonic") - startUs)) : seconds * 1e6;
      if ((yield* pause(sys, terminal, screen, leftUs)) === "end") return yield* end(0);
    }
  },
});

/** Keys do nothing; a new size of the window ends the pause. */
function* pause(sys: Sys, terminal: RawTerminal | undefined, screen: CellScreen, durationUs: number): Blocking<"end" | "again"> {
  const untilUs = sys.clockUs("monotonic") + durationUs;
  if (!terminal) {
    try {
      yield* sys.sleep(durationUs);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
    return sys.takeSignals().length > 0 ? "end" : "again";
  }
  for (;;) {
    const leftUs = untilUs - sys.clockUs("monotonic");
    if (leftUs <= 0) return "again";
    const event = yield* terminal.next(leftUs);
    if (!event) return "again";
    if (event.kind === "resize") {
      screen.resize(terminal.size.rows, terminal.size.cols);
      yield* terminal.write(`\u001b[1;${screen.rows}r\u001b[H\u001b[2J`);
      return "again";
    }
    if (event.kind === "signal" || event.kind === "end") return "end";
  }
}

function* outputOf(sys: Sys, operands: readonly string[], command: string, direct: boolean): Blocking<{ readonly output: string; readonly failed: boolean }> {
  if (!direct) {
    const { bytes, status } = yield* shellOutput(sys, `{ ${command}\n} 2>&1`);
    return { output: decode(bytes), failed: status.kind !== "exited" || status.status !== 0 };
  }
  const [read, write] = sys.pipe();
  sys.setCloexec(read, true);
  const pid = sys.fork(function* (child) {
    child.dup2(write, 1);
    child.dup2(write, 2);
    child.close(write);
    yield* execSearching(child, operands[0] ?? "", operands);
    return 127;
  });
  sys.close(write);
  let output = "";
  for (;;) {
    const bytes = yield* sys.read(read, 65536);
    if (bytes.length === 0) break;
    output += decode(bytes);
  }
  sys.close(read);
  const status = yield* waitFor(sys, pid);
  return { output, failed: status.kind !== "exited" || status.status !== 0 };
}

/** Interval and command at the left, host and time at the right; a command that does not fit ends in dots. */
function header(screen: CellScreen, interval: string, command: string, right: string): void {
  const room = screen.columns - right.length - 1;
  const left = interval + command;
  if (room < interval.length) return;
  screen.put(0, 0, left.length <= room ? left : `${left.slice(0, Math.max(interval.length, room - 4))}...`);
  screen.put(0, Math.max(0, screen.columns - right.length), right);
}

function* nothing(): Blocking<undefined> {
  return undefined;
}

interface StyledCharacter {
  readonly text: string;
  /** SGR parameters */
  readonly style: string;
}

/** The rows that fit: tabs spread, long lines folded unless they are to be cut; escape sequences for colours become styles. */
function layOut(output: string, columns: number, most: number, noWrap: boolean): StyledCharacter[][] {
  const rows: StyledCharacter[][] = [];
  let style = "";
  for (const line of output.replace(/\n$/, "").split("\n")) {
    const row: StyledCharacter[] = [];
    for (const piece of line.match(/\u001b\[[0-9;]*[A-Za-z]|[\s\S]/gu) ?? []) {
      if (piece.length > 2) {
        const given = piece.endsWith("m") ? piece.slice(2, -1) : undefined;
        if (given !== undefined) style = given.replace(/^0*$/, "") === "" ? "" : style === "" ? given : `${style};${given}`;
      } else if (piece === "\t") for (let n = 8 - (row.length % 8); n > 0; n--) row.push({ text: " ", style });
      else if (piece >= " ") row.push({ text: piece, style });
    }
    if (noWrap || row.length <= columns) rows.push(row.slice(0, columns));
    else for (let at = 0; at < row.length; at += columns) rows.push(row.slice(at, at + columns));
    if (rows.length >= most) return rows.slice(0, most);
  }
  return rows;
}
