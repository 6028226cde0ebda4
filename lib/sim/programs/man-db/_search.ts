// The NAME lines of all pages, as mandb's index holds them, for apropos and whatis.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { listPages, localManualPath, manualPath, nameLine, readPage } from "./_pages.ts";

export interface Entry {
  readonly name: string;
  readonly section: string;
  readonly summary: string;
}

/**
 * Sorted by name; a page in several languages is as many entries, the nearest language first, and `shownOnce` keeps one. `accepts` is asked with a file's name first, so that
 * whatis reads only the pages it may show.
 */
export function* readEntries(sys: Sys, sections: readonly string[] | undefined, locale: string | undefined, accepts: (name: string) => boolean = () => true): Blocking<readonly Entry[]> {
  const found: Entry[] = [];
  for (const page of yield* listPages(sys, yield* localManualPath(sys, yield* manualPath(sys), locale), sections)) {
    if (!accepts(page.name)) continue;
    try {
      const line = nameLine(yield* readPage(sys, page.path));
      if (line !== undefined) found.push({ name: page.name, section: page.section, summary: line.summary });
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof CorruptData)) throw error;
    }
    if (sys.charge(20)) yield* sys.preempt();
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.section < b.section ? -1 : 1));
}

/** As apropos and whatis show them: one line for a name and section. */
export function shownOnce(entries: readonly Entry[]): readonly Entry[] {
  const shown = new Set<string>();
  return entries.filter(({ name, section }) => {
    const known = shown.has(`${name}(${section})`);
    shown.add(`${name}(${section})`);
    return !known;
  });
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
