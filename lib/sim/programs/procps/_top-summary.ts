// The summary area of top: load, tasks, processors and memory (top(1), 2. SUMMARY DISPLAY).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { decimalPoint } from "../kit/locale.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import type { TopLook } from "./_top-look.ts";
import type { SummaryMode, TopShared, TopWindow } from "./_top-windows.ts";
import { uptimeLine } from "./_uptime-line.ts";

/** Between two of these a bar is solid. */
export const SOLID = "\u0001";

/** The columns in front of a bar and behind it (GRAPH_prefix_std, GRAPH_suffix). */
const AROUND_BAR = 27;
const BETWEEN = "   ";

/** The summary's words as procps 4.0's catalogue has them. */
const FRENCH_WORDS: readonly (readonly [english: string, french: string])[] = [
  ["Tasks:", "Tâches:"], [" running", " en cours"], [" sleeping", " en veille"], [" stopped", " arrêté"], [" us,", " ut,"], ["Swap:", "Éch :"], [" free,", " libr,"], [" used,", " util,"], [" used.", " util."], [" buff/cache", " tamp/cache"], [" avail Mem", " dispo Mem"],
];

function inFrench(line: string): string {
  return FRENCH_WORDS.reduce((text, [english, french]) => text.replace(english, french), line);
}

function bar(percent: number, mode: SummaryMode, length: number): string {
  const filled = Math.max(0, Math.min(length, Math.round((percent * length) / 100)));
  const stroke = mode === 1 ? "|".repeat(filled) : `${SOLID}${" ".repeat(filled)}${SOLID}`;
  return `[${stroke}${" ".repeat(length - filled)}]`;
}

type Ticks = readonly number[];

function spentOf(now: Ticks, before: Ticks | undefined): readonly number[] {
  return now.map((value, i) => Math.max(0, value - (before?.[i] ?? 0)));
}

function cpuText(label: string, spent: Ticks, mode: SummaryMode, length: number): string {
  const total = Math.max(1, spent.reduce((sum, value) => sum + value, 0));
  const share = (at: number): string => (((spent[at] ?? 0) * 100) / total).toFixed(1).padStart(5);
  if (mode === 0) return `${label}${share(0)} us,${share(2)} sy,${share(1)} ni,${share(3)} id,${share(4)} wa,${share(5)} hi,${share(6)} si,${share(7)} st `;
  const user = (((spent[0] ?? 0) + (spent[1] ?? 0)) * 100) / total;
  const system = ((total - (spent[0] ?? 0) - (spent[1] ?? 0) - (spent[3] ?? 0) - (spent[4] ?? 0)) * 100) / total;
  return `${label} ${user.toFixed(1).padStart(5)}/${system.toFixed(1).padEnd(5)}${String(Math.round(user + system)).padStart(4)}${bar(user + system, mode, length)} `;
}

function sumOf(all: readonly Ticks[]): Ticks {
  return (all[0] ?? []).map((_, i) => all.reduce((sum, one) => sum + (one[i] ?? 0), 0));
}

/** The processors as the window wants them: one by one, together, by twos and fours, by node. */
function cpuLines(look: TopLook, window: TopWindow, length: number): readonly string[] {
  const spent = (name: string): Ticks => spentOf(look.cpus.get(name) ?? [], look.before.cpus.get(name));
  const line = (label: string, ticks: Ticks): string => cpuText(`${label.padEnd(7)}:`, ticks, window.states, length);
  const each = [...look.cpus.keys()].filter((name) => name !== "cpu");
  const whole = cpuText("%Cpu(s):", spent("cpu"), window.states, length);
  const single = (): readonly string[] => each.map((name) => line(`%Cpu${name.slice(3)}`, spent(name)));
  if (window.node !== undefined) return [line(`%Node${window.node}`, spent("cpu")), ...single()];
  if (window.nodes) return [whole, line("%Node0", spent("cpu"))];
  if (!window.eachCpu) return [whole];
  if (window.combine === 0) return single();
  const groups: string[] = [];
  const together = 2 ** window.combine;
  for (let at = 0; at < each.length; at += together) {
    const group = each.slice(at, at + together);
    groups.push(line(group.length === 1 ? String(at) : `${at}-${at + group.length - 1}`, sumOf(group.map(spent))));
  }
  return groups;
}

/** Two in a row; in batch mode the real one writes only the left one. */
function inPairs(lines: readonly string[], wide: boolean, batch: boolean): readonly string[] {
  if (!wide) return lines;
  if (batch) return lines.filter((_, i) => i % 2 === 0);
  const widest = Math.max(0, ...lines.map((line) => line.trimEnd().length));
  return lines.flatMap((line, i) => (i % 2 === 1 ? [] : [`${line.trimEnd().padEnd(Math.max(widest, 78))}${BETWEEN}${lines[i + 1] ?? ""}`]));
}

export function* summaryOf(sys: Sys, look: TopLook, shared: TopShared, window: TopWindow, columns: number, title: string, batch = false): Blocking<readonly string[]> {
  const get = (key: string): number => look.memory.get(key) ?? 0;
  const count = (letters: string): number => look.processes.filter((process) => letters.includes(process.state)).length;
  const room = window.abreast ? Math.floor((columns - BETWEEN.length) / 2) : columns;
  const length = Math.max(10, Math.min(100, room - AROUND_BAR));
  const unit = `${"KMGTPE".charAt(shared.summaryScale)}iB`;
  const mib = (kib: number): string => (shared.summaryScale === 0 ? String(kib) : (kib / 1024 ** shared.summaryScale).toFixed(1)).padStart(8);
  const lines: string[] = [];
  if (window.states < 3) {
    lines.push(`${look.threads ? "Threads:" : "Tasks:"} ${String(look.processes.length).padStart(3)} total, ${String(count("R")).padStart(3)} running, ${String(count("SDI")).padStart(3)} sleeping, ${String(count("T")).padStart(3)} stopped, ${String(count("Z")).padStart(3)} zombie`);
    lines.push(...inPairs(cpuLines(look, window, length), window.abreast, batch));
  }
  const memory: string[] = [];
  if (window.memory === 1 || window.memory === 2) {
    const share = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole);
    const { memory: mode } = window;
    const line = (label: string, percent: number, total: string): string => `${label}${`${percent.toFixed(1).padStart(5)}/${total.trim()}`.padEnd(15)}${bar(percent, mode, length)} `;
    memory.push(
      line(`${unit} Mem :`, share(get("MemTotal") - get("MemAvailable"), get("MemTotal")), mib(get("MemTotal"))),
      line(`${unit} Swap:`, share(get("SwapTotal") - get("SwapFree"), get("SwapTotal")), mib(get("SwapTotal"))),
    );
  } else if (window.memory === 0) {
    memory.push(
      `${unit} Mem : ${mib(get("MemTotal"))} total, ${mib(get("MemFree"))} free, ${mib(get("MemTotal") - get("MemAvailable"))} used, ${mib(get("Buffers") + get("Cached") + get("SReclaimable"))} buff/cache     `,
      `${unit} Swap: ${mib(get("SwapTotal"))} total, ${mib(get("SwapFree"))} free, ${mib(get("SwapTotal") - get("SwapFree"))} used. ${mib(get("MemAvailable"))} avail Mem `,
    );
  }
  lines.push(...inPairs(memory, window.abreast, batch));
  const french = messageLanguage(sys) === "fr";
  const local = decimalPoint(sys) === "," ? (text: string) => text.replaceAll(/(\d)\.(?=\d)/g, "$1,") : (text: string) => text;
  const rest = lines.map((line) => local(french ? inFrench(line) : line));
  return window.load ? [`${title} -${yield* uptimeLine(sys)}`, ...rest] : rest;
}
