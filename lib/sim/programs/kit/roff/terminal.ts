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
  const roff = new Roff(layout, include);
  for (const name of ["TH"]) {
    roff.natives.set(name, (args, rest, reader) => {
      roff.natives.delete(name);
      manMacros(roff);
      roff.natives.get(name)?.(args, rest, reader);
    });
  }
  const lines = roff.format(source);
  const squeezed = lines.filter((line, index) => line !== "" || lines[index - 1] !== "");
  while (squeezed.at(-1) === "") squeezed.pop();
  return squeezed.length === 0 ? "" : `${squeezed.join("\n")}\n`;
}
