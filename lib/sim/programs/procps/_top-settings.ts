// top's settings file (top(1), 6. FILES): read at the start, written with W. Its numbers are those that procps 4.0.2 writes.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { FIELD_NUMBERS, type SummaryMode, startShared, type TopShared, type TopWindow } from "./_top-windows.ts";

const FIRST_NUMBER = 37;
/** Places for fields in the file; procps keeps more than it has fields. */
const PLACES = 100;
const TITLE = "top's Config File (Linux processes with windows)";

const FLAGS = {
  forest: 0x2, descending: 0x4, tasks: 0x10, idle: 0x20, cumulative: 0x40, fullCommand: 0x80, showRunning: 0x100, showSort: 0x200, bold: 0x400, colour: 0x800, memory: 0x1000, states: 0x2000, load: 0x4000, cpuSum: 0x8000, numbersRight: 0x20000, wordsRight: 0x40000,
  coordinates: 0x80000, nodes: 0x400000,
} as const;

function flagsOf(window: TopWindow): number {
  const set: readonly (readonly [boolean, number])[] = [
    [window.forest, FLAGS.forest], [!window.ascending, FLAGS.descending], [window.tasks, FLAGS.tasks], [window.idle, FLAGS.idle], [window.cumulative, FLAGS.cumulative], [window.fullCommand, FLAGS.fullCommand], [window.showRunning, FLAGS.showRunning],
    [window.showSort, FLAGS.showSort], [window.bold, FLAGS.bold], [window.colour, FLAGS.colour], [window.memory < 3, FLAGS.memory], [window.states < 3, FLAGS.states], [window.load, FLAGS.load], [!window.eachCpu, FLAGS.cpuSum], [!window.numbersLeft, FLAGS.numbersRight],
    [window.wordsRight, FLAGS.wordsRight], [window.coordinates, FLAGS.coordinates], [window.nodes, FLAGS.nodes],
  ];
  return set.reduce((sum, [on, flag]) => (on ? sum + flag : sum), 0);
}

function windowText(window: TopWindow): string {
  const numbers = [...window.order.map((name) => (FIRST_NUMBER + FIELD_NUMBERS.indexOf(name)) * 2 + (window.shown.has(name) ? 1 : 0))];
  for (let place = numbers.length; place < PLACES; place++) numbers.push((FIRST_NUMBER + place) * 2);
  const rows: string[] = [];
  for (let at = 0; at < numbers.length; at += 20) rows.push(numbers.slice(at, at + 20).map((number) => `${String(number).padStart(4)} `).join(""));
  const graph = (mode: SummaryMode): number => (mode === 3 ? 0 : mode);
  const { colours } = window;
  return `${window.name}\tfieldscur=${rows.join("\n\t\t  ")}\n\twinflags=${flagsOf(window)}, sortindx=${FIELD_NUMBERS.indexOf(window.sort)}, maxtasks=${window.most}, graph_cpus=${graph(window.states)}, graph_mems=${graph(window.memory)}, double_up=${window.abreast ? 1 : 0}, combine_cpus=${window.combine}, core_types=0\n\tsummclr=${colours.summary}, msgsclr=${colours.messages}, headclr=${colours.heads}, taskclr=${colours.tasks}\n`;
}

function settingsText(shared: TopShared): string {
  const whole = Math.floor(shared.delaySeconds);
  const first = `Id:k, Mode_altscr=${shared.several ? 1 : 0}, Mode_irixps=${shared.irix ? 1 : 0}, Delay_time=${whole}.${Math.floor((shared.delaySeconds - whole) * 1000)}, Curwin=${shared.current}`;
  const last = `Fixed_widest=${shared.wider}, Summ_mscale=${shared.summaryScale}, Task_mscale=${shared.taskScale}, Zero_suppress=${shared.zeros ? 0 : 1}, Tics_scaled=${shared.timeScale}`;
  return `${[TITLE, first, ...shared.windows.map((window) => windowText(window).trimEnd()), last, ...shared.inspections].join("\n")}\n`;
}

function numberOf(text: string, name: string, most: number): number | undefined {
  for (const [, found, digits] of text.matchAll(/\b(\w+)=(-?\d+)/g)) if (found === name) return Number(digits) > most ? undefined : Number(digits);
  return undefined;
}

/** One window of the file; undefined when it is not one. */
function readWindow(text: string, into: TopWindow): TopWindow | undefined {
  const [, name = "", fields = ""] = /^(\S{1,3})\tfieldscur=([\d\s]+)/.exec(text) ?? [];
  const flags = numberOf(text, "winflags", 0xffffff), sort = FIELD_NUMBERS[numberOf(text, "sortindx", FIELD_NUMBERS.length - 1) ?? -1];
  const numbers = fields.trim().split(/\s+/).map(Number);
  if (name === "" || flags === undefined || sort === undefined || numbers.some((number) => !(number >= FIRST_NUMBER * 2))) return undefined;
  const order: string[] = [];
  const shown = new Set<string>();
  for (const number of numbers) {
    const field = FIELD_NUMBERS[Math.floor(number / 2) - FIRST_NUMBER];
    if (field === undefined || order.includes(field)) continue;
    order.push(field);
    if (number % 2 === 1) shown.add(field);
  }
  const on = (flag: number): boolean => (flags & flag) !== 0;
  const graph = (name: string, flag: number): SummaryMode => {
    const mode = numberOf(text, name, 2);
    return !on(flag) ? 3 : mode === 1 ? 1 : mode === 2 ? 2 : 0;
  };
  const colour = (name: string): number => numberOf(text, name, 255) ?? 1;
  return {
    ...into, name, sort, order: [...order, ...FIELD_NUMBERS.filter((field) => !order.includes(field))], shown, forest: on(FLAGS.forest), ascending: !on(FLAGS.descending), tasks: on(FLAGS.tasks), idle: on(FLAGS.idle), cumulative: on(FLAGS.cumulative), fullCommand: on(FLAGS.fullCommand),
    showRunning: on(FLAGS.showRunning), showSort: on(FLAGS.showSort), bold: on(FLAGS.bold), colour: on(FLAGS.colour), memory: graph("graph_mems", FLAGS.memory), states: graph("graph_cpus", FLAGS.states), load: on(FLAGS.load), eachCpu: !on(FLAGS.cpuSum), numbersLeft: !on(FLAGS.numbersRight),
    wordsRight: on(FLAGS.wordsRight), coordinates: on(FLAGS.coordinates), nodes: on(FLAGS.nodes), most: numberOf(text, "maxtasks", 1e9) ?? 0, abreast: (numberOf(text, "double_up", 9) ?? 0) > 0, combine: numberOf(text, "combine_cpus", 9) ?? 0,
    colours: { summary: colour("summclr"), messages: colour("msgsclr"), heads: colour("headclr"), tasks: colour("taskclr") },
  };
}

/** What the file's text says; undefined when it is not such a file. */
export function parseSettings(text: string): TopShared | undefined {
  const shared = startShared();
  const lines = text.split("\n");
  const [title = "", first = ""] = lines;
  const starts = lines.flatMap((line, at) => (/^\S{1,3}\tfieldscur=/.test(line) ? [at] : []));
  const last = lines.findIndex((line) => line.startsWith("Fixed_widest="));
  if (!title.startsWith("top's Config File") || !first.startsWith("Id:k, ") || starts.length !== 4 || last < 0) return undefined;
  const found = shared.windows.map((window, i) => readWindow(lines.slice(starts[i] ?? 0, starts[i + 1] ?? last).join("\n"), window));
  const [a, b, c, d] = found;
  if (!a || !b || !c || !d) return undefined;
  const end = lines[last] ?? "";
  const [, whole = "3", thousandths = "0"] = /Delay_time=(\d+)\.(\d+)/.exec(first) ?? [];
  return {
    ...shared, saved: true, windows: [a, b, c, d], several: numberOf(first, "Mode_altscr", 1) === 1, irix: numberOf(first, "Mode_irixps", 1) !== 0, delaySeconds: Number(whole) + Number(thousandths) / 1000, current: numberOf(first, "Curwin", 3) ?? 0,
    wider: numberOf(end, "Fixed_widest", 999) ?? 0, summaryScale: numberOf(end, "Summ_mscale", 5) ?? 1, taskScale: numberOf(end, "Task_mscale", 4) ?? 0, zeros: numberOf(end, "Zero_suppress", 1) !== 1, timeScale: numberOf(end, "Tics_scaled", 6) ?? 0,
    inspections: lines.slice(last + 1).filter((line) => line !== ""),
  };
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** The old place when there is a file, the XDG one otherwise. */
export function settingsPath(sys: Sys): string {
  const home = sys.environment.get("HOME") ?? "/";
  const old = `${home}/.toprc`;
  return exists(sys, old) ? old : `${sys.environment.get("XDG_CONFIG_HOME") ?? `${home}/.config`}/procps/toprc`;
}

/** The person's settings, those of the machine, or top's own; a path when the file there is none of top's. */
export function* readSettings(sys: Sys): Blocking<TopShared | string> {
  const mine = settingsPath(sys);
  for (const path of [mine, "/etc/topdefaultrc"]) {
    const text = yield* readTextFile(sys, path);
    if (text === undefined) continue;
    return parseSettings(text) ?? path;
  }
  return startShared();
}

export function* writeSettings(sys: Sys, shared: TopShared): Blocking<string> {
  const path = settingsPath(sys);
  for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
    if (!exists(sys, path.slice(0, at))) sys.mkdir(path.slice(0, at), 0o700);
  }
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
  yield* sys.write(fd, encode(settingsText(shared)));
  sys.close(fd);
  return path;
}
