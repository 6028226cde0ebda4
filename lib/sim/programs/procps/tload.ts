// tload: the load average as a graph that fills the terminal (tload(1)).
import { type Blocking, O, SIGNALS, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { gnu, type Io, text } from "../kit/gnu.ts";

export default gnu({
  name: "tload", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "tload from procps-ng 4.0.2\n", summary: "draw the load average as a graph", synopsis: ["[options] [tty]"], operands: "files", seeAlso: ["uptime(1)", "w(1)", "top(1)"],
  options: { delay: text(["-d", "--delay"], "secs", "seconds between two values"), scale: text(["-s", "--scale"], "num", "rows that a load of one takes") },
  *run({ options, operands, sys }, io: Io) {
    const number = (given: string | undefined, usual: number, least: number, what: string): number => {
      if (given === undefined) return usual;
      if (!/^[+-]?\d+$/.test(given)) io.die(`failed to parse argument: '${given}'`);
      return Number(given) < least ? io.die(`${what} must be positive integer`) : Number(given);
    };
    const seconds = number(options.delay, 5, 1, "delay");
    const wanted = number(options.scale, 0, 0, "scale");
    const [tty] = operands;
    let fd = 1;
    if (tty !== undefined) {
      try {
        fd = yield* sys.open(tty, O.WRONLY);
      } catch (error) {
        if (error instanceof SysError) io.die(`can not open tty: ${error.message}`);
        throw error;
      }
    }
    const size = sys.isatty(fd) ? sys.getWindowSize(fd) : { rows: 24, cols: 80 };
    const rows = size.rows > 1 ? size.rows : 24;
    const columns = size.cols > 1 ? size.cols : 80;
    for (const signal of [SIGNALS.INT, SIGNALS.TERM]) sys.sigaction(signal, "catch");
    const history: number[] = [];
    const shown = rows - 1;
    for (;;) {
      const [one = "0.00", five = "0.00", fifteen = "0.00"] = ((yield* readTextFile(sys, "/proc/loadavg")) ?? io.die("Load average file /proc/loadavg does not exist")).split(" ");
      history.push(Number(one));
      if (history.length > columns - 1) history.shift();
      // without -s the scale shrinks until the highest value fits
      const highest = Math.max(...history);
      const scale = wanted > 0 ? wanted : Math.max(1, highest * shown > 0 ? Math.min(shown, Math.floor(shown / Math.max(1, highest))) : shown);
      const lines = Array.from({ length: shown }, (_, row) => history.map((load) => mark(load, shown - row, scale)).join("").padEnd(columns));
      lines[0] = ` ${one}, ${five}, ${fifteen}`.padEnd(24) + (lines[0] ?? "").slice(24);
      yield* draw(`\u001b[H${lines.join("").slice(0, shown * columns)}`);
      yield* sys.sleep(seconds * 1_000_000);
      if (sys.takeSignals().length > 0) {
        yield* draw("\n");
        return 0;
      }
    }

    function* draw(text: string): Blocking<void> {
      yield* sys.write(fd, encode(text));
    }
  },
});

/** What stands in the given row, counted from the bottom: the bar, "=" at whole loads, "-" at its top. */
function mark(load: number, row: number, scale: number): string {
  const height = load * scale;
  if (row > Math.ceil(height)) return " ";
  if (row % scale === 0) return "=";
  return row >= height ? "-" : "*";
}
