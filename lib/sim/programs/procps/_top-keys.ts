// What the keys of top do (top(1), 4. INTERACTIVE Commands).
import { type Blocking, SIGNALS, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { readProcess } from "../kit/processes.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { inspect } from "./_top-inspect.ts";
import { fieldNamed, usersNamed } from "./_top-options.ts";
import { chooseColours, chooseFields, cycle, showHelp } from "./_top-pages.ts";
import type { TopScreen } from "./_top-screen.ts";
import { settingsPath, writeSettings } from "./_top-settings.ts";
import { resetWindow, shownFields, type SummaryMode, type TopWindow } from "./_top-windows.ts";

type Next = "quit" | "again" | "wait";

const TIME_SCALES = 7;

function nextMode(mode: SummaryMode): SummaryMode {
  return mode === 0 ? 1 : mode === 1 ? 2 : mode === 2 ? 3 : 0;
}

function sortBy(window: TopWindow, field: string): void {
  window.sort = field;
  window.ascending = false;
  window.forest = false;
}

function sortBeside(window: TopWindow, by: number): void {
  const fields = shownFields(window);
  const at = fields.indexOf(window.sort) + by;
  window.sort = fields[Math.max(0, Math.min(at, fields.length - 1))] ?? window.sort;
  window.forest = false;
}

/** The views of the processors: each, nodes, one node's. */
function showCpus(window: TopWindow, key: string, processors: number): void {
  if (window.states === 3) window.states = 0;
  if (key === "1") {
    window.eachCpu = window.nodes || window.node !== undefined ? true : !window.eachCpu;
    window.nodes = false;
    window.node = undefined;
  } else if (key === "2") {
    window.nodes = !window.nodes;
    window.node = undefined;
    window.eachCpu = false;
  } else if (key === "4") {
    window.abreast = !window.abreast;
    window.eachCpu = true;
  } else {
    window.combine = 2 ** (window.combine + 1) > processors ? 0 : window.combine + 1;
    window.eachCpu = true;
  }
}

/** Keys that only switch something; false for the others. */
function switches({ window, shared, processors }: TopScreen, key: string): boolean {
  switch (key) {
    case "M": sortBy(window, "%MEM"); return true;
    case "P": sortBy(window, "%CPU"); return true;
    case "T": sortBy(window, "TIME+"); return true;
    case "N": sortBy(window, "PID"); return true;
    case "<": sortBeside(window, -1); return true;
    case ">": sortBeside(window, 1); return true;
    case "R":
      window.ascending = !window.ascending;
      window.forest = false;
      return true;
    case "c": window.fullCommand = !window.fullCommand; return true;
    case "i": window.idle = !window.idle; return true;
    case "V": window.forest = !window.forest; return true;
    case "l": window.load = !window.load; return true;
    case "t": window.states = nextMode(window.states); return true;
    case "m": window.memory = nextMode(window.memory); return true;
    case "1": case "2": case "4": case "!": showCpus(window, key, processors); return true;
    case "5": return true;
    case "x": window.showSort = !window.showSort; return true;
    case "y": window.showRunning = !window.showRunning; return true;
    case "b": window.bold = !window.bold; return true;
    case "B": shared.noBold = !shared.noBold; return true;
    case "z": window.colour = !window.colour; return true;
    case "E": shared.summaryScale = (shared.summaryScale + 1) % 6; return true;
    case "e": shared.taskScale = (shared.taskScale + 1) % 5; return true;
    case "\u0005": shared.timeScale = (shared.timeScale + 1) % TIME_SCALES; return true;
    case "S": window.cumulative = !window.cumulative; return true;
    case "H": shared.threads = !shared.threads; return true;
    case "j": window.wordsRight = !window.wordsRight; return true;
    case "J": window.numbersLeft = !window.numbersLeft; return true;
    case "0": shared.zeros = !shared.zeros; return true;
    case "C": window.coordinates = !window.coordinates; return true;
    case "A": shared.several = !shared.several; return true;
    case "=": resetWindow(shared, window); return true;
    default: return false;
  }
}

/** Keys of several windows. */
function* actOnWindows(screen: TopScreen, key: string): Blocking<void> {
  const { shared, window } = screen;
  if (!shared.several) {
    yield* screen.say("Command disabled, 'A' mode required");
    return;
  }
  if (key === "a" || key === "w") cycle(screen, key);
  else if (key === "-") window.tasks = !window.tasks;
  else if (key === "_") for (const one of shared.windows) one.tasks = !one.tasks;
  else if (key === "+") for (const one of shared.windows) resetWindow(shared, one);
  else {
    const name = yield* screen.ask(`Rename window '${window.name}' to (1-3 chars)`);
    if (name !== undefined && name !== "") window.name = name.slice(0, 3);
  }
}

const SECURE_KEYS = "dskr\u0012";
const WINDOW_KEYS = "aw-_+G";
const BOTTOM_KEYS: ReadonlyMap<string, string> = new Map([["\u0007", "control groups"], ["\u000b", "command line"], ["\u000e", "environment"], ["\u0010", "namespaces"], ["\u0015", "supplementary groups"]]);

export function* act(screen: TopScreen, key: string, secure: boolean): Blocking<Next> {
  const { window, shared } = screen;
  if (secure && SECURE_KEYS.includes(key)) {
    yield* screen.say("Unavailable in secure mode");
    return "again";
  }
  if (key.length === 1 && WINDOW_KEYS.includes(key)) {
    yield* actOnWindows(screen, key);
    return "again";
  }
  if (BOTTOM_KEYS.has(key)) {
    yield* showBelow(screen, key);
    return "again";
  }
  if (key === "!" && !window.eachCpu) {
    yield* screen.say("wrong mode, command inactive");
    return "again";
  }
  if (switches(screen, key)) return "again";
  switch (key) {
    case "q": case "\u0003": return "quit";
    case " ": case "\r": case "\n": return "again";
    case "g": {
      const typed = yield* screen.ask("Choose field group (1 - 4)");
      if (/^[1-4]$/.test(typed ?? "")) shared.current = Number(typed) - 1;
      return "again";
    }
    case "3": {
      const typed = yield* screen.ask("expand which numa node (0-0)");
      if (typed === "0") {
        window.node = 0;
        window.nodes = false;
        if (window.states === 3) window.states = 0;
      } else if (typed !== undefined && typed !== "") yield* screen.say("invalid numa node");
      return "again";
    }
    case "X": {
      const wider = yield* screen.askInteger(`width incr is ${shared.wider}, change to (0 default, -1 auto)`, shared.wider);
      if (wider !== undefined) shared.wider = Math.max(-1, Math.min(wider, 512));
      return "again";
    }
    case "I":
      shared.irix = !shared.irix;
      yield* screen.say(`Irix mode ${shared.irix ? "On" : "Off"}`);
      return "again";
    case "v": case "F": {
      const pid = screen.tasks[window.first]?.pid;
      if (!window.forest || pid === undefined) return "again";
      if (key === "F") {
        window.focus = window.focus === undefined ? pid : undefined;
        window.first = window.focus === undefined ? window.first : 0;
      } else if (!window.folded.delete(pid)) window.folded.add(pid);
      return "again";
    }
    case "L": {
      window.wanted = (yield* screen.ask("Locate string")) ?? "";
      if (window.wanted !== "") yield* find(screen, window.first, "");
      return "wait";
    }
    case "&":
      if (window.wanted !== "") yield* find(screen, window.first + 1, "another ");
      return "wait";
    case "\u000f":
      yield* screen.ask(`<Enter> to resume, filters: ${window.filters.length === 0 ? "none" : window.filters.map(({ typed }) => `'${typed}'`).join(" + ")}`);
      return "again";
    case "h": case "?": yield* showHelp(screen, secure); return "again";
    case "f": yield* chooseFields(screen); return "again";
    case "Z": yield* chooseColours(screen); return "again";
    case "k": yield* signal(screen); return "again";
    case "r": yield* renice(screen); return "again";
    case "\u0012": yield* reniceGroup(screen); return "again";
    case "Y": yield* look(screen); return "again";
    case "d": case "s": yield* setDelay(screen); return "again";
    case "n": case "#": {
      const most = yield* screen.askInteger(`Maximum tasks = ${window.most}, change to (0 is unlimited)`, window.most);
      if (most !== undefined && most >= 0) window.most = most;
      return "again";
    }
    case "u": case "U": yield* chooseUsers(screen, key === "U"); return "again";
    case "o": case "O": yield* filter(screen, key === "O"); return "again";
    case "W": yield* save(screen); return "again";
    case "\u001a":
      yield* screen.leave();
      screen.sys.kill(0, SIGNALS.STOP);
      if (screen.sys.charge(1)) yield* screen.sys.preempt();
      yield* screen.enter();
      return "again";
    case "\u001b": yield* screen.draw(); return "wait";
    default: return yield* scroll(screen, key);
  }
}

function* scroll(screen: TopScreen, key: string): Blocking<Next> {
  const { window } = screen;
  const page = Math.max(1, screen.cells.rows - screen.messageRow - 2);
  const last = shownFields(window).length - 1;
  switch (key.replace("\u001bO", "\u001b[")) {
    case "\u001b[C": window.firstField = Math.min(last, window.firstField + 1); return "again";
    case "\u001b[D": window.firstField = Math.max(0, window.firstField - 1); return "again";
    case "\u001b[B": window.first++; break;
    case "\u001b[A": window.first--; break;
    case "\u001b[6~": window.first += page; break;
    case "\u001b[5~": window.first -= page; break;
    case "\u001b[H": window.first = window.firstField = 0; return "again";
    case "\u001b[F": window.first = screen.tasks.length - 1; break;
    default:
      if (key.length === 1) yield* screen.say("Unknown command - try 'h' for help");
      return "again";
  }
  yield* screen.draw();
  return "wait";
}

/** The first row from there on that holds what is looked for comes to the top. */
function* find(screen: TopScreen, from: number, more: string): Blocking<void> {
  const { window } = screen;
  const at = screen.tasks.findIndex((row, index) => index >= from && row.text.includes(window.wanted));
  if (at >= 0) window.first = at;
  else yield* screen.say(`${more}"${window.wanted}" not found`);
  yield* screen.draw();
}

const topPid = (screen: TopScreen): number => screen.tasks[screen.window.first]?.pid ?? 1;

function* signal(screen: TopScreen): Blocking<void> {
  const pid = yield* screen.askInteger(`PID to signal/kill [default pid = ${topPid(screen)}]`, topPid(screen));
  if (pid === undefined) return;
  const typed = yield* screen.ask(`Send pid ${pid} signal [15/sigterm]`);
  if (typed === undefined) return;
  const number = typed === "" ? SIGNALS.TERM : parseSignal(typed);
  if (number === undefined) {
    yield* screen.say("Invalid signal");
    return;
  }
  try {
    if (number > 0) screen.sys.kill(pid, number);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* screen.say(`Failed signal pid '${pid}' with '${number}': ${error.message}`);
  }
}

function* renice(screen: TopScreen): Blocking<void> {
  const pid = yield* screen.askInteger(`PID to renice [default pid = ${topPid(screen)}]`, topPid(screen));
  if (pid === undefined) return;
  const value = yield* screen.askInteger(`Renice PID ${pid} to value`, Number.NaN);
  if (value === undefined || Number.isNaN(value)) return;
  try {
    screen.sys.setpriority(value, pid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* screen.say(`Failed renice of PID ${pid} to ${value}: ${error.message}`);
  }
}

/** ^R: there are no groups of tasks by session here, as without the kernel's autogroup file. */
function* reniceGroup(screen: TopScreen): Blocking<void> {
  const pid = yield* screen.askInteger(`PID to renice [default pid = ${topPid(screen)}]`, topPid(screen));
  if (pid === undefined) return;
  const value = yield* screen.askInteger(`set pid ${pid} AGNI value to`, Number.NaN);
  if (value === undefined || Number.isNaN(value)) return;
  yield* screen.say(`Failed open of autogroup for pid ${pid}: No such file or directory`);
}

function* setDelay(screen: TopScreen): Blocking<void> {
  const { shared } = screen;
  const typed = yield* screen.ask(`Change delay from ${shared.delaySeconds.toFixed(1)} to`);
  if (typed === undefined || typed === "") return;
  const seconds = Number(typed.replace(",", "."));
  if (Number.isNaN(seconds) || seconds < 0) yield* screen.say("Unacceptable floating point");
  else shared.delaySeconds = Math.max(0.01, seconds);
}

function* chooseUsers(screen: TopScreen, any: boolean): Blocking<void> {
  const typed = yield* screen.ask("Which user (blank for all)");
  if (typed === undefined) return;
  const users = typed === "" ? undefined : usersNamed(yield* Accounts.read(screen.sys), typed, any);
  if (typed !== "" && !users) yield* screen.say("Invalid user");
  else screen.window.users = users;
}

function* filter(screen: TopScreen, exact: boolean): Blocking<void> {
  const { window } = screen;
  const typed = yield* screen.ask(`add filter #${window.filters.length + 1} (${exact ? "case sensitive" : "ignoring case"}) as: [!]FLD?VAL`);
  if (typed === undefined || typed === "") return;
  const [, not = "", name = "", operator, value = ""] = /^(!?)([^=<>]*)([=<>])(.*)$/.exec(typed) ?? [];
  const kind = typed.startsWith("!") ? "exclude" : "include";
  const field = fieldNamed(name);
  if (operator === undefined) yield* screen.say(`'${kind}' filter delimiter is missing`);
  else if (!field || (exact && field !== name)) yield* screen.say(`unrecognized field name '${name}'`);
  else if (value === "") yield* screen.say(`'${kind}' filter value is missing`);
  else window.filters = [...window.filters, { field, operator: operator === "<" ? "<" : operator === ">" ? ">" : "=", value, not: not !== "", exact, typed }];
}

function* save(screen: TopScreen): Blocking<void> {
  try {
    yield* screen.say(`Wrote configuration to '${yield* writeSettings(screen.sys, screen.shared)}'`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* screen.say(`Failed '${settingsPath(screen.sys)}' open: ${error.message}`);
  }
}

/** Y: what the settings file has ready for a look into a task. */
function* look(screen: TopScreen): Blocking<void> {
  if (!screen.shared.saved) {
    yield* screen.ask("to enable 'Y' press <Enter> then type 'W' and restart top");
    return;
  }
  const pid = yield* screen.askInteger(`inspect at PID [default pid = ${topPid(screen)}]`, topPid(screen));
  if (pid === undefined) return;
  const process = yield* readProcess(screen.sys, pid);
  if (process) yield* inspect(screen, pid, process.comm);
  else yield* screen.say(`unable to inspect, pid ${pid} not found`);
}

/** ^G, ^K, ^N, ^P, ^U: about the first task at the bottom; the same key again takes it away. */
function* showBelow(screen: TopScreen, key: string): Blocking<void> {
  const pid = topPid(screen);
  const process = yield* readProcess(screen.sys, pid);
  const what = BOTTOM_KEYS.get(key) ?? "";
  if (screen.bottom?.title.startsWith(what) || !process) {
    screen.bottom = undefined;
    return;
  }
  screen.bottom = { title: `${what} for pid ${pid}, ${process.comm}`, text: (yield* belowText(screen, key, pid, process.arguments, process.status.get("Groups") ?? "")) || "n/a" };
}

const NAMESPACES = ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"];

function* belowText(screen: TopScreen, key: string, pid: number, words: readonly string[], groups: string): Blocking<string> {
  const { sys } = screen;
  switch (key) {
    case "\u000b": return words.join(" ");
    case "\u0007": return ((yield* readTextFile(sys, `/proc/${pid}/cgroup`)) ?? "").trim().replaceAll("\n", ",");
    case "\u000e": return ((yield* readTextFile(sys, `/proc/${pid}/environ`)) ?? "").replaceAll("\0", " ").trim();
    case "\u0010": return NAMESPACES.map((name) => `${name}: ${inode(screen, `/proc/${pid}/ns/${name}`)}`).join(", ");
    default: {
      const accounts = yield* Accounts.read(sys);
      return groups.split(/\s+/).filter((one) => one !== "").map((gid) => accounts.groupName(Number(gid))).join(",");
    }
  }
}

function inode(screen: TopScreen, path: string): string {
  try {
    return /\[(\d+)\]/.exec(screen.sys.readlink(path))?.[1] ?? "0";
  } catch (error) {
    if (error instanceof SysError) return "0";
    throw error;
  }
}
