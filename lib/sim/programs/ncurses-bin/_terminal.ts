// What the programs of ncurses have in common: the terminal they speak to, its size, and what they say of a wrong one.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import type { Entry } from "../kit/terminfo/entry.ts";
import { expandCapability, withoutPadding } from "../kit/terminfo/parameters.ts";

export const NCURSES_VERSION = "ncurses 6.4.20221231\n";

/** Columns or rows: the environment's, then the terminal's, then the description's. */
export function sizeOf(sys: Sys, entry: Entry, what: "cols" | "lines"): number {
  const variable = Number(sys.environment.get(what === "cols" ? "COLUMNS" : "LINES") ?? Number.NaN);
  if (variable > 0) return variable;
  for (const fd of [2, 1, 0]) {
    if (!sys.descriptors().includes(fd) || !sys.isatty(fd)) continue;
    const size = sys.getWindowSize(fd);
    const value = what === "cols" ? size.cols : size.rows;
    if (value > 0) return value;
  }
  return entry.numbers.get(what) ?? -1;
}

/** tputs(3): a capability's bytes without its padding. Strings of descriptions are one character a byte. */
export function* putCapability(sys: Sys, fd: number, text: string | undefined, parameters: readonly (number | string)[] = []): Blocking<void> {
  if (text === undefined || text === "") return;
  const written = withoutPadding(parameters.length > 0 ? expandCapability(text, parameters) : text);
  yield* sys.write(fd, Uint8Array.from([...written].flatMap((letter) => (letter.charCodeAt(0) < 256 ? [letter.charCodeAt(0)] : [...encode(letter)]))));
}

/** What makes a terminal ready (init) or sane again (reset): tput(1), tset(1). A reset's strings stand in for missing ones of init and the other way round. */
export function* initStrings(sys: Sys, fd: number, entry: Entry, reset: boolean): Blocking<boolean> {
  const { strings } = entry;
  const first = (name: string, other: string): string | undefined => (reset ? (strings.get(name) ?? strings.get(other)) : strings.get(other));
  const sent = [reset ? (strings.get("rs1") ?? strings.get("is1")) : strings.get("is1"), first("rs2", "is2"), strings.get("mgc"), first("rs3", "is3")].filter((text) => text !== undefined && text !== "");
  for (const text of sent) yield* putCapability(sys, fd, text);
  return sent.length > 0;
}
