// A manual page for a terminal: which macros it uses is seen from its first macro, as andoc.tmac does.

import type { Device } from "./glyphs.ts";
import { manMacros } from "./man-macros.ts";
import { Roff } from "./roff.ts";

export interface Layout {
  /** Characters of a line. */
  readonly width: number;
  readonly device: Device;
  readonly hyphenate: boolean;
  readonly justify: boolean;
}

/** Lines with overstrikes for bold and italic. `include` gives what .so names. */
export function formatPage(source: string, layout: Layout, include: (path: string) => string | undefined = () => undefined): string {
  const lines = pageLines(source, new Roff(layout, include), true);
  const squeezed = lines.filter((line, index) => line !== "" || lines[index - 1] !== "");
  while (squeezed.at(-1) === "") squeezed.pop();
  return squeezed.length === 0 ? "" : `${squeezed.join("\n")}\n`;
}

/** Without `tables`, what stands between .TS and .TE is text like any other. */
function pageLines(source: string, roff: Roff, tables: boolean): readonly string[] {
  for (const name of ["TH"]) {
    roff.natives.set(name, (args, rest, reader) => {
      roff.natives.delete(name);
      manMacros(roff);
      if (!tables) roff.natives.delete("TS");
      roff.natives.get(name)?.(args, rest, reader);
    });
  }
  return roff.format(source);
}

/** Lines of a page of paper, without which no document ends but manual pages. */
const PAGE_LINES = 66;

/** A document as nroff sets it, with overstrikes. */
export function formatDocument(source: string, layout: Layout, how: { readonly manualPage: boolean; readonly tables: boolean; readonly strings: readonly (readonly [string, string])[] }): string {
  const roff = new Roff(layout, () => undefined);
  for (const [name, text] of how.strings) roff.strings.set(name, text);
  const lines = [...(how.manualPage ? pageLines(source, roff, how.tables) : roff.format(source))];
  if (!how.manualPage) while (lines.length % PAGE_LINES !== 0) lines.push("");
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
