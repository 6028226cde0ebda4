// Which processes ps shows, and in which order.

import type { ProcessInfo } from "../kit/processes.ts";
import { PS_COLUMNS, type PsContext, type PsProcess } from "./_ps-columns.ts";
import type { PsSortKey } from "./_ps-formats.ts";
import type { PsList, PsOptions } from "./_ps-options.ts";

/** Nothing chosen but those of this terminal: what /proc/PID/stat alone tells of the others needs no more reading. */
export function ofThisTerminal(chosen: PsOptions): boolean {
  return chosen.lists.length === 0 && !chosen.everything && !chosen.negate && chosen.table?.sameTerminal === true;
}

export function selection(chosen: PsOptions, ownUser: number, ownTty: number): (process: ProcessInfo) => boolean {
  const { table } = chosen;
  const inTable = (process: ProcessInfo): boolean =>
    table !== undefined && (!table.sameUser || process.uids[1] === ownUser) && (!table.sameTerminal || process.ttyNumber === ownTty)
    && (!table.withTerminal || process.ttyNumber !== 0) && (!table.noLeaders || process.session !== process.pid);
  return (process) => {
    const wanted = chosen.everything || inTable(process) || chosen.lists.some((list) => listed(list, process));
    const accepted = wanted && (!chosen.runningOnly || process.state === "R" || process.state === "D");
    return accepted !== chosen.negate;
  };
}

function listed({ by, values }: PsList, process: ProcessInfo): boolean {
  switch (by) {
    case "pid": return values.includes(process.pid);
    case "ppid": return values.includes(process.ppid);
    case "pgrp": return values.includes(process.pgrp);
    case "session": return values.includes(process.session);
    case "tty": return values.includes(process.ttyNumber);
    case "user": return values.includes(process.uids[1] ?? -1);
    case "ruser": return values.includes(process.uids[0] ?? -1);
    case "group": return values.includes(process.gids[1] ?? -1);
    case "rgroup": return values.includes(process.gids[0] ?? -1);
    case "comm": return values.some((value) => typeof value === "string" && value.slice(0, 15) === process.comm.slice(0, 15));
  }
}

export function sorted(processes: readonly PsProcess[], sort: readonly PsSortKey[], context: PsContext): readonly PsProcess[] {
  if (sort.length === 0) return processes;
  const keys = sort.map(({ key, descending }) => ({ column: PS_COLUMNS.get(key), descending }));
  return [...processes].sort((a, b) => {
    for (const { column, descending } of keys) {
      if (!column) continue;
      const key = column.sortKey ?? column.value;
      const [x, y] = [key(a, context), key(b, context)];
      const order = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** Children below their parents; those whose parent is not shown stand at the left. `drawn`: with ` \_ ` and bars, otherwise (-H) only set in. */
export function forest(processes: readonly PsProcess[], drawn: boolean, prefixes: Map<number, string>): readonly PsProcess[] {
  const known = new Set(processes.map((process) => process.pid));
  const children = new Map<number, PsProcess[]>();
  const roots: PsProcess[] = [];
  for (const process of processes) {
    if (!known.has(process.ppid) || process.ppid === process.pid) roots.push(process);
    else {
      const list = children.get(process.ppid);
      if (list) list.push(process);
      else children.set(process.ppid, [process]);
    }
  }
  const order: PsProcess[] = [];
  const stack: { readonly process: PsProcess; readonly indent: string; readonly level: number }[] = [...roots].reverse().map((process) => ({ process, indent: "", level: 0 }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { process, indent, level } = top;
    order.push(process);
    prefixes.set(process.pid, drawn ? indent + (level > 0 ? "\\_ " : "") : "  ".repeat(level));
    const inner = level === 0 ? " " : indent + (children.get(process.ppid)?.at(-1)?.pid === process.pid ? "    " : "|   ");
    for (const child of [...(children.get(process.pid) ?? [])].reverse()) stack.push({ process: child, indent: inner, level: level + 1 });
  }
  return order;
}
