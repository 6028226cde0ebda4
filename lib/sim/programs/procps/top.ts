// top: the processes that use most, again and again; its keys sort, filter, signal and renice.
import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { translated } from "../kit/messages/translate.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { headingOf } from "./_top-fields.ts";
import { act } from "./_top-keys.ts";
import { type Before, countedAt, lookAround } from "./_top-look.ts";
import { readOptions, TopComplaint, type TopRun } from "./_top-options.ts";
import { TopScreen } from "./_top-screen.ts";
import { readSettings } from "./_top-settings.ts";
import { summaryOf } from "./_top-summary.ts";
import { laidFields, tasksOf } from "./_top-table.ts";
import { currentWindow, type TopShared } from "./_top-windows.ts";

/** As wide as a line may be when nothing tells (top(1), -w). */
const WIDEST = 512;

export default program(
  {
    name: "top", showsHelp: true, summary: "watch the processes, the busiest ones first", synopsis: ["-hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]"],
    options: [
      flag(["-b", "--batch-mode"], "batch mode"), flag(["-c", "--cmdline-toggle"], "command lines"), flag(["-i", "--idle-toggle"], "no idle tasks"), flag(["-1", "--single-cpu-toggle"], "each CPU by itself"), text(["-d", "--delay"], "SECONDS", "delay"), text(["-n", "--iterations"], "NUMBER", "iterations"),
      text(["-p", "--pid"], "PIDS", "only these"), text(["-u", "--filter-only-euser"], "USER", "only this user's"), text(["-U", "--filter-any-user"], "USER", "those of which one user is this one"), text(["-o", "--sort-override"], "FIELD", "sort by"), text(["-w", "--width"], "COLUMNS", "width"), flag(["-h", "--help"], "display help"),
      flag(["-H", "--threads-show"], "threads one by one"), flag(["-S", "--accum-time-toggle"], "times with those of ended children"), flag(["-s", "--secure-mode"], "no signals, nice values and delays from the keyboard"), text(["-E", "-e", "--scale-summary-mem", "--scale-task-mem"], "SCALE", "unit of memory above or in the list: k, m, g, t, p"), flag(["-O", "--list-fields"], "list the fields that there are"), flag(["-v", "-V", "--version"], "display version"),
    ],
  },
  function* (sys, argv, io: Io) {
    const shared = yield* readSettings(sys);
    if (typeof shared === "string") {
      yield* io.stderr(`top: incompatible rcfile, you should delete '${shared}'\n`);
      return 1;
    }
    let run: TopRun;
    try {
      run = yield* readOptions(sys, argv.slice(1), shared);
    } catch (error) {
      if (!(error instanceof TopComplaint)) throw error;
      yield* io.stderr(`top: ${error.message}\n`);
      return 1;
    }
    if (run.text !== undefined) {
      io.say(run.text);
      return 0;
    }
    if (run.batch) return yield* batch(sys, io, shared, run);
    if (!sys.isatty(0) || !sys.isatty(1)) {
      yield* io.stderr("top: failed tty get\n");
      return 1;
    }
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH, SIGNALS.CONT]) sys.sigaction(signal, "catch");
    const terminal = yield* RawTerminal.open(sys, 1, 300_000);
    return yield* interact(sys, new TopScreen(sys, terminal, shared), run);
  },
);

const NOTHING: Before = { ticks: new Map(), cpus: new Map() };

function* batch(sys: Sys, io: Io, shared: TopShared, run: TopRun): Blocking<number> {
  const columns = run.width ?? WIDEST;
  const window = currentWindow(shared);
  let before = NOTHING;
  for (let round = 0; round < run.rounds; round++) {
    if (round > 0) yield* sys.sleep(shared.delaySeconds * 1e6);
    const look = yield* lookAround(sys, shared.threads, before, shared.delaySeconds);
    before = countedAt(look);
    const summary = yield* summaryOf(sys, look, shared, window, columns, "top", true);
    const tasks = yield* tasksOf(sys, look, shared, window, columns);
    const shown = window.most > 0 ? tasks.slice(0, window.most) : tasks;
    const lines = [...summary, "", headingOf(laidFields(shared, window, columns), (name) => translated(sys, "top", name), window), ...shown.map((row) => row.text)];
    io.out.put(`${round > 0 ? "\n" : ""}${lines.map((line) => line.slice(0, columns)).join("\n")}\n`);
    yield* io.out.flush();
  }
  return 0;
}

function* interact(sys: Sys, screen: TopScreen, run: TopRun): Blocking<number> {
  yield* screen.enter();
  let before = NOTHING;
  let elapsedSeconds = screen.shared.delaySeconds;
  for (let round = 0; round < run.rounds; round++) {
    const look = yield* lookAround(sys, screen.shared.threads, before, elapsedSeconds);
    before = countedAt(look);
    yield* screen.see(look);
    yield* screen.draw();
    if (round + 1 >= run.rounds) break;
    const fromUs = sys.clockUs("monotonic");
    const untilUs = fromUs + screen.shared.delaySeconds * 1e6;
    let next: "quit" | "again" | "wait" = "wait";
    while (next === "wait") {
      const leftUs = untilUs - sys.clockUs("monotonic");
      const event = leftUs <= 0 ? undefined : yield* screen.terminal.next(leftUs);
      if (!event) break;
      if (event.kind === "end") next = "quit";
      else if (event.kind === "signal") next = event.signal === SIGNALS.CONT ? "again" : "quit";
      else if (event.kind === "resize") {
        screen.cells.resize(screen.terminal.size.rows, screen.terminal.size.cols);
        next = "again";
      } else {
        // of what came in one piece only the first key counts
        screen.terminal.forgetTyped();
        next = yield* act(screen, event.key, run.secure);
      }
    }
    if (next === "quit") break;
    elapsedSeconds = Math.max(0.01, (sys.clockUs("monotonic") - fromUs) / 1e6);
  }
  yield* screen.leave();
  return 0;
}
