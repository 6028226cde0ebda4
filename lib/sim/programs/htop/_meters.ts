// What stands above htop's table: bars of each processor, memory and swap, and three lines of facts.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, readMemory, readSystemTimes } from "../kit/processes.ts";

export interface CpuTimes {
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
}

export function* readCpus(sys: Sys): Blocking<readonly CpuTimes[]> {
  const out: CpuTimes[] = [];
  for (const line of ((yield* readTextFile(sys, "/proc/stat")) ?? "").split("\n")) {
    const match = /^cpu\d+ (.*)$/.exec(line);
    if (!match) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = (match[1] ?? "").trim().split(/\s+/).map(Number);
    out.push({ user, nice, system, idle: idle + wait });
  }
  return out;
}

export interface Piece {
  readonly text: string;
  readonly style: string;
}

/** "[|||     12.3%]": parts in their colours, the value over the right end. */
function bar(width: number, parts: readonly (readonly [share: number, style: string])[], value: string): readonly Piece[] {
  const room = Math.max(value.length, width - 2);
  const cells: Piece[] = Array.from({ length: room }, () => ({ text: " ", style: "" }));
  let at = 0;
  for (const [share, style] of parts) {
    for (let count = Math.round(Math.max(0, Math.min(1, share)) * room); count > 0 && at < room; count--) cells[at++] = { text: "|", style };
  }
  [...value].forEach((text, index) => {
    const place = room - value.length + index;
    cells[place] = { text, style: cells[place]?.text === "|" ? (cells[place]?.style ?? "") : "1;30" };
  });
  return [{ text: "[", style: "1" }, ...cells, { text: "]", style: "1" }];
}

/** KiB as htop writes sizes in bars: "84.2M", "2.44G". */
function amount(kib: number): string {
  if (kib < 1000) return `${kib}K`;
  const mib = kib / 1024;
  if (mib < 1000) return `${mib < 10 ? mib.toFixed(2) : mib < 100 ? mib.toFixed(1) : String(Math.floor(mib))}M`;
  const gib = mib / 1024;
  return `${gib < 10 ? gib.toFixed(2) : gib < 100 ? gib.toFixed(1) : String(Math.floor(gib))}G`;
}

export function* meters(sys: Sys, columns: number, before: readonly CpuTimes[], now: readonly CpuTimes[], processes: readonly ProcessInfo[]): Blocking<readonly { readonly row: number; readonly column: number; readonly pieces: readonly Piece[] }[]> {
  const out: { row: number; column: number; pieces: readonly Piece[] }[] = [];
  const half = Math.floor(columns / 2);
  const width = half - 6;
  now.forEach((times, index) => {
    const old = before[index] ?? { user: 0, nice: 0, system: 0, idle: 0 };
    const spent = { user: times.user - old.user, nice: times.nice - old.nice, system: times.system - old.system, idle: times.idle - old.idle };
    const total = Math.max(1, spent.user + spent.nice + spent.system + spent.idle);
    const percent = (100 * (total - spent.idle)) / total;
    out.push({ row: index, column: 2, pieces: [{ text: String(index).padStart(3), style: "36" }, ...bar(width, [[spent.nice / total, "34"], [spent.user / total, "32"], [spent.system / total, "31"]], `${percent.toFixed(1)}%`)] });
  });
  const memory = yield* readMemory(sys);
  const kib = (name: string): number => memory.get(name) ?? 0;
  const total = Math.max(1, kib("MemTotal"));
  const cached = kib("Cached") + kib("SReclaimable") - kib("Shmem");
  const used = Math.max(0, total - kib("MemFree") - kib("Buffers") - cached);
  out.push({ row: now.length, column: 2, pieces: [{ text: "Mem", style: "36" }, ...bar(width, [[used / total, "32"], [kib("Buffers") / total, "34"], [cached / total, "33"]], `${amount(used)}/${amount(total)}`)] });
  const swap = kib("SwapTotal");
  out.push({ row: now.length + 1, column: 2, pieces: [{ text: "Swp", style: "36" }, ...bar(width, [[swap === 0 ? 0 : (swap - kib("SwapFree")) / swap, "31"]], `${amount(swap - kib("SwapFree"))}/${amount(swap)}`)] });
  const [one = "0.00", five = "0.00", fifteen = "0.00"] = ((yield* readTextFile(sys, "/proc/loadavg")) ?? "").split(" ");
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const days = Math.floor(uptimeSeconds / 86_400);
  const uptime = `${days > 0 ? `${days} day${days === 1 ? "" : "s"}, ` : ""}${two((uptimeSeconds / 3600) % 24)}:${two((uptimeSeconds / 60) % 60)}:${two(uptimeSeconds % 60)}`;
  const userland = processes.filter((process) => process.arguments.length > 0 || process.state === "Z");
  const threads = userland.reduce((sum, process) => sum + process.threads - 1, 0);
  const kernelThreads = processes.length - userland.length;
  const running = processes.filter((process) => process.state === "R").length;
  const label = (row: number, ...pieces: readonly Piece[]): void => {
    out.push({ row, column: half + 2, pieces });
  };
  label(0, { text: "Tasks: ", style: "36" }, { text: String(userland.length), style: "1;36" }, { text: ", ", style: "36" }, { text: String(threads), style: "1;32" }, { text: " thr, ", style: "36" }, { text: String(kernelThreads), style: "1;30" }, { text: " kthr; ", style: "36" }, { text: String(running), style: "1;32" }, { text: " running", style: "36" });
  label(1, { text: "Load average: ", style: "36" }, { text: `${one} `, style: "1" }, { text: `${five} `, style: "1;36" }, { text: `${fifteen} `, style: "36" });
  label(2, { text: "Uptime: ", style: "36" }, { text: uptime, style: "1;36" });
  return out;
}

/** A process's memory in the table: KiB up to five digits, then M and G. */
export function tableSize(kib: number): string {
  if (kib < 100_000) return String(kib).padStart(5);
  if (kib < 10_240_000) return `${String(Math.floor(kib / 1024)).padStart(4)}M`;
  return `${(kib / 1_048_576).toFixed(1).padStart(4)}G`;
}
