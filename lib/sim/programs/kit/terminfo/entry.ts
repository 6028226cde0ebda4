// A terminal's description (terminfo(5)) as programs hold it. Strings are latin1: one character a byte.

import { BOOLEAN_NAMES, NUMBER_NAMES, STRING_NAMES } from "./capability-names.ts";

export interface Entry {
  /** "xterm|xterm-debian|xterm terminal emulator (X Window System)" */
  readonly names: string;
  readonly booleans: Map<string, boolean>;
  readonly numbers: Map<string, number>;
  readonly strings: Map<string, string>;
}

const BOOLEANS = new Set(BOOLEAN_NAMES.map(({ name }) => name));
const NUMBERS = new Set(NUMBER_NAMES.map(({ name }) => name));
const STRINGS = new Set(STRING_NAMES.map(({ name }) => name));

export type CapabilityKind = "boolean" | "number" | "string";

/** Of a standard capability; undefined for one that only its entry knows (tic -x). */
export function kindOf(name: string): CapabilityKind | undefined {
  return BOOLEANS.has(name) ? "boolean" : NUMBERS.has(name) ? "number" : STRINGS.has(name) ? "string" : undefined;
}

export function emptyEntry(names: string): Entry {
  return { names, booleans: new Map(), numbers: new Map(), strings: new Map() };
}

export function firstName(entry: Entry): string {
  return entry.names.split("|")[0] ?? "";
}

/** What the last of several names is: words about the terminal. */
export function longName(entry: Entry): string {
  return entry.names.split("|").at(-1) ?? "";
}
