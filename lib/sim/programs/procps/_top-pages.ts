// The pages that top shows instead of its tasks: help, fields (f) and colours (Z).
import type { Blocking } from "../../kernel/sys.ts";
import { TOP_FIELDS } from "./_top-fields.ts";
import type { TopScreen } from "./_top-screen.ts";
import { currentWindow, shownFields, type TopColours, type TopWindow } from "./_top-windows.ts";

const HELP_TITLE = "Help for Interactive Commands - procps-ng 4.0.2";
const HELP = [
  "  l,t,m,1   Summary: 'l' load; 't' tasks and CPUs; 'm' memory; '1' each CPU",
  "  2,3,4,!   Processors: '2' nodes; '3' one node; '4' two in a row; '!' joined",
  "  f,X       Fields: 'f' which, their order, what sorts; 'X' wider columns", "",
  "  P,M,T,N . Sort by: 'P' CPU; 'M' memory; 'T' time; 'N' pid",
  "  <,>,R   . Sort: '<' field to the left; '>' to the right; 'R' turn it round",
  "  c,i,S,H . Tasks: 'c' whole lines; 'i' idle; 'S' ended children; 'H' threads",
  "  V,v,F   . Forest: 'V' on and off; 'v' hide children; 'F' one task alone",
  "  x,y,b   . Mark: 'x' sort field; 'y' running tasks; 'b' reverse or bold",
  "  j,J,C   . Columns: 'j' words; 'J' numbers on the other side; 'C' coordinates",
  "  L,&     . Find: 'L' a text; '&' the next one",
  "  u,U,o,O . Filter: 'u' one user's; 'o' field and value; '=' no filter",
  "  n,#,^O  . 'n' how many tasks at most; ^O which filters there are", "",
  "  E,e,0,I   Units: 'E' summary; 'e' tasks; '0' zeros; 'I' what 100 % is",
  "  z,Z,B     Looks: 'z' colour; 'Z' which colours; 'B' nothing in bold",
  "  k,r,d,W   'k' signal; 'r' nice value; 'd' delay; 'W' keep the settings",
  "  Y,^G,^K   Y look into a task; below: groups ^G, command ^K, environment ^N",
  "  q         Quit           ( '.': what belongs to the table of tasks )",
];

const WINDOWS_HELP = [
  " . There are four windows, each with its own fields, order, filters and colours.",
  " . One of them is current: the summary is drawn for it, and keys act on it.", "",
  " . At any time:",
  "     A       one window on the whole screen, or all four below each other",
  "     g       another one becomes current: ask for its number, 1 to 4", "",
  " . While all four are shown:",
  "     a , w   the next one, the one before becomes current",
  "     - , _   tasks of the current one, of every one are hidden and shown",
  "     = , +   the current one, every one shows all tasks again, unfiltered",
  "     G       another name for the current one, three characters at most", "",
  "   The rows are shared out evenly; 'n' gives a window a number of its own.",
];

/** A key, or undefined when the size changed or a signal came. */
function* nextKey(screen: TopScreen): Blocking<string | undefined> {
  const event = yield* screen.terminal.next();
  if (event?.kind === "resize") screen.cells.resize(screen.terminal.size.rows, screen.terminal.size.cols);
  return event?.kind === "key" ? event.key : event && event.kind !== "resize" ? "q" : undefined;
}

const isEnd = (key: string | undefined): boolean => key === "q" || key === "\u001b" || key === "\u0003";

function clear(screen: TopScreen): void {
  for (let row = 0; row < screen.cells.rows; row++) screen.cells.fill(row);
}

const label = (screen: TopScreen): string => `${screen.shared.current + 1}:${screen.window.name}`;

export function* showHelp(screen: TopScreen, secure: boolean): Blocking<void> {
  const { cells } = screen;
  for (let page = 0; ; ) {
    clear(screen);
    const name = label(screen);
    const lines = page === 0 ? HELP : WINDOWS_HELP;
    const bottom = Math.min(cells.rows - 1, Math.max(23, lines.length + 4));
    let end: string;
    if (page === 0) {
      cells.put(0, 0, HELP_TITLE, "1");
      const { cumulative } = screen.window;
      const at = cells.put(1, cells.put(1, 0, "Window "), name, "7");
      const behind = cells.put(1, at, `: Cumulative mode ${cumulative ? "On" : "Off"}.  `);
      cells.put(1, cells.put(1, behind, "System", "7"), `: Delay ${screen.shared.delaySeconds.toFixed(1)} secs; Secure mode ${secure ? "On" : "Off"}.`);
      cells.put(bottom - 1, 0, "Press 'h' or '?' for help with Windows,");
      end = "Type 'q' or <Esc> to continue";
    } else {
      cells.put(0, cells.put(0, 0, 'Help for Windows / Field Groups - "Current Window" = '), ` ${name} `, "7");
      end = "'a' and 'w' try the windows out, <Enter> or <Esc> goes back";
    }
    lines.forEach((line, i) => cells.put((page === 0 ? 3 : 2) + i, 0, line));
    cells.put(bottom, 0, end);
    yield* screen.terminal.write(`${cells.update(bottom, end.length + 1)}\u001b[?25h`);
    const key = yield* nextKey(screen);
    if (page === 0 && (key === "h" || key === "?")) page = 1;
    else if (page === 1 && (key === "a" || key === "w")) cycle(screen, key);
    else if (isEnd(key) || (page === 1 && key === "\r")) return;
  }
}

/** The next window or the one before becomes current. */
export function cycle(screen: TopScreen, key: string): void {
  screen.shared.current = (screen.shared.current + (key === "a" ? 1 : 3)) % 4;
}

/** f: which fields are shown, in which order, and which one sorts. */
export function* chooseFields(screen: TopScreen): Blocking<void> {
  const { cells } = screen;
  let { window } = screen;
  let at = window.order.indexOf(window.sort);
  let moving = false;
  for (;;) {
    drawFields(screen, window, at, moving);
    yield* screen.terminal.write(`\u001b[?25l${cells.update(cells.rows - 1, cells.columns - 1)}`);
    const key = yield* nextKey(screen);
    if (key === undefined) continue;
    const by = /^\u001b[[O]A$/.test(key) || key === "k" ? -1 : /^\u001b[[O]B$/.test(key) || key === "j" ? 1 : 0;
    if (by !== 0) {
      const to = Math.max(0, Math.min(window.order.length - 1, at + by));
      if (moving) {
        const name = window.order[at] ?? "";
        const order = window.order.filter((_, i) => i !== at);
        order.splice(to, 0, name);
        window.order = order;
      }
      at = to;
    } else if (/^\u001b[[O]C$/.test(key)) moving = true;
    else if (/^\u001b[[O]D$/.test(key) || key === "\r") moving = false;
    else if (key === "d" || key === " ") {
      const shown = new Set(window.shown);
      const name = window.order[at] ?? "";
      if (!shown.delete(name)) shown.add(name);
      window.shown = shown;
    } else if (key === "s") window.sort = window.order[at] ?? window.sort;
    else if (key === "a" || key === "w") {
      cycle(screen, key);
      window = screen.window;
      at = window.order.indexOf(window.sort);
      moving = false;
    } else if (isEnd(key)) break;
  }
  window.firstField = Math.min(window.firstField, Math.max(0, shownFields(window).length - 1));
}

function drawFields(screen: TopScreen, window: TopWindow, at: number, moving: boolean): void {
  const { cells } = screen;
  clear(screen);
  let column = cells.put(0, 0, "Fields Management", "1");
  column = cells.put(0, column, " for window ");
  column = cells.put(0, column, label(screen), "7");
  column = cells.put(0, column, ", whose current sort field is ");
  cells.put(0, column, window.sort, "1");
  cells.put(1, 0, "   Navigate with Up/Dn, Right selects for move then <Enter> or Left commits,");
  cells.put(2, 0, "   'd' or <Space> toggles display, 's' sets sort.  Use 'q' or <Esc> to end!");
  const rows = Math.max(1, cells.rows - 4);
  const width = Math.min(33, Math.floor(cells.columns / Math.max(1, Math.ceil(window.order.length / rows))));
  window.order.forEach((name, i) => {
    const field = TOP_FIELDS.find((one) => one.name === name);
    const row = 4 + (i % rows);
    const left = Math.floor(i / rows) * width;
    const style = window.shown.has(name) ? "1" : "";
    cells.put(row, left, window.shown.has(name) ? "*" : " ");
    if (i === at && moving) cells.put(row, left + 1, " ", "7");
    const behind = cells.put(row, left + 2, name.padEnd(8), i === at ? (style === "" ? "7" : "1;7") : style);
    cells.put(row, behind, ` = ${field?.meaning ?? ""}`.slice(0, Math.max(0, width - 10)), i === at && moving ? "7" : style);
  });
}

const TARGETS: ReadonlyMap<string, keyof TopColours> = new Map([["S", "summary"], ["M", "messages"], ["H", "heads"], ["T", "tasks"]]);
const COLOUR_NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Z: the colours of the current window, on a small picture of it. */
export function* chooseColours(screen: TopScreen): Blocking<void> {
  const { cells, shared } = screen;
  let { window } = screen;
  let saved = { colours: window.colours, colour: window.colour };
  let target = "T";
  window.colour = true;
  for (;;) {
    clear(screen);
    const part = TARGETS.get(target) ?? "tasks";
    const now = window.colours[part];
    const name = label(screen);
    cells.put(0, cells.put(0, 0, 'Help for color mapping - "Current Window" = '), ` ${name} `, "7");
    const summary = screen.style(window, "summary");
    ["   example - 10:20:30 up 3 days,  4:05,  2 users,  load average:", "   Tasks: 120 total,   1 running, 119 sleeping,   0 stopped,", "   %Cpu(s):   3.1 us,   1.0 sy,   0.0 ni,  95.9 id"].forEach((line, i) => cells.put(2 + i, 0, line, summary));
    cells.put(5, 3, " A message or question ", screen.style(window, "messages", "7"));
    cells.put(6, 3, "  PID USER     PR  NI    VIRT    RES  %CPU  %MEM   TIME+ COMMAND", screen.style(window, "heads", "7"));
    cells.put(7, 3, "  812 root     20   0   15432   9216   0.0   0.4 0:00.03 sshd", screen.style(window, "tasks"));
    cells.put(8, 3, " 1204 student  20   0   11532   5520   0.7   0.3 0:00.61 top", screen.style(window, "tasks", window.bold ? "1" : "7"));
    const onOff = (on: boolean): string => (on ? "On" : "Off");
    cells.put(10, 3, `toggles: B =no bold anywhere (${onOff(shared.noBold)}), z =colour (${onOff(window.colour)}), b =bold tasks (${onOff(window.bold)})`);
    const after = cells.put(13, 0, "1) Choose a part by its capital letter, now it is ");
    cells.put(13, after, ` ${target} `, "7");
    cells.put(14, 0, "   S = Summary,  M = Messages,  H = Headings,  T = Tasks");
    const number = cells.put(16, 0, "2) Choose its colour by number or with the arrows, now it is ");
    cells.put(16, number, ` ${now} `, "7");
    cells.put(17, 0, `   ${COLOUR_NAMES.map((colour, i) => `${i} = ${colour}`).slice(0, 4).join(",  ")}`);
    cells.put(18, 0, `   ${COLOUR_NAMES.map((colour, i) => `${i} = ${colour}`).slice(4).join(",  ")}`);
    cells.put(20, 0, "3) Then:");
    cells.put(21, 0, `   'q' or <Esc> leaves window '${name}' as it was,`);
    const last = "   'a' or 'w' keeps it and goes to another one, <Enter> keeps it and ends";
    const bottom = Math.min(cells.rows - 1, 22);
    cells.put(bottom, 0, last);
    yield* screen.terminal.write(`${cells.update(bottom, Math.min(cells.columns - 1, last.length))}\u001b[?25h`);
    const key = yield* nextKey(screen);
    if (key === undefined) continue;
    const step = /^\u001b[[O]A$/.test(key) ? 1 : /^\u001b[[O]B$/.test(key) ? 7 : 0;
    if (TARGETS.has(key)) target = key;
    else if (/^[0-7]$/.test(key)) window.colours = { ...window.colours, [part]: Number(key) };
    else if (step > 0) window.colours = { ...window.colours, [part]: (now + step) % 8 };
    else if (key === "B") shared.noBold = !shared.noBold;
    else if (key === "b") window.bold = !window.bold;
    else if (key === "z") window.colour = !window.colour;
    else if (key === "a" || key === "w") {
      cycle(screen, key);
      window = currentWindow(shared);
      saved = { colours: window.colours, colour: window.colour };
    } else if (key === "\r") return;
    else if (isEnd(key)) {
      window.colours = saved.colours;
      window.colour = saved.colour;
      return;
    }
  }
}
