// Y: what a command prints or a file holds about a task, by lines of the settings file: kind, name and format between tabs, %d is the task.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { shellOutput } from "../kit/shell-command.ts";
import type { TopScreen } from "./_top-screen.ts";

interface Inspection {
  readonly kind: string;
  readonly name: string;
  readonly format: string;
}

/** What there is to see as long as the settings file has no lines of its own for it. */
const DEMO: readonly Inspection[] = ["Open Files", "NUMA Info", "Log"].map((name) => ({ kind: "demo", name, format: `\
This page is an example: it shows how a page about a task is read.

Arrows, page keys, Home and End move it; L asks for a text and goes to the
first line that has it, & goes to the next one. = shows where the page comes
from, <Enter> goes back to the options.

To see real pages, put lines of your own at the end of top's settings file,
~/.config/procps/toprc (W writes it, then start top again). Each has three
parts with tabs between them: its kind, its name, and what it shows.

  kind   what it shows
  ----   -------------------------------------------------
  pipe   the output of a command
  file   the lines of a file

%d stands for the number of the task. Three that are useful:

  printf 'pipe\\tOpen Files\\tlsof -P -p %%d 2>&1\\n' >> ~/.config/procps/toprc
  printf 'file\\tLimits\\t/proc/%%d/limits\\n' >> ~/.config/procps/toprc
  printf 'pipe\\tLog\\tjournalctl -n 50 _PID=%%d\\n' >> ~/.config/procps/toprc
` }));

/** "pipe", a name and a command, or "file", a name and a path. */
function inspectionsOf(lines: readonly string[]): readonly Inspection[] {
  return lines.flatMap((line) => {
    const [kind = "", name = "", format = ""] = line.split("\t");
    return (kind === "pipe" || kind === "file") && name !== "" && format !== "" ? [{ kind, name, format }] : [];
  });
}

function* contentOf(sys: Sys, { kind, format }: Inspection, pid: number): Blocking<string> {
  if (kind === "demo") return format;
  const text = format.replaceAll("%d", String(pid));
  if (kind === "pipe") return decode((yield* shellOutput(sys, text)).bytes);
  try {
    sys.close(yield* sys.open(text, O.RDONLY | O.CLOEXEC));
    return (yield* readTextFile(sys, text)) ?? "";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return `Selection failed with: ${error.message}\n`;
  }
}

const LEFT = /^\u001b[[O]D$/, RIGHT = /^\u001b[[O]C$/, UP = /^\u001b[[O]A$/, DOWN = /^\u001b[[O]B$/;

function* nextKey(screen: TopScreen): Blocking<string> {
  for (;;) {
    const event = yield* screen.terminal.next();
    if (event?.kind === "resize") {
      screen.cells.resize(screen.terminal.size.rows, screen.terminal.size.cols);
      return "";
    }
    if (event) return event.kind === "key" ? event.key : "q";
  }
}

/** The first row: where, with the number, the name and what is looked for in reverse. */
function head(screen: TopScreen, words: string, pid: number, name: string, wanted: string | undefined): void {
  const { cells } = screen;
  for (let row = 0; row < cells.rows; row++) cells.fill(row);
  let at = cells.put(0, 0, words);
  at = cells.put(0, at, String(pid), wanted === undefined ? "7" : "1");
  at = cells.put(0, at, ", running ");
  at = cells.put(0, at, name, wanted === undefined ? "7" : "1");
  if (wanted !== undefined) cells.put(0, cells.put(0, at, ".  Locating: "), wanted === "" ? " N/A " : ` ${wanted} `, "7");
}

export function* inspect(screen: TopScreen, pid: number, name: string): Blocking<void> {
  const own = inspectionsOf(screen.shared.inspections);
  const inspections = own.length > 0 ? own : DEMO;
  const { cells } = screen;
  let chosen = 0;
  for (;;) {
    head(screen, "Inspection Pause at: pid ", pid, name, undefined);
    cells.put(1, 0, "Use:  left/right then <Enter> to select an option; 'q' or <Esc> to end !");
    let at = cells.put(2, 0, "Options: ");
    inspections.forEach((one, i) => (at = cells.put(2, at, ` ${one.name} `, i === chosen ? "7" : "")));
    cells.put(3, 0, " ".repeat(cells.columns - 1), "7");
    yield* screen.terminal.write(`\u001b[?25l${cells.update(3, cells.columns - 1)}`);
    const key = yield* nextKey(screen);
    if (key === "q" || key === "\u001b" || key === "\u0003") return;
    if (LEFT.test(key)) chosen = (chosen + inspections.length - 1) % inspections.length;
    else if (RIGHT.test(key)) chosen = (chosen + 1) % inspections.length;
    else if (key === "\r") {
      const inspection = inspections[chosen];
      if (inspection && !(yield* view(screen, inspection, pid, name))) return;
    }
  }
}

/** True when another one is to be chosen. */
function* view(screen: TopScreen, inspection: Inspection, pid: number, name: string): Blocking<boolean> {
  const { cells } = screen;
  const text = yield* contentOf(screen.sys, inspection, pid);
  const lines = text.replace(/\n$/, "").split("\n");
  let first = 0, left = 0, wanted = "";
  const find = (from: number): boolean => {
    const found = lines.findIndex((line, at) => at >= from && line.includes(wanted));
    if (found < 0) return false;
    first = found;
    return true;
  };
  for (;;) {
    head(screen, "Inspection View at pid: ", pid, name, wanted);
    cells.put(1, 0, "Use:  left/right/up/down/etc to navigate the output; 'L'/'&' to locate/next.");
    cells.put(2, 0, "Or:   <Enter> to select another; 'q' or <Esc> to end !");
    cells.put(3, 0, `${inspection.name}: ${first + 1}-${lines.length} lines,  ${left + 1}-${left + cells.columns} columns, ${encode(text).length} bytes read`.padEnd(cells.columns - 1), "7");
    lines.slice(first, first + cells.rows - 4).forEach((line, i) => {
      const shown = line.slice(left, left + cells.columns);
      cells.put(4 + i, 0, shown);
      if (wanted !== "") for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + wanted.length)) cells.put(4 + i, at, wanted, "7");
    });
    yield* screen.terminal.write(`\u001b[?25l${cells.update(Math.min(cells.rows - 1, 4 + lines.length), 0)}`);
    const key = yield* nextKey(screen);
    const page = Math.max(1, cells.rows - 4);
    if (key === "q" || key === "\u001b" || key === "\u0003") return false;
    if (key === "\r") return true;
    if (UP.test(key)) first = Math.max(0, first - 1);
    else if (DOWN.test(key)) first = Math.min(lines.length - 1, first + 1);
    else if (key === "\u001b[5~") first = Math.max(0, first - page);
    else if (key === "\u001b[6~") first = Math.min(lines.length - 1, first + page);
    else if (LEFT.test(key)) left = Math.max(0, left - 8);
    else if (RIGHT.test(key)) left += 8;
    else if (/^\u001b[[O]H$/.test(key)) first = left = 0;
    else if (/^\u001b[[O]F$/.test(key)) first = Math.max(0, lines.length - page);
    else if (key === "L" || (key === "&" && wanted !== "")) {
      const typed = key === "L" ? yield* screen.ask("Locate string", 3) : wanted;
      if (key === "L") wanted = typed ?? "";
      if (wanted !== "" && !find(key === "L" ? first : first + 1)) yield* screen.say(`${key === "&" ? "another " : ""}"${wanted}" not found`);
    } else if (key === "=") {
      cells.put(3, 0, (inspection.kind === "demo" ? "demo: behind '=' stands the file or the command that a page shows" : `${inspection.kind}: ${inspection.format.replaceAll("%d", String(pid))}`).slice(0, cells.columns - 1).padEnd(cells.columns - 1), "7");
      yield* screen.terminal.write(cells.update(3, cells.columns - 1));
      yield* nextKey(screen);
    }
  }
}
