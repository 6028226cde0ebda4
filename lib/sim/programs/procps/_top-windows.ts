// The four windows of top (its field groups) and what is common to them, at first as top has them (top(1), 5. ALTERNATE-DISPLAY).
import { SHOWN_AT_FIRST, TOP_FIELDS } from "./_top-fields.ts";

/** How a part of the summary is shown: numbers, a bar of strokes, a solid bar, not at all (t, m). */
export type SummaryMode = 0 | 1 | 2 | 3;

export interface TopFilter {
  readonly field: string;
  readonly operator: "=" | "<" | ">";
  readonly value: string;
  readonly not: boolean;
  /** upper and lower case differ (O) */
  readonly exact: boolean;
  /** as it was typed */
  readonly typed: string;
}

/** Foreground colours, 0 black to 7 white: of the summary, messages, headings and tasks (Z). */
export interface TopColours {
  readonly summary: number;
  readonly messages: number;
  readonly heads: number;
  readonly tasks: number;
}

export interface TopWindow {
  name: string;
  /** all fields in their order, and which of them are shown */
  order: readonly string[];
  shown: ReadonlySet<string>;
  sort: string;
  ascending: boolean;
  fullCommand: boolean;
  idle: boolean;
  forest: boolean;
  load: boolean;
  states: SummaryMode;
  memory: SummaryMode;
  eachCpu: boolean;
  /** NUMA nodes below the processors (2), or one with its processors (3) */
  nodes: boolean;
  node: number | undefined;
  /** two processors in a row (4), that many together in one (!) */
  abreast: boolean;
  combine: number;
  /** times with those of ended children (S) */
  cumulative: boolean;
  numbersLeft: boolean;
  wordsRight: boolean;
  showSort: boolean;
  showRunning: boolean;
  bold: boolean;
  colour: boolean;
  coordinates: boolean;
  colours: TopColours;
  /** its tasks stand on the screen where several windows do (-) */
  tasks: boolean;
  most: number;
  /** the first task and the first field on the screen (arrows) */
  first: number;
  firstField: number;
  users: TopUsers | undefined;
  filters: readonly TopFilter[];
  /** parents whose children are hidden (v), the one that alone is shown with its children (F) */
  folded: Set<number>;
  focus: number | undefined;
  /** what L looked for */
  wanted: string;
}

/** Whose tasks: by name, or by a number that has none; of any of a task's users (U) or of the effective one (u). */
export interface TopUsers {
  readonly uid: number;
  readonly any: boolean;
  readonly not: boolean;
}

export interface TopShared {
  delaySeconds: number;
  /** all four windows at once (A) */
  several: boolean;
  current: number;
  /** a processor is 100 % (Irix), or all together are */
  irix: boolean;
  /** powers of 1024 above KiB: of the summary (E), of the table (e) */
  summaryScale: number;
  taskScale: number;
  timeScale: number;
  /** columns more for fields of fixed width; -1: as they need (X) */
  wider: number;
  zeros: boolean;
  /** threads one by one (H) */
  threads: boolean;
  noBold: boolean;
  pids: readonly number[];
  windows: readonly [TopWindow, TopWindow, TopWindow, TopWindow];
  /** there is a settings file */
  saved: boolean;
  /** its lines for Y */
  inspections: readonly string[];
}

/** The numbers that the settings file has for fields: their places in this list, from 37 on, doubled, and one more when shown. */
export const FIELD_NUMBERS: readonly string[] = [
  "PID", "PPID", "UID", "USER", "RUID", "RUSER", "SUID", "SUSER", "GID", "GROUP", "PGRP", "TTY", "TPGID", "SID", "PR", "NI", "nTH", "P", "%CPU", "TIME", "TIME+", "%MEM", "VIRT", "SWAP", "RES", "CODE", "DATA", "SHR",
  "nMaj", "nMin", "nDRT", "S", "COMMAND", ...TOP_FIELDS.slice(TOP_FIELDS.findIndex(({ name }) => name === "WCHAN")).map(({ name }) => name),
];

interface WindowStart {
  readonly name: string;
  /** the first fields in order; "-" before those that are not shown */
  readonly fields: string;
  readonly sort: string;
  readonly colours: TopColours;
}

const WINDOWS: readonly [WindowStart, WindowStart, WindowStart, WindowStart] = [
  { name: "Def", fields: SHOWN_AT_FIRST.join(" "), sort: "%CPU", colours: { summary: 1, messages: 1, heads: 3, tasks: 1 } },
  { name: "Job", fields: "PID PPID TIME+ %CPU %MEM -USER PR NI S VIRT RES -SHR -SWAP UID COMMAND", sort: "PID", colours: { summary: 6, messages: 6, heads: 7, tasks: 6 } },
  { name: "Mem", fields: "PID %MEM VIRT -SWAP RES CODE DATA SHR nMaj -OOMs -nMin -ENVIRON nDRT -S -PR -NI %CPU COMMAND", sort: "%MEM", colours: { summary: 5, messages: 5, heads: 4, tasks: 5 } },
  { name: "Usr", fields: "PID PPID UID USER RUSER TTY TIME+ %CPU %MEM S COMMAND", sort: "USER", colours: { summary: 3, messages: 3, heads: 2, tasks: 3 } },
];

function startWindow({ name, fields, sort, colours }: WindowStart): TopWindow {
  const first = fields.split(" ");
  const named = first.map((field) => field.replace("-", ""));
  return {
    name, sort, colours, order: [...named, ...FIELD_NUMBERS.filter((field) => !named.includes(field))], shown: new Set(first.filter((field) => !field.startsWith("-"))),
    ascending: false, fullCommand: false, idle: true, forest: false, load: true, states: 0, memory: 0, eachCpu: false, nodes: false, node: undefined, abreast: false, combine: 0, cumulative: false, numbersLeft: false, wordsRight: false,
    showSort: false, showRunning: true, bold: true, colour: false, coordinates: false, tasks: true, most: 0, first: 0, firstField: 0, users: undefined, filters: [], folded: new Set(), focus: undefined, wanted: "",
  };
}

export function startShared(): TopShared {
  const [a, b, c, d] = WINDOWS;
  return {
    delaySeconds: 3, several: false, current: 0, irix: true, summaryScale: 1, taskScale: 0, timeScale: 0, wider: 0, zeros: true, threads: false, noBold: false, pids: [], saved: false, inspections: [],
    windows: [startWindow(a), startWindow(b), startWindow(c), startWindow(d)],
  };
}

export function currentWindow({ windows, current }: TopShared): TopWindow {
  return windows[current] ?? windows[0];
}

export function shownFields(window: TopWindow): readonly string[] {
  return window.order.filter((name) => window.shown.has(name));
}

/** "=" and "+": nothing is filtered, cut or hidden any more. */
export function resetWindow(shared: TopShared, window: TopWindow): void {
  shared.pids = [];
  window.idle = true;
  window.tasks = true;
  window.most = 0;
  window.users = undefined;
  window.filters = [];
  window.folded.clear();
  window.focus = undefined;
}
