// Which reports sar and sadf show: the options that both know (sar(1)).

import { ACTIVITIES, type Activity } from "./_activities.ts";

export interface Selection {
  /** name of an activity and which of its tables */
  readonly tables: Map<string, Set<number>>;
  /** "all", or numbers; -P */
  processors: "default" | "all" | readonly number[];
  /** only the sum of the interrupts */
  onlySum: boolean;
  mountPoints: boolean;
  readonly only: Map<string, readonly string[]>;
}

export const newSelection = (): Selection => ({ tables: new Map(), processors: "default", onlySum: false, mountPoints: false, only: new Map() });

const KEYWORDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["n", new Map([
    ["DEV", "A_NET_DEV"], ["EDEV", "A_NET_EDEV"], ["NFS", "A_NET_NFS"], ["NFSD", "A_NET_NFSD"], ["SOCK", "A_NET_SOCK"], ["IP", "A_NET_IP"], ["EIP", "A_NET_EIP"], ["ICMP", "A_NET_ICMP"], ["EICMP", "A_NET_EICMP"], ["TCP", "A_NET_TCP"],
    ["ETCP", "A_NET_ETCP"], ["UDP", "A_NET_UDP"], ["SOCK6", "A_NET_SOCK6"], ["IP6", "A_NET_IP6"], ["EIP6", "A_NET_EIP6"], ["ICMP6", "A_NET_ICMP6"], ["EICMP6", "A_NET_EICMP6"], ["UDP6", "A_NET_UDP6"], ["FC", "A_NET_FC"], ["SOFT", "A_NET_SOFT"],
  ])],
  ["m", new Map([["CPU", "A_PWR_CPU"], ["FAN", "A_PWR_FAN"], ["FREQ", "A_PWR_FREQ"], ["IN", "A_PWR_IN"], ["TEMP", "A_PWR_TEMP"], ["USB", "A_PWR_USB"]])],
  ["q", new Map([["LOAD", "A_QUEUE"], ["CPU", "A_PSI_CPU"], ["IO", "A_PSI_IO"], ["MEM", "A_PSI_MEM"]])],
]);
/** Options of one letter that choose one table. */
const LETTERS: ReadonlyMap<string, readonly [activity: string, table: number]> = new Map([
  ["B", ["A_PAGE", 0]], ["b", ["A_IO", 0]], ["d", ["A_DISK", 0]], ["H", ["A_HUGE", 0]], ["S", ["A_MEMORY", 2]], ["v", ["A_KTABLES", 0]], ["W", ["A_SWAP", 0]], ["w", ["A_PCSW", 0]], ["y", ["A_SERIAL", 0]],
]);
const LISTS: ReadonlyMap<string, readonly string[]> = new Map([["--dev", ["A_DISK"]], ["--fs", ["A_FS"]], ["--iface", ["A_NET_DEV", "A_NET_EDEV"]], ["--int", ["A_IRQ"]]]);

function choose(selection: Selection, activity: string, table: number): void {
  const tables = selection.tables.get(activity) ?? new Set();
  // -r and -r ALL, -u and -u ALL: the longer one
  if (activity === "A_CPU") tables.clear();
  if (activity === "A_MEMORY" && table === 1) tables.delete(0);
  tables.add(table);
  selection.tables.set(activity, tables);
}

/** Takes the option at `words[at]`; how many words it was, 0 where it is none of these, -1 where it is wrong. */
export function takeSelection(selection: Selection, words: readonly string[], at: number): number {
  const given = words[at] ?? "";
  const next = words[at + 1];
  const list = /^(--(?:dev|fs|iface|int))=(.+)$/.exec(given);
  if (list !== null) {
    for (const activity of LISTS.get(list[1] ?? "") ?? []) selection.only.set(activity, (list[2] ?? "").split(",").map((name) => name.replace(/^\/dev\//, activity === "A_DISK" ? "" : "/dev/")));
    return 1;
  }
  if (given === "-P") {
    if (next === undefined) return -1;
    return processors(selection, next) ? 2 : -1;
  }
  const keywords = /^-[nmq]$/.test(given) ? KEYWORDS.get(given.charAt(1)) : undefined;
  if (keywords !== undefined) {
    if (given === "-q" && (next === undefined || !next.split(",").every((word) => keywords.has(word) || word === "ALL" || word === "PSI"))) {
      choose(selection, "A_QUEUE", 0);
      return 1;
    }
    if (next === undefined) return -1;
    for (const word of next.split(",")) {
      const names = word === "ALL" ? [...keywords.values()] : word === "PSI" && given === "-q" ? ["A_PSI_CPU", "A_PSI_IO", "A_PSI_MEM"] : [keywords.get(word)];
      for (const name of names) {
        if (name === undefined) return -1;
        choose(selection, name, 0);
      }
    }
    return 2;
  }
  if (given === "-I") {
    choose(selection, "A_IRQ", 0);
    if (next === "SUM") selection.onlySum = true;
    return next === "SUM" || next === "ALL" ? 2 : 1;
  }
  if (given === "-F") {
    choose(selection, "A_FS", 0);
    if (next === "MOUNT") selection.mountPoints = true;
    return next === "MOUNT" ? 2 : 1;
  }
  if (given === "-r" || given === "-u") {
    choose(selection, given === "-r" ? "A_MEMORY" : "A_CPU", next === "ALL" ? 1 : 0);
    return next === "ALL" ? 2 : 1;
  }
  if (given === "-A") {
    for (const { name, tables } of ACTIVITIES) {
      if (name === "A_CPU" || name === "A_MEMORY") choose(selection, name, 1);
      else if (tables.length > 0) choose(selection, name, 0);
    }
    choose(selection, "A_MEMORY", 2);
    selection.processors = "all";
    return 1;
  }
  return 0;
}

/** A letter that may stand together with others: -bwd. */
export function takeLetter(selection: Selection, letter: string): boolean {
  const chosen = LETTERS.get(letter) ?? SIMPLE.get(letter);
  if (chosen === undefined) return false;
  choose(selection, chosen[0], chosen[1]);
  return true;
}

const SIMPLE: ReadonlyMap<string, readonly [activity: string, table: number]> = new Map([["r", ["A_MEMORY", 0]], ["u", ["A_CPU", 0]], ["q", ["A_QUEUE", 0]], ["F", ["A_FS", 0]]]);

function processors(selection: Selection, words: string): boolean {
  if (words === "ALL") {
    selection.processors = "all";
    return true;
  }
  const found = new Set<number>();
  for (const part of words.split(",")) {
    const match = /^(?:all|(\d+)(?:-(\d+))?)$/.exec(part);
    if (match === null) return false;
    const from = match[1] === undefined ? -1 : Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    if (to < from || to > 8191) return false;
    for (let one = from; one <= to; one++) found.add(one);
  }
  selection.processors = [...found].sort((a, b) => a - b);
  return true;
}

/** The processor's line is shown: -1 is that of all. */
export const showsProcessor = (selection: Selection, processor: number): boolean => (selection.processors === "default" ? processor === -1 : selection.processors === "all" || selection.processors.includes(processor));

/** Activities of the table that go by processors. */
export const byProcessor = (activity: Activity): boolean => activity.item?.[0] === "CPU" || activity.name === "A_IRQ";
