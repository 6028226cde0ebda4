import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { shellOutput } from "../kit/shell-command.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { decode } from "../../kernel/sys.ts";

export default gnu({
  name: "watch", project: "procps-ng", version: "4.0.2", summary: "execute a program periodically, showing output fullscreen", synopsis: ["[options] command"],
  options: {
    beep: flag(["-b", "--beep"], "beep if command has a non-zero exit"), color: flag(["-c", "--color"], "interpret ANSI color and style sequences"), differences: flag(["-d", "--differences"], "highlight changes between updates"), errexit: flag(["-e", "--errexit"], "exit if command has a non-zero exit"),
    chgexit: flag(["-g", "--chgexit"], "exit when output from command changes"), interval: text(["-n", "--interval"], "secs", "seconds to wait between updates"), precise: flag(["-p", "--precise"], "attempt run command in precise intervals"), noTitle: flag(["-t", "--no-title"], "turn off header"), noWrap: flag(["-w", "--no-wrap"], "turn off line wrapping"), exec: flag(["-x", "--exec"], "pass command to exec instead of \"sh -c\""),
  },
  parsing: { stopAtOperand: true }, operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage();
    const seconds = Math.max(0.1, Number((options.interval ?? sys.environment.get("WATCH_INTERVAL") ?? "2").replace(",", ".")));
    if (Number.isNaN(seconds)) io.die(`failed to parse argument: '${options.interval}': Invalid argument`);
    const command = operands.join(" ");
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
    const zone = yield* readZone(sys);
    let before: string | undefined;
    io.out.put("\u001b[?1049h");
    const end = function* (): Blocking<void> {
      io.out.put("\u001b[?1049l\r");
      yield* io.out.flush();
    };
    for (;;) {
      const { bytes, status } = yield* shellOutput(sys, command);
      const output = decode(bytes);
      const size = windowSize(sys);
      const title = `Every ${seconds.toFixed(1)}s: ${command}`;
      const right = `${sys.uname().nodename}: ${strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, Math.floor(sys.clockUs("realtime") / 1e6)))}`;
      const lines = output.replace(/\n$/, "").split("\n").slice(0, size.rows - (options.noTitle ? 0 : 2)).map((line) => line.slice(0, size.cols));
      io.out.put(`\u001b[H\u001b[J${options.noTitle ? "" : `${title.slice(0, Math.max(0, size.cols - right.length - 1)).padEnd(Math.max(0, size.cols - right.length))}${right}\r\n\r\n`}${lines.join("\r\n")}`);
      yield* io.out.flush();
      const failed = status.kind !== "exited" || status.status !== 0;
      if ((options.errexit && failed) || (options.chgexit && before !== undefined && before !== output)) {
        yield* end();
        return options.errexit && failed ? 8 : 0;
      }
      before = output;
      try {
        yield* sys.sleep(seconds * 1e6);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
      if (sys.takeSignals().length > 0) {
        yield* end();
        return 0;
      }
    }
  },
});

function windowSize(sys: Sys): { readonly rows: number; readonly cols: number } {
  try {
    const { rows, cols } = sys.getWindowSize(1);
    return { rows: rows || 24, cols: cols || 80 };
  } catch (error) {
    if (error instanceof SysError) return { rows: 24, cols: 80 };
    throw error;
  }
}
