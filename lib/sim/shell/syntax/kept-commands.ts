// Every login reads the same start files, and every session of a host the same scripts: what a command of a text was parsed to is kept for the process.
// Trees are never changed after parsing, but for what words note of themselves, which follows from their text.
import type { List } from "./tree.ts";

export interface KeptCommand {
  readonly list: List;
  readonly end: number;
  /** Names that were looked up as aliases and were none: the tree holds while they are none. */
  readonly notAliases: readonly string[];
}

/** The commands of one text by their place. */
export type KeptCommands = Map<number, KeptCommand>;

const LEAST_CHARS = 40;
const MOST_CHARS = 65_536;
/** Of all texts together. */
const MOST_KEPT_CHARS = 400_000;

/** `firstLine`: how the lines of the text are counted. */
export function placeOf(firstLine: number, start: number): number {
  return firstLine * (MOST_CHARS + 1) + start;
}

/** By `reading`, then by text. */
const texts = new Map<number, Map<string, KeptCommands>>();
let keptChars = 0;

/** All that decides how a text is read, but for its place and the aliases. */
export interface Reading {
  readonly extglob?: boolean;
  readonly posix?: boolean;
  readonly dash?: boolean;
  readonly noArrays?: boolean;
  readonly alias?: unknown;
  readonly comments?: boolean;
}

/** Undefined: a text like that is not kept. */
export function keptCommandsOf(text: string, options: Reading): KeptCommands | undefined {
  if (text.length < LEAST_CHARS || text.length > MOST_CHARS) return undefined;
  const reading = Number(options.extglob === true) + Number(options.posix === true) * 2 + Number(options.dash === true) * 4 + Number(options.noArrays === true) * 8 + Number(options.alias === undefined) * 16 + Number(options.comments === false) * 32;
  const known = texts.get(reading)?.get(text);
  if (known !== undefined) return known;
  keptChars += text.length;
  if (keptChars > MOST_KEPT_CHARS) {
    // those that every session reads soon come back
    texts.clear();
    keptChars = text.length;
  }
  let read = texts.get(reading);
  if (read === undefined) {
    read = new Map();
    texts.set(reading, read);
  }
  const kept: KeptCommands = new Map();
  read.set(text, kept);
  return kept;
}
