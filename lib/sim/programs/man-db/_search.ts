// The NAME lines of all pages, as mandb's index holds them, for apropos and whatis.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { listPages, manualPath, nameLine, readPage } from "./_pages.ts";

export interface Entry {
  readonly name: string;
  readonly section: string;
  readonly summary: string;
}

/** Sorted by name. `accepts` is asked with a file's name first, so that whatis reads only the pages it may show. */
export function* readEntries(sys: Sys, sections: readonly string[] | undefined, accepts: (name: string) => boolean = () => true): Blocking<readonly Entry[]> {
  const found = new Map<string, Entry>();
  for (const page of yield* listPages(sys, yield* manualPath(sys), sections)) {
    if (!accepts(page.name)) continue;
    try {
      const line = nameLine(yield* readPage(sys, page.path));
      if (line !== undefined && !found.has(`${page.name}(${page.section})`)) found.set(`${page.name}(${page.section})`, { name: page.name, section: page.section, summary: line.summary });
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof CorruptData)) throw error;
    }
    if (sys.charge(20)) yield* sys.preempt();
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.section < b.section ? -1 : 1));
}

export const entryLine = ({ name, section, summary }: Entry, width: number): string => {
  const line = `${`${name} (${section})`.padEnd(20)} - ${summary}`;
  return `${line.length > width ? `${line.slice(0, Math.max(0, width - 3))}...` : line}\n`;
};

export function lineWidth(sys: Sys): number {
  const given = Number(sys.environment.get("MANWIDTH") ?? sys.environment.get("COLUMNS") ?? Number.NaN);
  if (given > 0) return given;
  return sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : 80;
}
